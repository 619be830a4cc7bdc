"""Where the results of a run lie: one JSON a report in OUT/reports, and OUT/run.json. Written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from typing import Any

from huizong.errors import DamagedDocument, MissingFile, OutputError
from huizong.report import Report

REPORTS = "reports"
RUN = "run.json"
_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def to_json(value: Any) -> str:
    """The one way in which huizong writes JSON: the same value, the same text as `json.dumps` gives with `indent=1`.

    Raises `ValueError` for NaN and infinities, `TypeError` for what JSON has no form for.
    """
    return _indented(value, "\n")


def _indented(value: Any, line: str) -> str:
    """The JSON of `value` where `line` is a line end with the indent so far: json.dumps goes a slow way when asked to indent."""
    inner = line + " "
    if isinstance(value, dict) and value:
        return "{" + ",".join(f"{inner}{_key(key)}: {_indented(v, inner)}" for key, v in value.items()) + line + "}"
    if isinstance(value, (list, tuple)) and value:
        return "[" + ",".join(inner + _indented(v, inner) for v in value) + line + "]"
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    return repr(value) if type(value) is int else _PLAIN.encode(value)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key of JSON must be text, not {key!r}")
    return _quoted(key)


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
