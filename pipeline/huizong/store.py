"""Where the results of a run lie: one JSON a report in OUT/reports, and OUT/run.json. Written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from typing import Any, overload

from huizong.corrections.journal import JOURNAL, Journal, journal_lines, read_journal
from huizong.corrections.share import share
from huizong.errors import DamagedDocument, MissingFile, OutputError
from huizong.records import Corrections, Decision, Undone
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
        if _is_flat(value):
            return f"{{{inner}{_flat_encoder(inner).encode(value)[1:-1]}{line}}}"
        return "{" + ",".join(f"{inner}{_key(key)}: {_indented(v, inner)}" for key, v in value.items()) + line + "}"
    if isinstance(value, (list, tuple)) and value:
        if set(map(type, value)) == {str}:
            return f"[{inner}{f',{inner}'.join(map(_quoted, value))}{line}]"
        return "[" + ",".join(inner + _indented(v, inner) for v in value) + line + "]"
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    return repr(value) if type(value) is int else _PLAIN.encode(value)


_SCALARS = frozenset((str, int, float, bool, type(None)))
_CONTAINERS = frozenset((dict, list, tuple))


def _is_flat(value: dict[Any, Any]) -> bool:
    """Whether nothing in `value` takes lines of its own: texts, numbers and empty containers under keys of text."""
    kinds = set(map(type, value.values())) - _SCALARS
    if kinds and not (kinds <= _CONTAINERS and not any(v for v in value.values() if type(v) in _CONTAINERS)):
        return False
    return set(map(type, value)) == {str}


@cache
def _flat_encoder(inner: str) -> json.JSONEncoder:
    """The quick way of `json` for what has no lines within lines: only the separator knows of the indent."""
    return json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=("," + inner, ": "))


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


class StoredReports(Sequence[Report]):
    """The reports of a run in the order of the run, each read from its file whenever it is asked for: one in memory at a time.

    They are as people corrected them: by the decisions of `journal`, those of the folder where none is given.
    Raises `MissingFile` where `out` holds no run, `DamagedDocument` for a spoilt journal and, when a report is read, a spoilt file.
    """

    def __init__(self, out: Path, journal: Journal | None = None) -> None:
        run = out / RUN
        if not run.is_file():
            raise MissingFile(
                f"“{out}”里没有 {RUN}，不是 huizong run 的输出文件夹。", advice="请先运行 huizong run。", path=out
            )
        files = [row for row in json.loads(run.read_text(encoding="utf-8"))["files"] if row.get("result")]
        self._paths = tuple(out / row["result"] for row in files)
        self.journal = read_journal(out) if journal is None else journal
        self.files = tuple((Path(row.get("path", "")).name, row.get("sha256") or "") for row in files)
        self._share = share(self.files, self.journal.standing())

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, at: int | slice) -> Report | tuple[Report, ...]:
        places = range(len(self._paths))[at]
        return self._read(places) if isinstance(places, int) else tuple(map(self._read, places))

    def _read(self, at: int) -> Report:
        report, decisions = _read(self._paths[at]), self._share.of[at]
        if not decisions:
            return report
        from huizong.corrections.correct import correct

        return correct(report, decisions)

    def corrections(self) -> Corrections:
        """What came of all decisions of the folder: followed, carried over, not followed. Reads the reports that have any."""
        told = [self._read(at).corrections for at, decisions in enumerate(self._share.of) if decisions]
        made = [one for one in told if one is not None]
        return Corrections(
            followed=tuple(d for one in made for d in one.followed),
            carried=tuple(d for one in made for d in one.carried),
            unsettled=(*self._share.homeless, *(u for one in made for u in one.unsettled)),
        )


def append_decisions(out: Path, entries: Sequence[Decision | Undone]) -> None:
    """Adds entries to the journal of `out`, all of them or none. Raises `OutputError`."""
    path = out / JOURNAL
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    write_text(path, before + journal_lines(entries))


def _read(path: Path) -> Report:
    try:
        return Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedDocument(
            f"结果文件“{path}”读不了：{error}。", advice="请重新运行 huizong run。", path=path
        ) from error
