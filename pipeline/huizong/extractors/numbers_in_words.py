"""Numbers that are the beginning of a word of the dictionary: 三门峡, 五花八门, 三轮车, 三天打鱼."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.lexicon.units import units
from huizong.records import Token

# jieba's tags of idioms, set phrases, and names of people, places, bodies and things.
_NAMES = ("i", "j", "l", "nr", "ns", "nt", "nz")
# Units that words are made with: 三轮车, 八角楼, 二元论; 三层楼 and 两门课 are so many of a thing.
_FORMING = frozenset({"轮", "角", "元", "方", "头", "里", "度", "台", "大", "家", "倍", "次"})


class WordsWithNumbers:
    """The words of a text that begin with a number and mean something else; ask for one number after the other."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._starts = [token.start for token in tokens]
        self._composed = units().composed

    def hold(self, candidate: Candidate) -> bool:
        """Whether number and unit lie in such a word, which goes on in front of them or behind them."""
        if not candidate.numeral.chinese or candidate.unit == "番":  # 翻了一番 is an idiom that counts
            return False
        at = bisect_right(self._starts, candidate.number) - 1
        if at < 0:
            return False
        token = self._tokens[at]
        if token.end < candidate.unit_end or token.end - token.start == candidate.unit_end - candidate.number:
            return False
        if self._composed.search(self._text, token.start, token.end):
            return False
        if token.tag in _NAMES:
            return token.end - token.start > 3 or token.tag not in {"i", "l"}  # 八斤重 is no idiom
        return token.tag == "n" and token.start == candidate.number and candidate.unit in _FORMING
