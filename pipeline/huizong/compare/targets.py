"""Targets against what was reached: whose number answers a target, and whether it is met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.checks.quantities import unit_of
from huizong.compare.points import Point, unit_to_show
from huizong.compare.records import Edition, Outcome, Promise
from huizong.lexicon.stages import stage_pattern
from huizong.records import Item

_ABOUT = 0.1
_AMOUNTS = frozenset({"总量", "新增"})
_UP_TO_NEXT = re.compile(r"[^\d；。！？]*")
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


def undone(point: Point) -> bool:
    """Whether the words behind the number, up to the next one, say that this much is wanting (其余4门尚未完成)."""
    item = point.edition.report.item_by_id.get(point.count.item or "")
    if item is None:
        return False
    behind = _UP_TO_NEXT.match(item.text, point.count.span.end - item.span.start)
    return behind is not None and stage_pattern("undone").search(behind.group()) is not None


def same_amount(target: Point, point: Point) -> bool:
    """Whether an amount told of the same thing measures the target: of one year, unit and sort, one name part of the other.

    What is added (新增, 引进, 建成) is the same sort whatever the verb; a level that is reached is another.
    """
    if target.measure != point.measure or target.year != point.year:
        return False
    if not (_part_of(target.name, point.name) or _part_of(point.name, target.name)):
        return False
    if target.kind == point.kind:
        return True
    flows = {target.kind, point.kind} <= _AMOUNTS
    return flows and not _LEVEL.search(target.statement) and not _LEVEL.search(point.statement)


def _part_of(name: str, other: str) -> bool:
    """Whether the characters of one name stand in the other in their order (博士 in 博士研究生, 规上企业 in 规模以上企业)."""
    rest = iter(other)
    return all(character in rest for character in name)


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
