"""The command that takes corrections home from a workbook: apply."""

from __future__ import annotations

import getpass
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from huizong.cli.app import Debug, app
from huizong.cli.language import ChineseCommand
from huizong.cli.output import messages, rewrite_tables, stderr, usage
from huizong.cli.storing import store_again


@app.command(
    cls=ChineseCommand,
    help="取回在 汇总.xlsx（或它的副本）里做的修改，记入结果文件夹；以后每次 huizong run 都照办。先用 --dry-run 看一遍。",
)
def apply(
    workbook: Annotated[
        Path | None, typer.Argument(help="改过的 汇总.xlsx 或它的副本。", metavar="工作簿", show_default=False)
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="huizong run 的输出文件夹。", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出修改，不取。")] = False,
    by: Annotated[str, typer.Option("--by", help="谁改的。", show_default="登录名")] = "",
    whole_reports: Annotated[
        bool,
        typer.Option("--whole-reports", help="一份报告在某张表里的行全没有了，也算删除（不加则当作副本没有带上）。"),
    ] = False,
    undo: Annotated[
        list[int] | None,
        typer.Option("--undo", help="撤消第几条修改（可写多次）。", metavar="编号", show_default=False),
    ] = None,
    follow: Annotated[
        list[int] | None,
        typer.Option(
            "--follow",
            help="报告改过、原话不在了的第几条修改，改到最像的那一处（可写多次）。",
            metavar="编号",
            show_default=False,
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出现在有效的全部修改。")] = False,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels", help="把有效的修改写成标注，供 train 和 evaluate 用。", metavar="文件夹", show_default=False
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Corrections made in the workbook come home."""
    if to is None:
        usage("请用 --to 指明结果文件夹，例如 huizong apply 汇总.xlsx --to 结果。")
    if (workbook is not None) + bool(undo) + bool(follow) + listed + (labels is not None) != 1:
        usage("请给出一个工作簿，或用 --undo、--follow、--list、--labels，选其中一样。")
    with messages(debug):
        if listed:
            _show_standing(to)
        elif undo:
            _undo(to, tuple(dict.fromkeys(undo)), by or _user())
        elif follow:
            _follow(to, tuple(dict.fromkeys(follow)), by or _user())
        elif labels is not None:
            _write_labels(to, labels)
        elif workbook is not None:
            _apply(workbook, to, by or _user(), dry_run=dry_run, whole_reports=whole_reports)


def _apply(workbook: Path, out: Path, by: str, *, dry_run: bool, whole_reports: bool) -> None:
    from huizong.readback import apply_workbook

    with ExitStack() as held:
        if not dry_run:
            held.enter_context(_locked(out))
        outcome = apply_workbook(workbook, out, by=by, when=_now(), dry_run=dry_run, whole_reports=whole_reports)
        if not dry_run and (
            outcome.decisions or outcome.known
        ):  # known: the tables could not be written the time before
            rewrite_tables(out)
            store_again(out)
    for line in outcome.lines():
        print(line)
    known = f"（另有 {outcome.known} 处以前已取）" if outcome.known else ""
    if dry_run:
        print(f"共 {len(outcome.decisions)} 处修改{known}。只是列出，没有取；要取，去掉 --dry-run。")
    elif not outcome.decisions:
        print(f"没有新的修改{known}。")
    else:
        print(
            f"已取 {len(outcome.decisions)} 处修改{known}，记在 {(out / 'decisions.jsonl').resolve()}；各表已重新写好。"
        )


def _undo(out: Path, numbers: tuple[int, ...], by: str) -> None:
    from huizong.readback import decision_line, undo_decisions

    with _locked(out):
        undone = undo_decisions(numbers, out, by=by, when=_now())
        rewrite_tables(out)
        store_again(out)
    for decision in undone:
        print(f"已撤消 {decision_line(decision)}")


def _follow(out: Path, numbers: tuple[int, ...], by: str) -> None:
    from huizong.readback import decision_line, follow_offers

    with _locked(out):
        made = follow_offers(numbers, out, by=by, when=_now())
        rewrite_tables(out)
        store_again(out)
    for number, decision in zip(numbers, made, strict=True):
        print(f"第 {number} 条已改到这一处：{decision_line(decision)}")


def _show_standing(out: Path) -> None:
    from huizong.readback import HOW_TO_FOLLOW, decision_line, unsettled_line
    from huizong.store import StoredReports

    stored = StoredReports(out)
    standing, told = stored.journal.standing(), stored.corrections()
    for decision in standing:
        print(f"{decision_line(decision)}　{decision.by} {decision.when[:10]}")
    for one in told.unsettled:
        stderr().print(f"！{unsettled_line(one)}", markup=False, style="yellow")
    if any(one.offered for one in told.unsettled):
        stderr().print(HOW_TO_FOLLOW, markup=False, style="yellow")
    print(f"有效的人工修改共 {len(standing)} 条，没有落实的 {len(told.unsettled)} 条。")


def _write_labels(out: Path, folder: Path) -> None:
    from huizong.readback.labels import export_labels

    files = export_labels(out, folder)
    for file in files:
        print(f"{file.path.name}：句 {file.sentences}，数量 {file.counts}")
    print(f"标注 {len(files)} 份，写在 {folder.resolve()}。" if files else "还没有可以当作标注的人工修改，没有写文件。")


def _locked(out: Path) -> AbstractContextManager[None]:
    """Holds the folder, so that no run writes into it meanwhile; a folder without a run is told as such first."""
    from huizong.batch import locked
    from huizong.store import StoredReports

    StoredReports(out)
    return locked(out)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未署名"
