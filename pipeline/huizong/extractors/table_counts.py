"""Counts of tables: what the numeric cells count by their headers, and what the sentences in cells tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from huizong.extractors.count_context import level_of, nature_of
from huizong.extractors.table_cells import Figure, read_figure
from huizong.extractors.table_grids import Block, Grid
from huizong.extractors.table_labels import read_label
from huizong.extractors.table_naming import Naming, Surroundings, name_figure
from huizong.extractors.table_places import section_at, words_before
from huizong.extractors.table_prose import ProseReader
from huizong.lexicon.units import units
from huizong.loading.tables.headers import is_figure, is_void, is_year, squeezed
from huizong.records import (
    Alias,
    Change,
    CleanDocument,
    Count,
    Meta,
    Nature,
    Outline,
    Role,
    Section,
    Span,
    Status,
    Table,
    finding_id,
)
from huizong.tokens import Segmenter

_SURE, _NO_UNIT, _GUESSED, _ASIDE = 0.9, 0.1, 0.2, 0.1


def find_table_counts(
    document: CleanDocument,
    outline: Outline,
    segmenter: Segmenter,
    *,
    meta: Meta,
    aliases: Sequence[Alias] = (),
) -> tuple[Count, ...]:
    """The counts of all tables of a document, table by table, row by row; `span` is into the words of the cell.

    A cell that is one number is counted when its headers say what it counts: object = row label + column header, owner = a
    label that names a department or school, else the reporter (nobody where the report is about several schools); unit, year
    and status as the headers say. Any other words in a
    cell that names nothing go through the extractor for sentences. Numbers that order, name, date or weigh give no counts, nor
    do header rows, cells merged over rows with different labels, and repeats of a merged cell.
    """
    sha256 = document.source.sha256
    reader = ProseReader(segmenter, meta=meta, aliases=aliases, sha256=sha256)
    names = {alias.alias: alias.name for alias in aliases}
    forms = Counter(map(_form, document.tables))
    counts: list[Count] = []
    for at, table in enumerate(document.tables):
        grid = Grid(table)
        section = section_at(document, outline, table)
        around = Surroundings(
            caption=table.caption,
            note=words_before(document, table),
            report_year=meta.years[0] if len(meta.years) == 1 and forms[_form(table)] == 1 else None,
        )
        for block, row, column in _cells(grid):
            cell = table.rows[row][column]
            figure = _figure(grid, block, row, column)
            if figure is not None:
                naming = name_figure(grid, block, row, column, figure, around)
                if naming is not None and not (naming.change is not None and figure.value == 0):
                    place = (at, row, column)
                    owner = naming.body or (None if meta.partners else meta.reporter)
                    counts.append(
                        _count(
                            cell,
                            figure,
                            naming,
                            place,
                            section,
                            around,
                            sha256,
                            names.get(owner or "", owner),
                            table.page_of(row),
                        )
                    )
            elif read_figure(cell) is None and not _is_label(grid, block, row, column):
                counts += reader.read(grid, row, column, table=at, page=table.page_of(row), section=section)
    return tuple(counts)


def _form(table: Table) -> tuple[tuple[str, ...], ...]:
    """The blank form of a table: one that comes twice is filled in for two years, or two bodies, and which is said elsewhere."""
    return (table.header, tuple(row[0] for row in table.rows))


def _cells(grid: Grid) -> Iterator[tuple[Block, int, int]]:
    """The cells that may hold counts, in reading order: none of a numbering column, none that repeats a merged one."""
    for row in range(len(grid.rows)):
        for block in (b for b in grid.blocks if b.start <= row < b.end):
            for column in block.columns:
                cell = grid.rows[row][column]
                if not (is_void(cell) or column in block.order or _repeats(grid, block, row, column)):
                    yield block, row, column


def _repeats(grid: Grid, block: Block, row: int, column: int) -> bool:
    """Whether the cell is the copy of a merged one; where the file does not say so, when it repeats its neighbour under one header."""
    if (row, column) in grid.copies:
        return True
    words = squeezed(grid.rows[row][column])
    if column and words == squeezed(grid.rows[row][column - 1]) and block.over(column) == block.over(column - 1):
        return bool(block.named)
    return row > block.start and not is_figure(words) and words == squeezed(grid.rows[row - 1][column])


def _figure(grid: Grid, block: Block, row: int, column: int) -> Figure | None:
    """The number of a cell where one may be counted, else `None`."""
    cell = grid.rows[row][column]
    if column == block.unit_column or column in block.stubs:
        return None
    figure = read_figure(cell)
    if figure is None:
        return None
    if not block.named:
        width = len(grid.rows[row])
        labelled = column % 2 == 1 and width % 2 == 0 and not is_void(grid.rows[row][column - 1])
        return figure if labelled and not is_figure(grid.rows[row][column - 1]) and not is_year(cell) else None
    if is_year(cell):  # a bare 2021 is a number only where the header gives its unit and the column holds other numbers
        said = any(read_label(words).unit for words in block.over(column))
        return figure if said and column in block.numeric else None
    return figure if column in block.numeric or figure.unit else None


def _is_label(grid: Grid, block: Block, row: int, column: int) -> bool:
    """Whether the cell names its row, gives its unit, or is a label with its value on the right."""
    if not block.named:
        return column % 2 == 0 and len(squeezed(grid.rows[row][column])) <= 20
    return column in block.stubs or column == block.unit_column


def _count(
    cell: str,
    figure: Figure,
    naming: Naming,
    place: tuple[int, int, int],
    section: Section | None,
    around: Surroundings,
    sha256: str,
    owner: str | None,
    page: int,
) -> Count:
    span = Span(figure.start, figure.end)
    value, change, bounds = figure.value, Change.LEVEL, (figure.interval.lower, figure.interval.upper)
    if naming.change is not None:
        change = naming.change
        if change is Change.LEVEL:  # 增减: the sign says which
            change = Change.DECREASE if figure.sign < 0 else Change.INCREASE
            value = abs(value)
            bounds = (value, value) if figure.sign < 0 else bounds
    status = naming.status or Status.ACTUAL
    if naming.status is None and section is not None and section.role is Role.PLANS:
        status = Status.TARGET
    confidence = _SURE - _NO_UNIT * (not naming.unit) - _GUESSED * naming.guessed - _ASIDE * (section is None)
    year = naming.year
    if year is None and not naming.years_around and status is not Status.BASELINE:
        year = around.report_year
    nature, based = _nature(naming, change, status)
    return Count(
        id=finding_id(sha256, "count", span, place),
        span=span,
        quote=span.of(cell),
        value=value,
        high=figure.high,
        unit=naming.unit,
        approx=not figure.interval.exact,
        lower=bounds[0],
        upper=bounds[1],
        object=naming.object,
        subject=owner,
        action=None,
        change=change,
        status=status,
        year=year,
        nature=nature,
        level=level_of(naming.object, ""),
        listed=(),
        item=None,
        section=section.id if section else None,
        page=page,
        confidence=round(confidence, 2),
        rule="table.cell",
        reason=_reason(naming, status, year, based),
        table=place[0],
        row=place[1],
        column=place[2],
    )


def _nature(naming: Naming, change: Change, status: Status) -> tuple[Nature, str]:
    if status is Status.ACTUAL and change is Change.LEVEL and units().is_rate(naming.unit):
        return Nature.SHARE, "是比率"
    return nature_of(naming.words, naming.unit, change, status, naming.object)


def _reason(naming: Naming, status: Status, year: int | None, based: str) -> str:
    """What told the fields of the count, in Chinese."""
    told = "表头或表名" if naming.status else "在计划部分" if status is Status.TARGET else "表格没说是目标"
    dated = "表头或表名" if naming.year else "报告年度" if year else "表格没说"
    owned = "表里的单位" if naming.body else "报告单位"
    named = "对象：表名里猜的；" if naming.guessed else ""
    return f"{named}状态：{told}；性质：{based}；年份：{dated}；归属：{owned}"
