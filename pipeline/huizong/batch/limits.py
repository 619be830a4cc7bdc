"""How long a file may take and how much memory, and how a worker is bound to it by the system itself."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Callable

from huizong.workload import Workload

NO_MEMORY = "读这个文件要用的内存超过上限，已停止。　请拆分文件或用原软件另存一份；内存充裕的，在设置里调高 memory_mb。"

_MEGABYTES, _PAGES, _PICTURES, _CONVERSIONS = 50, 100, 4, 1 / 1.5
"""So much of each lets a file take twice the time of the setting."""
_LARGEST_FILE_BYTES = 1 << 30
_GRACE_SECONDS = 5.0


def allowed_seconds(timeout_seconds: float, size_bytes: int, work: Workload) -> float:
    """How long a file of this size may take, of which so much work is begun.

    >>> allowed_seconds(120, 0, Workload())
    120.0
    >>> allowed_seconds(120, 5_000_000, Workload(pages=20, pictures=10))
    456.0
    """
    grown = (
        size_bytes / 1e6 / _MEGABYTES
        + work.pages / _PAGES
        + work.pictures / _PICTURES
        + work.conversions / _CONVERSIONS
    )
    return round(timeout_seconds * (1 + grown), 3)


def add(one: Workload, other: Workload) -> Workload:
    """Both together."""
    return Workload(
        pages=one.pages + other.pages,
        pictures=one.pictures + other.pictures,
        conversions=one.conversions + other.conversions,
    )


def bind_memory(memory_mb: int) -> None:
    """Makes the system refuse this process, and what it starts, more memory; and no core files, no endless temporary ones.

    On Linux by RLIMIT_DATA, which counts what is really asked for: RLIMIT_AS would count the address space that allocators
    and threads merely reserve, twice as much with character recognition. Elsewhere `pool` watches alone.
    """
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE_BYTES)
        if sys.platform == "linux":
            _lower(resource.RLIMIT_DATA, memory_mb * 1_000_000)


def _lower(kind: int, limit: int) -> None:
    """Sets both limits, unless a lower one holds already."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(kind)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (limit, limit))


def cpu_clock() -> Callable[[float], None]:
    """Call it with seconds: the system kills this process when it has used so much CPU on each core from now on.

    That ends a worker whose run was killed and which is stuck where Python cannot notice it.
    """
    if sys.platform == "win32":
        return lambda seconds: None
    import resource
    import time

    begun = time.process_time()
    cores = os.cpu_count() or 1

    def bind(seconds: float) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(begun + cores * (seconds + _GRACE_SECONDS))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))

    return bind
