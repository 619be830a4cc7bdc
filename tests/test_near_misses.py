"""No false alarms: idioms, slogans, ordinals, document numbers, names and dates count nothing, the counts beside them are found."""

from __future__ import annotations

from collections import defaultdict

import pytest

from conftest import CORPUS
from huizong import find_counts


def near_misses() -> dict[str, list[tuple[str, list[str]]]]:
    """The sentences of each kind of trap with the words of their true counts."""
    kinds: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for line in (CORPUS / "near_misses.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, sentence, *named = line.split("\t")
            kinds[kind].append((sentence, named[0].split("|") if named else []))
    return kinds


_KINDS = near_misses()


def test_the_file_holds_enough_of_both_sorts() -> None:
    rows = [row for rows in _KINDS.values() for row in rows]
    assert len(_KINDS) >= 15
    assert sum(not named for _, named in rows) >= 400
    assert sum(len(named) for _, named in rows) >= 100
    assert len({sentence for sentence, _ in rows}) == len(rows)
    assert all(quote in sentence for sentence, named in rows for quote in named)


@pytest.mark.parametrize("kind", list(_KINDS))
def test_nothing_is_counted_but_what_is_named(kind: str) -> None:
    wrong = {
        sentence: (found, named)
        for sentence, named in _KINDS[kind]
        if (found := [count.quote for count in find_counts(sentence)]) != named
    }
    assert wrong == {}
