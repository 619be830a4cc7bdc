"""Report checks on one thing told twice, on lists and on dates."""

from __future__ import annotations

from pathlib import Path

import pytest

import huizong
from docx_by_hand import docx, p
from huizong.records import Check, Rule, Severity

HEAD = "澄江职业学院2022年工作总结\n一、主要工作\n"


def told(text: str, rule: Rule) -> list[Check]:
    return [check for check in huizong.analyze_text(HEAD + text + "\n").checks if check.rule is rule]


def test_two_values_of_one_stock() -> None:
    text = "学校现有专任教师512人。\n（一）师资\n全校专任教师526人，双师素质教师占六成。"
    (check,) = told(text, Rule.TWO_VALUES)
    assert "512人" in check.message
    assert "526人" in check.message
    assert len(check.evidence) == 2


def test_two_values_of_one_rate() -> None:
    text = "截至2022年12月底，毕业生就业率达到96.5%。\n（一）就业\n毕业生就业率为95.6%，比上年有所提高。"
    assert len(told(text, Rule.TWO_VALUES)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2021届毕业生就业率为96.5%。\n（一）就业\n2022届毕业生就业率为95.6%。",
        "毕业生就业率为96.5%。\n（一）就业\n青峦职院毕业生就业率为95.6%。",
        "学校现有专任教师512人。\n（一）师资\n全校专任教师512名，双师素质教师占六成。",
        "学校现有专任教师512人。\n（一）师资\n新增专任教师26人。",
        "学校现有专任教师512人。\n（一）师资\n计划到2025年专任教师达到560人。",
        "学校现有专任教师512人。\n（一）师资\n机电学院现有专任教师86人。",
        "学校现有专任教师512人。\n（一）师资\n专任教师约500人。",
    ],
)
def test_other_things_are_not_two_values(text: str) -> None:
    assert told(text, Rule.TWO_VALUES) == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("学校新增大数据技术、人工智能技术、风景园林设计、无人机应用等3个专业。", 4),
        ("校企共建天衡、瑞驰、华谊等2家产业学院。", 3),
        ("先后与（甲、乙两地的）天衡、瑞驰、华谊等2家企业签约。", 3),
    ],
)
def test_lists_longer_than_their_number(sentence: str, number: int) -> None:
    (check,) = told(sentence, Rule.LIST_LENGTH)
    assert f"列出了{number}个" in check.message


@pytest.mark.parametrize(
    "sentence",
    [
        "学校新增大数据技术、人工智能技术、风景园林设计等3个专业。",
        "学校新增大数据技术、人工智能技术等5个专业。",
        "学校新增大数据、人工智能、云计算、区块链等十余个方向。",
        "加强党建、团建、新建甲楼、乙楼等2个工程。",
        "加强与甲校、乙校、丙校的合作、共建丁、戊等2个基地。",
        "出台《甲、乙、丙管理办法》等1项制度。",
    ],
)
def test_lists_that_fit(sentence: str) -> None:
    assert told(sentence, Rule.LIST_LENGTH) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年9月至2021年3月开展专项整治。",
        "实施2023—2021年建设规划。",
        "2022年2月30日召开推进会。",
        "2022年13月5日召开推进会。",
        "2023年2月29日召开推进会。",
    ],
)
def test_dates_that_cannot_be(sentence: str) -> None:
    (check,) = told(sentence, Rule.DATE_ORDER)
    assert check.severity is Severity.ERROR


@pytest.mark.parametrize(
    "sentence",
    [
        "2020年9月至2021年3月开展专项整治。",
        "实施2019-2021年建设规划。",
        "2024年2月29日召开推进会。",
        "2021年12月31日至2022年1月5日放假。",
        "9月至次年3月开展专项整治。",
    ],
)
def test_dates_in_order(sentence: str) -> None:
    assert told(sentence, Rule.DATE_ORDER) == []


def test_plans_for_a_year_that_is_over() -> None:
    plan = "二、下一步计划\n{}年底前建成实训室2个。"
    assert len(told(plan.format(2021), Rule.DATE_ORDER)) == 1
    assert told(plan.format(2023), Rule.DATE_ORDER) == []
    for old in ("加快淘汰2020年底前购置的机床。", "2020年底前购置的机床今年要全部淘汰。"):
        assert told(f"二、下一步计划\n{old}", Rule.DATE_ORDER) == []


@pytest.mark.parametrize(("value", "found"), [("318", 1), ("312", 0)])
def test_text_against_table(tmp_path: Path, value: str, found: int) -> None:
    rows = (("项目", "人数（人）"), ("专任教师", value), ("兼职教师", "90"))
    cells = ("".join(f"<w:tc>{p(words)}</w:tc>" for words in row) for row in rows)
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    texts = ("澄江职业学院2022年工作总结", "一、师资队伍", "学校现有专任教师312人，情况见表1。", "表1 师资情况")
    path = docx(tmp_path / "师资.docx", "".join(map(p, texts)) + table)
    report = huizong.read(path)
    checks = [check for check in report.checks if check.rule is Rule.TEXT_TABLE]
    assert len(checks) == found
    assert all("312人" in check.message and "表1" in check.message for check in checks)
