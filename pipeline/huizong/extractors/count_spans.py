"""The characters at both edges of a name that the segmenter cut apart or ran together: 五百|亿级开发区, 对|俄进出口增速, 2021|级新生."""

from __future__ import annotations

import re

from huizong.extractors.count_edges import NameEdges
from huizong.extractors.count_relations import PEOPLE
from huizong.records import Span

_COHORT = re.compile("[级届版][一-龥]")
_LEFT_OFF = re.compile("(?:^|[^具拥现共已没设享仅只])有$|(?:^|[，。；])[与和]$")
_REACHED = re.compile("(?:覆盖|惠及)$")
_UTMOST = re.compile("[^，。；]*最[大高多低小长快全优强好新广齐深]、")
_SHARE_OF = re.compile("的(?:比例|比重)$")
_COHORTS = re.compile("\\d+[届期批轮]?共?$")
_AGED = re.compile(r"\d+周?岁(?:及)?以[上下]$")
_SIZE = re.compile("[百千万亿]+元?级")
_NUMERALS = re.compile("[一二两三四五六七八九十百千万\\d.]+$")
_TRADED = re.compile("进出口|出口|进口|贸易|投资|援助")
_TO_EACH_OTHER = re.compile("比(?!例|重|较|上年|去年)")
_WHITHER = re.compile("[在到赴]")
_STAYED = re.compile("(?:就业|工作|实习|创业|任教)(?:的?(?:毕业生|学生|人员|人数))?$")
_SHORT_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")


class SpanEdges(NameEdges):
    """Moves the ends of a name's span to those that readers would give it."""

    def aged(self, i: int) -> re.Match[str] | None:
        """The age that ends with word `i`: 50岁以上."""
        return self._age_until(self._words[i].end)

    def _age_until(self, end: int) -> re.Match[str] | None:
        return _AGED.search(self._text, max(0, end - 10), end)

    def whole_span(self, span: Span, first: int) -> Span:
        """The span of the name at `span`, which begins with word `first`, without cohorts and with what its words lack."""
        if _COHORT.match(self._text, span.start, span.end) and self._text[span.start - 1].isdigit():
            span = Span(span.start + 1, span.end)  # 2021|级新生
        whither = _WHITHER.search(self._text, max(0, span.start - 1), span.start)
        place = self._words[first]
        stayed = place.tag in {"ns", "j", "s", "f", ""} and _STAYED.search(span.of(self._text)) is not None
        if whither is not None and (stayed or place.text in _SHORT_PROVINCES):
            span = Span(whither.start(), span.end)  # 在|湘就业, 到|珠三角就业, 在|湘高校
        size = _SIZE.match(self._text, span.start, span.end)
        if size is not None:  # 五百|亿级开发区
            lead = _NUMERALS.search(self._text, max(0, span.start - 6), span.start)
            span = Span(lead.start(), span.end) if lead else span
        if span.start and self._text[span.start - 1] == "对" and _TRADED.search(span.of(self._text)):
            span = Span(span.start - 1, span.end)  # 对|俄进出口增速
        if _LEFT_OFF.search(self._text, max(0, span.start - 2), span.start) and (
            "的" in span.of(self._text) if self._text[span.start - 1] == "有" else span.of(self._text).endswith("之比")
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
        cohorts = _COHORTS.search(self._text, span.start, span.end)
        if cohorts is not None and cohorts.start() > span.start + 1:  # 招收定向生|9届共1034人
            span = Span(span.start, cohorts.start())
        return span
