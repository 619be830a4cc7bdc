"""The findings of one report while decisions are set into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huizong.extractors.particulars import find_particulars
from huizong.extractors.tasks import find_tasks
from huizong.records import (
    Area,
    Change,
    Count,
    Item,
    Kind,
    Level,
    Link,
    LinkKind,
    Nature,
    Number,
    Particular,
    ParticularKind,
    Status,
    Task,
    TaskState,
)
from huizong.report import Report

_TASKS_COME_FROM = (Kind.MEASURE, Kind.ACHIEVEMENT)
BY_HAND = "人工"

Read = Callable[[Any], Any]


def _as_is(value: Any) -> Any:
    return value


def _maybe(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _many(value: Any) -> tuple[str, ...]:
    return tuple(value or ())


ITEM_FIELDS: Mapping[str, Read] = {"area": _maybe(Area), "kind": Kind}
TASK_FIELDS: Mapping[str, Read] = {
    "area": _maybe(Area),
    "brief": str,
    "actor": _as_is,
    "beneficiary": _as_is,
    "departments": _many,
    "time": _as_is,
    "state": TaskState,
    "effect": _as_is,
}
COUNT_FIELDS: Mapping[str, Read] = {
    "value": float,
    "lower": _maybe(float),
    "upper": _maybe(float),
    "unit": str,
    "approx": bool,
    "object": _as_is,
    "level": _maybe(Level),
    "subject": _as_is,
    "nature": Nature,
    "change": Change,
    "status": Status,
    "year": _maybe(int),
    "listed": _many,
    "indicator": str,
}
PARTICULARS = frozenset(map(str, ParticularKind))


@dataclass(slots=True)
class Findings:
    """What is set: the findings by their ids. `touched` are those that people decided about."""

    report: Report
    items: dict[str, Item]
    tasks: dict[str, Task]
    counts: dict[str, Count]
    derived: dict[str, Count]
    particulars: list[Particular]
    links: list[Link]
    dismissed: set[str]
    touched: set[str]

    @classmethod
    def of(cls, report: Report) -> Findings:
        """The findings of a report as they were extracted."""
        return cls(
            report=report,
            items=dict(report.item_by_id),
            tasks={task.id: task for task in report.tasks},
            counts=dict(report.count_by_id),
            derived={count.id: count for count in report.derived},
            particulars=list(report.particulars),
            links=list(report.links),
            dismissed=set(),
            touched=set(),
        )

    def confirm(self, key: str) -> None:
        """A person looked at the finding: it is as sure as can be."""
        self.touched.add(key)
        if key in self.items:
            self.items[key] = replace(self.items[key], confidence=1.0, reason=BY_HAND)
        if key in self.tasks:
            self.tasks[key] = replace(self.tasks[key], confidence=1.0)
        for counts in (self.counts, self.derived):
            if key in counts:
                counts[key] = replace(counts[key], confidence=1.0, reason=BY_HAND)

    def set(self, key: str, name: str, value: Any) -> bool:
        """Sets one field of a finding; false where it has no such field, or none that could hold the value."""
        if key in self.items and name in ITEM_FIELDS:
            self._set_item(key, name, value)
        elif key in self.items and name in PARTICULARS:
            return self._set_particular(key, ParticularKind(name), value)
        elif key in self.tasks and name in TASK_FIELDS:
            self.tasks[key] = replace(self.tasks[key], **{name: TASK_FIELDS[name](value)})
        elif (key in self.counts or key in self.derived) and name in COUNT_FIELDS:
            self._set_count(key, name, value)
        else:
            return False
        return True

    def _set_item(self, key: str, name: str, value: Any) -> None:
        """Sets area or kind of a statement; the area of its tasks goes along where nobody set it, and what a kind brings with it."""
        item = self.items[key]
        changed = replace(item, **{name: ITEM_FIELDS[name](value)})
        self.items[key] = changed
        own = [task for task in self.tasks.values() if task.item == key and task.id not in self.touched]
        if name == "area":
            self.items[key] = replace(changed, area_reason=BY_HAND)
            for task in own:
                self.tasks[task.id] = replace(task, area=changed.area)
        elif changed.kind is not item.kind:
            self._follow_kind(changed, own)

    def _follow_kind(self, item: Item, tasks: Sequence[Task]) -> None:
        """A statement of another kind: its tasks, deadline, owner and links are those of that kind."""
        if item.kind not in _TASKS_COME_FROM:
            for task in tasks:
                del self.tasks[task.id]
        elif not any(task.item == item.id for task in self.tasks.values()):
            report = self.report
            made = find_tasks(
                report.text,
                [item],
                tuple(self.counts.values()),
                sha256=report.source.sha256,
                meta=report.meta,
                aliases=report.aliases,
            )
            self.tasks |= {task.id: task for task in made if task.id not in self.dismissed}
        self.particulars = [p for p in self.particulars if p.item != item.id]
        self.particulars += find_particulars(self.report.text, [item])
        self.links = [link for link in self.links if item.id not in (link.source, link.target)]

    def _set_count(self, key: str, name: str, value: Any) -> None:
        """Sets one field of a count. Bounds that were the value itself stay so; the words of the number follow value and unit."""
        counts = self.counts if key in self.counts else self.derived
        count = counts[key]
        changed = replace(count, **{name: COUNT_FIELDS[name](value)})
        if name == "value" and count.lower == count.upper == count.value:
            changed = replace(changed, lower=changed.value, upper=changed.value)
        if name in ("value", "unit"):
            changed = replace(changed, said=f"{changed.value:.15g}{changed.unit}")
        counts[key] = changed

    def _set_particular(self, key: str, kind: ParticularKind, words: str | None) -> bool:
        """Sets deadline, owner or cause of a statement; false where the words do not stand in it."""
        item = self.items[key]
        at = item.text.find(words) if words else 0
        self.particulars = [p for p in self.particulars if not (p.item == key and p.kind is kind)]
        if words and at >= 0:
            span = replace(item.span, start=item.span.start + at, end=item.span.start + at + len(words))
            self.particulars.append(Particular(item=key, kind=kind, span=span, quote=words))
        return at >= 0

    def set_links(self, key: str, others: Sequence[str], *, issue: bool) -> None:
        """Links an issue (or, where `issue` is false, a plan) to these statements and to no others."""
        pairs = [(key, other) if issue else (other, key) for other in others]
        mine = [link for link in self.links if (link.source if issue else link.target) == key]
        kept = [link for link in mine if (link.source, link.target) in pairs]
        known = {(link.source, link.target) for link in kept}
        made = [_link(source, target) for source, target in pairs if (source, target) not in known]
        self.links = [link for link in self.links if link not in mine] + kept + made

    def add_link(self, issue: str, plan: str) -> None:
        """Links an issue to a plan."""
        if not any(link.source == issue and link.target == plan for link in self.links):
            self.links.append(_link(issue, plan))

    def drop(self, key: str) -> None:
        """Takes a finding out. A statement stays in the text as one that says nothing for the tables; its tasks are rows of their own."""
        self.dismissed.add(key)
        if key in self.items:
            self.items[key] = replace(self.items[key], kind=Kind.OTHER)
            self.links = [link for link in self.links if key not in (link.source, link.target)]
            self.particulars = [p for p in self.particulars if p.item != key]
        self.tasks.pop(key, None)
        self.derived.pop(key, None)
        if self.counts.pop(key, None) is not None:
            self.items = {i: replace(v, counts=_without(v.counts, key)) for i, v in self.items.items()}
            self.tasks = {i: replace(v, counts=_without(v.counts, key)) for i, v in self.tasks.items()}

    def numbers(self) -> tuple[Number, ...]:
        """The numerals of the report, none of them the number of a count that was taken out."""
        return tuple(
            replace(n, count=None) if n.count is not None and n.count in self.dismissed else n
            for n in self.report.numbers
        )


def _without(ids: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(i for i in ids if i != gone) if gone in ids else ids


def _link(issue: str, plan: str) -> Link:
    return Link(kind=LinkKind.ISSUE_PLAN, source=issue, target=plan, score=1.0, reason=BY_HAND)
