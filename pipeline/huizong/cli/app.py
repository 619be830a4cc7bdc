"""The application that the commands join, and the options that they share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huizong import __version__
from huizong.cli.language import ChineseGroup

if TYPE_CHECKING:
    from huizong.settings import Settings

app = typer.Typer(
    cls=ChineseGroup,
    help="汇总：读中文工作报告，填汇总表。每个值都带原文和页码。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
LayoutName = Annotated[
    str,
    typer.Option(
        "--layout",
        help="表的版式：结对帮扶、工作总结，或自己的 .toml 文件（用 huizong layout 得到样本）。",
        show_default="结对帮扶",
    ),
]
Rows = Annotated[
    str,
    typer.Option(
        "--rows",
        help="汇总表一行是什么：task（一个具体任务）或 project（一个帮扶项目）。",
        show_default="照版式",
    ),
]
Password = Annotated[
    str,
    typer.Option(
        "--password", help="打开加密 PDF 的密码。", envvar="HUIZONG_PASSWORD", show_default=False, show_envvar=False
    ),
]
Timeout = Annotated[
    int,
    typer.Option("--timeout", min=0, help="一个文件最多读几秒（大文件、多页、要识别的自动放宽）。", show_default="120"),
]
JOBS = min(4, os.cpu_count() or 1)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


def chosen_settings(path: Path | None, engine: str, ocr: str, timeout: int = 0, **values: str) -> Settings:
    """The settings of the file, with what the command line says instead (`values`: further ones, by their keys)."""
    from dataclasses import replace

    from huizong.settings import read_settings

    settings = read_settings(path)
    said = {key: value for key, value in {"engine": engine, "ocr": ocr, **values}.items() if value}
    settings = replace(settings, timeout_seconds=timeout or settings.timeout_seconds)
    return replace(settings, **said)  # type: ignore[arg-type]  # all of them are texts
