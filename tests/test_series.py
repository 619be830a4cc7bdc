"""The written series of `corpus/series` against what was planted in it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

import huizong
from conftest import ROOT
from huizong.compare import Comparison, Outcome, compare_reports

SERIES = ROOT / "corpus" / "series"
PLANTED: dict[str, Any] = tomllib.loads((SERIES / "planted.toml").read_text(encoding="utf-8"))
TEXTS = {int(path.stem[-4:]): path.read_text(encoding="utf-8") for path in sorted(SERIES.glob("*.txt"))}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_reports(huizong.read(path) for path in sorted(SERIES.glob("*.txt")))


def _f1(right: int, found: int, planted: int) -> float:
    return 2 * right / (found + planted)


def test_what_is_planted_stands_in_the_reports() -> None:
    assert sorted(TEXTS) == PLANTED["years"]
    for issue in PLANTED["issues"]:
        assert all(words in TEXTS[int(year)] for year, words in issue["told"].items())
    for promise in PLANTED["promises"]:
        assert promise["plan"] in TEXTS[promise["year"]]
        assert promise.get("evidence", "") in TEXTS[promise["year"] + 1]
    for sentence in PLANTED["copied"]:
        assert sentence["words"] in TEXTS[sentence["from"]]
        assert sentence["words"] in TEXTS[sentence["to"]]


def test_one_body_over_three_years(comparison: Comparison) -> None:
    assert comparison.bodies == (PLANTED["body"],)
    assert list(comparison.years) == PLANTED["years"]


def test_indicators_exactly(comparison: Comparison) -> None:
    rows = [row for row in comparison.indicators if row.comparable]
    assert len(rows) == len(PLANTED["indicators"])
    for planted in PLANTED["indicators"]:
        (row,) = [row for row in rows if planted["name"] in row.name]
        assert (row.owner, row.unit) == (planted["owner"], planted["unit"])
        assert dict(row.values) == {int(year): value for year, value in planted["values"].items()}
        assert list(row.approximate) == planted.get("approximate", [])
        assert all(row.quotes[year] in TEXTS[year] for year in row.values)


def test_near_misses_are_not_subtracted(comparison: Comparison) -> None:
    rows = [row for row in comparison.indicators if not row.comparable]
    assert len(rows) == len(PLANTED["incomparable"])
    for planted in PLANTED["incomparable"]:
        (row,) = [row for row in rows if planted["name"] in row.name]
        assert (list(row.values), row.changes) == (planted["years"], ())
        assert (row.reason or "").startswith(planted["reason"])


def test_issues(comparison: Comparison) -> None:
    def told(planted: dict[str, Any], row: Any) -> bool:
        years = {int(year): words for year, words in planted["told"].items()}
        same = set(years) == set(row.years) and planted["status"] == row.status
        return same and all(words in row.quotes[year] for year, words in years.items())

    right = sum(any(told(planted, row) for row in comparison.issues) for planted in PLANTED["issues"])
    assert _f1(right, len(comparison.issues), len(PLANTED["issues"])) >= 0.9


def test_promises(comparison: Comparison) -> None:
    """Outcomes other than “no evidence”: right where plan, outcome and evidence are."""
    found = [row for row in comparison.promises if row.outcome is not Outcome.NO_EVIDENCE]
    planted = [row for row in PLANTED["promises"] if "evidence" in row]

    def answers(row: Any, plan: dict[str, Any]) -> bool:
        same = row.year == plan["year"] and plan["plan"] in row.quote and row.outcome == plan["outcome"]
        return same and plan["evidence"] in (row.evidence_quote or "")

    right = sum(any(answers(row, plan) for row in found) for plan in planted)
    wrong = [row for row in found if not any(answers(row, plan) for plan in planted)]
    assert _f1(right, right + len(wrong), len(planted)) >= 0.9


def test_forgotten_plans_are_told(comparison: Comparison) -> None:
    forgotten = [row["plan"] for row in PLANTED["promises"] if row["outcome"] == "no evidence"]
    rows = [row.quote for row in comparison.promises if row.outcome is Outcome.NO_EVIDENCE]
    assert [sum(words in quote for quote in rows) for words in forgotten] == [1] * len(forgotten)


def test_copied_text_exactly(comparison: Comparison) -> None:
    found = {(c.from_year, c.to_year, c.similarity == 1, c.to_quote) for c in comparison.copied}
    assert len(found) == len(PLANTED["copied"])
    for planted in PLANTED["copied"]:
        assert any(
            (planted["from"], planted["to"], planted["verbatim"]) == row[:3] and planted["words"] in row[3]
            for row in found
        )


def test_contradictions_all_found_and_no_other(comparison: Comparison) -> None:
    assert sorted((str(a.rule), list(a.years)) for a in comparison.anomalies) == sorted(
        (planted["rule"], planted["years"]) for planted in PLANTED["anomalies"]
    )
    for planted in PLANTED["anomalies"]:
        assert any(planted["words"] in a.message for a in comparison.anomalies if a.rule == planted["rule"])


def test_the_series_is_no_labelled_report() -> None:
    """`huizong train corpus` and `evaluate corpus` learn from and measure on labels only."""
    from huizong.evaluate.run import label_files

    assert not [path for path in label_files([ROOT / "corpus"]) if path.is_relative_to(SERIES)]
