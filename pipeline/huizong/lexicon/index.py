"""Which of many words stand in a text, by one look at the text instead of one for each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import add


class WordIndex:
    """Words by their first two characters: a text holds few such pairs, and few words begin like one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        beginnings: dict[str, list[str]] = defaultdict(list)
        self._short: list[str] = []
        for word in dict.fromkeys(words):
            if len(word) > 1:
                beginnings[word[:2]].append(word)
            else:
                self._short.append(word)
        self._beginnings = dict(beginnings)

    def found(self, text: str) -> list[str]:
        """The words that stand in `text`, each once, in no particular order.

        >>> sorted(WordIndex(["仍", "仍然", "尚未", "未能"]).found("仍未能完成"))
        ['仍', '未能']
        """
        pairs = self._beginnings.keys() & set(map(add, text, text[1:]))
        words = [word for pair in pairs for word in self._beginnings[pair] if word in text]
        return words + [word for word in self._short if word in text]
