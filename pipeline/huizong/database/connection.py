"""Opening a database, and what goes wrong with one, in Chinese. Passwords are never shown or kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from huizong.database.schema import VERSION, upgrade
from huizong.errors import DatabaseError

_BUSY_SECONDS = 30
_POSTGRES_LOCK = 7_204_105  # for those who make or upgrade the tables at the same moment
_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_AGAIN = "结果都已写在输出文件夹里；数据库好了以后，再运行一次同样的命令，会补齐。"


def open_engine(where: str | Path) -> Engine:
    """The database at a URL (`postgresql+psycopg://…`, `sqlite:///…`) or in an SQLite file, its tables made or brought up to date.

    Raises `DatabaseError`.
    """
    url = _url(where)
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"用 PostgreSQL 要多装一个包（缺 {error.name}）。", advice="请运行：pip install 'huizong[postgres]'"
        ) from error
    if url.get_backend_name() == "sqlite":
        _use_wal(engine)
    try:
        with told(engine), engine.begin() as connection:
            if url.get_backend_name() == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
            found = upgrade(connection)
    except DatabaseError:
        engine.dispose()
        raise
    if found is not None and found > VERSION:
        engine.dispose()
        raise DatabaseError(
            f"{name_of(engine)}是更新的 huizong 写的（格式 {found}，这个版本认到 {VERSION}）。",
            advice="请升级 huizong。",
        )
    return engine


def name_of(engine: Engine) -> str:
    """What messages call the database: its kind and place, without the password."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return f"数据库文件“{url.database}”"
    return f"数据库 {url.render_as_string(hide_password=True)}"


@contextlib.contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turns what SQLAlchemy raises inside into `DatabaseError`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _error(engine, error) from error


def is_passing(error: DatabaseError) -> bool:
    """Whether it may be gone in a moment: the server is away or busy, another program writes."""
    cause = error.__cause__
    return isinstance(cause, OperationalError) or (isinstance(cause, DBAPIError) and cause.connection_invalidated)


def _url(where: str | Path) -> URL:
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseError("数据库地址没有看懂。", advice=_HOW) from error
    if backend not in _KINDS:
        raise DatabaseError(f"数据库只能是 SQLite 或 PostgreSQL，不能是 {backend}。", advice=_HOW)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


_HOW = "写成 postgresql+psycopg://用户:密码@主机:端口/库名，或 sqlite:///文件。"


def _use_wal(engine: Engine) -> None:
    """Readers and a writer at once; a writer waits for another from the first moment, not in the middle."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins, below
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _error(engine: Engine, error: SQLAlchemyError) -> DatabaseError:
    name = name_of(engine)
    words = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
    password = engine.url.password
    if password:
        words = words.replace(password, "***")
    if engine.url.get_backend_name() == "sqlite":
        if "not a database" in words or "malformed" in words:
            return DatabaseError(f"{name}坏了。", advice="请删掉它（和旁边的 -wal、-shm），再运行一次，会重新生成。")
        if "locked" in words:
            return DatabaseError(f"{name}一直被别的程序占着。", advice=f"请关掉正在用它的程序。{_AGAIN}")
        if "full" in words:
            return DatabaseError(f"{name}写不进去：磁盘满了。", advice=f"请腾出空间。{_AGAIN}")
    return DatabaseError(f"{name}用不了：{words[:200]}。", advice=f"请检查地址、账号和网络。{_AGAIN}")
