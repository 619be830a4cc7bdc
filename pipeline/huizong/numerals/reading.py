"""What one match of the numeral pattern says, and two of them joined to a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from huizong.numerals.chinese import DIGITS, LONGEST, chinese_value, mixed_value
from huizong.numerals.patterns import ADJACENT, JOIN, NUMBER, OF_UNIT, PERCENT


class Form(StrEnum):
    """How a numeral is built."""

    PLAIN = "plain"
    PERCENT = "percent"  # 百分之九十: the value is 90
    FRACTION = "fraction"  # 1/4, 三分之一: the value is the quotient
    RATIO = "ratio"  # 1:18 and 18:1: the value is the side that is not 1; of 6.1:3.9 and of three sides the first
    PRODUCT = "product"  # 2×35: the value is the last factor
    DOTTED = "dotted"  # 3.4.4.2: a numbering, no quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One number before ranges are joined. The next one is looked for from `resume` on, when that lies behind `end`."""

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
    resume: int = 0


_DIGITS = re.compile(r"\d+")
_SCALED = re.compile(r"([^万亿]+)(万亿|万|亿)")


def scale_factor(scale: str) -> int:
    """What 万, 亿, 万亿 multiply by; 1 for ""."""
    factor = 1
    for c in scale:
        factor *= {"万": 10**4, "亿": 10**8}[c]
    return factor


def read(match: re.Match[str], norm: str) -> Part | None:
    """The number of one match of `NUMBER` in plain characters, or `None` when its characters make none.

    Arabic digits always make one: where they are no fraction or ratio (3/0), the first of them stand alone. Only what is longer
    than `LONGEST` makes none.
    """
    if match.end() - match.start() > LONGEST:
        return None
    part = _read(match, norm)
    if part is None and (digits := _DIGITS.match(norm, match.start())):
        return Part(end=digits.end(), value=float(digits.group()), digits=digits.group())
    return part


def _read(match: re.Match[str], norm: str) -> Part | None:
    group, end = match.groupdict(), match.end()
    if group["dotted"]:
        return Part(end=end, value=0, form=Form.DOTTED)
    if group["all"]:
        return Part(end=end, value=100, form=Form.PERCENT)
    if group["percent"]:
        return _percent(group["percent"], norm, end, negative=bool(group["sign"]))
    if group["above"] or group["top"]:
        return _fraction(group, end)
    if group["left"]:
        left, right = _value(group["left"]), _value(group["right"])
        if left is None or right is None:
            return None
        several = group["third"] is not None  # 6.8:45.1:48.1
        return Part(end=end, value=right if left == 1 and not several else left, form=Form.RATIO)
    if group["half"]:
        return Part(end=end, value=0.5, chinese=True)
    if group["mixed"]:
        return _mixed(group, match)
    return _arabic(group, end) if group["arabic"] else _chinese(group, match, norm)


def _percent(run: str, norm: str, end: int, *, negative: bool) -> Part | None:
    value = _value(run)
    unit = int(value is None and len(run) > 1 and OF_UNIT.match(norm, end - 1) is not None)  # 百分之七十|百分位
    value = _value(run[:-1]) if unit else value
    if value is None:
        return None
    return Part(end=end - unit, value=-value if negative else value, digits=run, form=Form.PERCENT, resume=end)


def _fraction(group: dict[str, str | None], end: int) -> Part | None:
    above, below = _value(group["above"] or group["top"]), _value(group["below"] or group["bottom"])
    whole = _value(group["whole"]) if group["whole"] else 0
    if above is None or whole is None or not below:
        return None
    return Part(end=end, value=whole + above / below, form=Form.FRACTION, chinese=not group["top"])


def _mixed(group: dict[str, str | None], match: re.Match[str]) -> Part:
    """Digits and units by turns; a 万 or 亿 at the end stays with the unit (1亿2000万 is 12000 of 万元).

    Where what follows the first unit does not belong to it (5百500), only the head is the number.
    """
    run = group["mixed"] or ""
    more = next((c for c in run if c in "余多"), "")
    value = mixed_value(run.replace(more, "") if more else run)
    inside, end = more or group["more3"] or "", match.end()
    if value is None:
        run, end = group["head"] or "", match.end("head")
        value, inside = mixed_value(run) or 0, ""
    scale = run[-1] if run[-1] in "万亿" else ""
    return Part(end=end, value=value / scale_factor(scale), scale=scale, inside=inside)


