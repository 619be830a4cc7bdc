"""The rows of a sheet as SpreadsheetML, written as they come: text outright, one string a cell, nothing looked up twice.

XlsxWriter makes an object of every cell and checks it anew; that was half of the CPU of a run. Here stands only what a row of 汇总.xlsx
needs (ECMA-376 part 1, 18.3.1: `row`, `c`, inline strings); the sheet around the rows is XlsxWriter's.
"""

from __future__ import annotations

import math
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

_LONGEST_CELL = 32_767  # UTF-16 units: Excel's limit
_LINE_HEIGHT_PT, _HIGHEST_ROW_PT = 13.5, 400.0  # a spreadsheet allows 409
_PIXEL_PT = 0.75
_IN_MEMORY = 1 << 20  # bytes of rows that a sheet keeps in memory before it goes to a file
_MOST_KEPT, _LONGEST_KEPT = 256, 1000  # cells of a column, and characters of one
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z")
_LITERAL_CODE = re.compile(r"(?=_x[0-9a-fA-F]{4}_)_")
_REPLACED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "_x000D_", "\ufffe": "_xFFFE_", "\uffff": "_xFFFF_"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a column is written: its width in characters, the number of its style, and of that for values that stand out."""

    width: int
    style: int
    marked: Callable[[object], int | None] | None = None
    """The style of a value that has one of its own, `None` for all others."""


class SheetRows:
    """The rows of one sheet below its header, numbered from 2 on. Close it, or use it in a `with`.

    `count` rows have been written; `left_out` more did not fit into a sheet.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.count = self.left_out = 0
        heads = [f'<c r="{_letters(at)}' for at in range(len(columns))]
        self._first = heads[0]
        self._cells = [_Cells(c, following) for c, following in zip(columns, [*heads[1:], ""], strict=True)]
        self._body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by `close`

    def __enter__(self) -> SheetRows:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives back the memory or the file that holds the rows."""
        self._body.close()

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Writes rows, each with one value a column: text, a number, or `None` for an empty cell. All have borders."""
        parts: list[str] = []
        for values in rows:
            if self.count == MOST_ROWS:
                self.left_out += 1
                continue
            self.count += 1
            number = str(self.count + 1)
            cells = [known[value] for known, value in zip(self._cells, values, strict=True)]
            # The height is said outright: not every program fits wrapped rows when it opens a file.
            height = _height_pt(max([lines for _, lines in cells]))
            head = f'<row r="{number}" ht="{height}" customHeight="1">{self._first}'
            parts += (number.join([head, *[words for words, _ in cells]]), "</row>")
        self._body.write("".join(parts).encode())

    def copy_to(self, part: IO[bytes]) -> None:
        """Appends all rows to `part`."""
        self._body.seek(0)
        shutil.copyfileobj(self._body, part)

    def size(self) -> int:
        """The bytes that `copy_to` writes."""
        return self._body.seek(0, 2)


def _letters(column: int) -> str:
    """The letters of a column, 0-based: A … Z, AA …"""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


class _Cells(dict[object, tuple[str, int]]):
    """The cells of a column by their values: what stands between the row's number in this cell and in the next, and the lines it fills.

    Most columns say the same few things over and over, and a sentence stands beside every count in it: such cells are made once.
    """

    def __init__(self, column: Column, following: str) -> None:
        self._column, self._following = column, following

    def __missing__(self, value: object) -> tuple[str, int]:
        column, kind = self._column, type(value)
        style = (column.marked(value) if column.marked is not None else None) or column.style
        text = value if isinstance(value, str) else "" if value is None else str(value)
        if not text:
            cell = f'" s="{style}"/>'
        elif kind is int or kind is float:
            cell = f'" s="{style}"><v>{value:.16G}</v></c>'
        else:
            cell = f'" s="{style}" t="inlineStr"><is>{_words(text)}</is></c>'
        made = cell + self._following, _lines(text, column.width)
        if len(self) >= _MOST_KEPT:
            self.clear()
        if len(text) <= _LONGEST_KEPT:
            self[value] = made
        return made


def _words(text: str) -> str:
    """`text` as the content of an inline string; what XML cannot hold is left out, text that looks like Excel's codes stays text."""
    if len(text) > _LONGEST_CELL // 2:
        text = text.encode("utf-16-le")[: 2 * _LONGEST_CELL].decode("utf-16-le", "ignore")
    if not _SPECIAL.search(text):
        return f"<t>{text}</t>"
    text = _FORBIDDEN.sub("", text)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{_LITERAL_CODE.sub('_x005F_', text).translate(_REPLACED)}</t>"


@cache
def _height_pt(lines: int) -> str:
    """The height, in whole pixels, of a row whose fullest cell has so many lines."""
    height = min(_HIGHEST_ROW_PT, 4 + lines * _LINE_HEIGHT_PT)
    return f"{int(height / _PIXEL_PT + 0.5) * _PIXEL_PT:.16g}"


def _lines(text: str, width: int) -> int:
    """How many lines `text` fills in a column of `width` characters; full-width characters count twice."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    sizes = (sum(map(_SIZES.__getitem__, part)) for part in text.split("\n"))
    return sum(max(1, math.ceil(size / (width - 1))) for size in sizes)


class _Sizes(dict[str, int]):
    """The columns that a character takes, looked up once."""

    def __missing__(self, character: str) -> int:
        size = self[character] = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return size


_SIZES = _Sizes()
