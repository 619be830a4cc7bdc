"""Numerals: values as printed, bounds, and what keeps two numerals apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.numerals import Form, chinese_value, find_numerals, parse_numeral, plain

PEERS = Path(__file__).resolve().parents[2] / "shared" / "peers"


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
        ("近万个", (10000, None, "")),
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


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert chinese_value(spell(number)) == number


@given(st.integers(min_value=1, max_value=10**9))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert [n.value for n in find_numerals(f"共{number:,}人")] == [number]


@given(st.text(alphabet="十百千万亿零一二两3五0.,，-至:：/%约近余多几数以上中元人年个点分之百×", max_size=24))
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


@pytest.mark.skipif(not PEERS.exists(), reason="the suites of other tools are not beside the repository")
@pytest.mark.parametrize(
    ("suite", "share"), [("cn2an_tests", 0.85), ("wetext_itn_zh", 0.85), ("paddlespeech_tn_zh", 0.98)]
)
def test_suites_of_other_tools(suite: str, share: float) -> None:
    hits = total = 0
    for line in (PEERS / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = find_numerals(row["text"])
        for wanted in row["expected"]:
            if isinstance(wanted["value"], int | float):
                total += 1
                hits += any(
                    n.core < wanted["end"] and wanted["start"] < n.end and n.amount == pytest.approx(wanted["value"])
                    for n in found
                )
    assert hits / total >= share
