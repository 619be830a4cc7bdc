"""Results and decisions in a database, for questions over many reports: SQLite in OUT, or PostgreSQL for several people.

What stands in OUT (the JSON, `decisions.jsonl`) is the truth; `Database.update` brings the database up to it, a transaction a
report, and does nothing twice: whatever breaks off in between, the next update completes. So a database may be thrown away at any
time. The JSON of the reports lies in it, too: `Database.reports` gives them back without OUT.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from sqlalchemy import Connection, bindparam, delete, select

from huizong.batch.circumstances import code_digest
from huizong.database.connection import is_passing, name_of, open_engine, told
from huizong.database.rows import as_json, decision_rows, finding_rows, packed, plain, report_row, unpacked
from huizong.database.schema import FINDINGS, VERSION, collections, decisions, files, reports, runs
from huizong.errors import DatabaseError
from huizong.report import Report
from huizong.settings import stored_settings

if TYPE_CHECKING:
    from huizong.batch import FileRow, Run
    from huizong.store import StoredReports

__all__ = ["Database", "DatabaseReports"]

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between tries, when a database is away
_T = TypeVar("_T")


class Database:
    """An open database. `where` is a URL or the path of an SQLite file; a context manager.

    `update` and `reports` raise `DatabaseError` when it cannot be used; a server that is away for some seconds is waited for.
    """

    def __init__(self, where: str | Path, *, pauses: Sequence[float] = _PAUSES) -> None:
        self._where, self._pauses = where, pauses
        self._engine = self._patiently(lambda: open_engine(where))

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @property
    def name(self) -> str:
        """What messages call it."""
        return name_of(self._engine)

    def update(
        self,
        collection: str,
        record: Run,
        stored: StoredReports,
        *,
        stamp: str,
        done: Callable[[int], None] = lambda files: None,
    ) -> bool:
        """Makes `collection` what the run `record` and its `stored` reports are; whether there was anything to do.

        `stamp` stands for all that they are made of: a collection that has it is left alone. `done` is told the number of
        reports looked at so far.
        """
        number, known = self._do(lambda c: _collection(c, collection))
        if known == stamp:
            return False
        ids, digests = self._do(lambda c: _write_files(c, number, record, stored.base))
        settings, made_by = stored_settings(record.settings), f"{VERSION}:{code_digest()[:16]}"
        read = [ids[at] for at, row in enumerate(record.files) if row.is_read]
        for at, file_id in enumerate(read):
            digest = f"{made_by}:{stored.digest(at)}"
            if digests.get(file_id) != digest:
                report = stored[at]
                content = stored.content(at) if report.corrections is None else as_json(report.to_dict()).encode()
                row = report_row(report, settings) | {"file_id": file_id, "digest": digest, "json": packed(content)}
                made = finding_rows(report)
                self._do(lambda c, row=row, made=made: _write_report(c, row, made))  # type: ignore[misc]
            done(at + 1)
        self._do(lambda c: _finish(c, number, stored, stamp))
        return True

    def reports(self) -> DatabaseReports:
        """The reports of all collections, in the order of their runs; files that are gone are left out."""
        query = (
            select(reports.c.file_id, files.c.path, runs.c.settings)
            .join(files, files.c.id == reports.c.file_id)
            .join(runs, runs.c.collection_id == files.c.collection_id)
            .where(~files.c.gone)
            .order_by(files.c.collection_id, files.c.position, runs.c.id)
        )
        found = {row.file_id: row for row in self._do(lambda c: c.execute(query).all())}
        return DatabaseReports(self, tuple(found))

    def read(self, file_id: int) -> Report:
        """The report with this id. Raises `DatabaseError`."""
        query = select(reports.c.json).where(reports.c.file_id == file_id)
        content = self._do(lambda c: c.execute(query).scalar_one())
        try:
            return unpacked(content)
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise DatabaseError(f"{self.name}里的报告读不了：{error}。", advice="请再运行一次 huizong run。") from error

    def _do(self, work: Callable[[Connection], _T]) -> _T:
        """`work` in one transaction, tried again while the database is away."""

        def once() -> _T:
            with told(self._engine), self._engine.begin() as connection:
                return work(connection)

        return self._patiently(once)

    def _patiently(self, work: Callable[[], _T]) -> _T:
        for pause in self._pauses:
            try:
                return work()
            except DatabaseError as error:
                if not is_passing(error):
                    raise
            time.sleep(pause)
        return work()


class DatabaseReports(Sequence[Report]):
    """The reports in a database, each read whenever it is asked for: one in memory at a time."""

    def __init__(self, database: Database, ids: Sequence[int]) -> None:
        self._database, self._ids = database, ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, at: int | slice) -> Report | tuple[Report, ...]:
        ids = self._ids[at]
        return self._database.read(ids) if isinstance(ids, int) else tuple(map(self._database.read, ids))


def _collection(connection: Connection, name: str) -> tuple[int, str | None]:
    """The id of the collection and the stamp of its last complete update; made where there is none."""
    query = select(collections.c.id, collections.c.stamp).where(collections.c.name == name)
    row = connection.execute(query).first()
    if row is not None:
        return row.id, row.stamp
    key = connection.execute(collections.insert().values(name=name)).inserted_primary_key
    return (key[0] if key else 0), None


def _write_files(connection: Connection, collection: int, record: Run, base: Path) -> tuple[list[int], dict[int, str]]:
    """Writes the run and its files; the id of each file of the run, and the digest of each report that is there already."""
    connection.execute(collections.update().where(collections.c.id == collection).values(stamp=None))
    connection.execute(
        runs.insert().values(
            collection_id=collection,
            version=record.version,
            settings=as_json(record.settings),
            model=record.model,
            started=record.started,
            seconds=record.seconds,
        )
    )
    of_collection = files.c.collection_id == collection
    known = {row.path: row.id for row in connection.execute(select(files.c.path, files.c.id).where(of_collection))}
    connection.execute(files.update().where(of_collection).values(gone=True))
    rows = [_file_row(row, at, base) for at, row in enumerate(record.files)]
    new = [row | {"collection_id": collection} for row in rows if row["path"] not in known]
    if new:
        connection.execute(files.insert(), new)
    old = [{f"b_{name}": value for name, value in row.items()} for row in rows if row["path"] in known]
    if old:
        changed: dict[str, Any] = {name: bindparam(f"b_{name}") for name in rows[0] if name != "path"}
        connection.execute(
            files.update().where(of_collection, files.c.path == bindparam("b_path")).values(changed), old
        )
    known = {row.path: row.id for row in connection.execute(select(files.c.path, files.c.id).where(of_collection))}
    ids = [known[row["path"]] for row in rows]
    unread = [ids[at] for at, row in enumerate(record.files) if not row.is_read]
    for file_id in unread:
        connection.execute(delete(reports).where(reports.c.file_id == file_id))
    digests = (
        select(reports.c.file_id, reports.c.digest).join(files, files.c.id == reports.c.file_id).where(of_collection)
    )
    return ids, {row.file_id: row.digest for row in connection.execute(digests)}


def _file_row(row: FileRow, at: int, base: Path) -> dict[str, Any]:
    names = ("sha256", "format", "pages", "status", "cause", "message", "result")
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    status = "ok" if row.is_read else row.status  # whether it was read just now is no property of the file
    return values | {
        "path": plain(os.path.normpath(Path(os.path.realpath(base)) / row.path)),
        "position": at,
        "status": status,
        "gone": False,
    }


def _write_report(connection: Connection, row: dict[str, Any], made: dict[str, list[dict[str, Any]]]) -> None:
    """Puts a report with all its findings in the place of what was there."""
    connection.execute(delete(reports).where(reports.c.file_id == row["file_id"]))
    connection.execute(reports.insert(), [row])
    for table in FINDINGS:
        if made[table.name]:
            connection.execute(table.insert(), [found | {"file_id": row["file_id"]} for found in made[table.name]])


def _finish(connection: Connection, collection: int, stored: StoredReports, stamp: str) -> None:
    connection.execute(delete(decisions).where(decisions.c.collection_id == collection))
    rows = [row | {"collection_id": collection} for row in decision_rows(stored.journal)]
    if rows:
        connection.execute(decisions.insert(), rows)
    connection.execute(collections.update().where(collections.c.id == collection).values(stamp=stamp))
