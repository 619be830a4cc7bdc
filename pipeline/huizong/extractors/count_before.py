"""The noun phrase before a number, over the verb or comparison between: 招生专业|由26个, 完成率|比上年提高|4.9个百分点."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_edges import TURN
from huizong.extractors.count_parts import STANDARD, PartsBefore
from huizong.extractors.count_phrases import AVERAGES, Found, names_only_rank
from huizong.extractors.count_reach import GROUPS
from huizong.extractors.count_relations import COMPARING, HEADS, PERSON, TO_WORD
from huizong.lexicon.units import units
from huizong.numerals import Form
from huizong.records import Span

_VALUED = re.compile(r"(?:目标|完成|实际|计划|预期)[值数]$")

_MADE = frozenset({"完成", "建成", "达成", "促成"})  # end in 成, but the value moves to nothing
_SHARING = frozenset({"参与", "参加", "牵头", "主持", "协助", "配合", "联合", "共同", "独立"})
_SHORT = frozenset({"差", "还差", "尚差", "仍差", "相差", "缺", "还缺"})
_LINE = re.compile("(?:目标|要求|标准|合格线|及格线|达标线|底线|门槛)$")
_TOTALLED = re.compile("(?:总数|总量|数量|规模|总规模)$")
_OF_THINGS = frozenset("个家所门项支座处条张台套间部")
_AIMED = re.compile(r"(?:规划|(?<!年度))目标$")
_EXAMINED = frozenset({"评审", "审核", "考核", "考试", "验收", "鉴定", "笔试", "面试", "答辩", "评估", "认定"})
_GRANTED = frozenset({"获", "获得", "荣获", "喜获", "立项", "获批"})
_PLACED = frozenset({"投放", "增投", "下达", "编制", "追加"})
_CLIMBED = frozenset({"跨过", "连跨", "跨上", "迈上", "越过", "突破", "登上", "跃上"})
_SETTING = frozenset({"设", "设有", "下设"})
_MEMBERS = frozenset({"人", "名"})
_AS_FAR_AS = ("长", "高", "多")  # with 达 behind them
_CAUSES = frozenset({"因", "由于", "因为"})
_PHASE = re.compile("(?:工程|项目)(?=总?投资|建筑面积|占地|造价|工期)")
_CODE = re.compile(r"[A-Z]\d(?=[一-龥])")
_MID = re.compile(r"(?:中期|终期|期末|建设)目标?值?$")


class PhraseBefore(PartsBefore):
    """Finds what stands before a number."""

    def find(self, candidate: Candidate) -> Found:
        """The object named before `candidate`; `name` is `None` when none is."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].end > candidate.start:
            i -= 1
        self._unit, self._ratio = candidate.unit, candidate.numeral.form is Form.RATIO
        told = self.told_apart(i, candidate, ratio=self._ratio)
        if told is not None:
            return told
        listed = self.list_subject(i, candidate)
        if listed is not None:
            return listed
        if i >= 0 and self._words[i].text == "通过" and candidate.unit in HEADS:  # 报考613人，通过|541人; 评审通过|58人
            span = self._span(i - (i > 0 and self._words[i - 1].text in _EXAMINED), i)
            return Found(name=span.of(self._text), span=span, rule="verb")
        if i > 0 and self._words[i].text in _SETTING and self._is_noun(i - 1) and self._unit in _MEMBERS:
            return Found(name=None, verb=self._words[i].text)  # 理事会设|21人
        i, relation = self.skip_relation(i)
        if i >= 0 and self._words[i].text == "相比":  # 与规定的标准|相比还缺2人
            return Found(name=None, relation=relation, follows=True)
        if self._moves_on(i, relation) or self.is_far_from(candidate) or self.is_compared_with(candidate):
            return Found(name=None, relation=relation, follows=True)
        fraction = candidate.numeral.form is Form.FRACTION
        share = units().is_rate(candidate.unit) or candidate.unit == "成" or fraction
        if i > 0 and "有" in relation and self._words[i].text in {"中", "里", "当中"}:
            i -= 1  # 仪器设备|中仍有17台
        elif (
            i > 0
            and share
            and not relation
            and self._words[i].text == "中"
            and not self._text.startswith("的", candidate.end)
            and self._is_noun(i - 1)
        ):
            i, relation = i - 1, ("中",)  # 计算机|中约两成配置老化
        if i >= 0 and self._words[i].text == "的":
            return self.part_of(i, relation, share=share or not candidate.unit)
        aged = self.aged(i) if share and "占" in relation and i >= 0 else None
        if aged is not None:  # 50岁以上占六成
            return Found(name=aged.group(), span=Span(aged.start(), aged.end()), relation=relation, rule="noun")
        start, i, verb = self.edges(i, relation)
        start += start < i and self.told_with_number(start, i)
        if start <= i and candidate.unit in HEADS:
            start, i = self.those_who_act(self.those_helped(start, i), i)
        if start > i:
            taking = self.taker(self.past_openers(i)) if share else None
            if taking is not None:  # 两院院士|占全国|近一半
                return replace(taking, relation=(*relation, "占"))
            compared = any(word in COMPARING for word in relation)
            return Found(name=None, relation=relation, verb=verb, follows=compared)
        taking = self.taking_up(start, i) if share else None
        if taking is not None:
            return replace(taking, relation=(*relation, "占"))
        if start > 0 and self._words[start - 1].text == "被" and relation:  # 稿件|被|媒体|采用9篇
            return Found(name=None, relation=relation, verb=verb)
        if self.says_nothing(start, i) and self.told_before(start):  # 科技投入|五年累计90亿元
            i = start - 1
            start, verb = self.phrase_start(i)
            start = self.trim(start, i)
        if start > i or self.says_nothing(start, i):
            return Found(name=None, relation=relation, verb=verb)
        if self.is_done(i + 1, relation, verb):
            i, relation = i + 1, ()
        return self._named(self.widened(start, i, relation), i, relation, verb)

    def _moves_on(self, i: int, relation: tuple[str, ...]) -> bool:
        """Whether `relation` tells of a change from what stands at word `i`: another number, a comparison."""
        lexicon = self._lexicon
        moved = any(
            word in lexicon.increase
            or word in lexicon.decrease
            or word in {"比", "由", "从"}
            or (len(word) > 1 and TO_WORD.match(word) and word not in _MADE)
            for word in relation
        )
        return moved and (i in self._numbers or (i >= 0 and self._words[i].text in COMPARING))

    def _named(self, start: int, i: int, relation: tuple[str, ...], verb: str) -> Found:
        """The words `start..i` as what is counted, unless they are but a standard (完成年度目标的112%) or a turn (二期)."""
        people = self._unit in HEADS or self._unit == "户"
        counted = people and start < i and start - 1 in self._numbers and self._words[start].text in GROUPS
        start += counted and self._text.endswith("个", 0, self._words[start].start)  # 2个村|贫困户78户
        lexicon, span = self._lexicon, self._span(start, i)
        if span.of(self._text) == "任务" and start > 0 and self._words[start - 1].text == "目标":  # 高出93%的目标|任务
            return Found(name=None, relation=relation, verb=verb, follows=True)
        short = not _SHORT.isdisjoint(relation) and _LINE.search(span.of(self._text))  # 距80册的|合格线|还差22册
        placed = verb in _PLACED and self._unit in {"个", "人", "名"}  # 面向14个省份投放|计划3380个
        if short or (
            STANDARD.fullmatch(span.of(self._text)) and not placed
        ):  # 比目标值高3个百分点: the thing is the one before
            return self._growing(start, relation) or Found(name=None, relation=relation, verb=verb, follows=True)
        valued = _MID.search(span.of(self._text)) or _VALUED.search(span.of(self._text))
        if valued is None and self._unit not in {"个", "项", "条"}:
            valued = _AIMED.search(span.of(self._text))
        if valued is None and self._unit in _OF_THINGS and _CLIMBED.isdisjoint(relation):
            valued = _TOTALLED.search(span.of(self._text))  # 招生专业|总数, 订单班|规模
        if valued and valued.start() > 1:  # 规划教材目标值1部 counts 规划教材
            span = Span(span.start, span.start + valued.start())
        span = self.whole_span(span, start)
        if start > 0 and start < i and self._words[start - 1].text == "在" and self._acts(i):  # 在塔河流域|推广3.2万亩
            span = self._span(i, i)
        phase = _PHASE.match(span.of(self._text)) if self._text.endswith("期", 0, span.start) else None
        if phase is not None:  # 一期工程|总投资4.2亿元
            span = Span(span.start + phase.end(), span.end)
        if relation and relation[0] == "达" and span.of(self._text).endswith(_AS_FAR_AS) and start < i:  # 周期|长达40天
            span = Span(span.start, span.end - 1)
        coded = _CODE.match(self._text, span.end - 1)
        if coded is not None and span.end < self._words[i + 1].start + 3 and relation:  # 狭义货币M|1增长
            span = Span(span.start, coded.end())
        name, word = span.of(self._text), self._words[i]
        if names_only_rank(name) and start > 1 and self._words[start - 1].text in _GRANTED:
            first = self.trim(self.phrase_start(start - 2)[0], start - 2)
            if first <= start - 2 and self._is_noun(start - 2):  # 示范项目|获|省级|立项8项
                whole = self._span(first, start - 2)
                return Found(name=whole.of(self._text), span=whole, relation=relation, rule="noun")
        told = any(at in self._numbers for at in range(start))
        if told and relation and relation[0] in AVERAGES and PERSON.search(name):  # 听课人均18节，校级领导|人均25节
            return Found(name=None, relation=relation, verb=verb, follows=True)
        caused = relation and start > 0 and self._words[start - 1].text in _CAUSES  # 因|疫情|实际到岗21人次
        if TURN.fullmatch(name) or caused:
            return Found(name=None, relation=relation, verb=verb)
        if start < i and self._people_did(i):
            return Found(name=None, relation=relation, verb=word.text)  # 班子成员|走访|460家
        bare = (
            start == i
            and (
                word.tag in {"v", "vd", "vi", "i"}
                or (len(name) == 1 and word.tag in {"p", "c"})
                or name in lexicon.strong
                or name in lexicon.transitive
                or name in lexicon.results
            )
        ) or (start < i and (name in lexicon.transitive or self._only_tells(start, i)))
        return Found(name=name, span=span, verb=verb, relation=relation, rule="verb" if bare else "noun")

    def _people_did(self, i: int) -> bool:
        """Whether the word at `i` is what people did to things that are named elsewhere."""
        if self._unit not in {"家", "户", "所", "个", "处", "项", "座"} or not self._acts(i):
            return False
        verb, before = self._words[i].text, self._words[i - 1].text
        return verb not in self._lexicon.nominal and PERSON.search(before) is not None

    def _growing(self, start: int, relation: tuple[str, ...]) -> Found | None:
        """What is to grow, where the words from `start` on are but its standard (经济|增长|预期目标|定为7.5%)."""
        moved = self._words[start - 1].text if start > 1 else ""
        if (moved not in self._lexicon.increase and moved not in self._lexicon.decrease) or not self._is_noun(
            start - 2
        ):
            return None
        end = start - 2 - (start > 2 and self._words[start - 2].text == "预期")  # 货币|预期|增长目标
        first = self.trim(self.phrase_start(end)[0], end)
        if first > end:
            return None
        span = self._span(first, end)
        return Found(name=span.of(self._text), span=span, relation=(moved, *relation), rule="noun")

    def _only_tells(self, start: int, end: int) -> bool:
        """Whether no word of `start..end` names a thing: 当天整改, 自行受理, 主动发现, 参与|制定12项."""
        *adverbs, verb = self._words[start : end + 1]
        if verb.text in self._lexicon.governing and _SHARING.issuperset(w.text for w in adverbs):
            return True
        return (
            verb.tag.startswith("v")
            and not verb.text.endswith(self._lexicon.measure)
            and all(
                word.tag.startswith(("d", "t", "f", "r", "m", "q", "p", "c", "ad"))
                and word.tag not in {"quote", "paren"}
                for word in adverbs
            )
        )
