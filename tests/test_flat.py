"""The sheets as CSV and Parquet: the same cells as in the workbook, numbers as numbers, flat memory, a clear sentence without pyarrow."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import openpyxl
import pytest

import huizong
from conftest import REPORT
from huizong.errors import MissingParquet, OutputError
from huizong.export import flat
from huizong.export.flat import write_flat
from huizong.export.workbook import write_workbook
from huizong.tables import Results
from huizong.tables.layouts import read_layout


def made(layout: str = "") -> Results:
    second = REPORT.replace("2022年", "2021年").replace("新增大数据技术", "=1+1新增大数据技术")
    return Results((huizong.analyze_text(REPORT), huizong.analyze_text(second)), layout=read_layout(layout))


@pytest.mark.parametrize("layout", ["结对帮扶", "工作总结"])
def test_csv_has_the_cells_of_the_workbook(layout: str, tmp_path: Path) -> None:
    results = made(layout)
    write_flat(results, tmp_path / "表格", ["csv"])
    write_workbook(results, tmp_path / "汇总.xlsx", [])
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert sorted(f.stem for f in (tmp_path / "表格").iterdir()) == sorted(book.sheetnames[:-2])
    for sheet in book.sheetnames[:-2]:
        path = tmp_path / "表格" / f"{sheet}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        expected = [["" if v is None else v for v in row] for row in book[sheet].iter_rows(values_only=True)]
        assert len(rows) == len(expected) > 1
        for row, values in zip(rows, expected, strict=True):
            for cell, value in zip(row, values, strict=True):
                if isinstance(value, (int, float)):
                    assert float(cell) == value
                else:
                    assert cell == (f"'{value}" if str(value).startswith(("=", "+", "-", "@")) else value)


def test_parquet_has_typed_columns_and_all_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    monkeypatch.setattr(flat, "_GROUP", 1)
    results = made()
    write_flat(results, tmp_path, ["parquet", "csv", "parquet"])
    table = parquet.read_table(tmp_path / "指标台账.parquet")
    assert table.column_names == list(results.layout.sheet("指标台账").names)
    rows = list(results.rows("指标台账"))
    assert table.column("数值").to_pylist() == [row["数值"] for row in rows]
    assert table.column("原文数").to_pylist() == [row["原文数"] for row in rows]
    assert str(table.schema.field("数值").type) == "double"
    assert {str(parquet.read_schema(f).field(0).type) for f in tmp_path.glob("*.parquet")} == {"string"}
    assert len(list(tmp_path.glob("*.csv"))) == len(list(tmp_path.glob("*.parquet"))) == len(results.layout.sheets)


def test_without_pyarrow_the_one_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingParquet, match=r"pip install 'huizong\[parquet\]'"):
        write_flat(made(), tmp_path, ["parquet"])
    with pytest.raises(MissingParquet):
        flat.check_kinds(["csv", "parquet"])
    write_flat(made(), tmp_path, ["csv"])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "表格").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="写不进去"):
        write_flat(made(), tmp_path / "表格", ["csv"])
