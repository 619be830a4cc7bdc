"""Which files a run is about, and what each of them is by its bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_THREADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of the run; `sha256` is `None` for what has no bytes to be hashed (missing, no permission, a pipe, too large)."""

    path: Path
    size_bytes: int = 0
    sha256: str | None = None


def discover(paths: Sequence[Path], out: Path | None = None) -> list[Path]:
    """The files under `paths`, sorted, each once; what lies in `out` is left out.

    A path that is not there stays in the list, and so does a folder that cannot be entered: each is told of by its row.
    """
    left_out = os.path.realpath(out) if out is not None else None
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path, left_out)))
        elif left_out is None or not _lies_in(os.path.realpath(path.parent), left_out):
            found.setdefault(path)
    return list(found)


def _walk(folder: Path, left_out: str | None) -> Iterator[Path]:
    """All files below `folder` in the order of their names, then those of the folders that links lead to, each folder once.

    A link to what holds `folder` is not followed: all that lies beside it would be read.
    """
    seen: set[str] = set()
    top = os.path.realpath(folder)
    links = [folder]
    for start in links:  # grows while it is walked
        if start is not folder and _lies_in(top, os.path.realpath(start)):
            continue
        closed: list[OSError] = []
        for here, folders, files in os.walk(start, onerror=closed.append):
            place = os.path.realpath(here)
            if place in seen or (left_out is not None and _lies_in(place, left_out)):
                folders.clear()
                continue
            seen.add(place)
            shown = sorted(f for f in folders if not f.startswith("."))
            linked = {f for f in shown if (Path(here) / f).is_symlink()}
            folders[:] = [f for f in shown if f not in linked]
            links += (Path(here) / f for f in shown if f in linked)
            yield from (Path(here) / f for f in sorted(files) if not f.startswith("."))
        yield from (Path(error.filename) for error in closed)


def _lies_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


def identify(files: Sequence[Path], max_bytes: int) -> list[Found]:
    """Each file with its size and hash, in the order given; larger ones than `max_bytes` are not hashed."""
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(lambda path: _identify(path, max_bytes), files))


def _identify(path: Path, max_bytes: int) -> Found:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Found(path=path)
        if status.st_size > max_bytes:
            return Found(path=path, size_bytes=status.st_size)
        return Found(path=path, size_bytes=status.st_size, sha256=_hash(path))
    except (OSError, ValueError):
        return Found(path=path)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def holds(path: Path, sha256: str) -> bool:
    """Whether there is a file at `path` with these bytes."""
    try:
        return path.is_file() and _hash(path) == sha256
    except (OSError, ValueError):
        return False
