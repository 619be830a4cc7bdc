"""Whether the tables of a run need to be written again: not when nothing has changed that they are made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from huizong.batch.circumstances import code_digest
from huizong.batch.folder import HIDDEN
from huizong.batch.records import Run
from huizong.store import RUN, write_text

_STAMP = "outputs.json"
DATABASE = "huizong.sqlite"
"""The database that a run fills in OUT, with its neighbours (-wal, -shm): made from the results, as the tables are."""


class Outputs:
    """The files `names` in OUT that are made from the results of `record`.

    `depends` is all else that goes into them: what they are asked to show, and how. Any other file that lies in OUT counts, too:
    decisions of a reviewer, for one.
    """

    def __init__(
        self, out: Path, names: Sequence[str], record: Run, depends: Mapping[str, object] | None = None
    ) -> None:
        self._out, self._names = out, names
        rows = [(r.path, r.sha256, r.is_read, r.status == "skipped", r.message, r.result) for r in record.files]
        self._made_of = [rows, record.settings, record.model, code_digest(), dict(depends or {})]

    def are_current(self) -> bool:
        """Whether they all lie in OUT, made from what would go into them now."""
        if not all((self._out / name).is_file() for name in self._names):
            return False
        try:
            return (self._out / HIDDEN / _STAMP).read_text(encoding="utf-8") == self._stamp()
        except OSError:
            return False

    def written(self) -> None:
        """To be called when they are written. Raises `OutputError`."""
        write_text(self._out / HIDDEN / _STAMP, self._stamp())

    def _stamp(self) -> str:
        content = json.dumps([self._made_of, self._beside()], default=str)
        return hashlib.sha256(content.encode()).hexdigest() + "\n"

    def _beside(self) -> list[tuple[str, int, int]]:
        """Name, size and time of the files in OUT that the run has not made."""
        own = {RUN, *self._names}
        found = []
        for path in sorted(self._out.iterdir()):
            mine = path.name in own or path.name.startswith(("~$", DATABASE))
            if path.is_file() and not mine:
                status = path.stat()
                found.append((path.name, status.st_size, status.st_mtime_ns))
        return found
