"""The year a count is of: said in its sentence, else by the heading above it, else by the report's years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from huizong.extractors.bodies import address_year
from huizong.extractors.count_candidates import Candidate
from huizong.extractors.government import of_government
from huizong.numerals import chinese_value, plain
from huizong.outline import plans_ahead
from huizong.records import Kind, Label, Role, Section, Sentence, Status

_YEAR = re.compile(r"(20\d\d)(?!\d)[ ]?(?:学?年|届)")
_SPAN = re.compile(r"20\d\d年?[ ]?[-—–~～至到][ ]?(?:20)?\d\d[ ]?(?:学?年)|20\d\d年(?:以来|至今)")
_RELATIVE = re.compile(r"今年|本年|当年|年内|去年|上学?年|前年|明年|过去(?:的)?一年|一年来")
_PERIOD = re.compile(
    r"五年来|过去五年|五年(?:共|累计)|十[一二三四五]五”?(?:期间|时期|以来)|近[三两五]年|[三五]年来|历年"
)
VALUES_OF_YEAR = re.compile(r"(20\d\d)年(?:同期)?(?:分别)?[是为][^，。；\n]*$")
_TITLE_YEAR = re.compile(r"(20\d\d)(?!\d)")
_BESIDE = re.compile(r"(?:20\d\d[ ]?[年届]|今年|去年|上学?年|前年)[末底初]?(?:同期|全年)?(?:的|是|为|仅|才|只有)$")
_FORMERLY = re.compile(_BESIDE.pattern.removesuffix("$") + "?$")
_OWNED = re.compile(r"[末底初]?(?:同期)?(?:的|是|为|仅)\d")
_COMPARED = re.compile(r"(?:比|较|与|同|出|[高低多少快慢优大小等]于)(?:上年|去年|20\d\d[年届])$")
_DATED = re.compile(
    r"^[ \u3000（(]*([12][0-9０-９]{3}|二[〇○零]\w{2})年[ ]?([\d一二三四五六七八九十]{1,3})月"
    r"(?:[\d一二三四五六七八九十]{1,3}日)?[ \u3000）)]*$",
    re.MULTILINE,
)
_POSITIONAL = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_AHEAD = re.compile(r"明年|来年|下一步|下一?阶段|今后|打算|想做|要做的|设想|展望")
_NOW = re.compile(r"(?:目前|现在|现有|年初|期初|(?<![年\d])\d{1,2}月[份末底初]?)(?:的|是|为)?$")
_SHARE_OF = re.compile(r"(?<![由从至])(?<![^达复不]到)(?:20\d\d[年届]|去年|上年|前年|上学年)的$")
_TOLD_THEN = re.compile("(?:去年|上年)[^，。；]{0,6}(?:总结中|反馈|点名|遗留|查出)[^，。；]*的")  # 去年总结中提出的问题
_PAIR = re.compile(r"[由从](20\d\d)年[^，。；]*?[到至成为](20\d\d)年")
_ANEW = re.compile("[由从]$")
_ON_TO = re.compile("[，；][^，。；]*[由从]\\d[^，。；]*[到至增为]$")
_PLANNED = re.compile(r"(20\d\d)学?年度?[^，。]{0,12}(?:总结|小结|回顾|报告|情况)[与和及、暨]20\d\d学?年")
_AS_OF = re.compile(r"截[至止](20\d\d)[ ]?年")
_COHORT = re.compile(r"(20\d\d)[级年]")
_MIDYEAR = re.compile(r"上半年|半年|年中|第?[一二三]季度|(?<!\d)[1-9]月")
_ANNUAL = re.compile(r"今年|本年|全年|年内|一年来|本学年|半年来|上半年")
_SEVERAL_YEARS = re.compile(r"项目|试点|验收|[三五]年|周期|期满|任期|规划|申报|十[三四五]五")
_RESTS_ON = re.compile(r"[与同和](20\d\d)年(?:[底末初])?相比，")
_AMOUNT = re.compile(r"\d[\d.,]*[^，。；、\d]{1,4}?[、和]")
_TOLD = r"(?P<told>(?:\d[\d.,]*[^，。；、\d]{1,4}[、和])*)$"  # the amounts before the number
_YEARS_IN_TURN = re.compile(
    r"(?P<years>20\d\d[年届级]?(?:、20\d\d[年届级]?)*[、和及]20\d\d[年届级])[^，。；\d]{0,16}(?:分别|依次)[^，。；、\d]{0,6}"
    + _TOLD
)
_SPAN_IN_TURN = re.compile(
    r"(?P<first>20\d\d)年?[ ]?[-—–~～至到][ ]?(?P<last>20\d\d)年[^。；\d]{0,24}(?:分别|依次)[^，。；、\d]{0,8}" + _TOLD
)
_NEXT = re.compile(r"[、和]\d[\d.,]*[^，。；、和\d]{1,4}")
_BREAK = re.compile(r"^(?:第?[一二三四五六七八九十]+[、章部])")
_FROM = re.compile("[从由][^，。；]*$")
_SINCE = re.compile(r"[从由](20\d\d)年的?(?=[^，。；]{0,4}\d)")


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
        self._government = of_government(text, title)
        self._headings = self._heading_years(sentences, sections)
        self._midyear = bool(_MIDYEAR.search(title or ""))
        self._plan = plans_ahead(title or "")  # its year is the one planned
        self._as_of = self._as_of_years(sentences)
        self._report = self._one_year(title or "")
        self._ahead = self._sections_ahead(sections)

    @property
    def of_government(self) -> bool:
        """Whether the report is one of a government: its title or opening says so."""
        return self._government

    @property
    def report(self) -> int | None:
        """The one year that the report is of; `None` for a report of several years or of none."""
        return self._report

    def looks_ahead(self, sentence: Sentence) -> bool:
        """Whether the sentence's section is one of plans, by its role or by its heading (2021年想做的事 in a report of 2020)."""
        return sentence.role is Role.PLANS or (sentence.section or "") in self._ahead

    def _sections_ahead(self, sections: Sequence[Section]) -> frozenset[str]:
        """The sections whose heading, or one above it, speaks of the time after the report."""
        ahead: set[str] = set()
        for section in sections:  # a parent comes before its children
            year = self._year_in(section.title)
            later = year is not None and self._report is not None and year > self._report and not self._government
            if section.level > 0 and (later or _AHEAD.search(section.title) or section.parent in ahead):
                ahead.add(section.id)
        return frozenset(ahead)

    def _one_year(self, title: str) -> int | None:
        """The year of the title; without one the year most spoken of, where the words are those of a yearly report."""
        greeted = address_year(title)
        if greeted is not None:
            return greeted - 1
        named = _TITLE_YEAR.findall(title)
        dated = None if named or self._government or _SEVERAL_YEARS.search(title) else self._dated_year()
        if dated is not None:
            return dated
        if len(self._years) < 2 or self._government:
            return int(named[-1]) if named else (self._years[-1] if self._years else None)
        planned = _PLANNED.search(title)
        if planned is not None and len(self._years) == 2:  # 2024年工作总结及2025年工作要点
            return int(planned[1])
        if named:
            return int(named[-1]) if len(self._years) == 2 else None
        often = Counter(int(year) for year in _TITLE_YEAR.findall(self._text) if int(year) in self._years)
        yearly = _ANNUAL.search(self._text) is not None and _SEVERAL_YEARS.search(title) is None
        return max(often, key=lambda year: (often[year], year), default=None) if yearly else None

    def _dated_year(self) -> int | None:
        """The year that the report's date line closes: a report of January or February is of the year before."""
        dates = _DATED.findall(self._text)
        if not dates:
            return None
        year, month = (_digits(words) for words in dates[-1])
        return year - 1 if month in {1, 2} else year

    def _as_of_years(self, sentences: Sequence[Sentence]) -> dict[int, int]:
        """The year of the 截至2023年6月 that a sentence, or one before it in its paragraph, names; by the sentence's start."""
        out: dict[int, int] = {}
        paragraph, year = -1, None
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph, year = sentence.paragraph, None
            named = _AS_OF.findall(sentence.span.of(self._text))
            year = int(named[-1]) if named else year
            if year is not None:
                out[sentence.span.start] = year
        return out

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

    def year_of(
        self, sentence: Sentence, label: Label, candidate: Candidate, status: Status, *, member: str = ""
    ) -> tuple[int | None, str]:
        """The year of the count, `None` when the report does not say, and why, in Chinese.

        `member` is the list member it was dealt to (2019级).
        """
        cohort = _COHORT.match(member)
        if cohort is not None:
            return int(cohort[1]), f"“{cohort.group()}”"
        before = self._text[sentence.span.start : candidate.start]
        clean = _SPAN.sub("", re.sub(r"[“《（(][^”》）)]*[”》）)]", "", before))
        if candidate.unit in {"%", "成", "倍", ""} and status is not Status.BASELINE:
            clean = _SHARE_OF.sub("", clean)  # 不到2019年的七成 is of no 2019
        told = VALUES_OF_YEAR.match(before) if status is Status.BASELINE else None
        if told is not None:  # 2023年分别是12期、1407人次
            return int(told[1]), "句中写明"
        if status is Status.BASELINE and self._report is not None and _NOW.search(clean):
            return self._report, "旧值是报告年度的"
        listed = _listed_year(before) or _year_of_span(before, self._text[candidate.end : sentence.span.end])
        if listed is not None:
            return listed, "句中依次写明"
        turn = self._in_turn(sentence, candidate)
        if turn is not None:
            return turn, "句中前一对“由…到…”的年份"
        beside = (_FORMERLY if status is Status.BASELINE else _BESIDE).search(clean)
        if status is not Status.BASELINE or beside is not None:
            said = self._said(clean, sentence, status, beside)
            if said is not None:
                return said, "句中写明"
        beside_year = _RESTS_ON.search(before) if status is Status.BASELINE else None
        if beside_year is not None:
            return int(beside_year[1]), "与那一年相比"
        if status is Status.BASELINE:
            opening = self._text.rfind("\n", 0, sentence.span.start) + 1
            since = [match[1] for match in _SINCE.finditer(self._text, opening, sentence.span.start)]
            if since and _FROM.search(before):  # 从2018年的3.1万亿元增加到…；税收从|2100亿元
                return int(since[-1]), "本段前面写明起点"
        if status is Status.BASELINE or _PERIOD.search(clean):
            return None, "旧值或几年合计，没写年份"
        return self._implied(sentence, label, status)

    def _in_turn(self, sentence: Sentence, candidate: Candidate) -> int | None:
        """The year of a value of a second 由…到…, which the first pair told: 由2018年的5个增至2023年的9个，金额由|20万元|增至90万元."""
        before = self._text[sentence.span.start : candidate.start]
        pair = _PAIR.search(before)
        if pair is None or int(pair[1]) >= int(pair[2]) or "。" in before[pair.end() :]:
            return None
        if _ANEW.search(before, pair.end()):
            return int(pair[1])
        return int(pair[2]) if _ON_TO.search(before, pair.end()) else None

    def _said(self, before: str, sentence: Sentence, status: Status, beside: re.Match[str] | None) -> int | None:
        """The year named nearest before the number; one that another number owns (上年的48项) or is compared with is not it."""
        owned = beside.start() if beside is not None else len(before) + 1
        named, relative = (
            [
                m
                for m in pattern.finditer(before)
                if m.start() >= owned
                or not (
                    _TOLD_THEN.match(before, m.start())
                    or _COMPARED.search(before, 0, m.end())
                    or _OWNED.match(before, m.end())
                )
            ]
            for pattern in (_YEAR, _RELATIVE)
        )
        if named and (not relative or named[-1].start() > relative[-1].start()):
            return int(named[-1][1])
        report = self._report or (self._years[-1] if self._years else None)
        if not relative or report is None:
            return None
        base = self._base(sentence, status)
        word = relative[-1].group()
        if (
            word == "上年" and self._government and status is Status.BASELINE
        ):  # 由上年的: before the year looked back on
            return report - 2
        if word in {"去年", "上年", "上学年"} or word.startswith(("过去", "一年来")):
            return report - 1 if self._government or word in {"去年", "上年", "上学年"} else report
        if word == "前年":
            return report - 2
        return base + 1 if word == "明年" and not self._plans_next(sentence, status) else base

    def _plans_next(self, sentence: Sentence, status: Status) -> bool:
        """Whether the plans of the sentence's section are those of the year after the report's."""
        return (
            status is Status.TARGET
            and self.looks_ahead(sentence)
            and not (self._government or self._midyear or self._plan)
        )

    def _base(self, sentence: Sentence, status: Status) -> int:
        """What 今年 means where the sentence stands."""
        named = self._headings.get(sentence.section or "")
        if named is not None and status is Status.TARGET and self.looks_ahead(sentence):  # 2024年目标任务
            return named
        report = self._report or (self._years[-1] if self._years else 0)
        return report + 1 if self._plans_next(sentence, status) else report

    def _implied(self, sentence: Sentence, label: Label, status: Status) -> tuple[int | None, str]:
        by_heading = self._headings.get(sentence.section or "")
        if by_heading is not None:
            return by_heading, "标题写明"
        if self._report is None:
            as_of = self._as_of.get(sentence.span.start) if status is Status.ACTUAL else None
            return as_of, "“截至”的年份" if as_of else "报告没说"
        if self._government:
            return (
                (self._report, "政府报告的计划年度")
                if status is Status.TARGET
                else (self._report - 1, "政府报告的上一年")
            )
        if status is Status.TARGET:
            next_year = label.kind is Kind.PLAN or self.looks_ahead(sentence)
            later = next_year and not (self._midyear or self._plan)
            return self._report + later, "报告年度的下一年" if later else "报告年度"
        return (self._report, "报告年度") if label.kind is not Kind.OTHER else (None, "不是叙述句")


def _listed_year(before: str) -> int | None:
    """The year that a number has by its place: 2021年、2022年和2023年分别有38人、|57人和83人."""
    listed = _YEARS_IN_TURN.search(before)
    if listed is None:
        return None
    years, at = re.findall(r"20\d\d", listed["years"]), len(_AMOUNT.findall(listed["told"]))
    return int(years[at]) if at < len(years) else None


def _year_of_span(before: str, after: str) -> int | None:
    """The year that a number has by its place where there is one for each year: 2019—2021年分别招收60人、|75人、90人."""
    spanned = _SPAN_IN_TURN.search(before)
    if spanned is None:
        return None
    first, last, at = int(spanned["first"]), int(spanned["last"]), len(_AMOUNT.findall(spanned["told"]))
    told, more = at + 1, _NEXT.match(after)
    while more is not None:
        told, more = told + 1, _NEXT.match(after, more.end())
    return first + at if told == last - first + 1 else None


def _digits(words: str) -> int:
    """The year or month that digits (2021), positional (二〇二一) or plain Chinese numerals (十二) say."""
    positional = plain(words).translate(_POSITIONAL)
    return int(positional) if positional.isdigit() else int(chinese_value(words) or 0)
