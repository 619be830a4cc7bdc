"""Counts on sloppy and spoken sentences of our own: what stands between thing and number, lists with elided units, plain numerals."""

from __future__ import annotations

import pytest

from huizong.analyze import analyze_text
from huizong.records import Change, Count, Status

_TITLE = "某职业技术学院总务处2021年工作总结"


def counts_in(body: str, *, title: str = _TITLE, heading: str = "一、主要工作") -> list[Count]:
    """The counts of `body` as the text of one section of a report of 2021."""
    return list(analyze_text(f"{title}\n{heading}\n{body}\n").counts)


def objects_in(body: str) -> list[str | None]:
    return [count.object for count in counts_in(body)]


def statuses_in(body: str, **report: str) -> list[tuple[str, Status]]:
    return [(count.quote, count.status) for count in counts_in(body, **report)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("灭火毯换了385具，烟感新装420个。", ["灭火毯", "烟感"]),
        ("阅览室已经停了一个，路灯只亮三成。", ["阅览室", "路灯"]),
        ("入户走访跑了三遍，货款准时结了138万元。", ["入户走访", "货款"]),
        ("一共查了电动车1130辆，改了老旧线路14处。", ["电动车", "老旧线路"]),
        ("公务账户撤了4个，报销单审核4.3万张。", ["公务账户", "报销单"]),
        ("保洁员工资每人每月1900元。", ["保洁员工资"]),
        ("安保经费去年186万元，今年涨到205万元。", ["安保经费", "安保经费"]),
        ("国外期刊在新馆书架上出现三十多处错放。", ["国外期刊"]),
    ],
)
def test_predicates_times_and_places_between_thing_and_number(sentence: str, expected: list[str]) -> None:
    assert objects_in(sentence)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年接警412起，其中纠纷97起，求助251起。", ["接警", "纠纷", "求助"]),
        ("发现漏点61处，当天整改44处，余下的17处限期整改。", ["漏点", "漏点", "漏点"]),
        ("招了护理员64名，走了23名。", ["护理员", "护理员"]),
        ("采了香菇3.6万斤，卖了21万元。", ["香菇", "香菇"]),
        ("消火栓186个，查出没水的11个，锈死的7个。", ["消火栓", "消火栓", "消火栓"]),
        ("检查宿舍320间，7间是老毛病宿舍。", ["宿舍", "老毛病宿舍"]),
        ("采购茶叶600斤、大米2万斤，合计36.8万元。", ["茶叶", "大米", "合计"]),
    ],
)
def test_lists_with_elided_things(sentence: str, expected: list[str]) -> None:
    assert objects_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("晨跑坚持到学期末的有208人。", ["晨跑"]),
        ("保安里45岁以上的占六成。", ["45岁以上"]),
        ("先报名后缴费的占34%。", ["先报名后缴费"]),
        ("夜间用水达到总量的21%。", ["夜间用水"]),
        ("开通的窗口有缴费、挂失、补卡3个。", ["窗口"]),
        ("合作食堂由开张时的2家增加到7家。", ["合作食堂", "合作食堂"]),
        ("被检查单位6家，受表彰职工18人。", ["被检查单位", "受表彰职工"]),
        ("解除隔离93人。", ["解除隔离"]),
        ("持证厨师占食堂职工比例达到47%。", ["持证厨师占食堂职工比例"]),
        ("门窗维修有2.6万元结余待上缴。", ["结余"]),
        ("办起月末书市等6项活动，参加的师生1320人次。", ["活动", "师生"]),
    ],
)
def test_parts_lists_and_names(sentence: str, expected: list[str]) -> None:
    assert objects_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("家长打来十几通电话，捐来三百多册图书。", [("十几通", 10, "通"), ("三百多册", 300, "册")]),
        ("走廊加了两排座椅，锦旗五面。", [("两排", 2, "排"), ("五面", 5, "面")]),
        ("防火门换了48樘，响应时间缩到90秒。", [("48樘", 48, "樘"), ("90秒", 90, "秒")]),
        ("闭馆时间延长半小时。", [("半小时", 0.5, "小时")]),
        ("夜宵占总量的四成半。", [("四成半", 4.5, "成")]),
        ("经费用掉三分之一以上。", [("三分之一以上", 0.3333, "")]),
        ("登上校报14篇（次）。", [("14篇（次）", 14, "篇（次）")]),
        ("把菜送进12所以上小学，与3家电梯企业签约。", [("12所以上", 12, "所"), ("3家", 3, "家")]),
        ("师生比平均1:16.5，最高不超过1:20。", [("1:16.5", 16.5, ""), ("不超过1:20", 20, "")]),
        ("找回手机三部，进出车辆一千七八百台次。", [("三部", 3, "部"), ("一千七八百台次", 1700, "台次")]),
        ("管网工程提前26天完工。", [("26天", 26, "天")]),
    ],
)
def test_plain_numerals_and_units(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(c.quote, c.value, c.unit) for c in counts_in(sentence)] == expected


def test_guesses_and_signs_are_approximate() -> None:
    exact = [(c.quote, c.approx) for c in counts_in("水温二十七八度，绿化率目标值≥35%，值班3至5人。")]
    assert exact == [("二十七八度", True), ("≥35%", True), ("3至5人", False)]


