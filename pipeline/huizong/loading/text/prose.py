"""Forms (登记表, 申报书) are drawn as tables, but hold the report in their cells: which cells are prose."""

from __future__ import annotations

_LEAST_CHARACTERS = 200
_LEAST_SENTENCES = 3


def is_prose(cell: str, beside: int) -> bool:
    """Whether a cell that has `beside` other cells in its row holds a text of its own rather than an entry of a table.

    Only a row of at most two cells, a name and its text, is such a form; a long entry in a table of tasks is none.
    """
    return beside <= 1 and len(cell) >= _LEAST_CHARACTERS and cell.count("。") >= _LEAST_SENTENCES
