"""Where findings are, in words that find them again: an anchor for every row that people edit, and words looked up in a text."""

from __future__ import annotations

import re
from functools import cached_property

from huizong.records import Anchor, AnchorKind, Check, Count, Item, Kind, Section, Span, Task
from huizong.report import Report

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


class Anchors:
    """The anchors of one report, by the keys of its rows."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._name, self._sha256 = report.source.name, report.source.sha256

    def of(self, key: str) -> Anchor | None:
        """The anchor of the row with this key; `None` for a key that the report does not have."""
        report = self._report
        if key in report.item_by_id:
            return self.item(report.item_by_id[key])
        if key in self._tasks:
            return self._task(self._tasks[key])
        if key in self._counts:
            return self._count(self._counts[key])
        if key.startswith("p") and key in self._pairs:
            return self._pair(key, *self._pairs[key])
        if key in self._checks:
            return self._check(key, self._checks[key])
        if key in self._rows:
            return Anchor(kind=AnchorKind.ROW, id=key, report=self._name, sha256=self._sha256)
        return None

    def report(self) -> Anchor:
        """The anchor of the report itself."""
        return Anchor(kind=AnchorKind.REPORT, id=self._report.source.sha256, report=self._name, sha256=self._sha256)

    def item(self, item: Item) -> Anchor:
        """The anchor of a statement."""
        return Anchor(
            kind=AnchorKind.ITEM,
            id=item.id,
            start=item.span.start,
            end=item.span.end,
            quote=item.text,
            heading=self._heading(item.section),
            page=item.page,
            report=self._name,
            sha256=self._sha256,
        )

    def words(self, span: Span, key: str, page: int | None = None, within: Item | None = None) -> Anchor:
        """The anchor of words of the text that no finding covers; `within` is the statement they stand in."""
        return Anchor(
            kind=AnchorKind.WORDS,
            id=key,
            start=span.start,
            end=span.end,
            quote=span.of(self._report.text),
            within=within.text if within else "",
            at=span.start - within.span.start if within else None,
            page=page,
            report=self._name,
            sha256=self._sha256,
        )

    def _task(self, task: Task) -> Anchor:
        return Anchor(
            kind=AnchorKind.TASK,
            id=task.id,
            start=task.span.start,
            end=task.span.end,
            quote=task.span.of(self._report.text),
            heading=self._heading(task.section),
            page=task.page,
            report=self._name,
            sha256=self._sha256,
        )

    def _count(self, count: Count) -> Anchor:
        item = self._report.item_by_id.get(count.item or "")
        within, at, cell = item.text if item else "", count.span.start - item.span.start if item else None, None
        if count.table is not None and count.row is not None and count.column is not None:
            cell = (count.table, count.row, count.column)
            within, at = table_row(self._report, count), count.span.start
        return Anchor(
            kind=AnchorKind.COUNT,
            id=count.id,
            start=count.span.start,
            end=count.span.end,
            quote=count.quote,
            within=within,
            at=at,
            heading=self._heading(count.section),
            page=count.page,
            cell=cell,
            report=self._name,
            sha256=self._sha256,
        )

    def _pair(self, key: str, issue: Item | None, plan: Item | None) -> Anchor:
        nobody = Anchor(kind=AnchorKind.ITEM, id="", report=self._name, sha256=self._sha256)
        parts = tuple(self.item(side) if side else nobody for side in (issue, plan))
        return Anchor(kind=AnchorKind.PAIR, id=key, parts=parts, report=self._name, sha256=self._sha256)

    def _check(self, key: str, check: Check) -> Anchor:
        return Anchor(
            kind=AnchorKind.CHECK,
            id=key,
            quote=str(check.rule),
            within="" if check.evidence else check.message,
            parts=tuple(self.words(e.span, "", e.page) for e in check.evidence),
            report=self._name,
            sha256=self._sha256,
        )

    def _heading(self, section: str | None) -> str:
        found: Section | None = self._report.section_by_id.get(section) if section else None
        return found.title if found else ""

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {task.id: task for task in self._report.tasks}

    @cached_property
    def _counts(self) -> dict[str, Count]:
        return {count.id: count for count in (*self._report.counts, *self._report.derived)}

    @cached_property
    def _checks(self) -> dict[str, Check]:
        return {self._report.check_id(check): check for check in self._report.checks}

    @cached_property
    def _rows(self) -> frozenset[str]:
        added = self._report.corrections.added if self._report.corrections else ()
        return frozenset(row.key for row in added)

    @cached_property
    def _pairs(self) -> dict[str, tuple[Item | None, Item | None]]:
        """Every issue with every plan: a row may also tell of one that goes on about an issue that has the link."""
        issues, plans = ((None, *self._report.of_kind(kind)) for kind in (Kind.ISSUE, Kind.PLAN))
        return {self._report.pair_id(issue, plan): (issue, plan) for issue in issues for plan in plans}


def table_row(report: Report, count: Count) -> str:
    """The cells of the table row that a count stands in, as one text."""
    assert count.table is not None  # noqa: S101 -- the caller's to see to
    assert count.row is not None  # noqa: S101
    return "｜".join(report.tables[count.table].rows[count.row])


def plain(words: str) -> str:
    """Words without blanks of any kind: what is compared when a text may have been wrapped anew."""
    return _BLANKS.sub("", words)


def find_words(text: str, words: str, within: Span | None = None) -> list[Span]:
    """Every place in `text` (in the stretch `within`) where `words` stand, blanks aside, in reading order.

    >>> find_words("学校组织了 培训12次。", "组织了培训")
    [Span(start=2, end=8)]
    """
    wanted = plain(words)
    if not wanted:
        return []
    stretch = within or Span(0, len(text))
    places = [at for at in range(stretch.start, stretch.end) if not _BLANKS.match(text[at])]
    squeezed = "".join(text[at] for at in places)
    found, at = [], squeezed.find(wanted)
    while at >= 0:
        found.append(Span(places[at], places[at + len(wanted) - 1] + 1))
        at = squeezed.find(wanted, at + 1)
    return found
