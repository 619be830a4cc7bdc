"""Precision and recall of the reading against labelled reports, with every miss in context.

The figures are those of the project's agreed scorer, to the digit: counts by place, value and unit; sentence kinds by
the label that covers most of a labelled sentence; headings by words and level; aliases as pairs.
"""

from __future__ import annotations

from huizong.evaluate.figures import Figures, Score
from huizong.evaluate.run import DocumentFailure, Evaluation, Read, evaluate, find_report
from huizong.evaluate.scoring import Miss, Reading, score, score_document

__all__ = [
    "DocumentFailure",
    "Evaluation",
    "Figures",
    "Miss",
    "Read",
    "Reading",
    "Score",
    "evaluate",
    "find_report",
    "score",
    "score_document",
]
