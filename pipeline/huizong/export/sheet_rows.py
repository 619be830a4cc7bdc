"""The rows of a sheet as SpreadsheetML, written as they come: text outright, one string a cell, nothing looked up twice.

XlsxWriter makes an object of every cell and checks it anew; that was half of the CPU of a run. Here stands only what a row of 汇总.xlsx
needs (ECMA-376 part 1, 18.3.1: `row`, `c`, inline strings, `hyperlink`); the sheet around the rows is XlsxWriter's.
"""

from __future__ import annotations

import math
import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

MOST_LINKS = 65_530
"""Links that a sheet of Excel holds; a file with more of them is called damaged."""

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
    """How a column is written: its width in characters, the number of its style, and of that of cells with a link."""

    width: float
    style: int
    linked_style: int = 0


class Linked(NamedTuple):
    """A value that leads to a file: the number of the file's relationship, and the page (`None`: to the file as a whole)."""

    value: object
    relation: int
    page: int | None


class SheetRows:
    """The rows of one sheet below its header, numbered from 2 on, and their links. Close it, or use it in a `with`.

    `count` rows have been written; `left_out` more did not fit into a sheet. `links` cells lead to a file.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.count = self.left_out = self.links = 0
        self._letters = [_letters(at) for at in range(len(columns))]
        heads = [f'<c r="{letters}' for letters in self._letters]
        self._first = heads[0]
        self._cells = [_Cells(c, following) for c, following in zip(columns, [*heads[1:], ""], strict=True)]
        self._body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by `close`
        self._links: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115

    def __enter__(self) -> SheetRows:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives back the memory or the files that hold rows and links."""
        self._body.close()
        self._links.close()

    def add(self, rows: Iterable[Sequence[object]], linked: Sequence[int] = ()) -> None:
        """Writes rows, each with one value a column: text, a number, or `None` for an empty cell. All have borders.

        In the columns `linked` (0-based) values may be `Linked`.
        """
        parts: list[str] = []
        links: list[str] = []
        for values in rows:
            if self.count == MOST_ROWS:
                self.left_out += 1
                continue
            self.count += 1
            number = str(self.count + 1)
            for at in linked:
                value = values[at]
                if isinstance(value, Linked) and not self._take_link(links, self._letters[at] + number, value):
                    values = [*values[:at], value.value, *values[at + 1 :]]
            cells = [known[value] for known, value in zip(self._cells, values, strict=True)]
            # The height is said outright: not every program fits wrapped rows when it opens a file.
            height = _height_pt(max([lines for _, lines in cells]))
            head = f'<row r="{number}" ht="{height}" customHeight="1">{self._first}'
            parts += (number.join([head, *[words for words, _ in cells]]), "</row>")
        self._body.write("".join(parts).encode())
        self._links.write("".join(links).encode())

    def _take_link(self, links: list[str], cell: str, value: Linked) -> bool:
        """Appends the link of a cell; `False` when the sheet has as many as it holds."""
        if self.links == MOST_LINKS:
            return False
        self.links += 1
        place = "" if value.page is None else f' location="page={value.page}"'
        links.append(f'<hyperlink ref="{cell}" r:id="rId{value.relation}"{place}/>')
        return True

    def copy_links_to(self, part: IO[bytes]) -> None:
        """Appends the element of all links, if there are any."""
        if self.links:
            self._links.seek(0)
            part.write(b"<hyperlinks>")
            shutil.copyfileobj(self._links, part)
            part.write(b"</hyperlinks>")

    def copy_to(self, part: IO[bytes]) -> None:
        """Appends all rows to `part`."""
        self._body.seek(0)
        shutil.copyfileobj(self._body, part)

    def size(self) -> int:
        """The bytes that `copy_to` and `copy_links_to` write, but for a few."""
        return self._body.seek(0, 2) + self._links.seek(0, 2)


def _letters(column: int) -> str:
    """The letters of a column, 0-based: A … Z, AA …"""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


class _Cells(dict[object, tuple[str, int]]):
    """The cells of a column by their values: what stands between the row's number in this cell and in the next, and the lines it fills.

    Most columns say the same few things over and over, and a sentence stands beside every count in it: such cells are made once.
    """

    def __init__(self, column: Column, following: str) -> None:
        self._column, self._following = column, following

    def __missing__(self, key: object) -> tuple[str, int]:
        column = self._column
        value, style = (key.value, column.linked_style) if isinstance(key, Linked) else (key, column.style)
        kind = type(value)
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
            self[key] = made
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


def _lines(text: str, width: float) -> int:
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
