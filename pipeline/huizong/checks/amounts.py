"""Sums, parts and rates that do not fit: 其中, 合计, 共, brackets behind a total, 占…%, 就业率 against its two counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from huizong.checks.places import make, short
from huizong.checks.quantities import Quantity, amount, level, plain, quantities, same_kind
from huizong.lexicon.checks import check_words
from huizong.records import Check, Item, Rule, Severity, Status
from huizong.report import Report

_OF_WHICH = re.compile(r"其中[，：,:]?")
_LISTED = re.compile(r"[、和及与]|以及|，其余")
_JOINT = re.compile(r"[、，,]|以及|和|及")
_TOTAL = re.compile(r"[，,、（(]?(?:共计|合计|总计|总共|共有|共)(?:为|达|[有获得到]{0,2})?[^，。；、\d]{0,8}")
_OPEN = re.compile(r"其中|[含包]|等|如|主要|[另还]有|超过")
_SHARE = re.compile(r"[，,]?(?:约)?占(?:比|总[数量人额]{1,2}|到)?(?:的)?(?:比例|比重)?(?:为|达到?)?")
_AMONG = re.compile(r"[^，。；、]{0,4}中[^，。；、]{2,12}$")
_UNDONE = re.compile(r"[未没不]")
_RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2})率$")
_AGAINST = re.compile(r"[比较]|同比|增长|增幅|增加|减少|下降|提高")
_NEAR = 8
_LONGEST_JOINT = 16


def check_sums(report: Report) -> Iterator[Check]:
    """Totals that are not the sum of their parts."""
    for item in report.items:
        found = quantities(report, item)
        yield from _sums_of_which(report, item, found)
        yield from _sums_before_total(report, item, found)
        yield from _sums_in_brackets(report, item, found)


def check_parts(report: Report) -> Iterator[Check]:
    """A part larger than its whole, and shares above 100 %."""
    for item in report.items:
        found = quantities(report, item)
        for whole, parts in _of_which(report, found):
            part = parts[0]
            if part.low > whole.high:
                message = f"“其中”后的{part.count.quote}多于前面的{whole.count.quote}，部分大于总数，请核对。"
                yield make(report, Rule.PART_OVER_WHOLE, Severity.ERROR, message, [item.span])
        for q in found:
            named = (q.count.object or "").endswith(check_words().capped)
            if q.base == "%" and named and level(q) and q.low > 100 and q.exact:
                message = f"“{short(q.count.object or '')}”为{q.count.quote}，超过了100%，请核对。"
                yield make(report, Rule.PART_OVER_WHOLE, Severity.ERROR, message, [item.span])


def check_rates(report: Report) -> Iterator[Check]:
    """Rates that do not come out of the counts beside them."""
    for item in report.items:
        found = quantities(report, item)
        for at, rate in enumerate(found):
            if rate.base != "%" or not rate.exact or not level(rate):
                continue
            pair = _share(report, found, at) or _named_rate(report, item, found, at)
            near = [q for q in found[:at] if q.base != "%"]
            if pair is None or any(_agrees(a, b, rate) for a in near for b in near if _people(a) == _people(b)):
                continue
            part, whole = pair
            decimals = len(plain(rate.value).partition(".")[2])
            message = (
                f"按{part.count.quote}和{whole.count.quote}算应为{100 * part.value / whole.value:.{max(decimals, 1)}f}%，"
                f"报告写的是{rate.count.quote}，请核对。"
            )
            yield make(report, Rule.RATE, Severity.WARNING, message, [item.span])


def _of_which(report: Report, found: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Each whole with the run of parts that 其中 opens behind it."""
    for at in range(1, len(found)):
        opener = report.text[found[at - 1].span.end : found[at].span.start]
        mark = _OF_WHICH.search(opener)
        if mark is None or re.search(r"[。；]", opener[mark.start() :]) or len(opener) - mark.end() > 24:
            continue
        whole = next((q for q in reversed(found[:at]) if q.base == found[at].base and not _compared(report, q)), None)
        if whole is None or not _fits(whole, found[at]) or _in_list(report, found, whole):
            continue
        if "；" in report.text[whole.span.end : found[at].span.start]:
            continue
        parts = [found[at]]
        for q in found[at + 1 :]:
            between = report.text[parts[-1].span.end : q.span.start]
            if not _fits(whole, q) or re.search(r"[。；]|，.*，", between) or len(between) > _LONGEST_JOINT:
                break
            if not _LISTED.match(between) and not _exclusive(report, [*parts, q]):
                break
            parts.append(q)
        yield whole, parts


