"""The commands that read a folder and fill the table: demo, run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from huizong.cli.app import (
    JOBS,
    Debug,
    Engine,
    Jobs,
    LayoutName,
    Ocr,
    Password,
    Rows,
    SettingsFile,
    Timeout,
    app,
    chosen_settings,
)
from huizong.cli.language import ChineseCommand
from huizong.cli.output import compare_samples, messages, run_with_progress, stderr, usage
from huizong.cli.storing import Store
from huizong.cli.summary import finish


@app.command(cls=ChineseCommand, help="用随包的两年样例报告走一遍全程，并说明到哪里看结果。")
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
        record, _ = run_with_progress(samples, out, Settings(), jobs=1)
        print(f"汇总表已生成：{(out / '汇总.xlsx').resolve()}")
        print("  先看“汇总表”，再看“指标台账”“问题台账”“计划台账”；“数字核对”列出每一个数字的角色，“说明”解释各栏。")
        print(f"每份报告的完整结果（JSON）：{(out / 'reports').resolve()}")
        compare_samples(out)
        print("换成自己的报告：huizong run 报告文件夹 -o 输出文件夹")
        finish(record)


@app.command(
    name="run",
    cls=ChineseCommand,
    help="读一个文件夹（或若干文件）里的报告，生成 汇总.xlsx、每份报告的 JSON 和 run.json。",
)
def run_command(
    paths: Annotated[list[Path], typer.Argument(help="报告文件或文件夹。", metavar="路径…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="输出文件夹。", show_default=False)],
    jobs: Jobs = JOBS,
    engine: Engine = "",
    ocr: Ocr = "",
    layout: LayoutName = "",
    rows: Rows = "",
    body: Annotated[
        str, typer.Option("--body", help="报告和文件名都没有写学校时用的学校名。", show_default=False)
    ] = "",
    year: Annotated[
        str, typer.Option("--year", help="报告和文件名都没有写年度时用的年度，如 2023。", show_default=False)
    ] = "",
    also: Annotated[
        list[str] | None,
        typer.Option("--also", help="各表另存一份到 输出文件夹/表格：csv 或 parquet（可写两次）。", show_default=False),
    ] = None,
    store: Store = "",
    tables: Annotated[
        bool,
        typer.Option(
            "--tables/--no-tables",
            help="写不写汇总.xlsx 和汇总.docx。几十万份报告一张表放不下，只存数据库快得多。",
            show_default="写",
        ),
    ] = True,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster",
            help="交给多台机器读：dask scheduler 的地址，如 tcp://主机:8786。要装 huizong\\[cluster]。",
            show_default=False,
        ),
    ] = "",
    timeout: Timeout = 0,
    password: Password = "",
    again: Annotated[bool, typer.Option("--again", help="全部重新读，不沿用以前的结果。")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度。")] = False,
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """A folder of reports in, the filled table out."""
    from huizong.export.flat import FOLDER, KINDS

    kinds = list(also or ())
    for kind in kinds:
        if kind not in KINDS:
            usage(f"--also 只有 {'、'.join(KINDS)}，没有“{kind}”。")
    if kinds and not tables:
        usage("--also 和 --no-tables 不能一起用：各表是和汇总表一起写的。")
    with messages(debug):
        chosen = chosen_settings(settings, engine, ocr, timeout, layout=layout, rows=rows, body=body, year=year)
        record, is_stored = run_with_progress(
            paths, out, chosen, jobs,
            also=kinds, password=password or None, again=again, quiet=quiet, cluster=cluster, store=store, tables=tables,
        )  # fmt: skip
        if tables:
            print(f"汇总表：{(out / '汇总.xlsx').resolve()}")
        else:
            print(f"结果：{out.resolve()}（按 --no-tables 没有写汇总表）")
        if kinds:
            print(f"各表另存：{(out / FOLDER).resolve()}")
        finish(record)
        if not is_stored:
            raise typer.Exit(1)
