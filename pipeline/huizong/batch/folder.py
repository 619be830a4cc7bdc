"""OUT, as the place where a run keeps what it has: one run at a time, results whole, a journal of what is done."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from huizong.batch.circumstances import Circumstances
from huizong.batch.discovery import Found
from huizong.batch.journal import Entry, Journal, is_inside
from huizong.batch.records import FileRow, Outcome, Run
from huizong.errors import FolderInUse, OutputError
from huizong.store import REPORTS, RUN, cannot_write, report_path, to_json, write_bytes, write_text

HIDDEN = ".huizong"
_LOCK, _JOURNAL = "lock", "journal.jsonl"
_NOT_KEPT = frozenset({"crash", "encrypted", "bug"})
"""Failures that may be gone next time: what killed the worker may have come from outside, a password may be given, a bug depends on
what the machine happens to have."""


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Holds OUT for one run; within one process, blocks may lie in each other. A run that is killed leaves no lock behind.

    Raises `FolderInUse` when another run holds it, `OutputError` when the folder cannot be written.
    """
    import filelock

    try:
        (out / HIDDEN).mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(out / HIDDEN / _LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except filelock.Timeout as error:
        raise FolderInUse(
            f"“{out}”正被另一个 huizong run 使用。", advice="请等它结束，或换一个输出文件夹。", path=out
        ) from error
    except OSError as error:
        raise cannot_write(out, error) from error
    except NotImplementedError as error:
        raise OutputError(
            f"“{out}”所在的磁盘不支持文件锁。", advice="请把输出文件夹放在本机磁盘上。", path=out
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def scratch(out: Path) -> Iterator[Path]:
    """A folder for the temporary files of the workers of a run into `out`.

    Its name follows from `out`, so that what a killed run has left in it is cleared away by the next. Must be locked.
    """
    name = f"huizong-{hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:16]}"
    place = Path(tempfile.gettempdir()) / name
    try:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
    except OSError:  # of another user, or not to be emptied
        place = Path(tempfile.mkdtemp(prefix="huizong-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    part: Path
    target: Path


class ResultFolder:
    """The results of a run in OUT: recalls what is done, keeps what is new, ends with run.json. OUT must be locked.

    The run knows no more of its store than these methods: another one (a database) takes its place.
    """

    def __init__(self, out: Path, files: Sequence[Found], current: Circumstances, *, again: bool = False) -> None:
        self._out, self._files, self._current = out, files, current
        taken: dict[str, int] = {}
        self._targets = [report_path(out, f.path.stem or f.path.name, taken) for f in files]
        _clear(out)
        self._journal = Journal(out / HIDDEN / _JOURNAL)
        if again:
            self._journal.forget()

    def recall(self) -> dict[int, FileRow]:
        """The rows of the files that need not be read, by their index: same bytes, same name, same circumstances.

        A result that lies under another name than the files of this run give it is moved.
        """
        rows: dict[int, FileRow] = {}
        moves: list[_Move] = []
        for at, file in enumerate(self._files):
            entry = self._journal.find(file.sha256, file.path.name) if file.sha256 else None
            if entry is not None and self._holds(entry) and self._is_in_place(entry, self._targets[at], moves):
                rows[at] = self._recalled(entry, at)
        for move in moves:
            _replace(move.part, move.target)
        return rows

    def _holds(self, entry: Entry) -> bool:
        """Whether the entry's circumstances are those of now."""
        if entry.reading != self._current.reading:
            return False
        return entry.row.is_read or entry.limits == self._current.limits

    def _is_in_place(self, entry: Entry, target: Path, moves: list[_Move]) -> bool:
        """Whether the entry's result lies whole at `target`, or will when `moves` are made."""
        if entry.report_sha256 is None:
            return not entry.row.is_read
        if _digest(target) == entry.report_sha256:
            return True
        source = self._out / entry.row.result if entry.row.result and is_inside(entry.row.result) else target
        if source == target or _digest(source) != entry.report_sha256:
            return False
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            shutil.copyfile(source, part)
        except OSError as error:
            raise cannot_write(target, error) from error
        moves.append(_Move(part=part, target=target))
        return True

    def _recalled(self, entry: Entry, at: int) -> FileRow:
        row = replace(entry.row, path=str(self._files[at].path))
        if row.is_read:
            row = replace(row, result=self._name(at))
            if row.result != entry.row.result:
                self._journal.add(replace(entry, row=row))
        if not entry.earlier:
            return row
        return replace(row, seconds=0.0, status="cached" if row.is_read else row.status)

    def keep(self, at: int, outcome: Outcome) -> FileRow:
        """Stores the outcome of file number `at`, and gives its row as run.json has it. Raises `OutputError`."""
        file, row = self._files[at], replace(outcome.row, path=str(self._files[at].path))
        row = replace(row, sha256=row.sha256 or file.sha256)
        digest = None
        if outcome.report is not None:
            write_bytes(self._targets[at], outcome.report)
            row = replace(row, result=self._name(at))
            digest = hashlib.sha256(outcome.report).hexdigest()
        if row.sha256 and row.cause not in _NOT_KEPT:
            now = self._current
            self._journal.add(
                Entry(
                    sha256=row.sha256,
                    name=file.path.name,
                    reading=now.reading,
                    limits=now.limits,
                    row=row,
                    report_sha256=digest,
                )
            )
        return row

    def _name(self, at: int) -> str:
        return self._targets[at].relative_to(self._out).as_posix()

    def finish(self, record: Run) -> None:
        """Writes run.json, takes away the results of files that have another name now, and closes the journal."""
        write_text(self._out / RUN, to_json(asdict(record)) + "\n")
        results = {row.result for row in record.files}
        here = {row.sha256 for row in record.files}
        named = {(f.sha256, f.path.name) for f in self._files}

        def renamed(entry: Entry) -> bool:
            return entry.sha256 in here and (entry.sha256, entry.name) not in named

        for entry in self._journal:
            result = entry.row.result
            if renamed(entry) and result not in results and is_inside(result) and entry.report_sha256:
                path = self._out / (result or "")
                if _digest(path) == entry.report_sha256:
                    path.unlink(missing_ok=True)
        self._journal.complete(keep=lambda entry: not renamed(entry))


def _clear(out: Path) -> None:
    """Takes away what killed runs have left half written."""
    for folder in (out, out / REPORTS, out / HIDDEN):
        for part in folder.glob(".*.part"):
            with contextlib.suppress(OSError):
                part.unlink()


def _replace(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except OSError as error:
        raise cannot_write(target, error) from error


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
