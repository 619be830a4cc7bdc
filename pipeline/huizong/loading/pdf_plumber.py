"""The thorough engine: pages read with pdfplumber, character by character. Ten times slower; fallback and oracle of the other."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, cast

from huizong.loading.pdf_pages import Page, Piece, Ruling, is_bold_font

if TYPE_CHECKING:
    import pdfplumber.page

_THIN_PT = 2.5
"""A filled rectangle thinner than this is a ruling line; fatter ones are backgrounds and highlights."""


class _Char(TypedDict):
    """What is used of pdfplumber's dictionary of a character."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    fontname: str
    upright: bool


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
    return Page(
        number=page.page_number,
        width_pt=float(page.width),
        height_pt=float(page.height),
        pieces=tuple(_piece(char) for char in cast("list[_Char]", page.chars) if char["upright"]),
        rulings=tuple(_rulings(page)),
        has_picture=bool(page.images),
        words=lambda piece: [piece],
        characters=lambda piece: [piece],
    )


def _piece(char: _Char) -> Piece:
    return Piece(
        text=char["text"],
        x0=char["x0"],
        top=char["top"],
        x1=char["x1"],
        bottom=char["bottom"],
        size=round(char["size"], 1),
        bold=is_bold_font(char["fontname"]),
    )


def _rulings(page: pdfplumber.page.Page) -> Iterator[Ruling]:
    """Lines, and the four sides of frames and thin fills."""
    for line in cast("list[_Drawn]", page.lines):
        yield Ruling(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in cast("list[_Drawn]", page.rects):
        x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if rect["stroke"] or min(x1 - x0, bottom - top) < _THIN_PT:
            yield Ruling(x0, top, x1, top)
            yield Ruling(x0, bottom, x1, bottom)
            yield Ruling(x0, top, x0, bottom)
            yield Ruling(x1, top, x1, bottom)
