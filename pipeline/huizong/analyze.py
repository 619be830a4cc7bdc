"""The line: file → load → clean → outline → tokens → extract → resolve → Report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from huizong.classifier import Model, load_model
from huizong.cleaning import clean
from huizong.extractors.counts import find_counts as extract_counts
from huizong.extractors.names import find_aliases, find_meta
from huizong.extractors.statements import label_sentences
from huizong.loading import from_text, load
from huizong.outline import build_outline
from huizong.records import Count, RawDocument
from huizong.report import Report
from huizong.resolve import resolve
from huizong.settings import Settings
from huizong.tokens import default_segmenter


def analyze(path: Path, settings: Settings | None = None) -> Report:
    """The report in the file at `path`. Raises `InputError` (Chinese, with advice) for a file that cannot be read."""
    settings = settings or Settings()
    return analyze_raw(load(path, max_bytes=settings.max_file_mb * 1_000_000), settings)


def analyze_raw(raw: RawDocument, settings: Settings) -> Report:
    """The line itself, from the raw lines on."""
    document = clean(raw)
    outline = build_outline(document)
    aliases = find_aliases(document.text)
    meta = find_meta(document, outline.sections, aliases)
    segmenter = default_segmenter(tuple(Path(d) for d in settings.dictionaries))
    tokens = segmenter.segment(document.text, [a.alias for a in aliases])
    labels = label_sentences(document.text, outline.sentences, outline.sections, tokens, _model(settings.model))
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
    )
    return resolve(document, outline, labels, counts, meta=meta, aliases=aliases)


def read(path: str | Path, settings: Settings | None = None) -> Report:
    """`analyze` for notebooks: takes a path as text, too."""
    return analyze(Path(path), settings)


def analyze_text(text: str, settings: Settings | None = None) -> Report:
    """The report in a text, hard-wrapped or one paragraph a line."""
    return analyze_raw(from_text(text), settings or Settings())


def find_counts(text: str, settings: Settings | None = None) -> list[Count]:
    """The counts of a text, in reading order.

    >>> [(c.quote, c.object) for c in find_counts("学校有12个党总支、42个党支部。")]
    [('12个', '党总支'), ('42个', '党支部')]
    """
    return list(analyze_text(text, settings).counts)


@cache
def _model(folder: str) -> Model:
    return load_model(Path(folder) if folder else None)
