"""A blank form in Excel: sheets are filled with openpyxl, which keeps styles, merged cells and print set-up."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Any

from huizong.errors import DamagedDocument, FormError
from huizong.forms.amounts import Value
from huizong.forms.blanks import Blanks, fill_blanks, spread
from huizong.forms.grid import FormCell, FormGrid
from huizong.forms.sheet_rows import repeat_row
from huizong.loading.archive import Archive

_MOST_ROWS, _MOST_COLUMNS = 5000, 200
_HIGHEST_ROW, _DEFAULT_HEIGHT, _DEFAULT_WIDTH, _DEFAULT_FONT = 409.0, 15.0, 8.43, 11.0
_LONGEST_CELL = 32_767
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@")
_PARTS = re.compile(r"xl/(?:drawings/(?!_rels)|media/|charts/|ctrlProps/|activeX/|pivotTables/|slicers/|embeddings/).+")


class ExcelForm:
    """The form in the bytes `data` of an XLSX. Raises `FormError` for a protected sheet, `DamagedDocument` for a spoilt file."""

    def __init__(self, data: bytes, path: Path) -> None:
        from openpyxl import load_workbook

        with Archive(data, path) as archive:
            for name in archive.names():
                content = archive.read(name) or b""
                if b"<!DOCTYPE" in content[:4096] and name.endswith((".xml", ".rels")):
                    raise archive.damaged("里有实体定义（DTD），已拒绝读取。")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                self._book = load_workbook(io.BytesIO(data), rich_text=True)
            except Exception as error:  # openpyxl raises what its parsers raise: KeyError, ValueError, TypeError …
                raise DamagedDocument(
                    f"“{path.name}”打不开。", advice="请用 Excel/WPS 打开后另存为 .xlsx 再试。", path=path
                ) from error
        self._sheets = [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"]
        for sheet in self._sheets:
            if sheet.protection.sheet:
                raise FormError(
                    f"“{path.name}”的工作表“{sheet.title}”设了保护。",
                    advice="请在 Excel/WPS 里撤消工作表保护，另存一份空白表单再试。",
                    path=path,
                )
        self._data = data
        self._told = bool(told)
        self.lost: tuple[str, ...] = ()

    def canvases(self) -> list[ExcelSheet]:
        """The visible sheets."""
        return [ExcelSheet(self._book, sheet) for sheet in self._sheets]

    def fill_text(self, values: Mapping[str, str]) -> Iterator[Blanks]:
        """A spreadsheet has no text outside of its cells."""
        yield from ()

    def to_bytes(self) -> bytes:
        """The filled workbook; `lost` then says what openpyxl could not keep."""
        target = io.BytesIO()
        self._book.save(target)
        lost = ["部分扩展格式（如下拉列表的引用、条件格式的扩展）"] if self._told else []
        if _parts(self._data) > _parts(target.getvalue()):
            lost.append("图形、图表或控件")
        self.lost = tuple(lost)
        return target.getvalue()


class ExcelSheet:
    """A worksheet as a canvas (see `filling.Canvas`); its rows and columns are 0-based there, 1-based in openpyxl."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.name = f"工作表“{sheet.title}”"
        self._book, self._sheet = book, sheet
        self._areas: dict[tuple[int, int], Any] | None = None

    def grid(self) -> FormGrid:
        """The cells up to the last row and column that have words, a frame or a merged cell."""
        height, width = 0, 0
        merged = [m for m in self._sheet.merged_cells.ranges if m.min_row <= _MOST_ROWS and m.min_col <= _MOST_COLUMNS]
        for (row, column), cell in self._sheet._cells.items():
            if row <= _MOST_ROWS and column <= _MOST_COLUMNS and (cell.value is not None or _framed(cell)):
                height, width = max(height, row), max(width, column)
        for area in merged:
            height, width = max(height, min(area.max_row, _MOST_ROWS)), max(width, min(area.max_col, _MOST_COLUMNS))
        sizes = {(m.min_row, m.min_col): m for m in merged}
        inside = {(r, c) for m in merged for r, c in m.cells if (r, c) != (m.min_row, m.min_col)}
        cells = []
        for row_at in range(1, height + 1):
            for column_at in range(1, width + 1):
                if (row_at, column_at) in inside:
                    continue
                cell, area = self._sheet._cells.get((row_at, column_at)), sizes.get((row_at, column_at))
                cells.append(
                    FormCell(
                        row=row_at - 1,
                        column=column_at - 1,
                        text="" if cell is None or cell.value is None else str(cell.value),
                        height=area.max_row - area.min_row + 1 if area else 1,
                        width=area.max_col - area.min_col + 1 if area else 1,
                        framed=cell is not None and _framed(cell),
                    )
                )
        return FormGrid(cells)

    def repeat(self, template: int, after: int, times: int, first: int) -> None:
        """Copies of a row; merged cells, print areas, formulas and rules below move down, those over the body grow."""
        self._areas = None
        repeat_row(self._book, self._sheet, template + 1, after + 1, times, first + 1)

    def write(self, row: int, column: int, value: Value) -> None:
        """Puts a value into a cell: words are never a formula; the row grows where the words need more lines."""
        cell = self._sheet.cell(row=row + 1, column=column + 1)
        if isinstance(value, str) and re.fullmatch(r"20\d\d", value):
            value = int(value)
        _set(cell, value)
        self._fit(cell)

    def fill_blanks(self, row: int, column: int, values: Mapping[str, str]) -> Blanks:
        """Fills the blanks within the words of a cell; parts in fonts of their own keep them."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock

        cell = self._sheet.cell(row=row + 1, column=column + 1)
        value = cell.value
        if not isinstance(value, (str, CellRichText)) or cell.data_type == "f":
            return Blanks(edits=(), left=(), unanswered=())
        parts = list(value) if isinstance(value, CellRichText) else [value]
        words = [part.text if isinstance(part, TextBlock) else str(part) for part in parts]
        blanks = fill_blanks("".join(words), values)
        if blanks.edits:
            changed = spread(words, blanks.edits)
            if isinstance(value, CellRichText):
                kept = [
                    TextBlock(p.font, t) if isinstance(p, TextBlock) else t
                    for p, t in zip(parts, changed, strict=True)
                    if t
                ]
                cell.value = CellRichText(*kept)
            else:
                _set(cell, changed[0])
        return blanks

    def _fit(self, cell: Any) -> None:
        """Wraps words that are longer than their cell, and raises the row to the lines they need; it never gets lower."""
        from openpyxl.utils import get_column_letter

        if self._areas is None:
            self._areas = {(m.min_row, m.min_col): m for m in self._sheet.merged_cells.ranges}
        area = self._areas.get((cell.row, cell.column))
        columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
        width = sum(self._width(get_column_letter(column)) for column in columns)
        size = cell.font.sz or _DEFAULT_FONT
        room = max(2.0, (width - 1) * _DEFAULT_FONT / size)
        lines = sum(max(1, math.ceil(_columns(part) / room)) for part in str(cell.value).split("\n"))
        if lines == 1 or cell.alignment.shrink_to_fit:
            return
        if not cell.alignment.wrap_text:
            alignment = copy(cell.alignment)
            alignment.wrap_text = True
            cell.alignment = alignment
        rows = range(area.min_row, area.max_row + 1) if area else range(cell.row, cell.row + 1)
        heights = [self._height(row) for row in rows]
        needed = 4 + lines * size * 1.3
        if needed > sum(heights):
            last = self._sheet.row_dimensions[rows[-1]]
            last.height = min(_HIGHEST_ROW, heights[-1] + needed - sum(heights))

    def _width(self, letter: str) -> float:
        from openpyxl.utils import column_index_from_string

        at = column_index_from_string(letter)
        for dimension in self._sheet.column_dimensions.values():
            low, high = dimension.min, dimension.max
            if dimension.width and dimension.customWidth and low and high and low <= at <= high:
                return float(dimension.width)
        return float(self._sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH)

    def _height(self, row: int) -> float:
        height = self._sheet.row_dimensions[row].height if row in self._sheet.row_dimensions else None
        return float(height or self._sheet.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT)


def _set(cell: Any, value: Value) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    words = _FORBIDDEN.sub("", value)[:_LONGEST_CELL]
    cell.value = words
    cell.data_type = "s"
    if words.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True  # stays text when someone edits the cell


def _framed(cell: Any) -> bool:
    if not cell.has_style:
        return False
    border = cell.border
    return any(side is not None and side.style for side in (border.left, border.right, border.top, border.bottom))


def _columns(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def _parts(data: bytes) -> int:
    """How many parts of pictures, charts and controls the package has; openpyxl names them anew, so they are counted."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(1 for name in package.namelist() if _PARTS.match(name) and not name.endswith(".vml"))
