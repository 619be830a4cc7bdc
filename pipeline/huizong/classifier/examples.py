"""What the model sees of a sentence: its words, the headings above it, its place and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huizong.classifier.labels import Labels, compact
from huizong.outline.numbering import numbering
from huizong.records import Kind, Role, Section, Sentence, Span, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence in its context. Texts are without blanks.

    `heading` is the title of its own section, `above` those of the enclosing ones from the inside out, the report's title
    left out; `role` is `None` where it is not known yet (`bare`).
    `place` is the sentence's position in its section, from 0 to 1; `first` and `last` mark the section's ends.
    """

    text: str
    words: tuple[str, ...]
    role: Role | None
    heading: str
    above: tuple[str, ...]
    lead: str
    place: float
    first: bool
    last: bool
    before: str
    after: str


def examples(
    text: str, sentences: Sequence[Sentence], sections: Sequence[Section], tokens: Sequence[Token]
) -> tuple[Example, ...]:
    """One example for each sentence, headings included, in the same order."""
    by_id = {s.id: s for s in sections}
    shown = [compact(s.span.of(text)) for s in sentences]
    words = _words_of(text, sentences, tokens)
    runs = _runs(sentences)
    made = []
    for at, sentence in enumerate(sentences):
        titles = _titles(sentence.section, by_id)
        start, end = runs[at]
        made.append(
            Example(
                text=shown[at],
                words=words[at],
                role=sentence.role,
                heading=titles[0] if titles else "",
                above=tuple(titles[1:]),
                lead=sentence.lead,
                place=(at - start) / max(1, end - start - 1),
                first=at == start,
                last=at == end - 1,
                before=shown[at - 1] if at > 0 and not sentences[at - 1].heading else "",
                after=shown[at + 1] if at + 1 < len(sentences) and not sentences[at + 1].heading else "",
            )
        )
    return tuple(made)


def bare(example: Example) -> Example:
    """The sentence without what its headings say of it: what there is to go by while roles are still open."""
    return replace(example, role=None, heading="", above=())


def outline_of(labels: Labels) -> tuple[str, tuple[Sentence, ...], tuple[Section, ...]]:
    """(text, sentences, sections) that the labels themselves describe, a sentence a line: what a perfect outline gives."""
    text = ""
    sentences: list[Sentence] = []
    sections: list[Section] = []
    open_sections: list[Section] = []
    for labelled in labels.sentences:
        span = Span(len(text), len(text) + len(labelled.text))
        text += labelled.text + "\n"
        number = numbering(labelled.text)
        heading = labelled.kind is Kind.HEADING
        if heading:
            level = labelled.level or 0
            while open_sections and open_sections[-1].level >= level:
                open_sections.pop()
            words = number.words if number else ""
            section = Section(
                id=f"s{len(sections) + 1}",
                parent=open_sections[-1].id if open_sections else None,
                level=level,
                number=words,
                title=labelled.text[len(words) :],
                role=labelled.role or Role.OTHER,
                span=span,
                page=1,
            )
            sections.append(section)
            open_sections.append(section)
        current = open_sections[-1] if open_sections else None
        sentences.append(
            Sentence(
                span=span,
                paragraph=labelled.sid,
                heading=heading,
                section=current.id if current else None,
                role=current.role if current else Role.BACKGROUND,
                lead=number.words if number and not heading else "",
            )
        )
    return text, tuple(sentences), tuple(sections)


def _titles(section: str | None, by_id: Mapping[str, Section]) -> list[str]:
    titles = []
    while section is not None:
        found = by_id[section]
        if found.level > 0:
            titles.append(compact(found.title))
        section = found.parent
    return titles


def _words_of(text: str, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """The words of each sentence. Both sequences are in reading order; a word across two sentences belongs to the first."""
    words: list[tuple[str, ...]] = []
    at = 0
    for sentence in sentences:
        while at < len(tokens) and tokens[at].start < sentence.span.start:
            at += 1
        inside = []
        while at < len(tokens) and tokens[at].start < sentence.span.end:
            inside.append(text[tokens[at].start : tokens[at].end])
            at += 1
        joined = "".join(inside)
        words.append(tuple(inside) if compact(joined) == joined else tuple(map(compact, inside)))
    return words


def _runs(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """For each sentence the half-open range of the sentences between the two headings around it."""
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(sentences) + 1):
        if at == len(sentences) or sentences[at].heading or sentences[at - 1].heading:
            runs += [(start, at)] * (at - start)
            start = at
    return runs
