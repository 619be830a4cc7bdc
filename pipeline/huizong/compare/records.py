"""What a comparison finds. Quotes are the reports' own words; years are those that the words speak of, or of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from huizong.checks.glossary import glossary_start
from huizong.compare.places import Places
from huizong.records import Token
from huizong.report import Report
from huizong.tokens import segment


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One report among those of its body. `year` is the one it is filed under, `aliases` lead from short names to full ones."""

    report: Report
    body: str
    year: int
    aliases: Mapping[str, str]

    @cached_property
    def places(self) -> Places:
        """Where clauses end and times are told in its text."""
        return Places(self.report.text)

    @cached_property
    def end(self) -> int:
        """Where its own words end and the explanations of terms begin, if there are any."""
        return glossary_start(self.report.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of its text."""
        return tuple(segment(self.report.text, [alias.alias for alias in self.report.aliases]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far an indicator moved between two years.

    `difference` is in the unit of the row; `percent` of the former value, `None` for shares and rates of growth and where that
    value is 0. `low`..`high` is what the difference may be when a value is approximate, `None` = open.
    """

    from_year: int
    to_year: int
    difference: float
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One thing of one owner over years. `values` and `quotes` are by year; `changes` has a step a pair of neighbouring years.

    `kind` tells what sort of number it is (总量, 新增, 累计, 增幅 …), `target` whether the values were aimed at. `sources` names
    the reports. A row that is not `comparable` has a `reason` and no changes.
    """

    id: str | None
    name: str
    body: str
    owner: str
    unit: str
    kind: str
    target: bool
    values: Mapping[int, float]
    quotes: Mapping[int, str]
    sources: Mapping[int, str]
    approximate: tuple[int, ...] = ()
    comparable: bool = True
    reason: str | None = None
    changes: tuple[Change, ...] = ()


class IssueStatus(StrEnum):
    """Whether an issue of the years compared is told for the first time in the last report, again, or no longer."""

    NEW = "new"
    RETURNED = "returned"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue and the years in which a body tells it."""

    body: str
    status: IssueStatus
    years: tuple[int, ...]
    quotes: Mapping[int, str]


class Outcome(StrEnum):
    """What the next report says of a plan."""

    KEPT = "kept"
    PARTLY = "partly"
    NO_EVIDENCE = "no evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A plan of one report against the next one. `target` and `reached` are in `unit`; `confidence` is in 0..1.

    `part` is the clause of a longer plan that the evidence speaks of, `None` where that is the whole plan or a number.
    """

    body: str
    year: int
    quote: str
    outcome: Outcome
    evidence_year: int | None = None
    evidence_quote: str | None = None
    target: float | None = None
    reached: float | None = None
    unit: str | None = None
    part: str | None = None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A sentence that stands in two reports, verbatim (`similarity` 1) or nearly so."""

    body: str
    from_body: str
    from_year: int
    to_year: int
    from_quote: str
    to_quote: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedShare:
    """How much of a report (by characters of its statements, 0..1) stands in an earlier one, verbatim or nearly so."""

    body: str
    from_body: str
    from_year: int
    to_year: int
    share: float


class AnomalyRule(StrEnum):
    """What is odd about a series: it jumps, a total falls, a base differs from what was reported."""

    JUMP = "jump"
    CUMULATIVE_FALL = "cumulative_fall"
    BASE_DIFFERS = "base_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """Something to ask about. `quotes` are by the year of the value (a base that differs: by year of the report)."""

    body: str
    rule: AnomalyRule
    years: tuple[int, ...]
    quotes: Mapping[int, str]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that the years side by side show. `left_out` says in Chinese which reports could not be placed and why."""

    bodies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    issues: tuple[IssueRow, ...] = ()
    promises: tuple[Promise, ...] = ()
    copied: tuple[Copied, ...] = ()
    copied_shares: tuple[CopiedShare, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the contract; besides, `body` of each entry, all steps (`changes`), `copied_shares` and `left_out`.

        Years are the keys of `values` and `quotes`, as text; `change` is the last step of an indicator, `null` without one.
        """
        return {name: list(entries) for name, entries in self.entries().items()}

    def entries(self) -> dict[str, Iterable[Any]]:
        """The lists of `to_dict` in its order; their entries are made while one goes through them, once."""
        return {
            "bodies": self.bodies,
            "years": self.years,
            "indicators": map(_indicator, self.indicators),
            "issues": map(_plain, self.issues),
            "promises": map(_plain, self.promises),
            "copied": map(_plain, self.copied),
            "anomalies": map(_plain, self.anomalies),
            "copied_shares": map(_plain, self.copied_shares),
            "left_out": self.left_out,
        }


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    plain = _plain(row)
    changes = [
        {
            "from": change.from_year,
            "to": change.to_year,
            "difference": change.difference,
            "percent": change.percent,
            "low": change.low,
            "high": change.high,
        }
        for change in row.changes
    ]
    return plain | {"change": changes[-1] if changes else None, "changes": changes}


def _plain(record: Any) -> dict[str, Any]:
    """A record as JSON: keys of dictionaries as text, enums as their words, tuples as lists."""
    return {name: _value(value) for name, value in asdict(record).items()}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _value(v) for key, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_value(v) for v in value]
    return str(value) if isinstance(value, StrEnum) else value
