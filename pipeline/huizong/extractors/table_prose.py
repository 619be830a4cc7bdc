"""Sentences in cells: read like those of the text, with the column's header saying what they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huizong.extractors.counts import find_counts
from huizong.extractors.table_grids import Grid
from huizong.extractors.table_labels import read_label
from huizong.lexicon.tables import table_words
from huizong.loading.tables.headers import squeezed
from huizong.outline.sentences import sentence_spans
from huizong.records import Alias, Count, Kind, Label, Meta, Role, Section, Sentence, Span, finding_id
from huizong.tokens import Segmenter

_NUMERAL = re.compile(r"[\d０-９零一二两三四五六七八九十百千]")
_WORD = re.compile(r"[一-龥]")
_SHORTEST = 3


class ProseReader:
    """Finds the counts of cells that hold words rather than one number."""

    def __init__(self, segmenter: Segmenter, *, meta: Meta, aliases: Sequence[Alias], sha256: str) -> None:
        self._segmenter = segmenter
        self._meta = meta
        self._aliases = aliases
        self._sha256 = sha256

    def read(self, grid: Grid, row: int, column: int, *, table: int, page: int, section: Section | None) -> list[Count]:
        """The counts of one cell in the order of its words, `span` counted in the cell.

        Left out are those whose object is only the verb before them though a thing stands behind.
        """
        text = grid.rows[row][column]
        if len(squeezed(text)) < _SHORTEST or not _NUMERAL.search(text):
            return []
        header = "".join(grid.column_labels(row, column))
        kind = table_words().kind_of(header)
        role = section.role if section else Role.OTHER
        sentences = _sentences(text, Role.PLANS if kind is Kind.PLAN else role)
        labels = [Label(kind=kind, area=None, confidence=1.0, reason="table")] * len(sentences)
        tokens = self._segmenter.segment(text, [alias.alias for alias in self._aliases])
        found = find_counts(
            text,
            sentences,
            tokens,
            labels,
            sha256=self._sha256,
            page_of=lambda _: page,
            years=self._meta.years,
            aliases=self._aliases,
            meta=self._meta,
        )
        bodies = [read_label(words).thing for words in grid.row_labels(row, column)]
        body = next((b for b in bodies if table_words().is_body(b)), None)
        return [
            replace(
                count,
                id=finding_id(self._sha256, "count", count.span, (table, row, column)),
                subject=body if body and count.subject in (None, self._meta.reporter) else count.subject,
                section=section.id if section else None,
                rule=f"table.{count.rule}",
                table=table,
                row=row,
                column=column,
            )
            for count in found
            if not (count.rule == "count.verb" and _WORD.match(text, count.span.end))
        ]


def _sentences(text: str, role: Role) -> list[Sentence]:
    """The sentences of a cell, each of its lines a paragraph."""
    sentences: list[Sentence] = []
    at = 0
    for paragraph, line in enumerate(text.split("\n")):
        for span in sentence_spans(text, Span(at, at + len(line))):
            sentences.append(Sentence(span=span, paragraph=paragraph, heading=False, section=None, role=role))
        at += len(line) + 1
    return sentences
