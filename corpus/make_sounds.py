"""Make `pipeline/huizong/lexicon/sounds.txt`: how the commonest characters sound, to tell probable slips of the keyboard.

Only needed to change their number. Run `python corpus/make_sounds.py` where pypinyin (MIT licence, 0.55) is installed; the
frequencies are those of jieba's dictionary (MIT licence), each character weighing as much as the words it stands in.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "pipeline" / "huizong" / "lexicon" / "sounds.txt"
NUMBER = 4000
HEAD = f"""\
# 最常见的 {NUMBER} 个汉字的读音（不计声调，多音字取最常用的一个），用来提示同音、近音的错字。
# 由 corpus/make_sounds.py 从 pypinyin 和 jieba 的词典（均为 MIT 许可）得到。一行：音节、制表符、字。
"""


def common_characters() -> list[str]:
    """The characters, the commonest first; equal ones by code point."""
    weights: Counter[str] = Counter()
    dictionary = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    for line in dictionary.splitlines():
        word, frequency, *_ = line.split(" ")
        for character in word:
            weights[character] += int(frequency)
    ordered = sorted(weights, key=lambda character: (-weights[character], character))
    return [character for character in ordered if "一" <= character <= "鿿"][:NUMBER]


def lines() -> list[str]:
    """The lines of the file, syllables in order."""
    from pypinyin import lazy_pinyin

    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for character in common_characters():
        by_sound[lazy_pinyin(character, v_to_u=False)[0]].append(character)
    return [
        f"{sound}\t{part}"
        for sound in sorted(by_sound)
        for part in textwrap.wrap("".join(sorted(by_sound[sound])), 100)
    ]


if __name__ == "__main__":
    TARGET.write_text(HEAD + "\n".join(lines()) + "\n", encoding="utf-8")
