"""Turns before a number in which the words next to it are not what it counts: two things compared, people sent, titles, marks."""

from __future__ import annotations

import re
from bisect import bisect_left

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_edges import SHARE_NAME
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_relations import PEOPLE, PERSON
from huizong.extractors.count_spans import SpanEdges
from huizong.extractors.count_words import AND
from huizong.records import Span

# What stands before and behind a number that is but a mark to be reached.
_MARKS = tuple(
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (  # 距离2025年|8%的目标
            r"(?:距离?|离)[^，。；\d]{0,4}(?:20\d\d年)?[^，。；\d]{0,6}$",
            r"的?[^，。；]{0,4}(?:目标|要求|标准|任务|合格线|及格线|底线|门槛|水平)",
        ),
        (r"(?:距离?|离)(?=[^，。；]*标准)[^，。；\d]{0,4}(?:20\d\d年)?[^，。；\d]{0,6}$", ""),  # 距国家标准|18:1
        (  # 与建设|12人|的目标差距明显
            r"[，；](?:与|同|较|比)[^，。；\d]{0,14}$",
            r"的?[^，。；]{0,4}(?:目标|要求|标准|任务)[^，。；]{0,4}(?:差距|相差|相比|尚有)",
        ),
        (  # 达到教育部规定的|1:200, 超出规划目标|1.2万人
            r"(?:达到|符合|满足|低于|高于|优于|超过|超出)了?"
            r"(?:[^，。；\d]{2,14}(?:规定|要求|确定)的|(?:规划|计划|年度|预期)(?:目标|指标)值?)$",
            "",
        ),
        (r"(?:距离?|(?<![脱远分])离)[^，。；\d]{2,24}(?:要求|标准|目标|规定|确定|核定)的$", ""),  # 离设置标准要求的|15%
    )
)
# Two things held against each other: 岗位数与毕业生人数之比|达到8.4:1
_RATIO_OF_TWO = re.compile(
    r"(?:[全我本]校|我院|学校|学院|目前|使得?|[，。；、：]|^)*([一-龥“”]{2,16}?[与和][一-龥“”]{2,16}?(?:之比|比例|的比))"
    r"(?:为|是|达到?|约为?|由|从|仅为?|只有|(?:保持|控制|稳定)在|[一-龥]{2}[为至到])?$"
)
# People sent to take part in something.
_SENT = re.compile(
    r"(?P<verb>选派|组织|派出|推荐|安排|动员|选送|遴选|派遣|鼓励|支持|录取|招收|资助)(?P<who>[^，。；、\d]{2,14}?)"
    r"(?:参加|参与|赴|前往|接受|进入|攻读|报考)(?:[^，。；\d、]{1,12}、?){1,3}$"
)
_JOINING = frozenset({"入党", "入伍", "入会", "转正"})
# 比规定的三分之一高出2个百分点: what a value is compared with, and that it differs.
_COMPARED = re.compile("[，；](?:均|都)?[比较][^，。；\\d]{0,8}的$")
_TOLD_BY = re.compile("(?:^|[，；：])[但而]?[与和同][^，；：]{0,24}(?:提出|规定|要求|确定|明确)的$")
_AGAINST = re.compile("(?:的[^，。；]{0,4})?相[比差]")
_PLACES = frozenset({"省份", "地市", "县", "县区", "县市", "乡镇", "镇", "乡", "村", "行政村", "街道", "社区"})
_APART = re.compile("[^，。；\\d]{0,4}(?:高|低|多|少|快|慢|增|减)")
# Works named by their titles, and what is taken up by others.
_TITLES = re.compile("(?:^|[，。；])(?:《[^《》]+》[、和及]?)+等?$")
_OF_WORKS = frozenset("部本门篇项件")
_OWING = re.compile("(?:因|受)[^，。；、\\d]{2,5}(?:影响)?(?:[回降减增][^，。；\\d]{0,3}[至到])$")
_TAKEN_UP = re.compile("被[^，。；]{1,16}(?:收录|转载|采用|引用|刊发|报道|采纳|录用|检索)$")
_LISTS = frozenset({"有", "为", "是", "包括", "包含", "含", "即", "涵盖", "分别为", "分别是"})
_IN_STAGES = ("批次", "阶段", "步骤", "小组", "班次")
_KEPT_TO = re.compile("(?:^|[，。；、\n])([^，。；、\\d\n按]{2,12})(?:均|都)?按照?(?:学生)?$")
_STAGES = frozenset({"批", "批次", "期", "组", "次", "路"})
_HELPING = frozenset({"结对帮扶", "帮扶", "资助", "辅导", "结对", "联系", "帮助", "指导", "带教"})


