"""Names that say too little are widened (审批|事项); edges that the words do not tell are moved (五百|亿级开发区, 2021|级新生)."""

from __future__ import annotations

import re

from huizong.extractors.count_edges import SHARE_NAME, NameEdges
from huizong.extractors.count_phrases import AVERAGES
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_relations import PEOPLE, TIMEY
from huizong.lexicon.units import units
from huizong.records import Span

_BARE = frozenset({"率", "占比", "比例", "比重", "金额", "完成率", "部分", "数量", "总数", "比率", "服务", "服务项目"})
_GENERAL = frozenset(
    {
        "事项",
        "对象",
        "要点",
        "任务",
        "清单",
        "标准",
        "时间",
        "经费",
        "资金",
        "收益",
        "指标",
        "单位",
        "干部",
        "项目",
        "金额",
        "总额",
        "记录",
        "业务",
    }
)
_WORKS = frozenset({"维修", "改造", "建设", "修缮", "加固", "购置", "维护", "运行", "更新", "升级", "扩建", "装修"})
_RECEIPTS = frozenset({"收入", "支出", "经费", "费用", "补助", "补贴"})
_FUNDS = ("资金", "经费", "支出", "费用", "专款", "补助", "补贴")
_HOLDING = frozenset({"新办", "新设", "具有", "拥有", "具备", "持有", "取得", "获得"})
_COHORT = re.compile("[级届版][一-龥]")
_LEFT_OFF = re.compile("(?:^|[^具拥现共已没设享仅只])有$|(?:^|[\n，。；])[与和]$")
_REACHED = re.compile("(?:覆盖|惠及)$")
_UTMOST = re.compile("[^，。；]*最[大高多低小长快全优强好新广齐深]、")
_SHARE_OF = re.compile("(?:比例|比重)$")
_COHORTS = re.compile("\\d+[届期批轮]?共?$")
AGED = re.compile(r"\d+周?岁(?:及)?以[上下]$")
GRADE = re.compile("[百千万亿]+元?级")  # 5个千亿级|产业集群
_SIZE = re.compile(f"{GRADE.pattern}|号[楼线]")
_NUMERALS = re.compile("[一二两三四五六七八九十百千万\\d.]+$")
_TRADED = re.compile("进出口|出口|进口|贸易|投资|援助")
_TO_EACH_OTHER = re.compile("比(?!例|重|较|上年|去年)")
_WHITHER = re.compile("[在到赴]")
_STAYED = re.compile("(?:就业|工作|实习|创业|任教)(?:的?(?:毕业生|学生|人员|人数|比例|占比))?$")
_MONTH = re.compile("月份?(?:首届|首次|底|初)?(?=[一-龥]{2})")
_LATE = re.compile(
    r"(?:首次|再次|历史性|全程|连续[\d一二两三四五六七八九十]+年|[一二三四五六七八九十]年间|每[百千万]+人仅?|全(?:集团|[校省市县院系区]))$"
)
_TOP = re.compile("(?:ESI)?(?:全球|全国|世界)?前[\\d.]*$")
_SHARE = re.compile("[\\d.]*[%‰]")
_PLAN_TIME = re.compile(r"(?:“[^”]+”(?:时期|期间|期末|末|初|以来)|近[一二两三四五六七八九十几\d]+年来?)(?=[一-龥]{2})")
_SHORT_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")


