"""Report checks on amounts: planted wrong sums, parts and rates are found; near misses stay silent."""

from __future__ import annotations

import pytest

import huizong
from huizong.records import Check, Rule, Severity

AMOUNTS = {Rule.SUM, Rule.PART_OVER_WHOLE, Rule.RATE}


def told(sentence: str, *rules: Rule) -> list[Check]:
    report = huizong.analyze_text(f"澄江职业学院2022年工作总结\n一、主要工作\n（一）常规工作\n{sentence}\n")
    return [check for check in report.checks if check.rule in (rules or AMOUNTS)]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("学生竞赛获奖14项，其中国家级5项、省级12项。", Rule.SUM),
        ("全年立项督办96件，其中党委会议定事项46件、院长办公会定事项57件、领导批示事项25件。", Rule.SUM),
        ("投入帮扶经费240万元，比上年增加55万元，其中实训条件建设150万元、师资培训120万元。", Rule.SUM),
        ("到账经费0.20亿元，其中设备购置1500万元、房屋修缮900万元。", Rule.SUM),
        ("获一等奖3项、二等奖5项、三等奖8项，共18项。", Rule.SUM),
        ("开设理论课703门次、理实一体课914门次、实训课245门次，合计1962门次。", Rule.SUM),
        ("授权专利12件（发明专利3件、实用新型专利8件）。", Rule.SUM),
        ("学校现有教师320人，其中博士380人。", Rule.PART_OVER_WHOLE),
        ("新增实训室12间，其中智慧教室15间。", Rule.PART_OVER_WHOLE),
        ("毕业生就业率达到102.5%。", Rule.PART_OVER_WHOLE),
        ("全年立项督办128件，办结117件，办结率95.4%。", Rule.RATE),
        ("在库教师214人，其中企业专家96人，占54.9%。", Rule.RATE),
        ("专任教师302人中高级职称86人，占38.5%。", Rule.RATE),
        ("下达任务32项，完成29项，完成率98.0%。", Rule.RATE),
    ],
)
def test_planted_errors_are_found(sentence: str, rule: Rule) -> None:
    (check,) = told(sentence)
    assert check.rule is rule
    assert check.severity in (Severity.WARNING, Severity.ERROR)
    assert "请核对" in check.message


@pytest.mark.parametrize(
    "sentence",
    [
        "学生竞赛获奖14项，其中国家级5项、省级8项。",  # one 市级 more is not told
        "全年立项督办128件，其中党委会议定事项46件、院长办公会定事项57件、领导批示事项25件。",
        "学生竞赛获奖14项，其中国家级5项、省级9项，完成课题20项。",  # the last is no part
        "投入帮扶经费240万元，比上年增加55万元，其中实训条件建设150万元、师资培训90万元。",
        "到账经费0.24亿元，其中设备购置1500万元、房屋修缮900万元。",
        "获一等奖3项、二等奖5项、三等奖8项，共16项。",
        "发放补助298人，每人1500元，共计44.7万元。",
        "派出教师12人次，选派学生30人，共12天。",
        "授权专利12件（含发明专利3件、实用新型专利8件）。",
        "授权专利12件（发明专利3件、实用新型专利9件）。",
        "学校现有教师320余人，其中博士38人。",
        "新增公路60公里，其中高速公路33公里，新建铁路70公里。",
        "改造铁路16公里，新增公路63公里，其中高速公路33公里。",
        "投资完成率达到102.5%。",
        "全年立项督办128件，办结117件，办结率91.4%。",
        "招聘教师53名，其中博士9名，入职报到率94.6%。",
        "组织认定2386人次，通过1992人，通过率83.5%。",
        "在库教师214人，其中企业专家96人，占44.8%。",  # cut, not rounded
        "毕业生1.2万人，就业1.1万人，就业率93.6%。",  # 1.1 and 1.2 are rounded themselves
        "全年铺开重点项目19个，其中亿元以上项目由63个减至9个。",
        "培训机构由28家压减为2家，压减率92.9%。",
        "清理制度52项，未修订26项，修订率50.0%。",
        "年末对账，完成211条，未完成15条，任务完成率93.4%。",
        "新增教学资源1320条，累计约5600条，校外用户占62.3%。",
    ],
)
def test_near_misses_stay_silent(sentence: str) -> None:
    assert [(check.rule, check.message) for check in told(sentence)] == []


def test_overlapping_parts_are_only_a_hint() -> None:
    (check,) = told("现有党员教师50人，其中女教师30人、青年教师28人。")
    assert (check.rule, check.severity) == (Rule.SUM, Severity.HINT)
    assert "互不重叠" in check.message


def test_a_rate_says_what_it_should_be() -> None:
    (check,) = told("下达任务32项，完成29项，完成率98.0%。")
    assert "90.6%" in check.message
    assert "98.0%" in check.message
