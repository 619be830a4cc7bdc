"""When two cells say the same, whatever program wrote them."""

from __future__ import annotations

import math
import re
from typing import Any

from huizong.records import Value

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODE = re.compile(r"_x([0-9a-fA-F]{4})_")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_LEADING_ZERO = re.compile(r"(?<!\d)0(?=\d[月日])")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_LONGEST = 32_767 // 2
"""Characters that are compared: Excel cuts cells at 32,767 UTF-16 units."""


def clean(words: str) -> str:
    """The words of a cell without what no cell can hold, line ends as one character."""
    words = _CODE.sub(lambda code: chr(int(code[1], 16)), words)
    return _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def shown(value: Any) -> Value:
    """A value of a row as its cell holds it."""
    if value is None or value == "":
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return clean(str(value)) or None


def same(one: Value, other: Value) -> bool:
    r"""Whether two cells say the same: blanks, number or text, and leading zeros of months do not matter.

    >>> same("12", 12.0), same(None, ""), same("两行\n文字", "两行文字"), same("2022年05月", "2022年5月"), same("12", 13)
    (True, True, True, True, False)
    """
    if one == other:
        return True  # as nearly all cells are
    one, other = shown(one), shown(other)
    if one is None or other is None:
        return one is other
    numbers = _number(one), _number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return math.isclose(numbers[0], numbers[1], rel_tol=1e-9, abs_tol=1e-12)
    return _bare(one) == _bare(other)


def _bare(value: Value) -> str:
    return _LEADING_ZERO.sub("", _BLANKS.sub("", str(value)))[:_LONGEST]


def _number(value: Value) -> float | None:
    if isinstance(value, (int, float)):
        return float(value)
    words = _BLANKS.sub("", value or "")
    return float(words) if _NUMBER.fullmatch(words) and len(words) < 16 else None


def words_of(value: Value, longest: int = 60) -> str:
    """A value in a message: in quotes, cut when long, （空） for nothing."""
    if value is None:
        return "（空）"
    words = _BLANKS.sub(" ", f"{value:.15g}" if isinstance(value, float) else str(value))
    return f"“{words if len(words) <= longest else words[:longest] + '…'}”"
