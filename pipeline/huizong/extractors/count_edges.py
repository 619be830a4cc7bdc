"""Where the name before a number really begins: past verbs that govern it, back over lists, modifiers and prefixes."""

from __future__ import annotations

import re

from huizong.extractors.count_names import DISCUSSED, NounPhrases
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_relations import CONCRETE, TIME
from huizong.extractors.count_words import AND
from huizong.lexicon.units import units

_FIELDS = frozenset({"科研", "教研", "教改", "教学", "横向", "纵向"})
_BREACHES = frozenset(
    {"违反", "涉嫌", "涉及", "妨碍"}
)  # with their object they say of which sort a matter is: 违反|换届纪律|问题
_MATTERS = ("问题", "案件", "行为", "线索", "案", "政策措施", "规定", "做法")
_FITTING = frozenset(
    {"更换", "安装", "配置", "采购", "捐赠", "抽查"}
)  # parts of names (采购合同), but not of things to hold
_REACHES = frozenset({"覆盖", "惠及", "带动", "服务", "受益"})
_ATTENDED = frozenset({"听课", "招商", "调研", "走访", "宣讲", "巡查", "督导", "检查"})
_ENTERING = frozenset({"深入", "走进", "赴", "走入", "进"})
_VISITING = frozenset({"参观", "考察", "观摩", "交流", "学习", "调研", "走访", "访问", "取经"})
_VISITS = frozenset({"人次", "次", "人", "节", "场", "场次", "批次"})
_SITED = frozenset({"建设", "设置", "设立", "建立", "开设", "布局", "新建", "投放", "布设"})
_REFITTING = frozenset(
    {"更换", "扩容", "维修", "修缮", "更新", "加固", "硬化", "疏浚", "翻新", "修复", "检修", "清洗", "压缩", "撤并"}
)
_FITTED = frozenset({"更换", "安装", "捐赠", "购置", "添置", "配备"})
_COUNTIES = frozenset({"省", "市", "县", "区", "乡", "镇", "村", "州"})
_EXPECTED = frozenset({"寿命", "目标", "收益", "效果", "值"})
_SAYING = frozenset({"认为", "反映", "觉得"})
_DISCUSSING = frozenset({"专题研究", "研究", "审议"})
_JOINTS = frozenset({"、", "和", "及", "与", "以及"})
_ORDINAL = re.compile(r"第[一二三四五六七八九]")
EQUALS = frozenset({"达到", "达", "相当于", "是", "为", "相当"})
SHARE_NAME = re.compile(r"(?:比例|比重|占比)(?:目标值?|完成值|实际值)?$")
_TOTALS = frozenset({"共", "共计", "合计", "总计"})
_BY_MEANS = frozenset(
    {"通过", "依托", "利用", "借助", "采取", "运用", "按照", "围绕", "根据", "结合", "为", "给", "向", "同", "与"}
)
_EVEN = frozenset({"平均", "均", "人均"})
_ALL_LEVELS = frozenset({"省市县", "市县", "市县乡", "县乡", "各地"})
_SUPPLYING = frozenset({"供应", "筹集", "供给", "综合治理", "赋能"})  # 供应|工业用地2万亩
_BUILT_UP = ("项目", "工程", "用地", "资金", "标准", "任务", "规划", "单位")
_IMPROVING = frozenset({"提升", "提高", "优化", "改善", "完善"})
_GAINED = frozenset({"获奖", "立项", "获批", "中标", "结题"})
_JOINTLY = frozenset({"共建", "联合", "签订", "签署", "合作共建"})
_PASSING = frozenset({"合格", "达标", "及格", "到校", "达到", "符合"})
_EACH = frozenset({"均", "都", "分别", "均为", "分别为", "各"})
TURN = re.compile(r"(?:[一二三四五首本上下末]|第[一二三四五])?(?:期|轮|批|阶段|学期|学年|季度)")  # 二期再加60个


