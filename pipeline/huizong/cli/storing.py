"""Results and decisions into the database, after the tables are written; and reports out of one."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huizong.cli.output import complain, stderr
from huizong.errors import DatabaseError

if TYPE_CHECKING:
    from huizong.database import DatabaseReports

_NONE = "none"
_MARK = "database"

Store = Annotated[
    str,
    typer.Option(
        "--store",
        help="结果另存到哪个数据库：postgresql+psycopg://用户@主机/库，sqlite:///文件，或 none（不存）。",
        envvar="HUIZONG_STORE",
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
    from huizong.batch.folder import HIDDEN
    from huizong.batch.outputs import DATABASE
    from huizong.batch.stored import stored_run
    from huizong.store import StoredReports, write_text

    if where == _NONE:
        return True
    with batch.locked(out):
        record, stored = stored_run(out), StoredReports(out)
        stamp, mark = _stamp(out), out / HIDDEN / _MARK
        own = not where
        if own and (out / DATABASE).is_file() and mark.is_file() and mark.read_text(encoding="utf-8") == stamp:
            return True
        from huizong.database import Database

        collection = "." if own else f"{platform.node()}:{os.path.realpath(out)}"
        try:
            with Database(out / DATABASE if own else where) as database:
                database.update(collection, record, stored, stamp=stamp)
                if not own:
                    stderr().print(f"已存入{database.name}。", markup=False)
        except DatabaseError as error:
            complain(error)
            return False
        if own:
            write_text(mark, stamp)
    return True


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


def _stamp(out: Path) -> str:
    """What stands for all that the database is made of: the results and decisions in OUT, and the program."""
    from huizong.batch.circumstances import code_digest
    from huizong.batch.stored import stored_run
    from huizong.corrections.journal import JOURNAL
    from huizong.store import StoredReports

    record, stored = stored_run(out), StoredReports(out)
    rows = [(r.path, r.sha256, r.is_read, r.status == "skipped", r.message, r.result) for r in record.files]
    parts = [repr((rows, record.settings, record.model, code_digest()))]
    parts += [stored.digest(at) for at in range(len(stored))]
    journal = out / JOURNAL
    parts.append(hashlib.sha256(journal.read_bytes()).hexdigest() if journal.is_file() else "")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
