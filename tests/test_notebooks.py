"""The notebooks run from top to bottom and are stored without outputs; their charts are Chinese wherever they are drawn."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pandas as pd
import pdfplumber
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from conftest import ROOT

# What each notebook must show: a chart with its Chinese title, and findings.
SHOWN = {
    "01_first_look.ipynb": ("background", "各领域的句数", "措施"),
    "02_compare_years.ipynb": ("可比指标的变化", "未见证据", "联席会议"),
    "03_explore_corpus.ipynb": ("领域 × 类别：句数", "各类句子的特征词", "没有把握的句子"),
    "04_accuracy.ipynb": ("counts.full", "差错的种类", "应为"),
}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def _notebook(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, 4)  # type: ignore[no-untyped-call]
    return notebook


def test_there_are_notebooks() -> None:
    assert [n.name for n in NOTEBOOKS] == list(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_without_outputs(path: Path) -> None:
    cells = [c for c in _notebook(path).cells if c.cell_type == "code"]
    assert all(not c.outputs and c.execution_count is None for c in cells)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "pipeline"))
    notebook = _notebook(path)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    shown = str(outputs)
    for words in SHOWN[path.name]:
        assert words in shown


@pytest.fixture(scope="module")
def charts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("charts", ROOT / "notebooks" / "charts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FRAME = pd.DataFrame(
    {"领域": ["师资队伍", "党建与思政"], "类别": ["成效", "计划"], "句数": [3, 2], "原文": ["新聘教师9人。", "换届。"]}
)


def test_a_chart_brings_its_own_chinese_font(charts: ModuleType, tmp_path: Path) -> None:
    chart = charts.bars(FRAME, x="句数", y="领域", color="类别", title="各领域的句数", tooltip=["原文"])
    with pdfplumber.open(chart.save(tmp_path / "图.pdf")) as pdf:
        words = pdf.pages[0].extract_text()
        fonts = {char["fontname"] for char in pdf.pages[0].chars if char["text"] > "\u4e00"}
    assert all(word in words for word in ("各领域的句数", "师资队伍", "党建与思政"))
    assert fonts
    assert all("HuizongSans" in font for font in fonts)


def test_a_chart_shows_the_words_behind_a_mark_and_fetches_nothing(charts: ModuleType, tmp_path: Path) -> None:
    chart = charts.bars(FRAME, x="句数", y="领域", title="各领域的句数", tooltip=["原文"])
    page = chart.save(tmp_path / "图.html").read_text(encoding="utf-8")
    assert json.dumps("新聘教师9人。") in page
    assert not re.search(r"<script[^>]+src=|<link[^>]+href=", page)
    shown = chart._repr_mimebundle_()
    assert shown["image/png"].startswith(b"\x89PNG")
    assert "<iframe" in shown["text/html"]
    assert shown["text/plain"] == "图：各领域的句数"


def test_a_chart_is_saved_as_what_its_name_says_or_refused(charts: ModuleType, tmp_path: Path) -> None:
    chart = charts.heat(FRAME, x="类别", y="领域", value="句数", title="领域 × 类别")
    assert chart.save(tmp_path / "图.png").read_bytes().startswith(b"\x89PNG")
    assert "领域 × 类别" in chart.save(tmp_path / "图.svg").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"\.png"):
        chart.save(tmp_path / "图.gif")
