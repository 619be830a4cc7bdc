"""What a run wrote into run.json, read back."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from huizong.batch.records import FileRow, Run
from huizong.errors import DamagedDocument
from huizong.store import RUN


def stored_run(out: Path) -> Run:
    """What `run` wrote into `out`. Raises `DamagedDocument` when it cannot be read."""
    path = out / RUN
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        known = {f.name for f in fields(FileRow)}
        files = tuple(FileRow(**{k: v for k, v in row.items() if k in known}) for row in values["files"])
        names = [f.name for f in fields(Run) if f.name != "files" and f.name in values]
        return Run(**{name: values[name] for name in names}, files=files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedDocument(f"“{path}”读不了：{error}。", advice="请重新运行 huizong run。", path=path) from error
