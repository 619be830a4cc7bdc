"""Reports → rows: one maker a sheet, one dict a row, in the order of the report's words.

What a report does not say is `None`, never 0. Every row names its page and its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huizong.extractors.table_grids import Grid
from huizong.indicators import match_indicator
from huizong.loading.tables.headers import JOINT
from huizong.records import (
    Area,
    Change,
    Count,
    Item,
    Kind,
    LinkKind,
    ParticularKind,
    Section,
    Status,
    Task,
)
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables.columns import (
    AREA_NAMES,
    CHANGE_NAMES,
    KEY,
    KIND_NAMES,
    ROLE_NAMES,
    RULE_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
)
from huizong.tables.corrected import corrected_rows

Row = dict[str, object]

_FILE_NAME = re.compile(r"^(?P<school>.*?[\u4e00-\u9fff].*?)[_\-－—](?P<year>20\d\d)(?:年.*)?$")


@dataclass(frozen=True, slots=True)
class Origin:
    """School and year of a report: what it says itself, else what its file name 学校名_年份 says."""

    school: str | None
    year: str | None


def origin(report: Report) -> Origin:
    """The school and the year(s) of a report, for the first two columns."""
    named = _FILE_NAME.match(Path(report.source.name).stem)
    years = sorted(report.meta.years)
    if years:
        year: str | None = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    else:
        year = named["year"] if named else None
    return Origin(report.meta.reporter or (named["school"] if named else None), year)


def _head(report: Report) -> Row:
    found = origin(report)
    return {"学校": found.school, "年度": found.year}


def _review(confidence: float, settings: Settings) -> str | None:
    return "是" if confidence < settings.review_below else None


def _heading(report: Report, section: str | None) -> str | None:
    found: Section | None = report.section_by_id.get(section) if section else None
    return found.number + found.title if found else None


def figure(report: Report, count: Count) -> str:
    """A count as it stands in a cell: what is counted, the words of the number, its level and whose it is (short name).

    The status is said where it is not `actual`: a target must not read like a result.
    """
    short = {a.name: a.alias for a in report.aliases}
    owners = (count.subject or "").split("、") if report.meta.partners else []
    owner = "、".join(short.get(name, name) for name in owners)
    notes = [n for n in (f"{count.level}级" if count.level else None, owner) if n]
    if count.status is not Status.ACTUAL:
        notes.append(STATUS_NAMES[count.status])
    change = "" if count.change is Change.LEVEL else CHANGE_NAMES[count.change]
    words = " ".join(filter(None, (count.object, change + (count.said or count.quote))))
    return f"{words}（{'；'.join(notes)}）" if notes else words


def _figures(report: Report, ids: Sequence[str]) -> str | None:
    return "；".join(figure(report, report.count_by_id[i]) for i in ids) or None


def _task_rows(report: Report, settings: Settings) -> Iterator[Row]:
    head = _head(report)
    linked: set[Area] = set()
    for number, task in enumerate(report.tasks, start=1):
        first = task.area is not None and task.area not in linked
        if task.area is not None:
            linked.add(task.area)
        yield head | {
            "序号": number,
            "帮扶项目(领域)": AREA_NAMES[task.area] if task.area else None,
            "具体任务": task.brief,
            "实施主体": task.actor,
            "受益方": task.beneficiary,
            "对口部门": "、".join(task.departments) or None,
            "时间": task.time,
            "状态": str(task.state),
            "量化成效": _figures(report, task.counts),
            "定性成效": task.effect,
            "存在问题": _linked(report, task, Kind.ISSUE) if first else None,
            "下一步计划": _linked(report, task, Kind.PLAN) if first else None,
            "证据(页·原文)": f"第{task.page}页：{task.span.of(report.text)}",
            "可信度": round(task.confidence, 2),
            "需核": _review(task.confidence, settings),
            "人工修改": None,
            KEY: task.id,
        }


def _linked(report: Report, task: Task, kind: Kind) -> str | None:
    """Issues or plans of the task's area. 组织领导 and 其他 hold too much of everything to link by area alone."""
    if task.area in (None, Area.GOVERNANCE, Area.OTHER):
        return None
    return "\n".join(i.text for i in report.of_kind(kind) if i.area is task.area) or None


def _numbered(report: Report, kind: Kind, *more: Kind) -> Iterator[tuple[int, Item]]:
    return enumerate(report.of_kind(kind, *more), start=1)


