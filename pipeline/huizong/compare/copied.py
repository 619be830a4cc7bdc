"""Sentences that stand in two reports, verbatim or nearly so, among any number of reports.

Nearness is the share of common three-character pieces (Jaccard). Pairs that cannot reach the least nearness are never looked
at: each sentence is indexed under its rarest pieces only, as many as it takes that a near one must share one of them (the
prefix filter of Bayardo, Ma and Srikant, “Scaling Up All Pairs Similarity Search”, 2007). So the result is exact, and the
time grows with the number of sentences that are alike, not with the number of pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.compare.records import Copied, CopiedShare, Edition

_LEAST = 0.6
"""Jaccard from which two sentences are nearly the same: one number or word in a line of twenty characters was changed."""

_SHORTEST = 14
"""Shorter sentences (各位代表) are common property."""

_PIECE = 3
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class _Sentence:
    edition: int
    quote: str
    plain: str
    pieces: frozenset[str]


def find_copied(editions: Sequence[Edition]) -> tuple[list[Copied], list[CopiedShare]]:
    """For each sentence of a report the most similar one of an earlier report of each body; and the shares of copied text.

    Reports of one year of different bodies are compared, too. Ordered by report, then by place in it.
    """
    sentences = _sentences(editions)
    near = _near(sentences)
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for one, other, score in near:
        early, late = sorted((one, other), key=lambda n: (editions[sentences[n].edition].year, n))
        a, b = editions[sentences[early].edition], editions[sentences[late].edition]
        if a.body == b.body and a.year == b.year:
            continue
        rank = (score, a.year)
        held = best.get((late, a.body))
        if held is None or rank > (held[0], editions[sentences[held[1]].edition].year):
            best[late, a.body] = (score, early)
    copied, lengths = [], Counter[tuple[int, int]]()
    for (late, _), (score, early) in sorted(best.items()):
        source, copy = sentences[early], sentences[late]
        a, b = editions[source.edition], editions[copy.edition]
        lengths[source.edition, copy.edition] += len(copy.plain)
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
    return copied, [_share(editions, pair, length) for pair, length in sorted(lengths.items())]


def _sentences(editions: Sequence[Edition]) -> list[_Sentence]:
    found = []
    for at, edition in enumerate(editions):
        for item in edition.report.items:
            plain = _MARKS.sub("", item.text)
            if len(plain) >= _SHORTEST:
                pieces = frozenset(plain[k : k + _PIECE] for k in range(len(plain) - _PIECE + 1))
                found.append(_Sentence(edition=at, quote=item.text.strip(), plain=plain, pieces=pieces))
    return found


def _near(sentences: Sequence[_Sentence]) -> list[tuple[int, int, float]]:
    """All pairs of sentences of different reports with their nearness from `_LEAST` on; 1 only for the same words."""
    times = Counter(piece for sentence in sentences for piece in sentence.pieces)
    index: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for n in sorted(range(len(sentences)), key=lambda n: (len(sentences[n].pieces), n)):
        sentence = sentences[n]
        size = len(sentence.pieces)
        rarest = sorted(sentence.pieces, key=lambda piece: (times[piece], piece))
        rarest = rarest[: size - math.ceil(_LEAST * size) + 1]
        candidates = {m for piece in rarest for m in index[piece]}
        for m in sorted(candidates):
            other = sentences[m]
            if other.edition == sentence.edition or len(other.pieces) < _LEAST * size:
                continue
            shared = len(sentence.pieces & other.pieces)
            score = shared / (size + len(other.pieces) - shared)
            if score >= _LEAST:
                same = sentence.plain == other.plain
                found.append((m, n, 1.0 if same else min(0.999, round(score, 3))))
        for piece in rarest:
            if times[piece] > 1:
                index[piece].append(n)
    return found


def _share(editions: Sequence[Edition], pair: tuple[int, int], length: int) -> CopiedShare:
    a, b = editions[pair[0]], editions[pair[1]]
    whole = sum(len(_MARKS.sub("", item.text)) for item in b.report.items)
    return CopiedShare(
        body=b.body,
        from_body=a.body,
        from_year=a.year,
        to_year=b.year,
        share=round(length / whole, 4) if whole else 0.0,
    )
