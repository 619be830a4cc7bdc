"""Whether a count is a former value given for comparison: 由3个增至5个, 比上年的3个, 改革前……38%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_years import VALUES_OF_YEAR
from huizong.lexicon.units import units

_MOVED = re.compile(
    r"^[^，。；、]{0,4}?(?:大幅|稳步|逐年|进一步|快速|迅速|再|逐步)?(?:增|升|提|降|减|扩|发展|上涨|跃|调|压|缩|拓|攀|上升|下|到|至|变|优化|整合|重组|精简|改组|合并|归并|撤并|并|改|拉|延|攒|长|壮大|涨|跌|回落)[^，。；、\d]{0,6}(?:(?:20\d\d(?:年[末底初]?|届)|\d{1,2}月[份底末]?)的?)?$"
)
_TO_ALL = re.compile(r"[^，。；、]{0,4}(?:提|扩|升|增|拓|推|延|覆盖)[^，。；、]{0,4}全(?:部|员|体|覆盖|校|院|省|市)")
_FROM = re.compile(r"(?:从(?!事|来|业)|由(?!来)|自(?!事|来|筹|建|评|查|主|身))[^，。；]{0,24}$|原(?:来|先|有)的?$")
_CHAIN = re.compile(r"、(?:20\d\d年)?的?$")
_LISTED = re.compile("[^，。；、0-9]{0,6}[、和]?$")  # 由22所学校、35个专业扩大到31所学校; 由4类18条调整为5类23条
_RESTS = re.compile(r"[^，。；]{0,12}相比")
_FORMER = re.compile(
    r"与[^，。；、\d]{0,8}(?:20\d\d[年届]底?|[“”十一二三四五]{4,5})的(?:\d[\d,.]*[^，。；、\d]{1,2}、)?$"
)
_MERGED = re.compile(r"[^，。；、\d]{1,14}(?:整合|合并|归并|压缩|精简|缩减)[为成](?=\d|[一两三四五六七八九十])")
_AT_FIRST = re.compile(
    r"^[^，。；\n]{0,12}(?:(?:改革|受援|帮扶|结对|建设|整改)之?前"
    r"|(?:改革|受援|帮扶|结对|建设|合作|试点)(?:之初|初期)(?=[^。；\n]*(?:[为仅]|只有|不[到足])[^，。；、\d]{0,4}$))，?(?![^。\n]*(?:现在|如今|目前|今年|已))"
)
_COMPARED = re.compile(
    r"(?:(?:比|较|优于)(?:之前|此前|原先|以前|[^，。；\d]{2,14}(?:之初|初期|之?前)|20\d\d[年届][初底末]?|\d{1,2}月(?:\d{1,2}日|[份底末初])?|上年[末底]?|上年度?|去年|上学[年期]|上一?[次轮届期批]|往[年届]|原来|上一年)(?:同期)?的|(?:高于|低于|多于|少于|超过)(?:上年|去年|上学年|20\d\d[年届])(?:同期)?的|(?:较|比|的)?(?:上年|去年)?基数(?:的|为)?"
    r"|(?:去年|上年度?|上学[年期]|此前|原来|两年前)[^，。；、\d]{0,8}?(?:是|为|只有|仅|仅为|才|只))$"
)
_OF_YEAR = re.compile(r"(20\d\d)年(?:的|是|为|仅|仅为|只有|才)?$")
_YEAR_BY_YEAR = re.compile(  # 两年列支180万元，其中2020年|40万元、2021年|80万元
    r"其中，?(?:20\d\d年[^，。；\d]{0,6}\d[\d,.]*[^，。；\d]{1,4}[、，])*20\d\d年[^，。；\d]{0,4}$"
)
_REACHED = re.compile(r"[增升提降减扩压调变涨跌][^，。；、\d]{0,4}[到至为](?:20\d\d)年的$")
_ONCE = re.compile(  # 改革前为32学时、|2学分
    r"[，；](?:改革|受援|帮扶|结对|建设|整改|试点|共建)之?前(?:仅|只有|只|为|是|有|仅有)[^，。；\d]{0,4}(?:\d[\d.,]*[^，。；、\d]{1,4}、)*[^，。；、\d]{0,4}$"
)
_SIDES = ("方面", "层面", "维度", "角度", "环节", "渠道")  # 从6个方面|提出22条建议
_HELD_AGAINST = re.compile(r"(?:恢复到|达到|相当于|不到|不足|超过|接近)20\d\d年(?:同期)?的$")  # 恢复到2019年的|108%
_WHEREAS = re.compile(  # 而2022年仅为5件、|21万元
    r"而(?:20\d\d年|去年|上年)[^，。；\d]{0,4}(?:仅|只|才|为|是)[^，。；\d]{0,2}(?:\d[\d.]*[^，。；、\d]{1,2}、)?$"
)
_EARLIER = re.compile(
    r"(?:原来|原先|过去|以前|从前|当初|起初|刚来时|接手时|[一二两三四五]年前|前些年|[帮改]\w前|去年|上年|前年)[^，。；\d]{0,12}$"
)
_IN_YEAR = re.compile(r"(20\d\d)年[^，。；\d]{1,8}$")
_NOWADAYS = re.compile(
    r"[，；].{0,10}?(?:现在|如今|目前|今年(?!又|再)|现已|[增涨升降减提扩][^，。；]?到|[增涨升降减]至)"
)


def is_baseline(
    text: str, candidate: Candidate, following: Sequence[Candidate], *, report_year: int | None = None
) -> str:
    """Why (in Chinese) the count is a former value: 由3个增至5个, 比上年的3个, 2020年5个、今年8个; "" where it is none.

    `following` are the next counts of the sentence, `report_year` the one year the report is of, where it is of one.
    """
    before = text[max(0, candidate.start - 20) : candidate.start]
    if _COMPARED.search(before) or _WHEREAS.search(before):
        return "用来比较的旧值"
    opens = max(text.rfind(mark, 0, candidate.start) for mark in "。\n") + 1
    told = VALUES_OF_YEAR.match(text, opens, candidate.start)
    if told and report_year is not None and int(told[1]) < report_year:  # 2023年分别是12期、|1407人次
        return f"{told[1]}年的值"
    held = candidate.unit in {"倍", "番"} or (_is_share(candidate.unit) and _HELD_AGAINST.search(before) is not None)
    held = held or _YEAR_BY_YEAR.search(text, opens, candidate.start) is not None
    held = held or _REACHED.search(before) is not None  # 由2021年的62.3%升到2024年的|88.9%
    year = None if held else _OF_YEAR.search(before)  # 分别是2007年的1.8倍、1.7倍
    if year and report_year is not None and int(year[1]) < report_year:
        return f"{year[1]}年的值" if any(other.unit == candidate.unit for other in following[:2]) else ""
    dated = _IN_YEAR.search(before)
    if _EARLIER.search(before) or (dated and report_year is not None and int(dated[1]) < report_year):
        later = next((other for other in following[:2] if other.unit == candidate.unit), None)
        if later is not None and _NOWADAYS.search(text, candidate.end, later.start):
            return "从前的值，后面有现在的值"
    if _MERGED.match(text, candidate.end):
        return "整合前的值"
    if _FORMER.search(before) and _RESTS.match(text, candidate.end):
        return "用来比较的旧值"
    if _AT_FIRST.match(text[opens : candidate.start]):
        return "改革、帮扶之前的值"
    if _ONCE.search(text, opens, candidate.start):
        return "改革、帮扶之前的值"
    if not _FROM.search(before) or text.startswith(_SIDES, candidate.end):
        return ""
    if _TO_ALL.match(text, candidate.end) or _moves_on(text, candidate, following):
        return "“由…到…”的起点"
    return ""


def _moves_on(text: str, candidate: Candidate, following: Sequence[Candidate]) -> bool:
    """Whether the value behind 从 goes on to another (从3个、5个增至8个; 由2小时缩短到40分钟)."""
    end = candidate.end
    for at, other in enumerate(following):
        between = text[end : other.start]
        money = units().is_money(other.unit) and units().is_money(candidate.unit)  # 由8940亿元扩大到1.31万亿元
        alike = other.unit == candidate.unit or money or (_is_share(other.unit) and _is_share(candidate.unit))
        if len(between) > 14:
            return False
        if _MOVED.match(between):
            return True
        if not alike and (at > 0 or _LISTED.match(between) is None):
            return False
        if alike and _CHAIN.match(between) is None:
            return False
        end = other.end
    return False


def _is_share(unit: str) -> bool:
    """Whether the unit is that of a share: %, 成, none (三分之一)."""
    return unit in {"", "成"} or units().is_rate(unit)
