"""What a number in a cell counts: row label + column header + unit → object, owner, year, status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from huizong.extractors.table_cells import Figure
from huizong.extractors.table_grids import Block, Grid, names_owner
from huizong.extractors.table_labels import Label, read_label, unit_said, year_said
from huizong.lexicon.tables import is_unit, table_words
from huizong.loading.tables.headers import JOINT, is_figure, squeezed
from huizong.records import Change, Status

_LONGEST_THING = 40
_SHORT_CELL = 20
_CAPTION = re.compile(
    r"^附?表\s*[\d一二三四五六七八九十]*(?:[-.－—]\d+)*[ :：　]*|20\d\d年?(?:[-–—至]20\d\d年?)?(?:学?年度?)?"
    r"|^.*?各(?:二级)?(?:学院|系部?|部门|院校|专业|单位|学校)"
    r"|(?:统计表|一览表|汇总表|明细表|对比表|比较表|情况表|分布表|情况一览表|统计|一览|情况|对比|表)$|[（(].*?[）)]|\s"
)
_SENTENCE = re.compile(r"[。；，]")
_RATE = re.compile(r"(?:率|占比|比例|比重|比)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the headers say of one number. `words` are all that was read for it; `guessed` marks an object from the caption."""

    object: str
    body: str | None
    unit: str
    year: int | None
    years_around: bool
    status: Status | None
    change: Change | None
    words: str
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of a whole table: its caption, the line before it, the year the report is of."""

    caption: str
    note: str
    report_year: int | None


def name_figure(grid: Grid, block: Block, row: int, column: int, figure: Figure, around: Surroundings) -> Naming | None:
    """What the figure in the cell counts, `None` where the headers do not say it clearly."""
    above = [label for label in map(read_label, block.over(column)) if not label.torn]
    beside = [read_label(words) for words in grid.row_labels(row, column)]
    if any(label.torn for label in beside) or any(label.order for label in (*above, *beside)):
        return None
    if (block.over(column) and not above) or not _tells_apart(grid, block, row, column) or _is_torn(grid.rows[row]):
        return None
    if block.named and not beside and _figures_in(grid, block, column) > 1:
        return None  # several rows, and nothing that tells them apart
    if any(label.total for label in beside) and block.named and not all(grid.rows[row][c] for c in block.naming):
        return None  # the total of a group that is not named
    thing = _thing(grid, block, row, above, beside, around)
    if thing is None:
        return None
    band = read_label(block.band)
    everything = [band, *beside, *above]
    years = [label for label in everything if label.years]
    year = next((label.year for label in reversed(years) if label.year), None)
    previous = next((label.previous for label in everything if label.previous is not None), None)
    dated = bool(years) or previous is not None
    if year is None and previous is not None and around.report_year is not None:
        year = around.report_year - previous
    return Naming(
        object=thing.object,
        body=thing.body or (band.thing if table_words().is_body(band.thing) else None),
        unit=_unit(grid, block, row, figure, above, beside, around),
        year=year if dated else year_said(around.caption),
        years_around=dated or _years_elsewhere(block),
        status=next((label.status for label in reversed(everything) if label.status is not None), None),
        change=next((label.change for label in reversed(everything) if label.change is not None), None),
        words="".join(label.words for label in everything if not label.total),
        guessed=thing.guessed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    object: str
    body: str | None
    guessed: bool = False


def _thing(
    grid: Grid, block: Block, row: int, above: Sequence[Label], beside: Sequence[Label], around: Surroundings
) -> _Thing | None:
    """What is counted and whose it is: the label of the row with the header of the column, else the caption."""
    things, body, certain = _row_things(grid, block, row, beside)
    column_things = [label for label in above if label.thing]
    if any(len(t.thing) > _LONGEST_THING or _SENTENCE.search(t.thing) for t in (*things, *column_things)):
        return None
    leaf = _leaf(above[-1]) if above else ""
    if leaf and (things or column_things) and _columns_name_things(block):
        column_things = [*column_things, replace(above[-1], thing=leaf)]
    things = [t for t in things if t is not body]
    if body is None and things and column_things and table_words().is_body(column_things[-1].thing):
        body, column_things = column_things[-1], column_things[:-1]
    owner = body.thing if body is not None else None
    if names := _names([*things, *column_things]):
        return _Thing(object=JOINT.join(names), body=owner)
    if body is None and not all(label.years or label.total for label in beside):
        return None
    if leaf:
        return _Thing(object=leaf, body=owner)
    if thing := _thing_of(around.caption):
        return _Thing(object=thing, body=owner, guessed=True)
    return _Thing(object=body.thing, body=None) if body is not None and not certain else None


def _row_things(grid: Grid, block: Block, row: int, beside: Sequence[Label]) -> tuple[list[Label], Label | None, bool]:
    """The labels beside that name things, the one of them that names a body, and whether the header says that it does."""
    if not block.named:
        return [label for label in beside if label.thing], None, False
    things: list[Label] = []
    body, certain = None, False
    columns = block.naming
    for c in columns:
        label = read_label(grid.rows[row][c])
        head = block.over(c)[-1] if block.over(c) else ""
        grouping = c != columns[-1] and table_words().groups.fullmatch(squeezed(head)) is not None
        if not label.thing or grouping or any(label.words == t.words for t in things):
            continue
        things.append(label)
        owner = names_owner(head, label.thing)
        if owner is not False:
            body, certain = label, owner is True
    return things, body, certain


def _names(things: Sequence[Label]) -> list[str]:
    """The names that make the object: 人数 and the like only where nothing else names it, none that another contains."""
    strong = [label for label in things if not (label.weak and label.unit)] or list(things)
    names: list[str] = []
    for label in strong:
        if not any(_says(other, label.thing) for other in names):
            names = [other for other in names if not _says(label.thing, other)] + [label.thing]
    return names


def _says(longer: str, shorter: str) -> bool:
    """Whether `longer` names what `shorter` does and more: 专任教师数 and 专任教师, but not 法人或其他组织 and 其他."""
    return len(shorter) > 2 and longer != shorter and (longer.startswith(shorter) or longer.endswith(shorter))


def _columns_name_things(block: Block) -> bool:
    """Whether the columns tell different things (计划数 录取数), not values of one (目标值 完成值 完成率)."""
    leaves = (read_label(block.over(c)[-1]) for c in block.numeric if block.over(c))
    return any(leaf.thing and not leaf.weak and not table_words().derived.fullmatch(leaf.thing) for leaf in leaves)


def _leaf(label: Label) -> str:
    """The words of a header that only tells a status (计划数), when nothing else names the number."""
    if (
        label.thing
        or label.total
        or label.years
        or label.change is not None
        or label.status is None
        or label.previous is not None
    ):
        return ""
    return re.sub(r"[（(].*?[）)]", "", label.words)


def _thing_of(caption: str) -> str:
    """The thing that a caption names, when it ends with a quantity: 表3 各学院招生人数统计表 → 招生人数."""
    words = squeezed(caption)
    before = None
    while before != words:
        before, words = words, _CAPTION.sub("", words)
    return words if 2 <= len(words) <= 16 and table_words().quantity.search(words) else ""


def _unit(
    grid: Grid,
    block: Block,
    row: int,
    figure: Figure,
    above: Sequence[Label],
    beside: Sequence[Label],
    around: Surroundings,
) -> str:
    """The unit that the cell, its column, its row, the unit column or the caption gives, in this order; "" when none does."""
    lexicon = table_words()  # a column with a quantity of its own (单价, 占比) has a unit of its own
    named = any(label.weak or lexicon.quantity.search(label.thing) for label in above)
    given = next((label.unit for label in reversed(above) if label.unit), None)
    if given is None and not named and block.unit_column is not None:
        words = squeezed(grid.rows[row][block.unit_column]).strip("（）()")
        given = words if is_unit(words) else None
    if given is None and not named:
        given = next((label.unit for label in reversed(beside) if label.unit), None)
    if figure.unit in {"万", "亿"} and given and given[0] not in "万亿%‰":
        return figure.unit + given
    if figure.unit or given:
        return figure.unit or given or ""
    if any(_RATE.search(label.thing) for label in (*above, *beside)):
        return ""
    notes = (around.caption, around.note, *(cell for line in grid.table.header_rows for cell in line))
    return next((unit for unit in map(unit_said, notes) if unit), "")


def _years_elsewhere(block: Block) -> bool:
    """Whether other columns of the block are of years: then one without a year is not simply of the report's."""
    return any(read_label(words).years for c in block.numeric for words in block.over(c))


def _figures_in(grid: Grid, block: Block, column: int) -> int:
    return sum(is_figure(grid.rows[r][column]) for r in range(block.start, block.end))


def _is_torn(row: Sequence[str]) -> bool:
    """Whether the layout tore a short cell of the row apart, so that what stands in it is not to be trusted."""
    return any(len(cell) <= _SHORT_CELL and read_label(cell).torn for cell in row)


def _tells_apart(grid: Grid, block: Block, row: int, column: int) -> bool:
    """Whether the number belongs to this row and column alone.

    It does not when it is merged over rows or columns with different labels, or when another column that is no copy of it
    has the same header.
    """
    words, below, right = squeezed(grid.rows[row][column]), row + 1, column + 1

    def copied(at: int, over: int) -> bool:
        return (at, over) in grid.copies and squeezed(grid.rows[at][over]) == words

    if below < block.end and copied(below, column) and grid.row_labels(below, column) != grid.row_labels(row, column):
        return False
    if right in block.columns and copied(row, right) and block.over(right) != block.over(column):
        return False
    same = [c for c in block.numeric if c != column and block.over(c) == block.over(column) and block.named]
    return all(squeezed(grid.rows[row][c]) == words for c in same)
