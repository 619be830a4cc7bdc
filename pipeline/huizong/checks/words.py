"""Probable typos, shown and never repaired, and references that may mean several things."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from huizong.checks.places import make, short
from huizong.lexicon.checks import check_words
from huizong.lexicon.sounds import sounds_alike
from huizong.records import Check, Item, Rule, Severity, Span, Token
from huizong.report import Report

_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_DOUBLED_MARKS = re.compile(r"[，、；：][，。、；：！？]|。[，。、；]|[（《“][，。、；：]|[，、；：][）》]")
_BEFORE_ETC = re.compile(r"、等(?!等)")
_LIST = re.compile(r"[\u4e00-\u9fff]{2}(?:、[\u4e00-\u9fff]{2}){2,}")
_PREFIXES = frozenset("副正省市县区校非准亚超")
_AROUND = 8
_THIS = re.compile(r"该(?P<noun>{})")
_SEVERAL = re.compile(r"(?P<number>\d+|[两三四五六七八九十]+)(?:个|项|门|家|所|支|名)[^，。；]{0,8}$")


def check_typos(report: Report, tokens: Sequence[Token]) -> Iterator[Check]:
    """Words of no dictionary that sound like a word of their own sentence, words written twice, marks out of place."""
    yield from _unknown_words(report, tokens)
    yield from _doubled_words(report, tokens)
    yield from _marks(report, tokens)


def _unknown_words(report: Report, tokens: Sequence[Token]) -> Iterator[Check]:
    text, words = report.text, check_words()
    starts = [token.start for token in tokens]
    for item in report.items:
        own = list(tokens[bisect_left(starts, item.span.start) : bisect_left(starts, item.span.end)])
        known = {text[t.start : t.end] for t in own if t.tag and t.end - t.start > 1}
        for at, token in enumerate(own):
            word = text[token.start : token.end]
            if token.tag or not _HAN.fullmatch(word) or word in words.known or words.loose & set(word):
                continue
            if at and own[at - 1].end == token.start and text[own[at - 1].start : token.start] in _PREFIXES:
                continue  # 副国级
            beside = {text[t.start : t.end] for t in own[max(0, at - 1) : at + 2]}
            near = [
                other
                for other in sorted(known - beside)
                if _mistaken(word, other) and not words.loose & set(other) and not _listed(item.text, word, other)
            ]
            if near and text.count(word) == 1:
                around = text[token.start : own[at + 1].end] if at + 1 < len(own) else word
                message = f"“{around}”中的“{word}”不像一个词，是否为“{near[0]}”？请核对。"
                yield make(report, Rule.TYPO, Severity.HINT, message, [Span(token.start, token.end)])


def _listed(sentence: str, word: str, other: str) -> bool:
    """Whether both are members of one list, coined alike (良种、良机、良法、良制)."""
    lists = (match.group().split("、") for match in _LIST.finditer(sentence))
    return any(word in names and other in names for names in lists)


def _mistaken(word: str, other: str) -> bool:
    """Whether one character apart from each other, and that one said nearly alike."""
    if len(word) != len(other):
        return False
    apart = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
    return len(apart) == 1 and sounds_alike(*apart[0])


def _doubled_words(report: Report, tokens: Sequence[Token]) -> Iterator[Check]:
    """的的, 以及以及: function words, which nothing ever doubles."""
    for one, two in pairwise(tokens):
        word = report.text[one.start : one.end]
        if one.end == two.start and word in check_words().doubled and word == report.text[two.start : two.end]:
            message = f"“{_context(report.text, one.start, two.end)}”里“{word}”写了两遍。"
            yield make(report, Rule.TYPO, Severity.HINT, message, [Span(one.start, two.end)])


def _marks(report: Report, tokens: Sequence[Token]) -> Iterator[Check]:
    text = report.text
    for match in _DOUBLED_MARKS.finditer(text):
        message = f"“{_context(text, *match.span())}”里标点连用或放错了位置。"
        yield make(report, Rule.TYPO, Severity.HINT, message, [Span(*match.span())])
    ends = {(token.start, token.end) for token in tokens}
    for match in _BEFORE_ETC.finditer(text):
        if (match.start() + 1, match.end()) in ends:
            message = f"“{_context(text, *match.span())}”里“等”前多了顿号，或漏写了一项。"
            yield make(report, Rule.TYPO, Severity.HINT, message, [Span(*match.span())])


def _context(text: str, start: int, end: int) -> str:
    return text[max(text.rfind("\n", 0, start) + 1, start - _AROUND) : end + _AROUND].split("\n")[0]


def check_references(report: Report) -> Iterator[Check]:
    """该… where what was just said is several of them: “机电一体化等专业群 … 该专业群”."""
    nouns = check_words().nouns
    this = re.compile(_THIS.pattern.format("|".join(map(re.escape, nouns))))
    for at, item in enumerate(report.items):
        for match in this.finditer(report.text, item.span.start, item.span.end):
            several = _antecedent(report, at, item, match)
            if several is not None:
                message = f"“{match.group()}”指代不明：前面说的是“{short(several.of(report.text))}”，不止一个。"
                yield make(report, Rule.UNCLEAR_REFERENCE, Severity.HINT, message, [several, Span(*match.span())])


def _antecedent(report: Report, at: int, item: Item, match: re.Match[str]) -> Span | None:
    """The words before that name several of the kind; `None` where the nearest ones name one, or none do."""
    noun = match["noun"]
    start = item.span.start
    if (
        at
        and report.items[at - 1].section == item.section
        and "\n" not in report.text[report.items[at - 1].span.end : start]
    ):
        start = report.items[at - 1].span.start
    place = report.text.rfind(noun, start, match.start())
    if place < 0:
        return None
    clause = max(report.text.rfind(mark, start, place) for mark in "，。；：") + 1 or start
    before = report.text[clause:place]
    if re.search(r"等[^、，]{0,4}$", before) or _SEVERAL.search(before):
        return Span(max(clause, place - 16), place + len(noun))
    return None
