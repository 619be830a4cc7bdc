"""Words of the fourteen work areas (`areas.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from huizong.lexicon import read_text
from huizong.lexicon.index import WordIndex
from huizong.records import Area

_AREAS = tuple(Area)


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
    counts: dict[Area, list[int]] = {}
    uses = _uses()
    for word in _index().found(text):
        for area, strength in uses[word]:
            counts.setdefault(area, [0, 0])[strength] += 1
    return {area: Naming(*counts[area]) for area in sorted(counts, key=_AREAS.index)}


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
def _index() -> WordIndex:
    return WordIndex(_uses())
