"""Pairs of characters that Chinese words are made of (`pairs.txt`)."""

from __future__ import annotations

from functools import cache

from huizong.lexicon import entries


@cache
def common_pairs() -> frozenset[str]:
    """The commonest pairs of neighbouring characters.

    >>> "学校" in common_pairs(), "校学" in common_pairs()
    (True, False)
    """
    return frozenset(pair for fields in entries("pairs.txt") for pair in fields[0].split())
