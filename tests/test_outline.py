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


def test_a_number_between_two_headings_opens_one_whatever_it_claims() -> None:
    claims = "（二）着力缩小城乡差距，公共服务迈出新步伐。全年新建村卫生室12所。"
    parts = ["（一）项目建设提速。全年开工28个。", claims, "（三）改革持续深化。全年推出10条。"]
    assert [number for _, number, _ in headings("一、工作回顾", *parts)] == ["一、", "（一）", "（二）", "（三）"]
    assert "（二）" not in [
        number for _, number, _ in headings("一、工作回顾", *parts[:2], "改革持续深化，成效逐步显现。")
    ]


def test_a_mark_of_a_lost_blank_does_not_close_a_heading() -> None:
    assert [title for *_, title in headings("一、工作回顾", BODY, "二、2016年重点工作?", BODY)][1:] == [
        "2016年重点工作?"
    ]


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
        ("“十三五”发展成就和“十四五”主要目标任务", None, Role.PROGRESS),
        ("主要成效及下一步工作打算", None, Role.PROGRESS),
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
    assert_sound(*paragraphs)


LINES = (
    "江城职院2021年工作总结",
    "一、主要工作：",
    "（一）教学方面",
    "1.课程。开课12门。",
    "一是抓课程。开课12门。",
    "二是抓师资。引进博士3人。三是抓实训。新建实训室2间。",
    "不足之处：一是师资不足；二是经费紧张。",
    "下半年：6月完成招生。",
    "存在的问题：",
    "下一步打算",
    "学校召开了三次会议，参加的有二百人。",
    "培养双师型教师15人",
)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=14))
def test_so_they_are_in_any_order_of_lines(paragraphs: list[str]) -> None:
    assert_sound(*paragraphs)


def assert_sound(*paragraphs: str) -> None:
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


def roles(*paragraphs: str) -> list[tuple[int, str, Role]]:
    return [(s.level, s.title, s.role) for s in build_outline(document(*paragraphs)).sections]


def test_lines_that_name_parts_of_a_report_stand_over_the_numbers_beneath() -> None:
    found = roles(
        "云岭县2023年政府工作报告",
        "2022年工作回顾",
        "（一）产业发展迈上新台阶。",
        BODY,
        "（二）民生改善成色更足。",
        BODY,
        "2023年工作安排建议",
        "（三）统筹城乡发展，建设和美乡村。",
        "要改造农村公路三十公里，让村村通上客车。",
    )
    assert found == [
        (0, "云岭县2023年政府工作报告", Role.OTHER),
        (1, "2022年工作回顾", Role.PROGRESS),
        (2, "产业发展迈上新台阶。", Role.PROGRESS),
        (2, "民生改善成色更足。", Role.PROGRESS),
        (1, "2023年工作安排建议", Role.PLANS),
        (2, "统筹城乡发展，建设和美乡村。", Role.PLANS),
    ]


def test_a_single_such_line_over_numbered_parts_is_no_chapter_of_them() -> None:
    found = headings(
        "学院2021年工作总结", "工作总结", "一、主要工作", BODY, "二、存在的问题", BODY, "三、下一步打算", BODY
    )
    assert [level for level, number, _ in found if number] == [1, 1, 1]


def test_a_chapter_line_after_the_last_number_closes_the_numbered_part() -> None:
    found = headings("学院2021年工作总结", "一、教学工作", BODY, "二、科研工作", BODY, "存在的问题", BODY)
    assert found[-1] == (1, "", "存在的问题")


@pytest.mark.parametrize(
    "words", ["2022年主要任务", "下一步工作打算", "存在的问题和不足", "今年主要工作情况", "过去五年工作回顾"]
)
def test_chapter_lines_need_no_text_right_beneath(words: str) -> None:
    assert (1, "", words) in headings("学院2021年工作报告", words, "一、教学工作", BODY, "二、科研工作", BODY)


