"""Features of a sentence: its characters and words, the headings above it, cue words, its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from operator import add

from huizong.classifier.examples import Example
from huizong.lexicon.areas import named_areas
from huizong.lexicon.cues import found_cues

# Raised whenever the features of a sentence, or what is learned from them, change: models of another version are refused.
FEATURES_VERSION = 3

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"\d\s*(?:[%％万亿余多]|[个项名人门家所支部篇件场次期份套台间元分])")
_YEAR = re.compile(r"20\d\d年")
_LONGEST_GRAM = 4
_CLAUSE = re.compile(r"[，,：:；;。！？、]")


@dataclass(frozen=True, slots=True)
class Group:
    """Features of one sort: what their names begin with, the names themselves, and the length they are scaled to together."""

    prefix: str
    length: float
    names: frozenset[str]

    @property
    def value(self) -> float:
        """The value of each of the features."""
        return self.length / sqrt(len(self.names))


def feature_groups(example: Example) -> tuple[Group, ...]:
    """The features of one sentence in their groups; empty groups are left out."""
    groups = (*own_groups(example.text, example.words), *title_groups(example.heading, example.above), context(example))
    return tuple(group for group in groups if group.names)


def own_groups(text: str, words: Sequence[str]) -> tuple[Group, ...]:
    """What the words of a sentence say, wherever it stands."""
    words = _DIGITS.sub("0", "\n".join(words)).split("\n") if words else words
    return (
        Group("c", 1.0, _grams(f"^{_DIGITS.sub('0', text)}$", 1, _LONGEST_GRAM)),
        Group("w", 1.0, frozenset((*words, *map("_".join, pairwise(words))))),
        Group("a", 1.0, _areas(text)),
    )


def title_groups(heading: str, above: Sequence[str]) -> tuple[Group, ...]:
    """What the headings above a sentence say, its own and the enclosing ones."""
    titles = "|".join(above)
    return (
        Group("h", 0.7, _grams(heading, 2, 3)),
        Group("p", 0.4, _grams(titles, 2, 3)),
        Group("ah", 1.0, _areas(heading)),
        Group("ap", 0.5, _areas(titles)),
    )


def context(example: Example) -> Group:
    """What the cues in the sentence and its neighbours say in this place of the report."""
    return Group("k", 1.0, frozenset(_context(example)))


def features(example: Example) -> dict[str, float]:
    """Named features of one sentence; each group of names (before the colon) is scaled to a length of its own."""
    return {f"{group.prefix}:{name}": group.value for group in feature_groups(example) for name in sorted(group.names)}


def _grams(text: str, shortest: int, longest: int) -> frozenset[str]:
    grams, found = list(text), set(text) if shortest == 1 else set()
    for n in range(2, longest + 1):
        grams = list(map(add, grams, text[n - 1 :]))  # each one longer by the character behind it
        if n >= shortest:
            found.update(grams)
    return frozenset(found)


def _context(example: Example) -> list[str]:
    own = found_cues(example.text)
    role = f"role={example.role or 'unknown'}"
    names = [role, f"lead={bool(example.lead)}", f"length={min(len(_DIGITS.sub('0', example.text)) // 20, 5)}"]
    names += [f"is {cue}" for cue in own] + [f"{role} {cue}" for cue in own]
    clauses = [clause for clause in _CLAUSE.split(example.text) if clause]
    if len(clauses) > 1:  # Chinese judges at the end: what the last clause says outweighs what leads up to it
        names += [f"opens {cue}" for cue in found_cues(clauses[0])] + [f"ends {cue}" for cue in found_cues(clauses[-1])]
    names += [f"before {cue}" for cue in found_cues(example.before)] + [
        f"after {cue}" for cue in found_cues(example.after)
    ]
    flags: Mapping[str, bool] = {
        "first": example.first,
        "last": example.last,
        "number": bool(_COUNTED.search(example.text)),
        "year": bool(_YEAR.search(example.text)),
        "heading": bool(example.heading),
        "stop": example.text.endswith(("。", "；", "！", "？")),
    }
    return names + [f"{name}={value}" for name, value in flags.items()] + [f"{role} {n}" for n, v in flags.items() if v]


def _areas(text: str) -> frozenset[str]:
    named = named_areas(text).items()
    return frozenset([f"{area}!" for area, n in named if n.strong] + [f"{area}?" for area, n in named if n.weak])
