"""Scores of names proposed for a number, by the network of `ranking`: sums of weights, made once for words and phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from huizong.extractors.object_proposals import Question, Sentence
from huizong.extractors.object_words import Phrase
from huizong.extractors.ranking import scores


class Network:
    """The weights of a model: `rows` says in which row of `table` (features × (1 + hidden)) those of a feature stand.

    The first column of `table` is the linear part; `bias` and `out` are the hidden layer's. Features not in `rows` weigh nothing.
    """

    def __init__(
        self, rows: Mapping[str, int], table: NDArray[np.float32], bias: NDArray[np.float32], out: NDArray[np.float32]
    ) -> None:
        self._rows, self._bias, self._out, self._unknown = rows, bias, out, len(table)
        self._table = np.concatenate([table, np.zeros((1, 1 + len(bias)), dtype=np.float32)])

    def sums(self, lists: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """For each list of features the sum of their rows."""
        row, unknown = self._rows.get, self._unknown
        flat: list[int] = []
        starts: list[int] = []
        for features in lists:
            starts.append(len(flat))
            flat.append(unknown)  # no list is empty
            flat += [row(feature, unknown) for feature in features]
        sums: NDArray[np.float32] = np.add.reduceat(self._table[flat], starts, axis=0)
        return sums

    def scores(self, sums: NDArray[np.float32]) -> NDArray[np.float32]:
        """The score of each proposal whose features were summed."""
        return scores(sums, self._bias, self._out)


class Scorer:
    """Scores the proposals for the numbers of one sentence; what does not depend on the number is summed once."""

    def __init__(self, network: Network, sentence: Sentence) -> None:
        self._network, self._view = network, sentence.view
        self._at = {(phrase.first, phrase.last): n for n, (_, phrase) in enumerate(sentence.phrases)}
        self._wholes = network.sums([(), *(phrase.features for _, phrase in sentence.phrases)])[1:]

    def scored(self, question: Question) -> list[tuple[str, Phrase | None, float]]:
        """(name, where it stands, score) of every proposal, those that are no phrase of the sentence last."""
        proposals, told = question.proposals()
        phrases = [phrase for _, phrase in proposals if phrase is not None]
        firsts = {i: n for n, i in enumerate(dict.fromkeys(phrase.first for phrase in phrases))}
        lasts = {j: n for n, j in enumerate(dict.fromkeys(phrase.last for phrase in phrases), start=len(firsts))}
        names = {name: n for n, name in enumerate(told, start=len(firsts) + len(lasts))}
        opening = [[*self._view.opening(i), *question.opening(i)] for i in firsts]
        closing = [[*self._view.closing(j), *question.closing(j)] for j in lasts]
        sums = self._network.sums([*opening, *closing, *told.values(), ()])  # the last is zero
        rows = sums[[names.get(name, -1) for name, _ in proposals]]
        rows[: len(phrases)] += self._wholes[[self._at[phrase.first, phrase.last] for phrase in phrases]]
        rows[: len(phrases)] += sums[[firsts[phrase.first] for phrase in phrases]]
        rows[: len(phrases)] += sums[[lasts[phrase.last] for phrase in phrases]]
        scores = self._network.scores(rows).tolist()
        return [(name, phrase, score) for (name, phrase), score in zip(proposals, scores, strict=True)]
