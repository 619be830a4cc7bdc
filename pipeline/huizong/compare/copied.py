"""Sentences that stand in two reports, verbatim or nearly so, among any number of reports.

Nearness is the share of common three-character pieces (Jaccard). Pairs that cannot reach the least nearness are never looked
at: each sentence is indexed under its rarest pieces only, as many as it takes that a near one must share one of them (the
prefix filter of Bayardo, Ma and Srikant, “Scaling Up All Pairs Similarity Search”, 2007). So the result is exact, and the
time grows with the number of sentences that are alike, not with the number of pairs. Of each report only its sentences are
kept, and of these their words and the numbers of their pieces.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huizong.compare.records import Copied, CopiedShare, Edition

_LEAST = 0.6
"""Jaccard from which two sentences are nearly the same: one number or word in a line of twenty characters was changed."""

_SHORTEST = 14
"""Shorter sentences (各位代表) are common property."""

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A statement as its report has it, and its pieces: three characters packed into a number, sorted, each once."""

    quote: str
    pieces: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The statements of one report that are long enough to be copied, and how many characters all its statements have."""

    body: str
    year: int
    length: int
    sentences: tuple[Sentence, ...]


def sentences_of(edition: Edition) -> Sentences:
    """What is kept of a report to look for copied text."""
    length = 0
    found = []
    for item in edition.report.items:
        plain = _plain(item.text)
        length += len(plain)
        if len(plain) >= _SHORTEST:
            codes = np.frombuffer(plain.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
            pieces = np.unique((codes[:-2] << 42) | (codes[1:-1] << 21) | codes[2:])
            found.append(Sentence(quote=item.text.strip(), pieces=pieces))
    return Sentences(body=edition.body, year=edition.year, length=length, sentences=tuple(found))


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def find_copied(reports: Sequence[Sentences]) -> tuple[list[Copied], list[CopiedShare]]:
    """For each sentence of a report the most similar one of an earlier report of each body; and the shares of copied text.

    Reports of one year of different bodies are compared, too. Ordered by report, then by place in it.
    """
    whose = [at for at, report in enumerate(reports) for _ in report.sentences]
    sentences = [sentence for report in reports for sentence in report.sentences]
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for one, other, score in _near(sentences, whose):
        early, late = sorted((one, other), key=lambda n: (reports[whose[n]].year, n))
        a, b = reports[whose[early]], reports[whose[late]]
        if a.body == b.body and a.year == b.year:
            continue
        held = best.get((late, a.body))
        if held is None or (score, a.year) > (held[0], reports[whose[held[1]]].year):
            best[late, a.body] = (score, early)
    copied, lengths = [], Counter[tuple[int, int]]()
    for (late, _), (score, early) in sorted(best.items()):
        source, copy = sentences[early], sentences[late]
        a, b = reports[whose[early]], reports[whose[late]]
        lengths[whose[early], whose[late]] += len(_plain(copy.quote))
        copied.append(
            Copied(
                body=b.body,
                from_body=a.body,
                from_year=a.year,
                to_year=b.year,
                from_quote=source.quote,
                to_quote=copy.quote,
                similarity=score,
            )
        )
    return copied, [_share(reports[a], reports[b], length) for (a, b), length in sorted(lengths.items())]


def _near(sentences: Sequence[Sentence], whose: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """All pairs of sentences of different reports with their nearness from `_LEAST` on; 1 only for the same words."""
    if not sentences:
        return
    known, times = np.unique(np.concatenate([sentence.pieces for sentence in sentences]), return_counts=True)
    index: defaultdict[int, list[int]] = defaultdict(list)
    for n in sorted(range(len(sentences)), key=lambda n: (len(sentences[n].pieces), n)):
        pieces = sentences[n].pieces
        size = len(pieces)
        often = times[np.searchsorted(known, pieces)]
        rarest = np.lexsort((pieces, often))[: size - math.ceil(_LEAST * size) + 1]
        shared_ones = pieces[rarest[often[rarest] > 1]].tolist()
        for m in sorted({m for piece in shared_ones for m in index[piece]}):
            other = sentences[m].pieces
            if whose[m] == whose[n] or len(other) < _LEAST * size:
                continue
            shared = len(np.intersect1d(pieces, other, assume_unique=True))
            score = shared / (size + len(other) - shared)
            if score >= _LEAST:
                same = _plain(sentences[n].quote) == _plain(sentences[m].quote)
                yield m, n, 1.0 if same else min(0.999, round(score, 3))
        for piece in shared_ones:
            index[piece].append(n)


def _share(a: Sentences, b: Sentences, length: int) -> CopiedShare:
    return CopiedShare(
        body=b.body,
        from_body=a.body,
        from_year=a.year,
        to_year=b.year,
        share=round(length / b.length, 4) if b.length else 0.0,
    )
