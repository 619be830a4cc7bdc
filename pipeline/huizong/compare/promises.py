"""Plans against the next report: kept, partly kept, or no evidence. Rather no evidence than a wrong one.

A plan with an amount is measured by the amount that the next report gives for the same thing in the year aimed at. Any other
plan needs a sentence of the next report about what was done or reached that shares most of its telling words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from huizong.checks.quantities import unit_of
from huizong.compare.points import Point, one_a_year, points, tells_years, unit_to_show
from huizong.compare.records import Edition, Outcome, Promise
from huizong.compare.wording import Worded
from huizong.extractors.telling_words import TellingWords
from huizong.records import Item, Kind, Status

_LEAST = 0.4
"""Cosine from which a sentence of the next report tells of what a plan promised; read off real series, precision first."""

_LEAST_SHARED = 3
_LEAST_COVERED = 0.6
_TELLING = 2
_ABOUT = 0.1
_LEAST_WORDS = 3

_ONGOING = re.compile(
    r"正在|正按|有序推进|稳步推进|加快推进|积极推进|推进中|初步|部分|启动|开工|着手|筹备|筹建|仍|尚|未能|还没|没有|只|仅|不足"
    r"|论证|准备|调研|试运行|试点"
)
_UNDONE = re.compile(
    r"尚未|未能|未完成|未建成|未启动|未落实|未达|未实现|仍未|还没|没有(?:完成|建成|启动|实现|到位)|推迟|延期|搁置|取消"
)
_UP_TO_NEXT = re.compile(r"[^\d；。！？]*")
_DONE = re.compile(
    r"(?<!为)了(?!解)|已|完成|建成|印发|出台|制定|制订|成立|签订|签署|开通|通过|实现|获批|举办|召开|投入使用|竣工|设立|开设|新增|新建"
    r"|达到|修订|派出|选派|引进|组建|搭建|上线|落实|推行|实施|取消|整合|解决|共建|打通|接通"
)
_LOOKS_BACK = re.compile(r"取得(?:了|重大|显著)|胜利|去年|过去")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ONE_YEAR = frozenset({"自然年", "学年"})
_AMOUNTS = frozenset({"总量", "新增", "累计", "截至", "减少"})
_LEAD_IN = re.compile(r"(?:重点|着力|主要)?(?:做好|抓好|开展|推进)?(?:以下|如下)|[：:]$")


def find_promises(reports: Sequence[Worded]) -> list[Promise]:
    """Each plan of each report against the body's report on the time planned for, in reading order.

    Plans whose time no report covers, those of the last report among them, are left out: nothing can be said of them yet.
    """
    found: list[Promise] = []
    years = sorted({r.edition.year for r in reports})
    for year, following in pairwise(years):
        later = [r for r in reports if r.edition.year == following and _covers(r.edition, year + 1)]
        if later:
            reached = _reached([r.edition for r in later])
            for report in (r for r in reports if r.edition.year == year):
                found += _of_report(report, later, reached)
    return found


def _covers(edition: Edition, year: int) -> bool:
    """Whether a report is of that year, or of several years from it on (2021—2022年总结)."""
    titled = [int(y) for y in _YEAR.findall(edition.report.meta.title or "")]
    return min([edition.year, *titled]) <= year


def _of_report(
    report: Worded, later: Sequence[Worded], reached: Mapping[tuple[object, ...], list[Point]]
) -> list[Promise]:
    targets: defaultdict[str, list[Point]] = defaultdict(list)
    for point in points(report.edition):
        if point.target and point.count.item:
            targets[point.count.item].append(point)
    deeds = [
        (r, item, r.own(item))
        for r in later
        for item in r.edition.report.items
        if item.kind in (Kind.MEASURE, Kind.ACHIEVEMENT)
    ]
    told = _amounts([r.edition for r in later])
    found = []
    for plan in report.edition.report.of_kind(Kind.PLAN):
        own = report.own(plan)
        goals = [t for t in targets[plan.id] if t.basis in _ONE_YEAR]
        met = [(t, point) for t in goals for point in _of_owner(reached[(*_thing(t), t.year)], t, plan)]
        if met:
            found += [_measured(report.edition, plan, target, point) for target, point in met]
            continue
        amounts = [t for t in targets[plan.id] if t.kind in _AMOUNTS]
        if tells_years(plan.text):
            continue  # one year's report cannot tell what becomes of it
        telling = len(own) >= _LEAST_WORDS or amounts
        if telling and not _LEAD_IN.search(plan.text) and not _LOOKS_BACK.search(plan.text):
            best = _best(_telling(plan, own), own, deeds)
            if best is None or not (amounts or _amount(report.edition, plan)):
                found.append(_told(report.edition, plan, best))
            else:
                found.append(_beside(report.edition, plan, amounts, told[best[2].id]))
    return found


def _amount(edition: Edition, plan: Item) -> bool:
    """Whether the plan aims at a number, be it of a thing without a telling name (新增机构100家)."""
    counts = (edition.report.count_by_id[name] for name in plan.counts)
    return any(count.status is Status.TARGET for count in counts)


def _thing(point: Point) -> tuple[object, ...]:
    return (point.id, point.name, point.measure, point.kind)


def _reached(editions: Sequence[Edition]) -> defaultdict[tuple[object, ...], list[Point]]:
    """What the reports of a year give as reached, a point an owner, by thing and the year it was reached in."""
    groups: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    for edition in editions:
        for point in points(edition):
            if not point.target and point.basis in _ONE_YEAR and not _is_undone(point):
                groups[(point.owner, *_thing(point))].append(point)
    found: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
    for (_, *thing), group in groups.items():
        for year, point in one_a_year(group).items():
            found[(*thing, year)].append(point)
    return found


def _is_undone(point: Point) -> bool:
    """Whether the words behind the number, up to the next one, say that this much is wanting (其余4门尚未完成)."""
    item = point.edition.report.item_by_id.get(point.count.item or "")
    if item is None:
        return False
    behind = _UP_TO_NEXT.match(item.text, point.count.span.end - item.span.start)
    return behind is not None and _UNDONE.search(behind.group()) is not None


def _of_owner(found: Sequence[Point], target: Point, plan: Item) -> list[Point]:
    """The point of the target's owner; else the only one of owners that share one with it (both schools).

    A plan that names no owner may be about either school: then the only point there is.
    """
    own = [point for point in found if point.owner == target.owner]
    names = set(target.owner.split("、"))
    near = own or [point for point in found if names & set(point.owner.split("、"))]
    calls = {*names, *(short for short, full in target.edition.aliases.items() if full in names)}
    if not near and not any(name in plan.text for name in calls):
        near = list(found)
    return near if len(near) == 1 else []


def _amounts(editions: Sequence[Edition]) -> defaultdict[str, list[Point]]:
    """What each statement of the reports gives as reached."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for edition in editions:
        for point in points(edition):
            if not point.target and point.count.item and not _is_undone(point):
                found[point.count.item].append(point)
    return found