class SpanEdges(NameEdges):
    """Widens a name that says too little, and moves the ends of its span to those that readers would give it."""

    def aged(self, i: int) -> re.Match[str] | None:
        """The age that ends with word `i`: 50岁以上."""
        return self._age_until(self._words[i].end)

    def _age_until(self, end: int) -> re.Match[str] | None:
        return AGED.search(self._text, max(0, end - 10), end)

    def whole_span(self, span: Span, first: int) -> Span:
        """The span of the name at `span`, which begins with word `first`, without cohorts and with what its words lack."""
        if _COHORT.match(self._text, span.start, span.end) and self._text[span.start - 1].isdigit():
            span = Span(span.start + 1, span.end)  # 2021|级新生
        whither = _WHITHER.search(self._text, max(0, span.start - 1), span.start)
        place = self._words[first]
        gone = whither is not None and whither.group() == "到" and place.tag == "n"
        stayed = (gone or place.tag in {"ns", "j", "s", "f", ""}) and _STAYED.search(span.of(self._text)) is not None
        if whither is not None and (stayed or place.text in _SHORT_PROVINCES):
            span = Span(whither.start(), span.end)  # 在|湘就业, 到|珠三角就业, 在|湘高校
        opens = _MONTH.match(self._text, span.start, span.end)
        if opens is not None and span.start and self._text[span.start - 1].isdigit():  # 9|月份首届|招生
            span = Span(opens.end(), span.end)
        size = _SIZE.match(self._text, span.start, span.end)
        if size is not None:  # 五百|亿级开发区, 2|号楼供电容量
            lead = _NUMERALS.search(self._text, max(0, span.start - 6), span.start)
            span = Span(lead.start(), span.end) if lead else span
        if span.start and self._text[span.start - 1] == "对" and _TRADED.search(span.of(self._text)):
            span = Span(span.start - 1, span.end)  # 对|俄进出口增速
        if self._ratio and self._text.startswith("之比", span.end):  # 与毕业生|之比为1:640
            span = Span(span.start, span.end + 2)
        if _LEFT_OFF.search(self._text, max(0, span.start - 2), span.start) and (
            "的" in span.of(self._text) or span.of(self._text).endswith("之比")
        ):
            span = Span(span.start - 1, span.end)  # 有|研发活动的企业, 与|毕业生之比
        utmost = _UTMOST.match(self._text, span.start, span.end)
        if utmost is not None:  # 规模最大、占比最高、|总投资
            span = Span(utmost.end(), span.end)
        if span.start and self._text[span.start - 1] == "占" and _SHARE_OF.search(span.of(self._text)):
            span = Span(span.start - 1, span.end)  # 占|专任教师的比例
        aged = self._age_until(span.start)
        if aged is not None:  # 55岁以上|教师占三成
            span = Span(aged.start(), span.end)
        if self._ratio and _TO_EACH_OTHER.match(self._text, span.end):  # 纵横向经费|比为4:6
            span = Span(span.start, span.end + 1)
        reached = _REACHED.search(self._text, span.start, span.end)
        if (
            reached is not None and reached.start() > span.start + 3 and self._unit.lstrip("万亿") in PEOPLE
        ):  # 伤害保障试点|覆盖80万人
            span = Span(span.start, reached.start())
        top = _TOP.search(self._text, max(0, span.start - 10), span.start)
        if top is not None and _SHARE.match(self._text, top.end()):  # ESI全球前|1%学科
            span = Span(top.start(), span.end)
        planned = _PLAN_TIME.match(self._text, span.start, span.end)
        if planned is not None:  # “十四五”末|到账经费, 近两年|在校生
            span = Span(planned.end(), span.end)
        late = _LATE.search(self._text, span.start, span.end)
        if late is not None and late.start() > span.start + 1:  # 发明专利数|首次|超过15件
            span = Span(span.start, late.start())
        cohorts = _COHORTS.search(self._text, span.start, span.end)
        if cohorts is not None and cohorts.start() > span.start + 1:  # 招收定向生|9届共1034人
            span = Span(span.start, cohorts.start())
        return span

    def widened(self, start: int, end: int, relation: tuple[str, ...]) -> int:
        """The first word of a name that says of which sort the words `start..end` are, where they alone do not."""
        words, last = self._words, self._words[end].text
        if start == end and start > 1 and last in self._lexicon.measure and self._wants_modifier(start):
            start = self._modified(start)
        elif start > 1 and words[start - 1].text == "的" and (units().is_rate(self._unit) or self._unit == "成"):
            first = self._modified(start)  # 留在省内就业的毕业生占七成
            told = "占" in relation and not last.endswith(self._lexicon.measure)
            if (told or last in {"占比", "比重"}) and words[first - 1].text != "、":
                start = first
        general = last in _GENERAL and (self._qualifies(end - 1) or (last != "项目" and self._handles(end - 1)))
        if start == end and general:
            start = end - 1  # 审批|事项, 资助|资金
            opens = start < 2 or words[start - 2].text in STOPS
            if not opens and self._is_noun(start - 1) and self._qualifies(start - 1):  # 行政|审批|事项
                start -= 1
        if start == end and last in _RECEIPTS and start > 1 and words[start - 1].text == "等":
            start = self._listed(start)
        if last in self._lexicon.measure or last.endswith(_FUNDS):
            start = self._headed(start, end)
        if start == end and last == "金额" and start > 0 and self._acts(start - 1) and len(words[start - 1].text) == 2:
            start = end - 1  # 发放|金额
        timed = end > 0 and TIMEY.search(words[end - 1].text) is not None  # 每学期|谈话
        if start == end and last not in _BARE and not timed and self._joins_deed(end - 1, end):
            start = end - 1  # 本科|上线, 立项|督办
            if self._acts(start):
                start = self._with_nouns(start)  # 历史遗留矿山|修复|治理
        if start == end and (last in _BARE or len(last) == 1):
            start = self._whole_name(end)
        inside = start > 1 and (words[start - 1].text.startswith("全") or words[start - 2].text == "占")
        taken = start - 1 - inside  # 占|全|社会研发投入比重, 占|新建|建筑比重
        if taken > 0 and words[taken].text == "占" and SHARE_NAME.search(self._span(start, end).of(self._text)):
            at = taken - 1
            spent = words[at].text.endswith(self._lexicon.measure)  # 研究支出|占
            first = (
                self.phrase_start(at - 1)[0] if spent and at > 0 and self._is_noun(at - 1) else self.phrase_start(at)[0]
            )
            start = self.trim(min(first, at) if spent else first, start)  # “双师型”教师占专任教师比例
        return start

    def _with_nouns(self, start: int) -> int:
        """The first of the nouns right before word `start`, none of them a body or a time."""
        at = start
        while (
            at > 1
            and self._is_noun(at - 1)
            and (
                self._words[at - 1].tag[:1] == "n"
                or self._words[at - 1].tag == "vn"
                or self._words[at - 1].text == "新"
            )
            and not self._is_body(at - 1)
            and TIMEY.search(self._words[at - 1].text) is None
        ):
            at -= 1
        return self.trim(at, start)

    def _listed(self, start: int) -> int:
        """The first word of the list that 等 closes before an amount: 培训、技术服务等|收入."""
        at = start - 1
        while at > 0 and at - 1 not in self._numbers and self._words[at - 1].text not in STOPS:
            at -= 1
        while at < start - 1 and self._words[at].text in self._lexicon.openers:
            at += 1
        return at

    def _headed(self, start: int, end: int) -> int:
        """Takes in the works that an amount is for, where their object stands before them, and 生均 before all that.

        校舍|维修改造资金, 生均|教学日常|运行支出.
        """
        words, at = self._words, start
        while at > 0 and at - 1 not in self._numbers and words[at - 1].text in _WORKS:
            at -= 1
        if 0 < at < start and self._is_noun(at - 1) and at - 1 not in self._numbers and not self._is_body(at - 1):
            first = self.trim(self.phrase_start(at - 1)[0], at - 1)
            start = first if first < at else start
        for at in range(start - 1, max(start - 5, -1), -1):
            if at in self._numbers or words[at].text in STOPS or words[at].text in {"的", "、"}:
                break
            if words[at].text in AVERAGES:
                return at
        return start

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
            and not (self._words[at].text == "中" and self._words[at + 1].text != "的")  # 总支出中|用于教学的经费
        ):
            at -= 1
        at = self.trim(at + 1, start)
        while (
            at < start
            and self._words[at].text in self._lexicon.strong
            and self._words[at].text not in self._lexicon.nominal
            and self._words[at].text not in _HOLDING
        ):
            at += 1
        return at

    def _handles(self, i: int) -> bool:
        """Whether the word at `i` is a deed that no list knows and that may name the sort of matters behind it: 审批|事项."""
        word, lexicon = self._words[i], self._lexicon
        known = lexicon.verbs | lexicon.function
        return i >= 0 and len(word.text) == 2 and word.tag in {"v", "vn"} and word.text not in known
