"""A comparison as a workbook, and as tables on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.compare import (
    Anomaly,
    Comparison,
    Copied,
    CopiedShare,
    IndicatorRow,
    IssueRow,
    IssueStatus,
    Outcome,
    Promise,
)
from huizong.export.workbook import system_errors
from huizong.store import replacing, to_json

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FILE_NAME = "年度对比.xlsx"
STATUS_NAMES = {IssueStatus.NEW: "新出现", IssueStatus.RETURNED: "再次出现", IssueStatus.GONE: "不再提及"}
OUTCOME_NAMES = {Outcome.KEPT: "已兑现", Outcome.PARTLY: "部分兑现", Outcome.NO_EVIDENCE: "未见证据"}
RULE_NAMES = {"jump": "突变", "cumulative_fall": "累计数下降", "base_differs": "基数对不上"}
_COLOURS = {
    "再次出现": "#FBE5D6", "不再提及": "#E2F0D9", "新出现": "#FFF2CC", "已兑现": "#E2F0D9", "部分兑现": "#FFF2CC",
    "未见证据": "#EDEDED", "不可比": "#EDEDED",
}  # fmt: skip
_WIDTHS = {
    "学校": 16, "指标": 24, "归属": 16, "原文": 60, "说明": 44, "问题": 60, "计划": 50, "对应部分": 30, "证据": 50, "较早原文": 50,
    "较晚原文": 50, "提示": 50, "较早学校": 16,
}  # fmt: skip
_WIDTH = 10
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_767  # Excel's limit
_SCREEN_ROWS = 40

Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet, a dictionary a row, made anew each time one goes through them: none is held."""

    make: Callable[[], Iterator[Cells]]

    def __iter__(self) -> Iterator[Cells]:
        return self.make()


def sheets(comparison: Comparison) -> dict[str, tuple[list[str], Rows]]:
    """The sheets of the workbook by name: their columns and their rows."""
    years = sorted({year for row in comparison.indicators for year in row.values})
    steps = ["比较", "差", "增减%", "差的下限", "差的上限"]
    return {
        "年度对比": (
            ["学校", "指标号", "指标", "归属", "单位", *map(str, years), *steps, "说明", "原文"],
            Rows(lambda: map(_indicator, comparison.indicators)),
        ),
        "问题沿革": (["学校", "情况", "年份", "问题"], Rows(lambda: map(_issue, comparison.issues))),
        "计划兑现": (
            ["学校", "年份", "计划", "对应部分", "结果", "目标", "实际", "单位", "证据年份", "证据", "把握"],
            Rows(lambda: map(_promise, comparison.promises)),
        ),
        "雷同": (
            ["学校", "年份", "较早学校", "较早年份", "占全文%", "相似度", "较晚原文", "较早原文"],
            Rows(lambda: chain(map(_share, comparison.copied_shares), map(_copied, comparison.copied))),
        ),
        "异常": (["学校", "类别", "年份", "提示", "原文"], Rows(lambda: map(_anomaly, comparison.anomalies))),
    }


def _issue(row: IssueRow) -> Cells:
    return {
        "学校": row.body,
        "情况": STATUS_NAMES[row.status],
        "年份": "、".join(map(str, row.years)),
        "问题": _by_year(row.quotes),
    }


def _promise(row: Promise) -> Cells:
    return {
        "学校": row.body,
        "年份": row.year,
        "计划": row.quote,
        "对应部分": row.part,
        "结果": OUTCOME_NAMES[row.outcome],
        "目标": row.target,
        "实际": row.reached,
        "单位": row.unit,
        "证据年份": row.evidence_year,
        "证据": row.evidence_quote,
        "把握": row.confidence,
    }


def _share(row: CopiedShare) -> Cells:
    return {
        "学校": row.body,
        "年份": row.to_year,
        "较早学校": row.from_body,
        "较早年份": row.from_year,
        "占全文%": round(100 * row.share, 2),
    }


def _copied(row: Copied) -> Cells:
    return {
        "学校": row.body,
        "年份": row.to_year,
        "较早学校": row.from_body,
        "较早年份": row.from_year,
        "相似度": row.similarity,
        "较晚原文": row.to_quote,
        "较早原文": row.from_quote,
    }


def _anomaly(row: Anomaly) -> Cells:
    return {
        "学校": row.body,
        "类别": RULE_NAMES[row.rule],
        "年份": "、".join(map(str, row.years)),
        "提示": row.message,
        "原文": _by_year(row.quotes),
    }


def _indicator(row: IndicatorRow) -> Cells:
    cells: dict[str, object] = {
        "学校": row.body,
        "指标号": row.id,
        "指标": row.name,
        "归属": row.owner,
        "单位": row.unit,
        "原文": _by_year(row.quotes),
        "说明": row.reason,
        "比较": None if row.comparable else "不可比",
    }
    cells |= {str(year): value for year, value in row.values.items()}
    if row.changes:
        change = row.changes[-1]
        cells |= {
            "比较": f"{change.from_year}→{change.to_year}",
            "差": change.difference,
            "增减%": change.percent,
        }
        if {change.from_year, change.to_year} & set(row.approximate):
            cells |= {"差的下限": change.low, "差的上限": change.high, "说明": "有约数，差只能给出范围"}
    return cells


