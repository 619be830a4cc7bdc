"""Which sheet of the original a sheet is, and which column is which field, after columns were moved, renamed, added or deleted.

Rows are known by their keys, so a sheet is what most of its keys belong to, whatever it is called. A column is known by its heading;
one that was renamed by what stands in it, compared row by row with the original; an empty one by its neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.corrections.anchors import plain
from huizong.export.original import Original, OriginalRow
from huizong.readback.sheets import ReadRow, ReadSheet
from huizong.readback.values import same
from huizong.records import Value
from huizong.tables.columns import KEY

_HEADER_WITHIN = 20  # rows
_MOST_COMPARED = 400  # rows that a renamed column is compared in
_LIKE = 0.5  # share of compared rows that must agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A sheet that was recognised: the number of its original, its columns by field (0-based), its rows below the header.

    `guessed` are headings that were changed, with the field that the column is taken for; `unknown` are headings of columns
    with values that are no field; `missing` are fields whose column is gone.
    """

    sheet: ReadSheet
    at: int
    key: int
    columns: dict[str, int]
    rows: tuple[ReadRow, ...]
    guessed: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def recognise(sheet: ReadSheet, original: Original) -> Known | None:
    """What `sheet` is; `None` when it is none of those that were written for editing, or its keys are gone."""
    key = _key_column(sheet, original)
    if key is None:
        return None
    keyed = [row for row in sheet.rows if str(row.at(key)) in original.rows]
    named = next((n for n, s in enumerate(original.sheets) if s.name == sheet.name), None)
    counts = Counter(own.sheet for row in keyed for own in original.rows[str(row.at(key))][:1])
    at = counts.most_common(1)[0][0] if counts else named
    if at is None:
        return None
    header = _header(sheet, original, at, keyed[0].number if keyed else None)
    if header is None:
        return None
    return _Columns(sheet, original, at, key, header).known()


def _key_column(sheet: ReadSheet, original: Original) -> int | None:
    """The column with the most keys; in a sheet without rows the one with the heading of keys."""
    found = Counter(
        column
        for row in sheet.rows
        for column, value in enumerate(row.cells)
        if isinstance(value, str) and value in original.rows
    )
    if found:
        return found.most_common(1)[0][0]
    for row in sheet.rows[:_HEADER_WITHIN]:
        for column, value in enumerate(row.cells):
            if value == KEY:
                return column
    return None


def _header(sheet: ReadSheet, original: Original, at: int, before: int | None) -> ReadRow | None:
    """The row above the first key that has the most headings of the sheet, the lowest of equals."""
    headings = {plain(heading) for _, heading in original.sheets[at].columns}
    best: tuple[int, ReadRow] | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        if before is not None and row.number >= before:
            break
        known = sum(plain(str(value)) in headings for value in row.cells if value is not None)
        if known and (best is None or known >= best[0]):
            best = known, row
    return best[1] if best else None


class _Columns:
    def __init__(self, sheet: ReadSheet, original: Original, at: int, key: int, header: ReadRow) -> None:
        self._sheet, self._original, self._at, self._key, self._header = sheet, original, at, key, header
        self._rows = tuple(row for row in sheet.rows if row.number > header.number)
        self._width = max((len(row.cells) for row in (header, *self._rows)), default=0)
        self._fields = [field for field, _ in original.sheets[at].columns if field != KEY]
        self._found: dict[str, int] = {}
        self._guessed: list[tuple[str, str]] = []
        self._sample = [(row, own) for row in self._rows if (own := self._own(row)) is not None][:_MOST_COMPARED]

    def known(self) -> Known:
        self._by_heading()
        self._by_content()
        self._by_neighbours()
        taken = {self._key, *self._found.values()}
        left = [column for column in range(self._width) if column not in taken and self._has_values(column)]
        return Known(
            sheet=self._sheet,
            at=self._at,
            key=self._key,
            columns=self._found,
            rows=self._rows,
            guessed=tuple(self._guessed),
            unknown=tuple(self._heading(column) for column in left),
            missing=tuple(field for field in self._fields if field not in self._found),
        )

    def _own(self, row: ReadRow) -> OriginalRow | None:
        found = self._original.rows.get(str(row.at(self._key)), ())
        return next((own for own in found if own.sheet == self._at), None)

    def _heading(self, column: int) -> str:
        value = self._header.at(column)
        return f"第 {column + 1} 列" if value is None else str(value)

    def _free(self) -> list[int]:
        taken = {self._key, *self._found.values()}
        return [column for column in range(self._width) if column not in taken]

    def _has_values(self, column: int) -> bool:
        return any(row.at(column) is not None for row in self._rows)

    def _by_heading(self) -> None:
        for field, heading in self._original.sheets[self._at].columns:
            places = [c for c in range(self._width) if c != self._key and _is(self._header.at(c), heading)]
            if places and field != KEY:
                # A column that was copied has its heading twice: the one that was less changed is the column.
                self._found[field] = max(places, key=lambda c: (self._likeness(c, field), -c))

    def _by_content(self) -> None:
        free = [field for field in self._fields if field not in self._found]
        pairs = [(self._likeness(c, field), -c, field) for c in self._free() for field in free]
        for likeness, place, field in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
            if likeness >= _LIKE and field not in self._found and -place not in self._found.values():
                self._take(field, -place)

    def _by_neighbours(self) -> None:
        """A column between two known ones that were neighbours of one lost field only is that field."""
        at_column = {column: field for field, column in self._found.items()}
        for column in self._free():
            if self._header.at(column) is None:
                continue
            before, after = at_column.get(column - 1), at_column.get(column + 1)
            start = self._fields.index(before) if before else -1 if column == 0 else None
            end = (
                self._fields.index(after)
                if after
                else len(self._fields)
                if column + 1 in (self._key, self._width)
                else None
            )
            if start is not None and end == start + 2:
                self._take(self._fields[start + 1], column)

    def _take(self, field: str, column: int) -> None:
        self._found[field] = column
        self._guessed.append((self._heading(column), field))

    def _likeness(self, column: int, field: str) -> float:
        """The share of rows, of those in which either has something, in which a column says what the field said."""
        told = [(row.at(column), own.values.get(field)) for row, own in self._sample]
        filled: Sequence[tuple[Value, Value]] = [
            (now, then) for now, then in told if not (_empty(now) and _empty(then))
        ]
        return sum(same(now, then) for now, then in filled) / len(filled) if filled else 0.0


def _empty(value: Value) -> bool:
    return value is None or value == ""


def _is(value: Value, heading: str) -> bool:
    return value is not None and plain(str(value)) == plain(heading)
