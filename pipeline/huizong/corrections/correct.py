"""Report + decisions → the report as people want it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from huizong.checks import check_report
from huizong.corrections.added import add_count, add_task
from huizong.corrections.edits import Findings
from huizong.corrections.locate import Lost, locate, locate_words
from huizong.corrections.near import moved
from huizong.records import (
    Act,
    AddedRow,
    AnchorKind,
    Corrections,
    Decision,
    Unsettled,
    Value,
)
from huizong.report import Report
from huizong.tokens import default_segmenter

NOTE, REVIEW = "人工修改", "需核"
_NO_JUDGEMENT = (NOTE, "学校", "年度")
_ORDER = {Act.ADD: 0, Act.CHANGE: 1, Act.CONFIRM: 1, Act.DELETE: 2}


def correct(report: Report, decisions: Sequence[Decision]) -> Report:
    """`report` as the decisions have it; its `corrections` say what was followed, what was carried over and what was not.

    Decisions come in the order in which they were taken; the last word wins. Rows are added first and taken out last, so that
    what was decided about them is followed. The checks are made anew: what people put right is not queried any more.
    """
    if not decisions:
        return report
    work = _Correcting(report)
    work.keep_tasks(decisions)
    for decision in sorted(decisions, key=lambda d: (_ORDER[d.act], d.column != "类别")):
        work.follow(decision)
    return work.result()


class _Correcting:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.findings = Findings.of(report)
        self.meta = report.meta
        self.cells: dict[tuple[str, str], Value | tuple[str, ...]] = {}
        self.hidden: set[str] = set()
        self.judged: set[str] = set()
        self.rows: dict[str, AddedRow] = {}
        self.deeds: dict[str, list[Decision]] = {}
        self.followed: list[Decision] = []
        self.carried: list[Decision] = []
        self.unsettled: list[Unsettled] = []

    def follow(self, decision: Decision) -> None:
        """Sets one decision, or notes why it cannot be."""
        anchor = decision.anchor
        if decision.act is Act.ADD:
            lost = self._add(decision)
        else:
            key = self._key(decision)
            lost = key if isinstance(key, Lost) else self._set(decision, key)
        if lost is not None:
            offered = moved(decision, lost.gone, lost.near) if lost.gone and lost.near else None
            self.unsettled.append(Unsettled(decision=decision, reason=lost.reason, offered=offered))
            return
        self.followed.append(decision)
        if anchor.sha256 != self.report.source.sha256:
            self.carried.append(decision)

    def keep_tasks(self, decisions: Sequence[Decision]) -> None:
        """Tasks that people worked on stay, whatever becomes of the statement that they were cut from."""
        for decision in decisions:
            if decision.anchor.kind is AnchorKind.TASK and decision.act is not Act.DELETE:
                key = locate(decision.anchor, self.report)
                if not isinstance(key, Lost):
                    self.findings.touched.add(key)

    def _key(self, decision: Decision) -> str | Lost:
        """The key of the row that is meant: of a row that people added its own, else that of the finding."""
        key = decision.anchor.id
        if key in self.rows or key in self.findings.tasks or key in self.findings.counts:
            return key
        if decision.anchor.kind is AnchorKind.ROW:
            return Lost("这一行是人工补充的，已经没有了")
        return locate(decision.anchor, self.report)

    def _set(self, decision: Decision, key: str) -> Lost | None:
        if decision.act is Act.DELETE:
            self._delete(decision, key)
            return None
        if decision.act is Act.CONFIRM:
            self.findings.confirm(key)
        elif decision.anchor.kind is AnchorKind.REPORT:
            self._set_report(decision)
            return None
        else:
            lost = self._change(decision, key)
            if lost is not None:
                return lost
            if decision.column not in (NOTE, REVIEW):
                self.findings.confirm(key)
        if decision.column not in (*_NO_JUDGEMENT, *((REVIEW,) if decision.act is Act.CHANGE else ())):
            self.judged.add(key)
        self.deeds.setdefault(key, []).append(decision)
        return None

    def _change(self, decision: Decision, key: str) -> Lost | None:
        """Sets a cell: in the finding where it has a place for the value, else in the row alone."""
        target, value, findings = decision.target, decision.meaning, self.findings
        if key in self.rows:
            row = self.rows[key]
            self.rows[key] = replace(row, cells={**row.cells, decision.column: decision.after})
            return None
        self.cells.pop((key, decision.column), None)
        if decision.refs or target in ("plans", "issues"):
            others = [locate(ref, self.report) for ref in decision.refs]
            if lost := next((other for other in others if isinstance(other, Lost)), None):
                return lost
            ids = [str(other) for other in others if str(other) in findings.items]
            if target in ("plans", "issues"):
                findings.set_links(key, ids, issue=target == "plans")
                if not ids:
                    self.cells[key, decision.column] = None
            else:
                self.cells[key, decision.column] = tuple(ids)
        elif not findings.set(key, target, value):
            self.cells[key, decision.column] = decision.after
        return None

    def _set_report(self, decision: Decision) -> None:
        if decision.target == "reporter":
            self.meta = replace(self.meta, reporter=decision.meaning)
        elif decision.target == "years":
            self.meta = replace(self.meta, years=tuple(decision.meaning or ()))

    def _delete(self, decision: Decision, key: str) -> None:
        if key in self.rows:
            del self.rows[key]
        elif decision.anchor.kind is AnchorKind.PAIR and all(part.id for part in decision.anchor.parts):
            sides = [str(locate(part, self.report)) for part in decision.anchor.parts]
            links = self.findings.links
            self.findings.links = [link for link in links if [link.source, link.target] != sides]
            self.hidden.add(key)  # also where it is told because another sentence about the same issue has the link
        elif decision.anchor.kind in (AnchorKind.PAIR, AnchorKind.CHECK):
            self.hidden.add(key)
        else:
            self.findings.drop(key)

    def _add(self, decision: Decision) -> Lost | None:
        anchor = decision.anchor
        if decision.target == "link":
            sides = [locate(ref, self.report) for ref in decision.refs]
            if lost := next((side for side in sides if isinstance(side, Lost)), None):
                return lost
            self.findings.add_link(str(sides[0]), str(sides[1]))
            key = self.report.pair_id(*(self.findings.items[str(side)] for side in sides))
        elif anchor.kind is AnchorKind.WORDS:
            span = locate_words(anchor, self.report)
            if isinstance(span, Lost):
                return span
            key = (add_task if decision.target == "task" else add_count)(self.findings, decision, span)
            self.cells |= {(key, column): value for column, value in decision.cells.items()}
            self.findings.confirm(key)
            self.judged.add(key)
        else:
            key = anchor.id
            self.rows[key] = AddedRow(table=decision.table, key=key, cells=dict(decision.cells))
        self.deeds.setdefault(key, []).append(decision)
        return None

    def result(self) -> Report:
        """The corrected report."""
        findings, report = self.findings, self.report
        counts = findings.counts.values()
        corrected = replace(
            report,
            meta=self.meta,
            items=tuple(findings.items.values()),
            tasks=tuple(sorted(findings.tasks.values(), key=lambda task: (task.span.start, task.span.end))),
            counts=(
                *sorted((c for c in counts if c.table is None), key=lambda c: (c.span.start, c.span.end)),
                *(c for c in counts if c.table is not None),
            ),
            derived=tuple(findings.derived.values()),
            particulars=tuple(findings.particulars),
            links=tuple(findings.links),
            numbers=findings.numbers(),
            corrections=Corrections(
                cells=self.cells,
                remarks={key: remark(deeds) for key, deeds in self.deeds.items()},
                hidden=frozenset(self.hidden),
                judged=frozenset(self.judged),
                added=tuple(self.rows.values()),
                followed=tuple(self.followed),
                carried=tuple(self.carried),
                unsettled=tuple(self.unsettled),
            ),
        )
        tokens = default_segmenter().segment(report.text, [pair.alias for pair in report.aliases])
        checks = check_report(corrected, tokens)
        return replace(corrected, checks=tuple(c for c in checks if report.check_id(c) not in self.hidden))


def remark(decisions: Sequence[Decision]) -> str:
    """What the column 人工修改 says of a row: who decided what and when; "" where they only wrote a note or want it reviewed."""
    told: dict[tuple[str, str], list[str]] = {}
    for decision in decisions:
        if decision.column not in (NOTE, REVIEW) or decision.act is Act.CONFIRM:
            told.setdefault((decision.by, _day(decision.when)), []).append(_deed(decision))
    return "；".join(f"{by} {day} {'、'.join(dict.fromkeys(deeds))}".strip() for (by, day), deeds in told.items())


def _deed(decision: Decision) -> str:
    if decision.act is Act.CONFIRM:
        return "核过"
    if decision.act is Act.ADD:
        return "补充" if decision.target else "补充（原文未见）"
    return f"改{decision.column}"


def _day(when: str) -> str:
    try:
        return datetime.fromisoformat(when).date().isoformat()
    except ValueError:
        return when
