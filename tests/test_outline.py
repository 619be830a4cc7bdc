"""The heading tree: numbering systems, levels, roles, run-in topics, and what is no heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huizong
from huizong.outline import build_outline
from huizong.outline.numbering import Style, numbering
from huizong.outline.roles import section_role
from huizong.records import CleanDocument, Paragraph, Role, Segment, Source, SourceMap, Span


def document(*paragraphs: str) -> CleanDocument:
    text = "\n".join(paragraphs)
    records, at = [], 0
    for words in paragraphs:
        records.append(Paragraph(span=Span(at, at + len(words))))
        at += len(words) + 1
    places = SourceMap((Segment(start=0, end=len(text), line=0, column=0, page=1),))
    source = Source(name="报告.txt", sha256="0" * 64, format="txt")
    return CleanDocument(source=source, text=text, paragraphs=tuple(records), source_map=places)


def headings(*paragraphs: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in build_outline(document(*paragraphs)).sections]


BODY = "全年组织教师培训六期，教学水平有了明显提高。"


def test_official_numbering_gives_nested_levels_and_roles() -> None:
    outline = build_outline(
        document(
            "东湖职业学院2021年工作总结",
            "一、主要工作",
            "（一）教学工作",
            BODY,
            "1.课程建设",
            BODY,
            "二、存在的问题",
            "部分课程内容陈旧。",
            "三、下一步打算",
            "要加快课程改造。",
        )
    )
    assert [(s.level, s.title, s.role) for s in outline.sections] == [
        (0, "东湖职业学院2021年工作总结", Role.OTHER),
        (1, "主要工作", Role.PROGRESS),
        (2, "教学工作", Role.PROGRESS),
        (3, "课程建设", Role.PROGRESS),
        (1, "存在的问题", Role.ISSUES),
        (1, "下一步打算", Role.PLANS),
    ]
    by_id = {s.id: s for s in outline.sections}
    assert [by_id[s.parent].title for s in outline.sections if s.parent and s.level == 3] == ["教学工作"]


def test_a_report_that_starts_with_bracketed_numbers_has_them_as_its_first_level() -> None:
    assert [level for level, _, _ in headings("（一）背景", BODY, "（二）做法", BODY, "1.共建", BODY)] == [1, 1, 2]


def test_decimal_numbers_count_their_own_levels() -> None:
    found = headings("第一章 学生发展", "1.1招生", BODY, "1.2就业", BODY, "第二章 教学改革", "2.1专业", BODY)
    assert [level for level, _, _ in found] == [1, 2, 2, 1, 2]


def test_bare_numbers_are_headings_only_beside_decimals() -> None:
    assert [n for _, n, _ in headings("2主要工作", "2.1实训", BODY, "2.2教学", BODY)] == ["2", "2.1", "2.2"]
    assert headings("2主要工作", BODY) == []


def test_a_foreign_decimal_number_is_no_deep_level() -> None:
    assert headings("一、工作", BODY, "5.2.3.1工作情况汇总表")[-1] == (1, "5.2.3.1", "工作情况汇总表")


def test_run_in_topic_is_a_heading_in_the_middle_of_a_paragraph() -> None:
    found = headings(
        "一、工作", "学校突出重点抓落实。一是重视教师发展。选派30人次参加培训。二是改善条件。新建实训室4间。"
    )
    assert found[1:] == [(4, "一是", "重视教师发展。"), (4, "二是", "改善条件。")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "一是抓制度。二是抓培训。三是抓督查。",  # a list of measures: nothing follows that treats them
        "一是选派了12名教师。他们表现良好。",  # tells what was done
        "四是协议签得多、落得少。这一点师生意见很大。",  # states an issue
        "1.共建实训室4间，完成投入120万元。",
        "2.6公里道路已经修好",
        "12个党总支按期换届。",
        "图1 实训中心效果图",
        "2023年3月5日",
    ],
)
def test_near_misses_are_no_headings(paragraph: str) -> None:
    assert headings("一、工作", BODY, paragraph, BODY)[1:] == []


def test_unnumbered_line_over_running_text_is_a_heading() -> None:
    assert headings("一、工作", BODY, "党建引领", BODY)[-1] == (2, "", "党建引领")


@pytest.mark.parametrize(
    ("title", "parent", "role"),
    [
        ("存在的困难和不足", None, Role.ISSUES),
        ("2024年工作安排", None, Role.PLANS),
        ("过去一年工作回顾", None, Role.PROGRESS),
        ("上年度问题整改落实情况", None, Role.PROGRESS),
        ("解决实训条件不足的问题", Role.PROGRESS, Role.PROGRESS),
        ("存在问题", Role.PROGRESS, Role.ISSUES),
        ("加强制度建设", Role.PLANS, Role.PLANS),
        ("学校基本情况", None, Role.BACKGROUND),
    ],
)
def test_roles(title: str, parent: Role | None, role: Role) -> None:
    assert section_role(title, parent) is role


def test_a_slogan_takes_its_role_from_the_text_under_it_at_the_end() -> None:
    plans = [
        "2023年，学院将继续办好实训中心。",
        "要补齐设备短板，力争新增工位200个。",
        "年内完成课程改造，争取建成精品课程3门。",
    ]
    sections = build_outline(document("一、成绩", BODY, "二、乘势而上开新局", *plans)).sections
    assert [s.role for s in sections] == [Role.PROGRESS, Role.PLANS]


@given(
    st.lists(
        st.text("一二三、（）1.是首先章第 。；，年度工作abc", min_size=1, max_size=20).map(str.strip).filter(bool),
        min_size=1,
        max_size=12,
    )
)
def test_sentences_cover_the_text_and_headings_are_grounded(paragraphs: list[str]) -> None:
    found = document(*paragraphs)
    outline = build_outline(found)
    ends = [0, *(s.span.end for s in outline.sentences)]
    for before, sentence in zip(ends, outline.sentences, strict=False):
        assert found.text[before : sentence.span.start].strip() == ""
    assert found.text[ends[-1] :].strip() == ""
    for section in outline.sections:
        assert section.number + section.title == section.span.of(found.text)
    levels = {s.id: s.level for s in outline.sections}
    assert all(s.parent is None or levels[s.parent] < s.level for s in outline.sections)


def test_style_of_every_numbering() -> None:
    lines = [
        "第一部分 总体",
        "第二章 教学",
        "一、党建",
        "（三）就业",
        "4.科研",
        "（5）服务",
        "⑥后勤",
        "首先，抓学习。",
        "2.3 经费",
    ]
    assert [n.style for line in lines if (n := numbering(line))] == [
        Style.PART,
        Style.CHAPTER,
        Style.CN,
        Style.PAREN_CN,
        Style.ARABIC,
        Style.PAREN_ARABIC,
        Style.CIRCLED,
        Style.RUN_IN,
        Style.DECIMAL,
    ]


def test_unnumbered_headings_stand_over_a_numbering_that_starts_anew() -> None:
    text = (
        "岩溪职业学院2022年工作总结\n2022年，后勤处围绕中心工作，较好完成了各项任务。\n基本建设扎实推进\n1.教学楼交付使用。该楼建筑面积9800平方米，设教室60间。\n"
        "2.公寓主体封顶。该项目总投资4200万元，工期按计划推进。\n服务保障提档升级\n1.餐饮服务稳价保质。全校食堂设窗口42个，师生满意度较高。\n"
        "2.物业管理精细规范。完成招标2次，合同金额610万元，服务全面升级。\n"
    )
    levels = [(s.title, s.level) for s in huizong.analyze_text(text).sections]
    assert levels[1:] == [
        ("基本建设扎实推进", 1),
        ("教学楼交付使用。", 2),
        ("公寓主体封顶。", 2),
        ("服务保障提档升级", 1),
        ("餐饮服务稳价保质。", 2),
        ("物业管理精细规范。", 2),
    ]


def test_numbered_lines_that_say_things_are_a_list() -> None:
    text = (
        "岩溪职业学院2022年工作总结\n一、消防工作\n1、更换灭火器385具\n2、维修消火栓38个、应急灯260盏\n3、组织疏散演练6次\n"
        "二、下一步打算\n1、加强值班\n2、加强培训\n"
    )
    report = huizong.analyze_text(text)
    assert [s.title for s in report.sections if s.level == 1] == ["消防工作", "下一步打算"]
    assert [c.quote for c in report.counts if c.item] == ["385具", "38个", "260盏", "6次"]
