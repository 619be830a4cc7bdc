"""What stands between a thing and its number: 同比增长, 由上年的 …, 已办结; and the word before all that."""

from __future__ import annotations

import re
from functools import cache

from huizong.extractors.count_phrases import CIRCUMSTANCES, Phrases
from huizong.extractors.count_pieces import STOPS, Word
from huizong.lexicon.units import counting_words, units

HEADS = frozenset({"人", "名", "位"})
PEOPLE = HEADS | {"人次"}
PERSON = re.compile(
    r"(?:[生师员者徒民兵]|干部|领导|选手|人员|骨干|专家|人才|校长|书记|处长|主任|院长|家长|职工|代表|教授|博士|硕士|队员|保安|校友|青年|妇女|群众|人口|子女|家属|孤儿|孩子|(?<!机器)人)$"
)
BODY = re.compile(
    r"(?:学院|学校|院校|系部?|[处办局馆室厅]|中心|公司|企业|政府|委员会|协会|学会|工会|小组|支部|部门|单位|双方|两校|集团|团队|国家|中央|各地|上级|下级|[省市县区镇村])$"
)
_TIMES = frozenset({"遍", "回", "次", "场", "轮", "期", "批", "趟", "起", "人次", "场次", "批次"})
TIMEY = re.compile(r"(?:学期|学年|季度|年度|[寒暑]假|假期|周末|期间|[上下]午|月份|[年月天周])$")
_AWAY = frozenset({"起来", "出去", "出来", "下来", "下去", "进去", "进来", "回来", "上去", "过来"})
_MEANT = frozenset({"计划", "拟", "打算", "准备", "力争", "争取"})
# One holds such things in the hand or walks round them: no deed is counted in them.
CONCRETE = frozenset("张具册本台套辆棵株只盏枚块份篇部幅把扇樘头桶箱袋盒瓶件艘架") | {"台套", "台（套）", "台(套)"}
_FUNDS = ("资金", "经费", "投入", "预算", "支出", "补贴", "补助", "专款")
_RUN = re.compile(r"(?:[一二三四五六七八九十两]+|\d+)[年届次]?")
# What is counted in these stands before its verb: no deed is.
_STANDING = frozenset({"家", "户", "所", "座", "栋", "名", "位", "亩"})
_EACH = re.compile(r"每[^，。]{0,2}(?:每[^，。]{1,2})?")
_REMADE = frozenset({"重组", "改制", "整合", "升级", "改造"})
_BEFORE_COMPARED = frozenset({"分别", "均", "都", "虽"})  # 两校|均|比上年, 论文总量|虽|比上年
_BETTERED = frozenset({"提升", "提高", "优化"})
_OF_COURSES = frozenset({"人", "名", "人次", "场", "期", "次", "项", "班次"})
_LIGHT = frozenset({"虽然", "只", "已", "已经", "共", "仅", "才", "也", "都", "就", "却", "虽", "再"})
COMPARING = frozenset({"比", "较", "相比", "高于", "低于", "优于", "好于", "同"})
TO_WORD = re.compile(r".*[到至为出成在]$")
TIME = re.compile(
    r"^(?:\d{4}年?|[一二三四五六七八九十\d]+月|年|月|日|今年|去年|本年|当年|上年|年内|全年|年底|月底|届|上半年|下半年|\d+)$"
)
_ABOVE = frozenset({"高出", "超出", "高于", "低于", "快于", "慢于", "优于", "多于", "少于"})


_TIMES_OF_YEAR = ("年", "年度", "学期", "月", "目前")
_MONTH_ENDS = frozenset({"月底", "月末", "月初", "月份", "月"})
_MARKS = frozenset({"均值", "平均", "平均值", "平均水平", "任务", "目标", "预期", "标准", "合格标准", "优秀标准"})
_HALVES = frozenset({"上半年", "下半年", "上学期", "年中"})
_IN_CASE = re.compile(f"在[^，。；：]*的(?:{'|'.join(CIRCUMSTANCES)})[下上]")
_HAVING = frozenset({"共有", "现有", "一共有", "总共有"})
_AT_POST = frozenset({"在岗", "到岗", "在编", "在职", "在册"})
_BUILT = frozenset({"开工", "完工", "竣工"})
_WORKS = frozenset({"改造", "维修", "建设", "施工", "装修", "加固", "扩建"})


