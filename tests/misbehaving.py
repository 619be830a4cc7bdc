"""A worker whose files do what their names say: hang, crash, ask for memory … The rest is read as ever.

Run as a script by `test_pool`; it stands in the place of `huizong.batch.worker`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from huizong.batch.records import FileRow, Outcome
from huizong.batch.worker import serve
from huizong.errors import ModelError
from huizong.settings import Settings
from huizong.workload import announce


def read(path: Path, settings: Settings, password: str | None) -> Outcome:
    """The row of a file that does no harm."""
    name = path.stem
    if name.startswith("turns"):
        while True:
            pass
    if name.startswith("family"):  # a child that outlives its parent, if it is let
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
        path.with_suffix(".pid").write_text(str(child.pid))
        time.sleep(100)
    if name.startswith("long"):  # works for three seconds, telling so
        for _ in range(10):
            announce(pages=100)
            time.sleep(0.3)
    if name.startswith("waits"):
        path.with_suffix(".mark").touch()
        time.sleep(1)
    if name.startswith("chatters"):
        for _ in range(500):
            announce(pages=1)
            time.sleep(0.01)
    if name.startswith("dies"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("once"):  # dies the first time only
        mark = path.with_suffix(".mark")
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hungry"):
        try:
            heap = [bytearray(20_000_000) for _ in range(200)]
        except MemoryError:
            return Outcome(row=FileRow(path=str(path), status="failed", cause="memory", message="内存不够。"))
        return Outcome(row=FileRow(path=str(path), items=len(heap)))
    if name.startswith("grabs"):  # from C, without asking Python
        libc = ctypes.CDLL(None)
        libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
        for _ in range(200):
            libc.memset(libc.malloc(20_000_000), 1, 20_000_000)
    if name.startswith("prints"):
        sys.stdout.write("a parser that talks")
        sys.stdout.flush()
        os.write(1, b"and writes\n")
    if name.startswith("model"):
        raise ModelError("模型坏了。", advice="请重装。")
    return Outcome(row=FileRow(path=str(path), items=os.getpid()), report=b'{"name": "%s"}' % name.encode())


if __name__ == "__main__":
    serve(read)
