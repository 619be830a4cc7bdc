"""One table on the screen or as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from huizong.tables.fields import HIDDEN

if TYPE_CHECKING:
    from huizong.tables import Results

_COLUMN_WIDTH = 10
"""Cells of the screen that a column needs to be read."""

_CHECK_COLUMNS = ("程度", "规则", "页", "提示")
_FORMULA = ("=", "+", "-", "@", "\t")


def print_csv(results: Results, sheet: str, stream: TextIO) -> None:
    """A sheet of the layout as CSV, with a byte order mark, so that Excel and WPS read it as UTF-8; text cannot become a formula.

    Raises `SettingsError` for a sheet that the layout does not have.
    """
    layout = results.layout.sheet(sheet)
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(layout.names)
    for row in results.rows(layout.table):
        writer.writerow([csv_value(row.get(field)) for field in layout.fields])


def print_table(results: Results, sheet: str) -> None:
    """A sheet of the layout on the screen; columns that are empty throughout are left out.

    Where the screen is too narrow for the columns, each row is a list of its own: a line a column. Raises `SettingsError` for a
    sheet that the layout does not have.
    """
    from rich.console import Console
    from rich.table import Table

    console = Console()
    layout = results.layout.sheet(sheet)
    shown = [column for column in layout.columns if column.field != HIDDEN]
    rows: list[dict[str, object]] = [{c.name: row.get(c.field) for c in shown} for row in results.rows(layout.table)]
    used = [c.name for c in shown if any(row[c.name] not in (None, "") for row in rows)]
    if console.width < _COLUMN_WIDTH * len(used):
        for number, row in enumerate(rows, start=1):
            card = Table(title=f"{layout.name} {number}/{len(rows)}", show_header=False, title_justify="left")
            card.add_column(no_wrap=True, style="bold")
            card.add_column(overflow="fold")
            for column in used:
                if row.get(column) not in (None, ""):
                    card.add_row(column, _plain(row.get(column)))
            console.print(card)
        return
    table = Table(title=layout.name, show_lines=True)
    for column in used:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(c) is None else _plain(row.get(c)) for c in used))
    console.print(table)


def print_checks(results: Results) -> None:
    """The report checks on the screen, a table a report; a report without any has a line that says so."""
    from rich.console import Console
    from rich.table import Table

    from huizong.tables import Results

    console = Console()
    for report in results.reports:
        rows = list(Results((report,), results.settings).rows("校核提示"))
        if not rows:
            console.print(f"{report.source.name}：没有校核提示。", markup=False, highlight=False)
            continue
        table = Table(
            title=f"{_plain(report.source.name)}：{len(rows)} 条校核提示", title_justify="left", show_lines=True
        )
        for column in _CHECK_COLUMNS:
            table.add_column(column, overflow="fold", no_wrap=column == "程度")
        for row in rows:
            table.add_row(*(_plain(row[column] or "") for column in _CHECK_COLUMNS))
        console.print(table)


def _plain(value: object) -> str:
    from rich.markup import escape

    return escape(f"{value:g}" if isinstance(value, float) else str(value))


def csv_value(value: object) -> object:
    """A value as CSV has it: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
