"""Tables over pages: what is joined, what is not, and what becomes of the rows at the break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huizong.loading import load
from huizong.loading.tables.joining import join_tables
from huizong.records import Box, Line, Table
from test_table_headers import grid

PAGE_HEIGHT = 800.0


def part(page: int, text: str, *, top: float = 80, bottom: float = 740, x0: float = 60, x1: float = 420) -> Table:
    rows = grid(text)
    box = Box(x0_pt=x0, top_pt=top, x1_pt=x1, bottom_pt=bottom)
    return Table(page=page, caption="", header=rows[0], rows=tuple(rows[1:]), box=box)


def line(page: int, text: str, top: float) -> Line:
    box = Box(x0_pt=60, top_pt=top, x1_pt=200, bottom_pt=top + 12)
    return Line(text=text, page=page, box=box, page_height_pt=PAGE_HEIGHT)


FURNITURE = [line(n, text, top) for n in (1, 2, 3) for text, top in (("临江学院年度报告", 40), (f"— {n} —", 770))]
FIRST = part(1, "系|招生|就业\n机电|30|28\n信息|20|19", top=300)
NEXT = part(2, "商贸|15|15\n艺术|12|11")


def test_a_continuation_is_joined_and_keeps_its_pages() -> None:
    (table,) = join_tables([FIRST, NEXT], FURNITURE)
    assert table.header == ("系", "招生", "就业")
    assert [row[0] for row in table.rows] == ["机电", "信息", "商贸", "艺术"]
    assert (table.page, table.box, table.row_pages) == (1, FIRST.box, (1, 1, 2, 2))
    assert [table.page_of(r) for r in range(4)] == [1, 1, 2, 2]
    assert join_tables([table], FURNITURE) == (table,)


def test_three_pages_with_the_header_on_each_are_one_table() -> None:
    parts = [part(n, f"学院|招生|招生\n学院|计划|录取\n甲{n}|3|2\n乙{n}|5|5") for n in (1, 2, 3)]
    (table,) = join_tables(parts, FURNITURE)
    assert table.header == ("学院", "招生·计划", "招生·录取")
    assert [row[0] for row in table.rows] == ["甲1", "乙1", "甲2", "乙2", "甲3", "乙3"]
    assert table.row_pages == (1, 1, 2, 2, 3, 3)


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        (NEXT, [line(1, "就业情况见下表。", 750)]),
        (NEXT, [line(2, "表 2 就业情况", 62)]),
        (part(2, "商贸|15|15", x1=424), []),
        (part(3, "商贸|15|15"), []),
        (part(2, "商贸|15|15|2"), []),
        (part(2, "专业|学分|学时\n会计|15|15"), []),
        (replace(NEXT, box=None), []),
    ],
    ids=["words below", "words above", "other edge", "not the next page", "other width", "other header", "no box"],
)
def test_what_is_another_table(second: Table, lines: list[Line]) -> None:
    assert len(join_tables([FIRST, second], [*FURNITURE, *lines])) == 2


def test_a_table_between_keeps_two_apart() -> None:
    between = part(1, "甲|乙\n1|2", top=745, bottom=760)
    assert len(join_tables([FIRST, between, NEXT], FURNITURE)) == 3


def test_tables_side_by_side_go_on_each_in_its_column() -> None:
    left, right = (part(1, f"系|数\n机电|{v}", x0=x, x1=x + 150) for x, v in ((60, 1), (230, 2)))
    left2, right2 = (part(2, f"系|数\n信息|{v}", x0=x, x1=x + 150) for x, v in ((60, 3), (230, 4)))
    tables = join_tables([left, right, left2, right2], FURNITURE)
    assert [t.rows for t in tables] == [(("机电", "1"), ("信息", "3")), (("机电", "2"), ("信息", "4"))]


def test_a_row_cut_by_the_break_is_put_together() -> None:
    above = part(1, "任务|措施|数量\n招生|走访中学|12\n就业|走访企业并签订|8")
    below = part(2, "|合作协议|\n师资|选派教师|5")
    (table,) = join_tables([above, below], FURNITURE)
    assert table.rows == (
        ("招生", "走访中学", "12"),
        ("就业", "走访企业并签订合作协议", "8"),
        ("师资", "选派教师", "5"),
    )
    assert table.row_pages == (1, 1, 2)


def test_a_row_of_its_own_is_not_put_together() -> None:
    above = part(1, "任务|措施|数量\n招生|走访中学。|12")
    for first in ("|走访企业|", "|走访企业|8"):
        (table,) = join_tables([above, part(2, f"{first}\n师资|选派教师|5")], FURNITURE)
        assert len(table.rows) == 3


def test_a_merged_label_cut_by_the_break_is_filled() -> None:
    above = part(1, "类别|项目|数量\n师资|教授|3\n师资|讲师|8")
    below = part(2, "|助教|2\n课程|必修|5")
    (table,) = join_tables([above, below], FURNITURE)
    assert table.rows[2:] == (("师资", "助教", "2"), ("课程", "必修", "5"))
    assert (2, 0) in table.filled
    plain = part(1, "类别|项目|数量\n师资|教授|3\n课程|选修|8")  # no merged cells above: the blank may be one
    (table,) = join_tables([plain, below], FURNITURE)
    assert table.rows[2] == ("", "助教", "2")


def test_place_in_the_text() -> None:
    lines = [line(1, "一、概况", 90), line(1, "表 1 情况", 280), line(2, "二、问题", 90)]
    assert join_tables([FIRST], lines)[0].lines_before == 2
    assert join_tables([replace(FIRST, lines_before=7)], lines)[0].lines_before == 7


def drawn(path: Path, pages: list[list[tuple[str, str]]], below: str = "") -> tuple[Table, ...]:
    """The tables of a PDF with one ruled grid of two columns a page, `below` being a line under the first grid."""
    pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the test PDFs")
    from reportlab.pdfbase import cidfonts, pdfmetrics

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    canvas: Any = pdfgen.Canvas(str(path), pagesize=(480, 800))
    for number, rows in enumerate(pages, start=1):
        canvas.setFont("STSong-Light", 14)
        canvas.drawCentredString(240, 770, "滨海工程职业学院")
        for row, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                canvas.rect(80 + 150 * at, 700 - 30 * row, 150, 30)
                canvas.drawString(90 + 150 * at, 708 - 30 * row, cell)
        if number == 1:
            for at in range(2 if below else 0):
                canvas.drawString(80, 690 - 30 * len(rows) - 20 * at, below)
        canvas.drawCentredString(240, 30, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return load(path).tables


HEAD = ("系部", "人数（人）")


def group(name: str, rows: int, first: int = 0) -> list[tuple[str, str]]:
    return [(f"{name}系{row}组", str(first + row)) for row in range(1, rows + 1)]


def test_a_grid_over_three_pages_of_a_pdf_is_one_table(tmp_path: Path) -> None:
    (table,) = drawn(tmp_path / "a.pdf", [[HEAD, *group("甲乙丙"[n], 11, 100 * n)] for n in range(3)])
    assert table.header == HEAD
    assert len(table.rows) == 33
    assert table.row_pages == (1,) * 11 + (2,) * 11 + (3,) * 11


def test_the_last_row_alone_on_the_next_page_is_a_row(tmp_path: Path) -> None:
    (table,) = drawn(tmp_path / "a.pdf", [[HEAD, *group("甲", 9)], group("乙", 1)])
    assert (len(table.rows), table.rows[-1], table.row_pages[-1]) == (10, ("乙系1组", "1"), 2)


def test_a_row_below_other_words_is_no_row_of_the_page_before(tmp_path: Path) -> None:
    (table,) = drawn(
        tmp_path / "a.pdf", [[HEAD, *group("甲", 9)], group("乙", 1)], below="各系人数见上表，下页另有说明。"
    )
    assert len(table.rows) == 9
