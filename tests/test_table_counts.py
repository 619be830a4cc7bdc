"""Counts of tables of our own: what is read from a cell, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizong.extractors.table_cells import read_figure
from huizong.extractors.table_counts import find_table_counts
from huizong.extractors.table_labels import read_label
from huizong.loading.tables.headers import with_header
from huizong.records import (
    Alias,
    Change,
    CleanDocument,
    Count,
    Meta,
    Nature,
    Outline,
    Paragraph,
    Role,
    Section,
    Segment,
    Source,
    SourceMap,
    Span,
    Status,
    Table,
)
from huizong.tokens import default_segmenter
from test_table_headers import table

META = Meta(reporter="青山职业学院", years=(2022,))
EMPTY = CleanDocument(
    source=Source(name="a.docx", sha256="0", format="docx"), text="", paragraphs=(), source_map=SourceMap(())
)


def counts_of(text: str, *, meta: Meta = META, aliases: tuple[Alias, ...] = (), **fields: Any) -> tuple[Count, ...]:
    """The counts of one table, written a row a line with | between its cells."""
    document = replace(EMPTY, tables=(with_header(table(text, **fields)),))
    outline = Outline(sections=(), sentences=())
    return find_table_counts(document, outline, default_segmenter(), meta=meta, aliases=aliases)


def said(counts: tuple[Count, ...]) -> list[tuple[str, str | None, float, str]]:
    """Owner, object, value and unit of each, the reporter as “”."""
    return [("" if c.subject == META.reporter else c.subject or "", c.object, c.value, c.unit) for c in counts]


def test_a_column_of_units_and_columns_of_years() -> None:
    found = counts_of(
        "序号|指标|单位|2021年|2022年\n1|专任教师|人|402|420\n2|到位经费|万元|1,250.5|—\n3|生师比|:|16.5|15.8"
    )
    assert said(found) == [
        ("", "专任教师", 402, "人"),
        ("", "专任教师", 420, "人"),
        ("", "到位经费", 1250.5, "万元"),
        ("", "生师比", 16.5, ""),
        ("", "生师比", 15.8, ""),
    ]
    assert [c.year for c in found] == [2021, 2022, 2021, 2021, 2022]
    assert [(c.row, c.column) for c in found] == [(0, 3), (0, 4), (1, 3), (2, 3), (2, 4)]


def test_departments_own_the_numbers_of_their_rows_and_totals_are_the_reporters() -> None:
    found = counts_of("学院|招生计划（人）|报到率/%\n机电学院|320|96.2\n合计|320|96.2")
    assert said(found) == [
        ("机电学院", "招生计划", 320, "人"),
        ("机电学院", "报到率", 96.2, "%"),
        ("", "招生计划", 320, "人"),
        ("", "报到率", 96.2, "%"),
    ]
    assert [c.status for c in found] == [Status.TARGET, Status.ACTUAL] * 2
    assert [c.nature for c in found] == [Nature.TARGET, Nature.SHARE] * 2


def test_an_alias_is_given_its_full_name() -> None:
    alias = Alias(name="白鹿职业技术学院", alias="白鹿学院")
    (count,) = counts_of("学校|教材（部）\n白鹿学院|8", aliases=(alias,))
    assert count.subject == "白鹿职业技术学院"


def test_departments_as_columns() -> None:
    found = counts_of("指标|机电学院|信息学院|合计\n获奖（项）|3|4|7")
    assert said(found) == [("机电学院", "获奖", 3, "项"), ("信息学院", "获奖", 4, "项"), ("", "获奖", 7, "项")]


def test_partners_are_no_owners() -> None:
    (count,) = counts_of("受援学校|派出教师（人次）\n白鹿职业技术学院|12")
    assert said((count,)) == [("", "白鹿职业技术学院·派出教师", 12, "人次")]


def test_targets_reached_values_and_former_ones() -> None:
    found = counts_of("绩效指标|基期值|目标值|完成值|完成率\n培训人次|300|≥500|约520|104%")
    assert said(found) == [("", "培训人次", v, "人次") for v in (300, 500, 520)] + [("", "培训人次·完成率", 104, "%")]
    assert [c.status for c in found] == [Status.BASELINE, Status.TARGET, Status.ACTUAL, Status.ACTUAL]
    assert [(c.approx, c.lower, c.upper) for c in found[1:3]] == [(True, 500, None), (True, None, None)]
    assert [c.year for c in found] == [None, 2022, 2022, 2022]


def test_the_sign_says_whether_it_grew() -> None:
    found = counts_of("指标|上年|本年|增减\n在校生（人）|800|860|+60\n教师（人）|50|48|-2\n专业（个）|9|9|0")
    changed = [c for c in found if c.column == 3]
    assert [(c.quote, c.value, c.change) for c in changed] == [
        ("+60", 60, Change.INCREASE),
        ("-2", 2, Change.DECREASE),
    ]
    assert [(c.status, c.year) for c in found if c.row == 0 and c.column != 3] == [
        (Status.BASELINE, 2021),
        (Status.ACTUAL, 2022),
    ]


def test_two_levels_of_header() -> None:
    found = counts_of("系|招生|招生|就业\n系|计划数|录取数|就业率\n机电系|30|28|96%")
    assert [c.object for c in found] == ["招生·计划数", "招生·录取数", "就业·就业率"]
    assert [c.status for c in found] == [Status.TARGET, Status.ACTUAL, Status.ACTUAL]


def test_things_as_rows_and_parts_as_columns() -> None:
    found = counts_of("项目|教师|学生|合计\n一、参赛|3|40|43\n二、其他|1|2|3")
    assert [c.object for c in found] == ["参赛·教师", "参赛·学生", "参赛", "其他·教师", "其他·学生", "其他"]


def test_groups_are_left_out_of_the_object_where_the_header_says_that_they_group() -> None:
    found = counts_of("一级指标|二级指标|三级指标|指标值\n产出|数量指标|课程门数|12\n产出|质量指标|合格率|98%")
    assert said(found) == [("", "课程门数", 12, "门"), ("", "合格率", 98, "%")]
    found = counts_of("事项|办理结果|件数\n不予公开|属于秘密|3\n不予公开|重复申请|1")
    assert said(found) == [("", "不予公开·属于秘密", 3, "件"), ("", "不予公开·重复申请", 1, "件")]


def test_labels_and_values_side_by_side() -> None:
    found = counts_of("学校名称|青山职业学院|办学性质|公办\n在校生|8600人|占地（亩）|800\n邮编|215000|电话|0512-868686")
    assert said(found) == [("", "在校生", 8600, "人"), ("", "占地", 800, "亩")]


def test_the_same_columns_side_by_side_again() -> None:
    found = counts_of("学院|人数|学院|人数\n机电学院|30|艺术学院|12\n信息学院|40|商学院|20")
    assert [(c.subject, c.value) for c in found] == [
        ("机电学院", 30),
        ("艺术学院", 12),
        ("信息学院", 40),
        ("商学院", 20),
    ]


def test_blocks_with_column_names_of_their_own() -> None:
    found = counts_of("招生|招生|招生\n内容|计划|录取\n中职|30|28\n就业|就业|就业\n内容|毕业数|就业率\n高职|50|96%")
    assert [(c.object, c.value) for c in found] == [
        ("中职·计划", 30),
        ("中职·录取", 28),
        ("高职·毕业数", 50),
        ("高职·就业率", 96),
    ]


def test_what_stands_over_a_block_says_whose_and_when() -> None:
    text = "项目|课程（门）|教材（部）\n机电学院|机电学院|机电学院\n必修|3|4\n2021年|2021年|2021年\n选修|5|6"
    found = counts_of(text)
    assert said(found) == [
        ("机电学院", "必修·课程", 3, "门"),
        ("机电学院", "必修·教材", 4, "部"),
        ("", "选修·课程", 5, "门"),
        ("", "选修·教材", 6, "部"),
    ]
    assert [c.year for c in found] == [2022, 2022, 2021, 2021]


def test_the_unit_of_the_caption_or_of_a_note() -> None:
    (count,) = counts_of("项目|预算\n设备|120", caption="表 2 支出（单位：万元）")
    assert (count.object, count.unit, count.status) == ("设备", "万元", Status.TARGET)
    (count,) = counts_of("2022年支出||单位：万元\n项目|预算|执行率\n设备|120|—")
    assert (count.object, count.unit) == ("设备", "万元")


def test_a_column_with_a_quantity_of_its_own_has_not_the_unit_of_the_row() -> None:
    found = counts_of("名称|数量|单位|单价|金额（元）\n投影仪|10|台|3000|30000")
    assert said(found) == [("", "投影仪", 10, "台"), ("", "投影仪·单价", 3000, ""), ("", "投影仪", 30000, "元")]


def test_the_thing_of_the_caption_where_no_header_names_one() -> None:
    found = counts_of("学院|2021年|2022年\n机电学院|12|13\n信息学院|9|11", caption="表 1 各学院专利授权数统计表")
    assert {c.object for c in found} == {"专利授权数"}
    assert all(c.confidence < 0.7 for c in found)
    assert counts_of("部门|数量\n教务部门|3\n学工部门|5", caption="表 1 制度一览表") == ()


def test_years_as_rows() -> None:
    found = counts_of("年份|招生人数|报到率\n2020|2100|95%\n2021|2021|96%")
    assert [(c.year, c.value, c.unit) for c in found] == [
        (2020, 2100, "人"),
        (2020, 95, "%"),
        (2021, 2021, "人"),
        (2021, 96, "%"),
    ]


def test_a_form_filled_in_twice_is_not_simply_of_the_year_of_the_report() -> None:
    once, again, other = (with_header(table(f"项目|数量\n{row}（门）|3")) for row in ("课程", "课程", "教材"))
    document = replace(EMPTY, tables=(once, again, other))
    found = find_table_counts(document, Outline(sections=(), sentences=()), default_segmenter(), meta=META)
    assert [c.year for c in found] == [None, None, 2022]


def test_the_year_of_the_caption_and_no_year_where_columns_have_ranges() -> None:
    assert [c.year for c in counts_of("系|人数\n机电系|3", caption="表 1 2021年招生")] == [2021]
    assert [c.year for c in counts_of("项目|2020-2021学年|2021-2022学年\n课程（门）|3|4")] == [None, None]


def test_sentences_in_cells_are_read_as_in_prose() -> None:
    found = counts_of(
        "任务|主要成效|下一步计划\n基地|建成实训室12个。新增工位80个|培训教师30人次\n师资|已完成|引进博士5名"
    )
    assert said(found) == [
        ("", "实训室", 12, "个"),
        ("", "工位", 80, "个"),
        ("", "教师", 30, "人次"),
        ("", "博士", 5, "名"),
    ]
    assert [c.status for c in found] == [Status.ACTUAL, Status.ACTUAL, Status.TARGET, Status.TARGET]


def test_lines_of_a_cell_are_sentences() -> None:
    cells = Table(
        page=3,
        caption="",
        header=("任务", "措施"),
        rows=(("基地", "3月：\n（1）建成实训室12个；\n（2）培训教师30人次"),),
    )
    document = replace(EMPTY, tables=(with_header(cells),))
    found = find_table_counts(document, Outline(sections=(), sentences=()), default_segmenter(), meta=META)
    assert said(found) == [("", "实训室", 12, "个"), ("", "教师", 30, "人次")]
    assert all(c.quote == c.span.of(cells.rows[0][1]) for c in found)
    assert {c.page for c in found} == {3}


@pytest.mark.parametrize(
    "text",
    [
        "序号|姓名|电话|出生年月\n1|张三|13800000000|1975.3\n2|李四|13900000000|1985.12",
        "指标|分值|自评得分\n党建|10|9.5\n教学|20|19",
        "周次|周一|周二\n1-2|语文|数学\n3-4|英语|体育",
        "赛项|等级|时间\n数控|一等奖|2022.6\n会计|二等奖|2022年5月",
        "内容|说明\n2|3",
        "项目|结果|数量\n四、政府（公开|3）件|5\n五、诉讼（复|率）|6",
        "项目|结果|结果\n甲|3|5",  # two columns of one header with different numbers
        "|男生|女生\n|3|4\n|5|6",  # rows without labels
    ],
    ids=["dates and phones", "points", "weeks", "days", "no header", "torn", "ambiguous columns", "nameless rows"],
)
def test_numbers_that_count_nothing_sure(text: str) -> None:
    assert counts_of(text) == ()


def test_a_number_merged_over_rows_belongs_to_none_of_them() -> None:
    text = "学院|人数|经费（万元）\n机电学院|10|50\n信息学院|20|50"
    assert [c.column for c in counts_of(text)] == [1, 2, 1, 2]
    assert [c.column for c in counts_of(text, filled=((1, 2),))] == [1, 1]


def test_a_number_merged_over_columns_of_one_header_counts_once() -> None:
    (count,) = counts_of("内容|收费（万元）|收费（万元）\n考试费|59.2|59.2")
    assert (count.column, count.value) == (1, 59.2)


def test_a_sentence_merged_over_rows_counts_once() -> None:
    found = counts_of("任务|考核要点\n招生|新增专业2个\n就业|新增专业2个")
    assert [(c.row, c.object) for c in found] == [(0, "专业")]


def test_section_and_its_role_come_from_the_place_in_the_text() -> None:
    text = "总结\n三、下一步计划\n指标如下。"
    plans = Section(
        id="s2", parent="s1", level=1, number="三、", title="下一步计划", role=Role.PLANS, span=Span(3, 10), page=2
    )
    lines = ((0, 2), (3, 10), (11, 16))
    segments = tuple(Segment(start=a, end=b, line=n, column=0, page=2) for n, (a, b) in enumerate(lines))
    document = replace(
        EMPTY,
        text=text,
        source_map=SourceMap(segments),
        paragraphs=tuple(Paragraph(span=Span(a, b)) for a, b in lines),
        tables=(with_header(table("项目|数量\n实训室（间）|3", lines_before=3)),),
    )
    (count,) = find_table_counts(document, Outline(sections=(plans,), sentences=()), default_segmenter(), meta=META)
    assert (count.section, count.status, count.object, count.unit) == ("s2", Status.TARGET, "实训室", "间")
    early = replace(document, tables=(replace(document.tables[0], lines_before=1),))
    (count,) = find_table_counts(early, Outline(sections=(plans,), sentences=()), default_segmenter(), meta=META)
    assert (count.section, count.status) == (None, Status.ACTUAL)


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,234", 1234, ""), ("1，234", 1234, ""), ("５６.７％", 56.7, "%"), ("12.5 万元", 12.5, "万元"), ("86（人）", 86, "人"),
        ("12项以上", 12, "项"), ("100余人", 100, "人"), ("0", 0, ""), ("-59", -59, ""), ("16.5:1", 16.5, ""), ("3-5门", 3, "门"),
    ],
)  # fmt: skip
def test_cells_that_are_one_number(cell: str, value: float, unit: str) -> None:
    found = read_figure(cell)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "cell", ["", "—", "第3", "0512", "13812345678", "3/5", "3.4.1", "2022年", "5月", "三", "12个实训室", "A3"]
)
def test_cells_that_are_none(cell: str) -> None:
    assert read_figure(cell) is None


@pytest.mark.parametrize(
    ("words", "thing", "unit"),
    [
        ("金额/万元", "金额", "万元"), ("本年收费（单位：万元）", "本年收费", "万元"), ("（二）部分公开", "部分公开", None),
        ("2.1.1 课程门数", "课程门数", "门"), ("“1+X”证书", "“1+X”证书", None), ("3D打印机（台）", "3D打印机", "台"),
        ("其中：女生人数", "女生人数", "人"), ("设备值（元/生）", "设备值", "元/生"), ("来源（含校内）", "来源（含校内）", None),
    ],
)  # fmt: skip
def test_labels(words: str, thing: str, unit: str | None) -> None:
    assert (read_label(words).thing, read_label(words).unit) == (thing, unit)


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "—",
            "合计",
            "学院",
            "机电学院",
            "人数（人）",
            "2022年",
            "单位",
            "万元",
            "目标值",
            "增减",
            "序号",
            "12%",
            "其他",
        ]
    ),
    st.integers(-5, 99999).map(str),
    st.text("一二三人数项（）·12%万元、。\n建成", max_size=9),
)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6)))
def test_any_grid_gives_grounded_counts_with_ids_of_their_own(rows: list[tuple[str, ...]]) -> None:
    plain = Table(page=1, caption="", header=rows[0], rows=tuple(rows[1:]))
    found = with_header(plain)
    assert with_header(found) == found
    document = replace(EMPTY, tables=(found, found))
    counts = find_table_counts(document, Outline(sections=(), sentences=()), default_segmenter(), meta=META)
    assert len({c.id for c in counts}) == len(counts)
    for count in counts:
        assert count.table is not None
        assert count.row is not None
        assert count.column is not None
        assert count.quote == count.span.of(found.rows[count.row][count.column]) != ""
