"""Where the results of a run lie: one JSON a report in OUT/reports, and OUT/run.json. Written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from typing import Any, overload

from huizong.corrections.journal import JOURNAL, Journal, journal_lines, read_journal
from huizong.corrections.share import share
from huizong.errors import DamagedDocument, MissingFile, OutputError, printable
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
        return "[" + ",".join(_elements(value, inner)) + line + "]"
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    return repr(value) if type(value) is int else _PLAIN.encode(value)


def _elements(value: Iterable[Any], line: str) -> Iterator[str]:
    """The elements of a list, each on lines of its own; records without lines within lines are encoded together, which is quicker.

    Only what separates has line ends in JSON: where one record ends and the next begins can be told by it.
    """
    inner = line + " "
    between = f",{inner}"
    for flat, elements in groupby(value, key=lambda v: type(v) is dict and len(v) > 0 and _is_flat(v)):
        if flat:
            words = _flat_encoder(inner).encode(list(elements))
            records = words[2:-2].replace("}" + between + "{", f"{line}}},{line}{{{inner}")
            yield f"{line}{{{inner}{records}{line}}}"
        else:
            yield from (line + _indented(v, line) for v in elements)


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
    """Writes `path` by way of a neighbour file, so that it is never half written. Raises `OutputError`.

    Stray bytes of file names, which are no characters, are escaped as JSON does it.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """`write_text` for text that comes piece by piece, of which only one is held. Raises `OutputError`."""
    _write_parts(path, (piece.encode("utf-8", "backslashreplace") for piece in pieces))


def write_bytes(path: Path, content: bytes) -> None:
    """`write_text` for bytes. What is written is on the disk when this returns."""
    _write_parts(path, (content,))


def _write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """`write_bytes` for bytes that come part by part. Raises `OutputError`."""
    with replacing(path) as beside, beside.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def replacing(path: Path, program: str = "") -> Iterator[Path]:
    """A neighbour of `path` to be written, which takes its place at the end of the block: whole or not at all.

    `program` is what people open such files with. Raises `OutputError` for whatever the system refuses within the block.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except OSError as error:
        raise cannot_write(path, error, program) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "没有权限"),
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EEXIST: "那里有一个同名的文件",
    errno.EISDIR: "那里有一个同名的文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘或网络读写出错",
}


def cannot_write(path: Path, error: OSError, program: str = "") -> OutputError:
    """The error to raise when the system does not let `path` be written; `program` may have it open."""
    if error.errno in _FULL:
        return OutputError(
            f"“{path}”写不进去：磁盘满了，或超过了允许的大小。",
            advice="已经写完的结果都有效。请在输出文件夹和临时文件夹所在的磁盘上腾出空间，再运行一次同样的命令，会接着做。",
            path=path,
        )
    reason = _reason(error)
    advice = "请换一个输出文件夹，或检查磁盘空间和权限。"
    if program and error.errno in {
        errno.EACCES,
        errno.EPERM,
        errno.EBUSY,
    }:  # Windows refuses what another program has open
        advice = f"如果它正在 {program} 里打开，请先关掉，再运行一次；不然，{advice}"
    return OutputError(f"“{path}”写不进去：{reason}。", advice=advice, path=path)


def system_trouble(error: OSError) -> OutputError:
    """The error to raise for what the system refused where nobody expected it, as it does for temporary files."""
    path = Path(error.filename if isinstance(error.filename, str) else tempfile.gettempdir())
    if error.errno in _FULL:
        return cannot_write(path, error)
    return OutputError(
        f"“{path}”读写出错：{_reason(error)}。",
        advice="请检查磁盘、网络和权限，再运行一次同样的命令；已完成的结果都留着。",
        path=path,
    )


def _reason(error: OSError) -> str:
    return _REFUSED.get(error.errno or 0) or error.strerror or str(error)


_LONGEST_NAME = 150
"""Bytes of a file name made from a report's: file systems allow 255, and `.part` files and numbers add to it."""


