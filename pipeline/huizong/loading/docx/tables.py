"""The grid of a DOCX table: merged cells filled in from the left and from above."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from huizong.loading.docx.styles import child, integer, value, w
from huizong.loading.text.prose import is_prose

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 100
"""Word allows 63 columns; what is beyond is damage or malice."""


def within(parent: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions, not into inner tables."""
    for element in parent:
        if element.tag == w(name):
            yield element
        elif element.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("ins")}:
            yield from within(element, name)


def row_groups(table: _Element) -> Iterator[tuple[bool, list[_Element]]]:
    """The rows of the table in runs: (whether they hold prose, as the rows of a form do; the rows)."""
    for prose, rows in itertools.groupby(within(table, "tr"), _is_prose_row):
        yield prose, list(rows)


def _is_prose_row(row: _Element) -> bool:
    cells = list(within(row, "tc"))
    return bool(cells) and is_prose("".join(t.text or "" for t in cells[-1].iter(w("t"))), len(cells) - 1)


def is_grid(rows: Sequence[_Element]) -> bool:
    """Whether two rows have words and one two columns; else they are only a frame around prose."""
    filled = [row for row in rows if any((t.text or "").strip() for t in row.iter(w("t")))]
    return len(filled) >= 2 and any(sum(1 for _ in within(row, "tc")) >= 2 for row in filled)


def grid(
    table_rows: Sequence[_Element], cell_text: Callable[[_Element], str]
) -> tuple[list[tuple[str, ...]], tuple[tuple[int, int], ...]]:
    """The rows of cells' texts, equally long, empty rows left out, and the places (row, column) filled from merged cells.

    The first row of the places is −1, for it is the header. `cell_text` is asked once for each cell, in order.
    """
    rows: list[list[str]] = []
    filled: list[tuple[int, int]] = []
    above: list[str] = []
    for tr in table_rows:
        properties = child(tr, "trPr")
        before = None if properties is None else child(properties, "gridBefore")
        row = [""] * min(integer(before), _WIDEST)
        merged: list[int] = []
        for tc in within(tr, "tc"):
            text = cell_text(tc)
            cell = child(tc, "tcPr")
            if _goes_on(cell, "vMerge") and len(row) < len(above):
                text = above[len(row)]
                merged.append(len(row))
            elif _goes_on(cell, "hMerge") and row:
                text = row[-1]
                merged.append(len(row))
            span = None if cell is None else child(cell, "gridSpan")
            width = max(1, min(integer(span, default=1), _WIDEST))
            merged += range(len(row) + 1, len(row) + width)
            row += [text] * width
            del row[_WIDEST:]
        above = row
        if any(row):
            filled += ((len(rows) - 1, column) for column in merged if column < _WIDEST)
            rows.append(row)
    width = max(map(len, rows), default=0)
    return [tuple(row + [""] * (width - len(row))) for row in rows], tuple(filled)


def _goes_on(properties: _Element | None, kind: str) -> bool:
    """Whether the cell only continues a merged one: vMerge above it, hMerge (old files) left of it."""
    merge = None if properties is None else child(properties, kind)
    return merge is not None and value(merge) != "restart"
