"""A report whose words were mended: decisions about them are told with where they probably belong now, and moved when asked to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from edited_workbook import SECOND, edit, opened, report_named, store, table, two_reports
from huizong.corrections.locate import Lost, locate
from huizong.errors import WorkbookError
from huizong.export.workbook import FILE_NAME
from huizong.readback import apply_workbook, follow_offers
from huizong.records import Unsettled
from huizong.store import StoredReports

TELLING = ("具体任务", "问题", "原文数")  # columns that tell rows apart
WHEN = "2026-03-04T09:00:00+08:00"
MENDED = SECOND.replace("教师发展规划》", "教师队伍发展规划》").replace("实训设备更新较慢", "实训设备的更新较慢")
NUMBER_IN_MENDED = SECOND.replace("学校组织教师参加培训36人次", "学校组织专任教师参加培训36人次")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("made"), two_reports())


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def decide(out: Path, sheet: str, words: str, column: str, value: Any) -> None:
    """Takes one change of the row that has these words."""

    def change(sheets: dict[str, Any]) -> None:
        rows = [row for row in sheets[sheet].rows if any(words in str(row.get(c)) for c in TELLING)]
        assert len(rows) == 1, [row.values() for row in rows]
        rows[0][column] = value

    apply_workbook(edit(out, out.parent / "改.xlsx", change), out, by="张三", when=WHEN)


def read_again(out: Path, text: str) -> Unsettled:
    """The report in its mended wording; what could not be followed."""
    store(out, [two_reports()[0], report_named("青石_2022.txt", text)])
    (lost,) = StoredReports(out).corrections().unsettled
    return lost


@pytest.mark.parametrize(
    ("sheet", "words", "column", "value", "text", "nearly"),
    [
        ("汇总表", "教师发展规划", "状态", "进行中", MENDED, "教师队伍发展规划"),
        ("问题台账", "实训设备更新", "领域", "党建与思政", MENDED, "实训设备的更新较慢"),
        ("指标台账", "36人次", "数值", 63, NUMBER_IN_MENDED, "专任教师参加培训36人次"),
    ],
)
def test_a_mended_sentence_is_offered_and_taken_when_told_to(
    out: Path, sheet: str, words: str, column: str, value: object, text: str, nearly: str
) -> None:
    decide(out, sheet, words, column, value)
    lost = read_again(out, text)
    assert "最像的是第 1 页" in lost.reason
    assert not [row for row in table(out, sheet).values() if row["人工修改"]]  # nothing is taken by itself
    (moved,) = follow_offers((lost.decision.number,), out, by="李四", when=WHEN)
    assert (moved.after, moved.by, moved.number) == (value, "李四", lost.decision.number + 1)
    told = StoredReports(out).corrections()
    assert (told.unsettled, len(told.followed)) == ((), 1)
    (row,) = [row for row in table(out, sheet).values() if row["人工修改"]]
    assert row[column] == value
    assert any(nearly in str(cell) for cell in row.values())


def test_a_statement_named_by_a_link_is_moved_as_well(out: Path) -> None:
    plan = next(row["编号"] for row in opened(out / FILE_NAME)["计划台账"].rows if "企业实践20人次" in row["计划"])
    decide(out, "问题台账", "实训设备更新", "对应计划", plan)
    lost = read_again(out, SECOND.replace("选派教师到企业实践", "选派骨干教师到企业实践"))
    (moved,) = follow_offers((lost.decision.number,), out, by="李四", when=WHEN)
    assert moved.anchor == lost.decision.anchor
    assert "骨干教师" in moved.refs[0].quote
    (row,) = [row for row in table(out, "问题台账").values() if row["人工修改"]]
    assert row["对应计划"] == plan


def test_two_that_are_alike_and_none_that_is_are_not_offered(out: Path) -> None:
    decide(out, "汇总表", "校内实训室", "状态", "进行中")
    twice = SECOND.replace("建成校内实训室4间。", "建成校内的实训室4间。建成校内大实训室4间。")
    lost = read_again(out, twice)
    assert "找不到原来的话" in lost.reason
    assert lost.offered is None
    lost = read_again(out, SECOND.replace("建成校内实训室4间。", "图书馆全年开放。"))
    assert (lost.offered, "最像" in lost.reason) == (None, False)
    with pytest.raises(WorkbookError, match="没有找到像的话"):
        follow_offers((lost.decision.number,), out, by="李四", when=WHEN)
    with pytest.raises(WorkbookError, match="第 9 条不在没有落实的"):
        follow_offers((9,), out, by="李四", when=WHEN)
    assert len((out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_another_number_in_the_mended_sentence_is_told_but_not_offered(out: Path) -> None:
    decide(out, "指标台账", "36人次", "数值", 63)
    lost = read_again(out, SECOND.replace("教师参加培训36人次", "教师参加培训63人次"))
    assert "63人次" in lost.reason
    assert lost.offered is None


def test_what_is_offered_is_what_is_found_there(out: Path) -> None:
    decide(out, "汇总表", "教师发展规划", "状态", "进行中")
    lost = read_again(out, MENDED)
    assert lost.offered is not None
    assert not isinstance(locate(lost.offered.anchor, StoredReports(out)[1]), Lost)
