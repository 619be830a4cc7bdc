"""Scanned pages: read with the `ocr` extra where it is installed, named where it is not; the confidence flows on."""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import CORPUS
from huizong.analyze import analyze_raw, analyze_text
from huizong.cleaning import clean
from huizong.errors import EmptyDocument, MissingOcr, UnknownFormat
from huizong.loading import from_text, load, scan
from huizong.loading.scan import image as scan_image
from huizong.loading.scan import lines as scan_lines
from huizong.loading.scan.lines import Piece, common_sizes, printed_lines
from huizong.loading.scan.text import chinese_marks
from huizong.records import Count, Item, Line, Span
from huizong.settings import Settings

needs_ocr = pytest.mark.skipif(not scan.available(), reason="needs the extra: pip install 'huizong[ocr]'")
PIXELS_PER_PT = 150 / 72
_PAGE = 3
Picture = Any
"""A PIL image."""


@pytest.fixture(scope="module")
def sheet() -> tuple[Picture, tuple[Line, ...]]:
    """The upper part of a page of the sample PDF as a picture, and the lines of its text layer."""
    import pypdfium2

    path = next((CORPUS / "samples").glob("*.pdf"))
    with pypdfium2.PdfDocument(path) as document:
        picture = document[_PAGE - 1].render(scale=PIXELS_PER_PT).to_pil().convert("RGB")
    cut = 0.4 * picture.height / PIXELS_PER_PT
    picture.paste("white", (0, round(cut * PIXELS_PER_PT), picture.width, picture.height))
    lines = [line for line in load(path).lines if line.page == _PAGE and line.box]
    gaps = [line for line in lines if line.box and line.box.top_pt < cut < line.box.bottom_pt]
    assert not gaps
    return picture, tuple(line for line in lines if line.box and line.box.bottom_pt < cut)


def saved(picture: Picture, path: Path) -> Path:
    """The picture as a PDF of one scanned page."""
    picture.save(path, resolution=150)
    return path


def sameness(found: str, words: str) -> float:
    """The share of `words` that stands in `found` in the same order, blanks apart."""
    a, b = "".join(found.split()), "".join(words.split())
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(a), len(b))


def text_of(lines: tuple[Line, ...]) -> str:
    """The words of the lines without blanks: the sample is set with narrow ones around its digits."""
    return "".join("".join(line.text.split()) for line in lines)