def _statement(report: Report, settings: Settings, item: Item, code: str, column: str) -> Row:
    return {
        "编号": code,
        **_head(report),
        "领域": AREA_NAMES[item.area] if item.area else None,
        "类别": KIND_NAMES[item.kind],
        column: item.text,
        "所在标题": _heading(report, item.section),
        "页": item.page,
        "依据": item.reason,
        "可信度": round(item.confidence, 2),
        "需核": _review(item.confidence, settings),
        "人工修改": None,
        KEY: item.id,
    }


def _measure_rows(report: Report, settings: Settings) -> Iterator[Row]:
    for n, item in _numbered(report, Kind.MEASURE, Kind.ACHIEVEMENT):
        figures = _figures(report, item.counts)
        yield _statement(report, settings, item, f"M{n:02d}", "原文") | {"数量": figures}


def _issue_rows(report: Report, settings: Settings) -> Iterator[Row]:
    codes = _item_codes(report)
    for n, item in _numbered(report, Kind.ISSUE):
        plans = [codes[plan.id] for plan in report.linked(LinkKind.ISSUE_PLAN, item.id)]
        yield _statement(report, settings, item, f"I{n:02d}", "问题") | {
            "原因": report.particular(item.id, ParticularKind.CAUSE),
            "对应计划": "、".join(plans) or None,
        }


def _plan_rows(report: Report, settings: Settings) -> Iterator[Row]:
    codes = _item_codes(report)
    for n, item in _numbered(report, Kind.PLAN):
        issues = [codes[link.source] for link in report.links if link.target == item.id]
        yield _statement(report, settings, item, f"P{n:02d}", "计划") | {
            "时限": report.particular(item.id, ParticularKind.DEADLINE),
            "责任": report.particular(item.id, ParticularKind.OWNER),
            "数量": _figures(report, item.counts),
            "对应问题": "、".join(issues) or None,
        }


def _pair_rows(report: Report, settings: Settings) -> Iterator[Row]:
    """Each issue with the plans that take it up, issues without a plan, and then the plans that answer no issue."""
    head, codes = _head(report), _item_codes(report)
    answering = set()
    for issue in report.of_kind(Kind.ISSUE):
        links = [link for link in report.links if link.source == issue.id]
        for link in links:
            plan = report.item_by_id[link.target]
            answering.add(plan.id)
            yield (
                head
                | _pair(report, codes, issue, plan, "有对应计划")
                | {"依据": link.reason, "把握": round(link.score, 2)}
            )
        if not links:
            yield head | _pair(report, codes, issue, None, "无对应计划")
    for plan in report.of_kind(Kind.PLAN):
        if plan.id not in answering:
            yield head | _pair(report, codes, None, plan, "未对应问题")


def _pair(report: Report, codes: dict[str, str], issue: Item | None, plan: Item | None, state: str) -> Row:
    return {
        "问题编号": codes[issue.id] if issue else None,
        "问题": issue.text if issue else None,
        "计划编号": codes[plan.id] if plan else None,
        "计划": plan.text if plan else None,
        "情况": state,
        "依据": None,
        "把握": None,
        "人工修改": None,
        KEY: report.pair_id(issue, plan),
    }


def _count_codes(report: Report) -> dict[str, str]:
    """The number under which each count stands in its ledger: those of the text and of tables, then what 首个, 全部 imply."""
    return {c.id: f"N{n:02d}" for n, c in enumerate((*report.counts, *report.derived), start=1)}


def _item_codes(report: Report) -> dict[str, str]:
    """The number under which each statement stands in its ledger."""
    kinds: tuple[tuple[str, tuple[Kind, ...]], ...] = (
        ("M", (Kind.MEASURE, Kind.ACHIEVEMENT)),
        ("I", (Kind.ISSUE,)),
        ("P", (Kind.PLAN,)),
    )
    return {i.id: f"{letter}{n:02d}" for letter, ks in kinds for n, i in _numbered(report, *ks)}