def _beside(edition: Edition, plan: Item, targets: Sequence[Point], told: Sequence[Point]) -> Promise:
    """A target against the amount that the sentence about the same gives, where one name is part of the other."""
    for target in targets:
        for point in told:
            named = target.name in point.name or point.name in target.name
            if named and target.measure == point.measure and target.kind == point.kind:
                return _measured(edition, plan, target, point)
    return _nothing(edition, plan)


def _telling(plan: Item, own: dict[str, float]) -> tuple[set[str], set[str]]:
    """The rarest words of a plan, and the last ones of its clauses, which name things (…统计监测制度): one of each must be
    told again.
    """
    rarest = sorted(own, key=lambda word: (-own[word], word))
    last: set[str] = set()
    for clause in plan.text.split("，"):
        last |= set(sorted((w for w in own if w in clause), key=lambda word: (-clause.rfind(word), word))[:_TELLING])
    return set(rarest[:_TELLING]), last


def _best(
    telling: tuple[set[str], set[str]],
    own: dict[str, float],
    deeds: Sequence[tuple[Worded, Item, dict[str, float]]],
) -> tuple[float, Worded, Item] | None:
    """The sentence that tells of the plan's words, and how alike the two are; `None` when none tells of enough of them."""
    best: tuple[float, Worded, Item] | None = None
    whole = sum(own.values())
    for report, item, words in deeds:
        shared = own.keys() & words.keys()
        if len(shared) < _LEAST_SHARED or sum(own[word] for word in shared) < _LEAST_COVERED * whole:
            continue
        if not all(shared & words_of_plan for words_of_plan in telling):
            continue
        score = TellingWords.cosine(own, words)
        says = _DONE.search(item.text) or _ONGOING.search(item.text)
        if score >= _LEAST and says and (best is None or score > best[0]):
            best = score, report, item
    return best


def _measured(edition: Edition, plan: Item, target: Point, point: Point) -> Promise:
    """A target number against the reached one. Ceilings (失业率控制在4.6%以内) are kept from below; 左右 leaves a tenth."""
    count = target.count
    about = count.approx and count.lower is None and count.upper is None
    ceiling = (target.series is not None and target.series.low) or (count.lower is None and count.upper is not None)
    slack = _ABOUT * abs(target.value) if about else 0.0
    kept = point.value <= target.value + slack if ceiling else point.value >= target.value - slack
    unit = unit_to_show([target])
    factor = unit_of(unit)[1]
    return Promise(
        body=edition.body,
        year=edition.year,
        quote=plan.text.strip(),
        outcome=Outcome.KEPT if kept else Outcome.PARTLY,
        evidence_year=point.edition.year,
        evidence_quote=point.quote,
        target=round(target.value / factor, 6),
        reached=round(point.value / factor, 6),
        unit=unit,
        confidence=0.9 if target.known else 0.75,
    )


def _told(edition: Edition, plan: Item, best: tuple[float, Worded, Item] | None) -> Promise:
    """A plan without an amount: kept where the sentence says done, partly where it says that it goes on or began."""
    if best is None:
        return _nothing(edition, plan)
    score, report, item = best
    partly = _ONGOING.search(item.text) is not None or _DONE.search(item.text) is None
    return Promise(
        body=edition.body,
        year=edition.year,
        quote=plan.text.strip(),
        outcome=Outcome.PARTLY if partly else Outcome.KEPT,
        evidence_year=report.edition.year,
        evidence_quote=item.text.strip(),
        confidence=round(min(0.9, 0.4 + score / 2), 2),
    )


def _nothing(edition: Edition, plan: Item) -> Promise:
    return Promise(
        body=edition.body, year=edition.year, quote=plan.text.strip(), outcome=Outcome.NO_EVIDENCE, confidence=0.6
    )
