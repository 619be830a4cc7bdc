"""Numerals: what they say, how exactly they say it, and that nothing is lost as printed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.numerals import chinese_value, find_numerals, parse_numeral


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12), ("1,200", 1200), ("98.5", 98.5), ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("一百二十三", 123),
        ("一千零五", 1005), ("廿三", 23), ("１２", 12), ("1/4", 0.25),
    ],
)  # fmt: skip
def test_value(words: str, value: float) -> None:
    found = parse_numeral(words)
    assert found is not None
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("培训30-50人", 30, 50), ("三至五家", 3, 5), ("60%-70%", 60, 70), ("开设3～5门课", 3, 5)]
)
def test_range_has_both_ends(text: str, low: float, high: float) -> None:
    found = find_numerals(text)
    assert [(n.value, n.high) for n in found] == [(low, high)]


@pytest.mark.parametrize("words", ["学校", "", "百姓", "。", "abc"])
def test_no_numeral(words: str) -> None:
    assert parse_numeral(words) is None


def _chinese(n: int) -> str:
    """The everyday Chinese words for 1..9999, written here anew as an oracle."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit == 0:
            gap = bool(out) and n % place > 0
            continue
        out += ("零" if gap else "") + ("" if (place == 10 and digit == 1 and not out) else digits[digit]) + name
        gap = False
    return out


@given(st.integers(1, 9999))
def test_chinese_numerals_round_trip(n: int) -> None:
    assert chinese_value(_chinese(n)) == n


@given(st.integers(1, 10**7), st.sampled_from(["个", "人", "万元", "%", "人次"]))
def test_arabic_numerals_round_trip_with_separators(n: int, unit: str) -> None:
    for words in (str(n), f"{n:,}"):
        found = find_numerals(f"完成{words}{unit}。")
        assert [x.value for x in found[:1]] == [n]


@given(st.text("一二三十百千万亿两半几余多约近超0123456789.,-~—至到%％‰个分之点 年第", max_size=24))
def test_any_text_is_survived_and_numerals_stand_in_order(text: str) -> None:
    found = find_numerals(text)
    for numeral in found:
        assert 0 <= numeral.start <= numeral.core < numeral.end <= len(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
