"""Scores of names proposed for a number: the weights of their features, summed once where they do not depend on the number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

from huizong.extractors.object_proposals import Question, Sentence
from huizong.extractors.object_words import Phrase

_NOTHING = repeat(0.0)


class Weights(dict[str, float]):
    """Weights by feature; what is not known weighs nothing."""

    def total(self, features: Iterable[str]) -> float:
        """The sum over `features`."""
        return sum(map(self.get, features, _NOTHING))


class WordScores:
    """The scores of phrases, the parts that do not depend on the number summed once a sentence."""

    def __init__(self, weights: Weights, sentence: Sentence) -> None:
        self.total, self._view = weights.total, sentence.view
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._base: dict[tuple[int, int], float] = {}

    def of(self, question: Question) -> Iterator[tuple[str, Phrase, float]]:
        """(its words, phrase, score) of every phrase that may be the thing of `question`; what its name adds is left out."""
        phrases, total = question.phrases(), self.total
        first = {i: total(question.opening(i)) for i in {phrase.first for _, phrase in phrases}}
        last = {i: total(question.closing(i)) for i in {phrase.last for _, phrase in phrases}}
        for name, phrase in phrases:
            i, j, _ = phrase
            yield name, phrase, self._own(phrase) + first[i] + last[j]

    def _own(self, phrase: Phrase) -> float:
        """What the words of the phrase say, whatever the number."""
        i, j, features = phrase
        score = self._base.get((i, j))
        if score is None:
            if i not in self._first:
                self._first[i] = self.total(self._view.opening(i))
            if j not in self._last:
                self._last[j] = self.total(self._view.closing(j))
            score = self._base[i, j] = self.total(features) + self._first[i] + self._last[j]
        return score