def report_path(out: Path, name: str, taken: dict[str, int]) -> Path:
    """The file for the report called `name`: its own name, with a number when another report of the run has taken it.

    `taken` are the names given so far, each with the last number that was put behind it; the name is added.

    What cannot be shown in a name is replaced, a name that is too long is cut and ends with a hash of the whole.
    """
    name = printable(name)
    if len(name.encode()) > _LONGEST_NAME:
        whole = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = f"{name.encode()[: _LONGEST_NAME - 9].decode('utf-8', 'ignore')}~{whole}"
    stem, n = name, taken.get(name.casefold(), 1)
    while stem.casefold() in taken:
        n += 1
        stem = f"{name}~{n}"
    taken[name.casefold()] = n
    taken.setdefault(stem.casefold(), 1)
    return out / REPORTS / f"{stem}.json"


class StoredReports(Sequence[Report]):
    """The reports of a run in the order of the run, each read from its file whenever it is asked for: one in memory at a time.

    They are as people corrected them: by the decisions of `journal`, those of the folder where none is given.
    `settings` are those that run.json tells of, `base` is the folder its paths start in. `files` are the paths of the reports' own
    files from `out`, one a report, `None` for a file that is not there (any more) or lies on another drive; `sources` are name and
    sha256 of each.

    Raises `MissingFile` where `out` holds no run, `DamagedDocument` for a spoilt journal and, when a report is read, a spoilt file.
    """

    def __init__(self, out: Path, journal: Journal | None = None) -> None:
        run = out / RUN
        if not run.is_file():
            raise MissingFile(
                f"“{out}”里没有 {RUN}，不是 huizong run 的输出文件夹。", advice="请先运行 huizong run。", path=out
            )
        record = json.loads(run.read_text(encoding="utf-8"))
        read = [row for row in record["files"] if row.get("result")]
        self.settings: dict[str, object] = record.get("settings", {})
        self.base = base_folder(out, record.get("base", ""))
        self.files = tuple(_there(out, self.base, row.get("path", "")) for row in read)
        self.sources = tuple((Path(row.get("path", "")).name, row.get("sha256") or "") for row in read)
        self._paths = tuple(out / row["result"] for row in read)
        self.journal = read_journal(out) if journal is None else journal
        self._share = share(self.sources, self.journal.standing())

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

    def content(self, at: int) -> bytes:
        """The bytes of the JSON of report number `at`, as it was extracted. Raises `DamagedDocument`."""
        try:
            content: bytes = self._paths[at].read_bytes()
        except OSError as error:
            raise _damaged(self._paths[at], error) from error
        return content

    def digest(self, at: int) -> str:
        """A hash of all that report number `at` is made of: its JSON and what people decided about it."""
        decided = journal_lines(self._share.of[at]).encode("utf-8", "backslashreplace")
        return hashlib.sha256(self.content(at) + b"\0" + decided).hexdigest()

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


def base_folder(out: Path, base: str) -> Path:
    """The folder in which the paths of the run in `out` start; `base` is what run.json says of it."""
    return out / base if base else Path()


def path_from(folder: Path, file: Path) -> str | None:
    """The path of `file` from `folder`, with slashes; `None` where no way leads there: on another drive of Windows."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return None


def _there(out: Path, base: Path, file: str) -> str | None:
    """The path from `out` of a file of its run, `None` where it is not there."""
    return path_from(out, base / file) if file and (base / file).is_file() else None


class JoinedReports(Sequence[Report]):
    """The reports of several sequences one after the other, none of them held here."""

    def __init__(self, parts: Sequence[Sequence[Report]]) -> None:
        self._parts = tuple(parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, at: int | slice) -> Report | tuple[Report, ...]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        rest = at + len(self) if at < 0 else at
        for part in self._parts:
            if 0 <= rest < len(part):
                return part[rest]
            rest -= len(part)
        raise IndexError(at)


def _read(path: Path) -> Report:
    try:
        return Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> DamagedDocument:
    return DamagedDocument(f"结果文件“{path}”读不了：{error}。", advice="请重新运行 huizong run。", path=path)
