"""Scores one reading against its labels: a tally of right, found and wanted, and the misses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from huizong.classifier.labels import LabelledCount, LabelledSentence, Labels, compact, same_object
from huizong.evaluate.align import Alignment
from huizong.evaluate.figures import ITEM_KINDS, Figures, figures
from huizong.records import Alias, Area, Count, Item, Kind, Section, Span

_END_MARKS = "。：:"


class Reading(Protocol):
    """What is scored: the parts of a `Report` that labels speak of."""

    @property
    def text(self) -> str: ...
    @property
    def aliases(self) -> Sequence[Alias]: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def items(self) -> Sequence[Item]: ...
    @property
    def counts(self) -> Sequence[Count]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that was read otherwise than labelled: in which document, what, and the sentence it stands in."""

    document: str
    what: str
    wanted: str
    got: str
    context: str

    def __str__(self) -> str:
        return f"{self.document}\t{self.what}\t应为 {self.wanted or '无'}\t得到 {self.got or '无'}\t{self.context}"


def score(pairs: Iterable[tuple[Labels, Reading]]) -> Figures:
    """The figures of these readings against their labels, pooled over all of them."""
    total: Counter[str] = Counter()
    for labels, reading in pairs:
        tally, _ = score_document(labels, reading)
        total.update(tally)
    return figures(total)


def score_document(labels: Labels, reading: Reading, name: str = "") -> tuple[Counter[str], tuple[Miss, ...]]:
    """(tally, misses) of one reading; tallies of several add up. `name` names the document in the misses."""
    scorer = _Scorer(labels, reading, name)
    scorer.counts()
    scorer.items()
    if not labels.partial:
        scorer.headings()
        scorer.aliases()
    return scorer.tally, tuple(scorer.misses)


