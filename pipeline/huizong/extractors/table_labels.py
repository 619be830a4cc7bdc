"""What one header cell or row label says: the thing, the unit, the year, the status, or that its numbers count nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from huizong.lexicon.tables import is_unit, table_words
from huizong.lexicon.units import alternatives
from huizong.loading.tables.headers import is_year
from huizong.numerals import plain
from huizong.records import Change, Status

_NUMBERING = re.compile(
    r"^(?:[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){1,3}(?=[^\d.．、%％\-—年届级])|\d{1,2}[.．、）)](?!\d)|[①-⑳]"
    r"|其中[:：]|[#★*※·•▲]+)[、.．]?"
)
_LIST_MARK = re.compile(r"(?<![\d（(])(?:\d{1,2}|[一二三四五六七八九十])[）)]")
_BRACKETS = re.compile(r"[（(\[【](?P<inside>[^（()）\[\]【】]*)[）)\]】]")
_STROKE = re.compile(r"[/／](?P<unit>[^/／]{1,6})$")
_SAID_UNIT = re.compile(r"[，,；; ]?(?:计量)?单位[:：](?P<unit>[^，。；）)\s]{1,8})")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:年度?|届)(?!以来|起|前|后|[-–—~～至])")
_SPAN = re.compile(r"(?<!\d)20\d\d年?[-–—~～至](?:20)?\d\d(?:学?年度?)?")
_PREVIOUS = re.compile(r"上年度?|去年|上学年|上年同期|去年同期|上年度?(?:数|值|完成数|实际)")
_THIS = re.compile(r"本年度?|今年|当年|本学年|年内|本期")
_STATUS_WORDS = ((Status.BASELINE, "baseline"), (Status.TARGET, "target"), (Status.ACTUAL, "actual"))
_STATUS_INSIDE = (
    (
        Status.TARGET,
        re.compile(
            r"^(?:计划|拟|预计|预期|目标|应)(?!生|单列)|(?:招生|培训|投资|采购|建设)计划(?:数|人数|量)?$|目标值?$|计划数$"
        ),
    ),
    (Status.BASELINE, re.compile(r"^(?:上年度?(?!结转)|去年|基期|建设前)|(?:基期|基准)值?$")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One header cell or row label, read.

    `thing` is what it names, "" where it only says a unit, year, status or total. `weak` marks a thing such as 人数 that names
    nothing beside another. `previous` is 1 for 上年, 0 for 本年, `None` where it speaks of neither; `years` tells that it is a
    year or a range of years, of which `year` is the one. `change` is `Change.LEVEL` where the sign of the number decides.
    """

    words: str
    thing: str = ""
    weak: bool = False
    unit: str | None = None
    year: int | None = None
    years: bool = False
    previous: int | None = None
    status: Status | None = None
    change: Change | None = None
    total: bool = False
    order: bool = False
    torn: bool = False


