"""Names of the parts of a total completed by what the total counts: 数据库19个，其中中文14个 counts 中文数据库."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import Found
from huizong.lexicon.units import counting_words, units
from huizong.tokens import segment

# What says of which sort a thing is, and names none: 横向, 省级, 文化体育类, 在编.
_SORT = re.compile(
    r".{0,14}(?<!大)(?:类|[国省市县区校院厅部]级|[^类典模大新小中转]型)$|.{0,6}(?:[纵横]向|困难|中文|外文|自建|在编|编外|外包|派遣|返聘|省内|省外|校内|校外)$"
    r"|[一二三四五六七八九]星级$|(?:中文)?核心期刊$"
)
_NO_SORT = re.compile(r"种类|分类|品类|门类|学位类型$|类型$")
_OF_WHICH = "其中"
_FARTHEST = 60  # characters between 其中 and a part
_SHORT = 6  # characters of a thing that is taken whole: 经营管理型|高素质农民
_ENDS = frozenset("。；\n")
_THING_TAGS = ("n", "vn")


def completed(text: str, facts: Sequence[tuple[Candidate, Found]], things: Sequence[Found]) -> list[Found]:
    """`things`, what the counts of one sentence (`facts`) count; parts that name but their sort get the thing of their total.

    The total is the last count before 其中 with the same unit; in a list dealt out (纵向、横向分别为…) the one before the list.
    """
    out = list(things)
    for at, (candidate, by_rules) in enumerate(facts):
        chosen, beside = things[at].name or "", by_rules.name or ""
        name = chosen if _is_sort(chosen) or not text.endswith(beside, 0, candidate.start) else beside
        whole = _whole(text, facts, things, at) if _is_sort(name) else None
        if whole is None:
            continue
        total = things[whole].name or ""
        head = total if _head(total) and len(total) <= _SHORT and name[-1] in "类级型" else _head(total)
        if head and head not in name and chosen in {name, total, head}:  # not what says more than either
            told = f"{things[at].reason}；" if things[at].reason else ""
            reason = f"{told}“{name}”是总数“{total}”的一部分"
            out[at] = replace(things[at], name=name + head, span=None, reason=reason)
    return out


def _whole(text: str, facts: Sequence[tuple[Candidate, Found]], things: Sequence[Found], at: int) -> int | None:
    """The place of the total that count `at` is a part of."""
    candidate = facts[at][0]
    opening = text.rfind(_OF_WHICH, max(0, candidate.start - _FARTHEST), candidate.start)
    if opening < 0 and things[at].rule != "dealt":
        return None
    edge = opening if opening >= 0 else candidate.start
    if not _ENDS.isdisjoint(text[edge : candidate.start]):
        return None
    for before in range(at - 1, -1, -1):
        other = facts[before][0]
        sort = _is_sort(things[before].name or "") or _is_sort(facts[before][1].name or "")
        if other.end > edge or sort or not _ENDS.isdisjoint(text[other.end : edge]):
            continue
        alike = other.unit == candidate.unit or (units().is_money(other.unit) and units().is_money(candidate.unit))
        return before if alike and (other.unit != candidate.unit or other.value > candidate.value) else None
    return None


def _is_sort(name: str) -> bool:
    return _SORT.fullmatch(name) is not None and _NO_SORT.search(name) is None


def _head(name: str) -> str:
    """The last word of `name` where it is that of a thing (登记注册学生社团: 社团); "" else."""
    words = segment(name)
    if not words:
        return ""
    last = words[-1]
    word = name[last.start :]
    lexicon = counting_words()
    if word in lexicon.deeds or word in lexicon.strong:  # 公开招标
        return ""
    return word if len(word) > 1 and last.tag.startswith(_THING_TAGS) and not _SORT.fullmatch(word) else ""
