"""Where the noun phrase that ends before a number begins, and what opens it without naming anything."""

from __future__ import annotations

import re

from huizong.extractors.count_pieces import STOPS, Word
from huizong.extractors.count_relations import TIME, Relations
from huizong.extractors.count_words import AND

_PLACES = frozenset("省市县区州国")  # 办理|市人大代表议案
_INNER = frozenset({"以上", "以下", "不", "无", "未", "非"})
_OPENING_TIME = re.compile(
    r"(?:.{0,3}之年|第[一二三四]季度|前?[一二三四]季度|季度|第?[一二三四\d]+学期|季度末|学[年期]末|年末|末(?=[^端])|学年|连续[两三四五]年|[每本该]?学期|[秋春]季学?期?|(?:20)?\d\d[级届]|[级届](?=[^别次])|[一二三四五六七八九]是|其[一二三四])"
)
# A stretch of time, an acting body or people in general: never what a number counts.
NO_THING = re.compile(
    r".*(?:时期|期间)|影响|前提|(?:无一|没有一)[人名例个项].*|学前[一二三]年|提前|优先|前来|原计划|原定|.*[上来布构成途]看|.{2,}(?<![学课工用机耗计])时|[让使令分]|单[笔项体个件次]|[新老旧大小好多少]|每[笔项件]|(?:连续)?近?(?:[一二两三四五六七八九十]+|\d+)(?:年|个?月|天|周)(?:间|内|来|下来|多)?"
    r"|每[人户生亩名位]每[年月天学期]{1,2}|他们|她们|我们|大家|对方|老百姓|[省市县区乡镇村]里|[全两该本我][处院校系所馆室镇村乡县市区省国]"
)
_BLOCK = re.compile(r"[A-Za-z\d一二三四五六七八九十]{1,2}(?:座|栋|幢|区|期|号楼)")  # 实训中心|B座
_OPENING = frozenset({"方面", "计", "直接"})
_NAMING = ("现代", "自然", "青年")  # tagged as adverbs or times, but parts of names
_LEAST_OWN = 3  # characters that a name needs to say enough without whose it is
_NUMERAL = re.compile(r"[第\d零一二两三四五六七八九十百千万亿几数多半]")
_NAMELESS = frozenset({"d", "r", "p", "c", "q", "t", "ul", "uj", "ud", "ug", "uv", "uz", "y"})
_GRANTED = frozenset({"认定", "立项", "批准", "评为", "授予", "推荐", "资助"})
_AIMING = frozenset({"力争", "确保", "争取", "拟", "计划"})
DISCUSSED = frozenset({"议题", "事项", "问题"})  # 研究|议题216项
_DRIVING = frozenset({"推进", "振兴", "攻坚", "培育", "强基", "保护", "修复"})
_DRIVEN = ("工程", "行动", "计划", "专项")
_RAISING = frozenset({"提升", "提高", "提质", "优化"})
_RAISED = frozenset({"培训", "培训班", "班", "计划", "行动", "工程", "项目", "活动", "研修班", "专班"})
_TAKING_POST = frozenset({"任", "担任", "兼任", "出任", "当"})  # 聘请劳模|任|兼职教师
_PRAISING = frozenset(
    {"优秀", "免费", "合格", "集体", "突出", "良好"}
)  # predicates, too, but before a noun they tell of what sort it is
_OF_A_PLAN = frozenset({"项目", "企业", "人才", "学者"})
_HAVING = frozenset({"共有", "现有", "已有", "拥有", "设有", "仍有", "尚有"})
_SPARED = frozenset({"成本", "费用", "开支", "损失", "能耗"})
_SPANS_OF_TIME = frozenset({"时间", "用时", "时长", "时限", "周期", "天数"})