class NameEdges(NounPhrases):
    """Moves the edges of a noun phrase `start..end` (words, both included) to those of the name that readers would give."""

    def edges(self, i: int, relation: tuple[str, ...]) -> tuple[int, int, str]:
        """(first word, last word, governing verb) of the phrase that ends at word `i`; the first lies behind the last where none does."""
        predicated = not self._lexicon.reaching.isdisjoint(relation)
        start, verb = self.phrase_start(i, listed=not _TOTALS.isdisjoint(relation), predicated=predicated)
        start = self._with_prefix(self._past_verbs(self.trim(start, i), i), i)
        if start > 1 and all(self._words[at].text in _COUNTIES for at in (start - 2, start)):
            start -= 2 * (self._words[start - 1].text in _JOINTS)  # 对市、县|财力性转移支付
        if _EACH.isdisjoint(relation):
            start = self._whole_list(start, i, governed=not units().is_rate(self._unit))
        if start < i and self._is_visit(i):
            start = i
        if start < i and (self._words[start].text == "结对帮扶" or self._opens_since(start)):
            start += 1
        expected = start < i and self._words[start].text == "预期" and self._words[start + 1].text not in _EXPECTED
        start += expected  # 全年|预期|地区生产总值
        said = [at for at in range(start, i) if self._words[at].text in _SAYING]
        start = said[-1] + 1 if said else start  # 校长们认为|新教师
        if start < i and self._words[i].text in DISCUSSED and self._words[start].text in _DISCUSSING:
            start += 1
        studied = (at for at in range(start, i + 1) if self._words[at].text == "专题研究")
        start = next(studied, start)  # 党委会、校长办公会|专题研究帮扶工作
        if self._unit in {"倍", "成", "%"}:
            start, i = self._past_basis(start, i)
        following = self._words[i + 1].text if i + 1 < len(self._words) else ""
        if following == "总量" and units().is_rate(self._unit):  # 氮氧化物排放|总量|下降9%
            i += 1
        elif start == i and (following in {"总量", "总数"} or (following == "立项" and self._words[i].text in _FIELDS)):
            i += 1  # 经济|总量|达到900亿元, 科研|立项|9项
        return start, i, verb

    def _opens_since(self, start: int) -> bool:
        """Whether the word at `start` closes the time since when something is so: 从2018年|起|指导津贴."""
        return (
            self._words[start].text == "起" and start > 0 and self._words[start - 1].text in {"年", "月", "日", "季度"}
        )

    def _past_verbs(self, start: int, end: int) -> int:
        """The first word of the name behind the verbs that govern it.

        Behind 新建和 the verb 改造 is one too; behind the thing of another number (在12个系|建设|课程30门) whatever verb stands there.
        """
        if 0 < start < end and self._words[start].text == "规范" and self._words[start - 1].text == "清理":
            return start + 1  # 清理|规范|议事协调机构
        opens = start == 0 or self._words[start - 1].text in STOPS or self._words[start - 1].text == "、"
        if start < end and self._words[start].text in _ALL_LEVELS and self._words[start + 1].text in _SITED:
            return min(start + 2, end)  # 省市县|建设|示范片区
        if opens and start < end and self._words[start].text in _FITTING and self._unit.lstrip("万") in CONCRETE:
            return start + 1
        if opens and start < end and self._words[start].text in _SUPPLYING:
            return start + 1
        works = self._words[start].text == "建设" and not self._words[min(start + 1, end)].text.startswith(_BUILT_UP)
        if opens and start + 1 < end and works:  # 建设|安全饮水工程2处, but 建设项目审批32件
            return start + 1
        at, measured = start, self._words[end].text.endswith(self._lexicon.measure)
        while (
            at < end
            and not (opens or measured)
            and self._words[at].text in _REFITTING
            and self._words[at - 1].tag.startswith("v")
        ):
            at += 1  # 安装|更换|路灯, 清淤|扩容|山塘
        if start < at <= end:
            return at
        if 0 < start < end and self._words[start].text in _IMPROVING and self._is_noun(start + 1):
            return start + (self._words[start - 1].tag == "v")  # 新改造|提升|村卫生室
        if self._unit.lstrip("万") in CONCRETE:  # 电子阅览室|更换|电脑60台
            fitted = [at for at in range(start + 1, end) if self._words[at].text in _FITTED]
            start = fitted[-1] + 1 if fitted else start
        if 0 < start < end and self._words[start - 1].text == "在":  # 在县城和重点乡镇|建设|物流配送网点
            built = [at for at in range(start + 1, end) if self._words[at].text in _SITED]
            return built[-1] + 1 if built else start
        if start <= 1 or start >= end:
            return start
        joint = self._words[start - 1].text
        if joint in _BY_MEANS or joint == "等":  # 学生通过|平台|选学|课程
            deeds = [
                at
                for at in range(start + 1, end)
                if self._acts(at) and (not self._modifies(at) or self._words[at].text in _JOINTLY)
            ]
            return deeds[-1] + 1 if deeds else start
        if (joint in AND or joint == "、") and self._words[start - 2].text in self._lexicon.strong:
            at = start
            while at < end and self._acts(at):
                at += 1
            return at
        if (
            start - 1 in self._numbers
            and self._words[end].text in _GAINED
            and self._unit in {"项", "个", "件", "次", "人次"}
        ):
            return end  # 8个|参赛团队|获奖7项
        if start - 1 in self._numbers:
            verbs = [
                at
                for at in range(start + 1, end)
                if self._acts(at) and (self._is_noun(at + 1) or self._words[at + 1].tag == "m")
            ]
            rated = verbs and verbs[-1] + 1 == end and self._words[end].text.endswith("率")  # 4个证书|考核通过率
            return verbs[-1] + (not rated) if verbs else start
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
        return (
            self._is_noun(i)
            and word.text not in lexicon.openers
            and not TIME.match(word.text)
            and word.tag not in {"t", "nr"}
        )

    def _joins_deed(self, i: int, deed: int) -> bool:
        """Whether the word at `i` says of what sort the deed behind it is (联合|执法), not who does it or to what."""
        word, lexicon = self._words[deed], self._lexicon
        if len(word.text) != 2 or not word.tag.startswith("v") or word.text.endswith(lexicon.measure):
            return False
        if units().is_money(self._unit) or units().is_rate(self._unit):
            return False
        if self._is_visit(deed):
            return False
        if word.text in _VISITING and self._words[i].text in _VISITING:
            return True
        return self._qualifies(i) and len(self._words[i].text) == 2

    def _is_visit(self, i: int) -> bool:
        """Whether the word at `i` is what was done where one went: 深入|车间、社区和乡村|宣讲43场."""
        if self._words[i].text not in _ATTENDED or self._unit not in _VISITS:
            return False
        at = i - 1
        while at > 0 and at not in self._numbers and (self._words[at].text in _JOINTS or self._is_noun(at)):
            at -= 1
        return 0 <= at < i - 1 and self._words[at].text in _ENTERING

    def _whole_list(self, start: int, end: int, *, governed: bool) -> int:
        """The first word of the list that `start..end` ends, where its members have one number: 活页式、工作手册式|教材.

        Not where the list begins with the thing of another number, nor, unless `governed`, behind a verb, which may be the
        predicate of the first member alone (实现集中管理、经费下降28%); a deed (签约900万元) has such a thing before it, too.
        """
        at, verb = start, ""
        if self._words[end].text in _REACHES and start == end:
            return start  # 提高低保标准、|覆盖119万人
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
            prefix in {"其他", "其它", "相关", "最"}
            or (
                prefix in {"不", "非", "未"}
                and (start < end or (len(first) == 2 and (first in self._lexicon.results or first in _PASSING)))
            )
            or (prefix in {"正", "副"} and first.startswith(("高级", "教授", "处级", "科级")))
            or (prefix == "九年" and first.startswith("义务"))
            or (
                prefix == "月"
                and (first in self._lexicon.measure or first in _EVEN)
                and not self._words[start - 2].text.isdigit()
            )
            or (_ORDINAL.fullmatch(prefix) and not TURN.match(first))
            or (prefix in _BREACHES and self._words[end].text.endswith(_MATTERS))
        )
        return start - 1 if belongs else start

    def told_before(self, start: int) -> bool:
        """Whether an amount is named right before the time at `start`."""
        return (
            start > 0 and start - 1 not in self._numbers and self._words[start - 1].text.endswith(self._lexicon.measure)
        )

    def _past_basis(self, start: int, end: int) -> tuple[int, int]:
        """The phrase before 达到 or 相当于 where `start..end` is only what the number compares it with: 规模达到|在校生|6倍."""
        if start < 2 or start > end or self._words[start - 1].text not in EQUALS:
            return start, end
        back = start - 2
        while back > 0 and self._words[back].tag == "d":
            back -= 1
        if not self._is_noun(back):
            return start, end
        first = self.trim(self.phrase_start(back)[0], back)
        return (first, back) if first <= back else (start, end)
