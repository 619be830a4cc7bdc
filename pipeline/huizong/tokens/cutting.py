"""jieba's way of cutting (its most probable path, then its hidden Markov model), the same words in less time; units parted from them.

`jieba.Tokenizer` first lists all words at all places and then walks the list; here both are one loop. The guessed words
of the model are kept, as the same rare names come again and again in a report.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

# As in jieba 0.42.1: what goes through the dictionary, and what is white space.
_HAN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_UNITS = frozenset("个名项门所家人次位条件份篇部台套间座场期批支种类张本册")
_SPACE = re.compile(r"(\r\n|\s)")


def new_tokenizer() -> jieba.Tokenizer:
    """A jieba tokenizer with an empty dictionary, which the caller fills."""
    with warnings.catch_warnings(), _no_pkg_resources():  # jieba 0.42.1 has invalid escapes in its sources
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("WARNING")
    tokenizer = jieba.Tokenizer()
    tokenizer.initialized = True
    return tokenizer


def dictionary_text() -> str:
    """The text of jieba's own dictionary file."""
    from importlib.resources import files

    return files("jieba").joinpath("dict.txt").read_bytes().decode("utf-8")


def cut(tokenizer: jieba.Tokenizer, text: str) -> Iterator[str]:
    """The words of `text`, those that `tokenizer.cut(text)` gives, white space included."""
    for block in _HAN.split(text):
        if not block:
            continue
        if _HAN.match(block):
            yield from _words(tokenizer, block)
            continue
        for piece in _SPACE.split(block):
            if _SPACE.match(piece):
                yield piece
            else:
                yield from piece


def apart_from_units(words: Iterable[str], frequencies: Mapping[str, int]) -> Iterator[str]:
    """`words`, but a unit behind a number parted from the word that it tears: 3|名实|训 → 3|名|实训, where 实训 has a frequency.

    >>> list(apart_from_units(["5", "个人", "才", "团队"], {"人才": 9}))
    ['5', '个', '人才', '团队']
    """
    before, held = "", ""  # `held`: a word of two characters behind a number, the first of them a unit
    for word in words:
        if held:
            torn = len(word) == 1 and frequencies.get(held[1] + word)
            yield from (held[0], held[1] + word) if torn else (held, word)
            before, held = word, ""
        elif len(word) == 2 and word[0] in _UNITS and before[-1:].isdecimal():
            held = word
        else:
            yield word
            before = word
    if held:
        yield held


def _words(tokenizer: jieba.Tokenizer, block: str) -> Iterator[str]:
    """The words of a block of Chinese characters, Latin letters and digits."""
    frequencies = tokenizer.FREQ
    ends = _path(block, frequencies, log(tokenizer.total))
    at, single = 0, ""
    while at < len(block):
        end = ends[at]
        if end - at == 1:
            single += block[at]
        else:
            if single:
                yield from _singles(single, frequencies)
                single = ""
            yield block[at:end]
        at = end
    if single:
        yield from _singles(single, frequencies)


def _path(block: str, frequencies: dict[str, int], logtotal: float) -> list[int]:
    """For each place of the block, where the word that begins there ends on the most probable path from there on."""
    size, get = len(block), frequencies.get
    best, ends = [0.0] * (size + 1), [0] * size
    for at in range(size - 1, -1, -1):
        end, top, chosen = at + 1, None, at + 1
        frequency = get(block[at])
        while frequency is not None:
            if frequency:
                value = log(frequency) - logtotal + best[end]
                if top is None or value >= top:
                    top, chosen = value, end
            if end == size:
                break
            end += 1
            frequency = get(block[at:end])
        best[at] = 0.0 - logtotal + best[at + 1] if top is None else top
        ends[at] = chosen
    return ends


def _singles(run: str, frequencies: dict[str, int]) -> tuple[str, ...]:
    """The words of a run that the dictionary leaves in single characters: guessed, unless the run is a word itself."""
    return tuple(run) if len(run) == 1 or frequencies.get(run) else _guessed(run)


@lru_cache(maxsize=16_384)
def _guessed(run: str) -> tuple[str, ...]:
    from jieba import finalseg

    return tuple(finalseg.cut(run))


@contextmanager
def _no_pkg_resources() -> Iterator[None]:
    """Within it `import pkg_resources` fails: jieba falls back to `open`, which saves it a tenth of a second and a deprecation warning."""
    name = "pkg_resources"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own way to say that a module must not be imported
    try:
        yield
    finally:
        del sys.modules[name]
