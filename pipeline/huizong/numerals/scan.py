"""Finds numerals in running text and reads them: Arabic, full-width, Chinese, mixed, ranges, ratios, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from huizong.numerals.bounds import AFTER, BEFORE, BEFORE_ROUND, Interval, interval, step_of
from huizong.numerals.chinese import DIGITS, chinese_value, plain


class Form(StrEnum):
    """How a numeral is built."""

    PLAIN = "plain"
    PERCENT = "percent"  # 百分之九十: the value is 90
    FRACTION = "fraction"  # 1/4, 三分之一: the value is the quotient
    RATIO = "ratio"  # 1:18: the value is the side that is not 1
    PRODUCT = "product"  # 2×35: the value is the last factor
    DOTTED = "dotted"  # 3.4.4.2: a numbering, no quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral of the text. Offsets are 0-based and half-open.

    `start..end` is what is printed, approximating words included (约1,200万, 十余, 300以上); `core` is where the numeral
    itself starts. `value` (and `high` of a range) is the number as printed, `scale` the 万/亿 that belongs to the unit, so
    that `amount` is the full quantity. `bare` marks a round word without a digit (百, 万): 百万, 上千.
    """

    start: int
    core: int
    end: int
    value: float
    high: float | None
    scale: str
    step: float
    form: Form
    chinese: bool
    bare: bool
    before: str
    inside: str
    after: str
    guessed: bool = False  # 七八十: a guess between two digits

    @property
    def amount(self) -> float:
        """The value with 万/亿 multiplied out (of a range: of its lower end)."""
        return self.value * scale_factor(self.scale)

    @property
    def interval(self) -> Interval:
        """The bounds in the printed scale: 十余 is 11..19."""
        return self.interval_with(self.after)

    def interval_with(self, after: str) -> Interval:
        """The bounds when `after` (以上, 左右 …) stands behind the unit instead of behind the numeral."""
        return interval(
            self.value,
            self.high,
            step=self.step,
            before=self.before,
            inside=self.inside,
            after=after,
            guessed=self.guessed,
        )


def scale_factor(scale: str) -> int:
    """What 万, 亿, 万亿 multiply by; 1 for ""."""
    factor = 1
    for c in scale:
        factor *= {"万": 10**4, "亿": 10**8}[c]
    return factor


