"""Blank forms filled and read back cell by cell; everything else in them is as it was."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import Protection

import forms_by_hand as blank
from conftest import REPORT
from docx_by_hand import docx, p, relations
from huizong.analyze import analyze_text
from huizong.errors import (
    DamagedDocument,
    EncryptedDocument,
    FormError,
    HuizongError,
    MissingFile,
    OutputError,
    UnknownFormat,
)
from huizong.forms import fill_form, filled_name
from huizong.forms.word import WordForm
from huizong.forms.word_cells import W, cell_text
from huizong.report import Report
from huizong.tables import Results

OTHER = """青川职业学院2023年工作总结
一、主要工作
学校组织教师培训9期，投入经费120万元。学校毕业生就业率达到95.2%。学校拥有专任教师420人。
二、存在问题
由于场地紧张，实训工位不足。
三、下一步计划
教务处将于2024年6月底前新增实训工位80个，解决实训工位不足的问题。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze_text(REPORT)


@pytest.fixture(scope="module")
def one(report: Report) -> Results:
    return Results((report,))


@pytest.fixture(scope="module")
def two(report: Report) -> Results:
    return Results((report, analyze_text(OTHER)))


def word_rows(path: Path, table: int = 0) -> list[list[str]]:
    """The words of the cells of a table of a DOCX, as they stand in the file (merged cells over rows as blank)."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = list(root.iter(f"{W}tbl"))[table]
    return [[cell_text(cell) for cell in row.iter(f"{W}tc")] for row in found.iter(f"{W}tr")]


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in q.iter(f"{W}t")) for q in root.iter(f"{W}p"))


def test_paired_support_heading_over_two_rows(tmp_path: Path, one: Results) -> None:
    form = blank.paired_support(tmp_path / "汇总表.docx")
    before = form.read_bytes()
    outcome = fill_form(form, one)
    assert form.read_bytes() == before
    assert outcome.path == tmp_path / "汇总表_已填.docx"
    rows, tasks = word_rows(outcome.path), list(one.rows("汇总表"))
    assert rows[:2] == word_rows(form)[:2]
    assert len(rows) == 2 + len(tasks) > 4
    for row, task in zip(rows[2:], tasks, strict=True):
        expected = [
            task["序号"], task["帮扶项目(领域)"], task["具体任务"], None, None, task["时间"], task["状态"], task["量化成效"],
            task["定性成效"], task["存在问题"], None,
        ]  # fmt: skip
        assert row == [str(value) if value is not None else "" for value in expected]
    (told,) = outcome.tables
    assert told.sheet == "汇总表"
    assert told.unknown == ("双方对口部门／支援方", "双方对口部门／受援方")
    assert told.left == ("备注",)
    assert outcome.fields == (("填报单位", "临江工程职业学院"),)
    assert outcome.left == ("填表日期",)
    assert "填报单位：临江工程职业学院" in word_text(outcome.path)
    assert "填表日期：____年__月__日" in word_text(outcome.path)


def test_word_keeps_fonts_heights_and_every_other_part(tmp_path: Path, one: Results) -> None:
    form = blank.paired_support(tmp_path / "汇总表.docx")
    done = fill_form(form, one).path
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(done) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            assert (old.read(name) == new.read(name)) == (name != "word/document.xml")
        root = etree.fromstring(new.read("word/document.xml"))
    rows = list(root.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True] + [False] * (len(rows) - 2)
    for row in rows[2:]:
        height = row.find(f"{W}trPr/{W}trHeight")
        assert height is not None
        assert (height.get(f"{W}val"), height.get(f"{W}hRule")) == ("567", "atLeast")  # exact would hide words
        for run in row.iter(f"{W}r"):
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋"  # type: ignore[union-attr]
            assert run.find(f"{W}rPr/{W}sz").get(f"{W}val") == "18"  # type: ignore[union-attr]
        assert all(q.find(f"{W}pPr/{W}jc") is not None for q in row.iter(f"{W}p"))


def test_task_completion_keeps_numbers_and_the_total_at_the_bottom(tmp_path: Path, two: Results) -> None:
    outcome = fill_form(blank.task_completion(tmp_path / "任务.docx"), two)
    rows, tasks = word_rows(outcome.path), list(two.rows("汇总表"))
    assert [row[0] for row in rows] == ["序号", *map(str, range(1, len(tasks) + 1)), "合计"]
    assert [row[1] for row in rows[1:-1]] == [task["具体任务"] for task in tasks]
    assert [row[4] for row in rows[1:-1]] == [task["状态"] for task in tasks]
    assert [row[6] for row in rows[1:-1]] == [task["证据(页·原文)"] for task in tasks]
    assert len(rows[1]) == len(rows[-2]) == 7  # a cell over two columns in every row
    assert "（____年度）" in word_text(outcome.path)  # two years do not go into one field
    assert any("2022、2023" in note and "--report" in note for note in outcome.notes)
    assert outcome.left == ("负责人签字",)


def test_one_of_several_reports(tmp_path: Path, two: Results) -> None:
    form = blank.task_completion(tmp_path / "任务.docx")
    outcome = fill_form(form, two, report="青川职业学院")
    assert "（2023年度）" in word_text(outcome.path)
    assert len(word_rows(outcome.path)) == max(3, len(list(Results(two.reports[1:]).rows("汇总表")))) + 2
    with pytest.raises(FormError, match="青川职业学院"):
        fill_form(form, two, report="无此学校")


def test_summary_record_fields_and_chapters(tmp_path: Path, one: Results) -> None:
    outcome = fill_form(blank.summary_record(tmp_path / "登记表.docx"), one)
    rows = word_rows(outcome.path)
    assert rows[0] == ["填报单位", "临江工程职业学院", "年度", "2022"]
    assert rows[1] == ["负责人", "", "学校性质", "公办"]
    measures = [str(row["原文"]) for row in one.rows("措施台账")]
    assert rows[2][1].split("\n") == [f"{n}. {words}" for n, words in enumerate(measures, start=1)]
    assert rows[3][1] == next(iter(one.rows("问题台账")))["问题"]
    assert rows[5] == ["\n".join(f"{n}. {row['计划']}" for n, row in enumerate(one.rows("计划台账"), start=1))]
    assert rows[6] == ["学校意见", "（盖章）"]
    assert "学校名称：临江工程职业学院　联系电话：________" in word_text(outcome.path)
    assert outcome.left == ("联系电话", "负责人")
    assert "单击此处" not in word_text(outcome.path)


def test_rectification_ledger_joins_issues_and_plans(tmp_path: Path, two: Results) -> None:
    form = blank.rectification(tmp_path / "整改.xlsx")
    outcome = fill_form(form, two, tmp_path / "结果" / "填好.xlsx")
    sheet, old = openpyxl.load_workbook(outcome.path).active, openpyxl.load_workbook(form).active
    assert [c.value for c in sheet[4]][:4] == [
        1,
        "由于经费和体制原因，两校实训平台尚未共享，部分课程建设滞后。",
        "由于经费和体制原因",
        None,
    ]
    (plan,) = Results(two.reports[1:]).rows("计划台账")
    assert plan["责任"] == "教务处"
    assert "2024年6月底前" in str(plan["时限"])
    assert [c.value for c in sheet[5]] == [
        2, "由于场地紧张，实训工位不足。", "由于场地紧张", plan["计划"], "教务处", plan["时限"], None,
    ]  # fmt: skip
    assert outcome.tables[0].left == ("整改情况",)
    assert outcome.tables[0].added == 0
    assert [c.value for c in sheet[1]] == [c.value for c in old[1]]
    assert sheet["A2"].value == "填报单位："  # two schools
    assert (sheet.print_area, sheet.auto_filter.ref) == (old.print_area, old.auto_filter.ref)


def test_rows_put_in_move_what_lies_below(tmp_path: Path, two: Results) -> None:
    form = blank.rectification(tmp_path / "整改.xlsx")
    many = Results(tuple(two.reports) * 3)
    sheet = openpyxl.load_workbook(fill_form(form, many).path).active
    issues = len(list(many.rows("问题台账")))
    more = issues - 2
    assert more == 4
    assert [sheet.cell(row=4 + n, column=1).value for n in range(issues)] == list(range(1, issues + 1))
    assert sheet.cell(row=7 + more, column=1).value == "审核人："
    assert sheet.row_dimensions[7 + more].height == 44
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:G1", f"E{7 + more}:G{7 + more}"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == f"G4:G{5 + more}"
    assert sheet.auto_filter.ref == f"A3:G{5 + more}"
    assert sheet.print_area == f"'整改台账'!$A$1:$G${7 + more}"
    for n in range(4, 4 + issues):
        assert sheet.row_dimensions[n].height >= 30
        assert all(c.border.left.style == "thin" and c.font.name == "仿宋" for c in sheet[n])


def test_issue_list_with_total_and_formulas(tmp_path: Path, one: Results, two: Results) -> None:
    form = blank.issue_list(tmp_path / "清单.xlsx")
    book = openpyxl.load_workbook(fill_form(form, Results(tuple(two.reports[:1]) * 4)).path)
    sheet, other = book["清单"], book["总览"]
    assert sheet["B1"].value == "2022年度问题清单"
    assert str(sheet["B2"].value).startswith("学校名称：临江工程职业学院")
    assert str(sheet["B2"].value).endswith("填报日期：________")
    assert [sheet[f"B{n}"].value for n in range(4, 9)] == [1, 2, 3, 4, "合计"]
    assert all("尚未共享" in str(sheet[f"D{n}"].value) for n in range(4, 8))
    assert (sheet["F8"].value, sheet["D8"].value) == ("=SUM(F4:F7)", '=COUNTA(D4:D7)&"条"')
    assert other["B1"].value == "=清单!F8"
    assert book.defined_names["扣分"].attr_text == "清单!$F$8"
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "B1:F1",
        "B2:F2",
        "D3:E3",
        "D4:E4",
        "D5:E5",
        "D6:E6",
        "D7:E7",
    ]
    assert (sheet.print_title_rows, sheet.print_area) == ("$3:$3", "'清单'!$B$1:$F$8")
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("A4", "landscape")
    assert sheet["B10"].value == "注：本表一式两份"
    assert sheet["C6"].font.italic
    assert not sheet["C8"].font.italic
    assert sheet.row_dimensions[8].height == 22


def look(cell: Any) -> list[str]:
    parts = (cell.font, cell.border, cell.fill, cell.number_format, cell.protection, cell.alignment.vertical)
    return [str(part) for part in parts]


@pytest.mark.parametrize(
    ("make", "last", "title"),
    [(blank.rectification, 5, ""), (blank.issue_list, 4, "B1 B2"), (blank.annual_figures, 8, "")],
)
def test_what_is_not_filled_is_as_it_was(
    make: Callable[[Path], Path], last: int, title: str, tmp_path: Path, two: Results
) -> None:
    form = make(tmp_path / "表单.xlsx")
    many = Results(tuple(two.reports) * 3)
    outcome = fill_form(form, many)
    old, new = openpyxl.load_workbook(form).worksheets[0], openpyxl.load_workbook(outcome.path).worksheets[0]
    added = outcome.tables[0].added
    assert (added > 0) == (make is not blank.annual_figures)
    for line in old.iter_rows():
        for cell in line:
            there = new.cell(row=cell.row + (added if cell.row > last else 0), column=cell.column)
            assert look(cell) == look(there)
            if cell.value is not None and cell.data_type != "f" and cell.coordinate not in title.split():
                assert there.value == cell.value
    widths = {letter: dimension.width for letter, dimension in old.column_dimensions.items()}
    assert widths == {letter: dimension.width for letter, dimension in new.column_dimensions.items()}
    assert (old.freeze_panes, old.print_title_rows) == (new.freeze_panes, new.print_title_rows)
    assert vars(old.page_setup) | {"_parent": None} == vars(new.page_setup) | {"_parent": None}


def test_annual_figures_are_looked_up_by_name_year_and_owner(tmp_path: Path, two: Results) -> None:
    outcome = fill_form(blank.annual_figures(tmp_path / "年报.xlsx"), Results(two.reports[1:]))
    sheet = openpyxl.load_workbook(outcome.path).active
    assert [[c.value for c in line] for line in sheet["C2:E4"]] == [
        ["%", None, 95.2],
        ["万元", None, None],
        ["人", 300, 420],
    ]
    assert sheet["D3"].number_format == "0.00"
    assert outcome.tables[0].rows == 2
    assert any("横向技术服务到款额" in note and "报告里没有这个数" in note for note in outcome.tables[0].notes)
    # what belongs to the helped college is not the helper's
    assert next(row for row in two.rows("指标台账") if row["数值"] == 96.5)["归属"] == "白鹿职业技术学院"
    with pytest.raises(FormError, match="属于“白鹿职业技术学院”"):
        fill_form(tmp_path / "年报.xlsx", Results(two.reports[:1]))


def test_amounts_are_written_in_the_unit_of_the_heading(tmp_path: Path, two: Results) -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "工作任务", "金额（元）", "经费（万元）", "培训期数（期）"])
    book.save(tmp_path / "经费.xlsx")
    outcome = fill_form(tmp_path / "经费.xlsx", Results(two.reports[1:]))
    rows = list(openpyxl.load_workbook(outcome.path).active.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(list(Results(two.reports[1:]).rows("汇总表")))
    assert [(row[2], row[3]) for row in rows if row[2]] == [(1_200_000, 120)]
    assert any("没有空行" in note for note in outcome.tables[0].notes)


def test_words_in_cells_are_left_alone(tmp_path: Path, two: Results) -> None:
    for make in (blank.annual_figures, blank.rectification, blank.issue_list):
        form = make(tmp_path / f"{make.__name__}.xlsx")
        if make is blank.rectification:
            book = openpyxl.load_workbook(form)
            book.active["G4"], book.active["G5"] = "整改中", "已完成"
            book.save(form)
        before = [c.value for line in openpyxl.load_workbook(form).active for c in line if isinstance(c.value, str)]
        after = [c.value for line in openpyxl.load_workbook(fill_form(form, two).path).active for c in line]
        assert [words for words in before if words not in after] == (
            ['=COUNTA(D4:D4)&"条"', "=SUM(F4:F4)"] if "issue" in form.name else []
        )


def test_rows_filled_before_stay_and_the_numbers_go_on(tmp_path: Path, two: Results) -> None:
    form = blank.rectification(tmp_path / "整改.xlsx")
    book = openpyxl.load_workbook(form)
    for at, words in enumerate((1, "上年遗留的问题", None, "继续整改"), start=1):
        book.active.cell(row=4, column=at).value = words
    book.save(form)
    sheet = openpyxl.load_workbook(fill_form(form, two).path).active
    assert [sheet.cell(row=n, column=1).value for n in range(4, 7)] == [1, 2, 3]
    assert [sheet["B4"].value, sheet["C4"].value, sheet["D4"].value] == ["上年遗留的问题", None, "继续整改"]
    assert [sheet[f"B{n}"].value for n in (5, 6)] == [row["问题"] for row in two.rows("问题台账")]
    assert sheet["A8"].value == "审核人："


def test_several_tables_of_a_sheet_are_filled_each(tmp_path: Path, two: Results) -> None:
    book = openpyxl.Workbook()
    for words in (
        ["一、问题清单"], ["序号", "问题", "原因"], [None], ["合计"], ["二、工作计划"], ["序号", "工作计划", "时限"], [None], ["合计"],
    ):  # fmt: skip
        book.active.append(words)
    book.save(tmp_path / "两表.xlsx")
    outcome = fill_form(tmp_path / "两表.xlsx", two)
    rows = [[c for c in line if c is not None] for line in openpyxl.load_workbook(outcome.path).active.values]
    issues, plans = list(two.rows("问题台账")), list(two.rows("计划台账"))
    assert [row[:2] for row in rows] == [
        ["一、问题清单"], ["序号", "问题"], *([n, row["问题"]] for n, row in enumerate(issues, start=1)), ["合计"],
        ["二、工作计划"], ["序号", "工作计划"], *([n, row["计划"]] for n, row in enumerate(plans, start=1)), ["合计"],
    ]  # fmt: skip
    assert [table.sheet for table in outcome.tables] == ["问题台账", "计划台账"]


def test_tables_without_a_blank_row(tmp_path: Path, two: Results) -> None:
    head = (
        blank.row(
            blank.cell("序号", merge="restart"), blank.cell("存在问题", merge="restart"), blank.cell("整改", span=2)
        ),
        blank.row(
            blank.cell(merge="continue"), blank.cell(merge="continue"), blank.cell("整改措施"), blank.cell("时限")
        ),
    )
    total = blank.row(blank.cell("合计", span=2), blank.cell(span=2))
    outcome = fill_form(docx(tmp_path / "无空行.docx", blank.table(4, *head, total)), two)
    issues = [row["问题"] for row in two.rows("问题台账")]
    grid = WordForm(outcome.path.read_bytes(), outcome.path).canvases()[0].grid()
    assert [[cell.text for cell in grid.row(n)][:2] for n in (2, 3)] == [["1", issues[0]], ["2", issues[1]]]
    assert [(cell.text, cell.height) for cell in grid.row(0)][:2] == [("序号", 2), ("存在问题", 2)]
    assert next(grid.row(4)).text == "合计"

    book = openpyxl.Workbook()
    for words in (["序号", "存在问题", "整改"], [None, None, "整改措施", "时限"], ["合计"]):
        book.active.append(words)
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:B3"):
        book.active.merge_cells(area)
    book.active.print_area = "A1:D2"
    book.save(tmp_path / "无空行.xlsx")
    sheet = openpyxl.load_workbook(fill_form(tmp_path / "无空行.xlsx", two).path).active
    assert [sheet[f"B{n}"].value for n in (3, 4)] == issues
    assert sheet["A5"].value == "合计"
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:A2", "A5:B5", "B1:B2", "C1:D1"]
    assert sheet.print_area == "'Sheet'!$A$1:$D$4"


def test_rows_that_word_numbers_get_no_second_number(tmp_path: Path, two: Results) -> None:
    numbered = f"<w:tc><w:tcPr/>{p('', level=0)}</w:tc>".replace("<w:r><w:t></w:t></w:r>", "")
    head = blank.row(blank.cell("序号"), blank.cell("问题"))
    form = docx(tmp_path / "自动编号.docx", blank.table(2, head, blank.row(numbered, blank.cell())))
    assert form.read_bytes()
    outcome = fill_form(form, two)
    with zipfile.ZipFile(outcome.path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    rows = list(root.iter(f"{W}tr"))[1:]
    assert len(rows) == 2
    for row, issue in zip(rows, two.rows("问题台账"), strict=True):
        assert row.find(f".//{W}numPr") is not None
        assert "".join(t.text or "" for t in row.iter(f"{W}t")) == issue["问题"]


def test_formulas_of_the_blank_row_are_repeated(tmp_path: Path, two: Results) -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "问题", "应得分", "扣分", "得分"])
    book.active.append(["=ROW()-1", None, 10, None, "=C2-D2"])
    book.active.append(["合计", None, None, None, "=SUM(E2:E2)"])
    book.save(tmp_path / "得分.xlsx")
    sheet = openpyxl.load_workbook(fill_form(tmp_path / "得分.xlsx", two).path).active
    issues = [row["问题"] for row in two.rows("问题台账")]
    assert [[c.value for c in line] for line in sheet["A2:E4"]] == [
        ["=ROW()-1", issues[0], 10, None, "=C2-D2"],
        ["=ROW()-1", issues[1], None, None, "=C3-D3"],
        ["合计", None, None, None, "=SUM(E2:E3)"],
    ]


def test_what_openpyxl_cannot_keep_is_told(tmp_path: Path, two: Results) -> None:
    form = blank.rectification(tmp_path / "整改.xlsx")
    with zipfile.ZipFile(form, "a") as package:
        package.writestr("xl/ctrlProps/ctrlProp1.xml", "<formControlPr/>")
    assert any("控件" in note for note in fill_form(form, two).notes)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("存在问题（限10字）", True),
        ("存在问题（不超过 10 字）", True),
        ("存在问题（10字以内）", True),
        ("存在问题（限800字）", False),
        ("存在问题", False),
    ],
)
def test_a_chapter_longer_than_its_label_allows_is_told(tmp_path: Path, one: Results, label: str, told: bool) -> None:
    path = tmp_path / "表.docx"
    docx(path, blank.table(2, blank.row(blank.cell(label), blank.cell())))
    outcome = fill_form(path, one)
    length = len("\n".join(word_rows(outcome.path)[0][1:]))
    notes = [note for note in outcome.notes if "请删减" in note]
    assert notes == ([f"“{label}”填了 {length} 字，超过表上的 10 字，请删减。"] if told else [])


@pytest.mark.parametrize("first", [1, " 1 ", "①"])  # ① is a digit for Python, but no number
def test_a_table_whose_tasks_are_printed_is_left_alone(tmp_path: Path, two: Results, first: object) -> None:
    book = openpyxl.Workbook()
    for words in (
        ["填报单位：", None],
        ["序号", "工作任务", "完成情况"],
        [first, "建设实训基地", None],
        [2, "修订培养方案", None],
        ["合计"],
    ):
        book.active.append(words)
    book.save(tmp_path / "任务.xlsx")
    with pytest.raises(FormError, match=r"“工作任务”一栏已经印好了内容（“建设实训基地”等）.*不会逐条对到印好的条目上"):
        fill_form(tmp_path / "任务.xlsx", two)
    outcome = fill_form(tmp_path / "任务.xlsx", two, report="青川职业学院")
    sheet = openpyxl.load_workbook(outcome.path).active
    assert [[c.value for c in line] for line in sheet["A2:C5"]] == [
        ["序号", "工作任务", "完成情况"], [first, "建设实训基地", None], [2, "修订培养方案", None], ["合计", None, None],
    ]  # fmt: skip
    assert sheet["B1"].value == "青川职业学院"


def test_text_of_a_report_is_never_a_formula(tmp_path: Path) -> None:
    evil = Results((analyze_text("一、主要工作\n=SUM(A1:A3)，学校组织了培训12次。\n"),))
    assert [str(row["原文"])[:4] for row in evil.rows("措施台账")] == ["=SUM"]
    book = openpyxl.Workbook()
    book.active.append(["序号", "主要做法"])
    book.save(tmp_path / "做法.xlsx")
    cell = openpyxl.load_workbook(fill_form(tmp_path / "做法.xlsx", evil).path).active["B2"]
    assert str(cell.value).startswith("=SUM(A1:A3)，")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_form_is_never_written_onto(tmp_path: Path, one: Results) -> None:
    form = blank.rectification(tmp_path / "整改.xlsx")
    before = form.read_bytes()
    (tmp_path / "别名.xlsx").hardlink_to(form)
    for target in (form, tmp_path / "x" / ".." / "整改.xlsx", tmp_path / "别名.xlsx"):
        with pytest.raises(FormError, match="本身"):
            fill_form(form, one, target)
    with pytest.raises(FormError, match="扩展名"):
        fill_form(form, one, tmp_path / "整改.docx")
    (tmp_path / "占用.xlsx").mkdir()
    with pytest.raises(OutputError, match="同名的文件夹"):
        fill_form(form, one, tmp_path / "占用.xlsx")
    assert form.read_bytes() == before
    assert sorted(f.name for f in tmp_path.iterdir()) == ["别名.xlsx", "占用.xlsx", "整改.xlsx"]


def _bad_forms(folder: Path) -> dict[str, tuple[Path, type[HuizongError], str]]:
    text = folder / "说明.txt"
    text.write_text("不是表单", encoding="utf-8")
    old = folder / "旧.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙", "丙"])
    book.save(folder / "无关.xlsx")
    book.active.append(["序号", "问题", "原因"])
    book.active.protection.sheet = True
    book.active["A1"].protection = Protection(locked=False)
    book.save(folder / "保护.xlsx")
    settings = f'<w:settings xmlns:w="{W[1:-1]}"><w:documentProtection w:edit="forms" w:enforcement="1"/></w:settings>'
    parts: dict[str, str | bytes] = {
        "word/settings.xml": settings,
        "word/_rels/document.xml.rels": relations(("s", "settings", "settings.xml")),
    }
    half = folder / "半截.xlsx"
    half.write_bytes(blank.rectification(folder / "全.xlsx").read_bytes()[:3000])
    hollow = folder / "空壳.xlsx"
    with zipfile.ZipFile(hollow, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    bomb = folder / "实体.docx"
    with zipfile.ZipFile(bomb, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return {
        "missing": (folder / "没有.docx", MissingFile, "没有找到"),
        "text": (text, UnknownFormat, "不是"),
        "old": (old, UnknownFormat, "旧版"),
        "unrelated": (folder / "无关.xlsx", FormError, "没有认得的表格"),
        "no table": (docx(folder / "无表.docx", p("关于报送总结的通知")), FormError, "没有认得的表格"),
        "protected sheet": (folder / "保护.xlsx", FormError, "保护"),
        "protected document": (docx(folder / "保护.docx", p("学校：__"), parts=parts), FormError, "保护"),
        "cut off": (half, UnknownFormat, "不是"),
        "hollow": (hollow, DamagedDocument, "打不开"),
        "entities": (bomb, DamagedDocument, "实体"),
    }


def test_bad_forms_are_told_and_nothing_is_written(tmp_path: Path, one: Results) -> None:
    for name, (form, error, words) in _bad_forms(tmp_path).items():
        with pytest.raises(error, match=words) as told:
            fill_form(form, one)
        assert told.value.advice, name
        assert not filled_name(form).exists()
    assert issubclass(EncryptedDocument, HuizongError)


def test_no_row_for_the_form_is_told(tmp_path: Path, report: Report) -> None:
    nothing = Results(
        (replace(report, items=(), tasks=(), counts=(), links=(), checks=(), particulars=(), derived=(), numbers=()),)
    )
    outcome = fill_form(blank.rectification(tmp_path / "整改.xlsx"), nothing)
    assert any("没有可填的内容" in note for note in outcome.tables[0].notes)
    assert openpyxl.load_workbook(outcome.path).active["B4"].value is None


def test_strict_documents_stay_strict(tmp_path: Path, one: Results) -> None:
    form = blank.summary_record(tmp_path / "登记表.docx")
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    changed = io.BytesIO()
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(W[1:-1].encode(), strict))
    form.write_bytes(changed.getvalue())
    with zipfile.ZipFile(fill_form(form, one).path) as package:
        document = package.read("word/document.xml")
    assert strict in document
    assert W[1:-1].encode() not in document
    assert "临江工程职业学院" in document.decode()


def test_merged_cells_over_the_body_grow(tmp_path: Path, two: Results) -> None:
    tall = [blank.row(blank.cell(merge=m), blank.cell(), blank.cell()) for m in ("restart", "continue")]
    head = blank.row(blank.cell("学校"), blank.cell("问题"), blank.cell("原因"))
    form = docx(tmp_path / "并.docx", blank.table(3, head, *tall))
    outcome = fill_form(form, Results(tuple(two.reports[:1]) * 4))
    grid = WordForm(outcome.path.read_bytes(), outcome.path).canvases()[0].grid()
    first = grid.at(1, 0)
    assert first is not None
    assert (first.height, first.text) == (4, "临江工程职业学院")
    assert any("合并" in note for note in outcome.tables[0].notes)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_filled_forms_open_in_libreoffice(tmp_path: Path, two: Results) -> None:
    made = [
        fill_form(make(tmp_path / f"{make.__name__}.{suffix}"), two).path
        for make, suffix in (
            (blank.paired_support, "docx"), (blank.task_completion, "docx"), (blank.summary_record, "docx"),
            (blank.rectification, "xlsx"), (blank.issue_list, "xlsx"), (blank.annual_figures, "xlsx"),
        )
    ]  # fmt: skip
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path / "pdf"),
        *map(str, made),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    import pdfplumber

    for path in made:
        with pdfplumber.open(tmp_path / "pdf" / f"{path.stem}.pdf") as pages:
            words = "".join(page.extract_text() or "" for page in pages.pages).replace("\n", "")
        assert ("尚未共享" if path.suffix == ".xlsx" and "annual" not in path.name else "95.2") in words, path.name
