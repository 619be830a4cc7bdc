"""Read boxes → printed lines: boxes side by side joined, type size and edges measured as those of a text layer would be."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huizong.loading.scan.text import chinese_marks
from huizong.records import Box, Line

_EM_HIGH = 0.85
"""Height of the ink of a line of Chinese, as `image.ink` measures it, in ems."""

_ALIKE = 0.08
"""Sizes nearer than this share are one size, here as where paragraphs are joined: 三号 (16 pt) and 小三 (15 pt) are."""

_HANDFUL = 4
"""Chinese characters among which one is surely as high as the face."""

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
    sizes = dict(zip(map(id, pieces), _sizes(pieces)))
    lines = []
    for row in _rows(pieces, sizes):
        size = max(row, key=lambda piece: len(piece.text))
        lines.append(_line(row, sizes[id(size)], page=page, width_pt=width_pt, height_pt=height_pt))
    return tuple(lines)


def _sizes(pieces: Sequence[Piece]) -> list[float]:
    """The type size of each piece in points: the height of its ink, scaled by what long lines of Chinese say of the face.

    Ink is as high in every line with a handful of Chinese characters; a piece with fewer takes the nearest size of those.
    """
    per_ink = _middle([(_by_width(p) / p.ink_pt, len(p.text)) for p in pieces if _square(p)]) or 1 / _EM_HIGH
    if not 0.8 < per_ink * _EM_HIGH < 1.25:
        per_ink = 1 / _EM_HIGH  # letter-spaced: the width says nothing
    heights = [piece.ink_pt * per_ink for piece in pieces]
    sure = [at for at, piece in enumerate(pieces) if sum("一" <= ch <= "鿿" for ch in piece.text) >= _HANDFUL]
    common = common_sizes([heights[at] for at in sure], [len(pieces[at].text) for at in sure])
    sizes = [max(0.5, round(height * 2) / 2) for height in heights]
    for at, size in zip(sure, common):
        sizes[at] = size
    for at in set(range(len(pieces))) - set(sure) if sure else ():
        nearest = min(common, key=lambda size: (abs(size - heights[at]), size))
        if 0.7 < heights[at] / nearest < 1.2:
            sizes[at] = nearest
    return sizes


def _square(piece: Piece) -> bool:
    """Whether the piece is a long run of characters that all are an em wide."""
    return len(piece.text) >= 2 * _HANDFUL and all(_wide(ch) and ch not in "“”‘’…—·" for ch in piece.text)


def _by_width(piece: Piece) -> float:
    """The type size that the width of a square piece tells: its ink ends half an em early where marks stand at its ends."""
    blank = 0.1 + 0.5 * (piece.text[-1] in _HALF_BLANK_AFTER) + 0.5 * (piece.text[0] in _HALF_BLANK_BEFORE)
    return (piece.x1_pt - piece.x0_pt) / (len(piece.text) - blank)


def _middle(weighted: Sequence[tuple[float, int]]) -> float:
    """The weighted median; 0 for none."""
    ordered = sorted(weighted)
    half, passed = sum(weight for _, weight in ordered) / 2, 0.0
    for number, weight in ordered:
        passed += weight
        if passed >= half:
            return number
    return 0.0


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
        middle = _middle([(sizes[n], weights[n]) for n in group])
        for n in group:
            result[n] = max(0.5, round(middle * 2) / 2)
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
    parts = [(row[0].text, row[0].x0_pt, row[0].x1_pt)]
    for before, piece in itertools.pairwise(row):
        if piece.x0_pt - before.x1_pt > 0.6 * size:
            parts.append((" ", before.x1_pt, piece.x0_pt))
        parts.append((piece.text, piece.x0_pt, piece.x1_pt))
    text = chinese_marks("".join(words for words, _, _ in parts))
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
        edges_pt=tuple(_edges(text, [(len(words), x0, x1) for words, x0, x1 in parts])),
        confidence=round(sum(piece.confidence * len(piece.text) for piece in row) / weight, 4),
    )


def _edges(text: str, parts: Sequence[tuple[int, float, float]]) -> Iterator[tuple[float, float]]:
    """Left and right of each character of `text`: each part (how many characters, x0, x1) shared out by their widths."""
    at = 0
    for length, left, right in parts:
        widths = [1.0 if _wide(character) else 0.5 for character in text[at : at + length]]
        em = (right - left) / sum(widths)
        ends = [left + em * passed for passed in itertools.accumulate(widths, initial=0.0)]
        yield from ((round(x0, 2), round(x1, 2)) for x0, x1 in itertools.pairwise(ends))
        at += length
