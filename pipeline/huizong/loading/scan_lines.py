"""Read boxes → printed lines: boxes side by side joined, type size and edges measured as those of a text layer would be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.loading.scan_text import chinese_marks
from huizong.records import Box, Line

_EM_HIGH = 0.9
"""Height of the ink of a line of Chinese, in ems."""

_ALIKE = 0.06
"""Sizes nearer than this share are one size: 三号 (16 pt) and 小三 (15 pt) are just kept apart."""

_HALF_BLANK_AFTER = frozenset("，。、；：！？）》”’】")
_HALF_BLANK_BEFORE = frozenset("（《“‘【")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One box as it was read, in points on the page laid straight: `x0_pt` and `x1_pt` are the ends of its ink.

    `ink_pt` is the height of the ink, `middle_pt` the distance of the middle from the page's top.
    """

    text: str
    confidence: float
    x0_pt: float
    x1_pt: float
    middle_pt: float
    ink_pt: float


def printed_lines(pieces: Sequence[Piece], *, page: int, width_pt: float, height_pt: float) -> tuple[Line, ...]:
    """The lines of the page from top to bottom; pieces side by side are one line, a blank where there is a gap.

    Two columns are read across. A line's confidence is that of its pieces, weighted by their lengths.
    """
    pieces = [piece for piece in pieces if piece.text.strip()]
    sizes = dict(zip(map(id, pieces), common_sizes([_size(p) for p in pieces], [len(p.text) for p in pieces])))
    lines = []
    for row in _rows(pieces, sizes):
        size = max(row, key=lambda piece: len(piece.text))
        lines.append(_line(row, sizes[id(size)], page=page, width_pt=width_pt, height_pt=height_pt))
    return tuple(lines)


def _size(piece: Piece) -> float:
    """The type size in points: the ink's width over the ems that the words take, or its height where that is no measure."""
    by_height = piece.ink_pt / _EM_HIGH
    ems = sum(1.0 if _wide(ch) else 0.5 for ch in piece.text if not ch.isspace()) - 0.1
    ems -= 0.5 * (piece.text[-1] in _HALF_BLANK_AFTER) + 0.5 * (piece.text[0] in _HALF_BLANK_BEFORE)
    if ems < 5:
        return by_height
    by_width = (piece.x1_pt - piece.x0_pt) / ems
    return by_width if abs(by_width - by_height) < 0.2 * by_height else by_height


def _wide(character: str) -> bool:
    return character in "“”‘’…—·" or unicodedata.east_asian_width(character) in "WF"


def common_sizes(sizes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """The sizes with those alike made equal: each takes the middle one of the heaviest group in reach, to half points.

    >>> common_sizes([15.8, 16.1, 16.3, 22.4], [20, 20, 20, 9])
    [16.0, 16.0, 16.0, 22.5]
    """
    result = [0.0] * len(sizes)
    left = set(range(len(sizes)))
    while left:
        near = {at: [n for n in left if abs(sizes[n] - sizes[at]) <= _ALIKE * sizes[at]] for at in sorted(left)}
        group = max(near.values(), key=lambda members: sum(weights[n] for n in members))
        group.sort(key=lambda n: (sizes[n], n))
        half, passed = sum(weights[n] for n in group) / 2, 0.0
        for middle in group:
            passed += weights[middle]
            if passed >= half:
                break
        for n in group:
            result[n] = max(0.5, round(sizes[middle] * 2) / 2)
        left -= set(group)
    return result


def _rows(pieces: Sequence[Piece], sizes: dict[int, float]) -> list[list[Piece]]:
    """The pieces grouped into printed lines, top to bottom, each left to right; what overlaps is not one line."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle_pt, p.x0_pt)):
        for row in reversed(rows[-3:]):
            reach = 0.5 * min(sizes[id(piece)], max(sizes[id(other)] for other in row))
            apart = all(min(piece.x1_pt, o.x1_pt) - max(piece.x0_pt, o.x0_pt) < reach for o in row)
            if abs(piece.middle_pt - row[0].middle_pt) < reach and apart:
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0_pt) for row in rows]


def _line(row: Sequence[Piece], size: float, *, page: int, width_pt: float, height_pt: float) -> Line:
    """The record of one printed line. Its box is as high as its type, and as wide as its characters with their blanks."""
    words = row[0].text
    for before, piece in zip(row, row[1:]):
        words += (" " if piece.x0_pt - before.x1_pt > 0.6 * size else "") + piece.text
    text = chinese_marks(words.strip())
    weight = sum(len(piece.text) for piece in row)
    middle = sum(piece.middle_pt * len(piece.text) for piece in row) / weight
    left = row[0].x0_pt - (0.5 * size if text[0] in _HALF_BLANK_BEFORE else 0.0)
    right = row[-1].x1_pt + (0.5 * size if text[-1] in _HALF_BLANK_AFTER else 0.0)
    return Line(
        text=text,
        page=page,
        box=Box(
            x0_pt=round(left, 2),
            top_pt=round(middle - size / 2, 2),
            x1_pt=round(right, 2),
            bottom_pt=round(middle + size / 2, 2),
        ),
        page_width_pt=round(width_pt, 2),
        page_height_pt=round(height_pt, 2),
        size_pt=size,
        confidence=round(sum(piece.confidence * len(piece.text) for piece in row) / weight, 4),
    )
