"""Numbered items, things dealt out in lists, margins, shares and grounds: sentences of our own, read with the model."""

from __future__ import annotations

import pytest

from college_report import counts_in
from huizong.extractors.even_marks import even_marks
from huizong.records import Change, Status


def test_the_number_of_an_item_is_no_part_of_its_count() -> None:
    told = counts_in("1.水电费支出96万元。\n2.报修件处理率99%。\n3.4个食堂完成改造。\n4.1.2万人次到馆阅览。")
    assert [(count.quote, count.object) for count in told] == [
        ("96万元", "水电费支出"),
        ("99%", "报修件处理率"),
        ("4个", "食堂"),
        ("1.2万人次", "到馆"),
    ]
    assert (told[2].value, told[3].value) == (4, 1.2)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("1.招生", "1、招生"),
        ("主要做法：1.抓招生。2.抓就业。", "主要做法：1、抓招生。2、抓就业。"),
        ("2.5万元到账。", "2.5万元到账。"),  # no item 1 before
        ("1.抓招生。\n3.5万元到账。", "1、抓招生。\n3.5万元到账。"),
        ("2.抓就业。\n3.1 校企合作", "2、抓就业。\n3.1 校企合作"),
        ("增长3.5个百分点", "增长3.5个百分点"),
    ],
)
def test_which_points_close_the_number_of_an_item(printed: str, read: str) -> None:
    assert even_marks(printed) == read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # dealt out behind 分别; the second side of a pair; sizes that share their thing
        ("机械系、商务系分别实现培训收入42万元、17万元。", ["机械系培训收入", "商务系培训收入"]),
        ("订购6个中文和3个外文数据库。", ["中文数据库", "外文数据库"]),
        ("聘任14名专职和9名兼职辅导员。", ["专职辅导员", "兼职辅导员"]),
        ("新增光电等3个过五千亿、食品等5个过八百亿特色产业。", ["特色产业", "特色产业"]),
        ("现有高中6所（民办2所）、幼儿园43所（民办25所）。", ["高中", "民办高中", "幼儿园", "民办幼儿园"]),
        # margins over an average, a mark or a standard; shares by a fraction; what a target is of
        ("就业率达到95.1%，超过全省平均水平2.6个百分点。", ["就业率"] * 2),
        ("总产值增长7%，其中制造业产值增长9%、高于全国平均1.4个百分点。", ["总产值", "制造业产值", "制造业产值"]),
        ("生均设备值1.52万元，超过合格标准0.3万元。", ["生均设备值"] * 2),
        ("骨干教师占全校三分之一。", ["骨干教师"]),
        ("参军48人，完成任务的107%，超额3人。", ["参军", "任务", "参军"]),
        ("优良天数比例达到82%、增加9天。", ["优良天数比例", "优良天数"]),
        ("对口就业率较往年提升4个百分点。", ["对口就业率"]),
        # where the thing ends and where it begins
        ("组建了5支学生服务队、参与的学生志愿者达240人。", ["学生服务队", "学生志愿者"]),
        ("清理了两座积存多年的废旧料场。", ["废旧料场"]),
        ("着力推进八个方面重点任务。", ["重点任务"]),
        ("打造26条县域重点产业链。", ["县域重点产业链"]),
        ("就业和住房两大核心关切总体平稳。", ["核心关切"]),
        ("全县三次产业结构不断优化，变为9∶42∶49。", ["三次产业结构"]),
        ("有8台车床超期服役。", ["车床"]),
        ("平整操场6000平方米，硬化便道420平方米，绿化约1500平方米。", ["操场", "便道", "绿化"]),
        ("编印简报四期、墙报六期。", ["简报", "墙报"]),
        # what people take part in or gain
        ("310人次参加技能等级鉴定，2.1万人取得合格证书。", ["技能等级鉴定", "合格证书"]),
        ("配置灯光、音响、餐饮三大项目。", ["项目"]),
        ("在岗人员年度增长12%。", ["在岗人员"]),
        # what became of the things, names that hold a word of movement
        ("5个实训重点基建项目按计划推进。", ["实训重点基建项目"]),
        ("送出30场地方戏曲进校园。", ["地方戏曲"]),
        ("建设18个文旅融合提升示范村。", ["文旅融合提升示范村"]),
        ("教学常规达成度为91%。", ["教学常规达成度"]),
        # those of an age, what a ratio is kept to, rates that no dictionary has
        ("专任教师180人，35岁以下66人，50岁以上31人。", ["专任教师", "35岁以下专任教师", "50岁以上专任教师"]),
        ("辅导员按1:200配备。", ["辅导员"]),
        ("报修时间缩短到3小时，及时率97%。", ["报修时间", "及时率"]),
        ("奖助面达28%。", ["奖助面"]),
        ("教学事故4起，其中一级1起、三级3起。", ["教学事故", "一级教学事故", "三级教学事故"]),
        ("合作经费连续三年下滑，由90万元跌到62万元，跌幅31%。", ["合作经费"] * 3),
        ("选派干部7人，其中到乡镇4人、到街道3人。", ["干部"] * 3),
        ("流失教师5人，其中3人考走、2人调走。", ["流失教师"] * 3),
        ("建成美丽海湾4个、幸福河湖3个。", ["美丽海湾", "幸福河湖"]),
        ("公用支出占比持续保持在45%以上。", ["公用支出占比"]),
        ("促进教学、科研两类需求增长。", ["需求"]),
        # those who passed, groups that things are parted into, bodies whose list 各 closes
        ("报名考证320人，通过268人。", ["报名考证", "通过"]),
        ("订单班学生共96人，甲公司、乙公司、丙公司各32人。", ["订单班学生"] * 2),
        ("3号楼供电容量由500千瓦提到800千瓦。", ["3号楼供电容量"] * 2),
        ("为20万市民提供“一站式”的服务。", ["市民"]),
        ("3家企业承诺的捐款已到。", ["企业"]),
        ("实验员按学生1:300左右配备。", ["实验员"]),
    ],
)
def test_things_of_lists_margins_and_grounds(sentence: str, expected: list[str]) -> None:
    assert [count.object for count in counts_in(sentence)] == expected


