"""Years side by side: a written series whose truth is known, and the rules of what may be compared."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import huizong
from huizong.compare import AnomalyRule, Comparison, IndicatorRow, IssueStatus, Outcome, Said, compare_reports
from huizong.compare.bodies import UNSAID, cards, edition, owner
from huizong.report import Report
from planted_series import HELPED, HELPER, planted


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return planted()


@pytest.fixture(scope="module")
def comparison(reports: list[Report]) -> Comparison:
    return compare_reports(reports)


def _row(comparison: Comparison, name: str) -> IndicatorRow:
    (found,) = [row for row in comparison.indicators if row.name == name]
    return found


def test_one_body_though_the_last_title_uses_short_names(comparison: Comparison) -> None:
    assert (comparison.bodies, comparison.years, comparison.left_out) == ((HELPER,), (2020, 2021, 2022), ())


def test_every_planted_indicator_and_no_other(comparison: Comparison) -> None:
    found = {(row.name, row.owner, row.unit, row.comparable): dict(row.values) for row in comparison.indicators}
    assert found == {
        ("骨干教师", HELPER, "人次", True): {2020: 20, 2021: 26, 2022: 30},
        ("专任教师", HELPED, "人", True): {2020: 310, 2021: 322, 2022: 335},
        ("新增招生专业", HELPED, "个", True): {2020: 2, 2022: 3},
        ("就业率", HELPED, "%", True): {2020: 92.1, 2021: 93.4, 2022: 94.0},
        ("帮扶经费", HELPER, "万元", True): {2020: 120, 2021: 150, 2022: 600},
        ("累计白岭学院教师", HELPED, "人次", True): {2020: 300, 2021: 280},
        ("技能培训", HELPER, "人次／人", False): {2020: 260, 2021: 300},
    }


def test_differences_percentages_and_intervals(comparison: Comparison) -> None:
    staff = _row(comparison, "专任教师").changes
    assert [(c.from_year, c.to_year, c.difference, c.percent, c.low, c.high) for c in staff] == [
        (2020, 2021, 12, 3.87, 12, 12),
        (2021, 2022, 13, 4.04, 13, 13),
    ]
    assert _row(comparison, "就业率").changes[0].percent is None
    near = _row(comparison, "帮扶经费")
    assert near.approximate == (2021,)
    assert [(c.low, c.high) for c in near.changes] == [(15, 30), (450, 465)]


def test_people_are_not_attendances(comparison: Comparison) -> None:
    row = _row(comparison, "技能培训")
    assert row.changes == ()
    assert row.reason == "单位不同：2020年是人次，2021年是人，不能相减。"


def test_issues_return_in_other_words_and_go(comparison: Comparison) -> None:
    found = [(row.status, row.years, row.quotes[row.years[0]][:10]) for row in comparison.issues]
    assert found == [
        (IssueStatus.GONE, (2020, 2021), "白岭学院数控实训设备"),
        (IssueStatus.GONE, (2020,), "白岭学院图书馆馆藏图"),
        (IssueStatus.NEW, (2022,), "白岭学院专职辅导员缺"),
    ]


def test_an_issue_told_again_in_the_last_report_has_returned(reports: list[Report]) -> None:
    found = compare_reports(reports[:2]).issues
    assert [(row.status, row.years) for row in found] == [
        (IssueStatus.RETURNED, (2020, 2021)),
        (IssueStatus.GONE, (2020,)),
    ]


def test_promises_kept_partly_kept_and_forgotten(comparison: Comparison) -> None:
    found = [(p.year, p.quote[:10], p.outcome, p.target, p.reached, p.evidence_year) for p in comparison.promises]
    assert found == [
        (2020, "2021年建成智慧教", Outcome.KEPT, 10, 12, 2021),
        (2020, "修订白岭学院教师职称", Outcome.KEPT, None, None, 2021),
        (2020, "推进白岭学院物联网技", Outcome.PARTLY, None, None, 2021),
        (2020, "开展白岭学院校园供水", Outcome.NO_EVIDENCE, None, None, None),
        (2021, "2022年新增招生专", Outcome.PARTLY, 4, 3, 2022),
        (2021, "建设白岭学院心理健康", Outcome.NO_EVIDENCE, None, None, None),
    ]


def test_copied_sentences_verbatim_and_nearly(comparison: Comparison) -> None:
    vow = [c for c in comparison.copied if "优势互补" in c.to_quote]
    assert [(c.from_year, c.to_year, c.similarity == 1) for c in vow] == [(2020, 2021, True), (2021, 2022, False)]
    assert all(0.6 <= c.similarity <= 1 for c in comparison.copied)
    assert not any("图书" in c.to_quote or "辅导员" in c.to_quote for c in comparison.copied)
    shares = {(s.from_year, s.to_year): s.share for s in comparison.copied_shares}
    assert 0.1 < shares[2020, 2021] < 0.3


def test_contradictions_all_found_and_no_other(comparison: Comparison) -> None:
    assert [(a.rule, a.years) for a in comparison.anomalies] == [
        (AnomalyRule.JUMP, (2021, 2022)),
        (AnomalyRule.CUMULATIVE_FALL, (2020, 2021)),
        (AnomalyRule.BASE_DIFFERS, (2020, 2021)),
    ]
    assert "314人" in comparison.anomalies[2].message
    assert "310人" in comparison.anomalies[2].message


def test_every_quote_is_verbatim(comparison: Comparison, reports: list[Report]) -> None:
    texts = [report.text for report in reports]
    quotes = [q for row in comparison.indicators for q in row.quotes.values()]
    quotes += [q for issue in comparison.issues for q in issue.quotes.values()]
    quotes += [q for anomaly in comparison.anomalies for q in anomaly.quotes.values()]
    quotes += [q for p in comparison.promises for q in (p.quote, p.evidence_quote) if q]
    quotes += [q for c in comparison.copied for q in (c.from_quote, c.to_quote)]
    assert len(quotes) > 40
    assert [q for q in quotes if not any(q in text for text in texts)] == []


def test_the_order_of_the_reports_does_not_matter(comparison: Comparison, reports: list[Report]) -> None:
    assert compare_reports(reversed(reports)) == comparison


def test_json_of_the_contract(comparison: Comparison) -> None:
    data = json.loads(json.dumps(comparison.to_dict(), allow_nan=False))
    assert {"bodies", "years", "indicators", "issues", "promises", "copied", "anomalies"} <= set(data)
    assert {"id", "name", "owner", "unit", "values", "quotes", "comparable", "reason", "change"} <= set(
        data["indicators"][0]
    )
    assert data["indicators"][1]["change"] == {
        "from": 2021, "to": 2022, "difference": 13, "percent": 4.04, "low": 13, "high": 13,
    }  # fmt: skip
    assert data["indicators"][1]["values"] == {"2020": 310, "2021": 322, "2022": 335}
    assert {"year", "quote", "outcome", "evidence_year", "evidence_quote", "target", "reached", "confidence"} <= set(
        data["promises"][0]
    )
    assert data["promises"][3]["outcome"] == "no evidence"


def test_chosen_by_short_name_and_years(reports: list[Report]) -> None:
    found = compare_reports(reports, body="松川职院", years=(2021, 2022))
    assert (found.bodies, found.years) == ((HELPER,), (2021, 2022))
    assert compare_reports(reports, body="别的学院").years == ()


def test_a_report_without_body_or_year_is_named(reports: list[Report]) -> None:
    stray = huizong.analyze_text("会议顺利召开，大家一致认为很好。\n")
    stray = replace(stray, source=replace(stray.source, name="1.txt"))
    found = compare_reports([*reports, stray])
    assert len(found.left_out) == 1
    assert "1.txt" in found.left_out[0]
    assert found.years == (2020, 2021, 2022)


GOVERNMENT = """青禾市政府工作报告
——{year}年1月8日在青禾市第五届人民代表大会上
青禾市人民政府市长
各位代表：
现在，我代表青禾市人民政府向大会报告工作，请予审议。
一、{last}年工作回顾
{last}年，{review}
二、{year}年工作安排
今年经济社会发展的主要预期目标是：{goals}
"""


def _government(year: int, review: str, goals: str) -> Report:
    return huizong.analyze_text(GOVERNMENT.format(year=year, last=year - 1, review=review, goals=goals))


def test_names_units_and_goals_of_government_reports() -> None:
    earlier = _government(
        2021,
        "全市地区生产总值达到98亿元，增长6.1%；粮食产量52万吨；城镇新增就业5200人。",
        "地区生产总值增长7%左右；城镇新增就业5000人以上，城镇登记失业率控制在4.5%以内。",
    )
    later = _government(
        2022,
        "全市生产总值完成1.05万亿元，增长6.9%；粮食总产量11亿斤；新增城镇就业4800人，城镇登记失业率4.2%。",
        "生产总值增长8%左右；城镇新增就业5500人以上，城镇登记失业率控制在4.5%以内。",
    )
    found = compare_reports([earlier, later])
    rows = {row.name: (row.unit, dict(row.values)) for row in found.indicators}
    assert rows["国内生产总值"] == ("万亿元", {2020: 0.0098, 2021: 1.05})
    assert rows["国内生产总值增幅"] == ("%", {2020: 6.1, 2021: 6.9})
    assert rows["粮食产量"] == ("亿吨", {2020: 0.0052, 2021: 0.0055})
    assert rows["城镇新增就业"] == ("人", {2020: 5200, 2021: 4800})
    assert rows["城镇登记失业率（目标）"] == ("%", {2021: 4.5, 2022: 4.5})
    goals = {(p.target, p.reached): p.outcome for p in found.promises if p.target}
    assert goals == {(7, 6.9): Outcome.KEPT, (5000, 4800): Outcome.PARTLY, (4.5, 4.2): Outcome.KEPT}
    assert [a.rule for a in found.anomalies] == [AnomalyRule.JUMP]


def test_parts_several_years_and_standards_are_kept_apart() -> None:
    earlier = _government(
        2021,
        "全社会固定资产投资完成90亿元，增长12%；新增绿地面积20万平方米；农民人均纯收入9000元。",
        "旅游收入达到8亿元。",
    )
    later = _government(
        2022,
        "市本级固定资产投资完成40亿元，增长9%；五年新增绿地面积90万平方米；扶贫标准提高到农民人均纯收入3000元。",
        "旅游收入达到9亿元。",
    )
    comparable = {row.name for row in compare_reports([earlier, later]).indicators if row.comparable}
    assert comparable == {"旅游收入（目标）"}


def test_figures_of_nobody_in_a_report_about_two_have_no_owner() -> None:
    text = "岩溪职业学院结对帮扶沙湾职业技术学院2022年度工作总结\n一、主要成效\n两校共建实训室3间。\n"
    report = huizong.analyze_text(text)
    (card,), left_out = cards([report])
    assert left_out == []
    assert owner(edition(card, report), None) == UNSAID
    assert owner(edition(card, report), "沙湾职业技术学院") == "沙湾职业技术学院"


def test_what_is_not_yet_done_is_no_evidence_of_a_promise() -> None:
    before = "岩溪职业学院2022年工作总结\n一、下一步计划\n2023年底前共建在线开放课程10门。\n"
    after = (
        "岩溪职业学院2023年工作总结\n一、主要成效\n学校新建实训室3间。\n二、存在问题\n"
        "在线开放课程还差4门尚未完成，原因是素材补拍不及时。\n"
    )
    (promise,) = compare_reports([huizong.analyze_text(before), huizong.analyze_text(after)]).promises
    assert (promise.outcome, promise.reached) == (Outcome.NO_EVIDENCE, None)


def test_what_the_user_said_places_reports_that_do_not_tell() -> None:
    untold = [huizong.analyze_text(f"工作总结\n一、主要工作\n学校开展培训{n}次。\n") for n in (3, 5)]
    assert len(compare_reports(untold).left_out) == 2
    said = [Said(body="江城职院", year=year) for year in (2021, 2022)]
    told = compare_reports(untold, said=said)
    assert (told.years, told.left_out) == ((2021, 2022), ())


def test_a_thing_with_another_limit_or_counted_by_the_house_is_another_thing() -> None:
    earlier = _government(
        2021,
        "新建城中村安置点6个；累计完成水利设施投资达30亿元。",
        "实施投资500万元以上的技改项目120个；旅游收入达到8亿元；推进六大优势产业提质；为0—6岁儿童免费筛查。",
    )
    later = _government(
        2022,
        "改造城中村1200户；“十四五”以来，水利设施投资翻番、达90亿元。",
        "实施投资2000万元以上的技改项目30个；旅游收入达到9亿元；推进六大优势产业升级；为0—6岁儿童免费筛查。",
    )
    names = {row.name for row in compare_reports([earlier, later]).indicators if row.comparable}
    assert names == {"旅游收入（目标）"}


def test_the_same_limit_is_the_same_thing() -> None:
    words = "实施投资500万元以上的技改项目{}个。"
    earlier, later = (
        _government(year, "农民人均纯收入9000元。", words.format(n)) for year, n in ((2021, 120), (2022, 90))
    )
    rows = {row.name: dict(row.values) for row in compare_reports([earlier, later]).indicators}
    assert rows["技改项目（500万元以上）（目标）"] == {2021: 120, 2022: 90}


def test_explanations_of_terms_are_no_promises_and_no_evidence() -> None:
    terms = (
        "附注：\n1、青禾云廊：是指建设覆盖全市的公共算力平台，2022年建成节点30个。\n2、一圈三片：全称青禾都市生活圈。\n"
        "3、河湾夜市：指将沿河建设的夜间商业街区。\n"
    )
    goals = "旅游收入达到8亿元。\n今年将开工建设青禾云廊。\n"
    earlier = _government(2021, "旅游收入达到7亿元。", goals + terms)
    later = _government(2022, "旅游收入达到8.5亿元。", "旅游收入达到9亿元。\n" + terms)
    found = compare_reports([earlier, later])
    assert [p.quote for p in found.promises if "青禾云廊" in p.quote] == ["今年将开工建设青禾云廊。"]
    assert all("是指" not in (p.evidence_quote or "") for p in found.promises)
    assert all("青禾云廊" not in row.name for row in found.indicators)