def test_no_count_in_idioms_meetings_and_numbered_titles() -> None:
    assert counts_in("门卫三班倒，实行收支两条线，五届三次职代会通过了最有特色的一块内容。") == []
    assert counts_in("内容从略。", heading="3.2回款不够及时") == []


def test_numbered_lines_without_full_stop_count() -> None:
    found = counts_in("1、灭火器换了385具,烟感新装420个\n2、消防演练6场,师生参加1200人次")
    assert [(c.quote, c.object) for c in found[:3]] == [("385具", "灭火器"), ("420个", "烟感"), ("6场", "消防演练")]


def test_things_between_numbers_belong_to_the_next() -> None:
    assert objects_in("现有正式工6人 校卫队员48人 监控员9人。") == ["正式工", "校卫队员", "监控员"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("原定去邻县的写生三批84人次因台风落空。", [("三批", Status.TARGET), ("84人次", Status.TARGET)]),
        ("满意率89%，离学校95%的要求还有差距。", [("89%", Status.ACTUAL), ("95%", Status.TARGET)]),
        ("完好率达到93.2%（目标值≥90%）。", [("93.2%", Status.ACTUAL), ("≥90%", Status.TARGET)]),
        ("“建成示范食堂1所”没有完成。", [("1所", Status.TARGET)]),
        ("上学期均分是77.5分，全年办班13期。", [("77.5分", Status.BASELINE), ("13期", Status.ACTUAL)]),
        ("2019年采购340万元，今年降到265万元。", [("340万元", Status.BASELINE), ("265万元", Status.ACTUAL)]),
        ("原来亩产18斤，现在到了31斤。", [("18斤", Status.BASELINE), ("31斤", Status.ACTUAL)]),
        ("产业路计划修6公里，实际修了4.5公里。", [("6公里", Status.TARGET), ("4.5公里", Status.ACTUAL)]),
        ("实际到款超出预算12万元。", [("12万元", Status.ACTUAL)]),
        ("下达任务32项，完成29项。", [("32项", Status.ACTUAL), ("29项", Status.ACTUAL)]),
    ],
)
def test_goals_and_former_values_outside_plans(sentence: str, expected: list[tuple[str, Status]]) -> None:
    assert statuses_in(sentence) == expected


def test_what_already_holds_inside_plans() -> None:
    found = statuses_in("对考核靠后的3个支部挂牌整顿，力争腾出空地20亩以上。", heading="三、下一步计划")
    assert found == [("3个", Status.ACTUAL), ("20亩以上", Status.TARGET)]
    left = statuses_in("6月底前拆完剩下的3间板房，腾出空地20亩以上。", heading="三、下一步计划")
    assert left == [("3间", Status.TARGET), ("20亩以上", Status.TARGET)]  # what is still to be done is planned
    raised = statuses_in("入网率从目前的64%提到全覆盖。", heading="三、下一步计划")
    assert raised == [("64%", Status.BASELINE)]


def test_a_heading_of_the_next_year_opens_plans() -> None:
    found = counts_in("钱上，争取维修费不低于45万元，恢复食堂1个。", heading="2022年想做的事")
    assert [(c.status, c.year) for c in found] == [(Status.TARGET, 2022)] * 2


def test_years_of_a_half_year_report() -> None:
    title = "某职业技术学院2021年上半年工作总结"
    found = counts_in("年底前开办培训班20期。", title=title, heading="三、下半年打算")
    assert [(c.status, c.year) for c in found] == [(Status.TARGET, 2021)]
    assert [c.year for c in counts_in("现有职工96人。", title=title)] == [2021]


def test_years_of_cohorts_shares_and_former_values() -> None:
    found = counts_in("2018级、2019级分别招收120人、145人，用餐人次不到2019年的八成。")
    assert [c.year for c in found] == [2018, 2019, 2021]
    former = counts_in("满意率从年初的72%升到90%，去年全年才办班3期。")
    assert [c.year for c in former] == [2021, 2021, 2020]


def test_the_date_line_gives_an_untitled_year() -> None:
    text = "某学院后勤工作情况\n一、主要工作\n与2019年相比，维修量下降。全年维修门窗120扇。\n某学院后勤处\n{}\n"
    december = analyze_text(text.format("二〇二一年十二月二十日")).counts[-1]
    january = analyze_text(text.format("2022年1月8日")).counts[-1]
    assert (december.quote, december.year, january.year) == ("120扇", 2021, 2021)


def test_the_as_of_year_holds_for_its_paragraph() -> None:
    title = "某学院现代学徒制试点项目验收报告（2018—2020年）"
    found = counts_in("截至2020年6月底，到位资金96万元。累计支出81万元。", title=title)
    assert [c.year for c in found] == [2020, 2020]


def test_changes_of_sloppy_verbs() -> None:
    found = counts_in("被骗案件同比少了17起，食堂投诉比上年多了8起。")
    assert [c.change for c in found] == [Change.DECREASE, Change.INCREASE]


def test_a_difference_to_others_is_a_level() -> None:
    counts = {c.quote: c for c in analyze_text("报到率达94%，高于全省平均2.1个百分点，比上年提高1.5个百分点。").counts}
    assert counts["2.1个百分点"].change is Change.LEVEL
    assert counts["1.5个百分点"].change is Change.INCREASE
