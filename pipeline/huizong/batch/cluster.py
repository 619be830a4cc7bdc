"""Many machines: the files of a run as tasks of a dask.distributed scheduler that is there already (extra `[cluster]`).

A task is one file. The machine that gets it reads the file by its path where it sees the same bytes there, else asks for them; it
reads in a process of its own with the limits of `pool`, as a run on one machine does. What goes over the wire is texts, numbers and
bytes; dask packs them with pickle, so the scheduler's network must be trusted (or `tls://`, set up in dask's own configuration).
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huizong.batch.circumstances import circumstances
from huizong.batch.discovery import holds
from huizong.batch.pool import LocalPool
from huizong.batch.records import FileRow, Outcome, Task
from huizong.errors import ClusterError, HuizongError
from huizong.settings import Settings

if TYPE_CHECKING:
    from distributed import Client, Future

_START_SECONDS = 30
_TRIES = 2
_WAITING_PER_CORE = 2
"""Tasks given out beyond those being read: enough that no core waits, few enough that bytes do not pile up."""
_AGAIN = "已完成的结果都留着，再运行一次同样的命令会接着做。"
_OTHER, _BYTES = "other", "bytes"


class Cluster:
    """Reads files on the machines of the scheduler at `address` (tcp://, tls://): an `Execute`.

    A machine that is lost in mid-run costs nothing, its files are read elsewhere. Raises `ClusterError` where the scheduler cannot be
    reached, has no machines, is lost, or one of them has another program, model or parser, and so would read otherwise.
    `scratch` is for temporary files of this machine.
    """

    def __init__(self, settings: Settings, address: str, *, scratch: Path, password: str | None = None) -> None:
        self._settings, self._address, self._scratch = settings, address, scratch
        self._orders: dict[str, Any] = {
            "settings": asdict(settings),
            "password": password,
            "reading": circumstances(settings).reading,
        }

    def __call__(self, tasks: Sequence[Task]) -> Generator[tuple[int, Outcome]]:
        """The outcomes as they come."""
        far = [at for at, task in enumerate(tasks) if task.sha256 is not None]
        if far:
            client = _connected(self._address)
            try:
                yield from self._outcomes(client, tasks, far)
            finally:
                client.close(timeout=5)
        # What has no bytes to be sent (missing, locked, too large) only wants its sentence.
        local = LocalPool(self._settings, jobs=1, scratch=self._scratch, password=self._orders["password"])
        left = [at for at, task in enumerate(tasks) if task.sha256 is None]
        for at, outcome in local([tasks[at] for at in left]):
            yield left[at], outcome

    def _outcomes(self, client: Client, tasks: Sequence[Task], far: Sequence[int]) -> Iterator[tuple[int, Outcome]]:
        from distributed import CancelledError, as_completed

        waiting = iter(far)
        running: dict[Future[Any], int] = {}
        done = as_completed(loop=client.loop)

        def give_out(at: int, content: bytes | None = None) -> None:
            task = tasks[at]
            order = self._orders | {"path": str(task.path), "sha256": task.sha256, "content": content}
            future = client.submit(read_here, order, retries=_TRIES, pure=False)
            running[future] = at
            done.add(future)

        cores = sum(client.nthreads().values()) or 1
        for _, at in zip(range(cores * (1 + _WAITING_PER_CORE)), waiting):
            give_out(at)
        try:
            for future in done:
                at = running.pop(future)
                answer = _answer(future)
                if answer.get("why") == _BYTES:
                    give_out(at, tasks[at].path.read_bytes())
                    continue
                if answer.get("why") == _OTHER:
                    raise ClusterError(
                        f"机器 {answer['where']} 上的 huizong 与这里的不同（程序、模型、词表或解析库的版本），读出来会不一样。",
                        advice="请在各台机器上装同样的版本，再运行一次。",
                    )
                following = next(waiting, None)
                if following is not None:
                    give_out(following)
                yield at, Outcome(row=FileRow(**answer["row"]), report=answer["report"])
        except (CancelledError, OSError) as error:
            raise ClusterError(f"与集群 {self._address} 的连接断了。", advice=_AGAIN) from error
        finally:
            if running:
                client.cancel(list(running), force=True)


def read_here(order: dict[str, Any]) -> dict[str, Any]:
    """What a machine of the cluster does: reads the file of `order` and gives back its row and JSON, or `why` it did not."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in order["settings"].items()}
    settings = Settings(**values)
    if _reading(settings) != order["reading"]:
        return {"why": _OTHER, "where": _own_address()}
    with tempfile.TemporaryDirectory(prefix="huizong-") as folder:
        path = Path(order["path"])
        if order["content"] is not None:
            path = Path(folder) / path.name
            path.write_bytes(order["content"])
        elif not holds(path, order["sha256"]):
            return {"why": _BYTES}
        pool = _pool(settings, order["password"])
        ((_, outcome),) = pool([Task(path=path, size_bytes=path.stat().st_size)])
    return {"row": asdict(outcome.row), "report": outcome.report}


_here = threading.local()


def _pool(settings: Settings, password: str | None) -> LocalPool:
    """The pool of this thread, its worker kept from file to file; a new one for other settings."""
    key = (settings.digest(), password)
    if getattr(_here, "key", None) != key:
        if hasattr(_here, "pool"):
            _here.pool.end()
        _here.scratch = tempfile.TemporaryDirectory(prefix="huizong-")
        place = Path(_here.scratch.name)
        _here.key, _here.pool = key, LocalPool(settings, jobs=1, scratch=place, password=password, stay=True)
    pool: LocalPool = _here.pool
    return pool


@cache
def _reading(settings: Settings) -> str | None:
    try:
        return circumstances(settings).reading
    except HuizongError:  # no such model or word list on this machine
        return None


def _own_address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise ClusterError("用多台机器要多装一个包。", advice="请运行：pip install 'huizong[cluster]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told here, in Chinese
    try:
        client = Client(address, timeout=_START_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"连不上集群 {address}。", advice="请检查地址（如 tcp://主机:8786），并确认 dask scheduler 已经启动。"
        ) from error
    try:
        client.wait_for_workers(1, timeout=_START_SECONDS)
    except TimeoutError as error:
        client.close()
        raise ClusterError(
            f"集群 {address} 里没有机器。", advice=f"请在各台机器上启动：dask worker {address}"
        ) from error
    return client


def _answer(future: Future[Any]) -> dict[str, Any]:
    """What the machine gave back; a row that says so, where one machine after the other died with the file."""
    from distributed import KilledWorker

    try:
        answer: dict[str, Any] = future.result()
    except KilledWorker:
        message = "读这个文件的机器接连断开（文件可能损坏，或机器内存不够）。　请用原软件另存一份，或换本机再试。"
        return {"row": asdict(FileRow(path="", status="failed", cause="crash", message=message)), "report": None}
    finally:
        future.release()
    return answer
