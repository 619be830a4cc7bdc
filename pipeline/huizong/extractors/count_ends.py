"""Where the noun phrase behind a number ends: which verbs, lists and modifiers belong to a name, and which open the predicate."""

from __future__ import annotations

import re

from huizong.extractors.count_phrases import AVERAGES, CALLED_VERBS, Phrases, names_only_rank
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_words import AND
from huizong.extractors.name_endings import AIMED_AT, BODIES, NAMED_ACTIONS, NAMED_HEADS, SITES

_FUNCTION_TAGS = ("u", "c", "p", "d", "r", "y", "e", "o")
_PEOPLE_NAMED = frozenset({"人才", "人员"})
_EVERYWHERE = frozenset({"全市", "全省", "全区", "全县", "全校", "全院", "全国"})
_BETTERED = frozenset({"提质", "提档", "扩容", "扩能", "提级"})
_GOING_IN = frozenset({"进社区", "进校园", "进企业", "进乡村", "进课堂", "进农村", "进机关", "进军营", "进家庭"})
_LISTED = frozenset({"立项", "入库", "挂牌", "授牌", "结项", "结题", "落户"})
_OF_THE_STATE = frozenset({"国家", "全国", "教育部", "全省", "省"})
_FIRST = frozenset({"先行", "率先", "试行"})
_JOINTLY = frozenset({"共建", "合作", "联合", "签约", "签订", "签署", "结对", "开展", "建立"})
_WITH = re.compile("(?:^|[，。；、])[^，。；、与和]{0,8}与[^，。；的]{0,16}$")
_INTO_USE = ("运营", "使用", "运行", "生产", "试产", "试运", "试用", "营运", "市场")
_WHOM = ("我", "本", "全", "学校", "学院", "所在")
_THROUGHOUT = _EVERYWHERE | {"全程", "全部", "全面", "全线", "全数", "交叉"}  # 高频事项|全程网办, 材料|交叉审核
_ACTING = frozenset({"参与", "参加", "加入", "进入", "来自", "入驻", "成为", "走进", "用于"})
_ACTING |= {"使用", "赴", "接受", "获得", "获批", "入选", "上榜", "进行", "实行", "试行"}
_HAPPENED = re.compile("过(?![程渡关])|了(?!解)")
_PAID = frozenset({"补助", "补贴", "津贴", "奖励", "资助", "贷款", "捐款", "收入", "支出"})
_PERSON = re.compile(
    r"(?:(?<!卫)[生师员者妇]|干部|人员|骨干|专家|人才|校长|书记|处长|主任|家长|职工|代表|教授|博士|硕士|队员|儿童|老人|选手|同学|居民|农民|市民|村民|群众|人口|子女|家属|孤儿|孩子)$"
)
_QUALIFIES = re.compile(r"(?:[型式类化性]|[大中小]型|高等|重点|优秀|在职|在岗|在编|专职)$")
_SHORT_PLACES = frozenset({"县", "市", "区", "镇", "乡", "村", "系", "校", "省", "州"})
_STATES = frozenset({"驻点", "驻校", "驻村", "参赛", "参训", "参会", "在岗", "退休"})
_STATES |= {"离职", "获奖", "挂职", "任职", "实习", "就业", "来校"}
_BRANCHES = frozenset({"方向", "领域", "类型", "层次", "系列", "主题"})  # 人工智能方向的|新专业
_RANKS = re.compile("[一二三四]{1,3}级(?!以)")
_DONE_THERE = frozenset({"发展", "种植", "养殖", "实施", "开展", "建成", "建设"})
_SINGLING_OUT = frozenset({"重点", "专项", "标志性"})
_GENERAL = frozenset({"主要", "基本"})  # 三项|基本|任务
_MODERN = frozenset(
    {"自然", "现代", "省", "未来", "高速", "专门", "临时", "自动"}
)  # tagged as adverbs or times, but they open names


