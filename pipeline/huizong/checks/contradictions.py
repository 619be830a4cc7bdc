"""Result against complaint: what a report calls done in one place and not done in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huizong.checks.places import heading, make, short
from huizong.lexicon.checks import check_words
from huizong.records import Check, Kind, Role, Rule, Section, Severity, Span
from huizong.report import Report

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_CHUNK = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_LEAD = re.compile(
    r"^(?:目前|当前|现在|但|而|且|一是|二是|三是|四是|五是|[一二三四五六七八九十]、|（[^）]*）|\d+[.．、]|截至目前)*"
)
_THINNING = re.compile(r"的|工作|建设|方面|部分|个别|有些|一些|少数|某些|整体|总体|全部|全面")
_PARTIAL = re.compile(r"部分|个别|有的|有些|一些|少数|某些|尚有|仍有|[还另]有\d|\d|完全|全面|充分|真正|彻底|各|全部")
_NEGATED = re.compile(
    r"(?:还没有|没有|尚未|未能|仍未|还未|并未|一直未)(?:能|得到|很好地?|较好地?|有效地?|正式|及时|真正|全面|完全|彻底)*"
)
_DONE = re.compile(r"了|已|顺利|圆满|成功|正式|全部")


def check_contradictions(report: Report) -> Iterator[Check]:
    """Complaints that something has not been done which the report tells among its results."""
    done = report.of_kind(Kind.MEASURE, Kind.ACHIEVEMENT)
    for item in report.of_kind(Kind.ISSUE):
        for match in _CLAUSE.finditer(report.text, item.span.start, item.span.end):
            topic, verb = _complaint(match.group())
            if not topic:
                continue
            other = next((d for d in done if _tells(d.text, topic, verb)), None)
            if other is not None:
                message = f"问题里说“{short(match.group())}”，前文又说“{short(other.text)}”，说法相反，请核对。"
                yield make(report, Rule.CONTRADICTION, Severity.WARNING, message, [other.span, Span(*match.span())])
                break
            told = _own_business(report, topic)
            if told is not None and len(done) > 2:
                message = (
                    f"“{heading(told)}”部分写了{len(done)}条措施和成效，问题里却说“{short(match.group())}”，"
                    "前后说法不一，请核对。"
                )
                yield make(report, Rule.CONTRADICTION, Severity.WARNING, message, [told.span, Span(*match.span())])
                break


def _complaint(clause: str) -> tuple[str, str]:
    """What has not been done, and the verb; two empty strings for a clause that says no such thing, or only of a part.

    >>> _complaint("但产业学院尚未建立"), _complaint("部分课程尚未完成验收")
    (('产业学院', '建立'), ('', ''))
    """
    negation = _NEGATED.search(clause)
    if negation is None or _PARTIAL.search(clause[: negation.start()]) or _PARTIAL.search(clause[negation.end() :]):
        return "", ""
    if re.search("完全|全面|充分|真正|彻底", negation.group()):
        return "", ""
    verb = next((v for v in check_words().verbs if clause[negation.end() :].startswith(v)), "")
    topic = _THINNING.sub("", _LEAD.sub("", clause[: negation.start()]))
    behind = clause[negation.end() + len(verb) :]
    if (
        not verb or len(behind) > 1
    ):  # 尚未建立甲: what is not there follows the verb, and is named by more than can be compared
        return "", ""
    return (topic, verb) if _CHUNK.fullmatch(topic) and len(topic) > 2 else ("", "")


def _tells(text: str, topic: str, verb: str) -> bool:
    """Whether a statement says in one clause that just this was done."""
    for clause in _CLAUSE.findall(text):
        if _NEGATED.search(clause) or _PARTIAL.search(clause) or not _DONE.search(clause):
            continue
        thin = _THINNING.sub("", clause)
        if topic in thin and verb in clause:
            return True
    return False


def _own_business(report: Report, topic: str) -> Section | None:
    """The section on progress, when the topic is what the whole report is about: its own and its partner's names and work."""
    names = [alias for pair in report.aliases for alias in (pair.name, pair.alias)]
    names += [name for name in (report.meta.reporter, *report.meta.partners) if name]
    rest = topic
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "")
    named = rest != topic
    if not named or len(rest) < 2 or report.text.count(rest) < 5 or len(rest) > 6:
        return None
    return next((s for s in report.sections if s.level == 1 and s.role is Role.PROGRESS), None)
