"""The line: file → load → clean → outline → tokens → extract → resolve → Report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from huizong.as_printed import as_printed, printed_text
from huizong.checks import check_report
from huizong.classifier import Model, load_model
from huizong.cleaning import clean
from huizong.extractors.areas import AreaModel, load_areas
from huizong.extractors.bodies import find_meta
from huizong.extractors.counts import find_counts as extract_counts
from huizong.extractors.names import find_aliases
from huizong.extractors.object_ranker import ObjectModel, load_objects
from huizong.extractors.section_roles import settle_roles
from huizong.extractors.statements import label_sentences
from huizong.extractors.table_counts import find_table_counts
from huizong.loading import from_text, load
from huizong.outline import build_outline
from huizong.records import Count, PageBox, RawDocument, Segment
from huizong.report import Report
from huizong.resolve import resolve
from huizong.settings import Settings
from huizong.tokens import default_segmenter


def analyze(path: Path, settings: Settings | None = None, *, password: str | None = None) -> Report:
    """The report in the file at `path`; `password` opens an encrypted PDF.

    Raises `InputError` (Chinese, with advice) for a file that cannot be read.
    """
    settings = settings or Settings()
    return analyze_raw(_load(path, settings, password=password), settings)


def locate(path: Path, spans: Sequence[tuple[int, int]], settings: Settings | None = None) -> list[tuple[PageBox, ...]]:
    """Where on the pages of a PDF the words of each span stand: a box for every line that it runs through.

    Spans are offsets (start, end) into the report's text, as every finding has them. Empty for what stands nowhere (a format
    without pages, a paragraph end). Reads the file again: the places of single characters are not kept with a report.
    """
    raw = _load(path, settings or Settings(), edges=True)
    source_map = clean(raw).source_map
    return [tuple(_boxes(raw, source_map.between(start, end))) for start, end in spans]


def _boxes(raw: RawDocument, places: Iterable[Segment]) -> Iterator[PageBox]:
    for index, parts in groupby(places, key=lambda place: place.line):
        line = raw.lines[index]
        edges = [edge for p in parts for edge in line.edges_pt[p.column : p.column + p.end - p.start]]
        if line.box is not None and edges:
            left, right = min(x0 for x0, _ in edges), max(x1 for _, x1 in edges)
            yield PageBox(page=line.page, box=replace(line.box, x0_pt=left, x1_pt=right))


def _load(path: Path, settings: Settings, *, edges: bool = False, password: str | None = None) -> RawDocument:
    return load(
        path,
        max_bytes=settings.max_file_mb * 1_000_000,
        max_pages=settings.max_pages,
        max_characters=settings.max_characters,
        password=password,
        engine=settings.engine,
        ocr=settings.ocr,
        edges=edges,
    )


def analyze_raw(raw: RawDocument, settings: Settings) -> Report:
    """The line itself, from the raw lines on."""
    document = clean(raw)
    outline = build_outline(document)
    aliases = find_aliases(document.text)
    segmenter = default_segmenter(tuple(Path(d) for d in settings.dictionaries))
    tokens = segmenter.segment(document.text, [a.alias for a in aliases])
    model = _model(settings.model)
    outline = settle_roles(document.text, outline, tokens, model)
    meta = find_meta(document, outline.sections, aliases)
    labels = label_sentences(document.text, outline.sentences, outline.sections, tokens, model, _areas(settings.model))
    counts = extract_counts(
        document.text,
        outline.sentences,
        tokens,
        labels,
        sha256=document.source.sha256,
        years=meta.years,
        page_of=document.source_map.page,
        aliases=aliases,
        meta=meta,
        sections=outline.sections,
        objects=_objects(settings.model),
    )
    table_counts = find_table_counts(document, outline, segmenter, meta=meta, aliases=aliases)
    report = resolve(document, outline, labels, counts, table_counts, meta=meta, aliases=aliases, tokens=tokens)
    report = replace(report, checks=check_report(report, tokens, settings.checks_off))
    return as_printed(report, printed_text(document, raw.lines))


def read(path: str | Path, settings: Settings | None = None) -> Report:
    """`analyze` for notebooks: takes a path as text, too."""
    return analyze(Path(path), settings)


def analyze_text(text: str, settings: Settings | None = None) -> Report:
    """The report in a text, hard-wrapped or one paragraph a line."""
    return analyze_raw(from_text(text), settings or Settings())


def find_counts(text: str, settings: Settings | None = None) -> list[Count]:
    """The counts of a text, in reading order. A text has no tables; those of a file are in the counts of `read`.

    >>> [(c.quote, c.object) for c in find_counts("学校有12个党总支、42个党支部。")]
    [('12个', '党总支'), ('42个', '党支部')]
    """
    return list(analyze_text(text, settings).counts)


@cache
def _model(folder: str) -> Model:
    return load_model(Path(folder) if folder else None)


@cache
def _areas(folder: str) -> AreaModel | None:
    return load_areas(Path(folder) if folder else None)


@cache
def _objects(folder: str) -> ObjectModel | None:
    return load_objects(Path(folder) if folder else None)
