"""Header rows found by content, merged cells filled by geometry."""

from __future__ import annotations

import pytest

from huizong.loading.tables.filling import Corners, fill_merged
from huizong.loading.tables.headers import header_depth, is_figure, with_header
from huizong.records import Table


def grid(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().split("\n")]


def table(text: str, **fields: object) -> Table:
    rows = grid(text)
    return Table(page=1, header=rows[0], rows=tuple(rows[1:]), **{"caption": "", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("指标|2021年|2022年\n课程|3|4", 1),
        ("学院|招生|招生\n学院|计划数|录取数\n机电系|30|28", 2),
        ("学院|招生|就业\n机电系|若干|—\n信息系|30|28", 1),  # a row of words is no further level
        ("课程表|课程表|课程表\n学院|门数|学时\n机电系|30|280", 2),
        ("2022年支出|支出|单位：万元\n项目|预算|决算\n设备|30|28", 1),
        ("2022年支出||单位：万元\n项目|预算|决算\n设备|30|28", 2),
        ("项目|人数|经费\n|（人）|（万元）\n培训|30|2.8", 2),
        ("项目|人数|经费\n1|2|3\n培训|30|2.8", 2),
        ("学校名称|青山学院|性质|公办\n在校生|800人|占地|60亩", 0),
        ("在校生|800人\n教师|60人", 0),
        ("专业|在校生\n会计|300\n护理|200", 1),
        ("任务|措施\n招生|走访中学\n就业|走访企业", 1),
    ],
)
def test_header_depth(text: str, depth: int) -> None:
    assert header_depth(grid(text)) == depth


@pytest.mark.parametrize("cell", ["3", "1,234", "12.5万元", "约30", "≥95%", "86（人）", "3-5", "+4", "16.5:1", "120人"])
def test_figures(cell: str) -> None:
    assert is_figure(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "—",
        "2022",
        "2022年",
        "2021-2022学年",
        "2022年实际",
        "5月",
        "第3",
        "2021级1班",
        "2022.6.1",
        "建成12个",
        "1.概况",
    ],
)
def test_no_figures(cell: str) -> None:
    assert not is_figure(cell)


def test_levels_are_joined_and_units_put_in_brackets() -> None:
    found = with_header(table("系|招生|招生|经费\n系|计划数|录取数|经费\n|人|人|万元\n机电|30|28|1.5\n信息|20|20|2"))
    assert found.header == ("系", "招生·计划数（人）", "招生·录取数（人）", "经费（万元）")
    assert len(found.header_rows) == 3
    assert found.rows == (("机电", "30", "28", "1.5"), ("信息", "20", "20", "2"))
    assert with_header(found) == found


def test_a_title_row_becomes_the_caption_unless_there_are_more_of_them() -> None:
    titled = with_header(table("招生情况表|招生情况表|招生情况表\n系|计划|录取\n机电|3|2"))
    assert (titled.caption, titled.header) == ("招生情况表", ("系", "计划", "录取"))
    blocks = with_header(table("招生|招生|招生\n系|计划|录取\n机电|3|2\n就业|就业|就业\n系|毕业|就业\n机电|3|2"))
    assert blocks.caption == ""
    named = with_header(table("招生情况表|招生情况表|招生情况表\n系|计划|录取\n机电|3|2", caption="表 1 招生"))
    assert named.caption == "表 1 招生"


def test_without_a_header_all_rows_are_kept() -> None:
    found = with_header(table("在校生|800人|教师|60人\n占地|30亩|专业|12个", filled=((-1, 1),)))
    assert found.header == ("", "", "", "")
    assert found.rows[0] == ("在校生", "800人", "教师", "60人")
    assert found.filled == ((0, 1),)
    assert with_header(found) == found


def test_filled_places_move_with_the_rows() -> None:
    found = with_header(table("系|招生|招生\n系|计划|录取\n机电|3|3", filled=((-1, 2), (0, 0), (1, 2))))
    assert found.rows == (("机电", "3", "3"),)
    assert found.filled == ((0, 2),)


def test_merged_cells_take_the_words_of_the_cell_that_covers_them() -> None:
    # A corner over two rows, a heading over two columns, and a cell of the last column over two rows.
    texts: list[list[str | None]] = [
        ["系", "招生", None, "合计"],
        [None, "计划", "录取", None],
        ["机电", "3", "2", "5"],
    ]
    x, y = (0.0, 10.0, 20.0, 30.0, 40.0), (0.0, 5.0, 10.0, 15.0)
    boxes: list[list[Corners | None]] = [
        [(x[0], y[0], x[1], y[2]), (x[1], y[0], x[3], y[1]), None, (x[3], y[0], x[4], y[2])],
        [None, (x[1], y[1], x[2], y[2]), (x[2], y[1], x[3], y[2]), None],
        [(x[c], y[2], x[c + 1], y[3]) for c in range(4)],
    ]
    rows, filled = fill_merged(texts, boxes)
    assert rows == (("系", "招生", "招生", "合计"), ("系", "计划", "录取", "合计"), ("机电", "3", "2", "5"))
    assert filled == ((0, 2), (1, 0), (1, 3))


def test_a_place_that_no_cell_covers_stays_blank() -> None:
    boxes: list[list[Corners | None]] = [[(0, 0, 9, 5), (9, 0, 19, 5)], [None, (9, 5, 19, 10)]]
    rows, filled = fill_merged([["甲", "乙"], [None, "2"]], boxes)
    assert rows == (("甲", "乙"), ("", "2"))
    assert filled == ()
    with pytest.raises(ValueError, match="shape"):
        fill_merged([["甲"]], [[]])
