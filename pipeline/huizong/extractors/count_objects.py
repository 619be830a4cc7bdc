"""What a number counts: the noun phrase before or behind it, found on words and their parts of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.extractors.count_candidates import Candidate
from huizong.lexicon.units import CountingWords, Units, counting_words, units
from huizong.records import Span, Token

_STOPS = frozenset("，。；：！？,;:!?（）()…—\n“”‘’《》【】+")
_NOMINAL_TAGS = ("n", "vn", "an", "j", "l", "i", "s", "eng", "b", "a", "z", "f", "g", "t", "q", "x", "ng", "m", "k", "h")
_AND = frozenset({"和", "与", "及", "以及", "或"})
_FUNCTION_TAGS = frozenset({"p", "d", "r", "y", "ul", "uz", "ug", "e", "o", "uv", "ud", "df", "rz", "rr"})
_FUNCTION_WORDS = frozenset(
    "的 了 着 过 地 得 把 将 被 对 在 从 向 以 为 由 于 比 较 等 并 且 而 但 又 也 都 均 各 其 该 本 这 那 已 再 还 就 才 是 有 全部 全面 中 内 后 前 时 里 "
    "并且 或者 同时 其中 其余 其他 近 约 超 达 至 到 可 能 应 要 会 需 未 不 没 没有 无 来 去 分别 通过 经 按 每 每年 每月 每人 每项 每校 落实 先后 陆续 "
    "平稳 顺利 正式 成功 投入 上下 左右 以上 以下 居 占 位居 稳居 排名 列 名列 保持 以及 之一 之间 期间 以来 以内 之外 全年 今年 去年 明年 预计 当前 目前 现 现有".split()
)
_PREDICATES = frozenset(
    "入选 获 获批 获得 荣获 获准 完成 建成 通过 实现 启动 竣工 投产 开工 投入使用 参与 参加 覆盖 达到 突破 超过 分赴 赴 进入 加入 列入 纳入 落户 落地 办复 办结 "
    "立项 结题 结项 成功 全部 到位 到账 接受 受到 提供 用于 开展 承担 带动 帮助 形成 惠及 实施 拨付 进行 发生 使用 闲置 就业 升学 毕业 报名 取得 晋升 上岗 常驻 "
    "驻校 运营 运行 居 增长 提高 增加 减少 下降 提升 亮相 挂牌 揭牌 签约 投用 通车 通航 交付 上市 转化 免费 拥有 开通 解决 推进 促进 推动 助力 支持 "
    "推广 巩固 保障 担任 任 组成 构成 是 为 成为 作为 表现 位居 位列 名列 跻身 接近 合格 达标 优秀 良好 获奖 夺得 摘得 联合 共同 来自 涉及 涵盖 包括 分布 遍布 直接 相继 "
    "退休 离职 在岗 考取 考上 通过率 申报 申请 签订 签署 对接 入驻 入园 留在 选择 前往 回访 到校 到岗 入职 转岗 脱贫 受益 参赛 参训 参会 上线 深入 走进 培养".split()
)
_LEVEL_ONLY = re.compile(r"^(?:国家|国|省|市|厅|校|院|部|区|县|州|地|行业|自治区|省部|市厅|国际|地市|局|系)级?(?:及)?(?:以上|以下)?$")
_TRAILING = frozenset({"全国", "基本", "年内", "全省", "全市", "全面", "以上", "以下", "当年", "同步", "整体", "主体"})
_TIME = re.compile(r"^(?:\d{4}年?|[一二三四五六七八九十\d]+月|年|月|日|今年|去年|本年|当年|上年|年内|全年|年底|月底|届|上半年|下半年|\d+)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence; a “…” or 《…》 is one word with the tag `quote`, a bracket one with `paren`."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The object of one count. `relation` is what stands between thing and number, `verb` what governs the thing.

    `span` is where the object's words stand; `None` when they were put together from several places or carried over.
    """

    name: str | None
    span: Span | None = None
    verb: str = ""
    relation: tuple[str, ...] = ()
    rule: str = "none"