@pytest.mark.parametrize("words", ["健全工作总结制度", "抓好工作安排落实到位，", "学校召开工作回顾会"])
def test_lines_that_only_hold_such_words_open_no_chapter(words: str) -> None:
    assert (1, "", words) not in headings("学院2021年工作报告", words, "一、教学工作", BODY, "二、科研工作", BODY)


@pytest.mark.parametrize(
    "title",
    [
        "二〇二三年新春贺词",
        "江城职院2022年新年献词：同心再出发！",
        "图书馆召开学期末全馆大会",
        "江城职院“十四五”发展目标与规划",
    ],
)
def test_the_first_line_is_the_title_by_its_standing(title: str) -> None:
    assert roles(title, "来源：宣传部", "院长 王晓明 党委书记 李大同", "各位老师：", BODY) == [(0, title, Role.OTHER)]


def test_a_slogan_over_its_subtitle_is_the_title() -> None:
    subtitle = "——在江城职院第二届教职工代表大会上的工作报告"
    found = headings(
        "凝心聚力谋发展", subtitle, "（2022年3月）", "院长 王晓明", "各位代表：", BODY, "一、教学工作", BODY
    )
    assert found == [(0, "", "凝心聚力谋发展"), (0, "", subtitle), (1, "一、", "教学工作")]


@pytest.mark.parametrize(
    "first", ["江城职院文件", "2022年3月5日", "院长王晓明", "江城职业技术学院", "各位老师：", "一、教学工作", BODY]
)
def test_letterheads_dates_names_and_text_are_no_title(first: str) -> None:
    assert not [level for level, _, _ in headings(first, BODY + BODY) if level == 0]


def test_a_decimal_topic_with_a_full_stop_on_its_own_line_is_a_heading() -> None:
    assert headings("1.基本情况", "1.1学校概况。", BODY, "1.2学生情况。", BODY)[1:] == [
        (2, "1.1", "学校概况。"),
        (2, "1.2", "学生情况。"),
    ]
    assert len(headings("1.基本情况", "1.1招生", BODY, "1.2去年共招收新生300人。", BODY)) == 2


def test_a_numbered_topic_with_a_full_stop_heads_the_text_under_it_but_no_list() -> None:
    titles = headings("（一）招生工作", "1.拓宽宣传渠道。", BODY, "2.规范录取流程。", BODY)
    assert [(number, title) for _, number, title in titles][1:] == [("1.", "拓宽宣传渠道。"), ("2.", "规范录取流程。")]
    assert len(headings("（一）招生工作", "1.拓宽宣传渠道。", "2.规范录取流程。", BODY)) == 1


def test_a_title_that_ends_in_a_lack_opens_issues() -> None:
    assert section_role("值班制度执行不力", None) is section_role("反馈渠道薄弱", None) is Role.ISSUES
    assert section_role("着力破解师资薄弱", None) is not Role.ISSUES


def test_a_report_that_is_a_plan_throughout_plans_in_all_its_parts() -> None:
    plan = roles("江城职院2023年重点工作任务", "一、教务处", BODY, "（一）专业建设", BODY, "二、上年工作成效", BODY)
    assert [role for _, _, role in plan[1:]] == [Role.PLANS, Role.PLANS, Role.PROGRESS]
    both = roles("江城职院2022年工作总结和2023年工作计划", "一、教务处", BODY, BODY)
    assert both[1][2] is Role.PROGRESS


@pytest.mark.parametrize("line", ["三、存在的问题：", "存在的不足:", "下一步打算：", "（一）食堂管理方面："])
def test_a_heading_may_end_in_a_colon_that_is_no_part_of_it(line: str) -> None:
    found = build_outline(document("后勤处2020年工作总结", "一、主要工作", BODY, line, BODY)).sections[-1]
    assert found.number + found.title == line.rstrip("：:")


@pytest.mark.parametrize("line", ["政审新生275人", "坚持全天值班,夜间加巡一趟"])
def test_lines_without_stops_that_tell_something_are_no_headings(line: str) -> None:
    assert (1, "", line) not in headings("保卫处2019年工作总结", BODY, line, BODY)


