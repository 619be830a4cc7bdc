"""What is measured: each case is a function of one file; a child process warms it up, then times it file by file.

A child is `python -m bench.work CASE OPTIONS`, its files one a line on standard input. It prints JSON: CPU seconds (user and
system, all threads) of each file, and the peak memory. Start-up is out: imports, dictionaries, models and lazily compiled
patterns are loaded by a pass over the warm-up file (the first one) before the clock runs.
"""

from __future__ import annotations

import argparse
import inspect
import io
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Case: TypeAlias = Callable[[Path], object]


def raw(path: Path) -> object:
    """The text of each page, once, by pdfium alone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    characters = 0
    for page in document:
        text = page.get_textpage()
        characters += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return characters


def plumber_text(path: Path) -> object:
    """The text of each page by pdfplumber, for orientation."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text() or "") for page in document.pages)


def naive_script(path: Path) -> object:
    """The naive script on one file, its workbook included."""
    from bench import naive

    with tempfile.TemporaryDirectory() as folder:
        return naive.run([path], Path(folder) / "out.xlsx")


def huizong_cases(engine: str | None) -> dict[str, Case]:
    """The cases of huizong; `engine` is passed on where the loader takes one."""
    from huizong.analyze import analyze_raw
    from huizong.cleaning import clean
    from huizong.loading import load
    from huizong.settings import Settings

    options: dict[str, Any] = {"engine": engine} if engine and "engine" in inspect.signature(load).parameters else {}

    return {
        "load": lambda path: load(path, **options),
        "load+clean": lambda path: clean(load(path, **options)),
        "line": lambda path: analyze_raw(load(path, **options), Settings()),
        "run": lambda path: run_command([path]),
    }


def run_command(paths: list[Path]) -> object:
    """`huizong run FILES -o OUT -j 1` in this process: JSON, run.json, workbook."""
    from contextlib import redirect_stderr, redirect_stdout

    from huizong.cli import app

    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return app(["run", *map(str, paths), "-o", folder, "-j", "1"], standalone_mode=False)


def peak_mb() -> float:
    """The most memory this process has held, in 10^6 bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent held when this process was started
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(held.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def cpu_seconds() -> float:
    """User and system time of this process and of the workers that it has had."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(case: Case, paths: list[Path]) -> dict[str, Any]:
    """CPU seconds of each file after a warm-up on the first, and peak memory after 1, 10 and all files."""
    case(paths[0])
    seconds, peaks = [], {}
    for number, path in enumerate(paths, start=1):
        before = cpu_seconds()
        case(path)
        seconds.append(cpu_seconds() - before)
        if number in (1, 10, len(paths)):
            peaks[str(number)] = round(peak_mb(), 1)
    return {"seconds": seconds, "peaks": peaks}


def main() -> None:
    """The child process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case")
    parser.add_argument("--engine")
    chosen = parser.parse_args()
    paths = [Path(line) for line in sys.stdin.read().splitlines() if line]
    if chosen.case == "run all":  # the command once over all files: what is done once for all of them is shared
        run_command(paths[:1])
        before = cpu_seconds()
        run_command(paths)
        seconds = cpu_seconds() - before
        found: dict[str, Any] = {"seconds": [seconds], "peaks": {str(len(paths)): round(peak_mb(), 1)}}
    else:
        plain = {"raw": raw, "pdfplumber text": plumber_text, "naive": naive_script}
        case = plain.get(chosen.case) or huizong_cases(chosen.engine)[chosen.case]
        found = measure(case, paths)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
