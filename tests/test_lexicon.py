"""The word lists: each word stands once in its list, so that what takes it out takes it out."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import huizong.lexicon

_FILES = sorted((Path(huizong.lexicon.__file__).parent).glob("*.toml"))


def _lists(name: str, value: object) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(f"{name}.{key}", inner)
    elif isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        yield name, value


@pytest.mark.parametrize("path", _FILES, ids=[path.stem for path in _FILES])
def test_no_list_has_a_word_twice(path: Path) -> None:
    told = dict(_lists(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    twice = {name: [word for word, times in Counter(words).items() if times > 1] for name, words in told.items()}
    assert {name: words for name, words in twice.items() if words} == {}
