"""Tables of a page: which pieces stand in which cell of a grid, and the record of the table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from huizong.loading.pdf.grids import Grid, Rect, find_grids
from huizong.loading.pdf.lines import cell_text
from huizong.loading.pdf.open_tables import open_tables
from huizong.loading.pdf.pages import Page, Piece
from huizong.loading.tables.captions import table_caption
from huizong.loading.tables.filling import fill_merged
from huizong.loading.tables.joining import same_edges
from huizong.records import Box, Line, Table

_SLACK_PT = 1.0
"""How far words may reach over a ruling and still stand in one cell."""

_OUTSIDE_PT = 1.0
"""How far a table may reach over the page's edge."""


def page_grids(page: Page, before: Table | None = None) -> list[Grid]:
    """The tables of the page, with all their lines or horizontal ones only, top to bottom.

    They lie inside the page: browsers clip what hangs over the edge. A single row is one only as the last of `before`, the
    table that ends the page before.
    """
    grids = [
        grid
        for grid in find_grids(page.rulings, least_rows=2 if before is None else 1)
        if grid.box[1] >= -_OUTSIDE_PT
        and grid.box[3] <= page.height_pt + _OUTSIDE_PT
        and (len(grid.rows) > 1 or (before is not None and _is_row_of(grid, before) and _opens(page, grid)))
    ]
    return sorted([*grids, *open_tables(page, [grid.box for grid in grids])], key=lambda grid: grid.box[1])


def _is_row_of(grid: Grid, table: Table) -> bool:
    """Whether the columns and the outer edges of the grid are those of the table."""
    columns = len(grid.rows[0]) == len(table.header)
    return columns and table.box is not None and same_edges(_box(grid), table.box)


def _opens(page: Page, grid: Grid) -> bool:
    """Whether nothing but a running header stands above the grid."""
    return len({round(piece.bottom) for piece in page.pieces if piece.bottom <= grid.box[1] + _SLACK_PT}) <= 1


def divide(page: Page, grids: Sequence[Grid]) -> tuple[list[Piece], list[list[Piece]]]:
    """The pieces outside all `grids`, and for each grid those in its box. What crosses a ruling is taken apart."""
    outside: list[Piece] = []
    inside: list[list[Piece]] = [[] for _ in grids]
    for piece in page.pieces:
        home = next((at for at, grid in enumerate(grids) if _touches(piece, grid.box)), None)
        if home is None:
            outside.append(piece)
        elif _whole(piece, grids[home]):
            inside[home].append(piece)
        else:
            for character in page.characters(piece):
                at = next((at for at, grid in enumerate(grids) if _within(character, grid.box)), None)
                (outside if at is None else inside[at]).append(character)
    return outside, inside


def _whole(piece: Piece, grid: Grid) -> bool:
    """Whether the piece stands between two neighbouring rulings of the grid."""
    if not _within(piece, grid.box):
        return False
    return bisect_right(grid.edges, piece.x0 + _SLACK_PT) == bisect_right(grid.edges, piece.x1 - _SLACK_PT)


def _touches(piece: Piece, box: Rect) -> bool:
    return piece.x0 < box[2] and piece.x1 > box[0] and piece.top < box[3] and piece.bottom > box[1]


def _within(piece: Piece, box: Rect) -> bool:
    """Whether the middle of the piece lies in the box."""
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def make_table(page: Page, grid: Grid, pieces: Sequence[Piece], lines: Iterable[Line]) -> Table | None:
    """The record of a grid, merged cells filled; `None` when it is almost empty.

    `lines` are the page's lines outside tables: the last one above the table that reads like one is its caption.
    """
    ordered = sorted(pieces, key=_middle)
    middles = [_middle(piece) for piece in ordered]
    texts: list[list[str | None]] = []
    for places in grid.rows:
        cells = [place for place in places if place is not None]
        top, bottom = min(c[1] for c in cells), max(c[3] for c in cells)
        strip = ordered[bisect_left(middles, top) : bisect_left(middles, bottom)]
        texts.append(
            [None if place is None else cell_text(page, [p for p in strip if _within(p, place)]) for place in places]
        )
    rows, filled = fill_merged(texts, grid.rows)
    if sum(bool(cell) for row in rows for cell in row) < 2:
        return None
    box = _box(grid)
    return Table(
        page=page.number,
        caption=table_caption([line.text for line in lines if line.box and line.box.bottom_pt <= box.top_pt + 2]),
        header=rows[0],
        rows=rows[1:],
        box=box,
        filled=tuple((row - 1, column) for row, column in filled),
    )


def _box(grid: Grid) -> Box:
    x0, top, x1, bottom = (round(edge, 2) for edge in grid.box)
    return Box(x0_pt=x0, top_pt=top, x1_pt=x1, bottom_pt=bottom)


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2
