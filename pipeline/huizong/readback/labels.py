"""Decisions → labels: what people confirmed or changed, in the form that the models are trained from and measured by.

A row that a person changed (a note alone is no change) or confirmed counts as looked at, the whole of it; nothing else is truth. The
other sentences of a report stand in the label file because they are the context of those (a label file has no gaps), marked
`"seen": false`: they are neither learned from nor scored, and the file says that it is `"partial"`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from huizong.classifier.labels import LabelledCount, LabelledSentence, Labels, compact
from huizong.records import Area, Count, Item, Kind, Role, Span
from huizong.report import Report
from huizong.store import StoredReports, report_path, to_json, write_text

_DONE_OR_CAME_OF_IT = (Kind.MEASURE, Kind.ACHIEVEMENT)


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A label file that was written, with how many sentences and counts in it are truth."""

    path: Path
    sentences: int
    counts: int


@dataclass(frozen=True, slots=True)
class LabelledItem:
    """What is settled of a statement."""

    kind: Kind
    also: tuple[Kind, ...]
    area: Area | None


def export_labels(out: Path, folder: Path) -> tuple[LabelFile, ...]:
    """Writes NAME.gold.json and NAME.txt (the cleaned text that it speaks of) for each report in which people decided something.

    Raises `OutputError` where the folder cannot be written, and what reading the results raises.
    """
    written: list[LabelFile] = []
    taken: dict[str, int] = {}
    for report in StoredReports(out):
        labels = labels_of(report)
        if labels is None:
            continue
        name = report_path(folder, Path(report.source.name).stem, taken).stem
        path = folder / f"{name}.gold.json"
        write_text(folder / f"{name}.txt", report.text + "\n")
        write_text(path, to_json(_slim(labels)) + "\n")
        written.append(LabelFile(path, sum(s.seen for s in labels.sentences), len(labels.counts)))
    return tuple(written)


def labels_of(report: Report) -> Labels | None:
    """What people settled in a corrected report; `None` where that is nothing."""
    seen = report.corrections.judged if report.corrections else frozenset()
    items = _settled_items(report, seen)
    counts = [c for c in report.counts if c.id in seen and c.table is None and c.object]
    if not items and not counts:
        return None
    places = _compact_places(report.text)
    sentences = tuple(_sentences(report, items, places))
    return Labels(
        meta=report.meta,
        aliases=report.aliases,
        sentences=sentences,
        counts=tuple(_labelled(c, sentences, places) for c in counts),
        partial=True,
    )


def _settled_items(report: Report, seen: frozenset[str]) -> dict[str, LabelledItem]:
    """What is settled of statements: of those looked at themselves kind and area, of tasks looked at the area of their statement."""
    settled = {item.id: LabelledItem(item.kind, (), item.area) for item in report.items if item.id in seen}
    tasks: dict[str, set[Area | None]] = {}
    for task in report.tasks:
        if task.id in seen:
            tasks.setdefault(task.item, set()).add(task.area)
    for key, areas in tasks.items():
        item: Item | None = report.item_by_id.get(key)
        if item is None or key in settled or item.kind not in _DONE_OR_CAME_OF_IT:
            continue
        also = tuple(kind for kind in _DONE_OR_CAME_OF_IT if kind is not item.kind)
        settled[key] = LabelledItem(item.kind, also, areas.pop() if len(areas) == 1 else None)
    return settled


def _sentences(report: Report, settled: dict[str, LabelledItem], places: list[int]) -> Iterator[LabelledSentence]:
    """All words of the text, piece by piece: statements, headings, and what lies between them."""
    at = 0
    for number, (span, piece) in enumerate(_pieces(report)):
        words = compact(span.of(report.text))
        told = settled.get(piece.id) if isinstance(piece, Item) else None
        heading = not isinstance(piece, Item) and piece is not None
        kind = told.kind if told else Kind.HEADING if heading else piece.kind if isinstance(piece, Item) else Kind.OTHER
        yield LabelledSentence(
            sid=number,
            start=at,
            end=at + len(words),
            text=words,
            kind=kind,
            also=told.also if told else (),
            level=piece[0] if isinstance(piece, tuple) else None,
            role=piece[1] if isinstance(piece, tuple) else None,
            area=told.area if told else None,
            seen=told is not None,
        )
        at += len(words)


def _pieces(report: Report) -> Iterator[tuple[Span, Item | tuple[int, Role] | None]]:
    """Stretches that cover all words of the text in order: an item, a heading (level, role), or neither."""
    found: list[tuple[Span, Item | tuple[int, Role] | None]] = [(item.span, item) for item in report.items]
    found += [(s.span, (s.level, s.role)) for s in report.sections]
    at = 0
    for span, piece in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if span.start < at:
            continue  # a heading that runs into its statement
        if compact(report.text[at : span.start]):
            yield Span(at, span.start), None
        if compact(span.of(report.text)):
            yield span, piece
        at = span.end
    if compact(report.text[at:]):
        yield Span(at, len(report.text)), None


def _compact_places(text: str) -> list[int]:
    """For each place in `text`, its end included, the place in the text without blanks."""
    places, at = [], 0
    for character in text:
        places.append(at)
        at += len(compact(character))
    return [*places, at]


def _labelled(count: Count, sentences: tuple[LabelledSentence, ...], places: list[int]) -> LabelledCount:
    start, end = places[count.span.start], places[count.span.end]
    return LabelledCount(
        start=start,
        end=end,
        quote=compact(count.quote),
        sid=next(s.sid for s in sentences if s.start <= start < s.end),
        value=count.value,
        high=count.high,
        unit=count.unit,
        approx=count.approx,
        object=(count.object or "",),
        status=count.status,
        year=count.year,
        change=count.change,
    )


def _slim(labels: Labels) -> dict[str, Any]:
    """The labels as JSON, what is not said left out."""
    told = asdict(labels)
    kept = ("seen", "approx")
    told["sentences"] = [
        {name: value for name, value in s.items() if name in kept or (value is not None and value != ())}
        for s in told["sentences"]
    ]
    for sentence in told["sentences"]:
        if sentence["seen"]:
            del sentence["seen"]
    return told
