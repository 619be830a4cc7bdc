"""Sets reports as PDF pages the way office programs do: hard wraps, running header and footer, ruled tables over several pages.

Lengths are points, origin top left. What a page shows is kept: paragraphs in order, and each part of a table with its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fpdf import FPDF

from bench.fonts import Faces
from bench.grids import Cell, Grid

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
_PAD = 4.0
_UNIT = re.compile(r"[A-Za-z0-9.%+-]+|.")
_LATIN = re.compile(r"[A-Za-z0-9.%+-]")
_RUN = re.compile(r"[A-Za-z0-9.%+-]+|[^A-Za-z0-9.%+-]+")
_CLOSING = frozenset("，。、；：！？）》”’%")
_OPENING = frozenset("（《“‘")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a report is set.

    `by_character`: a text object for each character (browsers, some WPS printers) instead of one a run (Word). `latin`: numbers
    in another face, so that lines hold several runs. `filled_rules`: rulings as thin filled rectangles (Word) instead of strokes.
    `repeat_header`: the header row again on each page. `shaded`: the header row on grey.
    """

    body_pt: float
    leading_pt: float
    margin_pt: float
    footer: str
    by_character: bool = False
    latin: bool = False
    filled_rules: bool = False
    repeat_header: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of a table that stand on one page: `first` (0-based) up to `last`, which is left out; header again or not."""

    page: int
    first: int
    last: int
    header_again: bool
    box: tuple[float, float, float, float]


@dataclass
class Typesetter:
    """A report being set; `paragraphs` is what was written in order, page furniture and cells left out."""

    faces: Faces
    look: Look
    running: str
    paragraphs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pdf = FPDF(unit="pt", format=(PAGE_WIDTH, PAGE_HEIGHT))
        self.pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
        self.pdf.set_auto_page_break(False)
        self.pdf.c_margin = 0
        self.pdf.add_font("body", fname=self.faces.body)
        self.pdf.add_font("heading", fname=self.faces.heading)
        self._widths: dict[tuple[str, str], float] = {}
        self.left, self.right = self.look.margin_pt, PAGE_WIDTH - self.look.margin_pt
        self.top, self.bottom = 92.0, PAGE_HEIGHT - 86.0
        self.y = self.top
        self._new_page()

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return int(self.pdf.page)

    def paragraph(
        self, words: str, *, face: str = "body", size_pt: float = 0.0, centred: bool = False, indent: float = 2.0
    ) -> None:
        """Writes a paragraph, its first line set in by `indent` characters, wrapped at the right edge."""
        size = size_pt or self.look.body_pt
        leading = self.look.leading_pt * max(1.0, size / self.look.body_pt)
        first = 0.0 if centred else indent * size
        lines = self._wrapped(words, size, face, self.right - self.left, first)
        for at, line in enumerate(lines):
            if self.y + leading > self.bottom:
                self._new_page()
            self.y += leading
            x, room = self.left + (0 if at else first), self.right - self.left - (0 if at else first)
            width = self._width(line, size, face)
            full = at + 1 < len(lines) and not centred
            spacing = (room - width) / max(1, len(line) - 1) if full else 0.0
            self._line(line, x + (room - width) / 2 if centred else x, self.y - 0.25 * leading, size, face, spacing)
        self.paragraphs.append(words)

    def table(self, grid: Grid) -> list[Part]:
        """Draws the table under its caption, going on over the next pages; rows under one merged cell stay together."""
        size, room = 0.78 * self.look.body_pt, self.right - self.left
        scale = room / sum(grid.widths)
        edges = [self.left + scale * sum(grid.widths[:n]) for n in range(len(grid.widths) + 1)]
        heights = self._heights(grid, edges, size)
        blocks = list(_blocks(grid))
        opening = [row for block in blocks[:2] for row in block]
        if self.y + self.look.leading_pt + 6 + sum(heights[row] for row in opening) > self.bottom:
            self._new_page()
        self.paragraph(grid.caption, face="heading", size_pt=0.9 * self.look.body_pt, centred=True)
        self.y += 6
        parts: list[Part] = []
        chosen: list[int] = []
        again = 0
        while blocks or chosen:
            used = sum(heights[row] for row in [*range(again), *chosen])
            if blocks and (not chosen or self.y + used + sum(heights[r] for r in blocks[0]) <= self.bottom):
                chosen += blocks.pop(0)
                continue
            parts.append(self._part(grid, [*range(again), *chosen], edges, heights, size, again > 0))
            chosen = []
            if blocks:
                again = grid.header_rows if self.look.repeat_header else 0
                self._new_page()
        self.y += 10
        return parts

    def write(self) -> bytes:
        """The PDF; the same bytes for the same report and fonts."""
        return bytes(self.pdf.output())

    def _new_page(self) -> None:
        self.pdf.add_page()
        number = self.pdf.page
        self._line(self.running, self.left, 60, 10.5, "body", 0)
        self.pdf.set_line_width(0.5)
        self.pdf.line(self.left, 66, self.right, 66)
        words = self.look.footer.format(page=number)
        self._line(words, (PAGE_WIDTH - self._width(words, 10.5, "body")) / 2, PAGE_HEIGHT - 50, 10.5, "body", 0)
        self.y = self.top

    def _part(
        self, grid: Grid, rows: list[int], edges: list[float], heights: list[float], size: float, header_again: bool
    ) -> Part:
        """Draws the rows `rows` of the grid from here down."""
        tops: dict[int, float] = {}
        top = y = self.y
        for row in rows:
            tops[row] = y
            y += heights[row]
        for cell in grid.cells:
            if cell.row in tops:
                bottom = tops[cell.row] + sum(heights[cell.row : cell.row + cell.rows])
                box = (edges[cell.column], tops[cell.row], edges[cell.column + cell.columns], bottom)
                self._cell(cell, box, size, shaded=self.look.shaded and cell.row < grid.header_rows)
        self.y = y
        own = rows[grid.header_rows :] if header_again else rows
        box = (edges[0], top, edges[-1], y)
        return Part(page=self.pages, first=own[0], last=own[-1] + 1, header_again=header_again, box=box)

    def _cell(self, cell: Cell, box: tuple[float, float, float, float], size: float, *, shaded: bool) -> None:
        x0, top, x1, bottom = box
        if shaded:
            self.pdf.set_fill_color(217, 217, 217)
            self.pdf.rect(x0, top, x1 - x0, bottom - top, style="F")
        self._rules(box)
        lines = self._wrapped(cell.words, size, "body", x1 - x0 - 2 * _PAD, 0)
        leading = 1.35 * size
        y = (top + bottom) / 2 - leading * len(lines) / 2
        for line in lines:
            y += leading
            width = self._width(line, size, "body")
            x = x0 + _PAD if len(lines) > 1 else (x0 + x1 - width) / 2
            self._line(line, x, y - 0.3 * size, size, "body", 0)

    def _rules(self, box: tuple[float, float, float, float]) -> None:
        """The four edges of a cell."""
        x0, top, x1, bottom = box
        if self.look.filled_rules:
            self.pdf.set_fill_color(0, 0, 0)
            for x, y, width, height in (
                (x0, top, x1 - x0, 0.48),
                (x0, bottom, x1 - x0 + 0.48, 0.48),
                (x0, top, 0.48, bottom - top),
                (x1, top, 0.48, bottom - top),
            ):
                self.pdf.rect(x, y, width, height, style="F")
            return
        self.pdf.set_line_width(0.5)
        for ends in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            self.pdf.line(*ends)

    def _heights(self, grid: Grid, edges: list[float], size: float) -> list[float]:
        """The height of each row: its fullest cell, merged ones left aside."""
        heights = [1.35 * size + 2 * _PAD] * grid.height
        for cell in grid.cells:
            if cell.rows == 1:
                room = edges[cell.column + cell.columns] - edges[cell.column] - 2 * _PAD
                lines = len(self._wrapped(cell.words, size, "body", room, 0))
                heights[cell.row] = max(heights[cell.row], 1.35 * size * lines + 2 * _PAD)
        return heights

    def _line(self, words: str, x: float, y: float, size: float, face: str, spacing: float) -> None:
        """Draws words that stand on one line, as few text objects or one for each character."""
        for run in _RUN.findall(words):
            widths = [self._character(character, face) * size + spacing for character in run]
            self.pdf.set_font(self._face(run, face), size=size)
            if self.look.by_character:
                for character, width in zip(run, widths, strict=True):
                    self.pdf.text(x, y, character)
                    x += width
                continue
            self.pdf.set_char_spacing(spacing)
            self.pdf.text(x, y, run)
            x += sum(widths)

    def _wrapped(self, words: str, size: float, face: str, room: float, first: float) -> list[str]:
        """The lines of a paragraph: no number torn, no closing mark at the start, no opening mark at the end of a line."""
        lines: list[str] = []
        line: list[str] = []
        left = room - first
        for unit in _UNIT.findall(words):
            width = self._width(unit, size, face)
            hangs = unit in _CLOSING and left + 0.6 * size > width
            if line and width > left and not hangs:
                carried: list[str] = []
                while len(line) > 1 and (line[-1] in _OPENING or ((carried or [unit])[0] in _CLOSING)):
                    carried.insert(0, line.pop())
                lines.append("".join(line))
                line, left = carried, room - self._width("".join(carried), size, face)
            line.append(unit)
            left -= width
        return [*lines, "".join(line)]

    def _width(self, words: str, size: float, face: str) -> float:
        return sum(self._character(character, face) for character in words) * size

    def _face(self, run: str, face: str) -> str:
        """The face of a run, or of a character: numbers and Latin words may have their own."""
        return "times" if self.look.latin and _LATIN.match(run) else face

    def _character(self, character: str, face: str) -> float:
        """The width of a character, in its size."""
        name = self._face(character, face)
        if (name, character) not in self._widths:
            self.pdf.set_font(name, size=100)
            self.pdf.set_char_spacing(0)
            self._widths[name, character] = float(self.pdf.get_string_width(character)) / 100
        return self._widths[name, character]


def _blocks(grid: Grid) -> Iterator[list[int]]:
    """The rows of the grid in groups that no merged cell crosses."""
    start = 0
    while start < grid.height:
        end = start + 1
        while more := [c for c in grid.cells if start <= c.row < end < c.row + c.rows]:
            end = max(cell.row + cell.rows for cell in more)
        yield list(range(start, end))
        start = end
