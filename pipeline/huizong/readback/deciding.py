"""Changes of a workbook → decisions, beside those that already stand: what is new, what is known, what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from huizong.corrections.journal import Journal, subject
from huizong.readback.added import decide_added, report_of
from huizong.readback.changes import CellChange, NewRow, Reading
from huizong.readback.meanings import meaning, reference_target, years
from huizong.readback.values import same, words_of
from huizong.records import Act, Anchor, AnchorKind, Decision, Value
from huizong.report import Report
from huizong.tables.origin import origin

_OF_REPORT = {"学校": "reporter", "年度": "years"}
_LEAST_ROWS = 2  # that must agree before what they say is said of the whole report


@dataclass(slots=True)
class Decisions:
    """What is to be taken: numbered decisions, how many were taken before, and in Chinese notes and contradictions."""

    new: list[Decision] = field(default_factory=list)
    known: int = 0
    notes: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)


class Deciding:
    """Makes decisions of a reading. `by`, `when` and `source` (the workbook's name) go into each."""

    def __init__(self, reading: Reading, journal: Journal, *, by: str, when: str, source: str) -> None:
        self._reading = reading
        self._by, self._when, self._source = by, when, source
        self._next = journal.next_number
        self._standing = {subject(d): d for d in journal.standing()}
        self._by_code = _by_code(reading)
        self._met: set[tuple[str, ...]] = set()
        self.made = Decisions(notes=list(reading.notes))

    def decide(self, reports: Iterable[Report]) -> Decisions:
        """All decisions. The reports are gone through once, and only when rows were added."""
        for change in self._of_reports(self._reading.changes):
            self._take(self._decision(change), self._where(change))
        if self._reading.added:
            self._added(self._reading.added, reports)
        self._taken_back()
        return self.made

    def _taken_back(self) -> None:
        """What this person had taken from this workbook before and has since put back as it was: told, for it still stands."""
        for about, decision in self._standing.items():
            if about in self._met or (decision.source, decision.by) != (self._source, self._by):
                continue
            rows = self._reading.original.rows.get(decision.anchor.id, ())
            back = any(not same(row.values.get(decision.column), decision.after) for row in rows)
            if (decision.act is Act.ADD and not rows) or (back and decision.act is Act.CHANGE):
                self.made.notes.append(
                    f"上次从这个工作簿取的第 {decision.number} 条，这次的工作簿里没有了，仍然有效；"
                    f"如要恢复原样，用 huizong apply --undo {decision.number} --to 结果。"
                )

    def _of_reports(self, changes: Sequence[CellChange]) -> list[CellChange]:
        """Where all rows of a report in a sheet were given the same 学校 or 年度, that is said of the report, once."""
        left: list[CellChange] = []
        groups: dict[tuple[str, str, str], list[CellChange]] = {}
        for change in changes:
            if change.act is Act.CHANGE and change.column in _OF_REPORT:
                groups.setdefault((change.sheet, change.column, change.anchor.sha256), []).append(change)
            else:
                left.append(change)
        sizes: dict[tuple[str, str], int] = {}
        for rows in self._reading.original.rows.values():
            name = self._reading.original.sheets[rows[0].sheet].table
            sizes[name, rows[0].anchor.sha256] = sizes.get((name, rows[0].anchor.sha256), 0) + 1
        for (_, column, sha256), group in groups.items():
            first = group[0]
            whole = len(group) == sizes.get((first.table, sha256)) and len(group) >= _LEAST_ROWS
            if whole and all(same(c.after, first.after) for c in group) and _report_value(column, first.after)[0]:
                anchor = Anchor(kind=AnchorKind.REPORT, id=sha256, report=first.anchor.report, sha256=sha256)
                left.append(replace(first, anchor=anchor, row=None))
            else:
                left += group
        return left

    def _decision(self, change: CellChange) -> Decision:
        target, value = "", None
        refs: tuple[Anchor, ...] = ()
        if change.anchor.kind is AnchorKind.REPORT:
            target, value = _report_value(change.column, change.after)
        elif change.act is Act.CHANGE:
            reference = reference_target(change.column)
            if reference is not None:
                target, refs = self._references(change, reference)
            elif not (change.column == "指标名" and self._indicator_changed(change)):
                told = meaning(change.table, change.column, change.after)
                target, value = told.target, told.value
                if told.note:
                    self.made.notes.append(f"{self._where(change)}：{told.note}。")
        return Decision(
            number=0,
            act=change.act,
            table=change.table,
            anchor=change.anchor,
            column=change.column,
            before=change.before,
            after=change.after,
            target=target,
            meaning=value,
            refs=refs,
        )

    def _references(self, change: CellChange, reference: str) -> tuple[str, tuple[Anchor, ...]]:
        """The statements that a cell names by their numbers; no target where one of them is not known."""
        codes = str(change.after or "").replace(",", "、").replace("，", "、").replace(" ", "").split("、")
        found = [self._by_code.get((change.anchor.sha256, code.upper())) for code in codes if code]
        if any(anchor is None for anchor in found):
            self.made.notes.append(
                f"{self._where(change)}：{words_of(change.after)}里有不认识的编号，只改这一格的文字。"
            )
            return "", ()
        return reference, tuple(anchor for anchor in found if anchor is not None)

    def _indicator_changed(self, change: CellChange) -> bool:
        return any(other.column == "指标号" and other.anchor.id == change.anchor.id for other in self._reading.changes)

    def _take(self, decision: Decision, where: str) -> None:
        about = subject(decision)
        before = self._standing.get(about)
        self._met.add(about)
        if before is not None and _says_the_same(before, decision):
            self.made.known += 1
            return
        if decision.act is Act.DELETE:
            self._deleted(decision, where)
        elif before is not None and not same(before.after, decision.before):
            self.made.contradictions.append(
                f"{where}：此前 {_who(before)} 已改为{words_of(before.after)}，现在又改为{words_of(decision.after)}。"
                f"按这一次的；要恢复前一次的，撤消这一条。"
            )
        row = self._standing.get((decision.anchor.sha256, decision.anchor.id))
        if row is not None and row.act is Act.DELETE and decision.act is not Act.DELETE:
            self.made.contradictions.append(
                f"{where}：这一行此前由 {_who(row)} 删去（第 {row.number} 条）。改动已记下，撤消那一条后才看得见。"
            )
        numbered = replace(decision, number=self._next, by=self._by, when=self._when, source=self._source)
        self._next += 1
        self._standing[about] = numbered
        self.made.new.append(numbered)

    def _deleted(self, decision: Decision, where: str) -> None:
        """A row taken out that others have changed since the workbook was written."""
        rows = self._reading.original.rows.get(decision.anchor.id, ())
        for other in self._standing.values():
            mine = (other.anchor.sha256, other.anchor.id) == (decision.anchor.sha256, decision.anchor.id)
            if not mine or other.act is not Act.CHANGE or not rows:
                continue
            if not same(rows[0].values.get(other.column), other.after):
                self.made.contradictions.append(
                    f"{where}：删去的这一行，此前 {_who(other)} 把“{other.column}”改成了{words_of(other.after)}。按删去处理。"
                )

    def _added(self, rows: Sequence[NewRow], reports: Iterable[Report]) -> None:
        """The rows that people added, report by report."""
        known = [(r.source.name, r.source.sha256, *_origin(r)) for r in reports]
        belongs: dict[str, list[NewRow]] = {}
        for row in rows:
            belongs.setdefault(report_of(row, known), []).append(row)
        for report in reports:
            for row in belongs.pop(report.source.sha256, ()):
                self._add(row, report)
        for row in (row for left in belongs.values() for row in left):
            self.made.notes.append(
                f"{row.sheet} 第 {row.row} 行：新加的一行所属的报告不在结果里，没有取。请先重新运行。"
            )

    def _add(self, row: NewRow, report: Report) -> None:
        sha256, where = report.source.sha256, f"{row.sheet} 第 {row.row} 行"
        adding = decide_added(row, report, lambda code: self._by_code.get((sha256, code.upper())))
        if adding.note:
            self.made.notes.append(f"{where}：{adding.note}。")
        for decision in adding.decisions:
            self._take(decision, where)

    @staticmethod
    def _where(change: CellChange) -> str:
        row = f" 第 {change.row} 行" if change.row else ""
        return f"{change.sheet}{row}"


def _by_code(reading: Reading) -> dict[tuple[str, str], Anchor]:
    """The statements by the numbers that they had in the workbook."""
    found: dict[tuple[str, str], Anchor] = {}
    for rows in reading.original.rows.values():
        for row in rows:
            code = row.values.get("编号")
            if code and row.anchor.kind is AnchorKind.ITEM:
                found[row.anchor.sha256, str(code)] = row.anchor
    return found


def _report_value(column: str, value: Value) -> tuple[str, object]:
    """What 学校 or 年度 sets in a report; no target for what it cannot hold."""
    if column == "学校":
        return ("reporter", str(value)) if value is not None else ("", None)
    found = years(value)
    return ("years", list(found)) if found else ("", None)


def _origin(report: Report) -> tuple[str | None, str | None]:
    found = origin(report)
    return found.school, found.year


def _says_the_same(one: Decision, other: Decision) -> bool:
    cells = {**one.cells}.keys() == {**other.cells}.keys() and all(
        same(v, other.cells[c]) for c, v in one.cells.items()
    )
    return one.act is other.act and same(one.after, other.after) and cells


def _who(decision: Decision) -> str:
    return f"{decision.by}（{decision.when[:10]}）"
