"""The clauses of a body's reports with their telling words: what a plan promises is looked up clause by clause.

A sentence of a plan often makes three promises, and the next report tells of each in another sentence; the sentences as wholes
have little in common. Verbs of promising and of doing (力争, 建成, 获批) say how far a thing has come, not which one it is: they
are no telling words here.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huizong.compare.records import Edition
from huizong.extractors.telling_words import Rarity
from huizong.lexicon.links import empty_words, themes
from huizong.lexicon.stages import head_words, stage_words
from huizong.records import Item, Span, Token

_CLAUSE = re.compile(r"(?:[^，。；：！？\n,;:]|(?<=\d)[,:](?=\d))+")
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_SINGLE = re.compile(r"[\u4e00-\u9fff]")
_NO_HEAD = frozenset(
    "的了和与及等在为以将把对从向到由于中上下内外前后是有也都并就更最较各该其这那新大小多好年月日个名项次人家所间门达至"
)
_ABBREVIATED = 0.8
_SAME_THEME = 0.4
_LONG = 4
_MOST_CANDIDATES = 30
_LEAST_SHARED = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A clause of a statement; `words` are its telling words in reading order, each once."""

    edition: Edition
    item: Item
    span: Span
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much of one clause another tells again. `covered` is the share of its weight, `cosine` how alike the two are, `mass`
    how telling the shared words are (1 = one word that stands nowhere else).
    """

    covered: float
    cosine: float
    mass: float
    shared: frozenset[str]


def phrases_of(edition: Edition) -> list[Phrase]:
    """The clauses of the statements of a report, in reading order; those without telling words are left out."""
    report = edition.report
    tokens = edition.tokens
    names = {*edition.aliases, *edition.aliases.values()}
    found: list[Phrase] = []
    first = 0
    for item in report.items:
        for part in _CLAUSE.finditer(item.text):
            span = Span(item.span.start + part.start(), item.span.start + part.end())
            while first < len(tokens) and tokens[first].start < span.start:
                first += 1
            words = tuple(dict.fromkeys(w for w in _words(report.text, tokens, first, span.end) if w not in names))
            if words:
                found.append(Phrase(edition=edition, item=item, span=span, text=part.group(), words=words))
    return found


def _words(text: str, tokens: Sequence[Token], first: int, end: int) -> Iterator[str]:
    """The telling words of the tokens up to `end`; a single character behind one belongs to it (数字贸易|港 → 贸易港)."""
    before: Token | None = None
    for at in range(first, len(tokens)):
        token = tokens[at]
        if token.end > end:
            return
        word = text[token.start : token.end]
        if _CONTENT.fullmatch(word):
            before = token
            if text[token.start - 1 : token.start].isdigit():
                continue  # a unit
            if word in head_words() or (word not in empty_words() and word not in stage_words()):
                yield word
        else:
            if before is not None and before.end == token.start and _SINGLE.fullmatch(word) and word not in _NO_HEAD:
                yield text[before.start : token.end]
            before = None


class Weights:
    """What the words of clauses weigh: 1 for one that stands nowhere else, towards 0 for those of every clause."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._rarity = Rarity()
        sets = [set(phrase.words) for phrase in phrases]
        self._rarity.add(sets)
        self._most = math.log((len(sets) + 1) / 1.5) or 1.0
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        """The weight of a word, 0..1."""
        held = self._known.get(word)
        if held is None:
            held = self._known[word] = max(0.0, min(1.0, self._rarity.of(word) / self._most))
        return held

    def whole(self, phrase: Phrase) -> float:
        """The weight of all words of a clause."""
        return math.fsum(map(self.of, phrase.words))

    def likeness(self, one: Phrase, other: Phrase) -> Likeness:
        """How much of `one` is told again by `other`, be it in short (医保 for 医疗保障) or by a word of the same theme."""
        theirs = set(other.words)
        shared = {word: 1.0 for word in one.words if word in theirs or word in other.text}
        free = [word for word in other.words if word not in shared]
        for word in one.words:
            if word not in shared and (how := _near(word, free)):
                shared[word] = how
        mass = math.fsum(how * self.of(word) for word, how in shared.items())
        square = math.fsum(how * self.of(word) ** 2 for word, how in shared.items())
        lengths = math.sqrt(math.fsum(self.of(w) ** 2 for w in one.words) * math.fsum(self.of(w) ** 2 for w in other.words))
        whole = self.whole(one)
        return Likeness(
            covered=mass / whole if whole else 0.0,
            cosine=min(1.0, square / lengths) if lengths else 0.0,
            mass=mass,
            shared=frozenset(shared),
        )


def _near(word: str, others: Iterable[str]) -> float:
    about = themes().get(word)
    best = 0.0
    for other in others:
        short, long = sorted((word, other), key=len)
        if len(long) >= _LONG and len(short) < len(long) and short[0] == long[0] and _within(short, long):
            return _ABBREVIATED
        if about is not None and themes().get(other) == about:
            best = _SAME_THEME
    return best


def _within(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


class Told:
    """The clauses that tell what was done, findable by the words that they share with a plan."""

    def __init__(self, phrases: Sequence[Phrase], weights: Weights) -> None:
        self._phrases = phrases
        self._weights = weights
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for n, phrase in enumerate(phrases):
            for word in phrase.words:
                self._places[word].append(n)

    def alike(self, plan: Phrase) -> list[tuple[Likeness, Phrase]]:
        """The clauses that share most with the plan, two fifths of its weight at least and thirty at most, the likest first."""
        mass: defaultdict[int, float] = defaultdict(float)
        for word in plan.words:
            weight = self._weights.of(word)
            for n in self._places.get(word, ()):
                mass[n] += weight
        least = _LEAST_SHARED * self._weights.whole(plan)
        likely = sorted((n for n in mass if mass[n] >= least), key=lambda n: (-mass[n], n))[:_MOST_CANDIDATES]
        found = [(self._weights.likeness(plan, self._phrases[n]), n) for n in likely]
        found.sort(key=lambda f: (-(f[0].covered + f[0].cosine), f[1]))
        return [(likeness, self._phrases[n]) for likeness, n in found]
