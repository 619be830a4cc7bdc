"""Targets against what was reached: whose number answers a target, and whether it is met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from huizong.checks.quantities import unit_of
from huizong.compare.points import Point, unit_to_show
from huizong.compare.records import Edition, Outcome, Promise
from huizong.records import Item

_ABOUT = 0.1
_LEAST_ALIKE = 0.8
_AMOUNTS = frozenset({"总量", "新增"})
_LEVEL = re.compile(r"(?:达到?|[增升]至|[加高升大长]到|降[到至]|保持|稳定|现有|共有|总数)[^，。；]{0,4}$")


def of_owner(found: Sequence[Point], target: Point, plan: Item) -> list[Point]:
    """The point of the target's owner; else the only one of owners that share one with it (both schools).

    A plan that names no owner may be about either school: then the only point there is.
    """
    own = [point for point in found if point.owner == target.owner]
    names = set(target.owner.split("、"))
    near = own or [point for point in found if names & set(point.owner.split("、"))]
    calls = {*names, *(short for short, full in target.edition.aliases.items() if full in names)}
    if not near and not any(name in plan.text for name in calls):
        near = list(found)
    return near if len(near) == 1 else []


def same_amount(target: Point, point: Point) -> bool:
    """Whether an amount told of the same thing measures the target: of one year, unit and sort, and of one name.

    What is added (新增, 引进, 建成) is the same sort whatever the verb; a level that is reached is another.
    """
    if target.measure != point.measure or target.year != point.year:
        return False
    if not _one_name(target.name, point.name):
        return False
    if target.kind == point.kind:
        return True
    flows = {target.kind, point.kind} <= _AMOUNTS
    return flows and not _LEVEL.search(target.statement) and not _LEVEL.search(point.statement)


def _one_name(name: str, other: str) -> bool:
    """Whether one name is the other in short (博士 for 博士研究生), or all but a character or two (教师赴企业实践, 教师下企业实践)."""
    short, long = sorted((name, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short) or SequenceMatcher(None, name, other).ratio() >= _LEAST_ALIKE


def measured(edition: Edition, plan: Item, target: Point, point: Point) -> Promise:
    """A target number against the reached one. Ceilings (失业率控制在4.6%以内) are kept from below; 左右 leaves a tenth."""
    count = target.count
    about = count.approx and count.lower is None and count.upper is None
    ceiling = (target.series is not None and target.series.low) or (count.lower is None and count.upper is not None)
    slack = _ABOUT * abs(target.value) if about else 0.0
    kept = point.value <= target.value + slack if ceiling else point.value >= target.value - slack
    unit = unit_to_show([target])
    factor = unit_of(unit)[1]
    return Promise(
        body=edition.body,
        year=edition.year,
        quote=plan.text.strip(),
        outcome=Outcome.KEPT if kept else Outcome.PARTLY,
        evidence_year=point.edition.year,
        evidence_quote=point.quote,
        target=round(target.value / factor, 6),
        reached=round(point.value / factor, 6),
        unit=unit,
        confidence=0.9 if target.known else 0.75,
    )
