"""Words of table headers (`tables.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from huizong.lexicon import read_text
from huizong.lexicon.units import alternatives, units
from huizong.records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """See the comments in `tables.toml`; but for `quantity`, `body` and `sentences` match a whole header with `fullmatch`."""

    order: re.Pattern[str]
    generic: re.Pattern[str]
    weak: re.Pattern[str]
    derived: re.Pattern[str]
    total: re.Pattern[str]
    baseline: re.Pattern[str]
    target: re.Pattern[str]
    actual: re.Pattern[str]
    change: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    bodies: re.Pattern[str]
    partners: re.Pattern[str]
    years: re.Pattern[str]
    groups: re.Pattern[str]
    body: re.Pattern[str]
    not_bodies: frozenset[str]
    quantity: re.Pattern[str]
    sentences: tuple[tuple[Kind, re.Pattern[str]], ...]

    def is_body(self, label: str) -> bool:
        """Whether a label is, by its end, the name of a department or school rather than a thing that is counted."""
        return self.body.search(label) is not None and label not in self.not_bodies

    def kind_of(self, header: str) -> Kind:
        """What the sentences in the cells under `header` tell; a measure where the header does not say."""
        return next((kind for kind, cue in self.sentences if cue.search(header)), Kind.MEASURE)


@cache
def table_words() -> TableWords:
    """The packaged words of table headers."""
    data: dict[str, Any] = tomllib.loads(read_text("tables.toml"))

    def whole(name: str, before: str = "") -> re.Pattern[str]:
        words: Iterable[str] = data[name]
        return re.compile(before + "(?:" + "|".join(words) + ")")

    return TableWords(
        order=whole("order", ".*"),
        generic=whole("generic"),
        weak=whole("weak"),
        derived=whole("derived"),
        total=whole("total"),
        baseline=whole("baseline"),
        target=whole("target"),
        actual=whole("actual"),
        change=whole("change"),
        increase=whole("increase"),
        decrease=whole("decrease"),
        bodies=whole("bodies"),
        partners=whole("partners"),
        years=whole("years"),
        groups=whole("groups"),
        body=re.compile(f"^[^\\d，。；：]{{1,20}}(?<![的各])(?:{alternatives(data['body_endings'])})$"),
        not_bodies=frozenset(data["not_bodies"]),
        quantity=re.compile(f"(?:{alternatives(data['quantities']['endings'])})$"),
        sentences=tuple((Kind(name), re.compile(cue)) for name, cue in data["sentences"].items()),
    )


_SCALED = re.compile(r"(?:[百千]?[万亿])?(?P<unit>.*?)(?:/[一-龥]{1,3})?")


def is_unit(words: str) -> bool:
    """Whether the whole of `words` is a unit as printed in a header: 人, 万元, %, 元/生, 台/百生, 万.

    >>> is_unit("万元"), is_unit("元/生"), is_unit("人数"), is_unit("部门")
    (True, True, False, False)
    """
    words = words.strip()
    if not words or len(words) > 10:
        return False
    if words in {"万", "亿"}:
        return True
    match = units().match(words, 0, chinese=False)
    if match is not None and match.end() == len(words):
        return True
    scaled = _SCALED.fullmatch(words)
    if scaled is None or not scaled["unit"]:
        return False
    match = units().match(scaled["unit"], 0, chinese=False)
    return match is not None and match.end() == len(scaled["unit"])
