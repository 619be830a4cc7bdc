"""Numerals of Chinese reports: where they stand, what they say, and how exactly they say it."""

from __future__ import annotations

from huizong.numerals.bounds import ABOUT_SHARE, AFTER, Interval
from huizong.numerals.chinese import chinese_value, plain
from huizong.numerals.reading import Form, scale_factor
from huizong.numerals.scan import Numeral, find_numerals, parse_numeral

__all__ = [
    "ABOUT_SHARE",
    "AFTER",
    "Form",
    "Interval",
    "Numeral",
    "chinese_value",
    "find_numerals",
    "parse_numeral",
    "plain",
    "scale_factor",
]
