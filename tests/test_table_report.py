"""Counts of tables through the whole line: DOCX and HTML in, report, JSON, 指标台账 and workbook out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from docx_by_hand import docx, p
from huizong.analyze import analyze
from huizong.cleaning import clean
from huizong.export.workbook import write_workbook
from huizong.indicators import match_indicator
from huizong.records import NumberRole, RawDocument, Source, Span, Table, finding_id
from huizong.report import Report
from huizong.tables import Results

BODY = (
    p("临江工程职业学院2022年度工作总结")
    + p("一、招生就业")
    + p("2022年学校录取新生2100人。")
    + p("表 1 各学院就业情况")
    + """<w:tbl>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>学院</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>就业</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>毕业生（人）</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>就业率</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>机电学院</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>３20</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>96.5%</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>"""
    + p("二、师资队伍")
    + p("引进博士5名。")
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return analyze(docx(tmp_path_factory.mktemp("docx") / "a.docx", BODY))


def test_counts_of_tables_come_behind_those_of_the_text(report: Report) -> None:
    assert [(c.object, c.value, c.unit, c.table) for c in report.counts] == [
        ("新生", 2100, "人", None),
        ("博士", 5, "名", None),
        ("就业·毕业生", 320, "人", 0),
        ("就业·就业率", 96.5, "%", 0),
    ]
    table = report.tables[0]
    assert (table.header, table.rows) == (("学院", "就业·毕业生（人）", "就业·就业率"), (("机电学院", "320", "96.5%"),))
    assert len(table.header_rows) == 2


def test_they_stand_in_the_section_of_the_table_and_belong_to_no_item_or_task(report: Report) -> None:
    found = [c for c in report.counts if c.table is not None]
    assert {report.section_by_id[c.section or ""].title for c in found} == {"招生就业"}
    assert {c.subject for c in found} == {"机电学院"}
    assert all(c.item is None for c in found)
    ids = {c.id for c in found}
    assert not ids & {i for item in report.items for i in item.counts}
    assert not ids & {i for task in report.tasks for i in task.counts}
    assert not ids & {n.count for n in report.numbers if n.role is NumberRole.COUNT}


def test_they_map_to_the_catalogue(report: Report) -> None:
    matches = [match_indicator(c) for c in report.counts if c.table is not None]
    assert [m.indicator.name for m in matches if m] == ["毕业生", "就业率"]


def test_json_gives_the_same_report_back(report: Report) -> None:
    data = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
    again = Report.from_dict(data)
    assert again.counts == report.counts
    assert again.tables == report.tables
    assert data["tables"][0]["rows"] == [["机电学院", "320", "96.5%"]]
    old = {k: v for k, v in data["tables"][0].items() if k in {"page", "caption", "header", "rows"}}
    assert Report.from_dict(data | {"tables": [old]}).tables[0].header == report.tables[0].header


def test_the_text_shows_only_its_own_counts(report: Report) -> None:
    assert report.to_html().count("<b style") == 2
    assert len(report.to_spacy().spans["counts"]) == 2


def test_the_ledger_says_where_in_the_table(report: Report, tmp_path: Path) -> None:
    rows = list(Results((report,)).rows("指标台账"))
    assert [row["来源"] == "表格" for row in rows] == [False, False, True, True]
    assert rows[2]["原文"] == "机电学院｜就业·毕业生（人）: 320"
    assert (rows[2]["归属"], rows[2]["所属措施"]) == ("机电学院", None)
    assert rows[2]["页"] is None  # this file has no pages
    openpyxl = pytest.importorskip("openpyxl")
    write_workbook(Results((report,)), tmp_path / "a.xlsx", [])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["指标台账"]
    column = next(cell.column for cell in sheet[1] if cell.value == "原文")
    assert [sheet.cell(row, column).value for row in (4, 5)] == [rows[2]["原文"], rows[3]["原文"]]


def test_the_same_words_in_two_cells_have_ids_of_their_own() -> None:
    ids = {finding_id("0", "count", Span(0, 1), cell) for cell in (None, (0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 10, 0))}
    assert len(ids) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"row": 1},
        {"row": -1},
        {"row": None},
        {"table": 1},
        {"column": 3},
        {"column": 2},
        {"span": Span(0, 2)},
        {"item": "i1"},
    ],
)
def test_a_count_that_is_not_what_its_cell_says_is_refused(report: Report, change: dict[str, object]) -> None:
    last = report.counts[-2]
    wrong = replace(last, **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=last.id):
        replace(report, counts=(*report.counts[:-2], wrong))


def test_two_counts_of_one_id_are_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="same id"):
        replace(report, counts=(*report.counts, report.counts[0]))


def test_merged_cells_of_html_are_told_apart_from_repeats(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<meta charset=utf-8><p>临江工程职业学院2022年统计</p><table>"
        "<tr><td>学院</td><td>人数</td><td>经费（万元）</td></tr>"
        "<tr><td>机电学院</td><td>10</td><td rowspan=2>50</td></tr><tr><td>信息学院</td><td>10</td></tr></table>",
        encoding="utf-8",
    )
    report = analyze(path)
    assert report.tables[0].filled == ((1, 2),)
    assert [(c.subject, c.value, c.unit) for c in report.counts] == [("机电学院", 10, "人"), ("信息学院", 10, "人")]


def test_merged_cells_of_docx_are_told(tmp_path: Path) -> None:
    raw = analyze(docx(tmp_path / "a.docx", BODY)).tables[0]
    assert raw.filled == ()  # all of them are in the header
    assert raw.header_rows == (("学院", "就业", "就业"), ("学院", "毕业生（人）", "就业率"))


def test_radicals_in_cells_are_folded() -> None:
    table = Table(page=1, caption="表１", header=("⼯位", "数"), rows=(("⾏政", "１2"),), header_rows=(("⼯位", "数"),))
    raw = RawDocument(source=Source(name="a", sha256="0", format="pdf"), lines=(), tables=(table,))
    (found,) = clean(raw).tables
    assert (found.caption, found.header, found.rows) == ("表1", ("工位", "数"), (("行政", "12"),))
    assert found.header_rows == (("工位", "数"),)
