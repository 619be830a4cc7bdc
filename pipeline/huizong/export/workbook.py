"""汇总.xlsx: the sheets of `tables`, styled so that a researcher can hand it on.

XlsxWriter makes the workbook without rows; the rows, written report by report with flat memory (`sheet_rows`), are then put in.
Text from a report is always written as text: nothing that begins with `=` can become a formula.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from huizong.corrections.anchors import Anchors
from huizong.errors import OutputError
from huizong.export.original import NOTE, ORIGINAL, OriginalSheet, OriginalWriter
from huizong.export.sheet_rows import MOST_ROWS, Column, SheetRows
from huizong.export.stamp import EMPTY, PART, PROPERTY, sheets_of, stamp
from huizong.tables.columns import COLUMNS, EDITED, KEY

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
_KEY_WIDTH = 14
_ORIGINAL = 2  # the sheet with the original stands behind 说明
_PART = "xl/worksheets/sheet{}.xml"  # 1-based
_STYLE = re.compile(rb' s="(\d+)"')
_LARGE = 1 << 30  # bytes; parts of 2 GB need the large form of a zip
_COMPRESSION = 3  # 6 takes half as long again for files an eighth smaller
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styles:
    """The numbers that the styles of cells have in the workbook."""

    text: int
    centre: int
    review: int
    states: Mapping[str, int]
    severities: Mapping[str, int]


def write_workbook(results: Results, path: Path, notes: Sequence[tuple[str, str]]) -> None:
    """Writes the workbook: every sheet of `COLUMNS` in order, then 说明 with `notes` (what, value) and the columns' meanings.

    The reports are gone through once, one at a time. Raises `OutputError` when the file cannot be written (open in Excel, no
    permission), and what reading the reports raises.
    """
    with ExitStack() as stack:
        styles = _styles(_frame(dict.fromkeys(COLUMNS, 1), ()))
        bodies = {name: stack.enter_context(SheetRows(_columns(name, styles))) for name in COLUMNS}
        written = {name: _written(name) for name in COLUMNS}
        sheets = [OriginalSheet(n, n, tuple((c, c) for c in written[n])) for n in EDITED]
        original = stack.enter_context(OriginalWriter(sheets))
        for part in results.by_report():
            anchors = Anchors(part.report)
            original.report(part.report.source.name, part.report.source.sha256)
            for name, rows in part.tables.items():
                lines = ([row.get(column) for column in written[name]] for row in rows)
                bodies[name].add(_noted(lines, EDITED.index(name), original, anchors) if name in EDITED else lines)
        original.finish()
        notes = (*notes, *((f"未写：{n}", _too_many(b)) for n, b in bodies.items() if b.left_out))
        beside = path.with_name(
            f".{path.name}.{os.getpid()}.part"
        )  # so that an old workbook is replaced whole or not at all
        try:
            frame = _frame({name: body.count for name, body in bodies.items()}, notes)
            places = dict(enumerate(bodies.values(), start=1))
            _fill(frame, {**places, len(places) + _ORIGINAL: original}, beside)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise OutputError(
                f"“{path}”写不进去。", advice="如果它正在 Excel 或 WPS 里打开，请先关掉，再运行一次。", path=path
            ) from error


def _noted(
    lines: Iterable[list[object]], sheet: int, original: OriginalWriter, anchors: Anchors
) -> Iterator[list[object]]:
    """The lines as they are; those with a key are noted in `original` on their way."""
    for line in lines:
        anchor = anchors.of(str(line[-1])) if line[-1] else None
        if anchor is not None:
            original.add(sheet, anchor.id, line, anchor)
        yield line


def _written(name: str) -> tuple[str, ...]:
    """The columns that a sheet has in the workbook: in those that people edit, the hidden key comes last."""
    return (*COLUMNS[name], *((KEY,) if name in EDITED else ()))


def _too_many(body: SheetRows) -> str:
    return f"一张表最多 {MOST_ROWS} 行，还有 {body.left_out} 行没有写进来；请把报告分成几批再运行。"


def _frame(last: Mapping[str, int], notes: Sequence[tuple[str, str]]) -> bytes:
    """The workbook without its rows: each sheet has its header and, in the place of its `last` row, cells to be replaced.

    Those of the first sheet have all styles, in the order of `_Styles`.
    """
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        title, *others = _formats(book)
        for at, name in enumerate(COLUMNS):
            columns = _written(name)
            sheet = book.add_worksheet(name)
            _page_setup(sheet, name, columns)
            sheet.set_row(0, 30)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, title)
            end = max(last[name], 1)
            for place, style in enumerate(others if at == 0 else ()):
                sheet.write_blank(end, place, None, style)
            sheet.write_blank(end, len(columns) - 1, None, others[0])
            sheet.autofilter(0, 0, end, len(columns) - 1)
        _notes_sheet(book, notes, title, others[0])
        book.set_custom_property(PROPERTY, EMPTY, "text")
        hidden = book.add_worksheet(ORIGINAL)
        hidden.very_hidden()
        hidden.write_string(0, 0, NOTE)
        hidden.write_string(1, 0, "")
    return file.getvalue()


def _formats(book: Workbook) -> list[Format]:
    """The header's look, then those of `_Styles` in its order."""
    base = {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#BFBFBF",
    }
    centre = base | {"align": "center"}
    title = base | {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#1F4E79",
        "font_color": "#FFFFFF",
    }
    review = centre | {"bg_color": "#FFE699", "bold": True}
    colours = (*_STATE_COLOURS.values(), *_SEVERITY_COLOURS.values())
    coloured = [centre | {"bg_color": colour} for colour in colours]
    return [book.add_format(look) for look in (title, base, centre, review, *coloured)]


