"""The thorough engine: pages read with pdfplumber, character by character. Ten times slower; fallback and oracle of the other."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, cast

from huizong.loading.pdf.pages import THIN_PT, Page, Piece, Ruling, is_bold_font

if TYPE_CHECKING:
    import pdfplumber.page

_GAP_EM = 0.25
"""Characters that stand farther apart, in ems, are pieces of their own."""

_SLANT = 0.05
"""Tangent of the angle from which text counts as turned."""


class _Char(TypedDict):
    """What is used of pdfplumber's dictionary of a character."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    fontname: str
    matrix: tuple[float, float, float, float, float, float]


class _Drawn(TypedDict):
    """What is used of pdfplumber's dictionary of a line or a rectangle."""

    x0: float
    x1: float
    top: float
    bottom: float
    stroke: bool


def read_pages(data: bytes, password: str | None) -> Iterator[Page]:
    """Each page in turn. Raises `pdfplumber.utils.exceptions.PdfminerException` and whatever else pdfminer stumbles over."""
    import pdfplumber

    with _quiet_pdfminer(), pdfplumber.open(io.BytesIO(data), password=password) as document:
        for page in document.pages:
            yield _page(page)
            page.close()


@contextmanager
def _quiet_pdfminer() -> Iterator[None]:
    """Font trouble that pdfminer reports on every page says nothing to the user."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _page(page: pdfplumber.page.Page) -> Page:
    chars = [char for char in cast("list[_Char]", page.chars) if char["text"] and _level(char)]

    def characters(piece: Piece) -> list[Piece]:
        return [_piece(chars, at, at + 1) for at in range(piece.first, piece.end) if not chars[at]["text"].isspace()]

    return Page(
        number=page.page_number,
        width_pt=float(page.width),
        height_pt=float(page.height),
        pieces=tuple(_piece(chars, first, end) for first, end in _runs(chars)),
        rulings=tuple(_rulings(page)),
        has_picture=bool(page.images),
        has_drawing=bool(page.curves) or any(min(r["width"], r["height"]) >= THIN_PT for r in page.rects),
        words=characters,
        characters=characters,
    )


def _level(char: _Char) -> bool:
    """Whether the character runs along the page; watermarks and stamps do not."""
    along, up = char["matrix"][:2]
    return abs(up) <= _SLANT * abs(along)


def _runs(chars: Sequence[_Char]) -> Iterator[tuple[int, int]]:
    """Characters drawn one after another without a gap, as index ranges."""
    first = 0
    for at in range(1, len(chars) + 1):
        if at == len(chars) or not _goes_on(chars[at - 1], chars[at]):
            if chars:
                yield first, at
            first = at


def _goes_on(last: _Char, char: _Char) -> bool:
    gap = char["x0"] - last["x1"]
    return abs(last["bottom"] - char["bottom"]) < 0.3 * char["size"] and abs(gap) <= _GAP_EM * char["size"]


def _piece(chars: Sequence[_Char], first: int, end: int) -> Piece:
    run = chars[first:end]
    return Piece(
        text="".join(char["text"] for char in run),
        x0=run[0]["x0"],
        top=run[0]["top"],
        x1=run[-1]["x1"],
        bottom=run[0]["bottom"],
        size=round(run[0]["size"], 1),
        bold=all(is_bold_font(char["fontname"]) for char in run if not char["text"].isspace()),
        first=first,
        end=end,
    )


def _rulings(page: pdfplumber.page.Page) -> Iterator[Ruling]:
    """Lines, and the four sides of frames and thin fills."""
    for line in cast("list[_Drawn]", page.lines):
        yield Ruling(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in cast("list[_Drawn]", page.rects):
        x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if rect["stroke"] or min(x1 - x0, bottom - top) < THIN_PT:
            yield Ruling(x0, top, x1, top)
            yield Ruling(x0, bottom, x1, bottom)
            yield Ruling(x0, top, x0, bottom)
            yield Ruling(x1, top, x1, bottom)
