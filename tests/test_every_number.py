"""数字核对 leaves no numeral out: a scan that knows nothing of the extractor finds none without a role, in no format."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import CORPUS, SHARED
from huizong import read
from huizong.errors import InputError
from huizong.records import NumberRole
from huizong.report import Report

# 百分点 and 百分之 are units, and so is 兆.
_NUMERAL = re.compile(
    r"[0-9０-９]|(?!百分[点之])[〇零一二三四五六七八九十百千万亿两廿卅]|[①-⒛❶-➓㈠-㈩Ⅰ-ⅿ]|[壹贰叁柒捌玖]"
)
_FORMATS = (".txt", ".docx", ".pdf", ".html", ".htm")


def unexplained(report: Report) -> list[str]:
    """The numerals that lie in no entry of `numbers`, each with the words around it."""
    explained = {at for number in report.numbers for at in range(number.span.start, number.span.end)}
    text = report.text
    return [
        text[max(0, found.start() - 8) : found.end() + 8]
        for found in _NUMERAL.finditer(text)
        if found.start() not in explained
    ]


def files_under(folder: Path) -> list[Path]:
    """The files of the formats that hold their text, in order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in _FORMATS and "scan" not in path.name)


@pytest.mark.parametrize("path", files_under(CORPUS), ids=lambda path: path.name)
def test_in_every_report_of_the_corpus(path: Path) -> None:
    report = read(path)
    assert len(report.numbers) > 10
    assert unexplained(report) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there: real reports are not in the repository")
@pytest.mark.parametrize("folder", ["reports", "gold"])
def test_in_every_real_report(folder: str) -> None:
    gaps, seen = {}, 0
    for path in files_under(SHARED / folder):
        try:
            report = read(path)
        except InputError:
            continue
        seen += 1
        if missing := unexplained(report):
            gaps[path.name] = missing
    assert seen >= 4
    assert gaps == {}


def test_each_numeral_has_one_role(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("二、水质保持Ⅱ类\n⑴ 3号学生楼与二期工程完工，PM10下降4%，英语CET-4通过率51%。\n", encoding="utf-8")
    report = read(path)
    spans = [(number.span.start, number.span.end) for number in report.numbers]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    roles = {number.quote: number.role for number in report.numbers}
    assert roles["Ⅱ"] is NumberRole.FIXED
    assert roles["⑴"] is NumberRole.ORDINAL
    assert roles["3"] is NumberRole.ORDINAL
    assert roles["10"] is NumberRole.FIXED
    assert roles["51"] is NumberRole.COUNT