class NounPhrases(Relations):
    """Finds the beginning of a noun phrase, going left from its last word."""

    def phrase_start(self, end: int, *, listed: bool = False, predicated: bool = False) -> tuple[int, str]:
        """The first word of the noun phrase that ends at word `end` (inclusive), and the verb that governs it.

        `listed` takes in the members before 、 as well (考试、补考共5次). Where the phrase has its predicate behind it
        (`predicated`), a verb that may stand in names belongs to it: 审计人员|只有3人.
        """
        i = end
        while i >= 0 and not self._closed(i, end, listed=listed):
            word = self._words[i]
            if (
                i < end
                and self._is_verb(word)
                and not (word.tag and word.text in _PRAISING and self._is_noun(i + 1))
                and not self._glued(i)
                and not self._verb_kept(i, self._words[i + 1].text)
                and not (predicated and self._modifies(i))
                and not self._is_governed(i)
                and not (i + 2 <= end and self._words[i + 1].text in AND and self._parallels(i + 1))
            ):
                suffers = next((at for at in (i, i - 1) if at >= 0 and self._suffers(at, end)), None)
                return (i + 1, word.text) if suffers is None else (suffers, "")
            if i < end and self._governs(i, end):
                return i + 1, word.text
            i -= 1
        verb = self._words[i].text if i >= 0 and self._words[i].tag.startswith("v") else ""
        return (i if i >= 0 and self._suffers(i, end) else i + 1), verb

    def _modifies(self, i: int) -> bool:
        """Whether the verb at `i` may tell of what sort the noun behind it is: 审计人员, 从业资格."""
        word, lexicon = self._words[i], self._lexicon
        if len(word.text) < 2 or word.tag == "vo" or word.text in lexicon.transitive or word.text in lexicon.predicates:
            return False
        return word.text in lexicon.nominal or word.text not in lexicon.strong

    def _is_governed(self, i: int) -> bool:
        """Whether a verb before the one at `i` has it in its object: 录制|操作视频, 取缔|无证|培训机构."""
        at = i - 1
        while at > 0 and (self._words[at].tag in {"a", "b"} or self._words[at].text[0] in "无非"):
            at -= 1
        if at < 0 or not self._modifies(i):
            return False
        before, lexicon = self._words[at].text, self._lexicon
        if self._words[i].text in _GRANTED and before in {"获", "获得", "荣获", "喜获"}:  # 获|认定|省级课程6门
            return False
        if self._words[i].text in lexicon.strong and before in _AIMING:  # 力争|接待|游客6亿人次
            return False
        if before not in lexicon.strong and before not in lexicon.transitive:
            return False
        return before not in lexicon.organising and before not in lexicon.nominal and before not in lexicon.level

    def _governs(self, i: int, end: int) -> bool:
        """Whether the deed at `i`, which may be part of names, has a qualified noun behind it as its object: 更换|干式|变压器."""
        if self._words[i].text == "研究" and self._words[i + 1].text in DISCUSSED:
            return True
        if self._is_deed_on(i, end):
            return True
        if self._words[i].text not in self._lexicon.nominal or i + 1 >= end or self._words[i].tag.startswith("n"):
            return False
        if self._words[i].text.startswith("在"):  # 在建|重大工程
            return False
        at = i - 1
        while at >= 0 and at not in self._numbers and self._is_noun(at):
            at -= 1
        if at >= 0 and self._words[at].text in self._lexicon.governing:
            return False  # 新增|运输|“金通”专线: 新增 governs it
        following = self._words[i + 1]
        return (following.tag in {"b", "a", "quote"} or following.text.endswith("式")) and self._is_noun(end)

    def _suffers(self, i: int, end: int) -> bool:
        """Whether 被 or 受 at word `i` opens a name that ends at `end`: 被巡察单位, 受教育党员."""
        if self._words[i].text not in {"被", "受"} or i + 2 > end:
            return False
        return (
            (self._words[i + 1].tag.startswith("v") or self._is_verb(self._words[i + 1]))
            and self._is_noun(i + 2)
            and self._words[i + 1].text[-1] not in "成为到至"
        )

    def _closed(self, i: int, end: int, *, listed: bool) -> bool:
        """Whether the phrase that ends at word `end` cannot reach over word `i`."""
        word, lexicon = self._words[i], self._lexicon
        if i in self._numbers or word.text in STOPS or word.tag == "paren":
            return True
        if word.text == "、":
            return not self._between_ranks(i) and not (listed and 0 < i < end and i - 1 not in self._numbers)
        if word.text in AND:
            return i in {0, end} or not (self._is_noun(i - 1) or self._words[i - 1].tag == "b" or self._parallels(i))
        if i == end:
            return word.text != "的" and word.text in lexicon.function and len(word.text) == 1
        if word.text in {"的", "拟", "当中", "之中"} or (word.text in lexicon.function and word.text not in _INNER):
            return True
        if word.text == "计划" and self._words[i + 1].text in _OF_A_PLAN and i and self._is_noun(i - 1):
            return False  # 科技攻坚|计划|项目
        if word.text in lexicon.openers and not self._glued(i):
            return not self._words[i + 1].text.startswith("层面")
        closes = word.tag in {"p", "r", "y", "ul", "uj", "d"} and not word.text.startswith(_NAMING)
        return closes and not self._is_verb(word)

    def _parallels(self, i: int) -> bool:
        """Whether two deeds that name one thing stand on both sides of the joint at `i`: 集体备课|和|说课活动."""
        lexicon, sides = self._lexicon, (self._words[i - 1], self._words[i + 1])
        known = lexicon.verbs
        return all(word.tag in {"v", "vn"} and len(word.text) == 2 and word.text not in known for word in sides)

    def _glued(self, i: int) -> bool:
        """Whether the word at `i` makes one word with the single character behind it (安置|房)."""
        word, following, lexicon = self._words[i], self._words[i + 1].text, self._lexicon
        if (
            len(following) != 1
            or len(word.text) > 2
            or word.tag == "vo"  # 生产|氢燃料汽车
            or following in _PLACES
            or following in lexicon.function
            or following in AND
        ):
            return False
        return (word.text not in lexicon.strong or word.text in lexicon.nominal) and not TIME.match(following)

    def _is_verb(self, word: Word) -> bool:
        lexicon = self._lexicon
        if word.text in lexicon.predicates and word.text not in lexicon.nominal and word.tag != "n":
            return True
        if word.text in lexicon.transitive:
            return True
        return word.text in lexicon.strong or (word.tag.startswith("v") and word.tag != "vn")

    def _verb_kept(self, i: int, following: str) -> bool:
        """Whether the verb at `i` is part of the name that goes on with `following` (开工面积, 城镇登记失业率)."""
        word, lexicon = self._words[i], self._lexicon
        if word.tag == "vo" or (word.text in _TAKING_POST and word.tag != "n"):
            return False
        earlier = self._words[i - 1].text if i else ""
        before = bool(earlier) and earlier not in lexicon.openers
        before = before and (self._is_noun(i - 1) or (earlier in lexicon.nominal and earlier not in lexicon.strong))
        if word.text in _DRIVING and (following in _DRIVING or following.startswith(_DRIVEN)):
            at = i
            while at > 0 and self._words[at].text in _DRIVING:
                at -= 1
            if self._is_noun(at) and not self._is_body(at):
                return True  # 教育强国|推进|工程, 湿地|保护|修复|工程
        if word.text in _RAISING and following in _RAISED and i and self._words[i - 1].tag == "n":
            return True  # 能力|提升|培训
        if following == "时间" and before:  # 企业开办时间
            return True
        if word.text in lexicon.strong and word.text not in lexicon.nominal:
            return False
        if word.text in lexicon.transitive and i > 0 and self._is_body(i - 1):
            return False  # 县职教中心|核定|编制
        if word.text in lexicon.transitive:
            return following.endswith(lexicon.measure) or (before and following in lexicon.quantity)
        if word.text in lexicon.money and not before:
            return False
        if following in _SPANS_OF_TIME:
            return True
        if word.text in lexicon.decrease and following in _SPARED:
            return False  # 企业|降低|成本
        if self._pairs(i):
            return True
        if following.endswith(lexicon.measure) and self._words[i + 1].tag != "b":  # but 保留|小规模学校
            return before or word.text in lexicon.nominal or word.text not in lexicon.strong
        if word.text in lexicon.nominal and word.text not in lexicon.strong:
            return True
        if not before or word.text in lexicon.money:
            return False
        return any(following == noun or (len(noun) > 1 and following.endswith(noun)) for noun in lexicon.quantity)

    def _pairs(self, i: int) -> bool:
        """Whether the verb at `i` forms one name with the verb and the noun of quantity behind it: 来信|来访|人次."""
        if i + 2 >= len(self._words) or len(self._words[i].text) != 2 or self._words[i].text in self._lexicon.strong:
            return False
        second, noun = self._words[i + 1], self._words[i + 2].text
        if len(second.text) != 2 or not second.tag.startswith("v") or self._words[i].text in self._lexicon.predicates:
            return False
        return noun.endswith(self._lexicon.measure) and self._words[i].text[0] == second.text[0]

    def _whole_name(self, i: int) -> int:
        """For a noun at `i` that alone says nothing (占比, 率): the first word of its clause that belongs to the name."""
        at = i
        while at > 0 and at - 1 not in self._numbers:
            word = self._words[at - 1]
            if word.text in STOPS or word.tag == "paren" or word.text in {"、", "的"} or word.text in AND:
                break
            if word.text in self._lexicon.function or word.text in self._lexicon.openers:
                break
            at -= 1
        while at < i and self._words[at].text in self._lexicon.governing:
            at += 1  # 开展|家庭医生签约服务
        return self.trim(at, i)

    def trim(self, start: int, end: int) -> int:
        """Drops what opens the phrase but names nothing: time words, 我校, 共 …"""
        while start <= end:
            word = self._words[start]
            last = start == end
            if not last and self._suffers(start, end):
                break
            if (
                (
                    word.text in AND
                    or (word.text in _OPENING and not last)
                    or TIME.match(word.text)
                    or (
                        word.text in self._lexicon.openers
                        and (not last or word.text not in {"学校", "学院", "重点", "目标", "计划"})
                        and not self._text.startswith("层面", word.end)
                    )
                )
                or (
                    not last
                    and self._words[end].end - word.end >= _LEAST_OWN
                    and self._is_named_body(start)
                    and not _BLOCK.match(self._text, word.end)
                )
                or (not last and self._opens_time(start, end))
                or (not last and self._is_ours(start))
                or (not last and (self._per(start - 1) or self._of_each(start)))
                or (
                    not last
                    and word.tag in {"t", "q", "d", "r", "p", "c", "ul", "uj", "m"}
                    and not word.text.startswith(_NAMING)
                )
                or word.text in self._lexicon.function
                or (not last and word.text in {"出", "好"} and start > 0 and self._words[start - 1].tag == "v")
            ):
                start += 1
            else:
                break
        return start

    def _per(self, i: int) -> bool:
        """Whether the word at `i` is 每, or the number behind one (每|10|万人|案件数)."""
        at = i - (i > 0 and self._words[i].text.isdigit())
        return at >= 0 and self._words[at].text == "每"

    def says_nothing(self, start: int, end: int) -> bool:
        """Whether the words `start..end` name no thing: a time, a pronoun, those who act, or nothing but particles."""
        words = self._words[start : end + 1]
        if words[-1].text in _HAVING:
            return True
        if NO_THING.fullmatch(self._text, words[0].start, words[-1].end):
            return True
        level, function = self._lexicon.level, self._lexicon.function
        if all((w.text in level or w.text in function) and not w.text.endswith(self._lexicon.measure) for w in words):
            return True
        if start == end and words[0].text in {"学校", "学院"} and self._unit not in {"所", "家", "个"}:
            return True
        return all(
            (w.tag in _NAMELESS or (w.tag == "m" and _NUMERAL.match(w.text)))
            and not w.text.endswith(self._lexicon.measure)
            and w.text not in self._lexicon.nominal
            for w in words
        )

    def _opens_time(self, start: int, end: int) -> bool:
        """Whether the phrase opens with 第四季度, 第一学期, 级 of 2022级, 二是."""
        text = self._text[self._words[start].start : self._words[end].end]
        opening = _OPENING_TIME.match(text)
        return opening is not None and opening.end() >= len(self._words[start].text)
