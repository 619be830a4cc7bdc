"""The rows of a report as people corrected them: cells that only the row has, marks of who decided, rows that they added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from huizong.records import AddedRow, Corrections, Value
from huizong.tables.columns import KEY

BY_HAND = "人工"
_REASONS = ("依据", "来源")
_WORDINGS = {"量化成效": "量化成效(指标)", "量化成效(指标)": "量化成效"}
"""Columns that say the same in other words: what a person writes in one stands in both."""
_NOTE, _REVIEW, _SURE = "人工修改", "需核", "可信度"


def corrected_rows(
    table: str,
    rows: Iterable[dict[str, object]],
    corrections: Corrections,
    codes: Mapping[str, str],
    head: Mapping[str, object],
) -> Iterator[dict[str, object]]:
    """The rows of a table with the corrections of its report, those that people added behind them.

    `codes` are the numbers of the statements, `head` what every row of the report begins with.
    """
    cells: dict[str, list[tuple[str, Value | tuple[str, ...]]]] = {}
    for (key, column), value in corrections.cells.items():
        cells.setdefault(key, []).append((column, value))
        if column in _WORDINGS and (key, _WORDINGS[column]) not in corrections.cells:
            cells[key].append((_WORDINGS[column], value))
    for row in rows:
        key = str(row.get(KEY) or "")
        if key in corrections.hidden:
            continue
        if key in corrections.remarks:
            row = marked(row, corrections.remarks[key])
        own = cells.get(key, ())
        yield row | {column: _shown(value, codes) for column, value in own if column in row} if own else row
    for added in corrections.added:
        if added.table == table:
            yield _added(added, corrections.remarks.get(added.key, ""), head)


def marked(row: dict[str, object], remark: str) -> dict[str, object]:
    """A row that a person decided about; unchanged where they only wrote a note (an empty remark)."""
    if not remark:
        return row
    marks = {name: BY_HAND for name in _REASONS if name in row} | {_NOTE: remark, _REVIEW: None, _SURE: 1.0}
    return row | {name: value for name, value in marks.items() if name in row}


def _added(row: AddedRow, remark: str, head: Mapping[str, object]) -> dict[str, object]:
    told = {name: value for name, value in row.cells.items() if name not in (_NOTE, _REVIEW, _SURE)}
    note = row.cells.get(_NOTE)
    return {**head, **told, **dict.fromkeys(_REASONS, BY_HAND), _NOTE: note or remark, KEY: row.key}


def _shown(value: Value | tuple[str, ...], codes: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return "、".join(codes[key] for key in value if key in codes) or None
    return value
