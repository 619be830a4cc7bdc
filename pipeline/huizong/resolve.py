"""Candidates → one consistent report: every sentence one item, every count in its item, every numeral explained."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from huizong.extractors.count_owners import Owners
from huizong.extractors.derived import find_derived
from huizong.extractors.links import link_items
from huizong.extractors.members import give_to_formed_body
from huizong.extractors.number_roles import explain_numbers
from huizong.extractors.particulars import find_particulars
from huizong.extractors.tasks import find_tasks
from huizong.records import Alias, CleanDocument, Count, Item, Kind, Label, Meta, Outline, Span, Token, finding_id
from huizong.report import Report


def resolve(
    document: CleanDocument,
    outline: Outline,
    labels: Sequence[Label],
    counts: Sequence[Count],
    table_counts: Sequence[Count] = (),
    *,
    meta: Meta,
    aliases: tuple[Alias, ...],
    tokens: Sequence[Token],
) -> Report:
    """The report of `document`. `labels` go with `outline.sentences` one by one; `counts` need no `item` and `section` yet.

    `table_counts` come behind those of the text; items, tasks and the roles of numerals are of the text alone.
    """
    sha256 = document.source.sha256
    items = []
    placed: list[Count] = []
    left = sorted(counts, key=lambda c: (c.span.start, c.span.end))
    starts = [c.span.start for c in left]
    for sentence, label in zip(outline.sentences, labels, strict=True):
        near = left[bisect_left(starts, sentence.span.start) : bisect_right(starts, sentence.span.end)]
        inside = [give_to_formed_body(document.text, sentence, c) for c in near if sentence.span.contains(c.span)]
        name = None if sentence.heading else finding_id(sha256, "item", sentence.span)
        placed += [
            replace(c, item=name, section=sentence.section, confidence=_read(document, c.span, c.confidence))
            for c in inside
        ]
        if name is None:
            continue
        items.append(
            Item(
                id=name,
                kind=label.kind if label.kind is not Kind.HEADING else Kind.OTHER,
                area=label.area,
                span=sentence.span,
                text=sentence.span.of(document.text),
                section=sentence.section,
                page=document.source_map.page(sentence.span.start),
                confidence=_read(document, sentence.span, label.confidence),
                reason=label.reason,
                area_reason=label.area_reason,
                counts=tuple(c.id for c in inside),
            )
        )
    numbers = explain_numbers(document.text, placed, outline.sections, document.source_map.page)
    tasks = find_tasks(document.text, items, placed, sha256=sha256, meta=meta, aliases=aliases)
    return Report(
        source=document.source,
        meta=meta,
        text=document.text,
        aliases=aliases,
        sections=outline.sections,
        items=tuple(items),
        counts=(*placed, *table_counts),
        tasks=tasks,
        numbers=tuple(numbers),
        derived=find_derived(
            document.text,
            items,
            placed,
            tokens,
            Owners(aliases, meta),
            sha256=sha256,
            page_of=document.source_map.page,
        ),
        particulars=find_particulars(document.text, items),
        links=link_items(document.text, items, outline.sections, tokens),
        tables=document.tables,
        notices=document.notices,
        pictures=document.pictures,
        source_map=document.source_map,
    )


def _read(document: CleanDocument, span: Span, confidence: float) -> float:
    """The confidence of a finding times that of its reading; as it was when the words come from a text."""
    read = document.confidence(span)
    return confidence if read == 1.0 else round(confidence * read, 4)
