"""Whose reports they are and of which year: one body whatever a report calls it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from huizong.compare.records import Edition
from huizong.report import Report

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NOT_NAME = re.compile(
    r"[\d\s\-—_~～至年度学期()（）《》]+|(?:工作|年度)?(?:总结|报告|汇报|计划|情况|要点)|关于|结对帮扶.*"
)
_LEAST_NAME = 2


def editions(reports: Iterable[Report]) -> tuple[list[Edition], list[str]]:
    """The reports by body and year (of one year in the order given), and a Chinese sentence for each that has no body or year."""
    found: list[tuple[Report, str, int]] = []
    left_out: list[str] = []
    for report in reports:
        body, year = _body(report), report_year(report)
        if body is None or year is None:
            what = "是哪个单位的" if body is None else "是哪一年的"
            left_out.append(
                f"“{report.source.name}”看不出{what}报告，没有参加比较；请在文件名里写上单位和年份，例如 某学院_2023.txt。"
            )
        else:
            found.append((report, body, year))
    names = _canonical([(report, body) for report, body, _ in found])
    aliases = {short: full for short, full in names.items() if short != full}
    made = [
        Edition(report=report, body=names.get(body, body), year=year, aliases=aliases | _own(report))
        for report, body, year in found
    ]
    return sorted(made, key=lambda e: (e.body, e.year)), left_out


def chosen(found: Sequence[Edition], body: str | None, years: tuple[int, int] | None) -> list[Edition]:
    """Those of the body whose full or short name is, or holds, `body`, of the years `years[0]`..`years[1]`."""
    kept = list(found)
    if body:
        full = {e.aliases.get(body, body) for e in kept}
        kept = [e for e in kept if e.body in full or body in e.body]
    if years:
        kept = [e for e in kept if years[0] <= e.year <= years[1]]
    return kept


def by_body(found: Sequence[Edition]) -> dict[str, list[Edition]]:
    """The editions of each body in the order of their years."""
    groups: defaultdict[str, list[Edition]] = defaultdict(list)
    for edition in found:
        groups[edition.body].append(edition)
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


def _own(report: Report) -> dict[str, str]:
    return {a.alias: a.name for a in report.aliases}


def _canonical(found: Sequence[tuple[Report, str]]) -> dict[str, str]:
    """The full name of each name and short name; a short name that two bodies share is nobody's."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for report, _ in found:
        for alias in report.aliases:
            full[alias.alias].add(alias.name)
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}
