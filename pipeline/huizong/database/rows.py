"""A report as rows of the tables of `schema`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from huizong.corrections.journal import Journal
from huizong.database.schema import checks, counts, items, links, numbers, sections, tasks
from huizong.indicators import match_indicator
from huizong.records import Count, Span
from huizong.report import Report
from huizong.settings import Settings
from huizong.store import to_json
from huizong.tables.origin import origin

Values: TypeAlias = dict[str, Any]
_MOST_QUOTES = 3


def report_row(report: Report, settings: Settings) -> Values:
    """The row of `reports`, without what the database knows of it (`file_id`, `digest`)."""
    told = origin(report, settings)
    return {
        "school": told.school,
        "year": told.year,
        "title": report.meta.title,
        "text": plain(report.text),
        "corrected": report.corrections is not None,
    }


def packed(content: bytes) -> bytes:
    """The JSON of a report as it is kept: compressed (zlib)."""
    return zlib.compress(content, 6)


def unpacked(content: bytes) -> Report:
    """The report of what `packed` gave. Raises `ValueError`, `KeyError`, `TypeError` or `zlib.error` for anything else."""
    return Report.from_dict(json.loads(zlib.decompress(content).decode("utf-8")))


def finding_rows(report: Report) -> dict[str, list[Values]]:
    """The rows of every table of findings, by its name; `file_id` is left to the database."""
    made: dict[str, Iterable[Values]] = {
        sections.name: (
            _placed(s.span, s.page)
            | {
                "id": s.id,
                "parent": s.parent,
                "level": s.level,
                "number": s.number,
                "title": s.title,
                "role": str(s.role),
            }
            for s in report.sections
        ),
        items.name: (
            _placed(i.span, i.page)
            | {
                "id": i.id,
                "kind": str(i.kind),
                "area": None if i.area is None else str(i.area),
                "text": i.text,
                "section_id": i.section,
                "confidence": i.confidence,
                "reason": i.reason,
            }
            for i in report.items
        ),
        counts.name: _counts(report),
        tasks.name: (
            _placed(t.span, t.page)
            | {
                "id": t.id,
                "item_id": t.item,
                "area": None if t.area is None else str(t.area),
                "brief": t.brief,
                "actor": t.actor,
                "beneficiary": t.beneficiary,
                "time": t.time,
                "state": None if t.state is None else str(t.state),
                "effect": t.effect,
                "confidence": t.confidence,
            }
            for t in report.tasks
        ),
        links.name: (
            {"kind": str(k.kind), "source": k.source, "target": k.target, "score": k.score, "reason": k.reason}
            for k in report.links
        ),
        checks.name: (
            {
                "rule": str(c.rule),
                "severity": str(c.severity),
                "message": c.message,
                "quote": " … ".join(report.text[e.span.start : e.span.end] for e in c.evidence[:_MOST_QUOTES]) or None,
                "page": c.evidence[0].page if c.evidence else None,
            }
            for c in report.checks
        ),
        numbers.name: (
            _placed(n.span, n.page) | {"quote": n.quote, "role": str(n.role), "count_id": n.count}
            for n in report.numbers
        ),
    }
    return {name: [_clean(row) | {"position": at} for at, row in enumerate(rows)] for name, rows in made.items()}


def decision_rows(journal: Journal) -> list[Values]:
    """Every decision that was ever taken, with whether it was undone."""
    gone = {undone.number for undone in journal.undone}
    return [
        _clean(
            {
                "number": d.number,
                "by_": d.by,
                "when_": d.when,
                "act": str(d.act),
                "sheet": d.table,
                "column_": d.column,
                "before": _told(d.before),
                "after": _told(d.after),
                "report": d.anchor.report,
                "quote": d.anchor.quote,
                "undone": d.number in gone,
            }
        )
        for d in journal.decisions
    ]


def as_json(value: object) -> str:
    """`value` as the JSON that a cell of the database holds."""
    return plain(to_json(value))


def _counts(report: Report) -> Iterator[Values]:
    yield from _counts_of(report, report.counts, derived=False)
    yield from _counts_of(report, report.derived, derived=True)


def _counts_of(report: Report, found: Sequence[Count], *, derived: bool) -> Iterator[Values]:
    for count in found:
        item = report.item_by_id.get(count.item or "")
        match = match_indicator(count, item.text if item else "")
        yield _placed(count.span, count.page) | {
            "id": count.id,
            "item_id": count.item,
            "quote": count.quote,
            "value": count.value,
            "high": count.high,
            "lower": count.lower,
            "upper": count.upper,
            "unit": count.unit,
            "approx": count.approx,
            "object": count.object,
            "subject": count.subject,
            "action": count.action,
            "level": None if count.level is None else str(count.level),
            "nature": str(count.nature),
            "change": str(count.change),
            "status": str(count.status),
            "year": count.year,
            "indicator": match.indicator.id if match else None,
            "derived": derived,
            "table_no": count.table,
            "row_no": count.row,
            "column_no": count.column,
            "confidence": count.confidence,
            "reason": count.reason,
        }


def _placed(span: Span, page: int | None) -> Values:
    return {"start": span.start, "end_": span.end, "page": page}


def _told(value: object) -> str | None:
    return None if value is None else str(value)


def _clean(row: Values) -> Values:
    return {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}


def plain(words: str) -> str:
    """`words` as any database takes them: PostgreSQL has no NUL, and none has stray bytes of file names."""
    return words.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")
