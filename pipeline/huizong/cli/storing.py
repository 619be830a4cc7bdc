"""Results and decisions into the database, after the tables are written or beside it; and reports out of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from huizong.cli.output import complain, stderr
from huizong.errors import DatabaseError

if TYPE_CHECKING:
    from huizong.cli.database_of_run import Stored
    from huizong.database import DatabaseReports

NONE, VARIABLE = "none", "HUIZONG_STORE"

Store = Annotated[
    str,
    typer.Option(
        "--store",
        help="结果另存到哪个数据库：postgresql+psycopg://用户@主机/库，sqlite:///文件，或 none（不存）。",
        envvar=VARIABLE,
        show_default="输出文件夹/huizong.sqlite",
        show_envvar=False,
    ),
]
FromStore = Annotated[str, typer.Option("--store", help="从这个数据库取报告。", show_default=False)]


def store_results(out: Path, where: str) -> bool:
    """Brings the database up to what stands in OUT; whether it could. What went wrong is told, the results in OUT are whole.

    `where` is a URL, `none`, or empty for the SQLite file in OUT, which is not even opened when it has all that it would get.
    """
    from huizong import batch
    from huizong.cli.database_of_run import store

    with batch.locked(out):
        return _told(store(out, where))


@contextmanager
def storing(out: Path, where: str, *, apart: bool) -> Iterator[Callable[[], bool]]:
    """`store_results` for the time of a block; what is yielded waits for it, to be called in the block. OUT must be locked.

    `apart` does it in a process of its own, while the block does something else; it ends with the block.
    """
    from huizong.cli.database_of_run import store

    if not apart or where == NONE:
        yield lambda: _told(store(out, where))
        return
    command = [sys.executable, "-m", "huizong.cli.database_of_run", os.fspath(out.absolute())]
    environment = os.environ | {VARIABLE: where}  # not among the arguments, which all users of the machine see
    # Its standard input, on which nothing is said, tells it when this process is gone, however it ended.
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603 - this Python, this module
        try:
            yield lambda: _told(_heard(other.stdout))
        finally:
            other.kill()


def _heard(answer: IO[bytes] | None) -> Stored:
    from huizong.cli.database_of_run import Stored

    try:
        return Stored(**json.loads(answer.read() if answer else b""))
    except (ValueError, TypeError):
        return Stored(
            message="存数据库的进程中途停了。", advice="输出文件夹里的结果都是完整的；再运行一次同样的命令会接着存。"
        )


def _told(stored: Stored) -> bool:
    if stored.message:
        complain(DatabaseError(stored.message, advice=stored.advice))
    elif stored.name is not None:
        stderr().print(f"已存入{stored.name}。", markup=False)
    return not stored.message


def store_again(out: Path) -> None:
    """Brings the SQLite file in OUT, where there is one, up to what people have just decided."""
    from huizong.batch.outputs import DATABASE

    if (out / DATABASE).is_file():
        store_results(out, "")


@contextmanager
def stored_reports(where: str) -> Iterator[DatabaseReports]:
    """The reports in the database at the URL `where`. Raises `DatabaseError`."""
    from huizong.database import Database

    with Database(where) as database:
        yield database.reports()
