"""Layouts: what people may change in the tables, in every output; and what is told when they make a mistake."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

import huizong
from conftest import REPORT
from huizong.errors import SettingsError
from huizong.export.plain import print_csv
from huizong.export.word import write_word
from huizong.export.workbook import write_workbook
from huizong.lexicon import read_text
from huizong.lexicon.layouts import packaged_layouts
from huizong.loading import load
from huizong.report import Report
from huizong.tables import Results
from huizong.tables.columns import COLUMNS
from huizong.tables.fields import CHOICES, HIDDEN, NUMBERS, fields
from huizong.tables.layouts import Layout, read_layout

MINE = """
name = "本处"
rows = "project"
[[sheets]]
table = "汇总表"
name = "总表"
columns = [
  { field = "具体任务", name = "做了什么", width = 40 },
  { field = "学校" },
  { field = "页" },
]
[[sheets]]
table = "指标台账"
columns = [{ field = "原文数" }, { field = "文件", name = "来自" }]
[word]
title = "本处的表"
columns = [{ field = "状态", width = 1 }, { field = "具体任务", name = "做了什么", width = 9 }]
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return huizong.analyze_text(REPORT)


def written(folder: Path, words: str) -> str:
    path = folder / "我的版式.toml"
    path.write_text(words, encoding="utf-8")
    return str(path)


def test_the_default_layout_has_all_default_columns() -> None:
    layout = read_layout("")
    assert layout == read_layout("结对帮扶")
    shown = {sheet.name: [name for name in sheet.names if name != HIDDEN] for sheet in layout.sheets}
    assert shown == {sheet: [c for c in columns if c != HIDDEN] for sheet, columns in COLUMNS.items()}


@pytest.mark.parametrize("name", sorted(packaged_layouts()))
def test_packaged_layouts_can_be_read_and_say_their_name(name: str) -> None:
    layout = read_layout(name)
    assert layout.name == name
    assert layout.word
    assert sum(column.width or 0 for column in layout.word) > 100


def test_the_comments_of_the_layout_list_every_field() -> None:
    words = read_text(packaged_layouts()["结对帮扶"])
    before = dict(re.findall(r'((?:^#.*\n)+)\[\[sheets\]\]\ntable = "(.+)"', words, re.MULTILINE))
    told = {sheet: set(re.findall(r"[^\s#：]+", comment)) for comment, sheet in before.items()}
    assert set(told) == set(COLUMNS)
    for sheet in COLUMNS:
        assert set(fields(sheet)) - {HIDDEN} <= told[sheet]


def test_closed_lists_are_of_fields_that_there_are() -> None:
    every = {field for sheet in COLUMNS for field in fields(sheet)}
    assert set(NUMBERS) <= every
    assert set(CHOICES) == set(COLUMNS)
    assert {field for lists in CHOICES.values() for field in lists} <= every


