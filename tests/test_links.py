"""Issues and the plans that take them up; deadlines, owners and causes in the report's own words."""

from __future__ import annotations

import pytest

import huizong
from huizong.records import Kind, LinkKind, ParticularKind
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables import Results

TEXT = """澄江职业学院2022年工作总结
一、主要工作
学校新建智慧教室12间。
二、存在问题
1.由于审批流程较长，实训设备采购进度滞后，3个项目未按期验收。
2.受编制限制，专职辅导员缺口8人，学生管理力量不足。
3.校内食堂饭菜价格偏高，师生意见较大。
三、下一步计划
1.优化审批流程，6月底前完成全部实训设备采购和验收，由资产处负责。
2.多渠道招聘专职辅导员，到2023年9月补足缺口。
3.推进校园绿化提升工程。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return huizong.analyze_text(TEXT)


def test_issues_lead_to_the_plans_with_their_words(report: Report) -> None:
    issues, plans = report.of_kind(Kind.ISSUE), report.of_kind(Kind.PLAN)
    assert (len(issues), len(plans)) == (3, 3)
    assert [report.linked(LinkKind.ISSUE_PLAN, issue.id) for issue in issues] == [(plans[0],), (plans[1],), ()]
    assert all("共有" in link.reason and 0 < link.score <= 1 for link in report.links)


def test_particulars_are_words_of_their_statement(report: Report) -> None:
    issues, plans = report.of_kind(Kind.ISSUE), report.of_kind(Kind.PLAN)

    def told(kind: ParticularKind) -> list[str | None]:
        return [report.particular(item.id, kind) for item in (*issues, *plans)]

    assert told(ParticularKind.CAUSE) == ["由于审批流程较长", "受编制限制", None, None, None, None]
    assert told(ParticularKind.DEADLINE) == [None, None, None, "6月底前", "到2023年9月", None]
    assert told(ParticularKind.OWNER) == [None, None, None, "资产处", None, None]
    for particular in report.particulars:
        item = report.item_by_id[particular.item]
        assert item.span.contains(particular.span)
        assert particular.span.of(report.text) == particular.quote


def test_json_keeps_links_and_particulars(report: Report) -> None:
    again = Report.from_dict(report.to_dict())
    assert (again.links, again.particulars) == (report.links, report.particulars)


def test_sheet_pairs_issues_and_plans(report: Report) -> None:
    rows = list(Results((report,), Settings()).rows("问题—计划对照"))
    assert [(row["问题编号"], row["计划编号"], row["情况"]) for row in rows] == [
        ("I01", "P01", "有对应计划"),
        ("I02", "P02", "有对应计划"),
        ("I03", None, "无对应计划"),
        (None, "P03", "未对应问题"),
    ]


@pytest.mark.parametrize(
    ("plan", "deadline"),
    [
        ("学校将落实2021年未完成的任务。", None),
        ("力争2025年前在校生稳定在1800人以上。", "2025年前"),
        ("年底前建成产业学院2所。", "年底前"),
        ("继续巩固2021年以来的成果。", None),
    ],
)
def test_deadlines_look_forward(plan: str, deadline: str | None) -> None:
    report = huizong.analyze_text(f"澄江职业学院2022年工作总结\n一、下一步计划\n{plan}\n")
    (item,) = (i for i in report.items if plan.startswith(i.text[:6]))
    assert item.kind is Kind.PLAN
    assert report.particular(item.id, ParticularKind.DEADLINE) == deadline
