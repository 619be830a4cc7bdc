"""Where checks point to, and how the words of a report are quoted in a message."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from huizong.records import Check, Evidence, Rule, Section, Severity, Span
from huizong.report import Report

_LONGEST = 30


def make(report: Report, rule: Rule, severity: Severity, message: str, spans: Iterable[Span]) -> Check:
    """The check with `spans` of the text as its evidence, in reading order."""
    ordered = sorted(set(spans), key=lambda span: (span.start, span.end))
    evidence = tuple(Evidence(span=span, page=page_of(report, span.start)) for span in ordered)
    return Check(rule=rule, severity=severity, message=message, evidence=evidence)


def page_of(report: Report, offset: int) -> int:
    """The 1-based page of an offset: of the finding it lies in or follows where the report no longer knows its raw lines."""
    if report.source_map is not None:
        return report.source_map.page(offset)
    places = sorted(
        [*((s.span.start, s.page) for s in report.sections), *((i.span.start, i.page) for i in report.items)]
    )
    at = bisect_right(places, (offset, 1 << 30)) - 1
    return places[max(at, 0)][1] if places else 1


def short(words: str) -> str:
    """Words for a message, cut with … when they are long.

    >>> short("力争年底前建成实训室2个。")
    '力争年底前建成实训室2个'
    """
    words = words.strip().rstrip("。；，、：")
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def heading(section: Section) -> str:
    """The words of a heading for a message."""
    return short(section.number + section.title)


def paragraph(text: str, span: Span) -> Span:
    """The paragraph in which `span` begins."""
    end = text.find("\n", span.start)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
