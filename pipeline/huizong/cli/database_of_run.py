"""A run's OUT into its database: what `run` does beside writing the tables.

As a program (`python -m huizong.cli.database_of_run OUT`, the database in HUIZONG_STORE) it tells on its standard output, in JSON, what
came of it. It ends when its standard input does: its run was killed, and the next one may be writing into OUT already.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import signal
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from huizong.cli.storing import NONE, VARIABLE
from huizong.errors import DatabaseError, HuizongError

_MARK = "database"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What came of storing: the database by its name (None: nothing worth telling), or what went wrong."""

    name: str | None = None
    message: str = ""
    advice: str = ""


def store(out: Path, where: str) -> Stored:
    """Brings the database up to what stands in OUT, which must be locked.

    `where` is a URL, `none`, or empty for the SQLite file in OUT, which is not even opened when it has all that it would get.
    """
    from huizong.batch.folder import HIDDEN
    from huizong.batch.outputs import DATABASE
    from huizong.batch.stored import stored_run
    from huizong.store import StoredReports, write_text

    if where == NONE:
        return Stored()
    record, stored = stored_run(out), StoredReports(out)
    stamp, mark = _stamp(out), out / HIDDEN / _MARK
    own = not where
    is_there = own and (out / DATABASE).is_file() and mark.is_file()
    if is_there and mark.read_text(encoding="utf-8") == _mark(out / DATABASE, stamp):
        return Stored()
    from huizong.database import Database

    collection = "." if own else f"{platform.node()}:{os.path.realpath(out)}"
    try:
        with Database(out / DATABASE if own else where) as database:
            database.update(collection, record, stored, stamp=stamp)
            name = None if own else database.name
    except DatabaseError as error:
        return Stored(message=error.message, advice=error.advice)
    if own:
        write_text(mark, _mark(out / DATABASE, stamp))
    return Stored(name=name)


def _mark(database: Path, stamp: str) -> str:
    """What says that the file is as it was left and has what it should have."""
    try:
        status = database.stat()
    except OSError:
        return "taken away"
    return f"{stamp} {status.st_size} {status.st_mtime_ns}"


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


def _end_with_the_run() -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock the end of the program would wait for
        pass
    os._exit(1)


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    try:
        stored = store(Path(sys.argv[1]), os.environ.get(VARIABLE, ""))
    except HuizongError as error:
        stored = Stored(message=error.message, advice=error.advice)
    sys.stdout.write(json.dumps(asdict(stored)))


if __name__ == "__main__":
    _main()
