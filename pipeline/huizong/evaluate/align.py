"""Places of a cleaned text's characters in the compact text that labels count in.

Patience alignment: words of ten characters that occur once in both texts, the longest run of them in the same order,
extended while characters agree, short gaps closed by difflib. Headers, captions and tables that one side dropped do no
harm. This is the alignment of the agreed scorer, kept equal to it step by step so that figures agree to the digit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher

from huizong.classifier.labels import compact
from huizong.records import Span

_GRAM = 10
_GAP = 600


class Alignment:
    """Maps spans of `read` (a cleaned text) to spans of `compact_text` (what labels count in)."""

    def __init__(self, read: str, compact_text: str) -> None:
        self._compact_at: list[int] = []
        kept: list[str] = []
        for character in read:
            self._compact_at.append(len(kept))
            if compact(character):
                kept.append(character)
        self._compact_at.append(len(kept))
        self._places = _places("".join(kept), compact_text)

    def span(self, span: Span) -> Span | None:
        """Where `span` lies in the compact text; `None` where fewer than half of its characters have a place."""
        if not span.start < span.end < len(self._compact_at):
            return None
        start, end = self._compact_at[span.start], self._compact_at[span.end]
        inside = [place for place in self._places[start:end] if place is not None]
        if not inside or end - start > 2 * len(inside):
            return None
        return Span(min(inside), max(inside) + 1)


def _places(read: str, labelled: str) -> list[int | None]:
    places: list[int | None] = [None] * len(read)
    i = j = 0
    for x, y in [*_anchors(read, labelled), (len(read), len(labelled))]:
        if x < i or y < j:
            continue
        if 0 < x - i <= _GAP and 0 < y - j <= _GAP:
            matcher = SequenceMatcher(None, read[i:x], labelled[j:y], autojunk=False)
            for match in matcher.get_matching_blocks():
                for step in range(match.size):
                    places[i + match.a + step] = j + match.b + step
        i, j = x, y
        while i < len(read) and j < len(labelled) and read[i] == labelled[j]:
            places[i] = j
            i, j = i + 1, j + 1
    return places


def _anchors(read: str, labelled: str) -> list[tuple[int, int]]:
    """Pairs of places of grams unique in both texts: the longest run that rises in both."""
    in_labelled = _unique_grams(labelled)
    pairs = sorted((x, in_labelled[gram]) for gram, x in _unique_grams(read).items() if gram in in_labelled)
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (_, y) in enumerate(pairs):
        at = bisect_left(tails, y)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [y]
        ends[at : at + 1] = [n]
    run: list[tuple[int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = back[n]
    return run[::-1]


def _unique_grams(text: str) -> dict[str, int]:
    grams = [text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)]
    often = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if often[gram] == 1}
