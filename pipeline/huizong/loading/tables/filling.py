"""Merged cells of a drawn grid: which words belong to the places that have no cell of their own."""

from __future__ import annotations

from collections.abc import Sequence

_INSIDE_PT = 0.5
"""How far inside a place, from its upper left corner, one looks for the cell that covers it."""

Corners = tuple[float, float, float, float]
"""The box of a cell: x0, top, x1, bottom, in points."""


def fill_merged(
    texts: Sequence[Sequence[str | None]], boxes: Sequence[Sequence[Corners | None]]
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[int, int], ...]]:
    """The rows with merged cells filled, and the places (row, column), 0-based, that were filled.

    `texts` and `boxes` are rows of equal length, `None` for a place that has no cell of its own. Such a place takes the words
    of the cell whose box covers it, be that to the left, above, or both; "" where none does (a grid that is not closed).
    Raises `ValueError` when the two differ in shape.
    """
    if [len(row) for row in texts] != [len(row) for row in boxes]:
        raise ValueError("texts and boxes of a table differ in shape")
    width = max((len(row) for row in boxes), default=0)
    lefts = [min((row[c][0] for row in boxes if c < len(row) and row[c]), default=None) for c in range(width)]  # type: ignore[index]
    tops = [min((box[1] for box in row if box), default=None) for row in boxes]
    cells = [(box, texts[r][c] or "") for r, row in enumerate(boxes) for c, box in enumerate(row) if box]
    filled: list[tuple[int, int]] = []
    rows: list[tuple[str, ...]] = []
    for r, row in enumerate(boxes):
        words: list[str] = []
        for c, box in enumerate(row):
            left, top = lefts[c], tops[r]
            if box is not None:
                words.append(texts[r][c] or "")
                continue
            covering = None
            if left is not None and top is not None:
                x, y = left + _INSIDE_PT, top + _INSIDE_PT
                covering = next((t for b, t in cells if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)
            if covering is not None:
                filled.append((r, c))
            words.append(covering or "")
        rows.append(tuple(words))
    return tuple(rows), tuple(filled)
