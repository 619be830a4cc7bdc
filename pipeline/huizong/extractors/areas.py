"""The work area of a sentence: the words of its headings, its own words and the model, weighed together."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from huizong.classifier import Example
from huizong.lexicon.areas import area_words
from huizong.records import Area

_STRONG, _WEAK, _MOST = 1.0, 0.35, 2.0
_OWN, _HEADING, _ABOVE, _MODEL = 1.0, 1.0, 0.5, 1.0


def area_of(example: Example, model: Mapping[Area, float]) -> Area:
    """The area of an item; `Area.OTHER` where neither words nor headings nor the model point to one."""
    own, heading = word_scores(example.text), word_scores(example.heading)
    above = word_scores("|".join(example.above))
    sums = {
        area: _OWN * own[area]
        + _HEADING * heading[area]
        + _ABOVE * above[area]
        + _MODEL * log(max(model.get(area, 0.0), 1e-3))
        for area in Area
    }
    if not any(own.values()) and not any(heading.values()) and not any(above.values()) and max(model.values()) < 0.2:
        return Area.OTHER
    return max(Area, key=lambda area: sums[area])


def word_scores(text: str) -> dict[Area, float]:
    """How much the words of `text` point to each area, from 0 to 2.

    >>> max(Area, key=lambda a: word_scores("双师型教师占比提高")[a])
    <Area.FACULTY: 'faculty'>
    """
    scores = {}
    for area, words in area_words().items():
        points = _STRONG * sum(word in text for word in words.strong) + _WEAK * sum(word in text for word in words.weak)
        scores[area] = min(points, _MOST)
    return scores
