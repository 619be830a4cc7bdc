"""What an OFD page draws: attributes that are lists of numbers, and paths as the ruling lines of tables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from huizong.loading.pdf.pages import THIN_PT, Ruling

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRAIGHT_PT = 0.5
"""A line that leaves its direction by less is upright or level."""
_MOST_POINTS = 2000
"""Paths of more points are drawings, not rulings."""
Point = tuple[float, float]


def is_element(item: _Element, name: str) -> bool:
    """Whether the element has that name, in any of the name spaces in use."""
    return isinstance(item.tag, str) and item.tag.rsplit("}", 1)[-1] == name


def numbers(said: str | None) -> list[float]:
    """The numbers of an attribute; none when one of them is not to be read."""
    try:
        found = [float(part) for part in (said or "").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def matrix_of(item: _Element) -> tuple[float, float, float, float, float, float]:
    """The CTM: x' = a·x + c·y + e, y' = b·x + d·y + f."""
    found = numbers(item.get("CTM"))
    if len(found) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = found
    return a, b, c, d, e, f


def path_rulings(item: _Element, origin_pt: Point, pt_per_mm: float) -> Iterator[Ruling]:
    """The upright and level lines of a path object, in points from `origin_pt`; of a filled shape only when it is thin."""
    left, top = [*numbers(item.get("Boundary")), 0.0, 0.0][:2]
    a, b, c, d, e, f = matrix_of(item)
    stroked = item.get("Stroke", "true").lower() != "false"
    filled = item.get("Fill", "false").lower() == "true"
    for points in _subpaths(next((part.text or "" for part in item if is_element(part, "AbbreviatedData")), "")):
        corners = [
            (
                (left + a * x + c * y + e) * pt_per_mm - origin_pt[0],
                (top + b * x + d * y + f) * pt_per_mm - origin_pt[1],
            )
            for x, y in points
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        if stroked:
            yield from (_ruling(p, q) for p, q in itertools.pairwise(corners) if _straight(p, q))
        elif filled and min(max(xs) - min(xs), max(ys) - min(ys)) < THIN_PT:
            yield Ruling(min(xs), min(ys), max(xs), max(ys))


def _straight(p: Point, q: Point) -> bool:
    return min(abs(p[0] - q[0]), abs(p[1] - q[1])) < _STRAIGHT_PT


def _ruling(p: Point, q: Point) -> Ruling:
    return Ruling(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))


def _subpaths(data: str) -> Iterator[list[Point]]:
    """The corners of each part of the path that is drawn with straight lines only; a closed part ends where it began."""
    points: list[Point] = []
    curved = False
    for operator, values in _operations(data):
        if operator in {"M", "S"}:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        if operator in {"M", "S", "L"} and len(values) == 2:
            points.append((values[0], values[1]))
        elif operator == "C":
            points += points[:1]
        elif operator in {"Q", "B", "A"}:
            curved = True
    if len(points) > 1 and not curved:
        yield points


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """(letter, its numbers) of AbbreviatedData, up to the first part that makes no sense."""
    operator = ""
    values: list[float] = []
    for part in data.split()[: 3 * _MOST_POINTS]:
        if part.isalpha() and len(part) == 1:
            if operator:
                yield operator, values
            operator, values = part.upper(), []
            continue
        number = numbers(part)
        if not number:
            break
        values += number
    if operator:
        yield operator, values
