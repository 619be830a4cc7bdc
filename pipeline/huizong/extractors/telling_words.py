"""The telling words of statements, weighed by how rare they are: what links issues to plans, and one year to the next."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from huizong.lexicon.links import empty_words, themes
from huizong.records import Item, Section, Span, Token

_HEADING_WEIGHT = 0.7
_FEW = 3
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


class Rarity:
    """How often words come in the statements of one report, or of several that are compared."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._total = 0

    def add(self, statements: Iterable[set[str]]) -> None:
        """Takes the words of further statements in."""
        for words in statements:
            self._times.update(words)
            self._total += 1

    def of(self, word: str) -> float:
        """Logarithm of how rarely the word comes in the statements."""
        return math.log((self._total + 1) / (self._times[word] + 0.5))

    def rare(self, word: str) -> bool:
        """Whether at most three statements, or one in twenty, have the word."""
        return self._times[word] <= max(_FEW, self._total // 20)


class TellingWords:
    """The telling words of the statements of one report.

    `rarity` is shared by reports that are compared with each other; the statements of this one are added to it. Weights
    should be asked for only when all reports are in.
    """

    def __init__(
        self,
        text: str,
        items: Sequence[Item],
        sections: Sequence[Section],
        tokens: Sequence[Token],
        rarity: Rarity | None = None,
    ) -> None:
        self._starts = [token.start for token in tokens]
        self._ends = [token.end for token in tokens]
        self._words = [text[token.start : token.end] for token in tokens]
        self._content = {word for word in set(self._words) if _CONTENT.fullmatch(word)}
        self._telling = self._content - empty_words()
        self._sections = {section.id: section for section in sections}
        self._rarity = Rarity() if rarity is None else rarity
        self._rarity.add(self._in(item.span) for item in items)

    def of(self, item: Item) -> dict[str, float]:
        """The words of a statement with their weights; those of its heading count less."""
        weights = dict.fromkeys(self._in(item.span), 1.0)
        section = self._sections.get(item.section or "")
        if section is not None and section.level > 1:
            for word in self._in(section.span):
                weights.setdefault(word, _HEADING_WEIGHT)
        return {word: weight * self.rarity(word) for word, weight in weights.items()}

    def own(self, item: Item) -> dict[str, float]:
        """The words of the statement alone, without its heading."""
        return {word: self.rarity(word) for word in self._in(item.span)}

    def themes(self, item: Item) -> set[str]:
        """What a statement is about, as far as its own words tell."""
        return {themes()[word] for word in self._in(item.span, empty=True) if word in themes()}

    def rarity(self, word: str) -> float:
        """Logarithm of how rarely the word comes in the statements."""
        return self._rarity.of(word)

    def rare(self, word: str) -> bool:
        """Whether at most three statements, or one in twenty, have the word."""
        return self._rarity.rare(word)

    @staticmethod
    def cosine(a: dict[str, float], b: dict[str, float]) -> float:
        """How alike two weighted sets of words are, 0..1. Exact sums: the words come in no particular order."""
        shared = math.fsum(weight * b[word] for word, weight in a.items() if word in b)
        lengths = math.sqrt(math.fsum(w * w for w in a.values()) * math.fsum(w * w for w in b.values()))
        return shared / lengths if lengths else 0.0

    def _in(self, span: Span, *, empty: bool = False) -> set[str]:
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if last > first and self._ends[last - 1] > span.end:  # a word that goes on behind the statement
            last -= 1
        return (self._content if empty else self._telling).intersection(self._words[first:last])
