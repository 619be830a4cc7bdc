"""A table of a form as a grid of cells, whether it comes from Word or from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_SERIAL = re.compile(r"[（(]?\d{1,4}[)）.．、]?|=.+")  # also a formula that numbers the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell with its place (0-based, of its top left corner), its size in rows and columns, and its words.

    `framed`: it has borders of its own (always true in Word, where rows are there or not).
    """

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1
    framed: bool = True

    @property
    def blank(self) -> bool:
        """Nothing but blanks in it."""
        return not self.text.strip()


class FormGrid:
    """The cells of a table by row and column; a merged cell is found at every place that it covers."""

    def __init__(self, cells: Iterable[FormCell]) -> None:
        self._at: dict[tuple[int, int], FormCell] = {}
        for cell in cells:
            for row in range(cell.row, cell.row + cell.height):
                for column in range(cell.column, cell.column + cell.width):
                    self._at[row, column] = cell
        self.height = max((row for row, _ in self._at), default=-1) + 1
        self.width = max((column for _, column in self._at), default=-1) + 1

    def at(self, row: int, column: int) -> FormCell | None:
        """The cell that covers this place."""
        return self._at.get((row, column))

    def row(self, row: int) -> Iterator[FormCell]:
        """The cells that cover a row, from the left, each once; those merged from above are among them."""
        column = 0
        while column < self.width:
            cell = self.at(row, column)
            if cell is not None:
                yield cell
                column = cell.column + cell.width
            else:
                column += 1

    def is_blank(self, row: int) -> bool:
        """No words in the row."""
        return all(cell.blank for cell in self.row(row))

    def is_free(self, row: int, columns: Collection[int], serial: int | None) -> bool:
        """No words in the cells of a row that start at one of `columns`; a number in the column `serial` is none."""
        return all(
            cell.blank or (cell.column == serial and _SERIAL.fullmatch(cell.text.strip()) is not None)
            for cell in self.row(row)
            if any(cell.column <= column < cell.column + cell.width for column in columns)
        )

    def right_of(self, cell: FormCell) -> FormCell | None:
        """The cell beside, in the first row of `cell`."""
        return self.at(cell.row, cell.column + cell.width)

    def below(self, cell: FormCell) -> FormCell | None:
        """The cell beneath, in the first column of `cell`."""
        return self.at(cell.row + cell.height, cell.column)