def _compared(report: Report, q: Quantity) -> bool:
    """Whether the quantity says by how much something grew against before (比上年增加55万元)."""
    start = max(report.text.rfind(mark, 0, q.span.start) for mark in "，。；\n") + 1
    return not level(q) and _AGAINST.search(report.text, start, q.span.start) is not None


def _fits(whole: Quantity, part: Quantity) -> bool:
    """Whether a part may be one of the whole: unit, and both reached, both aimed at or both former; 新增 may be either."""
    return whole.base == part.base and whole.base != "%" and whole.count.status is part.count.status


def _in_list(report: Report, found: Sequence[Quantity], q: Quantity) -> bool:
    """Whether the quantity ends a list (3个、5个), whose sum may be meant."""
    at = found.index(q)
    between = report.text[found[at - 1].span.end : q.span.start] if at else ""
    return bool(_LISTED.match(between)) and found[at - 1].base == q.base


def _sums_of_which(report: Report, item: Item, found: Sequence[Quantity]) -> Iterator[Check]:
    for whole, parts in _of_which(report, found):
        low, high = sum(p.low for p in parts), sum(p.high for p in parts)
        if len(parts) < 2 or parts[0].low > whole.high:
            continue
        total = amount(sum(p.value for p in parts), whole)
        listed = "、".join(p.count.quote for p in parts)
        if low > whole.high:
            sure = len(parts) > 2 or whole.base == "元" or _exclusive(report, parts)
            message = f"“其中”各项（{listed}）相加为{total}，多于总数{whole.count.quote}，{'' if sure else '若互不重叠，'}请核对。"
            yield make(report, Rule.SUM, Severity.ERROR if sure else Severity.HINT, message, [item.span])
        elif len(parts) > 2 and whole.exact and 0.9 * whole.low < high < whole.low:
            message = f"“其中”各项（{listed}）相加为{total}，与总数{whole.count.quote}略有出入，若已列全请核对。"
            yield make(report, Rule.SUM, Severity.HINT, message, [item.span])


