"""Words that tell how far a thing has come, read from `stages.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from huizong.lexicon import read_text

_PLAIN = re.compile(r"[\u4e00-\u9fff]+")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(read_text("stages.toml"))


@cache
def stage_words() -> frozenset[str]:
    """All words of the file: none of them says which thing is meant.

    >>> "获批" in stage_words(), "实训室" in stage_words()
    (True, False)
    """
    lists = {name: words for name, words in _lists().items() if name != "heads"}
    return frozenset(word for words in lists.values() for word in words if _PLAIN.fullmatch(word))


@cache
def head_words() -> frozenset[str]:
    """Words that tell what sort of thing is meant, though they are too common to link an issue to a plan."""
    return frozenset(_lists()["heads"])


@cache
def stage_pattern(name: str) -> re.Pattern[str]:
    """A pattern of the words of one list (aims, done, ongoing, undone, started).

    >>> bool(stage_pattern("undone").search("评审办法尚未出台"))
    True
    """
    words = sorted(_lists()[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(words))
