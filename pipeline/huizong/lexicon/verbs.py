"""How verbs stand to the noun behind them (`verbs.txt`): as its predicate, or as a part of its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from huizong.lexicon import entries


@cache
def verb_classes() -> Mapping[str, str]:
    """The class of each verb: 0 (always governs what follows) to 3 (mostly part of a name), and t or i (transitive or not).

    >>> verb_classes()["举办"], verb_classes()["招生"]
    ('0t', '3i')
    """
    return {verb: fields[0] for fields in entries("verbs.txt") for verb in fields[1].split()}