def test_a_preface_under_the_title_is_no_second_title() -> None:
    found = headings("网络中心2022年下半年工作小结", "基本情况", BODY, "机房与线路", BODY)
    assert [level for level, _, _ in found] == [0, 1, 1]
    assert "旧机器跑了半年，没出问题" not in [
        title for _, _, title in headings("小结", "机房", BODY, "旧机器跑了半年，没出问题", BODY)
    ]


def test_what_follows_the_last_of_a_list_of_topics_is_not_about_it() -> None:
    outline = build_outline(
        document(
            "学工处2021年工作总结",
            "一是思想引领有新气象。推送文章86篇。",
            "二是日常管理更精细。查寝2100间次。",
            "不足之处：一是少数学生厌学；二是宿舍老化。",
            "下半年：10月开展心理健康节。",
            "年底前，持证率提高到80%。",
        )
    )
    assert [(s.title, s.role) for s in outline.sections[1:]] == [
        ("思想引领有新气象。", Role.PROGRESS),
        ("日常管理更精细。", Role.PROGRESS),
    ]
    told = [(s.paragraph, s.role, s.section) for s in outline.sentences if s.paragraph >= 3]
    assert {(paragraph, role) for paragraph, role, _ in told} == {
        (3, Role.ISSUES),
        (4, Role.PLANS),
        (5, Role.PLANS),
    }
    assert {section for _, _, section in told} == {outline.sections[0].id}


def test_a_decimal_number_before_people_heads_a_section() -> None:
    told = headings(
        "某校自评报告", "4.成效", "4.1人才质量明显提升", "毕业生受到欢迎。", "4.2个性培养更加多样", "开设了选修课。"
    )
    assert told[2:] == [(2, "4.1", "人才质量明显提升"), (2, "4.2", "个性培养更加多样")]


def test_under_a_heading_that_names_both_each_part_says_which_it_is() -> None:
    outline = build_outline(
        document("某校自评报告", "6.不足与下一步打算", "6.1存在的不足", "平台偏少。", "6.2下一步打算", "要建好平台。")
    )
    assert [section.role for section in outline.sections[2:]] == [Role.ISSUES, Role.PLANS]


def test_a_title_of_two_lines_that_names_a_programme_is_no_plan() -> None:
    outline = build_outline(
        document(
            "省高水平专业群建设计划",
            "某职业学院物流专业群中期自评报告",
            "一、主要做法",
            "建成实训室9个，培训学员467人。",
        )
    )
    assert [(section.level, section.role) for section in outline.sections][2] == (1, Role.PROGRESS)


def test_the_body_over_a_bare_title_belongs_to_it() -> None:
    text = (
        "某水利职业学院后勤管理处\n2023年工作总结\n2023年，后勤管理处围绕中心工作，较好地完成了全年各项任务。\n"
        "一、主要工作\n完成了食堂改造。\n"
    )
    report = huizong.analyze_text(text)
    assert [section.title for section in report.sections if section.level == 0] == [
        "某水利职业学院后勤管理处",
        "2023年工作总结",
    ]
    assert (report.meta.title, report.meta.years) == ("某水利职业学院后勤管理处 2023年工作总结", (2023,))


def test_the_first_part_under_the_head_of_a_report_is_no_title() -> None:
    body = "烹饪专业是系里办得最早的专业，在校生三百余人。"
    found = headings("烹饪专业教学成果总结", "旅游系 2022年11月", "缘起", body, "课程改革", body)
    assert [(level, title) for level, _, title in found] == [(0, "烹饪专业教学成果总结"), (1, "缘起"), (1, "课程改革")]
    found = headings(
        "某学院质量年度报告（2019）", "质量办公室 2019年12月", "编制说明", body, "1 学校概况", "1.1 基本情况", body
    )
    assert [(level, title) for level, _, title in found][1] == (1, "编制说明")
