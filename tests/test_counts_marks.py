"""Counts held against marks, former values and others, and numbers that need no unit, in sentences of our own."""

from __future__ import annotations

import pytest

from huizong.analyze import analyze_text
from huizong.records import Change, Count, Role, Status

_TARGET, _ACTUAL, _BASELINE = Status.TARGET, Status.ACTUAL, Status.BASELINE


def counts_in(body: str, *, heading: str = "一、主要工作") -> list[Count]:
    """The counts of `body` as the text of one section of a college's report of 2021."""
    return list(analyze_text(f"某职业技术学院2021年工作总结\n{heading}\n{body}\n").counts)


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("生均图书58册，低于60册的合格线。", [_ACTUAL, _TARGET]),
        ("课酬开支是每生900元合格标准的1.4倍。", [_TARGET, _ACTUAL]),
        ("按师生比1:350的要求配齐心理教师4人。", [_TARGET, _ACTUAL]),
        ("按每人500元的标准发放补助。", [_ACTUAL]),
        ("按规定应配专职督导8名，现有5名。", [_TARGET, _ACTUAL]),
        ("建成活页教材9部，规划值为6部。", [_ACTUAL, _TARGET]),
        ("全年征兵任务75人，实际入伍81人。", [_TARGET, _ACTUAL]),
        ("全年承担专业课教学任务3260学时。", [_ACTUAL]),
        ("协议约定接收顶岗实习学生120人，到岗96人。", [_TARGET, _ACTUAL]),
        ("头版报道2篇，没有达到年初确定的5篇目标。", [_ACTUAL, _TARGET]),
        ("双师占比比规划目标高出2.4个百分点。", [_ACTUAL]),
        ("离30%的要求还差7个百分点。", [_TARGET, _ACTUAL]),
        ("年度预算960万元，实际支出912万元。", [_ACTUAL, _ACTUAL]),
        ("企业捐赠比预算的80万元多6万元。", [_TARGET, _ACTUAL]),
        ("工期比原计划少了31天。", [_ACTUAL]),
        ("学校规划提出，到2025年在校生稳定在9000人左右，建成专业群4个。", [_TARGET, _TARGET]),
        ("屋顶光伏预计每年可省电费21万元。", [_TARGET]),
        ("约束性指标14项、预期性指标22项。", [_ACTUAL, _ACTUAL]),
        ("立项省重点研发计划1项、市级3项。", [_ACTUAL, _ACTUAL]),
    ],
)
def test_marks_that_values_are_held_against_are_targets(sentence: str, statuses: list[Status]) -> None:
    assert [count.status for count in counts_in(sentence)] == statuses


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("就业率比2020届的91.2%提高2.1个百分点。", [_BASELINE, _ACTUAL]),
        ("报销用时由9天缩短到36小时。", [_BASELINE, _ACTUAL]),
        ("试点由12所学校、19个专业扩大到20所学校、31个专业。", [_BASELINE, _BASELINE, _ACTUAL, _ACTUAL]),
        ("把原来的26门课整合为15门。", [_BASELINE, _ACTUAL]),
        ("改革前，实践课时只占总课时的31%，考核全是笔试。", [_BASELINE]),
        ("改革之初，课程组走访了26家企业。", [_ACTUAL]),
        ("与2019年的5项相比，增加3项。", [_BASELINE, _ACTUAL]),
        ("投诉由4月的31起降至12月的6起。", [_BASELINE, _ACTUAL]),
        ("录取人数比上一届的406人增长8.1%。", [_BASELINE, _ACTUAL]),
        ("起薪由2018届的3720元增至2019届的3950元。", [_BASELINE, _ACTUAL]),
        ("落实率比8月31日的79.6%提高9.2个百分点。", [_BASELINE, _ACTUAL]),
        ("两年投入帮扶经费90万元，其中2020年40万元、2021年50万元。", [_ACTUAL, _ACTUAL, _ACTUAL]),
    ],
)
def test_former_values(sentence: str, statuses: list[Status]) -> None:
    assert [count.status for count in counts_in(sentence)] == statuses


