"""汇总.docx: read back by our own loader, cell by cell; the same bytes every time; nothing of a report can become markup."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import huizong
from conftest import REPORT
from huizong.errors import OutputError
from huizong.export.word import write_word
from huizong.loading import load
from huizong.settings import Settings
from huizong.tables import Results


def results(text: str = REPORT) -> Results:
    return Results((huizong.analyze_text(text),), Settings())


def test_every_task_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "汇总.docx"
    made = results()
    write_word(made, path)
    (table,) = load(path).tables
    rows = list(made.rows("汇总表"))
    assert table.header[:5] == ("序号", "学校", "年度", "帮扶项目(领域)", "具体任务")
    assert [row[4] for row in table.rows] == [row["具体任务"] for row in rows]
    figures = table.header.index("量化成效")
    assert [row[figures] for row in table.rows] == [str(row["量化成效"] or "").replace("\n", "") for row in rows]


def test_heading_row_comes_again_and_the_page_lies_across(tmp_path: Path) -> None:
    path = tmp_path / "汇总.docx"
    write_word(results(), path)
    with zipfile.ZipFile(path) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert len(document.findall(f".//{w}tblHeader")) == 1
    size = document.find(f".//{w}pgSz")
    assert size is not None
    assert size.get(f"{w}orient") == "landscape"
    assert "仿宋" in etree.tostring(document, encoding="unicode")


def test_the_same_bytes_and_no_markup_from_the_report(tmp_path: Path) -> None:
    text = REPORT.replace("修订人才培养方案", "修订<b>“A&B”</b>人才培养方案")
    for name in ("a.docx", "b.docx"):
        write_word(results(text), tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    words = "".join(cell for row in load(tmp_path / "a.docx").tables[0].rows for cell in row)
    assert "<b>“A&B”</b>" in words


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(OutputError, match="写不进去"):
        write_word(results(), tmp_path / "文件" / "汇总.docx")
