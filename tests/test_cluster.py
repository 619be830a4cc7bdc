"""Many machines: a scheduler and workers of dask on loopback, one of them killed in mid-run; the results are those of one machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from conftest import ROOT
from huizong import batch
from huizong.batch import FileRow
from huizong.errors import ClusterError
from huizong.settings import Settings

pytest.importorskip("distributed")
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(ROOT / "pipeline"), str(ROOT / "tests"))),
    "PYTHONWARNINGS": "ignore",
}


@contextmanager
def program(*arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=_ENVIRONMENT | more) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(words, line)
        if found:
            return found[0]
    raise AssertionError(f"{words!r} was never said")


@contextmanager
def cluster(workers: int, **more: str) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler and its worker processes."""
    with ExitStack() as stack:
        scheduler = stack.enter_context(
            program("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        )
        address = heard(scheduler, r"tcp://127\.0\.0\.1:\d+")
        crew = []
        for _ in range(workers):
            options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
            crew.append(stack.enter_context(program("dask_worker", address, *options, **more)))
        for worker in crew:
            heard(worker, "Registered to")
        yield address, crew


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reports")
    for number in range(4):
        for path in sorted((ROOT / "corpus" / "series").glob("*.txt")):
            shutil.copy(path, place / f"{number}-{path.name}")
    for path in (ROOT / "corpus" / "samples").glob("*.pdf"):
        shutil.copy(path, place)
    (place / "坏的.pdf").write_bytes(b"%PDF-1.4 nothing more")
    return place


def results(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "reports").glob("*.json"))}


def told(rows: tuple[FileRow, ...]) -> list[tuple[str, str, str | None]]:
    return [(Path(row.path).name, row.status, row.message) for row in rows]


@pytest.fixture(scope="module")
def here(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], list[tuple[str, str, str | None]]]:
    out = tmp_path_factory.mktemp("here")
    record = batch.run([folder], out, Settings(), jobs=2)
    return results(out), told(record.files)


def test_a_machine_lost_in_mid_run_costs_nothing(
    folder: Path, tmp_path: Path, here: tuple[dict[str, bytes], list[tuple[str, str, str | None]]]
) -> None:
    with cluster(2) as (address, crew):
        done: list[str] = []

        def finished(row: FileRow) -> None:
            done.append(row.path)
            if len(done) == 3:
                crew[0].kill()

        record = batch.run([folder], tmp_path / "out", Settings(), cluster=address, finished=finished)
        assert crew[0].poll() is not None
        assert crew[1].poll() is None
    assert len(done) == len(record.files)
    assert (results(tmp_path / "out"), told(record.files)) == here


def test_machines_that_do_not_see_the_files_are_sent_them(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    here: tuple[dict[str, bytes], list[tuple[str, str, str | None]]],
) -> None:
    monkeypatch.chdir(folder.parent)
    with cluster(1) as (address, _):  # started elsewhere: relative paths lead nowhere there
        monkeypatch.chdir(folder)
        record = batch.run([Path()], tmp_path / "out", Settings(), cluster=address)
    assert (results(tmp_path / "out"), told(record.files)) == here


def test_a_machine_with_another_program_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "huizong"
    shutil.copytree(ROOT / "pipeline" / "huizong", other)
    shutil.copytree(ROOT / "models", other.parents[1] / "models")
    (other / "errors.py").write_text(
        (other / "errors.py").read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8"
    )
    with (
        cluster(1, PYTHONPATH=str(other.parent)) as (address, _),
        pytest.raises(ClusterError, match=r"127\.0\.0\.1.*不同"),
    ):
        batch.run([folder], tmp_path / "out", Settings(), cluster=address)


def test_no_scheduler_and_no_machines_are_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huizong.batch.cluster._START_SECONDS", 2)
    with pytest.raises(ClusterError, match="连不上"):
        batch.run([folder], tmp_path / "out", Settings(), cluster="tcp://127.0.0.1:9")
    with cluster(0) as (address, _), pytest.raises(ClusterError, match="没有机器"):
        batch.run([folder], tmp_path / "out", Settings(), cluster=address)


def test_what_is_done_is_kept_when_the_scheduler_is_lost(folder: Path, tmp_path: Path) -> None:
    kept: list[str] = []
    killed: list[Callable[[], None]] = []

    def finished(row: FileRow) -> None:
        kept.append(row.path)
        if len(kept) == 3:
            killed.pop()()

    begun = time.monotonic()
    with ExitStack() as stack:
        scheduler = stack.enter_context(
            program("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        )
        address = heard(scheduler, r"tcp://127\.0\.0\.1:\d+")
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        worker = stack.enter_context(program("dask_worker", address, *options))
        heard(worker, "Registered to")
        killed.append(scheduler.kill)
        with pytest.raises(ClusterError, match="断了"):
            batch.run([folder], tmp_path / "out", Settings(), cluster=address, finished=finished)
    assert time.monotonic() - begun < 120
    assert len(results(tmp_path / "out")) >= 2
