"""The process that reads files one after another: `python -m huizong.batch.worker`, started by `pool`.

It writes nothing but what it says on its standard output. One line of JSON each: the first it is told are its orders (settings,
password), each further one a file. It answers `ready`, tells `work` that is begun, and ends each file with the row and the bytes
of the report's JSON behind the line, or with `stop` where all files would fail alike. When its standard input is closed, because
its run has ended or was killed, it ends itself and all that it has started.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from huizong.batch.limits import NO_MEMORY, add, allowed_seconds, bind_memory, cpu_clock
from huizong.batch.records import FileRow, Outcome
from huizong.errors import HuizongError, InputError, UnknownFormat, printable
from huizong.settings import Settings
from huizong.workload import Workload, heard_by

Read: TypeAlias = Callable[[Path, Settings, str | None], Outcome]
_COLLECT = (50_000, 20, 20)
"""Objects made before Python looks for garbage that refers to itself; it looks at 700 of its own accord. A report is a hundred
thousand objects, and hardly one is such."""


def read_report(path: Path, settings: Settings, password: str | None) -> Outcome:
    """The report at `path`, or the row that says why there is none. Raises what concerns every file: settings, model."""
    from huizong.analyze import analyze
    from huizong.store import to_json

    row = FileRow(path=str(path))
    try:
        report = analyze(path, settings, password=password)
        content = (to_json(report.to_dict()) + "\n").encode("utf-8", "backslashreplace")
    except InputError as error:
        status = "skipped" if isinstance(error, UnknownFormat) else "failed"
        return Outcome(row=replace(row, status=status, message=str(error), cause=error.cause))
    except HuizongError:
        raise
    except MemoryError:
        return Outcome(row=replace(row, status="failed", message=NO_MEMORY, cause="memory"))
    except Exception as error:  # a bug met in one file must not cost the others
        told = printable(f"{type(error).__name__}：{error}")[:300]
        message = f"读这个文件时程序出错（{told}）。请把该文件发给维护者；其余文件不受影响。"
        return Outcome(row=replace(row, status="failed", message=message, cause="bug"))
    row = replace(
        row,
        sha256=report.source.sha256,
        format=report.source.format,
        pages=report.source.pages,
        notices=len(report.notices),
        counts=len(report.counts),
        items=len(report.items),
    )
    return Outcome(row=row, report=content)


def serve(read: Read) -> None:
    """Reads files as they are asked for, until standard input is closed."""
    gc.set_threshold(*_COLLECT)
    answers = _private_stdout()
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    orders = asked.get()
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in orders["settings"].items()}
    settings, password = Settings(**values), orders["password"]
    bind_memory(settings.memory_mb)
    _say(answers, {"ready": True})
    while True:
        task = asked.get()
        begun = time.perf_counter()
        try:
            with heard_by(_timekeeper(answers, settings, task["size_bytes"])):
                outcome = read(Path(task["path"]), settings, password)
        except HuizongError as error:
            _say(answers, {"stop": {"kind": type(error).__name__, "message": error.message, "advice": error.advice}})
            continue
        row = replace(outcome.row, seconds=round(time.perf_counter() - begun, 3))
        _say(answers, {"row": asdict(row)}, outcome.report)


def _private_stdout() -> BinaryIO:
    """The pipe to the run; what parsers print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _listen(source: BinaryIO, asked: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Passes on what is asked; at the end ends the process with all that it has started."""
    for line in source:
        asked.put(json.loads(line))
    end_group()
    os._exit(1)


def end_group() -> None:
    """Kills the processes that this one has started, and on POSIX, where it leads a group of its own, itself."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    import psutil

    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()


def _timekeeper(answers: BinaryIO, settings: Settings, size_bytes: int) -> Callable[[Workload], None]:
    """What tells of work that is begun, and has the system allow as much more time as the run does."""
    bind = cpu_clock()
    total = Workload()
    bind(allowed_seconds(settings.timeout_seconds, size_bytes, total))

    def begun(work: Workload) -> None:
        nonlocal total
        total = add(total, work)
        _say(answers, {"work": asdict(work)})
        bind(allowed_seconds(settings.timeout_seconds, size_bytes, total))

    return begun


def _say(answers: BinaryIO, message: dict[str, Any], content: bytes | None = None) -> None:
    """One line, then the bytes that it announces. ASCII: paths may hold stray bytes."""
    if content is not None:
        message = message | {"bytes": len(content)}
    answers.write(json.dumps(message).encode("ascii") + b"\n" + (content or b""))
    answers.flush()


if __name__ == "__main__":
    serve(read_report)
