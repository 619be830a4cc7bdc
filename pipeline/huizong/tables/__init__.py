"""Reports → the rows of the workbook and the DataFrames of the notebooks.

`Results` holds the reports of a run; each property is one tidy table, Chinese column names, one row a finding, in the order of
the reports and of their words. `english(sheet)` gives the same table with English column names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.settings import Settings, stored_settings
from huizong.tables.columns import COLUMNS, SENTENCES
from huizong.tables.layouts import MAIN, Layout, default_layout
from huizong.tables.origin import origin

if TYPE_CHECKING:
    from pandas import DataFrame

    from huizong.records import Notice
    from huizong.report import Report
    from huizong.tables.cells import Row

__all__ = ["COLUMNS", "Results", "load"]


@dataclass(frozen=True)
class Results:
    """The reports of a run and their tables.

    `layout` is that of the files and of the screen; the tables of notebooks have all default columns. `files` are the paths of
    the reports, one a report, from the folder of the tables, `None` for one that cannot be linked to; empty when not known.
    """

    reports: Sequence[Report]
    settings: Settings = field(default_factory=Settings)
    layout: Layout = field(default_factory=default_layout)
    files: Sequence[str | None] = ()

    @property
    def tasks(self) -> DataFrame:
        """汇总表: one row a 具体任务."""
        return self.table("汇总表")

    @property
    def measures(self) -> DataFrame:
        """措施台账: one row a sentence that says what was done or what came of it."""
        return self.table("措施台账")

    @property
    def counts(self) -> DataFrame:
        """指标台账: one row a count."""
        return self.table("指标台账")

    @property
    def issues(self) -> DataFrame:
        """问题台账: one row a sentence."""
        return self.table("问题台账")

    @property
    def plans(self) -> DataFrame:
        """计划台账: one row a sentence."""
        return self.table("计划台账")

    @property
    def checks(self) -> DataFrame:
        """校核提示: one row a query of quality control."""
        return self.table("校核提示")

    @property
    def numbers(self) -> DataFrame:
        """数字核对: one row a numeral of the text."""
        return self.table("数字核对")

    @property
    def sentences(self) -> DataFrame:
        """Every statement with its kind, area and place (no sheet of the workbook)."""
        from huizong.tables.rows import sentence_rows

        return _frame([r for report in self.reports for r in sentence_rows(report, self.settings)], list(SENTENCES))

    def table(self, sheet: str) -> DataFrame:
        """The table of one sheet of the workbook."""
        return _frame(list(self.rows(sheet)), list(COLUMNS[sheet]))

    def english(self, sheet: str) -> DataFrame:
        """`table` with English column names."""
        return self.table(sheet).rename(columns={name: english for name, (english, _) in COLUMNS[sheet].items()})

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of one sheet, one dict a row, report after report: never more than one report's in memory."""
        make = _maker(self.layout, sheet)
        for report in self.reports:
            yield from make(report, self.settings)

    def by_report(self) -> Iterator[ReportTables]:
        """The tables of each report, read once: all sheets of the layout in one pass over the reports."""
        makers = {table: _maker(self.layout, table) for table in dict.fromkeys(s.table for s in self.layout.sheets)}
        for at, report in enumerate(self.reports):
            yield ReportTables(
                report=report,
                file=self.files[at] if at < len(self.files) else None,
                notices=(*origin(report, self.settings).notices, *report.notices),
                tables={table: make(report, self.settings) for table, make in makers.items()},
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTables:
    """One report: its file, what is to be told of it, and the rows of its tables, made when they are asked for."""

    report: Report
    file: str | None
    notices: tuple[Notice, ...]
    tables: Mapping[str, Iterator[Row]]


def _maker(layout: Layout, sheet: str) -> Callable[[Report, Settings], Iterator[Row]]:
    from huizong.tables.rows import MAKERS
    from huizong.tables.task_rows import project_rows, task_rows

    make: Callable[..., Iterator[Row]] = MAKERS[sheet]
    if sheet == MAIN:
        make = partial(project_rows if layout.rows == "project" else task_rows, group=layout.group)
    return partial(_corrected, sheet, make)


def _corrected(
    sheet: str, make: Callable[[Report, Settings], Iterator[Row]], report: Report, settings: Settings
) -> Iterator[Row]:
    """The rows of a table of one report, as people corrected them."""
    rows = make(report, settings)
    if report.corrections is None:
        return rows
    from huizong.tables.cells import head, item_codes
    from huizong.tables.corrected import corrected_rows

    return corrected_rows(sheet, rows, report.corrections, item_codes(report), head(report, settings))


def load(out: str | Path) -> Results:
    """The results in the output folder of a `huizong run`, by its settings. Raises `InputError` when it holds none."""
    from huizong.store import StoredReports

    reports = StoredReports(Path(out))
    return Results(tuple(reports), stored_settings(reports.settings))


def _frame(rows: Sequence[Row], columns: list[str]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=columns)
