"""Plans against the next report: kept, partly kept, or no evidence. Rather no evidence than a wrong one.

A plan with an amount is measured by the amount that the next report gives for the same thing in the year aimed at. Of any other
plan each clause is looked up among the clauses that tell what was done or reached (`phrases`); verbs tell how far it has come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from huizong.compare.phrases import Likeness, Phrase, Told, Weights, phrases_of
from huizong.compare.points import Point, Reading, one_a_year, role_of, tells_years
from huizong.compare.records import Edition, Outcome, Promise
from huizong.compare.targets import measured, of_owner, same_amount
from huizong.lexicon.stages import head_words, stage_pattern
from huizong.records import Count, Item, Kind, Role, Status

_LEAST_COVERED = 0.6
_LEAST_COSINE = 0.45
_LEAST_MASS = 1.0
_LEAST_MASS_OF_ONE = 0.8
_ENOUGH_COVERED = 0.75
_ENOUGH_MASS = 1.4
_VERBATIM = 6
_VERBATIM_MASS = 1.2
_LEAST_WORDS = 2
_TELLING = 2
_LONGEST_QUOTE = 120

_LOOKS_BACK = re.compile(r"取得(?:了|重大|显著)|胜利|去年|过去")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ONE_YEAR = frozenset({"自然年", "学年"})
# Whose spirit the work is done in, and what a report says of its own plans: nothing that the next one could answer.
_PRINCIPLE = re.compile(
    r"^(?:必须坚持|(?:我们)?要?高举)|以[^。]{2,60}为(?:指导|主题|主线|统领)|(?:总体|工作)要求是|指导思想"
    r"|贯彻[^。]{0,30}(?:大|全会|思想|讲话|指示|批示|发展观)(?:重要)?精神|^(?:以上|上述)|(?:着重|需要)说明|^实现上述目标"
)
_LEAD_IN = re.compile(r"(?:重点|着力|主要)?(?:做好|抓好|开展|推进)?(?:以下|如下)|[：:]$")
_STEP = re.compile(r"^(?:比|较)(?:上年|去年|20\d\d年)")
_PHASE = re.compile(r"[一二三四五六]期")
_TITLE = re.compile(r"\s*[—-]{2}")
_PAST = re.compile(r"(?<!为)了(?!解)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """What the reports of the year after a plan tell: amounts by thing and year, amounts by statement, clauses of deeds."""

    reached: Mapping[tuple[object, ...], list[Point]]
    amounts: Mapping[str, list[Point]]
    told: Told
    weights: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A clause of a plan, the clause that answers it and how far the thing has come."""

    plan: Phrase
    deed: Phrase
    likeness: Likeness
    outcome: Outcome


def find_promises(readings: Sequence[Reading]) -> list[Promise]:
    """Each plan of each report against the body's report on the time planned for, in reading order.

    Plans whose time no report covers, those of the last report among them, are left out: nothing can be said of them yet.
    """
    phrases = [(reading, phrases_of(reading.edition)) for reading in readings]
    weights = Weights(phrase for _, own in phrases for phrase in own)
    found: list[Promise] = []
    for year, following in pairwise(sorted({reading.edition.year for reading in readings})):
        later = [(r, own) for r, own in phrases if r.edition.year == following and _covers(r.edition, year + 1)]
        if later:
            told = Told([phrase for r, own in later for phrase in own if _is_deed(r.edition, phrase.item)], weights)
            reached, amounts = _reached([r for r, _ in later])
            after = _Year(reached=reached, amounts=amounts, told=told, weights=weights)
            for reading, own in phrases:
                if reading.edition.year == year:
                    found += _of_report(reading, own, after)
    return found


def _is_deed(edition: Edition, item: Item) -> bool:
    """Whether a statement tells what was done, be it not all of it; a bold line (——改革实现新突破) only says what comes next."""
    told = item.kind in (Kind.MEASURE, Kind.ACHIEVEMENT)
    half = item.kind is Kind.ISSUE and role_of(edition.report, item) is Role.PROGRESS
    return (told or half) and item.span.start < edition.end and _TITLE.match(item.text) is None


def _plans(edition: Edition) -> list[Item]:
    """The plans of a report, and what else a section of plans says shortly (筹建风电产业学院。)."""
    return [
        item
        for item in edition.report.items
        if item.span.start < edition.end
        and (
            item.kind is Kind.PLAN
            or (
                item.kind in (Kind.MEASURE, Kind.BACKGROUND)
                and role_of(edition.report, item) is Role.PLANS
                and stage_pattern("aims").match(item.text)
            )
        )
    ]


