"""Dates out of order: spans that end before they begin, days that do not exist, plans for a year that is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from huizong.checks.places import make, short
from huizong.records import Check, Kind, ParticularKind, Role, Rule, Severity, Span
from huizong.report import Report

_DATE = r"(?:(?P<y{n}>(?:19|20)\d\d)年)(?:(?P<m{n}>\d{{1,2}})月(?:(?P<d{n}>\d{{1,2}})日)?)?"
_BARE = r"(?P<y{n}>(?:19|20)\d\d)年?"
_TO = r"[底初末]?(?:至|到|—|－|-|–|~|～)"
_SPANS = (
    re.compile(_DATE.format(n=1) + _TO + _DATE.format(n=2)),
    re.compile(r"(?<![\d.])" + _BARE.format(n=1) + _TO + _BARE.format(n=2) + r"(?:年|学年)(?!\d{1,2}月)"),
)
_DAY = re.compile(r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_YEAR = re.compile(r"(?P<y>20\d\d)年")
_BOUND = re.compile(r"^(?:到|至)|(?:前|内)$")
"""What makes a date of a plan a limit beyond doubt: plans also look back."""

_AIMED = re.compile(r"(?:^|[，；：、。]|力争|争取|计划|确保|要|将|拟|在|于)$")
"""What stands before it: the vehicles registered before a date (淘汰2005年底前注册的车辆) are no plan for it."""

_NOW = re.compile(r"[^，。；]*(?:今年|明年|本年|20\d\d年)")
"""Another time behind it in the clause: then that is the deadline (2015年底前购置的机床今年要淘汰)."""

_MOST_LATE = 3
"""A year further back is hardly a slip of the pen."""

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_dates(report: Report) -> Iterator[Check]:
    """Dates that cannot be as they are written."""
    yield from _backward(report)
    yield from _impossible(report)
    yield from _over(report)


def _backward(report: Report) -> Iterator[Check]:
    told: set[int] = set()
    for pattern in _SPANS:
        for match in pattern.finditer(report.text):
            found = match.groupdict()
            first, last = (
                tuple(int(found[key]) for key in (f"y{n}", f"m{n}", f"d{n}") if found.get(key)) for n in (1, 2)
            )
            size = min(len(first), len(last))
            if first[:size] > last[:size] and match.start() not in told:
                told.add(match.start())
                message = f"“{match.group()}”的起止颠倒了（开始晚于结束），请核对。"
                yield make(report, Rule.DATE_ORDER, Severity.ERROR, message, [Span(*match.span())])


def _impossible(report: Report) -> Iterator[Check]:
    for match in _DAY.finditer(report.text):
        month, day = int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1] and _exists(match["y"], month, day)):
            message = f"没有“{match.group()}”这一天，请核对。"
            yield make(report, Rule.DATE_ORDER, Severity.ERROR, message, [Span(*match.span())])


def _exists(year: str | None, month: int, day: int) -> bool:
    if year is None:
        return True
    try:
        date(int(year), month, day)
    except ValueError:
        return False
    return True


def _over(report: Report) -> Iterator[Check]:
    """Plans whose deadline lies before the year reported on."""
    if not report.meta.years:
        return
    for detail in report.particulars:
        item = report.item_by_id[detail.item]
        year = _YEAR.search(detail.quote)
        section = report.section_by_id.get(item.section or "")
        planned = item.kind is Kind.PLAN and section is not None and section.role is Role.PLANS
        if detail.kind is not ParticularKind.DEADLINE or not planned or year is None or not _BOUND.search(detail.quote):
            continue
        before, behind = report.text[item.span.start : detail.span.start], report.text[detail.span.end : item.span.end]
        late = min(report.meta.years) - int(year["y"])
        if 0 < late <= _MOST_LATE and _AIMED.search(before) and not _NOW.match(behind):
            message = f"计划的时限“{short(detail.quote)}”早于报告年度{min(report.meta.years)}年，请核对。"
            yield make(report, Rule.DATE_ORDER, Severity.WARNING, message, [detail.span])
