"""Phrases that tell what a sentence is about, and what it only mentions (`topics.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from huizong.lexicon import read_text
from huizong.records import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A phrase that points to an area, and by how much."""

    area: Area
    points: float
    has: re.Pattern[str]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the file."""
    rows: list[dict[str, Any]] = _tables()["topic"]
    return tuple(Topic(area=Area(row["area"]), points=float(row["points"]), has=re.compile(row["has"])) for row in rows)


def without_asides(text: str) -> str:
    """`text` without what it only mentions: who leads, in whose spirit.

    >>> without_asides("院党委书记带队检查教室")
    '院〇带队检查教室'
    """
    return _aside().sub("〇", text)


@cache
def _aside() -> re.Pattern[str]:
    return re.compile("|".join(_tables()["aside"]))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(read_text("topics.toml"))
