"""Parts of a PDF page told apart by place alone: columns on a part of it, tables with horizontal rules only, footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from huizong.cleaning import clean
from huizong.loading.pdf.columns import reading_blocks
from huizong.loading.pdf.open_tables import open_tables
from huizong.loading.pdf.pages import Page, Piece, Ruling
from huizong.records import Box, Line, RawDocument, Source

SENTENCE = "学院完善工作机制把对口支援列入年度重点任务清单"


def piece(text: str, x0: float, top: float, size: float = 10) -> Piece:
    return Piece(text, x0, top, x0 + size * len(text), top + size, size, False)


def page(pieces: Sequence[Piece], rules: Sequence[float], x0: float = 50, x1: float = 450) -> Page:
    return Page(
        number=1,
        width_pt=500,
        height_pt=700,
        pieces=tuple(pieces),
        rulings=tuple(Ruling(x0, top, x1, top) for top in rules),
        has_picture=False,
        words=lambda piece: [piece],
        characters=lambda piece: [piece],
    )


def full_lines(first: int, count: int) -> list[Piece]:
    """Lines across the page, 20 points apart."""
    return [piece(SENTENCE[:20] * 2, 50, 20 * at) for at in range(first, first + count)]


def column_lines(x0: float, first: int, count: int, word: str) -> list[Piece]:
    return [piece(word + SENTENCE[1:19], x0, 20 * at) for at in range(first, first + count)]


def test_columns_on_a_part_of_the_page_are_read_one_after_the_other() -> None:
    left, right = column_lines(50, 10, 5, "左"), column_lines(270, 10, 5, "右")
    around = full_lines(0, 10), full_lines(16, 10)
    blocks = reading_blocks([*around[0], *left, *right, *around[1]])
    assert [(block.column, len(block.pieces), block.pieces[0].text[0]) for block in blocks] == [
        (0, 10, "学"),
        (1, 5, "左"),
        (2, 5, "右"),
        (0, 10, "学"),
    ]


def test_a_heading_below_columns_belongs_to_what_follows() -> None:
    left, right = column_lines(50, 10, 5, "左"), column_lines(270, 10, 5, "右")
    left[-1] = piece("左边段落到此为止", 50, left[-1].top)
    heading = piece("四、问题与建议", 50, 20 * 15)
    blocks = reading_blocks([*full_lines(0, 10), *left, *right, heading, *full_lines(16, 10)])
    assert [block.column for block in blocks] == [0, 1, 2, 0]
    assert blocks[-1].pieces[0] == heading


def test_rows_of_short_words_are_no_columns() -> None:
    rows = [part for at in range(10, 16) for part in (piece("负责人", 50, 20 * at), piece("李明", 300, 20 * at))]
    assert [block.column for block in reading_blocks([*full_lines(0, 10), *rows, *full_lines(16, 10)])] == [0]


def test_table_with_three_rules() -> None:
    cells = [
        piece(text, x0, 100 + 20 * row)
        for row in range(4)
        for text, x0 in (("指标名称", 60), ("单位", 220), ("12", 380))
    ]
    (table,) = open_tables(page(cells, (95, 115, 175)), [])
    assert [len(row) for row in table.rows] == [3, 3, 3, 3]
    assert table.box == (50, 95, 450, 175)
    assert 100 < table.edges[1] < 220 < 240 < table.edges[2] < 380 < table.edges[3]
    tops = [row[0][1] for row in table.rows if row[0] is not None]
    assert tops[:2] == [95, 115]
    assert 130 < tops[2] < 140


def test_prose_between_rules_is_no_table() -> None:
    assert open_tables(page(full_lines(2, 20), (30, 200, 480)), []) == []


def test_two_columns_of_prose_between_rules_are_no_table() -> None:
    text = [*column_lines(50, 2, 20, "左"), *column_lines(270, 2, 20, "右")]
    assert open_tables(page(text, (30, 200, 480)), []) == []


def test_rules_of_a_ruled_table_are_left_alone() -> None:
    cells = [piece(text, x0, 100 + 20 * row) for row in range(4) for text, x0 in (("指标", 60), ("12", 380))]
    assert open_tables(page(cells, (95, 115, 175)), [(50, 95, 450, 175)]) == []


def line(text: str, page: int, top: float, *, x0: float = 50, size: float = 10) -> Line:
    box = Box(x0_pt=x0, top_pt=top, x1_pt=x0 + size * len(text), bottom_pt=top + size)
    return Line(text=text, page=page, box=box, page_width_pt=300, page_height_pt=400, size_pt=size)


def cleaned(lines: Sequence[Line]) -> list[str]:
    return clean(RawDocument(source=Source(name="x.pdf", sha256="0", format="pdf"), lines=tuple(lines))).text.split(
        "\n"
    )


BODY = [line(SENTENCE[:20], 1, 50 + 20 * at) for at in range(5)]
REST = [line("务清单" + SENTENCE[:17], 2, 50), line("全年各项任务均已完成。", 2, 70)]


def test_a_footnote_does_not_cut_the_paragraph_above_it() -> None:
    note = [line("① 清单由办公室每月核对一次，", 1, 350, size=8), line("年底公布。", 1, 362, size=8)]
    body = "".join(row.text for row in (*BODY, *REST))
    assert cleaned([*BODY, *note, *REST]) == [body, "①清单由办公室每月核对一次，年底公布。"]


def test_small_lines_without_a_mark_stay_where_they_are() -> None:
    small = line("数据来源：年度统计报表。", 1, 350, size=8)
    assert cleaned([*BODY, small, *REST])[1] == small.text


def test_a_first_line_that_happens_to_stand_in_the_middle_goes_on() -> None:
    # Indented by two characters, and two short at its end, for the number that opens the next line found no room.
    paragraph = [line(SENTENCE[:16], 1, 50, x0=70), line("1,268项" + SENTENCE[:15], 1, 70), line("完成。", 1, 90)]
    again = [line(SENTENCE[:18], 1, 110 + 60 * at, x0=70) for at in range(3)]
    ends = [line("均已完成。", 1, 130 + 60 * at) for at in range(3)]
    rows = [*paragraph, *(row for pair in zip(again, ends, strict=True) for row in pair)]
    assert cleaned(rows)[0] == "".join(row.text for row in paragraph)
