"""Things told further back than the count before: the people of a clause that names only their school, the rate of 最高, 最低."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_relations import BODY, HEADS
from huizong.lexicon.units import units

_BACK = 160  # characters in which people are looked for
_PEOPLE = re.compile(
    "(?:毕业生|大学生|研究生|留学生|考生|新生|学生|教职工|职工|教师|党员|团员|干部|学员|辅导员|选手|群众|居民|学徒|老师|员工"
    "|会员|专家|志愿者|代表|成员|人才|博士|硕士|劳动力|医师|护士|农户|村民)(?![会团部之证家队])"
)
_PEOPLE_THEMSELVES = re.compile("^(?:升入|留在|考入|进入)|(?:团队|委员会|国家|院校|校区|[一-龥]{2,4}[厅局处室])$")
_UTMOST = re.compile(
    "(?:最[高低多少好差快慢大小长短]|居首|居末|垫底|领先|排第一|位居第一)[的]?，?(?:仅|只|均)?(?:为|达到?|有|是)?$"
)
_QUANTITY = re.compile("(?:[率比数量额值费价分]|收入|占比|面积|时长|时间|工资|月薪)$")
_POINTING = re.compile("(?:上述|以上|这些|此类|做到)(?=[一-龥“]{2})")
_MANNER = re.compile("(?<=[一-龥]{2})(?:件件|逐[一-龥]|纷纷|陆续|相继|悉数|如期|按期|跨校|上门|零星)[一-龥]*$")
_FOR = frozenset("为给替帮")
_FOR_WHOM = re.compile(f"(?:{_PEOPLE.pattern}|师生|企业|乡亲)(?=[办解争修送建代][一-龥]{{2}})")


def placed(
    text: str,
    candidate: Candidate,
    found: Found,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> Found:
    """`found`, or what was told further back where its name is none of the things that are counted so.

    `facts` are those of the sentence before `candidate`, `previous` those of the sentence before.
    """
    name, unit = found.name or "", candidate.unit
    opening = _POINTING.match(name) or _given_to(text, found)
    if opening is not None:
        return replace(found, name=name[opening.end() :], span=None)
    manner = _MANNER.search(name) if found.rule == "behind" else None
    if manner is not None:
        return replace(found, name=name[: manner.start()], span=None)
    if (
        unit in HEADS
        and unit != "位"
        and BODY.search(name)
        and not _PEOPLE_THEMSELVES.search(name)
        and found.rule != "behind"
    ):
        people = _people_before(text, candidate.start)
        return replace(found, name=people, span=None, rule="inherited", owner=found.owner or name) if people else found
    if _UTMOST.search(text, max(0, candidate.start - 10), candidate.start) and not _QUANTITY.search(name):
        told = next((f for c, f in (*facts[::-1], *previous[::-1]) if _alike(c.unit, unit) and f.name), None)
        if told is not None and _QUANTITY.search(told.name or ""):  # 平均月薪4200元，…。机器人专业最高，为|5912元
            return replace(found, name=told.name, span=None, rule="inherited", owner=found.owner or name)
    return found


def _given_to(text: str, found: Found) -> re.Match[str] | None:
    """Those for whom something was done at the beginning of the name: 为|教师|办实事."""
    if found.span is None or found.rule != "noun" or text[found.span.start - 1 : found.span.start] not in _FOR:
        return None
    return _FOR_WHOM.match(found.name or "")


def _people_before(text: str, at: int) -> str:
    """The last people that the text names before `at`; "" where it names none near enough."""
    found = [match.group() for match in _PEOPLE.finditer(text, max(0, at - _BACK), at)]
    return found[-1] if found else ""


def _alike(unit: str, other: str) -> bool:
    return unit == other or (units().is_money(unit) and units().is_money(other))
