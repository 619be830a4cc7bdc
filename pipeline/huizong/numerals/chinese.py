"""Values of Chinese numerals: 一百二十三, 两万五千, 廿, 壹佰, 十二点五, and the positional 二〇一九."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8}
TENS = {"廿": 20, "卅": 30}

# One character for one character, so that offsets stay those of the text.
_PLAIN = str.maketrans(
    "０１２３４５６７８９．％〇○壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩萬億亖",
    "0123456789.%零零一二三四五六七八九十百千二三六两万亿四",
)


def plain(text: str) -> str:
    """`text` with full-width digits, banker's and traditional numerals as their plain twins; same length, same offsets.

    >>> plain("１２．５％，壹佰")
    '12.5%，一百'
    """
    return text.translate(_PLAIN)


def chinese_value(numeral: str) -> float | None:
    """The value of a Chinese numeral in plain characters; `None` when it is malformed (十十, 一百二三).

    >>> chinese_value("一百二十三"), chinese_value("两万五"), chinese_value("二零一九"), chinese_value("十二点五")
    (123, 25000, 2019, 12.5)
    """
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
