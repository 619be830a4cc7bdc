"""Full-width digits and letters: read as narrow ones, given back as they stand in the file."""

from __future__ import annotations

import dataclasses

import pytest

from huizong import analyze_text
from huizong.as_printed import as_printed
from huizong.report import Report

_WIDE = """江原省２００９年政府工作报告
——２０１０年１月１８日在省人民代表大会上
一、２００９年工作回顾
全省生产总值增长１２．３％，其中Ｂ股公司７家。城镇新增就业３１万人。
二、２０１０年工作安排
新建ＣＡ认证中心３个。
"""


@pytest.fixture(scope="module")
def wide() -> Report:
    return analyze_text(_WIDE)


def test_words_stand_as_in_the_file(wide: Report) -> None:
    assert "增长１２．３％，其中Ｂ股公司７家。" in wide.text
    assert [count.quote for count in wide.counts] == ["１２．３％", "７家", "３１万人", "３个"]
    assert [section.number + section.title for section in wide.sections if section.level == 1] == [
        "一、２００９年工作回顾",
        "二、２０１０年工作安排",
    ]
    assert all(number.quote == number.span.of(wide.text) for number in wide.numbers)


def test_values_are_read(wide: Report) -> None:
    told = [(count.value, count.unit, count.object, count.year) for count in wide.counts]
    assert told == [
        (12.3, "%", "生产总值", 2009),
        (7.0, "家", "Ｂ股公司", 2009),
        (31.0, "万人", "城镇新增就业", 2009),
        (3.0, "个", "ＣＡ认证中心", 2010),
    ]


def test_same_findings_as_of_narrow_print(wide: Report) -> None:
    narrow = analyze_text(
        _WIDE.translate({code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {0xFF05: "%", 0xFF0E: "."})
    )
    places = [[(c.span, c.value, c.unit, c.status, c.year) for c in report.counts] for report in (wide, narrow)]
    assert places[0] == places[1]
    assert [item.kind for item in wide.items] == [item.kind for item in narrow.items]
    assert narrow.text != wide.text


def test_a_report_survives_its_json(wide: Report) -> None:
    assert Report.from_dict(wide.to_dict()).to_dict() == wide.to_dict()


def test_narrow_print_is_left_alone() -> None:
    report = analyze_text("某学院2021年工作总结\n一、工作\n建成实训室3间。\n")
    assert as_printed(report, report.text) is report


def test_words_that_stand_nowhere_stay() -> None:
    report = analyze_text("某学院2021年工作总结\n一、工作\n建成实训室３间。\n")
    (count,) = report.counts
    odd = dataclasses.replace(report, counts=(dataclasses.replace(count, object="第9号馆"),), text=report.text)
    assert as_printed(odd, report.text.replace("３", "3")).counts[0].object == "第9号馆"
