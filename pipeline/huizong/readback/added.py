"""Rows that people added → decisions: words that stand in a report become a task, a count or a statement; others stay a marked row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huizong.corrections.anchors import Anchors, find_words, plain
from huizong.readback.changes import COMPUTED, NewRow
from huizong.readback.meanings import meaning
from huizong.records import Act, Anchor, AnchorKind, Decision, Item, Kind, Span, Value, finding_id, joint_id
from huizong.report import Report

_PAGE = re.compile(r"^(?:第(\d+)页|原文)[：:]")
_TEXT = {"措施台账": "原文", "问题台账": "问题", "计划台账": "计划"}
_KINDS = {
    "措施台账": (Kind.MEASURE, Kind.ACHIEVEMENT),
    "问题台账": (Kind.ISSUE,),
    "计划台账": (Kind.PLAN,),
}
_KIND_WORDS = {"措施台账": "措施", "问题台账": "问题", "计划台账": "计划"}
_NOT_KEPT = COMPUTED | {"需核", "依据", "来源"}


@dataclass(frozen=True, slots=True)
class Adding:
    """What becomes of an added row: decisions (numbered later), or a sentence that says why nothing does."""

    decisions: tuple[Decision, ...] = ()
    note: str = ""


def report_of(row: NewRow, reports: Sequence[tuple[str, str, str | None, str | None]]) -> str:
    """The sha256 of the report that an added row belongs to, of `reports` (name, sha256, school, year).

    By its 学校 and 年度; where these are empty, or say no more than that, that of the row above it.
    """
    near = row.near[1] if row.near else ""
    school, year = (str(row.values.get(column) or "") for column in ("学校", "年度"))
    fits = [r for r in reports if (not school or school == (r[2] or "")) and (not year or year == (r[3] or ""))]
    if any(r[1] == near for r in fits) or not fits:
        return near or (reports[0][1] if reports else "")
    return fits[0][1]


def decide_added(row: NewRow, report: Report, issue_plan: Callable[[str], Anchor | None]) -> Adding:
    """What an added row of `report` becomes. `issue_plan` gives the statement with a number (I01, P02) of the workbook."""
    if row.table == "汇总表":
        return _task(row, report)
    if row.table in _TEXT:
        return _statement(row, report)
    if row.table == "指标台账":
        return _count(row, report)
    if row.table == "问题—计划对照":
        sides = [issue_plan(str(row.values.get(column) or "")) for column in ("问题编号", "计划编号")]
        if sides[0] is not None and sides[1] is not None:
            key = joint_id("pair", sides[0].id, sides[1].id)
            base = Anchors(report).report()
            anchor = Anchor(
                kind=AnchorKind.PAIR, id=key, report=base.report, sha256=base.sha256, parts=(sides[0], sides[1])
            )
            return Adding((_added(row, anchor, "link", refs=(sides[0], sides[1])),))
    return _row(row, report)


def _task(row: NewRow, report: Report) -> Adding:
    evidence = str(row.values.get("证据(页·原文)") or "")
    page = _PAGE.match(evidence)
    span = _only(find_words(report.text, _PAGE.sub("", evidence))) or _only(
        find_words(report.text, str(row.values.get("具体任务") or ""))
    )
    if span is None:
        return _row(row, report)
    key = finding_id(report.source.sha256, "task", span)
    if row.copied or any(task.id == key for task in report.tasks):
        key = joint_id("task", report.source.sha256, f"{span.start}-{span.end}", str(row.values.get("具体任务") or ""))
    if any(task.id == key and task.brief == row.values.get("具体任务") for task in report.tasks):
        return Adding(note="与已有的一行相同，没有取")
    item = next((item for item in report.items if item.span.overlaps(span)), None)
    anchor = Anchors(report).words(span, key, int(page[1]) if page and page[1] else item.page if item else None, item)
    return Adding((_added(row, anchor, "task", _meanings(row)),))


def _statement(row: NewRow, report: Report) -> Adding:
    """A sentence of the report that was put into a ledger: it is of that kind. Anything else is a row of its own."""
    words = str(row.values.get(_TEXT[row.table]) or "")
    items = [item for item in report.items if plain(item.text) == plain(words)]
    if len(items) != 1:
        return _row(row, report)
    (item,) = items
    if item.kind in _KINDS[row.table]:
        return Adding(note="这句话已在这张表里，没有另加一行")
    anchor = Anchors(report).item(item)
    made = [_changed(row, anchor, item, "类别", row.values.get("类别") or _KIND_WORDS[row.table])]
    if made[0].meaning not in _KINDS[row.table]:
        made = [_changed(row, anchor, item, "类别", _KIND_WORDS[row.table])]
    for column, value in row.values.items():
        if column not in _NOT_KEPT | {"类别", "学校", "年度", "所在标题", "页", "数量", _TEXT[row.table]}:
            made.append(_changed(row, anchor, item, column, value))
    return Adding(tuple(made))


def _changed(row: NewRow, anchor: Anchor, item: Item, column: str, after: Value) -> Decision:
    told = meaning(row.table, column, after)
    return Decision(
        number=0,
        act=Act.CHANGE,
        table=row.table,
        anchor=anchor,
        column=column,
        before=None,
        after=after,
        target=told.target,
        meaning=told.value,
    )


def _count(row: NewRow, report: Report) -> Adding:
    sentence = _only(find_words(report.text, str(row.values.get("原文") or "")))
    quote = str(row.values.get("原文数") or "")
    span = _only(find_words(report.text, quote, sentence)) if sentence or not row.values.get("原文") else None
    told = _meanings(row)
    if span is None or "value" not in told:
        return _row(row, report)
    if any(c.table is None and c.span.overlaps(span) for c in (*report.counts, *report.derived)):
        return _row(row, report)
    item = next((item for item in report.items if item.span.contains(span)), None)
    key = finding_id(report.source.sha256, "count", span)
    return Adding((_added(row, Anchors(report).words(span, key, item.page if item else None, item), "count", told),))


def _row(row: NewRow, report: Report) -> Adding:
    """A row that stays as it was written; `target` is `words` where its words stand in the report."""
    kept = {column: value for column, value in row.values.items() if column not in _NOT_KEPT}
    if not set(kept) - {"学校", "年度", "页"}:
        return Adding(note="没有填内容，没有取")
    base = Anchors(report).report()
    key = joint_id("x", base.sha256, row.table, json.dumps(kept, ensure_ascii=False, sort_keys=True))
    words = [_PAGE.sub("", str(kept.get(name) or "")) for name in ("证据(页·原文)", "原文", "问题", "计划", "具体任务")]
    seen = any(len(plain(w)) >= 4 and find_words(report.text, w) for w in words)
    anchor = Anchor(kind=AnchorKind.ROW, id=key, report=base.report, sha256=base.sha256)
    return Adding((_added(row, anchor, "words" if seen else ""),))


def _added(
    row: NewRow, anchor: Anchor, target: str, meanings: Mapping[str, Any] | None = None, refs: tuple[Anchor, ...] = ()
) -> Decision:
    cells = {column: value for column, value in row.values.items() if column not in _NOT_KEPT}
    return Decision(
        number=0,
        act=Act.ADD,
        table=row.table,
        anchor=anchor,
        cells=cells,
        target=target,
        meaning=dict(meanings) if meanings else None,
        refs=refs,
    )


def _meanings(row: NewRow) -> dict[str, Any]:
    """What the cells of an added row set, by target."""
    told = [meaning(row.table, column, value) for column, value in row.values.items()]
    return {m.target: m.value for m in told if m.target}


def _only(found: Sequence[Span]) -> Span | None:
    return found[0] if len(found) == 1 else None
