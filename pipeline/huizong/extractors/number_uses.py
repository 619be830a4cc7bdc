"""What a number with its unit says that is no quantity: a time of day, an age, the name of a campaign."""

from __future__ import annotations

import re

from huizong.lexicon.units import units
from huizong.numerals import Numeral

_CLOCK = re.compile(r"[\d一二三四五六七八九十][ ]?[点时分:：]$")
_AGO = re.compile(r"[之以]?[前后](?![期端台勤续])")
_AGE_GROUP = re.compile(r"岁(?:及)?(?:以上|以下|[-—至到])")
_AGE_REACHED = re.compile("岁(?:及)?以[上下](?=[，。；]|$)")
_OF_AGE = re.compile("的?(?:儿童|幼儿|婴幼儿|老人|老年人|妇女|女性|女生|居民|群众|人群|青少年|学生)")
_AGED = re.compile(r"(?:[到至达为高低大小升降增减]|年龄|寿命|平均)[^，。；]{0,9}$")
_COME_TO = re.compile("(?:寿命|年龄)[^，。；]{0,5}(?:[到至达为]|超过?|提高|延长|增加)了?$")
_CAMPAIGN = re.compile(r"攻坚|行动")
_RACE = re.compile(
    "(?:[自仰蛙蝶]|直道|短|长|中长|接力|障碍|跨栏)?(?:由泳|泳|跑|接力|竞速|跨栏|冲刺)"
)  # 50米跑, 200米直道竞速
_VOLTAGES = frozenset({"千伏", "伏", "kV", "KV"})
_RATED = re.compile(
    "(?:[和及、](?=\\d)[\\d.]+(?:千伏|伏|[kK]V))?(?:及以[上下])?[^，。；、0-9]{0,8}(?:输?变电|线路|电网|直流|交流|输电|特高压|主变|配电|电缆|开关站|换流站|工程|通道)"
)  # 220千伏|变电站
_OF_LINES = re.compile("(?:及以上)?的?(?:高铁|高速|铁路|动车|列车|线路|客专)")
_NAMED_AFTER = re.compile("论坛|圆桌|过境免签|免签")
_DENOMINATOR = re.compile("每$")
_PER = frozenset({"人", "人口", "万人", "户", "万户", "平方公里", "万元", "亿元", "公里"})
_CIRCLE = re.compile("(?:、[^“”，。；]{1,10})?”[^，。；]{0,3}圈")


def tells_no_quantity(text: str, numeral: Numeral, unit: str, end: int) -> bool:
    """Whether the number with its `unit`, which ends at `end`, says when (8点十五分, 2小时后), how old, or names something."""
    if _DENOMINATOR.search(text, max(0, numeral.start - 2), numeral.start) and unit in _PER and _is_round(numeral):
        return True  # 每10万人刑事案件数
    if unit in {"小时", "分钟"} and _CIRCLE.match(text, end):
        return True  # “圈内1小时、济青1.5小时”通勤圈
    if unit in {"人", "小时", "天"} and _NAMED_AFTER.match(text, end):
        return True  # 青年50人论坛, 144小时过境免签
    if unit in {"公里", "千米"} and text.endswith("时速", 0, numeral.start) and _OF_LINES.match(text, end):
        return True  # 通时速350公里|高铁的省份
    if unit in _VOLTAGES and _RATED.match(text, end):
        return True
    if unit in {"米", "公里"} and _RACE.match(text, end):
        return True
    if unit in {"分", "秒"}:
        return _CLOCK.search(text, max(0, numeral.start - 3), numeral.start) is not None
    if unit in {"分钟", "小时", "天", "周"}:
        return _AGO.match(text, end) is not None
    if unit in {"岁", "周岁"}:  # 六十岁以上老人 are a group, an average age of 35 is a level
        before = text[max(0, numeral.start - 14) : numeral.start]
        return (
            (_AGE_GROUP.match(text, end - 1) is not None and not _is_reached(text, before, end))
            or _OF_AGE.match(text, end) is not None
            or _AGED.search(before) is None
        )
    return _CAMPAIGN.match(text, end) is not None and units().is_measure(unit)


def _is_reached(text: str, before: str, end: int) -> bool:
    """Whether the age that ends behind `end` is what a value came to: 人均预期寿命提高到80岁|以上."""
    return _AGE_REACHED.match(text, end - 1) is not None and _COME_TO.search(before) is not None


def _is_round(numeral: Numeral) -> bool:
    """Whether the number is 1, 10, 100 …, of which something is told for each."""
    return str(int(numeral.value)).rstrip("0") == "1"
