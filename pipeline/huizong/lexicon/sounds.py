"""How common characters sound (`sounds.txt`), and which of them are taken for one another."""

from __future__ import annotations

import re
from functools import cache

from huizong.lexicon import entries

# What input methods offer as “fuzzy” and speakers of the southern dialects mix up: 平翘舌, 尖团, n/l, 前后鼻音.
_FOLDED = ((re.compile("^(?:zh|j)"), "z"), (re.compile("^(?:ch|q)"), "c"), (re.compile("^(?:sh|x)"), "s"),
           (re.compile("^n"), "l"), (re.compile("ng$"), "n"))  # fmt: skip


def sounds_alike(one: str, other: str) -> bool:
    """Whether two characters are said alike or nearly so, tones left aside; false for rare characters.

    >>> sounds_alike("绩", "职"), sounds_alike("绩", "迹"), sounds_alike("绩", "成")
    (True, True, False)
    """
    sound = _sounds().get(one)
    return sound is not None and sound == _sounds().get(other)


@cache
def _sounds() -> dict[str, str]:
    return {character: _fold(sound) for sound, characters in entries("sounds.txt") for character in characters}


def _fold(sound: str) -> str:
    for pattern, plain in _FOLDED:
        sound = pattern.sub(plain, sound)
    return sound
