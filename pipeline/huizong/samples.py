"""Where the sample reports lie: beside the installed package, or in the repository's corpus/."""

from __future__ import annotations

from pathlib import Path

from huizong.errors import MissingFile

_PLACES = (Path(__file__).parent / "samples", Path(__file__).parents[2] / "corpus" / "samples")


def sample_reports() -> list[Path]:
    """The documents of `huizong demo`, sorted by name. Raises `MissingFile` when the installation lost them."""
    for place in _PLACES:
        found = sorted(p for p in place.glob("*") if p.suffix in (".pdf", ".docx"))
        if found:
            return found
    raise MissingFile("找不到随包的样例报告。", advice="安装可能不完整，请重新安装 huizong。")