def with_seal(picture: Picture) -> Picture:
    """A red seal, 40 mm wide, with a star, over the words."""
    from PIL import Image, ImageDraw

    seal = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(seal)
    x, y, r = picture.width // 2, 300, round(20 * PIXELS_PER_PT * 72 / 25.4)
    draw.ellipse((x - r, y - r, x + r, y + r), outline=(215, 30, 40), width=8)
    draw.regular_polygon((x, y, r // 3), 5, fill=(215, 30, 40))
    return Image.fromarray(np.minimum(np.asarray(picture), np.asarray(seal)))


def turned(picture: Picture) -> Picture:
    return picture.rotate(-3, fillcolor="white", resample=3)


def noisy(picture: Picture) -> Picture:
    from PIL import Image

    rng = np.random.default_rng(5)
    pixels = np.asarray(picture) * 0.85 + 20 + rng.normal(0, 15, np.asarray(picture).shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


@needs_ocr
@pytest.mark.parametrize(
    "change", [with_seal, turned, noisy, lambda p: p.rotate(180), lambda p: p.rotate(90, expand=True)]
)
def test_page_is_read_however_it_was_laid(
    sheet: tuple[Picture, tuple[Line, ...]], tmp_path: Path, change: Callable[[Picture], Picture]
) -> None:
    picture, printed = sheet
    raw = load(saved(change(picture), tmp_path / "a.pdf"))
    assert sameness(text_of(raw.lines), text_of(printed)) > 0.97
    assert [notice.code for notice in raw.notices] == ["page_by_ocr"]
    by_text = {text_of((line,)): line for line in printed}
    same = [(line, by_text[text]) for line in raw.lines if (text := text_of((line,))) in by_text]
    assert len(same) >= 0.6 * len(printed)
    for found, true in same:
        assert found.confidence is not None
        assert 0.8 < found.confidence <= 1
        assert found.box is not None
        assert true.box is not None
        assert found.size_pt == pytest.approx(true.size_pt, rel=0.08)
        assert found.page_width_pt == pytest.approx(true.page_width_pt, abs=3)
        assert found.box.x0_pt == pytest.approx(true.box.x0_pt, abs=4)
        assert found.box.x1_pt == pytest.approx(true.box.x1_pt, abs=8)
        assert found.box.bottom_pt == pytest.approx(true.box.bottom_pt, abs=5)


@needs_ocr
def test_picture_file_is_read(sheet: tuple[Picture, tuple[Line, ...]], tmp_path: Path) -> None:
    picture, printed = sheet
    path = tmp_path / "扫描.jpg"
    picture.save(path, quality=85)
    raw = load(path)
    assert (raw.source.format, raw.source.pages) == ("image", 1)
    assert sameness(text_of(raw.lines), text_of(printed)) > 0.97
    with pytest.raises(UnknownFormat, match="never"):
        load(path, ocr="never")


@needs_ocr
def test_picture_without_words_is_no_report(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "logo.png"
    Image.new("RGB", (300, 300), (20, 90, 160)).save(path)
    with pytest.raises(UnknownFormat, match="没有认出文字"):
        load(path)


def test_without_the_extra_the_command_is_told(
    sheet: tuple[Picture, tuple[Line, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(sheet[0], tmp_path / "a.pdf")
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(MissingOcr, match="扫描件") as caught:
        load(path)
    assert "pip install 'huizong[ocr]'" in caught.value.advice
    with pytest.raises(EmptyDocument, match="扫描件"):
        load(path, ocr="never")
    sheet[0].save(tmp_path / "a.png")
    with pytest.raises(UnknownFormat, match="是图片") as refused:
        load(tmp_path / "a.png")
    assert "pip install 'huizong[ocr]'" in refused.value.advice


def test_one_scanned_page_among_others_is_named(
    sheet: tuple[Picture, tuple[Line, ...]], samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    good = next(samples.glob("*.pdf"))
    with pypdfium2.PdfDocument(good) as whole, pypdfium2.PdfDocument.new() as mixed:
        with pypdfium2.PdfDocument(saved(sheet[0], tmp_path / "a.pdf")) as scanned:
            mixed.import_pages(scanned)
        mixed.import_pages(whole)
        mixed.save(tmp_path / "b.pdf")
    monkeypatch.setattr(scan, "available", lambda: False)
    notices = load(tmp_path / "b.pdf").notices
    assert [(notice.code, notice.page) for notice in notices] == [("page_without_text", 1)]
    assert "pip install 'huizong[ocr]'" in notices[0].message


def piece(text: str, x0: float, middle: float, *, size: float = 16, confidence: float = 0.9) -> Piece:
    """A piece as it would be read, its ink as wide and high as type of this size makes it."""
    width = size * (len(text) - 0.1 - 0.5 * (text[0] == "（") - 0.5 * (text[-1] == "，"))
    return Piece(
        text=text,
        confidence=confidence,
        x0_pt=x0,
        x1_pt=x0 + width,
        middle_pt=middle,
        ink_pt=scan_lines._EM_HIGH * size,
    )


def test_pieces_side_by_side_are_one_line() -> None:
    pieces = [
        piece("第二行的文字都在这里", 100, 131),
        piece("后面的半行文字", 300, 101.5, confidence=0.6),
        piece("前面的半行文字", 100, 100),
        piece("很大的标题四字", 100, 60, size=22),
    ]
    lines = printed_lines(pieces, page=3, width_pt=595, height_pt=842)
    assert [line.text for line in lines] == ["很大的标题四字", "前面的半行文字 后面的半行文字", "第二行的文字都在这里"]
    assert [line.size_pt for line in lines] == [22, 16, 16]
    assert lines[1].confidence == pytest.approx(0.75)
    assert {line.page for line in lines} == {3}
    edges = lines[1].edges_pt
    assert len(edges) == len(lines[1].text)
    assert edges[0] == pytest.approx((100, 115.8), abs=0.1)
    assert edges[7] == (edges[6][1], edges[8][0]), "the blank"
    assert edges[8][0] == 300


def test_marks_at_the_edges_have_their_blank_halves_back() -> None:
    (line,) = printed_lines([piece("（一）两校签订结对帮扶协议，", 100, 100)], page=1, width_pt=595, height_pt=842)
    assert line.box is not None
    assert line.box.x0_pt == pytest.approx(100 - 0.5 * 16)
    assert line.box.x1_pt == pytest.approx(92 + 13.9 * 16)


def test_sizes_alike_are_one() -> None:
    assert common_sizes([], []) == []
    assert common_sizes([15.4, 16.2, 12.1, 11.9], [30, 40, 10, 5]) == [16.0, 16.0, 12.0, 12.0]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("(一)加强组织领导", "（一）加强组织领导"),
        ("校长(兼)任组长;共3人", "校长（兼）任组长；共3人"),
        ('的"双高计划"建设', "的“双高计划”建设"),
        ("部门一部门结对", "部门—部门结对"),
        ("看一看，试一试", "看一看，试一试"),
        ("人事处丶教务处", "人事处、教务处"),
        ("落到实处.", "落到实处。"),
        ("比例为1:3，共1,200人", "比例为1:3，共1,200人"),
        ("BIM (Building Information Modeling)", "BIM (Building Information Modeling)"),
        ("3.2 项目", "3.2 项目"),
    ],
)
def test_marks(read: str, right: str) -> None:
    assert chinese_marks(read) == right
    assert len(read) == len(right)
    assert chinese_marks(right) == right


def test_skew_is_measured_and_turned_back() -> None:
    pytest.importorskip("cv2", reason="OpenCV comes with the ocr extra")
    flat = np.array([[[50, y], [450, y], [450, y + 20], [50, y + 20]] for y in range(50, 500, 40)], np.float32)
    askew = scan_image.level(flat, -4.0, (600, 500, 3))
    assert scan_image.skew(askew) == pytest.approx(4.0, abs=0.01)
    assert scan_image.level(askew, 4.0, (600, 500, 3)) == pytest.approx(flat, abs=0.05)
    assert scan_image.skew(flat[:0]) == 0


def test_red_heads_stay_and_seals_go() -> None:
    pytest.importorskip("cv2", reason="OpenCV comes with the ocr extra")
    page = np.full((1000, 800, 3), 255, np.uint8)
    page[100:160, 100:700] = (220, 20, 30)
    page[600:720, 300:420] = (220, 20, 30)
    page[650:660, 310:410] = 0
    wiped = scan_image.wipe_seals(page, PIXELS_PER_PT)
    assert (wiped[100:160, 100:700] == (220, 20, 30)).all()
    assert wiped[600:640, 300:420].min() >= 200
    assert (wiped[650:660, 310:410] == 0).all()
    assert (page[600, 300] == (220, 20, 30)).all()


DOUBTED = "白鹿职院获批省级现代学徒制专业3个，新建实训室12个。\n选派骨干教师8人次任教，修订人才培养方案6份。"


def test_confidence_of_reading_lowers_that_of_findings() -> None:
    plain = from_text(DOUBTED)
    sure, doubted = (replace(line, confidence=c) for line, c in zip(plain.lines, (1.0, 0.5), strict=True))
    before = analyze_text(DOUBTED)
    after = analyze_raw(replace(plain, lines=(sure, doubted)), Settings())
    assert [c.quote for c in after.counts] == [c.quote for c in before.counts]
    cut = DOUBTED.index("\n")
    assert {c.span.start < cut for c in after.counts} == {True, False}
    pairs: list[tuple[Count | Item, Count | Item]] = [
        *zip(before.counts, after.counts, strict=True),
        *zip(before.items, after.items, strict=True),
    ]
    for a, b in pairs:
        share = 1.0 if a.span.start < cut else 0.5
        assert b.confidence == pytest.approx(a.confidence * share, abs=1e-4)
    assert [t.confidence for t in after.tasks] != [t.confidence for t in before.tasks]


def test_confidence_of_a_span_is_the_least_of_its_lines() -> None:
    lines = (Line(text="前半句话没有", confidence=0.9), Line(text="说完就换行。", confidence=0.7, ends_paragraph=True))
    document = clean(replace(from_text("x"), lines=lines))
    assert document.confidence(Span(0, 3)) == 0.9
    assert document.confidence(Span(3, 9)) == 0.7
    assert clean(from_text("没有图片。")).recognised == ()
    assert clean(from_text("没有图片。")).confidence(Span(0, 5)) == 1.0


def test_hard_pages_are_named() -> None:
    lines = [Line(text="一二三四", page=2, confidence=0.7), Line(text="五六七八", page=3, confidence=0.99)]
    assert [(n.code, n.page) for n in scan.scan_notices(lines)] == [("page_by_ocr", None), ("page_hard_to_read", 2)]
    assert scan.scan_notices([Line(text="有文字层")]) == ()


def test_damaged_picture(tmp_path: Path) -> None:
    from PIL import Image

    from huizong.errors import DamagedDocument

    if not scan.available():
        pytest.skip("needs the extra: pip install 'huizong[ocr]'")
    buffer = io.BytesIO()
    Image.effect_noise((400, 400), 50).save(buffer, "PNG")
    path = tmp_path / "a.png"
    path.write_bytes(buffer.getvalue()[:3000])
    with pytest.raises(DamagedDocument, match="图片"):
        load(path)
