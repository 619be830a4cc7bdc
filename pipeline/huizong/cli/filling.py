"""The command that fills a form of the user's own: fill."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from huizong.cli.app import Debug, app
from huizong.cli.language import ChineseCommand
from huizong.cli.output import messages, stderr


@app.command(
    cls=ChineseCommand,
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
