"""Counts made comparable: 万元 and 亿元 in one unit, 名 and 人 as one, bounds of what is approximate or rounded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huizong.records import Change, Count, Item, Nature, Span, Status
from huizong.report import Report

_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12, "百": 1e2, "千": 1e3}
_SCALED = re.compile(r"(?P<scale>万亿|[万亿千百]?)(?P<base>.*)")
_ONE = {"名": "人", "位": "人", "项": "项", "％": "%"}
_PLAIN = re.compile(r"\d+(?:\.(?P<decimals>\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count of a sentence: `base` is its unit without 万 and 亿, `low`..`high` what the printed words may stand for."""

    count: Count
    span: Span
    base: str
    value: float
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the report says a plain number, without 余 or 约."""
        return not self.count.approx and self.count.high is None


def quantity(count: Count) -> Quantity | None:
    """The count as a quantity; `None` for one without a unit (a ratio).

    >>> [unit_of(u) for u in ("万元", "亿元", "名", "个")]
    [('元', 10000.0), ('元', 100000000.0), ('人', 1.0), ('个', 1.0)]
    """
    if not count.unit or count.nature is Nature.DERIVED:
        return None
    base, scale = unit_of(count.unit)
    half = 0.0
    printed = _PLAIN.search(count.quote.replace(",", ""))
    if printed is not None and (printed["decimals"] or scale > 1):
        half = 0.5 * 10 ** -len(printed["decimals"] or "")
    if count.approx or count.high is not None:
        low = count.lower if count.lower is not None else 0.0
        high = count.upper if count.upper is not None else float("inf")
    else:
        low, high = count.value - half, count.value + half
    return Quantity(
        count=count, span=count.span, base=base, value=count.value * scale, low=low * scale, high=high * scale
    )


def unit_of(unit: str) -> tuple[str, float]:
    """The unit without 万 and 亿, and the factor that they stand for."""
    match = _SCALED.fullmatch(unit)
    scale, base = (match["scale"], match["base"]) if match else ("", unit)
    if not base:
        return unit, 1.0
    return _ONE.get(base, base), _SCALES[scale]


def quantities(report: Report, item: Item) -> list[Quantity]:
    """The quantities of a statement in reading order."""
    found = (quantity(report.count_by_id[name]) for name in item.counts)
    return sorted((q for q in found if q is not None), key=lambda q: q.span.start)


def level(q: Quantity) -> bool:
    """Whether the count is an amount, not by how much something grew."""
    return q.count.change is Change.LEVEL


def same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be added or compared: unit, and both reached or both aimed at."""
    targets = (one.count.status is Status.TARGET, other.count.status is Status.TARGET)
    return one.base == other.base and targets[0] == targets[1] and level(one) and level(other)


def plain(value: float) -> str:
    """A number for a message, without trailing noughts.

    >>> plain(6.0), plain(12.50)
    ('6', '12.5')
    """
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")


def amount(value: float, like: Quantity) -> str:
    """A sum in the unit of `like`, for a message."""
    return plain(value / unit_of(like.count.unit)[1]) + like.count.unit
