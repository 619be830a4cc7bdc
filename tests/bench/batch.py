"""How `huizong run` does with many reports: `python -m bench.batch` with tests/ on the path.

Each case is the whole command in a process of its own: one job, two jobs, and two jobs again when nothing has changed. Told are wall
time, CPU and the most memory that the command and its workers have held together. Wall time means something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.generate import OUT, generate
from bench.run import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of the command."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(reports: Path, out: Path, jobs: int) -> Measured:
    """One run of the command over `reports`."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline")}
    command = [sys.executable, "-m", "huizong", "run", str(reports), "-o", str(out), "-j", str(jobs), "-q"]
    before, begun, peak = os.times(), time.perf_counter(), 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            peak = max(peak, _held_mb(run.pid))
            time.sleep(0.05)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall_seconds=time.perf_counter() - begun, cpu_seconds=cpu, peak_mb=peak)


def _held_mb(process: int) -> float:
    held = 0
    try:
        for member in [psutil.Process(process), *psutil.Process(process).children(recursive=True)]:
            held += member.memory_info().rss
    except psutil.Error:
        return 0.0
    return held / 1e6


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="huizong run: one job, two jobs, and again.")
    parser.add_argument("--reports", type=int, default=200)
    chosen = parser.parse_args()
    folder, out = OUT / "many", OUT / "results"
    if len(list(folder.glob("*.pdf"))) != chosen.reports:
        generate(folder, chosen.reports)
        for truth in folder.glob("*.json"):
            truth.unlink()
    cases: dict[str, Measured] = {}
    for name, jobs in (("one job", 1), ("two jobs", 2), ("two jobs, again", 2)):
        if name != "two jobs, again":
            shutil.rmtree(out, ignore_errors=True)
        cases[name] = done = measure(folder, out, jobs)
        rate = chosen.reports / done.wall_seconds
        print(
            f"{name:<16} {done.wall_seconds:8.2f} s {done.cpu_seconds:8.2f} CPU s {rate:8.2f} reports/s {done.peak_mb:6.0f} MB"
        )
    print(f"two jobs ÷ one job: {cases['one job'].wall_seconds / cases['two jobs'].wall_seconds:.2f}")
    print(f"first run ÷ second: {cases['two jobs'].wall_seconds / cases['two jobs, again'].wall_seconds:.0f}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
