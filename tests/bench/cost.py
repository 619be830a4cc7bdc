"""What very many reports cost: `python -m bench.cost` with tests/ on the path, after `python -m bench.batch` has made reports and results.

Measured on this machine, a report at a time: reading it (as a worker does), keeping its result (JSON and journal, synced), storing it
in SQLite, its rows in the tables, and handing a task to dask and back; and of ten thousand invented ones, how much memory the process
that collects holds a report. From these follows, by arithmetic, how long a run over a million reports takes on fifty machines of eight
cores: reading is shared out, all else is done by the one process that collects.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from bench.generate import OUT
from huizong import batch
from huizong.batch.records import FileRow, Outcome, Task
from huizong.batch.worker import read_report
from huizong.cli.output import rewrite_tables
from huizong.cli.storing import store_results
from huizong.settings import Settings

_TASKS = 2000


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measured(reports: int) -> dict[str, float]:
    """Seconds a report for each step."""
    files = sorted((OUT / "many").glob("*.pdf"))[:reports]
    settings = Settings()
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place, out = Path(folder) / "in", Path(folder) / "out"
        place.mkdir()
        for file in files:
            shutil.copy(file, place)
        outcomes: dict[str, Outcome] = {}

        def read_all() -> None:
            for path in sorted(place.iterdir()):
                outcomes[path.name] = read_report(path, settings, None)

        def given(tasks: Sequence[Task]) -> Generator[tuple[int, Outcome]]:
            for at, task in enumerate(tasks):
                yield at, outcomes[task.path.name]

        read_report(files[0], settings, None)  # start-up is not the report's
        spent["reading"] = seconds(read_all)
        spent["keeping"] = seconds(lambda: batch.run([place], out, settings, execute=given))
        spent["storing"] = seconds(lambda: store_results(out, ""))
        spent["tables"] = seconds(lambda: rewrite_tables(out))
    return {name: value / len(files) for name, value in spent.items()}


def peak_bytes(reports: int) -> int:
    """The most memory that this process has held after a run over so many files of a few letters, which nobody reads (on Linux)."""
    with tempfile.TemporaryDirectory() as folder:
        place, out = Path(folder) / "in", Path(folder) / "out"
        for number in range(reports):
            (place / f"{number}").mkdir(parents=True)
            (place / f"{number}" / "年度报告.txt").write_text(f"{number}", encoding="utf-8")

        def given(tasks: Sequence[Task]) -> Generator[tuple[int, Outcome]]:
            for at, task in enumerate(tasks):
                row = FileRow(path=str(task.path), sha256=task.sha256, format="txt", items=1, counts=1)
                yield at, Outcome(row=row, report=b"{}")

        batch.run([place], out, Settings(), execute=given)
    # Not ru_maxrss, in which the memory of whoever started this process counts.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def remembering(reports: int = 10_000) -> float:
    """Bytes that the collecting process holds for each report."""

    def peak(so_many: int) -> int:
        program = f"from bench.cost import peak_bytes; print(peak_bytes({so_many}))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return int(done.stdout)

    return (peak(reports) - peak(reports // 10)) / (reports - reports // 10)


def dispatching() -> float:
    """Seconds for a task to a dask worker and back, of very many that do nothing."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        client.gather(client.map(abs, range(100), pure=False))
        return seconds(lambda: client.gather(client.map(abs, range(_TASKS), pure=False))) / _TASKS


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="What a million reports cost on fifty machines.")
    parser.add_argument("--reports", type=int, default=60, help="reports to measure with")
    parser.add_argument("--of", type=int, default=1_000_000)
    parser.add_argument("--machines", type=int, default=50)
    parser.add_argument("--cores", type=int, default=8, help="cores a machine")
    chosen = parser.parse_args()
    each = measured(chosen.reports) | {"dispatching": dispatching()}
    for name, value in each.items():
        print(f"{name:<12} {value * 1000:8.2f} ms a report")
    cores = chosen.machines * chosen.cores
    total = {name: value * chosen.of for name, value in each.items()}
    reading = total.pop("reading")
    print(
        f"{chosen.of:,} reports: reading {reading / 3600:.0f} CPU hours, {reading / cores / 3600:.2f} h on {cores} cores"
    )
    for name, value in sorted(total.items(), key=lambda pair: -pair[1]):
        print(f"  the one collecting process, {name:<12} {value / 3600:6.2f} h")
    held = remembering()
    print(
        f"  the one collecting process, memory       {held * chosen.of / 1e9:6.1f} GB ({held / 1000:.1f} kB a report)"
    )
    lasts = max(reading / cores, total["keeping"] + total["dispatching"]) + max(total["storing"], total["tables"])
    print(f"in all, storing beside the tables: {lasts / 3600:.2f} h")
    without = max(reading / cores, total["keeping"] + total["dispatching"]) + total["storing"]
    print(f"in all with --no-tables: {without / 3600:.2f} h")
    beyond = each["reading"] / (each["keeping"] + each["dispatching"])
    print(f"cores beyond which the collecting process cannot keep up with reading: {beyond:.0f}")


if __name__ == "__main__":
    main()
