"""Parts of a whole told by a rank alone: 课程214门，其中国家级|1门; 职业院校17所（高职|5所）; 事故3起，其中二级|1起."""

from __future__ import annotations

from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_joined import RANK
from huizong.extractors.count_neighbours import told_among
from huizong.extractors.count_phrases import Found, names_only_rank
from huizong.extractors.count_relations import HEADS, PERSON
from huizong.extractors.count_totals import same_unit

_OWNED = frozenset({"公办", "民办", "公立", "私立", "国有", "民营", "高职", "中职"})  # 幼儿园31所（公办12所、民办19所）
_SCHOOLING = frozenset({"高职", "中职"})
_GRADES = frozenset({"特级", "一级", "二级", "三级", "四级"})


def only_ranks(text: str, candidate: Candidate, found: Found, facts: list[tuple[Candidate, Found]]) -> bool:
    """Whether all that is named of the things is their rank or whose they are (国家级, 民办); no place as in 31个县."""
    name = found.name or ""
    place = found.rule == "behind" and not name.endswith(("级", "以上", "以下", "层面"))
    graded = name in _GRADES and told_among(text, candidate, facts) is not None
    return bool(name) and not place and (names_only_rank(name) or name in _OWNED or graded)


def with_thing(
    text: str, candidate: Candidate, found: Found, facts: list[tuple[Candidate, Found]], same: Found | None
) -> Found:
    """`found`, whose name is a rank, with the things it is the rank of; `same` is the last thing counted in that unit, if any."""
    unit, name = candidate.unit, found.name or ""
    deed = next((f for c, f in facts[::-1] if c.unit == unit and f.rule == "verb"), None)  # 获奖57项，其中国家级4项
    owner = name in _OWNED and text.endswith("（", 0, candidate.start - len(name))
    ranked = None if owner else told_among(text, candidate, facts)
    beside = same_unit(facts, unit)
    if ranked is None or (beside is not None and RANK.match(beside.name or "") and ranked is not beside):
        ranked = beside or deed or same  # 课程214门，其中国家级精品课程1门、省级|9门
    head = RANK.sub("", ranked.name or "") if ranked is not None else ""
    won = ranked is not None and (head.endswith("获奖") or (ranked.rule == "carried" and ranked.verb == "获奖"))
    head = "获奖" if won else head  # 学生技能竞赛获奖86项，其中国家级|5项
    if unit not in HEADS and PERSON.search(head):  # 参加培训287人次，其中国家级54人次; 学生获奖38项，其中国家级3项
        what = "培训" if unit == "人次" else "获奖"
        said = facts and what in text[max(0, facts[-1][0].start - 24) : facts[-1][0].start]
        head = what if said else ""
    head = head.removeprefix("职业") if name in _SCHOOLING else head  # 职业院校17所（高职|5所）
    return replace(found, name=name + head, rule="level") if head else found
