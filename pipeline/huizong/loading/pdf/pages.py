"""A PDF page as an engine gives it: pieces of text with their places, ruling lines, and whether there are pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

# 黑体 and 小标宋 are the heading faces of Chinese official style: there, they do the work of bold.
_BOLD = re.compile(r"bold|black|heavy|demi|simhei|sim hei|heiti|fzht|fzxbs|xiaobiaosong|小标宋|黑体", re.I)

THIN_PT = 2.5
"""What is drawn thinner than this is a ruling line; fatter fills are backgrounds and highlights."""

_MOST = 0.6
"""The share of a page's characters that decides which way up it is."""


class Piece(NamedTuple):
    """A run of characters on one line without a wide gap. Points, origin top left; `x0`..`x1` by advance width.

    `first`..`end` are the engine's indices of its characters, by which `Page.characters` finds the single ones again.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    first: int = -1
    end: int = -1


class Ruling(NamedTuple):
    """A straight line of the page (from a drawn line, a frame or a thin filled rectangle). Points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Leads from PDF coordinates (points, origin bottom left) to the page as it is read (origin top left).

    `turn` is by how many degrees the sheet is turned clockwise to be read: 0, 90, 180 or 270.
    """

    left: float
    bottom: float
    width: float
    height: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        return (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point as (x, distance from the top)."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 0:
            return x, self.height - y
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        return self.height - y, self.width - x

    def turned(self, turns: Counter[int]) -> Place:
        """The place with the turn that most of the characters need; `turns` counts them, -1 for slanted ones."""
        total = sum(turns.values())
        if not total:
            return self
        turn, times = turns.most_common(1)[0]
        return replace(self, turn=turn if turn >= 0 and times >= _MOST * total else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an engine says of one page. `number` is 1-based; `words` cuts a piece at its blanks, `characters` into single characters.

    `has_drawing` says that there are shapes other than thin lines: parts of a chart, frames, backgrounds.
    `borrowed` tells that Chinese stands in a font that the file does not bring with it, or that text was drawn and none was
    read. `unmapped` is the share of characters (0..1) of which the font does not say what they are, as far as the engine knows.
    """

    number: int
    width_pt: float
    height_pt: float
    pieces: tuple[Piece, ...]
    rulings: tuple[Ruling, ...]
    has_picture: bool
    words: Callable[[Piece], list[Piece]]
    characters: Callable[[Piece], list[Piece]]
    unmapped: float = 0.0
    borrowed: bool = False
    has_drawing: bool = False


def is_bold_font(name: str) -> bool:
    """Whether a font of this name does the work of bold."""
    return bool(_BOLD.search(name))
