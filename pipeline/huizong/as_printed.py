"""Puts the words of a report back into the print of its file.

What reads a report sees full-width digits, letters, ％ and ＋ as narrow ones (`cleaning.characters.fold`), one for one. Findings are
evidence: they and the report's text give back what stands in the file. Values, units, reasons and messages stay as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from huizong.records import CleanDocument, Count, Item, Line, Section, Span, Task
from huizong.report import Report

_NARROW = re.compile(r"[0-9A-Za-z%+.]")
_NEAR = 400  # characters around a finding in which its names are looked for


def printed_text(document: CleanDocument, lines: Sequence[Line]) -> str:
    """The cleaned text with full-width characters where the raw `lines` have them; as long as `document.text`."""
    text, at = document.text, 0
    parts: list[str] = []
    for segment in document.source_map.segments:
        read = text[segment.start : segment.end]
        raw = lines[segment.line].text[segment.column : segment.column + len(read)]
        if raw != read:  # radicals stay characters, blanks stay blanks
            wide = (w if r.isascii() and r != " " else r for r, w in zip(read, raw, strict=True))
            parts += [text[at : segment.start], *wide]
            at = segment.end
    return "".join([*parts, text[at:]])


def as_printed(report: Report, text: str) -> Report:
    """`report` with its findings in the words of `text`, which is `printed_text` of its document."""
    if text == report.text:
        return report
    print_of = _Print(report.text, text)
    return replace(
        report,
        text=text,
        sections=tuple(print_of.section(section) for section in report.sections),
        items=tuple(print_of.item(item) for item in report.items),
        counts=tuple(print_of.count(count) for count in report.counts),
        derived=tuple(print_of.count(count) for count in report.derived),
        tasks=tuple(print_of.task(task) for task in report.tasks),
        numbers=tuple(replace(number, quote=number.span.of(text)) for number in report.numbers),
        particulars=tuple(replace(detail, quote=detail.span.of(text)) for detail in report.particulars),
    )


@dataclass(frozen=True, slots=True)
class _Print:
    """The text as it was `read` and as it stands in the file."""

    read: str
    printed: str

    def section(self, section: Section) -> Section:
        words = section.span.of(self.printed)
        return replace(section, number=words[: len(section.number)], title=words[len(section.number) :])

    def item(self, item: Item) -> Item:
        return replace(item, text=item.span.of(self.printed))

    def count(self, count: Count) -> Count:
        """A count of a table stays: its words are those of a cell."""
        if count.table is not None:
            return count
        return replace(
            count,
            quote=count.span.of(self.printed),
            object=self._words(count.object, count.span),
            subject=self._words(count.subject, count.span),
            action=self._words(count.action, count.span),
            listed=self._all(count.listed, count.span),
        )

    def task(self, task: Task) -> Task:
        return replace(
            task,
            brief=self._words(task.brief, task.span) or task.brief,
            actor=self._words(task.actor, task.span),
            beneficiary=self._words(task.beneficiary, task.span),
            departments=self._all(task.departments, task.span),
            time=self._words(task.time, task.span),
            effect=self._words(task.effect, task.span),
        )

    def _all(self, names: tuple[str, ...], span: Span) -> tuple[str, ...]:
        return tuple(self._words(name, span) or name for name in names)

    def _words(self, words: str | None, span: Span) -> str | None:
        """`words` as they are printed next to `span`; as they were read where they do not stand together there."""
        if not words or not _NARROW.search(words):
            return words
        start, end = max(0, span.start - _NEAR), span.end + _NEAR
        found = [start + match.start() for match in re.finditer(re.escape(words), self.read[start:end])]
        if not found:
            return words
        at = min(found, key=lambda place: abs(place - span.start))
        return self.printed[at : at + len(words)]
