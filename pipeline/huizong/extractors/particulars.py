"""By when and by whom a plan is to be done, and why an issue is there: words of the statement itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huizong.extractors.clauses import clauses
from huizong.extractors.tasks import DEPARTMENT
from huizong.lexicon.cues import found_cues
from huizong.records import Item, Kind, Particular, ParticularKind, Span

_YEAR = r"(?:20\d\d年|今年|明年|后年|本年度?|当年|来年|(?:本|上|下|新)?学[年期])"
_PART = r"(?:上半年|下半年|年中|\d{1,2}月份?(?:\d{1,2}日)?|(?:第?[一二三四]|[1-4])季度|暑假|寒假|[春秋]季学期)"
_EDGE = r"(?:[底末初]|[上中下]旬)?(?:以?之?前|以?内|期间)?"
_DEADLINE = re.compile(
    rf"(?:(?:到|至|于|在|自)?(?:{_YEAR}{_PART}|{_YEAR}(?=[底末初前内])|{_PART}|20\d\d年){_EDGE}"
    rf"|(?:到|至)?年(?:底|末|内|终)(?:以?之?前)?|(?:两|三|四|五|[2-5])年(?:以?之?内|时间)|(?:学期|学年)[末底初](?:以?之?前)?"
    rf"|“?十[三四五六]五”?(?:期间|末))"
)
_BOUND = re.compile(r"^[到至于在自]|(?:[底末初终前内]|期间|时间|旬)$")
"""What makes a time expression a limit, not only a date."""

_AIMED = re.compile(r"(?:力争|争取|计划|确保|将于|预计|拟于?|^|[，；。：])$")
"""What stands before a bare date by which something is to be done."""

_PAST = re.compile(r"^(?:的基础|以来|计划的|[^，。；]{0,10}(?:已|了))")
_DUTY = re.compile(
    r"(?:由|请|责成)(?P<by>[^，。；、（）]{2,16}?(?:[、和与及][^，。；（）]{2,16}?){0,3})(?:牵头|负责|承担|组织|落实|统筹|解决|制定|提出|配合)"
    r"|(?:牵头|责任|承办|主办|配合)(?:单位|部门|科室|股室|处室|人|领导)?[：:](?P<named>[^，。；）)]{2,40})"
)
_WHY = re.compile(
    r"(?:主要)?(?:是)?(?:由于|因为|鉴于)|^因(?!此|而|材|地|势)|(?:主要|究其|根本)?原因(?:在于|是)|受(?!限)(?=[^，。；]{2,24}(?:影响|限制|制约))"
)
_OPEN_ENDED = ("由于", "因为", "鉴于", "在于", "是")
"""Words for a reason that may run over several clauses."""

_SO = re.compile(r"^(?:也|从而|因此|因而|进而)?(?:导致|造成|使得|致使|制约|影响|因此|所以)")


def find_particulars(text: str, items: Sequence[Item]) -> tuple[Particular, ...]:
    """Deadlines and owners of plans, causes of issues, in reading order; at most one of a kind for a statement."""
    found: list[Particular] = []
    for item in items:
        if item.kind is Kind.PLAN:
            found += _particular(text, item, ParticularKind.DEADLINE, _deadline(text, item.span))
            found += _particular(text, item, ParticularKind.OWNER, _owner(text, item.span))
        elif item.kind is Kind.ISSUE:
            found += _particular(text, item, ParticularKind.CAUSE, _cause(text, item.span))
    return tuple(found)


def _particular(text: str, item: Item, kind: ParticularKind, span: Span | None) -> Iterator[Particular]:
    if span is not None:
        yield Particular(item=item.id, kind=kind, span=span, quote=span.of(text))


def _deadline(text: str, sentence: Span) -> Span | None:
    """The first time expression of a plan that sets a limit; else the first bare date that is aimed at."""
    aimed: Span | None = None
    for match in _DEADLINE.finditer(text, sentence.start, sentence.end):
        if _PAST.match(text[match.end() : sentence.end]):
            continue
        if _BOUND.search(match.group()):
            return Span(*match.span())
        if aimed is None and _AIMED.search(text[sentence.start : match.start()]):
            aimed = Span(*match.span())
    return aimed


def _owner(text: str, sentence: Span) -> Span | None:
    """Who is to do it, where the plan says 由…负责 or 责任单位：…, else the department with which a clause begins."""
    duty = _DUTY.search(text, sentence.start, sentence.end)
    if duty is not None:
        group = "by" if duty["by"] else "named"
        return Span(*duty.span(group))
    for clause in clauses(text, sentence):
        department = DEPARTMENT.match(text, clause.start, clause.end)
        if department is not None:
            return Span(*department.span())
    return None


def _cause(text: str, sentence: Span) -> Span | None:
    """The clauses that give the reason: from 由于 … to the clause that says what is wrong, or all before 导致."""
    parts = clauses(text, sentence)
    for at, clause in enumerate(parts):
        why = _WHY.search(text, clause.start, clause.end)
        if why is not None:
            end = clause.end
            for later in parts[at + 1 :] if why.group().endswith(_OPEN_ENDED) else ():
                words = later.of(text)
                if _SO.match(words) or "issue" in found_cues(words):
                    break
                end = later.end
            return Span(why.start(), end)
        if at and _SO.match(clause.of(text)):
            return Span(parts[0].start, parts[at - 1].end)
    return None
