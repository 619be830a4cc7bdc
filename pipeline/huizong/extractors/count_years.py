"""The year a count is of: said in its sentence, else by the heading above it, else by the report's years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.records import Kind, Label, Role, Section, Sentence, Status

_YEAR = re.compile(r"(20\d\d)(?!\d)[ ]?(?:学?年|届)")
_SPAN = re.compile(r"20\d\d年?[ ]?[-—–~～至到][ ]?(?:20)?\d\d[ ]?(?:学?年)")
_RELATIVE = re.compile(r"今年|本年|当年|年内|去年|上学?年|前年|明年|过去(?:的)?一年|一年来")
_PERIOD = re.compile(
    r"五年来|过去五年|五年(?:共|累计)|十[一二三四五]五”?(?:期间|时期|以来)|近[三两五]年|[三五]年来|历年"
)
_TITLE_YEAR = re.compile(r"(20\d\d)(?!\d)")
_BESIDE = re.compile(r"(?:20\d\d[ ]?年|今年|去年|上学?年|前年)(?:同期)?(?:的|是|为|仅)$")
_OWNED = re.compile(r"(?:同期)?(?:的|是|为|仅)\d")
_COMPARED = re.compile(r"(?:比|较|与|同|出|于)(?:上年|去年|20\d\d年)$")
_GOVERNMENT = re.compile(r"政府工作报告")
_BREAK = re.compile(r"^(?:第?[一二三四五六七八九十]+[、章部])")


class Years:
    """Years of one report. `years` are those it reports on; the last may be that of its plans."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        sections: Sequence[Section],
        years: tuple[int, ...],
        title: str | None,
    ) -> None:
        self._text = text
        self._years = tuple(sorted(years))
        opening = text[:200]
        self._government = bool(_GOVERNMENT.search(title or opening.replace(" ", "")))
        self._headings = self._heading_years(sentences, sections)
        named = _TITLE_YEAR.findall(title or "")
        self._report = int(named[-1]) if named else (self._years[-1] if self._years else None)
        if len(self._years) > 2 or (len(self._years) == 2 and not (self._government or named)):
            self._report = None  # a report of several years says no year by itself

    def _heading_years(self, sentences: Sequence[Sentence], sections: Sequence[Section]) -> dict[str, int]:
        """The year that each section's heading, or one above it, names; by section id."""
        own: dict[str, int] = {}
        parents = {section.id: section.parent for section in sections if section.level > 0}
        for section in sections:
            year = self._year_in(section.title) if section.level > 0 else None
            if year:
                own[section.id] = year
        if not sections:
            current: int | None = None
            for sentence in sentences:
                if sentence.heading:
                    words = sentence.span.of(self._text)
                    year = self._year_in(words)
                    current = year or (None if _BREAK.match(words) else current)
                if current and sentence.section:
                    own.setdefault(sentence.section, current)
            return own
        out: dict[str, int] = {}
        for start in parents:
            at: str | None = start
            while at is not None and at not in own:
                at = parents.get(at)
            if at is not None:
                out[start] = own[at]
        return out

    def _year_in(self, words: str) -> int | None:
        found = _YEAR.findall(_SPAN.sub("", words))
        return int(found[-1]) if found else None

    def year_of(self, sentence: Sentence, label: Label, candidate: Candidate, status: Status) -> int | None:
        """The year of the count, `None` when the report does not say."""
        before = self._text[sentence.span.start : candidate.start]
        clean = _SPAN.sub("", re.sub(r"[“《（(][^”》）)]*[”》）)]", "", before))
        beside = _BESIDE.search(clean)
        if status is not Status.BASELINE or beside is not None:
            said = self._said(clean, sentence, status, beside)
            if said is not None:
                return said
        if status is Status.BASELINE or _PERIOD.search(clean):
            return None
        return self._implied(sentence, label, status)

    def _said(self, before: str, sentence: Sentence, status: Status, beside: re.Match[str] | None) -> int | None:
        """The year named nearest before the number; one that another number owns (上年的48项) or is compared with is not it."""
        owned = beside.start() if beside is not None else len(before) + 1
        named, relative = (
            [
                m
                for m in pattern.finditer(before)
                if m.start() >= owned or not (_COMPARED.search(before, 0, m.end()) or _OWNED.match(before, m.end()))
            ]
            for pattern in (_YEAR, _RELATIVE)
        )
        if named and (not relative or named[-1].start() > relative[-1].start()):
            return int(named[-1][1])
        if not relative or self._report is None:
            return None
        base = self._base(sentence, status)
        word = relative[-1].group()
        if word in {"去年", "上年", "上学年"} or word.startswith(("过去", "一年来")):
            return self._report - 1 if self._government or word in {"去年", "上年", "上学年"} else self._report
        if word == "前年":
            return self._report - 2
        return base + 1 if word == "明年" else base

    def _base(self, sentence: Sentence, status: Status) -> int:
        """What 今年 means where the sentence stands."""
        report = self._report or 0
        if self._government:
            return report
        return report + 1 if status is Status.TARGET and sentence.role is Role.PLANS else report

    def _implied(self, sentence: Sentence, label: Label, status: Status) -> int | None:
        by_heading = self._headings.get(sentence.section or "")
        if by_heading is not None:
            return by_heading
        if self._report is None:
            return None
        if self._government:
            return self._report if status is Status.TARGET else self._report - 1
        if status is Status.TARGET:
            return self._report + (1 if label.kind is Kind.PLAN or sentence.role is Role.PLANS else 0)
        return self._report if label.kind in {Kind.MEASURE, Kind.ACHIEVEMENT, Kind.ISSUE} else None
