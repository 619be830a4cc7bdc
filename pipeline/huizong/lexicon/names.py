"""Words around names (`names.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from huizong.lexicon import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """The lists of `names.toml`, each described there."""

    before_names: frozenset[str]
    inside_names: frozenset[str]
    body_endings: tuple[str, ...]
    partner_endings: tuple[str, ...]
    scheme_endings: tuple[str, ...]
    not_first: tuple[str, ...]
    joined_after: tuple[str, ...]
    between_bodies: tuple[str, ...]


@cache
def name_words() -> NameWords:
    """The lists, endings with the longest first."""
    lists: dict[str, list[str]] = tomllib.loads(read_text("names.toml"))

    def longest_first(name: str) -> tuple[str, ...]:
        return tuple(sorted(lists[name], key=lambda word: (-len(word), word)))

    return NameWords(
        before_names=frozenset(lists["before_names"]),
        inside_names=frozenset(lists["inside_names"]),
        body_endings=longest_first("body_endings"),
        partner_endings=longest_first("partner_endings"),
        scheme_endings=longest_first("scheme_endings"),
        not_first=tuple(lists["not_first"]),
        joined_after=tuple(lists["joined_after"]),
        between_bodies=tuple(lists["between_bodies"]),
    )
