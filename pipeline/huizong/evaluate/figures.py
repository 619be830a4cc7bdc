"""What the tallies of scored reports come to: precision, recall, F1 and accuracies, pooled over all reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from huizong.records import Kind

ITEM_KINDS = (Kind.MEASURE, Kind.ACHIEVEMENT, Kind.ISSUE, Kind.PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Right ones out of those found and those wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 when nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"({self.right:g} of {self.wanted:g}, {self.found:g} predicted)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one evaluation. `None` where no label asks for the figure."""

    counts_found: Score
    counts_full: Score
    counts_object: float
    counts_status: float
    counts_approx: float
    counts_change: float
    counts_year: float | None
    items: dict[Kind, Score]
    items_macro: float
    items_strict: float | None
    headings: Score
    roles: float
    areas: float | None
    aliases: Score
    ungrounded: int

    def named(self) -> list[tuple[str, Score | float | int | None]]:
        """Every figure with its name, in the scorer's order."""
        return [
            ("counts.found", self.counts_found),
            ("counts.full", self.counts_full),
            ("counts.object", self.counts_object),
            ("counts.status", self.counts_status),
            ("counts.approx", self.counts_approx),
            ("counts.change", self.counts_change),
            ("counts.year", self.counts_year),
            *((f"items.{kind}", score) for kind, score in self.items.items()),
            ("items.macro", self.items_macro),
            ("items.strict", self.items_strict),
            ("headings", self.headings),
            ("roles", self.roles),
            ("areas", self.areas),
            ("aliases", self.aliases),
            ("ungrounded", self.ungrounded),
        ]

    def lines(self) -> list[str]:
        """The figures as lines of text, a figure a line."""
        return [
            f"{name:<18} {value:.3f}" if isinstance(value, float) else f"{name:<18} {value}"
            for name, value in self.named()
        ]


def figures(tally: Counter[str]) -> Figures:
    """The figures that the counts in `tally` (see `scoring.score_document`) come to."""
    found = tally["counts.tp"] or 1
    items = {kind: _score(tally, kind) for kind in ITEM_KINDS}
    seen = [kind for kind in ITEM_KINDS if tally[f"{kind}.gold"] or tally[f"{kind}.predicted"]]
    return Figures(
        counts_found=_score(tally, "counts"),
        counts_full=Score(right=tally["counts.full"], found=tally["counts.predicted"], wanted=tally["counts.gold"]),
        counts_object=tally["object.ok"] / found,
        counts_status=tally["status.ok"] / found,
        counts_approx=tally["approx.ok"] / found,
        counts_change=tally["change.ok"] / found,
        counts_year=_share(tally, "year"),
        items=items,
        items_macro=sum(items[kind].f1 for kind in seen) / len(seen) if seen else 0.0,
        items_strict=_share(tally, "strict"),
        headings=_score(tally, "headings"),
        roles=tally["roles.ok"] / tally["headings.tp"] if tally["headings.tp"] else 0.0,
        areas=_share(tally, "areas"),
        aliases=_score(tally, "aliases"),
        ungrounded=tally["ungrounded"],
    )


def _score(tally: Counter[str], name: str) -> Score:
    return Score(right=tally[f"{name}.tp"], found=tally[f"{name}.predicted"], wanted=tally[f"{name}.gold"])


def _share(tally: Counter[str], name: str) -> float | None:
    return tally[f"{name}.ok"] / tally[f"{name}.n"] if tally[f"{name}.n"] else None
