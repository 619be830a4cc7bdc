"""What was read, a line a file, written as it is done: what a killed run has done is not done again.

OUT/.huizong/journal.jsonl is only ever appended to while files are read. A line that was cut off by a kill or a full disk is passed
over. Each line names its result with the hash of its bytes, so that a result is believed only if it lies there whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from huizong.batch.records import FileRow
from huizong.store import cannot_write, write_bytes

_ROW = frozenset(f.name for f in fields(FileRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file that is done: by its bytes and name, read under these circumstances; `report_sha256` hashes the result's bytes.

    `earlier` says that a run that came to its end knew it: it stands before the last mark of the journal.
    """

    sha256: str
    name: str
    reading: str
    limits: str
    row: FileRow
    report_sha256: str | None = None
    earlier: bool = False


class Journal:
    """The entries by hash and name, the last one of each; `add` appends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[tuple[str, str], Entry] = {}
        self._whole = True
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise cannot_write(path, error) from error
        self._whole = not content or content.endswith(b"\n")
        for line in content.splitlines():
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            values = json.loads(line)
            if values.get("complete"):
                self._entries = {key: replace(e, earlier=True) for key, e in self._entries.items()}
                return
            entry = _entry(values)
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # cut off, or of another version: read again
        self._entries[entry.sha256, entry.name] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def find(self, sha256: str, name: str) -> Entry | None:
        """The last entry of the file with these bytes and this name."""
        return self._entries.get((sha256, name))

    def add(self, entry: Entry) -> None:
        """Appends the entry. Raises `OutputError`."""
        self._entries[entry.sha256, entry.name] = entry
        self._append(_line(entry))

    def _append(self, line: bytes) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write((b"" if self._whole else b"\n") + line)
        except OSError as error:
            self._whole = False
            raise cannot_write(self._path, error) from error
        self._whole = True

    def complete(self, keep: Callable[[Entry], bool]) -> None:
        """Marks that a run has come to its end, and drops the entries that need not be kept. Raises `OutputError`."""
        self._entries = {key: replace(e, earlier=True) for key, e in self._entries.items() if keep(e)}
        write_bytes(self._path, b"".join(map(_line, self)) + _MARK)
        self._whole = True

    def forget(self) -> None:
        """Drops all entries. Raises `OutputError`."""
        self._entries = {}
        if self._path.exists():
            write_bytes(self._path, b"")


_MARK = b'{"complete": true}\n'


def _line(entry: Entry) -> bytes:
    values = asdict(entry)
    del values["earlier"]
    return json.dumps(values).encode("ascii") + b"\n"


def _entry(values: dict[str, Any]) -> Entry:
    row = FileRow(**{key: value for key, value in values["row"].items() if key in _ROW})
    return Entry(**{**values, "row": row})


def is_inside(name: str | None) -> bool:
    """Whether a result's name leads to a file below OUT, and not out of it."""
    return name is not None and not Path(name).is_absolute() and ".." not in Path(name).parts
