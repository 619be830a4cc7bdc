"""The workbook read back: sheets, styles, every cell's words in the report, nothing that a spreadsheet would execute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from conftest import REPORT
from huizong.analyze import analyze_text
from huizong.errors import OutputError
from huizong.export import sheet_rows, workbook
from huizong.export.workbook import write_workbook
from huizong.records import Source
from huizong.report import Report
from huizong.tables import Results
from huizong.tables.columns import COLUMNS, KEY

EDITED = [sheet for sheet, columns in COLUMNS.items() if KEY in columns]


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze_text(REPORT)


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("out") / "汇总.xlsx"
    write_workbook(Results((report,)), path, [("工具", "汇总")])
    return openpyxl.load_workbook(path)


def rows(book: Workbook, sheet: str) -> Iterator[dict[str, object]]:
    values = book[sheet].iter_rows(values_only=True)
    head = [str(v) for v in next(values)]
    for row in values:
        yield dict(zip(head, row, strict=True))


def test_all_sheets_with_their_columns(book: Workbook) -> None:
    assert book.sheetnames == [*COLUMNS, "说明", "底稿"]
    assert book["底稿"].sheet_state == "veryHidden"
    for sheet, columns in COLUMNS.items():
        assert [c.value for c in book[sheet][1]] == list(columns)


def test_every_row_that_people_edit_has_a_hidden_key(book: Workbook, report: Report) -> None:
    keys = [str(row[KEY]) for sheet in EDITED for row in rows(book, sheet)]
    assert len(keys) == len(set(keys))
    assert {t.id for t in report.tasks} | {c.id for c in report.counts} <= set(keys)
    for sheet in EDITED:
        page = book[sheet]
        letter = page.cell(1, page.max_column).column_letter
        assert page.column_dimensions[letter].hidden
        assert page.auto_filter.ref.split(":")[1].startswith(letter)  # sorted together with its row


def test_styled_as_users_expect(book: Workbook) -> None:
    for sheet in COLUMNS:
        page = book[sheet]
        assert page.freeze_panes
        assert page.auto_filter.ref
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert str(page.page_setup.paperSize) == "9"
    assert book["汇总表"]["E2"].alignment.wrap_text
    assert book["汇总表"].column_dimensions["E"].width > 30


def test_tables_are_filled_from_the_report(book: Workbook, report: Report) -> None:
    tasks = list(rows(book, "汇总表"))
    assert len(tasks) == len(report.tasks) >= 5
    counts = list(rows(book, "指标台账"))
    assert [(r["数值"], r["单位"]) for r in counts] == [(c.value, c.unit) for c in report.counts]
    assert {r["学校"] for r in counts} == {"临江工程职业学院"}
    assert any(r["指标号"] == "RC-02" for r in counts)
    assert [r["问题"] for r in rows(book, "问题台账")] == [
        "由于经费和体制原因，两校实训平台尚未共享，部分课程建设滞后。"
    ]
    assert len(list(rows(book, "计划台账"))) == 2
    assert all(r["角色"] for r in rows(book, "数字核对"))


def test_every_wording_stands_in_the_report(book: Workbook, report: Report) -> None:
    verbatim = {"措施台账": "原文", "指标台账": "原文数", "问题台账": "问题", "计划台账": "计划", "数字核对": "数字"}
    for sheet, column in verbatim.items():
        for row in rows(book, sheet):
            assert str(row[column]) in report.text
    for row in rows(book, "汇总表"):
        assert str(row["证据(页·原文)"]).split("：", 1)[1] in report.text
        for part in str(row["具体任务"]).split("，"):
            assert part in report.text


def linked(folder: Path, source: Source, *, file: str = "../报告/某 学院#1%.pdf") -> Workbook:
    made = replace(analyze_text(REPORT), source=source)
    path = folder / "汇总.xlsx"
    write_workbook(Results((made, made), files=(file, None)), path, [])
    return openpyxl.load_workbook(path)


def test_evidence_leads_to_its_page_of_the_file(tmp_path: Path) -> None:
    book = linked(tmp_path, Source(name="某学院.pdf", sha256="0", format="pdf", pages=3))
    for sheet, column in [("汇总表", "序号"), ("指标台账", "页"), ("问题—计划对照", "问题编号"), ("数字核对", "页")]:
        page = book[sheet]
        at = [c.value for c in page[1]].index(column)
        cells = [row[at] for row in page.iter_rows(min_row=2) if row[at].value is not None]
        half = len(cells) // 2
        for cell in cells[:half]:
            assert cell.hyperlink.target == "../报告/某%20学院%231%25.pdf"
            assert cell.hyperlink.location == "page=1"
        assert all(cell.hyperlink is None for cell in cells[half:])  # of a file that is not there: only the words
    assert any("翻到那一页" in str(row[2]) for row in book["说明"].iter_rows(values_only=True))


def test_a_file_without_pages_is_linked_as_a_whole(tmp_path: Path) -> None:
    book = linked(tmp_path, Source(name="某学院.txt", sha256="0", format="txt"), file="某学院.txt")
    page = book["措施台账"]
    heads = [c.value for c in page[1]]
    row = page[2]
    assert row[heads.index("页")].value is None
    assert row[heads.index("编号")].hyperlink.target == "某学院.txt"
    assert row[heads.index("编号")].hyperlink.location is None
    assert str(book["汇总表"].cell(2, 15).value).startswith("原文：")


def test_no_more_links_than_excel_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sheet_rows, workbook):
        monkeypatch.setattr(module, "MOST_LINKS", 2)
    book = linked(tmp_path, Source(name="某学院.pdf", sha256="0", format="pdf", pages=3))
    page = book["数字核对"]
    assert sum(cell.hyperlink is not None for row in page.iter_rows() for cell in row) == 2
    assert page.max_row > 10
    assert any("一张表最多 2 个链接" in str(row[2]) for row in book["说明"].iter_rows(values_only=True))


def test_columns_with_a_closed_list_offer_it(book: Workbook) -> None:
    for sheet, columns in [
        ("汇总表", ("帮扶项目(领域)", "状态", "需核")),
        ("指标台账", ("级别", "性质", "增减", "状态", "需核")),
    ]:
        page = book[sheet]
        heads = [c.value for c in page[1]]
        lists = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
        for column in columns:
            letter = page.cell(1, heads.index(column) + 1).column_letter
            rule = lists[f"{letter}2"]
            values = str(rule.formula1).strip('"').split(",")
            found = [row[heads.index(column)].value for row in page.iter_rows(min_row=2)]
            assert set(filter(None, found)) <= set(values)
            assert rule.errorStyle == "warning"


def test_colours_follow_the_values(book: Workbook) -> None:
    page = book["汇总表"]
    heads = [c.value for c in page[1]]
    coloured = {str(area.sqref).split(":")[0]: rules for area, rules in page.conditional_formatting._cf_rules.items()}
    letters = {name: page.cell(1, heads.index(name) + 1).column_letter for name in ("状态", "可信度", "需核")}
    assert {str(rule.formula[0]) for rule in coloured[f"{letters['状态']}2"]} >= {'"已完成"', '"滞后/未开展"'}
    low, fair = coloured[f"{letters['可信度']}2"]
    assert "<0.6" in low.formula[0]
    assert "<0.8" in fair.formula[0]
    assert low.dxf.fill.bgColor.rgb != fair.dxf.fill.bgColor.rgb
    assert f"{letters['需核']}2" in coloured


def test_what_is_not_said_is_empty_never_zero(book: Workbook) -> None:
    for sheet in COLUMNS:
        for row in rows(book, sheet):
            assert 0 not in [v for k, v in row.items() if k not in ("数值", "下限", "上限", "可信度")]
            assert "None" not in map(str, filter(None, row.values()))


def test_text_of_a_report_never_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    report = analyze_text(
        "一、主要工作\n=cmd|' /C calc'!A0学校组织了培训12次。\n+1学校开展了调研3次。\nhttp://example.com/学校举办了讲座5场。"
    )
    write_workbook(Results((report,)), path, [("=1+1", "@x")])
    for sheet in openpyxl.load_workbook(path):
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in line)


def test_a_workbook_that_cannot_be_written_is_told(report: Report, tmp_path: Path) -> None:
    blocked = tmp_path / "汇总.xlsx"
    blocked.mkdir()
    with pytest.raises(OutputError, match="同名的文件夹"):
        write_workbook(Results((report,)), blocked, [])


def test_data_frames_have_both_languages(report: Report) -> None:
    results = Results((report,))
    assert list(results.counts.columns) == list(COLUMNS["指标台账"])
    assert {"value", "unit", "quote"} <= set(results.english("指标台账").columns)
    assert len(results.sentences) == len(report.items)
    assert results.tasks["序号"].tolist() == list(range(1, len(report.tasks) + 1))


def test_checks_are_told_in_chinese_with_their_words(book: Workbook, report: Report) -> None:
    found = list(rows(book, "校核提示"))
    assert len(found) == len(report.checks) > 0
    for row, check in zip(found, report.checks, strict=True):
        assert str(row["规则"]).endswith(f"（{check.rule}）")
        assert row["程度"] in ("提示", "疑问", "错误")
        assert row["提示"] == check.message
        assert str(row["原文"]).split("\n") == [e.span.of(report.text) for e in check.evidence]


def test_lists_too_long_for_a_cell_name_the_rest_and_where_it_is() -> None:
    plans = "".join(
        f"{year}年安排教师参加第{year - 2022}期企业实践培训{year - 2000}人次。" for year in range(2023, 2063)
    )
    head = "青石水利职业学院2022年工作总结\n一、主要工作\n学校引进博士3名教师。\n二、存在问题\n教师实践经验不足。\n三、下一步计划\n"
    results = Results((analyze_text(head + plans),))
    ledger = [str(row["计划"]) for row in results.rows("计划台账")]
    assert len(ledger) == 40
    (task,) = results.rows("汇总表")
    *told, rest = str(task["下一步计划"]).split("\n")
    area = [str(row["计划"]) for row in results.rows("计划台账") if row["领域"] == task["帮扶项目(领域)"]]
    assert told == area[: len(told)]
    assert rest == f"……其余 {len(area) - len(told)} 条见计划台账"
    assert sum(-(-len(words) // 11) for words in told) <= 26
    (owner,) = [row for row in results.rows("校核提示") if "plan_without_owner" in str(row["规则"])]
    *quotes, rest = str(owner["原文"]).split("\n")
    assert quotes == ledger[: len(quotes)]
    assert rest == f"……其余 {40 - len(quotes)} 条见计划台账"
