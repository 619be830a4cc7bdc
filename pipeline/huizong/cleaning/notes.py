"""Footnotes of a PDF: small lines at the foot of a page that open with a mark. They must not cut a paragraph in two."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from huizong.records import Line

_MARK = re.compile(r"\s*(?:[①-⑳]|[\[［〔]\d{1,3}[\]］〕]|[*＊†‡](?![*＊])|\d{1,2}\s+(?=\D)|注\d{0,2}[:：])")
_SMALLER = 0.92
"""Notes are set at most at this share of the body's size."""


def footnotes(lines: Sequence[Line], inked: Sequence[int]) -> list[list[int]]:
    """The footnotes as groups of line indices, one a note, in reading order; `inked` are the indices to look at.

    A page's notes are its last lines, all of them smaller than the body, from the first one with a mark on. Not found:
    notes without a mark or as large as the body, and the rest of a note on the next page.
    """
    sizes: Counter[float] = Counter()
    pages: dict[int, list[int]] = defaultdict(list)
    for index in inked:
        sizes[lines[index].size_pt or 0.0] += len(lines[index].text)
        pages[lines[index].page].append(index)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    notes: list[list[int]] = []
    for page in pages.values():
        foot = len(page)
        while foot and (lines[page[foot - 1]].size_pt or body) <= _SMALLER * body:
            foot -= 1
        opened = False
        for index in page[foot:] if foot else ():
            if _MARK.match(lines[index].text):
                notes.append([index])
                opened = True
            elif opened:
                notes[-1].append(index)
    return notes
