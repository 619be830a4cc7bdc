"""Where a form wants what: the tables under headings, and the labels with a blank cell beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from huizong.forms.grid import FormCell, FormGrid
from huizong.forms.headings import Meaning, meaning
from huizong.lexicon.forms import SourceWords, form_words, plain

_DEEPEST_HEADING = 3
_MOST_FILLED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: the place of its cell in the body rows, the words of its heading and what they mean."""

    column: int
    heading: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """A table to be filled: rows `body` to `end` (0-based, half open) lie under the heading, which starts at row `top`.

    `given` tables have their names printed already (a list of indicators): their rows are looked up, not repeated. In the
    others the matched columns of the body are blank, but for serial numbers; there may be no row (`body == end`). Rows that
    were filled before lie between heading and body; the last serial number among them is `counted`. A `printed` table has words in
    its key column and no free row: its tasks or issues are given, and nothing can be put in.
    """

    source: SourceWords
    columns: tuple[Column, ...]
    top: int
    body: int
    end: int
    given: bool
    counted: int = 0
    printed: bool = False

    @property
    def matched(self) -> tuple[Column, ...]:
        """The columns that can be filled."""
        return tuple(column for column in self.columns if column.meaning is not None)

    def column_of(self, name: str) -> int | None:
        """The place of the column with this meaning."""
        return next((c.column for c in self.matched if c.meaning is not None and c.meaning.column == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label (in the cell `at`) with a blank cell (`cell`) beside or under it."""

    at: FormCell
    cell: FormCell


def table_plans(grid: FormGrid) -> tuple[TablePlan, ...]:
    """The tables under headings, from the top."""
    plans: list[TablePlan] = []
    row = 0
    while row < grid.height:
        plan = _plan_at(grid, row)
        if plan is None:
            row += 1
        else:
            plans.append(plan)
            row = max(plan.end, plan.body, row + 1)
    return tuple(plans)


def labels(grid: FormGrid, plans: tuple[TablePlan, ...]) -> Iterator[Label]:
    """The labels outside of the tables `plans`: words with a blank cell to their right, else (over the whole width) under them.

    A label is a single field, a chapter of the report, or something known to be left blank.
    """
    words = form_words()
    covered = {row for plan in plans for row in range(plan.top, max(plan.end, plan.body))}
    for row in range(grid.height):
        for cell in grid.row(row):
            name = plain(cell.text)
            if cell.row != row or row in covered or not name:
                continue
            beside = grid.right_of(cell)
            if beside is None and name in words.chapters:
                beside = grid.below(cell)
            if beside is None or not beside.blank or beside.row in covered:
                continue
            if name in words.chapters and not beside.framed:
                continue  # the title of a section of the sheet
            if name in words.single or name in words.chapters or name in words.left_blank:
                yield Label(at=cell, cell=beside)


def _plan_at(grid: FormGrid, top: int) -> TablePlan | None:
    """The table whose heading starts at row `top`, of the depth and with the source that understands most headings."""
    best: tuple[int, TablePlan] | None = None
    for depth in range(1, _DEEPEST_HEADING + 1):
        body = top + depth
        if body > grid.height or grid.is_blank(body - 1) or (depth > 1 and not _bound(grid, body - 2)):
            break
        if any(cell.row + cell.height > body for row in range(top, body) for cell in grid.row(row)):
            continue  # a heading merged over more rows than these
        for source in form_words().sources:
            plan = _under(grid, top, body, source)
            if plan is not None and (best is None or len(plan.matched) > best[0]):
                best = len(plan.matched), plan
    return best[1] if best else None


def _bound(grid: FormGrid, row: int) -> bool:
    """Whether a row and the next are one heading: a cell goes over both, or a cell under words is blank. A title is not."""
    for upper in grid.row(row):
        lower = grid.at(row + 1, upper.column)
        if not upper.blank and lower is not None and (lower == upper or (lower.blank and lower.width == upper.width)):
            return True
    return False


def _under(grid: FormGrid, top: int, body: int, source: SourceWords) -> TablePlan | None:
    columns = _columns(grid, top, body, source)
    found = {column.meaning.column for column in columns if column.meaning is not None}
    if sum(key in found for key in source.key) < source.needs or len(found) < 2:
        return None
    plan = TablePlan(source=source, columns=columns, top=top, body=body, end=body, given=False)
    if source.sheet == "指标台账" and (given := _given_end(grid, plan)) > body:
        return replace(plan, end=given, given=True)
    serial, matched = plan.column_of("序号"), {column.column for column in plan.matched}
    body, counted = _first_free(grid, plan, matched, serial)
    end = body
    while (
        end < grid.height
        and grid.is_free(end, matched, serial)
        and not _total(grid, end)
        and _like(grid, min(matched), body, end)
    ):
        end += 1
    keys = [plan.column_of(key) for key in source.key]
    under = [grid.at(body, key) for key in keys if key is not None and body == end and not _total(grid, body)]
    printed = any(cell is not None and cell.column in keys and not cell.blank for cell in under)
    return replace(plan, body=body, end=end, counted=counted, printed=printed)


def _columns(grid: FormGrid, top: int, body: int, source: SourceWords) -> tuple[Column, ...]:
    """The columns as the first row of the body has them (without one, or for a total: as the last row of the heading has them).

    A meaning is given once: a second column of the same meaning would get the same words, and is left to people.
    """
    columns: list[Column] = []
    taken: set[Meaning] = set()
    for cell in grid.row(body if body < grid.height and not _total(grid, body) else body - 1):
        path: list[FormCell] = []
        for row in range(top, body):
            over = grid.at(row, cell.column)
            if over is not None and not over.blank and over not in path:
                path.append(over)
        if not path:
            continue
        found = meaning([over.text for over in path], source)
        if found in taken:
            found = None
        elif found is not None:
            taken.add(found)
        heading = "／".join("".join(over.text.split()) for over in path)
        columns.append(Column(column=cell.column, heading=heading, meaning=found))
    return tuple(columns)


def _like(grid: FormGrid, column: int, first: int, row: int) -> bool:
    """Whether the row is framed as the first one is: what lies below a framed table without a frame is not part of it."""
    one, other = grid.at(first, column), grid.at(row, column)
    return one is None or other is None or one.framed == other.framed


def _first_free(grid: FormGrid, plan: TablePlan, matched: Collection[int], serial: int | None) -> tuple[int, int]:
    """The first row to write into and the last serial number above it: behind rows that have words, such as an example.

    Where no free row follows them before a total or the next heading, the first row under the heading.
    """
    counted = 0
    for row in range(plan.body, min(grid.height, plan.body + _MOST_FILLED)):
        if _total(grid, row) or not _like(grid, min(matched), plan.body, row):
            break
        if grid.is_free(row, matched, serial):
            return row, counted
        if sum(c.meaning is not None for c in _columns(grid, row, row + 1, plan.source)) > 1:
            break
        cell = grid.at(row, serial) if serial is not None else None
        if (
            cell is not None
            and cell.text.strip().isdecimal()
            and not all(c.text.strip().isdecimal() for c in grid.row(row))
        ):
            counted = int(cell.text.strip())
    return plan.body, 0


def _total(grid: FormGrid, row: int) -> bool:
    return any(plain(cell.text) in form_words().totals for cell in grid.row(row))


def _given_end(grid: FormGrid, plan: TablePlan) -> int:
    """The row behind the last one that has a name printed, reading on while the columns of values are blank or filled by hand."""
    name = plan.column_of("指标名")
    values = [c.column for c in plan.matched if c.meaning and c.meaning.column in ("数值", "目标值")]
    if name is None or not values:
        return plan.body
    row = plan.body
    while row < grid.height:
        cell = grid.at(row, name)
        if cell is None or cell.blank or cell.column + cell.width > min(values) > cell.column:
            break
        row += 1
    return row
