"""Counts → the indicator catalogue (lexicon/indicators.csv). What matches none keeps its own words; nothing is guessed.

A count is the indicator whose unit it has and whose name, or a synonym, its object is, or ends with (省级高水平专业群 is a
专业群); the longest such name wins. Words that exclude (`not`) and a catalogue name for 新增 are honoured.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from huizong.lexicon import read_text
from huizong.records import Count, Level, Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One line of the catalogue."""

    id: str
    group: str
    name: str
    unit: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    excluded: tuple[str, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The indicator a count was found to be, why, and how sure (0..1)."""

    indicator: Indicator
    reason: str
    score: float


@cache
def catalogue() -> tuple[Indicator, ...]:
    """All indicators in the order of the file."""
    rows = csv.DictReader(line for line in read_text("indicators.csv").splitlines() if not line.startswith("#"))
    return tuple(
        Indicator(
            id=row["id"],
            group=row["group"],
            name=row["name"],
            unit=row["unit"],
            names=tuple(filter(None, {row["name"]: None, **dict.fromkeys(row["names"].split("|"))})),
            units=tuple(filter(None, {row["unit"]: None, **dict.fromkeys(row["units"].split("|"))})),
            excluded=tuple(filter(None, row["not"].split("|"))),
            needed=tuple(filter(None, row["needs"].split("|"))),
        )
        for row in rows
    )


def match_indicator(count: Count, sentence: str = "") -> Match | None:
    """The indicator of `count`, or `None`: same unit, and the whole name (score 1) or its end (by the share that matches).

    `sentence` is what the count stands in: some indicators (换届党总支) are those of others (党总支) of which it says a word
    (换届); where it does, they win.
    """
    if count.indicator is not None:
        chosen = next((i for i in catalogue() if i.id == count.indicator), None)
        return Match(indicator=chosen, reason="人工指定", score=1.0) if chosen else None
    if not count.object:
        return None
    said = tuple(word for word in _needed_words() if word in sentence)
    return _match(count.object, count.unit, count.level, count.nature, said)


@cache
def _needed_words() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for indicator in catalogue() for word in indicator.needed))


@lru_cache(maxsize=4096)  # the same things are counted in every report of a run
def _match(counted: str, unit: str, level: Level | None, nature: Nature, said: tuple[str, ...]) -> Match | None:
    thing = _plain(counted)
    if level in (Level.NATIONAL, Level.PROVINCE) and thing.endswith("专业群") and "级" not in thing:
        thing = ("国家级" if level is Level.NATIONAL else "省级") + thing
    if nature is Nature.NEW and thing == "招生专业":
        thing = "新增招生专业"
    best: Match | None = None
    for indicator, names in _of_unit(unit):
        if any(word in thing for word in indicator.excluded):
            continue
        needed = [word for word in indicator.needed if word in said]
        if indicator.needed and not needed and indicator.name != thing:
            continue
        for name in names:
            if thing != name and not (len(name) >= 3 and thing.endswith(name)):
                continue
            score = 1.0 if thing == name else 0.5 + 0.5 * len(name) / len(thing)
            if best is None or score > best.score or (score == best.score and needed):
                reason = f"名称即“{name}”" if thing == name else f"名称以“{name}”结尾"
                told = f"，句中有“{needed[0]}”" if needed else ""
                best = Match(indicator=indicator, reason=f"{reason}，单位“{unit}”{told}", score=round(score, 2))
    return best


@cache
def _of_unit(unit: str) -> tuple[tuple[Indicator, tuple[str, ...]], ...]:
    """The indicators that have this unit, with their names as they are compared."""
    return tuple((i, tuple(map(_plain, i.names))) for i in catalogue() if _unit_fits(unit, i))


def _plain(name: str) -> str:
    return re.sub(r"[\s“”\"‘’《》]", "", name)


def _unit_fits(unit: str, indicator: Indicator) -> bool:
    return unit in indicator.units or (not unit and indicator.unit == "—")
