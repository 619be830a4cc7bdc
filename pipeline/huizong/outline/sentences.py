"""Where a sentence ends: at 。；！？ with its closing quotes and brackets, and at the end of a paragraph (GUIDELINES §1)."""

from __future__ import annotations

import re

from huizong.records import Span

_SENTENCE = re.compile(r"[^。；！？;!?]*[。；！？;!?]+[”’」』）)》]*|[^。；！？;!?]+$")


def sentence_spans(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph, in order and without gaps but for blanks at their ends.

    >>> text = "签订协议。开展培训；效果好"
    >>> [s.of(text) for s in sentence_spans(text, Span(0, len(text)))]
    ['签订协议。', '开展培训；', '效果好']
    """
    spans = []
    for found in _SENTENCE.finditer(paragraph.of(text)):
        words = found.group()
        start = paragraph.start + found.start() + len(words) - len(words.lstrip())
        end = paragraph.start + found.end() - (len(words) - len(words.rstrip()))
        if start < end:
            spans.append(Span(start, end))
    return spans
