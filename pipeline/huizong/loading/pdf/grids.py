"""Ruling lines of a page → the grids of its tables.

The method is Anssi Nurminen's (“Algorithmic extraction of data in tables in PDF documents”, 2013) as pdfplumber applies it
with its default tolerances: lines that nearly coincide are one, a cell is the smallest rectangle of lines that meet, cells
that share a corner are one table. Written anew because it decides how long a page with tables takes: pdfplumber's own, on
dictionaries, took as long as PDFium takes for the page. The tests hold it against pdfplumber.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huizong.loading.pdf.pages import Ruling

_SNAP_PT = 3.0
_JOIN_PT = 3.0
_MEET_PT = 3.0
_LEAST_LENGTH_PT = 3.0
_LEAST_RULINGS = 4

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

_Edge = tuple[float, float, float]
"""Where a straight edge lies (x of an upright one, y of a lying one), where it begins, where it ends."""

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of a ruled table, row by row: (x0, top, x1, bottom) in points, `None` where a merged cell covers the place.

    `edges` are the sorted x of all its upright rulings.
    """

    box: Rect
    rows: tuple[tuple[Rect | None, ...], ...]
    edges: tuple[float, ...]


def find_grids(rulings: Sequence[Ruling], *, least_rows: int = 2) -> list[Grid]:
    """The tables drawn with these lines that have at least so many rows and two columns, top to bottom, left to right."""
    if len(rulings) < _LEAST_RULINGS:
        return []
    upright = _merged((r.x0, r.top, r.bottom) for r in rulings if r.bottom - r.top >= r.x1 - r.x0)
    lying = _merged((r.top, r.x0, r.x1) for r in rulings if r.bottom - r.top < r.x1 - r.x0)
    if len(upright) < 3 or len(lying) <= least_rows:  # two rows and two columns have three of each
        return []
    cells = list(_cells(_meetings(upright, lying)))
    grids = [_grid(group) for group in _together(cells)]
    return [g for g in grids if len(g.rows) >= least_rows and max(map(len, g.rows)) >= 2]


def _merged(edges: Iterable[_Edge]) -> list[_Edge]:
    """Edges that nearly coincide moved onto one another, and those in one line that touch joined."""
    ordered = sorted(edges)
    merged: list[_Edge] = []
    for cluster in _clusters(ordered):
        where = sum(edge[0] for edge in cluster) / len(cluster)
        spans = sorted(edge[1:] for edge in cluster)
        begin, end = spans[0]
        for a, b in spans[1:]:
            if a <= end + _JOIN_PT:
                end = max(end, b)
            else:
                merged.append((where, begin, end))
                begin, end = a, b
        merged.append((where, begin, end))
    return [edge for edge in merged if edge[2] - edge[1] >= _LEAST_LENGTH_PT]


def _clusters(ordered: Sequence[_Edge]) -> Iterator[Sequence[_Edge]]:
    """Runs in which each edge lies close to the one before."""
    first = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at][0] - ordered[at - 1][0] > _SNAP_PT:
            if ordered:
                yield ordered[first:at]
            first = at


def _meetings(upright: Sequence[_Edge], lying: Sequence[_Edge]) -> dict[_Point, tuple[set[int], set[int]]]:
    """Where edges meet: the point, and the numbers of the upright and of the lying edges that go through it."""
    points: dict[_Point, tuple[set[int], set[int]]] = {}
    for v, (x, top, bottom) in enumerate(upright):
        for h, (y, x0, x1) in enumerate(lying):
            if y > bottom + _MEET_PT:
                break
            if top - _MEET_PT <= y and x0 - _MEET_PT <= x <= x1 + _MEET_PT:
                here = points.setdefault((x, y), (set(), set()))
                here[0].add(v)
                here[1].add(h)
    return points


def _cells(points: dict[_Point, tuple[set[int], set[int]]]) -> Iterator[Rect]:
    """For each point the smallest rectangle of edges of which it is the top left corner."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(points):
        columns[x].append(y)
        rows[y].append(x)
    for x, y in sorted(points):
        upright, lying = points[x, y]
        below = [b for b in columns[x] if b > y and upright & points[x, b][0]]
        right = [r for r in rows[y] if r > x and lying & points[r, y][1]]
        corner = next(
            (
                (r, b)
                for b, r in itertools.product(below, right)
                if (r, b) in points and points[r, b][0] & points[r, y][0] and points[r, b][1] & points[x, b][1]
            ),
            None,
        )
        if corner is not None:
            yield (x, y, *corner)


def _together(cells: Sequence[Rect]) -> list[list[Rect]]:
    """The cells grouped into tables: those that share a corner, directly or by way of others. Single cells are left out."""
    by_corner: dict[_Point, list[Rect]] = defaultdict(list)
    for cell in cells:
        for corner in _corners(cell):
            by_corner[corner].append(cell)
    groups: list[list[Rect]] = []
    seen: set[Rect] = set()
    for start in cells:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for cell in group:  # grows while it is walked through
            for neighbour in itertools.chain.from_iterable(by_corner[corner] for corner in _corners(cell)):
                if neighbour not in seen:
                    seen.add(neighbour)
                    group.append(neighbour)
        if len(group) > 1:
            groups.append(group)
    return sorted(groups, key=lambda group: min((cell[1], cell[0]) for cell in group))


def _corners(cell: Rect) -> tuple[_Point, _Point, _Point, _Point]:
    x0, top, x1, bottom = cell
    return (x0, top), (x1, top), (x0, bottom), (x1, bottom)


def _grid(cells: Sequence[Rect]) -> Grid:
    """The cells in rows (equal top) and columns (equal left)."""
    lefts = sorted({cell[0] for cell in cells})
    rows = []
    for _, row in itertools.groupby(sorted(cells, key=lambda c: (c[1], c[0])), key=lambda c: c[1]):
        by_left = {cell[0]: cell for cell in row}
        rows.append(tuple(by_left.get(left) for left in lefts))
    return Grid(
        box=(
            min(c[0] for c in cells),
            min(c[1] for c in cells),
            max(c[2] for c in cells),
            max(c[3] for c in cells),
        ),
        rows=tuple(rows),
        edges=tuple(sorted({x for cell in cells for x in (cell[0], cell[2])})),
    )
