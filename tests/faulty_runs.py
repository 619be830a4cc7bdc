"""Runs that are disturbed, what they leave behind, and what their database holds: for `test_faults` and `test_faults_of_databases`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from conftest import REPORT, ROOT
from huizong.database import schema

RUNS = int(os.environ.get("FAULTS", "4"))
WORKERS = RUNS * 5 // 2
FILES = 24


def command(*args: str | Path, before: str = "") -> list[str]:
    return [sys.executable, "-c", f"{before}\nfrom huizong.cli import main; main()", *map(str, args)]


def start(*args: str | Path, before: str = "", temporary: Path | None = None) -> subprocess.Popen[str]:
    """The command, begun; `before` is Python that is run first, `temporary` where its temporary files go."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    return subprocess.Popen(
        command(*args, before=before), env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def reports(folder: Path) -> Path:
    """`folder`, with reports of several sizes and two files that are none."""
    for number in range(FILES):
        report = REPORT.replace("2022年", f"{2000 + number}年") * (1 + number % 3 * 4)
        (folder / f"临江_{2000 + number}.txt").write_text(report, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    (folder / "包.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    return folder


def left_behind(out: Path) -> dict[str, object]:
    """The bytes of the reports, and run.json without what is of this run alone: times, where OUT lies, and whether a
    result was there before.
    """
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    del record["started"], record["seconds"], record["base"]
    for row in record["files"]:
        del row["seconds"]
        row["status"] = row["status"].replace("cached", "ok")
    assert not list(out.rglob("*.part"))
    return {"run": record, **{p.name: p.read_bytes() for p in (out / "reports").iterdir()}}


def finish(folder: Path, out: Path, *more: str) -> str:
    """A last run to the end; what it printed."""
    done = start("run", folder, "-o", out, "-j", "2", *more)
    printed, told = done.communicate()
    assert done.returncode == 1, told  # the two files that are no reports
    assert "Traceback" not in told
    return printed


def stored(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database tells of reports, by the paths of their files: ids are of no account."""
    engine = create_engine(url, poolclass=NullPool)
    told = {}
    with engine.connect() as connection:
        for table in (schema.reports, *schema.FINDINGS):
            own = [column for column in table.c if column.name != "file_id"]
            query = select(schema.files.c.path, *own).join_from(
                table, schema.files, schema.files.c.id == table.c.file_id
            )
            told[table.name] = sorted((tuple(row) for row in connection.execute(query)), key=repr)
    return told


def stored_so_far(url: str) -> int:
    """How many reports there are; 0 where there is no database yet, or no way to it."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with create_engine(url, poolclass=NullPool).connect() as connection:
            return len(connection.execute(select(schema.reports.c.file_id)).all())
    except SQLAlchemyError:
        return 0
