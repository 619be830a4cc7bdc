"""Where the results of a run lie: one JSON a report in OUT/reports, and OUT/run.json. Written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huizong.errors import DamagedDocument, MissingFile, OutputError
from huizong.report import Report

REPORTS = "reports"
RUN = "run.json"


def to_json(value: Any) -> str:
    """The one way in which huizong writes JSON: the same value, the same text."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def write_text(path: Path, text: str) -> None:
    """Writes `path` by way of a neighbour file, so that it is never half written. Raises `OutputError`."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise OutputError(
            f"“{path}”写不进去：{error.strerror or error}。",
            advice="请换一个输出文件夹，或检查磁盘空间和权限。",
            path=path,
        ) from error


def report_path(out: Path, name: str, taken: set[str]) -> Path:
    """The file for the report called `name`: its own name, with a number when another report of the run has taken it."""
    stem, n = name, 1
    while stem.casefold() in taken:
        n += 1
        stem = f"{name}~{n}"
    taken.add(stem.casefold())
    return out / REPORTS / f"{stem}.json"


def read_reports(out: Path) -> Iterator[Report]:
    """The reports of a run in the order of the run. Raises `MissingFile`, and `DamagedDocument` for a spoilt file."""
    run = out / RUN
    if not run.is_file():
        raise MissingFile(
            f"“{out}”里没有 {RUN}，不是 huizong run 的输出文件夹。", advice="请先运行 huizong run。", path=out
        )
    for row in json.loads(run.read_text(encoding="utf-8"))["files"]:
        if not row.get("result"):
            continue
        path = out / row["result"]
        try:
            yield Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedDocument(
                f"结果文件“{path}”读不了：{error}。", advice="请重新运行 huizong run。", path=path
            ) from error