def test_a_layout_of_ones_own_rules_workbook_word_and_csv(report: Report, tmp_path: Path) -> None:
    layout = read_layout(written(tmp_path, MINE))
    results = Results((report,), layout=layout)
    write_workbook(results, tmp_path / "汇总.xlsx", [])
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert book.sheetnames == ["总表", "指标台账", "说明", "底稿"]
    heads = [[c.value for c in book[name][1] if c.value != HIDDEN] for name in book.sheetnames[:2]]
    assert heads == [["做了什么", "学校", "页"], ["原文数", "来自"]]
    assert book["总表"].column_dimensions["A"].width == pytest.approx(40, abs=1)
    assert [c.value for c in book["指标台账"]["A"]][1:] == [c.quote for c in (*report.counts, *report.derived)]
    meanings = {(row[0], row[1]): row[2] for row in book["说明"].iter_rows(values_only=True)}
    assert "具体任务" in str(meanings["总表", "做了什么"])
    write_word(results, tmp_path / "汇总.docx")
    (table,) = load(tmp_path / "汇总.docx").tables
    assert table.header == ("状态", "做了什么")
    stream = io.StringIO()
    print_csv(results, "总表", stream)
    head, *rows = csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff")))
    assert head[:3] == ["做了什么", "学校", "页"]
    assert len(rows) == len({task.area for task in report.tasks}) < len(report.tasks)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('field = "具体任务"', 'field = "具体任物"', "是不是“具体任务”"),
        ('table = "指标台账"', 'table = "指标台帐"', "是不是“指标台账”"),
        ("width = 40", "widht = 40", "是不是“width”"),
        ("width = 40", "width = 0", "1 到 120"),
        ("width = 40", 'width = "宽"', "1 到 120"),
        ('rows = "project"', 'rows = "projects"', "是不是“project”"),
        ('rows = "project"', "rows = 1", "英文引号"),
        ('name = "总表"', 'name = "说明"', "不能叫“说明”"),
        ('name = "总表"', 'name = "底稿"', "不能叫“底稿”"),
        ('name = "总表"', 'name = "history"', "不能叫“history”"),
        ('table = "指标台账"', 'name = "数"', "没有写 table"),
        ('field = "具体任务", ', "", "有一列没有写 field"),
        ("[word]", '[word]\ntitle = "甲"', "同一项写了两遍"),
        ('field = "具体任务"', 'field = "指标号"', "它是指标台账的字段"),
        ('name = "来自"', 'name = "标识"', "不能叫“标识”"),
        ('rows = "project"', "rows = true", "现在是 true"),
        ('name = "总表"', 'name = "a/b"', "不能用"),
        ('name = "来自"', 'name = "原文数"', "都叫“原文数”"),
        ('name = "来自"', 'name = " "', "是空的"),
        ("[word]", "[wort]", "是不是“word”"),
        ('title = "本处的表"', 'titel = "本处的表"', "是不是“title”"),
        ('name = "本处"', "name = “本处”", "行第 8 个字读不懂（name = “本处”）"),
        ('name = "本处"', 'name = """本处', "还没有完"),
        ('columns = [{ field = "原文数" }, { field = "文件", name = "来自" }]', "columns = []", "至少写一列"),
        ('columns = [{ field = "原文数" }, { field = "文件", name = "来自" }]', 'columns = ["原文数"]', "写得不对"),
    ],
)
def test_mistakes_are_told_with_the_place_and_the_nearest_name(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in MINE
    with pytest.raises(SettingsError) as error:
        read_layout(written(tmp_path, MINE.replace(old, new, 1)))
    assert told in str(error.value)
    assert "我的版式.toml" in str(error.value)


def test_a_layout_saved_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "旧.toml"
    path.write_bytes(MINE.encode("gbk"))
    with pytest.raises(SettingsError, match="不是 UTF-8 编码"):
        read_layout(str(path))


def test_a_layout_that_is_not_there_is_told() -> None:
    with pytest.raises(SettingsError, match="是不是“工作总结”"):
        read_layout("工作小结")
    with pytest.raises(SettingsError, match="没有版式文件"):
        read_layout("没有.toml")
    with pytest.raises(SettingsError, match="可选的有"):
        read_layout("").sheet("无此表")


def test_a_sheet_without_columns_has_all_and_word_follows_the_main_sheet(tmp_path: Path) -> None:
    layout = read_layout(written(tmp_path, '[[sheets]]\ntable = "汇总表"\n'))
    assert set(layout.sheets[0].fields) == set(COLUMNS["汇总表"])
    assert {"具体任务", "状态"} <= {column.field for column in layout.word}
    assert "可信度" not in {column.field for column in layout.word}
    assert len(read_layout(written(tmp_path, "")).sheets) == len(COLUMNS)


def of_projects(group: str) -> Layout:
    from dataclasses import replace

    return replace(read_layout("", "project"), group=group)


def test_a_row_a_project_has_all_its_tasks_and_the_lowest_confidence(report: Report) -> None:
    tasks = list(Results((report,)).rows("汇总表"))
    projects = list(Results((report,), layout=of_projects("none")).rows("汇总表"))
    areas = list(dict.fromkeys(row["帮扶项目(领域)"] for row in tasks))
    assert [row["帮扶项目(领域)"] for row in projects] == areas
    for row in projects:
        own = [task for task in tasks if task["帮扶项目(领域)"] == row["帮扶项目(领域)"]]
        briefs = [str(task["具体任务"]) for task in own]
        numbered = [f"{n}. {brief}" for n, brief in enumerate(briefs, start=1)] if len(own) > 1 else briefs
        assert row["具体任务"] == "\n".join(numbered)
        assert row["可信度"] == min(float(str(task["可信度"])) for task in own)
        assert row["需核"] == ("是" if any(task["需核"] for task in own) else None)
        for task in own:
            for field in ("量化成效", "定性成效", "对口部门", "证据(页·原文)"):
                for part in re.split("[；、]", str(task[field] or "")):
                    assert part in str(row[field] or "")
    assert [row["存在问题"] for row in projects if row["存在问题"]] == [r["存在问题"] for r in tasks if r["存在问题"]]


def test_projects_by_heading_are_the_parts_of_the_chapters(report: Report) -> None:
    rows = list(Results((report,), layout=of_projects("heading")).rows("汇总表"))
    assert [row["帮扶项目(领域)"] for row in rows] == ["（一）加强组织领导", "（二）深化专业帮扶"]


def test_grouped_tasks_stand_together_in_the_order_of_their_first(report: Report) -> None:
    plain = [row["具体任务"] for row in Results((report,)).rows("汇总表")]
    rows = list(Results((report,), layout=read_layout("工作总结")).rows("汇总表"))
    areas = [row["帮扶项目(领域)"] for row in rows]
    assert sorted(areas, key=list(dict.fromkeys(areas)).index) == areas
    assert sorted(map(str, plain)) == sorted(str(row["具体任务"]) for row in rows)
    assert [row["序号"] for row in rows] == list(range(1, len(rows) + 1))


def test_very_long_evidence_ends_at_an_entry_and_says_what_is_left_out() -> None:
    lines = "".join(f"学校举办了第{n}期面向全体专任教师的教学能力提升培训班并组织了汇报展示。" for n in range(1, 501))
    report = huizong.analyze_text(f"某学院2022年工作总结\n一、主要工作\n{lines}\n")
    (row, *_) = Results((report,), layout=of_projects("heading")).rows("汇总表")
    *kept, last = str(row["证据(页·原文)"]).split("\n")
    left = re.fullmatch(r"……其余 (\d+) 项的原文见措施台账", last)
    assert left
    assert len(kept) + int(left[1]) == len(report.tasks)
    assert all(line.endswith("展示") for line in kept)


def test_figures_by_indicator_say_level_owner_and_what_is_implied() -> None:
    report = huizong.analyze_text(
        "临江工程职业学院2022年结对帮扶工作总结\n临江工程职业学院（以下简称“临江工程”）结对帮扶白鹿职业技术学院（以下简称“白鹿职院”）。\n"
        "一、主要工作\n临江工程帮助白鹿职院7个党总支、15个党支部全部完成换届工作。白鹿职院获批省级现代学徒制专业3个。\n"
    )
    found = [str(row["量化成效(指标)"]) for row in Results((report,)).rows("汇总表")]
    assert found[0].startswith("DJ-03 换届党总支 7个（白鹿职院）；DJ-04 换届党支部 15个（白鹿职院）")
    assert "全部＝100%" in found[0]
    assert "推算" in found[0]
    assert found[1] == "RC-02 现代学徒制专业 3个（省级；白鹿职院）"
