"""Values of Chinese numerals: 一百二十三, 两万五千, 廿, 壹佰, 十二点五, the positional 二〇一九, and the mixed 1亿2000万."""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8}
TENS = {"廿": 20, "卅": 30}
LONGEST = 40
"""Characters: a longer run of digits counts nothing, and its value would leave the range of numbers."""

# One character for one character, so that offsets stay those of the text.
_PLAIN = str.maketrans(
    "０１２３４５６７８９．％〇○壹贰叁柒捌玖佰仟貳兩萬億亖點幾負餘",
    "0123456789.%零零一二三七八九百千二两万亿四点几负余",
)
# Banker's numerals that are words elsewhere (大陆, 队伍, 收拾, 放肆, 參加): plain only beside another one, or 万, 亿, 元.
_WORDS = {"肆": "四", "伍": "五", "陆": "六", "陸": "六", "拾": "十", "參": "三"}
_BESIDE = "零壹贰貳叁肆伍陆陸柒捌玖拾佰仟參万萬亿億"
_AMONG = re.compile(rf"[肆伍陆陸拾參](?:(?<=[{_BESIDE}].)|(?<=分之.)|(?=[{_BESIDE}元圆]))")
_PIECE = re.compile(r"\d+|\D")


def plain(text: str) -> str:
    """`text` with full-width digits, banker's and traditional numerals as their plain twins; same length, same offsets.

    >>> plain("１２．５％，壹佰伍拾"), plain("大陆队伍")
    ('12.5%，一百五十', '大陆队伍')
    """
    return _AMONG.sub(lambda match: _WORDS[match.group()], text).translate(_PLAIN)


def chinese_value(numeral: str) -> float | None:
    """The value of a Chinese numeral in plain characters; `None` when it is malformed (十十, 一百二三).

    >>> chinese_value("一百二十三"), chinese_value("两万五"), chinese_value("二零一九"), chinese_value("十二点五")
    (123, 25000, 2019, 12.5)
    """
    if len(numeral) > LONGEST:
        return None
    whole, point, decimals = numeral.partition("点")
    if point:
        places = _positional(decimals)
        head = chinese_value(whole)
        if places is None or head is None:
            return None
        return float(f"{head:.0f}.{''.join(str(DIGITS[c]) for c in decimals)}")
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        return _positional(whole)
    return _composed(whole)


def _positional(digits: str) -> int | None:
    if not digits or any(c not in DIGITS for c in digits):
        return None
    return int("".join(str(DIGITS[c]) for c in digits))


def _composed(numeral: str) -> int | None:
    """Reads digits and units from left to right; units below 万 must fall within their section."""
    total, section, digit = 0, 0, -1
    last_unit, ceiling = 1, 10**4  # the unit just read (for the short form 两万五), the smallest unit of the section
    for c in numeral:
        if c == "零":
            if digit > 0:
                return None
            digit, last_unit = -1, 1
        elif c in DIGITS:
            if digit >= 0:
                return None
            digit = DIGITS[c]
        elif c in TENS:
            if digit >= 0 or ceiling <= 10:  # 五卅 names a day
                return None
            section, digit, last_unit, ceiling = section + TENS[c], -1, 10, 10
        elif c in SMALL_UNITS:
            unit = SMALL_UNITS[c]
            if unit >= ceiling:
                return None
            section, digit, last_unit, ceiling = section + (1 if digit < 0 else digit) * unit, -1, unit, unit
        elif c in LARGE_UNITS:
            unit = LARGE_UNITS[c]
            section += max(digit, 0)
            if unit == 10**8:
                total = (total + section or 1) * unit
            elif total and not section:
                if last_unit != unit:  # 亿万 is no number, 四万万 is
                    return None
                total *= unit
            else:
                total += (section or 1) * unit
            section, digit, last_unit, ceiling = 0, -1, unit, 10**4
        else:
            return None
    if not numeral:
        return None
    if digit > 0:
        short_form = last_unit >= 100
        section += digit * last_unit // 10 if short_form else digit
    return total + section


def mixed_value(numeral: str) -> float | None:
    """The value of digits and units by turns in plain characters; `None` when the units do not fall (5百500).

    >>> mixed_value("1亿2000万"), mixed_value("3万5千"), mixed_value("2千零30万"), mixed_value("5百500")
    (120000000, 35000, 20300000, None)
    """
    total, section, number = 0, 0, -1
    last_unit, ceiling, top = 10**17, 10**17, 10**17  # the unit just read, that of the section, the last 万 or 亿
    for piece in _PIECE.findall(numeral):
        if piece == "零":
            continue
        if piece.isdigit() or piece in DIGITS:
            if number >= 0:
                return None
            number = int(piece) if piece.isdigit() else DIGITS[piece]
        elif piece in SMALL_UNITS:
            unit = SMALL_UNITS[piece]
            if number < 0 or unit >= ceiling or number * unit >= last_unit:
                return None
            section, number, last_unit, ceiling = section + number * unit, -1, unit, unit
        else:
            unit = LARGE_UNITS[piece]
            section += max(number, 0)
            if not section or unit >= top:
                return None
            total, section, number = total + section * unit, 0, -1
            last_unit, ceiling, top = unit, 10**4, unit
    if number >= last_unit:
        return None
    return total + section + max(number, 0)
