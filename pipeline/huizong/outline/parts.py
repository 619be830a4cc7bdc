"""How far headings reach: to the next heading of their level, but topics within a paragraph only as far as their like.

“一是…。” to “五是…。” in five paragraphs are parts of one list; what follows the last of them is no longer about it. Paragraphs that
open with “不足之处：” or “下半年：” have the role that these words name, and so has what follows up to the next heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from huizong.outline.levels import Heading, heading_levels
from huizong.outline.numbering import Style
from huizong.outline.standing import lead_role
from huizong.records import CleanDocument, Role


class Parts:
    """The reach of `headings`; `first` are the first sentences of the paragraphs of `document`.

    `levels` are the levels of the headings by their position; `led` is the role of each paragraph that an opening of its own
    or that of a paragraph before gives it.
    """

    def __init__(self, document: CleanDocument, headings: Sequence[Heading], first: Sequence[str]) -> None:
        self.levels = heading_levels(document.text, list(headings))
        self._document, self._headings = document, headings
        headed = {h.paragraph: h for h in reversed(headings)}
        self.led: dict[int, Role] = {}
        role: Role | None = None
        for index, words in enumerate(first):
            opens = headed.get(index)
            opened = opens is not None and document.paragraphs[index].span.start == opens.span.start
            role = None if opened else lead_role(words) or role
            if role is not None:
                self.led[index] = role
        self._limits = dict(self._last_topics())

    def end(self, position: int) -> int:
        """Where the section of the heading at `position` ends."""
        level = self.levels[position]
        later = (h.span.start for n, h in enumerate(self._headings) if n > position and self.levels[n] <= level)
        end = next(later, len(self._document.text))
        limit = self._limits.get(self._headings[position].span.start)
        return end if limit is None else min(end, self._document.paragraphs[limit].span.end)

    def is_past(self, start: int, paragraph: int) -> bool:
        """Whether the section whose heading starts at `start` has ended before `paragraph`."""
        limit = self._limits.get(start)
        return limit is not None and paragraph > limit

    def _last_topics(self) -> list[tuple[int, int]]:
        """Of every list of topics within paragraphs the last one: where it starts and the last paragraph that it reaches."""
        limits = []
        topics = groupby(enumerate(self._headings), key=lambda pair: _is_topic(self._document, pair[1]))
        for _, run in ((found, list(run)) for found, run in topics if found):
            paragraphs = [heading.paragraph for _, heading in run]
            steps = [later - earlier for earlier, later in pairwise(paragraphs)]
            if steps:
                last = min(paragraphs[-1] + max(0, max(steps) - 1), len(self._document.paragraphs) - 1)
                limits.append((run[-1][1].span.start, last))
        return limits


def _is_topic(document: CleanDocument, heading: Heading) -> bool:
    """Whether the heading is a sentence such as “一是抓管理。” with the text that it heads in the same paragraph."""
    number = heading.number
    return (
        number is not None
        and number.style is Style.RUN_IN
        and document.paragraphs[heading.paragraph].span.end > heading.span.end
    )
