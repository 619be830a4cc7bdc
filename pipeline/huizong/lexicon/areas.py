"""Words of the fourteen work areas (`areas.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from huizong.lexicon import read_text
from huizong.records import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    """What names one area and what leans to it."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]


@cache
def area_words() -> dict[Area, AreaWords]:
    """The words of every area, in the order of `Area`."""
    lists: dict[str, dict[str, list[str]]] = tomllib.loads(read_text("areas.toml"))
    return {area: AreaWords(strong=tuple(lists[area]["strong"]), weak=tuple(lists[area]["weak"])) for area in Area}
