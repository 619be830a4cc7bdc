"""The statements of a body's reports with their telling words, weighed over all of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huizong.compare.records import Edition
from huizong.extractors.telling_words import Rarity, TellingWords
from huizong.records import Item


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A report and the words of its statements."""

    edition: Edition
    words: TellingWords

    def own(self, item: Item) -> dict[str, float]:
        """The telling words of a statement of this report with their weights."""
        return self.words.own(item)


def worded(editions: Sequence[Edition]) -> list[Worded]:
    """The reports in their order; a word is rare when few statements of all of them have it."""
    rarity = Rarity()
    found = []
    for edition in editions:
        report = edition.report
        words = TellingWords(report.text, report.items, report.sections, edition.tokens, rarity)
        found.append(Worded(edition=edition, words=words))
    return found
