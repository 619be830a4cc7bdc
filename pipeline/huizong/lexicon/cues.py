"""Cue words of sentence kinds (`cues.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache

from huizong.lexicon import read_text


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """One pattern for each class of cues: it finds any of the class's words or patterns.

    >>> bool(cues()["issue"].search("师资力量薄弱"))
    True
    """
    classes: dict[str, dict[str, list[str]]] = tomllib.loads(read_text("cues.toml"))
    return {
        name: re.compile("|".join([*map(re.escape, sorted(lists["words"], key=_longest_first)), *lists["patterns"]]))
        for name, lists in classes.items()
    }


@lru_cache(maxsize=4096)
def found_cues(text: str) -> frozenset[str]:
    """The classes of cues that `text` (without blanks) shows."""
    return frozenset(name for name, pattern in cues().items() if pattern.search(text))


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
