"""Which numerals are counts: a numeral, a unit behind it, and nothing around that makes it a name, a date or a number of order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from huizong.extractors.count_doubts import (
    DEADLINE,
    ENDS,
    adds_half,
    bare_counts,
    chinese_counts,
    digits_count,
    surely_counts,
)
from huizong.extractors.number_context import fixed_spans, is_covered, quoted_spans, role_of, title_spans
from huizong.extractors.number_uses import tells_no_quantity
from huizong.lexicon.units import Units, units
from huizong.numerals import AFTER, Form, Interval, Numeral, find_numerals
from huizong.numerals.chinese import DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A numeral with its unit. `start..end` is the quote: approximating words that touch it are inside.

    `number` is where the numeral itself starts, `unit_end` where the unit ends (before 以上, 左右). `unit` is as printed,
    万/亿 included. `inherited` marks a number that takes the unit of the next one (5.2和4.7个百分点).
    """

    start: int
    number: int
    unit_end: int
    end: int
    numeral: Numeral
    value: float
    high: float | None
    unit: str
    after: str
    inherited: bool = False

    @property
    def interval(self) -> Interval:
        """The bounds that the words allow, in the printed unit."""
        numeral = self.numeral
        if (numeral.value, numeral.high) != (self.value, self.high):
            numeral = replace(numeral, value=self.value, high=self.high)
        return numeral.interval_with(self.after)


_TENTHS = re.compile(r"[一二三四五六七八九](?![十百千万亿成个名项家])")
_RATIO_BEFORE = re.compile(
    r"(?:比(?!分)|比例|比率|比值)[^，。；、]{0,5}$|(?:达到?|\d[:：∶]\d+(?:[、和]|(?:提[升高]|上升|扩大|优化|下降|降低?|缩小|调整|改善)[到至为]))$"
    r"|[生师徒员量供需配职]比(?![上去较例])[^。；！？\n]{0,24}$"
)
_MEASURED_BY = re.compile(
    r"(?:[生师][师生]比|收入比|供需比|求人倍率|影响因子|达成度|倍差|死亡率|(?<![a-zA-Z])PUE|基尼系数|容积率)"
    r"(?:(?:平均|目前)?(?:仍|已|则|约|仅|分别|均)?(?:高|低)?(?:为|达到?|是)?|[^，。；、0-9]{0,8}?(?:由|从|到|至|控制在|保持在|稳定在|达到?|[高低优]于)[^，。；、0-9]{0,8}"
    r"|[^，。；、0-9]{0,6}(?:由|从|分别[^，。；、0-9]{0,4})[^，。；、0-9]{0,6}[0-9.]+(?:[^，。；、0-9]{0,6}[到至为]|[、和]))\Z"
)
_NOT_YEARS = re.compile("年(?:级|度|代|月|[0-9一二三四五六七八九十]+月)")
_LASTS = re.compile(
    r"(?:周期|年限|任期|有效期|账龄|楼龄|工龄|服务期|(?<!五年)(?<!建设)期限)(?:一般|平均|均|仅|只有|已)?"
    r"(?:由|从|为|是|约|达到?|超过|不少于|不低于|[^，。；、0-9]{0,4}(?:延长|缩短|增加|提高)[到至为]"
    r"|[由从][0-9一二两三四五.]+年[^，。；、0-9]{1,6}[到至为])?(?:约|近)?\Z"
)
_ALONE = re.compile(
    "(?:以[内上下]|左右)?[，。；、！？）)\n]|[到至和]|[升提降缩扩上下回改优][^，。；、0-9]{0,4}[到至为]|的(?:国家)?(?:合格)?(?:标准|要求)|$"
)
_GREW = re.compile("，?[比较][^，。；0-9]{1,8}(?:提高|上升|增加|下降|降低|减少|提升|扩大|缩小)了?")
_AS_RATIO = re.compile(r"的?(?:比例|配比)|配[备置]|的[^，。；、\d]{0,4}(?:标准|要求|规定)")
_TO_ONE = re.compile(r"1[:：∶]|[^，。；]*[:：∶]1$")
_FRACTION_BAR = re.compile(r"[的占约近超以左以]|[，。；、]|$")
_NOUN_START = re.compile(r"(?!级|工程|大军|分之)[一-龥]|“(?=[一-龥])|(?=\d{2}周?岁)")
_OF_PEOPLE = re.compile(
    r"(?!级|大军)[一-龥]{0,6}?(?:群众|百姓|人口|居民|农民工?|市民|职工|学生|师生|毕业生|企业|主体|农?[牧农贫]户|老人|老年人|儿童|劳动力|观众|游客|读者)"
)
_AND = re.compile(r"[ ]?[、,和与及][ ]?")
_TO = re.compile(r"[ ]?(?:-|—|–|~|～|至|到)[ ]?")
_FROM = re.compile(r"[从由自][^，。；]{0,6}$")
_MOVED = re.compile("(?:提[高升]|上升|下降|回落|增长|降低|快于?|高于?|低于?)了?$")
_MANY_POINTS = re.compile(r"个(?:多(?=百分点|月|小时)|半(?=月|小时|学期|工作日))")
_SIGNS = frozenset("¥￥$＄")
_SIGN = re.compile(r"[¥￥]$|(?<![A-Za-z])(?:US)?[$＄]$")  # HK$ is no dollar of the United States


