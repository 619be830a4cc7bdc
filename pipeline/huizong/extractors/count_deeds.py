"""What is said of things behind their number: 两次接受|第三方审计, 分4批捐赠|图书, 另两名是|专业带头人, 3人入选|青年学者."""

from __future__ import annotations

import re

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_reach import PhraseReach
from huizong.extractors.count_relations import PEOPLE, PERSON
from huizong.lexicon.units import units

_WINNING = frozenset({"获", "获得", "荣获", "入选", "当选", "获评", "评为", "评上", "聘为", "授予"})
_WINNING |= {"晋升", "晋级", "考取", "考上", "升入", "考入", "取得", "担任", "挂任", "任"}
_RISING_TO = frozenset({"升入", "考入", "升读"})  # 187人|升入本科院校
_MADE = re.compile("(?:[作做]|进行)[了过]?(?:近|约)?$")
_UNDERGONE = frozenset({"接受", "参加", "召开", "组织", "举办", "开展"})
_ALL_OF_THEM = frozenset({"全部", "均", "都", "全都"})
_BATCHES = frozenset({"批", "批次"})
_TO_WHOM = frozenset({"向", "为", "给", "对"})
_MANNERS = frozenset({"线上", "线下", "在线"})
_OCCASIONS = frozenset({"次", "场", "场次", "轮", "回"})


class DeedsBehind(PhraseReach):
    """Finds what was done, handed out, won or become so many times or by so many."""

    def said_to_be(self, at: int, candidate: Candidate) -> Found | None:
        """What the things are said to be (另两名|是专业带头人), where nothing else follows in the clause."""
        if at + 1 >= len(self._words) or self._words[at].text not in {"是", "为", "属", "属于", "系"}:
            return None
        if not units().is_thing(candidate.unit):
            return None
        end = self.phrase_end(at + 1)
        closes = end == len(self._words) or self._words[end].text in STOPS or self._words[end].text == "、"
        if end == at + 1 or not closes or self._words[end - 1].tag.startswith(("v", "a", "d")):
            return None
        span = self._span(at + 1, end - 1)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def made(self, at: int, candidate: Candidate) -> Found | None:
        """What was done so many times behind a light verb (作了|30多次|专题报道), or was undergone (两次接受|第三方审计)."""
        if candidate.unit not in _OCCASIONS:
            return None
        opens = self._text[candidate.start - 1 : candidate.start] in "，、；。" or self._text.endswith(
            "先后", 0, candidate.start
        )
        if opens and at + 1 < len(self._words) and self._words[at].text in _UNDERGONE:
            end = self.phrase_end(at + 1)
            span = self._span(at + 1, max(end - 1, at + 1))
            return Found(name=span.of(self._text), span=span, rule="behind") if end > at + 1 else None
        if at < len(self._words) and self._words[at].text in _MANNERS:  # 每周开展2次|线上集体备课
            stop = at + 1
            while (
                stop < len(self._words) and self._words[stop].tag[:1] in {"n", "v", "b"} and stop not in self._numbers
            ):
                stop += 1
            closes = stop == len(self._words) or self._words[stop].text in STOPS
            span = self._span(at, stop - 1)
            return Found(name=span.of(self._text), span=span, rule="behind") if closes and 1 < stop - at < 5 else None
        after = self._words[at + 1].text if at + 1 < len(self._words) else ""
        alone = after in _ALL_OF_THEM or (opens and (after in STOPS or after == "、"))  # 9次发射|全部成功
        if alone and self._words[at].tag == "v" and len(self._words[at].text) > 1:  # 3次调研、2次回信
            span = self._span(at, at)
            return Found(name=span.of(self._text), span=span, rule="behind")
        made = _MADE.search(self._text, max(0, candidate.start - 4), candidate.start)
        if made is None:
            return None
        end = at
        while (
            end < len(self._words) and end - at < 3 and self._words[end].text not in STOPS and end not in self._numbers
        ):
            end += 1
        if end == at or (end < len(self._words) and self._words[end].text not in STOPS):
            return None
        span = self._span(at, end - 1)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def in_batches(self, at: int, candidate: Candidate) -> Found | None:
        """What is handed out or done batch by batch: 分4批向对方捐赠|图书, 分两批组织120名|教师外出."""
        if candidate.unit not in _BATCHES or not self._text.endswith("分", 0, candidate.start):
            return None
        far = 8 if at < len(self._words) and self._words[at].text in _TO_WHOM else 1
        acting = self._lexicon.strong | self._lexicon.transitive | {"进行"}
        acts = (i for i in range(at, min(at + far, len(self._words))) if self._words[i].text in acting)
        first = next(acts, len(self._words)) + 1
        while first in self._numbers or (first < len(self._words) and self._words[first].text == "了"):
            first += 1
        if first >= len(self._words):
            return None
        stop = self.phrase_end(first)
        names = self._is_noun(first) or self._words[first].text in self._lexicon.nominal
        span = self._span(first, stop - 1) if stop > first and names else None
        return Found(name=span.of(self._text), span=span, rule="behind") if span is not None else None

    def won(self, at: int, candidate: Candidate) -> Found | None:
        """What people won or became (1人|获|社会科学贡献奖, 3人|入选|青年学者)."""
        if candidate.unit.lstrip("万") not in PEOPLE:
            return None
        first = at + 1 if at + 1 < len(self._words) and self._words[at].text == "被" else at
        if first + 1 >= len(self._words) or self._words[first].text not in _WINNING:
            return None
        stop = first + 1
        while stop < len(self._words) and self._words[stop].text not in STOPS and stop not in self._numbers:
            if self._words[stop].tag.startswith(("p", "y", "ul")) or self._words[stop].text in {"、", "继续", "后"}:
                break
            stop += 1
        if stop == first + 1 or stop - first > 12:
            return None
        behind = [i for i in range(first + 2, stop) if self._words[i - 1].text == "的" and self._is_noun(i)]
        if behind and PERSON.search(self._words[behind[0]].text):
            return None  # 9名|考上大学的孩子
        span = self._span(first + (self._words[first].text not in _RISING_TO), stop - 1)
        return Found(name=span.of(self._text), span=span, verb=self._words[first].text, rule="won")