def _styles(frame: bytes) -> _Styles:
    """The numbers under which XlsxWriter has filed the looks."""
    with ZipFile(io.BytesIO(frame)) as book:
        _, end = book.read(_PART.format(1)).split(b"</row>", 1)
    count = 3 + len(_STATE_COLOURS) + len(_SEVERITY_COLOURS)
    text, centre, review, *coloured = (int(number) for number in _STYLE.findall(end)[:count])
    return _Styles(
        text=text,
        centre=centre,
        review=review,
        states=dict(zip(_STATE_COLOURS, coloured, strict=False)),
        severities=dict(zip(_SEVERITY_COLOURS, coloured[len(_STATE_COLOURS) :], strict=True)),
    )


def _columns(name: str, styles: _Styles) -> list[Column]:
    marked: dict[str, Callable[[object], int | None]] = {
        "状态": lambda state: styles.states.get(str(state)),
        "程度": lambda severity: styles.severities.get(str(severity)),
        "需核": lambda value: styles.review if value else None,
    }
    return [
        Column(
            width=_width(column),
            style=styles.centre if column in _CENTRED else styles.text,
            marked=marked.get(column),
        )
        for column in _written(name)
    ]


def _width(column: str) -> int:
    return _KEY_WIDTH if column == KEY else _WIDTHS.get(column, _WIDTH)


def _fill(frame: bytes, bodies: Mapping[int, SheetRows | OriginalWriter], path: Path) -> None:
    """Writes the workbook `frame` with the sheets of these numbers filled, below their first row."""
    sheets = {_PART.format(at): body for at, body in bodies.items()}
    with ZipFile(io.BytesIO(frame)) as source, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as target:
        *entries, properties = sorted(source.infolist(), key=lambda entry: entry.filename == PART)
        for entry in entries:
            words, body = source.read(entry), sheets.get(entry.filename)
            if body is None:
                target.writestr(entry, words)
                continue
            head, rest = words.split(b"</row>", 1)
            end = rest[rest.index(b"</sheetData>") :]
            large = len(words) + body.size() > _LARGE
            with target.open(entry.filename, "w", force_zip64=large) as part:
                part.write(head + b"</row>")
                body.copy_to(part)
                part.write(end)
        told = source.read(properties).replace(EMPTY.encode(), stamp(sheets_of(target)).encode())
        target.writestr(properties, told)


def _page_setup(sheet: Worksheet, name: str, columns: Sequence[str]) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column), None, {"hidden": column == KEY})
    sheet.freeze_panes(1, columns.index("具体任务") + 1 if "具体任务" in columns else 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{name}")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _notes_sheet(book: Workbook, notes: Sequence[tuple[str, str]], title: Format, text: Format) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 80)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    meanings = [(name, column, meaning) for name in COLUMNS for column, (_, meaning) in COLUMNS[name].items()]
    lines = [("项目", "栏目", "说明"), *((what, "", value) for what, value in notes), *meanings]
    for line, cells in enumerate(lines):
        for at, words in enumerate(cells):
            sheet.write_string(line, at, words, text if line else title)
