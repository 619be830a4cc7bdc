"""Tables that go over pages made one, and every table given its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from huizong.loading.tables.headers import (
    Rows,
    header_depth,
    is_figure,
    is_title,
    is_void,
    is_year,
    squeezed,
    with_header,
)
from huizong.records import Box, Line, Table

_TOLERANCE_PT = 2.0
_PAGE_NUMBER = re.compile(
    r"[-–—－―~～·•\s]{0,4}\d{1,4}[-–—－―~～·•\s]{0,4}|第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}"
)
_CLOSED = re.compile(r"[。；！？;!?]$")


def join_tables(tables: Sequence[Table], lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables of a document in reading order, each with its header rows found (`with_header`).

    A table is the continuation of one on the page before when it has as many columns and the same left and right edges
    (within 2 pt) and nothing but page furniture stands between; header rows printed again are dropped, a row cut by the page
    break is put together, merged cells cut by it are filled. The joined table keeps `page` and `box` of its first part and
    says the page of each row in `row_pages`. `lines` are the raw lines of the document without those of the tables. Tables
    without a box (DOCX, HTML) are never joined. Doing it again changes nothing.
    """
    chains: list[_Chain] = []
    for table in tables:
        placed = _with_place(table, lines)
        chain = next((c for c in chains if c.is_continued_by(placed, tables, lines)), None)
        if chain is None:
            chains.append(_Chain.of(placed))
        else:
            chain.append(placed)
    return tuple(with_header(chain.table()) for chain in chains)


@dataclass
class _Chain:
    """A table as far as it has been read: the rows of all its parts, the header's among them, and the last part."""

    first: Table
    last: Table
    rows: list[tuple[str, ...]]
    pages: list[int]
    filled: list[tuple[int, int]]

    @classmethod
    def of(cls, table: Table) -> _Chain:
        rows = [table.header, *table.rows]
        pages = [table.page, *(table.page_of(r) for r in range(len(table.rows)))]
        return cls(first=table, last=table, rows=rows, pages=pages, filled=[(r + 1, c) for r, c in table.filled])

    def is_continued_by(self, table: Table, tables: Sequence[Table], lines: Sequence[Line]) -> bool:
        a, b = self.last.box, table.box
        if a is None or b is None or table.page != self.pages[-1] + 1 or self.first.header_rows or table.header_rows:
            return False
        if len(table.header) != len(self.first.header) or not same_edges(a, b):
            return False
        below = (t for t in tables if t.page == self.pages[-1] and t.box and t.box.top_pt > a.bottom_pt - _TOLERANCE_PT)
        above = (t for t in tables if t.page == table.page and t.box and t.box.bottom_pt < b.top_pt + _TOLERANCE_PT)
        if any(t.box and _share_width(t.box, b) for t in (*below, *above)):
            return False
        return not _words_between(self.pages[-1], a, table.page, b, lines) and not self._is_headed_otherwise(table)

    def _is_headed_otherwise(self, table: Table) -> bool:
        """Whether the other grid opens with column names of its own where this one has numbers."""
        grid = (table.header, *table.rows)
        if self._repeated(grid):
            return False
        body = self.rows[header_depth(self.rows) :]
        numeric = [c for c in range(len(table.header)) if sum(is_figure(row[c]) for row in body) * 2 > len(body)]
        named = [c for c in numeric if not (is_void(grid[0][c]) or is_figure(grid[0][c]))]
        return len(named) * 2 > len(numeric) > 0

    def _repeated(self, grid: Rows) -> int:
        """How many rows at the top of `grid` are the header of this table once more (its title may be left out)."""
        depth = header_depth(self.rows)
        titles = sum(1 for row in self.rows[:depth] if is_title(row))
        for start in {0, titles}:
            header = [tuple(map(squeezed, row)) for row in self.rows[start:depth]]
            if header and [tuple(map(squeezed, row)) for row in grid[: len(header)]] == header:
                return len(header)
        return 0

    def append(self, table: Table) -> None:
        """Adds the rows of the next part."""
        grid = (table.header, *table.rows)
        dropped = self._repeated(grid)
        rows = [tuple(row) for row in grid[dropped:]]
        filled = [(r + 1 - dropped, c) for r, c in table.filled if r + 1 >= dropped]
        if rows and _goes_on(self.rows[-1], rows[0]):
            self.rows[-1] = tuple(a + b for a, b in zip(self.rows[-1], rows[0], strict=True))
            rows = rows[1:]
            filled = [(r - 1, c) for r, c in filled if r > 0]
        body = self.rows[header_depth(self.rows) :]
        more = _fill_down(body, rows)
        shift = len(self.rows)
        self.filled += sorted((r + shift, c) for r, c in {*filled, *more})
        self.rows += rows
        self.pages += [table.page] * len(rows)
        self.last = table

    def table(self) -> Table:
        if self.first is self.last:
            return self.first
        return replace(
            self.first,
            rows=tuple(self.rows[1:]),
            filled=tuple((r - 1, c) for r, c in self.filled),
            row_pages=tuple(self.pages[1:]),
        )


