"""Which plan answers which issue: by the words they share, weighed by how rare they are in the report.

Nearness in meaning without a shared word is not seen: rather no link than a guessed one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from huizong.lexicon.links import empty_words
from huizong.records import Item, Kind, Link, LinkKind, Section, Span, Token

_LEAST = 0.14
"""Cosine from which an issue and a plan speak of the same; read off reports of the corpus, precision first."""

_NEAR_BEST = 0.7
"""Further plans of an issue come at least this near to its best one."""

_MOST = 2
_HEADING_WEIGHT = 0.7
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


def link_items(
    text: str, items: Sequence[Item], sections: Sequence[Section], tokens: Sequence[Token]
) -> tuple[Link, ...]:
    """A link from each issue to the one or two plans that take it up, in the order of the issues; none for the others."""
    words = _Words(text, items, sections, tokens)
    plans = [(plan, words.of(plan)) for plan in items if plan.kind is Kind.PLAN]
    links: list[Link] = []
    for issue in items:
        if issue.kind is not Kind.ISSUE:
            continue
        own = words.of(issue)
        scored = [(words.cosine(own, theirs), plan, own.keys() & theirs.keys()) for plan, theirs in plans]
        scored = [s for s in scored if s[0] >= _LEAST and len(s[2]) > 1]
        scored.sort(key=lambda s: (-s[0], s[1].span.start))
        for score, plan, shared in scored[:_MOST]:
            if score >= _NEAR_BEST * scored[0][0]:
                reason = "、".join(sorted(shared, key=lambda word: (-words.rarity(word), word))[:4])
                links.append(
                    Link(
                        kind=LinkKind.ISSUE_PLAN,
                        source=issue.id,
                        target=plan.id,
                        score=round(score, 3),
                        reason=f"共有：{reason}",
                    )
                )
    return tuple(links)


class _Words:
    """The telling words of the statements of one report."""

    def __init__(self, text: str, items: Sequence[Item], sections: Sequence[Section], tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._starts = [token.start for token in tokens]
        self._sections = {section.id: section for section in sections}
        self._total = len(items)
        self._times = Counter(word for item in items for word in self._in(item.span))

    def of(self, item: Item) -> dict[str, float]:
        """The words of a statement with their weights; those of its heading count less."""
        weights = dict.fromkeys(self._in(item.span), 1.0)
        section = self._sections.get(item.section or "")
        if section is not None and section.level > 1:
            for word in self._in(section.span):
                weights.setdefault(word, _HEADING_WEIGHT)
        return {word: weight * self.rarity(word) for word, weight in weights.items()}

    def rarity(self, word: str) -> float:
        """Logarithm of how rarely the word comes in the statements of the report."""
        return math.log((self._total + 1) / (self._times[word] + 0.5))

    @staticmethod
    def cosine(a: dict[str, float], b: dict[str, float]) -> float:
        """How alike two weighted sets of words are, 0..1."""
        shared = sum(weight * b[word] for word, weight in a.items() if word in b)
        lengths = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
        return shared / lengths if lengths else 0.0

    def _in(self, span: Span) -> set[str]:
        found: set[str] = set()
        for token in self._tokens[bisect_left(self._starts, span.start) :]:
            if token.end > span.end:
                break
            word = self._text[token.start : token.end]
            if _CONTENT.fullmatch(word) and word not in empty_words():
                found.add(word)
        return found
