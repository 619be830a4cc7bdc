"""The thing of numbers that stand together and name it once: 3800户、58万平方米|棚户区改造, 6个世界级、7个国家级|产业集群, 摘金9枚."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_heads import FACING, faced
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_relations import BODY

_JOINED = re.compile(r"(?:[、和及与](?:第[一二三四]批)?)?")
_LEVELS_LISTED = re.compile(r"、[一-龥]{1,4}级([一-龥]{2,10}?)(?=[，。；、和及与]|$)")  # 行业级|、场景级大模型
_OF_SIZE = re.compile(
    r"(?:[超过]?[百千万十]*[万亿]+元?级|[超过][一二三四五六七八九两百千万十]*[万亿]+元?)"
    r"[、和及](?:[^，。；、\d]{2,12}等)?"
)
_A_BODY = re.compile(f"[^，。；、0-9]{{0,16}}{BODY.pattern}")
_SORTS = re.compile(r"(?:国家|国际|世界|区域|省部|市厅|[省市校部厅县区州])级")
_MEDAL = re.compile("(?:[摘夺获揽得收、，])[金银铜]$")
RANK = re.compile(r"^(?:国家|国际|世界|区域|省部|市厅|地市|自治区|[省市校院厅县区州])级(?:及)?(?:以上|以下)?")


def joined(text: str, group: list[Candidate], i: int, finder: ObjectFinder) -> Found:
    """The object of `group[i]`; of 3800户、58万平方米棚户区改造 both numbers have the thing behind the second."""
    found, candidate = finder.find(group[i]), group[i]
    if candidate.unit in {"金", "银", "铜"}:
        return replace(found, name=candidate.unit + "牌", span=None)
    if candidate.unit in {"枚", "块"} and _MEDAL.search(text, max(0, candidate.start - 2), candidate.start):
        return replace(found, name=text[candidate.start - 1] + "牌", span=None, rule="level")  # 摘金9枚、银6枚
    listed = found.rule == "behind" and found.name is not None and found.name.endswith("级")
    others = _LEVELS_LISTED.match(text, found.span.end) if listed and found.span else None
    if others is not None:
        return replace(found, name=f"{found.name}{others[1]}", rule="level")
    if i + 1 == len(group) or found.follows:
        return found
    if _OF_SIZE.fullmatch(text, candidate.end, group[i + 1].start):  # 3个万亿级和5个千亿级|产业集群
        other = finder.find(group[i + 1])
        return replace(other, rule="level") if other.rule == "behind" else found
    if found.rule == "behind" and found.name and _SORTS.fullmatch(found.name):
        head = _shared_thing(text, group, i, finder)
        return replace(found, name=found.name + head, rule="level") if head else found
    if found.rule == "behind" and found.name in FACING and found.span is not None:
        between = text[found.span.end : group[i + 1].start]
        thing = faced(found.name, finder.find(group[i + 1]).name or "") if between in {"、", "和", "及", "与"} else ""
        if thing:  # 8个中文和9个外文数据库
            return replace(found, name=found.name + thing, rule="level")
    if found.rule == "noun" and BODY.search(found.name or "") and group[i + 1].unit == candidate.unit:
        other, between = finder.find(group[i + 1]), text[candidate.end : group[i + 1].start]
        if other.rule == "behind" and between[:1] in {"、", "和"} and _A_BODY.fullmatch(between[1:]):
            return replace(found, name=other.name, span=None, rule="level")  # 与甲院4个、乙院3个|党支部结对
    sorts = candidate.end == group[i + 1].start and found.rule == "verb"  # 办好10类38件实事
    if sorts or (found.name is None and _JOINED.fullmatch(text, candidate.end, group[i + 1].start)):
        other = finder.find(group[i + 1])
        if other.rule == "behind":
            return other
    return found


def _shared_thing(text: str, group: list[Candidate], i: int, finder: ObjectFinder) -> str:
    """What the numbers after `group[i]` name for all of them: 6个世界级、7个国家级|产业集群; "" where they name no such thing."""
    end = finder.find(group[i]).span
    for other in group[i + 1 :]:
        found = finder.find(other)
        if (
            end is None
            or text[end.end : other.start] not in {"、", "和", "及"}
            or found.rule != "behind"
            or not found.name
        ):
            return ""
        if not _SORTS.fullmatch(found.name):
            return RANK.sub("", found.name) if RANK.match(found.name) else ""
        end = found.span
    return ""
