"""Issues over years: told for the first time, told again (also in other words), no longer told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from huizong.compare.points import role_of
from huizong.compare.records import IssueRow, IssueStatus
from huizong.compare.wording import Worded
from huizong.extractors.links import issue_groups
from huizong.extractors.telling_words import TellingWords
from huizong.records import Item, Role, Span
from huizong.report import Report

_LEAST = 0.24
"""Cosine from which two years' issues are one; read off the samples, precision first."""

_LEAST_SHARED = 3
_NAME = 12
_SHORTEST = 6
_LEAD_IN = re.compile(
    r"[^：:]{0,40}(?:存在|看到|认识到|面临)[^：:；]{0,30}(?:困难|问题|挑战|矛盾|差距|不足)[^：:；]{0,12}"
)
"""A sentence that says only that there are issues."""

_LEAD_IN_BEFORE = re.compile(r"[^：:；]{0,60}(?:存在|看到|认识到|面临|表现|主要)[^：:；]{0,30}[：:]")

_SENTENCES = 6
"""Of a longer group only the first sentences are looked at: the issue comes first, then what led to it."""


@dataclass(kw_only=True)
class _Chain:
    """One issue as it is met from year to year; `words` are those of its last telling."""

    words: dict[str, float]
    last: int
    quotes: dict[int, str] = field(default_factory=dict)


def issue_rows(reports: Sequence[Worded]) -> list[IssueRow]:
    """The issues of one body in the order in which they are first told.

    A report without any issue says nothing about them: it is passed over. With one report only there is nothing to compare.
    """
    told = [(r, groups) for r in reports if (groups := _groups(r))]
    if len(told) < 2:
        return []
    chains: list[_Chain] = []
    for at, (report, groups) in enumerate(told):
        scored = sorted(
            (
                (-TellingWords.cosine(chain.words, words), n, m)
                for m, (words, _) in enumerate(groups)
                for n, chain in enumerate(chains)
                if len(chain.words.keys() & words.keys()) >= _LEAST_SHARED
            ),
        )
        taken: dict[int, int] = {}
        for score, n, m in scored:
            if -score >= _LEAST and m not in taken and n not in taken.values():
                taken[m] = n
        for m, (words, quote) in enumerate(groups):
            if m in taken:
                chain = chains[taken[m]]
            else:
                chain = _Chain(words=words, last=at)
                chains.append(chain)
            chain.words, chain.last = words, at
            chain.quotes.setdefault(report.edition.year, quote)
    return [_row(reports[0].edition.body, chain, len(told) - 1) for chain in chains]


def _row(body: str, chain: _Chain, last: int) -> IssueRow:
    told = IssueStatus.RETURNED if len(chain.quotes) > 1 else IssueStatus.NEW
    status = IssueStatus.GONE if chain.last < last else told
    return IssueRow(body=body, status=status, years=tuple(chain.quotes), quotes=chain.quotes)


def _groups(report: Worded) -> list[tuple[dict[str, float], str]]:
    """The words and the first telling sentence of each issue of a report.

    The heading over an issue has its say only where no other issue stands under it: else it tells of all of them or of none.
    """
    text = report.edition.report.text
    groups = [part for whole in issue_groups(text, _items(report.edition.report)) for part in _listed(whole)]
    under = Counter(group[0].section for group in groups)
    found = []
    for group in groups:
        items = [item for item in group if not _LEAD_IN.fullmatch(item.text.strip()) and len(item.text) >= _SHORTEST]
        words: dict[str, float] = {}
        for item in items[:_SENTENCES]:
            told = _without_lead_in(item)
            words |= report.words.of(told) if under[group[0].section] == 1 else report.words.own(told)
        if words:
            found.append((words, _quote(text, items)))
    return found


def _items(report: Report) -> Sequence[Item]:
    """The statements in which issues are looked for: where a section is for issues, none of those about the work done."""
    if not any(section.role is Role.ISSUES for section in report.sections):
        return report.items
    return [item for item in report.items if role_of(report, item) is not Role.PROGRESS]


def _without_lead_in(item: Item) -> Item:
    """The statement without what leads to it (我们也清醒地看到…：)."""
    lead = _LEAD_IN_BEFORE.match(item.text)
    return replace(item, span=Span(item.span.start + lead.end(), item.span.end)) if lead else item


def _listed(group: Sequence[Item]) -> list[Sequence[Item]]:
    """The issues that a paragraph lists one by one between semicolons; else the group as it is."""
    if any(item.text.rstrip().endswith("；") for item in group):
        return [[item] for item in group]
    return [group]


def _quote(text: str, items: Sequence[Item]) -> str:
    """The first sentence of the issue; with the next one where the first is but its name."""
    first = items[0]
    short = len(first.text.strip()) <= _NAME and len(items) > 1
    return text[first.span.start : items[1].span.end if short else first.span.end].strip()
