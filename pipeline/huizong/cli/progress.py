"""How a run goes, told on stderr: a bar on a terminal, a line a file elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from huizong.cli.output import stderr
from huizong.errors import printable

if TYPE_CHECKING:
    from huizong.batch import FileRow

Told: TypeAlias = tuple[Callable[[int], None], Callable[[int], None], Callable[["FileRow"], None]]
"""What is told the number of files, how many of them are left to be read, and each row."""

_WIDE, _NARROW = 100, 70  # columns of a terminal that has room for the name of a file, too; that has none for a bar
_WORDS = {"ok": "完成", "cached": "沿用", "failed": "未读", "skipped": "跳过"}


@contextmanager
def progress(*, quiet: bool) -> Iterator[Told]:
    """The functions that a run tells how far it is: `expect`, `begin`, `finished`."""
    if quiet:
        yield (lambda files: None), (lambda left: None), (lambda row: None)
    elif stderr().is_terminal:
        with _bar() as told:
            yield told
    else:
        yield _lines()


def _lines() -> Told:
    """A line a file, with how many of all it is."""
    total = done = 0

    def expect(files: int) -> None:
        nonlocal total
        total = files

    def finished(row: FileRow) -> None:
        nonlocal done
        done += 1
        pages = f"{row.pages} 页，" if row.pages else ""
        line = f"[{done}/{total}] {_WORDS[row.status]} {printable(row.path)}（{pages}{row.seconds:.1f} 秒）"
        stderr().print(line, markup=False)

    return expect, (lambda left: None), finished


@contextmanager
def _bar() -> Iterator[Told]:
    """A bar with files, pages, rate, remaining time and how many files were refused so far."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    console = stderr()
    wide, narrow = console.width >= _WIDE, console.width < _NARROW
    columns = [
        *(() if narrow else (TextColumn("读报告"), BarColumn(bar_width=24 if wide else 8))),
        MofNCompleteColumn(), TextColumn("{task.fields[told]}"), TextColumn("还要"), TimeRemainingColumn(compact=True),
    ]  # fmt: skip
    if wide:  # figures are never cut short for a name
        name = Column(no_wrap=True, max_width=24)
        columns.append(TextColumn("{task.description}", markup=False, table_column=name))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None, told="")
        began = time.monotonic()
        done = pages = read = refused = 0

        def expect(files: int) -> None:
            bar.update(task, total=files)

        def begin(left: int) -> None:
            """What was done before says nothing of how fast this run is."""
            nonlocal began, pages, read
            began, pages, read = time.monotonic(), 0, 0
            bar.reset(task, total=done + left, completed=done)

        def finished(row: FileRow) -> None:
            nonlocal done, pages, read, refused
            done += 1
            if row.status == "ok":
                read, pages = read + 1, pages + (row.pages or 0)
            refused += not row.is_read
            minutes = max(time.monotonic() - began, 0.1) / 60
            told = f"{pages} 页 · {read / minutes:.0f} 份/分" + (f" · 未读 {refused}" if refused else "")
            bar.update(task, advance=1, told=told, description=printable(Path(row.path).name)[:24])

        yield expect, begin, finished