def words_of(text: str, start: int, end: int, tokens: Sequence[Token], candidates: Sequence[Candidate]) -> list[Word]:
    """The words of `text[start:end]`, quotations and brackets without counts merged to one word each."""
    first = bisect_left(tokens, start, key=lambda t: t.start)
    plain = []
    for token in tokens[first:]:
        if token.start >= end:
            break
        plain.append(Word(token.start, token.end, text[token.start : token.end], token.tag))
    merged: list[Word] = []
    at = 0
    while at < len(plain):
        word = plain[at]
        closing = {"“": "”", "《": "》", "（": "）", "(": ")", "‘": "’"}.get(word.text[0])
        stop = text.find(closing, word.start, end) if closing else -1
        inside = [c for c in candidates if word.start <= c.start < stop]
        if stop < 0 or inside or stop - word.start > 60:
            merged.append(word)
            at += 1
            continue
        tag = "paren" if word.text[0] in "（(" else "quote"
        while at < len(plain) and plain[at].start <= stop:
            at += 1
        merged.append(Word(word.start, stop + 1, text[word.start : stop + 1], tag))
    return merged


class ObjectFinder:
    """Finds objects in one sentence. Holds the sentence's words; asks nothing beyond them."""

    def __init__(self, text: str, words: list[Word], candidates: Sequence[Candidate]) -> None:
        self._text, self._words, self._candidates = text, words, candidates
        self._starts = [word.start for word in words]
        self._table: Units = units()
        self._lexicon: CountingWords = counting_words()
        self._numbers = {
            i for i, word in enumerate(words) for c in candidates if word.start < c.end and c.start < word.end
        }

    def find(self, candidate: Candidate) -> Found:
        """The object of `candidate` within its clause; `name` is `None` when the clause names none."""
        before, after = self._backward(candidate), self._forward(candidate)
        unit = candidate.unit
        if self._table.is_rate(unit) or unit in {"倍", "成", "番", ""}:
            if before.name is None or (unit == "成" and after.name and before.rule != "noun"):
                return after if after.name and not before.relation else before
            return before
        if self._table.is_money(unit):
            if before.name is None:
                return after if after.name else before
            governed = before.rule == "verb" and before.name not in self._lexicon.money
            return after if governed and after.name else before
        if after.name is None:
            return before
        return Found(name=after.name, span=after.span, verb=before.verb or self._verb_of(before), rule=after.rule, relation=before.relation)

    @staticmethod
    def _verb_of(before: Found) -> str:
        return before.name or "" if before.rule == "verb" else ""

    # -- behind the number ------------------------------------------------------------------------------------------

    def _forward(self, candidate: Candidate) -> Found:
        at = bisect_left(self._starts, candidate.end)
        if at < len(self._words) and self._words[at].text == "的":
            at += 1
        end = self._phrase_end(at)
        at, end = self._past_clause(at, end)
        while end - 1 > at and self._words[end - 1].text in _TRAILING:
            end -= 1
        if end <= at:
            return Found(name=None)
        span = Span(self._words[at].start, self._words[end - 1].end)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def _past_clause(self, at: int, end: int) -> tuple[int, int]:
        """The noun behind a short relative clause (三个螺旋上升的发展阶段), else the phrase as it is."""
        for i in range(max(end, at), min(max(end, at) + 4, len(self._words) - 1)):
            word = self._words[i]
            if word.text in _STOPS or word.text in {"、", "中"} or i in self._numbers or word.tag == "paren":
                break
            if word.text == "的":
                stop = self._phrase_end(i + 1)
                return (i + 1, stop) if stop > i + 1 else (at, end)
        return at, end

    def _phrase_end(self, at: int) -> int:
        """The index behind the noun phrase that begins at word `at`; `at` itself when none does."""
        last, i = at, at
        while i < len(self._words):
            word = self._words[i]
            following = self._words[i + 1] if i + 1 < len(self._words) else None
            if i in self._numbers or word.text in _STOPS or word.tag == "paren":
                break
            if word.tag == "quote":
                if last > at and not (following and self._is_noun(i + 1)):
                    break
                last = i + 1
            elif word.text == "、" or word.text in _AND:
                if last == at or not self._joins(i):
                    break
            elif word.text == "的":
                if last == at or last != i or not (following and self._is_noun(i + 1)) or i - at > 3:
                    break
            elif word.text in _FUNCTION_WORDS and not (word.text in {"投入", "以上", "以下"} and last == at):
                if word.text not in {"以上", "以下", "后", "前", "不", "无", "中", "未"} or not (following and self._is_noun(i + 1)) or last == at:
                    break
            elif word.tag.startswith("v") or (word.text in _PREDICATES):
                if self._verb_in_name(i, at, last):
                    last = i + 1
                elif word.text in _PREDICATES or last != i or not (following and following.tag.startswith("v") and self._verb_in_name(i + 1, at, last)):
                    break
            elif word.tag in _FUNCTION_TAGS or word.tag.startswith(("u", "c", "p", "d", "r")):
                if word.tag.startswith("d") and following and self._is_noun(i + 1) and len(word.text) > 1 and last == at:
                    i += 1
                    continue
                break
            elif word.tag in {"a", "ad", "z", "f", "b"} and last > at:
                if not (following and self._is_noun(i + 1)):
                    break
                last = i + 1 if word.tag == "b" else last
            else:
                last = i + 1
            i += 1
        return last

    def _between_ranks(self, i: int) -> bool:
        """Whether the 、 at word `i` stands in 二、三级."""
        digits = "一二三四五六七八九十"
        text, at = self._text, self._words[i].start
        return at > 0 and text[at - 1] in digits and text[at + 1 : at + 2] in digits

    def _joins(self, i: int) -> bool:
        """Whether the 、/和 at word `i` continues a compound name (企业和群众诉求) rather than starts another thing."""
        if self._words[i].text == "、":
            return self._between_ranks(i)
        if _LEVEL_ONLY.match(self._words[i - 1].text):
            return True
        end = i + 1
        while end < len(self._words) and self._is_noun(end) and end not in self._numbers:
            end += 1
        return end > i + 1 and (end == len(self._words) or self._words[end].text in _STOPS or self._words[end].text == "、") and end - i <= 3

    def _verb_in_name(self, i: int, at: int, last: int) -> bool:
        """Whether the verb at `i` belongs to the name: 招生专业, 棚户区改造工程, 教学培训."""
        word = self._words[i]
        following = i + 1 < len(self._words) and self._is_noun(i + 1) and i + 1 not in self._numbers
        if last == at:
            return following or word.tag == "vn" or word.text in self._lexicon.nominal
        if word.text in _PREDICATES:
            return following and word.text in self._lexicon.nominal and self._words[i + 1].text in self._lexicon.quantity
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        ends = nxt is None or nxt.text in _STOPS or nxt.text in {"、", "等", "的"} or nxt.text in _AND
        if word.tag == "vn" or word.text in self._lexicon.nominal:
            return ends or nxt is not None and (
                nxt.text in _PREDICATES or nxt.text.startswith(self._lexicon.quantity) or nxt.tag.startswith("v")
            )
        return False

    def _is_noun(self, i: int) -> bool:
        word = self._words[i]
        if i in self._numbers or word.text in _STOPS or word.text in _FUNCTION_WORDS or word.tag == "paren" or word.text in {"、"}:
            return False
        if word.tag == "quote" or word.tag == "":
            return word.text not in _AND
        return word.tag.startswith(("n", "vn", "an", "j", "l", "i", "s", "eng", "b", "a", "z", "t")) and word.text not in _PREDICATES

    # -- before the number ------------------------------------------------------------------------------------------

    def _backward(self, candidate: Candidate) -> Found:
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].end > candidate.start:
            i -= 1
        i, relation = self._skip_relation(i)
        start, verb, rule = self._phrase_start(i)
        start = self._trim(start, i)
        if start > i:
            return Found(name=None, relation=relation, verb=verb)
        span = Span(self._words[start].start, self._words[i].end)
        name = span.of(self._text)
        if rule == "noun" and start == i and name in self._lexicon.strong and self._words[i].tag.startswith("v"):
            rule = "verb"
        return Found(name=name, span=span, verb=verb, relation=relation, rule=rule)

    def _skip_relation(self, i: int) -> tuple[int, tuple[str, ...]]:
        """Steps back over 完成, 同比增长, 达到, 提高到 …; the words skipped come back nearest first."""
        lexicon, skipped = self._lexicon, []
        while i >= 0 and i not in self._numbers:
            text, tag = self._words[i].text, self._words[i].tag
            previous = skipped[-1] if skipped else ""
            moved = previous in {"到", "至", "为", "在"} and tag.startswith("v")
            if tag == "paren" or text in lexicon.level or text in lexicon.increase or text in lexicon.decrease or text in lexicon.link:
                if self._is_head(i, skipped):
                    break
            elif not (moved or text in {"了", "等", "共", "约", "："} or (tag == "d" and text not in self._lexicon.nominal)):
                break
            skipped.append(text)
            i -= 1
        return i, tuple(skipped)

    def _is_head(self, i: int, skipped: list[str]) -> bool:
        """Whether a word that may stand between thing and number is here the thing itself (总数, 涨幅, 就业)."""
        return False

    def _phrase_start(self, end: int) -> tuple[int, str, str]:
        """The first word of the noun phrase that ends at word `end` (inclusive), the verb before it, and how it was cut."""
        lexicon = self._lexicon
        i = end
        while i >= 0:
            word = self._words[i]
            if i in self._numbers or word.text in _STOPS or word.tag == "paren" or (word.text == "、" and not self._between_ranks(i)):
                break
            nxt = self._words[i + 1].text if i < end else ""
            if word.text == "可" and nxt == "支配":
                i -= 1
                continue
            if word.text in _AND:
                if i == end or i == 0 or not self._is_noun(i - 1):
                    break
            elif word.text == "的":
                if i < end:
                    break
            elif word.text in _FUNCTION_WORDS and word.text not in {"以上", "以下", "中", "前", "后", "投入", "不", "无", "未", "落实", "内"}:
                if i < end or word.text not in {"居"}:
                    break
            elif word.text in lexicon.openers and i < end:
                if not (word.text == "组织" and nxt in lexicon.quantity):
                    break
            elif word.text in lexicon.strong and i < end:
                if not (word.text in lexicon.nominal and self._in_name(i, nxt)):
                    return i + 1, word.text, "noun"
            elif word.tag in {"p", "r", "y", "ul", "uj"} or (word.tag == "d" and i < end):
                break
            i -= 1
        verb = self._words[i].text if 0 <= i and self._words[i].tag.startswith("v") else ""
        return i + 1, verb, "noun"

    def _in_name(self, i: int, following: str) -> bool:
        """Whether a nominal verb before the noun `following` is part of the name: 开工面积, 安置房."""
        if following in self._lexicon.quantity:
            return i > 0 and (self._is_noun(i - 1) or self._words[i - 1].text in self._lexicon.nominal)
        return len(following) == 1 and following not in _FUNCTION_WORDS

    def _trim(self, start: int, end: int) -> int:
        """Drops what opens the phrase but names nothing: time words, 我校, 共 …"""
        while start <= end:
            word = self._words[start]
            if word.text in self._lexicon.openers or _TIME.match(word.text) or word.text in _AND:
                start += 1
            elif start < end and word.tag == "v" and word.text in {"设置", "加大", "加快", "加强"}:
                start += 1
            elif word.tag in {"t", "d", "r", "p", "c", "ul", "uj", "m"} and start < end and not word.text.startswith("现代"):
                start += 1
            else:
                break
        return start

    # -- other places -----------------------------------------------------------------------------------------------

    def clause_subject(self, candidate: Candidate) -> Found:
        """The noun phrase that opens the clause before the candidate's (出口表现突出、增长77.6%)."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in _STOPS and self._words[i].text != "、":
            i -= 1
        end = i
        i -= 1
        while i >= 0 and self._words[i].text not in _STOPS and self._words[i].text != "、" and i not in self._numbers:
            i -= 1
        start = self._trim(i + 1, end - 1)
        stop = self._phrase_end(start) if start < end else start
        if start >= end or stop <= start:
            return Found(name=None)
        span = Span(self._words[start].start, self._words[min(stop, end) - 1].end)
        return Found(name=span.of(self._text), span=span, rule="subject")

    def clause_tail(self, candidate: Candidate) -> Found:
        """The noun phrase that ends the clause before the candidate's (设置平价蔬菜超市，年内完成20个)."""
        i = bisect_left(self._starts, candidate.start) - 1
        while i >= 0 and self._words[i].text not in _STOPS:
            i -= 1
        end = i - 1
        if end < 0 or end in self._numbers:
            return Found(name=None)
        start, verb, _ = self._phrase_start(end)
        start = self._trim(start, end)
        if start > end:
            return Found(name=None)
        span = Span(self._words[start].start, self._words[end].end)
        return Found(name=span.of(self._text), span=span, verb=verb, rule="tail")

    def level_only(self, name: str) -> bool:
        """Whether the name is a bare rank (省级, 市厅级) that wants the thing named before."""
        return _LEVEL_ONLY.match(name) is not None
