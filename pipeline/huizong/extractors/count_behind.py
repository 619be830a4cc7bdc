"""The noun phrase behind a number: 3个|招生专业, 8个|国家区域医疗中心 平稳运营."""

from __future__ import annotations

import re
from bisect import bisect_left

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import CALLED_VERBS, STEPS, Found, Phrases, names_only_rank
from huizong.extractors.count_words import AND, STOPS
from huizong.lexicon.units import units

_FUNCTION_TAGS = ("u", "c", "p", "d", "r", "y", "e", "o")
_PEOPLE = frozenset({"人", "人次", "名", "位", "家", "户", "所"})
_GOAL = re.compile(r"的(?:[^，。；、]{0,4}目标|任务[，。；]|要求|(?:最低)?标准(?!化)|底线|上限|下限)")
_PLACES = frozenset(
    {"小区", "县区", "县域", "乡镇", "行政村", "片区", "市县", "县市", "旗县", "省份", "地市", "设区市", "方面"}
)
_STANDING = (
    "中心",
    "站",
    "点",
    "院",
    "所",
    "馆",
    "社",
    "组织",
    "企业",
    "学校",
    "公司",
    "园",
    "项目",
    "工程",
    "队",
    "室",
    "局",
    "处",
    "店",
    "厂",
    "会",
    "体",
    "群",
    "库",
    "平台",
    "机构",
    "基地",
)
_HEADS = frozenset({"中心", "机构", "工程", "服务点", "综合体", "试点", "平台", "成果", "场景", "案例", "项目"})
_PEOPLE_NAMED = frozenset({"人才", "人员"})
_EVERYWHERE = frozenset({"全市", "全省", "全区", "全县", "全校", "全院", "全国"})
_QUALITIES = frozenset({"符合条件", "有条件", "经济困难", "生活困难"})
_ACTING = frozenset(
    {
        "参与",
        "参加",
        "加入",
        "进入",
        "来自",
        "入驻",
        "成为",
        "走进",
        "用于",
        "使用",
        "赴",
        "接受",
        "获得",
        "获批",
        "入选",
    }
)
_MEASURED = frozenset({"投资", "产量", "产值", "营收", "销量", "增加值"})
_SIZED = re.compile(r"(?:超|过|逾)?[一二三四五六七八九两几\d.]*[百千十]?[万亿]+元?(?:级|以上)?的?(?=[一-龥])")
_ALL_KINDS = frozenset({"各族", "各类", "各级", "各种", "各", "民族"})
_NAMED_ACTIONS = ("行动", "工程", "计划", "项目", "任务", "活动", "专项")
_HOLDERS = frozenset({"家", "所", "名", "位", "人", "户"})
_TELLING = frozenset(
    {
        "中途",
        "途中",
        "到",
        "赴",
        "去",
        "分",
        "分乘",
        "补",
        "补上",
        "前后",
        "前",
        "后",
        "上",
        "下",
        "受",
        "被",
        "因",
        "靠",
        "缺",
        "等",
        "没",
        "未",
    }
)
_RATES = ("率", "额", "占比", "比例", "生师比", "人数", "总量", "年龄")
_PERSON = re.compile(r"(?:[生师员者]|干部|人员|骨干|专家|人才|校长|书记|处长|主任|家长|职工|代表|教授|博士|硕士|队员)$")


