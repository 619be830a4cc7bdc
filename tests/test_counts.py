"""Counts on sentences of our own: place, value, unit and the words around."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizong.extractors.counts import find_counts
from huizong.records import (
    Alias,
    Change,
    Count,
    Kind,
    Label,
    Level,
    Meta,
    Nature,
    Role,
    Section,
    Sentence,
    Span,
    Status,
)
from huizong.tokens import segment


def counts_of(
    text: str,
    *,
    kind: Kind = Kind.ACHIEVEMENT,
    role: Role = Role.PROGRESS,
    meta: Meta | None = None,
    aliases: tuple[Alias, ...] = (),
    sections: tuple[Section, ...] = (),
) -> list[Count]:
    """The counts of a text of one sentence a line, all of one kind."""
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        sentences.append(
            Sentence(
                span=Span(at, at + len(line)),
                paragraph=len(sentences),
                heading=False,
                section=sections[0].id if sections else None,
                role=role,
            )
        )
        at += len(line) + 1
    labels = [Label(kind=kind, area=None, confidence=1.0, reason="test")] * len(sentences)
    found = find_counts(
        text,
        sentences,
        segment(text, [a.alias for a in aliases]),
        labels,
        sha256="0",
        page_of=lambda _: 1,
        aliases=aliases,
        meta=meta,
        sections=sections,
    )
    return list(found)


def brief(text: str, kind: Kind = Kind.ACHIEVEMENT) -> list[tuple[str, float, str]]:
    return [(c.quote, c.value, c.unit) for c in counts_of(text, kind=kind)]


def objects(text: str) -> list[str | None]:
    return [c.object for c in counts_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学院现有9个党总支、31个党支部。", [("9个", 9, "个"), ("31个", 31, "个")]),
        ("投入约1,300万元改善条件。", [("约1,300万元", 1300, "万元")]),
        ("毕业生就业率98.5%。", [("98.5%", 98.5, "%")]),
        ("满意度为百分之九十六。", [("百分之九十六", 96, "%")]),
        ("与十余所高校建立联系。", [("十余所", 10, "所")]),
        ("培训学员近百人。", [("近百人", 100, "人")]),
        ("每班30-50人。", [("30-50人", 30, "人")]),
        ("生师比达到17.5:1。", [("17.5:1", 17.5, "")]),
        ("教师占比提高3.2个百分点。", [("3.2个百分点", 3.2, "个百分点")]),
        ("年产值突破2.4亿元。", [("突破2.4亿元", 2.4, "亿元")]),
        ("招聘教师不少于12名。", [("不少于12名", 12, "名")]),
        ("培训2万人次以上。", [("2万人次以上", 2, "万人次")]),
        ("新增一个专业。", [("一个", 1, "个")]),
        ("分三个批次推进。", [("三个", 3, "个")]),
        ("捐赠设备20台（套）。", [("20台（套）", 20, "台（套）")]),
        ("比上年高1个多百分点。", [("1个多百分点", 1, "个百分点")]),
        ("惠及1200万学生。", [("1200万", 1200, "万")]),
        ("超额完成两成多。", [("两成多", 2, "成")]),
        ("发放补贴20万元-30万元。", [("20万元-30万元", 20, "万元")]),
        ("分别提高5.2和4.7个百分点。", [("5.2", 5.2, "个百分点"), ("4.7个百分点", 4.7, "个百分点")]),
    ],
)
def test_number_and_unit(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert brief(text) == expected


def test_round_sums_that_are_spent_or_reached_count() -> None:
    assert brief("全年发放超亿元的助学金。") == [("超亿元", 1, "亿元")]
    assert brief("进出口总额重回万亿元规模。") == [("万亿元", 1, "万亿元")]
    assert brief("扶持产值超亿元的企业。") == []


@pytest.mark.parametrize(
    "text",
    [
        "2021年以来，学校推进改革。",
        "编制2021-2025年发展规划。",
        "9月12日召开会议。",
        "十四五期间持续投入。",
        "第三批项目启动，实现首个突破。",
        "按照川教函〔2020〕21号文件要求。",
        "详见图1和表2。",
        "建设一流院校，推进一体化发展。",
        "进一步加强二级学院建设。",
        "落实“三全育人”和“1+X”证书制度。",
        "树牢“四个意识”。",
        "两校双方签订协议。",
        "这是一种有益探索，形成一系列成果和一批项目。",
        "打造“15分钟生活圈”。",
        "咨询电话：12345678。",
        "学习《关于实施100个示范项目的通知》。",
        "三年行动计划顺利收官。",
        "做好二期工程前期工作。",
        "排名全国前10名。",
        "位居全省第5位。",
        "24小时值守。",
        "三个月内办结。",
        "党的二十大胜利召开。",
        "2019级3班荣获表彰。",
    ],
)
def test_near_misses_are_no_counts(text: str) -> None:
    assert brief(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("获批省级示范专业6个。", ["省级示范专业"]),
        ("建成实训室12间、工位480个。", ["实训室", "工位"]),
        ("教师发表核心期刊论文33篇。", ["核心期刊论文"]),
        ("立项“课程思政”示范课1门、“双创”教材2部。", ["“课程思政”示范课", "“双创”教材"]),
        ("培育5个“数字领航”班组。", ["“数字领航”班组"]),
        ("就业率达到97.2%，同比提高1.5个百分点。", ["就业率", "就业率"]),
        ("招生专业由21个调整为24个。", ["招生专业", "招生专业"]),
        ("专利授权量比上年增加8件。", ["专利授权量"]),
        ("新增课程、教材等4项资源。", ["资源"]),
        ("7个省份一次投满。", ["省份"]),
        ("选派27名教师到企业实践。", ["教师"]),
        ("投资3500万元的图书馆竣工。", ["投资"]),
        ("完成800户、12万平方米旧房改造。", ["旧房改造", "旧房改造"]),
        ("获得一等奖和二等奖各1项。", ["一等奖和二等奖"]),
        ("合作企业从40家增加到52家。", ["合作企业", "合作企业"]),
        ("校级制度中，已经失效的有9项。", ["校级制度"]),
    ],
)
def test_objects(text: str, expected: list[str]) -> None:
    assert objects(text) == expected


def test_numbers_dealt_out_in_order() -> None:
    assert objects("新能源、新材料产业产值分别增长12%和9%。") == ["新能源产业产值", "新材料产业产值"]


def test_ranks_take_the_thing_named_before() -> None:
    assert objects("选派特派员28名，其中省级6名、市级22名。") == ["特派员", "省级特派员", "市级特派员"]


def test_change_and_former_value() -> None:
    first, second = counts_of("现代学徒制专业由3个增至5个。")
    assert (first.status, second.status) == (Status.BASELINE, Status.ACTUAL)
    assert second.change is Change.LEVEL


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("新增实训基地3个。", Change.INCREASE),
        ("到款额增长8.5%。", Change.INCREASE),
        ("能耗下降4%。", Change.DECREASE),
        ("压减会议12次。", Change.DECREASE),
        ("报到率提高到96%。", Change.LEVEL),
        ("新建实训室3间。", Change.LEVEL),
        ("通过率高于全省2.1个百分点。", Change.LEVEL),
        ("毕业生比上年多41人。", Change.INCREASE),
        ("新增签约落地合作企业35家。", Change.INCREASE),
        ("新增上线电子图书120种、期刊8种。", Change.INCREASE),
        ("新增实训工位90个、总工位近1200个。", Change.LEVEL),
        ("新增创业项目12个、带动就业350人。", Change.LEVEL),
    ],
)
def test_change(text: str, change: Change) -> None:
    assert counts_of(text)[-1].change is change


def test_growth_and_the_level_it_leads_to() -> None:
    growth, level = counts_of("培训收入增长20%，达到282万元。")
    assert (growth.change, level.change) == (Change.INCREASE, Change.LEVEL)
    assert level.object == "培训收入"


def test_plans_are_targets() -> None:
    assert [c.status for c in counts_of("力争就业率达到95%以上。", kind=Kind.PLAN, role=Role.PLANS)] == [Status.TARGET]
    assert [c.status for c in counts_of("就业率达到95%。")] == [Status.ACTUAL]
    goal = counts_of("实际完成21项，年度目标值为20项。")
    assert [c.status for c in goal] == [Status.ACTUAL, Status.TARGET]


def test_what_was_done_after_a_planned_sum_is_no_target() -> None:
    found = counts_of("工作队签下5个项目，计划投入210万元，还同商会办了2场集市，共有3万人到场。")
    assert [c.status for c in found] == [Status.ACTUAL, Status.TARGET, Status.ACTUAL, Status.ACTUAL]
    assert counts_of("力争投入210万元，建设实训室6间。")[-1].status is Status.TARGET


def test_the_address_of_a_new_year_tells_of_the_year_before() -> None:
    for title in ("青石职业学院2022年新年献词", "青石职业学院2022新春贺词"):
        meta = Meta(title=title, years=(2021, 2022))
        assert [c.year for c in counts_of("获批省级课题3项。", meta=meta)] == [2021]

    meta = Meta(title="青石职业学院2021年工作总结", years=(2021,))
    assert [c.year for c in counts_of("建成实训室3间。", meta=meta)] == [2021]
    assert [c.year for c in counts_of("2020年建成实训室3间。", meta=meta)] == [2020]
    assert [c.year for c in counts_of("建成实训室3间。", kind=Kind.PLAN, role=Role.PLANS, meta=meta)] == [2022]
    assert [c.year for c in counts_of("获奖数比去年的8项多2项。", meta=meta)] == [2020, 2021]


def test_the_year_of_a_plan_is_the_one_planned() -> None:
    meta = Meta(title="青石职业学院2023年工作要点", years=(2023,))
    assert [c.year for c in counts_of("建成实训室3间。", kind=Kind.PLAN, role=Role.PLANS, meta=meta)] == [2023]


def test_year_of_the_section() -> None:
    section = Section(
        id="a", parent=None, level=1, number="一、", title="2019年工作回顾", role=Role.PROGRESS, span=Span(0, 0), page=1
    )
    meta = Meta(title="政府工作报告", years=(2019, 2020))
    assert [c.year for c in counts_of("建成学校3所。", meta=meta, sections=(section,))] == [2019]


HELP = Meta(reporter="临江工程职业学院", partners=("白鹿职业技术学院",), years=(2022,))
NAMES = (
    Alias(name="临江工程职业学院", alias="临江工程"),
    Alias(name="白鹿职业技术学院", alias="白鹿职院"),
)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("学校立项省级课题1项。", "临江工程职业学院"),
        ("指导协助白鹿职院8个党支部完成换届。", "白鹿职业技术学院"),
        ("白鹿职院获批省级专业2个。", "白鹿职业技术学院"),
        ("依托白鹿职院资源，举办讲座2场。", "临江工程职业学院"),
        ("白鹿职院及其他十余所高校组成联盟。", "临江工程职业学院"),
    ],
)
def test_owners(text: str, owner: str) -> None:
    assert counts_of(text, meta=HELP, aliases=NAMES)[0].subject == owner


def test_the_level_is_shared_in_a_list() -> None:
    found = counts_of("立项省级“样板支部”1项、“标杆院系”1项。")
    assert [c.level for c in found] == [Level.PROVINCE, Level.PROVINCE]


def test_members_before_a_total() -> None:
    (count,) = counts_of("新增大数据技术、云计算、风景园林设计等3个专业。")
    assert len(count.listed) == 3
    assert count.nature is Nature.NEW


def test_bounds_come_from_the_words() -> None:
    (count,) = counts_of("与十余所高校合作。")
    assert (count.lower, count.upper, count.approx) == (11, 19, True)
    (count,) = counts_of("培训300人次以上。")
    assert (count.lower, count.upper, count.approx) == (300, None, True)


def test_headings_have_no_counts() -> None:
    text = "建成3个中心"
    sentence = Sentence(span=Span(0, len(text)), paragraph=0, heading=True, section="s", role=Role.PROGRESS)
    label = Label(kind=Kind.HEADING, area=None, confidence=1.0, reason="test")
    assert find_counts(text, [sentence], segment(text), [label], sha256="0", page_of=lambda _: 1) == ()


def test_labels_must_go_with_sentences() -> None:
    with pytest.raises(ValueError, match="0 labels for 1 sentences"):
        find_counts(
            "共3个。",
            [Sentence(span=Span(0, 4), paragraph=0, heading=False, section=None, role=Role.OTHER)],
            (),
            (),
            sha256="0",
            page_of=lambda _: 1,
        )


PIECES = [
    "新增",
    "3个",
    "专业",
    "，",
    "十余所",
    "高校",
    "达到",
    "98%",
    "、",
    "其中",
    "2021年",
    "由",
    "“三全育人”",
    "教师",
    "的",
    "120万元",
    "等",
    "增至",
    "（",
    "）",
    "一",
    "和",
    "分别增长",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
def test_any_text_gives_grounded_counts(text: str) -> None:
    at = 0
    for count in counts_of(text):
        assert count.quote == text[count.span.start : count.span.end]
        assert at <= count.span.start
        assert count.high is None or count.high > count.value
        at = count.span.end


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["个", "项", "名", "门"]))
def test_a_planted_count_is_found(number: int, unit: str) -> None:
    assert brief(f"学院获批省级建设项目{number}{unit}。") == [(f"{number}{unit}", float(number), unit)]


def test_an_earlier_paragraph_only_shifts_the_spans() -> None:
    body = "学院获批省级建设项目6项，同比增长8.5%。"
    alone, shifted = counts_of(body), counts_of("这里没有数量。\n" + body)
    assert [(c.value, c.object, c.span.start + 8) for c in alone] == [
        (c.value, c.object, c.span.start) for c in shifted
    ]
