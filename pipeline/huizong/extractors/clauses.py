"""A sentence cut into clauses at commas and semicolons, quotes and brackets kept whole."""

from __future__ import annotations

import re

from huizong.records import Span

_OPEN, _CLOSE, _STOPS = "“‘《（(「『【[", "”’》）)」』】]", "，,；;。！？!?"
_MARK = re.compile("|".join(map(re.escape, _OPEN + _CLOSE + _STOPS)))


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of `sentence` in order, without their closing marks; commas inside quotes, brackets and numbers (2,160) do not cut.

    >>> text = "为推动合作，两校签订《甲，乙协议》，成立小组。"
    >>> [c.of(text) for c in clauses(text, Span(0, len(text)))]
    ['为推动合作', '两校签订《甲，乙协议》', '成立小组']
    """
    out, start, depth = [], sentence.start, 0
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        ch, at = mark.group(), mark.start()
        if ch in _OPEN:
            depth += 1
        elif ch in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and not (ch == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
            if at > start:
                out.append(Span(start, at))
            start = at + 1
    if start < sentence.end:
        out.append(Span(start, sentence.end))
    return out