def _covers(edition: Edition, year: int) -> bool:
    """Whether a report is of that year, or of several years from it on (2021—2022年总结)."""
    titled = [int(y) for y in _YEAR.findall(edition.report.meta.title or "")]
    return min([edition.year, *titled]) <= year


def _of_report(reading: Reading, phrases: Sequence[Phrase], after: _Year) -> list[Promise]:
    targets: defaultdict[str, list[Point]] = defaultdict(list)
    for point in reading.points:
        if point.target and point.count.item:
            targets[point.count.item].append(point)
    clauses: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        clauses[phrase.item.id].append(phrase)
    found = []
    for plan in _plans(reading.edition):
        found += _of_plan(reading.edition, plan, targets[plan.id], clauses[plan.id], after)
    return found


def _of_plan(
    edition: Edition, plan: Item, targets: Sequence[Point], clauses: Sequence[Phrase], after: _Year
) -> list[Promise]:
    """A row for each amount that is measured, and one for the clauses without; nothing for what promises nothing."""
    found: list[Promise] = []
    settled: list[Point] = []
    for target in targets:
        if target.basis in _ONE_YEAR:
            met = of_owner(after.reached[(*target.thing, target.year)], target, plan)
            found += [measured(edition, plan, target, point) for point in met]
            settled += [target] if met else []
    if tells_years(plan.text):
        return found  # one year's report cannot tell what becomes of it
    if any(pattern.search(plan.text) for pattern in (_LEAD_IN, _LOOKS_BACK, _PRINCIPLE)):
        return found
    open_clauses = [c for c in clauses if not any(_holds(c, t) for t in settled) and _is_telling(c, plan, edition)]
    answers = []
    for clause in open_clauses:
        own = [t for t in targets if _holds(clause, t)]
        single = all(target.exact and target.value == 1 for target in own)  # 1栋 is no measure, but the thing itself
        if own or _aims_at_amount(clause, plan):
            found += (beside := _beside(edition, plan, clause, own, after))
            if beside or not single:
                continue
        if (answer := _answer(clause, after)) is not None:
            answers.append(answer)
    if answers:
        found.append(_told(edition, plan, open_clauses, answers, after.weights))
    elif not found and (open_clauses or targets):
        found.append(_nothing(edition, plan))
    return found


def _holds(clause: Phrase, target: Point) -> bool:
    return clause.span.start <= target.count.span.start < clause.span.end


def _is_telling(clause: Phrase, plan: Item, edition: Edition) -> bool:
    """Whether a clause promises something that the next report can tell of: not a step, what was, or a year farther off."""
    if _STEP.search(clause.text) or any(int(year) > edition.year + 1 for year in _YEAR.findall(clause.text)):
        return False
    if any(c.status is Status.ACTUAL and c.year is not None and c.year < edition.year for c in _counts(clause, plan)):
        return False
    return len(clause.words) >= _LEAST_WORDS or _aims_at_amount(clause, plan)


def _counts(clause: Phrase, statement: Item) -> list[Count]:
    """The counts of a statement that stand in one of its clauses."""
    counts = (clause.edition.report.count_by_id[name] for name in statement.counts)
    return [count for count in counts if clause.span.start <= count.span.start < clause.span.end]


def _aims_at_amount(clause: Phrase, plan: Item) -> bool:
    """Whether the clause aims at a number, be it of a thing without a telling name (新增机构100家)."""
    return any(count.status is Status.TARGET for count in _counts(clause, plan))


def _reached(
    readings: Sequence[Reading],
) -> tuple[defaultdict[tuple[object, ...], list[Point]], defaultdict[str, list[Point]]]:
    """What the reports of a year give as reached: a point an owner, by thing and the year it was reached in; and by statement."""
    groups: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    amounts: defaultdict[str, list[Point]] = defaultdict(list)
    for reading in readings:
        for point in reading.points:
            if not point.target and point.basis in _ONE_YEAR:
                groups[(point.owner, *point.thing)].append(point)
                if point.count.item:
                    amounts[point.count.item].append(point)
    found: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    for (_, *thing), group in groups.items():
        for year, point in one_a_year(group).items():
            found[(*thing, year)].append(point)
    return found, amounts


