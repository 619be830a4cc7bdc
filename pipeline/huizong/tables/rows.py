"""Reports → rows: one maker a sheet, one dict a row, in the order of the report's words.

What a report does not say is `None`, never 0. Every row names its page and its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huizong.extractors.links import issue_groups
from huizong.extractors.table_grids import Grid
from huizong.indicators import match_indicator
from huizong.loading.tables.headers import JOINT
from huizong.records import Count, Item, Kind, Link, LinkKind, ParticularKind, Rule
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables.cells import (
    Row,
    context,
    count_codes,
    figures,
    fitting,
    head,
    heading,
    item_codes,
    numbered,
    on_page,
    review,
)
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
from huizong.tables.task_rows import task_rows

_ACROSS = 25  # characters in a line of the words that a check queries, as wide as the column usually is
_REST = dict.fromkeys(
    (Rule.PLAN_WITHOUT_DEADLINE, Rule.PLAN_WITHOUT_OWNER, Rule.PLAN_WITHOUT_AMOUNT), "其余 {} 条见计划台账"
)


def _statement(report: Report, settings: Settings, first: Row, item: Item, code: str, column: str) -> Row:
    return {
        "编号": code,
        **first,
        "领域": AREA_NAMES[item.area] if item.area else None,
        "类别": KIND_NAMES[item.kind],
        column: item.text,
        "所在标题": heading(report, item.section),
        "页": on_page(report, item.page),
        "依据": item.reason,
        "可信度": round(item.confidence, 2),
        "需核": review(item.confidence, settings),
        "人工修改": None,
        KEY: item.id,
    }


def _measure_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first = head(report, settings)
    for n, item in numbered(report, Kind.MEASURE, Kind.ACHIEVEMENT):
        numbers = figures(report, item.counts)
        yield _statement(report, settings, first, item, f"M{n:02d}", "原文") | {"数量": numbers}


def _answers(report: Report) -> dict[str, list[Link]]:
    """Issue → its links to plans; sentences that go on about an issue have those of the others with it, if they have none.

    The `source` of a link tells by which sentence.
    """
    own: dict[str, list[Link]] = {}
    for link in report.links:
        if link.kind is LinkKind.ISSUE_PLAN:
            own.setdefault(link.source, []).append(link)
    found = dict(own)
    for group in issue_groups(report.text, report.items):
        shared = [link for issue in group for link in own.get(issue.id, ())]
        found |= {issue.id: shared for issue in group if issue.id not in own and shared}
    return found


def _issue_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first, codes, answers = head(report, settings), item_codes(report), _answers(report)
    for n, item in numbered(report, Kind.ISSUE):
        plans = dict.fromkeys(codes[link.target] for link in answers.get(item.id, ()))
        yield _statement(report, settings, first, item, f"I{n:02d}", "问题") | {
            "原因": report.particular(item.id, ParticularKind.CAUSE),
            "对应计划": "、".join(plans) or None,
        }


def _number(code: str) -> int:
    return int(code[1:])


def _plan_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first, codes, answers = head(report, settings), item_codes(report), _answers(report)
    for n, item in numbered(report, Kind.PLAN):
        issues = [codes[issue] for issue, links in answers.items() if any(link.target == item.id for link in links)]
        yield _statement(report, settings, first, item, f"P{n:02d}", "计划") | {
            "时限": report.particular(item.id, ParticularKind.DEADLINE),
            "责任": report.particular(item.id, ParticularKind.OWNER),
            "数量": figures(report, item.counts),
            "对应问题": "、".join(sorted(issues, key=_number)) or None,
        }


def _pair_rows(report: Report, settings: Settings) -> Iterator[Row]:
    """Each issue with the plans that take it up, issues without a plan, and then the plans that answer no issue."""
    first, codes, answers = head(report, settings), item_codes(report), _answers(report)
    answering = set()
    opened = {item.id: group[0].id for group in issue_groups(report.text, report.items) for item in group[1:]}
    for issue in report.of_kind(Kind.ISSUE):
        links = answers.get(issue.id, [])
        for link in links:
            plan = report.item_by_id[link.target]
            answering.add(plan.id)
            reason = link.reason if link.source == issue.id else f"与{codes[link.source]}说的是同一问题"
            yield (
                first | _pair(report, codes, issue, plan, "有对应计划") | {"依据": reason, "把握": round(link.score, 2)}
            )
        if not links:
            same = f"与{codes[opened[issue.id]]}说的是同一问题" if issue.id in opened else None
            yield first | _pair(report, codes, issue, None, "无对应计划") | {"依据": same}
    for plan in report.of_kind(Kind.PLAN):
        if plan.id not in answering:
            yield first | _pair(report, codes, None, plan, "未对应问题")


def _pair(report: Report, codes: dict[str, str], issue: Item | None, plan: Item | None, state: str) -> Row:
    return {
        "问题编号": codes[issue.id] if issue else None,
        "问题": issue.text if issue else None,
        "问题页": on_page(report, issue.page) if issue else None,
        "计划编号": codes[plan.id] if plan else None,
        "计划": plan.text if plan else None,
        "计划页": on_page(report, plan.page) if plan else None,
        "情况": state,
        "依据": None,
        "把握": None,
        "人工修改": None,
        KEY: report.pair_id(issue, plan),
    }


def _count_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first, codes, items = head(report, settings), count_codes(report), item_codes(report)
    grids = [Grid(table) for table in report.tables]
    for count in (*report.counts, *report.derived):
        item = report.item_by_id.get(count.item) if count.item else None
        match = match_indicator(count, item.text if item else "")
        yield {
            "编号": codes[count.id],
            **first,
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
            "页": on_page(report, count.page),
            "原文": item.text if item else _where(report, count, grids),
            "来源": _source(count),
            "可信度": round(count.confidence, 2),
            "需核": review(count.confidence, settings),
            "人工修改": None,
            KEY: count.id,
        }


def _source(count: Count) -> str:
    """By what a count was found: 表格, 模型 or 规则."""
    if count.table is not None:
        return "表格"
    return "模型" if count.rule == "count.ranked" else "规则"


def _number_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first, codes = head(report, settings), count_codes(report)
    for n, number in enumerate(report.numbers, start=1):
        yield first | {
            "序号": n,
            "数字": number.quote,
            "角色": str(number.role),
            "页": on_page(report, number.page),
            "上下文": context(report, number.span.start, number.span.end),
            "计数编号": codes.get(number.count or ""),
        }


def sentence_rows(report: Report, settings: Settings) -> Iterator[Row]:
    """Every statement of a report with its kind, area and place."""
    first = head(report, settings)
    for item in report.items:
        section = report.section_by_id.get(item.section) if item.section else None
        yield first | {
            "句": item.text,
            "类别": KIND_NAMES[item.kind],
            "领域": AREA_NAMES[item.area] if item.area else None,
            "所在标题": heading(report, item.section),
            "栏目": ROLE_NAMES[section.role] if section else None,
            "页": on_page(report, item.page),
            "起": item.span.start,
            "止": item.span.end,
            "依据": item.reason,
            "可信度": round(item.confidence, 2),
        }


def _where(report: Report, count: Count, grids: Sequence[Grid]) -> str:
    """The words around a count outside of statements; of one in a table: row label｜column header: the line of the cell."""
    if count.table is None or count.row is None or count.column is None:
        return context(report, count.span.start, count.span.end)
    grid = grids[count.table]
    labels = (grid.row_labels(count.row, count.column), grid.column_labels(count.row, count.column))
    place = "｜".join(filter(None, (JOINT.join(" ".join(words.split()) for words in side) for side in labels)))
    words = report.words_around(count)
    start, end = words.rfind("\n", 0, count.span.start) + 1, words.find("\n", count.span.end)
    cell = words[start : end if end >= 0 else len(words)].strip()
    return f"{place}: {cell}" if place else cell


def _check_rows(report: Report, settings: Settings) -> Iterator[Row]:
    first = head(report, settings)
    kept = (check for check in report.checks if check.rule not in settings.checks_off)
    for n, check in enumerate(kept, start=1):
        yield {
            "编号": f"C{n:02d}",
            **first,
            "规则": f"{RULE_NAMES[check.rule]}（{check.rule}）",
            "程度": SEVERITY_NAMES[check.severity],
            "提示": check.message,
            "页": on_page(report, *(evidence.page for evidence in check.evidence)),
            "原文": fitting(
                [e.span.of(report.text) for e in check.evidence], _ACROSS, _REST.get(check.rule, "其余 {} 处")
            ),
            "人工修改": None,
            KEY: report.check_id(check),
        }


MAKERS = {
    "汇总表": task_rows,
    "措施台账": _measure_rows,
    "指标台账": _count_rows,
    "问题台账": _issue_rows,
    "计划台账": _plan_rows,
    "问题—计划对照": _pair_rows,
    "校核提示": _check_rows,
    "数字核对": _number_rows,
}
