"""Rows put into a worksheet as a spreadsheet program would: what lies below moves down, what spans the place grows."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:,\s()]+)!)?(?P<a>\$?[A-Za-z]{1,3}\$?)(?P<top>\d+)(?::(?P<b>\$?[A-Za-z]{1,3}\$?)(?P<bottom>\d+))?"
)
Move = Callable[[int, int], tuple[int, int]]


def repeat_row(book: Any, sheet: Any, template: int, after: int, times: int, first: int) -> None:
    """Puts `times` copies of row `template`, without words but with its formulas, behind row `after`. Rows are 1-based.

    `first` is the first row of the table's body: a range that goes from there (or above) to `after` grows, so that a sum over
    the body is one over all of its rows. Merged cells, heights, print areas, filters, validations, conditional formats, names,
    formulas of all sheets, links, breaks and pictures follow. Print titles and frozen panes stay: they lie above.
    """
    move = mover(after, times, first)
    styles = {c: copy(cell._style) for (r, c), cell in sheet._cells.items() if r == template}
    height = sheet.row_dimensions[template].height if template in sheet.row_dimensions else None
    flat = [m for m in sheet.merged_cells.ranges if m.min_row == m.max_row == template]
    tall = [m for m in sheet.merged_cells.ranges if m.min_row < m.max_row]
    single = [m for m in sheet.merged_cells.ranges if m.min_row == m.max_row]
    sheet.insert_rows(after + 1, times)
    _heights(sheet, after, times, height)
    for area in tall:
        area.min_row, area.max_row = move(area.min_row, area.max_row)
    for area in single:  # within one row: it does not grow
        area.min_row = area.max_row = move(area.min_row, area.min_row + 1)[0]
    for row in range(after + 1, after + times + 1):
        for column, style in styles.items():
            sheet.cell(row=row, column=column)._style = copy(style)
    _merge(sheet, [(m.min_col, m.max_col) for m in flat], tall, range(after + 1, after + times + 1))
    _settings(sheet, move)
    if sheet.print_area:  # grows even where the table had no row
        grown = mover(after, times, min(first, after))
        sheet.print_area = [
            _moved(str(area), grown, here=True, title=sheet.title) for area in sheet._print_area.sorted()
        ]
    _formulas(book, sheet, move)
    _repeat_formulas(sheet, template, range(after + 1, after + times + 1))


def mover(after: int, times: int, first: int) -> Move:
    """Where the rows (top, bottom) of a range are when `times` rows came behind row `after`.

    >>> move = mover(9, 5, 4)
    >>> move(10, 10), move(4, 9), move(1, 12), move(4, 8), move(9, 9)
    ((15, 15), (4, 14), (1, 17), (4, 8), (9, 9))

    Without a body (`first` behind `after`) nothing that ends above grows.
    """

    def move(top: int, bottom: int) -> tuple[int, int]:
        if top > after:
            return top + times, bottom + times
        if bottom > after or (bottom == after and top <= first <= after):
            return top, bottom + times
        return top, bottom

    return move


def moved_formula(formula: str, move: Move, *, here: bool, title: str) -> str:
    """A formula after the move; `here`: it stands on the sheet `title` itself, so that bare references are meant.

    >>> moved_formula('=SUM(F4:F9)&"F10"+台账!F10', mover(9, 5, 4), here=True, title="台账")
    '=SUM(F4:F14)&"F10"+台账!F15'
    """
    from openpyxl.formula import Tokenizer

    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            token.value = _moved(token.value, move, here=here, title=title)
    return "=" + "".join(str(token.value) for token in tokens.items)


def _moved(words: str, move: Move, *, here: bool, title: str) -> str:
    def one(found: re.Match[str]) -> str:
        sheet = found["sheet"]
        named = sheet[:-1].strip("'").replace("''", "'") if sheet else None
        if named != title and not (named is None and here):
            return found[0]
        if found["bottom"] is None:
            top = int(found["top"])
            moved = move(top, top + 1)[0]  # one cell does not grow
            return f"{sheet or ''}{found['a']}{moved}"
        top, bottom = move(int(found["top"]), int(found["bottom"]))
        return f"{sheet or ''}{found['a']}{top}:{found['b']}{bottom}"

    return _REFERENCE.sub(one, words)


def _heights(sheet: Any, after: int, times: int, height: float | None) -> None:
    below = sorted((row for row in sheet.row_dimensions if row > after), reverse=True)
    for row in below:
        dimension = sheet.row_dimensions.pop(row)
        dimension.index = row + times
        sheet.row_dimensions[row + times] = dimension
    if height is not None:
        for row in range(after + 1, after + times + 1):
            sheet.row_dimensions[row].height = height


def _repeat_formulas(sheet: Any, template: int, rows: range) -> None:
    from openpyxl.formula.translate import Translator

    for (row, column), cell in list(sheet._cells.items()):
        if row == template and cell.data_type == "f" and isinstance(cell.value, str):
            formula = Translator(cell.value, cell.coordinate)
            for new in rows:
                other = sheet.cell(row=new, column=column)
                other.value = formula.translate_formula(other.coordinate)


def _merge(sheet: Any, flat: list[tuple[int, int]], tall: list[Any], rows: range) -> None:
    """Merged cells within each new row as in the template, and the inside of those that grew over the new rows."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.cell_range import CellRange

    def cover(row: int, column: int) -> None:
        inner = MergedCell(sheet, row=row, column=column)
        if (row, column) in sheet._cells:
            inner._style = copy(sheet._cells[row, column]._style)
        sheet._cells[row, column] = inner

    areas = list(sheet.merged_cells.ranges)
    for row in rows:
        for left, right in flat:
            areas.append(CellRange(min_col=left, max_col=right, min_row=row, max_row=row))
            for column in range(left + 1, right + 1):
                cover(row, column)
        for area in tall:
            if area.min_row < row <= area.max_row:
                for column in range(area.min_col, area.max_col + 1):
                    cover(row, column)
    sheet.merged_cells.ranges = set(areas)  # anew: their hashes have changed


