"""Features of a sentence: its characters and words, the headings above it, cue words, its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import sqrt

from huizong.classifier.examples import Example
from huizong.lexicon.areas import area_words
from huizong.lexicon.cues import found_cues

FEATURES_VERSION = 1  # raised whenever the features of a sentence change: models of another version are refused

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"\d\s*(?:[%％万亿余多]|[个项名人门家所支部篇件场次期份套台间元分])")
_YEAR = re.compile(r"20\d\d年")
_LONGEST_GRAM = 4


def features(example: Example) -> dict[str, float]:
    """Named features of one sentence; each group of names (before the colon) is scaled to a length of its own."""
    text = _DIGITS.sub("0", example.text)
    words = [_DIGITS.sub("0", word) for word in example.words]
    above = "|".join(example.above)
    out: dict[str, float] = {}
    _add(out, "c", 1.0, _grams(f"^{text}$", 1, _LONGEST_GRAM))
    _add(out, "w", 1.0, (*words, *map("_".join, pairwise(words))))
    _add(out, "h", 0.7, _grams(example.heading, 2, 3))
    _add(out, "p", 0.4, _grams(above, 2, 3))
    _add(out, "k", 1.0, _context(example, text))
    _add(out, "a", 1.0, _areas(example.text))
    _add(out, "ah", 1.0, _areas(example.heading))
    _add(out, "ap", 0.5, _areas(above))
    return out


def _add(out: dict[str, float], group: str, length: float, names: Iterable[str]) -> None:
    kept = sorted(set(names))
    for name in kept:
        out[f"{group}:{name}"] = length / sqrt(len(kept))


def _grams(text: str, shortest: int, longest: int) -> Iterable[str]:
    return (text[i : i + n] for n in range(shortest, longest + 1) for i in range(len(text) - n + 1))


def _context(example: Example, text: str) -> list[str]:
    own = found_cues(example.text)
    role = f"role={example.role}"
    names = [role, f"lead={bool(example.lead)}", f"length={min(len(text) // 20, 5)}"]
    names += [f"is {cue}" for cue in own] + [f"{role} {cue}" for cue in own]
    names += [f"before {cue}" for cue in found_cues(example.before)] + [
        f"after {cue}" for cue in found_cues(example.after)
    ]
    flags: Mapping[str, bool] = {
        "first": example.first,
        "last": example.last,
        "number": bool(_COUNTED.search(example.text)),
        "year": bool(_YEAR.search(example.text)),
        "heading": bool(example.heading),
        "stop": text.endswith(("。", "；", "！", "？")),
    }
    return names + [f"{name}={value}" for name, value in flags.items()] + [f"{role} {n}" for n, v in flags.items() if v]


def _areas(text: str) -> list[str]:
    names = []
    for area, words in area_words().items():
        if any(word in text for word in words.strong):
            names.append(f"{area}!")
        if any(word in text for word in words.weak):
            names.append(f"{area}?")
    return names
