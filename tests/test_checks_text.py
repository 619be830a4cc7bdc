"""Report checks on issues and plans, structure and words: planted faults are found, near misses stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

import huizong
from conftest import REPORT
from docx_by_hand import docx, p
from huizong.records import Check, Kind, LinkKind, Rule, Severity
from huizong.report import Report
from huizong.settings import Settings
from typesetting import typeset

PLANS = """澄江职业学院2022年工作总结
一、主要工作
学校新建智慧教室12间，完成课程改造8门。
二、存在问题
（一）资源平台没有搭起来
由于体制原因，校际课程资源平台建设受到制约。
（二）宿舍床位紧张
扩招后学生宿舍床位缺口300个，学生意见较大。
三、下一步工作
（一）改善住宿条件
新建学生宿舍楼1栋，补足床位缺口。
（二）健全沟通机制
定期召开联席会议，协调解决具体问题。
"""


def checks(report: Report, rule: Rule) -> list[Check]:
    return [check for check in report.checks if check.rule is rule]


def told(text: str, rule: Rule) -> list[Check]:
    return checks(huizong.analyze_text(text), rule)


def quotes(report: Report, check: Check) -> list[str]:
    return [evidence.span.of(report.text) for evidence in check.evidence]


def test_issue_without_plan_is_told_once_for_its_heading() -> None:
    (check,) = told(PLANS, Rule.ISSUE_WITHOUT_PLAN)
    assert "资源平台没有搭起来" in check.message
    assert check.severity is Severity.HINT


def test_plans_lacking_something_are_told_in_one_line() -> None:
    report = huizong.analyze_text(PLANS)
    for rule in (Rule.PLAN_WITHOUT_DEADLINE, Rule.PLAN_WITHOUT_OWNER):
        (check,) = checks(report, rule)
        assert "2条计划都没有写" in check.message
        assert quotes(report, check) == ["新建学生宿舍楼1栋，补足床位缺口。", "定期召开联席会议，协调解决具体问题。"]
    (check,) = checks(report, Rule.PLAN_WITHOUT_AMOUNT)
    assert quotes(report, check) == ["定期召开联席会议，协调解决具体问题。"]


def test_few_of_many_are_told_one_by_one() -> None:
    many = "\n".join(f"{n}.2023年{n + 2}月底前建成实训室{n}个，由教务处负责。" for n in range(1, 6))
    report = huizong.analyze_text(f"{PLANS.split('三、')[0]}三、下一步工作\n{many}\n6.力争建成产业学院2所。\n")
    (check,) = checks(report, Rule.PLAN_WITHOUT_DEADLINE)
    assert "产业学院" in check.message
    assert len(check.evidence) == 1


def test_a_year_in_the_heading_is_a_deadline() -> None:
    assert told(PLANS.replace("三、下一步工作", "三、2023年工作计划"), Rule.PLAN_WITHOUT_DEADLINE) == []


def test_a_year_told_where_the_plans_begin_is_a_deadline() -> None:
    told_first = PLANS.replace("三、下一步工作", "三、下一步工作\n2023年是验收之年，学校将抓好以下工作。")
    assert told(told_first, Rule.PLAN_WITHOUT_DEADLINE) == []
    assert told(PLANS.replace("8门。", "8门。\n2023年是验收之年。"), Rule.PLAN_WITHOUT_DEADLINE) != []


def test_closing_slogans_are_no_plans_that_lack_something() -> None:
    slogan = "各位老师，让我们同心同德、努力奋斗！"
    report = huizong.analyze_text(f"{PLANS}{slogan}\n")
    assert slogan in [item.text for item in report.of_kind(Kind.PLAN)]
    for rule in (Rule.PLAN_WITHOUT_DEADLINE, Rule.PLAN_WITHOUT_OWNER, Rule.PLAN_WITHOUT_AMOUNT):
        assert all(slogan not in words for check in checks(report, rule) for words in quotes(report, check))


def test_issues_are_linked_by_what_they_are_about() -> None:
    text = PLANS.replace("由于体制原因，校际课程资源平台建设受到制约。", "两校教师对此项任务认知不一，人员流失较多。")
    report = huizong.analyze_text(
        text.replace("定期召开联席会议，协调解决具体问题。", "要进一步树立长期协作的观念，常抓不懈。")
    )
    (link,) = (n for n in report.links if n.kind is LinkKind.ISSUE_PLAN and n.reason.startswith("同类"))
    assert "进一步树立长期协作的观念" in report.item_by_id[link.target].text
    assert checks(report, Rule.ISSUE_WITHOUT_PLAN) == []


def test_result_against_complaint() -> None:
    done = PLANS.replace("完成课程改造8门。", "完成课程改造8门。校企协同育人中心已经建立，运行顺利。")
    text = done.replace("由于体制原因，", "校企协同育人中心尚未建立，由于体制原因，")
    report = huizong.analyze_text(text)
    (check,) = checks(report, Rule.CONTRADICTION)
    assert quotes(report, check) == ["校企协同育人中心已经建立，运行顺利。", "校企协同育人中心尚未建立"]
    assert told(done.replace("由于体制原因，", "部分校企协同育人中心尚未建立，"), Rule.CONTRADICTION) == []
    assert told(done.replace("由于体制原因，", "产业学院尚未建立，"), Rule.CONTRADICTION) == []


def test_the_report_denies_its_own_subject() -> None:
    complaint = "目前，临江工程结对帮扶白鹿职院的工作还没有很好地开展。"
    work = "".join(f"结对帮扶第{n}次会议已经召开，完成课程{n}门。" for n in range(2, 7))
    text = REPORT.replace("由于经费和体制原因", f"{complaint}由于经费和体制原因").replace(
        "选派骨干教师", f"{work}选派骨干教师"
    )
    (check,) = told(text, Rule.CONTRADICTION)
    assert "一、主要工作与成效" in check.message
    assert told(REPORT, Rule.CONTRADICTION) == []


def test_missing_sections() -> None:
    deeds = "".join(f"完成第{n}期培训，参加教师{n}名。\n" for n in range(20, 36))
    text = f"澄江职业学院2022年工作总结\n一、主要工作\n{deeds}"
    assert [check.message for check in told(text, Rule.MISSING_SECTION)] == [
        "整篇报告没有写存在的问题。",
        "整篇报告没有写下一步计划。",
    ]
    issue = "二、存在问题\n师资力量不足，经费缺口较大。\n"
    assert [c.message for c in told(text + issue, Rule.MISSING_SECTION)] == ["整篇报告没有写下一步计划。"]
    assert told(text.replace("工作总结", "培训通知"), Rule.MISSING_SECTION) == []
    assert told("澄江职业学院2022年工作总结\n一、主要工作\n完成培训2期。\n", Rule.MISSING_SECTION) == []


def test_heading_without_body() -> None:
    text = PLANS + "四、计划实施情况汇总表\n"
    (check,) = told(text, Rule.HEADING_WITHOUT_BODY)
    assert "计划实施情况汇总表" in check.message
    assert told(PLANS, Rule.HEADING_WITHOUT_BODY) == []
    # A list of short lines is no list of headings.
    assert told(PLANS + "四、参加单位\n1.教务处\n2.学生处\n3.科研处\n", Rule.HEADING_WITHOUT_BODY) == []


def printed(path: Path, lines: list[str], *, picture: bool) -> Path:
    pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the test PDFs")
    from reportlab.pdfbase import cidfonts, pdfmetrics

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    page = pdfgen.Canvas(str(path), pagesize=(595, 842))
    page.setFont("STSong-Light", 16)
    for n, line in enumerate(lines):
        page.drawString(80, 780 - 28 * n, line)
    if picture:
        page.rect(80, 200, 300, 120, fill=1)
    page.save()
    return path


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("picture", [True, False])
def test_caption_without_a_picture_in_a_pdf(tmp_path: Path, *, picture: bool, engine: str) -> None:
    lines = ["一、主要工作", "组织专家论证建设方案，见图1。", "图1 论证会签到表", "二、存在问题", "经费不足。"]
    report = huizong.read(printed(tmp_path / "图.pdf", lines, picture=picture), Settings(engine=engine))
    found = checks(report, Rule.MISSING_OBJECT)
    assert [quotes(report, check) for check in found] == ([] if picture else [["图1论证会签到表"]])


@pytest.mark.parametrize("picture", ["<w:r><w:drawing/></w:r>", "<w:r><w:pict/></w:r>", ""])
def test_caption_without_a_picture_in_a_docx(tmp_path: Path, picture: str) -> None:
    texts = ("澄江职业学院2022年工作总结", "一、主要工作", "组织专家论证建设方案。")
    body = "".join(map(p, texts)) + p(picture, raw=True) + p("图1 论证会签到表") + p("二、存在问题") + p("经费不足。")
    report = huizong.read(docx(tmp_path / "图.docx", body))
    assert len(checks(report, Rule.MISSING_OBJECT)) == (0 if picture else 1)
    assert Report.from_dict(report.to_dict()).pictures == ((1,) if picture else ())


def test_a_text_has_no_pictures_to_miss() -> None:
    assert told(PLANS.replace("完成课程改造8门。", "完成课程改造8门。\n图1 论证会签到表"), Rule.MISSING_OBJECT) == []


def test_figures_and_tables_that_are_only_named() -> None:
    (check,) = told(PLANS.replace("完成课程改造8门。", "完成课程改造8门，见表3。"), Rule.MISSING_OBJECT)
    assert "表3" in check.message
    with_table = PLANS.replace("完成课程改造8门。", "完成课程改造8门，见表3。\n表3 课程改造情况")
    assert told(with_table, Rule.MISSING_OBJECT) == []
    assert told(PLANS.replace("完成课程改造8门。", "核对数据表87张，见图书馆2楼公示栏。"), Rule.MISSING_OBJECT) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("交流绩效工资分配，给机构改革、职效管理提供了支撑。", "职效"),
        ("学校新建智慧教室12间，，完成课程改造8门。", "，，"),
        ("开展培训、。", "、。"),
        ("发挥会计专业群、等省级专业群的优势。", "、等"),
        ("出台了重大政策的的配套办法。", "的的"),
    ],
)
def test_probable_typos(sentence: str, wrong: str) -> None:
    report = huizong.analyze_text(PLANS.replace("完成课程改造8门。", sentence))
    (check,) = checks(report, Rule.TYPO)
    assert quotes(report, check) == [wrong]
    assert check.severity is Severity.HINT


@pytest.mark.parametrize(
    "sentence",
    [
        "推动智能制造升级，建成湘潭智造示范线。",
        "审查通过，等次为优秀。",
        "维修依赖厂家，报修、等件、返修周期长。",
        "老毛病年年修、年年漏，一项一项抓整改。",
        "工作队伍问题，考核方式问题等等。",
        "他说：“要抓紧。”",
        "接待30批次副国级以上外国来宾，8个国际组织参加。",
        "推动良田、良种、良机、良法、良制融合发展。",
    ],
)
def test_words_that_are_no_typos(sentence: str) -> None:
    assert told(PLANS.replace("完成课程改造8门。", sentence), Rule.TYPO) == []


@pytest.mark.parametrize(
    ("sentence", "several"),
    [
        ("参与机电一体化等专业群的建设，该专业群获得立项。", True),
        ("建成校内实训基地5个，其中3个实训基地对外开放。该基地全年接待师生2000人次。", True),
        ("新增3个招生专业，该专业计划招生120人。", True),
        ("参与机电一体化专业群的建设，该专业群获得立项。", False),
        ("对接天衡公司，该公司捐赠设备12台。", False),
    ],
)
def test_unclear_references(sentence: str, several: bool) -> None:
    found = told(PLANS.replace("完成课程改造8门。", sentence), Rule.UNCLEAR_REFERENCE)
    assert len(found) == several


def test_a_clean_report_is_left_alone() -> None:
    grave = [c for c in huizong.analyze_text(REPORT).checks if c.severity is not Severity.HINT]
    assert grave == []


@pytest.mark.parametrize("width", [22, 26, 34])
def test_line_width_does_not_matter(width: int) -> None:
    text = REPORT.replace("专业3个，", "专业3个，技能竞赛获奖14项，其中国家级5项、省级12项，")
    plain = [(check.rule, check.message) for check in huizong.analyze_text(text).checks]
    assert Rule.SUM in {rule for rule, _ in plain}
    wrapped = typeset(text.splitlines(), width, by_words=True, indent="　　")
    assert [(check.rule, check.message) for check in huizong.analyze_text(wrapped).checks] == plain


def test_checks_go_through_json() -> None:
    report = huizong.analyze_text(PLANS)
    data = report.to_dict()
    assert set(data["checks"][0]) == {"rule", "severity", "message", "evidence"}
    assert set(data["checks"][0]["evidence"][0]) == {"start", "end", "page"}
    assert Report.from_dict(data).checks == report.checks


def test_rules_can_be_switched_off() -> None:
    off = Settings(checks_off=("plan_without_owner", "issue_without_plan"))
    rules = {check.rule for check in huizong.analyze_text(PLANS, off).checks}
    assert rules == {check.rule for check in huizong.analyze_text(PLANS).checks} - set(off.checks_off)
    assert Rule.PLAN_WITHOUT_DEADLINE in rules


def test_the_reference_report(shared: Path) -> None:
    report = huizong.read(shared / "gold" / "seed.pdf")
    found = {rule: checks(report, rule) for rule in Rule}
    assert len(found[Rule.ISSUE_WITHOUT_PLAN]) == 2
    assert ["滞后" in "".join(quotes(report, c)) for c in found[Rule.ISSUE_WITHOUT_PLAN]] == [True, False]
    assert all("计划都没有写" in found[rule][0].message for rule in Rule if rule.startswith("plan_without"))
    assert "还没有很好地开展" in found[Rule.CONTRADICTION][0].message
    assert "3.4.4.2" in found[Rule.HEADING_WITHOUT_BODY][0].message
    assert "图1" in found[Rule.MISSING_OBJECT][0].message
    assert "该专业群" in found[Rule.UNCLEAR_REFERENCE][0].message
    assert [quotes(report, c) for c in found[Rule.TYPO]] == [["职效"], ["、等"]]
    assert sum(c.severity is not Severity.HINT for c in report.checks) == 3
