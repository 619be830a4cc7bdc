"""The command line: parse, call one function, print, exit. Results go to stdout, progress and messages to stderr."""

from __future__ import annotations

import gc
import signal
import sys

import typer

from huizong.cli import runs, reading, layouts, comparing, filling, applying, models  # isort: skip  # their commands join in this order
from huizong.cli.app import app
from huizong.cli.language import UsageError, usage_error
from huizong.cli.output import stderr

__all__ = ["app", "applying", "comparing", "filling", "layouts", "main", "models", "reading", "runs"]

_COLLECT = (20_000, 20, 20)
"""Python's own threshold of 700 objects has it look through all modules again and again while they are imported."""


def main() -> None:
    """The console script: Chinese usage errors, UTF-8 whatever the console's code page."""
    gc.set_threshold(*_COLLECT)
    for name in (
        "SIGTERM",
        "SIGHUP",
    ):  # stopped by the system, the terminal closed: as by Ctrl-C, unless nohup says otherwise
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False, prog_name="huizong")
    except UsageError as error:
        stderr().print(f"✗ {usage_error(error)}", markup=False, style="red")
        code = 2
    except typer.Abort:
        stderr().print("已中断。")
        code = 130
    sys.exit(code if isinstance(code, int) else 0)
