"""The rows of the workbook read back: every text and number as it was, heights that fit, no more rows than a sheet takes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.errors import DamagedDocument, MissingFile
from huizong.export import sheet_rows
from huizong.export.sheet_rows import Column, SheetRows
from huizong.store import StoredReports
from huizong.tables.columns import COLUMNS

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def written(rows: Sequence[Sequence[object]], widths: Sequence[int]) -> str:
    with SheetRows([Column(width=width, style=1) for width in widths]) as sheet:
        sheet.add(rows)
        part = io.BytesIO()
        sheet.copy_to(part)
        assert sheet.size() == len(part.getvalue())
    return part.getvalue().decode()


def read_back(rows: Sequence[Sequence[object]], widths: Sequence[int]) -> list[tuple[object, ...]]:
    """The values that openpyxl finds in a workbook whose first sheet has these rows."""
    from zipfile import ZipFile

    import xlsxwriter

    empty, filled = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet().write_blank(0, 0, None, book.add_format({"bold": True}))
    with ZipFile(empty) as source, ZipFile(filled, "w") as target:
        for name in source.namelist():
            words = source.read(name)
            is_sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(name, _SHEET.format(written(rows, widths)) if is_sheet else words)
    found = openpyxl.load_workbook(filled).active
    assert found is not None
    return list(found.iter_rows(min_row=2, values_only=True))


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@given(st.lists(st.tuples(_TEXT, st.integers(-(10**12), 10**12), st.none()), min_size=1, max_size=5))
def test_every_value_comes_back(rows: list[tuple[str, int, None]]) -> None:
    expected = [(text or None, number, None) for text, number, _ in rows]
    assert read_back(rows, (10, 10, 10)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "a & b < c > d",
        " 前后有空 ",
        "两行\n文字",
        "]]>",
        "<r><t>富文本</t></r>",
        "𠮷" * 9,
        "\t制表",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert read_back([(text,)], (20,)) == [(text,)]


def test_words_that_look_like_codes_of_excel_are_no_codes() -> None:
    assert "<t>_x005F_x0041_不是代码_x00_</t>" in written([("_x0041_不是代码_x00_",)], (20,))  # as XlsxWriter writes it


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    assert read_back([("钟\x07声\x00",)], (20,)) == [("钟声",)]
    [(long,)] = read_back([("𠮷" * 20_000,)], (20,))
    assert long == "𠮷" * 16_383


def test_rows_are_as_high_as_their_fullest_cell() -> None:
    rows = written([("短", "短"), ("一二三四五六七八九十", "短"), ("a\nb\nc", "短"), ("长" * 9999, None)], (11, 11))
    heights = [float(part.split('"')[0]) for part in rows.split(' ht="')[1:]]
    assert heights == [17.25, 30.75, 44.25, 399.75]


def test_no_more_rows_than_a_sheet_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 3)
    with SheetRows([Column(width=10, style=1)]) as sheet:
        sheet.add([("一",), ("二",)])
        sheet.add([("三",), ("四",), ("五",)])
        assert (sheet.count, sheet.left_out) == (3, 2)


def test_columns_beyond_z() -> None:
    width = max(len(columns) for columns in COLUMNS.values())
    assert [*map(sheet_rows._letters, (0, 25, 26, 27, 701, 702))] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
    assert written([(1,) * width], (9,) * width).count("<v>1</v>") == width


def test_stored_reports_are_read_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="huizong run"):
        StoredReports(tmp_path)
    (tmp_path / "run.json").write_text('{"files": [{"result": "a.json"}, {"result": null}]}', encoding="utf-8")
    (tmp_path / "a.json").write_text("[", encoding="utf-8")
    stored = StoredReports(tmp_path)
    assert len(stored) == 1
    with pytest.raises(DamagedDocument, match="重新运行"):
        stored[0]
