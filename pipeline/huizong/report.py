"""A report as huizong has read it: findings on the cleaned text, each with its words and its page.

`Report` checks when it is built that every finding gives back its own words. `to_dict` is the JSON of the contract, `from_dict`
its reverse; `to_spacy` and `show` are for notebooks.
"""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from huizong.records import (
    Alias,
    Area,
    Box,
    Change,
    Check,
    Corrections,
    Count,
    Evidence,
    Item,
    Kind,
    Level,
    Link,
    LinkKind,
    Meta,
    Nature,
    Notice,
    Number,
    NumberRole,
    Particular,
    ParticularKind,
    Role,
    Rule,
    Section,
    Severity,
    Source,
    SourceMap,
    Span,
    Status,
    Table,
    Task,
    TaskState,
    joint_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

SCHEMA = 1

_COLOURS = {
    Kind.MEASURE: ("措施", "#dbeafe"),
    Kind.ACHIEVEMENT: ("成效", "#dcfce7"),
    Kind.ISSUE: ("问题", "#fee2e2"),
    Kind.PLAN: ("计划", "#fef3c7"),
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report. All tuples are in reading order (the counts of tables come behind those of the text); ids are unique.

    `checks` are what quality control would query, ordered by rule. `pictures` are the pages with a picture (`None`: not known).
    `source_map` leads from clean offsets to raw lines; it is not part of the JSON, so a report read back has `None`.
    `corrections` is what people's decisions did to this report beyond its findings; it is no part of the JSON either.
    """

    source: Source
    meta: Meta
    text: str
    aliases: tuple[Alias, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    counts: tuple[Count, ...]
    tasks: tuple[Task, ...]
    numbers: tuple[Number, ...]
    derived: tuple[Count, ...] = ()
    particulars: tuple[Particular, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[Notice, ...] = ()
    pictures: tuple[int, ...] | None = None
    source_map: SourceMap | None = None
    corrections: Corrections | None = None

    def __post_init__(self) -> None:
        for section in self.sections:
            self._grounded(section.id, section.span, section.number + section.title)
        for item in self.items:
            self._grounded(item.id, item.span, item.text)
        for count in self.counts:
            self._grounded(count.id, count.span, count.quote, within=self.words_around(count))
            if count.table is not None and count.item is not None:
                raise ValueError(f"{count.id}: a count of a table belongs to no item, not to {count.item}")
        if len(self.count_by_id) != len(self.counts):
            raise ValueError("two counts have the same id")
        for count in self.derived:
            self._grounded(count.id, count.span, count.quote)
        for number in self.numbers:
            self._grounded("number", number.span, number.quote)
        for detail in self.particulars:
            self._grounded(detail.kind, detail.span, detail.quote)
        for check in self.checks:
            if any(e.span.end > len(self.text) for e in check.evidence):
                raise ValueError(f"{check.rule}: evidence beyond the end of the text")

    def _grounded(self, name: str, span: Span, quote: str, within: str | None = None) -> None:
        words = span.of(self.text if within is None else within)
        if words != quote:
            raise ValueError(f"{name}: {quote!r} is not what stands at {span}: {words!r}")

    def words_around(self, count: Count) -> str:
        """What the offsets of `count` are into: the cleaned text, or the words of its cell for a count of a table.

        Raises `ValueError` for a place that no table of the report has.
        """
        if count.table is None:
            return self.text
        place = (count.table, count.row, count.column)
        if count.row is None or count.column is None or min(count.table, count.row, count.column) < 0:
            raise ValueError(f"{count.id}: {place} is no cell of a table")
        try:
            return self.tables[count.table].rows[count.row][count.column]
        except IndexError:
            raise ValueError(f"{count.id}: the report has no cell {place}") from None

    def pair_id(self, issue: Item | None, plan: Item | None) -> str:
        """The id of an issue together with a plan; `None` for the side that is missing."""
        return joint_id("pair", issue.id if issue else "", plan.id if plan else "")

    def check_id(self, check: Check) -> str:
        """The id of a check: its rule and where its words stand; what it says where something is missing altogether."""
        places = [f"{e.span.start}-{e.span.end}" for e in check.evidence] or [check.message]
        return joint_id("query", self.source.sha256, check.rule, *places)

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {i.id: i for i in self.items}

    @cached_property
    def count_by_id(self) -> dict[str, Count]:
        """The counts by their ids."""
        return {c.id: c for c in self.counts}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """The sections by their ids."""
        return {s.id: s for s in self.sections}

    def particular(self, item: str, kind: ParticularKind) -> str | None:
        """The words of the item that tell its deadline, owner or cause; `None` where it does not say."""
        return next((p.quote for p in self.particulars if p.item == item and p.kind is kind), None)

    def linked(self, kind: LinkKind, source: str) -> tuple[Item, ...]:
        """The items that links of this kind lead to from the item `source`."""
        return tuple(self.item_by_id[link.target] for link in self.links if link.kind is kind and link.source == source)

    def of_kind(self, *kinds: Kind) -> tuple[Item, ...]:
        """The items of these kinds."""
        return tuple(i for i in self.items if i.kind in kinds)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the contract, with `tasks`, `numbers` and `notices` besides; spans become `start` and `end`."""
        return {
            "schema": SCHEMA,
            "source": asdict(self.source),
            "meta": _flat(self.meta),
            "text": self.text,
            "aliases": [_flat(a) for a in self.aliases],
            "sections": [_flat(s) for s in self.sections],
            "items": [_flat(i) for i in self.items],
            "counts": [_flat(c) for c in self.counts],
            "tasks": [_flat(t) for t in self.tasks],
            "numbers": [_flat(n) for n in self.numbers],
            "derived": [_flat(c) for c in self.derived],
            "particulars": [_flat(p) for p in self.particulars],
            "links": [_flat(link) for link in self.links],
            "tables": [_flat(t) for t in self.tables],
            "checks": [_flat(c) for c in self.checks],
            "notices": [_flat(n) for n in self.notices],
            "pictures": None if self.pictures is None else list(self.pictures),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """The report of a `to_dict`. Raises `ValueError` for another schema or findings that do not fit the text."""
        if data.get("schema") != SCHEMA:
            raise ValueError(f"schema {data.get('schema')!r}, this version reads {SCHEMA}")
        return cls(
            source=Source(**data["source"]),
            meta=_record(Meta, data["meta"]),
            text=data["text"],
            aliases=tuple(_record(Alias, a) for a in data["aliases"]),
            sections=tuple(_record(Section, s) for s in data["sections"]),
            items=tuple(_record(Item, i) for i in data["items"]),
            counts=tuple(_record(Count, c) for c in data["counts"]),
            tasks=tuple(_record(Task, t) for t in data["tasks"]),
            numbers=tuple(_record(Number, n) for n in data["numbers"]),
            derived=tuple(_record(Count, c) for c in data.get("derived", ())),
            particulars=tuple(_record(Particular, p) for p in data.get("particulars", ())),
            links=tuple(_record(Link, link) for link in data.get("links", ())),
            tables=tuple(_table(t) for t in data["tables"]),
            checks=tuple(_check(c) for c in data["checks"]),
            notices=tuple(_record(Notice, n) for n in data["notices"]),
            pictures=None if data.get("pictures") is None else tuple(data["pictures"]),
        )

    def to_spacy(self) -> Doc:
        """A spaCy `Doc` with jieba's words; span groups `items`, `counts` and `headings` hold the findings.

        A finding's label is its kind (counts: `count`); one whose ends fall inside a word is widened to whole words.
        """
        import spacy
        from spacy.tokens import Doc

        from huizong.tokens import segment

        tokens = segment(self.text, [a.alias for a in self.aliases])
        words = [self.text[t.start : t.end] for t in tokens]
        starts = [t.start for t in tokens[1:]] + [len(self.text)]
        nlp = spacy.blank("xx")
        doc = Doc(nlp.vocab, words=words, spaces=[t.end < s for t, s in zip(tokens, starts, strict=True)])
        at = {c: n for n, t in enumerate(tokens) for c in range(t.start, t.end)}

        def spans(found: list[tuple[Span, str]]) -> list[Any]:
            ends = [(at[s.start], at[s.end - 1] + 1, label) for s, label in found if s.start < s.end]
            return [spacy.tokens.Span(doc, start, end, label=label) for start, end, label in ends]

        doc.spans["items"] = spans([(i.span, str(i.kind)) for i in self.items])
        doc.spans["counts"] = spans([(c.span, "count") for c in self.counts if c.table is None])
        doc.spans["headings"] = spans([(s.span, f"heading{s.level}") for s in self.sections])
        return doc

    def to_html(self) -> str:
        """The text with its statements coloured by kind and its counts in bold, as an HTML fragment; everything escaped."""
        marks: list[tuple[int, int, str]] = []
        for section in self.sections:
            marks.append((section.span.start, 1, "<b>"))
            marks.append((section.span.end, -1, "</b>"))
        for item in self.items:
            if item.kind in _COLOURS:
                name, colour = _COLOURS[item.kind]
                marks.append((item.span.start, 1, f'<span style="background:{colour}" title="{name}">'))
                marks.append((item.span.end, -1, "</span>"))
        for count in self.counts:
            if count.table is None:
                title = html.escape(f"{count.object or ''} {count.quote}", quote=True)
                marks.append((count.span.start, 2, f'<b style="border-bottom:2px solid #f97316" title="{title}">'))
                marks.append((count.span.end, -2, "</b>"))
        # At one place: inner ends first, then outer ends, then outer starts, then inner starts.
        marks.sort(key=lambda m: (m[0], m[1] > 0, m[1]))
        out, at = [], 0
        for place, _, tag in marks:
            out += [html.escape(self.text[at:place]), tag]
            at = place
        out.append(html.escape(self.text[at:]))
        legend = "　".join(f'<span style="background:{colour}">{name}</span>' for name, colour in _COLOURS.values())
        body = "".join(out).replace("\n", "<br>")
        return f'<div style="line-height:1.8"><p>{legend}　<b>数量</b></p>{body}</div>'

    def show(self) -> Any:
        """In a notebook: the text with its findings highlighted. Needs IPython, which every notebook has."""
        from IPython.display import HTML

        return HTML(self.to_html())  # type: ignore[no-untyped-call]


def _flat(record: Any) -> dict[str, Any]:
    """A record as JSON: a span as `start` and `end`, enums as their words, tuples as lists."""
    out: dict[str, Any] = {}
    for name, start, end in _flat_names(record.__class__):
        value = getattr(record, name)
        kind = type(value)
        if value is None or kind is str or kind is int or kind is float or kind is bool:
            out[name] = value
        elif kind is Span:
            out[start], out[end] = value.start, value.end
        elif isinstance(value, tuple):
            out[name] = [_element(v) for v in value]
        elif hasattr(value, "__dataclass_fields__"):
            out[name] = _flat(value)
        else:
            out[name] = str(value) if isinstance(value, str) else value
    return out


def _element(value: Any) -> Any:
    """One element of a tuple as JSON."""
    if hasattr(value, "__dataclass_fields__"):
        return _flat(value)
    return list(value) if isinstance(value, tuple) else value


@cache
def _flat_names(cls: Any) -> tuple[tuple[str, str, str], ...]:
    """The fields of a record class, each with the keys that the ends of a span in it have."""
    stored = [f.name for f in fields(cls) if f.metadata.get("stored", True)]
    names = [(name, "" if name == "span" else name.removesuffix("span")) for name in stored]
    return tuple((name, f"{prefix}start", f"{prefix}end") for name, prefix in names)


_ENUMS: dict[str, Any] = {
    "kind": Kind,
    "role": Role,
    "area": Area,
    "change": Change,
    "status": Status,
    "nature": Nature,
    "level": Level,
    "state": TaskState,
}


_OWN_ENUMS: dict[tuple[type, str], Any] = {
    (Number, "role"): NumberRole,
    (Particular, "kind"): ParticularKind,
    (Link, "kind"): LinkKind,
}


def _record(cls: Any, data: dict[str, Any]) -> Any:
    """The record of class `cls` that `_flat` made `data` of."""
    values: dict[str, Any] = {}
    for name, enum in _field_enums(cls):
        if name == "span":
            values["span"] = Span(data["start"], data["end"])
            continue
        if name not in data:  # stored before the field was thought of: it has a default
            continue
        value = data[name]
        if enum is not None and isinstance(value, str):
            value = enum[value]
        elif isinstance(value, list):
            value = tuple(value)
        values[name] = value
    return cls(**values)


def _check(data: dict[str, Any]) -> Check:
    return Check(
        rule=Rule(data["rule"]),
        severity=Severity(data["severity"]),
        message=data["message"],
        evidence=tuple(_record(Evidence, e) for e in data["evidence"]),
    )


@cache
def _field_enums(cls: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a record class, each with the members of its enum by their words, or `None`."""
    found = ((f.name, _OWN_ENUMS.get((cls, f.name)) or _ENUMS.get(f.name)) for f in fields(cls))
    return tuple((name, _Members((str(m), m) for m in enum) if enum else None) for name, enum in found)


class _Members(dict[str, Any]):
    """The members of an enum by their words."""

    def __missing__(self, word: str) -> Any:
        raise ValueError(f"{word!r} is none of {', '.join(self)}")


def _table(data: dict[str, Any]) -> Table:
    box = data.get("box")
    return Table(
        page=data["page"],
        caption=data["caption"],
        header=tuple(data["header"]),
        rows=tuple(tuple(row) for row in data["rows"]),
        box=None if box is None else Box(**box),
        header_rows=tuple(tuple(row) for row in data.get("header_rows", ())),
        filled=tuple((row, column) for row, column in data.get("filled", ())),
        row_pages=tuple(data.get("row_pages", ())),
        lines_before=data.get("lines_before"),
    )
