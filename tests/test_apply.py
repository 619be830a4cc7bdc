"""What people change in the workbook comes home: read back, kept, followed by every later run, and told when it cannot be."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from compound_by_hand import compound
from edited_workbook import (
    MORE,
    SECOND,
    Sheet,
    changed_reports,
    edit,
    opened,
    report_named,
    saved,
    store,
    table,
    two_reports,
)
from huizong.errors import DamagedDocument, EncryptedDocument, MissingFile, UnknownFormat, WorkbookError
from huizong.export.workbook import FILE_NAME, write_workbook
from huizong.readback import Outcome, apply_workbook, undo_decisions
from huizong.records import Act, Area, Kind
from huizong.store import StoredReports
from huizong.tables import Results
from huizong.tables.columns import KEY
from huizong.tables.layouts import read_layout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("made"), two_reports())


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def take(out: Path, path: Path, by: str = "张三", **more: Any) -> Outcome:
    return apply_workbook(path, out, by=by, when="2026-03-04T09:00:00+08:00", **more)


def cell(sheets: dict[str, Sheet], name: str, at: int, column: str, value: Any) -> str:
    """Sets a cell in the row `at` of a sheet; the row's key."""
    sheets[name].rows[at][column] = value
    return str(sheets[name].rows[at][KEY])


def edited(out: Path, name: str, at: int, column: str, value: Any) -> str:
    """The key of the row that was changed in 改.xlsx beside `out`."""
    keys: list[str] = []
    edit(out, out.parent / "改.xlsx", lambda sheets: keys.append(cell(sheets, name, at, column, value)))
    return keys[0]


def test_a_workbook_nobody_changed_gives_nothing(out: Path) -> None:
    for path in (out / FILE_NAME, edit(out, out.parent / "copy.xlsx", lambda sheets: None)):
        outcome = take(out, path)
        assert (outcome.decisions, outcome.notes, outcome.contradictions) == ((), (), ())
    assert not (out / "decisions.jsonl").exists()


def test_a_dry_run_tells_and_takes_nothing(out: Path) -> None:
    key = edited(out, "汇总表", 0, "状态", "进行中")
    outcome = take(out, out.parent / "改.xlsx", dry_run=True)
    (line,) = outcome.lines()
    assert "状态" in line
    assert "→ “进行中”" in line
    assert not (out / "decisions.jsonl").exists()
    assert table(out, "汇总表")[key]["状态"] != "进行中"


def test_a_change_is_kept_with_who_and_when_and_marks_its_row(out: Path) -> None:
    key = edited(out, "汇总表", 0, "状态", "进行中")
    take(out, out.parent / "改.xlsx")
    row = table(out, "汇总表")[key]
    assert (row["状态"], row["可信度"], row["需核"]) == ("进行中", 1.0, None)
    assert row["人工修改"] == "张三 2026-03-04 改状态"
    (line,) = (out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["by"], entry["when"][:10], entry["column"], entry["source"]) == (
        "张三",
        "2026-03-04",
        "状态",
        "改.xlsx",
    )
    text = next(r.text for r in StoredReports(out) if r.source.sha256 == entry["anchor"]["sha256"])
    assert text[entry["anchor"]["start"] : entry["anchor"]["end"]] == entry["anchor"]["quote"]


def test_taken_once_and_not_again_from_the_new_workbook(out: Path) -> None:
    edited(out, "汇总表", 0, "状态", "进行中")
    take(out, out.parent / "改.xlsx")
    again = take(out, out.parent / "改.xlsx")
    assert (len(again.decisions), again.known) == (0, 1)
    write_workbook(Results(StoredReports(out)), out / FILE_NAME, [])
    assert take(out, out / FILE_NAME).decisions == ()


