"""Parts of a page that are set in two columns between parts that are not: stretches of lines that leave one gutter free."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from huizong.loading.pdf.pages import Piece

_LEAST_ROWS = 4
"""Fewer lines on each side are a list, a signature or a table."""

_FULL = 0.75
"""Lines of a column fill at least this share of its width, by their median."""

_GUTTER_EM = 0.8
"""A gutter is at least this wide, in ems."""

_MIDDLE = 0.15
"""How far from the middle of the text a gutter may stand, as a share of its width."""

Strip = list[Piece]
"""Pieces that stand equally high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Strips that are read together; `gutter` (x in points) where they are in two columns."""

    strips: tuple[Strip, ...]
    gutter: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """The part of a strip on one side of the gutter, in points."""

    x0: float
    x1: float
    bottom: float
    size: float


def column_zones(strips: Sequence[Strip]) -> list[Zone]:
    """The strips of a page, top to bottom, as zones in reading order; none is empty."""
    if not strips:
        return []
    edges = min(p.x0 for strip in strips for p in strip), max(p.x1 for strip in strips for p in strip)
    zones: list[Zone] = []
    plain: list[Strip] = []
    at = 0
    while at < len(strips):
        found = _columns_from(strips, at, edges)
        if found is None:
            plain.append(strips[at])
            at += 1
            continue
        end, gutter = found
        if plain:
            zones.append(Zone(strips=tuple(plain), gutter=None))
            plain = []
        zones.append(Zone(strips=tuple(strips[at:end]), gutter=gutter))
        at = end
    return [*zones, Zone(strips=tuple(plain), gutter=None)] if plain else zones


def _columns_from(strips: Sequence[Strip], start: int, edges: tuple[float, float]) -> tuple[int, float] | None:
    """End (exclusive) and gutter of the columns whose first lines are `strips[start]`; `None` when there are none.

    Columns begin side by side.
    """
    gap = _gap(strips[start], edges)
    if gap is None:
        return None
    end = start + 1
    while end < len(strips) and (narrowed := _narrowed(gap, strips[end])) is not None:
        gap = narrowed
        end += 1
    halves = [_halves(strip, (gap[0] + gap[1]) / 2) for strip in strips[start:end]]
    rows = _without_what_follows(halves)
    sides = [[half for pair in halves[:rows] if (half := pair[side]) is not None] for side in (0, 1)]
    widths = gap[0] - edges[0], edges[1] - gap[1]
    if any(len(side) < _LEAST_ROWS for side in sides) or any(
        median(half.x1 - half.x0 for half in side) < _FULL * width for side, width in zip(sides, widths, strict=True)
    ):
        return None
    return start + rows, (gap[0] + gap[1]) / 2


def _gap(strip: Strip, edges: tuple[float, float]) -> tuple[float, float] | None:
    """The gap between the two halves of a strip, when there is one near the middle."""
    middle, reach = (edges[0] + edges[1]) / 2, _MIDDLE * (edges[1] - edges[0])
    row = sorted(strip, key=lambda p: p.x0)
    for a, b in itertools.pairwise(row):
        if b.x0 - a.x1 >= _GUTTER_EM * a.size and a.x1 < middle + reach and b.x0 > middle - reach:
            return a.x1, b.x0
    return None


def _narrowed(gap: tuple[float, float], strip: Strip) -> tuple[float, float] | None:
    """What the strip leaves of the gap; `None` when it leaves too little."""
    middle = (gap[0] + gap[1]) / 2
    x0 = max([gap[0], *(p.x1 for p in strip if p.x0 < middle)])
    x1 = min([gap[1], *(p.x0 for p in strip if p.x0 >= middle)])
    return (x0, x1) if x1 - x0 >= _GUTTER_EM * strip[0].size else None


def _halves(strip: Strip, gutter: float) -> tuple[_Half | None, _Half | None]:
    """What stands left and right of the gutter."""
    left, right = [p for p in strip if p.x0 < gutter], [p for p in strip if p.x0 >= gutter]
    return _half(left), _half(right)


def _half(pieces: Sequence[Piece]) -> _Half | None:
    if not pieces:
        return None
    return _Half(
        x0=min(p.x0 for p in pieces),
        x1=max(p.x1 for p in pieces),
        bottom=pieces[0].bottom,
        size=max(p.size for p in pieces),
    )


def _without_what_follows(halves: Sequence[tuple[_Half | None, _Half | None]]) -> int:
    """How many strips belong to the columns: below the shorter one, only what goes on with the last paragraph."""
    rows = 1 + min(max(at for at, pair in enumerate(halves) if pair[side] is not None) for side in (0, 1))
    sides: tuple[list[_Half], list[_Half]] = ([], [])
    for pair in halves[:rows]:
        for side, half in zip(sides, pair, strict=True):
            if half is not None:
                side.append(half)
    steps = [b.bottom - a.bottom for side in sides for a, b in itertools.pairwise(side)]
    usual = 1.2 * min(steps, default=0.0)
    for at in range(rows, len(halves)):
        side = next(side for side, half in zip(sides, halves[at], strict=True) if half is not None)
        half = halves[at][0] or halves[at][1]
        full = max(other.x1 for other in side) - side[-1].x1 < 1.5 * side[-1].size
        if half is None or half.bottom - side[-1].bottom > usual or not full:
            break
        side.append(half)
        rows = at + 1
    return rows