@cache
def _skippable() -> frozenset[str]:
    """Words between a thing and its number that are no part of either."""
    lexicon = counting_words()
    others = {"虽", "虽然", "可比", "了", "过", "出", "等", "共", "约", "由", "从", "自", "：", "基本", "一行"}
    return frozenset(lexicon.level | lexicon.increase | lexicon.decrease | lexicon.link | others)


class Relations(Phrases):
    """Steps back from a number over what only relates it to its thing."""

    def skip_relation(self, i: int) -> tuple[int, tuple[str, ...]]:
        """Steps back over 完成, 同比增长, 达到, 由上年的 …; the words skipped come back nearest first."""
        lexicon, skippable = self._lexicon, _skippable()
        skipped: list[str] = []
        while i >= 0 and i not in self._numbers:
            text, tag = self._words[i].text, self._words[i].tag
            if text == "的":
                back = self._behind_former(i)
                if back == i:
                    break
                skipped.extend(word.text for word in self._words[back + 1 : i + 1][::-1])
                i = back
                continue
            adverb = tag == "d" and text not in lexicon.nominal and not text.endswith(lexicon.measure)
            if text in _BETTERED and not skipped and self._unit.lstrip("万") in _OF_COURSES:
                break  # “双师”技能|提升65人: what they took part in
            if not (
                tag == "paren"
                or self._dates(i, skipped)
                or self._since(i)
                or self._per_each(i)
                or text in skippable
                or adverb
                or self._predicates(i, skipped[-1] if skipped else "")
            ):
                break
            skipped.append(text)
            i -= 1
        return self._before_comparison(self._before_place(i) if skipped else i, skipped)

    def _before_place(self, i: int) -> int:
        """The word before 在… where a noun stands there and the place ends at `i` (字眼|在岗位标准中|出现三百多处)."""
        at = i
        if i >= 0 and self._words[i].text in {"比例", "比重", "占比"}:  # 毕业生|在本市就业的比例
            return i
        while at > 0 and at not in self._numbers and self._words[at].text not in STOPS and i - at < 6:
            if self._words[at].text == "在" and _IN_CASE.match(self._text, self._words[at].start):
                return i  # 进出口|在对美贸易下降3成的情况下
            if self._words[at].text == "在":
                return at - 1 if self._is_noun(at - 1) and not self._is_opener(at - 1) else i
            at -= 1
        return i

    def _is_opener(self, i: int) -> bool:
        return self._words[i].text in self._lexicon.openers or self._is_body(i)

    def _is_body(self, i: int) -> bool:
        return BODY.search(self._words[i].text) is not None

    def _dates(self, i: int, skipped: list[str]) -> bool:
        """Whether the word at `i` belongs to a year between the thing and its predicate (成交额|2030年|达到600亿元)."""
        text = self._words[i].text
        if skipped and text.endswith("年") and _RUN.fullmatch(text):  # 进出口总值|五年|累计
            return True
        if skipped and skipped[-1] == "年" and text.isdigit():  # 吞吐量|5年|增长1.6倍
            return True
        if text == "月" and skipped and i > 0 and self._words[i - 1].text in {"人均", "户均", "生均"}:
            return True
        if i > 0 and text in self._lexicon.then and self._names_before(i):  # 安保经费|去年|186万元
            return True
        if text in _MONTH_ENDS and i > 1 and self._words[i - 1].text.isdigit() and self._names_before(i - 1):
            return True  # 执行率|6|月末|不低于55%
        if skipped and skipped[-1] in _MONTH_ENDS and text.isdigit():
            return True
        if i > 0 and self._words[i - 1].text == "连续" and _RUN.fullmatch(text):  # 入伍人数|连续|三年
            return True
        return bool(skipped) and i > 0 and (text == "年" or re.fullmatch(r"(?:19|20)\d\d年?", text) is not None)

    def _since(self, i: int) -> bool:
        """Whether the word at `i` is the time of a former value: 失业率|从上半年|5.6%."""
        former = self._words[i].text in self._lexicon.former or self._words[i].text in _HALVES
        return former and i > 1 and self._words[i - 1].text in {"由", "从", "自"}

    def _per_each(self, i: int) -> bool:
        """Whether the word at `i` belongs to 每生每月, 每场 between the thing and its number."""
        text = self._words[i].text
        each = _EACH.fullmatch(text) is not None
        at = i - (i > 1 and self._words[i - 1].text.isdigit())  # 每|10|万人|45台
        return each or (at > 0 and self._words[at - 1].text == "每" and len(text) <= 2)

    def _predicates(self, i: int, following: str) -> bool:
        """Whether the word at `i` is the predicate between thing and number: 办结23项, 提高|到, 开|了, 追至."""
        word = self._words[i]
        if word.text in _AT_POST and self._unit in HEADS and not following:
            at = i - 1
            while at > 0 and self._words[at].text in {"实际", "目前", "现", "仍"}:
                at -= 1
            return at >= 0 and PERSON.search(self._words[at].text) is not None  # 专职辅导员|实际在岗41人
        tells = word.text in self._lexicon.results or (
            len(word.text) == 1 and word.tag.startswith("v") and (following in {"了", "出"} or following in _AWAY)
        )
        named = word.text in self._lexicon.deeds and self._unit.lstrip("万") in PEOPLE  # 专业|仅|报到8人
        if tells and named and not self._has_thing_before(i):
            return False
        if tells and not self._stands_alone(i):
            return True
        if word.text in _HAVING and not following and i > 0 and self._is_noun(i - 1):
            return not self._words[i - 1].text.endswith(_TIMES_OF_YEAR)  # 承担任务的二级学院|共有6个
        works = i > 1 and self._words[i - 1].text in _WORKS and self._is_noun(i - 2)
        if word.text in _BUILT and (works or (i > 0 and self._words[i - 1].text.endswith(("项目", "工程")))):
            return True  # 老旧小区改造|开工1225个, 重大项目|竣工9个
        if (
            word.text in _AWAY
            and i > 0
            and (self._words[i - 1].tag.startswith("v") or len(self._words[i - 1].text) == 1)
        ):
            return True
        meant = word.text in _MEANT and len(following) > 0 and i > 0  # 产业路|计划|修6公里
        if meant and (self._is_noun(i - 1) or self._words[i - 1].text.endswith(_FUNDS)):
            return True
        if self._is_plain_verb(i, following) and self._has_thing_before(i):
            return True
        if word.text in _REMADE and self._unit in _STANDING and not following and i > 0 and self._is_noun(i - 1):
            return True  # 重点实验室|重组14家
        if self._grants(i):
            return True
        if following in {"到", "至", "为", "在", "出"} and word.tag.startswith("v"):
            return not word.text.endswith(self._lexicon.measure)  # 收入|为
        names = (
            word.tag.startswith("n")
            or word.text.endswith(self._lexicon.measure)  # 支出
            or (word.text in self._lexicon.nominal and following == "")  # 营业性|演出3场
        )
        return len(word.text) > 1 and TO_WORD.match(word.text) is not None and not names

    def _grants(self, i: int) -> bool:
        """Whether the verb at `i` says what is done with the money named before it: 投入|拟|安排90万元."""
        if not units().is_money(self._unit) or self._words[i].text not in self._lexicon.strong:
            return False
        at = i - 1
        while at > 0 and self._words[at].tag in {"d", "v"} and self._words[at].text in _MEANT | _LIGHT:
            at -= 1
        if at < 0 or at in self._numbers or not self._words[at].text.endswith(_FUNDS):
            return False
        return self._words[i].text not in self._lexicon.money or self._words[i - 1].text in _MEANT

    def _is_plain_verb(self, i: int, following: str) -> bool:
        """Whether the word at `i` can only be a predicate: 启动, 已|停, 过|了; 培训, 得分 and 防水 name things as well."""
        word, lexicon = self._words[i], self._lexicon
        names = word.text.endswith(lexicon.measure + lexicon.quantity)
        if self._unit.lstrip("万") in CONCRETE and word.tag.startswith("v") and not names:
            return True
        if word.text in lexicon.nominal or word.text in lexicon.money or word.text.endswith(lexicon.measure):
            return False
        if word.text in lexicon.strong or word.text in lexicon.predicates or word.text in lexicon.transitive:
            return self._unit.lstrip("万") not in _TIMES or word.text in lexicon.organising
        if word.tag == "v" and not following and self._unit in _STANDING and not names:  # 企业|注销4家, 教师|缺9名
            return True
        marked = following in {"了", "过", "着"} or (i > 0 and self._words[i - 1].text in _LIGHT)
        return marked and word.tag.startswith("v") and word.tag != "vn"

    def _has_thing_before(self, i: int) -> bool:
        """Whether a noun that may be counted stands before the predicate at `i`, over adverbs; one who acts is none."""
        at = i - 1
        while at >= 0 and at not in self._numbers and self._passes(self._words[at]):
            at -= 1
        while at > 0 and self._unit in CONCRETE and self._words[at].tag.startswith("v"):  # 电动车|登记|上牌2130辆
            at -= 1
        if at < 0 or not (self._is_noun(at) or self._words[at].tag == "vn"):
            return False
        name, lexicon = self._words[at].text, self._lexicon
        first = at
        while first > 0 and self._is_noun(first - 1):
            first -= 1
        if first > 0 and self._words[first - 1].tag == "p":  # 课程|在平台|运行9期
            return first > 1 and self._words[first - 1].text == "在" and self._is_noun(first - 2)
        if (
            name in lexicon.openers
            or name.endswith("均")
            or TIME.match(name)
            or self._words[at].tag in {"t", "s", "f", "nr", "ns", "nt"}
        ):
            return False
        person = PERSON.search(name) is not None
        if self._unit.lstrip("万") in PEOPLE:
            return person
        return not person and (BODY.search(name) is None or self._unit in {"家", "所"})

    def _passes(self, word: Word) -> bool:
        """Whether a word between a thing and its predicate tells nothing of either: 活动|累计|开展186次."""
        return word.tag == "d" or word.text in _LIGHT or word.text in {"累计", "共计", "总共", "一共", "先后"}

    def _stands_alone(self, i: int) -> bool:
        """Whether the result verb at `i` has no noun before it, so that it is all the clause says."""
        at = i - 1
        while (
            at > 0
            and at not in self._numbers
            and (self._words[at].tag in {"d", "ad"} or self._words[at].text in self._lexicon.link)
        ):
            at -= 1
        if at < 0 or at in self._numbers:
            return True
        if TIMEY.search(self._words[at].text):  # 一学期就换了23人
            return True
        before, single = self._words[at], len(self._words[i].text) == 1
        deed = before.tag == "vn" or (
            single and len(before.text) > 1 and before.tag.startswith("v")
        )  # 入户走访|跑|了三遍
        return not (self._is_noun(at) or (deed and before.text not in self._lexicon.function))

    def _behind_former(self, i: int) -> int:
        """For the 的 at `i` the last word before 由上年的, 从首次的, or before 占…的; `i` when it is no such 的."""
        back = i - 1
        while back >= 0 and (self._words[back].text in self._lexicon.former or TIME.match(self._words[back].text)):
            back -= 1
        if back < i - 1:
            return back
        for at in range(i - 1, max(i - 5, -1), -1):  # 由立项时的5家, 从首轮的37条
            if at in self._numbers or self._words[at].text in STOPS:
                break
            if self._words[at].text in {"由", "从", "自"}:
                return at
        while back >= 0 and self._words[back].text not in STOPS and back not in self._numbers:
            if self._words[back].text in {"占", "约占", "占到", "只占", "仅占"}:
                return back
            back -= 1
        return i

    def _before_comparison(self, i: int, skipped: list[str]) -> tuple[int, tuple[str, ...]]:
        """Steps on to the word before 比上年, 较规划 … where the number says by how much."""
        lexicon = self._lexicon
        at = i
        while at >= 0 and i - at < 6 and at not in self._numbers and self._words[at].text not in STOPS:
            over = self._words[at].text in {"超", "超过"} and self._words[i].text in _MARKS
            if over and not skipped:  # 完成率165%，超全市|均值|23个百分点
                return at - 1, ("超", "比")
            level = any(word in lexicon.level and word != "平均" for word in skipped)  # 优于Ⅲ类水体比例|达94%
            if self._words[at].text in _ABOVE and not level:  # 高于全国1.7个百分点
                above, at = self._words[at].text, at - 1
                while at > 0 and self._words[at].text in _BEFORE_COMPARED:
                    at -= 1
                return at, (*skipped, above, "比")
            at -= 1
        if any(word in lexicon.increase or word in lexicon.decrease for word in skipped):
            at = i
            while at >= 0 and at not in self._numbers and self._words[at].text not in STOPS and i - at < 12:
                if self._words[at].text in {"比", "较"}:
                    at -= 1
                    while at > 0 and self._words[at].text in _BEFORE_COMPARED:
                        at -= 1
                    return at, (*skipped, "比")
                at -= 1
            return i, tuple(skipped)
        at = i
        while at >= 0 and i - at < 2 and self._words[at].text in lexicon.former:  # 较|常年|同期|偏少
            at -= 1
        if 0 <= at < i and self._words[at].text in {"比", "较"}:
            return at - 1, (*skipped, "比")
        return i, tuple(skipped)
