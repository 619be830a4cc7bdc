"""A report drawn line by line with reportlab: font embedded, or only named (CID), Latin words in a font of their own.

As careless tools do it: bold is printed twice with a tiny shift, a watermark lies over the text, lines are cut by width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from truth.content import Block, Grid, Report

_WIDTH, _HEIGHT = 595.28, 841.89
_LEFT, _TOP, _BOTTOM = 73.6, 80.0, 80.0
_LINE = 448.0
_NOTE_PT = 9
_OPENING, _CLOSING = "（《“〈", "，。、；：！？）》”〉%①"
_NARROW = re.compile(r"[\x21-\x7e]+|.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Names of two registered fonts, for Chinese and for ASCII."""

    chinese: str
    latin: str


@dataclass
class _Sheet:
    """Where the pen is: points from the top of the page; the notes that stand at its foot."""

    number: int = 1
    y: float = _TOP
    notes: list[str] = field(default_factory=list)

    @property
    def floor(self) -> float:
        """How far down text may go."""
        return _HEIGHT - _BOTTOM - (18 * len(self.notes) + 8 if self.notes else 0)


class Drawn:
    """Sets one report; `draw` writes the file."""

    def __init__(self, report: Report, faces: Faces, pages: int) -> None:
        """`pages` is what the page numbers say the total is."""
        self._report, self._faces, self._pages = report, faces, pages
        self._sheet = _Sheet()

    def draw(self, target: Path) -> int:
        """Writes the PDF and returns its number of pages."""
        from reportlab.pdfgen.canvas import Canvas

        self._canvas: Any = Canvas(str(target), pagesize=(_WIDTH, _HEIGHT), invariant=1)
        for columns, parts in groupby(self._report.parts, lambda part: isinstance(part, Block) and part.columns):
            if columns:
                self._two_columns([part for part in parts if isinstance(part, Block)])
                continue
            for part in parts:
                if isinstance(part, Grid):
                    self._grid(part)
                else:
                    self._block(part)
        self._stamp()
        self._finish_page()
        self._canvas.save()
        return self._sheet.number - 1

    def _runs(self, text: str, size: float) -> Iterator[tuple[str, str, float]]:
        """(words, font, width) of the stretches of one font."""
        for latin, group in groupby(text, lambda ch: ch.isascii()):
            words, face = "".join(group), self._faces.latin if latin else self._faces.chinese
            yield words, face, self._canvas.stringWidth(words, face, size)

    def _width(self, text: str, size: float) -> float:
        return sum(width for _, _, width in self._runs(text, size))

    def _text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Draws one line with its baseline `y` points from the top."""
        for words, face, width in self._runs(text, size):
            self._canvas.setFont(face, size)
            self._canvas.drawString(x, _HEIGHT - y, words)
            if bold:
                self._canvas.drawString(x + 0.4, _HEIGHT - y, words)
            x += width

    def _centred(self, y: float, text: str, size: float, *, bold: bool = False) -> None:
        self._text((_WIDTH - self._width(text, size)) / 2, y, text, size, bold=bold)

    def _lines(self, text: str, size: float, width: float, indent: float) -> list[str]:
        """The text cut into lines: by words, no closing mark at a start, no opening mark at an end."""
        lines, line, room = [], "", width - indent
        for unit in _units(text):
            if line and self._width(line + unit.rstrip(), size) > room + 0.01:
                lines.append(line.rstrip())
                line, room = "", width
            line += unit
        return [*lines, line.rstrip()]

    def _block(self, block: Block) -> None:
        report, size = self._report, self._report.size_pt
        if block.kind == "title":
            self._sheet.y += report.leading_pt + 10
            self._centred(self._sheet.y, block.text, size + 6, bold=block.bold)
            self._sheet.y += report.leading_pt
        elif block.kind == "caption":
            self._next_line(report.leading_pt)
            self._centred(self._sheet.y, block.text, size - 2)
            self._sheet.y += report.gap_pt
        elif block.kind == "sign":
            self._next_line(report.leading_pt)
            self._text(_LEFT + _LINE - self._width(block.text, size), self._sheet.y, block.text, size)
        else:
            indent = float(report.indent * size)
            for at, line in enumerate(self._lines(block.text, size, _LINE, indent)):
                noted = block.note is not None and "①" in line
                self._next_line(report.leading_pt, keep=26 if noted else 0)
                if noted and block.note:
                    self._sheet.notes.append(block.note)
                self._text(_LEFT + (0 if at else indent), self._sheet.y, line, size, bold=block.bold)
            self._sheet.y += report.gap_pt

    def _next_line(self, leading: float, keep: float = 0) -> None:
        """Moves the pen down to the next baseline, to the next page when there is no room for it and for `keep` more."""
        if self._sheet.y + leading + keep > self._sheet.floor:
            self._finish_page()
        self._sheet.y += leading

    def _two_columns(self, blocks: list[Block]) -> None:
        """The blocks in two columns, drawn line by line over both, as some programs print them."""
        report = self._report
        gutter = 2.0 * report.size_pt
        width = (_LINE - gutter) / 2
        half = (len(blocks) + 1) // 2
        columns: list[list[tuple[float, str]]] = []
        for side in (blocks[:half], blocks[half:]):
            y, placed = 0.0, []
            for block in side:
                for line in self._lines(block.text, report.size_pt, width, 0):
                    y += report.leading_pt
                    placed.append((y, line))
                y += report.gap_pt
            columns.append(placed)
        height = max(placed[-1][0] for placed in columns)
        if self._sheet.y + height > self._sheet.floor:
            self._finish_page()
        rows = sorted((y, at, line) for at, placed in enumerate(columns) for y, line in placed)
        for y, at, line in rows:
            self._text(_LEFT + at * (width + gutter), self._sheet.y + y, line, report.size_pt)
        self._sheet.y += height + report.gap_pt

    def _grid(self, grid: Grid) -> None:
        size = self._report.size_pt - 2
        leading, pad = 1.3 * size, 4.0
        widths = [_LINE * share / sum(grid.widths) for share in grid.widths]
        cells = [
            [self._lines(text, size, width - 2 * pad, 0) for text, width in zip(row, widths, strict=True)]
            for row in grid.rows
        ]
        heights = [max(len(lines) for lines in row) * leading + 2 * pad for row in cells]
        if self._sheet.y + self._report.leading_pt + sum(heights) + 10 > self._sheet.floor:
            self._finish_page()
        self._next_line(self._report.leading_pt)
        self._centred(self._sheet.y, grid.caption, size)
        top = self._sheet.y + 8
        self._canvas.setLineWidth(0.7)
        if not grid.ruled:
            for edge in (top, top + heights[0], top + sum(heights)):
                self._canvas.line(_LEFT, _HEIGHT - edge, _LEFT + _LINE, _HEIGHT - edge)
        for row, height in zip(cells, heights, strict=True):
            x = _LEFT
            for lines, width in zip(row, widths, strict=True):
                if grid.ruled:
                    self._canvas.rect(x, _HEIGHT - top - height, width, height)
                first = top + (height - len(lines) * leading) / 2 + 0.85 * size
                for at, line in enumerate(lines):
                    self._text(x + (width - self._width(line, size)) / 2, first + at * leading, line, size)
                x += width
            top += height
        self._sheet.y = top + 6

    def _stamp(self) -> None:
        """Red characters around a circle, over the last lines."""
        self._canvas.saveState()
        self._canvas.setFillColorRGB(0.85, 0, 0)
        self._canvas.setFont(self._faces.chinese, 14)
        self._canvas.translate(_LEFT + _LINE - 60, _HEIGHT - self._sheet.y + 10)
        words = self._report.stamp
        for at, character in enumerate(words):
            self._canvas.saveState()
            self._canvas.rotate(120 - 240 * at / (len(words) - 1))
            self._canvas.drawCentredString(0, 40, character)
            self._canvas.restoreState()
        self._canvas.restoreState()

    def _finish_page(self) -> None:
        """Header, footer, notes and watermark; then a new sheet."""
        report, sheet, canvas = self._report, self._sheet, self._canvas
        self._centred(50, report.running, 9)
        self._centred(_HEIGHT - 45, report.number.format(page=sheet.number, pages=self._pages), 10)
        for at, note in enumerate(sheet.notes):
            y = _HEIGHT - _BOTTOM - 18 * (len(sheet.notes) - 1 - at)
            canvas.line(_LEFT, _HEIGHT - y + 14, _LEFT + 120, _HEIGHT - y + 14)
            self._text(_LEFT, y, note, _NOTE_PT)
        canvas.saveState()
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        canvas.setFont(self._faces.chinese, 64)
        canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        canvas.rotate(40)
        canvas.drawCentredString(0, 0, report.watermark)
        canvas.restoreState()
        canvas.showPage()
        self._sheet = _Sheet(number=sheet.number + 1)


def _units(text: str) -> Iterator[str]:
    """What no line end tears apart: words with the blank behind them, characters with the marks that belong to them."""
    unit = ""
    for piece in _NARROW.findall(text):
        goes_on = piece[0] in _CLOSING or piece == " " or (unit and unit[-1] in _OPENING)
        if unit and not goes_on:
            yield unit
            unit = ""
        unit += piece
    if unit:
        yield unit