def test_corrections_reach_the_report_and_so_everything_behind_it(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        counts = sheets["指标台账"]
        at = next(n for n, row in enumerate(counts.rows) if row["原文数"] == "12人次")
        cell(sheets, "指标台账", at, "数值", 21)
        cell(sheets, "指标台账", at, "级别", "省级")
        cell(sheets, "指标台账", at + 1, "时间口径", "2021年")
        cell(sheets, "措施台账", 0, "领域", "党建与思政")

    take(out, edit(out, out.parent / "改.xlsx", change))
    report = StoredReports(out)[0]
    count = next(c for c in report.counts if c.quote == "12人次")
    assert (count.value, count.lower, count.upper, str(count.level), count.confidence) == (21, 21, 21, "省", 1)
    assert "21人次" in str([row["量化成效"] for row in table(out, "汇总表").values()])
    item = report.of_kind(Kind.MEASURE, Kind.ACHIEVEMENT)[0]
    assert (item.area, item.reason) == (Area.PARTY, "人工")
    assert all(task.area is Area.PARTY for task in report.tasks if task.item == item.id)


def test_a_sentence_of_another_kind_moves_to_its_ledger_and_its_tasks_go_along(out: Path) -> None:
    key = edited(out, "措施台账", 1, "类别", "问题")
    tasks = {t.id for t in StoredReports(out)[0].tasks if t.item == key}
    assert tasks
    take(out, out.parent / "改.xlsx")
    assert key not in table(out, "措施台账")
    assert table(out, "问题台账")[key]["依据"] == "人工"
    assert not tasks & set(table(out, "汇总表"))
    write_workbook(Results(StoredReports(out)), out / FILE_NAME, [])
    at = next(n for n, row in enumerate(opened(out / FILE_NAME)["问题台账"].rows) if row[KEY] == key)
    edited(out, "问题台账", at, "类别", "措施")
    take(out, out.parent / "改.xlsx")
    assert tasks <= set(table(out, "汇总表"))


def test_a_statement_not_in_any_ledger_is_added_by_its_words(out: Path) -> None:
    background = next(i for i in StoredReports(out)[1].items if i.kind is not Kind.PLAN)
    words = background.text
    before = {s: len(table(out, s)) for s in ("计划台账", "措施台账", "问题台账")}
    take(
        out,
        edit(
            out,
            out.parent / "改.xlsx",
            lambda s: s["计划台账"].rows.append({"计划": words, "学校": None, "年度": "2022"}),
        ),
    )
    assert table(out, "计划台账")[background.id]["计划"] == words
    assert len(table(out, "计划台账")) == before["计划台账"] + 1


def test_rows_taken_out_stay_out(out: Path) -> None:
    gone: dict[str, str] = {}

    def change(sheets: dict[str, Sheet]) -> None:
        for name in ("汇总表", "措施台账", "指标台账", "问题台账", "计划台账", "校核提示"):
            gone[name] = str(sheets[name].rows.pop(0)[KEY])

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert [d.act for d in outcome.decisions] == [Act.DELETE] * len(gone)
    store(out, two_reports())  # a run again
    for name, key in gone.items():
        assert key not in table(out, name)
    assert next(row["序号"] for row in table(out, "汇总表").values()) == 1


def test_a_link_that_people_dismiss_is_gone_and_one_that_they_make_is_there(out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    issues = [row for row in sheets["问题台账"].rows if not row["对应计划"]]
    plan = sheets["计划台账"].rows[0]
    assert issues
    school = next(row for row in issues if row["学校"] == plan["学校"])
    school["对应计划"] = plan["编号"]
    take(out, saved(sheets.values(), out.parent / "改.xlsx"))
    assert table(out, "问题台账")[school[KEY]]["对应计划"] == plan["编号"]
    pair = next(
        row for row in table(out, "问题—计划对照").values() if row["问题编号"] == school["编号"] and row["计划编号"]
    )
    assert (pair["情况"], pair["依据"]) == ("有对应计划", "人工")
    write_workbook(Results(StoredReports(out)), out / FILE_NAME, [])
    sheets = opened(out / FILE_NAME)
    sheets["问题—计划对照"].rows.remove(sheets["问题—计划对照"].row(str(pair[KEY])))
    take(out, saved(sheets.values(), out.parent / "再改.xlsx"))
    assert table(out, "问题台账")[school[KEY]]["对应计划"] is None


def test_checks_are_made_anew_from_what_people_put_right(out: Path) -> None:
    def rules() -> list[tuple[object, object]]:
        return [(row["文件"], row["规则"]) for row in table(out, "校核提示").values()]

    def change(sheets: dict[str, Sheet]) -> None:
        issue = next(row for row in sheets["问题台账"].rows if not row["对应计划"])
        plan = next(row for row in sheets["计划台账"].rows if row["学校"] == issue["学校"])
        issue["对应计划"] = plan["编号"]

    before = rules()
    take(out, edit(out, out.parent / "改.xlsx", change))
    answered = ("临江_2022.txt", "问题无对应计划（issue_without_plan）")
    assert answered in before
    assert rules() == [row for row in before if row != answered]


def test_an_added_task_is_grounded_where_its_words_stand_and_marked_where_they_do_not(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        rows = sheets["汇总表"].rows
        rows.append(
            {"具体任务": "建成实训室", "证据(页·原文)": "第1页：建成校内实训室4间", "状态": "已完成", "年度": "2022"}
        )
        rows.append({"具体任务": "报告没写的一件事", "状态": "进行中", "年度": "2022"})

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert "原文里没有找到" in outcome.lines()[1]
    rows = [row for row in table(out, "汇总表").values() if "补充" in str(row["人工修改"])]
    assert [(row["具体任务"], row["人工修改"]) for row in rows] == [
        ("建成实训室", "张三 2026-03-04 补充"),
        ("报告没写的一件事", "张三 2026-03-04 补充（原文未见）"),
    ]
    report = StoredReports(out)[1]
    task = next(t for t in report.tasks if t.brief == "建成实训室")
    assert task.span.of(report.text) == "建成校内实训室4间"
    assert task.counts  # the 4间 belongs to it
    store(out, two_reports())
    assert {row[KEY] for row in rows} <= set(table(out, "汇总表"))
    at = next(
        n for n, row in enumerate(opened(out / FILE_NAME)["汇总表"].rows) if row["具体任务"] == "报告没写的一件事"
    )
    key = edited(out, "汇总表", at, "状态", "已完成")
    take(out, out.parent / "改.xlsx")
    assert table(out, "汇总表")[key]["状态"] == "已完成"


def test_a_row_copied_to_split_a_task_becomes_a_task_of_its_own(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        first = sheets["汇总表"].rows[0]
        sheets["汇总表"].rows.insert(1, first | {"具体任务": "拆出来的另一半"})

    before = len(table(out, "汇总表"))
    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert [d.act for d in outcome.decisions] == [Act.ADD]
    assert len(table(out, "汇总表")) == before + 1


def test_an_added_count_stands_on_its_words(out: Path) -> None:
    words = "制订了《青石水利职业学院教师发展规划》。"
    row = {
        "原文数": "《青石水利职业学院教师发展规划》",
        "数值": 1,
        "单位": "项",
        "对象": "规划",
        "原文": words,
        "年度": "2022",
    }
    take(out, edit(out, out.parent / "改.xlsx", lambda s: s["指标台账"].rows.append(row)))
    report = StoredReports(out)[1]
    count = next(c for c in report.counts if c.object == "规划")
    assert count.span.of(report.text) == row["原文数"]
    assert (count.value, count.unit, report.item_by_id[count.item or ""].text) == (1, "项", words)


def test_school_and_year_of_all_rows_are_said_of_the_report(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        for row in sheets["汇总表"].rows:
            if row["学校"] == "临江工程职业学院":
                row["学校"] = "临江工程职业大学"

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert len(outcome.decisions) == 1
    assert "整份报告" in outcome.lines()[0]
    assert {r["学校"] for r in table(out, "指标台账").values()} == {"临江工程职业大学", "青石水利职业学院"}


def test_review_taken_away_confirms_the_row(out: Path) -> None:
    first, second = two_reports()
    doubted = replace(first, items=tuple(replace(item, confidence=0.3) for item in first.items))
    store(out, [doubted, second])
    key = edited(out, "措施台账", 0, "需核", None)
    assert table(out, "措施台账")[key]["需核"] == "是"
    (decision,) = take(out, out.parent / "改.xlsx").decisions
    assert decision.act is Act.CONFIRM
    row = table(out, "措施台账")[key]
    assert (row["需核"], row["可信度"], row["人工修改"]) == (None, 1.0, "张三 2026-03-04 核过")


def test_a_row_marked_for_review_is_no_correction(out: Path) -> None:
    before = table(out, "措施台账")
    key = edited(out, "措施台账", 0, "需核", "是")
    take(out, out.parent / "改.xlsx")
    assert table(out, "措施台账") == before | {key: before[key] | {"需核": "是"}}


def test_a_note_alone_changes_nothing_else(out: Path) -> None:
    before = table(out, "措施台账")
    key = edited(out, "措施台账", 0, "人工修改", "请教务处确认")
    take(out, out.parent / "改.xlsx")
    assert table(out, "措施台账") == before | {key: before[key] | {"人工修改": "请教务处确认"}}


def test_what_the_program_fills_in_is_told_and_not_taken(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        for number, row in enumerate(reversed(sheets["汇总表"].rows), start=1):
            row["序号"] = number

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert outcome.decisions == ()
    assert "“序号”由程序填写" in outcome.notes[0]


def test_a_column_that_is_gone_or_new_is_told(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        sheet = sheets["措施台账"]
        at = sheet.fields.index("所在标题")
        del sheet.fields[at], sheet.headings[at]
        sheet.fields.append("我的栏")
        sheet.headings.append("我的栏")
        sheet.rows[0]["我的栏"] = "甲"

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert outcome.decisions == ()
    told = "\n".join(outcome.notes)
    assert "没有“所在标题”栏" in told
    assert "不认识“我的栏”" in told


def test_a_renamed_empty_column_is_known_by_its_neighbours(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        sheet = sheets["措施台账"]
        sheet.headings[sheet.fields.index("人工修改")] = "备注"
        sheet.rows[2]["人工修改"] = "看过了"

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert [(d.column, d.after) for d in outcome.decisions] == [("人工修改", "看过了")]
    assert any("“备注”" in note for note in outcome.notes)


MINE = """
[[sheets]]
table = "措施台账"
name = "做了什么"
columns = [{ field = "原文", name = "话" }, { field = "领域", name = "哪一块" }, { field = "人工修改", name = "备注" }]
[[sheets]]
table = "汇总表"
"""


@pytest.mark.parametrize("rows", ["task", "project"])
def test_columns_of_a_layout_of_ones_own_are_known_by_their_fields(out: Path, rows: str) -> None:
    (out.parent / "我的.toml").write_text(MINE, encoding="utf-8")
    layout = read_layout(str(out.parent / "我的.toml"), rows)
    write_workbook(Results(StoredReports(out), layout=layout), out / FILE_NAME, [])
    sheets = opened(out / FILE_NAME)
    key = cell(sheets, "做了什么", 0, "哪一块", "党建与思政")
    cell(sheets, "汇总表", 0, "状态", "滞后/未开展")
    outcome = take(out, saved(sheets.values(), out.parent / "改.xlsx"))
    wanted = {("措施台账", "领域")} | ({("汇总表", "状态")} if rows == "task" else set())
    assert {(d.table, d.column) for d in outcome.decisions} == wanted
    assert table(out, "措施台账")[key]["领域"] == "党建与思政"
    assert any("一行不止一项任务" in note for note in outcome.notes) == (rows == "project")


def test_a_report_left_out_of_the_copy_is_no_deletion(out: Path) -> None:
    def change(sheets: dict[str, Sheet]) -> None:
        sheets["措施台账"].rows = [row for row in sheets["措施台账"].rows if row["学校"] == "临江工程职业学院"]
        del sheets["数字核对"], sheets["指标台账"]

    outcome = take(out, edit(out, out.parent / "改.xlsx", change))
    assert outcome.decisions == ()
    told = "\n".join(outcome.notes)
    assert "不算删除" in told
    assert "没有“指标台账”这张表" in told
    meant = take(out, out.parent / "改.xlsx", dry_run=True, whole_reports=True)
    assert {d.act for d in meant.decisions} == {Act.DELETE}


def test_a_date_that_the_spreadsheet_made_of_words_is_words_again(out: Path) -> None:
    path = edit(out, out.parent / "改.xlsx", lambda s: None)
    book = openpyxl.load_workbook(path)
    page = book["汇总表"]
    column = next(c.column for c in page[1] if c.value == "时间")
    for row, (moment, form) in enumerate(
        (
            (datetime.datetime(2022, 5, 20), 'yyyy"年"m"月"d"日"'),
            (datetime.datetime(2022, 5, 1), 'yyyy"年"m"月";@'),
        ),
        start=2,
    ):
        page.cell(row, column).value = moment
        page.cell(row, column).number_format = form
    book.save(path)
    told = [d.after for d in take(out, path, dry_run=True).decisions]
    assert told[-1] == "2022年5月"
    assert set(told) <= {"2022年5月20日", "2022年5月"}


def test_formulas_count_by_their_result_and_never_as_text(out: Path) -> None:
    path = edit(out, out.parent / "改.xlsx", lambda s: None)
    book = openpyxl.load_workbook(path)
    page = book["汇总表"]
    column = next(c.column for c in page[1] if c.value == "具体任务")
    page.cell(2, column).value = '=HYPERLINK("http://example.com","x")'
    book.save(path)
    outcome = take(out, path)
    assert outcome.decisions == ()
    assert any("是公式" in note for note in outcome.notes)


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "=1+1\n第二行"])
def test_words_like_formulas_stay_words(out: Path, words: str) -> None:
    key = edited(out, "汇总表", 0, "具体任务", words)
    take(out, out.parent / "改.xlsx")
    write_workbook(Results(StoredReports(out)), out / FILE_NAME, [])
    page = openpyxl.load_workbook(out / FILE_NAME)["汇总表"]
    found = [c for line in page.iter_rows() for c in line if c.value == words]
    assert found
    assert all(c.data_type == "s" for c in found)
    assert table(out, "汇总表")[key]["具体任务"] == words


def test_what_a_person_says_came_of_it_stands_in_every_layout(out: Path) -> None:
    key = edited(out, "汇总表", 0, "量化成效", "方案 9份")
    take(out, out.parent / "改.xlsx")
    row = table(out, "汇总表")[key]
    assert (row["量化成效"], row["量化成效(指标)"]) == ("方案 9份", "方案 9份")


def test_merged_cells_say_the_same_in_all_their_rows(out: Path) -> None:
    path = edit(out, out.parent / "改.xlsx", lambda s: None)
    book = openpyxl.load_workbook(path)
    book["措施台账"].merge_cells("B2:B4")  # 学校 over three rows of one school
    book.save(path)
    assert take(out, path).decisions == ()


def test_two_people_who_say_different_things_are_told(out: Path) -> None:
    edited(out, "汇总表", 0, "状态", "进行中")
    shutil.copy(out.parent / "改.xlsx", out.parent / "甲.xlsx")
    key = edited(out, "汇总表", 0, "状态", "滞后/未开展")
    take(out, out.parent / "甲.xlsx", by="甲")
    outcome = take(out, out.parent / "改.xlsx", by="乙")
    (told,) = outcome.contradictions
    assert "甲" in told
    assert "“进行中”" in told
    assert table(out, "汇总表")[key]["状态"] == "滞后/未开展"
    undo_decisions((outcome.decisions[0].number,), out, by="甲", when="2026-03-05T09:00:00+08:00")
    assert table(out, "汇总表")[key]["状态"] == "进行中"


def test_what_was_put_back_in_the_same_copy_is_told_for_it_still_stands(out: Path) -> None:
    edited(out, "汇总表", 0, "状态", "进行中")
    take(out, out.parent / "改.xlsx")
    store_again = opened(out.parent / "改.xlsx")
    row = store_again["汇总表"].rows[0]
    row["状态"] = next(t.state for t in two_reports()[0].tasks if t.id == row[KEY])
    outcome = take(out, saved(store_again.values(), out.parent / "改.xlsx"))
    assert outcome.decisions == ()
    assert "--undo 1" in outcome.notes[0]


def test_decisions_are_undone_and_only_once(out: Path) -> None:
    key = edited(out, "汇总表", 0, "状态", "进行中")
    before = table(out, "汇总表")[key]
    take(out, out.parent / "改.xlsx")
    undo_decisions((1,), out, by="张三", when="2026-03-05T09:00:00+08:00")
    assert table(out, "汇总表")[key] == before
    assert (
        len((out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    )  # nothing is taken out of the journal
    with pytest.raises(WorkbookError, match="第 1 条"):
        undo_decisions((1,), out, by="张三", when="2026-03-05T09:00:00+08:00")


def test_a_changed_report_keeps_what_was_decided_about_the_words_that_are_left(out: Path) -> None:
    first = edited(out, "汇总表", 0, "状态", "进行中")
    quote = next(t.span.of(r.text) for r in two_reports() for t in r.tasks if t.id == first)
    take(out, out.parent / "改.xlsx")
    store(out, changed_reports())
    told = StoredReports(out).corrections()
    assert (len(told.carried), told.unsettled) == (1, ())
    row = next(row for row in table(out, "汇总表").values() if row["人工修改"])
    assert row["状态"] == "进行中"
    assert quote in str(row["证据(页·原文)"])


def test_an_old_copy_applied_after_the_report_changed(out: Path) -> None:
    edited(out, "计划台账", 0, "责任", "校长办公室")
    store(out, changed_reports())
    outcome = take(out, out.parent / "改.xlsx")
    assert len(outcome.carried) == 1
    assert next(row["责任"] for row in table(out, "计划台账").values()) == "校长办公室"


def test_a_decision_about_words_that_are_gone_is_told_and_kept(out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    at = next(n for n, row in enumerate(sheets["措施台账"].rows) if "引进博士" in row["原文"])
    edited(out, "措施台账", at, "领域", "党建与思政")
    take(out, out.parent / "改.xlsx")
    shorter = report_named("青石_2022.txt", SECOND.replace("，引进博士3名", ""))
    store(out, [two_reports()[0], shorter])
    (lost,) = StoredReports(out).corrections().unsettled
    assert "找不到原来的话" in lost.reason
    store(out, two_reports())  # and it is followed again when the words are back
    assert StoredReports(out).corrections().unsettled == ()


def test_words_that_stand_in_two_places_are_not_guessed(out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    at = next(n for n, row in enumerate(sheets["措施台账"].rows) if "实训室4间" in row["原文"])
    edited(out, "措施台账", at, "领域", "党建与思政")
    take(out, out.parent / "改.xlsx")
    sentence = "建成校内实训室4间。"
    doubled = report_named("青石_2022.txt", SECOND.replace(sentence, sentence + MORE.strip() + sentence))
    store(out, [two_reports()[0], doubled])
    (lost,) = StoredReports(out).corrections().unsettled
    assert "2 处" in lost.reason


def test_a_report_that_is_gone_keeps_its_decisions_for_when_it_is_back(out: Path) -> None:
    edited(out, "汇总表", 0, "状态", "进行中")
    take(out, out.parent / "改.xlsx")
    store(out, two_reports()[1:])
    (lost,) = StoredReports(out).corrections().unsettled
    assert "没有报告“临江_2022.txt”" in lost.reason


def test_two_copies_of_one_file_follow_the_same_decision(out: Path) -> None:
    first = two_reports()[0]
    copy = report_named("副本.txt", first.text)
    store(out, [copy, report_named("再一份.txt", first.text)])
    key = edited(out, "汇总表", 0, "状态", "滞后/未开展")
    outcome = take(out, out.parent / "改.xlsx")
    assert len(outcome.decisions) == 1
    rows = [row for row in Results(StoredReports(out)).rows("汇总表") if row[KEY] == key]
    assert [row["状态"] for row in rows] == ["滞后/未开展"] * 2


def _text_file(path: Path, out: Path) -> None:
    path.write_text("不是工作簿", encoding="utf-8")


def _empty_file(path: Path, out: Path) -> None:
    path.write_bytes(b"")


def _other_workbook(path: Path, out: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"
    book.save(path)


def _truncated(path: Path, out: Path) -> None:
    path.write_bytes((out / FILE_NAME).read_bytes()[:4000])


def _only_the_table(path: Path, out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    saved([sheets["汇总表"]], path)


def _without_keys(path: Path, out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    for sheet in sheets.values():
        if KEY in sheet.fields:
            at = sheet.fields.index(KEY)
            del sheet.fields[at], sheet.headings[at]
    saved(sheets.values(), path)


def _spoilt_original(path: Path, out: Path) -> None:
    sheets = opened(out / FILE_NAME)
    (name,) = sheets["底稿"].fields
    sheets["底稿"].rows[0][name] = str(sheets["底稿"].rows[0][name])[:-40]
    saved(sheets.values(), path)


def _other_reports(path: Path, out: Path) -> None:
    other = store(out.parent / "other", [report_named("别的学校.txt", SECOND.replace("青石", "白云"))])
    shutil.copy(other / FILE_NAME, path)


@pytest.mark.parametrize(
    ("spoil", "error", "told"),
    [
        (_text_file, UnknownFormat, "不是 Excel 工作簿"),
        (_empty_file, DamagedDocument, "空文件"),
        (_other_workbook, WorkbookError, "不是 huizong 写出的"),
        (_truncated, UnknownFormat, "不是 Excel 工作簿"),
        (_only_the_table, WorkbookError, "底稿"),
        (_without_keys, WorkbookError, "没有一张认得的表"),
        (_spoilt_original, WorkbookError, "内容不全"),
        (_other_reports, WorkbookError, "另一批报告"),
    ],
)
def test_a_workbook_that_will_not_do_is_told_and_nothing_is_written(
    out: Path, spoil: Any, error: type[Exception], told: str
) -> None:
    path = out.parent / "改.xlsx"
    spoil(path, out)
    with pytest.raises(error, match=told):
        take(out, path)
    assert not (out / "decisions.jsonl").exists()


def test_no_file_an_old_one_and_a_locked_one_are_told(out: Path) -> None:
    with pytest.raises(MissingFile, match="没有"):
        take(out, out.parent / "没有.xlsx")
    path = out.parent / "旧.xls"
    path.write_bytes(compound(Workbook=b"x" * 5000))
    with pytest.raises(UnknownFormat, match="旧版"):
        take(out, path)
    path.write_bytes(compound(EncryptedPackage=b"x" * 5000))
    with pytest.raises(EncryptedDocument, match="密码"):
        take(out, path)


def test_a_spoilt_journal_is_told_with_what_to_do(out: Path) -> None:
    (out / "decisions.jsonl").write_text('{"schema": 1, "number": "x"}\n', encoding="utf-8")
    with pytest.raises(DamagedDocument, match="备份"):
        StoredReports(out)
    (out / "decisions.jsonl").write_text('{"schema": 99}\n', encoding="utf-8")
    with pytest.raises(DamagedDocument, match="格式号是 99"):
        StoredReports(out)
