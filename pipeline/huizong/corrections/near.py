"""The finding whose words are nearest to words that a changed report no longer has: told and offered, never taken by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from huizong.corrections.anchors import Anchors, plain
from huizong.records import Anchor, AnchorKind, Decision, Item
from huizong.report import Report

_ALIKE = 0.7  # share of the pairs of characters that both have
_AHEAD = 0.1  # of the second best: where two are alike, nothing is offered
_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What may be meant: its words, its page, how much of it is the same (0..1), and its anchor where a decision can be moved there."""

    words: str
    page: int
    alike: float
    anchor: Anchor | None

    def told(self) -> str:
        """In Chinese, to stand behind the sentence that says that the words are gone."""
        words = self.words if len(self.words) <= _SHOWN else self.words[:_SHOWN] + "…"
        return f"最像的是第 {self.page} 页“{words}”（{self.alike:.0%} 相同）"


def nearest(anchor: Anchor, report: Report) -> Near | None:
    """The one finding of `report` that is clearly nearest to the words of `anchor`; of a count its sentence, and the count in it."""
    if anchor.kind is AnchorKind.TASK:
        tasks = ((task.span.of(report.text), task.page, task.id) for task in report.tasks)
        return _moved(_best(anchor.quote, tasks), report)
    items = ((item.text, item.page, item.id) for item in report.items)
    if anchor.kind is AnchorKind.ITEM:
        return _moved(_best(anchor.quote, items), report)
    if anchor.kind is AnchorKind.COUNT and anchor.cell is None:
        found = _best(anchor.within, items)
        return _count_in(report.item_by_id[found[2]], anchor, report, found[3]) if found else None
    if anchor.kind is AnchorKind.WORDS:
        found = _best(anchor.within or anchor.quote, items)
        return Near(words=found[0], page=found[1], alike=found[3], anchor=None) if found else None
    return None


def moved(decision: Decision, gone: Anchor, anchor: Anchor) -> Decision:
    """`decision` with `anchor` wherever it meant `gone`: itself, a side of its pair, a statement that it names."""

    def swap(one: Anchor) -> Anchor:
        return anchor if one == gone else one

    own = swap(decision.anchor)
    return replace(
        decision,
        anchor=replace(own, parts=tuple(map(swap, own.parts))) if own.parts else own,
        refs=tuple(map(swap, decision.refs)),
    )


def _best(words: str, among: Iterable[tuple[str, int, str]]) -> tuple[str, int, str, float] | None:
    """Words, page, id and likeness of the one that is clearly most alike."""
    wanted = plain(words)
    rated = sorted(((_alike(wanted, plain(other)), other, page, key) for other, page, key in among), reverse=True)
    if not rated or rated[0][0] < _ALIKE or (len(rated) > 1 and rated[0][0] - rated[1][0] < _AHEAD):
        return None
    alike, found, page, key = rated[0]
    return found, page, key, alike


def _alike(one: str, other: str) -> float:
    """Dice's share of common pairs of characters; 0 where the lengths alone rule it out.

    >>> _alike("共建实训室4间", "共建实训室4间"), round(_alike("共建实训室4间", "共建实训室5间"), 2), _alike("共建", "实训")
    (1.0, 0.67, 0.0)
    """
    if min(len(one), len(other)) < _ALIKE / (2 - _ALIKE) * max(len(one), len(other)):
        return 0.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


@lru_cache(maxsize=8192)
def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _moved(found: tuple[str, int, str, float] | None, report: Report) -> Near | None:
    if found is None:
        return None
    words, page, key, alike = found
    return Near(words=words, page=page, alike=alike, anchor=Anchors(report).of(key))


def _count_in(item: Item, anchor: Anchor, report: Report, alike: float) -> Near:
    """The sentence, with the one count in it that has the printed number of the anchor."""
    own = {*item.counts, *(count.id for count in report.derived if count.item == item.id)}
    counts = [c.id for c in (*report.counts, *report.derived) if c.id in own and c.quote == anchor.quote]
    there = Anchors(report).of(counts[0]) if len(counts) == 1 else None
    return Near(words=item.text, page=item.page, alike=alike, anchor=there)