def find_candidates(text: str) -> list[Candidate]:
    """The counts of a text, in order and without overlaps, as far as number and unit go."""
    table = units()
    numerals = find_numerals(text)
    quotes, titles = quoted_spans(text), title_spans(text)
    fixed = fixed_spans(text)
    found: list[Candidate] = []
    pending: list[Numeral] = []  # numerals without a unit, waiting for that of the next one
    reach = 0
    for numeral in numerals:
        if numeral.core < reach or is_covered(numeral, fixed, titles, quotes, text):
            continue
        candidate = _years(text, numeral)
        if candidate is None:
            if role_of(text, numeral) is not None:
                continue
            candidate = _candidate(text, numeral, table) or _pure_number(text, numeral, found)
        if candidate is None:
            if numeral.form is Form.PLAIN and not numeral.chinese and not numeral.bare:
                pending.append(numeral)
            continue
        last = found[-1] if found else None
        if last is not None and _leaves_points(text, last, candidate, table):
            found[-1] = replace(last, unit=candidate.unit, inherited=True)
        found.extend(_inheriting(text, pending, candidate, table))
        pending.clear()
        found.append(candidate)
        reach = candidate.end
    return _ranges(text, found)


def _leaves_points(text: str, last: Candidate, following: Candidate, table: Units) -> bool:
    """Whether 个 is short for the 个百分点 of the next number: 快2.4个、1.1个百分点, 提高3个和5个百分点."""
    points = "." in text[last.number : last.end] or _MOVED.search(text, max(0, last.start - 4), last.start) is not None
    joined = _AND.fullmatch(text, last.end, following.start) is not None
    return last.unit == "个" and points and joined and following.unit == "个百分点"


def _candidate(text: str, numeral: Numeral, table: Units) -> Candidate | None:
    """The numeral with its unit, or `None` when it has none or the two make no count."""
    if numeral.form in {Form.FRACTION, Form.RATIO}:
        return _unitless(text, numeral)
    if numeral.form is Form.PERCENT:
        return _built(text, numeral, numeral.end, "%")
    if numeral.after:
        return _scaled(text, numeral)
    many = _MANY_POINTS.match(text, numeral.end)
    if many is not None:
        return _parted(text, numeral, many, table)
    if numeral.start and text[numeral.start - 1] in _SIGNS:
        sign = _SIGN.search(text, max(0, numeral.start - 4), numeral.start)
        return _signed(text, numeral, sign, table) if sign else None
    match = table.match(text, numeral.end, chinese=numeral.chinese and not surely_counts(text, numeral))
    if match is None:
        return _scaled(text, numeral)
    unit = (numeral.scale + match["unit"]).replace("％", "%").replace("㎡", "㎡")
    if numeral.bare and not bare_counts(text, numeral, match, unit, table):
        return None
    if tells_no_quantity(text, numeral, match["unit"], match.end()):
        return None
    allowed = chinese_counts if numeral.chinese else digits_count
    return _built(text, numeral, match.end(), unit) if allowed(text, numeral, match) else None


def _parted(text: str, numeral: Numeral, many: re.Match[str], table: Units) -> Candidate | None:
    """1个多百分点 and 两个半小时: what is added stands inside the unit."""
    half = many.group().endswith("半")
    if half and DEADLINE.match(text, many.end() + 1):  # 一个半月内
        return None
    match = table.match(text, many.end(), chinese=False)
    unit = match["unit"].lstrip("个") if match else text[many.end()]
    end = match.end() if match else many.end() + 1
    added = replace(numeral, value=numeral.value + 0.5) if half else replace(numeral, inside="多")
    return _built(text, added, end, "个" + unit)


def _signed(text: str, numeral: Numeral, sign: re.Match[str], table: Units) -> Candidate:
    """An amount behind the sign of its money: ￥300万 is 300 of 万元."""
    match = table.match(text, numeral.end, chinese=False)
    unit = match["unit"] if match and table.is_money(match["unit"]) else ""
    end = match.end() if match and unit else numeral.end
    money = unit or ("元" if sign.group() in "¥￥" else "美元")
    return _built(text, replace(numeral, start=sign.start()), end, numeral.scale + money)


def _built(text: str, numeral: Numeral, unit_end: int, unit: str, *, inherited: bool = False) -> Candidate:
    if unit in {"成", "倍"} and text.startswith("多", unit_end):
        numeral, unit_end = replace(numeral, inside="多"), unit_end + 1
    value = numeral.value
    if text.startswith("半", unit_end) and adds_half(text, unit_end, unit):
        value, unit_end = value + 0.5, unit_end + 1
    tenths = _TENTHS.match(text, unit_end) if unit == "成" and numeral.chinese else None
    if tenths is not None:  # 六成三
        value, unit_end = value + DIGITS[tenths.group()] / 10, tenths.end()
    after = AFTER.match(text, unit_end)
    return Candidate(
        start=numeral.start,
        number=numeral.core,
        unit_end=unit_end,
        end=after.end() if after else unit_end,
        numeral=numeral,
        value=value,
        high=numeral.high,
        unit=unit,
        after=after.group().strip() if after else numeral.after,
        inherited=inherited,
    )


