"""The command line: parse, call one function, print, exit. Results go to stdout, progress and messages to stderr."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huizong import __version__, cli_language
from huizong.cli_output import (
    compare_samples,
    complain,
    finish,
    messages,
    run_with_progress,
    show_checks,
    show_comparison,
    show_json,
    show_table,
    stderr,
    usage,
)
from huizong.errors import HuizongError, InputError

if TYPE_CHECKING:
    from huizong.report import Report
    from huizong.settings import Settings

app = typer.Typer(
    cls=cli_language.ChineseGroup,
    help="汇总：读中文工作报告，填汇总表。每个值都带原文和页码。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COLLECT = (20_000, 20, 20)
"""Python's own threshold of 700 objects has it look through all modules again and again while they are imported."""

Debug = Annotated[bool, typer.Option("--debug", help="出错时显示程序的出错位置。")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="设置文件（TOML）。", show_default=False)]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="同时读几个文件。", show_default="处理器核数，最多 4")]
Engine = Annotated[
    str,
    typer.Option("--engine", help="读 PDF 的引擎：pdfium（快）或 pdfplumber（慢，逐字核对时用）。", show_default=False),
]
Ocr = Annotated[
    str,
    typer.Option(
        "--ocr",
        help="何时做文字识别：auto（没有可用文字的页）、always、never。要装 huizong\\[ocr]。",
        show_default=False,
    ),
]
_JOBS = min(4, os.cpu_count() or 1)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command(cls=cli_language.ChineseCommand, help="用随包的两年样例报告走一遍全程，并说明到哪里看结果。")
def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="输出文件夹。")] = Path("huizong-demo"), debug: Debug = False
) -> None:
    """The whole job on the packaged samples."""
    from huizong.samples import sample_reports
    from huizong.settings import Settings

    with messages(debug):
        samples = sample_reports()
        stderr().print(f"样例报告 {len(samples)} 份（为本项目编写，校名为虚构）：")
        for sample in samples:
            stderr().print(f"  · {sample.name}")
        record = run_with_progress(samples, out, Settings(), jobs=1)
        print(f"汇总表已生成：{(out / '汇总.xlsx').resolve()}")
        print("  先看“汇总表”，再看“指标台账”“问题台账”“计划台账”；“数字核对”列出每一个数字的角色，“说明”解释各栏。")
        print(f"每份报告的完整结果（JSON）：{(out / 'reports').resolve()}")
        compare_samples(out)
        print("换成自己的报告：huizong run 报告文件夹 -o 输出文件夹")
        finish(record)


