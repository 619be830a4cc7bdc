"""A cell that is one number: its value, bounds and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from huizong.lexicon.tables import is_unit
from huizong.numerals import AFTER, Form, Interval, find_numerals, plain

_LIMIT = re.compile(r"(?:≥|>=|﹥|＞|>|不少于|不低于|≤|<=|＜|<|不超过|不高于)")
_LIMIT_WORDS = {
    "≥": "不低于", ">=": "不低于", "﹥": "高于", "＞": "高于", ">": "高于", "≤": "不高于", "<=": "不高于", "＜": "低于", "<": "低于",
}  # fmt: skip
_SIGN = re.compile(r"[+＋\-－−±]")
_AFTER_UNIT = re.compile(f"(?:{AFTER.pattern})$")
_CODE = re.compile(r"0\d+|\d{9,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a cell. `start..end` is what is printed of it, unit and approximating words included; offsets into the cell.

    `unit` is "" where the cell gives none. `sign` is +1 or −1 as printed, 0 without a sign; `value` bears it.
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    interval: Interval
    sign: int


def read_figure(cell: str) -> Figure | None:
    """The number that the whole cell is, `None` for any other cell (text, dates, codes, 第3, 3/5).

    >>> found = read_figure("约12.5万元")
    >>> found.value, found.unit, found.interval.exact
    (12.5, '万元', False)
    """
    norm = plain(cell).replace("，", ",")
    start = len(norm) - len(norm.lstrip())
    end = len(norm.rstrip())
    body = norm[:end]
    at, before = start, ""
    if limit := _LIMIT.match(body, at):
        at, before = limit.end(), _LIMIT_WORDS.get(limit.group(), limit.group())
    sign = _SIGN.match(body, at)
    number_at = sign.end() if sign else at
    numeral = next(iter(find_numerals(body[number_at:])), None)
    if numeral is None or numeral.start != 0 or numeral.form in {Form.DOTTED, Form.FRACTION, Form.PRODUCT}:
        return None
    if numeral.chinese or numeral.bare or _CODE.fullmatch(body[number_at:].replace(",", "")):
        return None
    tail_at = number_at + numeral.end
    tail = body[tail_at:].strip()
    unit, after = numeral.scale, ""
    if numeral.form is Form.PERCENT:
        unit = "%"
    if tail:
        if behind := _AFTER_UNIT.search(tail):
            after, tail = behind.group().strip(), tail[: behind.start()].strip()
        words = re.sub(r"\s", "", tail)
        words = words[1:-1] if words[:1] in "（(" and words[-1:] in "）)" else words
        if words and not is_unit(words):
            return None
        unit += words.replace("％", "%")
    value, high = numeral.value, numeral.high
    negative = bool(sign) and sign.group() in "-－−" if sign else False
    if negative:
        if high is not None:
            return None
        value = -value
    bounds = replace(numeral, value=value, high=high, before=before or numeral.before).interval_with(
        after or numeral.after
    )
    return Figure(
        start=start,
        end=end,
        value=value,
        high=high,
        unit=unit,
        interval=bounds,
        sign=(-1 if negative else 1) if sign and sign.group() != "±" else 0,
    )
