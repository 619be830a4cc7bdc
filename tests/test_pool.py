"""Workers that hang, crash or eat memory cost their own file and nothing else, and leave no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from conftest import ROOT
from huizong.batch import LocalPool, Outcome, Task
from huizong.batch.limits import allowed_seconds
from huizong.errors import HuizongError, ModelError
from huizong.settings import Settings
from huizong.workload import Workload

MISBEHAVING = (str(ROOT / "tests" / "misbehaving.py"),)
SETTINGS = Settings(timeout_seconds=1, memory_mb=400)

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def read(
    folder: Path, names: list[str], settings: Settings = SETTINGS, jobs: int = 2, program: tuple[str, ...] = MISBEHAVING
) -> dict[str, Outcome]:
    """The outcome of each file, by its name."""
    pool = LocalPool(settings, jobs=jobs, scratch=folder, program=program)
    tasks = [Task(path=folder / f"{name}.txt") for name in names]
    return {names[at]: outcome for at, outcome in pool(tasks)}


def gone(process: int) -> bool:
    """Whether the process has ended, or will in a moment."""
    for _ in range(100):
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def test_a_worker_is_kept_for_many_files(tmp_path: Path) -> None:
    done = read(tmp_path, [f"good{n}" for n in range(6)], jobs=1)
    assert len({outcome.row.items for outcome in done.values()}) == 1  # its process number
    assert done["good3"].report == b'{"name": "good3"}'


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_hanging_file_is_given_up_and_the_others_go_on(tmp_path: Path, jobs: int) -> None:
    done = read(tmp_path, ["good1", "turns", "good2", "good3"], jobs=jobs)
    assert {name: outcome.row.status for name, outcome in done.items()} == {
        "good1": "ok", "turns": "failed", "good2": "ok", "good3": "ok",
    }  # fmt: skip
    row = done["turns"].row
    assert row.cause == "timeout"
    assert "没有读完" in (row.message or "")
    assert "--timeout 3" in (row.message or "")


@posix
def test_what_a_file_has_started_is_killed_with_it(tmp_path: Path) -> None:
    assert read(tmp_path, ["family"])["family"].row.cause == "timeout"
    assert gone(int((tmp_path / "family.pid").read_text()))


def test_a_long_file_that_gets_on_is_let_finish(tmp_path: Path) -> None:
    assert read(tmp_path, ["long"])["long"].row.status == "ok"


def test_limits_hold_while_another_worker_talks_all_the_time(tmp_path: Path) -> None:
    assert list(read(tmp_path, ["chatters", "turns"])) == ["turns", "chatters"]  # as they are done


@posix
def test_a_stopped_run_does_not_take_its_own_pause_for_the_files(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from huizong.batch import LocalPool, Task; from huizong.settings import Settings\n"
        f"pool = LocalPool(Settings(timeout_seconds=3), jobs=1, scratch=Path({str(tmp_path)!r}), program={MISBEHAVING!r})\n"
        f"print([o.row.status for _, o in pool([Task(path=Path({str(tmp_path)!r}) / 'waits.txt')])])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline")}
    with subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True) as run:
        while not (tmp_path / "waits.mark").exists():
            time.sleep(0.05)
        run.send_signal(signal.SIGSTOP)
        time.sleep(5)
        run.send_signal(signal.SIGCONT)
        printed, _ = run.communicate()
    assert printed == "['ok']\n"


@posix
def test_a_crash_costs_one_file(tmp_path: Path) -> None:
    done = read(tmp_path, ["dies", "good1", "once", "good2"])
    assert [done[name].row.status for name in ("dies", "good1", "once", "good2")] == ["failed", "ok", "ok", "ok"]
    assert done["dies"].row.cause == "crash"
    assert "崩溃" in (done["dies"].row.message or "")


@posix
@pytest.mark.parametrize(("name", "causes"), [("hungry", {"memory"}), ("grabs", {"memory", "crash"})])
def test_memory_is_bounded(tmp_path: Path, name: str, causes: set[str]) -> None:
    done = read(tmp_path, [name, "good"], Settings(timeout_seconds=100, memory_mb=400), jobs=1)
    assert done[name].row.status == "failed"
    assert done[name].row.cause in causes  # what is refused memory in C dies of it
    assert done["good"].row.status == "ok"


def test_what_parsers_print_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, ["prints", "good"], jobs=1)["prints"].row.status == "ok"


def test_what_concerns_all_files_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"模型坏了。　请重装"):
        read(tmp_path, ["good", "model"])


def test_workers_that_cannot_start_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(HuizongError, match="启动不了"):
        read(tmp_path, ["good"], program=("-c", "raise SystemExit(3)"))


def test_no_worker_outlives_an_abandoned_run(tmp_path: Path) -> None:
    before = {child.pid for child in psutil.Process().children()}
    outcomes = LocalPool(SETTINGS, jobs=2, scratch=tmp_path, program=MISBEHAVING)(
        [Task(path=tmp_path / f"good{n}.txt") for n in range(3)]
    )
    next(outcomes)
    started = {child.pid for child in psutil.Process().children()} - before
    outcomes.close()
    assert started
    assert all(gone(process) for process in started)


@posix
@pytest.mark.parametrize("name", ["family", "turns"])
def test_no_worker_outlives_a_killed_run(tmp_path: Path, name: str) -> None:
    program = (
        "import sys; from pathlib import Path; from huizong.batch import LocalPool, Task; from huizong.settings import Settings\n"
        f"pool = LocalPool(Settings(), jobs=1, scratch=Path({str(tmp_path)!r}), program={MISBEHAVING!r})\n"
        f"list(pool([Task(path=Path({str(tmp_path)!r}) / '{name}.txt')]))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline")}
    with subprocess.Popen([sys.executable, "-c", program], env=environment) as run:
        for _ in range(200):
            family = psutil.Process(run.pid).children(recursive=True)
            if len(family) == (2 if name == "family" else 1) and family[0].cpu_times().user > 0.05:
                break
            time.sleep(0.1)
        time.sleep(1)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert family
    assert all(gone(process.pid) for process in family)


def test_time_grows_with_the_file() -> None:
    plain = allowed_seconds(100, 0, Workload())
    assert plain == 100
    assert allowed_seconds(100, 10_000_000, Workload()) > plain
    assert allowed_seconds(100, 0, Workload(pictures=10)) > allowed_seconds(100, 0, Workload(pages=10)) > plain
