"""What a model sees of the words of one sentence when it looks for the thing that a number counts.

A feature is a name: it is there or not. Prefixes keep those of a phrase's first word (`S`), of its last word (`E`) and of
the whole phrase (`P`) apart, so that the weights of the parts may be summed one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from huizong.extractors.count_pieces import STOPS, Word
from huizong.extractors.count_words import AND
from huizong.lexicon.units import CountingWords, counting_words
from huizong.lexicon.verbs import verb_classes

LONGEST = 5  # words in a phrase
_CUTS = frozenset("，。；：！？,;:!?\n")
_NEVER_FIRST = ("c", "u", "y")  # tags of conjunctions and particles
_NEVER_LAST = (*_NEVER_FIRST, "d", "p", "r", "m", "q")
_JOINTS = AND | {"、", "的", "了"}


class Phrase(NamedTuple):
    """The words `first..last` of a sentence (both included) as a proposed name; `features` are those of the whole.

    A tuple, since a report has thousands of them and a frozen dataclass takes five times as long to make.
    """

    first: int
    last: int
    features: tuple[str, ...]


class SentenceWords:
    """The words of one sentence with the features of each; `numbers` are the indices of words that belong to a count."""

    def __init__(self, words: Sequence[Word], numbers: set[int]) -> None:
        self.words, self.numbers = words, numbers
        lexicon = counting_words()
        self._classes = [_classes(word.text, lexicon) for word in words]
        self._kinds = [self._kind_at(i) for i in range(len(words))]
        verbs = verb_classes()
        self._verbs = [verbs.get(word.text, "") for word in words]
        self.clause = list(_running(word.text in _CUTS for word in words))
        opens = (i in numbers and i - 1 not in numbers for i in range(len(words)))
        self.numbers_up_to = [0, *_running(opens)]

    def before(self, i: int) -> str:
        """The kind of what stands before word `i`: a tag, a mark, # for a number, ^ for nothing."""
        return self._kinds[i - 1] if i else "^"

    def after(self, i: int) -> str:
        """The kind of what stands behind word `i`: a tag, a mark, # for a number, $ for nothing."""
        return self._kinds[i + 1] if i + 1 < len(self.words) else "$"

    def tag(self, i: int) -> str:
        """The tag of word `i`, ? for a word that the dictionary does not have."""
        return self.words[i].tag or "?"

    def classes(self, i: int) -> str:
        """One letter for each word list of `counting.toml` that word `i` is in; empty beyond the ends."""
        return self._classes[i] if 0 <= i < len(self.words) else ""

    def verb(self, i: int) -> str:
        """How word `i` stands to a noun behind it (`verb_classes`); empty for what is no verb, and beyond the ends."""
        return self._verbs[i] if 0 <= i < len(self.words) else ""

    def opening(self, i: int) -> list[str]:
        """The features of a phrase that begins with word `i`."""
        word, tag, before = self.words[i], self.tag(i), self.before(i)
        previous = self._shown(i - 1) if i else "^"
        return [
            f"Sw:{word.text}",
            f"Sc:{word.text[0]}{min(len(word.text), 3)}",
            f"Sp:{previous}",
            f"Spw:{previous}|{word.text}",
            f"Sp2:{self._shown(i - 2) if i > 1 else '^'}|{previous}",
            f"Spp:{before}|{tag}",
            f"Sll:{self.classes(i - 1)}|{self.classes(i)}",
            f"Svv:{self.verb(i - 1)}|{self.verb(i)}",
            f"Svt:{self.verb(i - 1)}|{tag}",
        ]

    def closing(self, i: int) -> list[str]:
        """The features of a phrase that ends with word `i`."""
        word, tag, after = self.words[i], self.tag(i), self.after(i)
        following = self._shown(i + 1) if i + 1 < len(self.words) else "$"
        return [
            f"Ew:{word.text}",
            f"Ec:{word.text[-1]}",
            f"Ecc:{word.text[-2:]}",
            f"Ef:{following}",
            f"Efw:{word.text}|{following}",
            f"Ef2:{following}|{self._shown(i + 2) if i + 2 < len(self.words) else '$'}",
            f"Ew2:{self._shown(i - 1) if i else '^'}|{word.text}",
            f"Eff:{tag}|{after}",
            f"Ell:{self.classes(i)}|{self.classes(i + 1)}",
            f"Evv:{self.verb(i)}|{self.verb(i + 1)}",
            f"Evt:{tag}|{self.verb(i + 1)}",
        ]

    def phrases(self) -> Iterator[Phrase]:
        """Every run of a few words that holds no mark and no number, with a word at each end that a name may begin or end with."""
        opens = [not self._closed(i) and _may_begin(word) for i, word in enumerate(self.words)]
        ends = [_may_end(word) for word in self.words]
        for first in range(len(self.words)):
            if not opens[first]:
                continue
            for last in range(first, min(len(self.words), first + LONGEST)):
                if self._closed(last):
                    break
                if ends[last]:
                    yield Phrase(first, last, self._whole(first, last))

    def _whole(self, first: int, last: int) -> tuple[str, ...]:
        words = self.words[first : last + 1]
        joints = frozenset(word.text for word in words if word.text in _JOINTS)
        verbs = tuple(self._verbs[first:last])
        return _whole(tuple([word.tag for word in words]), verbs, words[-1].end - words[0].start, joints)

    def _closed(self, i: int) -> bool:
        word = self.words[i]
        return i in self.numbers or (word.text in STOPS and word.tag not in {"quote", "paren"})

    def _shown(self, i: int) -> str:
        return "#" if i in self.numbers else self.words[i].text

    def _kind_at(self, i: int) -> str:
        if i in self.numbers:
            return "#"
        return self.words[i].text if self.words[i].text in STOPS else self.tag(i)


