"""Issues that no plan takes up, and plans that do not say by when, by whom or how much."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from huizong.checks.glossary import glossary_start
from huizong.checks.places import heading, make, short
from huizong.extractors.links import issue_groups, touched_words
from huizong.records import Check, Item, Kind, LinkKind, ParticularKind, Role, Rule, Section, Severity, Token
from huizong.report import Report

_MOST_ALONE = 3
"""Up to this many plans are named one by one, more in one line."""

_TRANSITION = re.compile(
    r"(?:肯定|看到|总结|取得)[^。]{0,8}成绩|成绩[^。]{0,24}(?:差距|问题|不足|短板)|清醒地?(?:认识|看到)|究其根源"
    r"|(?:以下|下列|如下|[几两三四五六]个?方面)[^。]{0,8}(?:问题|不足|差距|困难)"
)
_TOLD_PERIOD = re.compile(
    r"(?:^|[。；：\n])[^，。；：\n]{0,6}?(?:20\d\d年(?![\d底前末初])|[今明]年|新的一年|(?:今后|未来)[一两三四五]年|(?:下|新)(?:一)?(?:学年|学期))"
)
_SLOGAN = re.compile(
    r"^责任(?:部门|单位|人)|^对(?:此|(?:这些|上述|以上)问题)|^各位|让我们|谱写|新篇章|努力奋斗|只争朝夕|撸起袖子|功在当[下代]|[任使]命光荣"
)
_PERIOD = re.compile(r"(?:20\d\d|明|来|今|新的一|本)年|(?:上|下|本|新)(?:学|半)[年期]|季度|[“\"]?十[三四五六]五")


def check_issues(report: Report, tokens: Sequence[Token]) -> Iterator[Check]:
    """Issues without a plan, a paragraph under its heading taken together; nothing where the report has no plans at all.

    An issue that shares so much as one telling word with a plan is left alone: the plan may well be meant for it.
    """
    names = "".join(
        [*(pair.name + pair.alias for pair in report.aliases), report.meta.reporter or "", *report.meta.partners]
    )
    linked = {link.source for link in report.links if link.kind is LinkKind.ISSUE_PLAN}
    if not report.of_kind(Kind.PLAN):
        return
    open_groups = [group for group in _issues(report) if not any(item.id in linked for item in group)]
    touched = touched_words(report.text, report.items, report.sections, tokens, open_groups)
    for group, words in zip(open_groups, touched, strict=True):
        if _answered(report, group[-1]) or any(word not in names for word in words):
            continue
        section = report.section_by_id.get(group[0].section or "")
        under = f"“{heading(section)}”下的" if section is not None and section.level > 1 else ""
        message = f"{under}问题“{short(group[0].text)}”在下一步计划里没有找到对应的措施。"
        yield make(report, Rule.ISSUE_WITHOUT_PLAN, Severity.HINT, message, [item.span for item in group])


def _issues(report: Report) -> Iterator[list[Item]]:
    """The issues of sections on issues, those that tell of one thing together; without words that only lead over to them."""
    parents = {section.parent for section in report.sections}
    for group in issue_groups(report.text, report.items):
        section = report.section_by_id.get(group[0].section or "")
        if section is None or section.role is not Role.ISSUES or section.id in parents:
            continue
        if not all(_TRANSITION.search(item.text) for item in group):
            yield group


def _answered(report: Report, issue: Item) -> bool:
    """Whether something was or will be done about it in the same place, or the report tells of its work only afterwards."""
    at = bisect_left(report.items, issue.span.start, key=lambda item: item.span.start)
    following = report.items[at + 1 : at + 2]
    deeds = (Kind.MEASURE, Kind.ACHIEVEMENT, Kind.PLAN)
    if any(item.kind in deeds and item.section == issue.section for item in following):
        return True
    later = (report.section_by_id.get(item.section or "") for item in report.items[at + 1 :] if item.kind in deeds[:2])
    return any(section is not None and section.role is Role.PROGRESS for section in later)


def check_plans(report: Report) -> Iterator[Check]:
    """Plans without a deadline, an owner or an amount: one by one where few lack it, else in one line."""
    end = glossary_start(report.text)
    plans = [plan for plan in report.of_kind(Kind.PLAN) if plan.span.start < end and _is_promise(report, plan)]
    dated = {p.item for p in report.particulars if p.kind is ParticularKind.DEADLINE}
    owned = {p.item for p in report.particulars if p.kind is ParticularKind.OWNER}
    dated |= {plan.id for plan in plans if _period(report, plan)}
    yield from _lacking(report, plans, dated, Rule.PLAN_WITHOUT_DEADLINE, "完成时限")
    yield from _lacking(report, plans, owned, Rule.PLAN_WITHOUT_OWNER, "责任单位或责任人")
    counted = {plan.id for plan in plans if plan.counts}
    yield from _lacking(report, plans, counted, Rule.PLAN_WITHOUT_AMOUNT, "数量目标")


def _is_promise(report: Report, plan: Item) -> bool:
    """Whether a statement read as a plan promises something: no slogan, line of owners or part about the work done does."""
    section = report.section_by_id.get(plan.section or "")
    return _SLOGAN.search(plan.text) is None and (section is None or section.role is not Role.PROGRESS)


def _lacking(report: Report, plans: Sequence[Item], having: set[str], rule: Rule, what: str) -> Iterator[Check]:
    lacking = [plan for plan in plans if plan.id not in having]
    if len(lacking) <= _MOST_ALONE < len(plans):
        for plan in lacking:
            yield make(report, rule, Severity.HINT, f"计划“{short(plan.text)}”没有写{what}。", [plan.span])
    elif lacking:
        share = f"{len(plans)}条计划都" if len(lacking) == len(plans) else f"{len(plans)}条计划中有{len(lacking)}条"
        headings = len({plan.section for plan in lacking})
        among = f"（分在{headings}个标题下）" if headings > 1 else ""
        yield make(report, rule, Severity.HINT, f"{share}没有写{what}{among}。", [plan.span for plan in lacking])


def _period(report: Report, plan: Item) -> bool:
    """Whether a heading above says for which year or term the plan is, or a sentence before it in the part about plans does."""
    section: Section | None = report.section_by_id.get(plan.section or "")
    while section is not None:
        if section.role is Role.PLANS and _TOLD_PERIOD.search(report.text, section.span.end, plan.span.end):
            return True
        if section.level > 0 and _PERIOD.search(section.title):
            return True
        section = report.section_by_id.get(section.parent or "")
    return False
