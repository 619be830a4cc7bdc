"""Words that do not count when issues and plans are matched, and words that mean much the same (links.toml)."""

from __future__ import annotations

import tomllib
from functools import cache

from huizong.lexicon import read_text


@cache
def empty_words() -> frozenset[str]:
    """The words of links.toml that say nothing.

    >>> "工作" in empty_words(), "实训室" in empty_words()
    (True, False)
    """
    return frozenset(tomllib.loads(read_text("links.toml"))["empty"])


@cache
def themes() -> dict[str, str]:
    """What each word of a theme is about, told by the theme's first word.

    >>> themes()["督查"], themes()["考核"]
    ('考核', '考核')
    """
    groups: list[list[str]] = tomllib.loads(read_text("links.toml"))["themes"]
    return {word: group[0] for group in groups for word in group}