def _arabic(group: dict[str, str | None], end: int) -> Part | None:
    digits = group["arabic"] or ""
    value = float(digits.replace(",", "")) * {"十": 10, "百": 100, "千": 1000}.get(group["thousand"] or "", 1)
    return Part(
        end=end,
        value=value,
        scale=(group["scale"] or "") + (group["late"] or ""),
        digits=digits,
        form=Form.PRODUCT if group["factor"] else Form.PLAIN,
        inside=group["more"] or group["more1"] or "",
    )


def _chinese(group: dict[str, str | None], match: re.Match[str], norm: str) -> Part | None:
    run, end = group["chinese"] or "", match.end()
    bare, scale = run[0] in "百千万亿", group["late2"] or ""
    if match.end("chinese") < end:
        return _of_run(run, end, scale=scale, inside=_vague(group), bare=bare)
    if len(run) > 1 and run[-1] == "两" and run[-2] != "一":  # 三十两: a weight
        return _of_run(run[:-1], end - 1, resume=end, bare=bare)
    part = _of_run(run, end, inside=_vague(group), bare=bare)
    if part is None and len(run) > 1 and OF_UNIT.match(norm, end - 1):
        part = _of_run(run[:-1], end - 1, resume=end, bare=bare)
    if part is not None and run == "一" and norm.startswith("半", end):
        return Part(end=end + 1, value=0.5, form=Form.FRACTION, chinese=True)
    return part


def _of_run(run: str, end: int, *, bare: bool, scale: str = "", inside: str = "", resume: int = 0) -> Part | None:
    """The number of a run of Chinese numeral characters that ends at `end`; `scale` is what stands behind 余 or 多."""
    head = None if scale else _SCALED.fullmatch(run)
    if head is not None:
        run, scale = head[1], head[2]
    elif run in {"万", "亿", "万亿"}:  # 近万个 is 1 of 万个, 超亿元 1 of 亿元
        run, scale = "一", run
    low, high = chinese_value(run), None
    pair = ADJACENT.match(run)
    if pair and (DIGITS[pair[3]] - DIGITS[pair[2]] == 1 or pair[2] + pair[3] == "三五"):
        low, high = (chinese_value((pair[1] or "") + digit + pair[4]) for digit in (pair[2], pair[3]))
    if low is None:
        return None
    return Part(
        end=end,
        value=low,
        high=high,
        scale=scale,
        chinese=True,
        bare=bare,
        inside=inside,
        guessed=high is not None,
        resume=resume,
    )


def _vague(group: dict[str, str | None]) -> str:
    return "数" if group["vague"] else group["more2"] or ""


def _value(digits: str | None) -> float | None:
    if not digits:
        return None
    return float(digits.replace(",", "")) if digits[0].isdigit() else chinese_value(digits)


def join_range(norm: str, first: Part) -> Part:
    """`first`, joined with a second number when the two make a range: 30-50, 60%-70%, 三至五, 8000至1万."""
    if first.form not in {Form.PLAIN, Form.PERCENT} or first.high is not None or first.inside:
        return first
    sign = PERCENT.match(norm, first.end)
    join = JOIN.match(norm, sign.end() if sign else first.end)
    match = NUMBER.match(norm, join.end()) if join else None
    second = read(match, norm) if match else None
    if second is None or second.form not in {first.form, Form.PLAIN}:
        return first
    if second.bare and first.form is Form.PLAIN:
        return first
    if second.chinese != first.chinese and first.form is Form.PLAIN:
        return first
    if second.high is not None or second.inside or (sign and not PERCENT.match(norm, second.end)):
        return first
    if _of_code(first.digits) or _of_code(second.digits):
        return first
    low, high, scale = first.value, second.value, second.scale
    if first.scale and first.scale != second.scale:  # 8000万至1亿
        low, high, scale = low * scale_factor(first.scale), high * scale_factor(second.scale), ""
    elif not first.scale and second.scale and low >= high:  # 8000至1万
        low, high, scale = low, high * scale_factor(second.scale), ""
    if low >= high:
        return first
    return Part(
        end=second.end, value=low, high=high, scale=scale, digits=first.digits, form=first.form, chinese=first.chinese
    )


def _of_code(digits: str) -> bool:
    """Whether the digits are those of a telephone or order number: 0421-33441122."""
    return len(digits) > 1 and digits[0] == "0" and digits.isdigit()
