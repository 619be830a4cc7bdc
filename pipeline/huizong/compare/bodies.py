"""Whose reports they are and of which year: one body whatever a report calls it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from huizong.compare.records import Edition
from huizong.report import Report

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NOT_NAME = re.compile(
    r"[\d\s\-—_~～至年度学期()（）《》]+|(?:工作|年度)?(?:总结|报告|汇报|计划|情况|要点)|关于|结对帮扶.*"
)
_LEAST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Whose a report is and of which year: all that is kept of it while the others are looked through.

    `at` is its place among the reports given; `aliases` lead from the short names that it uses to full ones.
    """

    at: int
    body: str
    year: int
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Whose a report is and of which year, as the user says of reports that do not tell."""

    body: str = ""
    year: int | None = None


def said_with(settings: Mapping[str, object]) -> Said:
    """What the user said with the settings of a run.

    >>> said_with({"body": "江城职院", "year": "2019-2020"})
    Said(body='江城职院', year=2020)
    """
    years = [int(year) for year in _YEAR.findall(str(settings.get("year", "")))]
    return Said(body=str(settings.get("body", "")), year=max(years, default=None))


def cards(reports: Iterable[Report], said: Sequence[Said] = ()) -> tuple[list[Card], list[str]]:
    """A card a report by body and year (of one year in the order given), and a Chinese sentence for each without body or year.

    `said` is what the user gave for each report (`--body`, `--year`), for those that do not tell; empty where nothing was given.
    """
    found: list[Card] = []
    left_out: list[str] = []
    for at, report in enumerate(reports):
        given = said[at] if at < len(said) else Said()
        body, year = _body(report) or given.body or None, report_year(report) or given.year
        if body is None or year is None:
            what = "是哪个单位的" if body is None else "是哪一年的"
            left_out.append(
                f"“{report.source.name}”看不出{what}报告，没有参加比较；请在文件名里写上单位和年份，例如 某学院_2023.txt。"
            )
        else:
            own = {alias.alias: alias.name for alias in report.aliases}
            found.append(Card(at=at, body=body, year=year, aliases=own))
    names = _canonical(found)
    short = {short: full for short, full in names.items() if short != full}
    made = [replace(card, body=names.get(card.body, card.body), aliases=short | dict(card.aliases)) for card in found]
    return sorted(made, key=lambda card: (card.body, card.year)), left_out


def edition(card: Card, report: Report) -> Edition:
    """The report of the card."""
    return Edition(report=report, body=card.body, year=card.year, aliases=card.aliases)


def chosen(found: Sequence[Card], body: str | None, years: tuple[int, int] | None) -> list[Card]:
    """Those of the body whose full or short name is, or holds, `body`, of the years `years[0]`..`years[1]`."""
    kept = list(found)
    if body:
        full = {card.aliases.get(body, body) for card in kept}
        kept = [card for card in kept if card.body in full or body in card.body]
    if years:
        kept = [card for card in kept if years[0] <= card.year <= years[1]]
    return kept


def by_body(found: Sequence[Card]) -> dict[str, list[Card]]:
    """The cards of each body in the order of their years."""
    groups: defaultdict[str, list[Card]] = defaultdict(list)
    for card in found:
        groups[card.body].append(card)
    return dict(groups)


UNSAID = "未写明"
"""Whose a count is, where a report about several bodies does not say."""


def owner(edition: Edition, subject: str | None) -> str:
    """The full name of the body that a count is of; where the report does not say, the reporting one if it is about no other."""
    if subject is None:
        return UNSAID if edition.report.meta.partners else edition.body
    return edition.aliases.get(subject, subject)


def report_year(report: Report) -> int | None:
    """The year a report is filed under: that of its title, else the last it speaks of, else that of its file name.

    A government's report is filed under the year it plans for, as its title has it.
    """
    for years in (
        [int(y) for y in _YEAR.findall(report.meta.title or "")],
        list(report.meta.years),
        [int(y) for y in _YEAR.findall(report.source.name)],
    ):
        if years:
            return max(years)
    return None


def _body(report: Report) -> str | None:
    """Who reports: as read, else what is left of title or file name without years and the words for a report."""
    title = report.meta.title or ""
    for alias in report.aliases:
        if title.startswith((alias.name, alias.alias)):  # 松川职院2022年总结
            return alias.name
    if report.meta.reporter:
        return report.meta.reporter
    for words in (report.meta.title or "", report.source.name.rpartition(".")[0]):
        name = _NOT_NAME.sub("", words)
        if len(name) >= _LEAST_NAME:
            return name
    return None


def _canonical(found: Sequence[Card]) -> dict[str, str]:
    """The full name of each short name; a short name that two bodies share is nobody's."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for card in found:
        for short, name in card.aliases.items():
            full[short].add(name)
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}