def _unitless(text: str, numeral: Numeral) -> Candidate | None:
    """A ratio behind 比, a fraction that is no date."""
    before = text[max(0, numeral.start - 26) : numeral.start]
    if numeral.form is Form.RATIO and not numeral.value:
        return None
    if numeral.form is Form.RATIO:
        counts = _parts_of_whole(text[numeral.core : numeral.end])
        counts = counts or _RATIO_BEFORE.search(before) is not None or _AS_RATIO.match(text, numeral.end) is not None
        counts = counts or (numeral.before != "" and _TO_ONE.match(text[numeral.core : numeral.end]) is not None)
    else:
        bounded = bool(numeral.before or numeral.after) or _FRACTION_BAR.match(text, numeral.end) is not None
        counts = numeral.chinese or (0 < numeral.value < 1 and bounded)
        numeral = replace(numeral, value=round(numeral.value, 4))  # 三分之一 is 0.3333 in every table
    return _built(text, numeral, numeral.end, "") if counts else None


def _pure_number(text: str, numeral: Numeral, found: list[Candidate]) -> Candidate | None:
    """A number that needs no unit, since what it measures is told before: 生师比由19.6降到|17.8, 比上年提高0.05."""
    if numeral.form is not Form.PLAIN or numeral.chinese or numeral.scale or not _ALONE.match(text, numeral.end):
        return None
    last = found[-1] if found else None
    grew = last is not None and last.unit == "" and _GREW.fullmatch(text, last.end, numeral.start) is not None
    if grew or _MEASURED_BY.search(text, max(0, numeral.start - 26), numeral.start):
        return _built(text, numeral, numeral.end, "")
    return None


def _years(text: str, numeral: Numeral) -> Candidate | None:
    """So many years where what lasts so long is named: 任期一年, 轮换周期由1年延长到|2年; a year or a period else."""
    if (
        numeral.value >= 100
        or numeral.scale
        or not text.startswith("年", numeral.end)
        or numeral.form is not Form.PLAIN
    ):
        return None
    if _NOT_YEARS.match(text, numeral.end) or not _LASTS.search(text, max(0, numeral.start - 24), numeral.start):
        return None
    return _built(text, numeral, numeral.end + 1, "年")


def _parts_of_whole(quote: str) -> bool:
    """Whether the sides of a ratio are shares that make a hundred: 6.8:45.1:48.1."""
    sides = [float(side) for side in re.findall(r"\d+(?:\.\d+)?", quote)]
    return len(sides) > 2 and abs(sum(sides) - 100) <= 0.5


def _scaled(text: str, numeral: Numeral) -> Candidate | None:
    """A number whose only unit is 万 or 亿 (播放量突破100万, 惠及1200万学生)."""
    many = numeral.before or text[numeral.start] in "数几"
    if not numeral.scale or (numeral.bare and not many):
        return None
    told = ENDS.match(text, numeral.end) or _OF_PEOPLE.match(text, numeral.end)  # 上千万|群众, 数百万|农民工
    if numeral.chinese and not (many and told):
        return None
    if not ENDS.match(text, numeral.end) and not _NOUN_START.match(text, numeral.end):
        return None
    return _built(text, numeral, numeral.end, numeral.scale)


def _inheriting(text: str, pending: list[Numeral], last: Candidate, table: Units) -> list[Candidate]:
    """Numerals right before `last`, joined by 、 or 和, that share its unit."""
    out: list[Candidate] = []
    head = last.start
    for numeral in reversed(pending):
        join = _AND.fullmatch(text, numeral.end, head)
        shares = "." in text[numeral.core : numeral.end] or table.is_rate(last.unit) or table.is_money(last.unit)
        if join is None or not (shares or "分别" in text[max(0, numeral.start - 8) : numeral.start]):
            break
        out.append(
            replace(_built(text, numeral, numeral.end, last.unit, inherited=True), end=numeral.end, after=numeral.after)
        )
        head = numeral.start
    return out[::-1]


def _ranges(text: str, found: list[Candidate]) -> list[Candidate]:
    """Joins 20万元-30万元 and 3个至5个; what follows 从 or 由 stays two numbers."""
    out: list[Candidate] = []
    for candidate in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.high is None
            and candidate.high is None
            and last.unit == candidate.unit
            and last.value < candidate.value
            and _TO.fullmatch(text, last.end, candidate.start)
            and not _FROM.search(text, max(0, last.start - 8), last.start)
        ):
            out[-1] = replace(
                last, end=candidate.end, unit_end=candidate.unit_end, high=candidate.value, after=candidate.after
            )
        else:
            out.append(candidate)
    return out