@app.command(
    name="run",
    cls=cli_language.ChineseCommand,
    help="读一个文件夹（或若干文件）里的报告，生成 汇总.xlsx、每份报告的 JSON 和 run.json。",
)
def run_command(
    paths: Annotated[list[Path], typer.Argument(help="报告文件或文件夹。", metavar="路径…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="输出文件夹。", show_default=False)],
    jobs: Jobs = _JOBS,
    engine: Engine = "",
    ocr: Ocr = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """A folder of reports in, the filled table out."""
    with messages(debug):
        record = run_with_progress(paths, out, _settings(settings, engine, ocr), jobs)
        print(f"汇总表：{(out / '汇总.xlsx').resolve()}")
        finish(record)


@app.command(
    cls=cli_language.ChineseCommand,
    help="读一份（或几份）报告，结果写到屏幕：JSON、表格或 CSV。文件名写 - 时从标准输入读文本。",
)
def extract(
    files: Annotated[list[str], typer.Argument(help="报告文件；- 为标准输入。", metavar="文件…", show_default=False)],
    form: Annotated[str, typer.Option("--format", "-f", help="json、table 或 csv。")] = "json",
    sheet: Annotated[str, typer.Option("--sheet", help="table 和 csv 时输出哪张表。")] = "汇总表",
    engine: Engine = "",
    ocr: Ocr = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """One report on the screen."""
    from huizong.tables.columns import COLUMNS

    if form not in ("json", "table", "csv"):
        usage(f"--format 只有 json、table、csv，没有“{form}”。")
    if sheet not in COLUMNS:
        usage(f"没有“{sheet}”这张表。可选：{'、'.join(COLUMNS)}。")
    with messages(debug):
        chosen = _settings(settings, engine, ocr)
        reports, failed = [], False
        for name in files:
            try:
                report = _read(name, chosen)
            except HuizongError as error:
                complain(error)
                failed = True
                continue
            if form == "json":
                show_json(report, lines=len(files) > 1)
            else:
                reports.append(report)
        if reports:
            show_table(reports, chosen, sheet, form)
        if failed:
            raise typer.Exit(1)


@app.command(
    cls=cli_language.ChineseCommand,
    help="校核报告：合计、比率、前后数字、缺少的部分、没有时限的计划、疑似错字等。只提示，不改动。",
)
def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="报告文件、装着报告的文件夹，或 huizong run 的输出文件夹。", metavar="路径…", show_default=False
        ),
    ],
    form: Annotated[str, typer.Option("--format", "-f", help="table 或 json。")] = "table",
    engine: Engine = "",
    ocr: Ocr = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """What quality control would ask."""
    if form not in ("table", "json"):
        usage(f"--format 只有 table、json，没有“{form}”。")
    with messages(debug):
        chosen = _settings(settings, engine, ocr)
        found, failed = 0, False
        for report in _reports(paths, chosen):
            if isinstance(report, HuizongError):
                complain(report)
                failed = True
                continue
            show_checks(report, chosen, form)
            found += 1
        if failed or not found:
            raise typer.Exit(1)


@app.command(
    cls=cli_language.ChineseCommand,
    help="用 huizong run 的结果填自己的空白表单（.docx、.xlsx）：认表头，添行，保留格式；没对上的说明白。表单本身不改动。",
)
def fill(
    form: Annotated[Path, typer.Argument(help="空白表单（.docx 或 .xlsx）。", metavar="表单", show_default=False)],
    source: Annotated[Path, typer.Option("--from", help="huizong run 的输出文件夹。", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="填好的文件。", show_default="表单名_已填")] = None,
    report: Annotated[
        str | None, typer.Option("--report", help="只用这一份报告：学校名或报告文件名。", show_default="全部报告")
    ] = None,
    debug: Debug = False,
) -> None:
    """The user's own blank form, filled."""
    from huizong.forms import fill_form
    from huizong.tables import load

    with messages(debug):
        outcome = fill_form(form, load(source), out, report=report)
        for line in outcome.lines():
            stderr().print(line, markup=False)
        print(f"已填好：{outcome.path.resolve()}")


@app.command(
    cls=cli_language.ChineseCommand,
    help="把同一单位各年的报告放在一起比：指标、问题、计划兑现、雷同、异常。",
)
def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="huizong run 的输出文件夹、报告文件，或装着报告的文件夹。", metavar="路径…", show_default=False
        ),
    ],
    body: Annotated[
        str, typer.Option("--body", help="只比这个单位（全称、简称或其中几个字）。", show_default=False)
    ] = "",
    years: Annotated[str, typer.Option("--years", help="只比这些年，例如 2019-2021。", show_default=False)] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="table、json、xlsx 或 html。")] = "table",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="写到哪个文件；table 和 json 不写时显示在屏幕上。", show_default=False),
    ] = None,
    engine: Engine = "",
    ocr: Ocr = "",
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """The years side by side."""
    if form not in ("table", "json", "xlsx", "html"):
        usage(f"--format 只有 table、json、xlsx、html，没有“{form}”。")
    if form in ("xlsx", "html") and out is None:
        usage(f"--format {form} 要写到文件，请加 -o 文件名.{form}。")
    if form == "table" and out is not None:
        usage("表格只显示在屏幕上；要写到文件，请加 -f xlsx、-f html 或 -f json。")
    span = _years(years)
    with messages(debug):
        from huizong.compare import compare_reports

        chosen = _settings(settings, engine, ocr)
        reports, failed = [], False
        for report in _reports(paths, chosen):
            if isinstance(report, HuizongError):
                complain(report)
                failed = True
            else:
                reports.append(report)
        comparison = compare_reports(reports, body=body or None, years=span)
        for line in comparison.left_out:
            stderr().print(f"! {line}", markup=False, style="yellow")
        if not comparison.years:
            raise InputError(
                "没有可以比较的报告。", advice="请检查路径、--body 和 --years；报告的文件名里最好有单位和年份。"
            )
        show_comparison(comparison, form, out)
        if failed:
            raise typer.Exit(1)


