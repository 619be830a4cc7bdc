"""Counts: numbers that say how many or how much, with what they count, whose it is and what kind of number it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from huizong.extractors.count_baseline import is_baseline
from huizong.extractors.count_candidates import Candidate, find_candidates
from huizong.extractors.count_carrying import resolve_objects
from huizong.extractors.count_context import change_of, level_of, nature_of
from huizong.extractors.count_lists import listed_before
from huizong.extractors.count_members import completed
from huizong.extractors.count_neighbours import shared_verb
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_owners import Owners
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_status import status_of
from huizong.extractors.count_words import words_of
from huizong.extractors.count_years import Years
from huizong.extractors.even_marks import even_marks, opens_item
from huizong.extractors.numbers_in_words import WordsWithNumbers
from huizong.extractors.object_ranker import ObjectModel
from huizong.lexicon.units import units
from huizong.numerals import ABOUT_SHARE
from huizong.records import (
    Alias,
    Change,
    Count,
    Kind,
    Label,
    Meta,
    Nature,
    Section,
    Sentence,
    Span,
    Status,
    Token,
    finding_id,
)

_PLANNED_LIST = re.compile(r"(?:、|，其中)(?![^，。；]*(?:完成|实际|达到|已))[^，。；]*$")
_NUMBERING = re.compile(r"[ \u3000]*[（(]?(?:\d+(?:[.．]\d+)*|[一二三四五六七八九十]+)[）)]?[、.．，]?")
_STATUS_TOLD = re.compile(r"状态：[^；]*；性质：[^；]*；")
_AT_LEAST = re.compile(r"(?:至少|最少|至多|最多)(?![有的时者到])[^，。；、\d]{1,5}$")  # 至少推出|1门
_AGAINST = frozenset({"高于", "低于", "超过", "超", "优于", "大于", "小于"})
_MARK = re.compile("的[^，。；、]{0,6}(?:目标|要求|标准|规定|平均水平|指标)值?")
_CONFIDENCE = {
    "behind": 0.95,
    "noun": 0.92,
    "verb": 0.8,
    "dealt": 0.88,
    "inherited": 0.85,
    "partial": 0.8,
    "carried": 0.8,
    "ranked": 0.75,
    "subject": 0.7,
    "tail": 0.7,
    "none": 0.5,
}


def find_counts(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    labels: Sequence[Label],
    *,
    sha256: str,
    page_of: Callable[[int], int],
    years: tuple[int, ...] = (),
    aliases: Sequence[Alias] = (),
    meta: Meta | None = None,
    sections: Sequence[Section] = (),
    objects: ObjectModel | None = None,
) -> tuple[Count, ...]:
    """The counts of a report in reading order.

    `labels` go with `sentences` one to one; `tokens` cover the whole text; `page_of` gives the 1-based page of an offset;
    `years` are the years reported on (those of `meta` when empty). `objects` chooses what is counted
    among what the rules and the words propose; without it the rules decide alone. Titles and what 首个 or 全部 imply give
    no counts.
    Raises `ValueError` when labels and sentences differ in number.
    """
    if len(labels) != len(sentences):
        raise ValueError(f"{len(labels)} labels for {len(sentences)} sentences")
    meta = meta or Meta()
    printed, text = text, even_marks(text)
    calendar = Years(text, sentences, sections, years or meta.years, meta.title)
    owners = Owners(aliases, meta)
    buckets = candidates_of(text, sentences, tokens)
    counts: list[Count] = []
    previous: list[tuple[Candidate, Found]] = []
    for at, group in buckets.items():
        sentence, label = sentences[at], labels[at]
        words = words_of(text, sentence.span.start, sentence.span.end, tokens, group)
        goes_on = (at - 1 in buckets or at - 2 in buckets) and not opens_item(text, sentence.span.start)
        context = previous if goes_on else []
        finder = ObjectFinder(text, words, group)
        facts = resolve_objects(text, sentence, group, finder, context)
        things = [found for _, found in facts]
        if objects is not None:
            things = objects.choose(text, finder, facts, context)
        things = completed(text, facts, things)
        for i, (candidate, found) in enumerate(facts):
            following = tuple(group[i + 1 : i + 4])
            fact = _Fact(
                candidate=candidate,
                quote=printed[candidate.start : candidate.end],
                found=found,
                thing=things[i],
                following=following,
                shared=shared_verb(text, facts, i),
            )
            count = _count(text, sentence, label, fact, calendar, owners, sha256, page_of)
            last = counts[-1] if i else None
            if count.level is None and last is not None and text[last.span.end : count.span.start].startswith("、"):
                count = replace(count, level=last.level)  # 省级“甲”1项、“乙”1项: both are 省级
            listed = last is not None and _PLANNED_LIST.match(text[last.span.end : count.span.start])
            if listed and last is not None and last.status is Status.TARGET and count.status is Status.ACTUAL:
                # 预算投入800万元、配套450万元: the whole list is planned, unless it goes on to what was reached.
                reason = _STATUS_TOLD.sub("状态：同列前一个数是目标；性质：是目标；", count.reason)
                count = replace(count, status=Status.TARGET, nature=Nature.TARGET, reason=reason)
            counts.append(count)
        previous = facts
    return tuple(counts)


def candidates_of(text: str, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> dict[int, list[Candidate]]:
    """The counts of each sentence that has any, by the sentence's index, in reading order; numbers of headings are none.

    `tokens` are the words of the text: a number that a word of the dictionary begins with (三门峡) is none.
    """
    starts = [sentence.span.start for sentence in sentences]
    words = WordsWithNumbers(text, tokens)
    groups: dict[int, list[Candidate]] = {}
    for candidate in find_candidates(text):
        if words.hold(candidate):
            continue
        at = bisect_right(starts, candidate.start) - 1
        if at >= 0 and candidate.end <= sentences[at].span.end and not _numbers_heading(text, sentences[at], candidate):
            groups.setdefault(at, []).append(candidate)
    return groups


def _numbers_heading(text: str, sentence: Sentence, candidate: Candidate) -> bool:
    """Whether the number is that of a heading (3.2回款) or of its title; a numbered line that tells a quantity counts."""
    if not sentence.heading:
        return False
    number = _NUMBERING.match(text, sentence.span.start)
    return number is None or candidate.number < number.end() or candidate.numeral.chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """A count as printed (`quote`) and as the rules see it (`found`), and the thing that was chosen in the end."""

    candidate: Candidate
    quote: str
    found: Found
    thing: Found
    following: tuple[Candidate, ...]
    shared: str


def _count(
    text: str,
    sentence: Sentence,
    label: Label,
    fact: _Fact,
    calendar: Years,
    owners: Owners,
    sha256: str,
    page_of: Callable[[int], int],
) -> Count:
    candidate, found, thing = fact.candidate, fact.found, fact.thing
    span = Span(candidate.start, candidate.end)
    bounds = candidate.interval
    baseline = is_baseline(text, candidate, fact.following, report_year=calendar.report)
    status, told = status_of(text, sentence, label, candidate, baseline=baseline, ahead=calendar.looks_ahead(sentence))
    change = Change.LEVEL if baseline else change_of(text, candidate, found, fact.shared)
    clause_start = max(text.rfind(mark, sentence.span.start, candidate.start) for mark in "，；。：") + 1
    clause = text[max(clause_start, sentence.span.start) : candidate.end]
    name_start = thing.span.start if thing.span is not None else candidate.start
    subject, owned = owners.owner(text, sentence, candidate, name_start)
    member = found.name or "" if found.rule == "dealt" else ""
    year, dated = calendar.year_of(sentence, label, candidate, status, member=member)
    nature, based = nature_of(clause, candidate.unit, change, status, thing.name)
    chosen = f"对象：{thing.reason}；" if thing.reason else ""
    return Count(
        id=finding_id(sha256, "count", span),
        span=span,
        quote=fact.quote,
        value=candidate.value,
        high=candidate.high,
        unit=candidate.unit,
        approx=(not bounds.exact and not _as_mark(text, candidate)) or _about(text, candidate),
        lower=bounds.lower,
        upper=bounds.upper,
        object=thing.name,
        subject=thing.owner or subject,
        action=found.verb or fact.shared or None,
        change=change,
        status=status,
        year=year,
        nature=nature,
        level=level_of(thing.name, text[max(sentence.span.start, name_start - 8) : name_start]),
        listed=listed_before(text, sentence, candidate),
        item=None,
        section=sentence.section,
        page=page_of(span.start),
        confidence=_confidence(label, candidate, thing),
        rule=f"count.{thing.rule}",
        reason=f"{chosen}状态：{told}；性质：{based}；年份：{dated}；归属：{owned}",
    )


def _about(text: str, candidate: Candidate) -> bool:
    """Whether words further before make the number an approximate one: 约占总数的|八成, 不到总数的|三成; not 接近完成的|2项."""
    if _AT_LEAST.search(text, max(0, candidate.start - 8), candidate.start):
        return True
    about = ABOUT_SHARE.search(text, max(0, candidate.start - 24), candidate.start)
    return about is not None and not (about.group().endswith("的") and units().is_thing(candidate.unit))


def _as_mark(text: str, candidate: Candidate) -> bool:
    """Whether the number is a mark that a value is held against (均高于|90%|的目标值): the mark itself is exact."""
    return candidate.numeral.before in _AGAINST and _MARK.match(text, candidate.end) is not None


def _confidence(label: Label, candidate: Candidate, found: Found) -> float:
    base = _CONFIDENCE.get(found.rule, 0.85)
    if candidate.numeral.chinese and not candidate.numeral.inside:
        base -= 0.1
    if candidate.inherited:
        base -= 0.1
    if label.kind in {Kind.OTHER, Kind.HEADING}:
        base -= 0.3
    return round(max(base, 0.1), 2)
