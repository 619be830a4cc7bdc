"""Rows that people added and whose words stand in the report: tasks and counts of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huizong.corrections.edits import COUNT_FIELDS, TASK_FIELDS, Findings
from huizong.records import Change, Count, Decision, Item, Nature, Span, Status, Task, TaskState


def add_task(findings: Findings, decision: Decision, span: Span) -> str:
    """Adds the task that a person found in the words at `span`; its key. What the person did not fill in stays empty."""
    item = _item_at(findings, span)
    task = Task(
        id=decision.anchor.id,
        item=item.id if item else "",
        section=item.section if item else None,
        area=None,
        span=span,
        brief=span.of(findings.report.text),
        actor=None,
        beneficiary=None,
        departments=(),
        time=None,
        state=TaskState.UNKNOWN,
        effect=None,
        counts=tuple(c.id for c in findings.counts.values() if c.table is None and span.contains(c.span)),
        page=_page(decision, item),
        confidence=1.0,
    )
    told = {name: TASK_FIELDS[name](value) for name, value in _meanings(decision).items() if name in TASK_FIELDS}
    findings.tasks[task.id] = replace(task, **told)
    return task.id


def add_count(findings: Findings, decision: Decision, span: Span) -> str:
    """Adds the count that a person found in the words at `span`; its key. It belongs to its statement, and to the task around it."""
    item = _item_at(findings, span)
    told = {name: COUNT_FIELDS[name](value) for name, value in _meanings(decision).items() if name in COUNT_FIELDS}
    value = float(told.get("value", 0.0))
    count = Count(
        id=decision.anchor.id,
        span=span,
        quote=span.of(findings.report.text),
        value=value,
        high=None,
        unit="",
        approx=False,
        lower=value,
        upper=value,
        object=None,
        subject=None,
        action=None,
        change=Change.LEVEL,
        status=Status.ACTUAL,
        year=None,
        nature=Nature.PERIOD,
        level=None,
        listed=(),
        item=item.id if item else None,
        section=item.section if item else None,
        page=_page(decision, item),
        confidence=1.0,
        rule="人工",
    )
    findings.counts[count.id] = replace(count, **told)
    if item:
        findings.items[item.id] = replace(item, counts=(*item.counts, count.id))
    for task in findings.tasks.values():
        if task.span.contains(span):
            findings.tasks[task.id] = replace(task, counts=(*task.counts, count.id))
            break
    return count.id


def _meanings(decision: Decision) -> dict[str, Any]:
    return decision.meaning if isinstance(decision.meaning, dict) else {}


def _item_at(findings: Findings, span: Span) -> Item | None:
    return next((item for item in findings.items.values() if item.span.overlaps(span)), None)


def _page(decision: Decision, item: Item | None) -> int:
    return decision.anchor.page or (item.page if item else 1)
