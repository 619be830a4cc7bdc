"""What the commands say: results to stdout, messages to stderr, errors as Chinese sentences with their exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from huizong.errors import HuizongError

if TYPE_CHECKING:
    from rich.console import Console

    from huizong.batch import FileRow, Run
    from huizong.compare import Comparison
    from huizong.report import Report
    from huizong.settings import Settings


@contextmanager
def messages(debug: bool) -> Iterator[None]:
    """Errors as Chinese sentences with their exit code; a traceback only with --debug."""
    try:
        yield
    except HuizongError as error:
        if debug:
            raise
        complain(error)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        stderr().print("已中断。已完成的结果保留在输出文件夹。")
        raise typer.Exit(130) from None


@cache
def stderr() -> Console:
    """Where progress and messages go: stderr."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(error: HuizongError) -> None:
    """An error that stops one file, not the command."""
    stderr().print(f"✗ {error}", markup=False, style="red")


def usage(message: str) -> NoReturn:
    """A mistake in the command line; ends with exit code 2."""
    stderr().print(f"✗ {message}", markup=False, style="red")
    raise typer.Exit(2)


def finish(record: Run) -> None:
    """The summary of a run; exit code 1 when a file failed, or when none could be read."""
    read, failed, skipped = (record.with_status(s) for s in ("ok", "failed", "skipped"))
    print(f"共 {len(record.files)} 个文件：读成 {len(read)} 个，失败 {len(failed)} 个，跳过 {len(skipped)} 个。")
    for row in (*failed, *skipped):
        stderr().print(
            f"✗ {row.path}：{row.message}", markup=False, style="red" if row.status == "failed" else "yellow"
        )
    if failed or not read:
        raise typer.Exit(1)


def show_checks(report: Report, settings: Settings, form: str) -> None:
    """The checks of one report: a table, or one line of JSON."""
    from dataclasses import replace

    from huizong.export.plain import print_checks
    from huizong.tables import Results

    kept = tuple(check for check in report.checks if check.rule not in settings.checks_off)
    report = replace(report, checks=kept)
    if form == "json":
        import json

        whole = report.to_dict()
        part = {key: whole[key] for key in ("source", "meta", "checks")}
        print(json.dumps(part, ensure_ascii=False, allow_nan=False))
    else:
        print_checks(Results((report,), settings))


def show_explanation(report: Report) -> None:
    """The rule or score behind each finding of a report, a line each."""
    from huizong.export.explanation import explain

    for line in explain(report):
        print(line)


def show_comparison(comparison: Comparison, form: str, out: Path | None) -> None:
    """The comparison in the form asked for, on the screen or in the file `out`."""
    from huizong.export.comparison import print_comparison, write_comparison
    from huizong.export.comparison_page import write_page
    from huizong.store import to_json, write_text

    if form == "json" and out is None:
        print(to_json(comparison.to_dict()))
    elif out is None:
        print_comparison(comparison)
    else:
        if form == "json":
            write_text(out, to_json(comparison.to_dict()) + "\n")
        elif form == "xlsx":
            write_comparison(comparison, out)
        else:
            write_page(comparison, out)
        print(f"年度对比：{out.resolve()}")


def show_json(report: Report, *, lines: bool) -> None:
    """The JSON of a report, on one line or indented."""
    import json

    from huizong.store import to_json

    data = report.to_dict()
    print(json.dumps(data, ensure_ascii=False, allow_nan=False) if lines else to_json(data))


def show_table(reports: list[Report], settings: Settings, sheet: str, form: str) -> None:
    """A sheet of some reports, as a table or as CSV."""
    from huizong.export.plain import print_csv, print_table
    from huizong.tables import Results

    results = Results(tuple(reports), settings)
    if form == "csv":
        print_csv(results, sheet, sys.stdout)
    else:
        print_table(results, sheet)


def run_with_progress(paths: list[Path], out: Path, settings: Settings, jobs: int) -> Run:
    """Reads, stores and writes the workbook, with a progress bar where stderr is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from huizong import batch

    bar = Progress(
        TextColumn("读报告"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"),
        console=stderr(), disable=not stderr().is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)

        def finished(row: FileRow) -> None:
            bar.update(task, advance=1, description=Path(row.path).name[:24])
            if not stderr().is_terminal:
                stderr().print(
                    f"{'完成' if row.status == 'ok' else '未读'} {row.path}（{row.seconds:.1f} 秒）", markup=False
                )

        record = batch.run(
            paths, out, settings, jobs=jobs, expect=lambda n: bar.update(task, total=n), finished=finished
        )
    _write_tables(out, record, settings)
    return record


def rewrite_tables(out: Path) -> None:
    """Writes workbook and Word anew from what is stored, with the settings of the run."""
    from huizong.batch import stored_run
    from huizong.settings import stored_settings

    record = stored_run(out)
    _write_tables(out, record, stored_settings(record.settings))


def _write_tables(out: Path, record: Run, settings: Settings) -> None:
    """The workbook and Word; a workbook that people have edited is kept beside the new one."""
    from huizong.export.notes import correction_notes, run_notes
    from huizong.export.stamp import keep_edited
    from huizong.export.word import WORD_NAME, write_word
    from huizong.export.workbook import FILE_NAME, write_workbook
    from huizong.store import StoredReports
    from huizong.tables import Results

    stored = StoredReports(out)
    told = stored.corrections()
    kept = keep_edited(out / FILE_NAME)
    if kept is not None:
        stderr().print(
            f"! 原来的 {FILE_NAME} 有人改过（或是旧版写的），已另存为 {kept.name}；其中还没有取回的修改，用 huizong apply 取回。",
            markup=False, style="yellow",
        )  # fmt: skip
    for one in told.unsettled:
        stderr().print(f"! 人工修改第 {one.decision.number} 条没有落实：{one.reason}。", markup=False, style="yellow")
    results = Results(stored, settings)
    write_workbook(results, out / FILE_NAME, [*run_notes(record), *correction_notes(told)])
    write_word(results, out / WORD_NAME)


def compare_samples(out: Path) -> None:
    """The comparison of the two sample years, beside the table."""
    from huizong.compare import compare_reports
    from huizong.export.comparison import FILE_NAME
    from huizong.store import StoredReports

    comparison = compare_reports(StoredReports(out))
    show_comparison(comparison, "xlsx", out / FILE_NAME)
    show_comparison(comparison, "html", (out / FILE_NAME).with_suffix(".html"))
