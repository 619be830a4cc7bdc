"""Short names and what a report says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huizong
from huizong.extractors.bodies import find_meta
from huizong.extractors.names import find_aliases, trim_name
from huizong.outline import build_outline
from huizong.records import Alias, CleanDocument, Meta, Paragraph, Source, SourceMap, Span


def pairs(text: str) -> list[tuple[str, str]]:
    return [(a.name, a.alias) for a in find_aliases(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019年，江城农业职业学院（以下简称“江城农院”）参加。", [("江城农业职业学院", "江城农院")]),
        ("结对帮扶海阳旅游职业学院（以下简称海旅学院）", [("海阳旅游职业学院", "海旅学院")]),
        ("自2019年起与海阳旅游职业学院(简称：海旅学院)合作", [("海阳旅游职业学院", "海旅学院")]),
        ("走访了海阳旅游职业学院【下称「海旅学院」】", [("海阳旅游职业学院", "海旅学院")]),
        ("与和田师范专科学校（以下简称为“和田师专”）签约", [("和田师范专科学校", "和田师专")]),
        ("由东海制造职业技术学院（简称“东海制造”）牵头", [("东海制造职业技术学院", "东海制造")]),
        ("中国石油职业大学（华东）（以下简称“中石职大”）", [("中国石油职业大学（华东）", "中石职大")]),
        ("成立了结对帮扶工作领导小组（以下简称“领导小组”）", [("结对帮扶工作领导小组", "领导小组")]),
        ("印发《三年行动计划（2021—2023年）》（以下简称《计划》）", [("三年行动计划（2021—2023年）", "计划")]),
        ("现将《年度工作要点》（以下简称“《要点》”）落实情况报告如下", [("年度工作要点", "要点")]),
        ("紧紧围绕岩溪职业技术学院（以下简称“学院”）工作要点", [("岩溪职业技术学院", "学院")]),
        ("我代表湖东区人民政府（以下简称“区政府”）作报告", [("湖东区人民政府", "区政府")]),
        ("入选特色高水平高职学校和专业建设计划（简称“双高计划”）", [("特色高水平高职学校和专业建设计划", "双高计划")]),
        ("后勤与保卫处（以下简称“我处”）", [("后勤与保卫处", "我处")]),
        ("清溪县职业高级中学（以下简称“县职高”）在城东", [("清溪县职业高级中学", "县职高")]),
        ("现由招生就业处（以下简称招就处）汇报", [("招生就业处", "招就处")]),
        ("启动“百名教师下企业行动”（以下简称“百师行动”）", [("百名教师下企业行动", "百师行动")]),
        ("江城农业职业学院（以下简称“江城农院”，文中也称受援方）", [("江城农业职业学院", "江城农院")]),
        ("江城市教育局（简称市局，下同）", [("江城市教育局", "市局")]),
        ("创新强校工程，以下简称“创强工程”，", [("创新强校工程", "创强工程")]),
        (
            "江城农业职业学院（以下简称“江农院”或“学院”）",
            [("江城农业职业学院", "江农院"), ("江城农业职业学院", "学院")],
        ),
        ("江城农业职业学院（以下简称“江城\n农院”）", [("江城农业职业学院", "江城农院")]),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "以下简称的用法见附件。",
        "（简称）",
        "大学（华东）与学院（北京）",
        "简称不统一的问题仍然存在。",
        "（见表2，下同）",
    ],
)
def test_near_misses(text: str) -> None:
    assert pairs(text) == []


def test_a_pair_is_given_once_in_the_order_of_the_text() -> None:
    text = "甲山职业学院（以下简称“甲职院”）、乙水职业学院（以下简称“乙职院”）。甲山职业学院（以下简称“甲职院”）"
    assert pairs(text) == [("甲山职业学院", "甲职院"), ("乙水职业学院", "乙职院")]


def test_trim_never_loses_the_letters_of_the_short_name() -> None:
    assert trim_name("支持服务外包职业学院", "服外职院") == "服务外包职业学院"


@given(st.text(alphabet="以下简称（）“”学院职业东和与、，。 \n", max_size=60))
def test_any_text_gives_names_that_stand_in_it(text: str) -> None:
    flat = "".join(text.split())
    for alias in find_aliases(text):
        assert "".join(alias.name.split()) in flat
        assert alias.alias in flat


def document(text: str, name: str = "report.txt") -> CleanDocument:
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(span=Span(at, at + len(line))))
        at += len(line) + 1
    source = Source(name=name, sha256="0", format="txt")
    return CleanDocument(source=source, text=text, paragraphs=tuple(paragraphs), source_map=SourceMap(()))


def meta(text: str, name: str = "report.txt") -> Meta:
    read = document(text, name)
    return find_meta(read, build_outline(read).sections, find_aliases(text))


def test_reporter_and_partner_of_a_support_report() -> None:
    found = meta(
        "为落实部署，2020年，江城农业职业学院（以下简称“江城农院”）结对帮扶海阳旅游职业学院（以下简称“海旅学院”）。\n"
        "一、工作进展\n2021年，双方签订协议。\n二、下一步计划\n2022年，要继续推进。"
    )
    assert found == Meta(title=None, reporter="江城农业职业学院", partners=("海阳旅游职业学院",), years=(2020, 2021))


def test_title_gives_reporter_and_years() -> None:
    found = meta("江城农业职业学院2018—2020年工作总结\n现将情况报告如下。\n一、主要工作\n学校制定了章程。")
    assert found.title == "江城农业职业学院2018—2020年工作总结"
    assert (found.reporter, found.years) == ("江城农业职业学院", (2018, 2019, 2020))


def test_signature_names_the_department() -> None:
    found = meta("教务处2020年工作总结\n一、主要工作\n处内制定了细则。\n江城农业职业学院教务处\n2020年12月30日")
    assert (found.reporter, found.years) == ("江城农业职业学院教务处", (2020,))


def test_government_report_looks_back_one_year() -> None:
    text = "政府工作报告\n——2021年2月1日在青石区第五届人民代表大会上\n青石区人民政府区长　某某\n各位代表：\n现在，我代表区政府作报告。"
    assert meta(text) == Meta(title="政府工作报告", reporter="青石区人民政府", years=(2020, 2021))


def test_nothing_said_is_nothing_found() -> None:
    assert meta("开展了培训。\n完成了整改。") == Meta()


def test_alias_record() -> None:
    assert find_aliases("海阳旅游职业学院（下称海旅学院）") == (Alias(name="海阳旅游职业学院", alias="海旅学院"),)


@pytest.mark.parametrize(
    ("title", "reporter", "partners"),
    [
        ("岩溪职业学院结对帮扶沙湾职业技术学院2022年度工作报告", "岩溪职业学院", ("沙湾职业技术学院",)),
        ("岩溪市教育局2022年工作总结", "岩溪市教育局", ()),
        ("岩溪职业学院后勤处2022年工作总结及2023年工作安排", "岩溪职业学院后勤处", ()),
        ("岩溪职业学院高等职业教育质量年度报告（2022）", "岩溪职业学院", ()),
    ],
)
def test_the_title_says_who_reports(title: str, reporter: str, partners: tuple[str, ...]) -> None:
    meta = huizong.analyze_text(f"{title}\n一、工作情况\n学校新建实训室3间，走访职教中心2所。\n").meta
    assert (meta.title, meta.reporter, meta.partners) == (title, reporter, partners)
    assert meta.years[0] == 2022


def test_the_body_under_the_title() -> None:
    text = "安全处2022年工作总结\n岩溪职业学院安全处\n一年来，走访职教中心三次，职教中心来访两次。\n"
    assert huizong.analyze_text(text).meta.reporter == "岩溪职业学院安全处"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("督导组对岩溪职业技术学院（以下简称“岩溪职院”）开展检查。", "岩溪职业技术学院"),
        ("学校围绕海洋发展战略和沙湾海洋职业技术学院（以下简称“沙湾海院”）实际开展工作。", "沙湾海洋职业技术学院"),
        ("现为岩溪能源职业技术学院（以下简称“岩能职院”）。", "岩溪能源职业技术学院"),
        ("共建岩沙现代果蔬产业学院（以下简称“产业学院”）。", "岩沙现代果蔬产业学院"),
    ],
)
def test_names_begin_after_what_parts_them(text: str, name: str) -> None:
    assert [alias.name for alias in find_aliases(text)] == [name]


def test_the_address_of_a_new_year_is_of_two_years() -> None:
    found = meta(
        "江城农业职业学院2023年新年致辞\n老师们、同学们：\n过去的一年，全校师生共同努力，办学条件有了明显改善。"
    )
    assert (found.title, found.reporter, found.years) == (
        "江城农业职业学院2023年新年致辞",
        "江城农业职业学院",
        (2022, 2023),
    )


def test_the_reporter_of_titles_that_name_no_school() -> None:
    text = "全校师生共同努力，办学条件有了明显改善，各项工作都有起色。"
    assert meta(f"建筑工程系学生会工作总结\n{text}").reporter == "建筑工程系学生会"
    assert meta(f"图书馆召开2023年春季学期工作会\n{text}").reporter == "图书馆"
    assert (
        meta(f"奋力建设高水平应用型大学\n——在江城农业职业学院教代会上的工作报告\n{text}").reporter == "江城农业职业学院"
    )
    assert meta(f"江城农业职业学院2022年中等职业学校年度质量报告\n{text}").partners == ()
    assert meta(f"学院召开2023年工作会\n{text}").reporter is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("党委办公室、学院办公室（以下简称“两办”）围绕中心工作", "党委办公室、学院办公室"),
        ("学生工作部、团委（以下简称“学工团委”）合署办公", "学生工作部、团委"),
        ("宣传部、教务处（以下简称“教务处”）", None),
        ("教务处、科研处（以下简称科研处室）", "科研处"),
        ("我系与澄江市质检院（以下简称“市质检院”）共建", "澄江市质检院"),
        ("《强基行动计划（2021—2023年）》（教发〔2021〕6号，以下简称“行动计划”）", "强基行动计划（2021—2023年）"),
    ],
)
def test_short_names_of_bodies_that_work_as_one_and_of_documents(text: str, name: str | None) -> None:
    assert [alias.name for alias in find_aliases(text)] == ([name] if name else [])
