"""The words of a sentence with its counts marked, and what both sides of a number ask of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_pieces import STOPS, Word
from huizong.extractors.count_words import AND
from huizong.lexicon.units import counting_words
from huizong.lexicon.verbs import verb_classes
from huizong.records import Span

_NOUN_TAGS = ("n", "vn", "an", "j", "l", "i", "s", "eng", "b", "a", "z", "t")
STEPS = frozenset({"台阶", "大台阶", "新台阶", "大关", "关口"})  # what a value climbs, never what it is the value of
FULFILLED = ("完成",)
WORTH = frozenset({"折合", "折合人民币", "折价", "折款"})  # between things and what they are worth together
# What is set beforehand and met or missed.
ASSIGNED = frozenset({"任务", "计划", "目标", "指标", "年度任务", "年度计划", "年度目标"})
HANDED_DOWN = ("下达", "分配", "布置", "交办", "核定")
# Of clauses that but tell under which something is so: 在…的前提下.
CIRCUMSTANCES = ("情况", "背景", "形势", "条件", "前提", "基础", "压力")
AVERAGES = frozenset(
    {"人均", "户均", "生均", "师均", "校均", "亩均", "班均", "场均", "篇均", "件均", "项均", "村均", "店均"}
)
CALLED_VERBS = frozenset({"举措", "措施"})  # nouns that the dictionary has as verbs
_LEVEL_ONLY = re.compile(
    r"^(?:其中)?(?:国家|国|省|市|厅|校|院|部|区|县|州|地|行业|自治区|省部|市厅|国际|世界|区域|地市|局|系|[^，。、]{0,3}层面)级?(?:及)?(?:以上|以下)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The object of one count. `relation` is what stands between thing and number, `verb` what governs the thing.

    `span` is where the object's words stand; `None` when they were put together from several places or carried over.
    `owner` is the body that a part of a total belongs to, where the part names nothing else (其中机电系12件).
    `follows` says that what stands before the number is another number (由3个增至5个) or a comparison (比上年多5个), so
    that the object is that of the count before. `reason` says in Chinese why the model chose another name than the rules.
    """

    name: str | None
    span: Span | None = None
    verb: str = ""
    relation: tuple[str, ...] = ()
    rule: str = "none"
    owner: str = ""
    follows: bool = False
    reason: str = ""

    @property
    def is_fulfilled(self) -> bool:
        """Whether the share is of what was set beforehand, which names it: 完成|年度任务的124%."""
        return self.rule == "partial" and self.relation == FULFILLED


_BODY_NAME = re.compile("(?:院|校|大学|公司|集团|中心|幼专|师专|高专|职专|(?<!人)大)$")
_EACH_BODY = frozenset(
    {"部门", "单位", "学院", "二级学院", "系部", "处室", "年级", "班级", "专业", "高校", "院校", "学校"}
)
_OUR = frozenset({"我处", "我部", "我系", "我馆", "我室", "本处", "本部", "本系"})


class Phrases:
    """The words of one sentence. Subclasses look for noun phrases in them; a phrase is a range of word indices."""

    def __init__(self, text: str, words: list[Word], candidates: Sequence[Candidate]) -> None:
        self._text, self._words = text, words
        self._starts = [word.start for word in words]
        self._lexicon = counting_words()
        self._unit, self._ratio = "", False  # of the number whose thing is looked for; whether it is 1:16
        ends = [word.end for word in words]
        self._numbers = {
            i for c in candidates for i in range(bisect_right(ends, c.start), bisect_left(self._starts, c.end))
        }

    def _span(self, first: int, last: int) -> Span:
        """The span of the words `first..last`, the last one included."""
        return Span(self._words[first].start, self._words[last].end)

    def _is_noun(self, i: int) -> bool:
        word = self._words[i]
        if i in self._numbers or word.text in STOPS or word.text in self._lexicon.function or word.text == "、":
            return False
        if word.tag in {"quote", ""}:
            return word.text not in AND
        if word.text in CALLED_VERBS:
            return True
        return word.tag != "paren" and word.tag.startswith(_NOUN_TAGS) and word.text not in self._lexicon.predicates

    def _names_before(self, i: int) -> bool:
        """Whether a noun, or a word of quantity such as 收入, stands right before word `i`."""
        return self._is_noun(i - 1) or self._words[i - 1].text.endswith(self._lexicon.measure)

    def _is_deed_on(self, i: int, end: int) -> bool:
        """Whether the verb at `i`, rarely part of a name, opens its clause or follows who did it: 审计局|抽查|凭证60份."""
        if verb_classes().get(self._words[i].text) not in {"0t", "1t"} or i >= end or not self._is_noun(i + 1):
            return False
        following = self._words[i + 1].text
        if following in self._lexicon.quantity or following.endswith(self._lexicon.measure):
            return False
        if i == 0 or i - 1 in self._numbers:
            return True
        before = self._words[i - 1]
        return before.text in STOPS or before.text in self._lexicon.openers or self._is_noun(i - 1)

    def _between_ranks(self, i: int) -> bool:
        """Whether the 、 at word `i` stands in 二、三级."""
        digits = "一二三四五六七八九十"
        at = self._words[i].start
        return at > 0 and self._text[at - 1] in digits and self._text[at + 1 : at + 2] in digits

    def _is_ours(self, i: int) -> bool:
        """Whether the word at `i` only says whose the things are: 我|处|专职人员, 在3个|县|试种1200亩."""
        word = self._words[i]
        if self._text[word.start - 1 : word.end] in _OUR:
            return True
        if word.text in {"方式", "形式"} and i > 0 and self._words[i - 1].text == "的":  # 线上线下相结合的方式|听课评课
            return True
        following = self._words[i + 1] if i + 1 < len(self._words) else word
        sown = following.tag == "v" or following.text[0] == "试"
        return i - 1 in self._numbers and word.text == "县" and sown

    def _of_each(self, i: int) -> bool:
        """Whether the word at `i` only says whose the things are, one by one: 各|部门|资产管理员."""
        return i > 0 and self._words[i - 1].text == "各" and self._words[i].text in _EACH_BODY

    def _is_named_body(self, i: int) -> bool:
        """Whether the word at `i` only says whose the thing behind it is: 甲学院|招生专业; 教师 alone would say too little."""
        return self._words[i].tag == "nt" and _BODY_NAME.search(self._words[i].text) is not None


def names_only_rank(name: str) -> bool:
    """Whether the name is a bare rank (省级, 市厅级) that wants the thing named before."""
    return _LEVEL_ONLY.match(name) is not None
