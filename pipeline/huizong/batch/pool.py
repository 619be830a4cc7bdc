"""The files of a run on this machine: a few workers, each kept for many files, killed and replaced when a file goes wrong."""

from __future__ import annotations

import queue
import signal
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from huizong import errors
from huizong.batch.limits import NO_MEMORY
from huizong.batch.process import Heard, WorkerProcess, start
from huizong.batch.records import FileRow, Outcome, Task
from huizong.settings import Settings
from huizong.workload import Workload

WORKER = ("-m", "huizong.batch.worker")
_TICK_SECONDS = 0.1
_MEMORY_SECONDS = 0.25
_PAUSE_SECONDS = 2.0
_START_SECONDS = 300.0
_TRIES = 3
"""A worker may die by what its file does, or by what befalls it; a file is given up with its third worker."""
_STARTS = 3
_WORN = 0.7
"""A worker that holds this share of what it may use, when its file is done, is replaced."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    at: int
    task: Task
    tries: int = 0


class LocalPool:
    """Reads files in `jobs` processes of this machine: an `Execute`.

    Each file has the time and memory of `settings`; a worker that exceeds them is killed with what it has started, and the file's
    row says so. `program` are the arguments of Python that make a worker, `scratch` the folder for its temporary files. The workers
    end with the tasks, or `stay` for the next ones.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        jobs: int,
        scratch: Path,
        password: str | None = None,
        program: Sequence[str] = WORKER,
        stay: bool = False,
    ) -> None:
        self._stay = stay
        self._settings, self._jobs, self._scratch, self._program = settings, jobs, scratch, program
        self._orders = {"settings": asdict(settings), "password": password}
        self._events: queue.SimpleQueue[tuple[WorkerProcess, Heard]] = queue.SimpleQueue()
        self._crew: list[WorkerProcess] = []
        self._tries: dict[int, int] = {}
        self._failed_starts = 0
        self._looked = self._limits_looked = self._memory_looked = time.monotonic()

    def __call__(self, tasks: Sequence[Task]) -> Generator[tuple[int, Outcome]]:
        """The outcomes as they come. Raises `ModelError` or `SettingsError` where all files would fail alike."""
        waiting = deque(_Waiting(at, task) for at, task in enumerate(tasks))
        left = len(waiting)
        self._looked = time.monotonic()
        try:
            while left:
                self._employ(waiting)
                done = self._next(waiting)
                if done is not None:
                    left -= 1
                    self._employ(waiting)  # before the outcome is stored, so that the worker need not wait
                    yield done
        except BaseException:
            self.end()
            raise
        if not self._stay:
            self.end()

    def end(self) -> None:
        """Ends all workers at once."""
        for worker in self._crew:
            worker.kill()
        self._crew.clear()

    def _employ(self, waiting: deque[_Waiting]) -> None:
        """Gives each free worker a file; starts workers while there are files for them."""
        idle = [worker for worker in self._crew if worker.task is None]
        while waiting and (idle or len(self._crew) < self._jobs):
            if not idle:
                idle.append(start(self._program, self._scratch, self._events))
                self._crew.append(idle[-1])
                idle[-1].tell(self._orders)
            worker, file = idle.pop(), waiting.popleft()
            self._tries[file.at] = file.tries + 1
            worker.ask(file.at, file.task)

    def _next(self, waiting: deque[_Waiting]) -> tuple[int, Outcome] | None:
        """What comes of a limit that is reached, or of the next event; `None` when that is no outcome."""
        now, before = time.monotonic(), self._looked
        if now - before > _PAUSE_SECONDS:  # the run itself was stopped, or its disk was: no fault of the files
            for worker in self._crew:
                worker.begun += now - before
        self._looked = now
        if now - self._limits_looked > _TICK_SECONDS:
            self._limits_looked = now
            refused = self._check_limits(waiting)
            if refused is not None:
                return refused
        try:
            worker, message = self._events.get(timeout=_TICK_SECONDS)
        except queue.Empty:
            return None
        if worker not in self._crew:  # killed a moment ago
            return None
        if message is None:
            return self._ended(worker, waiting)
        if "stop" in message:
            raise _stopped(message["stop"])
        if "ready" in message:
            worker.ready, self._failed_starts, worker.begun = True, 0, time.monotonic()
        elif "work" in message:
            worker.add_work(Workload(**message["work"]))
        elif worker.task is not None:
            try:
                outcome = Outcome(row=FileRow(**message["row"]), report=message.get("content"))
            except (KeyError, TypeError):  # a worker that talks nonsense is as good as dead
                return self._ended(worker, waiting)
            return self._done(worker, outcome)
        return None

    def _done(self, worker: WorkerProcess, outcome: Outcome) -> tuple[int, Outcome]:
        at = worker.at
        worker.free()
        if outcome.row.cause in ("memory", "bug") or worker.measure() > _WORN * self._settings.memory_mb * 1e6:
            self._dismiss(worker)
        return at, outcome

    def _dismiss(self, worker: WorkerProcess) -> None:
        self._crew.remove(worker)
        worker.kill()

    def _ended(self, worker: WorkerProcess, waiting: deque[_Waiting]) -> tuple[int, Outcome] | None:
        """A worker has died. Its file is tried again with another one, up to a point."""
        self._dismiss(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise errors.HuizongError(
                    "读文件的进程启动不了。",
                    advice="安装可能不完整，请重新安装 huizong；或在设置里调高 memory_mb。",
                )
        if worker.task is None:
            return None
        if worker.ready and worker.process.returncode == -getattr(signal, "SIGXCPU", 0):
            return worker.at, self._refused(worker, "timeout", self._too_slow(worker))
        if worker.ready and self._ran_out_of_memory(worker):
            return worker.at, self._refused(worker, "memory", NO_MEMORY)
        tries = self._tries[worker.at] if worker.ready else 0
        if tries < _TRIES:
            waiting.appendleft(_Waiting(worker.at, worker.task, tries))
            return None
        message = f"读这个文件时程序崩溃了（试了 {tries} 次；文件可能损坏）。　请用原软件另存一份再试。"
        return worker.at, self._refused(worker, "crash", message)

    def _ran_out_of_memory(self, worker: WorkerProcess) -> bool:
        """Whether a parser has given itself up, as they do when memory is refused, and held a good part of what it may.

        A buffer that grows by doubling is refused when half is held.
        """
        given_up = {-getattr(signal, name, 0) for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS")}
        return worker.process.returncode in given_up and worker.held_bytes > 0.4 * self._settings.memory_mb * 1e6

    def _check_limits(self, waiting: deque[_Waiting]) -> tuple[int, Outcome] | None:
        """Kills the first worker that has had too much time or memory."""
        look = time.monotonic() - self._memory_looked > _MEMORY_SECONDS
        for worker in self._crew:
            if worker.task is None:
                continue
            if not worker.ready:
                if time.monotonic() - worker.begun > _START_SECONDS:
                    return self._ended(worker, waiting)
                continue
            if worker.is_late(self._settings.timeout_seconds):
                return self._kill(worker, "timeout", self._too_slow(worker))
            if look and worker.measure() > self._settings.memory_mb * 1e6:
                return self._kill(worker, "memory", NO_MEMORY)
        if look:
            self._memory_looked = time.monotonic()
        return None

    def _kill(self, worker: WorkerProcess, cause: str, message: str) -> tuple[int, Outcome]:
        self._dismiss(worker)
        return worker.at, self._refused(worker, cause, message)

    def _too_slow(self, worker: WorkerProcess) -> str:
        seconds = time.monotonic() - worker.begun
        pages = f"（已到第 {worker.work.pages} 页）" if worker.work.pages else ""
        return (
            f"读了 {seconds:.0f} 秒还没有读完{pages}，已停止。　"
            f"请用原软件打开，确认正常后另存一份；确是大文件的，加 --timeout {3 * self._settings.timeout_seconds} 再运行。"
        )

    def _refused(self, worker: WorkerProcess, cause: str, message: str) -> Outcome:
        path = "" if worker.task is None else str(worker.task.path)
        seconds = round(time.monotonic() - worker.begun, 3)
        row = FileRow(path=path, status="failed", cause=cause, message=message, seconds=seconds)
        return Outcome(row=replace(row, pages=worker.work.pages or None))


def _stopped(told: dict[str, str]) -> errors.HuizongError:
    """The error that a worker has met which concerns every file."""
    kind = getattr(errors, told["kind"], errors.HuizongError)
    if not (isinstance(kind, type) and issubclass(kind, errors.HuizongError)):
        kind = errors.HuizongError
    return kind(told["message"], advice=told["advice"])
