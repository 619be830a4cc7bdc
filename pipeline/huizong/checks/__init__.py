"""校核提示: what quality control would query in a report. `check_report` is the only entry.

Each theme is a module of pure functions from a frozen report to checks: `amounts` (sums, rates, parts), `values` (one thing,
two values; text and table; lists), `dates`, `plans`, `contradictions`, `structure`, `words`. Findings are never changed.
Precision before recall: where the words leave a way to read the report as right, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from huizong.checks.amounts import check_parts, check_rates, check_sums
from huizong.checks.contradictions import check_contradictions
from huizong.checks.dates import check_dates
from huizong.checks.plans import check_issues, check_plans
from huizong.checks.structure import check_bodies, check_objects, check_sections
from huizong.checks.values import check_lists, check_tables, check_values
from huizong.checks.words import check_references, check_typos
from huizong.records import Check, Rule, Token
from huizong.report import Report

__all__ = ["check_report"]

_CHECKS: tuple[Callable[[Report], Iterator[Check]], ...] = (
    check_sections,
    check_plans,
    check_sums,
    check_parts,
    check_rates,
    check_lists,
    check_tables,
    check_values,
    check_contradictions,
    check_bodies,
    check_objects,
    check_dates,
    check_references,
)


def check_report(report: Report, tokens: Sequence[Token], off: Collection[str] = ()) -> tuple[Check, ...]:
    """The checks of a report in the order of `Rule`, those of one rule in reading order.

    `tokens` are the words of its text; rules named in `off` are left out.
    """
    found = [check for checks in _CHECKS for check in checks(report)]
    found += [*check_issues(report, tokens), *check_typos(report, tokens)]
    order = list(Rule)
    kept = (check for check in found if check.rule not in off)
    return tuple(sorted(kept, key=lambda check: (order.index(check.rule), _first(check))))


def _first(check: Check) -> int:
    return check.evidence[0].span.start if check.evidence else -1
