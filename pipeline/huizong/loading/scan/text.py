"""Marks of read words set right: recognition gives ASCII commas and brackets, and look-alikes, in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_CHINESE = re.compile(r"[㐀-䶿一-鿿，。、；：？！（）《》“”‘’【】]")
_LOOKALIKES = {"丶": "、", "﹑": "、", "﹐": "，", "﹒": "·", "〝": "“", "〞": "”", "＂": '"', "—-": "——", "-—": "——"}
_LOOKALIKE = re.compile("|".join(map(re.escape, _LOOKALIKES)))
_LAST_DOT = re.compile(r"(?<=[㐀-䶿一-鿿”’）》])[.·・]$")
_DASHES = re.compile(r"(?<=[㐀-䶿一-鿿”’）》])--(?=[㐀-䶿一-鿿“‘（《])")
_TWICE = re.compile(r"([㐀-䶿一-鿿]{2,})一(?=\1)")
"""部门一部门: no word is said twice with 一 between but one of a single character (看一看); it was a dash."""
_QUOTE = re.compile(r"[\"“”]")
_AFTER_QUOTE = frozenset("，。、；：？！）》")


def chinese_marks(text: str) -> str:
    """The line with the marks that stand beside Chinese made full-width, quotes paired and look-alikes replaced.

    Every character is replaced by one. Words are never changed, nor marks inside numbers and Latin words.

    >>> chinese_marks('校(质量"控制")人事处丶教务处,2019年7.5%(1,200人)')
    '校（质量“控制”）人事处、教务处，2019年7.5%（1,200人）'
    >>> chinese_marks("GDP (per head), p. 3")
    'GDP (per head), p. 3'
    """
    text = _LOOKALIKE.sub(lambda m: _LOOKALIKES[m.group()], text)
    if not _CHINESE.search(text):
        return text
    text = _TWICE.sub(r"\1—", _DASHES.sub("——", _LAST_DOT.sub("。", text)))
    wide = {at for at, mark in enumerate(text) if mark in _WIDE and _beside_chinese(text, at)}
    for pair in _brackets(text):
        if wide & pair:
            wide |= pair
    return _paired_quotes("".join(_WIDE[mark] if at in wide else mark for at, mark in enumerate(text)))


def _beside_chinese(text: str, at: int) -> bool:
    """Whether a neighbour of the mark at `at` is Chinese."""
    return bool(_CHINESE.search(text[:at].rstrip()[-1:] + text[at + 1 :].lstrip()[:1]))


def _brackets(text: str) -> Iterator[set[int]]:
    """The places of the two brackets of each ASCII pair."""
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            yield {opened.pop(), at}


def _paired_quotes(text: str) -> str:
    """The text with straight double quotes turned into “ and ”, those already curly kept."""
    is_open = False

    def curly(match: re.Match[str]) -> str:
        nonlocal is_open
        opens = not is_open and text[match.end() : match.end() + 1] not in _AFTER_QUOTE
        is_open = match.group() == "“" or (match.group() == '"' and opens)
        return "“" if is_open else "”"

    return _QUOTE.sub(curly, text)