class PhraseBehind(Phrases):
    """Finds what stands behind a number."""

    def find(self, candidate: Candidate) -> Found:
        """The object named behind `candidate`; `name` is `None` when none is."""
        at = bisect_left(self._starts, candidate.end)
        people = candidate.unit.lstrip("万") in _PEOPLE
        sized = _SIZED.match(self._text, candidate.end)
        if sized is not None:  # 3个|超百亿元|县城
            at = bisect_left(self._starts, sized.end())
        elif at < len(self._words) and self._words[at].text == "的":
            at, people = at + 1, False
        if at + 1 < len(self._words) and self._words[at].text in _ALL_KINDS:
            at += 1
        held = self._text.startswith("的", candidate.end) and self._text[: candidate.start].endswith(("有", "，", "中"))
        if candidate.unit in _HOLDERS and held:  # 有3家的津贴拖欠
            return Found(name=None)
        if (at < len(self._words) and self._words[at].text in {"中", "内", "里"}) or _GOAL.match(
            self._text, candidate.end
        ):
            return Found(name=None)
        named = self._said_to_be(at, candidate)
        if named is not None:
            return named
        end = self.phrase_end(at, people=people)
        at, end = self._past_clause(at, end)
        end = self._past_place(at, end, candidate)
        while end - 1 > at and (
            self._words[end - 1].text in self._lexicon.trailing or self._words[end - 1].text.endswith(_RATES)
        ):
            end -= 1
        if end <= at and not (people and at < len(self._words) and self._words[at].text in self._lexicon.deeds):
            return Found(name=None)
        span = self._span(at, max(end - 1, at))
        if span.of(self._text) in STEPS and not units().is_thing(candidate.unit):  # 迈上6万亿|台阶
            return Found(name=None)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def _said_to_be(self, at: int, candidate: Candidate) -> Found | None:
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

    def _past_place(self, at: int, end: int, candidate: Candidate) -> int:
        """`end`, or the index behind the places counted where the phrase goes on about them: 3000个小区|设置智能回收机."""
        if candidate.unit.lstrip("万") != "个" and candidate.unit != "大":
            return end
        for i in range(at, end - 1):
            if self._words[i].text in _PLACES and not self._words[end - 1].text.endswith(_STANDING):
                return i + 1
        measured = self._words[end - 1].text if end - 1 > at else ""
        return end - 1 if measured in _MEASURED else end

    def _past_clause(self, at: int, end: int) -> tuple[int, int]:
        """The noun behind a short relative clause (三个螺旋上升的发展阶段), else the phrase as it is."""
        told = at < len(self._words) and (self._words[at].tag.startswith("v") or self._words[at].text in _QUALITIES)
        if end < len(self._words) and end > at and self._words[end].text == "的" and told:  # 符合条件的|残疾人
            stop = self.phrase_end(end + 1)
            return (end + 1, stop) if stop > end + 1 else (at, end)
        if end >= len(self._words) or self._words[max(end, at)].text == "的" or self._words[max(end, at)].text in STOPS:
            return at, end
        for i in range(max(end, at) + 1, min(max(end, at) + 3, len(self._words) - 1)):
            word = self._words[i]
            if word.text in STOPS or word.text in {"、", "中"} or i in self._numbers or word.tag in {"paren", "d", "t"}:
                break
            if word.text == "的":
                stop = self.phrase_end(i + 1)
                return (i + 1, stop) if stop > i + 1 else (at, end)
        return at, end

    def phrase_end(self, at: int, *, people: bool = False) -> int:
        """The index behind the noun phrase that begins at word `at`; `at` itself when none does.

        `people` closes the phrase before a verb: 9个省份招生, 2名干部驻村.
        """
        last, i = at, at
        while i < len(self._words):
            ends_here = self._step(i, at, last, people=people)
            if ends_here is None:
                break
            i += 1
            last = i if ends_here else last
        return last

    def _step(self, i: int, at: int, last: int, *, people: bool) -> bool | None:
        """Whether a name that began at `at` and was whole at `last` may end with word `i`; `None` when `i` closes it."""
        word, lexicon = self._words[i], self._lexicon
        told = len(word.text) == 1 and self._text.startswith(("在", "了", "着"), word.end)  # 4个卡在手续上
        if i == at and (told or word.text in _TELLING):
            return None
        if i == at + 1 and last == i and self._words[at].tag == "a" and len(self._words[at].text) == 1:
            return self._step(i, i, i, people=people)  # 新|就业形态人员
        begun, following = last > at, i + 1 < len(self._words) and self._is_noun(i + 1)
        if i in self._numbers or word.text in STOPS or word.tag == "paren":
            return None
        if begun and self._turns(i, following):
            return None
        if word.tag == "quote":
            return True if following or not begun else None
        if word.text == "及" and begun and self._text.startswith(("以上", "以下"), word.end):
            return False  # 二级及以上医院
        if word.text == "、" or word.text in AND:
            return False if begun and self._joins(i) else None
        if word.text == "的":
            return False if begun and last == i and following and self._only_rank(at, i) else None
        if i == at and word.text == "主要" and following:
            return False
        if word.text in lexicon.function:
            return False if begun and following and word.text in {"以上", "以下", "非", "不"} else None
        if word.text in lexicon.increase or word.text in lexicon.decrease:
            qualifies = not begun and following and (word.tag == "a" or self._words[i + 1].text in _NAMED_ACTIONS)
            return False if qualifies else None  # 5个|高|水平专业群, 五大|提升|行动
        if begun and (word.tag in {"m", "t"} or (people and self._leaves_person(i))):
            return None
        if word.text in CALLED_VERBS:
            return True
        if word.tag.startswith("v") or word.text in lexicon.predicates:
            if self._verb_in_name(i, at, last, people=people):
                return True
            compound = word.tag == "vn" and following and last == i and not people
            return (
                False
                if compound or self._leads_on(i, at, last) or (begun and self._reaches(i, at, people=people))
                else None
            )
        if word.tag.startswith(_FUNCTION_TAGS) and word.tag != "eng":
            return None
        if word.tag in {"a", "ad", "z", "f"} and begun:
            return False if following else None
        return True

    def _turns(self, i: int, following: bool) -> bool:
        """Whether the sentence goes on to what became of the things: 楼宇|拔地而起, 中心|投入运营, 预案|全市配置."""
        word = self._words[i]
        if word.tag == "i" and not following:
            return True
        if word.text == "投入" and self._text.startswith(("运营", "使用", "运行", "生产"), word.end):
            return True
        acted = i + 1 < len(self._words) and self._words[i + 1].tag.startswith("v")
        return word.text in {"对内", "对外"} or (word.text in _EVERYWHERE and acted)

    def _leaves_person(self, i: int) -> bool:
        """Whether the word at `i` says something else behind a person (新生|学籍注册, but 教师党员)."""
        return _PERSON.search(self._words[i - 1].text) is not None and _PERSON.search(self._words[i].text) is None

    def _only_rank(self, at: int, i: int) -> bool:
        """Whether the words `at..i` only qualify what follows 的 (四个方面 does not, 高水平 does)."""
        if self._words[i - 1].tag in {"an", "a"}:  # 经济困难的|患者
            return True
        return all(w.tag in {"a", "b", "z"} or names_only_rank(w.text) for w in self._words[at:i])

    def _joins(self, i: int) -> bool:
        """Whether the 、/和 at word `i` continues a compound name (企业和群众诉求) rather than starts another thing."""
        if self._words[i].text == "、":
            return self._between_ranks(i)
        if names_only_rank(self._words[i - 1].text):
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

    def _reaches(self, i: int, at: int, *, people: bool) -> bool:
        """Whether a noun of standing ends the name within two words behind the verb at `i`: 资金|集中运营|中心, 省级|疏堵|工程.

        Of people, the name of a person: 乡村|运营|人才, where none was named before.
        """
        lexicon = self._lexicon
        if people:
            named = any(_PERSON.search(word.text) for word in self._words[at:i])
            return not named and i + 1 < len(self._words) and self._words[i + 1].text in _PEOPLE_NAMED
        if self._words[i].text in lexicon.strong - lexicon.nominal or self._words[i].text in _ACTING:
            return False
        for k in range(i + 1, min(i + 3, len(self._words))):
            if self._words[k].text in _HEADS:
                return True
            if not (self._words[k].tag.startswith("v") or self._words[k].tag in {"n", "vn"}) or k in self._numbers:
                return False
        return False

    def _verb_in_name(self, i: int, at: int, last: int, *, people: bool) -> bool:
        """Whether the verb at `i` belongs to the name: 招生专业, 棚户区改造工程, 教学培训."""
        word, lexicon = self._words[i], self._lexicon
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        following = nxt is not None and self._is_noun(i + 1)
        nominal = word.tag == "vn" or word.text in lexicon.nominal
        if last == at:
            if len(word.text) == 1 and word.tag != "vn":
                return False
            if word.text in lexicon.predicates and not nominal:
                return False
            if nxt is not None and (
                nxt.text in {"为", "到", "至", "成", "了"} or (word.text in lexicon.results and not following)
            ):
                return False
            return following or (nominal and not people)
        if nxt is not None and nxt.text in {"完成", "通过", "结束"}:  # 63个实验室|重组完成
            return False
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