def _exclusive(report: Report, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are called by words that exclude each other (国家级、省级)."""
    names = [report.text[max(0, p.span.start - _NEAR) : p.span.end + _NEAR] for p in parts]
    return any(all(any(word in name for word in group) for name in names) for group in check_words().exclusive)


def _sums_before_total(report: Report, item: Item, found: Sequence[Quantity]) -> Iterator[Check]:
    """甲3项、乙4项、丙5项，共12项."""
    for at in range(2, len(found)):
        total = found[at]
        if (
            not total.exact
            or not level(total)
            or not _TOTAL.fullmatch(report.text[found[at - 1].span.end : total.span.start])
        ):
            continue
        parts: list[Quantity] = []
        for q in reversed(found[:at]):
            between = report.text[q.span.end : parts[0].span.start] if parts else ""
            if parts and (
                not _JOINT.match(between) or re.search(r"[。；]|其中|每|各|平均", between) or len(between) > 18
            ):
                break
            if not same_kind(q, total):
                break
            parts.insert(0, q)
        sums = [(sum(p.low for p in parts[k:]), sum(p.high for p in parts[k:])) for k in range(len(parts) - 1)]
        if not sums or any(low <= total.high and total.low <= high for low, high in sums):
            continue
        if len(parts) == 2 and not report.text[parts[0].span.end :].startswith(("、", "和", "及")):
            continue
        listed = "、".join(p.count.quote for p in parts)
        message = (
            f"{listed}相加为{amount(sum(p.value for p in parts), total)}，报告写的合计是{total.count.quote}，请核对。"
        )
        yield make(report, Rule.SUM, Severity.ERROR, message, [item.span])


def _sums_in_brackets(report: Report, item: Item, found: Sequence[Quantity]) -> Iterator[Check]:
    """专利12件（发明专利3件、实用新型9件） and 分别为 behind a total."""
    for at, whole in enumerate(found):
        opener = report.text[whole.span.end : whole.span.end + 1]
        close = report.text.find("）" if opener == "（" else ")", whole.span.end, item.span.end)
        if opener not in ("（", "(") or close < 0 or not whole.exact:
            continue
        inside = report.text[whole.span.end : close]
        parts = [q for q in found[at + 1 :] if q.span.end <= close]
        complete = len(parts) > 1 and close - parts[-1].span.end <= 1 and not _OPEN.search(inside)
        if not complete or not all(same_kind(p, whole) for p in parts):
            continue
        between = [report.text[a.span.end : b.span.start] for a, b in pairwise(parts)]
        if not all(_JOINT.match(words) for words in between):
            continue
        low, high = sum(p.low for p in parts), sum(p.high for p in parts)
        if low > whole.high or high < whole.low:
            total = amount(sum(p.value for p in parts), whole)
            message = f"括号里各项相加为{total}，与前面的{whole.count.quote}不符，请核对。"
            yield make(report, Rule.SUM, Severity.WARNING, message, [item.span])


def _share(report: Report, found: Sequence[Quantity], at: int) -> tuple[Quantity, Quantity] | None:
    """Part and whole of 甲214人，其中乙96人，占44.9%, or 甲302人中乙86人，占28.5%."""
    if at < 2 or not _SHARE.fullmatch(report.text[found[at - 1].span.end : found[at].span.start]):
        return None
    whole, part = found[at - 2], found[at - 1]
    between = report.text[whole.span.end : part.span.start]
    if _AMONG.match(between) and same_kind(whole, part) and whole.value > 0:
        return part, whole
    for whole, parts in _of_which(report, found[:at]):
        if parts[-1] is found[at - 1] and len(parts) == 1 and whole.value > 0:
            return parts[-1], whole
    return None


def _named_rate(report: Report, item: Item, found: Sequence[Quantity], at: int) -> tuple[Quantity, Quantity] | None:
    """Part and whole of 立项128件，办结117件，办结率91.4%: the two counts before, the nearer one called by the stem of the rate."""
    name = _RATE.search(found[at].count.object or "")
    if name is None or at < 2:
        return None
    whole, part = found[at - 2], found[at - 1]
    before = report.text[whole.span.end : part.span.start]
    behind = report.text[part.span.end : found[at].span.start]
    if whole.count.status is Status.BASELINE:  # 由28家压减为2家: a change, not a part
        return None
    plain_counts = whole.exact and part.exact and level(whole) and level(part)
    if _people(whole) != _people(part) or whole.base == "%" or not plain_counts or whole.value < part.value:
        return None
    start = max(report.text.rfind(mark, item.span.start, whole.span.start) for mark in "，。；：") + 1
    if name["stem"] in report.text[max(start, item.span.start) : whole.span.start] or _UNDONE.search(before):
        return None
    beside = name["stem"] in before or behind.startswith(name["stem"])
    if (
        not beside
        or re.search(r"[。；]|其余|其中|每", before)
        or re.search(r"[。；]", behind)
        or len(before) > 16
        or len(behind) > 10
    ):
        return None
    return (part, whole) if whole.value > 0 else None


def _people(q: Quantity) -> str:
    """The unit, 人次 taken for 人: pass rates are told of either."""
    return q.base.removesuffix("次") or q.base


def _agrees(part: Quantity, whole: Quantity, rate: Quantity) -> bool:
    """Whether the rate, rounded or cut at its last digit, may come of the two counts, or is what is left (压减率)."""
    if whole.low <= 0 or part is whole:
        return False
    slack = 10.0 ** -len(plain(rate.value).partition(".")[2])
    low, high = 100 * part.low / whole.high - slack, 100 * part.high / whole.low + slack
    return low <= rate.value <= high or low <= 100 - rate.value <= high
