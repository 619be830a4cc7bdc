"""A table as a reader sees it: which columns hold numbers, which name the rows, and what stands over each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from huizong.extractors.table_labels import read_label
from huizong.lexicon.tables import is_unit, table_words
from huizong.loading.tables.headers import is_band, is_figure, is_title, is_void, is_year, squeezed
from huizong.records import Table

_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows `start..end` of `columns` under the same column names; the same columns standing side by side make two blocks.

    `heads` holds the header of each column from the top down, blanks and repeats left out; `named` says whether there is any,
    `band` what stands over the block. `numeric`, `stubs` and `order` are column indices: those of numbers, those whose words tell
    of the rows, those that only number or date them; `naming` are the stubs that name a row: those that group, and the first
    that tells rows apart. `unit_column` gives the unit of each row.
    """

    start: int
    end: int
    columns: range
    heads: tuple[tuple[str, ...], ...]
    named: bool
    band: str
    numeric: tuple[int, ...]
    stubs: tuple[int, ...]
    naming: tuple[int, ...]
    order: tuple[int, ...]
    unit_column: int | None

    def over(self, column: int) -> tuple[str, ...]:
        """The header of a column from the top down."""
        return self.heads[column - self.columns.start]


class Grid:
    """The blocks of one table, with the labels of each cell."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = table.rows
        names = [row for row in table.header_rows if not is_title(row)] if table.header_rows else [table.header]
        self._names = tuple(row for row in names if any(row))
        self.copies = frozenset(table.filled)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks from the top down; rows over the whole width and repeated column names are in none."""
        blocks: list[Block] = []
        names, band, start = self._names, "", 0

        def close(end: int) -> None:
            if start < end:
                blocks.extend(
                    self._block(start, end, panel, names, band) for panel in _panels(names, len(self.table.header))
                )

        for r, row in enumerate(self.rows):
            if len(row) > 2 and is_band(row) and not is_figure(row[0]) and not is_void(row[0]):
                close(r)
                band, start = row[0], r + 1
            elif self._names_again(r):
                close(r)
                names, start = (row,), r + 1
        close(len(self.rows))
        return tuple(blocks)

    def block_of(self, row: int, column: int) -> Block | None:
        """The block in which a cell stands."""
        return next((b for b in self.blocks if b.start <= row < b.end and column in b.columns), None)

    def row_labels(self, row: int, column: int) -> tuple[str, ...]:
        """The words that name the row of a cell, groups first; in a grid without column names what stands on its left."""
        block = self.block_of(row, column)
        if block is None:
            return ()
        if not block.named:
            return (self.rows[row][column - 1],) if column else ()
        return _distinct(self.rows[row][c] for c in block.naming)

    def column_labels(self, row: int, column: int) -> tuple[str, ...]:
        """What stands over a cell, from the top down."""
        block = self.block_of(row, column)
        return block.over(column) if block else ()

    def _names_again(self, r: int) -> bool:
        """Whether row `r` names columns anew: it opens as the header does, or stands between a band and numbers it could name."""
        row = [squeezed(c) for c in self.rows[r]]
        if not self._names or any(map(is_figure, row)) or not all(row) or is_band(row):
            return False
        opens_as = {squeezed(names[0]) for names in self._names}
        below = self.rows[r + 1] if r + 1 < len(self.rows) else ()
        return row[0] in opens_as and (
            not below or any(map(is_figure, below)) or row == [squeezed(c) for c in self._names[-1]]
        )

    def _block(self, start: int, end: int, columns: range, names: tuple[tuple[str, ...], ...], band: str) -> Block:
        rows = self.rows[start:end]
        heads = {c: _distinct(row[c] for row in names) for c in columns}
        order = [c for c in columns if any(read_label(h).order for h in heads[c]) or _counts_up(rows, c, columns.start)]
        unit_column = next((c for c in columns if heads[c] and _gives_units(heads[c], rows, c)), None)
        numeric = [c for c in columns if c not in order and c != unit_column and _is_numeric(rows, c)]
        first = min(numeric, default=columns.start)
        words = [c for c in range(columns.start, first) if c != unit_column and not _is_counting(rows, c)]
        stubs = [c for c in words if c not in order] or words  # 班级 and 时间 name rows where nothing else does
        stubs = [c for c in stubs if not _is_prose(rows, c)] or stubs
        return Block(
            start=start,
            end=end,
            columns=columns,
            heads=tuple(heads.values()),
            named=bool(names),
            band=band,
            numeric=tuple(numeric),
            stubs=tuple(stubs),
            naming=_naming(rows, stubs, heads),
            order=tuple(order),
            unit_column=unit_column,
        )


