"""How deep headings stand: the numbering systems a report uses, in the order of official writing, the highest being 1.

The title is 0, run-in topics are 4 (GUIDELINES §2); lines without a number stand above the numbers where these start anew under
them, or where they name a part of the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from huizong.outline.numbering import Numbering, Style
from huizong.outline.roles import title_role
from huizong.records import Role, Span

RUN_IN_LEVEL = 4
_MOST_ANEW = 0.6
_OFFICIAL = (Style.CN, Style.PAREN_CN, Style.ARABIC, Style.PAREN_ARABIC)

_FIRST = re.compile(r"^[^\d一二三四五六七八九十①]*(?:1|一|①)(?![\d一二三四五六七八九十])")
"""The first number of a numbering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading found in a paragraph: its words, its numbering, and whether it is the title."""

    paragraph: int
    span: Span
    number: Numbering | None
    title: bool = False
    style_level: int | None = None
    run_in: bool = False  # text follows in the same paragraph
    chapter: bool = False  # its words name a part of a report


def heading_levels(text: str, headings: list[Heading]) -> dict[int, int]:
    """The level of each heading (by its position in the list): depth of its numbering system among those in use."""
    styles = sorted({h.number.style for h in headings if h.number and h.number.style < Style.RUN_IN})
    anew = _unnumbered_above(headings, styles[0]) if styles else False
    above = anew or (bool(styles) and _chapters_above(text, headings, styles[0]))
    depth = _depths(styles, first=2 if above else 1)
    counted = any(h.number and h.number.style is Style.DECIMAL and h.number.depth == 2 for h in headings)
    found: dict[int, int] = {}
    last_numbered = 0
    for position, heading in enumerate(headings):
        if heading.title:
            found[position] = 0
            continue
        number = heading.number
        if number is None:
            top = anew or (heading.chapter and (above or _last_counted(headings[position + 1 :], styles)))
            level = heading.style_level or (1 if top or not depth else last_numbered + 1)
            found[position] = min(level, RUN_IN_LEVEL)
            last_numbered = found[position] if heading.chapter and above else last_numbered
            continue
        if number.style is Style.RUN_IN:
            found[position] = RUN_IN_LEVEL
        elif number.style is Style.DECIMAL:
            # 1.1 is the second level whatever stands over it; 3.4.4.2 in a report without 3.4 is a foreign number.
            found[position] = min(number.depth, 5) if counted else 1
        elif number.style is Style.PAREN_ARABIC and heading.run_in:
            found[position] = RUN_IN_LEVEL
        else:
            found[position] = min(depth[number.style], 5)
        last_numbered = found[position] if number.style is not Style.RUN_IN else last_numbered
    return found


def _depths(styles: list[Style], first: int) -> dict[Style, int]:
    """The level of each numbering in use, the highest being `first`.

    Official writing has four, 一、 （一） 1. （1）, and each keeps its place below 一、 though one between them is left out:
    a 1. right under 一、 is the third (GUIDELINES §2). Where 一、 is not in use, the highest one takes its place.
    """
    if not styles or styles[0] not in _OFFICIAL:
        return {style: level for level, style in enumerate(styles, start=first)}
    top = _OFFICIAL.index(styles[0])
    placed = {style: first + _OFFICIAL.index(style) - top for style in styles if style in _OFFICIAL}
    deeper = max(placed.values())
    return placed | {style: deeper + n for n, style in enumerate((s for s in styles if s not in placed), start=1)}


def _chapters_above(text: str, headings: list[Heading], top: Style) -> bool:
    """Whether lines that name parts of the report stand over the highest numbering: none of it stands before the first.

    A single such line over 一、 that is itself the numbering of the parts (一、主要工作 … 三、下一步打算) does not.
    """
    chapters = [at for at, heading in enumerate(headings) if heading.chapter]
    numbered = [at for at, h in enumerate(headings) if h.number is not None and h.number.style is top]
    if not chapters or not numbered or numbered[0] < chapters[0]:
        return False
    parts = any(title_role(title_of(text, headings[at])) is Role.PLANS for at in numbered)
    return len(chapters) > 1 or top > Style.CN or not parts


def title_of(text: str, heading: Heading) -> str:
    """The words of a heading without its number."""
    return heading.span.of(text)[len(heading.number.words) if heading.number else 0 :]


def _last_counted(later: list[Heading], styles: list[Style]) -> bool:
    """Whether the highest numbering does not go on after a chapter line: none of it follows, or it starts anew."""
    following = next((h.number for h in later if h.number is not None and h.number.style in styles[:1]), None)
    return following is None or _FIRST.search(following.words) is not None


def _unnumbered_above(headings: list[Heading], top: Style) -> bool:
    """Whether headings without a number stand over the highest numbering: it starts anew under most of them."""
    starts = anew = 0
    before: Heading | None = None
    for heading in headings:
        number = heading.number
        if heading.title or (number is not None and number.style is not top):
            continue
        if number is not None and _FIRST.search(number.words):
            starts += 1
            anew += before is not None and before.number is None
        before = heading
    return starts > 1 and anew >= _MOST_ANEW * starts
