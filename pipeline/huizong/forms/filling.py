"""Fills the tables and fields of a form, whatever program it is of: plan, repeat rows, write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from huizong.forms.amounts import Figure, Value, amount, in_unit, look_up
from huizong.forms.blanks import Blanks
from huizong.forms.grid import FormCell, FormGrid
from huizong.forms.headings import Meaning, unit_of
from huizong.forms.layout import Column, TablePlan, labels, table_plans
from huizong.forms.outcome import TableOutcome
from huizong.forms.sources import FormRow, chapter, figures, form_rows, single_fields
from huizong.lexicon.forms import form_words, plain
from huizong.tables import Results

_SHOWN = 16
_LIMIT = re.compile(r"(?:限|不超过|不多于|控制在)\s*(\d{2,5})\s*字|(\d{2,5})\s*字(?:以内|以下|左右|内)")


class Canvas(Protocol):
    """A table of a form that can be written to; rows and columns are 0-based, those of its `grid`."""

    name: str

    def grid(self) -> FormGrid:
        """The cells as they are now."""

    def repeat(self, template: int, after: int, times: int, first: int) -> None:
        """Puts copies of row `template`, without words, behind row `after`; `first` is where the body of the table starts."""

    def write(self, row: int, column: int, value: Value) -> None:
        """Puts a value into a blank cell."""

    def fill_blanks(self, row: int, column: int, values: Mapping[str, str]) -> Blanks:
        """Fills the blanks within the words of a cell."""


@dataclass(slots=True, kw_only=True)
class Filler:
    """The reports for a form, and what was done with them so far."""

    results: Results
    tables: list[TableOutcome] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: int = 0
    _rows: dict[str, tuple[FormRow, ...]] = field(default_factory=dict)
    _figures: tuple[Figure, ...] | None = None
    _single: dict[str, tuple[str, ...]] | None = None

    def single(self) -> dict[str, str]:
        """The single fields that have one value only."""
        return {name: found[0] for name, found in self._found().items() if len(found) == 1}

    def _found(self) -> dict[str, tuple[str, ...]]:
        if self._single is None:
            self._single = single_fields(self.results)
        return self._single

    def took(self, blanks: Blanks) -> None:
        """Notes what became of the blanks within words."""
        self.fields += [(edit.label, edit.words.rstrip(" _＿\u3000")) for edit in blanks.edits]
        self.written += len(blanks.edits)
        self.left += blanks.left
        for label in blanks.unanswered:
            self._unanswered(label)

    def fill(self, canvas: Canvas) -> None:
        """Fills one table (or sheet) of the form: its fields first, then its tables from the last to the first."""
        grid = canvas.grid()
        plans = table_plans(grid)
        used: set[tuple[int, int]] = set()
        for label in labels(grid, plans):
            used.add((label.at.row, label.at.column))
            self._label(canvas, label.at.text.strip(), label.cell)
        covered = {row for plan in plans for row in range(plan.top, max(plan.end, plan.body))}
        for row in range(grid.height):
            for cell in grid.row(row):
                if cell.row == row and row not in covered and not cell.blank and (row, cell.column) not in used:
                    self.took(canvas.fill_blanks(row, cell.column, self.single()))
        done = [self._given(canvas, plan) if plan.given else self._list(canvas, plan) for plan in reversed(plans)]
        self.tables += reversed(done)

    def _label(self, canvas: Canvas, label: str, cell: FormCell) -> None:
        words, name = form_words(), plain(label)
        label = label.rstrip("：:")
        if name in words.single:
            value = self.single().get(words.single[name])
            if value is None:
                self._unanswered(label)
            else:
                self._write(canvas, cell.row, cell.column, value)
                self.fields.append((label, value))
        elif name in words.chapters:
            sheet, column = words.chapters[name]
            text = chapter(self.results, sheet, column)
            if text:
                self._write(canvas, cell.row, cell.column, text)
                self.fields.append((" ".join(label.split()), f"{sheet}“{column}”{text.count(chr(10)) + 1} 条"))
                self._check_length(label, text)
            else:
                self.notes.append(f"“{label}”留空：报告里没有{column}。")
        else:
            self.left.append(label)

    def _check_length(self, label: str, text: str) -> None:
        """Notes a chapter that is longer than its label allows. What is left out is for people to say."""
        limit, length = _LIMIT.search(label), len(text)
        allowed = next((int(digits) for digits in limit.groups() if digits), 0) if limit else 0
        if allowed and length > allowed:
            self.notes.append(f"“{' '.join(label.split())}”填了 {length} 字，超过表上的 {allowed} 字，请删减。")

    def _unanswered(self, label: str) -> None:
        found = self._found().get(form_words().single.get(plain(label), "年度"), ())
        if len(found) > 1:
            self.notes.append(f"“{label}”留空：有 {len(found)} 个值（{'、'.join(found)}），请用 --report 选一份报告。")
        else:
            self.notes.append(f"“{label}”留空：报告里没有写{'，或不是一个年份' if found else ''}。")

    def _write(self, canvas: Canvas, row: int, column: int, value: Value) -> None:
        canvas.write(row, column, value)
        self.written += 1

    def _list(self, canvas: Canvas, plan: TablePlan) -> TableOutcome:
        """A table of blank rows: one row a row of the sheet."""
        sheet = plan.source.sheet
        if plan.printed:
            return _outcome(canvas, plan, 0, 0, [_printed(canvas.grid(), plan)])
        if sheet not in self._rows:
            self._rows[sheet] = form_rows(self.results, sheet)
        rows, notes = self._rows[sheet], []
        blank, merged = plan.end - plan.body, 0
        added = max(0, len(rows) - blank)
        if added and blank:
            canvas.repeat(plan.body, plan.end - 1, added, plan.body)
        elif added:
            canvas.repeat(plan.body - 1, plan.body - 1, added, plan.body)
            notes.append("表头下面没有空行，新加的行照上一行的格式，请看一下是否合适。")
        grid = canvas.grid()
        missing: dict[str, int] = {}
        for at, row in enumerate(rows, start=plan.body):
            for column in plan.matched:
                cell = grid.at(at, column.column)
                value, reason = _value(row, column.meaning)
                if column.meaning is not None and column.meaning.column == "序号" and isinstance(value, int):
                    value += plan.counted
                if reason:
                    missing[f"“{column.heading}”：{reason}"] = missing.get(f"“{column.heading}”：{reason}", 0) + 1
                if value is None or (cell is not None and not cell.blank):
                    continue
                if cell is not None and cell.row != at:
                    merged += 1
                    continue
                self._write(canvas, at, column.column, value)
        notes += [f"{reason}，{times} 行没有填。" for reason, times in missing.items()]
        if merged:
            notes.append(f"有 {merged} 个值落在与上一行合并的单元格里，没有填。")
        if not rows:
            notes.append(f"报告里没有可填的内容（{sheet}是空的）。")
        return _outcome(canvas, plan, len(rows), added, notes)

    def _given(self, canvas: Canvas, plan: TablePlan) -> TableOutcome:
        """A table whose indicators are printed: the values are looked up."""
        if self._figures is None:
            self._figures = figures(self.results)
        grid, filled = canvas.grid(), 0
        missing: dict[str, dict[str, None]] = {}
        names, units = plan.column_of("指标名"), plan.column_of("单位")
        for row in range(plan.body, plan.end):
            title = _text(grid, row, names)
            if plain(title) in form_words().totals:
                continue
            printed = _text(grid, row, units) or unit_of(title)
            done = False
            for column in plan.matched:
                cell = grid.at(row, column.column)
                wanted = column.meaning
                if (
                    wanted is None
                    or wanted.column not in ("数值", "目标值")
                    or cell is None
                    or not cell.blank
                    or cell.row != row
                ):
                    continue
                unit = printed or wanted.unit or (None if units is not None else "")
                found = look_up(self._figures, title, unit, wanted.year, target=wanted.column == "目标值")
                if found.value is None:
                    asked = f"{title}（{wanted.year}年）" if wanted.year else title
                    missing.setdefault(found.reason or "报告里没有这个数", {})[asked] = None
                    continue
                self._write(canvas, row, column.column, found.value)
                done = True
                if unit is None and units is not None and found.unit and not _text(canvas.grid(), row, units):
                    self._write(canvas, row, units, found.unit)
            filled += done
        notes = [f"没有填 {'、'.join(titles)}：{reason}。" for reason, titles in missing.items()]
        return _outcome(canvas, plan, filled, 0, notes)


def _printed(grid: FormGrid, plan: TablePlan) -> str:
    """Why a table with printed tasks or issues stays as it is."""
    key = next(c for c in plan.matched if c.meaning is not None and c.meaning.column in plan.source.key)
    first = _text(grid, plan.body, key.column)
    words = first if len(first) <= _SHOWN else first[:_SHOWN] + "…"
    return (
        f"“{key.heading}”一栏已经印好了内容（“{words}”等），没有空行。报告里的话不会逐条对到印好的条目上（对错了比空着更糟），"
        f"所以这张表一格也没有填；可照 汇总.xlsx 的“{plan.source.sheet}”自己填。要接着往下填，请在表末留一个空行。"
    )


def _text(grid: FormGrid, row: int, column: int | None) -> str:
    cell = grid.at(row, column) if column is not None else None
    return " ".join(cell.text.split()) if cell is not None else ""


def _value(row: FormRow, wanted: Meaning | None) -> tuple[Value | None, str]:
    """What a row has for a column, and why it has nothing where that is worth telling."""
    if wanted is None:
        return None, ""
    if not wanted.column:
        answer = amount(row.counts, wanted.unit, wanted.counted)
        return answer.value, answer.reason
    value = row.values.get(wanted.column)
    if wanted.column in ("数值", "目标值") and value is not None:
        if wanted.year is not None and row.values.get("时间口径") != f"{wanted.year}年":
            return None, ""
        if wanted.unit:
            value = in_unit(row.counts[0], wanted.unit)
            return value, "" if value is not None else f"单位不是“{wanted.unit}”"
    if isinstance(value, float):
        return int(value) if value == int(value) else value, ""
    return (value, "") if isinstance(value, (str, int)) else (None, "")


def _outcome(canvas: Canvas, plan: TablePlan, rows: int, added: int, notes: Sequence[str]) -> TableOutcome:
    left: list[str] = []
    unknown: list[str] = []
    for column in plan.columns:
        if column.meaning is None:
            known = any(
                plain(word) in form_words().left_blank for word in (column.heading, column.heading.rsplit("／")[-1])
            )
            (left if known else unknown).append(column.heading)
    return TableOutcome(
        place=canvas.name,
        sheet=plan.source.sheet,
        matched=tuple((c.heading, _told(c, c.meaning)) for c in plan.columns if c.meaning is not None),
        left=tuple(left),
        unknown=tuple(unknown),
        rows=rows,
        added=added,
        notes=tuple(notes),
    )


def _told(column: Column, meaning: Meaning) -> str:
    if not meaning.column:
        return f"该行以“{meaning.unit}”计的{meaning.counted or '金额'}"
    return f"{meaning.year}年{meaning.column}" if meaning.year else meaning.column
