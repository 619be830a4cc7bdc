"""What a number counts: the noun phrase before or behind it, found on words and their parts of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_words import AND, STOPS, Word
from huizong.lexicon.units import counting_words, units
from huizong.records import Span

_NOUN_TAGS = ("n", "vn", "an", "j", "l", "i", "s", "eng", "b", "a", "z", "t")
_FUNCTION_TAGS = ("u", "c", "p", "d", "r", "y", "e", "o")
_INNER = frozenset({"以上", "以下", "不", "无", "未", "非"})
_ABOVE = frozenset({"高于", "低于", "快于", "慢于", "优于", "多于", "少于"})
_TOTALS = frozenset({"共", "共计", "合计", "总计"})
_PEOPLE = frozenset({"人", "人次", "名", "位", "家", "户", "所"})
_GOAL = re.compile(r"的(?:[^，。；、]{0,4}目标|任务[，。；]|要求)")
_RATES = ("率", "额", "占比", "比例", "生师比", "人数", "总量", "年龄")
_PERSON = re.compile(r"(?:[生师员者]|干部|人员|骨干|专家|人才|校长|书记|处长|主任|家长|职工|代表|教授|博士|硕士|队员)$")
_LEVEL_ONLY = re.compile(
    r"^(?:其中)?(?:国家|国|省|市|厅|校|院|部|区|县|州|地|行业|自治区|省部|市厅|国际|地市|局|系|[^，。、]{0,3}层面)级?(?:及)?(?:以上|以下)?$"
)
_TIME = re.compile(
    r"^(?:\d{4}年?|[一二三四五六七八九十\d]+月|年|月|日|今年|去年|本年|当年|上年|年内|全年|年底|月底|届|上半年|下半年|\d+)$"
)
_OPENING_TIME = re.compile(
    r"(?:第[一二三四]季度|季度|第?[一二三四\d]+学期|[每本该]?学期|[秋春]季学?期?|(?:20)?\d\d[级届]|[级届](?=[^别次])|[一二三四五六七八九]是|其[一二三四])"
)
_FORMER = frozenset(
    {
        "去年",
        "上年",
        "上学年",
        "上年度",
        "目前",
        "首次",
        "年初",
        "原来",
        "同期",
        "年",
        "之前",
        "最初",
        "现在",
        "现有",
        "今年",
        "前期",
        "期初",
        "学年",
    }
)
_TO_WORD = re.compile(r".*[到至为出成在]$")
_COMPARING = frozenset({"比", "较", "相比", "高于", "低于", "同"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The object of one count. `relation` is what stands between thing and number, `verb` what governs the thing.

    `span` is where the object's words stand; `None` when they were put together from several places or carried over.
    `follows` says that what stands before the number is another number (由3个增至5个) or a comparison (比上年多5个), so
    that the object is that of the count before.
    """

    name: str | None
    span: Span | None = None
    verb: str = ""
    relation: tuple[str, ...] = ()
    rule: str = "none"
    follows: bool = False


