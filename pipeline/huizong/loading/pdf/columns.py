"""Two columns on a page: where the gutter is, and in which order the parts are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from huizong.loading.pdf.pages import Piece
from huizong.loading.pdf.zones import column_zones

_LEAST_ROWS = 4
"""Fewer lines in a column are a list or a signature, not a column."""

_FULL = 0.6
"""Lines of a column fill at least this share of its width, by their median."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Pieces that are read together. `column` is 0 for the full width, 1 for the left and 2 for the right column."""

    column: int
    pieces: tuple[Piece, ...]


def reading_blocks(pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of a page in reading order: a full-width part ends the columns above it.

    Recognises one gutter near the middle, of the whole page or of a part of it. Three columns and sidebars are read straight
    across.
    """
    gutter = _gutter(pieces)
    if gutter is not None:
        return _divided(pieces, gutter)
    blocks: list[Block] = []
    for part in column_zones(_strips(pieces)):
        among = [piece for strip in part.strips for piece in strip]
        blocks += [Block(column=0, pieces=tuple(among))] if part.gutter is None else _divided(among, part.gutter)
    return blocks


def _divided(pieces: Sequence[Piece], gutter: float) -> list[Block]:
    """The pieces as blocks: left and right of the gutter, and across it."""
    blocks: list[Block] = []
    full: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []

    def close_columns() -> None:
        for column, part in ((1, left), (2, right)):
            if part:
                blocks.append(Block(column=column, pieces=tuple(part)))
            part.clear()

    def close_full() -> None:
        if full:
            blocks.append(Block(column=0, pieces=tuple(full)))
        full.clear()

    for row in _strips(pieces):
        if any(piece.x0 < gutter < piece.x1 for piece in row):
            close_columns()
            full += row
        else:
            close_full()
            left += (piece for piece in row if piece.x1 <= gutter)
            right += (piece for piece in row if piece.x0 >= gutter)
    close_full()
    close_columns()
    return blocks


def _strips(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand equally high together, top to bottom."""
    strips: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom, p.x0)):
        if strips and piece.top + piece.bottom - strips[-1][0].top - strips[-1][0].bottom < 0.5 * piece.size:
            strips[-1].append(piece)
        else:
            strips.append([piece])
    return strips


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the page is divided (x in points); `None` when it has one column."""
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    edge_left, edge_right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = edge_right - edge_left
    if width <= 0:
        return None
    middle = (edge_left + edge_right) / 2
    size = median(p.size for p in pieces)
    left = [p for p in pieces if p.x1 < middle + 0.15 * width and p.x1 - p.x0 > 0.2 * width]
    right = [p for p in pieces if p.x0 > middle - 0.15 * width and p.x1 - p.x0 > 0.2 * width]
    if len(left) < _LEAST_ROWS or len(right) < _LEAST_ROWS:
        return None
    x0, x1 = max(p.x1 for p in left), min(p.x0 for p in right)
    if x1 - x0 < 0.8 * size:
        return None
    if median(p.x1 - p.x0 for p in left) < _FULL * (x0 - edge_left):
        return None
    if median(p.x1 - p.x0 for p in right) < _FULL * (edge_right - x1):
        return None
    crossing = sum(1 for p in pieces if p.x0 < x0 and p.x1 > x1)
    return (x0 + x1) / 2 if crossing < 0.5 * (len(left) + len(right)) else None
