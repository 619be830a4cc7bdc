"""The nouns of a run: what stands in run.json, and what passes between the run, its workers and its store."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file of a run, as it stands in run.json.

    status: ok, cached (read in an earlier run, nothing has changed), failed or skipped (no report). `message` says in Chinese what
    failed and what to do, `cause` in one word (see `huizong.errors`; also memory, crash, bug). `result` is the path of the JSON
    below OUT. `seconds` is what this run spent on it.
    """

    path: str
    sha256: str | None = None
    format: str | None = None
    pages: int | None = None
    status: str = "ok"
    message: str | None = None
    cause: str | None = None
    notices: int = 0
    seconds: float = 0.0
    counts: int = 0
    items: int = 0
    result: str | None = None

    @property
    def is_read(self) -> bool:
        """Whether there is a result."""
        return self.status in ("ok", "cached")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What run.json holds; `settings` with their hash, `model` the hash of the sentence model.

    The paths of the files are as the user gave them. `base` is the folder they start in, seen from OUT: so they are found from
    everywhere, and when OUT and the reports move together. Empty where no way leads from OUT to it (another drive of Windows).
    """

    version: str
    settings: dict[str, object]
    model: str
    started: str
    seconds: float
    files: tuple[FileRow, ...]
    base: str = ""

    def with_status(self, *statuses: str) -> tuple[FileRow, ...]:
        """The rows of these statuses."""
        return tuple(f for f in self.files if f.status in statuses)

    @property
    def read(self) -> tuple[FileRow, ...]:
        """The rows with a result, of this run or an earlier one."""
        return tuple(f for f in self.files if f.is_read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to be read; `size_bytes` 0 and `sha256` `None` where the system does not tell."""

    path: Path
    size_bytes: int = 0
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task: the row, and the JSON of the report where it was read."""

    row: FileRow
    report: bytes | None = None


Execute: TypeAlias = Callable[[Sequence[Task]], Generator[tuple[int, Outcome]]]
"""What carries out tasks: gives the index of each task with its outcome, in any order, each once.

Closing the iterator early ends all work. `pool.LocalPool` is the one for this machine; one for many machines takes its place.
"""
