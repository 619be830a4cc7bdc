"""What a DOCX says of looks: bold, size, heading level, centring, through direct marks, styles and defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Built-in names in English and Chinese, and the names that colleges give their own: 标题一, 二级标题, 3级标题.
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9一二三四五六七八九])|([1-9一二三四五六七八九])级标题")
_CHINESE_DIGITS = "零一二三四五六七八九"
_GREATEST = 1_000_000
"""No number of a style, list or table is believed beyond this."""


def w(name: str) -> str:
    """The full tag or attribute name of a WordprocessingML name."""
    return _W + name


def child(parent: _Element, name: str) -> _Element | None:
    """The first child called `name`."""
    found: _Element | None = parent.find(w(name))
    return found


def value(element: _Element, attribute: str = "val") -> str:
    """The attribute w:NAME, "" when it is missing."""
    return str(element.get(w(attribute), ""))


def integer(element: _Element | None, attribute: str = "val", *, default: int = 0) -> int:
    """The attribute w:NAME as a number of 0 … 1,000,000; `default` when it is missing or no number."""
    said = "" if element is None else value(element, attribute).strip()
    return min(int(said), _GREATEST) if said.isascii() and said.isdecimal() and len(said) < 19 else default


def switched_on(properties: _Element | None, name: str) -> bool | None:
    """The state of an on/off mark such as w:b; `None` when nothing is said."""
    mark = None if properties is None else child(properties, name)
    return None if mark is None else value(mark) not in {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a run looks."""

    bold: bool
    size_pt: float | None
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """A list and the 0-based level in it; `None` when only the list is said."""

    list_id: str
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """What style and direct marks of a paragraph say.

    `name` is lower case; `ids` are its style and those it is based on, nearest first.
    """

    name: str
    ids: tuple[str, ...]
    heading_level: int | None
    centred: bool
    page_break_before: bool
    number: ListPlace | None


class Styles:
    """Answers for paragraphs and runs, looking through `basedOn` chains."""

    def __init__(self, root: _Element | None) -> None:
        self._by_id: dict[str, _Element] = {}
        self._default = ""
        self._defaults: _Element | None = None
        if root is None:
            return
        for style in root.iterfind(w("style")):
            self._by_id[value(style, "styleId")] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self._default = value(style, "styleId")
        self._defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")

    def chain(self, style_id: str) -> list[_Element]:
        """The style and those it is based on, nearest first; a circle ends it."""
        found: list[_Element] = []
        while style_id in self._by_id and self._by_id[style_id] not in found:
            style = self._by_id[style_id]
            found.append(style)
            based_on = child(style, "basedOn")
            style_id = "" if based_on is None else value(based_on)
        return found

    def of_paragraph(self, paragraph: _Element) -> ParagraphStyle:
        """What holds for the paragraph as a whole."""
        own = child(paragraph, "pPr")
        chain = self._paragraph_chain(own)
        layers = [layer for layer in [own, *(child(style, "pPr") for style in chain)] if layer is not None]
        names = [value(name).lower() for style in chain if (name := child(style, "name")) is not None]
        jc = next((mark for layer in layers if (mark := child(layer, "jc")) is not None), None)
        breaks = next((on for layer in layers if (on := switched_on(layer, "pageBreakBefore")) is not None), False)
        return ParagraphStyle(
            name=names[0] if names else "",
            ids=tuple(value(style, "styleId") for style in chain),
            heading_level=_heading_level(names, layers),
            centred=jc is not None and value(jc) == "center",
            page_break_before=breaks,
            number=_number(layers),
        )

    def _paragraph_chain(self, properties: _Element | None) -> list[_Element]:
        named = None if properties is None else child(properties, "pStyle")
        return self.chain(value(named) if named is not None else self._default)

    def of_run(self, run: _Element, paragraph: _Element) -> Look:
        """Direct marks first, then the character style, the paragraph's style, the defaults."""
        own = child(run, "rPr")
        named = None if own is None else child(own, "rStyle")
        character_style = [] if named is None else self.chain(value(named))
        chain = [*character_style, *self._paragraph_chain(child(paragraph, "pPr"))]
        layers = [own, *(child(style, "rPr") for style in chain), self._defaults]
        bold = next((on for layer in layers if (on := switched_on(layer, "b")) is not None), False)
        hidden = next((on for layer in layers if (on := switched_on(layer, "vanish")) is not None), False)
        size = next((mark for layer in layers if layer is not None and (mark := child(layer, "sz")) is not None), None)
        half_points = "" if size is None else value(size)
        return Look(bold=bold, hidden=hidden, size_pt=float(half_points) / 2 if half_points.isdecimal() else None)


def _heading_level(names: list[str], layers: list[_Element]) -> int | None:
    """0 for a title style, N for 标题 N, else the outline level + 1; `None` for body text."""
    for name in names:
        if name in {"title", "标题", "標題"}:
            return 0
        if heading := _HEADING_NAME.fullmatch(name):
            digit = heading.group(1) or heading.group(2)
            return int(digit) if digit.isdecimal() else _CHINESE_DIGITS.index(digit)
    outline = next((mark for layer in layers if (mark := child(layer, "outlineLvl")) is not None), None)
    level = integer(outline, default=9)
    return level + 1 if level < 9 else None


def _number(layers: list[_Element]) -> ListPlace | None:
    """The list and level, each from the nearest mark that says it; list 0 switches numbering off."""
    list_id, level = "", ""
    for layer in layers:
        mark = child(layer, "numPr")
        if mark is None:
            continue
        number, depth = child(mark, "numId"), child(mark, "ilvl")
        list_id = list_id or (value(number) if number is not None else "")
        level = level or (value(depth) if depth is not None else "")
    if list_id in {"", "0"}:
        return None
    return ListPlace(list_id=list_id, level=int(level) if level in set("012345678") else None)
