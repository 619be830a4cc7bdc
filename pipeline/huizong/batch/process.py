"""One worker process as the run sees it: started, asked, heard, watched, killed with all that it has started.

Plain pipes and JSON: what comes from a process that parses other people's files is never unpickled. A thread listens to each
worker and puts what it hears into the queue of the pool, which works the same on every system.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from huizong.batch.limits import add, allowed_seconds
from huizong.batch.records import Task
from huizong.workload import Workload

if TYPE_CHECKING:
    import psutil

Heard: TypeAlias = dict[str, Any] | None
"""A message of a worker, its bytes under `content`; `None` when it has ended."""

_TREE_SECONDS = 2.0
_CERTAIN = 1.05
_LONGEST_LINE = 1 << 22
_LARGEST_REPORT = 1 << 30


@dataclass(slots=True, kw_only=True, eq=False)
class WorkerProcess:
    """A worker; `task` and `at` (its index) are set while it reads a file. Not frozen: it stands for something that changes."""

    process: subprocess.Popen[bytes]
    ready: bool = False
    task: Task | None = None
    at: int = -1
    begun: float = 0.0
    work: Workload = field(default_factory=Workload)
    held_bytes: int = 0
    inherited_bytes: int = 0
    watched: float = 0.0

    def ask(self, at: int, task: Task) -> None:
        """Gives it a file to read; a worker that has died meanwhile is noticed by what is heard of it."""
        self.at, self.task, self.work, self.held_bytes = at, task, Workload(), 0
        self.begun = time.monotonic()
        self._tell({"path": str(task.path), "size_bytes": task.size_bytes})

    def tell(self, orders: Mapping[str, Any]) -> None:
        """Gives it its orders: what holds for all files."""
        self._tell(orders)

    def _tell(self, message: Mapping[str, Any]) -> None:
        pipe = self.process.stdin
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.write(json.dumps(message).encode("ascii") + b"\n")
                pipe.flush()

    def add_work(self, work: Workload) -> None:
        """What it has told to have begun."""
        self.work = add(self.work, work)

    def free(self) -> None:
        """It reads no file any more."""
        self.task, self.at = None, -1

    def is_late(self, timeout_seconds: float) -> bool:
        """Whether it has had its file for longer than it may."""
        if self.task is None:
            return False
        allowed = allowed_seconds(timeout_seconds, self.task.size_bytes, self.work)
        return time.monotonic() - self.begun > allowed

    def measure(self) -> int:
        """The bytes of memory that it holds now for itself, its children's included when it has begun a conversion."""
        import psutil

        with contextlib.suppress(psutil.Error):
            me = psutil.Process(self.process.pid)
            held = _own_bytes(me)
            if self.work.conversions and time.monotonic() - self.watched > _TREE_SECONDS:
                self.watched = time.monotonic()
                for child in me.children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        held += _own_bytes(child)
            self.held_bytes = held
        return self.held_bytes

    def kill(self) -> None:
        """Ends it at once with all that it has started, and waits until it is gone."""
        if sys.platform == "win32":
            self._kill_tree()
            with contextlib.suppress(OSError):
                self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self._wait()
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()

    def _wait(self) -> None:
        """Waits for its end; on POSIX the system then says how much memory it had at its worst.

        That counts what this process had when it started the worker (`inherited_bytes`): a worker that stayed below tells nothing.
        """
        if sys.platform != "win32" and self.process.returncode is None:
            with contextlib.suppress(ChildProcessError):
                _, status, usage = os.wait4(self.process.pid, 0)
                self.process.returncode = os.waitstatus_to_exitcode(status)
                peak = _bytes(usage.ru_maxrss)
                if peak > _CERTAIN * self.inherited_bytes:
                    self.held_bytes = max(self.held_bytes, peak)
        self.process.wait()

    def _kill_tree(self) -> None:
        import psutil

        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()


def _own_bytes(process: psutil.Process) -> int:
    """Resident memory without what is mapped from files and shared, where the system tells it apart."""
    memory = process.memory_info()
    return int(memory.rss - getattr(memory, "shared", 0))


def _peak_bytes() -> int:
    """The most memory that this process has held so far; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _bytes(maxrss: int) -> int:
    """`ru_maxrss` in bytes: macOS counts bytes, the others kilobytes."""
    return maxrss if sys.platform == "darwin" else maxrss * 1024


def start(
    program: Sequence[str], scratch: Path, events: queue.SimpleQueue[tuple[WorkerProcess, Heard]]
) -> WorkerProcess:
    """A worker that runs `program` (arguments of Python), with `scratch` as its folder for temporary files.

    It gets a session of its own: Ctrl-C on the terminal reaches the run alone, which then ends its workers. The current folder,
    where reports of strangers may lie, is kept out of where Python looks for modules.
    """
    package = Path(__file__).resolve().parents[2]
    places = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    process = subprocess.Popen(  # noqa: S603 - this Python, a module of our own
        [sys.executable, "-P", *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **folders, "PYTHONPATH": os.pathsep.join(places)},
        start_new_session=True,
    )
    worker = WorkerProcess(process=process, inherited_bytes=_peak_bytes())
    threading.Thread(target=_hear, args=(worker, events), daemon=True).start()
    return worker


def _hear(worker: WorkerProcess, events: queue.SimpleQueue[tuple[WorkerProcess, Heard]]) -> None:
    """Passes on what the worker says; `None` when it has ended or says what makes no sense."""
    pipe = worker.process.stdout
    if pipe is not None:
        with pipe, contextlib.suppress(OSError, ValueError):
            while (message := _message(pipe)) is not None:
                events.put((worker, message))
    events.put((worker, None))


def _message(pipe: BinaryIO | Any) -> Heard:
    line = pipe.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    if not isinstance(message, dict):
        return None
    size = message.pop("bytes", None)
    if size is not None:
        if not 0 <= size <= _LARGEST_REPORT:
            return None
        message["content"] = pipe.read(size)
        if len(message["content"]) != size:
            return None
    return message
