"""Which rows of a grid are its header, told by what stands in them; and the one header a table gets of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from huizong.lexicon.tables import is_unit, table_words
from huizong.numerals import plain
from huizong.records import Table

JOINT = "·"
"""What joins the levels of a header: 招生·计划数."""

Rows = Sequence[Sequence[str]]

_FIGURE = re.compile(
    r"(?:[约近超逾达≥≤＞＜><]|超过|不少于|不低于|至少){0,2}[+＋\-－−±]?\d[\d,，.]*(?:[-–—~～:：至]\d[\d,，.]*)?[ ]?"
    r"(?:%|‰|[余多]?[万亿]?[余多]?[A-Za-z一-龥²㎡/（）()]{0,6})(?:以上|以下|左右)?%?"
)
_DATED = re.compile(r"\d+\s*(?:月|日|号|级|届|班|点|时)|(?:19|20)\d\d(?:[-./]\d|年|学年)|第\d|\d[、）)．]|\d\.(?=\D)")
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年?[-–—~～至](?:(?:19|20)\d\d|\d\d))?(?:年度?|学年度?|届|级)?(?:（[^）]*）|\([^)]*\))?"
)
_UNIT_NOTE = re.compile(r"[（(]?(?:计量|金额)?单位[:：].{1,10}[）)]?")
_VOID = frozenset(
    {"", "-", "—", "——", "－", "–", "/", "／", "\\", "无", "N/A", "n/a", "…", "……", "*", "×", "√", "不详", "暂无"}
)
_LONGEST_HEADER = 40
_DEEPEST = 5


@lru_cache(maxsize=8192)
def squeezed(cell: str) -> str:
    """The words of a cell without blanks and line ends, digits plain."""
    return re.sub(r"\s", "", plain(cell))


def is_void(cell: str) -> bool:
    """Whether a cell says nothing: blank, a dash, a stroke, 无."""
    return squeezed(cell) in _VOID


def is_year(cell: str) -> bool:
    """Whether a cell is a year or a school year: 2022, 2022年, 2021-2022学年."""
    return _YEAR.fullmatch(squeezed(cell)) is not None


@lru_cache(maxsize=8192)
def is_figure(cell: str) -> bool:
    """Whether a cell is one number, with or without its unit; years and dates are none.

    >>> [is_figure(c) for c in ("1,234", "12.5万元", "约30", "2022年", "5月", "建成12个")]
    [True, True, True, False, False, False]
    """
    words = squeezed(cell)
    return _FIGURE.fullmatch(words) is not None and not is_year(words) and _DATED.search(words) is None


def is_band(row: Sequence[str]) -> bool:
    """Whether the row is one merged cell over the whole width."""
    return len(row) > 1 and bool(squeezed(row[0])) and len({squeezed(cell) for cell in row}) == 1


def is_title(row: Sequence[str]) -> bool:
    """Whether the row stands over the column names: one merged cell, a first cell with nothing beside it, or “单位：万元”."""
    words = [squeezed(cell) for cell in row]
    alone = len(row) > 1 and bool(words[0]) and not any(words[1:]) and not is_figure(words[0])
    noted = len(set(words) - {""}) <= 2 and any(_UNIT_NOTE.fullmatch(w) for w in words)
    return alone or noted or (is_band(row) and not is_figure(words[0]))


def header_depth(rows: Rows) -> int:
    """How many rows at the top are header: a title over the whole width, the levels of column names, units, column numbers.

    0 for a grid without column names (label and value side by side). A grid in which no cell is a number has one header row,
    and more where merged cells of the upper one are split by the lower.
    """
    depth = 0
    while depth < len(rows) - 1 and is_title(rows[depth]):
        depth += 1
    rest = rows[depth:]
    if not rest or not _can_be_header(rest[0]) or _label_and_value(rest):
        return depth
    names = 1
    while names < min(len(rest) - 1, _DEEPEST) and _goes_on(rest, names):
        names += 1
    return depth + names


def _can_be_header(row: Sequence[str]) -> bool:
    """Whether the row may name columns: some words, no numbers, nothing as long as a sentence."""
    words = [squeezed(cell) for cell in row]
    return any(words) and not any(is_figure(w) or len(w) > _LONGEST_HEADER for w in words)


def _goes_on(rows: Rows, at: int) -> bool:
    """Whether row `at` is a further level of the header whose levels are above it."""
    row, above = [squeezed(c) for c in rows[at]], [squeezed(c) for c in rows[at - 1]]
    if _numbers_columns(row) or _gives_units(row, above):
        return True
    if not _can_be_header(row) or any(is_void(c) and c for c in row):
        return False
    splits = any(above[c] and above[c] == above[c - 1] and row[c] and row[c] != row[c - 1] for c in range(1, len(row)))
    return splits and any(is_figure(c) or (is_void(c) and c) for below in rows[at + 1 :] for c in below)


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether the row only numbers the columns: 1 2 3 4, or 栏次 1 2 3."""
    numbers = [int(c) for c in row if c.isdecimal() and len(c) <= 2]
    return len(numbers) >= 3 and len(numbers) >= len(row) - 1 and all(b - a == 1 for a, b in pairwise(numbers))


