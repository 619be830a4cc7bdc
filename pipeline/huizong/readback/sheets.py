"""A workbook that came back: its sheets as plain values, whichever program saved it.

Shared or inline strings, numbers as text, dates that a spreadsheet made of 2022年5月, percentages, merged cells, formulas (their result
counts, never their text): all come out as the words or numbers that a person sees in the cell.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from huizong.errors import DamagedDocument, EncryptedDocument, MissingFile, UnknownFormat
from huizong.loading.archive import Archive
from huizong.loading.office import ole
from huizong.readback.values import clean
from huizong.records import Value

_ADVICE = "请在 Excel、WPS 或 LibreOffice 里打开，另存为 .xlsx 再试。"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_MOST_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that has something in it: its number in the sheet, 1-based, and its cells from the first column on."""

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """The value in a column, 0-based."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A sheet: its name and its rows. `unreadable` are cells (A5) without a value that could be taken, with the reason."""

    name: str
    hidden: bool
    rows: tuple[ReadRow, ...]
    unreadable: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_sheets(path: Path, without: Collection[str] = ()) -> list[ReadSheet]:
    """All sheets of the workbook at `path`, but those of these names.

    Raises `MissingFile`, `EncryptedDocument`, `UnknownFormat`, `DamagedDocument`, each with what to do.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFile(f"没有“{path}”这个文件。", advice="请检查路径。", path=path) from error
    except OSError as error:
        raise MissingFile(f"“{path}”读不了：{error.strerror}。", advice="请检查路径和权限。", path=path) from error
    _check_kind(data, path)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep is of no matter: nothing is written back
        try:
            book = load_workbook(io.BytesIO(data), read_only=True)
            made = [_Reader(data, sheet).sheet() for sheet in book.worksheets if sheet.title not in without]
            book.close()
        except Exception as error:  # openpyxl raises what its parsers raise: KeyError, ValueError, TypeError …
            raise DamagedDocument(f"“{path.name}”打不开，文件可能已损坏。", advice=_ADVICE, path=path) from error
    return made


def _check_kind(data: bytes, path: Path) -> None:
    if not data:
        raise DamagedDocument(f"“{path.name}”是空文件。", advice="请重新复制一份。", path=path)
    if data.startswith(ole.MAGIC):
        if "EncryptedPackage" in ole.root_entries(data):
            raise EncryptedDocument(f"“{path.name}”设有打开密码。", advice="请去掉密码后另存一份。", path=path)
        raise UnknownFormat(f"“{path.name}”是旧版格式（.xls、.et）。", advice=_ADVICE, path=path)
    if not data.startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(data)):
        raise UnknownFormat(f"“{path.name}”不是 Excel 工作簿。", advice="请给出改过的 汇总.xlsx。", path=path)
    with Archive(data, path) as archive:
        if "xl/workbook.xml" not in archive:
            raise UnknownFormat(f"“{path.name}”不是 .xlsx 工作簿。", advice=_ADVICE, path=path)
        for name in archive.names():
            content = archive.read(name) or b""
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content[:4096]:
                raise archive.damaged("里有实体定义（DTD），已拒绝读取。")


class _Reader:
    def __init__(self, data: bytes, sheet: Any) -> None:
        self._data, self._sheet = data, sheet
        self._unreadable: dict[tuple[int, int], str] = {}
        self._results: dict[tuple[int, int], Any] | None = None

    def sheet(self) -> ReadSheet:
        self._sheet.reset_dimensions()  # other programs state them wrongly
        rows = {row.number: row for row in self._rows()}
        for first, last, left, right in self._merged():
            if first in rows:
                self._spread(rows, first, last, left, right)
        return ReadSheet(
            name=self._sheet.title,
            hidden=self._sheet.sheet_state != "visible",
            rows=tuple(rows[number] for number in sorted(rows)),
            unreadable=self._unreadable,
        )

    def _rows(self) -> Iterator[ReadRow]:
        for cells in self._sheet.iter_rows():
            filled = [cell for cell in cells[:_MOST_COLUMNS] if cell.value is not None]
            if not filled:
                continue
            values: list[Value] = [None] * filled[-1].column
            for cell in filled:
                values[cell.column - 1] = self._value(cell)
            yield ReadRow(filled[0].row, tuple(values))

    def _value(self, cell: Any) -> Value:
        value = cell.value
        if cell.data_type == "f" or not isinstance(value, (str, int, float, bool, date, time, timedelta)):
            value = self._result(cell.row, cell.column)
            if value is None:
                self._unreadable[cell.row, cell.column] = "是公式，没有存下结果"
                return None
        if cell.data_type == "e" or (isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?", value)):
            self._unreadable[cell.row, cell.column] = f"是错误值 {value}"
            return None
        return plain_value(value, str(cell.number_format or ""))

    def _result(self, row: int, column: int) -> Any:
        """The stored result of a formula. The results are read when the first formula is met."""
        if self._results is None:
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(self._data), read_only=True, data_only=True)
            sheet = book[self._sheet.title]
            sheet.reset_dimensions()
            cells = (cell for line in sheet.iter_rows() for cell in line if cell.value is not None)
            self._results = {(cell.row, cell.column): cell.value for cell in cells}
            book.close()
        return self._results.get((row, column))

    def _merged(self) -> Iterator[tuple[int, int, int, int]]:
        """First and last row (1-based), first and last column (0-based) of each merged area."""
        from openpyxl.utils import column_index_from_string

        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            words = package.read(self._sheet._worksheet_path)
        for left, first, right, last in _MERGED.findall(words):
            columns = (column_index_from_string(letters.decode()) - 1 for letters in (left, right))
            yield (int(first), int(last), *columns)

    @staticmethod
    def _spread(rows: dict[int, ReadRow], first: int, last: int, left: int, right: int) -> None:
        """A merged area says the same in all of its rows: people merge 学校 over the rows of a school."""
        value = rows[first].at(left)
        for number in range(first, min(last, max(rows)) + 1):
            row = rows.get(number)
            if row is None or right >= _MOST_COLUMNS:
                continue
            cells = [*row.cells, *[None] * (right + 1 - len(row.cells))]
            cells[left : right + 1] = [value] * (right + 1 - left)
            rows[number] = ReadRow(number, tuple(cells))


def plain_value(value: Any, number_format: str) -> Value:
    """What a person sees in a cell: words or a number; dates as 2022年5月20日, percentages by their printed number."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, date):
        told = f"{value.year}年{value.month}月"
        return told if _without_day(number_format) else f"{told}{value.day}日"
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, (int, float)):
        return float(f"{value * 100:.12g}") if number_format.rstrip('"').endswith("%") else value
    return clean(str(value)) or None


def _without_day(number_format: str) -> bool:
    """Whether a format of dates shows no day: yyyy"年"m"月"."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    return "y" in bare and "d" not in bare