class _Scorer:
    def __init__(self, labels: Labels, reading: Reading, name: str) -> None:
        self.labels, self.reading, self.name = labels, reading, name
        self.align = Alignment(reading.text, labels.text)
        self.tally: Counter[str] = Counter()
        self.misses: list[Miss] = []

    def miss(self, what: str, wanted: str, got: str, context: str) -> None:
        self.misses.append(Miss(document=self.name, what=what, wanted=wanted, got=got, context=context))

    def counts(self) -> None:
        left: list[tuple[Span | None, Count]] = []
        for count in self.reading.counts:
            if count.table is not None:  # read from a table's cell: the labels mark prose only
                continue
            self.tally["ungrounded"] += compact(count.span.of(self.reading.text)) != compact(count.quote)
            left.append((self.align.span(count.span), count))
        if self.labels.partial:  # of what was not looked at nobody knows whether it is right
            places = [Span(wanted.start, wanted.end) for wanted in self.labels.counts]
            left = [(span, count) for span, count in left if span and any(span.overlaps(p) for p in places)]
        self.tally["counts.predicted"] = len(left)
        self.tally["counts.gold"] = len(self.labels.counts)
        for wanted in self.labels.counts:
            place = Span(wanted.start, wanted.end)
            hit = next(
                (n for n, (span, c) in enumerate(left) if span and span.overlaps(place) and _same(c, wanted)), None
            )
            if hit is None:
                self.miss("数量漏", _shown(wanted), "", self.labels.sentences[wanted.sid].text)
            else:
                self._count_fields(wanted, left.pop(hit)[1])
        for span, count in left:
            context = self.labels.text[max(0, span.start - 20) : span.end + 20] if span else ""
            self.miss("数量多", "", f"{count.quote} → {count.value:g} {count.unit} {count.object or ''}", context)

    def _count_fields(self, wanted: LabelledCount, got: Count) -> None:
        tally, context = self.tally, self.labels.sentences[wanted.sid].text
        tally["counts.tp"] += 1
        tally["approx.ok"] += got.approx == wanted.approx
        if wanted.year is not None:
            tally["year.n"] += 1
            tally["year.ok"] += got.year == wanted.year
            if got.year != wanted.year:
                self.miss("数量年份", str(wanted.year), str(got.year or ""), f"{wanted.quote}：{context}")
        tally["change.ok"] += got.change == wanted.change
        right = same_object(got.object, wanted.object)
        tally["object.ok"] += right
        tally["status.ok"] += got.status == wanted.status
        tally["counts.full"] += right and got.status == wanted.status
        if not right:
            self.miss("数量对象", "|".join(wanted.object), got.object or "", f"{wanted.quote}：{context}")
        for what, want, have in (
            ("数量性质", wanted.status, got.status),
            ("数量变化", wanted.change, got.change),
            ("数量概数", str(wanted.approx), str(got.approx)),
        ):
            if want != have:
                self.miss(what, want, have, f"{wanted.quote}：{context}")

    def items(self) -> None:
        cover, areas = self._covered()
        for sentence in self.labels.sentences:
            if not sentence.seen:
                continue
            label = _main_kind(cover[sentence.sid], sentence)
            truth = label if label is not None and label in {sentence.kind, *sentence.also} else sentence.kind
            if label in ITEM_KINDS:
                self.tally[f"{label}.predicted"] += 1
            if truth in ITEM_KINDS:
                self.tally[f"{truth}.gold"] += 1
                self.tally[f"{truth}.tp"] += label == truth
            if label != truth and (label in ITEM_KINDS or truth in ITEM_KINDS):
                self.miss("句类", "/".join((sentence.kind, *sentence.also)), label or "", sentence.text)
            if sentence.kind in ITEM_KINDS:
                self.tally["strict.n"] += 1
                self.tally["strict.ok"] += label == sentence.kind
            if sentence.area and label == truth and label in ITEM_KINDS:
                self.tally["areas.n"] += 1
                self.tally["areas.ok"] += areas.get(sentence.sid) == sentence.area
                if areas.get(sentence.sid) != sentence.area:
                    self.miss("领域", sentence.area, areas.get(sentence.sid) or "", sentence.text)

    def _covered(self) -> tuple[dict[int, Counter[Kind]], dict[int, Area | None]]:
        """For each labelled sentence: how many of its characters each kind of item covers, and its first item's area."""
        cover: dict[int, Counter[Kind]] = defaultdict(Counter)
        areas: dict[int, Area | None] = {}
        placed = [(self.align.span(item.span), item) for item in self.reading.items]
        for sentence in self.labels.sentences:
            for span, item in placed:
                over = min(span.end, sentence.end) - max(span.start, sentence.start) if span else 0
                if over > 0:
                    cover[sentence.sid][item.kind] += over
                    areas.setdefault(sentence.sid, item.area)
        return cover, areas

    def headings(self) -> None:
        found = [(compact(section.number + section.title), section) for section in self.reading.sections]
        for sentence in self.labels.sentences:
            if sentence.kind != Kind.HEADING:
                continue
            words = sentence.text.strip(_END_MARKS)
            at = next(
                (n for n, (w, h) in enumerate(found) if w.strip(_END_MARKS) == words and h.level == sentence.level),
                None,
            )
            if at is not None:
                section = found.pop(at)[1]
                self.tally["headings.tp"] += 1
                self.tally["headings.gold"] += 1
                self.tally["roles.ok"] += section.role == sentence.role
                if section.role != sentence.role:
                    self.miss("标题作用", sentence.role or "", section.role, sentence.text)
            elif not sentence.also:  # a topic sentence that could be read as text is an optional heading
                self.tally["headings.gold"] += 1
                self.miss("标题漏", f"{sentence.level} 级", "", sentence.text)
        optional = {s.text.strip(_END_MARKS) for s in self.labels.sentences if Kind.HEADING in s.also}
        extra = [(words, section) for words, section in found if words.strip(_END_MARKS) not in optional]
        self.tally["headings.predicted"] += self.tally["headings.tp"] + len(extra)
        for words, section in extra:
            self.miss("标题多", "", f"{section.level} 级", words)

    def aliases(self) -> None:
        got = {(compact(a.name), compact(a.alias)) for a in self.reading.aliases}
        want = {(compact(a.name), compact(a.alias)) for a in self.labels.aliases}
        self.tally["aliases.tp"] += len(got & want)
        self.tally["aliases.predicted"] += len(got)
        self.tally["aliases.gold"] += len(want)
        for name, alias in sorted(want - got):
            self.miss("简称漏", f"{name}＝{alias}", "", "")
        for name, alias in sorted(got - want):
            self.miss("简称多", "", f"{name}＝{alias}", "")


def _main_kind(cover: Counter[Kind], sentence: LabelledSentence) -> Kind | None:
    """The kind that covers most of the sentence, where that is at least half of it."""
    if not cover:
        return None
    kind, size = cover.most_common(1)[0]
    return kind if 2 * size >= sentence.end - sentence.start else None


def _shown(count: LabelledCount) -> str:
    return f"{count.quote} → {count.value:g} {count.unit} {count.object[0] if count.object else ''}"


def _close(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= 1e-6 * max(1.0, abs(b))


def _same(got: Count, wanted: LabelledCount) -> bool:
    if (got.high is not None or wanted.high is not None) and not _close(got.high, wanted.high):
        return False
    return _close(got.value, wanted.value) and _unit(got.unit) == _unit(wanted.unit)


def _unit(unit: str) -> str:
    return compact(unit).replace("％", "%").replace("百分点", "个百分点").replace("个个", "个")
