"""Ruled tables of a page: the grid by pdfplumber's logic, the words of each cell from the pieces that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from huizong.loading.captions import table_caption
from huizong.loading.pdf_lines import cell_text
from huizong.loading.pdf_pages import Page, Piece, Ruling
from huizong.records import Box, Line, Table

if TYPE_CHECKING:
    import pdfplumber.page

_LEAST_RULINGS = 4
_OUTSIDE_PT = 1.0
"""How far a table may reach over the page's edge."""

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of a ruled table, row by row: (x0, top, x1, bottom) in points, `None` where a merged cell covers the place."""

    box: Rect
    rows: tuple[tuple[Rect | None, ...], ...]


def find_grids(page: Page) -> list[Grid]:
    """The tables drawn with lines that have at least two rows and two columns and lie inside the page, top to bottom."""
    if len(page.rulings) < _LEAST_RULINGS:
        return []
    from pdfplumber.table import (
        DEFAULT_JOIN_TOLERANCE,
        DEFAULT_SNAP_TOLERANCE,
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )
    from pdfplumber.table import (
        Table as RuledTable,
    )
    from pdfplumber.utils.geometry import filter_edges

    edges = filter_edges([_edge(ruling) for ruling in page.rulings], min_length=1)
    snap, join = DEFAULT_SNAP_TOLERANCE, DEFAULT_JOIN_TOLERANCE
    merged = filter_edges(merge_edges(edges, snap, snap, join, join), min_length=3)
    cells = intersections_to_cells(edges_to_intersections(merged, 3, 3))
    grids: list[Grid] = []
    for group in cells_to_tables(cells):
        table = RuledTable(cast("pdfplumber.page.Page", None), group)  # the page is asked for text only
        rows = tuple(tuple(row.cells) for row in table.rows)
        box = table.bbox
        inside = box[1] >= -_OUTSIDE_PT and box[3] <= page.height_pt + _OUTSIDE_PT
        if len(rows) >= 2 and max(map(len, rows)) >= 2 and inside:
            grids.append(Grid(box=box, rows=rows))
    return grids


def _edge(ruling: Ruling) -> dict[str, object]:
    """The ruling as pdfplumber's edge."""
    x0, top, x1, bottom = ruling
    lying = bottom - top < x1 - x0
    return {
        "object_type": "line",
        "orientation": "h" if lying else "v",
        "x0": x0,
        "x1": x1 if lying else x0,
        "top": top,
        "bottom": top if lying else bottom,
        "width": x1 - x0 if lying else 0,
        "height": 0 if lying else bottom - top,
    }


def divide(page: Page, grids: Sequence[Grid]) -> tuple[list[Piece], list[list[Piece]]]:
    """The pieces outside all `grids`, and for each grid the characters whose middle lies in its box."""
    outside: list[Piece] = []
    inside: list[list[Piece]] = [[] for _ in grids]
    for piece in page.pieces:
        touched = [at for at, grid in enumerate(grids) if _touches(piece, grid.box)]
        if not touched:
            outside.append(piece)
            continue
        for character in page.characters(piece):
            home = next((at for at in touched if _within(character, grids[at].box)), None)
            (outside if home is None else inside[home]).append(character)
    return outside, inside


def _touches(piece: Piece, box: Rect) -> bool:
    return piece.x0 < box[2] and piece.x1 > box[0] and piece.top < box[3] and piece.bottom > box[1]


def _within(piece: Piece, box: Rect) -> bool:
    """Whether the middle of the piece lies in the box."""
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def make_table(page: Page, grid: Grid, characters: Sequence[Piece], lines: Iterable[Line]) -> Table | None:
    """The record of a grid, merged cells filled from the left and from above; `None` when it is almost empty.

    `lines` are the page's lines outside tables: the last one above the table that reads like one is its caption.
    """
    rows: list[list[str]] = []
    for places in grid.rows:
        strip = _strip(characters, places)
        row: list[str] = []
        for column, place in enumerate(places):
            if place is not None:
                row.append(cell_text(page, [c for c in strip if _within(c, place)]))
            elif row:
                row.append(row[-1])
            else:
                row.append(rows[-1][column] if rows and column < len(rows[-1]) else "")
        rows.append(row)
    if sum(bool(cell) for row in rows for cell in row) < 2:
        return None
    x0, top, x1, bottom = (round(edge, 2) for edge in grid.box)
    return Table(
        page=page.number,
        caption=table_caption([line.text for line in lines if line.box and line.box.bottom_pt <= top + 2]),
        header=tuple(rows[0]),
        rows=tuple(tuple(row) for row in rows[1:]),
        box=Box(x0_pt=x0, top_pt=top, x1_pt=x1, bottom_pt=bottom),
    )


def _strip(characters: Sequence[Piece], places: Iterable[Rect | None]) -> list[Piece]:
    """The characters that stand as high as the cells of a row."""
    cells = [place for place in places if place is not None]
    top, bottom = min(c[1] for c in cells), max(c[3] for c in cells)
    return [c for c in characters if top <= (c.top + c.bottom) / 2 < bottom]
