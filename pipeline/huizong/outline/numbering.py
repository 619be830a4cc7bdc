"""The numbering systems of Chinese reports: 第一部分, 一、, （一）, 1., 1.1, （1）, ①, and the run-in 一是 / 首先.

House rules of official writing nest them in this order (GB/T 9704 and the style rules quoted in reports): 一、 over （一） over
1. over （1） over ①.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

CN = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Style(IntEnum):
    """A numbering system; the smaller, the higher it stands in the tree."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    CN = 3
    PAREN_CN = 4
    ARABIC = 5
    PAREN_ARABIC = 6
    CIRCLED = 7
    RUN_IN = 8
    DECIMAL = 9  # levels of their own: 1.1 has two, 1.1.1 three


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The number that opens a line: its style, its words with the mark that closes it, and its depth (decimals only)."""

    style: Style
    words: str
    depth: int = 1


_STYLES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PART, re.compile(rf"第[{CN}百\d]+(?:部分|[编篇])[、：:，\s]*")),
    (Style.CHAPTER, re.compile(rf"第[{CN}百\d]+章[、：:，\s]*")),
    (Style.SECTION, re.compile(rf"第[{CN}百\d]+节[、：:，\s]*")),
    (Style.RUN_IN, re.compile(rf"(?:挑战|问题|举措|任务|亮点|做法|短板)[{CN}][：:]")),
    (Style.RUN_IN, re.compile(rf"(?:第?[{CN}](?:是|要|则是)|首先|其次|再次|第[{CN}])[，,、：:]?")),
    (Style.CN, re.compile(rf"[{CN}]{{1,3}}[、．.]\s*")),
    (Style.PAREN_CN, re.compile(rf"[（(][{CN}]{{1,3}}[）)][、．.]?\s*")),
    (Style.DECIMAL, re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,4}(?:[.．、]|\s+|(?=[^\d.．%％\s]))")),
    (Style.ARABIC, re.compile(r"\d{1,2}(?:[、．.](?!\d)|[．.](?=20\d\d年))\s*")),
    (Style.PAREN_ARABIC, re.compile(r"(?:[（(]\d{1,2}[）)]|\d{1,2}[）)])[、．.]?\s*")),
    (Style.CIRCLED, re.compile(rf"[{CIRCLED}]\s*")),
)

# A decimal number that is a quantity (3.5亿元, 2.6公里) opens no heading.
_QUANTITY = re.compile(
    r"\d+\.\d+\s*(?:[万亿千百]|元|公里|平方|个(?![性人别])|项(?!目)|名(?![师校优家])|人(?![才员事文民大格力手气心际生身口])"
    r"|门(?![类户])|家(?![校长庭])|所(?!有)|[次吨亩米台套])"
)


def numbering(line: str) -> Numbering | None:
    """The numbering that `line` opens with, or `None`.

    >>> numbering("（二）存在问题").words
    '（二）'
    >>> numbering("3.4.4.2汇总表").depth
    4
    >>> numbering("2.6公里路网") is None
    True
    >>> numbering("一是注重人才培养。").style.name
    'RUN_IN'
    """
    for style, pattern in _STYLES:
        found = pattern.match(line)
        if not found or found.end() == len(line):
            continue
        if style is Style.DECIMAL:
            if _QUANTITY.match(line):
                continue
            return Numbering(style=style, words=found.group(), depth=len(re.findall(r"\d+", found.group())))
        return Numbering(style=style, words=found.group())
    return None
