"""Automatic list numbers of a DOCX as the words that Word prints: “（一）” may exist only as a list style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huizong.loading.docx_styles import ParagraphStyle, Styles, child, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHINESE = "零一二三四五六七八九"
_CYCLES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
_CHINESE_FORMATS = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting",
    "japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2",
}  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(number: int) -> str:
    """A number as Chinese outlines write it.

    >>> [chinese(n) for n in (3, 10, 12, 20, 21, 105, 110)]
    ['三', '十', '十二', '二十', '二十一', '一百零五', '一百一十']
    """
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _CHINESE[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_CHINESE[ones] if ones else "")


def formatted(number: int, style: str) -> str:
    """`number` in a numFmt of Word; decimal for formats that Chinese reports do not use, "" for bullets."""
    if style in {"bullet", "none"}:
        return ""
    if style in _CHINESE_FORMATS:
        return chinese(number)
    if style in _CYCLES and number > 0:
        letters = _CYCLES[style]
        return letters[(number - 1) % len(letters)]
    if style in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if style == "upperRoman" else roman
    if style.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for step, letters in _ROMAN:
        while number >= step:
            text, number = text + letters, number - step
    return text


@dataclass(slots=True)
class _Level:
    """One level of a list: first number, format, and its text with %1 … %9 for the levels' numbers."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    spaced: bool = True
    legal: bool = False


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
        levels = {int(value(item, "ilvl") or 0): _level(item) for item in abstract.iterfind(w("lvl"))}
        for override in number.iterfind(w("lvlOverride")):
            depth = int(value(override, "ilvl") or 0)
            if (replaced := child(override, "lvl")) is not None:
                levels[depth] = _level(replaced)
            if (start := child(override, "startOverride")) is not None:
                self._restarts.setdefault(list_id, {})[depth] = int(value(start) or 1)
        self._lists[list_id] = abstract_id, levels

    def label(self, paragraph: _Element, style: ParagraphStyle) -> str:
        """The number that Word prints before the paragraph ("" for none or a bullet), and counts it."""
        if style.number is None or style.number[0] not in self._lists:
            return ""
        list_id, depth = style.number
        abstract_id, levels = self._lists[list_id]
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract_id, {})
        restart = self._restarts.get(list_id, {}).pop(depth, None)
        counters[depth] = restart if restart is not None else counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if level.style == "bullet":
            return ""
        text = level.text
        for shown in range(9):
            if f"%{shown + 1}" in text:
                of = levels.get(shown, level)
                number = counters.get(shown, of.start)
                text = text.replace(f"%{shown + 1}", formatted(number, "decimal" if level.legal else of.style))
        return text + (" " if level.spaced and text else "")


def _level(item: _Element) -> _Level:
    """The level as its XML says."""
    level = _Level()
    for name in ("start", "numFmt", "lvlText", "suff", "isLgl"):
        mark = child(item, name)
        if mark is None:
            continue
        said = value(mark)
        if name == "start" and said.isdecimal():
            level.start = int(said)
        elif name == "numFmt":
            level.style = said
        elif name == "lvlText":
            level.text = said
        elif name == "suff":
            level.spaced = said != "nothing"
        elif name == "isLgl":
            level.legal = said not in {"0", "false"}
    return level
