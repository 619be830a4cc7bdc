"""Why everything was found: a line a finding in reading order, with its words, its page, and the rule or score behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huizong.checks.places import page_of
from huizong.records import Alias, Check, Count, Item, Link, Particular, ParticularKind, Section
from huizong.report import Report
from huizong.tables.columns import (
    AREA_NAMES,
    CHANGE_NAMES,
    KIND_NAMES,
    ROLE_NAMES,
    RULE_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
)

_LONGEST = 60
_LEVELS = ("总标题", "一级", "二级", "三级", "四级", "五级")
_DETAILS = {ParticularKind.DEADLINE: "时限", ParticularKind.OWNER: "责任", ParticularKind.CAUSE: "原因"}
_CALLED = re.compile(r"(?:简称|统称|下称)[^，。；\n]{0,24}$")
# How the thing counted was found (the last part of `Count.rule`).
_OBJECT_RULES = {
    "behind": "数字后面的事物",
    "noun": "数字前面的事物",
    "verb": "只有动词，没有写明事物",
    "whole": "前面列举的总称",
    "part": "“的”前面的整体",
    "partial": "“的”字短语",
    "dealt": "按顺序分给前面并列的各项",
    "level": "级别，加上同列的事物",
    "carried": "承前一个数",
    "subject": "上一分句开头的事物",
    "tail": "上一分句末尾的事物",
    "ranked": "候选说法打分",
    "none": "没有写明",
    "cell": "表格的行名和列名",
    "first": "“首”字推算为1",
    "all": "“全部”“均”推算为100%",
}


def explain(report: Report) -> Iterator[str]:
    """One line a finding: headings, short names, statements with their numbers and links, numbers of tables, checks.

    A line is: sort | page | words → reading | reasons. Findings stand in reading order; those of tables and the checks come last.
    """
    yield f"{report.source.name}：{_summary(report)}"
    placed: list[tuple[int, int, str]] = []
    placed += [(s.span.start, 0, _heading(s)) for s in report.sections]
    placed += [(at, 1, _alias(report, alias, at)) for alias, at in _aliases(report)]
    for item in report.items:
        placed.append((item.span.start, 2, _statement(item)))
        placed += [(item.span.start, 4, _detail(report, p)) for p in report.particulars if p.item == item.id]
        placed += [(item.span.start, 5, _link(report, link)) for link in report.links if link.source == item.id]
    placed += [(_start(report, c), 3, _number(report, c)) for c in (*report.counts, *report.derived) if c.table is None]
    placed.sort(key=lambda row: (row[0], row[1]))
    yield from (line for _, _, line in placed)
    yield from (_number(report, count) for count in report.counts if count.table is not None)
    yield from map(_check, report.checks)


def _summary(report: Report) -> str:
    counts, links = len(report.counts) + len(report.derived), len(report.links)
    return (
        f"标题 {len(report.sections)}，简称 {len(report.aliases)}，语句 {len(report.items)}，数量 {counts}，"
        f"问题与计划的对应 {links}，校核提示 {len(report.checks)}"
    )


def _start(report: Report, count: Count) -> int:
    """Where the line of a count stands: with its statement, so that it follows it; in a heading at its own place."""
    item = report.item_by_id.get(count.item or "")
    return item.span.start if item else count.span.start


def _line(sort: str, page: int, words: str, reading: str, reasons: str) -> str:
    return f"{sort} | 第{page}页 | “{_short(words)}” → {reading} | {reasons}"


def _short(words: str) -> str:
    words = re.sub(r"\s+", " ", words.strip())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _heading(section: Section) -> str:
    level = _LEVELS[min(section.level, len(_LEVELS) - 1)]
    reading = level if section.level == 0 else f"{level}，{ROLE_NAMES[section.role]}"
    return _line("标题", section.page, section.number + section.title, reading, section.reason or "没有记下依据")


def _aliases(report: Report) -> Iterator[tuple[Alias, int]]:
    """The short names, each with the place where it is introduced (behind 简称), else where it first stands."""
    for alias in report.aliases:
        places = [match.start() for match in re.finditer(re.escape(alias.alias), report.text)]
        told = (at for at in places if _CALLED.search(report.text, max(0, at - 40), at))
        yield alias, next(told, places[0] if places else 0)


def _alias(report: Report, alias: Alias, at: int) -> str:
    named = _CALLED.search(report.text, max(0, at - 40), at)
    reason = f"原文“{named.group()[:2]}”" if named else "原文写明的简称"
    return _line("简称", page_of(report, at), alias.alias, alias.name, reason)


def _statement(item: Item) -> str:
    reading = KIND_NAMES[item.kind] + (f"，{AREA_NAMES[item.area]}" if item.area else "")
    area = f"；领域：{item.area_reason}" if item.area_reason else ""
    return _line("语句", item.page, item.text, reading, f"类别：{item.reason}{area}；可信度：{item.confidence:.2f}")


def _number(report: Report, count: Count) -> str:
    reading = [f"{count.value:g}" + (f"至{count.high:g}" if count.high is not None else "") + count.unit]
    reading.append(count.object or "事物未写明")
    reading += [STATUS_NAMES[count.status], str(count.nature), CHANGE_NAMES[count.change]]
    reading += [f"{count.year}年"] if count.year else []
    reading += [count.subject] if count.subject else []
    rule = count.rule.rpartition(".")[2]
    found = _OBJECT_RULES.get(rule, rule)
    reasons = [f"对象：{found}（{count.rule}）", count.reason.removeprefix("对象："), f"可信度：{count.confidence:.2f}"]
    words = count.quote if count.table is None else report.words_around(count)
    sort = (
        "推算" if rule in {"first", "all"} else "数量" if count.table is None else f"表{(count.table or 0) + 1}的数量"
    )
    return _line(sort, count.page, words, "，".join(reading), "；".join(part for part in reasons if part))


def _detail(report: Report, detail: Particular) -> str:
    item = report.item_by_id[detail.item]
    name = _DETAILS[detail.kind]
    return _line(name, item.page, detail.quote, f"{KIND_NAMES[item.kind]}的{name}", f"规则：{name}用语")


def _link(report: Report, link: Link) -> str:
    issue, plan = report.item_by_id[link.source], report.item_by_id[link.target]
    reading = f"计划“{_short(plan.text)}”（第{plan.page}页）"
    return _line("对应", issue.page, issue.text, reading, f"{link.reason}；得分：{link.score:.2f}")


def _check(check: Check) -> str:
    pages = sorted({evidence.page for evidence in check.evidence})
    where = "、".join(f"第{page}页" for page in pages) or "全文"
    return f"校核 | {where} | {check.message} | 规则：{RULE_NAMES[check.rule]}（{check.rule}）；程度：{SEVERITY_NAMES[check.severity]}"
