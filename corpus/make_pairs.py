"""Make `pipeline/huizong/lexicon/pairs.txt`: the pairs of neighbouring characters that are commonest in Chinese words.

Only needed to change their number. Run `python corpus/make_pairs.py`; the words and their frequencies are those of jieba's
dictionary (MIT licence), each pair weighing as much as the words it stands in.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "pipeline" / "huizong" / "lexicon" / "pairs.txt"
NUMBER = 4000
HEAD = f"""\
# 词语中最常见的 {NUMBER} 个相邻字对，空格隔开，按频率排列；用来判断 PDF 的文字层是不是乱码。
# 由 corpus/make_pairs.py 从 jieba 的词典（MIT 许可）统计得到。
"""


def common_pairs() -> list[str]:
    """The pairs, the commonest first; equal ones by code point."""
    weights: Counter[str] = Counter()
    dictionary = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    for line in dictionary.splitlines():
        word, frequency, *_ = line.split(" ")
        for at in range(len(word) - 1):
            weights[word[at : at + 2]] += int(frequency)
    ordered = sorted(weights, key=lambda pair: (-weights[pair], pair))
    return [pair for pair in ordered if all("一" <= ch <= "鿿" for ch in pair)][:NUMBER]


if __name__ == "__main__":
    TARGET.write_text(HEAD + textwrap.fill(" ".join(common_pairs()), 119) + "\n", encoding="utf-8")
