"""汇总.xlsx: the sheets of `tables`, styled so that a researcher can hand it on.

Written row by row with flat memory (XlsxWriter's constant-memory mode). Text from a report is always written as text: nothing
that begins with `=` can become a formula.
"""

from __future__ import annotations

import math
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import OutputError
from huizong.tables.columns import COLUMNS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from huizong.tables import Results

FILE_NAME = "汇总.xlsx"
_FONT = "宋体"
_WIDTHS = {  # in characters of the default font (a Chinese character takes two); columns not named here get _WIDTH
    "学校": 13, "年度": 7, "序号": 5, "编号": 6, "帮扶项目(领域)": 11, "领域": 11, "具体任务": 30, "实施主体": 10, "受益方": 10,
    "对口部门": 13, "时间": 10, "状态": 8, "量化成效": 26, "定性成效": 22, "存在问题": 22, "下一步计划": 22, "证据(页·原文)": 36,
    "原文": 50, "问题": 56, "计划": 56, "所在标题": 22, "数量": 26, "上下文": 44, "指标名": 16, "对象": 16, "原文数": 11, "归属": 14,
    "列举项": 20, "原因": 26, "时限": 11, "责任": 12, "对应计划": 9, "对应问题": 9, "情况": 12, "把握": 6,
    "规则": 20, "程度": 7, "提示": 56,
    "人工修改": 11, "依据": 15, "来源": 12, "页": 5, "可信度": 7, "需核": 5, "概数": 5, "角色": 9, "计数编号": 9,
}  # fmt: skip
_WIDTH = 8
_LINE_HEIGHT, _HIGHEST_ROW = 13.5, 400.0  # points; a spreadsheet allows 409
_CENTRED = {
    "序号",
    "编号",
    "年度",
    "状态",
    "页",
    "可信度",
    "需核",
    "单位",
    "级别",
    "性质",
    "增减",
    "概数",
    "类别",
    "程度",
    "指标号",
    "角色",
}
_STATE_COLOURS = {
    "已完成": "#E2F0D9",
    "进行中": "#DEEBF7",
    "拟开展": "#FFF2CC",
    "滞后/未开展": "#FBE5D6",
    "不明": "#EDEDED",
}
_SEVERITY_COLOURS = {"提示": "#EDEDED", "疑问": "#FFF2CC", "错误": "#FBE5D6"}
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_767  # Excel's limit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Formats:
    title: Format
    text: Format
    centre: Format
    review: Format
    states: Mapping[str, Format]
    severities: Mapping[str, Format]


def write_workbook(results: Results, path: Path, notes: Sequence[tuple[str, str]]) -> None:
    """Writes the workbook: every sheet of `COLUMNS` in order, then 说明 with `notes` (what, value) and the columns' meanings.

    Raises `OutputError` when the file cannot be written (open in Excel, no permission).
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    beside = path.with_name(
        f".{path.name}.{os.getpid()}.part"
    )  # so that an old workbook is replaced whole or not at all
    try:
        with xlsxwriter.Workbook(str(beside), options) as book:
            formats = _formats(book)
            for sheet, columns in COLUMNS.items():
                _sheet(book, sheet, list(columns), results.rows(sheet), formats)
            _notes_sheet(book, notes, formats)
        beside.replace(path)
    except (FileCreateError, OSError) as error:
        beside.unlink(missing_ok=True)
        raise OutputError(
            f"“{path}”写不进去。", advice="如果它正在 Excel 或 WPS 里打开，请先关掉，再运行一次。", path=path
        ) from error


def _formats(book: Workbook) -> _Formats:
    base = {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#BFBFBF",
    }
    centre = base | {"align": "center"}
    return _Formats(
        title=book.add_format(
            base
            | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#1F4E79", "font_color": "#FFFFFF"}
        ),
        text=book.add_format(base),
        centre=book.add_format(centre),
        review=book.add_format(centre | {"bg_color": "#FFE699", "bold": True}),
        states={state: book.add_format(centre | {"bg_color": colour}) for state, colour in _STATE_COLOURS.items()},
        severities={name: book.add_format(centre | {"bg_color": colour}) for name, colour in _SEVERITY_COLOURS.items()},
    )


def _sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]], formats: _Formats
) -> None:
    sheet = book.add_worksheet(name)
    _page_setup(sheet, name, columns)
    sheet.set_row(0, 30)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, formats.title)
    last = 0
    for last, row in enumerate(rows, start=1):
        sheet.set_row(
            last, _height(columns, row)
        )  # said outright: not every program fits wrapped rows when it opens a file
        for at, column in enumerate(columns):
            _cell(sheet, last, at, row.get(column), _format(column, row, formats))
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _page_setup(sheet: Worksheet, name: str, columns: Sequence[str]) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, _WIDTH))
    sheet.freeze_panes(1, columns.index("具体任务") + 1 if "具体任务" in columns else 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{name}")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _height(columns: Sequence[str], row: Mapping[str, object]) -> float:
    """The height in points that the fullest cell of a row needs when wrapped."""
    lines = max(_lines(str(row.get(c) or ""), _WIDTHS.get(c, _WIDTH)) for c in columns)
    return min(_HIGHEST_ROW, 4 + lines * _LINE_HEIGHT)


def _lines(text: str, width: int) -> int:
    """How many lines `text` fills in a column of `width` characters; full-width characters count twice."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    sizes = (sum(map(_columns, part)) for part in text.split("\n"))
    return sum(max(1, math.ceil(size / (width - 1))) for size in sizes)


@cache
def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _format(column: str, row: Mapping[str, object], formats: _Formats) -> Format:
    value = row.get(column)
    if column == "状态" and isinstance(value, str) and value in formats.states:
        return formats.states[value]
    if column == "程度" and isinstance(value, str) and value in formats.severities:
        return formats.severities[value]
    if column == "需核" and value:
        return formats.review
    return formats.centre if column in _CENTRED else formats.text


def _cell(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, _FORBIDDEN.sub("", str(value))[:_LONGEST_CELL], style)


def _notes_sheet(book: Workbook, notes: Sequence[tuple[str, str]], formats: _Formats) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 80)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for at, title in enumerate(("项目", "栏目", "说明")):
        sheet.write_string(0, at, title, formats.title)
    line = 1
    for what, value in notes:
        for at, words in enumerate((what, "", value)):
            _cell(sheet, line, at, words, formats.text)
        line += 1
    for name, columns in COLUMNS.items():
        for column, (_, meaning) in columns.items():
            for at, words in enumerate((name, column, meaning)):
                _cell(sheet, line, at, words, formats.text)
            line += 1
