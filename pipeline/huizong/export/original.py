"""What a workbook was written with, kept in a hidden sheet of its own, so that it can be told later what people changed.

One stream of JSON lines (the sheets, then each report and its rows with their anchors), compressed, in cells of letters and digits
that no program takes for a number, a date or a formula. The keys in the rows say which line is theirs. It goes wherever the
workbook goes, whatever becomes of the folder that it was made in.
"""

from __future__ import annotations

import json
import shutil
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from huizong.records import Anchor, AnchorKind, Value

NOTE = "此表供 huizong apply 比对修改之用，请勿删改。"
SCHEMA = 1
_PIECE = 22_500  # bytes, a multiple of three: 30,000 letters, of the 32,767 that a cell takes
_LEVEL = 3
_IN_MEMORY = 1 << 20
_LARGEST = 1 << 29  # bytes of JSON: some million rows


@dataclass(frozen=True, slots=True)
class OriginalSheet:
    """A sheet as it was written: the table that fed it, its name, and the field and heading of each column."""

    table: str
    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A row as it was written: the number of its sheet, its key, its values by field, and where its finding stands."""

    sheet: int
    key: str
    values: Mapping[str, Value]
    anchor: Anchor


class OriginalError(Exception):
    """The hidden sheet is not whole."""


class OriginalWriter:
    """Collects the lines; `copy_to` then gives the rows of the hidden sheet, from `first` on. Close it, or use it in a `with`."""

    def __init__(self, sheets: Sequence[OriginalSheet], first: int = 2) -> None:
        self._row = first
        self._left = b""
        self._count = 0
        self._packer = zlib.compressobj(_LEVEL)
        self._body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by `close`
        self._line({"schema": SCHEMA, "sheets": [[s.table, s.name, s.columns] for s in sheets]})

    def __enter__(self) -> OriginalWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self._body.close()

    def report(self, name: str, sha256: str) -> None:
        """The rows that follow are of this report."""
        self._line({"report": name, "sha256": sha256})

    def add(self, sheet: int, key: str, values: Sequence[object], anchor: Anchor) -> None:
        """A row: the number of its sheet, its values in the order of the columns, the anchor of its finding."""
        self._count += 1
        self._line([sheet, key, values, _packed(anchor)])

    def finish(self) -> None:
        """No more rows."""
        self._line({"end": self._count})
        self._write(self._packer.flush(), last=True)

    def copy_to(self, part: IO[bytes]) -> None:
        """Appends the rows of the hidden sheet to `part`."""
        self._body.seek(0)
        shutil.copyfileobj(self._body, part)

    def size(self) -> int:
        """The bytes that `copy_to` writes."""
        return self._body.seek(0, 2)

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
        self._write(self._packer.compress(line.encode("utf-8", "replace")))

    def _write(self, data: bytes, *, last: bool = False) -> None:
        self._left += data
        while len(self._left) >= _PIECE or (last and self._left):
            piece, self._left = self._left[:_PIECE], self._left[_PIECE:]
            cell = f'<row r="{self._row}"><c r="A{self._row}" t="inlineStr"><is><t>{b64encode(piece).decode()}</t></is></c></row>'
            self._body.write(cell.encode())
            self._row += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """All that was written into the sheets that people edit; `rows` by key (copies of a report share theirs), in order."""

    sheets: tuple[OriginalSheet, ...]
    rows: Mapping[str, tuple[OriginalRow, ...]]
    reports: tuple[tuple[str, str], ...]


def read_original(cells: Iterable[str]) -> Original:
    """What the cells of the hidden sheet hold, from top to bottom. Raises `OriginalError` when something is missing."""
    try:
        lines = _lines(cells)
        head = json.loads(next(lines))
        if head["schema"] != SCHEMA:
            raise OriginalError(f"格式号是 {head['schema']}，这个版本只认 {SCHEMA}")
        sheets = tuple(OriginalSheet(t, n, tuple((f, h) for f, h in columns)) for t, n, columns in head["sheets"])
        rows: dict[str, list[OriginalRow]] = {}
        reports: list[tuple[str, str]] = []
        count = 0
        for line in lines:
            entry = json.loads(line)
            if isinstance(entry, list):
                sheet, key, values, anchor = entry
                fields = [field for field, _ in sheets[sheet].columns]
                told = dict(zip(fields, values, strict=True))
                rows.setdefault(key, []).append(OriginalRow(sheet, key, told, _unpacked(anchor, *reports[-1])))
                count += 1
            elif "report" in entry:
                reports.append((entry["report"], entry["sha256"]))
            elif entry["end"] == count:
                return Original(
                    sheets=sheets, rows={key: tuple(found) for key, found in rows.items()}, reports=tuple(reports)
                )
    except (ValueError, KeyError, IndexError, TypeError, StopIteration, zlib.error) as error:
        raise OriginalError("内容不全或被改动过") from error
    raise OriginalError("内容不全")


def _lines(cells: Iterable[str]) -> Iterator[str]:
    unpacker, left, size = zlib.decompressobj(), b"", 0
    for cell in cells:
        data = b64decode(cell.strip(), validate=True)
        while data:
            piece = unpacker.decompress(data, 1 << 20)
            data = unpacker.unconsumed_tail
            size += len(piece)
            if size > _LARGEST:
                raise OriginalError("大得不正常")
            *whole, left = (left + piece).split(b"\n")
            yield from (line.decode() for line in whole)


def _packed(anchor: Anchor) -> list[Any]:
    a = anchor
    parts = [_packed(part) for part in a.parts]
    return [a.kind, a.id, a.start, a.end, a.quote, a.within, a.at, a.heading, a.page, a.cell, parts]


def _unpacked(packed: Sequence[Any], report: str, sha256: str) -> Anchor:
    kind, key, start, end, quote, within, at, heading, page, cell, parts = packed
    return Anchor(
        kind=AnchorKind(kind),
        id=key,
        report=report,
        sha256=sha256,
        start=start,
        end=end,
        quote=quote,
        within=within,
        at=at,
        heading=heading,
        page=page,
        cell=None if cell is None else (cell[0], cell[1], cell[2]),
        parts=tuple(_unpacked(part, report, sha256) for part in parts),
    )
