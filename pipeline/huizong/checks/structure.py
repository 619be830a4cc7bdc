"""What a report lacks as a document: sections on issues or plans, bodies under headings, figures and tables that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huizong.checks.places import heading, make, page_of, paragraph, short
from huizong.records import Check, Item, Kind, Role, Rule, Section, Severity, Span
from huizong.report import Report

_LEAST_ITEMS = 12
"""A text of fewer statements is a notice or a note, of which nobody expects all sections."""

_LEAST_DONE = 0.4
"""The share of measures and achievements among the statements of a report on work done."""

_NUMBER = r"(?P<number>\d+(?:[-－.]\d+)*|[一二三四五六七八九十]+)"
_CAPTION = re.compile(
    rf"(?P<what>[图表])[ ]?{_NUMBER}(?!(?:所|中|可|是|显|给|列|为))[ ：:.、]?(?P<title>[^。；\n]{{0,40}})$"
)
_MENTION = re.compile(rf"(?:(?<!列)如|见|(?<!数)据|参见|详见)(?P<what>[图表])[ ]?{_NUMBER}(?![\\d张个份项余多])")
_NO_REPORT = re.compile(r"通知|办法|方案|意见|条例|规定|章程|公告|函$|要点|比对|成果")
_REPORT = re.compile(r"报告|总结|汇报|小结|年报|情况|述职")
_WITH_PICTURES = ("pdf", "docx")
_CLOSED = re.compile(r"[。；！？：:;]$")
_TABLE_TITLE = re.compile(r"(?:汇总表|一览表|统计表|明细表|清单|附件|附表|附录)$")


def check_sections(report: Report) -> Iterator[Check]:
    """Reports on work that say nothing of what is wrong or of what comes next."""
    done = report.of_kind(Kind.MEASURE, Kind.ACHIEVEMENT)
    title = report.meta.title or report.source.name
    if not _REPORT.search(title) or _NO_REPORT.search(report.text[: report.text.find("\n", 80)]):
        return
    if len(report.items) < _LEAST_ITEMS or len(done) < _LEAST_DONE * len(report.items):
        return
    for role, kind, what in ((Role.ISSUES, Kind.ISSUE, "存在的问题"), (Role.PLANS, Kind.PLAN, "下一步计划")):
        if not report.of_kind(kind) and not any(s.role is role for s in report.sections):
            yield make(report, Rule.MISSING_SECTION, Severity.WARNING, f"整篇报告没有写{what}。", [])


def check_bodies(report: Report) -> Iterator[Check]:
    """Headings with nothing under them."""
    sections = report.sections
    filled = {item.section for item in report.items} | {section.parent for section in sections}
    empty = [section.id not in filled and section.level > 0 for section in sections]
    for at, section in enumerate(sections):
        beside = any(empty[max(0, at - 1) : at] + empty[at + 1 : at + 2])
        if not empty[at] or beside or not section.number or _CLOSED.search(section.title.rstrip()):
            continue
        if _expected(sections, section, filled) and not _has_table(report, at):
            message = f"标题“{heading(section)}”后面没有正文，也没有表格。"
            yield make(report, Rule.HEADING_WITHOUT_BODY, Severity.WARNING, message, [section.span])


def _expected(sections: Sequence[Section], section: Section, filled: set[str | None]) -> bool:
    """Whether the heading names a table or list to come, or is one of several of its kind that do have a body."""
    if _TABLE_TITLE.search(section.title):
        return True
    kin = [s for s in sections if s.level == section.level and s.parent == section.parent and s is not section]
    return len(kin) > 1 and all(s.id in filled for s in kin)


def _has_table(report: Report, at: int) -> bool:
    """Whether a table may stand under the heading: on its pages up to the next heading."""
    page = report.sections[at].page
    last = report.sections[at + 1].page if at + 1 < len(report.sections) else 1 << 30
    tables = any(page <= table.page <= last for table in report.tables)
    return tables or any(page <= picture <= last for picture in report.pictures or ())


def check_objects(report: Report) -> Iterator[Check]:
    """Captions without a picture, and figures and tables that are named but have no caption."""
    captions: set[tuple[str, str]] = set()
    for span, match in _captions(report):
        captions.add((match["what"], match["number"]))
        page = page_of(report, span.start)
        if match["what"] == "图" and report.pictures is not None and report.source.format in _WITH_PICTURES:
            if not {page - 1, page, page + 1} & set(report.pictures):
                message = f"只有图题“{short(span.of(report.text))}”，没有图。"
                yield make(report, Rule.MISSING_OBJECT, Severity.WARNING, message, [span])
        elif match["what"] == "表" and report.source.format == "docx" and not report.tables:
            message = f"只有表题“{short(span.of(report.text))}”，没有表。"
            yield make(report, Rule.MISSING_OBJECT, Severity.WARNING, message, [span])
    captions |= {key for table in report.tables if (key := _key(table.caption)) is not None}
    told: set[tuple[str, str]] = set()
    for match in _MENTION.finditer(report.text):
        key = (match["what"], match["number"])
        uncaptioned = any(not table.caption for table in report.tables) or bool(report.pictures)
        if key not in captions and key not in told and not (uncaptioned and not captions):
            told.add(key)
            message = f"文中说“{match.group()}”，报告里没有找到{match['what']}{match['number']}。"
            yield make(report, Rule.MISSING_OBJECT, Severity.WARNING, message, [Span(*match.span())])


def _captions(report: Report) -> Iterator[tuple[Span, re.Match[str]]]:
    """The paragraphs that are captions of a figure or table."""
    for item in report.items:
        span = _line(report, item)
        match = _CAPTION.match(report.text, span.start, span.end)
        if match is not None and match.end() == span.end:
            yield span, match


def _line(report: Report, item: Item) -> Span:
    return paragraph(report.text, item.span)


def _key(caption: str) -> tuple[str, str] | None:
    match = _CAPTION.match(caption)
    return (match["what"], match["number"]) if match else None
