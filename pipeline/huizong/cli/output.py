"""What the commands say: results to stdout, messages to stderr, errors as Chinese sentences with their exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from huizong.errors import HuizongError

if TYPE_CHECKING:
    from rich.console import Console

    from huizong.batch import Run
    from huizong.compare import Comparison
    from huizong.report import Report
    from huizong.settings import Settings
    from huizong.tables.layouts import Layout

_WORTH_A_PROCESS = 20  # reports: to start a process costs as much as to store some ten
_MOST_NOTICES = 20


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
    except BrokenPipeError:
        raise  # who reads the results has enough: Typer ends quietly
    except OSError as error:  # where no file is to blame: a full disk for temporary files, a network drive that is gone
        if debug:
            raise
        from huizong.store import system_trouble

        complain(system_trouble(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        # Not by Rich: interrupted between two steps of its own, its console holds back all that is printed later.
        print("已中断。已完成的结果保留着；再运行一次同样的命令，会接着做。", file=sys.stderr, flush=True)
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
    from huizong.export.comparison import json_pieces, print_comparison, write_comparison
    from huizong.export.comparison_page import write_page
    from huizong.store import write_pieces

    if form == "json" and out is None:
        sys.stdout.writelines(chain(json_pieces(comparison), ("\n",)))
    elif out is None:
        print_comparison(comparison)
    else:
        if form == "json":
            write_pieces(out, chain(json_pieces(comparison), ("\n",)))
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


def show_table(reports: list[Report], settings: Settings, layout: Layout, sheet: str, form: str) -> None:
    """A sheet of some reports, as a table or as CSV."""
    from huizong.export.plain import print_csv, print_table
    from huizong.tables import Results

    results = Results(tuple(reports), settings, layout)
    if form == "csv":
        print_csv(results, sheet, sys.stdout)
    else:
        print_table(results, sheet)


def run_with_progress(
    paths: list[Path],
    out: Path,
    settings: Settings,
    jobs: int,
    *,
    also: Sequence[str] = (),
    password: str | None = None,
    again: bool = False,
    quiet: bool = False,
    cluster: str = "",
    store: str = "",
    tables: bool = True,
) -> tuple[Run, bool]:
    """Reads, writes the tables (`also`: csv, parquet) unless they are what they would be, and stores in the database at `store`.

    Without `tables`, those that are there are left as they are. Tells how it goes on stderr. The record of the run, and whether the
    database has it.
    """
    from huizong import batch
    from huizong.cli.progress import progress
    from huizong.cli.storing import storing
    from huizong.export.flat import FOLDER, check_kinds
    from huizong.export.word import WORD_NAME
    from huizong.export.workbook import FILE_NAME
    from huizong.tables.layouts import read_layout

    layout = read_layout(settings.layout, settings.rows)  # what is wrong there is told before anything is read
    check_kinds(also)
    with batch.locked(out):
        with progress(quiet=quiet) as (expect, begin, finished):
            record = batch.run(
                paths,
                out,
                settings,
                jobs=jobs,
                password=password,
                again=again,
                cluster=cluster,
                expect=expect,
                begin=begin,
                finished=finished,
            )
        # `depends`: whatever the tables below are given besides the results and the settings.
        shown = {"also": sorted(also), "layout": repr(layout)}
        outputs = batch.Outputs(out, (FILE_NAME, WORD_NAME), record, depends=shown)
        old = tables and (again or not outputs.are_current() or (also and not (out / FOLDER).is_dir()))
        if not tables and (out / FILE_NAME).is_file():
            stderr().print(f"! {FILE_NAME} 是以前写的，这次没有更新。", style="yellow")
        with storing(out, store, apart=bool(old) and jobs > 1 and len(record.read) >= _WORTH_A_PROCESS) as stored:
            if old:
                _write_tables(record, out, settings, layout, also)
                outputs.written()
            is_stored = stored()
    return record, is_stored


def rewrite_tables(out: Path) -> None:
    """Writes workbook and Word anew from what is stored, with the settings of the run; other forms that are there as well."""
    from huizong.batch.stored import stored_run
    from huizong.export.flat import FOLDER
    from huizong.settings import stored_settings
    from huizong.tables.layouts import read_layout

    record = stored_run(out)
    settings = stored_settings(record.settings)
    also = [kind for kind in ("csv", "parquet") if any((out / FOLDER).glob(f"*.{kind}"))]
    _write_tables(record, out, settings, read_layout(settings.layout, settings.rows), also)


def _write_tables(record: Run, out: Path, settings: Settings, layout: Layout, also: Sequence[str]) -> None:
    """The workbook, the Word table and what else is asked for; what is to be told of the reports goes to stderr.

    A workbook that people have edited is kept beside the new one.
    """
    from huizong.export.flat import FOLDER, FlatTables
    from huizong.export.notes import correction_notes, run_notes
    from huizong.export.stamp import keep_edited
    from huizong.export.word import WORD_NAME, WordRows
    from huizong.export.workbook import FILE_NAME, TableRows, write_workbook
    from huizong.readback import HOW_TO_FOLLOW
    from huizong.store import StoredReports
    from huizong.tables import Results

    reports = StoredReports(out)
    corrections = reports.corrections()
    kept = keep_edited(out / FILE_NAME)
    if kept is not None:
        stderr().print(
            f"! 原来的 {FILE_NAME} 有人改过（或是旧版写的），已另存为 {kept.name}；其中还没有取回的修改，用 huizong apply 取回。",
            markup=False, style="yellow",
        )  # fmt: skip
    for one in corrections.unsettled:
        stderr().print(f"! 人工修改第 {one.decision.number} 条没有落实：{one.reason}。", markup=False, style="yellow")
    if any(one.offered for one in corrections.unsettled):
        stderr().print(f"! {HOW_TO_FOLLOW}", markup=False, style="yellow")
    results = Results(reports, settings, layout, reports.files)
    notes = [*run_notes(record), *correction_notes(corrections)]
    with ExitStack() as stack:
        word = stack.enter_context(WordRows(layout))
        takers: list[TableRows] = [word]
        if also:
            takers.append(stack.enter_context(FlatTables(layout, out / FOLDER, also)))
        told = write_workbook(results, out / FILE_NAME, notes, also=takers)
        word.write(out / WORD_NAME)
    for notice in told[:_MOST_NOTICES]:
        place = f"{notice.file} {notice.place}".strip()
        stderr().print(f"! {place}：{notice.notice.message}", markup=False, style="yellow")
    if len(told) > _MOST_NOTICES:
        stderr().print(f"! 还有 {len(told) - _MOST_NOTICES} 条提示，见 {FILE_NAME} 的“说明”。", style="yellow")


def compare_samples(out: Path) -> None:
    """The comparison of the two sample years, beside the table."""
    from huizong.compare import compare_reports
    from huizong.export.comparison import FILE_NAME
    from huizong.store import StoredReports

    comparison = compare_reports(StoredReports(out))
    show_comparison(comparison, "xlsx", out / FILE_NAME)
    show_comparison(comparison, "html", (out / FILE_NAME).with_suffix(".html"))
