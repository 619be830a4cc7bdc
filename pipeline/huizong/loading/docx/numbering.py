"""Automatic list numbers of a DOCX as the words that Word prints: “（一）” may exist only as a list style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huizong.loading.docx.styles import ListPlace, ParagraphStyle, Styles, child, integer, value, w
from huizong.loading.list_numbers import formatted

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 8
"""The last of Word's nine levels, 0-based."""


@dataclass(slots=True)
class _Level:
    """One level of a list: first number, format, and its text with %1 … %9 for the levels' numbers.

    `restarts_after`: the level whose paragraphs make this one start anew (any higher one does too); -1 for never.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    spaced: bool = True
    legal: bool = False
    restarts_after: int = _DEEPEST
    paragraph_style: str = ""


class Numbering:
    """Counts through the document; ask for the label of each paragraph once, in reading order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstracts = {value(item, "abstractNumId"): item for item in root.iterfind(w("abstractNum"))}
        # A list may be kept in a numbering style: w:styleLink marks what a w:numStyleLink points to.
        by_style = {value(link): item for item in abstracts.values() if (link := child(item, "styleLink")) is not None}
        for number in root.iterfind(w("num")):
            reference = child(number, "abstractNumId")
            abstract = abstracts.get(value(reference)) if reference is not None else None
            if abstract is None or reference is None:
                continue
            link = child(abstract, "numStyleLink")
            if link is not None:
                abstract = by_style.get(value(link), abstract)
            self._add(value(number, "numId"), value(reference), abstract, number)

    def _add(self, list_id: str, abstract_id: str, abstract: _Element, number: _Element) -> None:
        """Registers list `list_id`: the levels of its abstract list with its own overrides."""
        levels = {integer(item, "ilvl"): _level(item) for item in abstract.iterfind(w("lvl"))}
        for override in number.iterfind(w("lvlOverride")):
            depth = integer(override, "ilvl")
            if (replaced := child(override, "lvl")) is not None:
                levels[depth] = _level(replaced)
            if (start := child(override, "startOverride")) is not None:
                self._restarts.setdefault(list_id, {})[depth] = integer(start, default=1)
        self._lists[list_id] = abstract_id, levels

    def label(self, style: ParagraphStyle) -> str:
        """The number that Word prints before a paragraph of this style ("" for none or a bullet), and counts it."""
        if style.number is None or style.number.list_id not in self._lists:
            return ""
        abstract_id, levels = self._lists[style.number.list_id]
        depth = _depth(style.number, style, levels)
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract_id, {})
        restart = self._restarts.get(style.number.list_id, {}).pop(depth, None)
        # A level passed over counts as used: after 1.1 the next first-level number is 2 (so Word and LibreOffice).
        for passed in range(depth):
            if passed in levels and levels[passed].style not in {"bullet", "none"}:
                counters.setdefault(passed, levels[passed].start)
        counters[depth] = restart if restart is not None else counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            if depth <= levels.get(deeper, level).restarts_after:
                del counters[deeper]
        if level.style == "bullet":
            return ""
        text = level.text
        for shown in range(_DEEPEST + 1):
            if f"%{shown + 1}" in text:
                of = levels.get(shown, level)
                number = counters.get(shown, of.start)
                plain = level.legal and of.style not in {"bullet", "none"}
                text = text.replace(f"%{shown + 1}", formatted(number, "decimal" if plain else of.style))
        return text + (" " if level.spaced and text else "")


def _depth(place: ListPlace, style: ParagraphStyle, levels: dict[int, _Level]) -> int:
    """The level said, else the one that the list keeps for the paragraph's style, else the first."""
    if place.level is not None:
        return place.level
    return next((d for d, level in levels.items() if level.paragraph_style and level.paragraph_style in style.ids), 0)


def _level(item: _Element) -> _Level:
    """The level as its XML says."""
    level = _Level()
    for name in ("start", "numFmt", "lvlText", "suff", "isLgl", "lvlRestart", "pStyle"):
        mark = child(item, name)
        if mark is None:
            continue
        said = value(mark)
        if name == "start":
            level.start = integer(mark, default=1)
        elif name == "numFmt":
            level.style = said
        elif name == "lvlText":
            level.text = said
        elif name == "suff":
            level.spaced = said != "nothing"
        elif name == "isLgl":
            level.legal = said not in {"0", "false"}
        elif name == "lvlRestart":
            level.restarts_after = integer(mark) - 1
        else:
            level.paragraph_style = said
    return level
