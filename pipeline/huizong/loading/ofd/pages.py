"""A page of an OFD as the shared page logic takes it: pieces of text with their places, ruling lines."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huizong.loading.ofd.paths import is_element, matrix_of, numbers, path_rulings
from huizong.loading.pdf.pages import Page, Piece, Ruling, is_bold_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_PT_PER_MM = 72 / 25.4
_DEFAULT_SIZE_MM = 4.0
_BOLD_WEIGHT = 600
_ASCENT, _DESCENT = 0.88, 0.12
"""How far a Chinese character reaches above and below its base line, in its size."""
_SLANT = 0.05
"""Tangent of the angle from which text counts as turned: watermarks and stamps."""
_JUMP_EM = 1.0
"""A gap inside a text code that is wider, in ems, cuts it in two pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glyph:
    """A character: left end and base line, width and size, all in points from the top left of the page."""

    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool


def make_page(
    contents: Sequence[_Element],
    fonts: Mapping[str, tuple[str, bool]],
    *,
    number: int,
    box_mm: tuple[float, float, float, float],
) -> Page:
    """The page that the `contents` (its templates and its own) draw. `fonts`: id → (name, whether bold)."""
    x, y, width, height = (side * _PT_PER_MM for side in box_mm)
    runs: list[list[_Glyph]] = []
    rulings: list[Ruling] = []
    has_picture = False
    for item in (item for content in contents for item in content.iter()):
        if is_element(item, "ImageObject"):
            has_picture = True
        elif item.get("Visible", "true").lower() == "false":
            continue
        elif is_element(item, "TextObject"):
            runs += (piece for written in _object_runs(item, fonts, (x, y)) for piece in _cut(written))
        elif is_element(item, "PathObject"):
            rulings += path_rulings(item, (x, y), _PT_PER_MM)
    glyphs: list[_Glyph] = []
    pieces: list[Piece] = []
    for run in runs:
        pieces.append(_piece(run, len(glyphs)))
        glyphs += run

    def characters(piece: Piece) -> list[Piece]:
        places = range(piece.first, piece.end)
        return [_piece(glyphs[at : at + 1], at) for at in places if not glyphs[at].text.isspace()]

    return Page(
        number=number,
        width_pt=round(width, 2),
        height_pt=round(height, 2),
        pieces=tuple(pieces),
        rulings=tuple(rulings),
        has_picture=has_picture,
        words=characters,
        characters=characters,
    )


def _object_runs(
    item: _Element, fonts: Mapping[str, tuple[str, bool]], origin: tuple[float, float]
) -> Iterator[list[_Glyph]]:
    """The characters of each text code of an object; none when it is turned."""
    left, top = [*numbers(item.get("Boundary")), 0.0, 0.0][:2]
    a, b, c, d, e, f = matrix_of(item)
    if abs(b) > _SLANT * abs(a):
        return
    size = (numbers(item.get("Size")) or [_DEFAULT_SIZE_MM])[0]
    name, bold = fonts.get(item.get("Font", ""), ("", False))
    bold = bold or is_bold_font(name) or (numbers(item.get("Weight")) or [400.0])[0] >= _BOLD_WEIGHT
    unit = size * (numbers(item.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in item:
        if not is_element(code, "TextCode"):
            continue
        # A place that is not said is that of the text code before.
        x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
        text = (code.text or "").strip("\r\n")
        yield [
            _Glyph(
                text=character,
                x=(left + a * at_x + c * at_y + e) * _PT_PER_MM - origin[0],
                y=(top + b * at_x + d * at_y + f) * _PT_PER_MM - origin[1],
                width=abs(a) * width * _PT_PER_MM,
                size=size * math.hypot(c, d) * _PT_PER_MM,
                bold=bold,
            )
            for character, at_x, at_y, width in _places(text, x, y, unit, code.get("DeltaX"), code.get("DeltaY"))
        ]


def _places(
    text: str, x: float, y: float, unit: float, delta_x: str | None, delta_y: str | None
) -> Iterator[tuple[str, float, float, float]]:
    """(character, x, y, width) in the object's own coordinates; a step that is not said is the character's width."""
    steps_x, steps_y = _steps(delta_x, len(text) - 1), _steps(delta_y, len(text) - 1)
    for place, character in enumerate(text):
        width = unit * (1.0 if ord(character) >= 0x2E80 or character in "“”‘’…—" else 0.5)
        step = steps_x[place] if place < len(steps_x) else (0.0 if steps_y else width)
        yield character, x, y, min(width, step) if 0.2 * width < step else width
        x, y = x + step, y + (steps_y[place] if place < len(steps_y) else 0.0)


def _steps(said: str | None, most: int) -> list[float]:
    """The distances of DeltaX or DeltaY, at most `most`; “g 3 5.1” stands for 5.1 three times."""
    parts = iter((said or "").split())
    found: list[float] = []
    try:
        for part in parts:
            if part == "g":
                times, distance = int(next(parts)), float(next(parts))
            else:
                times, distance = 1, float(part)
            if not math.isfinite(distance):
                break
            found += [distance] * min(times, max(0, most))
            if len(found) >= most:
                break
    except (ValueError, StopIteration):
        pass
    return found[: max(0, most)]


def _cut(written: list[_Glyph]) -> Iterator[list[_Glyph]]:
    """The characters of a text code, cut where they jump: to another line, back, or over a wide gap."""
    start = 0
    for at, (before, glyph) in enumerate(itertools.pairwise(written), 1):
        gap = glyph.x - before.x - before.width
        if abs(glyph.y - before.y) > 0.3 * before.size or not -1.5 * before.size < gap <= _JUMP_EM * before.size:
            yield written[start:at]
            start = at
    if written:
        yield written[start:]


def _piece(run: Sequence[_Glyph], first: int) -> Piece:
    start = run[0]
    return Piece(
        text="".join(glyph.text for glyph in run),
        x0=start.x,
        top=start.y - _ASCENT * start.size,
        x1=run[-1].x + run[-1].width,
        bottom=start.y + _DESCENT * start.size,
        size=round(start.size, 1),
        bold=all(glyph.bold for glyph in run),
        first=first,
        end=first + len(run),
    )
