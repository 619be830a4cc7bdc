"""Parts and shares before a number, named by 的: 坚持到最后|的有643人, 制度中依据已失效|的29项, 年培训量|达到在校生规模的1.6倍."""

from __future__ import annotations

import re

from huizong.extractors.count_edges import EQUALS
from huizong.extractors.count_phrases import FULFILLED, HANDED_DOWN, Found
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_relations import COMPARING, TIME
from huizong.extractors.count_turns import TurnsBefore
from huizong.records import Span

STANDARD = re.compile(
    r"(?:年度|年初|既定|预期|上年|去年|原)?(?:目标|基数|预期|计划)(?:值|数|任务)?|(?:[一-龥]{2}下达)?指标(?:任务)?|完成值|实际值|余下|其余|反而"
)
_AS_MUCH_AS = EQUALS | {"不到", "不足", "只有", "仅有", "仅相当于", "只相当于", "超过", "仅为", "约为", "接近"}
_AS_MUCH_AS |= {"不少于", "不低于", "不超过", "不高于"}
_DONE_OF = re.compile(
    r"完成了?(?P<thing>[^，。；、：\d]{0,8}?(?:任务|计划|[^，。；、：\d的]目标|预算))(?:\d[\d.,]*[^，。；、：\d]{1,4})?的$"
)
_NO_LESS = frozenset({"不少", "不低", "不高", "不多"})  # 不少|于|总学时的25%
_IS_SO_MANY = re.compile(r"(?:^|[，；、])(?:约|已|大约)?(?:为|是|相当于|达到了?|达|超过|接近)[^，。；\d]*$")
UTMOST = re.compile(r"最[长短高低多少大小早晚]$")
_TAKES = re.compile(r"[，；]约?占(?:到|了)?[^，。；、]*[\d一二两三四五六七八九十]+[个家所名位项门][^，。；、]{2,}$")


class PartsBefore(TurnsBefore):
    """Finds the whole or the part that stands before a number with 的."""

    def part_of(self, i: int, relation: tuple[str, ...], *, share: bool) -> Found:
        """The whole that a part named by 的 is of (214项制度中，依据已失效的29项), else what stands before the 的."""
        if self._unit in {"倍", "", "%", "成"} and "占" not in relation:
            reached = self._reached(i)  # 年培训量达到在校生规模的1.6倍
            if reached is not None:
                return reached
        end = self._words[i].start
        done = _DONE_OF.search(self._text, max(0, end - 30), self._words[i].end) if share else None
        if done is not None:  # 录用45人，完成|招聘计划的86.5%
            span = Span(done.start("thing"), done.end("thing"))
            return Found(name=span.of(self._text), span=span, relation=FULFILLED, rule="partial")
        if share and "占" not in relation and _TAKES.search(self._text, max(0, end - 30), end):
            return Found(name=None, relation=(*relation, "占"), follows=True)  # 46人，占全院三个支部的|近六成
        if self._unit == "倍" and _IS_SO_MANY.search(
            self._text, max(0, end - 24), end
        ):  # 培训1.2万人次，为在校生的1.01倍
            return Found(name=None, relation=relation, follows=True)
        if share and self._text.endswith(HANDED_DOWN, 0, end):  # 就业率97%，超额完成了上级下达的96%
            return Found(name=None, relation=relation, follows=True)
        aged = self.aged(i - 1) if share and i else None
        if aged is not None:  # 35岁以下的不足两成
            return Found(name=aged.group(), span=Span(aged.start(), aged.end()), relation=relation, rule="partial")
        at = i
        while at > 2 and not share:
            at -= 1
            if (
                self._words[at].text in STOPS
                and self._words[at - 1].text in {"中", "里"}
                and at - 2 not in self._numbers
            ):
                start, _ = self.phrase_start(at - 2)
                start = self.trim(start, at - 2)
                if start <= at - 2:
                    span = self._span(start, at - 2)
                    return Found(name=span.of(self._text), span=span, relation=relation, rule="whole")
        told = (
            bool(relation) or not share or self._words[i - 1].tag.startswith(("v", "a"))
        )  # 总量的76.5% is of the 总量
        clause = self._clause_phrase(i - 1, share="占" in relation) if told else None
        if clause is not None and not STANDARD.search(clause.of(self._text)):
            return Found(name=clause.of(self._text), span=clause, relation=relation, rule="partial")
        start, verb = self.phrase_start(i - 1)
        start = self.trim(start, i - 1)
        if start > i - 1:
            return Found(name=None, relation=relation, verb=verb)
        span = self._span(start, i - 1)
        utmost = UTMOST.search(span.of(self._text))
        if utmost is not None and utmost.start() > 1:  # 支教时间最短的3个月
            span = Span(span.start, span.start + utmost.start())
        if STANDARD.fullmatch(span.of(self._text)):
            return Found(name=None, relation=relation, verb=verb, follows=True)
        if self.says_nothing(start, i - 1):  # 是“十二五”时期的2倍
            return Found(name=None, relation=relation, verb=verb, follows=share or self._unit == "倍")
        return Found(name=span.of(self._text), span=span, verb=verb, relation=relation, rule="part")

    def _reached(self, i: int) -> Found | None:
        """What the clause up to word `i` says to be so many times another thing: 年培训量|达到|在校生规模的1.6倍."""
        at = i
        while at > 0 and at not in self._numbers and self._words[at].text not in STOPS:
            word, before = self._words[at].text, self._words[at - 1].text
            bounded = (word == "于" and before in _NO_LESS) or (word in {"到", "至"} and before == "恢复")
            if word in _AS_MUCH_AS or bounded:
                at -= bounded
                first = self.trim(self.phrase_start(at - 1)[0], at - 1)
                if first > at - 1 or not (
                    self._is_noun(at - 1) or self._words[at - 1].text.endswith(self._lexicon.measure)
                ):
                    return None
                span = self._span(first, at - 1)
                return Found(name=span.of(self._text), span=span, relation=(word,), rule="noun")
            at -= 1
        return None

    def _clause_phrase(self, end: int, *, share: bool = False) -> Span | None:
        """The words of the clause up to word `end` where they tell rather than name: 坚持到最后|的有643人; `None` for a name.

        `share` takes any words (45岁以上|的占六成).
        """
        start = end
        while start > 0 and start - 1 not in self._numbers and self._words[start - 1].text not in STOPS:
            start -= 1
        while start < end and (
            (self._words[start].text in self._lexicon.openers and self._words[start].text not in self._lexicon.function)
            or self._words[start].text == "其中"
            or (TIME.match(self._words[start].text) and not self._words[start].text.isdigit())
        ):
            start += 1
        for k in range(start, end):
            if self._words[k].text in {"中", "里", "当中"} and k > start:  # 线索里我们主动发现的
                return self._span(start, k - 1)
        while start < end and self._words[start].text in {"、", "但", "而", "是", "含", "其", "我们"}:
            start += 1
        if start >= end or self._words[start].text in COMPARING or self._words[start].text in {"由", "从", "占", "按"}:
            return None
        tells = share or any(
            self._words[k].tag.startswith(("v", "d")) and self._words[k].text not in self._lexicon.nominal
            for k in range(start, end + 1)
        )
        return self._span(start, end) if tells else None
