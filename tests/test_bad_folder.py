"""A folder of bad files of every kind beside good ones: a row for each, a result for every good one, an end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import bad_files
from conftest import REPORT, ROOT
from test_cli import huizong


class Memory:
    """The most memory that this process's children have held together, in 10^6 bytes."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(0.1):
            held = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.Error:
                    continue
            self.peak_mb = max(self.peak_mb, held / 1e6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, frozenset[str]]]]:
    reports = tmp_path_factory.mktemp("坏文件")
    yield reports, bad_files.write(reports)
    (reports / "太大.pdf").unlink()


def test_every_file_has_its_row_and_every_good_one_its_result(
    folder: tuple[Path, dict[str, frozenset[str]]], tmp_path: Path
) -> None:
    reports, expected = folder
    out = tmp_path / "结果"
    settings = tmp_path / "设置.toml"
    settings.write_text("timeout_seconds = 60\n", encoding="utf-8")
    with Memory() as memory:
        done = huizong("run", reports, "-o", out, "-j", "2", "--settings", settings)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert memory.peak_mb < 2000
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    rows = {row["path"].rpartition("/")[2]: row for row in record["files"]}
    assert set(rows) == set(expected)
    assert sum(causes.isdisjoint({"ok"}) for causes in expected.values()) >= 40
    told = {name: row["cause"] or "ok" for name, row in rows.items()}
    assert {name: cause for name, cause in told.items() if cause not in expected[name]} == {}
    for row in rows.values():
        if row["status"] == "ok":
            assert json.loads((out / row["result"]).read_text(encoding="utf-8"))["items"] or row["items"] == 0
        else:
            assert any("\u4e00" <= ch <= "\u9fff" for ch in row["message"])
            assert row["message"].isprintable() or "\u3000" in row["message"]
    assert (out / "汇总.xlsx").stat().st_size > 5000
    assert not list(out.rglob("*.part"))


def test_a_password_opens_what_it_fits(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bad_files.locked_pdf())
    refused = huizong("run", tmp_path / "a.pdf", "-o", tmp_path / "out")
    assert refused.returncode == 1
    assert "--password" in refused.stderr
    wrong = huizong("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--password", "nonsense")
    assert "给出的密码打不开" in wrong.stderr
    right = huizong("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--password", "key123")
    assert right.returncode == 0, right.stderr
    assert json.loads(huizong("extract", tmp_path / "a.pdf", "--password", "key123").stdout)["source"]["pages"] == 1
    assert "key123" not in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    assert "key123" not in (tmp_path / "out" / ".huizong" / "journal.jsonl").read_text(encoding="utf-8")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can become somebody who may not read"
)
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    """Run by an ordinary user: root may read everything."""
    reports = tmp_path / "报告"
    (reports / "锁着").mkdir(parents=True)
    (reports / "锁着" / "里面.txt").write_text(REPORT, encoding="utf-8")
    (reports / "秘密.txt").write_text(REPORT, encoding="utf-8")
    (reports / "好.txt").write_text(REPORT, encoding="utf-8")
    for path, mode in ((reports / "秘密.txt", 0o000), (reports / "锁着", 0o000), (tmp_path, 0o777)):
        path.chmod(mode)
    for parent in tmp_path.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    program = (
        f"import os, sys; sys.path.insert(0, {str(ROOT / 'pipeline')!r})\n"
        "from pathlib import Path; from huizong.batch.discovery import discover\n"
        "from huizong.batch.worker import read_report; from huizong.settings import Settings\n"
        f"folder = Path({str(reports)!r})\n"
        "read_report(folder / '好.txt', Settings(), None)  # loads what the ordinary user may not be able to\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "for path in discover([folder]):\n"
        "    row = read_report(path, Settings(), None).row; print(path.name, row.status, row.cause, row.message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"}
    )
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert lines.keys() == {"秘密.txt", "好.txt", "锁着"}, done.stderr
    assert lines["好.txt"].startswith("ok")
    assert lines["秘密.txt"].startswith("failed access")
    assert "没有权限" in lines["秘密.txt"]
    assert "没有权限进入" in lines["锁着"]
