"""Headings that their neighbours vouch for: （三） between the headings （二） and （四） is one, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from huizong.numerals.chinese import chinese_value
from huizong.outline.levels import Heading
from huizong.outline.numbering import CN, Style, numbering
from huizong.outline.standing import LONGEST_NUMBERED
from huizong.records import CleanDocument, Span

_HIGH = (Style.CN, Style.PAREN_CN)  # lists are not written in them
_NUMERAL = re.compile(f"[{CN}]+")


def fill_gaps(document: CleanDocument, cut: Sequence[Sequence[Span]], headings: Sequence[Heading]) -> list[Heading]:
    """`headings` with those whose number lies between those of the headings of one system before and behind them.

    `cut` are the sentences of each paragraph. A sentence that claims something (（七）着力缩小差距，…再上台阶。) is no heading by
    itself; between two that are it opens a part, too.
    """
    missing = [
        heading
        for first, second in _neighbours(headings)
        if (heading := _between(document, cut, first, second)) is not None
    ]
    return sorted([*headings, *missing], key=lambda heading: heading.span.start) if missing else list(headings)


def _neighbours(headings: Sequence[Heading]) -> list[tuple[Heading, Heading]]:
    """Pairs of headings of one high system, one behind the other, between which one number is left out."""
    pairs = []
    for style in _HIGH:
        alike = [heading for heading in headings if heading.number is not None and heading.number.style is style]
        pairs += [(first, second) for first, second in pairwise(alike) if _counts(second) - _counts(first) == 2]
    return pairs


def _counts(heading: Heading) -> float:
    found = _NUMERAL.search(heading.number.words) if heading.number is not None else None
    return (found and chinese_value(found.group())) or 0.0


def _between(document: CleanDocument, cut: Sequence[Sequence[Span]], first: Heading, second: Heading) -> Heading | None:
    """The paragraph between the two that opens with the number between theirs."""
    for index in range(first.paragraph + 1, second.paragraph):
        if not cut[index]:
            continue
        span = cut[index][0]
        number = numbering(span.of(document.text))
        if number is None or first.number is None or number.style is not first.number.style:
            continue
        heading = Heading(paragraph=index, span=span, number=number, run_in=len(cut[index]) > 1)
        if _counts(heading) == _counts(first) + 1 and span.end - span.start <= LONGEST_NUMBERED:
            return heading
    return None
