"""Rules for the kind of a sentence (`rules.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from huizong.lexicon import read_text
from huizong.records import Kind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of `rules.toml`, which describes the conditions; an empty condition always holds."""

    name: str
    kind: Kind
    weight: float
    has: re.Pattern[str] | None
    lacks: re.Pattern[str] | None
    cues: frozenset[str]
    without: frozenset[str]
    roles: frozenset[Role]
    government: bool | None
    longest: int | None
    edge: bool
    admits: bool
    follows: Kind | None

    def concerns(self, role: Role, *, government: bool) -> bool:
        """Whether the rule may speak of sentences in sections of this role, in this sort of report."""
        return (self.government is None or self.government is government) and (not self.roles or role in self.roles)

    def holds(
        self, text: str, cues: frozenset[str], *, edge: bool = False, admits: bool = False, follows: Kind | None = None
    ) -> bool:
        """Whether a rule that `concerns` the sentence speaks of it (`text` without blanks, `cues` the classes it shows).

        `follows` is the kind of the member before it in a list of members parted by ；.
        """
        return (
            (not self.edge or edge)
            and (not self.admits or admits)
            and (self.follows is None or self.follows is follows)
            and (self.longest is None or len(text) <= self.longest)
            and (not self.cues or bool(self.cues & cues))
            and not self.without & cues
            and (self.has is None or self.has.search(text) is not None)
            and (self.lacks is None or self.lacks.search(text) is None)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    rows: list[dict[str, Any]] = tomllib.loads(read_text("rules.toml"))["rule"]
    return tuple(_rule(**row) for row in rows)


@cache
def rules_for(role: Role, *, government: bool) -> tuple[Rule, ...]:
    """The rules that concern sections of this role, in the order of the file."""
    return tuple(rule for rule in rules() if rule.concerns(role, government=government))


def _rule(
    *,
    name: str,
    kind: str,
    weight: float,
    has: str = "",
    lacks: str = "",
    cues: list[str] | None = None,
    without: list[str] | None = None,
    roles: list[str] | None = None,
    report: str = "",
    longest: int | None = None,
    edge: bool = False,
    admits: bool = False,
    follows: str = "",
) -> Rule:
    return Rule(
        name=name,
        kind=Kind(kind),
        weight=float(weight),
        has=re.compile(has) if has else None,
        lacks=re.compile(lacks) if lacks else None,
        cues=frozenset(cues or ()),
        without=frozenset(without or ()),
        roles=frozenset(Role(role) for role in roles or ()),
        government={"": None, "government": True, "school": False}[report],
        longest=longest,
        edge=edge,
        admits=admits,
        follows=Kind(follows) if follows else None,
    )