def _by_year(quotes: Mapping[int, str]) -> str:
    return "\n".join(f"{year}：{words}" for year, words in quotes.items())


def json_pieces(comparison: Comparison) -> Iterator[str]:
    """The JSON of the contract as `to_json` writes it, an entry a piece."""
    opening = "{"
    for name, entries in comparison.entries().items():
        yield f'{opening}\n "{name}": ['
        mark = ""
        for entry in entries:
            yield mark + "\n  " + to_json(entry).replace("\n", "\n  ")
            mark = ","
        yield "\n ]" if mark else "]"
        opening = ","
    yield "\n}"


def write_comparison(comparison: Comparison, path: Path) -> None:
    """The workbook with the sheets 年度对比, 问题沿革, 计划兑现, 雷同, 异常. Words of reports never become formulas.

    Raises `OutputError` when the file cannot be written.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with (
        replacing(path, "Excel 或 WPS") as beside,
        system_errors(),
        xlsxwriter.Workbook(str(beside), options) as book,
    ):
        formats = _formats(book)
        for name, (columns, rows) in sheets(comparison).items():
            _sheet(book, name, columns, rows, formats)


def _formats(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
    base |= {"border_color": "#BFBFBF"}
    title = base | {"bold": True, "align": "center", "bg_color": "#1F4E79", "font_color": "#FFFFFF"}
    made = {"title": book.add_format(title), "text": book.add_format(base)}
    for word, colour in _COLOURS.items():
        made[word] = book.add_format(base | {"align": "center", "bg_color": colour})
    return made


def _sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Cells], formats: Mapping[str, Format]
) -> None:
    sheet = book.add_worksheet(name)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, _WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, formats["title"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            value = row.get(column)
            style = formats.get(value, formats["text"]) if isinstance(value, str) else formats["text"]
            if value is None:
                sheet.write_blank(last, at, None, style)
            elif isinstance(value, (int, float)):
                sheet.write_number(last, at, value, style)
            else:
                sheet.write_string(last, at, _FORBIDDEN.sub("", str(value))[:_LONGEST_CELL], style)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def print_comparison(comparison: Comparison) -> None:
    """What matters, on the screen: the indicators, and how many issues, promises, copied sentences and anomalies."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    years = sorted({year for row in comparison.indicators for year in row.values})
    table = Table(title="年度对比", title_justify="left")
    for column in ("指标", "归属", "单位", *map(str, years), "变化"):
        table.add_column(column, overflow="fold")
    for row in comparison.indicators[:_SCREEN_ROWS]:
        values = ["" if year not in row.values else f"{row.values[year]:.10g}" for year in years]
        table.add_row(*map(escape, (row.name, row.owner, row.unit, *values, _step(row))))
    if comparison.indicators:
        console.print(table)
    more = len(comparison.indicators) - _SCREEN_ROWS
    if more > 0:
        console.print(f"另有 {more} 项指标没有列出，用 -f xlsx 看全部。", highlight=False)
    for line in summary(comparison):
        console.print(line, markup=False, highlight=False)
    for anomaly in comparison.anomalies:
        console.print(f"  · {RULE_NAMES[anomaly.rule]}：{anomaly.message}", markup=False, highlight=False)


def _step(row: IndicatorRow) -> str:
    if not row.changes:
        return f"不可比：{row.reason}"
    change = row.changes[-1]
    percent = "" if change.percent is None else f"（{change.percent:+.10g}%）"
    return f"{change.difference:+.10g}{percent}"


def summary(comparison: Comparison) -> list[str]:
    """One Chinese line a part of the comparison."""
    issues = [f"{STATUS_NAMES[s]} {n} 条" for s in IssueStatus if (n := sum(r.status is s for r in comparison.issues))]
    kept = [f"{OUTCOME_NAMES[o]} {n} 条" for o in Outcome if (n := sum(p.outcome is o for p in comparison.promises))]
    apart = sum(not row.comparable for row in comparison.indicators)
    return [
        f"单位：{'、'.join(comparison.bodies)}；年份：{'、'.join(map(str, comparison.years))}",
        f"指标：可比 {len(comparison.indicators) - apart} 项，不可比 {apart} 项",
        f"问题：{'，'.join(issues) or '没有可比的'}",
        f"计划：{'，'.join(kept) or '没有可比的'}",
        f"雷同：{len(comparison.copied)} 句（其中一字不差 {sum(c.similarity == 1 for c in comparison.copied)} 句）",
        f"异常：{len(comparison.anomalies)} 条",
    ]
