"""How `huizong run` does with many reports: `python -m bench.batch` with tests/ on the path.

Each case is the whole command in a process of its own: one job, two jobs, and two jobs again when nothing has changed. Told are wall
time, CPU and the most memory that the command and its workers have held together, in the first and in the last half of the time: where
memory is flat they are the same. Then all results are stored once more into a new database, in a process that does nothing else, and
its CPU is told as a share of that of the whole run. Wall time means something on a quiet machine only.

Of a thousand reports two hundred are set one by one, the rest are copies without one page each (`generate.multiply`): other bytes,
other text. They lie in tests/bench/out/many until another number of them is asked for.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.generate import OUT, generate, multiply
from bench.run import ROOT
from huizong.batch.folder import HIDDEN
from huizong.batch.outputs import DATABASE

_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One process; `early_mb` and `late_mb` are the most that it and its workers held in the halves of its time."""

    wall_seconds: float
    cpu_seconds: float
    early_mb: float
    late_mb: float


def measure(arguments: Sequence[str | Path]) -> Measured:
    """One run of a module of the program."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline")}
    command = [sys.executable, "-m", *map(str, arguments)]
    before, begun, held = os.times(), time.perf_counter(), [0.0]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            held.append(_held_mb(run.pid))
            time.sleep(_LOOK_SECONDS)
        if run.returncode:
            raise SystemExit(f"{command} ended with {run.returncode}")
    after, wall, half = os.times(), time.perf_counter() - begun, (len(held) + 1) // 2
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    early, late = max(held[:half]), max(held[half:], default=0.0)
    return Measured(wall_seconds=wall, cpu_seconds=cpu, early_mb=early, late_mb=late)


def _held_mb(process: int) -> float:
    held = 0
    try:
        for member in [psutil.Process(process), *psutil.Process(process).children(recursive=True)]:
            held += member.memory_info().rss
    except psutil.Error:
        return 0.0
    return held / 1e6


def prepared(folder: Path, reports: int, distinct: int) -> int:
    """Sees to it that `folder` holds the reports; the number of their pages."""
    made_of = folder.with_suffix(".txt")
    wanted = f"{reports} reports, {distinct} of them set one by one, pages: "
    told = made_of.read_text(encoding="utf-8") if made_of.is_file() else ""
    if not told.startswith(wanted) or len(list(folder.glob("*.pdf"))) != reports:
        begun = time.perf_counter()
        generate(folder, distinct)
        for truth in folder.glob("*.json"):
            truth.unlink()
        told = f"{wanted}{multiply(folder, reports)}"
        made_of.write_text(told, encoding="utf-8")
        print(f"made in {time.perf_counter() - begun:.0f} s: {told}")
    return int(told.rpartition(" ")[2])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="huizong run: one job, two jobs, and again.")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument(
        "--distinct", type=int, default=200, help="reports that are set one by one; the rest are their copies"
    )
    chosen = parser.parse_args()
    folder, out = OUT / "many", OUT / "results"
    pages = prepared(folder, chosen.reports, min(chosen.distinct, chosen.reports))
    print(
        f"{chosen.reports} reports, {pages} pages; load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    cases: dict[str, Measured] = {}

    def case(name: str, *arguments: str | Path) -> None:
        cases[name] = done = measure(arguments)
        rate = chosen.reports / done.wall_seconds
        print(
            f"{name:<16} {done.wall_seconds:8.2f} s {done.cpu_seconds:8.2f} CPU s {rate:8.2f} reports/s"
            f" {done.early_mb:6.0f} MB, then {done.late_mb:.0f}",
            flush=True,
        )

    for name, jobs in (("one job", "1"), ("two jobs", "2"), ("two jobs, again", "2")):
        if name != "two jobs, again":
            shutil.rmtree(out, ignore_errors=True)
        case(name, "huizong", "run", folder, "-o", out, "-j", jobs, "-q")
    for database in (*out.glob(f"{DATABASE}*"), out / HIDDEN / "database"):
        database.unlink()
    case("storing alone", "huizong.cli.database_of_run", out)
    print(f"two jobs ÷ one job: {cases['one job'].wall_seconds / cases['two jobs'].wall_seconds:.2f}")
    print(f"first run ÷ second: {cases['two jobs'].wall_seconds / cases['two jobs, again'].wall_seconds:.0f}")
    share = cases["storing alone"].cpu_seconds / cases["two jobs"].cpu_seconds
    print(f"storing ÷ the whole run: {share:.1%} of its CPU")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
