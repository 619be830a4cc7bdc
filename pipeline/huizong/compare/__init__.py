"""Years side by side: indicators, issues, promises, copied text and anomalies of the bodies whose reports are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huizong.compare.anomalies import find_anomalies
from huizong.compare.bodies import Said, by_body, cards, chosen, edition, said_with
from huizong.compare.copied import find_copied, sentences_of
from huizong.compare.indicators import indicator_rows, series_of
from huizong.compare.issues import issue_rows
from huizong.compare.points import read
from huizong.compare.promises import find_promises
from huizong.compare.records import (
    Anomaly,
    AnomalyRule,
    Change,
    Comparison,
    Copied,
    CopiedShare,
    Edition,
    IndicatorRow,
    IssueRow,
    IssueStatus,
    Outcome,
    Promise,
)
from huizong.compare.wording import worded
from huizong.report import Report

__all__ = [
    "Anomaly",
    "AnomalyRule",
    "Change",
    "Comparison",
    "Copied",
    "CopiedShare",
    "Edition",
    "IndicatorRow",
    "IssueRow",
    "IssueStatus",
    "Outcome",
    "Promise",
    "Said",
    "compare_reports",
    "said_with",
]


def compare_reports(
    reports: Iterable[Report],
    *,
    body: str | None = None,
    years: tuple[int, int] | None = None,
    said: Sequence[Said] = (),
) -> Comparison:
    """The comparison of the reports of each body over its years; copied sentences also between bodies.

    `body` keeps the reports of the bodies so called (full or short name, or a part of it), `years` those of a span of years,
    both ends included. The order of the reports does not matter. `said` gives body and year of reports that do not tell, one a
    report; those still without are named in `left_out`.

    A sequence is gone through twice, body by body the second time, so that of stored reports (`StoredReports`) only those of
    one body are in memory at a time; anything else is held.
    """
    held = reports if isinstance(reports, Sequence) else tuple(reports)
    found, left_out = cards(held, said)
    found = chosen(found, body, years)
    indicators, issues, promises, anomalies, sentences = [], [], [], [], []
    for group in by_body(found).values():
        own = [read(edition(card, held[card.at])) for card in group]
        series = series_of(point for reading in own for point in reading.points)
        indicators += indicator_rows(series)
        anomalies += find_anomalies(series, own)
        sentences += [sentences_of(reading.edition) for reading in own]
        if len(own) > 1:
            issues += issue_rows(worded([reading.edition for reading in own]))
            promises += find_promises(own)
    copied, shares = find_copied(sentences)
    return Comparison(
        bodies=tuple(dict.fromkeys(card.body for card in found)),
        years=tuple(sorted({card.year for card in found})),
        indicators=tuple(indicators),
        issues=tuple(issues),
        promises=tuple(promises),
        copied=tuple(copied),
        copied_shares=tuple(shares),
        anomalies=tuple(anomalies),
        left_out=tuple(left_out),
    )
