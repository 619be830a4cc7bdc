"""What people changed in a workbook: each cell, each row taken out, each row added, told from what it was written with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huizong.errors import WorkbookError
from huizong.export.original import Original, OriginalError, OriginalRow, read_original
from huizong.readback.columns import Known, recognise
from huizong.readback.sheets import ReadRow, ReadSheet, read_sheets
from huizong.readback.values import same, shown, words_of
from huizong.records import Act, Anchor, Value
from huizong.tables.columns import KEY
from huizong.tables.layouts import ORIGINAL

COMPUTED = frozenset({"序号", "编号", "可信度", "把握", "文件", KEY})
"""Columns that the program fills anew each time: what people write there is told and not taken."""

_REVIEW = "需核"
_NEVER_EDITED = frozenset({"数字核对", "说明"})
_NEWEST = "请用 huizong run 新写出的 汇总.xlsx（或它的副本）来改。"
_WHOLE_REPORT = 3  # rows: all rows of a report gone is a part of the workbook that was left out, no decision on each


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One thing that was done to a row: `act`, the column, what stood there and stands there now. `row` is its number in the sheet."""

    act: Act
    sheet: str
    table: str
    row: int | None
    anchor: Anchor
    column: str = ""
    before: Value = None
    after: Value = None
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row without a key of its own: its cells by field. `near` is the report of the row above it; `copied` the key it came with."""

    sheet: str
    table: str
    row: int
    values: Mapping[str, Value]
    near: tuple[str, str] | None = None
    copied: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a workbook says: the changes, the rows added, and in Chinese what was not taken and why."""

    original: Original
    changes: tuple[CellChange, ...]
    added: tuple[NewRow, ...]
    notes: tuple[str, ...]


def read_changes(path: Path, *, whole_reports: bool = False) -> Reading:
    """What was changed in the workbook at `path`. Rows of a report that are all gone are deletions only for `whole_reports`.

    Raises `InputError` for a file that cannot be read, `WorkbookError` for one that did not come from huizong or has lost what
    its rows are known by.
    """
    sheets = read_sheets(path, without=_NEVER_EDITED)
    original = _original(sheets, path)
    known, notes = _recognised(sheets, original, path)
    comparer = _Comparer(original, notes, whole_reports=whole_reports)
    for sheet in known:
        comparer.compare(sheet)
    return Reading(
        original=original,
        changes=tuple(comparer.changes),
        added=tuple(comparer.added),
        notes=tuple(dict.fromkeys(notes)),
    )


def _original(sheets: Sequence[ReadSheet], path: Path) -> Original:
    hidden = next((sheet for sheet in sheets if sheet.name == ORIGINAL), None)
    if hidden is None:
        raise WorkbookError(
            f"“{path.name}”不是 huizong 写出的工作簿，或少了隐藏的工作表“{ORIGINAL}”（只复制了其中一张表？），看不出改了什么。",
            advice=_NEWEST,
            path=path,
        )
    try:
        return read_original(str(row.at(0)) for row in hidden.rows if row.number > 1)
    except OriginalError as error:
        raise WorkbookError(
            f"“{path.name}”里隐藏的工作表“{ORIGINAL}”{error}，看不出改了什么。", advice=_NEWEST, path=path
        ) from error


def _recognised(sheets: Sequence[ReadSheet], original: Original, path: Path) -> tuple[list[Known], list[str]]:
    """One sheet for each of the original, and what is to be told of the others."""
    notes: list[str] = []
    chosen: dict[int, Known] = {}
    for sheet in sheets:
        if sheet.name == ORIGINAL:
            continue
        known = recognise(sheet, original)
        if known is None:
            if _of_several(sheet):
                notes.append(
                    f"{sheet.name}：一行不止一项任务（按项目成行），改动没有取；请在按任务成行的表或台账里改。"
                )
            elif any(sheet.name == own.name for own in original.sheets) and sheet.rows:
                notes.append(f"工作表“{sheet.name}”没有隐藏的“{KEY}”一栏（或表头）了，认不出各行，没有取。")
            continue
        there = chosen.get(known.at)
        name = original.sheets[known.at].name
        if there is None or (there.sheet.name != name and sheet.name == name):
            chosen[known.at], known = known, there or known
        if there is not None:
            notes.append(f"工作表“{known.sheet.name}”也是“{name}”，只取了“{chosen[known.at].sheet.name}”。")
    if not chosen:
        raise WorkbookError(
            f"“{path.name}”里没有一张认得的表：各表的“{KEY}”一栏（隐藏的最后一栏）或表头都不在了。",
            advice=_NEWEST,
            path=path,
        )
    for at, own in enumerate(original.sheets):
        if at not in chosen and any(row.sheet == at for rows in original.rows.values() for row in rows):
            notes.append(f"没有“{own.name}”这张表，其中各行照旧。")
    return [chosen[at] for at in sorted(chosen)], notes


