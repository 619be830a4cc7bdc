"""What becomes of corrections beyond the tables: forms and comparisons, labels, the edited workbook itself, the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT
from edited_workbook import SECOND, Sheet, edit, opened, report_named, store, table, two_reports
from huizong.classifier.labels import compact, read_labels
from huizong.classifier.train import labelled_rows
from huizong.compare import compare_reports
from huizong.evaluate import evaluate
from huizong.export.notes import correction_notes
from huizong.export.stamp import is_as_written, keep_edited
from huizong.export.workbook import FILE_NAME
from huizong.forms import fill_form
from huizong.readback import apply_workbook
from huizong.readback.labels import export_labels
from huizong.records import Kind
from huizong.store import StoredReports
from huizong.tables import load
from huizong.tables.columns import KEY

WHEN = "2026-03-04T09:00:00+08:00"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("made"), two_reports())


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def changed(sheets: dict[str, Sheet]) -> None:
    """Some corrections: a number and its thing, a statement's kind, an area, a task's area."""
    counts = sheets["指标台账"].rows
    trained = next(row for row in counts if row["原文数"] == "36人次")
    trained["数值"], trained["对象"] = 63, "参训教师"
    sheets["措施台账"].rows[0]["领域"] = "党建与思政"
    sheets["措施台账"].rows[2]["类别"] = "问题"
    sheets["计划台账"].rows[0]["人工修改"] = "只是备注"


@pytest.fixture
def corrected(out: Path) -> Path:
    apply_workbook(edit(out, out.parent / "改.xlsx", changed), out, by="张三", when=WHEN)
    return out


def huizong(*words: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "huizong", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_comparisons_see_the_corrected_values(out: Path) -> None:
    later = SECOND.replace("2023年6月", "2024年6月").replace("2022年", "2023年")
    store(out, [report_named("青石_2022.txt", SECOND), report_named("青石_2023.txt", later)])

    def correct(sheets: dict[str, Sheet]) -> None:
        row = next(row for row in sheets["指标台账"].rows if row["原文数"] == "12份" and row["年度"] == "2022")
        row["数值"] = 15

    apply_workbook(edit(out, out.parent / "改.xlsx", correct), out, by="张三", when=WHEN)
    values = [row.values for row in compare_reports(StoredReports(out)).indicators]
    assert {2022: 15, 2023: 12} in values


def test_notebooks_and_forms_see_the_corrected_values(corrected: Path, tmp_path: Path) -> None:
    results = load(corrected)
    assert 63 in results.counts["数值"].tolist()
    form = openpyxl.Workbook()
    form.active.append(["指标", "单位", "数值"])
    form.active.append(["参训教师", "人次", None])
    form.save(tmp_path / "表.xlsx")
    outcome = fill_form(tmp_path / "表.xlsx", results, tmp_path / "填.xlsx", report="青石水利职业学院")
    assert openpyxl.load_workbook(outcome.path).active["C2"].value == 63


def test_the_stored_json_stays_what_was_extracted(out: Path) -> None:
    before = {path.name: path.read_bytes() for path in (out / "reports").iterdir()}
    apply_workbook(edit(out, out.parent / "改.xlsx", changed), out, by="张三", when=WHEN)
    assert {path.name: path.read_bytes() for path in (out / "reports").iterdir()} == before


def test_only_what_people_settled_is_truth(corrected: Path, tmp_path: Path) -> None:
    files = export_labels(corrected, tmp_path / "标注")
    assert [(f.path.name, f.sentences, f.counts) for f in files] == [
        ("临江_2022.gold.json", 2, 0),
        ("青石_2022.gold.json", 0, 1),
    ]
    first, second = (read_labels(f.path) for f in files)
    report = StoredReports(corrected)[0]
    assert first.text == compact(report.text)
    assert first.partial
    seen = [s for s in first.sentences if s.seen]
    assert [s.kind for s in seen] == [
        report.item_by_id[k].kind for k in table(corrected, "措施台账") if k in _keys(corrected)
    ] + [Kind.ISSUE]
    assert seen[0].area == "party"
    assert len(labelled_rows(0, first)) == 2
    (count,) = second.counts
    assert (count.value, count.object, second.text[count.start : count.end]) == (63, ("参训教师",), "36人次")
    assert second.sentences[count.sid].start <= count.start < second.sentences[count.sid].end


def _keys(out: Path) -> set[str]:
    corrections = StoredReports(out)[0].corrections
    assert corrections is not None
    return set(corrections.judged)


def test_labels_of_a_part_are_scored_by_that_part_alone(corrected: Path, tmp_path: Path) -> None:
    files = export_labels(corrected, tmp_path / "标注")
    reports = {r.source.name: r for r in two_reports()}
    result = evaluate([f.path for f in files], lambda path: reports[path.name])
    told = {(miss.what, miss.wanted) for miss in result.misses}
    assert told == {
        ("句类", "issue"),
        ("领域", "party"),
        ("数量漏", "36人次 → 63 人次 参训教师"),
        ("数量多", ""),
    }


def test_no_labels_where_nothing_was_settled(out: Path, tmp_path: Path) -> None:
    def note(sheets: dict[str, Sheet]) -> None:
        sheets["汇总表"].rows[0]["人工修改"] = "备注"

    apply_workbook(edit(out, out.parent / "改.xlsx", note), out, by="张三", when=WHEN)
    assert export_labels(out, tmp_path / "标注") == ()


def test_the_sheet_of_notes_says_what_became_of_corrections(corrected: Path) -> None:
    assert correction_notes(StoredReports(corrected).corrections()) == [("人工修改", "采用 5 条，没有落实 0 条")]
    store(corrected, two_reports()[:1])
    notes = dict(correction_notes(StoredReports(corrected).corrections()))
    assert notes["人工修改"] == "采用 3 条，没有落实 2 条"
    assert any("没有报告“青石_2022.txt”" in words for words in notes.values())


def test_a_workbook_that_people_saved_is_kept_when_a_new_one_is_written(out: Path) -> None:
    path = out / FILE_NAME
    assert is_as_written(path)
    assert keep_edited(path) is None
    openpyxl.load_workbook(path).save(path)
    assert not is_as_written(path)
    kept = keep_edited(path)
    assert kept is not None
    assert kept.name == "汇总_人工改过1.xlsx"
    assert not path.exists()
    assert apply_workbook(kept, out, by="张三", when=WHEN).decisions == ()


def test_the_command_line_from_first_to_last(tmp_path: Path) -> None:
    reports, out = tmp_path / "报告", tmp_path / "结果"
    reports.mkdir()
    for report in two_reports():
        (reports / report.source.name).write_text(report.text, encoding="utf-8")
    assert huizong("run", reports, "-o", out, "--jobs", 1).returncode == 0
    edit(out, out / FILE_NAME, changed)  # in place, as people do
    looked = huizong("apply", out / FILE_NAME, "--to", out, "--dry-run")
    assert looked.returncode == 0
    assert "共 5 处修改" in looked.stdout
    assert not (out / "decisions.jsonl").exists()
    taken = huizong("apply", out / FILE_NAME, "--to", out, "--by", "张三")
    assert "已取 5 处修改" in taken.stdout
    assert (out / "汇总_人工改过1.xlsx").is_file()
    before = opened(out / FILE_NAME)["指标台账"].rows
    assert any(row["人工修改"] and row["数值"] == 63 for row in before)
    assert huizong("run", reports, "-o", out, "--jobs", 1).returncode == 0
    assert opened(out / FILE_NAME)["指标台账"].rows == before
    assert "有效的人工修改共 5 条" in huizong("apply", "--list", "--to", out).stdout
    assert "标注 2 份" in huizong("apply", "--labels", tmp_path / "标注", "--to", out).stdout
    assert "已撤消" in huizong("apply", "--undo", 1, "--to", out).stdout
    wrong = huizong("apply", reports, "--to", out)
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr
    assert huizong("apply", "--to", out).returncode == 2
    assert huizong("apply", out / FILE_NAME).returncode == 2


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saved(out: Path, tmp_path: Path) -> None:
    """LibreOffice writes strings, styles, names and hidden sheets in its own way; what was changed is the same."""
    copy = tmp_path / "LO" / "改.xlsx"
    copy.parent.mkdir()
    book = openpyxl.load_workbook(out / FILE_NAME)
    page = book["汇总表"]
    head = {cell.value: cell.column for cell in page[1]}
    page.cell(2, head["状态"]).value = "进行中"
    page.cell(3, head["具体任务"]).value = "'=不是公式"
    key = page.cell(2, head[KEY]).value
    book.save(copy)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path), str(copy)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "改.xlsx") as saved:
        assert "LibreOffice" in saved.read("docProps/app.xml").decode()
    outcome = apply_workbook(tmp_path / "改.xlsx", out, by="张三", when=WHEN)
    assert [(d.column, d.after) for d in outcome.decisions] == [("状态", "进行中"), ("具体任务", "'=不是公式")]
    assert outcome.notes == ()
    assert table(out, "汇总表")[str(key)]["状态"] == "进行中"
