"""The words by which tasks are cut from statements (tasks.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from huizong.lexicon import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """See the comments in tasks.toml; each list is sorted longest first, so that alternations prefer the longer word."""

    done: tuple[str, ...]
    ongoing: tuple[str, ...]
    late: tuple[str, ...]
    purpose: tuple[str, ...]
    effect: tuple[str, ...]
    connectives: tuple[str, ...]
    softeners: tuple[str, ...]


@cache
def task_words() -> TaskWords:
    """The word lists of tasks.toml."""
    lists = tomllib.loads(read_text("tasks.toml"))
    return TaskWords(**{name: tuple(sorted(words, key=lambda w: (-len(w), w))) for name, words in lists.items()})
