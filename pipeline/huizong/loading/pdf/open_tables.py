"""Tables with horizontal rules only (三线表): their cells from the rules and from the white gaps between columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from statistics import median

from huizong.loading.pdf.grids import Grid, Rect
from huizong.loading.pdf.pages import Page, Piece, Ruling

_SAME_PT = 3.0
"""How far the ends of the rules of one table may differ, and how thick a rule drawn as two lines is."""

_LEAST_PT = 100.0
_LEAST_RULES = 3

_GAP_EM = 0.8
"""White space between two columns is at least this wide, in ems."""

_PROSE = 0.7
"""A single stretch of text over this share of the width is no row of a table."""


def open_tables(page: Page, taken: Sequence[Rect]) -> list[Grid]:
    """Such tables; every row has all columns.

    At least three rules equally long, two rows and two columns. `taken` are the boxes of tables already found. Not handled:
    cells over several columns; a row of several lines counts as one row only where rules part the rows.
    """
    return [
        grid
        for rules in _equally_long(_long_rules(page.rulings), taken)
        for stack in _stacks(page, rules)
        if (grid := _grid(page, stack)) is not None
    ]


def _long_rules(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Horizontal rules, pieces of one line joined, rules drawn twice taken once, top to bottom."""
    joined: list[Ruling] = []
    lying = [r for r in rulings if r.bottom - r.top < _SAME_PT and r.x1 - r.x0 > _SAME_PT]
    for rule in sorted(lying, key=lambda r: (round(r.top), r.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.top - rule.top) < _SAME_PT and rule.x0 <= last.x1 + _SAME_PT:
            joined[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.x1 - rule.x0 >= _LEAST_PT]


def _equally_long(rules: Sequence[Ruling], taken: Sequence[Rect]) -> Iterator[list[Ruling]]:
    """Groups of rules that begin and end alike and lie in no table already found."""
    groups: list[list[Ruling]] = []
    for rule in rules:
        if any(box[1] - _SAME_PT <= rule.top <= box[3] + _SAME_PT for box in taken):
            continue
        home = next((g for g in groups if max(abs(g[0].x0 - rule.x0), abs(g[0].x1 - rule.x1)) < _SAME_PT), None)
        if home is None:
            groups.append([rule])
        elif rule.top - home[-1].top > _SAME_PT:
            home.append(rule)
    return (group for group in groups if len(group) >= _LEAST_RULES)


def _stacks(page: Page, rules: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Runs of rules with nothing but rows of cells between them."""
    stack = [rules[0]]
    for above, below in itertools.pairwise(rules):
        if _tabular(page, above, below):
            stack.append(below)
            continue
        if len(stack) >= _LEAST_RULES:
            yield stack
        stack = [below]
    if len(stack) >= _LEAST_RULES:
        yield stack


def _tabular(page: Page, above: Ruling, below: Ruling) -> bool:
    """Whether there are only rows of a table between two rules, and at least one."""
    strips = _strips(_between(page.pieces, above, below))
    width = above.x1 - above.x0
    prose = any(len(strip) == 1 and strip[0].x1 - strip[0].x0 > _PROSE * width for strip in strips)
    return not prose and any(len(strip) > 1 for strip in strips)


def _between(pieces: Sequence[Piece], above: Ruling, below: Ruling) -> list[Piece]:
    return [
        p
        for p in pieces
        if above.top < (p.top + p.bottom) / 2 < below.top and above.x0 <= (p.x0 + p.x1) / 2 <= above.x1
    ]


def _strips(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand equally high together, top to bottom."""
    strips: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        if strips and piece.top + piece.bottom - strips[-1][0].top - strips[-1][0].bottom < piece.size:
            strips[-1].append(piece)
        else:
            strips.append([piece])
    return strips


def _grid(page: Page, rules: Sequence[Ruling]) -> Grid | None:
    """The cells between the rules; `None` when there are no two columns and rows, or when it is text in two columns."""
    pieces = _between(page.pieces, rules[0], rules[-1])
    edges = _columns([word for piece in pieces for word in page.words(piece)], rules[0])
    bands = list(_bands(pieces, rules))
    if len(edges) < 3 or len(bands) < 3 or _text_in_columns(pieces, edges, len(bands) - 1):
        return None
    return Grid(
        box=(edges[0], bands[0], edges[-1], bands[-1]),
        rows=tuple(
            tuple((x0, top, x1, bottom) for x0, x1 in itertools.pairwise(edges))
            for top, bottom in itertools.pairwise(bands)
        ),
        edges=tuple(edges),
    )


def _columns(words: Sequence[Piece], rule: Ruling) -> list[float]:
    """The edges of the columns: the ends of the rule, and the middles of the white gaps that go through all rows."""
    edges = [rule.x0]
    reach = rule.x0
    for word in sorted(words, key=lambda w: w.x0):
        if word.x0 - reach >= _GAP_EM * word.size and reach > rule.x0:
            edges.append((reach + word.x0) / 2)
        reach = max(reach, word.x1)
    return [*edges, rule.x1]


def _bands(pieces: Sequence[Piece], rules: Sequence[Ruling]) -> Iterator[float]:
    """The edges of the rows: the rules, and between two rules the middle between two lines of text.

    Where there are more than three rules and most of them part single lines, the rules alone part the rows.
    """
    regions = [_strips(_between(pieces, above, below)) for above, below in itertools.pairwise(rules)]
    one_row_each = len(regions) > 2 and median(map(len, regions)) == 1
    for rule, strips in zip(rules, regions, strict=False):
        yield rule.top
        if not one_row_each:
            for above, below in itertools.pairwise(strips):
                yield (max(p.bottom for p in above) + min(p.top for p in below)) / 2
    yield rules[-1].top


def _text_in_columns(pieces: Sequence[Piece], edges: Sequence[float], rows: int) -> bool:
    """Whether it is running text between rules: two columns whose lines are all full."""
    if len(edges) != 3 or rows < 6:
        return False
    shares = [
        median([(p.x1 - p.x0) / (x1 - x0) for p in pieces if x0 <= (p.x0 + p.x1) / 2 < x1] or [0.0])
        for x0, x1 in itertools.pairwise(edges)
    ]
    return min(shares) > 0.8
