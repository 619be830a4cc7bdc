"""Words of the fourteen work areas (`areas.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from huizong.lexicon import read_text
from huizong.records import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    """What names one area and what leans to it."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How many of an area's words stand in a text."""

    strong: int
    weak: int


@cache
def area_words() -> dict[Area, AreaWords]:
    """The words of every area, in the order of `Area`."""
    lists: dict[str, dict[str, list[str]]] = tomllib.loads(read_text("areas.toml"))
    return {area: AreaWords(strong=tuple(lists[area]["strong"]), weak=tuple(lists[area]["weak"])) for area in Area}


@lru_cache(maxsize=4096)
def named_areas(text: str) -> Mapping[Area, Naming]:
    """The areas that words of `text` name, in the order of `Area`; each word counts once, however often it stands there.

    >>> named_areas("双师型教师占比提高")[Area.FACULTY].strong > 0
    True
    """
    # A text holds few beginnings of words: one look at each of its places instead of one look for each of the words.
    beginnings, short = _words_by_beginning()
    found = {word for word in short if word in text}
    for at in range(len(text) - 1):
        for word in beginnings.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                found.add(word)
    counts: dict[Area, list[int]] = {}
    for word in found:
        for area, strength in _uses()[word]:
            counts.setdefault(area, [0, 0])[strength] += 1
    return {area: Naming(*counts[area]) for area in sorted(counts, key=list(area_words()).index)}


@cache
def _uses() -> dict[str, tuple[tuple[Area, int], ...]]:
    """For each word the areas that list it, 0 as strong, 1 as weak."""
    uses: dict[str, tuple[tuple[Area, int], ...]] = {}
    for area, words in area_words().items():
        for strength, listed in enumerate((words.strong, words.weak)):
            for word in listed:
                uses[word] = (*uses.get(word, ()), (area, strength))
    return uses


@cache
def _words_by_beginning() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The words by their first two characters, and the words that are shorter."""
    beginnings: dict[str, tuple[str, ...]] = {}
    for word in _uses():
        if len(word) > 1:
            beginnings[word[:2]] = (*beginnings.get(word[:2], ()), word)
    return beginnings, tuple(word for word in _uses() if len(word) < 2)
