"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback, gone with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, `None` where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    known = sorted(place for pattern in _PLACES for place in Path("/").glob(pattern[1:]))
    found = [*known, *([Path(on_path).resolve().parent] if on_path else [])]
    return next(
        (place for place in found[::-1] if all((place / name).is_file() for name in ("initdb", "pg_ctl"))), None
    )


class Server:
    """A running server; `stop` and `start` as often as wanted."""

    def __init__(self, folder: Path) -> None:
        found = binaries()
        assert found is not None
        self._bin, self._data = found, folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._sockets = folder
        runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin") or "runuser"
        self._as_user = [runuser, "-u", "nobody", "--"] if os.geteuid() == 0 else []  # the server refuses root
        if self._as_user:
            subprocess.run(["chown", "nobody", folder], check=True)
        self._call("initdb", "-D", self._data, "-U", "huizong", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()

    def _call(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [*self._as_user, self._bin / program, *arguments],
            cwd=self._sockets,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Starts it and waits until it answers."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._sockets} -c fsync=off"
        )
        self._call("pg_ctl", "-D", self._data, "-o", options, "-l", self._sockets / "log", "-w", "start")

    def stop(self) -> None:
        """Ends it at once, as a failing machine would."""
        self._call("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def database(self, name: str) -> str:
        """The URL of a new, empty database."""
        place = f"postgresql+psycopg://huizong:geheim@127.0.0.1:{self.port}/"
        with create_engine(
            f"{place}postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool
        ).connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        return f"{place}{name}"


def folder() -> Path:
    """A folder that the server's user can come to."""
    place = Path(tempfile.mkdtemp(prefix="huizong-pg-", dir="/tmp"))
    place.chmod(0o755)
    return place
