"""A second run does what has changed and nothing else; what a killed run has done is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import REPORT
from huizong import batch
from huizong.batch import Outcome, Task
from huizong.batch.journal import Journal
from huizong.batch.worker import read_report
from huizong.settings import Settings
from huizong.store import StoredReports


class InThisProcess:
    """An `Execute` without workers, that remembers what it was asked to read, and stops after so many files."""

    def __init__(self, settings: Settings | None = None, *, stop_after: int | None = None) -> None:
        self.asked: list[str] = []
        self._settings, self._stop_after = settings or Settings(), stop_after

    def __call__(self, tasks: Sequence[Task]) -> Generator[tuple[int, Outcome]]:
        """The outcomes in order."""
        for at, task in enumerate(tasks):
            if len(self.asked) == self._stop_after:
                raise KeyboardInterrupt
            self.asked.append(task.path.name)
            yield at, read_report(task.path, self._settings, None)


def run(
    folder: Path, out: Path, settings: Settings | None = None, *, again: bool = False
) -> tuple[list[str], batch.Run]:
    """The names of the files that were read, and the record."""
    execute = InThisProcess(settings)
    record = batch.run([folder], out, settings or Settings(), execute=execute, again=again)
    return execute.asked, record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "报告"
    reports.mkdir()
    for year in (2020, 2021, 2022):
        (reports / f"临江_{year}.txt").write_text(REPORT.replace("2022年", f"{year}年"), encoding="utf-8")
    (reports / "空.txt").write_bytes(b"")
    return reports


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "结果"


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "reports").iterdir()}


def test_nothing_changed_nothing_read(folder: Path, out: Path) -> None:
    asked, first = run(folder, out)
    assert len(asked) == 4
    before = files(out)
    asked, second = run(folder, out)
    assert asked == []
    assert [r.status for r in second.files] == ["cached", "cached", "cached", "failed"]
    for one, other in zip(first.files, second.files):
        assert replace(other, status=one.status, seconds=one.seconds) == one
    assert files(out) == before
    assert len(StoredReports(out)) == 3


def test_what_changed_is_read_and_no_more(folder: Path, out: Path) -> None:
    run(folder, out)
    path = folder / "临江_2021.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("12人次", "15人次"), encoding="utf-8")
    (folder / "新.txt").write_text(REPORT, encoding="utf-8")
    asked, record = run(folder, out)
    assert asked == ["临江_2021.txt", "新.txt"]
    assert {Path(r.path).name: r.status for r in record.files} == {
        "临江_2020.txt": "cached", "临江_2021.txt": "ok", "临江_2022.txt": "cached", "新.txt": "ok", "空.txt": "failed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "read"),
    [
        (Settings(checks_off=("sum",)), 4),  # decides what is found
        (Settings(engine="pdfplumber"), 4),
        (Settings(review_below=0.5), 0),  # only the tables show it
        (Settings(timeout_seconds=300), 1),  # what failed may be read now
    ],
)
def test_settings_that_matter_are_told_from_those_that_do_not(
    folder: Path, out: Path, settings: Settings, read: int
) -> None:
    run(folder, out)
    assert len(run(folder, out, settings)[0]) == read


def test_a_word_list_that_was_edited_is_read_with(folder: Path, out: Path, tmp_path: Path) -> None:
    words = tmp_path / "词.txt"
    words.write_text("结对帮扶\n", encoding="utf-8")
    settings = Settings(dictionaries=(str(words),))
    run(folder, out, settings)
    assert run(folder, out, settings)[0] == []
    words.write_text("结对帮扶协议\n", encoding="utf-8")
    assert len(run(folder, out, settings)[0]) == 4


def test_again_reads_everything(folder: Path, out: Path) -> None:
    run(folder, out)
    assert len(run(folder, out, again=True)[0]) == 4
    assert run(folder, out)[0] == []


def test_a_moved_file_is_known(folder: Path, out: Path) -> None:
    run(folder, out)
    (folder / "旧").mkdir()
    shutil.move(folder / "临江_2020.txt", folder / "旧" / "临江_2020.txt")
    asked, record = run(folder, out)
    assert asked == []
    assert str(folder / "旧" / "临江_2020.txt") in [r.path for r in record.files]


def test_a_renamed_file_is_read_again_because_its_name_tells_the_year(folder: Path, out: Path) -> None:
    run(folder, out)
    (folder / "临江_2020.txt").rename(folder / "临江_2019.txt")
    asked, record = run(folder, out)
    assert asked == ["临江_2019.txt"]
    assert sorted(files(out)) == [
        "临江_2019.json",
        "临江_2021.json",
        "临江_2022.json",
    ]  # the old name is no second report
    assert len(record.read) == 3


def test_a_file_that_is_taken_away_and_comes_back(folder: Path, out: Path, tmp_path: Path) -> None:
    run(folder, out)
    shutil.move(folder / "临江_2020.txt", tmp_path / "临江_2020.txt")
    asked, record = run(folder, out)
    assert (asked, len(record.files), len(StoredReports(out))) == ([], 3, 2)
    assert "临江_2020.json" in files(out)
    shutil.move(tmp_path / "临江_2020.txt", folder / "临江_2020.txt")
    asked, record = run(folder, out)
    assert (asked, len(record.files), len(StoredReports(out))) == ([], 4, 3)


def test_results_follow_their_files_when_names_are_dealt_anew(folder: Path, out: Path, tmp_path: Path) -> None:
    for name, words in (("b", "12人次"), ("c", "13人次"), ("d", "14人次")):
        (folder / name).mkdir()
        (folder / name / "甲.txt").write_text(REPORT.replace("12人次", words), encoding="utf-8")
    run(folder, out)
    (folder / "a").mkdir()
    (folder / "a" / "甲.txt").write_text(REPORT.replace("12人次", "11人次"), encoding="utf-8")
    asked, _ = run(folder, out)
    assert asked == ["甲.txt"]
    undisturbed = tmp_path / "另"
    run(folder, undisturbed)
    assert files(out) == files(undisturbed)
    shutil.rmtree(folder / "b")
    asked, record = run(folder, out)
    assert asked == []
    texts = {r.path: json.loads((out / (r.result or "")).read_text(encoding="utf-8"))["text"] for r in record.read}
    assert all(("14人次" in text) == ("/d/" in path) for path, text in texts.items())


@pytest.mark.parametrize("stop_after", [0, 1, 3])
def test_a_run_that_was_stopped_goes_on_where_it_was(folder: Path, out: Path, tmp_path: Path, stop_after: int) -> None:
    execute = InThisProcess(stop_after=stop_after)
    with pytest.raises(KeyboardInterrupt):
        batch.run([folder], out, Settings(), execute=execute)
    asked, record = run(folder, out)
    assert execute.asked + asked == ["临江_2020.txt", "临江_2021.txt", "临江_2022.txt", "空.txt"]
    undisturbed = run(folder, tmp_path / "另")[1]
    assert [replace(r, seconds=0) for r in record.files] == [replace(r, seconds=0) for r in undisturbed.files]
    assert files(out) == files(tmp_path / "另")
    assert run(folder, out)[1].with_status("ok") == ()


def test_a_line_that_was_cut_off_costs_its_own_file(folder: Path, out: Path) -> None:
    run(folder, out)
    journal = out / ".huizong" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([b"nonsense\n", b'{"row": 3}\n', *lines[:2], lines[2][:40]]))
    asked, _ = run(folder, out)
    assert asked == ["临江_2022.txt", "空.txt"]
    assert run(folder, out)[0] == []


def test_a_journal_cannot_name_files_elsewhere(folder: Path, out: Path, tmp_path: Path) -> None:
    run(folder, out)
    journal = Journal(out / ".huizong" / "journal.jsonl")
    entry = next(e for e in journal if e.row.result)
    stolen = tmp_path / "elsewhere.json"
    shutil.move(out / (entry.row.result or ""), stolen)
    journal.add(replace(entry, row=replace(entry.row, result="../elsewhere.json")))
    assert run(folder, out)[0] == [entry.name]
    assert stolen.exists()


def test_leftovers_of_killed_runs_are_cleared_away(folder: Path, out: Path) -> None:
    run(folder, out)
    for place in (out, out / "reports"):
        (place / ".临江_2020.json.123.part").write_text("half", encoding="utf-8")
    run(folder, out)
    assert not list(out.rglob("*.part"))


def test_tables_are_written_when_something_has_changed(folder: Path, out: Path) -> None:
    def current(**depends: object) -> bool:
        _, record = run(folder, out)
        outputs = batch.Outputs(out, ("汇总.xlsx",), record, depends)
        was = outputs.are_current()
        (out / "汇总.xlsx").write_bytes(b"x")
        outputs.written()
        return was

    assert not current(rows="task")
    assert current(rows="task")
    assert not current(rows="project")  # asked to show something else
    (out / "decisions.json").write_text("{}", encoding="utf-8")
    assert not current(rows="project")  # something else lies in OUT
    assert current(rows="project")
    (folder / "临江_2020.txt").unlink()
    assert not current(rows="project")
    (out / "汇总.xlsx").unlink()
    assert not current(rows="project")


def test_a_folder_that_moves_with_its_reports_still_finds_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, elsewhere = tmp_path / "一", tmp_path / "二"
    before.mkdir()
    folder.rename(before / folder.name)
    monkeypatch.chdir(before)
    run(Path(folder.name), Path("结果"))
    found = StoredReports(Path("结果")).files
    assert found == tuple(f"../{folder.name}/临江_{year}.txt" for year in (2020, 2021, 2022))
    monkeypatch.chdir(tmp_path)
    assert StoredReports(before / "结果").files == found
    before.rename(elsewhere)
    assert StoredReports(elsewhere / "结果").files == found
    (elsewhere / folder.name / "临江_2021.txt").unlink()
    assert StoredReports(elsewhere / "结果").files[1] is None
