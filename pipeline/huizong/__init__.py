"""huizong (汇总): Chinese work reports in, a filled summary table out.

    import huizong
    report = huizong.read("某学院_2023.pdf")   # Report: .items .counts .sections … .to_dict() .to_spacy() .show()
    results = huizong.load("OUT")              # DataFrames of a whole run: .tasks .measures .counts .issues .plans …

The names below are loaded on first use, so that importing huizong costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huizong.analyze import analyze_text, find_counts, locate, read
    from huizong.records import Count
    from huizong.report import Report
    from huizong.settings import Settings
    from huizong.tables import Results, load

__version__ = "0.1.0"
__all__ = [
    "Count",
    "Report",
    "Results",
    "Settings",
    "__version__",
    "analyze_text",
    "find_counts",
    "load",
    "locate",
    "read",
]

_HOMES = {
    "analyze_text": "huizong.analyze",
    "find_counts": "huizong.analyze",
    "locate": "huizong.analyze",
    "read": "huizong.analyze",
    "Count": "huizong.records",
    "Report": "huizong.report",
    "Settings": "huizong.settings",
    "Results": "huizong.tables",
    "load": "huizong.tables",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'huizong' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
