"""Writes the cleaned text: characters folded, blanks dropped, every kept character tied to its raw place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from huizong.cleaning.characters import fold, invisible, narrow, parted_thousands
from huizong.records import Line, Paragraph, Recognised, Segment, SourceMap, Span

# Characters that stand for themselves, never blank nor part of a Latin word: most of any report, written a run at a time.
_PLAIN = re.compile("[\u4e00-\u9fff，。、；：？！（）《》“”‘’…—]+")


@dataclass
class _Writer:
    """The text so far and its segments; `put` extends the open segment while characters stay neighbours."""

    lines: Sequence[Line]
    pieces: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    length: int = 0
    _start: int = 0
    _end: int = -1
    _line: int = -1
    _column: int = 0

    def put(self, run: str, line: int, column: int) -> None:
        """Characters that stand one after another in a raw line from `column` on."""
        at = self.length
        self.pieces.append(run)
        self.length = at + len(run)
        if line != self._line or at != self._end or self._column + at - self._start != column:
            self.close()
            self._start, self._line, self._column = at, line, column
        self._end = self.length

    def insert(self, character: str) -> None:
        """A character that stands nowhere in the file."""
        self.pieces.append(character)
        self.length += 1

    def take_back(self) -> None:
        """Removes the character inserted last."""
        self.length -= len(self.pieces.pop())

    def close(self) -> None:
        """Writes down the open segment."""
        if self._line >= 0:
            page = self.lines[self._line].page
            self.segments.append(
                Segment(start=self._start, end=self._end, line=self._line, column=self._column, page=page)
            )
        self._line = -1


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
        start = writer.length
        _write_paragraph(writer, group, splits_words)
        if writer.length == start:
            if paragraphs:
                writer.take_back()
            continue
        paragraphs.append(_paragraph(lines, group, Span(start, writer.length)))
    writer.close()
    return "".join(writer.pieces), tuple(paragraphs), SourceMap(tuple(writer.segments))


def _write_paragraph(writer: _Writer, group: Sequence[int], splits_words: bool) -> None:
    """The lines of one paragraph, a blank kept or set only where two Latin words meet."""
    previous = ""  # as written
    before = (-1, -1)  # its line and column
    for place, index in enumerate(group):
        text = writer.lines[index].text
        column, length = 0, len(text)
        parting: frozenset[int] | None = None  # only looked for where a blank stands between digits or letters
        while column < length:
            run = _PLAIN.match(text, column)
            if run is not None:
                writer.put(run.group(), index, column)
                column = run.end()
                previous, before = text[column - 1], (index, column - 1)
                continue
            character = text[column]
            if not invisible(character):
                folded = fold(character)
                if (
                    character == "．"
                    and previous.isdecimal()
                    and _following(writer.lines, group[place:], column).isdecimal()
                ):
                    folded = "."
                if previous and narrow(folded) and narrow(previous):
                    blank = _blank_before(text, index, column)
                    if before[0] == index:
                        if blank and parting is None:
                            parting = parted_thousands(text, opens=not place)
                        if blank and parting is not None and blank[1] not in parting:
                            writer.put(" ", *blank)
                    elif _blank_at_joint(writer.lines, before, previous, folded, column, splits_words):
                        writer.insert(" ")
                writer.put(folded, index, column)
                previous, before = folded, (index, column)
            column += 1


def _following(lines: Sequence[Line], group: Sequence[int], column: int) -> str:
    """The next character of the paragraph behind `column` of the group's first line that is not blank; "" at its end."""
    rest = "".join(lines[index].text for index in group)[column + 1 :]
    return next((character for character in rest if not invisible(character)), "")


def _blank_before(text: str, line: int, column: int) -> tuple[int, int] | None:
    """The place of the nearest true blank just before `column`, passing over what takes no room."""
    while column > 0 and invisible(text[column - 1]):
        column -= 1
        if text[column].isspace():
            return line, column
    return None


def _blank_at_joint(
    lines: Sequence[Line], before: tuple[int, int], previous: str, following: str, column: int, splits_words: bool
) -> bool:
    """Whether a blank belongs where two lines meet: it stood there, or two Latin words were wrapped."""
    line, end = before
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
