"""The two PDF engines against each other: the same lines, the same cells, the same places; pages that are not plain."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

import huizong
from conftest import SHARED
from huizong.cleaning import clean
from huizong.cleaning.characters import fold
from huizong.errors import SettingsError
from huizong.loading import load
from huizong.samples import sample_reports
from huizong.settings import Settings

pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the test PDFs")
pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
cidfonts = pytest.importorskip("reportlab.pdfbase.cidfonts")

REAL = sorted((SHARED / "reports").glob("*.pdf")) + sorted((SHARED / "gold").glob("seed.pdf"))
OWN = [path for path in sample_reports() if path.suffix == ".pdf"]


def draw(path: Path, page: Callable[[Any], None], size: tuple[int, int] = (480, 800)) -> Path:
    """A PDF of one page, set in 12-point Song."""
    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    canvas = pdfgen.Canvas(str(path), pagesize=size)
    canvas.setFont("STSong-Light", 12)
    page(canvas)
    canvas.showPage()
    canvas.save()
    return path


def bare(cell: str | None) -> str:
    """A cell without blanks, radicals folded, as both readings of it must agree."""
    return re.sub(r"\s", "", "".join(map(fold, cell or "")))


def ink(cell: str | None) -> str:
    """The characters of a cell in the order of their code points."""
    return "".join(sorted(bare(cell)))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_engines_agree_on_the_samples(path: Path) -> None:
    quick, thorough = (clean(load(path, engine=engine)) for engine in ("pdfium", "pdfplumber"))
    assert quick.text == thorough.text
    assert [p.span for p in quick.paragraphs] == [p.span for p in thorough.paragraphs]
    assert [p.bold for p in quick.paragraphs] == [p.bold for p in thorough.paragraphs]
    assert [(t.header, t.rows, t.caption) for t in quick.tables] == [
        (t.header, t.rows, t.caption) for t in thorough.tables
    ]


@pytest.mark.skipif(not REAL, reason="no ../shared with real reports")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_cells_are_those_of_pdfplumber(path: Path) -> None:
    """The oracle is pdfplumber alone: its grids of at least two rows and columns, merged places left out.

    Cells are compared as the characters in them: where a browser printed a heading over a table, pdfplumber mixes the lines.
    """
    with pdfplumber.open(path) as document:
        expected = [
            [ink(cell) for row in table.extract() for cell in row if cell is not None]
            for page in document.pages
            for table in page.filter(_ruling_or_char).find_tables()
            if len(table.rows) >= 2
            and max(len(row.cells) for row in table.rows) >= 2
            and table.bbox[1] >= -1
            and table.bbox[3] <= page.height + 1  # browsers clip what hangs over the edge
        ]
    words = [sorted(cell for cell in cells if cell) for cells in expected]
    found = [
        {ink(cell) for row in (*table.header_rows, *table.rows) for cell in row}
        for table in load(path, engine="pdfium").tables
    ]
    for cells in words:
        if len(cells) > 1:
            assert any(set(cells) <= table for table in found), cells


def _ruling_or_char(item: dict[str, Any]) -> bool:
    if item["object_type"] == "rect":
        return min(item["width"], item["height"]) < 2.5 or bool(item.get("stroke"))
    return item["object_type"] in {"char", "line"}


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_places_of_words(engine: str) -> None:
    (path,) = OWN
    settings = Settings(engine=engine)
    report = huizong.read(path, settings)
    spans = [(count.span.start, count.span.end) for count in report.counts if count.table is None]
    assert spans
    with pdfplumber.open(path) as document:
        for (start, end), boxes in zip(spans, huizong.locate(path, spans, settings), strict=True):
            words = ""
            for box in boxes:
                b = box.box
                part = document.pages[box.page - 1].crop((b.x0_pt - 1, b.top_pt - 4, b.x1_pt + 1, b.bottom_pt + 4))
                words += part.extract_text()
            assert bare(report.text[start:end]) in bare(words)


def test_text_has_no_places(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("学校有3个专业。", encoding="utf-8")
    assert huizong.locate(path, [(0, 3)]) == [()]


LEFT = [f"左栏第{n}行写的是党建工作，开展活动" for n in "一二三四五六"]
RIGHT = [f"右栏第{n}行写的是教学工作，建成课程" for n in "一二三四五六"]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_two_columns_are_read_one_after_the_other(engine: str, tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        canvas.drawCentredString(270, 720, "滨海工程职业学院两栏排印的工作简报，题目横贯全页，占去大半行")
        for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(40, 680 - 18 * at, left)
            canvas.drawString(280, 680 - 18 * at, right)

    lines = load(draw(tmp_path / "a.pdf", page, (540, 800)), engine=engine).lines
    assert [line.text for line in lines][1:] == LEFT + RIGHT
    assert [line.column for line in lines] == [0] + [1] * 6 + [2] * 6


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_slanted_watermark_is_no_text(engine: str, tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(60, 700, "学校新增实训室5间，投入300万元。")
        canvas.saveState()
        canvas.translate(200, 400)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    lines = load(draw(tmp_path / "a.pdf", page), engine=engine).lines
    assert [line.text for line in lines] == ["学校新增实训室5间，投入300万元。"]


def test_page_set_sideways_is_turned(tmp_path: Path) -> None:
    """A landscape page printed onto a portrait sheet, as for wide tables."""

    def page(canvas: Any) -> None:
        canvas.translate(480, 0)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 12)  # known to every engine on every machine
        canvas.drawString(60, 400, "1. Enrolment")
        canvas.drawString(60, 370, "2480 students, 93.5% of those admitted.")

    raw = load(draw(tmp_path / "a.pdf", page))
    assert [line.text for line in raw.lines] == ["1. Enrolment", "2480 students, 93.5% of those admitted."]
    assert raw.lines[0].page_width_pt == 800


def test_quotation_marks_drawn_after_the_line_find_their_gaps(tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(60, 700, "学校获")
        canvas.drawString(108, 700, "三全育人")
        canvas.drawString(168, 700, "先进单位")
        canvas.drawString(96, 700, "“")
        canvas.drawString(156, 700, "”")

    assert load(draw(tmp_path / "a.pdf", page)).lines[0].text == "学校获“三全育人”先进单位"


def test_unknown_engine_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="pdfium、pdfplumber"):
        Settings(engine="acrobat")
