"""The command that puts the years side by side: compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huizong.cli.app import Debug, Engine, Ocr, SettingsFile, app, chosen_settings
from huizong.cli.language import ChineseCommand
from huizong.cli.output import complain, messages, show_comparison, stderr, usage
from huizong.cli.reading import reports_under
from huizong.cli.storing import FromStore, stored_reports
from huizong.errors import HuizongError, InputError

if TYPE_CHECKING:
    from huizong.compare import Comparison
    from huizong.report import Report
    from huizong.settings import Settings


@app.command(
    cls=ChineseCommand,
    help="把同一单位各年的报告放在一起比：指标、问题、计划兑现、雷同、异常。",
)
def compare(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="huizong run 的输出文件夹、报告文件，或装着报告的文件夹。", metavar="路径…", show_default=False
        ),
    ] = None,
    body: Annotated[
        str, typer.Option("--body", help="只比这个单位（全称、简称或其中几个字）。", show_default=False)
    ] = "",
    years: Annotated[str, typer.Option("--years", help="只比这些年，例如 2019-2021。", show_default=False)] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="table、json、xlsx 或 html。")] = "table",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="写到哪个文件；table 和 json 不写时显示在屏幕上。", show_default=False),
    ] = None,
    store: FromStore = "",
    engine: Engine = "",
    ocr: Ocr = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """The years side by side."""
    if not paths and not store:
        usage("请给出路径，或用 --store 给出数据库。")
    if form not in ("table", "json", "xlsx", "html"):
        usage(f"--format 只有 table、json、xlsx、html，没有“{form}”。")
    if form in ("xlsx", "html") and out is None:
        usage(f"--format {form} 要写到文件，请加 -o 文件名.{form}。")
    if form == "table" and out is not None:
        usage("表格只显示在屏幕上；要写到文件，请加 -f xlsx、-f html 或 -f json。")
    span = _years(years)
    with messages(debug):
        from huizong.compare import Said, compare_reports, said_with
        from huizong.store import JoinedReports, StoredReports

        chosen = chosen_settings(settings, engine, ocr)
        with ExitStack() as opened:
            parts, failed = _reports(paths or [], chosen)
            if store:
                parts.append(opened.enter_context(stored_reports(store)))
            said = [
                one
                for part in parts
                for one in [said_with(part.settings) if isinstance(part, StoredReports) else Said()] * len(part)
            ]
            comparison = compare_reports(JoinedReports(parts), body=body or None, years=span, said=said)
        _show(comparison, form, out)
        if failed:
            raise typer.Exit(1)


def _show(comparison: Comparison, form: str, out: Path | None) -> None:
    for line in comparison.left_out:
        stderr().print(f"! {line}", markup=False, style="yellow")
    if not comparison.years:
        raise InputError(
            "没有可以比较的报告。", advice="请检查路径、--body 和 --years；报告的文件名里最好有单位和年份。"
        )
    show_comparison(comparison, form, out)


def _reports(paths: list[Path], settings: Settings) -> tuple[list[Sequence[Report]], bool]:
    """The reports under the paths, those of a run not yet read, and whether a file could not be read."""
    from huizong.store import RUN, StoredReports

    parts: list[Sequence[Report]] = []
    failed = False
    for path in paths:
        if (path / RUN).is_file():
            parts.append(StoredReports(path))
            continue
        for report in reports_under([path], settings):
            if isinstance(report, HuizongError):
                complain(report)
                failed = True
            else:
                parts.append((report,))
    return parts, failed


def _years(words: str) -> tuple[int, int] | None:
    """The span of years of “2019-2021” or “2020”; `None` without one."""
    if not words:
        return None
    found = re.fullmatch(r"(20\d\d)(?:\s*[-—–~～至]\s*(20\d\d))?", words.strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        usage(f"--years 应写成 2019-2021 或 2020，没有看懂“{words}”。")
    return int(found[1]), int(found[2] or found[1])