def _count_rows(report: Report, settings: Settings) -> Iterator[Row]:
    head, codes, items = _head(report), _count_codes(report), _item_codes(report)
    grids = [Grid(table) for table in report.tables]
    for count in (*report.counts, *report.derived):
        item = report.item_by_id.get(count.item) if count.item else None
        match = match_indicator(count, item.text if item else "")
        yield {
            "编号": codes[count.id],
            **head,
            "指标号": match.indicator.id if match else None,
            "指标名": match.indicator.name if match else count.object,
            "数值": count.value,
            "下限": count.lower,
            "上限": count.upper,
            "单位": count.unit or None,
            "原文数": count.quote,
            "概数": "是" if count.approx else None,
            "对象": count.object,
            "级别": str(count.level) if count.level else None,
            "归属": count.subject,
            "性质": str(count.nature),
            "增减": CHANGE_NAMES[count.change],
            "状态": STATUS_NAMES[count.status],
            "时间口径": f"{count.year}年" if count.year else None,
            "所属措施": items.get(count.item or ""),
            "列举项": "、".join(count.listed) or None,
            "页": count.page,
            "原文": item.text if item else _where(report, count, grids),
            "来源": "表格" if count.table is not None else count.rule,
            "可信度": round(count.confidence, 2),
            "需核": _review(count.confidence, settings),
            "人工修改": None,
            KEY: count.id,
        }


def _number_rows(report: Report, settings: Settings) -> Iterator[Row]:
    head, codes = _head(report), _count_codes(report)
    for n, number in enumerate(report.numbers, start=1):
        yield head | {
            "序号": n,
            "数字": number.quote,
            "角色": str(number.role),
            "页": number.page,
            "上下文": _context(report, number.span.start, number.span.end),
            "计数编号": codes.get(number.count or ""),
        }


def sentence_rows(report: Report) -> Iterator[Row]:
    """Every statement of a report with its kind, area and place."""
    head = _head(report)
    for item in report.items:
        section = report.section_by_id.get(item.section) if item.section else None
        yield head | {
            "句": item.text,
            "类别": KIND_NAMES[item.kind],
            "领域": AREA_NAMES[item.area] if item.area else None,
            "所在标题": _heading(report, item.section),
            "栏目": ROLE_NAMES[section.role] if section else None,
            "页": item.page,
            "起": item.span.start,
            "止": item.span.end,
            "依据": item.reason,
            "可信度": round(item.confidence, 2),
        }


def _where(report: Report, count: Count, grids: Sequence[Grid]) -> str:
    """The words around a count outside of statements; of one in a table: row label｜column header: the line of the cell."""
    if count.table is None or count.row is None or count.column is None:
        return _context(report, count.span.start, count.span.end)
    grid = grids[count.table]
    labels = (grid.row_labels(count.row, count.column), grid.column_labels(count.row, count.column))
    place = "｜".join(filter(None, (JOINT.join(" ".join(words.split()) for words in side) for side in labels)))
    words = report.words_around(count)
    start, end = words.rfind("\n", 0, count.span.start) + 1, words.find("\n", count.span.end)
    cell = words[start : end if end >= 0 else len(words)].strip()
    return f"{place}: {cell}" if place else cell


def _context(report: Report, start: int, end: int, around: int = 12) -> str:
    left, right = report.text[max(0, start - around) : start], report.text[end : end + around]
    return f"{left}【{report.text[start:end]}】{right}".replace("\n", " ")


def _check_rows(report: Report, settings: Settings) -> Iterator[Row]:
    head = _head(report)
    kept = (check for check in report.checks if check.rule not in settings.checks_off)
    for n, check in enumerate(kept, start=1):
        pages = sorted({evidence.page for evidence in check.evidence})
        yield {
            "编号": f"C{n:02d}",
            **head,
            "规则": f"{RULE_NAMES[check.rule]}（{check.rule}）",
            "程度": SEVERITY_NAMES[check.severity],
            "提示": check.message,
            "页": pages[0] if len(pages) == 1 else "、".join(map(str, pages)) or None,
            "原文": "\n".join(evidence.span.of(report.text) for evidence in check.evidence) or None,
            "人工修改": None,
            KEY: report.check_id(check),
        }


MAKERS = {
    "汇总表": _task_rows,
    "措施台账": _measure_rows,
    "指标台账": _count_rows,
    "问题台账": _issue_rows,
    "计划台账": _plan_rows,
    "问题—计划对照": _pair_rows,
    "校核提示": _check_rows,
    "数字核对": _number_rows,
}


def rows_of(report: Report, table: str, settings: Settings) -> Iterator[Row]:
    """The rows of a table of one report, as people corrected them."""
    rows = MAKERS[table](report, settings)
    if report.corrections is None:
        return rows
    return corrected_rows(table, rows, report.corrections, _item_codes(report), _head(report))
