"""The commands as a user types them: results on stdout, Chinese messages on stderr, exit codes, nothing lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import REPORT, ROOT
from forms_by_hand import rectification


def huizong(*args: str | Path, text: str | None = None, columns: int = 240) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline"), "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from huizong.cli import main; main()", *map(str, args)]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "临江工程职业学院_2022.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_extract_prints_the_json_of_the_contract(report: Path) -> None:
    done = huizong("extract", report)
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert {"source", "meta", "text", "aliases", "sections", "items", "counts", "tables", "checks"} <= set(data)
    for count in data["counts"]:
        assert data["text"][count["start"] : count["end"]] == count["quote"]
        assert {
            "id", "value", "high", "unit", "approx", "object", "subject", "action", "change", "status", "year", "item", "section", "page",
            "confidence", "table",
        } <= set(count)  # fmt: skip
    for item in data["items"]:
        assert data["text"][item["start"] : item["end"]] == item["text"]
    assert data["source"]["format"] == "txt"


def test_several_files_are_json_lines_and_a_bad_one_does_not_stop_the_rest(report: Path, tmp_path: Path) -> None:
    done = huizong("extract", tmp_path / "没有.pdf", report, report)
    assert done.returncode == 1
    assert [json.loads(line)["source"]["name"] for line in done.stdout.splitlines()] == [report.name] * 2
    assert "没有.pdf" in done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input(report: Path) -> None:
    done = huizong("extract", "-", text=REPORT)
    assert json.loads(done.stdout)["meta"]["reporter"] == "临江工程职业学院"


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "REPORT"]])
def test_heavy_packages_are_left_alone(report: Path, arguments: list[str]) -> None:
    program = (
        "import sys; from huizong.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "loaded = {'pandas', 'spacy', 'sklearn', 'scipy', 'pdfplumber', 'pkg_resources'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    command = [sys.executable, "-c", program, *(str(report) if a == "REPORT" else a for a in arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def test_csv_and_table(report: Path) -> None:
    csv = huizong("extract", report, "-f", "csv", "--sheet", "指标台账").stdout
    assert csv.startswith("\ufeff编号,学校")
    assert "人才培养方案" in csv
    assert "党建" not in csv
    table = huizong("extract", report, "-f", "table", "--sheet", "计划台账").stdout
    assert "学校将定期召开联席会议" in table.replace("\n", "")


def test_run_fills_the_output_folder(report: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "录像.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(40))
    out = tmp_path / "结果"
    done = huizong("run", tmp_path, "-o", out, "-j", "2")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "读成 1 个" in done.stdout
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    status = {Path(f["path"]).name: f["status"] for f in record["files"]}
    assert status == {"空.txt": "failed", "坏.pdf": "failed", "录像.mp4": "skipped", report.name: "ok"}
    for row in record["files"]:
        assert (row["message"] is None) == (row["status"] == "ok")
        assert row["message"] is None or any("\u4e00" <= ch <= "\u9fff" for ch in row["message"])
    assert {"version", "settings", "model", "started", "seconds"} <= set(record)
    assert (out / "汇总.xlsx").stat().st_size > 5000
    # A second run does not take its own output for reports.
    huizong("run", tmp_path, "-o", out)
    assert len(json.loads((out / "run.json").read_text(encoding="utf-8"))["files"]) == 4


def test_the_same_bytes_with_one_job_and_two(report: Path, tmp_path: Path) -> None:
    report.with_name("另一份.txt").write_text(REPORT.replace("12人次", "15人次"), encoding="utf-8")
    results = []
    for n, jobs in enumerate(("1", "2", "2")):
        out = tmp_path / f"out{n}"
        assert huizong("run", report, report.with_name("另一份.txt"), "-o", out, "-j", jobs).returncode == 0
        results.append({p.name: p.read_bytes() for p in sorted((out / "reports").iterdir())})
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 2


def test_two_reports_of_one_name_keep_both_results(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "下级" / report.name
    other.parent.mkdir()
    other.write_text(REPORT, encoding="utf-8")
    out = tmp_path / "结果"
    assert huizong("run", tmp_path, "-o", out).returncode == 0
    assert len(list((out / "reports").iterdir())) == 2


@pytest.mark.parametrize(
    ("args", "words", "code"),
    [
        (["run", "不存在的路径", "-o", "x"], "不存在的路径", 1),
        (["extract"], "缺少", 2),
        (["extract", "a.txt", "-f", "xml"], "json、table、csv", 2),
        (["extract", "a.txt", "-f", "csv", "--sheet", "无此表"], "可选", 2),
        (["extrac"], "没有", 2),
        (["run", "a", "-o", "b", "--jobz", "2"], "--jobz", 2),
        (["run", "a", "-o", "b", "--jobs", "零"], "--jobs", 2),
        (["run", "a", "-o", "b", "--settings", "无.toml"], "设置文件", 2),
        (["run", "a", "-o", "b", "--layout", "工作小结"], "是不是“工作总结”", 2),
        (["run", "a", "-o", "b", "--rows", "projekt"], "是不是“project”", 2),
        (["run", "a", "-o", "b", "--also", "xls"], "csv、parquet", 2),
        (["run", "a", "-o", "b", "--year", "去年"], "2022-2023", 2),
        (["layout", "结对帮服"], "是不是“结对帮扶”", 2),
        (["evaluate", "."], "标注", 1),
        (["check", "不存在.pdf"], "不存在.pdf", 1),
        (["check", "a.txt", "-f", "csv"], "table、json", 2),
        (["fill", "表.docx"], "--from", 2),
        (["fill", "表.docx", "--from", "."], "huizong run", 1),
    ],
)
def test_mistakes_are_told_in_chinese(
    args: list[str], words: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = huizong(*args)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_layout_is_handed_out_edited_and_used(report: Path, tmp_path: Path) -> None:
    mine = tmp_path / "我的版式.toml"
    assert huizong("layout").stdout.splitlines() == ["工作总结", "结对帮扶（不另作选择时用它）"]
    assert huizong("layout", "工作总结", "-o", mine).returncode == 0
    again = huizong("layout", "工作总结", "-o", mine)
    assert again.returncode == 1
    assert "已经有了" in again.stderr
    mine.write_text(mine.read_text(encoding="utf-8").replace("工作内容", "干了什么"), encoding="utf-8")
    done = huizong("extract", report, "-f", "csv", "--layout", mine, "--sheet", "任务完成情况", "--rows", "project")
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert "干了什么" in head.split(",")
    assert len(rows) >= 2
    (tmp_path / "设置.toml").write_text(f"layout = '{mine}'\nbody = '无名学院'\n", encoding="utf-8")
    out = tmp_path / "结果"
    done = huizong("run", report, "-o", out, "--settings", tmp_path / "设置.toml", "--also", "csv")
    assert done.returncode == 0
    assert "--body 给的是“无名学院”" in done.stderr
    assert (out / "表格" / "任务完成情况.csv").read_text(encoding="utf-8-sig").splitlines()[0] == head.lstrip("\ufeff")


def test_help_names_only_what_is_built() -> None:
    helped = huizong("--help").stdout
    built = ("demo", "run", "extract", "check", "layout", "compare", "fill", "apply", "train", "evaluate")
    assert all(word in helped for word in built)
    assert not any(word in helped for word in ("review",))


@pytest.mark.parametrize("command", ["", "run", "compare", "apply"])
def test_no_help_is_cut_off_on_a_common_terminal(command: str) -> None:
    from typer.main import get_command

    from huizong.cli import app

    whole: Any = get_command(app)
    told = [one.help for one in whole.commands.values()]
    if command:
        told = [param.help for param in whole.commands[command].params if getattr(param, "help", None)]
    shown = re.sub(r"[\s│]", "", huizong(*command.split(), "--help", columns=80).stdout)
    for words in told:
        assert re.sub(r"[\s\\]", "", words) in shown


def test_a_run_without_tables(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    done = huizong("run", report, "-o", out, "-q", "--no-tables")
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有写汇总表" in done.stdout
    assert {path.name for path in out.iterdir()} == {".huizong", "huizong.sqlite", "reports", "run.json"}
    assert huizong("run", report, "-o", out, "-q").returncode == 0
    written = (out / "汇总.xlsx").read_bytes()
    report.write_text(REPORT.replace("8份", "9份"), encoding="utf-8")
    assert "这次没有更新" in huizong("run", report, "-o", out, "-q", "--no-tables").stderr
    assert (out / "汇总.xlsx").read_bytes() == written
    assert huizong("run", report, "-o", out, "-q").returncode == 0
    assert (out / "汇总.xlsx").read_bytes() != written
    assert huizong("run", report, "-o", out, "--no-tables", "--also", "csv").returncode == 2


def test_check_tells_what_quality_control_would_ask(report: Path, tmp_path: Path) -> None:
    report.write_text(
        REPORT.replace("专业3个，", "专业3个，技能竞赛获奖14项，其中国家级5项、省级12项，"), encoding="utf-8"
    )
    done = huizong("check", report)
    assert (done.returncode, done.stderr) == (0, "")
    assert "合计不符（sum）" in done.stdout
    assert "错误" in done.stdout
    out = tmp_path / "结果"
    assert huizong("run", report, "-o", out).returncode == 0
    off = tmp_path / "设置.toml"
    off.write_text('checks_off = ["sum"]\n', encoding="utf-8")
    for path in (report, out):  # read anew and as stored
        data = json.loads(huizong("check", path, "-f", "json").stdout)
        assert data["source"]["name"] == report.name
        (wrong,) = [c for c in data["checks"] if c["rule"] == "sum"]
        assert wrong["severity"] == "error"
        less = json.loads(huizong("check", path, "-f", "json", "--settings", off).stdout)["checks"]
        assert less == [c for c in data["checks"] if c["rule"] != "sum"]


def test_check_goes_on_behind_a_file_that_fails(report: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    done = huizong("check", tmp_path)
    assert done.returncode == 1
    assert "空.txt" in done.stderr
    assert "校核提示" in done.stdout


def test_fill_takes_the_users_own_form(report: Path, tmp_path: Path) -> None:
    out, form = tmp_path / "结果", rectification(tmp_path / "整改台账.xlsx")
    assert huizong("run", report, "-o", out).returncode == 0
    done = huizong("fill", form, "--from", out, "--report", report.name)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "整改台账_已填.xlsx") in done.stdout
    assert all(
        words in done.stderr for words in ("对上", "整改措施→计划", "留空：整改情况", "填报单位＝临江工程职业学院")
    )
    refused = huizong("fill", form, "--from", out, "-o", form)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "本身" in refused.stderr


def test_demo_ends_with_a_workbook(tmp_path: Path) -> None:
    done = huizong("demo", "-o", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    for name in ("汇总.xlsx", "年度对比.xlsx", "年度对比.html"):
        assert (tmp_path / "demo" / name).is_file()
    assert "汇总表" in done.stdout
    record = json.loads((tmp_path / "demo" / "run.json").read_text(encoding="utf-8"))
    assert sorted(f["format"] for f in record["files"]) == ["docx", "pdf"]
