"""Suites of other tools: how many of their numbers are read as they say, and that no date is taken for a count."""

from __future__ import annotations

import pytest

import peers
from peer_suites import LEFT_OUT, PEERS

pytestmark = pytest.mark.skipif(not PEERS.exists(), reason="the suites of other tools are not beside the repository")

FLOORS = {
    "gwr_before_2016": {"number": 0.99, "unit": 0.985, "value": 0.998},
    "ud_gsdsimp_dev": {"precision": 0.94, "recall": 0.96, "f1": 0.95, "value": 0.99},
    "msrt_number": {"value": 0.955},
    "msrt_number_with_unit": {"value": 0.97},
    "cn2an_tests": {"value": 0.95},
    "wetext_itn_zh": {"value": 0.85},
    "paddlespeech_tn_zh": {"value": 0.92},
    "dates": {"clear": 0.99},
}


@pytest.mark.parametrize("suite", peers.MEASURES)
def test_suites_of_other_tools(suite: str) -> None:
    score = peers.MEASURES[suite]()
    for figure, floor in FLOORS[suite].items():
        assert score.shares[figure] >= floor, score.misses
    named = {reason: count for reason, (count, _) in LEFT_OUT.get(suite, {}).items()}
    assert score.left_out == named, "what is left out has changed"
