"""Indicators over years: what may be compared is subtracted, what may not says why."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from huizong.compare.points import GROWTH, Point, in_unit, one_a_year, tells_years, unit_to_show
from huizong.compare.records import Change, IndicatorRow

_RATES = frozenset({"%", "百分点", "个百分点", "‰"})
_AMOUNTS = frozenset({"总量", "新增", "累计", "截至", "占比"})
_PEOPLE = frozenset({"人", "人次", "人日", "人天"})


def series_of(found: Iterable[Point]) -> list[dict[int, Point]]:
    """The points that may be compared with each other, by year; in the order in which the series begin."""
    groups: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    for point in found:
        groups[point.key].append(point)
    made = (one_a_year(points) for points in groups.values())
    return [dict(sorted(series.items())) for series in made if series]


def indicator_rows(series: Sequence[dict[int, Point]]) -> list[IndicatorRow]:
    """A row for each series of two years or more, then one for each thing whose years cannot be compared."""
    rows = [
        _row(points) if next(iter(points.values())).basis != "多年" else _spans(points)
        for points in series
        if len(points) > 1
    ]
    lonely: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    for points in series:
        point = next(iter(points.values()))
        if len(points) == 1 and not point.target and point.kind in _AMOUNTS and point.basis != "部分年份":
            lonely[point.edition.body, point.count.object].append(point)
    for points_of_name in lonely.values():
        for one, other in pairwise(sorted(points_of_name, key=lambda p: p.year)):
            reason = why_not(one, other) if one.year != other.year else None
            if reason is not None:
                rows.append(_incomparable(one, other, reason))
                break
    return rows


def why_not(one: Point, other: Point) -> str | None:
    """Why two points of one name may not be subtracted, in Chinese; `None` where they are about different sides of a thing.

    `one` is of the earlier year.
    """
    if one.measure != other.measure and not {one.base, other.base} <= _PEOPLE:
        return None
    for what, a, b in (
        ("单位", one.measure, other.measure),
        ("归属", one.owner, other.owner),
        ("性质", one.kind, other.kind),
        ("时间口径", one.basis, other.basis),
    ):
        if what == "时间口径" and one.kind in ("总量", "占比") and not _years_told(one, other):
            return None  # what there is at the end of five years might be compared, but that is not sure
        if a != b:
            return f"{what}不同：{one.year}年是{a}，{other.year}年是{b}，不能相减。"
    return None


def _years_told(one: Point, other: Point) -> bool:
    """Whether one of the statements itself, not only its section, speaks of several years or of a part of one."""
    return tells_years(one.statement) or tells_years(other.statement)


def _row(points: dict[int, Point]) -> IndicatorRow:
    shown = list(points.values())
    unit = unit_to_show(shown)
    scaled = {year: in_unit(point, unit) for year, point in points.items()}
    first, last = shown[0], shown[-1]
    return IndicatorRow(
        id=last.id,
        name=label(last),
        body=last.edition.body,
        owner=first.owner,
        unit=unit,
        kind=first.kind,
        target=first.target,
        values={year: _tidy(point.value) for year, point in scaled.items()},
        quotes={year: point.quote for year, point in points.items()},
        sources={year: point.edition.report.source.name for year, point in points.items()},
        approximate=tuple(year for year, point in points.items() if not point.exact),
        changes=tuple(_change(scaled[a], scaled[b]) for a, b in pairwise(scaled)),
    )


def _spans(points: dict[int, Point]) -> IndicatorRow:
    """Totals of several years, of which the report does not say that they are the same span."""
    *_, one, other = points.values()
    return _incomparable(one, other, "都是几年合起来的数，起止年份不一定相同，不能相减。")


def _incomparable(one: Point, other: Point, reason: str) -> IndicatorRow:
    pair = {p.year: in_unit(p, unit_to_show([p])) for p in (one, other)}
    units = list(dict.fromkeys(unit_to_show([p]) for p in pair.values()))
    kinds = list(dict.fromkeys(p.kind for p in pair.values()))
    owners = list(dict.fromkeys(p.owner for p in pair.values()))
    return IndicatorRow(
        id=other.id,
        name=other.name,
        body=other.edition.body,
        owner="／".join(owners),
        unit="／".join(units),
        kind="／".join(kinds),
        target=False,
        values={year: _tidy(p.value) for year, p in pair.items()},
        quotes={year: p.quote for year, p in pair.items()},
        sources={year: p.edition.report.source.name for year, p in pair.items()},
        approximate=tuple(year for year, p in pair.items() if not p.exact),
        comparable=False,
        reason=reason,
    )


def label(point: Point) -> str:
    """The name of a series as it is shown: 国内生产总值增幅（多年）, 城镇登记失业率（目标）."""
    name = point.name
    if point.kind == GROWTH and not name.endswith(("涨幅", "增幅", "增速", "增长率")):
        name += GROWTH
    elif point.kind in ("新增", "减少", "累计") and point.kind not in name:
        name = point.kind + name
    elif point.kind == "增加额":
        name += point.kind
    notes = [note for note in ("目标" if point.target else "", point.basis if point.basis != "自然年" else "") if note]
    return f"{name}（{'，'.join(notes)}）" if notes else name


def _change(one: Point, other: Point) -> Change:
    difference = _tidy(other.value - one.value)
    rate = one.base in _RATES
    percent = None if rate or one.value == 0 else round(100 * (other.value - one.value) / one.value, 2)
    if one.exact and other.exact:
        low = high = difference
    else:
        low, high = other_bounds(one, other)
    return Change(
        from_year=one.year, to_year=other.year, difference=difference, percent=percent, low=_open(low), high=_open(high)
    )


def other_bounds(one: Point, other: Point) -> tuple[float, float]:
    """The least and the greatest that `other` − `one` may be; exact values count as printed."""
    a = (one.value, one.value) if one.exact else _bounds(one)
    b = (other.value, other.value) if other.exact else _bounds(other)
    return b[0] - a[1], b[1] - a[0]


def _bounds(point: Point) -> tuple[float, float]:
    """The bounds that the words give; nothing is known of a value that is only about right (约, 左右)."""
    count = point.count
    if count.lower is None and count.upper is None:
        return -math.inf, math.inf
    return point.low if count.lower is not None else -math.inf, point.high if count.upper is not None else math.inf


def _open(value: float) -> float | None:
    return None if math.isinf(value) else _tidy(value)


def _tidy(value: float) -> float:
    """Without the dust of floating point: no report prints ten significant digits behind the point."""
    return round(value, 6)