def _gives_units(row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether the row only gives the units of the columns; columns without one may repeat the row above."""
    own = [c for c, up in zip(row, above, strict=False) if c and c != up]
    return bool(own) and all(is_unit(c.strip("（）()")) for c in own)


def _label_and_value(rows: Rows) -> bool:
    """Whether labels and their values stand side by side (在校生 | 8600人 | 专任教师 | 420人), so that no row names columns."""
    width = len(rows[0])
    if width % 2 or width > 6:
        return False
    labels = [squeezed(c) for row in rows for c in row[::2]]
    values = [squeezed(c) for row in rows for c in row[1::2]]
    if any(is_figure(c) or len(c) > 20 for c in labels) or not any(map(is_figure, values)):
        return False
    named = [c for c in labels if c]
    if len(named) != len(set(named)) or len(named) < len(labels) - 1:
        return False
    first = [squeezed(c) for c in rows[0][1::2]]
    if any(_speaks_of_a_number(c) for c in first):
        return False
    below = [c for c in values[len(first) :] if not is_void(c) and not is_figure(c)]
    own_units = {re.sub(r"[\d,，.]", "", c) for c in values if is_figure(c)} - {""}
    return bool(below) or len(own_units) > 1


def _speaks_of_a_number(cell: str) -> bool:
    words, lexicon = re.sub(r"[（(].*?[）)]", "", cell), table_words()
    whole = (
        lexicon.order,
        lexicon.generic,
        lexicon.weak,
        lexicon.total,
        lexicon.target,
        lexicon.actual,
        lexicon.change,
    )
    return is_year(cell) or bool(lexicon.quantity.search(words)) or any(p.fullmatch(words) for p in whole)


def with_header(table: Table) -> Table:
    """The table with its header rows found: `header` joined of them, `rows` what stands below. Done once; again changes nothing.

    A title row over the whole width becomes the caption where the table has none, unless more such rows divide its body.
    """
    if table.header_rows or not any(table.header):
        return table
    grid = (table.header, *table.rows)
    depth = header_depth(grid)
    top, rows = grid[:depth], grid[depth:]
    titles = [row for row in top if is_title(row) and not _UNIT_NOTE.fullmatch(squeezed(row[0]))]
    names = [row for row in top if not is_title(row)]
    caption = table.caption
    if not caption and titles and not any(is_band(row) and not is_figure(row[0]) for row in rows):
        caption = titles[0][0].strip()
    shift = depth - 1
    return replace(
        table,
        caption=caption,
        header=tuple(_joined([row[c] for row in names]) for c in range(len(table.header))),
        header_rows=top,
        rows=rows,
        filled=tuple((r - shift, c) for r, c in table.filled if r - shift >= 0),
        row_pages=table.row_pages[shift:] if depth else ((table.page, *table.row_pages) if table.row_pages else ()),
    )


def _joined(levels: Sequence[str]) -> str:
    """The levels of one column from the top down, repeats of a merged cell once, a unit in brackets, column numbers left out."""
    words: list[str] = []
    for level in levels:
        cell = re.sub(r"\s*\n\s*", "", level).strip()
        if not cell or (words and cell == words[-1]) or (words and cell.isdecimal()):
            continue
        unit = cell.strip("（）()")
        if words and is_unit(unit):
            words[-1] += f"（{unit}）"
        else:
            words.append(cell)
    return JOINT.join(words)
