"""The heading tree of a report and the sentences under it.

`build_outline` is the entry; `title_role` tells what a title alone says of its section.

What is a heading: a numbered line, a line that the file's own style or layout marks, a
numbered topic sentence that opens a paragraph (“一是注重人才培养。”). Levels are depths: the numbering systems that the report
uses, in the order of official writing, the highest being 1; the title is 0; run-in topics are 4 (GUIDELINES §2).
Not handled: headings in the middle of a paragraph.
"""

from __future__ import annotations

from huizong.outline.headings import find_headings
from huizong.outline.levels import Heading, title_of
from huizong.outline.numbering import numbering
from huizong.outline.parts import Parts
from huizong.outline.roles import own_role, plans_ahead, plans_throughout, role_reason, section_role, title_role
from huizong.outline.sentences import sentence_spans
from huizong.outline.standing import goes_on, opens_chapter
from huizong.records import CleanDocument, Outline, Role, Section, Sentence, Span

__all__ = [
    "build_outline",
    "goes_on",
    "opens_chapter",
    "own_role",
    "plans_ahead",
    "plans_throughout",
    "role_reason",
    "title_role",
]


def build_outline(document: CleanDocument) -> Outline:
    """The sections and sentences of `document`, both in reading order; ids count from s1."""
    text = document.text
    cut = [sentence_spans(text, p.span) for p in document.paragraphs]
    headings = find_headings(document, cut)
    parts = Parts(document, headings, [spans[0].of(text) if spans else "" for spans in cut])
    sections = _tree(document, headings, parts)
    return Outline(sections=sections, sentences=_sentences(document, cut, sections, parts))


def _tree(document: CleanDocument, headings: list[Heading], parts: Parts) -> tuple[Section, ...]:
    levels = parts.levels
    sections: list[Section] = []
    open_sections: list[Section] = []
    planned = plans_throughout([title_of(document.text, heading) for heading in headings if heading.title])
    for position, heading in enumerate(headings):
        level = levels[position]
        while open_sections and open_sections[-1].level >= level:
            open_sections.pop()
        parent = open_sections[-1] if open_sections else None
        number = heading.number.words if heading.number else ""
        title = title_of(document.text, heading)
        inherited = parent.role if parent and parent.level > 0 else None
        inherited = parts.led.get(heading.paragraph, inherited)
        if level == 0:
            role = Role.OTHER
        else:
            end = parts.end(position)
            under = document.text[heading.span.end : end]
            role = section_role(title, inherited, under, last=end == len(document.text), planned=planned)
        section = Section(
            id=f"s{position + 1}",
            parent=parent.id if parent else None,
            level=level,
            number=number,
            title=title,
            role=role,
            span=heading.span,
            page=document.source_map.page(heading.span.start),
            reason=_reason(heading, level, role_reason(title, inherited, planned=planned)),
        )
        sections.append(section)
        open_sections.append(section)
    return tuple(sections)


def _reason(heading: Heading, level: int, role: str) -> str:
    """What told level and, as `role` says, the role of a heading, in Chinese."""
    if level == 0:
        return "层级：报告开头的标题行"
    if heading.number is not None:
        told = f"编号“{heading.number.words.strip()}”"
    else:
        told = "文件里的标题样式" if heading.style_level else "章节用语的短行" if heading.chapter else "没有编号的短行"
    return f"层级：{told}；角色：{role}"


def _sentences(
    document: CleanDocument, cut: list[list[Span]], sections: tuple[Section, ...], parts: Parts
) -> tuple[Sentence, ...]:
    by_start, by_id = {s.span.start: s for s in sections}, {s.id: s for s in sections}
    current: Section | None = None
    out = []
    for index, spans in enumerate(cut):
        while current is not None and parts.is_past(current.span.start, index):
            current = by_id.get(current.parent or "")
        led = parts.led.get(index)
        for span in spans:
            opened = by_start.get(span.start)
            current = opened or current
            number = numbering(span.of(document.text)) if opened is None else None
            out.append(
                Sentence(
                    span=span,
                    paragraph=index,
                    heading=opened is not None,
                    section=current.id if current else None,
                    role=led or (current.role if current else Role.BACKGROUND),
                    lead=number.words.strip() if number else "",
                )
            )
    return tuple(out)
