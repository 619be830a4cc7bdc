"""The commands that show what one report says: extract, check; and the reports that commands read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huizong.cli.app import Debug, Engine, LayoutName, Ocr, Password, Rows, SettingsFile, app, chosen_settings
from huizong.cli.language import ChineseCommand
from huizong.cli.output import complain, messages, show_checks, show_explanation, show_json, show_table, usage
from huizong.cli.storing import FromStore, stored_reports
from huizong.errors import HuizongError, InputError

if TYPE_CHECKING:
    from huizong.report import Report
    from huizong.settings import Settings


@app.command(
    cls=ChineseCommand,
    help="读一份（或几份）报告，结果写到屏幕：JSON、表格或 CSV。文件名写 - 时从标准输入读文本。",
)
def extract(
    files: Annotated[list[str], typer.Argument(help="报告文件；- 为标准输入。", metavar="文件…", show_default=False)],
    form: Annotated[str, typer.Option("--format", "-f", help="json、table 或 csv。")] = "json",
    sheet: Annotated[str, typer.Option("--sheet", help="table 和 csv 时输出哪张表。")] = "汇总表",
    explain: Annotated[
        bool, typer.Option("--explain", help="逐条说明依据：标题、语句、数量、简称、对应、校核各凭哪条规则或多少分。")
    ] = False,
    engine: Engine = "",
    ocr: Ocr = "",
    layout: LayoutName = "",
    rows: Rows = "",
    password: Password = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """One report on the screen."""
    from huizong.tables.layouts import read_layout

    if form not in ("json", "table", "csv"):
        usage(f"--format 只有 json、table、csv，没有“{form}”。")
    if explain and form != "json":
        usage("--explain 自成一种输出，不与 --format 同用。")
    with messages(debug):
        chosen = chosen_settings(settings, engine, ocr, layout=layout, rows=rows)
        shape = read_layout(chosen.layout, chosen.rows)
        shape.sheet(sheet)  # a sheet that is not there is told before anything is read
        reports, failed = [], False
        for name in files:
            try:
                report = _read(name, chosen, password or None)
            except HuizongError as error:
                complain(error)
                failed = True
                continue
            if explain:
                show_explanation(report)
            elif form == "json":
                show_json(report, lines=len(files) > 1)
            else:
                reports.append(report)
        if reports:
            show_table(reports, chosen, shape, sheet, form)
        if failed:
            raise typer.Exit(1)


@app.command(
    cls=ChineseCommand,
    help="校核报告：合计、比率、前后数字、缺少的部分、没有时限的计划、疑似错字等。只提示，不改动。",
)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="报告文件、装着报告的文件夹，或 huizong run 的输出文件夹。", metavar="路径…", show_default=False
        ),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="table 或 json。")] = "table",
    store: FromStore = "",
    engine: Engine = "",
    ocr: Ocr = "",
    password: Password = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """What quality control would ask."""
    if form not in ("table", "json"):
        usage(f"--format 只有 table、json，没有“{form}”。")
    if not paths and not store:
        usage("请给出路径，或用 --store 给出数据库。")
    with messages(debug), ExitStack() as opened:
        chosen = chosen_settings(settings, engine, ocr)
        found, failed = 0, False
        kept = opened.enter_context(stored_reports(store)) if store else ()
        for report in chain(reports_under(paths or [], chosen, password or None), kept):
            if isinstance(report, HuizongError):
                complain(report)
                failed = True
                continue
            show_checks(report, chosen, form)
            found += 1
        if failed or not found:
            raise typer.Exit(1)


def _read(name: str, settings: Settings, password: str | None) -> Report:
    from huizong.analyze import analyze, analyze_raw
    from huizong.loading import from_text
    from huizong.loading.text.plain import decode

    if name == "-":
        text, _ = decode(sys.stdin.buffer.read(), Path("标准输入"))
        return analyze_raw(from_text(text, "标准输入"), settings)
    return analyze(Path(name), settings, password=password)


def reports_under(
    paths: list[Path], settings: Settings, password: str | None = None
) -> Iterator[Report | HuizongError]:
    """The reports under `paths` one by one: those of a run as they were stored, files read now, the error of one that fails."""
    from huizong.analyze import analyze
    from huizong.batch import discover
    from huizong.store import RUN, StoredReports

    for path in paths:
        if (path / RUN).is_file():
            yield from StoredReports(path)
            continue
        for file in discover([path]):
            try:
                yield analyze(file, settings, password=password)
            except InputError as error:
                yield error