@lru_cache(maxsize=20_000)
def _whole(tags: tuple[str, ...], verbs: tuple[str, ...], length: int, joints: frozenset[str]) -> tuple[str, ...]:
    """The features of a phrase of `length` characters with these words' tags that has `joints` inside."""
    short = [tag[:1] or "?" for tag in tags]
    found = [f"Pn:{bucket(len(tags) - 1)}", f"Pl:{min(length, 12)}", f"Pt:{''.join(short)[:5]}"]
    found += [f"P{joint}" for joint in ("的", "、") if joint in joints]
    if not AND.isdisjoint(joints):
        found.append("P和")
    if "v" in short[1:-1]:
        found.append("Pv")
    found += [f"Pg:{verb}{'.' if n else '^'}" for n, verb in enumerate(verbs) if verb]
    if len(tags) > 1:
        found.append(f"Pe:{tags[0] or '?'}|{tags[-1] or '?'}")
    else:
        found.append(f"P1:{tags[0] or '?'}|{'1' if length == 1 else ''}")
    return tuple(found)


def _may_begin(word: Word) -> bool:
    return word.text not in _JOINTS and not word.tag.startswith(_NEVER_FIRST)


def _may_end(word: Word) -> bool:
    return word.text not in _JOINTS and not word.tag.startswith(_NEVER_LAST)


def bucket(n: int) -> str:
    """`n` as a feature: exact when small.

    >>> [bucket(n) for n in (0, 4, 6, 20)]
    ['0', '4', '5', '8']
    """
    return str(n) if n < 5 else ("5" if n < 8 else "8")


def _running(marks: Iterator[bool]) -> Iterator[int]:
    """How many of `marks` are true up to each of them, itself included."""
    total = 0
    for mark in marks:
        total += mark
        yield total


def _classes(word: str, lexicon: CountingWords) -> str:
    lists = (
        ("o", lexicon.openers),
        ("s", lexicon.strong),
        ("t", lexicon.transitive),
        ("n", lexicon.nominal),
        ("r", lexicon.results),
        ("p", lexicon.predicates),
        ("l", lexicon.level),
        ("f", lexicon.function),
        ("k", lexicon.link),
    )
    return "".join(letter for letter, words in lists if word in words)
