"""Numerals of any size and form: written out and read back, bounded, multiplied out, none lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.extractors.count_candidates import find_candidates
from huizong.numerals import Numeral, chinese_value, find_numerals, plain, scale_factor

WORDS = (
    "共有",
    "人，投入资金",
    "名学员；开设课程",
    "场次，建成",
    "所学校，惠及",
)  # neither numerals nor approximating words
NUMBERS = st.integers(min_value=0, max_value=10**12 - 1)
BEFORE = ("约", "近", "超过", "不少于", "至少有", "不足", "至多", "逾", "突破", "≥", "<", "小于等于")
AFTER = ("以上", "以下", "以内", "左右", "及以上", "或以下")
ALPHABET = "十百千万亿零一二两3五07.,，-至:：/%又约近余多几数以上中元人年个点分之百×拾陆肆瓦米克"


def the_one(text: str) -> Numeral:
    found = find_numerals(text)
    assert len(found) == 1, found
    return found[0]


@given(NUMBERS)
def test_chinese_numerals_round_trip(number: int) -> None:
    assert chinese_value(spell(number)) == number


@given(NUMBERS)
def test_chinese_numerals_are_found_whole_in_a_sentence(number: int) -> None:
    written = spell(number)
    found = the_one(f"共有{written}人参加")
    assert (found.core, found.end) == (2, 2 + len(written))
    assert found.amount == number


@given(NUMBERS)
def test_bankers_numerals_are_the_same_numbers(number: int) -> None:
    bankers = spell(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert the_one(f"共计{bankers}元").amount == number


@given(st.integers(min_value=0, max_value=10**9), st.text(alphabet="零一二三四五六七八九", min_size=1, max_size=4))
def test_chinese_decimals_are_read_digit_by_digit(whole: int, places: str) -> None:
    decimals = "".join(str("零一二三四五六七八九".index(c)) for c in places)
    assert the_one(f"平均{spell(whole)}点{places}分").amount == pytest.approx(float(f"{whole}.{decimals}"))


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999), st.integers(1, 9))
def test_digits_and_units_by_turns(hundred_millions: int, ten_thousands: int, thousands: int) -> None:
    money = the_one(f"投入{hundred_millions}亿{ten_thousands}万元")
    assert money.amount == pytest.approx(hundred_millions * 10**8 + ten_thousands * 10**4)
    people = the_one(f"惠及{ten_thousands}万{thousands}千人")
    assert people.amount == ten_thousands * 10**4 + thousands * 1000


@given(st.integers(min_value=1, max_value=10**9))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert [n.value for n in find_numerals(f"共{number:,}人")] == [number]


def test_the_upper_end_of_a_range_lends_its_ten_thousands() -> None:
    bounds = find_numerals("二至五万人")[0].amounts
    assert (bounds.lower, bounds.upper) == (2 * 10**4, 5 * 10**4)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_ranges_hold_both_ends(one: int, other: int) -> None:
    low, high = sorted((one, one + other))
    spelled = [f"{spell(low)}至{spell(high)}人"] if high % 10**4 else []  # 一至二十五万人: both ends are of 万
    for text in (f"{low}-{high}人", f"{low}至{high}人", *spelled):
        found = find_numerals(text)[0]
        bounds = found.amounts
        if found.high is not None:  # 一千至二万 may be two numbers
            assert (bounds.lower, bounds.upper, bounds.exact) == (low, high, True)


@given(st.integers(1, 10**6), st.sampled_from(("", *BEFORE)), st.sampled_from(("", *AFTER)), st.sampled_from("中万亿"))
def test_bounds_hold_the_number_that_they_are_of(number: int, before: str, after: str, scale: str) -> None:
    unit = scale.strip("中")
    found = the_one(f"人数{before}{number}{unit}{'' if before else after}")
    assert found.value == number
    bounds, amounts = found.interval, found.amounts
    assert bounds.lower is None or bounds.lower <= number
    assert bounds.upper is None or number <= bounds.upper
    assert bounds.exact is not bool(before or after)
    assert not (bounds.exact and (bounds.lower_open or bounds.upper_open))
    for end, multiplied in ((bounds.lower, amounts.lower), (bounds.upper, amounts.upper)):
        assert multiplied == (None if end is None else end * scale_factor(unit))
    assert (amounts.lower_open, amounts.upper_open) == (bounds.lower_open, bounds.upper_open)


@given(st.integers(1, 9), st.sampled_from("十百千万亿"), st.sampled_from("余多"))
def test_more_than_a_round_number_lies_above_it_and_below_the_next(digit: int, unit: str, more: str) -> None:
    written = f"{spell(digit)}{unit}" if (digit, unit) != (1, "十") else "十"
    bounds = the_one(f"共有{written}{more}人").amounts
    value = chinese_value(written)
    assert value is not None
    assert bounds.lower is not None
    assert bounds.upper is not None
    assert value <= bounds.lower < bounds.upper <= value / digit * (digit + 1)


@given(st.integers(1, 10**7), st.sampled_from(("", "万", "亿", "万亿")), st.sampled_from(("元", "人次", "平方米")))
def test_value_and_unit_of_a_count_multiply_out_to_the_amount(number: int, scale: str, unit: str) -> None:
    (count,) = find_candidates(f"全年达到{number}{scale}{unit}。")
    assert count.unit == scale + unit
    assert count.value * scale_factor(scale) == count.numeral.amount == number * scale_factor(scale)


@given(
    st.lists(
        st.one_of(
            st.integers(0, 10**8).map(lambda n: (str(n), n)),
            st.integers(1000, 10**8).map(lambda n: (f"{n:,}", n)),
            st.integers(0, 10**6).map(lambda n: (f"{n / 100:.2f}", n / 100)),
            st.integers(0, 10**8).map(lambda n: (spell(n), n)),
            st.integers(1, 9999).map(lambda n: (f"{n}万", n * 10**4)),
        ),
        max_size=5,
    )
)
def test_no_numeral_of_a_text_is_lost(written: list[tuple[str, float]]) -> None:
    text = "".join(word + numeral for word, (numeral, _) in zip(WORDS, written, strict=False)) + "人"
    assert [n.amount for n in find_numerals(text)] == pytest.approx([value for _, value in written])


@given(st.text(alphabet=ALPHABET, max_size=24))
def test_no_digit_of_any_text_is_lost(text: str) -> None:
    inside = {at for numeral in find_numerals(text) for at in range(numeral.core, numeral.end)}
    assert {match.start() for match in re.finditer(r"\d", text)} <= inside


@given(st.text(alphabet=ALPHABET, max_size=24))
def test_numerals_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for numeral in find_numerals(text):
        assert at <= numeral.core < numeral.end <= len(text)
        assert numeral.start <= numeral.core
        bounds = numeral.interval
        assert bounds.lower is None or bounds.upper is None or bounds.lower <= bounds.upper or numeral.value < 0
        at = numeral.end


@given(st.text(max_size=40))
def test_plain_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


def spell(number: int) -> str:
    """`number` as a Chinese numeral, 0 ≤ number < 10^12."""
    if number == 0:
        return "零"
    out = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit) if unit > 1 else (number, 0)
        if section:
            gap = "零" if out and section < 1000 else ""
            out += gap + _section(section) + name
    return out


def _section(number: int) -> str:
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return out
