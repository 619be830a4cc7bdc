"""What a number says of the things that the numbers before it count: a part of them, their sum, an amount handed to them."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import STEPS, Found
from huizong.extractors.count_relations import HEADS, PEOPLE, PERSON
from huizong.lexicon.units import counting_words, units
from huizong.records import Span

_REACHING = frozenset({"达到", "达", "增至", "升至", "降至", "增加到", "提高到"})
_EACH_BODY = re.compile(r"[，；][^，。；：\d]{2,60}、[^，。；：、\d]{2,20}各$")
_OWN_VERBS = frozenset({"更换", "维修", "改造", "修缮", "更新", "检修", "维护", "拆除", "清理", "修复"})
_PICKED = ("查出", "叫停", "发现", "清退", "撤销", "达到", "剔除", "筛出", "暂停")

_OF_THEM = re.compile(r"[中里内]，?(?:仅|只|还|尚|仍|就|已|共)?有$")

_GAP = re.compile("(?:差距|进度|进展|问题)(?:仍|还|较|偏|相对|明显|突出)?(?:较?大|滞后|缓慢|偏?慢|突出)")

_BEFALLS = re.compile(r"(?:已|被|成功|再次|首次)?(?:进入|晋级|跻身|升格)")

_HAVING = re.compile("(?:具有|拥有|具备|取得|持有)([^，。；、]{2,16})的(?:仅|只|共|有|已有|仅有|只有)?$")
_CLAUSE_END = re.compile("[，。；：]")
_SINCE = re.compile(
    "[）)]?，(?:总[量数额])?(?:同比|[比较](?:上|去)(?:一?学?年|年度)(?:同期)?)(?:增[长加多]|净增|提高|上升|下降|减少|多|少)了?"
)
_ALTOGETHER = frozenset({"共", "共计", "合计", "总计"})
_SUMS = ("，合计", "；合计", "，共计")


def is_of_those(text: str, candidate: Candidate, found: Found, name: str) -> bool:
    """Whether the number picks some of the things `name` counted before: 20个支部中有6个记录不规范, 15个品牌，1-2个进入省级行列."""
    if found.rule == "behind" and (found.name or "")[-1:] == name[-1:]:
        return False
    if _GAP.match(text, candidate.end) and found.rule == "behind":  # 42项指标，尚有1项差距较大
        return True
    if _OF_THEM.search(text, max(0, candidate.start - 6), candidate.start):
        return found.rule in {"behind", "none"}
    if text.endswith("，有", 0, candidate.start) and found.rule == "behind":  # 抽查20所学校，有7所台账不全
        return re.search("[不未没]", found.name or "") is not None
    return found.name is None and not found.follows and _BEFALLS.match(text, candidate.end) is not None


def right_behind(
    text: str, candidate: Candidate, found: Found, finder: ObjectFinder, facts: list[tuple[Candidate, Found]]
) -> Found | None:
    """The thing of the number right before: 国家奖学金12人|9.6万元; of 毕业生3个专业|820人 what stands before the 3个专业."""
    if not facts:
        return None
    last, before = facts[-1]
    if found.name is None and last.end == candidate.start and before.name:
        return replace(found, name=before.name, span=None, rule="inherited")
    if found.name is None and before.rule == "verb" and text[last.end : candidate.start] == "、":  # 认定62批次、|7236人
        nominal = before.name in counting_words().nominal and last.unit != candidate.unit
        return replace(found, name=before.name, span=None, rule="inherited") if nominal else None
    if before.rule != "behind" or before.span is None or candidate.unit not in PEOPLE:  # 三大产业规模|突破2万亿元
        return None
    listed = found.name is None and text[before.span.end : candidate.start] == "、"  # 研学11支队、213人
    if not listed and (found.span != before.span or before.span.end != candidate.start):
        return None
    thing = finder.named_around(last)[0]
    return replace(thing, rule="inherited") if thing.name and thing.rule == "noun" and not last.after else None


def opens_clause(text: str, found: Found) -> bool:
    """Whether the name stands first in its clause."""
    return found.span is not None and text.endswith(("，", "；", "（", "、"), 0, found.span.start)


def outside_brackets(
    text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]
) -> list[tuple[Candidate, Found]]:
    """The facts without those of a bracket that is closed before `candidate`: 预警专业5个（红牌2个、黄牌3个），撤销|2个."""
    if not facts or "）" not in text[facts[0][0].end : candidate.start]:
        return facts
    kept = []
    for last, found in facts:
        gap = text[last.end : candidate.start]
        if gap.count("）") <= gap.count("（"):
            kept.append((last, found))
    return kept or facts


def without_steps(facts: list[tuple[Candidate, Found]], finder: ObjectFinder) -> list[tuple[Candidate, Found]]:
    """The facts, where 3个千亿元台阶 stands for what climbed them."""
    named = []
    for candidate, found in facts:
        if found.name in STEPS:
            found = finder.named_around(candidate)[0]
        if found.is_fulfilled and len(facts) > 1:  # 到账1863万元，完成年度任务的124%，增长31.7%
            continue
        if found.name is not None or candidate is not facts[-1][0]:
            named.append((candidate, found))
    return named


def is_handed_to(text: str, found: Found, facts: list[tuple[Candidate, Found]]) -> bool:
    """Whether the name is but those who are given the money, with the verb behind them: 为186名|困难毕业生发放|27.9万元."""
    if not facts or found.span is None or found.span.start != facts[-1][0].end or facts[-1][1].rule != "behind":
        return False
    rest = (found.name or "").removeprefix(facts[-1][1].name or "")
    return rest != found.name and rest in counting_words().strong


def sums_up(text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]) -> bool:
    """Whether the number is the sum of a list of different things."""
    if len(facts) < 2 or not text.endswith(_SUMS, 0, candidate.start):
        return False
    (before, first), (last, second) = facts[-2:]
    listed = before.unit == last.unit or text[before.end : last.start].startswith("、")
    return listed and first.name != second.name


def told_among(text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]) -> Found | None:
    """What the number before 其中 counts, where the parts behind it tell only ranks: 项目146项，其中国家基金1项、省部级|18项."""
    start = text.rfind("其中", 0, candidate.start)
    whole = next((pair for pair in facts[::-1] if pair[0].end <= start), None)
    if whole is None or len(text[whole[0].end : start]) > 1 or "。" in text[start : candidate.start]:
        return None
    last, found = whole
    told = found.rule not in {"verb", "part", "partial"} or found.name == "获奖"
    return found if last.unit == candidate.unit and found.name and told else None


def grown_as_whole(text: str, candidate: Candidate, facts: list[tuple[Candidate, Found]]) -> Found | None:
    """What has grown by the number behind the parts of a whole: 引进64人，其中博士11人、硕士45人，同比增长|28%.

    `None` where the parts are fewer than two, or stand in several clauses.
    """
    start = text.rfind("其中", facts[0][0].end, candidate.start) if facts else -1
    parts = [last for last, _ in facts if last.start > start]
    whole = next((found for last, found in facts[::-1] if last.end <= start), None)
    if start < 0 or len(parts) < 2 or whole is None or _CLAUSE_END.search(text, start, parts[-1].end):
        return None
    return whole if _SINCE.fullmatch(text, parts[-1].end, candidate.start) else None


def held_by_part(text: str, part: tuple[Candidate, Found]) -> str:
    """What those have who make up a part: 博士学位 of 具有博士学位的|27人; "" where the part is told otherwise."""
    candidate, found = part
    held = _HAVING.search(text, max(0, candidate.start - 24), candidate.start) if found.rule == "partial" else None
    return held[1] if held else ""


def sum_of(candidate: Candidate, found: Found, facts: list[tuple[Candidate, Found]]) -> str:
    """What the number counts as the sum of those told before it: of 省级奖励5项，市级奖励7项 共12项 are 奖励; "" where it is no sum."""
    if found.name is not None or _ALTOGETHER.isdisjoint(found.relation):
        return ""
    parts, names = 0.0, list[str]()
    for last, told in facts[::-1]:
        if last.unit != candidate.unit or not told.name:
            return ""
        parts += last.value
        names.append(told.name)
        if len(names) > 1 and parts == candidate.value:
            return _common_ending(names)
    return ""


def _common_ending(names: list[str]) -> str:
    """What all names end with, two characters at least."""
    shortest = min(map(len, names))
    same = next((n for n in range(shortest) if len({name[-n - 1] for name in names}) > 1), shortest)
    return names[0][-same:] if same > 1 else ""


def told_part(candidate: Candidate, found: Found, same: Found | None) -> Found:
    """A part named by 的: what it tells, or the thing of the count before where that is too short or only picks (查出没水的11个)."""
    name = found.name or ""
    if same is not None and name.startswith("来自") and units().is_thing(candidate.unit):  # 教师126名，来自|甲院的58名
        return replace(found, name=same.name, span=None, rule="carried")
    picks = name.startswith(_PICKED) and candidate.unit not in HEADS
    if same is None or (len(name) >= 4 and not picks):
        return found
    return replace(found, name=same.name, span=None, rule="carried")


def is_some_of_them(text: str, candidate: Candidate, found: Found) -> bool:
    """Whether the number tells of how many of those before something is said: 支部中有|2对|活动偏少, 表格中有|13份|信息不符."""
    told = found.rule == "behind" and found.span is not None and found.span.end < len(text)
    among = text.endswith(("中有", "里有"), 0, candidate.start)
    return told and among and found.span is not None and text[found.span.end] not in "，。；、的\n"


def is_of_each(text: str, candidate: Candidate, before: Found) -> bool:
    """Whether the people counted are those of each body of a list, of whom there were so many altogether: 学生132人，甲厂、乙厂各|66人."""
    return (
        PERSON.search(before.name or "") is not None
        and _EACH_BODY.search(text, max(0, candidate.start - 90), candidate.start) is not None
    )


def gone_through(text: str, found: Found) -> Found:
    """Of people, the verb with its object: 解除预警571人, 批评教育14人."""
    if found.span is None or found.verb not in counting_words().undergone:
        return found
    whole = Span(found.span.start - len(found.verb), found.span.end)
    return replace(found, name=whole.of(text), span=whole) if whole.of(text).startswith(found.verb) else found


def kinds(text: str, candidate: Candidate, found: Found) -> bool:
    """Whether what happened is one of the kinds that a whole is told in: 接警412起，其中纠纷97起，求助251起."""
    name = found.name or ""
    if len(name) < 2 or name in counting_words().strong:
        return False
    start = max(text.rfind(mark, 0, candidate.start) for mark in "。；")
    sentence = text[start + 1 : candidate.start]
    _, among, told = sentence.rpartition("其中")
    others = re.search(rf"\d(?!\d|[万亿]|{re.escape(candidate.unit.lstrip('万亿'))})[一-龥]", told)
    return bool(among) and others is None and not re.search("到|达|计", name)


def countable(facts: list[tuple[Candidate, Found]]) -> Found:
    """The latest fact that is no rate, else the latest."""
    return next(
        (f for c, f in facts[::-1] if f.name and not units().is_rate(c.unit) and f.rule != "partial"), facts[-1][1]
    )


def later(found: Found, candidate: Candidate) -> bool:
    """Whether what was found stands behind the number."""
    return found.span is not None and found.span.start >= candidate.end


def shared_verb(text: str, facts: list[tuple[Candidate, Found]], at: int) -> str:
    """The verb that opened the list a count stands in: 新增A14家、B38家."""
    while at > 0 and not facts[at][1].verb:
        (before, found), span = facts[at - 1], facts[at - 1][1].span
        end = span.end if found.rule == "behind" and span is not None and span.start >= before.end else before.end
        gap = text[end : facts[at][0].start]
        if not gap.startswith(("、", "和")) or "，" in gap or gap[1:3] in _OWN_VERBS:
            break  # 增加路灯34盏、更换教室电灯140盏
        at -= 1
    return facts[at][1].verb


def goes_on_to(text: str, candidate: Candidate, found: Found, last: tuple[Candidate, Found]) -> bool:
    """Whether the number is what the thing of the last one, which grew, has reached: nothing but 、达到 stands between."""
    lexicon, (before, told) = counting_words(), last
    moved = any(word in lexicon.increase or word in lexicon.decrease for word in told.relation)
    between = text[before.end : candidate.start].strip("、，")
    reaches = not _REACHING.isdisjoint(found.relation)
    return reaches and moved and told.rule == "noun" and between in found.relation and units().is_rate(before.unit)
