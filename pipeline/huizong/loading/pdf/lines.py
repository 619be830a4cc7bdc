"""Pieces of a page → its printed lines in reading order, column by column."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from huizong.loading.pdf.columns import Block, reading_blocks
from huizong.loading.pdf.pages import Page, Piece
from huizong.records import Box, Line

_TWIN_EM = 0.15
"""Text printed again with less than this shift, in ems, is the same text."""

_BLANK_EM = 0.25
"""A gap wider than this, in ems, is a blank."""


def page_lines(page: Page, pieces: Sequence[Piece], *, edges: bool = False) -> list[Line]:
    """The lines that `pieces` (those of the page's that stand outside tables) make, in reading order.

    With `edges`, each line knows where every character stands.
    """
    once = _once(pieces)
    return [
        line
        for block in reading_blocks(once)
        for row in _rows(block.pieces)
        if (line := _line(_in_order(row, page), page, block, edges=edges)) is not None
    ]


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the second copy of text printed twice with a tiny shift (a poor man's bold)."""
    kept: list[Piece] = []
    seen: dict[str, list[Piece]] = {}
    for piece in pieces:
        twins = seen.setdefault(piece.text, [])
        if twins:
            shift = _TWIN_EM * piece.size
            if any(abs(piece.x0 - twin.x0) < shift and abs(piece.top - twin.top) < shift for twin in twins):
                continue
        twins.append(piece)
        kept.append(piece)
    return kept


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces grouped into printed lines, top to bottom.

    A piece belongs to the line whose middle lies within half its height: digits set in another face are higher or lower than
    the Chinese around them, but never by that much.
    """
    rows: list[list[Piece]] = []
    middle = 0.0
    for piece in sorted(pieces, key=lambda p: ((p.top + p.bottom) / 2, p.x0)):
        own = (piece.top + piece.bottom) / 2
        if rows and own - middle < 0.5 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            middle = own
    return rows


def _in_order(row: list[Piece], page: Page) -> list[Piece]:
    """The row from left to right; where pieces lie over one another, they are taken apart first.

    Word processors draw the quotation marks of a line after the rest of it, into the gaps.
    """
    row = sorted(row, key=lambda p: p.x0)
    for apart in (page.words, page.characters):
        if not _overlapping(row):
            break
        row = sorted(_once([part for piece in row for part in apart(piece)]), key=lambda p: p.x0)
    return row


def _overlapping(row: Sequence[Piece]) -> bool:
    """Whether a piece begins well before the one on its left ends."""
    return any(b.x0 < a.x1 - 0.5 * b.size for a, b in itertools.pairwise(row))


def join_row(row: Sequence[Piece]) -> str:
    """The words of a row in order; gaps wider than a quarter of the type become one blank."""
    words: list[str] = []
    previous: Piece | None = None
    for piece in row:
        if (
            previous is not None
            and piece.x0 - previous.x1 > _BLANK_EM * piece.size
            and not (previous.text[-1].isspace() or piece.text[0].isspace())
        ):
            words.append(" ")
        words.append(piece.text)
        previous = piece
    return "".join(words)


def cell_text(page: Page, pieces: Sequence[Piece]) -> str:
    """The words of a table's cell: its lines one after another, with a blank only between two Latin words."""
    text = ""
    for row in _rows(_once(pieces)):
        words = join_row(_in_order(row, page)).strip()
        latin = text[-1:].isascii() and text[-1:].isalpha() and words[:1].isascii() and words[:1].isalpha()
        text += (" " if latin else "") + words
    return text


def _line(row: list[Piece], page: Page, block: Block, *, edges: bool) -> Line | None:
    """The row as a line; `None` when it is blank."""
    while row and row[0].text.isspace():
        row = row[1:]
    while row and row[-1].text.isspace():
        row = row[:-1]
    if not row:
        return None
    inked = [piece for piece in row if not piece.text.isspace()]
    sizes: Counter[float] = Counter()
    for piece in inked:
        sizes[piece.size] += len(piece.text)
    return Line(
        text=join_row(row),
        page=page.number,
        column=block.column,
        box=Box(
            x0_pt=round(min(piece.x0 for piece in inked), 2),
            top_pt=round(min(piece.top for piece in inked), 2),
            x1_pt=round(max(piece.x1 for piece in inked), 2),
            bottom_pt=round(max(piece.bottom for piece in inked), 2),
        ),
        page_width_pt=page.width_pt,
        page_height_pt=page.height_pt,
        size_pt=sizes.most_common(1)[0][0],
        bold=all(piece.bold for piece in inked),
        edges_pt=_edges(row, page) if edges else (),
    )


def _edges(row: Sequence[Piece], page: Page) -> tuple[tuple[float, float], ...]:
    """Left and right of each character of the row's text; a blank reaches from its neighbour to its neighbour."""
    placed: list[tuple[float, float] | None] = []
    text = join_row(row)
    for piece in row:
        if text[len(placed)] == " " and piece.text[0] != " ":
            placed.append(None)
        characters = {c.first: (round(c.x0, 2), round(c.x1, 2)) for c in page.characters(piece)}
        placed += (characters.get(piece.first + at) for at in range(len(piece.text)))
    left = 0.0
    filled: list[tuple[float, float]] = []
    for at, edge in enumerate(placed):
        if edge is None:
            right = next((later[0] for later in placed[at + 1 :] if later is not None), left)
            edge = (left, right)
        filled.append(edge)
        left = edge[1]
    return tuple(filled)
