"""Where a table stands in the text: its section, and the words right before it."""

from __future__ import annotations

from huizong.records import CleanDocument, Outline, Section, Table

_SHORT = 40


def place_of(document: CleanDocument, table: Table) -> int | None:
    """The offset, in the cleaned text, at which the lines before the table end; `None` where its place is not known."""
    if table.lines_before is None:
        return None
    ends = [s.end for s in document.source_map.segments if s.line < table.lines_before]
    return max(ends, default=0)


def section_at(document: CleanDocument, outline: Outline, table: Table) -> Section | None:
    """The section in which the table stands; `None` where its place is not known or no heading stands before it."""
    place = place_of(document, table)
    if place is None:
        return None
    before = [s for s in outline.sections if s.span.end <= place and s.level > 0]
    return before[-1] if before else None


def words_before(document: CleanDocument, table: Table) -> str:
    """The short line right before the table (its caption, 单位：万元); "" for a sentence or an unknown place."""
    place = place_of(document, table)
    if not place:
        return ""
    words = document.text[document.text.rfind("\n", 0, place) + 1 : place].strip()
    return words if len(words) <= _SHORT and not words.endswith(("。", "；")) else ""
