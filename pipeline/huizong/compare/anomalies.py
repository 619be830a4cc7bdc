"""What is odd in the series: jumps, totals that fall, bases that differ from what was reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from huizong.checks.quantities import plain
from huizong.compare.indicators import label
from huizong.compare.points import GROWTH, Point, Reading, as_point, in_unit, unit_to_show
from huizong.compare.records import Anomaly, AnomalyRule, Edition
from huizong.records import Change, Count, Status

_FACTOR = 3.0
"""A value this many times the one of the year before, or less than one part of it, is asked about."""

_LEAST = 10.0
"""Smaller amounts leap without meaning anything."""

_POINTS = 20.0
"""Shares that move by more percentage points than this are asked about."""

_COMPARED = re.compile(r"(?:比|较)(?:上年|去年|上一年|上年同期|去年同期)|同比")


def find_anomalies(series: Sequence[dict[int, Point]], readings: Sequence[Reading]) -> list[Anomaly]:
    """The anomalies of one body: jumps and falls in the order of the series, then bases in the order of the reports."""
    found: list[Anomaly] = []
    for values in series:
        for one, other in pairwise(values.values()):
            if one.target:
                continue
            found += _fall(one, other) or _jump(one, other)
    return found + list(_bases(readings))


def _fall(one: Point, other: Point) -> list[Anomaly]:
    if one.kind != "累计" or one.basis != other.basis or other.high >= one.low:
        return []
    return [_anomaly(AnomalyRule.CUMULATIVE_FALL, one, other, "累计数只会增加，却比上一次少，请核对口径。")]


def _jump(one: Point, other: Point) -> list[Anomaly]:
    if one.kind == GROWTH or other.year - one.year > 1:
        return []
    if one.base == "%":
        if abs(other.value - one.value) <= _POINTS:
            return []
        return [_anomaly(AnomalyRule.JUMP, one, other, f"相差{plain(abs(other.value - one.value))}个百分点，请核对。")]
    if one.kind not in ("总量", "截至", "累计") or min(one.value, other.value) <= 0:
        return []
    low, high = sorted((one.value, other.value))
    if high < _FACTOR * low or high < _LEAST:
        return []
    return [_anomaly(AnomalyRule.JUMP, one, other, f"相差{plain(round(high / low, 1))}倍，请核对。")]


def _anomaly(rule: AnomalyRule, one: Point, other: Point, message: str) -> Anomaly:
    return Anomaly(
        body=one.edition.body,
        rule=rule,
        years=(one.year, other.year),
        quotes={one.year: one.quote, other.year: other.quote},
        message=f"“{label(other)}”{one.year}年是{one.count.quote}，{other.year}年是{other.count.quote}，{message}",
    )


def _bases(readings: Sequence[Reading]) -> Iterator[Anomaly]:
    """Former values in a later report that are not what the report of that time said."""
    reported: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    told: set[tuple[object, ...]] = set()
    for reading in readings:
        edition, own = reading.edition, reading.points
        for base in [*_quoted(edition), *_implied(own)]:
            key = (*base.key, base.year)
            earlier = [p for p in reported[key] if p.edition.year < edition.year]
            same_time = {(p.low, p.high) for p in earlier}
            if not earlier or len(same_time) > 1 or key in told:
                continue
            before = earlier[0]
            if before.low > base.high or base.low > before.high:
                told.add(key)
                yield _base_differs(before, base)
        for point in own:
            if not point.target:
                reported[(*point.key, point.year)].append(point)


def _quoted(edition: Edition) -> Iterator[Point]:
    """Former values told as such (由40门增加到48门), and values told again for an earlier year than the report's own last one."""
    for count in edition.report.counts:
        if count.status is Status.BASELINE:
            year = count.year if count.year is not None else _year_before(edition, count)
            point = as_point(edition, replace(count, year=year, status=Status.ACTUAL)) if year else None
            if point is not None:
                yield replace(point, basis="自然年")


def _year_before(edition: Edition, count: Count) -> int | None:
    """The year of a former value beside which the present one has a year (上年的40门)."""
    own = edition.report.counts
    present = [c.year for c in own if c.item == count.item and c.item and c.status is Status.ACTUAL and c.year]
    words = edition.report.text[max(0, count.span.start - 6) : count.span.start]
    return present[0] - 1 if present and re.search(r"上年|去年|上一年", words) else None


def _implied(own: Sequence[Point]) -> Iterator[Point]:
    """Last year's values by what was added to them: 48门，比上年增加8门 says 40门."""
    for level, step in pairwise(own):
        same = level.count.item == step.count.item and level.count.item is not None and level.name == step.name
        if not same or level.count.change is not Change.LEVEL or step.count.change is Change.LEVEL:
            continue
        rate = level.base == "%" and step.base in ("百分点", "个百分点")
        if (
            (not rate and level.base != step.base)
            or (level.base == "%" and not rate)
            or not (level.exact and step.exact)
        ):
            continue
        text = step.edition.report.text
        if not _COMPARED.search(text, level.count.span.end, step.count.span.start) or level.target or step.target:
            continue
        sign = 1.0 if step.count.change is Change.INCREASE else -1.0
        added = sorted((sign * abs(step.low), sign * abs(step.high)))
        yield replace(
            level,
            year=level.year - 1,
            value=level.value - sign * abs(step.value),
            low=level.low - added[1],
            high=level.high - added[0],
            quote=text[level.count.span.start : step.count.span.end],
        )


def _base_differs(before: Point, base: Point) -> Anomaly:
    unit = unit_to_show([before])
    said = f"{plain(in_unit(base, unit).value)}{unit}"
    return Anomaly(
        body=base.edition.body,
        rule=AnomalyRule.BASE_DIFFERS,
        years=(before.edition.year, base.edition.year),
        quotes={before.edition.year: before.quote, base.edition.year: base.quote},
        message=f"“{label(before)}”{base.year}年的数，{base.edition.year}年报告里是{said}，"
        f"{before.edition.year}年报告里是{before.count.quote}，对不上，请核对。",
    )
