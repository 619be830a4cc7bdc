"""Many files: which they are, one row each, results that come back, names and JSON that can be written."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from conftest import REPORT
from huizong import batch
from huizong.cli.output import messages
from huizong.errors import DamagedDocument, FolderInUse, MissingFile, OutputError
from huizong.settings import Settings
from huizong.store import StoredReports, cannot_write, report_path, to_json, write_text
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
    found = batch.discover([folder, folder / "临江_2021.txt", out / "reports" / "a.json"], out)
    assert [f.name for f in found if f.suffix] == ["临江_2021.txt", "临江_2022.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links want rights on Windows")
def test_folders_behind_links_are_read_once_and_circles_end(folder: Path, tmp_path: Path) -> None:
    far, deeper = tmp_path / "别处", tmp_path / "别处" / "里"
    deeper.mkdir(parents=True)
    for place in (far, deeper):
        (place / f"{place.name}.txt").write_text(REPORT, encoding="utf-8")
    links = {"去": far, "再去": far, "里": deeper, "上": tmp_path, "根": Path("/"), "断": tmp_path / "没有"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (deeper / "回").symlink_to(folder)
    (far / "又").symlink_to(far)
    found = batch.discover([folder], tmp_path / "out")
    assert [str(f.relative_to(folder)) for f in found] == [
        "临江_2021.txt", "临江_2022.txt", "断", "再去/别处.txt", "再去/里/里.txt",
    ]  # fmt: skip
    assert batch.discover([folder], far)[-1].name == "断"  # what lies in OUT is no report, whichever way leads there


def test_a_path_that_is_not_there_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "圈").symlink_to(tmp_path / "圈")
    assert batch.discover([tmp_path / "没有.pdf", tmp_path / "圈"]) == [tmp_path / "没有.pdf", tmp_path / "圈"]


def test_results_come_back_as_data_frames(folder: Path, tmp_path: Path) -> None:
    record = batch.run([folder], tmp_path / "out", Settings(), jobs=2)
    assert [r.status for r in record.files] == ["ok", "ok"]
    results = load(tmp_path / "out")
    assert results.counts["年度"].nunique() >= 1
    assert len(results.reports) == 2
    assert len(results.issues) == 2


def test_a_file_that_fails_is_a_row(folder: Path, tmp_path: Path) -> None:
    (folder / "临江_2021.txt").write_bytes(b"")
    record = batch.run([folder], tmp_path / "out", Settings())
    assert [(r.status, r.cause) for r in record.files] == [("failed", "empty"), ("ok", None)]
    assert "空文件" in (record.files[0].message or "")
    assert [r.source.name for r in StoredReports(tmp_path / "out")] == ["临江_2022.txt"]


def test_no_files_at_all(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(MissingFile, match="没有找到"):
        batch.run([tmp_path / "空"], tmp_path / "out", Settings())


def test_a_spoilt_result_is_told_and_made_again(folder: Path, tmp_path: Path) -> None:
    batch.run([folder], tmp_path / "out", Settings())
    spoilt = min((tmp_path / "out" / "reports").iterdir())
    spoilt.write_text("{", encoding="utf-8")
    with pytest.raises(DamagedDocument, match="重新运行"):
        load(tmp_path / "out")
    assert [r.status for r in batch.run([folder], tmp_path / "out", Settings()).files] == ["ok", "cached"]
    assert len(load(tmp_path / "out").reports) == 2
    with pytest.raises(MissingFile, match="huizong run"):
        load(tmp_path)


def test_a_folder_that_another_run_holds_is_refused(folder: Path, tmp_path: Path) -> None:
    import filelock

    (tmp_path / "out" / ".huizong").mkdir(parents=True)
    with (
        filelock.FileLock(tmp_path / "out" / ".huizong" / "lock", is_singleton=False),
        pytest.raises(FolderInUse, match="正被另一个"),
    ):
        batch.run([folder], tmp_path / "out", Settings())
    with batch.locked(tmp_path / "out"):  # who holds it may run
        assert len(batch.run([folder], tmp_path / "out", Settings()).read) == 2


def test_very_many_reports_of_one_name(tmp_path: Path) -> None:
    """A province's folders hold the same 年度报告.pdf a hundred thousand times: each must not be counted through anew."""
    taken: dict[str, int] = {}
    names = {report_path(tmp_path, name, taken).name.casefold() for _ in range(50_000) for name in ("A", "a~7")}
    assert len(names) == 100_000


def test_names_taken_get_a_number(tmp_path: Path) -> None:
    taken: dict[str, int] = {}
    names = [report_path(tmp_path, n, taken).name for n in ("甲", "甲", "乙", "甲")]
    assert names == ["甲.json", "甲~2.json", "乙.json", "甲~3.json"]


@pytest.mark.parametrize("name", ["长" * 84, "a" * 255, "一\n二", "\udcff\udcfe", "\x1b[31m", "-r"])
def test_any_name_gives_a_file_that_can_be_written(tmp_path: Path, name: str) -> None:
    taken: dict[str, int] = {}
    paths = [report_path(tmp_path, n, taken) for n in (name, name, name + "x")]
    for path in paths:
        write_text(path, "{}")
        assert path.name.removesuffix(".json").isprintable()
    assert len({p.name for p in paths}) == 3


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="写不进去"):
        write_text(tmp_path / "文件" / "run.json", json.dumps({}))
    with pytest.raises(OutputError, match="写不进去"):
        batch.run([tmp_path], tmp_path / "文件" / "out", Settings())


def test_a_full_disk_is_told_with_what_to_do() -> None:
    error = cannot_write(Path("a.json"), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert "磁盘满了" in str(error)
    assert "接着做" in str(error)
    assert "没有权限" in str(cannot_write(Path("a.json"), OSError(errno.EACCES, "Permission denied")))
    assert "是只读的" in str(cannot_write(Path("a.json"), OSError(errno.EROFS, "Read-only file system")))
    assert "Excel" in str(cannot_write(Path("a.xlsx"), OSError(errno.EACCES, "in use"), "Excel 或 WPS"))
    assert "Excel" not in str(cannot_write(Path("a.xlsx"), OSError(errno.ENOSPC, "full"), "Excel 或 WPS"))


def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    with pytest.raises(OutputError, match=r"不是文件夹|同名的文件"):
        batch.run([tmp_path / "a.txt"], tmp_path / "a.txt", Settings())


def test_reports_that_lie_in_the_output_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    with pytest.raises(MissingFile, match="另写一个输出文件夹"):
        batch.run([tmp_path], tmp_path, Settings())
    (tmp_path / "空").mkdir()
    with pytest.raises(MissingFile, match="没有找到"):
        batch.run([tmp_path / "空"], tmp_path / "空", Settings())


def test_what_the_system_refuses_unexpectedly_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for error, words in (
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "磁盘满了"),
        (OSError(errno.EIO, os.strerror(errno.EIO), "/x/y"), "“/x/y”读写出错：磁盘或网络读写出错"),
    ):
        with pytest.raises(typer.Exit), messages(debug=False):
            raise error
        assert words in capsys.readouterr().err
        with pytest.raises(OSError, match=r"."), messages(debug=True):
            raise error


@pytest.mark.skipif(sys.platform == "win32", reason="names that are no text")
def test_stray_bytes_of_a_name_come_back_from_json(tmp_path: Path) -> None:
    write_text(tmp_path / "a.json", to_json({"path": "报告\udcff.txt"}))
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == {"path": "报告\udcff.txt"}


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
