"""The text as the extractors of counts read it: full-width marks between words, and no point behind the number of an item."""

from __future__ import annotations

import re

_HALF_MARKS = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)")
_FULL_MARKS = {",": "，", ";": "；", ":": "："}
_OPENING = re.compile(r"[ \u3000]*(?:\d{1,2}[、．]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)])")
_ITEM = re.compile(
    r"(?:(?<=[。；：\n])|^)[ \u3000]*(?P<item>\d{1,2})(?P<point>[.．])(?=(?P<number>\d*(?:\.\d+)?)(?P<next>.))"
)


def even_marks(text: str) -> str:
    r"""`text` with the half-width , ; : between words as full-width marks, and 、 behind the number of an item; offsets stay.

    The point of 3.12个专业 ends the number of an item where the item before was number 2; else the number is 3.12.

    >>> even_marks("办班3期,训1,200人;师生比1:16")
    '办班3期，训1,200人；师生比1:16'
    >>> even_marks("1.招生200人。\n2.3个专业停招。\n2.5万元。")
    '1、招生200人。\n2、3个专业停招。\n2.5万元。'
    """
    marks, last = list(text), 0
    for match in _HALF_MARKS.finditer(text):
        marks[match.start()] = _FULL_MARKS[match.group()]
    for match in _ITEM.finditer(text):
        item = int(match["item"])
        if match["number"] and (item != last + 1 or last == 0 or not "一" <= match["next"] <= "龥"):
            continue
        marks[match.start("point")], last = "、", item
    return "".join(marks)


def opens_item(text: str, start: int) -> bool:
    """Whether what begins at `start` of an even text is a numbered item, which goes on about nothing told before: 3、, （二）.

    >>> opens_item("2、2万人次到馆。", 0), opens_item("2万人次到馆。", 0)
    (True, False)
    """
    return _OPENING.match(text, start) is not None
