"""What `huizong run` says: lines or a bar, nothing when quiet, and at the end what to do about what was refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from conftest import REPORT
from huizong.batch import FileRow, Run
from huizong.cli import progress
from huizong.cli.summary import finish, refusals
from huizong.errors import InputError
from test_cli import huizong

ROWS = [
    FileRow(path="甲.pdf", pages=12, seconds=1.5),
    FileRow(path="乙.pdf", status="cached", pages=3),
    FileRow(path="丙\x1b[2J.pdf", status="failed", cause="damaged", message="打不开。"),
]


def told(
    rows: list[FileRow], *, terminal: bool, monkeypatch: pytest.MonkeyPatch, known: int = 0, width: int = 160
) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=width, highlight=False, soft_wrap=True)
    monkeypatch.setattr(progress, "stderr", lambda: console)
    with progress.progress(quiet=False) as (expect, begin, finished):
        expect(len(rows))
        for row in rows[:known]:
            finished(row)
        begin(len(rows) - known)
        for row in rows[known:]:
            finished(row)
    words = console.file
    assert isinstance(words, io.StringIO)
    return words.getvalue()


def test_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(ROWS, terminal=False, monkeypatch=monkeypatch).splitlines()
    assert lines == [
        "[1/3] 完成 甲.pdf（12 页，1.5 秒）",
        "[2/3] 沿用 乙.pdf（3 页，0.0 秒）",
        "[3/3] 未读 丙\ufffd[2J.pdf（0.0 秒）",
    ]


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    words = told(ROWS, terminal=True, monkeypatch=monkeypatch)
    for part in ("3/3", "12 页", "份/分", "未读 1", "还要"):
        assert part in words
    assert "\x1b[2J" not in words


def test_the_bar_of_a_resumed_run_tells_the_rate_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    words = told(
        [FileRow(path=f"{n}.pdf", pages=9) for n in range(500)], terminal=True, monkeypatch=monkeypatch, known=499
    )
    last = words.rpartition("读报告")[2]
    assert "500/500" in last
    assert " 9 页 · 600 份/分" in last  # one file in no time counts as a tenth of a second


def test_the_bar_keeps_its_figures_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [FileRow(path=f"某某职业技术学院的年度工作报告{n}.pdf", pages=1234, status="ok") for n in range(4)]
    rows += [FileRow(path="坏.pdf", status="failed", message="坏。") for _ in range(1234)]
    for width in (80, 60):
        last = told(rows, terminal=True, monkeypatch=monkeypatch, width=width).rpartition("\r")[2]
        for part in ("1238/1238", "4936 页", "未读 1234", "还要"):
            assert part in last
        assert "…" not in last


def test_the_refused_are_grouped_by_what_to_do() -> None:
    rows = [FileRow(path=f"{n}.pdf", status="failed", cause="encrypted", message="有密码。") for n in range(7)]
    rows += [FileRow(path="表.xlsx", status="skipped", cause="format", message="是工作簿。")]
    rows += [FileRow(path="怪.txt", status="failed", cause="strange", message="说不清。")]
    lines = list(refusals(rows))
    assert [words for words, _ in lines if words.startswith("✗")] == [
        "✗ 不是能读的报告（1 个）：压缩包请先解压；Excel、幻灯片、图片请换成报告正文（Word 或 PDF）。",
        "✗ 设有密码（7 个）：请用 --password 给出密码，或去掉密码后另存（Word 文件只能这样）。",
    ]
    assert "    ……还有 2 个，见 run.json。" in [words for words, _ in lines]
    assert lines[0][1] is False
    assert lines[-1] == ("    怪.txt：说不清。", True)


def test_every_cause_has_its_advice() -> None:
    def kinds(kind: type[InputError]) -> list[type[InputError]]:
        return [kind, *(deeper for child in kind.__subclasses__() for deeper in kinds(child))]

    causes = {kind.cause for kind in kinds(InputError)} - {"other"} | {"memory", "crash", "bug"}
    for cause in causes:
        first, *_ = refusals([FileRow(path="a", status="failed", cause=cause, message="……")])
        assert first[0].startswith("✗ ")


def test_the_summary_counts_what_was_there_before(capsys: pytest.CaptureFixture[str]) -> None:
    finish(Run(version="", settings={}, model="", started="", seconds=0, files=tuple(ROWS[:2])))
    assert (
        capsys.readouterr().out == "共 2 个文件：读成 2 个（其中 1 个没有变，沿用以前的结果），失败 0 个，跳过 0 个。\n"
    )


def test_a_second_run_leaves_the_tables_alone(tmp_path: Path) -> None:
    report, out = tmp_path / "临江_2022.txt", tmp_path / "结果"
    report.write_text(REPORT, encoding="utf-8")
    first = huizong("run", report, "-o", out, "--quiet")
    assert (first.returncode, first.stderr) == (0, "")
    books = [out / "汇总.xlsx", out / "汇总.docx"]
    before = [book.stat().st_mtime_ns for book in books]
    second = huizong("run", report, "-o", out)
    assert "沿用" in second.stderr
    assert [book.stat().st_mtime_ns for book in books] == before
    books[0].unlink()
    assert huizong("run", report, "-o", out, "-q").returncode == 0
    assert books[0].exists()
    assert huizong("run", report, "-o", out, "-q", "--again").returncode == 0
    assert books[0].stat().st_mtime_ns != before[0]
