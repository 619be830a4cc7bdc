"""Reports → the rows of the workbook and the DataFrames of the notebooks.

`Results` holds the reports of a run; each property is one tidy table, Chinese column names, one row a finding, in the order of
the reports and of their words. `english(sheet)` gives the same table with English column names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.settings import Settings
from huizong.tables.columns import COLUMNS, SENTENCES

if TYPE_CHECKING:
    from pandas import DataFrame

    from huizong.report import Report
    from huizong.tables.rows import Row

__all__ = ["COLUMNS", "Results", "load"]


@dataclass(frozen=True)
class Results:
    """The reports of a run and their tables."""

    reports: Sequence[Report]
    settings: Settings = field(default_factory=Settings)

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

        return _frame([r for report in self.reports for r in sentence_rows(report)], list(SENTENCES))

    def table(self, sheet: str) -> DataFrame:
        """The table of one sheet of the workbook."""
        return _frame(list(self.rows(sheet)), list(COLUMNS[sheet]))

    def english(self, sheet: str) -> DataFrame:
        """`table` with English column names."""
        return self.table(sheet).rename(columns={name: english for name, (english, _) in COLUMNS[sheet].items()})

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of one sheet, one dict a row, report after report: never more than one report's in memory."""
        from huizong.tables.rows import rows_of

        for report in self.reports:
            yield from rows_of(report, sheet, self.settings)

    def by_report(self) -> Iterator[ReportTables]:
        """The tables of each report, which is read once: all tables in one pass over the reports."""
        from huizong.tables.rows import rows_of

        for report in self.reports:
            yield ReportTables(
                report=report, tables={sheet: rows_of(report, sheet, self.settings) for sheet in COLUMNS}
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTables:
    """One report, and the rows of its tables, made when they are asked for."""

    report: Report
    tables: Mapping[str, Iterator[Row]]


def load(out: str | Path) -> Results:
    """The results in the output folder of a `huizong run`. Raises `InputError` when it holds none."""
    from huizong.store import StoredReports

    return Results(tuple(StoredReports(Path(out))))


def _frame(rows: Sequence[Row], columns: list[str]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=columns)
