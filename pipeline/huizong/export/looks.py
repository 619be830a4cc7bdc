"""How 汇总.xlsx looks: widths, styles of cells, colours that follow the values, lists to choose from, print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from huizong.records import Severity, TaskState
from huizong.tables.columns import SEVERITY_NAMES
from huizong.tables.fields import CHOICES, HIDDEN
from huizong.tables.layouts import MAIN, LayoutColumn, LayoutSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = "宋体"
_WIDTHS = {  # in characters of the default font (a Chinese character takes two); fields not named here get _WIDTH
    "学校": 13, "年度": 10, "序号": 5, "编号": 6, "帮扶项目(领域)": 11, "领域": 11, "具体任务": 30, "实施主体": 10, "受益方": 10,
    "对口部门": 13, "时间": 10, "状态": 9, "量化成效": 26, "量化成效(指标)": 26, "定性成效": 22, "存在问题": 22, "下一步计划": 22,
    "证据(页·原文)": 36, "原文": 50, "问题": 56, "计划": 56, "所在标题": 22, "数量": 26, "上下文": 44, "指标名": 16, "对象": 16,
    "原文数": 11, "归属": 14, "列举项": 20, "原因": 26, "时限": 11, "责任": 12, "对应计划": 9, "对应问题": 9, "情况": 12,
    "把握": 6, "规则": 20, "程度": 7, "提示": 56, "人工修改": 11, "依据": 15, "来源": 7, "页": 5, "可信度": 7, "需核": 5,
    "概数": 5, "角色": 9, "计数编号": 9, "措施编号": 9, "文件": 20, HIDDEN: 24,
}  # fmt: skip
_WIDTH = 8
_CENTRED = frozenset(
    ("序号", "编号", "年度", "状态", "页", "可信度", "需核", "单位", "级别", "性质", "增减", "概数", "类别", "程度", "指标号", "角色",
     "情况", "把握", "问题编号", "计划编号", "问题页", "计划页", "措施编号", "所属措施", "计数编号", "来源")
)  # fmt: skip
_LISTS = frozenset(
    ("具体任务", "量化成效", "量化成效(指标)", "定性成效", "存在问题", "下一步计划", "证据(页·原文)", "原文")
)
_WIDER = 1.6
_GREEN, _BLUE, _YELLOW, _ORANGE, _GREY = "#E2F0D9", "#DEEBF7", "#FFF2CC", "#FBE5D6", "#EDEDED"
_COLOURS: Mapping[str, Mapping[str, str]] = {
    "状态": {
        TaskState.DONE: _GREEN,
        TaskState.ONGOING: _BLUE,
        TaskState.PLANNED: _YELLOW,
        TaskState.LATE: _ORANGE,
        TaskState.UNKNOWN: _GREY,
        "目标": _YELLOW,
        "基数": _GREY,
    },
    "程度": {
        SEVERITY_NAMES[Severity.HINT]: _GREY,
        SEVERITY_NAMES[Severity.WARNING]: _YELLOW,
        SEVERITY_NAMES[Severity.ERROR]: _ORANGE,
    },
    "情况": {"有对应计划": _GREEN, "无对应计划": _ORANGE, "未对应问题": _GREY},
}
_REVIEW, _DOUBTFUL, _FAIR = "#FFE699", "#F8CBAD", "#FFF2CC"
_FAIR_BELOW = 0.8
_ADDED_ROWS = 200  # lists and colours reach as many rows further, for rows that people add
_LONGEST_LIST = 255  # characters of a list of choices: Excel's limit


def width(column: LayoutColumn, layout: LayoutSheet, widened: bool) -> float:
    """The width of a column in characters; wider where the tasks of a project stand in one cell."""
    several = widened and layout.table == MAIN and column.field in _LISTS
    return (column.width or _WIDTHS.get(column.field, _WIDTH)) * (_WIDER if several else 1)


def is_centred(field: str) -> bool:
    """Whether the values of a field stand in the middle of their cells."""
    return field in _CENTRED


def cell_formats(book: Workbook) -> list[Format]:
    """The looks of the header, of text, of what is centred, and of both with a link."""
    base = {
        "font_name": FONT,
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#BFBFBF",
    }
    title = base | {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#1F4E79",
        "font_color": "#FFFFFF",
    }
    centre = base | {"align": "center"}
    link = {"font_color": "#0563C1"}
    looks = (title, base, centre, base | link, centre | link | {"underline": 1})
    return [book.add_format(look) for look in looks]


def page_setup(sheet: Worksheet, layout: LayoutSheet, widened: bool) -> None:
    """Widths, the frozen header, and how the sheet is printed: A4 across, its header on every page."""
    for at, column in enumerate(layout.columns):
        sheet.set_column(
            at, at, width(column, layout, widened), None, {"hidden": True} if column.field == HIDDEN else {}
        )
    sheet.freeze_panes(1, layout.fields.index("具体任务") + 1 if "具体任务" in layout.fields[:6] else 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{layout.name.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def colours(book: Workbook, sheet: Worksheet, layout: LayoutSheet, last: int, review_below: float) -> None:
    """Colours by state, gravity and confidence. They are rules, not styles: a value that people change changes its colour."""
    end = last + _ADDED_ROWS
    for at, field in enumerate(layout.fields):
        for value, colour in _COLOURS.get(field, {}).items():
            if value in CHOICES[layout.table].get(field, ()):
                rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": _filled(book, colour)}
                sheet.conditional_format(1, at, end, at, rule)
        if field == "需核":
            marked = book.add_format({"bg_color": _REVIEW, "bold": True})
            sheet.conditional_format(
                1, at, end, at, {"type": "cell", "criteria": "==", "value": '"是"', "format": marked}
            )
        if field == "可信度":
            for below, colour in ((review_below, _DOUBTFUL), (_FAIR_BELOW, _FAIR)):
                # An empty cell counts as 0 for a plain comparison.
                cell = f"{_letters(at)}2"
                formula = f"=AND(ISNUMBER({cell}),{cell}<{below:g})"
                rule = {"type": "formula", "criteria": formula, "format": _filled(book, colour), "stop_if_true": True}
                sheet.conditional_format(1, at, end, at, rule)


def choices(sheet: Worksheet, layout: LayoutSheet, last: int) -> None:
    """Lists to choose from in the columns with a closed list of values; other words are taken after a question."""
    known: dict[str, tuple[str, ...]] = CHOICES[layout.table] | {"需核": ("是",)}
    for at, column in enumerate(layout.columns):
        values = [str(value) for value in known.get(column.field, ())]
        if values and len(",".join(values)) <= _LONGEST_LIST:
            sheet.data_validation(
                1,
                at,
                last + _ADDED_ROWS,
                at,
                {
                    "validate": "list",
                    "source": values,
                    "error_title": column.name,
                    "error_type": "warning",
                    "error_message": "列表里没有这一项，照写也可以，但程序只当作文字，不参加统计和比较。",
                },
            )


def _filled(book: Workbook, colour: str) -> Format:
    return book.add_format({"bg_color": colour})


def _letters(column: int) -> str:
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)