@lru_cache(maxsize=4096)
def read_label(cell: str) -> Label:
    """What the words of a header cell or row label say.

    >>> found = read_label("2022年招生计划（人）")
    >>> found.thing, found.unit, found.year, str(found.status)
    ('招生计划', '人', 2022, 'target')
    """
    words = re.sub(r"\s", "", plain(cell))
    torn = not _balanced(_LIST_MARK.sub("", words))
    rest = words
    while numbering := _NUMBERING.match(rest):
        rest = rest[numbering.end() :]
    if is_year(rest):
        found = re.match(r"20\d\d", rest)
        one = found is not None and _SPAN.match(rest) is None
        return Label(words=words, years=True, year=int(rest[:4]) if one else None)
    rest, unit = _without_unit(rest)
    lexicon = table_words()
    if lexicon.order.fullmatch(rest):
        return Label(words=words, order=True, torn=torn)
    year: int | None = None
    named = list(_YEAR.finditer(_SPAN.sub("", rest)))
    if len(named) == 1:
        year = int(named[0]["year"])
        rest = rest.replace(named[0].group(), "", 1).lstrip("的") or ""
    previous = 1 if _PREVIOUS.fullmatch(rest) else 0 if _THIS.fullmatch(rest) else None
    if lexicon.total.fullmatch(rest):
        return Label(words=words, unit=unit, year=year, years=year is not None, total=True, torn=torn)
    change = next(
        (
            change
            for change, pattern in (
                (Change.LEVEL, lexicon.change),
                (Change.INCREASE, lexicon.increase),
                (Change.DECREASE, lexicon.decrease),
            )
            if pattern.fullmatch(rest)
        ),
        None,
    )
    if change is not None:
        return Label(words=words, unit=unit, year=year, years=year is not None, change=change, torn=torn)
    for status, name in _STATUS_WORDS:
        if getattr(lexicon, name).fullmatch(rest):
            return Label(
                words=words, unit=unit, year=year, years=year is not None, previous=previous, status=status, torn=torn
            )
    if previous is not None or not rest or lexicon.generic.fullmatch(rest):
        return Label(words=words, unit=unit, year=year, years=year is not None, previous=previous, torn=torn)
    return Label(
        words=words,
        thing=rest,
        weak=lexicon.weak.fullmatch(rest) is not None,
        unit=unit or _counted_by(rest),
        year=year,
        years=year is not None,
        status=next((status for status, cue in _STATUS_INSIDE if cue.search(rest)), None),
        torn=torn,
    )


@lru_cache(maxsize=4096)
def unit_said(words: str) -> str | None:
    """The unit that “单位：万元” in a caption, a line or a cell gives; `None` where there is none."""
    found = _SAID_UNIT.search(re.sub(r"\s", "", words))
    return found["unit"] if found and is_unit(found["unit"]) else None


def year_said(words: str) -> int | None:
    """The one year that a caption names; `None` for none, several, or a range."""
    found = {int(m["year"]) for m in _YEAR.finditer(words)}
    return found.pop() if len(found) == 1 and not _SPAN.search(words) else None


def _without_unit(words: str) -> tuple[str, str | None]:
    """The label without its unit in brackets or behind a stroke, and the unit."""
    for found in _BRACKETS.finditer(words):
        unit = re.sub(r"^(?:计量)?单位[:：]?", "", found["inside"])
        if is_unit(unit):
            return words[: found.start()] + words[found.end() :], unit
    if said := _SAID_UNIT.search(words):
        return words[: said.start()] + words[said.end() :], said["unit"] if is_unit(said["unit"]) else None
    stroke = _STROKE.search(words)
    if stroke and stroke.start() and is_unit(stroke["unit"]):
        return words[: stroke.start()], stroke["unit"]
    return words, None


_COUNTED = re.compile(r"(?:(?P<counter>[^\d]{1,2})数|(?P<whole>人次|场次|课时|学时|学分|人日|人天))$")
_NO_COUNTERS = frozenset("分成对大位级层类方度名代")


def _counted_by(thing: str) -> str | None:
    """The unit that a thing's own name gives: 招生人数 → 人, 培训人次 → 人次, 发明专利件数 → 件."""
    found = _COUNTED.search(thing)
    if found is None:
        return None
    if found["whole"]:
        return found["whole"]
    for counter in (found["counter"], found["counter"][-1:]):
        if counter not in _NO_COUNTERS and re.fullmatch(_counters(), counter):
            return counter
    return None


def _counters() -> str:
    return alternatives(
        [
            "人",
            "人次",
            "项",
            "个",
            "件",
            "门",
            "篇",
            "部",
            "台",
            "套",
            "家",
            "户",
            "所",
            "次",
            "场",
            "场次",
            "课时",
            "学时",
            "份",
            "册",
            "间",
            "座",
            "亩",
            "天",
        ]
    )


def _balanced(words: str) -> bool:
    """Whether every bracket opened is closed: a cell torn apart by the layout is not."""
    depth = 0
    for character in words:
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return False
    return depth == 0
