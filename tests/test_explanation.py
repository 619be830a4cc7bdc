"""`huizong extract --explain`: every finding has a line with its words, its page and what it rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import REPORT
from huizong.analyze import analyze_text, read
from huizong.cli import app
from huizong.export.explanation import explain
from huizong.records import Kind
from huizong.report import Report

_PARTED = re.compile(r"[^|]+ \| (?:第\d+页(?:、第\d+页)*|全文) \| .+ \| .*[：“].+")


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze_text(REPORT)


def lines_of(report: Report, sort: str) -> list[str]:
    return [line for line in explain(report) if line.startswith(f"{sort} | ")]


def test_there_is_one_line_a_finding(report: Report) -> None:
    first, *lines = explain(report)
    assert first.startswith(report.source.name)
    assert all(_PARTED.fullmatch(line) for line in lines)
    assert len(lines_of(report, "标题")) == len(report.sections)
    assert len(lines_of(report, "简称")) == len(report.aliases) == 2
    assert len(lines_of(report, "语句")) == len(report.items)
    assert len(lines_of(report, "数量")) == len(report.counts)
    assert len(lines_of(report, "对应")) == len(report.links)
    assert len(lines_of(report, "校核")) == len(report.checks)


def test_a_heading_names_its_number_and_the_words_of_its_role(report: Report) -> None:
    issues = next(line for line in lines_of(report, "标题") if "存在问题" in line)
    assert "一级，问题" in issues
    assert "编号“二、”" in issues
    assert "标题用语“存在问题" in issues
    below = next(line for line in lines_of(report, "标题") if "资源共享不够" in line)
    assert "随上级标题" in below


def test_roles_that_titles_leave_open_are_said_to_be_the_models() -> None:
    text = REPORT.replace("二、存在问题", "二、心里的几块石头")
    heading = next(line for line in lines_of(analyze_text(text), "标题") if "几块石头" in line)
    assert "角色：模型读标题下面的句子" in heading


def test_a_statement_has_the_rule_or_score_of_its_kind_and_of_its_area(report: Report) -> None:
    for item, line in zip(report.items, lines_of(report, "语句"), strict=True):
        assert re.search(r"类别：(?:规则：\S+?|模型：[01]\.\d\d)；", line)
        assert (item.area is None) != ("领域：" in line)
        assert f"可信度：{item.confidence:.2f}" in line
    assert {item.kind for item in report.items} >= {Kind.MEASURE, Kind.ISSUE, Kind.PLAN}


def test_a_number_tells_how_each_field_was_found(report: Report) -> None:
    planned = next(line for line in lines_of(report, "数量") if "“2个”" in line and "实训室" in line)
    assert "目标" in planned
    assert "状态：计划句，“力争”" in planned
    assert "年份：句中写明" in planned
    done = next(line for line in lines_of(report, "数量") if "“12人次”" in line)
    assert "（count." in done
    assert "状态：说已做的事" in done
    assert "归属：" in done


def test_numbers_follow_their_statements(report: Report) -> None:
    lines = [line for line in explain(report) if line[:2] in {"语句", "数量"}]
    at = next(n for n, line in enumerate(lines) if "“12人次”" in line)
    assert "选派骨干教师12人次" in lines[at - 1]


def test_the_models_choice_of_a_thing_names_the_other_and_the_margin() -> None:
    found = [
        count
        for path in sorted((Path(__file__).resolve().parents[1] / "corpus" / "reports").glob("[bd]*.txt"))
        for count in read(path).counts
        if count.rule == "count.ranked"
    ]
    assert found
    assert all(
        re.search(r"对象：模型(?:改选，比规则的“.+?”高\d+\.\d\d|选出，规则没有找到)；", count.reason) for count in found
    )


def test_a_report_stored_before_reasons_were_kept_is_read(report: Report) -> None:
    data = report.to_dict()
    for part, name in (("counts", "reason"), ("items", "area_reason"), ("sections", "reason")):
        for row in data[part]:
            del row[name]
    stored = Report.from_dict(data)
    assert stored.counts == tuple(replace(count, reason="") for count in report.counts)
    assert "没有记下依据" in lines_of(stored, "标题")[0]
    with pytest.raises(KeyError):
        Report.from_dict(data | {"counts": [{"id": "c1"}]})


def test_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "临江_2022.txt"
    path.write_text(REPORT, encoding="utf-8")
    shown = CliRunner().invoke(app, ["extract", str(path), "--explain"])
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == list(explain(read(path)))
    refused = CliRunner().invoke(app, ["extract", str(path), "--explain", "--format", "csv"])
    assert refused.exit_code == 2
