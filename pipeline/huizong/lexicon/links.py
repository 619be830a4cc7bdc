"""Words that do not count when issues and plans are matched (links.toml)."""

from __future__ import annotations

import tomllib
from functools import cache

from huizong.lexicon import read_text


@cache
def empty_words() -> frozenset[str]:
    """The words of links.toml.

    >>> "工作" in empty_words(), "实训室" in empty_words()
    (True, False)
    """
    return frozenset(tomllib.loads(read_text("links.toml"))["empty"])
