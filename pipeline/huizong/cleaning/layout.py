"""Paragraphs of a PDF, from where its lines stand: right edge, indent, vertical gap, size, bold, centring."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from huizong.cleaning.characters import CLOSING, room_for
from huizong.cleaning.markers import caption, closed, marker, must_go_on, stands_as_heading
from huizong.cleaning.notes import footnotes
from huizong.records import Box, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the body text of pages of one format stands.

    `leading_pt` is the usual distance of two lines; `indents_pt` are the places right of `left_pt` where many lines begin.
    """

    left_pt: float
    right_pt: float
    leading_pt: float
    size_pt: float
    indents_pt: tuple[float, ...]


def by_layout(lines: Sequence[Line], inked: Sequence[int]) -> list[list[int]]:
    """Groups of line indices, each a paragraph. Every line must have a box.

    Footnotes come behind the paragraph that they stand under, even where it goes on on the next page.
    """
    notes = footnotes(lines, inked)
    aside = {index for note in notes for index in note}
    body = [index for index in inked if index not in aside]
    frames = _frames([lines[index] for index in body])
    groups: list[list[int]] = []
    text = ""
    for at, index in enumerate(body):
        if at and not _ends(lines, groups[-1], index, text, frames):
            groups[-1].append(index)
            text += lines[index].text
        else:
            groups.append([index])
            text = lines[index].text
    return _with_notes(groups, notes)


def _with_notes(groups: Sequence[list[int]], notes: Sequence[list[int]]) -> list[list[int]]:
    """The paragraphs, each followed by the notes that begin before the next paragraph does."""
    placed: list[list[int]] = []
    rest = list(notes)
    for group, following in itertools.zip_longest(groups, groups[1:]):
        placed.append(group)
        while rest and (following is None or rest[0][0] < following[0]):
            placed.append(rest.pop(0))
    return placed


def _format(line: Line) -> tuple[int, int, int]:
    """The page format and column that a line's frame is kept for."""
    return round(line.page_width_pt or 0), round(line.page_height_pt or 0), line.column


def _box(line: Line) -> Box:
    if line.box is None:
        raise ValueError("a line without a box")
    return line.box


def _size(line: Line) -> float:
    return line.size_pt or _box(line).bottom_pt - _box(line).top_pt


def _frames(lines: Sequence[Line]) -> dict[tuple[int, int, int], _Frame]:
    """The frame of each page format."""
    by_format: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_format[_format(line)].append(line)
    return {key: _frame(group) for key, group in by_format.items()}


def _frame(lines: Sequence[Line]) -> _Frame:
    """The frame of these lines: edges are where most lines end and where enough of them begin."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_size(line)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(_size(line) - size) < 0.08 * size] or list(lines)
    lefts = Counter(round(_box(line).x0_pt / 2) * 2 for line in body)
    enough = max(2.0, 0.08 * len(body))
    left = min((x for x, times in lefts.items() if times >= enough), default=min(_box(line).x0_pt for line in body))
    widest = max(_box(line).x1_pt - _box(line).x0_pt for line in body)
    rights = Counter(round(_box(line).x1_pt / 2) * 2 for line in body if _box(line).x1_pt - left > 0.8 * widest)
    right = max(rights.items(), key=lambda item: (item[1], item[0]))[0] if rights else left + widest
    steps = [
        _box(b).bottom_pt - _box(a).bottom_pt
        for a, b in itertools.pairwise(body)
        if (a.page, a.column) == (b.page, b.column) and _box(b).bottom_pt > _box(a).bottom_pt + 0.5 * size
    ]
    leading = median(steps) if steps else 1.5 * size
    indents = tuple(float(x) for x, times in lefts.items() if times >= enough and x > left)
    return _Frame(left_pt=left, right_pt=right, leading_pt=leading, size_pt=size, indents_pt=indents)


def _ends(
    lines: Sequence[Line], group: Sequence[int], index: int, text: str, frames: dict[tuple[int, int, int], _Frame]
) -> bool:
    """Whether the paragraph of `group`, whose words are `text`, ends before the line `index`."""
    a, b = lines[group[-1]], lines[index]
    frame = frames[_format(a)]
    em = _size(a)
    if a.ends_paragraph is not None:
        return a.ends_paragraph
    if b.text.lstrip()[0] in CLOSING:
        return False
    if abs(_size(a) - _size(b)) > 0.08 * em or caption(text.strip()) or caption(b.text.strip()):
        return True
    if a.page == b.page and _parted(a, b, frame):
        return True
    middle_a, middle_b = _in_the_middle(a, frame), _in_the_middle(b, frames[_format(b)])
    if em > 1.1 * frame.size_pt and middle_b and _fills(a, frame) and a.bold == b.bold:
        return closed(a.text)  # a title whose first line is full
    if middle_a or middle_b:
        title = em > 1.1 * frame.size_pt or (a.bold and b.bold)
        return not (middle_a and middle_b and title and a.bold == b.bold and not closed(a.text))
    if a.bold and not b.bold and not must_go_on(text):
        return True
    indent = _box(b).x0_pt - frames[_format(b)].left_pt
    if _room(a, b, frame) > 0.3 * em:
        return not (a.text.rstrip()[-1:] in "，、" and indent < em)
    if indent > 1.2 * em:
        return not _hangs(lines, group, b, text)
    return marker(b.text) is not None and (closed(a.text) or stands_as_heading(text))


def _parted(a: Line, b: Line, frame: _Frame) -> bool:
    """Whether two lines of a page stand further apart than usual, or one of them in a column and the other not."""
    if a.column != b.column:
        return (a.column, b.column) != (1, 2)
    leading = frame.leading_pt * max(1.0, _size(a) / frame.size_pt)  # a large title is set wider than the body
    return not 0 < _box(b).bottom_pt - _box(a).bottom_pt <= 1.35 * leading


def _room(a: Line, b: Line, frame: _Frame) -> float:
    """The points that would be left at the end of line `a` after what opens line `b`; negative when it did not fit."""
    half = _size(a) / 2
    return frame.right_pt - _box(a).x1_pt - half * room_for(a.text, b.text, set_as_page=True)


def _hangs(lines: Sequence[Line], group: Sequence[int], b: Line, text: str) -> bool:
    """Whether `b` goes on a list item whose later lines are set in under its words."""
    first, a = lines[group[0]], lines[group[-1]]
    if len(group) > 1:
        return abs(_box(a).x0_pt - _box(b).x0_pt) < 2 and _box(a).x0_pt > _box(first).x0_pt + 2
    further = _box(b).x0_pt - _box(first).x0_pt
    return marker(text) is not None and marker(b.text) is None and 0.5 * _size(b) < further < 4 * _size(b)


def _fills(line: Line, frame: _Frame) -> bool:
    """Whether the line reaches from edge to edge, but for a character on either side."""
    left, right = _box(line).x0_pt - frame.left_pt, frame.right_pt - _box(line).x1_pt
    return max(left, right) <= 1.5 * _size(line) and abs(left - right) < 1.2 * _size(line)


def _in_the_middle(line: Line, frame: _Frame) -> bool:
    """Whether the line is centred between the edges of the text, and does not begin at a usual indent."""
    if any(abs(_box(line).x0_pt - indent) < 2 for indent in frame.indents_pt):
        return False
    left, right = _box(line).x0_pt - frame.left_pt, frame.right_pt - _box(line).x1_pt
    return min(left, right) > 1.5 * _size(line) and abs(left - right) < 1.2 * _size(line)
