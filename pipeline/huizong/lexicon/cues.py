"""Cue words of sentence kinds (`cues.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from huizong.lexicon import read_text
from huizong.lexicon.index import WordIndex


@dataclass(frozen=True, slots=True)
class _Classes:
    """The classes of cues: of each word those that list it, and of each class the patterns it has besides."""

    index: WordIndex
    of_word: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=4096)
def found_cues(text: str) -> frozenset[str]:
    """The classes of cues that `text` (without blanks) shows.

    >>> "issue" in found_cues("师资力量薄弱")
    True
    """
    classes = _classes()
    found = {name for word in classes.index.found(text) for name in classes.of_word[word]}
    found.update(name for name, other in classes.patterns.items() if name not in found and other.search(text))
    return frozenset(found)


@cache
def _classes() -> _Classes:
    lists: dict[str, dict[str, list[str]]] = tomllib.loads(read_text("cues.toml"))
    of_word: dict[str, tuple[str, ...]] = {}
    for name, own in lists.items():
        for word in own["words"]:
            of_word[word] = (*of_word.get(word, ()), name)
    patterns = {name: re.compile("|".join(own["patterns"])) for name, own in lists.items() if own["patterns"]}
    return _Classes(WordIndex(of_word), of_word, patterns)
