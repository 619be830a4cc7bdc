"""The noun phrase before a number, over the verb or comparison between: 招生专业|由26个, 完成率|比上年提高|4.9个百分点."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_names import NounPhrases
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_relations import COMPARING, TIME, TO_WORD
from huizong.extractors.count_words import AND, STOPS
from huizong.lexicon.units import units
from huizong.records import Span

_LISTS = frozenset({"有", "为", "是", "包括", "包含", "含", "即", "涵盖", "分别为", "分别是"})
_TOTALS = frozenset({"共", "共计", "合计", "总计"})
_BARE = frozenset({"率", "占比", "比例", "比重", "金额", "完成率", "部分", "数量", "总数", "比率", "服务", "服务项目"})
_STANDARD = re.compile(
    r"(?:年度|年初|既定|预期|上年|去年)?(?:目标|基数|预期|计划)(?:值|数)?|完成值|实际值|余下|其余|反而"
)
_SHARE_NAME = re.compile(r"(?:比例|比重|占比)(?:目标值?|完成值|实际值)?$")
_VALUED = re.compile(r"(?:目标|完成|实际|计划|预期)[值数]$")


_GENERAL = frozenset(
    {"事项", "对象", "要点", "任务", "清单", "标准", "时间", "经费", "资金", "收益", "指标", "单位", "干部", "项目", "金额", "总额", "记录"}
)
_JOINTS = frozenset({"、", "和", "及", "与", "以及"})
_EACH = frozenset({"均", "都", "分别", "均为", "分别为", "各"})
_ORDINAL = re.compile(r"第[一二三四五六七八九]")
_FIELDS = frozenset({"科研", "教研", "教改", "教学", "横向", "纵向"})
_EQUALS = frozenset({"达到", "达", "相当于", "是", "为", "相当"})
_MADE = frozenset({"完成", "建成", "达成", "促成"})  # end in 成, but the value moves to nothing
_TURN = re.compile(r"(?:[一二三四五首本上下末]|第[一二三四五])?(?:期|轮|批|阶段|学期|学年|季度)")  # 二期再加60个
_AIMED = re.compile(r"(?<!年度)目标$")


class PhraseBefore(NounPhrases):
    """Finds what stands before a number."""

    def find(self, candidate: Candidate) -> Found:
        """The object named before `candidate`; `name` is `None` when none is."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].end > candidate.start:
            i -= 1
        self._unit = candidate.unit
        listed = self._list_subject(i, candidate)
        if listed is not None:
            return listed
        i, relation = self.skip_relation(i)
        moved = any(
            word in self._lexicon.increase
            or word in self._lexicon.decrease
            or word in {"比", "由", "从"}
            or (len(word) > 1 and TO_WORD.match(word) and word not in _MADE)
            for word in relation
        )
        if moved and (i in self._numbers or (i >= 0 and self._words[i].text in COMPARING)):
            return Found(name=None, relation=relation, follows=True)
        if i >= 0 and self._words[i].text == "的":
            return self._part_of(i, relation, share=units().is_rate(candidate.unit) or candidate.unit in {"", "成"})
        start, verb = self.phrase_start(i, listed=not _TOTALS.isdisjoint(relation))
        start = self.trim(start, i)
        start = self._with_prefix(self._past_verbs(start, i), i)
        if _EACH.isdisjoint(relation):
            start = self._whole_list(start, i, governed=not units().is_rate(candidate.unit))
        if candidate.unit in {"倍", "成", "%"}:
            start, i = self._past_basis(start, i)
        following = self._words[i + 1].text if i + 1 < len(self._words) else ""
        if start == i and (following in {"总量", "总数"} or (following == "立项" and self._words[i].text in _FIELDS)):
            i += 1  # 经济|总量|达到900亿元, 科研|立项|9项
        if start > i:
            compared = any(word in COMPARING for word in relation)
            return Found(name=None, relation=relation, verb=verb, follows=compared)
        if units().is_rate(candidate.unit) or candidate.unit == "成":
            taking = self._taking_up(start, i)
            if taking is not None:
                return replace(taking, relation=(*relation, "占"))
        if self._words[start - 1].text == "被" and start > 0 and relation:  # 稿件|被|媒体|采用9篇
            return Found(name=None, relation=relation, verb=verb)
        if self._says_nothing(start, i) and self._told_before(start):  # 科技投入|五年累计90亿元
            i = start - 1
            start, verb = self.phrase_start(i)
            start = self.trim(start, i)
        if start > i or self._says_nothing(start, i):
            return Found(name=None, relation=relation, verb=verb)
        if start == i and start > 1 and self._words[i].text in self._lexicon.measure and self._wants_modifier(start):
            start = self._modified(start)
        elif start > 1 and self._words[start - 1].text == "的" and (
            units().is_rate(candidate.unit) or candidate.unit == "成"
        ):
            first = self._modified(start)  # 留在省内就业的毕业生占七成
            told = "占" in relation and not self._words[i].text.endswith(self._lexicon.measure)
            if (told or self._words[i].text in {"占比", "比重"}) and self._words[first - 1].text != "、":
                start = first
        if start == i and self._words[i].text in _GENERAL and self._qualifies(i - 1):
            start = i - 1  # 审批|事项, 资助|资金
        if start == i and self._words[i].text not in _BARE and self._joins_deed(i - 1, i):
            start = i - 1  # 本科|上线, 立项|督办
        if start == i and (self._words[i].text in _BARE or len(self._words[i].text) == 1):
            start = self._whole_name(i)
        share = _SHARE_NAME.search(self._span(start, i).of(self._text))
        if start > 1 and self._words[start - 1].text == "占" and share is not None:
            start = self.trim(self.phrase_start(start - 2)[0], start)  # “双师型”教师占专任教师比例
        span = self._span(start, i)
        if _STANDARD.fullmatch(
            span.of(self._text)
        ):  # 完成年度目标的112%, 比目标值高3个百分点: the thing is the one before
            return Found(name=None, relation=relation, verb=verb, follows=True)
        valued = _VALUED.search(span.of(self._text))
        if valued is None and candidate.unit not in {"个", "项", "条"}:
            valued = _AIMED.search(span.of(self._text))
        if valued and valued.start() > 1:  # 规划教材目标值1部 counts 规划教材
            span = Span(span.start, span.start + valued.start())
        name, word = span.of(self._text), self._words[i]
        if _TURN.fullmatch(name):
            return Found(name=None, relation=relation, verb=verb)
        bare = (
            start == i
            and (
                word.tag in {"v", "vd", "vi", "i"}
                or (len(name) == 1 and word.tag in {"p", "c"})
                or name in self._lexicon.strong
                or name in self._lexicon.transitive
                or name in self._lexicon.results
            )
        ) or (start < i and self._only_tells(start, i))
        return Found(name=name, span=span, verb=verb, relation=relation, rule="verb" if bare else "noun")

    def _taking_up(self, start: int, end: int) -> Found | None:
        """What takes a share of the whole at `start..end` (民生支出占|预算支出77.9%); without a name where it stands before (装机42万千瓦、占全市装机51%)."""
        at = start - 1
        while at > 0 and self._words[at].text in self._lexicon.openers:
            at -= 1
        if at < 1 or self._words[at].text != "占" or _SHARE_NAME.search(self._span(start, end).of(self._text)):
            return None
        if self._words[at - 1].text in STOPS or self._words[at - 1].text == "、":
            return Found(name=None, follows=True)
        first = self.trim(self.phrase_start(at - 1)[0], at - 1)
        noun = self._is_noun(at - 1) or self._words[at - 1].text.endswith(self._lexicon.measure)  # 支出
        if first > at - 1 or not noun:
            return None
        span = self._span(first, at - 1)
        return Found(name=span.of(self._text), span=span, rule="noun")

    def _past_verbs(self, start: int, end: int) -> int:
        """The first word of the name behind the verbs that govern it.

        Behind 新建和 the verb 改造 is one too; behind the thing of another number (在12个系|建设|课程30门) whatever verb stands there.
        """
        if start <= 1 or start >= end:
            return start
        joint = self._words[start - 1].text
        if (joint in AND or joint == "、") and self._words[start - 2].text in self._lexicon.strong:
            at = start
            while at < end and self._acts(at):
                at += 1
            return at
        if start - 1 in self._numbers:
            verbs = [at for at in range(start + 1, end) if self._acts(at) and self._is_noun(at + 1)]
            return verbs[-1] + 1 if verbs else start
        return start

    def _acts(self, i: int) -> bool:
        word, lexicon = self._words[i], self._lexicon
        return word.text in lexicon.predicates or word.text in lexicon.strong or word.text in lexicon.transitive

    def _qualifies(self, i: int) -> bool:
        """Whether the word at `i` may say of what sort the general noun behind it is (审批 of 审批事项)."""
        if i < 0 or i in self._numbers:
            return False
        word, lexicon = self._words[i], self._lexicon
        if word.text in lexicon.organising or word.text in {"组织", "支持"}:
            return False
        if word.text in lexicon.nominal:
            return True
        if len(word.text) < 2 or word.text in lexicon.strong or word.text in lexicon.transitive or word.text in AND:
            return False
        return self._is_noun(i) and word.text not in lexicon.openers and not TIME.match(word.text) and word.tag not in {"t", "nr"}

    def _joins_deed(self, i: int, deed: int) -> bool:
        """Whether the word at `i` says of what sort the deed behind it is (联合|执法), not who does it or to what."""
        word, lexicon = self._words[deed], self._lexicon
        if len(word.text) != 2 or not word.tag.startswith("v") or word.text.endswith(lexicon.measure):
            return False
        if units().is_money(self._unit) or units().is_rate(self._unit):
            return False
        return self._qualifies(i) and len(self._words[i].text) == 2

    def _whole_list(self, start: int, end: int, *, governed: bool) -> int:
        """The first word of the list that `start..end` ends, where its members have one number: 活页式、工作手册式|教材.

        Not where the list begins with the thing of another number, nor, unless `governed`, behind a verb, which may be the
        predicate of the first member alone (实现集中管理、经费下降28%); a deed (签约900万元) has such a thing before it, too.
        """
        at, verb = start, ""
        while at > 1 and at <= end and self._words[at - 1].text in _JOINTS and self._lists(at - 2):
            first, verb = self.phrase_start(at - 2)
            first = self.trim(first, at - 2)
            if first > at - 2 or (first > 0 and (first - 1 in self._numbers or self._words[first - 1].tag == "paren")):
                break
            at = first
        alone = verb and (not governed or (units().is_money(self._unit) and self._acts(end)))
        return start if alone else at

    def _lists(self, i: int) -> bool:
        word = self._words[i]
        if i in self._numbers or word.text in STOPS or word.tag == "paren" or word.text in self._lexicon.strong:
            return False
        return self._is_noun(i) or word.text in self._lexicon.nominal or not word.tag

    def _with_prefix(self, start: int, end: int) -> int:
        """Takes in a word that is never a name's first by itself, but changes what this one names: 其他|收入, 不|规范|信息."""
        if start < 1 or start > end or start - 1 in self._numbers:
            return start
        prefix, first = self._words[start - 1].text, self._words[start].text
        belongs = (
            prefix in {"其他", "其它", "相关"}
            or (prefix in {"不", "非", "未"} and start < end)
            or (prefix in {"正", "副"} and first.startswith(("高级", "教授", "处级", "科级")))
            or (prefix == "九年" and first.startswith("义务"))
            or (prefix == "月" and first in self._lexicon.measure and not self._words[start - 2].text.isdigit())
            or (_ORDINAL.fullmatch(prefix) and not _TURN.match(first))
        )
        return start - 1 if belongs else start

    def _told_before(self, start: int) -> bool:
        """Whether an amount is named right before the time at `start`."""
        return start > 0 and start - 1 not in self._numbers and self._words[start - 1].text.endswith(self._lexicon.measure)

    def _past_basis(self, start: int, end: int) -> tuple[int, int]:
        """The phrase before 达到 or 相当于 where `start..end` is only what the number compares it with: 规模达到|在校生|6倍."""
        if start < 2 or start > end or self._words[start - 1].text not in _EQUALS:
            return start, end
        back = start - 2
        while back > 0 and self._words[back].tag == "d":
            back -= 1
        if not self._is_noun(back):
            return start, end
        first = self.trim(self.phrase_start(back)[0], back)
        return (first, back) if first <= back else (start, end)

    def _part_of(self, i: int, relation: tuple[str, ...], *, share: bool) -> Found:
        """The whole that a part named by 的 is of (214项制度中，依据已失效的29项), else what stands before the 的."""
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
        if clause is not None and not _STANDARD.search(clause.of(self._text)):
            return Found(name=clause.of(self._text), span=clause, relation=relation, rule="partial")
        start, verb = self.phrase_start(i - 1)
        start = self.trim(start, i - 1)
        if start > i - 1:
            return Found(name=None, relation=relation, verb=verb)
        span = self._span(start, i - 1)
        if self._says_nothing(start, i - 1):  # 是“十二五”时期的2倍
            return Found(name=None, relation=relation, verb=verb, follows=share or self._unit == "倍")
        if _STANDARD.fullmatch(span.of(self._text)):
            return Found(name=None, relation=relation, verb=verb, follows=True)
        return Found(name=span.of(self._text), span=span, verb=verb, relation=relation, rule="part")

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
        while start < end and self._words[start].text in {"但", "而", "是", "含", "其", "我们"}:
            start += 1
        if start >= end or self._words[start].text in COMPARING or self._words[start].text in {"由", "从", "占", "按"}:
            return None
        tells = share or any(
            self._words[k].tag.startswith(("v", "d")) and self._words[k].text not in self._lexicon.nominal
            for k in range(start, end + 1)
        )
        return self._span(start, end) if tells else None

    def _only_tells(self, start: int, end: int) -> bool:
        """Whether no word of `start..end` names a thing: 当天整改, 自行受理, 主动发现."""
        *adverbs, verb = self._words[start : end + 1]
        return (
            verb.tag.startswith("v")
            and not verb.text.endswith(self._lexicon.measure)
            and all(
                word.tag.startswith(("d", "t", "f", "r", "m", "q", "p", "c", "ad"))
                and word.tag not in {"quote", "paren"}
                for word in adverbs
            )
        )

    def _list_subject(self, i: int, candidate: Candidate) -> Found | None:
        """The thing that a list of as many members tells: 试点专业|有A、B、C和D|4个; `None` when no such list ends at `i`."""
        if candidate.value < 2 or candidate.value > 20:
            return None
        members, joined, at = 1, 0, i
        while at > 0 and at not in self._numbers and self._words[at].text not in STOPS:
            text = self._words[at].text
            if text in _LISTS and members + joined > 1:
                if candidate.value not in {members, members + joined} or not self._is_noun(at - 1):
                    return None
                start, _ = self.phrase_start(at - 1)
                start = self.trim(start, at - 1)
                if start > at - 1:
                    return None
                span = self._span(start, at - 1)
                return Found(name=span.of(self._text), span=span, rule="whole")
            members += text == "、"
            joined += text in AND
            at -= 1
        return None

    def _wants_modifier(self, start: int) -> bool:
        """Whether a bare 比例 or 比重 at `start` is what a clause before it tells (升入高职的比例, 占全省比重)."""
        before = [word.text for word in self._words[max(0, start - 3) : start]]
        return before[-1:] == ["的"] or "占" in before

    def _modified(self, start: int) -> int:
        """Takes in what stands before 的 where the noun alone says nothing (升入高职的比例)."""
        at = start - 2
        while (
            at >= 0
            and at not in self._numbers
            and self._words[at].text not in STOPS
            and self._words[at].text not in {"、", "的", "将", "把"}
        ):
            at -= 1
        at = self.trim(at + 1, start)
        while (
            at < start
            and self._words[at].text in self._lexicon.strong
            and self._words[at].text not in self._lexicon.nominal
        ):
            at += 1
        return at
