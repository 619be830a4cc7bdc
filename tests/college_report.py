"""Sentences read as the body of a college's report of 2023."""

from __future__ import annotations

from huizong.analyze import analyze_text
from huizong.records import Count


def counts_in(body: str) -> list[Count]:
    """The counts of `body`, which stands under 主要工作."""
    return list(analyze_text(f"某职业学院2023年工作总结\n一、主要工作\n{body}\n").counts)