class ObjectFinder:
    """Finds objects in one sentence. Holds the sentence's words; asks nothing beyond them."""

    def __init__(self, text: str, words: list[Word], candidates: Sequence[Candidate]) -> None:
        self._text, self._words = text, words
        self._starts = [word.start for word in words]
        self._table, self._lexicon = units(), counting_words()
        self._numbers = {
            i for i, word in enumerate(words) for c in candidates if word.start < c.end and c.start < word.end
        }

    def find(self, candidate: Candidate) -> Found:
        """The object of `candidate` within its clause; `name` is `None` when the clause names none."""
        before, after = self._backward(candidate), self._forward(candidate)
        unit = candidate.unit
        if self._table.is_rate(unit) or unit in {"倍", "成", "番", ""}:
            if before.name is None and not before.follows and after.name and not before.relation:
                return after
            return before
        if self._table.is_money(unit):
            if before.name is None:
                return after if after.name and not before.follows else before
            governed = before.rule == "verb" and before.name not in self._lexicon.money
            return after if governed and after.name else before
        if after.name is None or before.follows:
            return before
        verb = before.verb or (before.name or "" if before.rule == "verb" else "")
        return Found(name=after.name, span=after.span, verb=verb, rule=after.rule, relation=before.relation)

    # -- behind the number ------------------------------------------------------------------------------------------

    def _forward(self, candidate: Candidate) -> Found:
        at = bisect_left(self._starts, candidate.end)
        people = candidate.unit.lstrip("万") in _PEOPLE
        if at < len(self._words) and self._words[at].text == "的":
            at, people = at + 1, False
        if (
            at < len(self._words)
            and self._words[at].text in {"中", "内", "里"}
            or _GOAL.match(self._text, candidate.end)
        ):
            return Found(name=None)
        end = self._phrase_end(at, people=people)
        at, end = self._past_clause(at, end)
        while end - 1 > at and (
            self._words[end - 1].text in self._lexicon.trailing or self._words[end - 1].text.endswith(_RATES)
        ):
            end -= 1
        if end <= at and not (people and at < len(self._words) and self._words[at].text in self._lexicon.deeds):
            return Found(name=None)
        span = Span(self._words[at].start, self._words[max(end - 1, at)].end)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def _past_clause(self, at: int, end: int) -> tuple[int, int]:
        """The noun behind a short relative clause (三个螺旋上升的发展阶段), else the phrase as it is."""
        if end >= len(self._words) or self._words[max(end, at)].text == "的":
            return at, end
        for i in range(max(end, at) + 1, min(max(end, at) + 4, len(self._words) - 1)):
            word = self._words[i]
            if word.text in STOPS or word.text in {"、", "中"} or i in self._numbers or word.tag == "paren":
                break
            if word.text == "的":
                stop = self._phrase_end(i + 1)
                return (i + 1, stop) if stop > i + 1 else (at, end)
        return at, end

    def _phrase_end(self, at: int, *, people: bool = False) -> int:
        """The index behind the noun phrase that begins at word `at`; `at` itself when none does.

        `people` closes the phrase before a verb: 9个省份招生, 2名干部驻村.
        """
        last, i = at, at
        while i < len(self._words):
            word = self._words[i]
            following = i + 1 < len(self._words) and self._is_noun(i + 1)
            if i in self._numbers or word.text in STOPS or word.tag == "paren":
                break
            if word.tag == "quote":
                if last > at and not following:
                    break
                last = i + 1
            elif word.text == "、" or word.text in AND:
                if last == at or not self._joins(i):
                    break
            elif word.text == "的":
                if last == at or last != i or not following or not self._only_rank(at, i):
                    break
            elif word.text in self._lexicon.function:
                if word.text not in {"以上", "以下", "非", "不"} or not following or last == at:
                    break
            elif word.text in self._lexicon.increase or word.text in self._lexicon.decrease:
                break
            elif last > at and (word.tag in {"m", "t"} or (people and self._leaves_person(i))):
                break
            elif word.tag.startswith("v") or word.text in self._lexicon.predicates:
                if self._verb_in_name(i, at, last, people=people):
                    last = i + 1
                elif not (self._leads_on(i, at, last) or (word.tag == "vn" and following and last == i and not people)):
                    break
            elif word.tag.startswith(_FUNCTION_TAGS) and word.tag not in {"eng"}:
                break
            elif word.tag in {"a", "ad", "z", "f"} and last > at:
                if not following:
                    break
            else:
                last = i + 1
            i += 1
        return last

    def _leaves_person(self, i: int) -> bool:
        """Whether the word at `i` says something else behind a person (新生|学籍注册, but 教师党员)."""
        return _PERSON.search(self._words[i - 1].text) is not None and _PERSON.search(self._words[i].text) is None

    def _only_rank(self, at: int, i: int) -> bool:
        """Whether the words `at..i` only qualify what follows 的 (四个方面 does not, 高水平 does)."""
        return all(w.tag in {"a", "b", "z"} or _LEVEL_ONLY.match(w.text) for w in self._words[at:i])

    def _between_ranks(self, i: int) -> bool:
        """Whether the 、 at word `i` stands in 二、三级."""
        digits = "一二三四五六七八九十"
        at = self._words[i].start
        return at > 0 and self._text[at - 1] in digits and self._text[at + 1 : at + 2] in digits

    def _joins(self, i: int) -> bool:
        """Whether the 、/和 at word `i` continues a compound name (企业和群众诉求) rather than starts another thing."""
        if self._words[i].text == "、":
            return self._between_ranks(i)
        if _LEVEL_ONLY.match(self._words[i - 1].text):
            return True
        end = i + 1
        while end < len(self._words) and self._is_noun(end):
            end += 1
        return (
            end > i + 1
            and (end == len(self._words) or self._words[end].text in STOPS or self._words[end].text == "、")
            and end - i <= 3
        )

    def _leads_on(self, i: int, at: int, last: int) -> bool:
        """Whether the verb at `i`, in no name by itself, may stand before a nominal verb (小区供热改造)."""
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        return (
            self._words[i].text not in self._lexicon.predicates
            and last == i
            and last > at
            and nxt is not None
            and nxt.tag.startswith("v")
            and self._verb_in_name(i + 1, at, last, people=False)
        )

    def _verb_in_name(self, i: int, at: int, last: int, *, people: bool) -> bool:
        """Whether the verb at `i` belongs to the name: 招生专业, 棚户区改造工程, 教学培训."""
        word, lexicon = self._words[i], self._lexicon
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        following = nxt is not None and self._is_noun(i + 1)
        nominal = word.tag == "vn" or word.text in lexicon.nominal
        if last == at:
            if word.text in lexicon.predicates and not nominal:
                return False
            if nxt is not None and (
                nxt.text in {"为", "到", "至", "成", "了"} or word.text in lexicon.results and not following
            ):
                return False
            return following or (nominal and not people)
        whole = lexicon.measure + lexicon.quantity
        if word.text in lexicon.predicates:
            return following and nominal and nxt is not None and nxt.text in lexicon.quantity and not people
        if not nominal or (people and not following):
            return False
        ends = nxt is None or nxt.text in STOPS or nxt.text in {"、", "等", "的"} or nxt.text in AND
        return ends or (
            nxt is not None
            and (
                len(nxt.text) == 1
                or nxt.text in lexicon.predicates
                or nxt.text.startswith(whole)
                or nxt.tag.startswith("v")
            )
        )

    def _is_noun(self, i: int) -> bool:
        word = self._words[i]
        if i in self._numbers or word.text in STOPS or word.text in self._lexicon.function or word.text == "、":
            return False
        if word.tag in {"quote", ""}:
            return word.text not in AND
        return word.tag != "paren" and word.tag.startswith(_NOUN_TAGS) and word.text not in self._lexicon.predicates

    # -- before the number ------------------------------------------------------------------------------------------

    def _backward(self, candidate: Candidate) -> Found:
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].end > candidate.start:
            i -= 1
        i, relation = self._skip_relation(i)
        moved = any(
            word in self._lexicon.increase
            or word in self._lexicon.decrease
            or word in {"比", "由", "从"}
            or len(word) > 1
            and _TO_WORD.match(word)
            for word in relation
        )
        if moved and (i in self._numbers or i >= 0 and self._words[i].text in _COMPARING):
            return Found(name=None, relation=relation, follows=True)
        if i >= 0 and self._words[i].text == "的" and "占" not in relation:
            return self._part_of(i, relation)
        start, verb = self._phrase_start(i, listed=not _TOTALS.isdisjoint(relation))
        start = self._trim(start, i)
        if start > i:
            compared = any(word in _COMPARING for word in relation)
            return Found(name=None, relation=relation, verb=verb, follows=compared)
        if (
            start == i
            and self._words[i].text in self._lexicon.measure
            and start > 1
            and self._words[start - 1].text == "的"
        ):
            start = self._modified(start)
        span = Span(self._words[start].start, self._words[i].end)
        name, word = span.of(self._text), self._words[i]
        bare = start == i and (word.tag in {"v", "vd", "vi"} or name in self._lexicon.strong)
        return Found(name=name, span=span, verb=verb, relation=relation, rule="verb" if bare else "noun")

    def _skip_relation(self, i: int) -> tuple[int, tuple[str, ...]]:
        """Steps back over 完成, 同比增长, 达到, 由上年的 …; the words skipped come back nearest first."""
        lexicon = self._lexicon
        skippable = (
            lexicon.level
            | lexicon.increase
            | lexicon.decrease
            | lexicon.link
            | {"了", "等", "共", "约", "由", "从", "自", "："}
        )
        skipped: list[str] = []
        while i >= 0 and i not in self._numbers:
            text, tag = self._words[i].text, self._words[i].tag
            to = bool(skipped) and skipped[-1] in {"到", "至", "为", "在", "出"} and tag.startswith("v")
            ends_to = len(text) > 1 and _TO_WORD.match(text) is not None and not tag.startswith("n")
            if text == "的":
                back = self._behind_former(i)
                if back < i:
                    skipped.extend(word.text for word in self._words[back + 1 : i + 1][::-1])
                    i = back
                    continue
            elif text in lexicon.results and not self._stands_alone(i):
                pass
            elif (
                len(text) == 1
                and tag.startswith("v")
                and skipped
                and skipped[-1] in {"了", "出"}
                and not self._stands_alone(i)
            ):
                pass
            elif not (
                tag == "paren" or text in skippable or to or ends_to or (tag == "d" and text not in lexicon.nominal)
            ):
                break
            skipped.append(text)
            i -= 1
        return self._before_comparison(i, skipped)

    def _stands_alone(self, i: int) -> bool:
        """Whether the result verb at `i` has no noun before it, so that it is all the clause says."""
        return i == 0 or not (self._is_noun(i - 1) or self._words[i - 1].tag == "vn")

    def _behind_former(self, i: int) -> int:
        """For the 的 at `i` the last word before 由上年的, 从首次的, or before 占…的; `i` when it is no such 的."""
        back = i - 1
        while back >= 0 and (self._words[back].text in _FORMER or _TIME.match(self._words[back].text)):
            back -= 1
        if back < i - 1:
            return back
        while back >= 0 and self._words[back].text not in STOPS and back not in self._numbers:
            if self._words[back].text in {"占", "约占", "占到", "只占", "仅占"}:
                return back
            back -= 1
        return i

    def _before_comparison(self, i: int, skipped: list[str]) -> tuple[int, tuple[str, ...]]:
        """Steps on to the word before 比上年, 较规划 … where the number says by how much."""
        lexicon = self._lexicon
        at = i
        while at >= 0 and i - at < 4 and at not in self._numbers and self._words[at].text not in STOPS:
            if self._words[at].text in _ABOVE:  # 高于全国1.7个百分点
                return at - 1, (*skipped, self._words[at].text, "比")
            at -= 1
        if any(word in lexicon.increase or word in lexicon.decrease for word in skipped):
            at = i
            while at >= 0 and at not in self._numbers and self._words[at].text not in STOPS and i - at < 7:
                if self._words[at].text in {"比", "较"}:
                    return at - 1, (*skipped, "比")
                at -= 1
        elif i >= 1 and self._words[i].text in _FORMER and self._words[i - 1].text in {"比", "较"}:
            return i - 2, (*skipped, "比")
        return i, tuple(skipped)

    def _part_of(self, i: int, relation: tuple[str, ...]) -> Found:
        """The whole that a part named by 的 is of (214项制度中，依据已失效的29项), else what stands before the 的."""
        at = i
        while at > 2:
            at -= 1
            if (
                self._words[at].text in STOPS
                and self._words[at - 1].text in {"中", "里"}
                and at - 2 not in self._numbers
            ):
                start, _ = self._phrase_start(at - 2)
                start = self._trim(start, at - 2)
                if start <= at - 2:
                    span = Span(self._words[start].start, self._words[at - 2].end)
                    return Found(name=span.of(self._text), span=span, relation=relation, rule="whole")
        start, verb = self._phrase_start(i - 1)
        start = self._trim(start, i - 1)
        if start > i - 1:
            return Found(name=None, relation=relation, verb=verb)
        span = Span(self._words[start].start, self._words[i - 1].end)
        return Found(name=span.of(self._text), span=span, verb=verb, relation=relation, rule="part")

    def _phrase_start(self, end: int, *, listed: bool = False) -> tuple[int, str]:
        """The first word of the noun phrase that ends at word `end` (inclusive), and the verb that governs it.

        `listed` takes in the members before 、 as well (考试、补考共5次).
        """
        lexicon = self._lexicon
        i = end
        while i >= 0:
            word = self._words[i]
            if i in self._numbers or word.text in STOPS or word.tag == "paren":
                break
            if word.text == "、" and not self._between_ranks(i):
                if not (listed and 0 < i < end and i - 1 not in self._numbers):
                    break
                i -= 1
                continue
            nxt = self._words[i + 1].text if i < end else ""
            glued = i < end and len(nxt) == 1 and nxt not in lexicon.function and nxt not in AND and len(word.text) <= 2
            glued = glued and (word.text not in lexicon.strong or word.text in lexicon.nominal) and not _TIME.match(nxt)
            if word.text in AND:
                if i == end or i == 0 or not self._is_noun(i - 1):
                    break
            elif word.text == "可" and nxt == "支配":
                pass
            elif i == end:
                if word.text == "的":
                    end -= 1
                elif word.text in lexicon.function and len(word.text) == 1:
                    break
            elif word.text == "的" or (word.text in lexicon.function and word.text not in _INNER):
                break
            elif word.text in lexicon.openers and not glued and not nxt.startswith("层面"):
                break
            elif self._is_verb(word) and not glued and not self._verb_kept(i, nxt):
                return i + 1, word.text
            elif word.tag in {"p", "r", "y", "ul", "uj", "d"}:
                break
            i -= 1
        verb = self._words[i].text if 0 <= i and self._words[i].tag.startswith("v") else ""
        return i + 1, verb

    def _is_verb(self, word: Word) -> bool:
        lexicon = self._lexicon
        if word.text in lexicon.predicates and word.text not in lexicon.nominal and word.tag != "n":
            return True
        return word.text in lexicon.strong or (word.tag.startswith("v") and word.tag != "vn")

    def _verb_kept(self, i: int, following: str) -> bool:
        """Whether the verb at `i` is part of the name that goes on with `following` (开工面积, 城镇登记失业率)."""
        word, lexicon = self._words[i], self._lexicon
        before = i > 0 and (
            self._is_noun(i - 1)
            or (self._words[i - 1].text in lexicon.nominal and self._words[i - 1].text not in lexicon.strong)
        )
        if word.text in lexicon.strong and word.text not in lexicon.nominal:
            return False
        if following.endswith(lexicon.measure):
            return before or word.text in lexicon.nominal or word.text not in lexicon.strong
        if word.text in lexicon.nominal and word.text not in lexicon.strong:
            return True
        if not before or word.text in lexicon.money:
            return False
        return any(following == noun or (len(noun) > 1 and following.endswith(noun)) for noun in lexicon.quantity)

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
        at = self._trim(at + 1, start)
        while (
            at < start
            and self._words[at].text in self._lexicon.strong
            and self._words[at].text not in self._lexicon.nominal
        ):
            at += 1
        return at

    def _trim(self, start: int, end: int) -> int:
        """Drops what opens the phrase but names nothing: time words, 我校, 共 …"""
        while start <= end:
            word = self._words[start]
            last = start == end
            if (
                word.text in AND
                or _TIME.match(word.text)
                or (
                    word.text in self._lexicon.openers
                    and (not last or word.text not in {"学校", "学院", "重点", "目标", "计划"})
                    and not self._text.startswith("层面", word.end)
                )
            ):
                start += 1
            elif not last and self._opens_time(start, end):
                start += 1
            elif (
                not last
                and word.tag in {"t", "q", "d", "r", "p", "c", "ul", "uj", "m"}
                and not word.text.startswith("现代")
            ):
                start += 1
            elif word.text in self._lexicon.function:
                start += 1
            else:
                break
        return start

    def _opens_time(self, start: int, end: int) -> bool:
        """Whether the phrase opens with 第四季度, 第一学期, 级 of 2022级, 二是."""
        text = self._text[self._words[start].start : self._words[end].end]
        opening = _OPENING_TIME.match(text)
        return opening is not None and opening.end() >= len(self._words[start].text)

    # -- other clauses ----------------------------------------------------------------------------------------------

    def clause_subject(self, candidate: Candidate) -> Found:
        """The noun phrase that opens the clause before the candidate's (出口表现突出、增长77.6%)."""
        end = self._clause_end(candidate)
        i = end - 1
        while i >= 0 and self._words[i].text not in STOPS and self._words[i].text != "、" and i not in self._numbers:
            i -= 1
        start = self._trim(i + 1, end - 1)
        stop = min(self._phrase_end(start), end) if start < end else start
        if start >= end or stop <= start:
            return Found(name=None)
        span = Span(self._words[start].start, self._words[stop - 1].end)
        return Found(name=span.of(self._text), span=span, rule="subject")

    def _clause_end(self, candidate: Candidate) -> int:
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in STOPS and self._words[i].text != "、":
            i -= 1
        return i

    def clause_tail(self, candidate: Candidate) -> Found:
        """The noun phrase that ends the clause before the candidate's (设置平价蔬菜超市，年内完成20个)."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in STOPS:
            i -= 1
        end = i - 1
        if end < 0 or end in self._numbers:
            return Found(name=None)
        start, verb = self._phrase_start(end)
        start = self._trim(start, end)
        if start > end or (start == end and self._words[end].tag.startswith("v") and self._words[end].tag != "vn"):
            return Found(name=None)
        span = Span(self._words[start].start, self._words[end].end)
        return Found(name=span.of(self._text), span=span, verb=verb, rule="tail")


def names_only_rank(name: str) -> bool:
    """Whether the name is a bare rank (省级, 市厅级) that wants the thing named before."""
    return _LEVEL_ONLY.match(name) is not None
