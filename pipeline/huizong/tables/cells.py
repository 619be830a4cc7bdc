"""What stands in the cells of several sheets: whose report it is, figures, headings, the numbers of the ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from huizong.indicators import match_indicator
from huizong.records import Change, Count, Item, Kind, Nature, Section, Status
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables.columns import CHANGE_NAMES, STATUS_NAMES
from huizong.tables.origin import origin

Row = dict[str, object]

_MOST_LINES = 26  # of a list in a cell: a row is at most 409 pt high


def head(report: Report, settings: Settings) -> Row:
    """School, year and file of a report."""
    found = origin(report, settings)
    return {"学校": found.school, "年度": found.year, "文件": report.source.name}


def review(confidence: float, settings: Settings) -> str | None:
    """是 for a finding that people should look at."""
    return "是" if confidence < settings.review_below else None


def on_page(report: Report, *pages: int) -> int | str | None:
    """The page, or several as “1、5”; `None` for a report whose file has no pages."""
    if report.source.pages is None or not pages:
        return None
    found = sorted(set(pages))
    return found[0] if len(found) == 1 else "、".join(map(str, found))


def heading(report: Report, section: str | None) -> str | None:
    """Number and title of the section with this id."""
    found: Section | None = report.section_by_id.get(section) if section else None
    return found.number + found.title if found else None


def fitting(entries: Sequence[str], across: int, rest: str) -> str | None:
    r"""Entries, a line each; of a list too long to be seen in a cell those that fit, one at least, and how many more there are.

    A cell of a spreadsheet shows some thirty lines at the most, here of `across` characters. `rest` says where the others are, with {}
    for their number.

    >>> fitting(["甲"] * 2 + ["乙乙"] * 30, 1, "其余{}条见台账").split("\n")[-2:], fitting(["甲"], 1, "{}"), fitting([], 5, "{}")
    (['乙乙', '……其余18条见台账'], '甲', None)
    """
    lines = accumulate(-(-len(entry) // across) for entry in entries)
    number = max(1, sum(there <= _MOST_LINES for there in lines))
    more = [f"……{rest.format(len(entries) - number)}"] if len(entries) > number else []
    return "\n".join([*entries[:number], *more]) or None


def figure(report: Report, count: Count) -> str:
    """A count as it stands in a cell: what is counted, the words of the number, its level and whose it is (short name).

    The status is said where it is not `actual`: a target must not read like a result.
    """
    change = "" if count.change is Change.LEVEL else CHANGE_NAMES[count.change]
    return _with_notes(report, count, count.object, change + (count.said or count.quote))


def indicator_figure(report: Report, count: Count) -> str:
    """`figure` under the number and name of its indicator, where it has one.

    What 首个 and 全部 imply, the bounds of 十余, and the names that “A、B等3个” lists are told.
    """
    item = report.item_by_id.get(count.item) if count.item else None
    match = match_indicator(count, item.text if item else "")
    change = "" if count.change is Change.LEVEL else CHANGE_NAMES[count.change]
    words = change + (count.said or count.quote)
    if count.nature is Nature.DERIVED:
        words += f"＝{count.value:g}{count.unit}"
    elif count.approx and count.lower is not None and count.upper is not None:
        words += f"＝[{count.lower:g},{count.upper:g}]"
    if count.listed:
        words += f"：{'、'.join(count.listed)}"
    return _with_notes(report, count, f"{match.indicator.id} {match.indicator.name}" if match else count.object, words)


def _with_notes(report: Report, count: Count, name: str | None, words: str) -> str:
    short = {a.name: a.alias for a in report.aliases}
    owners = (count.subject or "").split("、") if report.meta.partners else []
    owner = "、".join(short.get(name, name) for name in owners)
    notes = [n for n in (f"{count.level}级" if count.level else None, owner) if n]
    if count.nature is Nature.DERIVED:
        notes.append(str(count.nature))
    if count.status is not Status.ACTUAL:
        notes.append(STATUS_NAMES[count.status])
    words = " ".join(filter(None, (name, words)))
    return f"{words}（{'；'.join(notes)}）" if notes else words


def figures(report: Report, ids: Sequence[str]) -> str | None:
    """The counts with these ids in one cell."""
    return "；".join(figure(report, report.count_by_id[i]) for i in ids) or None


def numbered(report: Report, kind: Kind, *more: Kind) -> Iterator[tuple[int, Item]]:
    """The statements of these kinds, counted from 1."""
    return enumerate(report.of_kind(kind, *more), start=1)


def item_codes(report: Report) -> dict[str, str]:
    """The number under which each statement stands in its ledger."""
    kinds: tuple[tuple[str, tuple[Kind, ...]], ...] = (
        ("M", (Kind.MEASURE, Kind.ACHIEVEMENT)),
        ("I", (Kind.ISSUE,)),
        ("P", (Kind.PLAN,)),
    )
    return {i.id: f"{letter}{n:02d}" for letter, ks in kinds for n, i in numbered(report, *ks)}


def count_codes(report: Report) -> dict[str, str]:
    """The number under which each count stands in its ledger: those of the text and of tables, then what 首个, 全部 imply."""
    return {c.id: f"N{n:02d}" for n, c in enumerate((*report.counts, *report.derived), start=1)}


def context(report: Report, start: int, end: int, around: int = 12) -> str:
    """The words at `start`..`end` of the text in 【】, with the characters around them."""
    left, right = report.text[max(0, start - around) : start], report.text[end : end + around]
    return f"{left}【{report.text[start:end]}】{right}".replace("\n", " ")