_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?)"
_CHINESE = r"[零一二三四五六七八九十百千万亿两廿卅]+"
_CHINESE_DECIMAL = rf"{_CHINESE}(?:点[零一二三四五六七八九]+)?"
# 来 and 几 belong to the numeral only before a unit or a scale: 三千来棵, 十几通.
_COUNTED = "个名人年天万亿所家项次场号册件条本套台张篇份吨亩种间部户辆幅棵株通轮批位门处起回趟元块"
_MORE = rf"余|来(?=[{_COUNTED}多])|多(?!样|元[化主]|层次)|几(?=[{_COUNTED}]|$)"
# 千 and 百 belong to the unit in 千瓦, 千米, 千克, 百分点.
_SCALE = (
    r"(?P<thousand>[十百千](?=万|亿)|[百千](?![分克瓦米卡赫焦帕伏安兆升字]))?(?P<scale>万亿|万(?!能|户侯|里长)|亿)?"
)
_NUMBER = re.compile(
    rf"""(?P<dotted>\d+(?:\.\d+){{2,}})
    |百分之(?P<percent>{_ARABIC}|{_CHINESE_DECIMAL})
    |(?P<below>{_ARABIC}|{_CHINESE})分之(?P<above>{_ARABIC}|{_CHINESE})
    |(?P<left>{_ARABIC})[:：∶](?P<right>{_ARABIC})
    |(?P<top>\d+)/(?P<bottom>\d+)(?![/\d])
    |(?:(?P<factor>\d+)[ ]?[×xX*][ ]?)?(?P<arabic>{_ARABIC})[ ]?(?:(?P<more1>{_MORE})(?=万|亿))?{_SCALE}(?P<tail>(?:\d[千百])+)?
       (?P<more>{_MORE})?(?P<late>万亿|万|亿)?
    |(?P<half>(?<![一二两三四五六七八九十个年天点大多前上下\d])半(?=个?小时|个月|个学期))
    |(?P<vague>[几数](?=[十百千万亿])|好几(?=[十百千万亿]))?(?P<chinese>{_CHINESE_DECIMAL})(?P<more2>{_MORE})?(?P<late2>万亿|万|亿)?
    """,
    re.VERBOSE,
)
_JOIN = re.compile(r"[ ]?(?:-{1,2}|[－–—]{1,2}|[~～]|至|到)[ ]?(?:百分之)?")
# 人数十, 总数百: the 数 belongs to the word before.
_NOUN_WITH_COUNT = re.compile(r"[总人次件倍基指个位分系参岁户天总函奇偶度]$")
# A minus stands behind a word of growth (增长-2.1%); between digits or letters it joins.
_MINUS = re.compile(r"(?<=[长幅速降增为率跌度：:（(])[-－−]$|(?<![抱担辜肩欺胜背自减])负$")
_PERCENT = re.compile(r"[ ]?%")
# Two digits side by side are a guess between them: 七八十, 一两天, 三五家, 十五六人.
_ADJACENT = re.compile(
    r"^((?:[一二两三四五六七八九]?[万千百十])+)?([一两二三四五六七八])([两二三四五六七八九])([十百千万亿]*)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One number before ranges are joined."""

    end: int
    value: float
    high: float | None = None
    scale: str = ""
    digits: str = ""
    form: Form = Form.PLAIN
    chinese: bool = False
    bare: bool = False
    inside: str = ""
    guessed: bool = False


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of `text` that has a value, in order, without overlaps.

    Not told apart here: years, dates, numbering and words such as 一流; that is a matter of context. A run of Chinese
    numeral characters that is no number (二三级 as a list) is left out.

    >>> [(n.value, n.scale, n.before or n.inside) for n in find_numerals("十余所高校，投入约1,200万元")]
    [(10.0, '', '余'), (1200.0, '万', '约')]
    """
    return list(_scan(text))


def parse_numeral(text: str) -> Numeral | None:
    """The numeral that the whole of `text` is, surrounding blanks aside; `None` when it is none.

    >>> parse_numeral("十二万").amount
    120000.0
    """
    found = find_numerals(text.strip())
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(text.strip()):
        return found[0]
    return None


def _scan(text: str) -> Iterator[Numeral]:
    norm = plain(text)
    at = 0
    while (match := _NUMBER.search(norm, at)) is not None:
        part = _read(match, norm)
        if part is None:
            at = match.end()
            continue
        start = match.start()
        if norm[start] == "数" and _NOUN_WITH_COUNT.search(norm, max(0, start - 1), start):
            at = start + 1
            continue
        if part.bare and start and (norm[start - 1].isdigit() or start == at):  # the 千 of 5千瓦
            at = start + 1
            continue
        sign = _MINUS.search(norm, max(0, start - 2), start)
        joined = replace(part, value=-part.value) if sign else _range(norm, part)
        yield _numeral(norm, start - (1 if sign else 0), joined)
        at = max(joined.end, start + 1)


def _numeral(norm: str, start: int, part: _Part) -> Numeral:
    before = BEFORE.search(norm[max(0, start - 5) : start])
    if before is None and part.bare:
        before = BEFORE_ROUND.search(norm[max(0, start - 2) : start])
    after = AFTER.match(norm, part.end)
    return Numeral(
        start=start - (before.end() - before.start() if before else 0),
        core=start,
        end=after.end() if after else part.end,
        value=float(part.value),
        high=None if part.high is None else float(part.high),
        scale=part.scale,
        step=step_of(part.digits, part.value),
        form=part.form,
        chinese=part.chinese,
        bare=part.bare,
        before=before.group().strip().removesuffix("了") if before else "",
        inside=part.inside,
        guessed=part.guessed,
        after=after.group().strip() if after else "",
    )


def _read(match: re.Match[str], norm: str) -> _Part | None:
    """The number of one match, or `None` when its characters make none."""
    group, end = match.groupdict(), match.end()
    if group["dotted"]:
        return _Part(end=end, value=0, form=Form.DOTTED)
    if group["percent"]:
        value = _value(group["percent"])
        return None if value is None else _Part(end=end, value=value, digits=group["percent"], form=Form.PERCENT)
    if group["above"] or group["top"]:
        above, below = _value(group["above"] or group["top"]), _value(group["below"] or group["bottom"])
        if above is None or not below:
            return None
        return _Part(end=end, value=above / below, form=Form.FRACTION, chinese=not group["top"])
    if group["left"]:
        left, right = _value(group["left"]), _value(group["right"])
        if left is None or right is None:
            return None
        return _Part(end=end, value=left if right == 1 else right, form=Form.RATIO)
    if group["half"]:
        return _Part(end=end, value=0.5, chinese=True)
    return _read_arabic(group, end) if group["arabic"] else _read_chinese(group, end, norm)


def _read_arabic(group: dict[str, str | None], end: int) -> _Part | None:
    digits = group["arabic"] or ""
    value = float(digits.replace(",", ""))
    scale = (group["scale"] or "") + (group["late"] or "")
    value *= {"十": 10, "百": 100, "千": 1000}.get(group["thousand"] or "", 1)
    if group["tail"]:  # 3万5千
        pairs = re.findall(r"(\d)([千百])", group["tail"])
        value = value * scale_factor(scale) + sum(int(digit) * (1000 if unit == "千" else 100) for digit, unit in pairs)
        scale = ""
    return _Part(
        end=end,
        value=value,
        scale=scale,
        digits=digits,
        form=Form.PRODUCT if group["factor"] else Form.PLAIN,
        inside=group["more"] or group["more1"] or "",
    )


def _read_chinese(group: dict[str, str | None], end: int, norm: str) -> _Part | None:
    run = group["chinese"] or ""
    scale = group["late2"] or ""
    head = re.fullmatch(r"(.+?)(万亿|万|亿)", run)
    if not scale and head and not set(head[1]) & set("万亿"):
        run, scale = head[1], head[2]
    elif run in {"亿", "万亿"}:  # 近万个 stays 10000, 超亿元 is 1 of 亿元
        run, scale = "一", run
    high: float | None = None
    pair = _ADJACENT.match(run)
    if pair and (DIGITS[pair[3]] - DIGITS[pair[2]] == 1 or pair[2] + pair[3] == "三五"):
        tens = pair[1] or ""
        value, high = (chinese_value(tens + digit + pair[4]) for digit in (pair[2], pair[3]))
    else:
        value = chinese_value(run)
    if value is None:
        return None
    bare = (group["chinese"] or "")[0] in "百千万亿"
    if run == "一" and norm.startswith("半", end):
        return _Part(end=end + 1, value=0.5, form=Form.FRACTION, chinese=True)
    vague = "数" if group["vague"] else ""
    return _Part(
        end=end,
        value=value,
        high=high,
        scale=scale,
        chinese=True,
        bare=bare,
        inside=vague or group["more2"] or "",
        guessed=high is not None,
    )


def _value(digits: str) -> float | None:
    return float(digits.replace(",", "")) if digits[0].isdigit() else chinese_value(digits)


def _range(norm: str, first: _Part) -> _Part:
    """`first`, joined with a second number when the two make a range: 30-50, 60%-70%, 三至五, 8000至1万."""
    if first.form not in {Form.PLAIN, Form.PERCENT} or first.high is not None or first.inside:
        return first
    sign = _PERCENT.match(norm, first.end)
    join = _JOIN.match(norm, sign.end() if sign else first.end)
    match = _NUMBER.match(norm, join.end()) if join else None
    second = _read(match, norm) if match else None
    if second is None or second.form not in {first.form, Form.PLAIN} or second.chinese != first.chinese or second.bare:
        return first
    if second.high is not None or second.inside or (sign and not _PERCENT.match(norm, second.end)):
        return first
    low, high, scale = first.value, second.value, second.scale
    if first.scale and first.scale != second.scale:  # 8000万至1亿
        low, high, scale = low * scale_factor(first.scale), high * scale_factor(second.scale), ""
    elif not first.scale and second.scale and low >= high:  # 8000至1万
        low, high, scale = low, high * scale_factor(second.scale), ""
    if low >= high:
        return first
    return _Part(
        end=second.end, value=low, high=high, scale=scale, digits=first.digits, form=first.form, chinese=first.chinese
    )