class PhraseEnds(Phrases):
    """Finds the end of a noun phrase, going right from its first word."""

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
        if (i == at and (told or word.text in lexicon.not_first)) or (
            i > at and (word.text in lexicon.hanging or word.text.startswith("逐"))
        ):
            return None
        if i == at + 1 and last == i and self._words[at].tag == "a" and len(self._words[at].text) == 1:
            if self._words[at].text == "全":  # 100%|全覆盖检查
                return True
            return self._step(i, i, i, people=people)  # 新|就业形态人员
        if i > at and word.tag.startswith("v") and _HAPPENED.match(self._text, word.end):  # 近三成毕业生|更换过行业
            return None
        begun, following = last > at, i + 1 < len(self._words) and self._is_noun(i + 1)
        if i in self._numbers or word.text in STOPS or word.tag == "paren":
            return None
        if begun and self._turns(i, following):
            return None
        if word.tag == "quote":
            if following or not begun:
                return True
            return False if not people and self._reaches(i, at, people=False) else None  # 森林|“四库”|联动试点区
        if word.text == "及" and begun and self._text.startswith(("以上", "以下"), word.end):
            return False  # 二级及以上医院
        if word.text == "、" or word.text in AND:
            return False if begun and self._joins(i, people=people) else None
        if word.text == "的":
            return False if begun and last == i and following and self._only_rank(at, i) else None
        if i == at and word.text in _GENERAL and following:
            return False
        if word.text in lexicon.function:
            return False if begun and following and word.text in {"以上", "以下", "非", "不"} else None
        if word.text in lexicon.increase or word.text in lexicon.decrease:
            acting = following and self._words[i + 1].text in NAMED_ACTIONS
            raised = begun and last == i and following and self._words[i + 1].text.endswith(AIMED_AT)
            qualifies = (not begun and following and word.tag == "a") or acting or raised
            return False if qualifies else None  # 5个|高|水平专业群, 五大|提升|行动, 产能|提升|重点县
        if begun and len(word.text) > 2 and word.text[:2] in lexicon.predicates and word.tag in {"i", "l", "nz"}:
            return None  # 7个试点|取得成效
        there = self._words[at].text in _SHORT_PLACES
        there = there or (self._words[at].text.endswith(("村", "县", "乡", "镇")) and word.text in _DONE_THERE)
        if last == at + 1 and i == last and there and word.tag.startswith("v"):
            return None  # 在12个县|建设示范片
        if begun and following and _RANKS.match(self._text, word.start):  # 央企|二三级|公司
            return False
        if begun and ((word.tag in {"m", "t"} and word.text not in _MODERN) or (people and self._leaves_person(i))):
            return None
        if word.text in CALLED_VERBS or (begun and word.text in _PAID and not following):
            return True
        if word.tag.startswith("v") or word.text in lexicon.predicates:
            if self._verb_in_name(i, at, last, people=people):
                return True
            if last >= i - 1 - (self._words[i - 1].tag == "a") and not people and self._deed_of_noun(i - 1):
                return self._words[i - 1].tag == "a"
            quoted = last == i == at + 1 and self._words[at].tag == "quote"  # “星火”|培训|学员
            told_of = word.text in lexicon.predicates and word.text not in lexicon.nominal  # 专业|启动|国际认证
            ranked = i > at and self._words[i - 1].text in {"以上", "以下"}  # 二级及以上|综合|医院
            compound = (
                word.tag == "vn" and following and (last == i or ranked) and (not people or quoted) and not told_of
            )
            compound = compound or (last == i and word.text in lexicon.nominal and self._deed_of_noun(i))
            leads = (
                compound
                or self._leads_on(i, at, last)
                or ((begun or word.tag == "vn") and self._reaches(i, at, people=people))
            )
            return False if leads else None
        if i == at and word.text in _MODERN and following:
            return False
        if word.tag.startswith(_FUNCTION_TAGS) and word.tag != "eng":
            return None
        if word.tag in {"a", "ad", "z", "f"} and begun:
            following_verb = self._words[i + 1].text if i + 1 < len(self._words) else ""
            if following_verb in lexicon.strong and following_verb not in lexicon.nominal:  # 食堂|严格|落实
                return None
            return False if following or self._deed_of_noun(i) else None
        return True

    def _turns(self, i: int, following: bool) -> bool:
        """Whether the sentence goes on to what became of the things: 楼宇|拔地而起, 中心|投入运营, 预案|全市配置."""
        word = self._words[i]
        if (word.tag == "i" and not following) or word.text in AVERAGES:  # 126户脱贫户|户均增收
            return True
        if word.text == "代表" and self._text.startswith(_WHOM, word.end):  # 学生|代表我省参赛
            return True
        if word.text in _GOING_IN and not following:  # 品质戏曲|进社区
            return True
        if word.text in {"总体", "整体"} and i + 1 < len(self._words) and self._words[i + 1].tag[:1] in ("p", "v", "a"):
            return True  # 核心关切|总体向好
        if word.text in {"投入", "交付"} and self._text.startswith(_INTO_USE, word.end):
            return True
        ranked = following and (names_only_rank(self._words[i + 1].text) or self._words[i + 1].text in _OF_THE_STATE)
        if word.text in _LISTED and ranked:  # 3个团队|立项|省级教学创新团队
            return True
        after = self._words[i + 2].text if i + 2 < len(self._words) else "。"
        if word.text in _BETTERED and (after in STOPS or after == "、"):  # 产业基地|提质升级
            return True
        if word.text in _FIRST and (after in STOPS or after == "、"):  # 合作企业|先行试点
            return True
        if word.text in _JOINTLY and _WITH.search(self._text, max(0, word.start - 30), word.start):
            return True  # 与城东、河口两个街道|共建社区学院
        acted = i + 1 < len(self._words) and self._words[i + 1].tag.startswith("v")
        return word.text in {"对内", "对外"} or (word.text in _THROUGHOUT and acted)

    def _leaves_person(self, i: int) -> bool:
        """Whether the word at `i` says something else behind a person (新生|学籍注册, but 教师党员)."""
        return _PERSON.search(self._words[i - 1].text) is not None and _PERSON.search(self._words[i].text) is None

    def _only_rank(self, at: int, i: int) -> bool:
        """Whether the words `at..i` only qualify what follows 的 (四个方面 does not, 高水平 does)."""
        if self._words[i - 1].tag in {"an", "a"} or self._words[i - 1].text in _BRANCHES:  # 经济困难的|患者
            return True
        return all(w.tag in {"a", "b", "z"} or names_only_rank(w.text) for w in self._words[at:i])

    def _joins(self, i: int, *, people: bool) -> bool:
        """Whether the 、/和 at word `i` continues a compound name (企业和群众诉求) rather than starts another thing."""
        if self._words[i].text == "、":
            alike = 1 < i < len(self._words) - 1 and self._words[i - 2].text == self._words[i + 1].text
            if alike and self._is_noun(i + 1):
                return True  # 智能|车间、|智能|工厂
            kinds = not _PERSON.search(self._words[i - 1].text) and self._words[i - 1].tag[:1] in {"n", "b"}
            return self._between_ranks(i) or (kinds and people and self._persons_behind(i + 1))  # 困境、|留守儿童
        if _PERSON.search(self._words[i - 1].text) and self._persons_behind(i + 1):
            return True  # 8名专业带头人和骨干教师
        if i + 1 < len(self._words) and self._words[i + 1].tag in {"nt", "ns"}:
            return False  # 5个二级学院|和马克思主义学院, 3个省|和北京市
        if names_only_rank(self._words[i - 1].text):
            return True
        if _QUALIFIES.search(self._words[i - 1].text) and i + 1 < len(self._words) and self._is_noun(i + 1):
            return True  # 大中型和重点小型水库
        end = i + 1
        while end < len(self._words) and self._is_noun(end):
            end += 1
        return (
            end > i + 1
            and (end == len(self._words) or self._words[end].text in STOPS or self._words[end].text == "、")
            and end - i <= 3
        )

    def _deed_of_noun(self, i: int) -> bool:
        """Whether the words behind `i` are a deed that names a noun of quantity, or closes the clause: 公开|查阅中心, 简明|问答."""
        if i + 1 >= len(self._words):
            return False
        deed, lexicon = self._words[i + 1], self._lexicon
        if not deed.tag.startswith("v") or len(deed.text) < 2 or i + 1 in self._numbers:
            return False
        if deed.text in lexicon.function or (deed.text in lexicon.predicates and deed.text not in lexicon.nominal):
            return False
        following = self._words[i + 2].text if i + 2 < len(self._words) else "。"
        if self._words[i].tag == "a":
            return following in STOPS and deed.text not in lexicon.strong
        return following in lexicon.quantity

    def _persons_behind(self, i: int) -> bool:
        """Whether the nouns from word `i` on are people (骨干|教师)."""
        end = i + (i < len(self._words) and self._words[i].tag == "v")  # 孤寡、|留守|老人
        while end < len(self._words) and self._is_noun(end) and end - i < 4:
            end += 1
            if _PERSON.search(self._words[end - 1].text):
                return True
        return False

    def _leads_on(self, i: int, at: int, last: int) -> bool:
        """Whether the verb at `i`, in no name by itself, may stand before a nominal verb (小区供热改造)."""
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        return (
            self._words[i].text not in self._lexicon.predicates
            and self._words[i].text not in self._lexicon.governing
            and last == i
            and last > at
            and nxt is not None
            and nxt.tag.startswith("v")
            and self._verb_in_name(i + 1, at, last, people=False)
        )

    def _reaches(self, i: int, at: int, *, people: bool) -> bool:
        """Whether a noun of standing ends the name within four words behind the verb at `i`: 资金|集中运营|中心, 省级|疏堵|工程.

        Of people, the name of a person: 乡村|运营|人才, where none was named before.
        """
        lexicon = self._lexicon
        if people:
            named = any(_PERSON.search(word.text) or word.text.endswith(BODIES) for word in self._words[at:i])
            if named or i + 1 >= len(self._words):
                return False
            listed = self._words[i - 1].text == "、" and _PERSON.search(self._words[i + 1].text) is not None
            if listed or self._words[i + 1].text in _PEOPLE_NAMED:
                return True
        if self._words[i].text in lexicon.governing or self._words[i].text in _ACTING:
            return False
        for k in range(i + 1, min(i + 5, len(self._words))):
            word = self._words[k]
            ends = BODIES if people else SITES
            if (word.tag == "n" and word.text.endswith(ends)) or (not people and word.text.endswith(NAMED_HEADS)):
                return True
            if not word.tag.startswith(("v", "n", "a", "b")) or k in self._numbers:
                return False
        return False

    def _verb_in_name(self, i: int, at: int, last: int, *, people: bool) -> bool:
        """Whether the verb at `i` belongs to the name: 招生专业, 棚户区改造工程, 教学培训."""
        word, lexicon = self._words[i], self._lexicon
        nxt = self._words[i + 1] if i + 1 < len(self._words) else None
        following = nxt is not None and self._is_noun(i + 1)
        nominal = word.tag == "vn" or word.text in lexicon.nominal
        if i == at + 1 and self._words[at].text in _SINGLING_OUT and word.tag == "vn":
            return True  # 16项|重点改革|全面铺开
        if last == at:
            if len(word.text) == 1 and word.tag != "vn":
                return False
            if word.text in lexicon.predicates and not nominal:
                return word.text in _STATES and following and nxt is not None and _PERSON.search(nxt.text) is not None
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