def _settings(sheet: Any, move: Move) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    def areas(words: str) -> str:
        return _moved(words, move, here=True, title=sheet.title)

    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = areas(sheet.auto_filter.ref)
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(areas(str(rule.sqref)))
    formats = ConditionalFormattingList()
    for old in sheet.conditional_formatting:
        for rule in old.rules:
            rule.formula = [moved_formula(f"={f}", move, here=True, title=sheet.title)[1:] for f in rule.formula]
            formats.add(areas(str(old.sqref)), rule)
    sheet.conditional_formatting = formats
    for table in sheet.tables.values():
        table.ref = areas(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = areas(table.autoFilter.ref)
    for stop in sheet.row_breaks.brk:
        stop.id = move(stop.id, stop.id + 1)[0]
    for picture in (*sheet._images, *sheet._charts):
        for corner in (getattr(picture.anchor, "_from", None), getattr(picture.anchor, "to", None)):
            if corner is not None:
                corner.row = move(corner.row + 1, corner.row + 2)[0] - 1


def _formulas(book: Any, sheet: Any, move: Move) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    for page in book.worksheets:
        here = page is sheet
        for cell in page._cells.values():
            if here and cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate
            if cell.data_type != "f":
                continue
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = moved_formula(cell.value.text, move, here=here, title=sheet.title)
                if here:
                    cell.value.ref = _moved(cell.value.ref, move, here=True, title=sheet.title)
            elif isinstance(cell.value, str):
                cell.value = moved_formula(cell.value, move, here=here, title=sheet.title)
        for name in page.defined_names.values():
            name.attr_text = moved_formula(f"={name.attr_text}", move, here=False, title=sheet.title)[1:]
    for name in book.defined_names.values():
        name.attr_text = moved_formula(f"={name.attr_text}", move, here=False, title=sheet.title)[1:]