def _with_place(table: Table, lines: Sequence[Line]) -> Table:
    """The table with `lines_before`, told by its page and box where the loader did not say."""
    box = table.box
    if table.lines_before is not None or box is None:
        return table
    before = [
        n
        for n, line in enumerate(lines, start=1)
        if line.page < table.page
        or (line.page == table.page and line.box is not None and line.box.bottom_pt <= box.top_pt + _TOLERANCE_PT)
    ]
    return replace(table, lines_before=max(before, default=0))


def same_edges(a: Box, b: Box) -> bool:
    """Whether two boxes have the same left and right edges, as the parts of one table have."""
    return abs(a.x0_pt - b.x0_pt) <= _TOLERANCE_PT and abs(a.x1_pt - b.x1_pt) <= _TOLERANCE_PT


def _share_width(a: Box, b: Box) -> bool:
    return a.x0_pt < b.x1_pt and b.x0_pt < a.x1_pt


def _words_between(page: int, a: Box, next_page: int, b: Box, lines: Sequence[Line]) -> bool:
    """Whether words of the report stand below `a` on its page or above `b` on the next."""
    return any(
        line.box is not None
        and line.text.strip()
        and (
            (line.page == page and line.box.top_pt >= a.bottom_pt - _TOLERANCE_PT)
            or (line.page == next_page and line.box.bottom_pt <= b.top_pt + _TOLERANCE_PT)
        )
        and not _is_furniture(line, lines)
        for line in lines
    )


def _is_furniture(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the line is a page number, or stands on another page at the same height with the same words."""
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return True
    words = re.sub(r"[\d\s]", "", line.text)
    return any(
        other.page != line.page
        and other.box is not None
        and line.box is not None
        and abs(other.box.top_pt - line.box.top_pt) <= _TOLERANCE_PT
        and re.sub(r"[\d\s]", "", other.text) == words
        for other in lines
    )


def _goes_on(last: Sequence[str], row: Sequence[str]) -> bool:
    """Whether `row`, the first of a page, is the rest of the row before: its label is blank and its words finish what was open."""
    if squeezed(row[0]) or not squeezed(last[0]) or any(is_figure(c) or is_year(c) for c in row):
        return False
    parts = [(a.strip(), b) for a, b in zip(last, row, strict=True) if b.strip()]
    return bool(parts) and all(a and not is_figure(a) and not is_void(a) and not _CLOSED.search(a) for a, _ in parts)


def _fill_down(body: Rows, rows: list[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Fills, in `rows`, the blank labels that a merged cell cut by the page break left; the places (row, column) filled.

    Done for the columns from the left in which cells are merged above the break and none is blank.
    """
    done: set[tuple[int, int]] = set()
    for c in range(len(rows[0]) if rows and body else 0):
        above = [squeezed(row[c]) for row in body]
        merged = any(a == b for a, b in pairwise(above))
        spreads = c + 1 < len(body[-1]) and squeezed(body[-1][c + 1]) == above[-1]
        if not all(above) or not merged or spreads or is_figure(above[-1]):
            break
        r = 0
        while r < len(rows) and not squeezed(rows[r][c]) and any(map(squeezed, rows[r])):
            rows[r] = (*rows[r][:c], body[-1][c], *rows[r][c + 1 :])
            done.add((r, c))
            r += 1
        if r == 0:
            break
    return done