def _beside(edition: Edition, plan: Item, clause: Phrase, targets: Sequence[Point], after: _Year) -> list[Promise]:
    """The clause's amounts against those that a clause about the same thing gives."""
    found = []
    for target in (t for t in targets if t.basis in _ONE_YEAR):
        for likeness, deed in after.told.alike(clause):
            if not _same(clause, likeness, deed, after.weights):
                continue
            near = [p for p in after.amounts[deed.item.id] if _holds(deed, p) and same_amount(target, p)]
            if near:
                found.append(measured(edition, plan, target, near[0]))
                break
    return found


def _answer(clause: Phrase, after: _Year) -> _Answer | None:
    """The likest clause that tells of the same thing and says how far it has come."""
    for likeness, deed in after.told.alike(clause):
        if _same(clause, likeness, deed, after.weights) and (outcome := _stage(clause, likeness, deed)) is not None:
            return _Answer(plan=clause, deed=deed, likeness=likeness, outcome=outcome)
    return None


def _same(clause: Phrase, likeness: Likeness, deed: Phrase, weights: Weights) -> bool:
    """Whether the words shared are enough, and the clause's rarest word and one of its two last are among them.

    Where nearly all is told again, or much of it in the same words, the second rarest will do. The second stage of a work
    (二期) is another thing than the first.
    """
    if not set(_PHASE.findall(clause.text)) <= set(_PHASE.findall(deed.item.text)):
        return False
    enough = likeness.covered >= _ENOUGH_COVERED and likeness.mass >= _ENOUGH_MASS
    least = _LEAST_MASS if len(clause.words) > 1 else _LEAST_MASS_OF_ONE
    near = likeness.covered >= _LEAST_COVERED and likeness.cosine >= _LEAST_COSINE and likeness.mass >= least
    if not enough and not near:
        return False
    shared = likeness.shared - head_words()
    if len(shared) < min(_LEAST_WORDS, len(set(clause.words) - head_words())):
        return False
    verbatim = likeness.mass >= _VERBATIM_MASS and _longest_run(clause.text, deed.text) >= _VERBATIM
    rarest = sorted(clause.words, key=lambda word: (-weights.of(word), word))[: _TELLING if enough or verbatim else 1]
    return not shared.isdisjoint(rarest) and not likeness.shared.isdisjoint(clause.words[-_TELLING:])


def _longest_run(one: str, other: str) -> int:
    """How many characters in a row the two have in common."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _stage(clause: Phrase, likeness: Likeness, deed: Phrase) -> Outcome | None:
    """How far the thing has come, by the words nearest to it; `None` where the clause only names it or says that it failed."""
    if deed.item.kind is Kind.ISSUE:
        return None  # only its amounts count
    parts = deed.text.split("、")
    own = max(parts, key=lambda part: sum(word in part for word in likeness.shared))
    for words in (own, deed.text):
        if stage_pattern("undone").search(words):
            return None
        if stage_pattern("ongoing").search(words):
            return Outcome.KEPT if stage_pattern("started").search(clause.text) else Outcome.PARTLY
        if stage_pattern("done").search(words) or _PAST.search(words):
            return Outcome.KEPT
    return Outcome.KEPT if any(c.status is Status.ACTUAL for c in _counts(deed, deed.item)) else None


def _told(
    edition: Edition, plan: Item, clauses: Sequence[Phrase], answers: Sequence[_Answer], weights: Weights
) -> Promise:
    """Kept where the clauses told as done carry most of the plan's weight, else partly; the likest answer is quoted."""
    whole = sum(weights.whole(clause) for clause in clauses)
    done = sum(weights.whole(a.plan) for a in answers if a.outcome is Outcome.KEPT)
    best = max(answers, key=lambda a: (a.likeness.covered + a.likeness.cosine, -a.plan.span.start))
    sentence = best.deed.item.text.strip()
    return Promise(
        body=edition.body,
        year=edition.year,
        quote=plan.text.strip(),
        outcome=Outcome.KEPT if done >= _LEAST_COVERED * whole else Outcome.PARTLY,
        evidence_year=best.deed.edition.year,
        evidence_quote=sentence if len(sentence) <= _LONGEST_QUOTE else best.deed.text.strip(),
        part=best.plan.text.strip() if len(clauses) > 1 else None,
        confidence=round(min(0.9, 0.3 + (best.likeness.covered + best.likeness.cosine) / 4), 2),
    )


def _nothing(edition: Edition, plan: Item) -> Promise:
    return Promise(
        body=edition.body, year=edition.year, quote=plan.text.strip(), outcome=Outcome.NO_EVIDENCE, confidence=0.6
    )
