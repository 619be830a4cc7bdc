"""Every cell of every sheet: a value from a report leads to its words on its page; every other is of a closed list or a number of ours.

The cells are those of the written workbook. A column that no rule here speaks of makes the test fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import huizong
from conftest import REPORT
from huizong.export.workbook import write_workbook
from huizong.indicators import catalogue
from huizong.records import Level, Nature, NumberRole, TaskState
from huizong.report import Report
from huizong.tables import Results
from huizong.tables.columns import AREA_NAMES, CHANGE_NAMES, COLUMNS, RULE_NAMES, SEVERITY_NAMES, STATUS_NAMES
from huizong.tables.fields import HIDDEN
from huizong.tables.layouts import read_layout

INDICATORS = {indicator.id: indicator.name for indicator in catalogue()}


def plain(words: str) -> str:
    """Words without what a cell joins them by, or a page breaks them with."""
    return re.sub(r"\s", "", words)


@dataclass(frozen=True)
class Row:
    """A row of a sheet read back, and the report it must lead to."""

    report: Report
    sheet: str
    cells: dict[str, str]

    @property
    def words(self) -> str:
        """All words of the report: its text and the cells, headers and captions of its tables."""
        tables = "".join(
            "".join([t.caption, *t.header, *(c for r in (*t.header_rows, *t.rows) for c in r)])
            for t in self.report.tables
        )
        return plain(self.report.text + tables)

    def says(self, value: str) -> bool:
        """Whether the report has these words."""
        return plain(value) in self.words

    def pages_of(self, quote: str) -> set[int]:
        """The pages on which a quote of the text begins."""
        assert self.report.source_map is not None
        found = re.finditer(re.escape(quote), self.report.text)
        return {self.report.source_map.page(match.start()) for match in found}


def words(row: Row, value: str) -> bool:
    return row.says(value)


MORE = re.compile(r"\n……其余 \d+ [条处](?:见(?:问题|计划)台账)?$")
"""What stands under the first entries of a list that a cell cannot show whole."""


def entries(row: Row, value: str) -> bool:
    return all(row.says(entry) for entry in MORE.sub("", value).split("\n"))


def parts(separators: str) -> Callable[[Row, str], bool]:
    return lambda row, value: all(row.says(part) for part in re.split(separators, value) if part)


def one_of(*values: str) -> Callable[[Row, str], bool]:
    return lambda row, value: value in values


def like(pattern: str) -> Callable[[Row, str], bool]:
    return lambda row, value: re.fullmatch(pattern, value) is not None


def names_of(row: Row) -> dict[str, str]:
    return {a.name: a.alias for a in row.report.aliases} | {a.alias: a.name for a in row.report.aliases}


def body(row: Row, value: str) -> bool:
    """A body that the report names in full, in short, or as one of the pair."""
    return all(n == "双方" or row.says(n) or row.says(names_of(row).get(n, n)) for n in re.split("[、]", value))


def origin(row: Row, value: str) -> bool:
    years = re.findall(r"\d{4}", value)
    said = plain(row.report.text) + row.report.source.name
    return all(year in said or year in map(str, row.report.meta.years) for year in years) if years else value in said


FIGURE = re.compile(
    r"(?:\d+\. )?(?:(?P<id>[A-Z]{2}-\d\d) (?P<name>\S+) |(?P<object>.+?) )?(?P<number>[^ （]+?)(?P<said>＝[^：（]+)?"
    r"(?:：(?P<listed>[^（]+?))?(?:（(?P<notes>[^）]*)）)?"
)


def figures(row: Row, value: str) -> bool:
    """Each figure: its indicator of the catalogue or its object in the report, its number in the evidence of the row."""
    evidence = plain(row.cells.get("证据(页·原文)") or row.cells.get("原文") or row.cells.get("计划") or "")
    for part in re.split(r"；(?![^（]*）)|\n", value):
        found = FIGURE.fullmatch(part)
        if found is None:
            return False
        number = re.sub("^(?:增加|减少)", "", found["number"])
        if plain(number) not in evidence and not row.says(number):
            return False
        if found["id"] and INDICATORS[found["id"]] != found["name"]:
            return False
        if found["object"] and not put_together(found["object"], row):
            return False
        if found["listed"] and not all(row.says(name) for name in found["listed"].split("、")):
            return False
    return True


def put_together(value: str, row: Row) -> bool:
    """A name of words of the report, put together from few runs at most: “A、B产业增加值” tells of A产业增加值, too."""
    rest, runs = plain(value), 0
    while rest and runs < 4:
        shortest = min(2, len(value))
        run = next((rest[:n] for n in range(len(rest), shortest - 1, -1) if row.says(rest[:n])), "")
        if not run:
            return False
        rest, runs = rest[len(run) :].lstrip("·｜"), runs + 1
    return not rest


def evidence(row: Row, value: str) -> bool:
    for line in value.split("\n"):
        found = re.fullmatch(r"(?:\d+\. )?(?:第(\d+)页|原文)：(.+)", line)
        if found is None:
            return line.startswith("……其余")
        item = next((i for i in row.report.items if found[2] in i.text), None)
        if item is None or (found[1] is None) != (row.report.source.pages is None):
            return False
        if found[1] and (item.page != int(found[1]) or item.page not in row.pages_of(item.text)):
            return False
    return True


def brief(row: Row, value: str) -> bool:
    lines = [re.sub(r"^\d+\. ", "", line) for line in value.split("\n")]
    return all(row.says(part) for line in lines for part in re.split("[，]", line))


def page(row: Row, value: str) -> bool:
    """The pages on which the words of the row begin; the cell of a table stands on the page of its row."""
    pages = {int(p) for p in value.split("、")}
    quotes = [row.cells[c] for c in ("原文", "问题", "计划") if row.cells.get(c)]
    if row.sheet == "校核提示":
        return all(pages & row.pages_of(part) for part in MORE.sub("", quotes[0]).split("\n")) if quotes else True
    if row.sheet == "数字核对":
        return bool(pages & row.pages_of(row.cells["数字"]))
    if row.sheet == "指标台账" and row.cells["来源"] == "表格":
        return bool(pages & {t.page_of(n) for t in row.report.tables for n in range(len(t.rows))})
    return (
        all(pages & row.pages_of(quote.replace("【", "").replace("】", "")) for quote in quotes)
        or row.sheet == "指标台账"
    )


def sentence(row: Row, value: str) -> bool:
    """The words around a count: a whole sentence, or 【…】 in its context, or labels and the line of a cell."""
    if row.cells.get("来源") == "表格":
        return all(row.says(part) for part in re.split(r"[·｜]|: ", value))
    return row.says(value.replace("【", "").replace("】", ""))


def context(row: Row, value: str) -> bool:
    inner = re.search("【(.+)】", value)
    return inner is not None and inner[1] == row.cells["数字"] and row.says(value.replace("【", "").replace("】", ""))


def message(row: Row, value: str) -> bool:
    """Longer words that a message quotes, up to where it cuts them short, stand in the report."""
    quoted = re.findall(r"“([^“”…]{8,})(?=[”…])", value)
    return all(row.says(words) for words in quoted)


def number(row: Row, value: str) -> bool:
    """A value that is printed in figures is that of the figures; of Chinese numerals it is enough here that they are there."""
    quote = row.cells["原文数"].replace(",", "").replace("，", "")
    printed = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", quote)]
    return (
        not printed
        or float(value) in printed
        or bool(re.search("[几余多约近半两十百千万亿过超以]", quote))
        or row.cells["性质"] == "推算"
    )


def reason(row: Row, value: str) -> bool:
    """What ties an issue to a plan: words that both have, themes, or another sentence of the same issue."""
    sort, _, shared = value.partition("：")
    if sort == "共有":
        return all(row.says(word) for word in shared.split("、"))
    return sort == "同类" or re.fullmatch(r"与I\d+说的是同一问题", value) is not None


def indicator(row: Row, value: str) -> bool:
    return value in INDICATORS


def indicator_name(row: Row, value: str) -> bool:
    return value == INDICATORS.get(row.cells["指标号"]) or put_together(value, row)


SCHOOL = {"学校": origin, "年度": origin}
COMMON: dict[str, Callable[[Row, str], bool]] = {
    **SCHOOL,
    "领域": one_of(*AREA_NAMES.values()),
    "所在标题": words,
    "页": page,
    "依据": like(r"规则：.+|模型：[\d.]+"),
    "可信度": like(r"0(?:\.\d+)?|1(?:\.0)?"),
    "需核": one_of("是"),
    "人工修改": lambda row, value: False,
}
RULES: dict[str, dict[str, Callable[[Row, str], bool]]] = {
    "汇总表": COMMON
    | {
        "序号": like(r"\d+"),
        "帮扶项目(领域)": lambda row, value: value in AREA_NAMES.values() or row.says(value),
        "具体任务": brief,
        "实施主体": body,
        "受益方": body,
        "对口部门": parts("、"),
        "时间": parts("、"),
        "状态": lambda row, value: all(re.sub(r"\d+项$", "", s) in set(TaskState) for s in value.split("、")),
        "量化成效": figures,
        "定性成效": lambda row, value: all(row.says(p) for p in re.split(r"[，；\n]|^\d+\. ", re.sub(r"(?m)^\d+\. ", "", value)) if p),
        "存在问题": entries,
        "下一步计划": entries,
        "证据(页·原文)": evidence,
    },
    "措施台账": COMMON | {"编号": like(r"M\d+"), "类别": one_of("措施", "成效"), "原文": words, "数量": figures},
    "指标台账": COMMON
    | {
        "编号": like(r"N\d+"),
        "指标号": indicator,
        "指标名": indicator_name,
        "数值": number,
        "下限": lambda row, value: float(value) <= max(float(row.cells["数值"]), float(row.cells["上限"] or value)) + 1,
        "上限": lambda row, value: float(value) >= float(row.cells["数值"]) - 1,
        "单位": lambda row, value: value in row.cells["原文数"] or row.says(value) or row.cells["性质"] == "推算",
        "原文数": words,
        "概数": one_of("是"),
        "对象": lambda row, value: put_together(value, row),
        "级别": one_of(*Level),
        "归属": body,
        "性质": one_of(*Nature),
        "增减": one_of(*CHANGE_NAMES.values()),
        "状态": one_of(*STATUS_NAMES.values()),
        "时间口径": like(r"\d{4}年"),
        "所属措施": like(r"[MIP]\d+"),
        "列举项": parts("、"),
        "原文": sentence,
        "来源": one_of("表格", "规则", "模型"),
    },
    "问题台账": COMMON | {"类别": one_of("问题"), "编号": like(r"I\d+"), "问题": words, "原因": words, "对应计划": like(r"P\d+(?:、P\d+)*")},  # noqa: E501
    "计划台账": COMMON
    | {"类别": one_of("计划"),
        "编号": like(r"P\d+"), "计划": words, "时限": words, "责任": words, "数量": figures, "对应问题": like(r"I\d+(?:、I\d+)*")},
    "问题—计划对照": SCHOOL
    | {
        "问题编号": like(r"I\d+"),
        "问题": words,
        "计划编号": like(r"P\d+"),
        "计划": words,
        "情况": one_of("有对应计划", "无对应计划", "未对应问题"),
        "依据": reason,
        "把握": like(r"0(?:\.\d+)?|1(?:\.0)?"),
        "人工修改": lambda row, value: False,
    },
    "校核提示": SCHOOL
    | {
        "编号": like(r"C\d+"),
        "规则": lambda row, value: value in {f"{name}（{rule}）" for rule, name in RULE_NAMES.items()},
        "程度": one_of(*SEVERITY_NAMES.values()),
        "提示": message,
        "页": page,
        "原文": entries,
        "人工修改": lambda row, value: False,
    },
    "数字核对": SCHOOL
    | {
        "序号": like(r"\d+"),
        "数字": words,
        "角色": one_of(*NumberRole),
        "页": page,
        "上下文": context,
        "计数编号": like(r"N\d+"),
    },
}  # fmt: skip


def read_back(report: Report, path: Path, rows: str) -> Iterator[Row]:
    write_workbook(Results((report,), layout=read_layout("", rows)), path, [])
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in COLUMNS:
        lines = book[sheet].iter_rows(values_only=True)
        head = [str(name) for name in next(lines)]
        for line in lines:
            cells = {n: "" if v is None else f"{v:g}" if isinstance(v, float) else str(v) for n, v in zip(head, line)}
            yield Row(report=report, sheet=sheet, cells=cells)
    book.close()


def unfounded(report: Report, path: Path, rows: str = "") -> list[str]:
    """Every cell that leads to nothing, told with its sheet, column and value."""
    wrong = []
    for row in read_back(report, path, rows):
        for column, value in row.cells.items():
            if value and column != HIDDEN and not RULES[row.sheet][column](row, value):
                wrong.append(f"{row.sheet}·{column}: {value[:80]}")
    return wrong


def test_every_column_has_a_rule() -> None:
    for sheet, columns in COLUMNS.items():
        assert set(columns) - {HIDDEN} <= set(RULES[sheet])


@pytest.mark.parametrize("rows", ["task", "project"])
def test_every_cell_of_a_written_report(rows: str, tmp_path: Path) -> None:
    report = huizong.analyze_text(REPORT)
    assert unfounded(report, tmp_path / "汇总.xlsx", rows) == []


@pytest.mark.parametrize("rows", ["task", "project"])
@pytest.mark.parametrize("name", ["汀洲工商职业技术学院_2022.pdf", "汀洲工商职业技术学院_2023.docx", "shiyou-2022.txt"])
def test_every_cell_of_the_samples(name: str, rows: str, samples: Path, tmp_path: Path) -> None:
    report = huizong.read(samples / name)
    assert unfounded(report, tmp_path / "汇总.xlsx", rows) == []


@pytest.mark.parametrize(
    "name", ["gold/seed.pdf", "gold/ytu-summary.txt", "reports/ytu-bg1.pdf", "reports/hailar-2015.txt"]
)
def test_every_cell_of_reference_reports(name: str, shared: Path, tmp_path: Path) -> None:
    report = huizong.read(shared / name)
    assert unfounded(report, tmp_path / "汇总.xlsx") == []


def test_an_invented_value_is_found_out(tmp_path: Path) -> None:
    report = huizong.analyze_text(REPORT)
    row = next(r for r in read_back(report, tmp_path / "汇总.xlsx", "") if r.sheet == "汇总表")
    for column, value in [
        ("具体任务", "召开了推进会"),
        ("实施主体", "省教育厅"),
        ("证据(页·原文)", "第2页：两校成立了由校长任组长的领导小组"),
        ("量化成效", "ZD-01 领导小组 9个"),
        ("时间", "2020年"),
        ("人工修改", "改过"),
    ]:
        assert not RULES["汇总表"][column](row, value)
