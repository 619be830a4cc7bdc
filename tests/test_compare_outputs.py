"""The comparison as a workbook, as a page in a real browser, and on the command line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tracemalloc
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from huizong.compare import Comparison, compare_reports
from huizong.export.comparison import json_pieces, write_comparison
from huizong.export.comparison_page import lines, page, write_page
from huizong.store import to_json, write_pieces
from planted_series import HELPER, REPORTS, planted
from test_cli import huizong

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_reports(planted())


def test_workbook_read_back(comparison: Comparison, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_comparison(comparison, tmp_path / "对比.xlsx")
    book = load_workbook(tmp_path / "对比.xlsx")
    assert book.sheetnames == ["年度对比", "问题沿革", "计划兑现", "雷同", "异常"]
    rows = list(book["年度对比"].iter_rows(values_only=True))
    staff = dict(zip(rows[0], next(row for row in rows if row[2] == "专任教师"), strict=True))
    assert (staff["2020"], staff["2021"], staff["2022"], staff["差"], staff["增减%"]) == (310, 322, 335, 13, 4.04)
    outcomes = [row[4] for row in book["计划兑现"].iter_rows(min_row=2, values_only=True)]
    assert outcomes == ["已兑现", "已兑现", "部分兑现", "未见证据", "部分兑现", "未见证据"]
    assert book["异常"].max_row == 4
    assert book["雷同"].max_row == 1 + len(comparison.copied) + len(comparison.copied_shares)


def test_json_comes_piece_by_piece_and_is_that_of_the_record(comparison: Comparison) -> None:
    for one in (comparison, Comparison(), replace(comparison, copied=(), left_out=("甲\n“乙”",))):
        assert "".join(json_pieces(one)) == to_json(one.to_dict())


def test_writing_a_large_comparison_takes_no_memory_of_its_size(comparison: Comparison, tmp_path: Path) -> None:
    large = replace(comparison, copied=comparison.copied * 4000)
    for pieces in (json_pieces(large), (line + "\n" for line in lines(large))):
        tracemalloc.start()
        write_pieces(tmp_path / "大", pieces)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (tmp_path / "大").stat().st_size > 2_000_000
        assert peak < 500_000


def test_words_never_become_formulas_or_tags(comparison: Comparison, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    evil = "=1+1<script>alert('x')</script>"
    row = replace(comparison.indicators[0], name=evil, quotes=dict.fromkeys(comparison.indicators[0].quotes, evil))
    spoilt = replace(comparison, indicators=(row,))
    assert "<script>alert" not in page(spoilt)
    assert "alert(&#x27;x&#x27;)" in page(spoilt)
    write_comparison(spoilt, tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx")["年度对比"]["C2"]
    assert (cell.value, cell.data_type) == (evil, "s")


def test_page_needs_no_network(comparison: Comparison) -> None:
    text = page(comparison)
    assert "http://" not in text
    assert "https://" not in text
    assert text.count("<svg") == sum(row.comparable for row in comparison.indicators)


PROBE = """<script>
const circles=[...document.querySelectorAll('circle')];
circles[1].dispatchEvent(new MouseEvent('click',{bubbles:true}));
function ink(word){const c=document.createElement('canvas');c.width=c.height=40;const g=c.getContext('2d');
 g.font='30px '+getComputedStyle(document.body).fontFamily;g.fillText(word,2,32);return c.toDataURL();}
const drawn=circles.filter(c=>{const b=c.getBoundingClientRect();return b.width>4&&b.height>4;}).length;
const lines=[...document.querySelectorAll('polyline')].filter(l=>l.getTotalLength()>20).length;
const wide=document.documentElement.scrollWidth<=innerWidth;
document.body.dataset.drawn=drawn;document.body.dataset.lines=lines;document.body.dataset.wide=wide;
document.body.dataset.words=document.getElementById('words').textContent;
document.body.dataset.glyphs=new Set([...'松川职业学院年度对比'].map(ink)).size;
</script>"""


@pytest.fixture(scope="module")
def opened(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a real browser makes of the page: the second value of the first chart is clicked, and the page is measured."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("page")
    write_page(comparison, folder / "page.html")
    text = (folder / "page.html").read_text(encoding="utf-8")
    (folder / "probed.html").write_text(text.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    shown = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
            "--window-size=1280,1000", "--dump-dom", (folder / "probed.html").as_uri(),
        ],
        capture_output=True, encoding="utf-8", timeout=120, check=True,
    ).stdout  # fmt: skip
    body = re.search(r"<body([^>]*)>", shown)
    assert body is not None
    return {key: unescape(value) for key, value in re.findall(r'data-(\w+)="([^"]*)"', body[1])}


def test_a_browser_draws_every_chart(comparison: Comparison, opened: dict[str, str]) -> None:
    rows = [row for row in comparison.indicators if row.comparable]
    assert int(opened["drawn"]) == sum(len(row.values) for row in rows)
    assert int(opened["lines"]) == len(rows)
    assert opened["wide"] == "true"  # nothing sticks out to the right


def test_a_click_on_a_value_shows_its_words(opened: dict[str, str]) -> None:
    assert "选派骨干教师26人次" in opened["words"]
    assert "骨干教师 2021年" in opened["words"]


def test_chinese_is_readable_in_the_browser(opened: dict[str, str]) -> None:
    """Characters that a font lacks are all drawn as one and the same box."""
    if int(opened["glyphs"]) == 1:
        pytest.skip("no Chinese font on this machine")
    assert int(opened["glyphs"]) == len(set("松川职业学院年度对比"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year, text in REPORTS.items():
        (tmp_path / f"松川_{year}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_command_prints_tables_and_json(folder: Path) -> None:
    done = huizong("compare", folder)
    assert done.returncode == 0, done.stderr
    assert "专任教师" in done.stdout
    assert "已兑现 2 条，部分兑现 2 条，未见证据 2 条" in done.stdout
    data = json.loads(huizong("compare", folder, "-f", "json", "--years", "2020-2021", "--body", "松川").stdout)
    assert (data["bodies"], data["years"]) == ([HELPER], [2020, 2021])


def test_command_takes_the_output_of_a_run_and_writes_files(folder: Path) -> None:
    out = folder / "OUT"
    assert huizong("run", folder, "-o", out, "-j", "1").returncode == 0
    for form in ("xlsx", "html", "json"):
        target = out / f"对比.{form}"
        done = huizong("compare", out, "-f", form, "-o", target)
        assert (done.returncode, str(target.resolve()) in done.stdout) == (0, True), done.stderr
        assert target.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--years", "2022-2020"], "没有看懂"),
        (["-f", "pdf"], "只有 table、json、xlsx、html"),
        (["-f", "xlsx"], "请加 -o"),
        (["-o", "a.txt"], "只显示在屏幕上"),
    ],
)
def test_wrong_options_are_explained(folder: Path, arguments: list[str], message: str) -> None:
    done = huizong("compare", folder, *arguments)
    assert (done.returncode, message in done.stderr) == (2, True)


def test_nothing_to_compare_is_said(folder: Path) -> None:
    done = huizong("compare", folder, "--body", "不存在的学院")
    assert done.returncode == 1
    assert "没有可以比较的报告" in done.stderr
