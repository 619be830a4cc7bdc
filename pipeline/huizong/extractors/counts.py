"""Counts: numbers that say how many or how much, with what they count, whose it is and what kind of number it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from huizong.extractors.count_candidates import Candidate, find_candidates
from huizong.extractors.count_context import change_of, level_of, nature_of
from huizong.extractors.count_lists import listed_before, members_of, runs_of
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_owners import Owners
from huizong.extractors.count_phrases import Found, names_only_rank
from huizong.extractors.count_relations import PERSON
from huizong.extractors.count_status import is_baseline, status_of
from huizong.extractors.count_words import even_marks, words_of
from huizong.extractors.count_years import Years
from huizong.lexicon.units import counting_words, units
from huizong.records import Alias, Count, Kind, Label, Meta, Nature, Section, Sentence, Span, Status, Token, finding_id

_PLANNED_LIST = re.compile(r"(?:、|，其中)(?![^，。；]*(?:完成|实际|达到|已))[^，。；]*$")
_PICKED = ("查出", "叫停", "发现", "清退", "撤销", "达到", "剔除", "筛出", "暂停")
_NUMBERING = re.compile(r"[ \u3000]*[（(]?(?:\d+(?:[.．]\d+)*|[一二三四五六七八九十]+)[）)]?[、.．，]?")
_SUMS = ("，合计", "；合计", "，共计")
_COHORT = re.compile(r"20\d\d[级年]")  # 2019级236人: of that year, but no thing to carry on
_JOINED = re.compile(r"[、和及与](?:第[一二三四]批)?")
_RANK = re.compile(r"^(?:国家|省部|市厅|地市|自治区|[省市校院厅县区州])级(?:及)?(?:以上|以下)?")
_CONFIDENCE = {
    "behind": 0.95,
    "noun": 0.92,
    "verb": 0.8,
    "dealt": 0.88,
    "partial": 0.8,
    "carried": 0.8,
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
) -> tuple[Count, ...]:
    """The counts of a report in reading order.

    `labels` go with `sentences` one to one; `tokens` cover the whole text; `page_of` gives the 1-based page of an offset;
    `years` are the years reported on (those of `meta` when empty). Titles and what 首个 or 全部 imply give no counts.
    Raises `ValueError` when labels and sentences differ in number.
    """
    if len(labels) != len(sentences):
        raise ValueError(f"{len(labels)} labels for {len(sentences)} sentences")
    meta = meta or Meta()
    printed, text = text, even_marks(text)
    calendar = Years(text, sentences, sections, years or meta.years, meta.title)
    owners = Owners(aliases, meta)
    starts = [sentence.span.start for sentence in sentences]
    buckets: dict[int, list[Candidate]] = {}
    for candidate in find_candidates(text):
        at = bisect_right(starts, candidate.start) - 1
        if at >= 0 and candidate.end <= sentences[at].span.end and not _numbers_heading(text, sentences[at], candidate):
            buckets.setdefault(at, []).append(candidate)
    counts: list[Count] = []
    previous: list[tuple[Candidate, Found]] = []
    for at in sorted(buckets):
        sentence, label, group = sentences[at], labels[at], buckets[at]
        words = words_of(text, sentence.span.start, sentence.span.end, tokens, group)
        context = previous if at - 1 in buckets or at - 2 in buckets else []
        facts = _resolve(text, sentence, group, ObjectFinder(text, words, group), context)
        for i, (candidate, found) in enumerate(facts):
            following = tuple(group[i + 1 : i + 4])
            fact = _Fact(candidate=candidate, found=found, following=following, shared=_shared_verb(text, facts, i))
            count = _count(text, sentence, label, fact, calendar, owners, sha256, page_of)
            count = replace(count, quote=count.span.of(printed))
            last = counts[-1] if i else None
            if count.level is None and last is not None and text[last.span.end : count.span.start].startswith("、"):
                count = replace(count, level=last.level)  # 省级“甲”1项、“乙”1项: both are 省级
            listed = last is not None and _PLANNED_LIST.match(text[last.span.end : count.span.start])
            if listed and last is not None and last.status is Status.TARGET and count.status is Status.ACTUAL:
                # 预算投入800万元、配套450万元: the whole list is planned, unless it goes on to what was reached.
                count = replace(count, status=Status.TARGET, nature=Nature.TARGET)
            counts.append(count)
        previous = facts
    return tuple(counts)


def _numbers_heading(text: str, sentence: Sentence, candidate: Candidate) -> bool:
    """Whether the number is that of a heading (3.2回款) or of its title; a numbered line that tells a quantity counts."""
    if not sentence.heading:
        return False
    number = _NUMBERING.match(text, sentence.span.start)
    return number is None or candidate.number < number.end() or candidate.numeral.chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    candidate: Candidate
    found: Found
    following: tuple[Candidate, ...]
    shared: str


def _resolve(
    text: str,
    sentence: Sentence,
    group: list[Candidate],
    finder: ObjectFinder,
    previous: list[tuple[Candidate, Found]],
) -> list[tuple[Candidate, Found]]:
    """The object of every count of a sentence: found in its clause, dealt out from a list, or carried over."""
    facts: list[tuple[Candidate, Found]] = []
    runs = runs_of(text, group)
    for i, candidate in enumerate(group):
        run = runs[i]
        if run and run[0] == i:
            facts.extend(_deal(text, sentence, [group[k] for k in run], finder, facts, previous))
            continue
        if run:
            continue
        found = _joined(text, group, i, finder)
        facts.append((candidate, _completed(text, candidate, found, finder, facts, previous)))
    return facts


def _joined(text: str, group: list[Candidate], i: int, finder: ObjectFinder) -> Found:
    """The object of `group[i]`; of 3800户、58万平方米棚户区改造 both numbers have the thing behind the second."""
    found, candidate = finder.find(group[i]), group[i]
    if candidate.unit in {"金", "银", "铜"}:
        return replace(found, name=candidate.unit + "牌", span=None)
    if (
        found.name is None
        and not found.follows
        and i + 1 < len(group)
        and _JOINED.fullmatch(text, candidate.end, group[i + 1].start)
    ):
        other = finder.find(group[i + 1])
        if other.rule == "behind":
            return other
    return found


def _completed(
    text: str,
    candidate: Candidate,
    found: Found,
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> Found:
    """`found` with its missing object taken from the clause or count before."""
    unit = candidate.unit
    same = _same_unit(facts, unit) or _same_unit(previous, unit)
    if found.name and names_only_rank(found.name):
        head = _RANK.sub("", same.name or "") if same is not None else ""
        return replace(found, name=found.name + head, rule="level") if head else found
    if found.rule in {"part", "partial"} and found.name:
        opens = next((verb for verb in _PICKED if found.name.startswith(verb)), "")  # 查出没水的11个
        short = len(found.name) < 4 or (opens and unit not in {"人", "名", "位"})
        return replace(found, name=same.name, span=None, rule="carried") if short and same is not None else found
    if found.name:
        bare = found.rule == "verb" and len(found.name) == 1 and found.name not in {"金", "银", "铜"}
        if bare and (same is not None or facts):  # 今年用了71.3万元, 采了3.6万斤，卖了21万元
            name = (same or _countable(facts)).name
            return replace(found, name=name, span=None, verb=found.name, rule="carried")
        person = (
            unit in {"人", "名", "位"} and PERSON.search(found.name) is None and found.rule == "noun" and found.span
        )
        if person and found.verb in counting_words().undergone and text.endswith(found.verb, 0, found.span.start):
            whole = Span(found.span.start - len(found.verb), found.span.end)  # 解除预警571人, 批评教育14人
            return replace(found, name=whole.of(text), span=whole)
        deed = unit.lstrip("万") in {"人", "名", "人次"} and found.name in counting_words().deeds
        if (
            found.rule == "verb"
            and same is not None
            and not units().is_money(unit)
            and not units().is_rate(unit)
            and not deed
            and not _kinds(text, candidate, found)
        ):
            return replace(found, name=same.name, span=None, verb=found.name, rule="carried")
        tail = finder.clause_tail(candidate)
        opens = found.rule == "verb" and found.name in counting_words().organising and tail.name is not None
        if opens and (not facts or _later(tail, facts[-1][0])):
            return replace(tail, verb=found.name, relation=found.relation)
        return found
    if _sums_up(text, candidate, facts) and not found.follows:  # 茶叶600斤、大米2万斤，合计36.8万元
        return replace(found, name="合计", span=None, rule="carried")
    if found.follows and facts:
        other = units().is_rate(facts[-1][0].unit) and not units().is_rate(unit)  # 上线率61.3%，比去年多了88人
        return replace(found, name=(_countable(facts) if other else facts[-1][1]).name, rule="carried")
    lexicon = counting_words()
    grows = found.follows or any(
        word in lexicon.increase or word in lexicon.decrease or word == "占" for word in found.relation
    )
    subject, tail = finder.clause_subject(candidate), finder.clause_tail(candidate)
    order = (subject, tail) if grows else (tail, subject)
    nearer = next((f for f in order if f.name and (not facts or _later(f, facts[-1][0]))), None)
    if facts and (
        nearer is None or (grows and nearer is not subject) or (_same_unit(facts, unit) is not None and not grows)
    ):
        last = facts[-1][1] if grows else _same_unit(facts, unit) or _countable(facts)
        return replace(found, name=last.name, rule="carried")
    if nearer is not None:
        return replace(nearer, relation=found.relation)
    if same is not None or (previous and found.relation):
        return replace(found, name=(same or previous[-1][1]).name, rule="carried")
    return found


def _sums_up(text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]) -> bool:
    """Whether the number is the sum of a list of different things."""
    if len(facts) < 2 or not text[: candidate.start].endswith(_SUMS):
        return False
    (before, first), (last, second) = facts[-2:]
    listed = before.unit == last.unit or text[before.end : last.start].startswith("、")
    return listed and first.name != second.name


def _kinds(text: str, candidate: Candidate, found: Found) -> bool:
    """Whether what happened is one of the kinds that a whole is told in: 接警412起，其中纠纷97起，求助251起."""
    name = found.name or ""
    if len(name) < 2 or name in counting_words().strong:
        return False
    sentence = text[: candidate.start].rpartition("。")[2].rpartition("；")[2]
    return "其中" in sentence and not re.search("到|达|计", name)


def _same_unit(facts: list[tuple[Candidate, Found]], unit: str) -> Found | None:
    """The latest fact of that unit whose object is a thing, not a bare verb or rank."""
    kept = (
        f
        for c, f in facts[::-1]
        if c.unit == unit
        and f.name
        and f.rule not in {"verb", "level", "part", "partial"}
        and not _COHORT.match(f.name)
    )
    return next(kept, None)


def _countable(facts: list[tuple[Candidate, Found]]) -> Found:
    """The latest fact that is no rate, else the latest."""
    return next(
        (f for c, f in facts[::-1] if f.name and not units().is_rate(c.unit) and f.rule != "partial"), facts[-1][1]
    )


def _later(found: Found, candidate: Candidate) -> bool:
    return found.span is not None and found.span.start >= candidate.end


def _deal(
    text: str,
    sentence: Sentence,
    run: list[Candidate],
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> list[tuple[Candidate, Found]]:
    """Deals the members of the list before a run of numbers out to them in order; all get the one object when it is no list."""
    first = finder.find(run[0])
    floor = facts[-1][0].end if facts else sentence.span.start
    names = members_of(text, floor, run, first)
    if run[0].unit in {"金", "银", "铜"}:
        names = [run[0].unit + "牌"] * len(run)
    if names is None:
        shared = _completed(text, run[0], first, finder, facts, previous)
        return [(candidate, shared) for candidate in run]
    return [
        (candidate, replace(first, name=name, span=None, rule="dealt"))
        for candidate, name in zip(run, names, strict=True)
    ]


def _shared_verb(text: str, facts: list[tuple[Candidate, Found]], at: int) -> str:
    """The verb that opened the list a count stands in: 新增A14家、B38家."""
    while at > 0 and not facts[at][1].verb:
        gap = text[facts[at - 1][0].end : facts[at][0].start]
        if not gap.startswith(("、", "和")) or "，" in gap:
            break
        at -= 1
    return facts[at][1].verb


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
    candidate, found = fact.candidate, fact.found
    span = Span(candidate.start, candidate.end)
    bounds = candidate.interval
    baseline = is_baseline(text, candidate, fact.following, report_year=calendar.report)
    status = status_of(text, sentence, label, candidate, baseline=baseline, ahead=calendar.looks_ahead(sentence))
    change = change_of(text, candidate, found, fact.shared)
    clause_start = max(text.rfind(mark, sentence.span.start, candidate.start) for mark in "，；。：") + 1
    clause = text[max(clause_start, sentence.span.start) : candidate.end]
    name_start = found.span.start if found.span is not None else candidate.start
    return Count(
        id=finding_id(sha256, "count", span),
        span=span,
        quote=span.of(text),
        value=candidate.value,
        high=candidate.high,
        unit=candidate.unit,
        approx=not bounds.exact,
        lower=bounds.lower,
        upper=bounds.upper,
        object=found.name,
        subject=owners.owner(text, sentence, candidate, name_start),
        action=found.verb or fact.shared or None,
        change=change,
        status=status,
        year=calendar.year_of(
            sentence, label, candidate, status, member=found.name or "" if found.rule == "dealt" else ""
        ),
        nature=nature_of(clause, candidate.unit, change, status, found.name),
        level=level_of(found.name, text[max(sentence.span.start, name_start - 8) : name_start]),
        listed=listed_before(text, sentence, candidate),
        item=None,
        section=sentence.section,
        page=page_of(span.start),
        confidence=_confidence(label, candidate, found),
        rule=f"count.{found.rule}",
    )


def _confidence(label: Label, candidate: Candidate, found: Found) -> float:
    base = _CONFIDENCE.get(found.rule, 0.85)
    if candidate.numeral.chinese and not candidate.numeral.inside:
        base -= 0.1
    if candidate.inherited:
        base -= 0.1
    if label.kind in {Kind.OTHER, Kind.HEADING}:
        base -= 0.3
    return round(max(base, 0.1), 2)
