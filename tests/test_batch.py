"""Many files: a worker that dies costs only its file; a bug in one file is a row, not the end of the run."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import REPORT
from huizong import batch
from huizong.analyze import analyze as read_report
from huizong.errors import DamagedDocument, MissingFile, OutputError
from huizong.report import Report
from huizong.settings import Settings
from huizong.store import StoredReports, report_path, to_json, write_text
from huizong.tables import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "报告"
    reports.mkdir()
    for year in (2021, 2022):
        (reports / f"临江_{year}.txt").write_text(REPORT.replace("2022年", f"{year}年"), encoding="utf-8")
    return reports


def test_discover_is_sorted_and_leaves_out_hidden_files_and_the_output(folder: Path) -> None:
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    out = folder / "out"
    (out / "reports").mkdir(parents=True)
    (out / "reports" / "a.json").write_text("{}", encoding="utf-8")
    (folder / "环").symlink_to(folder, target_is_directory=True)
    found = batch.discover([folder, folder / "临江_2021.txt"], out)
    assert [f.name for f in found if f.suffix] == ["临江_2021.txt", "临江_2022.txt"]


def test_an_error_of_the_program_is_a_row(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def analyze(path: Path, settings: Settings) -> Report:
        if "2021" in path.name:
            raise RuntimeError("意外")
        return read_report(path, settings)

    monkeypatch.setattr(batch, "analyze", analyze)
    record = batch.run([folder], tmp_path / "out", Settings())
    assert [r.status for r in record.files] == ["failed", "ok"]
    assert "RuntimeError" in (record.files[0].message or "")
    assert [r.source.name for r in StoredReports(tmp_path / "out")] == ["临江_2022.txt"]


def _die(task: batch._Task) -> batch.FileRow:
    if "2021" in task.path.name:
        os._exit(1)
    return batch.FileRow(path=str(task.path))


def test_a_dying_worker_costs_only_its_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_read_one", _die)
    record = batch.run([folder], tmp_path / "out", Settings(), jobs=2)
    assert [r.status for r in record.files] == ["failed", "ok"]
    assert "崩溃" in (record.files[0].message or "")


def test_no_files_at_all(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(MissingFile, match="没有找到"):
        batch.run([tmp_path / "空"], tmp_path / "out", Settings())


def test_results_come_back_as_data_frames(folder: Path, tmp_path: Path) -> None:
    batch.run([folder], tmp_path / "out", Settings())
    results = load(tmp_path / "out")
    assert results.counts["年度"].nunique() >= 1
    assert len(results.reports) == 2
    assert len(results.issues) == 2


def test_a_spoilt_result_is_told(folder: Path, tmp_path: Path) -> None:
    batch.run([folder], tmp_path / "out", Settings())
    next((tmp_path / "out" / "reports").iterdir()).write_text("{", encoding="utf-8")
    with pytest.raises(DamagedDocument, match="重新运行"):
        load(tmp_path / "out")
    with pytest.raises(MissingFile, match="huizong run"):
        load(tmp_path)


def test_names_taken_get_a_number(tmp_path: Path) -> None:
    taken: set[str] = set()
    names = [report_path(tmp_path, n, taken).name for n in ("甲", "甲", "乙", "甲")]
    assert names == ["甲.json", "甲~2.json", "乙.json", "甲~3.json"]


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="写不进去"):
        write_text(tmp_path / "文件" / "run.json", json.dumps({}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_written_as_the_standard_library_writes_it(value: object) -> None:
    assert to_json(value) == json.dumps(value, ensure_ascii=False, indent=1)


def test_json_has_no_nan_and_no_odd_keys() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"a": [float("nan")]})
    with pytest.raises(TypeError, match="key"):
        to_json({1: 2})
