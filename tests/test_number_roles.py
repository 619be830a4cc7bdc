"""数字核对: every numeral has a role, nothing is left unexplained."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizong.analyze import analyze_text
from huizong.records import NumberRole


def roles(text: str) -> list[tuple[str, NumberRole]]:
    return [(n.quote, n.role) for n in analyze_text(text).numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学校有7个学院。", [("7", NumberRole.COUNT)]),
        ("2021年学校发展良好。", [("2021", NumberRole.YEAR)]),
        ("会议于5月12日召开。", [("5", NumberRole.DATE), ("12", NumberRole.DATE)]),
        ("建设一流学院。", [("一", NumberRole.FIXED)]),
        ("效果见图4。", [("4", NumberRole.FIGURE)]),
        ("第三批试点通过。", [("三", NumberRole.ORDINAL)]),
    ],
)
def test_role(text: str, expected: list[tuple[str, NumberRole]]) -> None:
    assert roles(text) == expected


def test_document_numbers() -> None:
    found = roles("依据教职成〔2019〕13号文件开展工作。")
    assert {role for _, role in found} == {NumberRole.DOCUMENT}


def test_heading_numbers_are_ordinals() -> None:
    found = roles("一、主要工作\n学校扎实推进各项工作。\n二、存在问题\n经费不足。")
    assert found[0] == ("一", NumberRole.ORDINAL)


@settings(max_examples=60, deadline=None)
@given(st.text("学校有个年月日第批图表一二三十百两0123456789.%〔〕号、，。", max_size=40))
def test_every_digit_has_exactly_one_role(text: str) -> None:
    report = analyze_text("学校概况。" + text)
    covered = [at for n in report.numbers for at in range(n.span.start, n.span.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, ch in enumerate(report.text) if ch.isdecimal()} <= set(covered)
    ids = {c.id for c in report.counts}
    assert all((n.role is NumberRole.COUNT) == (n.count in ids) for n in report.numbers)
