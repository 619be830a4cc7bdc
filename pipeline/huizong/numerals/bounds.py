"""What approximating words allow: 十余 = 11..19, 近百 < 100, 超过300 > 300, 约 says nothing definite."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

ABOUT = frozenset({"约", "大约", "大概", "约为", "左右", "上下"})
BELOW = frozenset({"<", "＜", "小于", "近", "将近", "接近", "不足", "不到", "不满", "低于", "少于"})
ABOVE = frozenset(
    {">", "＞", "超", "超过", "超出", "突破", "逾", "破", "过", "高于", "多于", "大于", "不止", "之多", "还多"}
)
AT_LEAST = frozenset(
    {
        "≥",
        "不小于",
        "不少于",
        "不低于",
        "大于等于",
        "大于或等于",
        "至少",
        "最少",
        "不下",
        "不下于",
        "以上",
        "及以上",
        "或以上",
        "上",
        "+",
        "＋",
    }
)
AT_MOST = frozenset(
    {
        "≤",
        "不大于",
        "不超过",
        "不高于",
        "不多于",
        "小于等于",
        "小于或等于",
        "至多",
        "最多",
        "以下",
        "及以下",
        "或以下",
        "以内",
        "之内",
    }
)
MORE = frozenset({"余", "多", "来", "几"})  # 几 behind the number: 十几

_ABOUT = "(?<![节契条签预公誓相制履邀特续违])(?<![^折]合)约"  # not the one of 节约, 合约
# Lookbehinds keep 最近, 附近, 爆破 apart; 过 and 上 are approximators only before a round numeral (过百, 上千).
BEFORE = re.compile(
    rf"(?:大约|大概|约为|{_ABOUT}|将近|接近|(?<![最附临就远靠亲])近|不足|不到|(?<=[一-龥])不满(?!意)|不低于|不高于|低于|高于|不少于"
    r"|少于|不超过|超过|超出|(?<![高彩反赶B])超|突破|(?<![打爆攻侦识])破(?!了)|逾|不多于|多于|(?:大于|小于)(?:或?等于)?|不止|不下于|不下|(?:至少|最少|至多|最多)[有为是]?"
    r"|不小于|不大于|[≥≤＞＜><])(?:了)?[ \u3000]?\Z"  # $ would match before a line's end, too
)
BEFORE_ROUND = re.compile(r"(?:(?<![通经超不])过|(?<![以线网跨迈踏站登冲])上)\Z")
# 约占|教师总数的|八成, 不到|全省的|五分之一
ABOUT_SHARE = re.compile(
    rf"(?:{_ABOUT}(?:占|为|是|合)|(?:不[到足及]|不少于|不低于|不超过|不高于|接近|将近)(?=[^，。；、\d]+的$))[^，。；、\d]{{0,16}}$"
)
AFTER = re.compile(r"[ \u3000]?(?:[及或]?以[上下]|以内|之内|左右|上下|之多|还多|[+＋](?=[，。；、！？）)”\s]|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What a numeral may stand for; `None` is open. `exact` when no approximating word touches it."""

    lower: float | None
    upper: float | None
    lower_open: bool = False
    upper_open: bool = False
    exact: bool = True

    def times(self, factor: float) -> Interval:
        """The same bounds in a unit `factor` times smaller: 2..3 万 are 20000..30000."""
        lower = None if self.lower is None else self.lower * factor
        upper = None if self.upper is None else self.upper * factor
        return replace(self, lower=lower, upper=upper)


def interval(
    value: float,
    high: float | None,
    *,
    step: float,
    before: str = "",
    inside: str = "",
    after: str = "",
    guessed: bool = False,
) -> Interval:
    """The interval of a printed number and the words that touch it.

    `step` is the size of the last printed digit that counts (300 → 100, 2.5 → 0.1), which 余/多 may not exceed.
    `guessed` says that two digits side by side make the range (七八十). `before` is 约/近/超过 …, `inside` 余/多/几 behind
    the number or 数 before it, `after` 以上/左右 … (see the sets above; "" for none).

    >>> interval(10, None, step=10, inside="余")
    Interval(lower=11, upper=19, lower_open=False, upper_open=False, exact=False)
    """
    top = value if high is None else high
    if not (before or inside or after):
        return Interval(lower=value, upper=top, exact=not guessed)
    lower: float | None = None
    upper: float | None = None
    lower_open = upper_open = False
    if inside in MORE:
        lower, upper = (value + 1, value + step - 1) if step == 10 else (value, value + step)
        lower_open = upper_open = step != 10
    elif inside == "数":  # 数十, 几十
        lower, upper, upper_open = 2 * value, 10 * value, True
    elif high is not None:
        lower, upper = value, high
    for word in (before, after):
        if word in BELOW:
            upper, upper_open = top, True
            lower = round(0.9 * value, 6) if word in {"近", "将近", "接近"} else None
            lower_open = lower is not None
        elif word in ABOVE:
            lower, lower_open, upper = value, True, None
        elif word in AT_LEAST:
            lower, lower_open, upper = value, False, None
        elif word in AT_MOST:
            upper, upper_open, lower = top, word in {"以下"} and not before, None
    return Interval(lower=lower, upper=upper, lower_open=lower_open, upper_open=upper_open, exact=False)


def step_of(digits: str, value: float) -> float:
    """The size of the last printed digit that is no trailing zero of a whole number: 300 → 100, 2700 → 100, 2.5 → 0.1.

    `digits` is the Arabic numeral as printed, or "" for a Chinese one (its value then decides).
    """
    if "." in digits:
        return float(10.0 ** -len(digits.split(".")[1]))
    whole = round(value)
    if whole == 0 or whole != value:
        return 1.0
    step = 1
    while whole % (step * 10) == 0:
        step *= 10
    return float(step)
