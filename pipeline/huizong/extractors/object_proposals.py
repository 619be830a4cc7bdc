"""The names proposed for what a number counts, and what speaks for each: its place, the rules that found it, its neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_pieces import Word
from huizong.extractors.object_words import LONGEST, Phrase, SentenceWords, bucket
from huizong.lexicon.units import units
from huizong.records import Span

Facts = Sequence[tuple[Candidate, Found]]
_CLAUSES_BEFORE, _CLAUSES_BEHIND = 2, 1  # how far from the number a phrase may stand
_BESIDE = frozenset({"noun", "behind"})
_NEAR = 12  # characters before the rules' name that a longer one may begin at
_PERSONS = frozenset({"人", "名", "位", "人次"})
_TIMES = frozenset({"次", "场", "期", "遍", "回", "轮", "趟", "起", "场次"})
_LENGTHS = frozenset({"天", "小时", "学时", "课时", "个月", "年", "分钟", "周", "学分", "岁", "分"})
_ITEMS = frozenset({"个", "项", "条", "种", "类"})


class Sentence:
    """A sentence with its counts as the rules see them: `facts` are its own, `previous` those of the sentence before."""

    def __init__(self, text: str, finder: ObjectFinder, facts: Facts, previous: Facts) -> None:
        self.text, self.finder, self.facts, self.previous = text, finder, facts, previous
        self.view = SentenceWords(finder.words, finder.numbers)
        self.starts = [word.start for word in finder.words]

    @cached_property
    def phrases(self) -> list[tuple[str, Phrase]]:
        """Every phrase of the sentence with its words."""
        words = self.finder.words
        return [(self.text[words[p.first].start : words[p.last].end], p) for p in self.view.phrases()]


class Question:
    """One number of a sentence and what may be the thing that it counts."""

    def __init__(self, sentence: Sentence, at: int) -> None:
        self.sentence, self.view, self.words = sentence, sentence.view, sentence.finder.words
        self.candidate, self.found = sentence.facts[at]
        self._at = at
        self._from = bisect_left(sentence.starts, self.candidate.start)
        self._to = bisect_left(sentence.starts, self.candidate.end)
        self._clause = self.view.clause[self._from] if self._from < len(self.words) else 0
        self._unit, self._class = self.candidate.unit.lstrip("万"), unit_class(self.candidate.unit)
        finder = sentence.finder
        before, behind = finder.named_around(self.candidate)
        self._guesses = (
            ("R", self.found),
            ("B", before),
            ("H", behind),
            ("S", finder.clause_subject(self.candidate)),
            ("T", finder.clause_tail(self.candidate)),
        )
        self._spans = [(letter, guess.span) for letter, guess in self._guesses[:3] if guess.span is not None]

    def phrases(self) -> list[tuple[str, Phrase]]:
        """The phrases near enough to be the thing, with their words, in the order of the text.

        Where the rules found a name beside the number, only those of its own clause: 97 in 100 that are chosen instead stand there.
        """
        low, high = self._clause - _CLAUSES_BEFORE, self._clause + _CLAUSES_BEHIND
        if self.found.rule in _BESIDE:
            low = high = self._clause
        clause = self.view.clause
        return [pair for pair in self.sentence.phrases if low <= clause[pair[1].last] <= high]

    def proposals(self) -> tuple[list[tuple[str, Phrase | None]], dict[str, list[str]]]:
        """Every name proposed with where it stands, those that are no phrase of the sentence last.

        And what speaks for those that a rule found, by name.
        """
        phrases, named = self.phrases(), self.named()
        met = {name for name, _ in phrases}
        told = {name: found if name in met else [*found, *self.elsewhere(name)] for name, found in named.items()}
        return [*phrases, *((name, None) for name in named if name not in met)], told

    def span(self, phrase: Phrase) -> Span:
        """Where the words of `phrase` stand in the text."""
        return Span(self.words[phrase.first].start, self.words[phrase.last].end)

    def elsewhere(self, name: str) -> list[str]:
        """What tells of a name of `named` that is none of `phrases`: carried over, or put together."""
        ends = [f"eU:{name[-1]}{self._class}", f"eu:{name[-1]}{self._unit}"]
        return ["Z", f"Z:{self._class}", f"Zl:{min(len(name), 8)}", *ends]

    def named(self) -> dict[str, list[str]]:
        """What speaks for every name that a rule found, here or for a number around; each feature once."""
        named: dict[str, list[str]] = {}
        kind, rule, unit = self._class, self.found.rule, self.candidate.unit

        def note(name: str | None, *features: str) -> None:
            if name:
                named.setdefault(name, []).extend(features)

        for letter, guess in self._guesses:
            own = f"N{letter}:{guess.rule}"
            note(guess.name, f"N{letter}", own, f"N{letter}|{kind}", f"{own}|{kind}")
            if guess.name != self.found.name:
                note(guess.name, f"N{letter}not:{rule}")
            elif letter in "BH":
                note(guess.name, f"NR{letter}", f"NR{letter}|{kind}")
        agreeing = sum(guess.name == self.found.name for _, guess in self._guesses[1:])
        relation = ".".join(self.found.relation[:2])
        note(self.found.name, f"NRa:{agreeing}", f"NRr:{relation}", f"NRl:{min(len(self.found.name or ''), 8)}")
        for n, (other, found) in enumerate(self.sentence.facts[max(0, self._at - 4) : self._at][::-1]):
            same, near = "=" if other.unit == unit else "!", min(n, 2)
            note(found.name, f"Np{near}", f"Np{near}{same}", f"Np{same}{kind}", f"Np{n == 0}:{found.rule}")
        for n, (other, found) in enumerate(self.sentence.facts[self._at + 1 : self._at + 3]):
            same = "=" if other.unit == unit else "!"
            note(found.name, f"Nn{n}", f"Nn{n}{same}", f"Nn{n}:{found.rule}")
        for n, (other, found) in enumerate(self.sentence.previous[-3:][::-1]):
            same = "=" if other.unit == unit else "!"
            note(found.name, f"Ns{min(n, 1)}", f"Ns{same}{kind}", f"Ns{same}first{self._at == 0}")
        return {name: list(dict.fromkeys(features)) for name, features in named.items()}

    def opening(self, i: int) -> list[str]:
        """What speaks for word `i` as the first one of this number's thing."""
        start, before, tag = self.words[i].start, self.view.before(i), self.view.tag(i)
        side = "B" if i < self._from else "H"
        found = [f"s={letter}" for letter, span in self._spans if span.start == start]
        found += [f"sp{side}:{before}", f"sp{side}:{before}|{tag}"]
        if i == self._to:
            found += ["sH0", f"sH0{self._class}"]
        elif i > self._to:
            found.append(f"sH:{bucket(i - self._to)}")
        found += self._beside_start(i)
        if side == "B" and self.view.clause[i] != self._clause:
            found.append("sO")
        return found

    def closing(self, i: int) -> list[str]:
        """What speaks for word `i` as the last one of this number's thing."""
        word, kind, tag, after = self.words[i], self._class, self.view.tag(i), self.view.after(i)
        behind = word.end > self.candidate.start
        away = abs(self._clause - self.view.clause[i])
        crossed = self.view.numbers_up_to[i] - self.view.numbers_up_to[min(self._to, i)]
        side = "B" if not behind else "H0" if not away and not crossed else "H1"
        found = list(self._behind(i, away, crossed) if behind else self._before(i, away))
        found += [
            f"en{side}:{after}|{tag}",
            f"en{side}:{kind}{after[:1]}|",
            f"eU:{word.text[-1]}{kind}",
            f"eu:{word.text[-1]}{self._unit}",
            f"eUw:{word.text}{kind}",
            f"eR:{self.found.rule}{side}{min(away, 2)}",
        ]
        for letter, span in self._spans:
            if span.end == word.end:
                found += [f"e={letter}", f"e={letter}{kind}"]
        if self.found.name is None:
            found.append(f"eR0{side}")
        found += self._beside_end(i)
        for n, (_, other) in enumerate(self.sentence.facts):
            if n != self._at and other.span is not None and other.span.end == word.end:
                found.append("e=n" if n > self._at else "e=p1" if n == self._at - 1 else "e=p2")
        return found

    def _beside_start(self, i: int) -> Iterator[str]:
        """What beginning with word `i` leaves out of the rules' name, or takes in before it."""
        own, start = self.found.span, self.words[i].start
        if own is None:
            return
        first = bisect_left(self.sentence.starts, own.start)
        if own.start < start < own.end:
            left_out, before = self.words[first:i], self.view.before(first)
            tags = _tags(left_out)
            yield from ("s>r", f"s>r|{before}", f"s>r:{tags}", f"s>r:{tags}|{before}", f"s>r:{tags}|{self.view.tag(i)}")
            yield f"s>rw:{''.join(word.text for word in left_out)}"
            yield f"s>rl:{min(start - own.start, 6)}"
            verbs = [self.view.verb(k) for k in range(first, i)]
            yield f"s>rv:{self.view.verb(i - 1)}|{self.view.verb(i)}|{len(verbs) > 1}"
            yield f"s>rV:{min(verbs, default='', key=lambda verb: verb or '9')}"
        elif start < own.start < start + _NEAR:
            taken_in = self.words[i:first]
            tags = _tags(taken_in)
            yield from (f"s<r:{tags}", f"s<r:{tags}|{self.view.before(i)}", f"s<rl:{min(own.start - start, 8)}")
            yield f"s<rw:{''.join(word.text for word in taken_in[-2:])}"

    def _beside_end(self, i: int) -> Iterator[str]:
        """What ending with word `i` leaves out of the rules' name, or takes in behind it."""
        own, end = self.found.span, self.words[i].end
        if own is None:
            return
        last = bisect_left(self.sentence.starts, own.end)
        if own.start < end < own.end:
            left_out, rule = self.words[i + 1 : last], self.found.rule
            tags = _tags(left_out)
            yield from ("e<r", f"e<r:{rule}", f"e<r:{rule}{self.view.after(i)}")
            yield f"e<rv:{self.view.verb(i + 1)}"
            yield from (f"e<rt:{tags}", f"e<rt:{self.view.tag(i)}|{tags}", f"e<rw:{left_out[0].text}")
        elif own.end < end:
            yield "e>r"
            if last > i - LONGEST:
                yield from (f"e>rt:{_tags(self.words[last : i + 1])}", f"e>rw:{self.words[last].text}")

    def _before(self, i: int, away: int) -> Iterator[str]:
        """Of a phrase before the number that ends with word `i`, `away` clauses before: what stands between."""
        kind, count = self._class, self.view.numbers_up_to
        crossed = count[self._from] - count[i + 1]
        between = self.words[i + 1 : self._from]
        yield f"eB:{bucket(away)}{kind}"
        yield f"eBn:{min(crossed, 3)}{kind}"
        yield f"eBd:{min(away, 3)}n{min(crossed, 2)}"
        yield f"eBq:{min(away, 2)}{self.words[self._from - 1].text}"
        if away:
            yield f"eBe:{between[0].text}{min(away, 2)}"
        else:
            yield f"eBm:{bucket(len(between))}{kind}"
            if self.candidate.start - self.words[i].end <= 6:
                yield f"eBt:{self.sentence.text[self.words[i].end : self.candidate.start]}"
            if between and not crossed:
                yield from dict.fromkeys(f"eBx:{word.text}" for word in between)
                yield f"eBg:{'.'.join((word.tag or '?')[:2] for word in between[:4])}"
                yield f"eBf:{between[0].text}|{kind}"
        if away == 1:
            own = [w.text for w, clause in zip(between, self.view.clause[i + 1 :]) if clause == self._clause][1:]
            if len(own) <= 4:
                yield f"eBo:{''.join(own)}"
            yield f"eBc:{min(len(own), 6)}"

    def _behind(self, i: int, away: int, crossed: int) -> Iterator[str]:
        """Of a phrase behind the number that ends with word `i`: how far behind."""
        yield f"eH:{bucket(away)}{self._class}"
        yield f"eHn:{min(crossed, 2)}"
        yield f"eHm:{bucket(i - self._to)}d{min(away, 1)}"
        yield f"eHu:{min(away, 1)}{self.candidate.unit}"


def _tags(words: Sequence[Word]) -> str:
    return ".".join((word.tag or "?")[:2] for word in words[:3])


@cache
def unit_class(unit: str) -> str:
    """The kind of a unit as a feature: money, share, points, measure, people, times, lengths of time, items, or things.

    >>> [unit_class(unit) for unit in ("万元", "%", "人次", "课时", "项", "册")]
    ['元', '%', '人次', 'T', '个', 'c']
    """
    table, plain = units(), unit.lstrip("万亿")
    if table.is_money(unit):
        return "元"
    if table.is_rate(unit):
        return "点" if unit.endswith("百分点") else "%"
    if table.is_measure(unit):
        return "m"
    if plain in _PERSONS:
        return plain
    if plain in {"倍", "成", "番", ""}:
        return "倍"
    if plain in _TIMES:
        return "次"
    if plain in _LENGTHS:
        return "T"
    return "个" if plain in _ITEMS else "c"
