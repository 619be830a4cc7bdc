"""Fifty random edits, sorted, rearranged, renamed, then a run on changed input: nothing lost, nothing taken that was not changed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edited_workbook import EDITED, Sheet, changed_reports, opened, saved, store, table, two_reports
from huizong.export.workbook import FILE_NAME
from huizong.readback import apply_workbook
from huizong.readback.changes import COMPUTED
from huizong.readback.values import same
from huizong.records import Act
from huizong.report import Report
from huizong.store import StoredReports
from huizong.tables.columns import KEY
from huizong.tables.layouts import default_layout

_WORDS = (
    "新的说法", "=1+1", "=cmd|' /C calc'!A0", "+86", "@名", "两行\n文字", "12", "已完成", "省级", "党建与思政", "计划", "增加", "2021年",
    "是", "P01", "教务处、学工处", "-", "0", "<b>&amp;</b>", "_x0041_", "很长" * 40, " 前后有空 ", "𠮷", None, 7, 3.25, 0,
)  # fmt: skip
_FIELDS = {(sheet.table, column.name): column.field for sheet in default_layout().sheets for column in sheet.columns}
_RENAMED = {"汇总表": "证据(页·原文)", "措施台账": "原文", "指标台账": "原文", "问题台账": "问题", "计划台账": "计划"}
_STAND_ALONE = ("状态", "领域", "人工修改", "具体任务", "时限", "级别", "对象")
"""Columns whose cell is the person's own word whatever else they change."""


@dataclass(frozen=True)
class Made:
    """A folder of results, and the reports of a later run."""

    out: Path
    later: Sequence[Report]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(store(tmp_path_factory.mktemp("made"), two_reports()), changed_reports())


@dataclass(frozen=True)
class Expected:
    """What the edits amount to, reckoned from the edits alone."""

    cells: dict[tuple[str, str, str], Any]
    deleted: set[tuple[str, str]]
    added: int


def _edited(data: st.DataObject, sheets: dict[str, Sheet], edits: int) -> Expected:
    """Makes the edits in `sheets`; what they amount to."""
    before = {(name, row[KEY]): dict(row) for name in EDITED for row in sheets[name].rows}
    cells: dict[tuple[str, str, str], Any] = {}
    deleted: set[tuple[str, str]] = set()
    added = 0
    for _ in range(edits):
        name = data.draw(st.sampled_from(EDITED))
        sheet = sheets[name]
        kind = data.draw(st.sampled_from(("cell",) * 8 + ("delete", "add")))
        kept = [row for row in sheet.rows if row.get(KEY)]
        if kind == "cell" and kept:
            row = data.draw(st.sampled_from(kept))
            columns = [c for c in sheet.fields if c not in COMPUTED and c not in ("学校", "年度", _RENAMED.get(name))]
            column = data.draw(st.sampled_from(columns))
            row[column] = cells[name, row[KEY], column] = data.draw(st.sampled_from(_WORDS))
        elif kind == "delete" and kept:
            row = data.draw(st.sampled_from(kept))
            left = Counter(r["学校"] for r in kept)
            if left[row["学校"]] > 1:  # the last row of a report makes it a report that was left out
                sheet.rows.remove(row)
                deleted.add((name, row[KEY]))
        elif kind == "add" and name == "汇总表":
            added += 1
            sheet.rows.append(
                {"具体任务": f"补充的第{added}件事", "状态": "已完成", "学校": before[name, kept[0][KEY]]["学校"]}
            )
    changed = {
        (name, key, _FIELDS[name, column]): value
        for (name, key, column), value in cells.items()
        if (name, key) not in deleted and not same(before[name, key][column], value)
    }
    return Expected(changed, deleted, added)


def _rearranged(data: st.DataObject, sheets: dict[str, Sheet]) -> list[Sheet]:
    """Sorted, columns moved and renamed, titles put above, sheets renamed and moved."""
    for name in EDITED:
        sheet = sheets[name]
        if data.draw(st.booleans()):
            sheet.rows = data.draw(st.permutations(sheet.rows))
        if data.draw(st.booleans()):
            sheet.fields = data.draw(st.permutations(sheet.fields))
            sheet.headings = list(sheet.fields)
        if name in _RENAMED and data.draw(st.booleans()):
            sheet.headings[sheet.fields.index(_RENAMED[name])] = "改了名的栏"
        if data.draw(st.booleans()):
            sheet.above = ["2022年情况表", "（内部资料）"]
        if data.draw(st.booleans()):
            sheet.name = f"{name}（张三改）"
    return data.draw(st.permutations(list(sheets.values())))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data(), edits=st.integers(1, 50))
def test_nothing_is_lost_and_nothing_taken_that_was_not_changed(
    made: Made, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, edits: int
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    out = Path(shutil.copytree(made.out, folder / "out"))
    sheets = opened(out / FILE_NAME)
    expected = _edited(data, sheets, edits)
    path = saved(_rearranged(data, sheets), folder / "改.xlsx")

    outcome = apply_workbook(path, out, by="张三", when="2026-03-04T09:00:00+08:00")

    decisions = outcome.decisions
    cells = {(d.table, d.anchor.id, d.column): d.after for d in decisions if d.act in (Act.CHANGE, Act.CONFIRM)}
    assert cells.keys() == expected.cells.keys()
    assert all(same(value, expected.cells[place]) for place, value in cells.items())
    assert {(d.table, d.anchor.id) for d in decisions if d.act is Act.DELETE} == expected.deleted
    assert sum(d.act is Act.ADD for d in decisions) == expected.added
    _holds(out, expected, len(decisions))
    assert apply_workbook(path, out, by="张三", when="2026-03-04T10:00:00+08:00").decisions == ()

    store(out, made.later)  # the same folder, run again on reports with a paragraph more
    told = StoredReports(out).corrections()
    assert len(told.followed) + len(told.unsettled) == len(decisions)
    assert told.unsettled == ()
    assert len(told.carried) == len(decisions)
    again = apply_workbook(out / FILE_NAME, out, by="张三", when="2026-03-05T09:00:00+08:00")
    assert again.decisions == ()
    shutil.rmtree(folder)


def _holds(out: Path, expected: Expected, decisions: int) -> None:
    """The tables of the corrected reports say what the person wrote."""
    told = StoredReports(out).corrections()
    assert (len(told.followed), told.unsettled) == (decisions, ())
    rows = {name: table(out, name) for name in EDITED}
    for name, key in expected.deleted:
        assert key not in rows[name]
    everywhere = {key: row for name in EDITED for key, row in rows[name].items()}
    for (_, key, column), value in expected.cells.items():
        if column in _STAND_ALONE and key in everywhere:
            shown = everywhere[key].get(column)
            assert same(shown, value) or str(value).startswith(str(shown)), (column, value, shown)
    assert sum("补充的第" in str(row["具体任务"]) for row in rows["汇总表"].values()) == expected.added
