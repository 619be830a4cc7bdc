"""Every numeral has one role: 数字核对."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.analyze import analyze_text
from huizong.extractors.number_roles import explain_numbers
from huizong.records import NumberRole, Role, Section, Span


def roles(text: str) -> list[tuple[str, NumberRole]]:
    return [(n.quote, n.role) for n in explain_numbers(text, (), (), lambda _: 1)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("2021年", NumberRole.YEAR),
        ("二〇二一年", NumberRole.YEAR),
        ("近三年", NumberRole.YEAR),
        ("9月", NumberRole.DATE),
        ("图3所示", NumberRole.FIGURE),
        ("见表12", NumberRole.FIGURE),
        ("第三批", NumberRole.ORDINAL),
        ("三、存在问题", NumberRole.ORDINAL),
        ("（二）健全机制", NumberRole.ORDINAL),
        ("一是强化管理", NumberRole.ORDINAL),
        ("3.4.4.2汇总表", NumberRole.ORDINAL),
        ("①提质", NumberRole.ORDINAL),
        ("建设一流院校", NumberRole.FIXED),
        ("进一步加强", NumberRole.FIXED),
        ("三全育人", NumberRole.FIXED),
        ("十分重要", NumberRole.FIXED),
        ("两校共建", NumberRole.FIXED),
        ("120急救", NumberRole.FIXED),
    ],
)
def test_roles(text: str, role: NumberRole) -> None:
    assert {found for _, found in roles(text)} == {role}


def test_document_numbers_with_their_year() -> None:
    assert {role for _, role in roles("粤教职〔2020〕17号")} == {NumberRole.DOCUMENT}


def test_dates_in_full() -> None:
    assert roles("2022年5月20日") == [
        ("2022", NumberRole.YEAR),
        ("5", NumberRole.DATE),
        ("20", NumberRole.DATE),
    ]


def test_year_ranges() -> None:
    assert {role for _, role in roles("规划（2021-2025年）")} == {NumberRole.YEAR}


def test_numbers_of_headings_are_ordinals() -> None:
    text = "12.3建设成效"
    section = Section(
        id="s",
        parent=None,
        level=3,
        number="12.3",
        title="建设成效",
        role=Role.PROGRESS,
        span=Span(0, 8),
        page=1,
    )
    assert [n.role for n in explain_numbers(text, (), (section,), lambda _: 1)] == [NumberRole.ORDINAL]


def test_a_count_names_its_numbers() -> None:
    report = analyze_text("学院获批省级精品在线课程4门，选派教师十余人次赴企业实践。")
    by_quote = {n.quote: n for n in report.numbers}
    assert by_quote["4"].role is NumberRole.COUNT
    assert by_quote["4"].count == report.counts[0].id
    assert by_quote["十"].role is NumberRole.COUNT


def test_the_banker_numeral_in_a_word_is_none() -> None:
    assert roles("师资队伍") == []


@given(
    st.lists(
        st.sampled_from(
            [
                "2020年",
                "一流",
                "图2",
                "第三",
                "12个",
                "（一）",
                "十分",
                "〔2019〕5号",
                "“三个一”",
                "，",
                "。",
                "\n",
                "建设",
                "3.1.2",
                "百",
                "①",
                "5月",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_nothing_stays_unexplained(text: str) -> None:
    numbers = explain_numbers(text, (), (), lambda _: 1)
    covered = {at for n in numbers for at in range(n.span.start, n.span.end)}
    assert all(n.quote == n.span.of(text) for n in numbers)
    assert all(at in covered for at in digits_of(text))


def digits_of(text: str) -> Iterable[int]:
    return (match.start() for match in re.finditer(r"[0-9一二三四五六七八九十百千万亿]", text))
