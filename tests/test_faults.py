"""Runs and workers killed at any moment, a disk that fills: after the last run everything is as if nothing had happened.

`FAULTS=20 pytest tests/test_faults.py` kills twenty runs and fifty workers; by itself the suite kills fewer.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from faulty_runs import RUNS, WORKERS, finish, left_behind, reports, start, stored

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9, and limits on the size of files")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports(tmp_path_factory.mktemp("报告"))


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], float]:
    """What a run without trouble leaves behind, and how long it takes."""
    out = tmp_path_factory.mktemp("结果")
    begun = time.monotonic()
    finish(folder, out)
    return left_behind(out), time.monotonic() - begun


def test_runs_that_are_killed(folder: Path, undisturbed: tuple[dict[str, object], float], tmp_path: Path) -> None:
    expected, seconds = undisturbed
    chance = random.Random(7)  # noqa: S311
    lines = []
    for _ in range(RUNS):
        run = start("run", folder, "-o", tmp_path, "-j", "2")
        time.sleep(chance.uniform(0.2, 1.1) * seconds / 2)
        family = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
        run.kill()
        run.communicate()
        journal = tmp_path / ".huizong" / "journal.jsonl"
        lines.append(len(journal.read_bytes().splitlines()) if journal.exists() else 0)
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive
    assert lines == sorted(lines)  # nothing that was done is lost
    finish(folder, tmp_path)
    assert left_behind(tmp_path) == expected
    database = stored(f"sqlite:///{tmp_path}/huizong.sqlite")
    assert "沿用" in finish(folder, tmp_path, "--store", f"sqlite:///{tmp_path}/anew.sqlite")
    assert left_behind(tmp_path) == expected
    assert stored(f"sqlite:///{tmp_path}/anew.sqlite") == database


def test_workers_that_are_killed(folder: Path, undisturbed: tuple[dict[str, object], float], tmp_path: Path) -> None:
    expected, seconds = undisturbed
    chance = random.Random(8)  # noqa: S311
    killed = 0
    for _ in range(4 * WORKERS):
        run = start("run", folder, "-o", tmp_path, "-j", "2", "--again")
        while run.poll() is None and killed < WORKERS:
            time.sleep(chance.uniform(0.1, 0.5) * seconds / 4)
            try:
                workers = psutil.Process(run.pid).children()
                chance.choice(workers).kill()
            except (psutil.Error, IndexError):
                continue
            killed += 1
        _, told = run.communicate()
        assert "Traceback" not in told
        if killed == WORKERS:
            break
    assert killed == WORKERS
    finish(folder, tmp_path)
    assert left_behind(tmp_path) == expected


def test_a_disk_that_fills(folder: Path, undisturbed: tuple[dict[str, object], float], tmp_path: Path) -> None:
    expected, _ = undisturbed
    largest = max(len(content) for content in expected.values() if isinstance(content, bytes))
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest - 1}, {largest - 1}))"
    run = start("run", folder, "-o", tmp_path, "-j", "2", before=limit)
    _, told = run.communicate()
    assert run.returncode == 1
    assert "磁盘满了" in told
    assert "接着做" in told
    assert "Traceback" not in told
    finish(folder, tmp_path)
    assert left_behind(tmp_path) == expected


@pytest.mark.parametrize("kind", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_interrupting_ends_at_once_and_keeps_what_is_done(
    folder: Path, undisturbed: tuple[dict[str, object], float], tmp_path: Path, kind: str
) -> None:
    expected, _ = undisturbed
    # Who is started in the background, or by nohup, inherits that these are ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler), signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        run = start("run", folder, "-o", tmp_path, "-j", "2")
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGHUP, before[1])
    journal = tmp_path / ".huizong" / "journal.jsonl"
    while not journal.exists() and run.poll() is None:
        time.sleep(0.02)
    family = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(getattr(signal, kind))
    _, told = run.communicate()
    assert run.returncode == 130, told
    assert "已中断" in told
    assert "Traceback" not in told
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    finish(folder, tmp_path)
    assert left_behind(tmp_path) == expected


def test_an_interrupt_in_the_middle_of_a_line_of_progress_is_told(folder: Path, tmp_path: Path) -> None:
    """Rich's console, left between two steps of its own, holds back whatever it is given after."""
    before = """
from rich.console import Console
def interrupted(console):
    raise KeyboardInterrupt
Console._exit_buffer = interrupted
"""
    run = start("run", folder, "-o", tmp_path, "-j", "1", before=before)
    _, told = run.communicate()
    assert run.returncode == 130
    assert "已中断" in told


def test_two_runs_into_one_folder(folder: Path, tmp_path: Path) -> None:
    first = start("run", folder, "-o", tmp_path, "-j", "1")
    while not (tmp_path / ".huizong" / "journal.jsonl").exists() and first.poll() is None:
        time.sleep(0.02)
    second = start("run", folder, "-o", tmp_path)
    _, told = second.communicate()
    assert second.returncode == 1
    assert "正被另一个 huizong run 使用" in told
    first.communicate()
    assert first.returncode == 1
