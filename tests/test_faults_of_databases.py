"""A database that goes away and comes back, is locked, taken away or killed in mid-run, a disk that fills: nothing is lost or doubled.

As in `test_faults`, `FAULTS=20` disturbs more often.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import postgres
from faulty_runs import RUNS, finish, left_behind, reports, start, stored, stored_so_far

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts")

Whole = tuple[dict[str, object], dict[str, list[tuple[Any, ...]]]]
TURNS = max(1, RUNS // 4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports(tmp_path_factory.mktemp("报告"))


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """What a run without trouble leaves behind in OUT and in its database."""
    out = tmp_path_factory.mktemp("结果")
    finish(folder, out)
    return left_behind(out), stored(f"sqlite:///{out / 'huizong.sqlite'}")


def when(run: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    """Waits for a moment of the run; fails where the run ends before."""
    while not reached():
        assert run.poll() is None, "the run was over too soon to be disturbed"
        time.sleep(0.005)


def ended(run: subprocess.Popen[str]) -> str:
    """What a run has told on stderr when it has ended."""
    _, told = run.communicate()
    assert run.returncode == 1, told
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_server_that_stops_and_starts_in_mid_run(
    server: postgres.Server, folder: Path, whole: Whole, tmp_path: Path, turn: int
) -> None:
    chance = random.Random(turn)  # noqa: S311
    url, journal = server.database(f"midrun{turn}"), tmp_path / ".huizong" / "journal.jsonl"
    run = start("run", folder, "-o", tmp_path, "-j", "2", "--store", url)
    when(run, journal.exists)  # while reports are read, of which the server knows nothing
    server.stop()
    time.sleep(chance.uniform(0, 1))
    server.start()
    so_many = chance.randrange(1, 16)
    when(run, lambda: stored_so_far(url) >= so_many)  # while they are stored
    server.stop()
    time.sleep(chance.uniform(0, 3))
    server.start()
    assert "已存入" in ended(run)
    assert (left_behind(tmp_path), stored(url)) == whole


def test_a_server_that_stays_away_and_is_there_for_the_next_run(
    server: postgres.Server, folder: Path, whole: Whole, tmp_path: Path
) -> None:
    url = server.database("away")
    run = start("run", folder, "-o", tmp_path, "-j", "2", "--store", url)
    when(run, lambda: stored_so_far(url) >= 3)
    server.stop()
    try:
        told = ended(run)
    finally:
        server.start()
    assert "用不了" in told
    assert "再运行一次同样的命令，会补齐" in told
    assert "geheim" not in told
    assert (tmp_path / "汇总.xlsx").is_file()
    assert left_behind(tmp_path) == whole[0]
    finish(folder, tmp_path, "--store", url)
    assert (left_behind(tmp_path), stored(url)) == whole


def test_two_runs_write_into_one_server_at_once(
    server: postgres.Server, folder: Path, whole: Whole, tmp_path: Path
) -> None:
    url = server.database("both")
    runs = [start("run", folder, "-o", tmp_path / name, "-j", "2", "--store", url) for name in "ab"]
    for run in runs:
        assert "已存入" in ended(run)
    twice = {name: sorted([*rows, *rows], key=repr) for name, rows in whole[1].items()}
    assert stored(url) == twice


def test_a_file_that_another_program_holds_for_some_seconds(folder: Path, whole: Whole, tmp_path: Path) -> None:
    database = tmp_path / "huizong.sqlite"
    run = start("run", folder, "-o", tmp_path, "-j", "2")
    when(run, lambda: stored_so_far(f"sqlite:///{database}") >= 3)
    with sqlite3.connect(database, timeout=30) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(3)
        assert run.poll() is None
        other.rollback()
    ended(run)
    assert (left_behind(tmp_path), stored(f"sqlite:///{database}")) == whole


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_file_that_is_taken_away(folder: Path, whole: Whole, tmp_path: Path, turn: int) -> None:
    database, so_many = tmp_path / "huizong.sqlite", random.Random(turn).randrange(1, 16)  # noqa: S311
    run = start("run", folder, "-o", tmp_path, "-j", "2")
    when(run, lambda: stored_so_far(f"sqlite:///{database}") >= so_many)
    for file in tmp_path.glob("huizong.sqlite*"):
        file.unlink(missing_ok=True)
    ended(run)
    finish(folder, tmp_path)
    assert (left_behind(tmp_path), stored(f"sqlite:///{database}")) == whole


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_storing_process_that_is_killed(folder: Path, whole: Whole, tmp_path: Path, turn: int) -> None:
    database, so_many = tmp_path / "huizong.sqlite", random.Random(turn).randrange(1, 16)  # noqa: S311
    run = start("run", folder, "-o", tmp_path, "-j", "2")
    when(run, lambda: stored_so_far(f"sqlite:///{database}") >= so_many)
    for child in psutil.Process(run.pid).children():
        child.kill()
    assert "中途停了" in ended(run)
    finish(folder, tmp_path)
    assert (left_behind(tmp_path), stored(f"sqlite:///{database}")) == whole


def test_who_stores_ends_with_the_run(folder: Path, tmp_path: Path) -> None:
    """Else what a killed run has begun to store could come after what the next one stores."""
    finish(folder, tmp_path, "--store", "none")
    command = [sys.executable, "-m", "huizong.cli.database_of_run", str(tmp_path)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("may not mount a disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(not shutil.which("mount"), reason="no disk can be made")
@pytest.mark.parametrize("turn", range(2 * TURNS + 2))
def test_a_disk_that_fills_at_any_moment(folder: Path, whole: Whole, small_disk: Path, turn: int) -> None:
    """While reports, workbook or database are written; temporary files lie on the same disk."""
    content = sum(len(value) for value in whole[0].values() if isinstance(value, bytes))
    kilobytes = int(content / 1000 * random.Random(turn).uniform(*((0.1, 1) if turn % 2 else (1.05, 3))))  # noqa: S311
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", small_disk], check=True)
    run = start("run", folder, "-o", small_disk / "out", "-j", "2", temporary=small_disk)
    told = ended(run)
    full = any(words in told for words in ("磁盘满了", "写不进去", "用不了", "中途停了", "出错"))
    assert full or stored(f"sqlite:///{small_disk / 'out' / 'huizong.sqlite'}") == whole[1]
    assert "Excel" not in told
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    finish(folder, small_disk / "out")
    assert (left_behind(small_disk / "out"), stored(f"sqlite:///{small_disk / 'out' / 'huizong.sqlite'}")) == whole
