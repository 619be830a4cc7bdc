"""Numerals: values as printed, bounds, and what keeps two numerals apart."""

from __future__ import annotations

import pytest

from huizong.numerals import Form, chinese_value, find_numerals, parse_numeral


def only(text: str) -> tuple[float, float | None, str]:
    """Value, upper end and scale of the one numeral in `text`."""
    found = find_numerals(text)
    assert len(found) == 1, found
    return found[0].value, found[0].high, found[0].scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("一百二十三", 123),
        ("两万五", 25000),
        ("一百零五", 105),
        ("一百十六", 116),
        ("三亿零二十", 300000020),
        ("廿五", 25),
        ("二零一九", 2019),
        ("十二点五", 12.5),
        ("五万三千二百", 53200),
    ],
)
def test_values_of_chinese_numerals(text: str, value: float) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize("text", ["", "十十", "一百二三", "百千", "零点", "万里"])
def test_malformed_chinese_numerals_have_no_value(text: str) -> None:
    assert chinese_value(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200万元", (1200, None, "万")),
        ("１２．５％", (12.5, None, "")),
        ("3万5千人", (35000, None, "")),
        ("2.5万亿", (2.5, None, "万亿")),
        ("二十万人", (20, None, "万")),
        ("5千亿元", (5000, None, "亿")),
        ("百万平方米", (100, None, "万")),
        ("近万个", (1, None, "万")),
        ("超亿元", (1, None, "亿")),
        ("30-50人", (30, 50, "")),
        ("三至五个", (3, 5, "")),
        ("3到5次", (3, 5, "")),
        ("60%-70%", (60, 70, "")),
        ("3万至5万人", (3, 5, "万")),
        ("8000万至1亿元", (8000 * 10**4, 10**8, "")),
        ("七八十人", (70, 80, "")),
        ("百分之九十五", (95, None, "")),
        ("1/4", (0.25, None, "")),
        ("三分之一", (1 / 3, None, "")),
        ("一半", (0.5, None, "")),
        ("1:18", (18, None, "")),
        ("26:1", (26, None, "")),
        ("2×35万千瓦", (35, None, "万")),
        ("增长-2.1%", (-2.1, None, "")),
        ("增速达到-2.1%", (-2.1, None, "")),
        ("百分之负三点八", (-3.8, None, "")),
        ("百分百", (100, None, "")),
        ("百分之三十到四十", (30, 40, "")),
        ("1亿2000万元", (12000, None, "万")),
        ("2千3百万元", (2300, None, "万")),
        ("3亿5千多万元", (35000, None, "万")),
        ("3万4000人", (34000, None, "")),
        ("100万三千人", (1003000, None, "")),
        ("2千零30人", (2030, None, "")),
        ("三百又三分之一", (300 + 1 / 3, None, "")),
        ("３／５", (0.6, None, "")),
        ("四万万人", (4 * 10**8, None, "")),
        ("壹佰伍拾萬元", (150, None, "万")),
        ("二十五千克", (25, None, "")),
        ("一百千瓦", (100, None, "")),
        ("十五六千瓦时", (15, 16, "")),
        ("三十两", (30, None, "")),
        ("十几岁", (10, None, "")),
    ],
)
def test_values_as_printed(text: str, expected: tuple[float, float | None, str]) -> None:
    assert only(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("十余", 11, 19),
        ("二十多", 21, 29),
        ("300余", 300, 400),
        ("2700多万", 2700, 2800),
        ("近百", 90, 100),
        ("超过300", 300, None),
        ("不少于20", 20, None),
        ("至多8", None, 8),
        ("约1200", None, None),
        ("上百", 100, None),
        ("数千", 2000, 10000),
        ("几十", 20, 100),
        ("50以内", None, 50),
        ("至少有3", 3, None),
        ("不止3", 3, None),
        ("小于等于8", None, 8),
        ("12", 12, 12),
        ("30-50", 30, 50),
    ],
)
def test_bounds(text: str, lower: float | None, upper: float | None) -> None:
    found = find_numerals(text)[0]
    assert (found.interval.lower, found.interval.upper) == (lower, upper)
    assert found.interval.exact is (text in {"12", "30-50"})


def test_open_and_closed_bounds() -> None:
    above, at_least = find_numerals("超过300")[0].interval, find_numerals("不少于300")[0].interval
    assert above.lower_open
    assert not at_least.lower_open
    assert find_numerals("近百")[0].interval.upper_open


@pytest.mark.parametrize("text", ["节约300吨", "最近3次", "附近20米", "通过3项"])
def test_words_that_only_look_like_approximators(text: str) -> None:
    assert find_numerals(text)[0].interval.exact


def test_the_ten_thousand_of_a_unit_is_no_numeral() -> None:
    assert [n.value for n in find_numerals("5千瓦")] == [5]
    assert [(n.value, n.scale) for n in find_numerals("1300万千瓦")] == [(1300, "万")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1万2021年", [1, 2021]),
        ("5百500", [500, 500]),
        ("2023/03/31", [2023, 3, 31]),
        ("0755-26010000", [755, 26010000]),
        ("三点四十分", [3, 40]),
        ("3/0", [3, 0]),
        ("46平方千米", [46]),
        ("提高2个百分点", [2]),
        ("前往大陆三地，队伍、收拾、放肆", [3]),
        ("贰拾万元，大陆", [20]),
    ],
)
def test_numerals_that_do_not_belong_together(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numerals(text)] == values


def test_amounts_are_multiplied_out_on_demand() -> None:
    found = find_numerals("二十余万")[0]
    assert (found.amount, found.amounts.lower, found.amounts.upper) == (200000, 210000, 290000)
    open_end = find_numerals("超过3亿")[0].amounts
    assert (open_end.lower, open_end.upper, open_end.lower_open) == (3 * 10**8, None, True)


def test_a_noun_ending_in_count_is_no_vague_numeral() -> None:
    assert [n.value for n in find_numerals("总人数10467人")] == [10467]


def test_dotted_numbering_is_kept_apart() -> None:
    assert [n.form for n in find_numerals("3.4.4.2 汇总表")] == [Form.DOTTED]


def test_parse_takes_the_whole_text_or_nothing() -> None:
    found = parse_numeral(" 十二万 ")
    assert found is not None
    assert found.amount == 120000
    assert parse_numeral("十二万人") is None
    assert parse_numeral("二三级") is None