class TurnsBefore(SpanEdges):
    """Knows the turns before a number that the words next to it do not tell."""

    def told_apart(self, i: int, candidate: Candidate, *, ratio: bool) -> Found | None:
        """What such a turn names; without a name where it says only that word `i` is not it; `None` for no such turn."""
        text, start = self._text, candidate.start
        parted = candidate.unit in _STAGES or text.startswith(_IN_STAGES, candidate.end)  # 采购分4个批次
        if parted and i >= 0 and self._words[i].text == "分":
            return Found(name=None)  # 分|三批选派干部
        each = _RATIO_OF_TWO.search(text, max(0, start - 40), start) if ratio else None
        if each is not None:
            return self._ratio_of(each)
        kept = _KEPT_TO.search(text, max(0, start - 20), start) if ratio else None
        if kept is not None:  # 思政课教师|按1:350配备
            span = Span(*kept.span(1))
            return Found(name=span.of(text), span=span, relation=("按",), rule="noun")
        if candidate.unit in _OF_WORKS and _TITLES.search(text, max(0, start - 80), start):
            return Found(name=None)  # 《甲》《乙》|2部入选规划教材
        if _OWING.search(text, max(0, start - 12), start):
            return Found(name=None, follows=True)  # 2020年因疫情回落至|52人
        sent = self._those_sent(candidate)
        if sent is None and _TAKEN_UP.search(text, max(0, start - 24), start):
            return Found(name=None)  # 被SCI、EI收录|14篇
        return sent

    def _ratio_of(self, each: re.Match[str]) -> Found:
        first = bisect_left(self._starts, each.start(1))
        inside = range(first, bisect_left(self._starts, each.end(1)) - 1)
        verbs = [at for at in inside if self._acts(at) and not self._modifies(at)]  # 全年提供|岗位数与毕业生数之比
        span = Span(self._words[verbs[-1] + 1].start if verbs else each.start(1), each.end(1))
        return Found(name=span.of(self._text), span=span, relation=("之比",), rule="noun")

    def is_far_from(self, candidate: Candidate) -> bool:
        """Whether the number is a mark that something is short of or held to: 距离2025年|8%的目标, 距国家标准|18:1."""
        start, end = candidate.start, candidate.end
        return any(
            before.search(self._text, max(0, start - 36), start) and behind.match(self._text, end)
            for before, behind in _MARKS
        )

    def is_compared_with(self, candidate: Candidate) -> bool:
        """Whether the number is what a value is compared with: 授课占比35%，比规定的|三分之一|高出2个百分点."""
        lead = _COMPARED.search(self._text, max(0, candidate.start - 12), candidate.start)
        held = _TOLD_BY.search(self._text, max(0, candidate.start - 32), candidate.start)
        if held is not None and _AGAINST.match(self._text, candidate.end):
            return True
        return lead is not None and _APART.match(self._text, candidate.end) is not None

    def those_who_act(self, start: int, end: int) -> tuple[int, int]:
        """The words of those who act, where `start..end` and the words before tell who did what: 受援院校教师|来校进修跟岗110人."""
        at = end
        while (
            at > 0
            and self._words[at].tag in {"v", "vn", "vi"}
            and not self._words[at].text.endswith(self._lexicon.measure)
        ):
            at -= 1
        told = self._words[end].end - self._words[at].end
        if (
            (told < 4 and self._words[end].text not in _JOINING)
            or at in self._numbers
            or not PERSON.search(self._words[at].text)
        ):
            return start, end
        first = self.trim(self.phrase_start(at)[0], at)
        return (first, at) if first <= at else (start, end)

    def those_helped(self, start: int, end: int) -> int:
        """The first word of those to whom something is done, where `start..end` opens with who does it: 党员教师结对帮扶|困难学生76名."""
        if not PERSON.search(self._words[end].text):
            return start
        for at in range(start + 1, end):
            if self._words[at].text in _HELPING and PERSON.search(self._words[at - 1].text):
                return at + 1
        return start

    def _those_sent(self, candidate: Candidate) -> Found | None:
        """The people sent to something, which is what so many are: 选派|教师|参加国培、省培118人次."""
        if candidate.unit.lstrip("万") not in PEOPLE:
            return None
        sent = _SENT.search(self._text, max(0, candidate.start - 40), candidate.start)
        if sent is None or not PERSON.search(sent["who"]):
            return None
        last = bisect_left(self._starts, sent.end("who")) - 1
        start = self.trim(self.phrase_start(last)[0], last)
        if start > last or self._words[last].end != sent.end("who"):
            return None
        span = self._span(start, last)
        return Found(name=span.of(self._text), span=span, verb=sent["verb"], rule="noun")

    def told_with_number(self, start: int, end: int) -> bool:
        """Whether the people at `start` are those of a number before, and the value at `end` one of theirs: 120名|毕业生|就业率."""
        at = start - 1
        while (
            at > 0
            and at not in self._numbers
            and (self._words[at].text.isdigit() or self._words[at].text in {"届", "级", "的"})
        ):
            at -= 1
        spread = start - 1 in self._numbers and start < end and self._words[start].text in _PLACES
        if spread and self._words[start + 1].tag.startswith("v"):  # 在3个|乡镇|示范推广2600亩
            return True
        cohort = start > 0 and self._words[start - 1].text in {"届", "级"}  # 2023届|毕业生|去向落实率
        person = PERSON.search(self._words[start].text) is not None and self._unit.lstrip("万") not in PEOPLE
        return person and (at in self._numbers or cohort) and self._words[end].text.endswith(self._lexicon.measure)

    def is_done(self, i: int, relation: tuple[str, ...], verb: str) -> bool:
        """Whether the deed at `i`, before the number, is what the clause says was done: 开展|文件审查26件, 实施|河道整治35公里."""
        if len(relation) != 1 or verb not in self._lexicon.organising or self._words[i].text != relation[0]:
            return False
        deed, lexicon = self._words[i], self._lexicon
        told = lexicon.results | lexicon.level | lexicon.increase | lexicon.decrease | lexicon.strong
        return len(deed.text) == 2 and deed.tag.startswith("v") and deed.text not in told

    def taking_up(self, start: int, end: int) -> Found | None:
        """What takes a share of the whole at `start..end`: 民生支出占|预算支出77.9%.

        Without a name where it stands before the clause (装机42万千瓦、占全市装机51%); `None` where no share is taken.
        """
        if SHARE_NAME.search(self._span(start, end).of(self._text)):
            return None
        return self.taker(self.past_openers(start - 1))

    def past_openers(self, at: int) -> int:
        """The word at `at`, or the first one before it that opens no name."""
        while at > 0 and self._words[at].text in self._lexicon.openers:
            at -= 1
        return at

    def taker(self, at: int) -> Found | None:
        """What takes a share where 占 stands at word `at`; `None` for another word."""
        if at < 1 or self._words[at].text != "占":
            return None
        if self._words[at - 1].text in STOPS or self._words[at - 1].text == "、":
            return Found(name=None, follows=True)
        first = self.trim(self.phrase_start(at - 1)[0], at - 1)
        noun = self._is_noun(at - 1) or self._words[at - 1].text.endswith(self._lexicon.measure)  # 支出
        if first > at - 1 or not noun:
            return None
        span = self._span(first, at - 1)
        return Found(name=span.of(self._text), span=span, rule="noun")

    def list_subject(self, i: int, candidate: Candidate) -> Found | None:
        """The thing that a list of as many members tells: 试点专业|有A、B、C和D|4个; `None` when no such list ends at `i`."""
        if candidate.value < 2 or candidate.value > 20:
            return None
        members, joined, at = 1, 0, i
        while at > 0 and at not in self._numbers and self._words[at].text not in STOPS:
            text = self._words[at].text
            if text in _LISTS and members + joined > 1:
                if candidate.value not in {members, members + joined} or not self._is_noun(at - 1):
                    return None
                start, _ = self.phrase_start(at - 1)
                start = self.trim(start, at - 1)
                if start > at - 1:
                    return None
                span = self._span(start, at - 1)
                return Found(name=span.of(self._text), span=span, rule="whole")
            members += text == "、"
            joined += text in AND
            at -= 1
        return None