def _naming(rows: Sequence[Sequence[str]], stubs: Sequence[int], heads: dict[int, tuple[str, ...]]) -> tuple[int, ...]:
    naming: list[int] = []
    for c in stubs:
        naming.append(c)
        cells = [squeezed(row[c]) for row in rows]
        groups = table_words().groups.fullmatch(squeezed("".join(heads[c][-1:])))
        if not (groups or "" in cells or any(a == b for a, b in pairwise(cells))):
            break
    return tuple(naming)


def _panels(names: Sequence[Sequence[str]], width: int) -> list[range]:
    """The columns, cut where the whole header stands side by side again: 学院 人数 学院 人数."""
    heads = [tuple(squeezed(row[c]) for row in names) for c in range(width)]
    for size in range(2, width // 2 + 1):
        repeated = width % size == 0 and all(heads[c] == heads[c % size] for c in range(width))
        if names and repeated and len(set(heads)) > 1:
            return [range(start, start + size) for start in range(0, width, size)]
    return [range(width)]


def _distinct(cells: Iterator[str]) -> tuple[str, ...]:
    words: list[str] = []
    for cell in cells:
        if squeezed(cell) and (not words or squeezed(cell) != squeezed(words[-1])):
            words.append(cell)
    return tuple(words)


def _is_numeric(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in rows if not is_void(row[column])]
    figures = sum(map(is_figure, cells))
    return figures > 0 and 2 * figures >= len(cells)


def _is_counting(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the cells of the column are bare numbers, and no years."""
    cells = [squeezed(row[column]).rstrip(".．、") for row in rows if not is_void(row[column])]
    return all(cell.isdecimal() and not is_year(cell) for cell in cells)


def _is_prose(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [squeezed(row[column]) for row in rows if squeezed(row[column])]
    return bool(cells) and sum(len(c) > _LONGEST_LABEL or "。" in c or "；" in c for c in cells) * 3 > len(cells)


def _counts_up(rows: Sequence[Sequence[str]], column: int, first: int) -> bool:
    """Whether the column numbers its rows: 1, 2, 3 … in the first or second column."""
    cells = [squeezed(row[column]).rstrip(".．、") for row in rows if squeezed(row[column])]
    distinct = [c for c, before in zip(cells, ["", *cells], strict=False) if c != before]
    return column < first + 2 and len(distinct) >= 3 and distinct == [str(n) for n in range(1, len(distinct) + 1)]


def _gives_units(heads: Sequence[str], rows: Sequence[Sequence[str]], column: int) -> bool:
    words = squeezed(heads[-1])
    cells = [row[column] for row in rows if not is_void(row[column])]
    units = sum(is_unit(squeezed(c).strip("（）()")) for c in cells)
    return words in {"单位", "计量单位", "计算单位", "数量单位"} and bool(cells) and 3 * units >= 2 * len(cells)


def names_owner(header: str, label: str) -> bool | None:
    """Whether a row label is whose the numbers of its row are: True and False where the header says so, else by its own end.

    `None` is a yes that only the end of the label gives (机电学院).
    """
    words, lexicon = squeezed(header), table_words()
    if lexicon.partners.fullmatch(words):
        return False
    if lexicon.bodies.fullmatch(words):
        return not label.startswith("第")
    return None if lexicon.is_body(label) and not words.endswith("名称") else False