def _of_several(sheet: ReadSheet) -> bool:
    """Whether a sheet has the heading of keys and no key: its rows tell of several findings."""
    heads = [at for row in sheet.rows[:1] for at, value in enumerate(row.cells) if value == KEY]
    return bool(heads) and len(sheet.rows) > 1 and all(row.at(heads[0]) is None for row in sheet.rows[1:])


class _Comparer:
    def __init__(self, original: Original, notes: list[str], *, whole_reports: bool) -> None:
        self.original, self.notes, self.whole_reports = original, notes, whole_reports
        self.changes: list[CellChange] = []
        self.added: list[NewRow] = []

    def compare(self, known: Known) -> None:
        """All changes of one sheet."""
        sheet, own = known.sheet, self.original.sheets[known.at]
        self._tell(known)
        rows: dict[str, list[ReadRow]] = {}
        loose: list[ReadRow] = []
        for row in known.rows:
            key = str(row.at(known.key) or "")
            if any(original.sheet == known.at for original in self.original.rows.get(key, ())):
                rows.setdefault(key, []).append(row)
            elif any(row.at(column) is not None for column in known.columns.values()):
                loose.append(row)
        computed: Counter[str] = Counter()
        for key, there in rows.items():
            originals = [o for o in self.original.rows[key] if o.sheet == known.at]
            kept, extra = self._told_apart(known, there, originals)
            self._row_changes(known, kept, originals, computed)
            loose += extra
        for column, times in computed.items():
            self.notes.append(f"{sheet.name}：“{column}”由程序填写，改动的 {times} 处没有取。")
        self._deleted(known, rows)
        self._new_rows(known, loose, own.table)

    def _tell(self, known: Known) -> None:
        name = known.sheet.name
        for heading, column in known.guessed:
            self.notes.append(f"{name}：“{heading}”一栏按内容和位置认作“{column}”。")
        if known.missing:
            self.notes.append(f"{name}：没有{'、'.join(f'“{c}”' for c in known.missing)}栏，其中的内容照旧。")
        for heading in known.unknown:
            self.notes.append(f"{name}：不认识“{heading}”一栏，没有取；若是改了名的栏，请把表头改回来。")
        fields = {place: column for column, place in known.columns.items()}
        for (row, at), reason in known.sheet.unreadable.items():
            if at - 1 in fields:
                self.notes.append(f"{name} 第 {row} 行：“{fields[at - 1]}”{reason}，没有取。")

    def _told_apart(
        self, known: Known, rows: Sequence[ReadRow], originals: Sequence[OriginalRow]
    ) -> tuple[list[tuple[ReadRow, OriginalRow]], list[ReadRow]]:
        """Each row with its original (copies of a report share their keys), and rows that were copied to make new ones."""
        pairs: list[tuple[ReadRow, OriginalRow]] = []
        left_rows, left = list(rows), list(originals)
        if len(rows) == len(originals) == 1:
            return [(rows[0], originals[0])], []
        while left_rows and left:
            row, own = min(
                ((row, own) for row in left_rows for own in left),
                key=lambda pair: len(list(self._differing(known, *pair))),
            )
            pairs.append((row, own))
            left_rows.remove(row)
            left.remove(own)
        return pairs, left_rows

    def _differing(self, known: Known, row: ReadRow, own: OriginalRow) -> Iterator[tuple[str, Value, Value]]:
        for column, place in known.columns.items():
            before, after = own.values.get(column), row.at(place)
            if not same(before, after) and (row.number, place + 1) not in known.sheet.unreadable:
                yield column, shown(before), after

    def _row_changes(
        self,
        known: Known,
        pairs: Sequence[tuple[ReadRow, OriginalRow]],
        originals: Sequence[OriginalRow],
        computed: Counter[str],
    ) -> None:
        made: dict[str, CellChange] = {}
        quarrels: set[str] = set()
        for row, own in pairs:
            values = {column: row.at(place) for column, place in known.columns.items()}
            for column, before, after in self._differing(known, row, own):
                if column in COMPUTED:
                    computed[column] += 1
                    continue
                act = Act.CONFIRM if column == _REVIEW and after is None else Act.CHANGE
                change = CellChange(
                    act=act,
                    sheet=known.sheet.name,
                    table=self.original.sheets[known.at].table,
                    row=row.number,
                    anchor=own.anchor,
                    column=column,
                    before=before,
                    after=after,
                    values=values,
                )
                if column in made and not same(made[column].after, after):
                    quarrels.add(column)
                made[column] = change
        for column in quarrels:
            told = "、".join(f"第 {row.number} 行" for row, _ in pairs)
            self.notes.append(f"{known.sheet.name}：{told}是同一份报告的同一处，“{column}”改得不一样，没有取。")
            del made[column]
        self.changes += made.values()

    def _deleted(self, known: Known, rows: Mapping[str, Sequence[ReadRow]]) -> None:
        """Rows whose keys are gone. Where a report has no row left at all, it was left out of this copy."""
        name, table = known.sheet.name, self.original.sheets[known.at].table
        by_report: dict[str, list[OriginalRow]] = {}
        left: set[str] = set()
        for key, originals in self.original.rows.items():
            own = next((o for o in originals if o.sheet == known.at), None)
            if own is not None:
                by_report.setdefault(own.anchor.sha256, []).append(own)
                if key in rows:
                    left.add(own.anchor.sha256)
        for sha256, written in by_report.items():
            gone = [own for own in written if own.key not in rows]
            if not self.whole_reports and sha256 not in left and len(gone) >= _WHOLE_REPORT:
                report = gone[0].anchor.report
                self.notes.append(
                    f"{name}：报告“{report}”的 {len(gone)} 行都不在了，当作没有带上这份报告，不算删除；确要删除，加 --whole-reports。"
                )
                continue
            self.changes += [
                CellChange(act=Act.DELETE, sheet=name, table=table, row=None, anchor=own.anchor, values=own.values)
                for own in gone
            ]

    def _new_rows(self, known: Known, loose: Sequence[ReadRow], table: str) -> None:
        keys = {row.number: str(row.at(known.key) or "") for row in known.rows}
        headings = set(known.columns)
        for row in sorted(loose, key=lambda r: r.number):
            values = {column: row.at(place) for column, place in known.columns.items() if row.at(place) is not None}
            if all(str(value) in headings for value in values.values()):
                continue  # the header again
            key = keys[row.number]
            if key and key not in self.original.rows:
                told = words_of(next(iter(values.values())))
                self.notes.append(
                    f"{known.sheet.name} 第 {row.number} 行：“{KEY}”是别的工作簿的，当作新加的一行（{told}）。"
                )
            near = self._near(known, row.number, keys)
            self.added.append(
                NewRow(
                    sheet=known.sheet.name,
                    table=table,
                    row=row.number,
                    values=values,
                    near=near,
                    copied=key if key in self.original.rows else "",
                )
            )

    def _near(self, known: Known, number: int, keys: Mapping[int, str]) -> tuple[str, str] | None:
        """The report of the nearest row above, else below, that has a key: name and sha256."""
        rows = [row.number for row in known.rows if keys[row.number] in self.original.rows]
        above = [at for at in rows if at <= number]
        nearest = max(above) if above else min(rows, default=None)
        if nearest is None:
            return None
        anchor = self.original.rows[keys[nearest]][0].anchor
        return anchor.report, anchor.sha256