@app.command(
    cls=cli_language.ChineseCommand, help="用标注好的报告（*.gold.json 或其文件夹）训练句子模型和数量对象模型。"
)
def train(
    labels: Annotated[list[Path], typer.Argument(help="标注文件或文件夹。", metavar="标注…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="模型文件夹。", show_default=False)],
    debug: Debug = False,
) -> None:
    """Trains the sentence model and the model of counted things."""
    from huizong import classifier
    from huizong.extractors.object_training import train_objects

    with messages(debug):
        card = classifier.train(_label_files(labels), out)
        things = train_objects(_label_files(labels), out)
        print(f"标注 {len(card.trained_on)} 份，特征 {card.features} 个。逐份留出检验：")
        for name, value in card.scores.items():
            print(f"  {name:<10} {value:.3f}")
        print("数量对象（rules 只用规则，chosen 经模型选择；new 为规则未曾照着写的报告）：")
        for name, value in things.scores.items():
            print(f"  {name:<10} {value:.3f}")
        print(f"模型已写入：{out.resolve()}")


@app.command(cls=cli_language.ChineseCommand, help="与人工标注比较：准确率、召回率，并逐条列出不一致之处。")
def evaluate(
    labels: Annotated[list[Path], typer.Argument(help="标注文件或文件夹。", metavar="标注…", show_default=False)],
    errors: Annotated[bool, typer.Option("--errors/--no-errors", help="是否逐条列出。")] = True,
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """Precision and recall against labelled reports."""
    from huizong.analyze import analyze
    from huizong.evaluate import evaluate as evaluate_labels
    from huizong.settings import read_settings

    with messages(debug):
        chosen = read_settings(settings)
        result = evaluate_labels(_label_files(labels), lambda path: analyze(path, chosen))
        for line in result.figures.lines():
            print(line)
        for miss in result.misses if errors else ():
            print(miss)
        for failure in result.failures:
            stderr().print(f"✗ {failure.document}：{failure.message}", markup=False, style="red")
        if result.failures:
            raise typer.Exit(1)


def _settings(path: Path | None, engine: str, ocr: str) -> Settings:
    """The settings of the file, with what the command line says instead."""
    from dataclasses import replace

    from huizong.settings import read_settings

    settings = read_settings(path)
    return replace(settings, engine=engine or settings.engine, ocr=ocr or settings.ocr)


def _read(name: str, settings: Settings) -> Report:
    from huizong.analyze import analyze, analyze_raw
    from huizong.loading import from_text
    from huizong.loading.text.plain import decode

    if name == "-":
        text, _ = decode(sys.stdin.buffer.read(), Path("标准输入"))
        return analyze_raw(from_text(text, "标准输入"), settings)
    return analyze(Path(name), settings)


def _reports(paths: list[Path], settings: Settings) -> Iterator[Report | HuizongError]:
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
                yield analyze(file, settings)
            except InputError as error:
                yield error


def _years(words: str) -> tuple[int, int] | None:
    """The span of years of “2019-2021” or “2020”; `None` without one."""
    import re

    if not words:
        return None
    found = re.fullmatch(r"(20\d\d)(?:\s*[-—–~～至]\s*(20\d\d))?", words.strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        usage(f"--years 应写成 2019-2021 或 2020，没有看懂“{words}”。")
    return int(found[1]), int(found[2] or found[1])


def _label_files(paths: list[Path]) -> list[Path]:
    from huizong.errors import MissingFile
    from huizong.evaluate.run import label_files

    found = list(label_files(paths))
    if not found:
        raise MissingFile("没有找到标注文件。", advice="标注文件名形如 名称.gold.json，旁边放同名的报告。")
    return found


def main() -> None:
    """The console script: Chinese usage errors, UTF-8 whatever the console's code page."""
    gc.set_threshold(*_COLLECT)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False, prog_name="huizong")
    except cli_language.UsageError as error:
        stderr().print(f"✗ {cli_language.usage_error(error)}", markup=False, style="red")
        code = 2
    except typer.Abort:
        code = 130
    sys.exit(code if isinstance(code, int) else 0)
