"""An anchor and a report → the finding that the anchor meant.

The same id in the same file, else the same words: of a sentence, of a task's clauses, of a count in its sentence or table row. What
stands in several places is told apart by its heading; where that does not help, nothing is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from huizong.corrections.anchors import find_words, plain, table_row
from huizong.corrections.near import nearest
from huizong.records import Anchor, AnchorKind, Count, Item, Section, Span, Task
from huizong.report import Report

_Found = TypeVar("_Found", Item, Task, Count)
_GONE = "报告里找不到原来的话“{}”"
_SHOWN = 40  # characters of a quote in a message


@dataclass(frozen=True, slots=True)
class Lost:
    """That nothing, or more than one thing, is what an anchor meant; `reason` is Chinese.

    `gone` is that anchor, `near` the anchor of what has nearly its words, where one finding clearly has.
    """

    reason: str
    gone: Anchor | None = None
    near: Anchor | None = None


def locate(anchor: Anchor, report: Report) -> str | Lost:
    """The id that the finding has in `report`: of an item, task, count, pair or check; rows and the report keep theirs."""
    return _WAYS[anchor.kind](anchor, report)


def locate_words(anchor: Anchor, report: Report) -> Span | Lost:
    """Where the words of a `words` anchor stand in the text of `report`."""
    text = report.text
    if anchor.sha256 == report.source.sha256 and anchor.start is not None and anchor.end is not None:
        span = Span(anchor.start, anchor.end)
        if span.of(text) == anchor.quote:
            return span
    found = find_words(text, anchor.quote)
    if len(found) > 1 and anchor.within and anchor.at is not None:
        around = find_words(text, anchor.within)
        if len(around) == 1:
            found = [span for span in found if around[0].contains(span)]
    if len(found) != 1:
        return _not_one(anchor, len(found), report)
    return found[0]


def _item(anchor: Anchor, report: Report) -> str | Lost:
    if not anchor.id:
        return ""  # the side of a pair that is missing
    if anchor.id in report.item_by_id:
        return anchor.id
    return _one(anchor, report, report.items, lambda item: item.text)


def _task(anchor: Anchor, report: Report) -> str | Lost:
    if any(task.id == anchor.id for task in report.tasks):
        return anchor.id
    return _one(anchor, report, report.tasks, lambda task: task.span.of(report.text))


def _count(anchor: Anchor, report: Report) -> str | Lost:
    everything = (*report.counts, *report.derived)
    if any(count.id == anchor.id for count in everything):
        return anchor.id
    same = [c for c in everything if (c.table is None) == (anchor.cell is None) and _stands_alike(c, anchor, report)]
    return _one(anchor, report, same, lambda count: count.quote)


def _stands_alike(count: Count, anchor: Anchor, report: Report) -> bool:
    """Whether a count stands in the same sentence, or row of a table, at the same place."""
    if anchor.cell is not None:
        return count.column == anchor.cell[2] and plain(table_row(report, count)) == plain(anchor.within)
    item = report.item_by_id.get(count.item or "")
    if not anchor.within:
        return True
    return item is not None and item.text == anchor.within and count.span.start - item.span.start == anchor.at


def _pair(anchor: Anchor, report: Report) -> str | Lost:
    sides = [locate(part, report) for part in anchor.parts]
    for side in sides:
        if isinstance(side, Lost):
            return side
    issue, plan = (report.item_by_id.get(str(side)) for side in sides)
    return report.pair_id(issue, plan)


def _check(anchor: Anchor, report: Report) -> str | Lost:
    known = {report.check_id(check): check for check in report.checks}
    if anchor.id in known:
        return anchor.id
    words = [plain(part.quote) for part in anchor.parts]
    found = [
        key
        for key, check in known.items()
        if check.rule == anchor.quote
        and [plain(e.span.of(report.text)) for e in check.evidence] == words
        and (check.evidence or check.message == anchor.within)
    ]
    return found[0] if len(found) == 1 else Lost("校核时已没有这一条")


def _self(anchor: Anchor, report: Report) -> str | Lost:
    return anchor.id


def _words(anchor: Anchor, report: Report) -> str | Lost:
    found = locate_words(anchor, report)
    return found if isinstance(found, Lost) else anchor.id


_WAYS: Mapping[AnchorKind, Callable[[Anchor, Report], str | Lost]] = {
    AnchorKind.ITEM: _item,
    AnchorKind.TASK: _task,
    AnchorKind.COUNT: _count,
    AnchorKind.PAIR: _pair,
    AnchorKind.CHECK: _check,
    AnchorKind.WORDS: _words,
    AnchorKind.ROW: _self,
    AnchorKind.REPORT: _self,
}


def _one(anchor: Anchor, report: Report, findings: Iterable[_Found], words: Callable[[_Found], str]) -> str | Lost:
    """The id of the finding with the words of the anchor, told apart by place in the same file, else by heading."""
    wanted = plain(anchor.quote)
    found = [finding for finding in findings if plain(words(finding)) == wanted]
    if len(found) > 1 and anchor.sha256 == report.source.sha256:
        found = [f for f in found if f.span.start == anchor.start] or found
    if len(found) > 1:
        found = [f for f in found if _title(report, f.section) == anchor.heading] or found
    return found[0].id if len(found) == 1 else _not_one(anchor, len(found), report)


def _title(report: Report, section: str | None) -> str:
    found: Section | None = report.section_by_id.get(section) if section else None
    return found.title if found else ""


def _not_one(anchor: Anchor, number: int, report: Report) -> Lost:
    words = anchor.quote if len(anchor.quote) <= _SHOWN else anchor.quote[:_SHOWN] + "…"
    if number:
        return Lost(f"报告里有 {number} 处“{words}”，分不清是哪一处")
    near = nearest(anchor, report)
    told = _GONE.format(words)
    return Lost(f"{told}，{near.told()}", anchor, near.anchor) if near else Lost(told)
