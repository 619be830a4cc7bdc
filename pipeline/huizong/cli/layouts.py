"""The command that hands out a layout of the tables to be edited: layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from huizong.cli.app import Debug, app
from huizong.cli.language import ChineseCommand
from huizong.cli.output import messages


@app.command(
    cls=ChineseCommand,
    help="列出随带的版式；写上名称就给出它的文件（带注释），改好后用 huizong run … --layout 我的版式.toml。",
)
def layout(
    name: Annotated[str, typer.Argument(help="版式的名称。", metavar="版式", show_default=False)] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="存成这个文件；不写就显示在屏幕上。", show_default=False)
    ] = None,
    debug: Debug = False,
) -> None:
    """The packaged layouts, or the file of one."""
    from huizong.lexicon.layouts import packaged_layouts
    from huizong.tables.layouts import DEFAULT, layout_words

    with messages(debug):
        if not name:
            for known in packaged_layouts():
                print(f"{known}（不另作选择时用它）" if known == DEFAULT else known)
            return
        words = layout_words(name)
        if out is None:
            print(words, end="")
            return
        from huizong.errors import OutputError
        from huizong.store import write_text

        if out.exists():
            raise OutputError(f"“{out}”已经有了，没有改动它。", advice="请换一个文件名。", path=out)
        write_text(out, words)
        print(f"版式“{name}”已存为：{out.resolve()}")
