"""Writes the cleaned text: characters folded, blanks dropped, every kept character tied to its raw place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from huizong.cleaning.characters import fold, invisible, narrow
from huizong.records import Line, Paragraph, Recognised, Segment, SourceMap, Span


@dataclass
class _Writer:
    """The text so far and its segments; `put` extends the last segment while characters stay neighbours."""

    lines: Sequence[Line]
    text: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def put(self, character: str, line: int, column: int) -> None:
        at = len(self.text)
        self.text.append(character)
        last = self.segments[-1] if self.segments else None
        if last and last.line == line and last.end == at and last.column + at - last.start == column:
            self.segments[-1] = Segment(start=last.start, end=at + 1, line=line, column=last.column, page=last.page)
        else:
            page = self.lines[line].page
            self.segments.append(Segment(start=at, end=at + 1, line=line, column=column, page=page))

    def insert(self, character: str) -> None:
        """A character that stands nowhere in the file."""
        self.text.append(character)


def compose(
    lines: Sequence[Line], groups: Sequence[Sequence[int]], *, splits_words: bool
) -> tuple[str, tuple[Paragraph, ...], SourceMap]:
    """Text, paragraphs and map of the paragraphs given as groups of line indices.

    `splits_words` says that lines were cut without regard to words, so that no blank belongs at a line end.
    """
    writer = _Writer(lines)
    paragraphs: list[Paragraph] = []
    for group in groups:
        if paragraphs:
            writer.insert("\n")
        start = len(writer.text)
        _write_paragraph(writer, group, splits_words)
        if len(writer.text) == start:
            if paragraphs:
                writer.text.pop()
            continue
        paragraphs.append(_paragraph(lines, group, Span(start, len(writer.text))))
    return "".join(writer.text), tuple(paragraphs), SourceMap(tuple(writer.segments))


def _write_paragraph(writer: _Writer, group: Sequence[int], splits_words: bool) -> None:
    """The lines of one paragraph, a blank kept or set only where two Latin words meet."""
    previous = ""
    blank: tuple[int, int] | None = None
    joint = False
    cells = list(_visible(writer.lines, group))
    for at, (line, column, character) in enumerate(cells):
        joint = at > 0 and cells[at - 1][0] != line
        blank = _blank_before(writer.lines[line].text, line, column)
        folded = fold(character)
        following = cells[at + 1][2] if at + 1 < len(cells) else ""
        if character == "．" and previous.isdecimal() and following.isdecimal():
            folded = "."
        if previous and narrow(previous) and narrow(folded):
            if not joint and blank:
                writer.put(" ", *blank)
            elif joint and _blank_at_joint(writer.lines, cells[at - 1], previous, folded, column, splits_words):
                writer.insert(" ")
        writer.put(folded, line, column)
        previous = folded


def _visible(lines: Sequence[Line], group: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """(line, column, character) of what is not blank."""
    for index in group:
        for column, character in enumerate(lines[index].text):
            if not invisible(character):
                yield index, column, character


def _blank_before(text: str, line: int, column: int) -> tuple[int, int] | None:
    """The place of the nearest true blank just before `column`, passing over what takes no room."""
    while column > 0 and invisible(text[column - 1]):
        column -= 1
        if text[column].isspace():
            return line, column
    return None


def _blank_at_joint(
    lines: Sequence[Line], before: tuple[int, int, str], previous: str, following: str, column: int, splits_words: bool
) -> bool:
    """Whether a blank belongs where two lines meet: it stood there, or two Latin words were wrapped."""
    line, end, _ = before
    tail, head = lines[line].text[end + 1 :], column > 0
    if splits_words:
        return any(ch.isspace() for ch in tail) or head
    # Digits alone may be one number that a careless tool cut; ISO 9001 and 5 GHz were wrapped at their blank.
    return previous.isalnum() and following.isalnum() and not (previous.isdecimal() and following.isdecimal())


def recognised(lines: Sequence[Line], source_map: SourceMap) -> tuple[Recognised, ...]:
    """The stretches of the text whose lines were read from pictures, one for each segment of the map."""
    return tuple(
        Recognised(span=Span(segment.start, segment.end), confidence=confidence)
        for segment in source_map.segments
        if (confidence := lines[segment.line].confidence) is not None
    )


def _paragraph(lines: Sequence[Line], group: Sequence[int], span: Span) -> Paragraph:
    """The record of a written paragraph: looks are those of its first line, bold only when all of it is."""
    first = lines[group[0]]
    return Paragraph(
        span=span,
        heading_level=first.heading_level,
        bold=all(lines[index].bold for index in group),
        size_pt=first.size_pt,
        centred=first.centred or all(centred(lines[index]) for index in group),
    )


def centred(line: Line) -> bool:
    """Whether the line stands in the middle of its page, clearly narrower than a full line."""
    if line.box is None or line.page_width_pt is None:
        return False
    left, right = line.box.x0_pt, line.page_width_pt - line.box.x1_pt
    return min(left, right) > 0.2 * line.page_width_pt and abs(left - right) < 0.06 * line.page_width_pt
