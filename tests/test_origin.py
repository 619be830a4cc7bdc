"""学校 and 年度: the report before its file name, the file name before what the user says; and when they disagree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import huizong
from conftest import REPORT
from huizong.errors import SettingsError
from huizong.export.workbook import write_workbook
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables import Results
from huizong.tables.origin import origin

SILENT = "一、主要工作\n签订《共建协议》，举办培训12次。\n"


def named(text: str, name: str) -> Report:
    report = huizong.analyze_text(text)
    return replace(report, source=replace(report.source, name=name))


@pytest.mark.parametrize(
    ("text", "name", "school", "year"),
    [
        (REPORT, "白鹿职院_2019.txt", "临江工程职业学院", "2022"),
        (SILENT, "白鹿职院_2019.txt", "白鹿职院", "2019"),
        (SILENT, "报告.txt", "某某学院", "2022–2023"),
        (SILENT, "工作总结_2021.txt", "某某学院", "2021"),
    ],
)
def test_the_report_comes_first_then_the_file_name_then_the_user(text: str, name: str, school: str, year: str) -> None:
    found = origin(named(text, name), Settings(body="某某学院", year="2022-2023"))
    assert (found.school, found.year) == (school, year)


def test_what_nobody_says_is_empty() -> None:
    found = origin(named(SILENT, "报告.txt"))
    assert (found.school, found.year, found.notices) == (None, None, ())


def test_disagreement_is_told_with_both_and_what_to_do() -> None:
    found = origin(named(REPORT, "白鹿职院_2019.txt"), Settings())
    assert [notice.code for notice in found.notices] == ["origin_school", "origin_year"]
    school, year = (notice.message for notice in found.notices)
    assert "“临江工程职业学院”" in school
    assert "“白鹿职院”" in school
    assert "请核对" in school
    assert "“2022”" in year
    assert "“2019”" in year
    given = origin(named(REPORT, "报告.txt"), Settings(body="白鹿职院"))
    assert ["--body" in notice.message for notice in given.notices] == [True]


@pytest.mark.parametrize(
    "name", ["临江工程_2022.txt", "临江职院_2022.txt", "临江工程职业学院_2022年总结.txt", "2022.txt"]
)
def test_short_names_are_no_disagreement(name: str) -> None:
    assert origin(named(REPORT, name), Settings(year="2021-2022")).notices == ()


def test_a_year_that_is_none_is_told() -> None:
    with pytest.raises(SettingsError, match="2022-2023"):
        Settings(year="二〇二二")


def test_the_workbook_tells_it(tmp_path: Path) -> None:
    results = Results((named(REPORT, "白鹿职院_2022.txt"),))
    told = write_workbook(results, tmp_path / "汇总.xlsx", [])
    assert [(t.file, t.notice.code) for t in told] == [("白鹿职院_2022.txt", "origin_school")]
    lines = list(openpyxl.load_workbook(tmp_path / "汇总.xlsx")["说明"].iter_rows(values_only=True))
    assert ("提示：白鹿职院_2022.txt", told[0].notice.message) in [(line[0], line[2]) for line in lines]


def test_settings_of_the_tables_do_not_change_what_is_read() -> None:
    changed = Settings(layout="工作总结", rows="project", body="某某学院", year="2022")
    assert changed.reading_digest() == Settings().reading_digest() != Settings(ocr="never").reading_digest()
