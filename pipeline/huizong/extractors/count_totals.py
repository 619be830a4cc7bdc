"""Counts of the same unit told one after another: the thing that a later one takes over, and the parts of a total."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_neighbours import opens_clause, told_among
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_relations import HEADS, PERSON
from huizong.extractors.count_spans import AGED
from huizong.lexicon.units import counting_words, units

_OWN_AGE = re.compile(f"^{AGED.pattern.removesuffix('$')}")
_BODY = re.compile(
    r"(?:学院|学校|[院校系处办局馆厅署]|(?<!干)部|(?<![文理本专])科|[办研科教]室|中心|公司|企业|政府|委员会|[党团工]委|协会|支部|部门|单位|集团|[省市县区镇乡村]|街道|市级|本级|省本级)$"
)
_NATURAL = re.compile("(?:[湖河江湾]|湿地)$")  # things counted, no owners
_ONE_OF_THEM = re.compile("(?:单位|企业|学院|部门|机关)[一-龥]{2}$")
_SCHOOL = re.compile("(?:[职学]院|大学|高专|师专|幼专|职校|中专|学校)$")
_WHO_DO = re.compile("(?:教师|学生|指导教师|辅导员|干部|党员|教职工)[一-龥]{3,}")
_OTHER_SIDE = {"支出": "收入", "收入": "支出"}
_PLACE = re.compile(r"[省市县区镇乡村旗]$")
_OF_BODIES = frozenset({"个", "家", "户", "所", "座", "处", "项", "支", "大"})  # of what may be a body itself
_OWNED_RATE = re.compile("^.+学院(?=[一-龥]{2,4}率$)")
_TO_PART = re.compile(r"[ \n、，；：。（(]?(?:[，：]?其中[，：]?)?[各该市省县]*|[^，。；、]{1,4}（")
_RUNS = frozenset({"台次", "车次", "班次", "册次", "册", "件", "份"})
_TOTAL = re.compile("(?<!生产)总(?=[值量额]$)")  # 设备总值1.4亿元，生均1.2万元: 生均设备值
_COHORT = re.compile(r"20\d\d[级年]")  # 2019级236人: of that year, but no thing to carry on


def same_unit(facts: list[tuple[Candidate, Found]], unit: str) -> Found | None:
    """The latest fact of that unit whose object is a thing, not a bare verb or rank."""
    kept = (
        f
        for c, f in facts[::-1]
        if (c.unit == unit or {c.unit, unit} <= HEADS or c.unit.lstrip("万") == unit.lstrip("万") in _RUNS)
        and f.name
        and f.rule not in {"verb", "level", "part", "partial", "won", "outcome"}
        and not _COHORT.match(f.name)
    )
    return next(kept, None)


def of_age(text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]) -> str:
    """Those of an age that the number counts (专任教师220人，35岁以下|81人), with who they are where that is told; "" for no age."""
    age = AGED.search(text, max(0, candidate.start - 10), candidate.start) if candidate.unit in HEADS else None
    if age is None:
        return ""
    among = "其中" in text[facts[0][0].end if facts else candidate.start : candidate.start]
    whole = told_among(text, candidate, facts) if among else same_unit(facts, candidate.unit)
    who = _OWN_AGE.sub("", whole.name or "") if whole is not None else ""
    return age.group() + (who if PERSON.search(who) else "")


def averaged(each: str, last: Found) -> str:
    """What an average behind `last` is of: 人均服务时长; without 人均 where the name tells who does it (教师下企业实践14人次，人均22天)."""
    name = last.name or ""
    if _WHO_DO.match(name) or name.startswith(each):
        return name
    verb = last.verb if last.verb in counting_words().money else ""
    return each + (verb if PERSON.search(name) else _TOTAL.sub("", name))


def divided(unit: str, facts: list[tuple[Candidate, Found]], last: Found) -> Found:
    """What an average of that unit divides: of money the latest sum (发放补助28.6万元，惠及358人，人均|800元), else `last`."""
    sums = (f for c, f in facts[::-1] if f.name and units().is_money(c.unit))
    return next(sums, last) if units().is_money(unit) else last


def other_side(text: str, found: Found, facts: list[tuple[Candidate, Found]]) -> str:
    """The whole name of a bare 支出 or 收入 behind the other one (一般公共预算收入增长2%、支出|增长3%); "" for no such name."""
    other = _OTHER_SIDE.get(found.name or "")
    if other is None or not facts or not opens_clause(text, found):
        return ""
    head = (facts[-1][1].name or "").removesuffix(other)
    return head + (found.name or "") if head and head != facts[-1][1].name else ""


def part_of_owner(
    text: str,
    candidate: Candidate,
    found: Found,
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> Found | None:
    """A part of a total of which only the owner is named (共立案40件，其中甲县12件、乙县9件): it counts what the total counts.

    The total is the latest count of the same unit whose thing is no body itself; between the two stand only other parts. `None`
    where the name is a thing, or no total is told.
    """
    name, span = found.name or "", found.span
    if found.rule != "noun" or span is None:
        return None
    if units().is_rate(candidate.unit) and facts and units().is_rate(facts[-1][0].unit) and _SCHOOL.search(name):
        whose = _OWNED_RATE.sub("", facts[-1][1].name or "")  # “双师”教师占比提高了5个百分点，甲职院由31%提高到52%
        return replace(found, name=whose, span=None, rule="inherited", owner=name) if whose else None
    if not units().is_thing(candidate.unit) and candidate.unit not in {"次", "人次"}:
        return None
    if text[span.end : candidate.start] not in {"", "各"}:
        return None
    strict = candidate.unit.lstrip("万") in _OF_BODIES
    if not (finder.is_place(span) if strict else _BODY.search(name)):
        return None
    gap = text[facts[-1][0].end if facts else max(0, span.start - 1) : span.start]
    if _TO_PART.fullmatch(gap) is None:
        return None
    total = same_unit(facts, candidate.unit) or same_unit(previous, candidate.unit)
    if total is None or total.name is None or (_PLACE if strict else _BODY).search(total.name):
        return None
    if _ONE_OF_THEM.search(total.name):  # 医疗单位吸纳1689人，其他企业1102人
        return None
    if name[:2] == total.name[:2] or _NATURAL.search(name):  # 美丽河湖7个、美丽海湾2个: two things of one kind
        return None
    return replace(found, name=total.name, span=None, rule="inherited", owner=name)
