"""Words of the report checks, read from `checks.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from huizong import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """What the checks go by; see the comments of `checks.toml`."""

    exclusive: tuple[tuple[str, ...], ...]
    capped: tuple[str, ...]
    stock: frozenset[str]
    known: frozenset[str]
    loose: frozenset[str]
    doubled: frozenset[str]
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


@cache
def check_words() -> CheckWords:
    """The packaged words.

    >>> "就业率" in check_words().capped, "完成率" in check_words().capped
    (True, False)
    """
    data = tomllib.loads(lexicon.read_text("checks.toml"))
    return CheckWords(
        exclusive=tuple(map(tuple, data["sums"]["exclusive"])),
        capped=tuple(data["sums"]["capped"]),
        stock=frozenset(data["values"]["stock"]),
        known=frozenset(data["typo"]["known"]),
        loose=frozenset(data["typo"]["loose"]),
        doubled=frozenset(data["typo"]["doubled"]),
        nouns=tuple(sorted(data["reference"]["nouns"], key=lambda noun: (-len(noun), noun))),
        verbs=tuple(data["contradiction"]["verbs"]),
    )
