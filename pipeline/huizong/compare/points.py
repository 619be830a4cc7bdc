"""Counts as points of series: what is counted under one name, of whom, in which sense, over which time, for which year.

Two counts may be subtracted only when all of that is the same. The sense is read off the words beside the number rather than
off `Count.nature` alone: a level without any such word is the year's or the present one, which reports do not keep apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from huizong.checks.quantities import Quantity, quantity, unit_of
from huizong.compare.bodies import owner
from huizong.compare.places import TIMES
from huizong.compare.records import Edition
from huizong.indicators import match_indicator
from huizong.lexicon.series import Series, generic_names, names_of_series
from huizong.lexicon.stages import stage_pattern
from huizong.records import Change, Count, Item, Kind, Nature, Role, Status
from huizong.report import Report

GROWTH = "增幅"
_RATES = frozenset({"%", "百分点", "个百分点", "‰"})
_WEIGHTS = {"斤": 0.0005, "公斤": 0.001, "千克": 0.001}  # in 吨
_LONGEST_QUOTE = 80
_LOOK_BACK = 1500
_OPENING = 600
_BLANKS = re.compile(r"[\s“”\"‘’《》]")
_PART = re.compile(r"其中|分别")
_NEW = re.compile(r"新(?:增|建|设|开|立|签|聘|引|招|进|获)|净增")
_TOTAL = re.compile(r"累[计积]")
_AS_OF = re.compile(r"截[至止]")
_LAST_YEAR = re.compile(r"去年|上年|过去一年|过去的一年|一年来")
_PAST_YEAR = re.compile(r"过去一年|过去的一年|一年来")
_STANDARD = re.compile(r"标准")
_AS_STANDARD = re.compile(r"[^，。；]{0,10}(?:作为|标准)")
_REACHED = re.compile(r"(?:达到?|[增升]至|[加高升大长]到|降[到至])(?:20\d\d年的?)?[^，。；\d]{0,3}$")
_RISEN = re.compile(r"(?:[增升]至|[提升][升高]?[到至]|[降减][低少]?[到至])[^，。；\d]{0,3}$")
_BEHIND_NUMBER = re.compile(r"[^\d、]*$")
_UP_TO_NEXT = re.compile(r"[^\d，,；。！？]*")
_CLASSIFIERS = frozenset("个项家户所支门部本份件条座处间场次期对名篇套")
_OWN_LEVEL = re.compile(r"本级")
_HERD = re.compile(r"头[（(]?只[）)]?")
_NO_UNIT = frozenset({"万", "亿", "千", "百", "大"})  # 六大优势产业 is a name
_COUNTED_BY_HOUSE = re.compile(r"企业|主体|单位|公司|商户|个体|工厂|店")
_AGE = re.compile(r"寿命|年龄")
_ABOVE = re.compile(r"(\d[\d.]*[万亿]?元)(?:及)?(以[上下])的?$")
_SPENT = re.compile(r"(?:投资|投入)$")
_BASES = {"years": "多年", "school": "学年", "part": "部分年份", "year": "自然年"}


@dataclass(frozen=True, kw_only=True)
class Point:
    """A count of a report in a series. `known` tells that the name stands for one thing; `basis` is the time it covers.

    `low`..`high` are bounds in `base`, the unit without 万 and 亿; `sign` is −1 for what fell.
    """

    edition: Edition
    count: Count
    id: str | None
    name: str
    owner: str
    base: str
    kind: str
    target: bool
    basis: str
    year: int
    value: float
    low: float
    high: float
    known: bool
    part: bool
    series: Series | None
    quote: str

    @property
    def key(self) -> tuple[object, ...]:
        """What two points must share to be compared. One thing is counted with several classifiers (专业群 3个, 3项)."""
        return (self.id, self.name, self.owner, self.measure, self.kind, self.target, self.basis)

    @property
    def thing(self) -> tuple[object, ...]:
        """What a target and the amount reached must share, whoever's they are."""
        return (self.id, self.name, self.measure, self.kind)

    @property
    def measure(self) -> str:
        """The unit as far as it matters: one for all classifiers; households (城中村5.1万户) are no 个 of the thing."""
        if self.base == "户" and _COUNTED_BY_HOUSE.search(self.name) is None:
            return self.base
        return "个" if self.base in _CLASSIFIERS else self.base

    @property
    def statement(self) -> str:
        """The words of the statement up to the number; empty for a count of a table."""
        item = self.edition.report.item_by_id.get(self.count.item or "")
        return "" if item is None else item.text[: self.count.span.start - item.span.start]

    @property
    def exact(self) -> bool:
        """Whether the report says a plain number."""
        return not self.count.approx and self.count.high is None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A report and the points of it: the counts that have a name and a year, in reading order, without former values."""

    edition: Edition
    points: tuple[Point, ...]


def read(edition: Edition) -> Reading:
    """The report with its points, which several parts of the comparison look at."""
    own = (c for c in edition.report.counts if c.table is not None or c.span.start < edition.end)
    found = (as_point(edition, count) for count in own if count.status is not Status.BASELINE)
    return Reading(edition=edition, points=tuple(p for p in found if p is not None and not _is_undone(p)))


def _is_undone(point: Point) -> bool:
    """Whether the words behind the number, up to the next one, say that this much is wanting (其余4门尚未完成)."""
    item = point.edition.report.item_by_id.get(point.count.item or "")
    if item is None:
        return False
    behind = _UP_TO_NEXT.match(item.text, point.count.span.end - item.span.start)
    return behind is not None and stage_pattern("undone").search(behind.group()) is not None


def as_point(edition: Edition, count: Count) -> Point | None:
    """The count as a point; `None` for one without a telling name, a year or a unit."""
    q = quantity(count)
    if q is None or not count.object or q.base in _NO_UNIT or (q.base == "岁" and not _AGE.search(count.object)):
        return None
    report = edition.report
    year = count.year
    if year is None:
        if report.meta.years or count.status is not Status.ACTUAL:
            return None
        year = edition.year
    before, sentence = _before(edition, count)
    standard = _STANDARD.search(before) or _AS_STANDARD.match(report.words_around(count), count.span.end)
    if standard and not _STANDARD.search(count.object):
        return None
    told = _last_time(edition, count)
    target = count.status is Status.TARGET
    if target and told is not None and _looks_back(report, count, told.group()):
        target, year = False, edition.year - 1  # 过去一年…：国内生产总值增长10.3%
    if target and not _is_planned(report, count):
        target = False  # 建成1间，另一间尚未开工
    named = _name(_without_body(edition, count), before, sentence, q)
    if named is None:
        return None
    identity, name, base, series = named
    if series is None and identity is None:
        name += _limit(edition, count)
    quote = quote_of(edition, count)
    if _OWN_LEVEL.search(quote) and _OWN_LEVEL.search(name) is None:
        name = "本级" + name  # 区本级固定资产投资 is a part of 全社会固定资产投资
    factor = _WEIGHTS.get(base, 1.0)
    base = "吨" if base in _WEIGHTS else _HERD.sub("头", base)
    said = sentence.partition(count.quote)[0] or before
    kind = _kind(count, before, said, base, series)
    sign = -1.0 if count.change is Change.DECREASE and kind == GROWTH else 1.0
    ends = sorted((sign * factor * q.low, sign * factor * q.high))
    return Point(
        edition=edition,
        count=count,
        id=identity,
        name=name,
        owner=owner(edition, count.subject),
        base=base,
        kind=kind,
        target=target,
        basis="自然年" if kind == "总量" and _is_reached(before, name, series) else _basis(edition, count, told),
        year=year,
        value=sign * factor * q.value,
        low=ends[0],
        high=ends[1],
        known=series is not None or identity is not None,
        part=_PART.search(before) is not None,
        series=series,
        quote=quote,
    )


def _limit(edition: Edition, count: Count) -> str:
    """From which amount on a thing counts (投资500万元以上的技改项目): with another limit it is another thing."""
    text, thing = edition.report.text, count.object or ""
    if count.table is not None:
        return ""
    start, end = edition.places.clause(count.span.start, count.span.end)
    at = text.rfind(thing, start, end)
    limit = _ABOVE.search(text, start, at) if at >= 0 else None
    if limit is None:
        return ""
    return f"（{limit[1]}{limit[2]}）"


def _is_reached(before: str, name: str, series: Series | None) -> bool:
    """Whether a level of one time is told, be it among deeds of several years; what was spent adds up (五年…水利投资达2000亿元)."""
    return _REACHED.search(before) is not None and (series is not None or _SPENT.search(name) is None)


def quote_of(edition: Edition, count: Count) -> str:
    """The clause of the count, from the one that names its thing when that is near; the cell for a count of a table."""
    report = edition.report
    text = report.words_around(count)
    if count.table is not None:
        return text
    start, end = edition.places.clause(count.span.start, count.span.end)
    item = report.item_by_id.get(count.item or "")
    if item is not None and count.object and count.object not in text[start:end]:
        at = text.rfind(count.object, item.span.start, count.span.start)
        if at >= 0 and end - at <= _LONGEST_QUOTE:
            start = edition.places.clause(at, at)[0]
    return text[start:end].strip()


def _before(edition: Edition, count: Count) -> tuple[str, str]:
    """The words of the clause before a count, and its whole sentence."""
    if count.table is not None:
        return "", ""
    report = edition.report
    start, _ = edition.places.clause(count.span.start, count.span.end)
    item = report.item_by_id.get(count.item or "")
    return report.text[start : count.span.start], item.text if item else ""


def _name(count: Count, before: str, sentence: str, q: Quantity) -> tuple[str | None, str, str, Series | None] | None:
    """Catalogue id, name, unit and series of a count; `None` for a thing whose name tells nothing.

    A thing that the catalogue knows only by the end of its name keeps its own name, so that kinds of it are not mixed up.
    """
    thing = _BLANKS.sub("", count.object or "")
    series = _series(thing, before, sentence, count)
    if series is not None:
        return None, series.name, q.base, series
    if thing in generic_names() or len(thing) < 2:
        return None
    new = bool(count.action and "新增" in count.action)
    match = match_indicator(replace(count, nature=Nature.NEW) if new else count, sentence)
    if match is not None and match.score == 1.0:
        people = {"人", "人次", "人日"}
        base = q.base if q.base in people or q.base in _RATES else unit_of(match.indicator.unit)[0]
        return match.indicator.id, match.indicator.name, base, None
    level = f"{count.level}级" if count.level and "级" not in thing and count.level[0] not in thing else ""
    return match.indicator.id if match else None, level + thing, q.base, None


def _series(thing: str, before: str, sentence: str, count: Count) -> Series | None:
    """The series that the thing is called by, or that the words around call it by, more fully (就业 of 城镇新增就业)."""
    names = names_of_series()
    around = _BLANKS.sub("", sentence.partition(count.quote)[0]) or _BLANKS.sub("", before)
    fuller = [(around.rfind(word), word) for word in names if thing in word and word in around]
    if fuller:
        at, word = max(fuller, key=lambda found: (found[0] + len(found[1]), len(found[1])))
        if around[:at].endswith("单位"):
            return None
        return names[word]
    return names.get(thing)


def _kind(count: Count, before: str, said: str, base: str, series: Series | None) -> str:
    """What sort of number it is; `before` is its clause up to it, `said` its sentence."""
    if base in _RATES:
        grown = count.change is not Change.LEVEL and not (base == "%" and _RISEN.search(before))
        grown = grown or (series is not None and series.growth)
        return GROWTH if grown else "占比"
    near = _BEHIND_NUMBER.search(before)
    close = near.group() if near else before
    new = _NEW.search(close) is not None or bool(count.action and "新" in count.action)
    if _TOTAL.search(close) or count.nature is Nature.CUMULATIVE:
        return "累计"
    if count.change is Change.INCREASE:
        return "新增" if new else "增加额"
    if count.change is Change.DECREASE:
        return "减少"
    if new and not _REACHED.search(before):
        return "新增"
    return "截至" if _AS_OF.search(said) and count.action else "总量"


def _last_time(edition: Edition, count: Count) -> re.Match[str] | None:
    """The last words for a time before a count: in its paragraph, else in the headings over it, else in its section, else
    in the report's opening.
    """
    if count.table is not None:
        return None
    report, places = edition.report, edition.places
    at, text = count.span.start, report.text
    section = report.section_by_id.get(count.section or "")
    start = section.span.end if section else 0
    found = places.last_time(max(start, text.rfind("\n", 0, at) + 1), at)
    over = section
    while found is None and over is not None:
        found = places.last_time(over.span.start, over.span.end)
        over = report.section_by_id.get(over.parent or "") if over.level > 1 else None
    return found or places.last_time(max(start, at - _LOOK_BACK), at) or places.last_time(0, min(_OPENING, at))


def _basis(edition: Edition, count: Count, told: re.Match[str] | None) -> str:
    """The time that a count covers, by the last time told before it; the year where none is."""
    start, _ = edition.places.clause(count.span.start, count.span.end)
    if count.table is None and "年均" in edition.report.text[start : count.span.start]:
        return "年均"
    return _BASES[told.lastgroup or "year"] if told else "自然年"


def _looks_back(report: Report, count: Count, time: str) -> bool:
    """Whether what looks like a goal is told of the last year: by no plan, or right after 过去一年."""
    item = report.item_by_id.get(count.item or "")
    planned = item is None or item.kind is Kind.PLAN
    return bool((_PAST_YEAR if planned else _LAST_YEAR).fullmatch(time))


def _is_planned(report: Report, count: Count) -> bool:
    """Whether a goal stands where goals stand: not in what a section about the work done tells as done."""
    item = report.item_by_id.get(count.item or "")
    return item is None or item.kind is Kind.PLAN or role_of(report, item) is not Role.PROGRESS


def role_of(report: Report, item: Item) -> Role | None:
    """What the section of a statement is for; `None` outside of all sections."""
    section = report.section_by_id.get(item.section or "")
    return None if section is None else section.role


def _without_body(edition: Edition, count: Count) -> Count:
    """The count with a thing named without the body in front (沙塬职院在校生): that says whose it is, not what."""
    thing = count.object or ""
    for name in sorted({*edition.aliases, *edition.aliases.values(), edition.body}, key=len, reverse=True):
        rest = thing.removeprefix(name).removeprefix("的")
        if rest != thing and len(rest) > 1 and rest not in generic_names():
            return replace(count, object=rest)
    return count


def tells_years(words: str) -> bool:
    """Whether the words speak of several years together, a school year or a part of a year."""
    return any(found.lastgroup != "year" for found in TIMES.finditer(words))


def one_a_year(found: list[Point]) -> dict[int, Point]:
    """The points of one series by year; a year about which one report says different things has none.

    A thing with several values in a year that is not known to be one thing (three 实训室 here, two there) has no points at all.
    """
    years: defaultdict[int, list[Point]] = defaultdict(list)
    for point in found:
        years[point.year].append(point)
    kept: dict[int, Point] = {}
    for year, alike in years.items():
        first = alike[0].edition
        own = [p for p in alike if p.edition is first]
        whole = [p for p in own if not p.part] or own
        best = next((p for p in whole if p.exact), whole[0])
        if all(p.low <= best.high and best.low <= p.high for p in whole):
            kept[year] = best
        elif not best.known:
            return {}
    return kept


def in_unit(point: Point, unit: str) -> Point:
    """The point with value and bounds in `unit`, which differs from its `base` by 万 or 亿 only."""
    factor = unit_of(unit)[1]
    return replace(point, value=point.value / factor, low=point.low / factor, high=point.high / factor)


def unit_to_show(found: list[Point]) -> str:
    """The unit of the last point as printed, without 名 and 位 for 人."""
    last = max(found, key=lambda p: p.year)
    base, factor = unit_of(last.count.unit)
    if base != last.base:  # the unit of the catalogue, or tons for pounds
        scale = {1e4: "万", 1e8: "亿", 1e12: "万亿"}.get(factor, "")
        scale = "亿" if base in _WEIGHTS and scale == "万亿" else scale
        return scale + last.base
    return last.count.unit if factor > 1 else last.base
