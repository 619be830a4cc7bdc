"""Start-up: the CPU of whole processes, and which heavy packages they have imported.

The sources are compiled beforehand, as pip does it when it installs: each case runs once before it is timed.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HEAVY = ("pandas", "spacy", "sklearn", "pdfplumber", "numpy", "jieba", "pydantic", "pypdfium2")
FORBIDDEN = ("pandas", "spacy", "sklearn", "pdfplumber")

# Runs the command line in this process, then says on the last line of stderr what is loaded.
_COMMAND = """
import json, sys
from huizong.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps([name for name in {heavy!r} if name in sys.modules]), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A process: median, least and most CPU seconds (user and system) of its runs, and what it imported."""

    name: str
    seconds: float
    least: float
    most: float
    loaded: tuple[str, ...]


def startup(report: Path, rounds: int) -> list[Started]:
    """An empty Python, `import numpy`, `huizong --help`, and `huizong extract` of one small text; interleaved."""
    command = _COMMAND.format(heavy=HEAVY)
    cases: dict[str, list[str]] = {
        "python -c 0": ["-c", "0"],
        "import numpy": ["-c", "import numpy"],
        "huizong --help": ["-c", command, "--help"],
        "huizong extract small.txt": ["-c", command, "extract", str(report)],
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    loaded: dict[str, tuple[str, ...]] = dict.fromkeys(cases, ())
    with tempfile.TemporaryDirectory() as compiled:
        for timed in (False, *([True] * rounds)):
            for name, arguments in cases.items():
                seconds, errors = _cpu([sys.executable, *arguments], compiled)
                if timed:
                    times[name].append(seconds)
                if errors:
                    loaded[name] = tuple(json.loads(errors.splitlines()[-1]))
    return [
        Started(name=name, seconds=median(spent), least=min(spent), most=max(spent), loaded=loaded[name])
        for name, spent in times.items()
    ]


def _cpu(command: list[str], compiled: str) -> tuple[float, str]:
    """CPU seconds of a finished child, and its stderr. Compiled sources lie in the folder `compiled`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"COLUMNS": "100", "PYTHONPYCACHEPREFIX": compiled}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr
