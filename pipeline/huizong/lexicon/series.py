"""Names of what is compared over years, read from `series.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from huizong.lexicon import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A thing that reports call by several names. `growth`: its percentages are rates of growth; `low`: targets are ceilings."""

    name: str
    words: tuple[str, ...]
    growth: bool = False
    low: bool = False


@cache
def all_series() -> tuple[Series, ...]:
    """The series in the order of the file."""
    rows = tomllib.loads(read_text("series.toml"))["series"]
    return tuple(Series(**(row | {"words": tuple(row["words"])})) for row in rows)


@cache
def names_of_series() -> dict[str, Series]:
    """The series of each name, longest names first.

    >>> names_of_series()["CPI"].name
    '居民消费价格涨幅'
    """
    named = {word: series for series in all_series() for word in series.words}
    return dict(sorted(named.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def generic_names() -> frozenset[str]:
    """Names that do not tell which one is meant."""
    return frozenset(tomllib.loads(read_text("series.toml"))["words"]["generic"])
