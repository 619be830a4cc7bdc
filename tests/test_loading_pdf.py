"""PDFs made here: lines and boxes, ruled tables apart, furniture, fake bold, scans, passwords, cut-off files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huizong import errors
from huizong.cleaning import clean
from huizong.loading import load

pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the test PDFs")
pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
cidfonts = pytest.importorskip("reportlab.pdfbase.cidfonts")


def draw(path: Path, pages: list[Callable[[Any], None]], **options: Any) -> Path:
    """A PDF with one page for each function, set in 16-point Song."""
    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    canvas = pdfgen.Canvas(str(path), pagesize=(480, 800), **options)
    for page in pages:
        canvas.setFont("STSong-Light", 16)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def column(words: list[str], number: int) -> Callable[[Any], None]:
    """Body lines from the top, header and page number; a leading 　 is an indent."""

    def page(canvas: Any) -> None:
        canvas.drawCentredString(240, 760, "滨海工程职业学院")
        for at, text in enumerate(words):
            canvas.drawString(80 if text[0] != "　" else 112, 680 - 28 * at, text.strip("　"))
        canvas.drawCentredString(240, 30, f"- {number} -")

    return page


LINES = [
    "　　（一）完善合作机制，推动支援工作",
    "常态化",
    "　　两校成立工作专班，由分管副院长牵头",
    "全年召开联席会议六次，研究解决专业建设",
]
MORE = ["与师资培训中的困难。", "　　（二）加强师资培训", "　　组织教师进修三批。"]


def test_paragraphs_over_pages_without_furniture(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [column(LINES, 1), column(MORE, 2), column(["　　特此报告。"], 3)])
    raw = load(path)
    assert raw.source.pages == 3
    assert all(line.box and line.size_pt == 16 for line in raw.lines)
    document = clean(raw)
    assert document.text.split("\n") == [
        "（一）完善合作机制，推动支援工作常态化",
        "两校成立工作专班，由分管副院长牵头全年召开联席会议六次，研究解决专业建设与师资培训中的困难。",
        "（二）加强师资培训",
        "组织教师进修三批。",
        "特此报告。",
    ]
    assert document.source_map.page(document.text.index("师资培训中")) == 2


def test_ruled_table_is_apart_and_fake_bold_is_single(tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "表 1 建设情况")
        canvas.drawString(80.4, 700, "表 1 建设情况")
        for row, cells in enumerate((("项目", "数量"), ("课程", "3"), ("教材", "2"))):
            for at, cell in enumerate(cells):
                canvas.rect(80 + 120 * at, 640 - 30 * row, 120, 30)
                canvas.drawString(90 + 120 * at, 648 - 30 * row, cell)
        canvas.drawString(80, 500, "表中数据截至年底。")

    raw = load(draw(tmp_path / "a.pdf", [page]))
    assert [line.text for line in raw.lines] == ["表 1 建设情况", "表中数据截至年底。"]
    table = raw.tables[0]
    assert (table.caption, table.header) == ("表 1 建设情况", ("项目", "数量"))
    assert table.rows == (("课程", "3"), ("教材", "2"))


def test_page_without_words_says_so(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [lambda canvas: canvas.rect(10, 10, 100, 100, fill=1)])
    with pytest.raises(errors.EmptyDocument, match="扫描件") as caught:
        load(path, ocr="never")
    assert "ocr" in caught.value.advice


def test_password(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [column(LINES, 1)], encrypt="geheim")
    with pytest.raises(errors.EncryptedDocument, match="密码"):
        load(path)
    assert load(path, password="geheim").lines  # noqa: S106


def test_cut_off_file_is_damaged_or_read(tmp_path: Path) -> None:
    whole = draw(tmp_path / "a.pdf", [column(LINES, 1)]).read_bytes()
    broken = tmp_path / "b.pdf"
    broken.write_bytes(whole[: len(whole) // 4])
    with pytest.raises((errors.DamagedDocument, errors.EmptyDocument)):
        load(broken)
