"""One thing stated twice: with two values in the text, in text and table, by a list and its length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from huizong.checks.places import make, short
from huizong.checks.quantities import Quantity, level, quantity
from huizong.lexicon.checks import check_words
from huizong.lexicon.units import counting_words
from huizong.records import Check, Count, Nature, Rule, Severity, Span, Status
from huizong.report import Report

_NEAREST = 1.5
"""Two values further apart than this factor are hardly the same thing."""

_LEAST_NAME = 5
"""Characters from which on a name that is not in the list of stocks is taken to mean one thing only."""

_QUALIFIED = re.compile(r"其中|分别|[另还]有|余下|其余|新|增|减|平均|每|各|目标|计划|预计|原")
_WHOLE = re.compile(
    r"(?:学校|全校|我校|我院|全院|学院|截[至止到]|目前|当前|[现共拥]?有|现|共|达到?|已|全日制|在岗|在编|全体|年?[底末]|月底"
    r"|20\d\d[年届学]*|\d{1,2}月|\d{1,2}日|的|，)*"
)
"""What may stand before the thing when it is told of the whole school, not of a department or another school."""

_COHORT = re.compile(r"20\d\d届")
_BRACKETS = re.compile(r"[（(《“「][^（）()《》“”「」]*[）)》”」]")
_LINKED = re.compile(r"[的和与及在对以为了\d]|两[个校地]")
_GENERAL = re.compile(r"^(?:数量|人数|总数|合计|总计|小计|数|值|数值|金额|个数|本年|当年|本校|全校|指标|完成情况)$")


def check_values(report: Report) -> Iterator[Check]:
    """The same thing with two values."""
    groups: defaultdict[tuple[object, ...], list[Quantity]] = defaultdict(list)
    for count in report.counts:
        q = quantity(count)
        if q is None or count.table is not None or not _single(report, q):
            continue
        key = (count.object, q.base, count.subject, count.year, count.level, _flow(count), _cohort(report, q))
        groups[key].append(q)
    for (name, *_), found in groups.items():
        first = found[0]
        for other in found[1:]:
            apart = first.count.item != other.count.item and (first.low > other.high or other.low > first.high)
            if apart and max(first.value, other.value) <= _NEAREST * min(first.value, other.value):
                message = (
                    f"“{short(str(name))}”前面写{first.count.quote}，后面写{other.count.quote}，前后不一致，请核对。"
                )
                yield make(report, Rule.TWO_VALUES, Severity.WARNING, message, [first.span, other.span])
                break


def _single(report: Report, q: Quantity) -> bool:
    """Whether the count is an exact amount of a thing that a report has only one number for, told of the whole school."""
    name = q.count.object or ""
    named = name in check_words().stock or (len(name) >= _LEAST_NAME and q.count.nature is Nature.CUMULATIVE)
    if not named or not q.exact or not level(q) or q.count.status is not Status.ACTUAL:
        return False
    start, before = _clause(report, q)
    if _QUALIFIED.search(report.text, max(0, start - 4), q.span.start):
        return False
    return _WHOLE.fullmatch(before.partition(name)[0] if name in before else before) is not None


def _clause(report: Report, q: Quantity) -> tuple[int, str]:
    """Where the clause of a count begins, and its words up to the count."""
    start = max(report.text.rfind(mark, 0, q.span.start) for mark in "，。；：、\n") + 1
    return start, report.text[start : q.span.start]


def _cohort(report: Report, q: Quantity) -> str:
    """The class of graduates that the clause speaks of (2021届), "" when it does not say."""
    found = _COHORT.search(_clause(report, q)[1])
    return found.group() if found else ""


def _flow(count: Count) -> bool:
    return count.nature in (Nature.NEW, Nature.PERIOD)


def check_tables(report: Report) -> Iterator[Check]:
    """A number of the text that differs from that of the table."""
    cells: defaultdict[tuple[str, str], list[tuple[Count, Quantity]]] = defaultdict(list)
    for count in report.counts:
        q = quantity(count) if count.table is not None else None
        if q is not None and count.object:
            for name in _names(count.object):
                cells[name, q.base].append((count, q))
    for count in report.counts:
        q = quantity(count) if count.table is None and count.object else None
        if q is None or not q.exact or not level(q) or count.status is not Status.ACTUAL:
            continue
        same = cells.get((count.object or "", q.base), [])
        fitting = [c for c, _ in same if c.year in (None, count.year) and c.status is Status.ACTUAL]
        if not fitting or any(cell.low <= q.high and q.low <= cell.high for _, cell in same) or len(fitting) > 1:
            continue
        cell = fitting[0]
        other = quantity(cell)
        if other is None or max(q.value, other.value) > _NEAREST * min(q.value, other.value):
            continue
        caption = report.tables[cell.table].caption if cell.table is not None else ""
        where = f"表格“{short(caption)}”" if caption else f"第{cell.page}页的表格"
        message = f"“{short(count.object or '')}”正文写{count.quote}，{where}里是{cell.quote}，请核对。"
        yield make(report, Rule.TEXT_TABLE, Severity.WARNING, message, [count.span])


def _names(name: str) -> set[str]:
    """What a cell may be called in the text: its whole name, and its one telling part where the others say nothing."""
    parts = [part for part in re.split(r"[·\n]", name) if part]
    telling = [part for part in parts if not _GENERAL.match(part)]
    return {"".join(parts), "".join(telling), "".join(reversed(telling))}


def check_lists(report: Report) -> Iterator[Check]:
    """“甲、乙、丙、丁等3个”: more names than the number says."""
    for count in report.counts:
        if count.table is not None or not count.listed or count.approx or count.high is not None:
            continue
        item = report.item_by_id.get(count.item or "")
        if item is None or unit_scale(count):
            continue
        names = _listed(report.text[item.span.start : count.span.start])
        if len(names) > count.value:
            message = f"“等{count.quote}”前面列出了{len(names)}个（{short('、'.join(names))}），个数不符，请核对。"
            start = item.span.start + report.text[item.span.start : count.span.start].rfind(names[0])
            yield make(report, Rule.LIST_LENGTH, Severity.WARNING, message, [Span(start, count.span.end)])


def unit_scale(count: Count) -> bool:
    """Whether the unit counts thousands (3万个): no list is as long."""
    return count.unit.startswith(("万", "亿", "千", "百"))


def _listed(before: str) -> list[str]:
    """The names listed directly before 等, as far back as it is sure that they are one list; none when there is no 、.

    >>> _listed("新增大数据技术、人工智能、风景园林等"), _listed("加强与甲校、乙校的合作、丙校、丁校等")
    (['新增大数据技术', '人工智能', '风景园林'], ['丙校', '丁校'])
    """
    plain = _BRACKETS.sub(lambda match: "某" * len(match.group()), before)
    if not plain.endswith("等"):
        return []
    start = max(plain.rfind(mark) for mark in "，。；：:;\n") + 1
    names, masked, at = [], plain[start:-1].split("、"), start
    for part in masked:
        names.append(before[at : at + len(part)])
        at += len(part) + 1
    for k in range(len(names) - 2, 0, -1):
        if _LINKED.search(masked[k]):
            return names[k + 1 :]
        if masked[k].startswith(_verbs()):
            return names[k:]
    return names if len(names) > 1 else []


@cache
def _verbs() -> tuple[str, ...]:
    """Verbs that open a new clause inside of what looks like one list (加强党建、新建甲、乙等2个)."""
    return tuple(verb for verb in counting_words().strong if len(verb) > 1)
