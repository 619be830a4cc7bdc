"""What a number counts: chosen between the noun phrase before it and the one behind it, or taken from the clause before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from huizong.extractors.count_before import PhraseBefore
from huizong.extractors.count_behind import PhraseBehind
from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_parts import UTMOST
from huizong.extractors.count_phrases import AVERAGES, CIRCUMSTANCES, Found, Phrases
from huizong.extractors.count_pieces import STOPS, Word
from huizong.extractors.count_relations import PEOPLE, PERSON, TIMEY
from huizong.lexicon.units import units
from huizong.records import Span

_STATE = re.compile(r"的(?:[^，。；、]{0,4})(?:生活|水平|生计|收入|问题|需求|待遇|温饱|出行|用水|就医|上学)")
_REACHED = frozenset({"新高", "成效", "佳绩", "台阶", "突破", "成绩", "新台阶"})
_FUNDS = ("资金", "经费", "专款", "债券", "奖金", "补贴", "补助", "投资计划", "投资任务")
_EXTENTS = ("学时", "课时", "时间", "时长", "年龄", "面积", "年限", "教龄", "工龄", "学分", "装机", "库容")
_AT_RATE = re.compile("的?标准(?:发放|给予|支付|兑现|缴纳|收取|核发|计发|落实|发给|下拨|拨付)")
_FUND = re.compile("([一-龥“”]{1,16}?(?:补助金?|补贴|津贴|奖金|奖学金|助学金|经费|资金|款|费))(?=[，。；、])")
_BY_POLICY = re.compile("的?([一-龥]{0,8}?(?:补助|补贴|津贴|拨款|经费|资助|奖励)(?:经费)?)(?=政策|标准|制度|待遇)")
_SHARES = ("率", "度", "比", "份额", "增加值", "进出口", "指标")
_WORKS = frozenset({"建设", "改造", "施工", "扩建", "新建"})
_WORKING = frozenset({"建设", "新建", "改建", "种植", "养殖", "发展", "开展", "打造", "实施"})
_TASKS = frozenset({"任务", "目标", "指标", "目标任务", "计划任务", "任务目标"})
_HANDING = frozenset({"将", "把", "每年", "拿出", "完成", "安排", "确保", "实现", "有", "只有", "仅有", "约有"})
_TOLD = re.compile(
    "虽|连续|总体|普遍|明显|严重|依然|仍然|十分|非常|[较偏][少低高大小弱慢多]$|不[足够]$|紧缺|短缺|匮乏|薄弱"
)
_DRAWING_LEVEL = frozenset({"追平", "持平", "赶超", "赶上"})  # 增长4%、追平全省，下半年增长5%
_FRAMES = tuple(word + side for word in CIRCUMSTANCES for side in "下上")
_MOVES = re.compile(r"[^，。；、]{0,3}(?:增|升|提|涨|扩|降|减|压|缩|变|发展)[^，。；、]{0,3}[到至为]?")


class ObjectFinder(Phrases):
    """Finds objects in one sentence. Holds the sentence's words; asks nothing beyond them."""

    def __init__(self, text: str, words: list[Word], candidates: Sequence[Candidate]) -> None:
        super().__init__(text, words, candidates)
        self._table = units()
        self._before = PhraseBefore(text, words, candidates)
        self._behind = PhraseBehind(text, words, candidates)
        self._around: dict[int, tuple[Found, Found]] = {}

    @property
    def words(self) -> list[Word]:
        """The words of the sentence."""
        return self._words

    @property
    def numbers(self) -> set[int]:
        """The indices of the words that belong to a count."""
        return self._numbers

    def is_place(self, span: Span) -> bool:
        """Whether the name at `span` ends with the proper name of a place (甲县, not 示范区)."""
        word = self._words[bisect_left(self._starts, span.end) - 1]
        if word.text.endswith(("城市", "园区", "社区", "小区")):
            return False
        unknown = word.tag in {"", "nr"} and len(word.text) > 2 and word.text.endswith(tuple("省市县区镇乡旗"))
        return (word.tag == "ns" and not word.text.endswith("中")) or unknown

    def named_around(self, candidate: Candidate) -> tuple[Found, Found]:
        """What is named before the number and what behind it, each looked for by itself."""
        at = candidate.start
        if at not in self._around:
            self._around[at] = self._before.find(candidate), self._behind.find(candidate)
        return self._around[at]

    def find(self, candidate: Candidate) -> Found:
        """The object of `candidate` within its clause; `name` is `None` when the clause names none."""
        before, after = self.named_around(candidate)
        unit = candidate.unit
        if self._table.is_rate(unit) or unit in {"倍", "成", "番", ""}:
            if before.name is None and not before.follows and after.name and _HANDING.issuperset(before.relation):
                return after
            if before.name is None and after.name in self._lexicon.money:  # 收益86万元，70%奖励给团队
                return replace(after, name=None, span=None, rule="none", follows=True)
            return after if self._shares_of(before, after, candidate) else before
        if self._table.is_money(unit):
            fund = self._paid_at_rate(candidate) or self._paid_a_head(before, candidate)
            if fund is not None:
                return fund
            if before.name is None:
                told = replace(after, verb=before.verb, relation=before.relation)
                return told if after.name and not before.follows else before
            worth = before.name == "价值" and self._text.startswith("的", candidate.end)
            if ("有" in before.relation or worth) and after.name:  # 设备采购有7.4万元结余
                return after
            if (
                after.span is not None
                and after.span.start - candidate.end == self._text.startswith("的", candidate.end)
                and after.span.of(self._text).endswith(_FUNDS)
            ):
                return after  # 财政安排90万元专项资金
            if (before.name or "").endswith(("、投资", "、总投资")):  # 新材料、|投资1.2亿元的精深加工
                return self._last_listed(before)
            governed = before.rule == "verb" and before.name not in self._lexicon.money
            return after if governed and after.name else before
        reaches = (
            before.rule == "verb" and before.name in {"惠及", "受益"} and self._text.startswith("的", candidate.end)
        )
        if reaches and not PERSON.search(after.name or ""):
            return before  # 惠及3400万人的|引水工程
        if before.name and "一行" in before.relation:  # 专家组|一行12人|进校
            return before
        if before.rule == "verb" and not before.relation and after.name in _TASKS:
            return before  # 完成|招生1000人|任务
        if before.rule == "noun" and not before.relation and after.name in _WORKS and self._table.is_measure(unit):
            return before  # 二期工程|12万平方米|建设
        planned = before.follows and self._text.endswith(("计划的", "原定的"), 0, candidate.start)  # 年初计划的4个班
        if after.name is None or (before.follows and not planned) or (after.rule == "won" and before.name):
            took = after.rule == "won" and "有" in before.relation and not PERSON.search(before.name or "")
            return after if took else before  # 技能竞赛项目中有|7人|获得一等奖
        sized = before.rule == "noun" and (before.name or "").endswith(_EXTENTS)
        if sized and self._text.startswith("的", candidate.end):
            return self._last_listed(before)  # 周学时超过20节的教师
        beside = before.span is not None and before.span.end == candidate.start and self._goes_on_alike(after, unit)
        beside = beside and (before.name or "").count("、") + 1 != candidate.value  # 护理、康复|2个专业群|7个专业
        if (
            before.name
            and before.rule == "noun"
            and not before.relation
            and (unit in PEOPLE or beside)
            and (self._meets_number(after) or (unit in PEOPLE and _STATE.match(self._text, candidate.end)))
        ):
            return before  # 正式工6人校卫队员48人: each thing before its number; 困难家庭600人的生活
        if (
            before.name and before.rule == "noun" and {"由", "从"} & set(before.relation) and self._moves(after)
        ):  # 亩产从18斤茶油提到31斤
            return before
        if unit in PEOPLE and self._went_there(before, after, candidate):
            return before  # 党员干部380人次|参观教育基地
        if before.rule == "noun" and not before.relation and self._goes_to_work(before, after, candidate):
            return before  # 流转|土地30亩|建设采摘园
        verb = before.verb or (before.name or "" if before.rule == "verb" else "")
        return Found(name=after.name, span=after.span, verb=verb, rule=after.rule, relation=before.relation)

    def _went_there(self, before: Found, after: Found, candidate: Candidate) -> bool:
        """Whether people stand right before the number and what they did right behind it."""
        if before.span is None or after.span is None or before.rule != "noun" or before.relation:
            return False
        beside = before.span.end == candidate.start and after.span.start >= candidate.end
        if not beside or PERSON.search(before.name or "") is None or PERSON.search(after.name or "") is not None:
            return False
        first = self._words[bisect_left(self._starts, candidate.end)]
        return first.tag == "v" or first.text in self._lexicon.transitive or first.text in self._lexicon.strong

    def _last_listed(self, found: Found) -> Found:
        """Only the last member of the list that the name is: 马铃薯加工、|装机10万千瓦的风电场."""
        at = (found.name or "").rfind("、") + 1
        if found.span is None or not at:
            return found
        span = Span(found.span.start + at, found.span.end)
        return replace(found, name=span.of(self._text), span=span)

    def _goes_to_work(self, before: Found, after: Found, candidate: Candidate) -> bool:
        """Whether what stands behind the number says what is done with the thing right before it."""
        if before.span is None or after.span is None or before.span.end != candidate.start:
            return False
        first, stop = (bisect_left(self._starts, at) for at in (after.span.start, after.span.end))
        return self._words[first].text in _WORKING and stop - first > 1 and after.span.start == candidate.end

    def _paid_at_rate(self, candidate: Candidate) -> Found | None:
        """What is paid at the rate of so much: 按每人1500元的标准发放|临时困难补助."""
        rate = _AT_RATE.match(self._text, candidate.end)
        if rate is None:
            return None
        fund = _FUND.match(self._text, rate.end())
        if fund is not None:  # 生活和交通补助: a list, which no phrase holds
            return Found(name=fund[1], span=Span(*fund.span(1)), rule="behind")
        first = bisect_left(self._starts, rate.end())
        stop = self._behind.phrase_end(first)
        if stop <= first:
            return None
        span = self._span(first, stop - 1)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def _paid_a_head(self, before: Found, candidate: Candidate) -> Found | None:
        """What the so much a head are that a policy gives: 落实生均800元|财政补助|政策."""
        each = (before.name or "")[-2:] in AVERAGES or not AVERAGES.isdisjoint(before.relation)
        fund = _BY_POLICY.match(self._text, candidate.end) if each else None
        if fund is None:
            return None
        return Found(name=fund[1], span=Span(*fund.span(1)), relation=before.relation, rule="behind")

    def _shares_of(self, before: Found, after: Found, candidate: Candidate) -> bool:
        """Whether the share is one of the thing right behind it: 向基层|投放|50%以上|号源, 覆盖|各医院|97%|门诊量."""
        if before.relation or candidate.unit in {"倍", "番", ""} or after.span is None or before.name is None:
            return False
        if before.rule == "verb" and before.name in self._lexicon.strong:  # 推动60%以上的县级供养机构达标
            return self._text.startswith("的", candidate.end) and after.span.start == candidate.end + 1
        if after.span.start - candidate.end > len("的") or before.name.endswith(self._lexicon.measure):
            return False
        return before.rule == "noun" and not before.name.endswith(_SHARES)

    def _goes_on_alike(self, after: Found, unit: str) -> bool:
        """Whether the thing `after` has a number of its own in the same unit: 一等奖3篇|二等奖6篇."""
        if after.span is None or self._text[after.span.end - 1] == "）":  # 7个县（区）|112个村
            return False
        return re.match(rf"\d+{re.escape(unit)}", self._text[after.span.end :]) is not None

    def _meets_number(self, after: Found) -> bool:
        """Whether the thing `after` stands right before another number."""
        if after.span is None:
            return False
        first, last = (bisect_left(self._starts, at) for at in (after.span.start, after.span.end))
        told = any(w.tag.startswith("v") or w.text in self._lexicon.strong for w in self._words[first:last])
        return last in self._numbers and not told

    def _moves(self, after: Found) -> bool:
        """Whether the value goes on to another behind the thing `after` (18斤茶油|提到31斤)."""
        return after.span is not None and _MOVES.match(self._text, after.span.end) is not None

    def only_tells(self, found: Found) -> bool:
        """Whether the name is but deeds (规范治理, 整改升级), of which none names a body."""
        if found.span is None or found.rule not in {"noun", "verb"}:
            return False
        first, stop = (bisect_left(self._starts, at) for at in (found.span.start, found.span.end))
        known = self._lexicon.verbs | self._lexicon.nominal
        return all(
            word.tag[:1] in {"v", "d"} or word.text in known or word.text == "规范" for word in self._words[first:stop]
        )

    def clause_subject(self, candidate: Candidate) -> Found:
        """The noun phrase that opens the clause before the candidate's (出口表现突出、增长77.6%)."""
        end = self._clause_end(candidate)
        i = end - 1
        while i >= 0 and self._words[i].text not in STOPS and self._words[i].text != "、" and i not in self._numbers:
            i -= 1
        start = self._before.trim(i + 1, end - 1)
        stop = min(self._behind.phrase_end(start), end) if start < end else start
        if 0 < start <= end and self._words[start - 1].text == "被":
            return Found(name=None)  # 被SCI、EI收录|14篇
        if start >= end or stop <= start or self._before.says_nothing(start, stop - 1):
            return Found(name=None)
        span = self._span(start, stop - 1)
        if self._words[start].text in _DRAWING_LEVEL or TIMEY.search(span.of(self._text)):
            return Found(name=None)
        if self._text.startswith(("期间", "以来", "分布"), span.end):
            return Found(name=None)  # 寒暑假|期间，分4路走访
        return Found(name=span.of(self._text), span=span, rule="subject")

    def _clause_end(self, candidate: Candidate) -> int:
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in STOPS and self._words[i].text != "、":
            i -= 1
        return self._past_frame(i)

    def _past_frame(self, i: int) -> int:
        """The mark before a clause that but tells under what conditions, where `i` is the mark behind it: …的前提下|，."""
        while i > 0 and self._text.endswith(_FRAMES, 0, self._words[i].start):
            i -= 1
            while i >= 0 and self._words[i].text not in STOPS:
                i -= 1
        return i

    def clause_tail(self, candidate: Candidate) -> Found:
        """The noun phrase that ends the clause before the candidate's (设置平价蔬菜超市，年内完成20个)."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in STOPS:
            i -= 1
        end = self._past_frame(i) - 1
        if end < 0 or end in self._numbers:
            return Found(name=None)
        at = end - 1
        while at > 0 and self._words[at].tag == "d" and self._words[end].tag[:1] == "v" and at not in self._numbers:
            at -= 1
        if at < end - 1 and self._is_noun(at):  # 产业结构|进一步优化，调整为8:41:51
            end = at
        start, verb = self._before.phrase_start(end)
        start = self._before.trim(start, end)
        while start < end and self._words[end].text in self._lexicon.organising:  # 作为公共必修课|开设，共38学时
            end -= 1
        if start > end or (start == end and self._words[end].tag.startswith("v") and self._words[end].tag != "vn"):
            return Found(name=None)
        if (
            self._words[start].text in _DRAWING_LEVEL
            or self._words[end].text in _REACHED
            or self._before.says_nothing(start, end)
        ):
            return Found(name=None)
        told = next((at for at in range(start + 1, end + 1) if _TOLD.match(self._words[at].text)), None)
        span = self._span(start, end if told is None else told - 1)  # 项目经费|总体偏少，人均不足2万元
        utmost = UTMOST.search(self._text, span.start, span.end)
        if utmost is not None and utmost.start() > span.start + 1:  # 护理专业人数最多，为1526人
            span = Span(span.start, utmost.start())
        return Found(name=span.of(self._text), span=span, verb=verb, rule="tail")
