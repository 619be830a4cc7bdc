"""Where a numbered heading ends when its line is exactly full: nothing in the layout tells, only the words do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from huizong.cleaning.markers import closed, marker, must_go_on

_SENTENCE_END = re.compile(r"[。！？；!?;]")
_BODY_START = re.compile(
    r"(?:[我两各全该本双]|学校|学院|今年|去年|目前|近年|一年来|过去|按照|根据|围绕|为|在|以|坚持|通过|积极|认真|深入|切实|"
    r"一是|首先|\d{4}年|截至|持续|不断|要|将)"
)
_LONGEST = 48
"""Characters beyond which no heading goes."""
_LONG_SENTENCE = 34
"""A run-in heading closes before so many characters; a heading and its body's first sentence are longer."""
_HABIT = {"third": 0.5, "fourth": 0.5, "circled": 0.2}
"""How often such a marker opens a heading of its own before anything is known of the report; 0.8 for the others."""


class Headings:
    """Knows how the report at hand uses its heading numbers and which characters stand together in it."""

    def __init__(self, rows: Sequence[str], full: int) -> None:
        """`rows` are the lines of the report, `full` the characters of a full one."""
        self._pairs: Counter[str] = Counter()
        self._uses: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for at, row in enumerate(rows):
            self._pairs.update(row[n : n + 2] for n in range(len(row) - 1))
            if kind := marker(row):
                alone = _stands_alone(rows[at : at + 4], full)
                if alone is not None:
                    self._uses[kind].append((at, alone))

    def _habit(self, kind: str, at: int) -> float:
        """How surely such a marker opens a heading of its own around row `at`: the four nearest ones tell."""
        uses = [use for use in self._uses[kind] if use[0] != at]
        nearest = sorted(uses, key=lambda use: abs(use[0] - at))[:4]
        return (sum(alone for _, alone in nearest) + _HABIT.get(kind, 0.8)) / (len(nearest) + 1)

    def ends(self, at: int, heading: str, ahead: Sequence[str]) -> bool:
        """Whether `heading`, which begins in row `at` and whose last line is full, ends there.

        `ahead` are the lines up to the next sure end of a paragraph.
        """
        rest = "".join(ahead)
        sentence = _SENTENCE_END.search(rest)
        if sentence is None:
            # A body closes its sentences: all of this is heading.
            return False
        soon = len(heading) + sentence.start() < _LONG_SENTENCE
        if self._habit(marker(heading) or "", at) < (0.6 if soon else 0.4):
            return False
        best, best_score = 0, -100.0
        text = heading
        for lines_more in range(len(ahead)):
            score = self._score(text, "".join(ahead[lines_more:])) - 0.5 * lines_more
            if score > best_score:
                best, best_score = lines_more, score
            text += ahead[lines_more]
            if _SENTENCE_END.search(text) or len(text) > _LONGEST:
                break
        return best == 0

    def _score(self, heading: str, body: str) -> float:
        """How well the words part into a heading and the body after it."""
        if must_go_on(heading) or body[0] in "，、。；：）》”’的" or heading.count("“") != heading.count("”"):
            return -10.0
        score = 0.0
        # The same two characters side by side elsewhere: the cut goes through a word.
        if self._pairs[heading[-1] + body[0]]:
            score -= 2.0
        if _BODY_START.match(body):
            score += 1.0
        if closed(heading):
            score -= 5.0
        return score


def _stands_alone(rows: Sequence[str], full: int) -> bool | None:
    """Whether the heading that opens these lines ends before any sentence does; `None` when that is open.

    A short line before the first sentence's end: a heading of its own. A sentence that closes soon: a run-in heading.
    """
    length = 0
    for row in rows:
        if sentence := _SENTENCE_END.search(row):
            return False if length + sentence.start() < _LONG_SENTENCE else None
        if len(row) < full - 3:
            return True
        length += len(row)
    return None