def test_a_thing_with_its_own_verb_is_not_new_with_the_one_before() -> None:
    told = counts_in("增加座椅60把、更换阅览室各类灯具210盏。")
    assert [count.change for count in told] == [Change.INCREASE, Change.LEVEL]


def test_ratios_that_moved_have_a_former_and_a_present_value() -> None:
    told = counts_in("师生之比从1∶21提升至1∶17。")
    assert [(count.quote, count.status) for count in told] == [("1∶21", Status.BASELINE), ("1∶17", Status.ACTUAL)]


def test_fewer_than_a_full_number() -> None:
    told = counts_in("三个年级招生不满40人。")[-1]
    assert (told.quote, told.approx) == ("不满40人", True)
    assert counts_in("收到学生不满意见32条。")[0].quote == "32条"


def test_a_year_since_which_is_not_the_year_of_the_count() -> None:
    told = counts_in("2019年以来，累计开办夜校班96期。对2020年以来的58份合同逐一核查。")
    assert [count.year for count in told] == [2023, 2023]


def test_a_plan_that_is_a_title_of_people_is_no_target() -> None:
    assert {count.status for count in counts_in("现有青年领军人才培养计划2人、名匠培育工程3人。")} == {Status.ACTUAL}
    assert counts_in("联合培养计划60人，实际成行52人。")[0].status is Status.TARGET


def test_what_a_sentence_says_of_next_year_is_a_target() -> None:
    assert counts_in("明年改造教室22间。")[0].status is Status.TARGET
    assert counts_in("隐患30处已整改28处，剩余2处列入明年计划。")[-1].status is Status.ACTUAL


def test_values_of_a_year_before_in_a_sentence_of_their_own() -> None:
    told = counts_in("办班15期、培训1,600人次。2022年分别是11期、1,240人次。")
    assert [(count.status, count.year) for count in told[2:]] == [(Status.BASELINE, 2022)] * 2
    assert counts_in("到款96万元，为年度指标90万元的106.7%。")[1].status is Status.TARGET


def test_what_came_in_after_a_plan_is_no_plan() -> None:
    told = counts_in("计划招聘36人，收到报名820人次。全年计划引进8人，实际到岗5人。")
    assert [count.status for count in told] == [Status.TARGET, Status.ACTUAL] * 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("近三年来贫困生净减近200人。", ["贫困生"]),
        ("给9名到龄人员办理退休。", ["到龄人员"]),
        ("对260份评审材料交叉审核。", ["评审材料"]),
        ("教师下企业锻炼24人次，人均30天。", ["教师下企业锻炼", "下企业锻炼"]),
        ("信息专报分别被省、市采用3篇、8篇。", ["信息专报"] * 2),
        ("重点抓好以下四个方面的工作。", ["方面"]),
    ],
)
def test_times_deeds_and_those_who_do_them_beside_a_thing(sentence: str, expected: list[str]) -> None:
    assert [count.object for count in counts_in(sentence)] == expected


def test_less_than_others_of_the_kind_is_a_level() -> None:
    assert counts_in("津贴比省会同类院校低3万元。")[0].change is Change.LEVEL
    assert counts_in("力争2025年增核教学岗位15个。")[0].change is Change.INCREASE