def test_what_is_left_to_do_is_planned_what_is_dealt_with_is_there() -> None:
    plans = "四、下一步计划"
    assert [count.status for count in counts_in("年底前接通剩余的3个系统。", heading=plans)] == [_TARGET]
    assert [count.status for count in counts_in("对考核靠后的2个学院逐一约谈。", heading=plans)] == [_ACTUAL]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("生师比由18.9降到17.6。", [("18.9", "生师比"), ("17.6", "生师比")]),
        ("力争生师比控制在17以内。", [("17以内", "生师比")]),
        ("课程达成度为0.74，比上年提高0.06。", [("0.74", "课程达成度"), ("0.06", "课程达成度")]),
        ("中层干部任期四年。", [("四年", "中层干部任期")]),
        ("设备更新周期由8年缩短到6年。", [("8年", "设备更新周期"), ("6年", "设备更新周期")]),
        ("建设期为2019年至2021年。", []),
        ("年底前5门课程上线。", [("5门", "课程")]),
        ("对2名师德失范教师作出处理。", [("2名", "师德失范教师")]),
        ("盗窃案破9起。", [("9起", "盗窃案")]),
        ("发现一处、整改一处，办结一项销号一项。", []),
        ("资助工作不漏一人。", []),
        ("捧回100米短跑奖杯。", []),
    ],
)
def test_numbers_without_a_unit_and_ones_that_are_no_counts(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = [(count.quote, count.object) for count in counts_in(sentence)]
    assert [quote for quote, _ in found] == [quote for quote, _ in expected]
    for (_, name), (_, wanted) in zip(found, expected, strict=True):
        assert (name or "").startswith(wanted) or wanted.endswith(name or "?")


def test_a_bound_does_not_reach_over_the_end_of_a_line() -> None:
    (count,) = analyze_text("某学院2021年工作总结\n（一）数据支撑能力不足\n14个系统互不相通。\n").counts
    assert (count.quote, count.approx) == ("14个", False)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("仪器设备总值4200万元，生均1.1万元。", ["仪器设备总值", "生均仪器设备值"]),
        ("发放路费补贴9.6万元，惠及学生240人，人均400元。", ["路费补贴", "学生", "人均路费补贴"]),
        ("机电学院、护理学院毕业生最多，分别为520人和430人。", ["机电学院毕业生", "护理学院毕业生"]),
        ("教学水平和食堂服务评价不高，满意度分别为81%和79%。", ["教学水平满意度", "食堂服务满意度"]),
        ("一、二、三等助学金分别为60人、90人和120人。", ["一等助学金", "二等助学金", "三等助学金"]),
        ("上述事项已办结21项。", ["事项"]),
        ("全年为教师办实事12件。", ["办实事"]),
        ("19份申报书逐本过堂。", ["申报书"]),
    ],
)
def test_things_of_averages_lists_and_pointers(sentence: str, expected: list[str]) -> None:
    assert [count.object for count in counts_in(sentence)] == expected


def test_people_and_rates_told_a_sentence_before() -> None:
    told = counts_in("2021届毕业生签约率为82.4%。分专业看，数控专业最高，为93.5%，文秘专业最低，为70.2%。")
    assert [count.object for count in told if not (count.object or "").endswith("签约率")] == []
    people = counts_in("毕业生去向以本省为主。其中国有企业31人。")
    assert people[-1].object == "毕业生"


@pytest.mark.parametrize("title", ["（二）改进方向", "（二）对策建议", "（二）整改措施"])
def test_the_plans_of_a_section_on_issues_are_plans(title: str) -> None:
    report = analyze_text(
        f"某学院2021年质量年报\n一、面临挑战\n（一）主要问题\n专业布局与产业衔接不紧，师资结构不合理。\n{title}\n2022年引进博士5名，新建实训室3间。\n"
    )
    assert [section.role for section in report.sections if section.title == title[3:]] == [Role.PLANS]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("专职教师与学生之比约1:2460，好于1:4000的配备要求。", [("约1:2460", 2460), ("1:4000", 4000)]),
        ("生师比为19.2:1，其中护理等3个专业超过23:1。", [("19.2:1", 19.2), ("3个", 3), ("超过23:1", 23)]),
        ("主队1:0小胜，全场观众800人。", [("800人", 800)]),
    ],
)
def test_ratios_that_are_held_against_a_standard(sentence: str, found: list[tuple[str, float]]) -> None:
    assert [(count.quote, count.value) for count in counts_in(sentence)] == found


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("取证率91%，高于省里85%的要求。", [Change.LEVEL, Change.LEVEL]),
        ("投档最低分高出控制线96分。", [Change.LEVEL]),
        ("语文、英语平均分分别高出同类学校4.2分和5.1分。", [Change.LEVEL, Change.LEVEL]),
        ("报到率高于上年1.2个百分点。", [Change.INCREASE]),
        ("报到率93.1%，较上年略降0.6个百分点。", [Change.LEVEL, Change.DECREASE]),
    ],
)
def test_where_a_value_stands_is_no_change(sentence: str, changes: list[Change]) -> None:
    assert [count.change for count in counts_in(sentence)] == changes


def test_at_least_makes_a_number_approximate_the_most_does_not() -> None:
    assert counts_in("每个教研室至少推出2门示范课。")[0].approx
    assert not counts_in("实训室周均使用19学时，最多的31学时。")[1].approx


def test_the_year_of_a_value_at_the_end_of_a_year() -> None:
    assert [count.year for count in counts_in("科研平台由2019年末的5个增至12个。")] == [2019, 2021]


@pytest.mark.parametrize(
    ("sentence", "objects"),
    [
        ("现有数据库17个，其中中文11个、外文6个。", ["数据库", "中文数据库", "外文数据库"]),
        ("登记注册学生社团36个，其中文化体育类15个。", ["登记注册学生社团", "文化体育类社团"]),
        ("在岗人员48人，其中在编29人。", ["在岗人员", "在编人员"]),
        ("评出先进个人9名，其中正高级2名。", ["先进个人", "正高级"]),
    ],
)
def test_parts_that_name_a_sort_get_the_thing_of_their_total(sentence: str, objects: list[str]) -> None:
    assert [count.object for count in counts_in(sentence)] == objects


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("实习点分散，126所园校中，仍有缺编的。", "园校"),
        ("粉丝数较年初增长27.4%。", "粉丝数"),
        ("有效施工时间比原计划少了31天。", "有效施工时间"),
        ("心理课教师应配18名。", "心理课教师"),
        ("邀请校外专家9人次逐本把关。", "校外专家"),
        ("从全县编制中调剂15名给学校。", None),
        ("3260名录取新生全部报到。", "录取新生"),
        ("吨钢综合能耗下降9.2%。", "吨钢综合能耗"),
    ],
)
def test_function_words_are_no_part_of_a_name(sentence: str, name: str | None) -> None:
    found = counts_in(sentence)[0].object
    assert found == name if name else found != "给学校"
