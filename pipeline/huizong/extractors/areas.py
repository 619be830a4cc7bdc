"""The work area of every sentence: its own words, its headings, its neighbours, what the report is about, and the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log

from huizong.classifier import Example
from huizong.lexicon.areas import named_areas
from huizong.lexicon.topics import topics, without_asides
from huizong.records import Area, Section, Sentence

# Points of a word, and the most that the words of one text give.
_STRONG, _WEAK, _MOST = 1.0, 0.35, 2.0
# How much each witness says, fitted on the labelled corpus (the model not having seen the report) and rounded.
_OWN, _HEADING, _SECTION, _PART, _REPORT, _MODEL = 0.8, 0.3, 0.75, 1.0, 5.0, 0.5
_HEADING_ALONE = 1.1  # where the sentence itself names no topic
# What readers call an area more often (or less) than its words tell: much is governance without saying so.
_LEANING = {
    Area.GOVERNANCE: 0.55,
    Area.DIGITAL: 0.55,
    Area.PROGRAMME: 0.4,
    Area.RESEARCH: 0.2,
    Area.TALENT: -0.35,
    Area.SUPPORT: -0.35,
    Area.CURRICULUM: -0.45,
    Area.ENROLMENT: -0.45,
    Area.OTHER: -0.6,
}
_MOST_TOPIC = 2.4  # words and phrases of one text together
_WHOLE = 1.4  # for the school as a whole, where neither the sentence nor what stands over it names a topic
_LEAST_CHANCE = 1e-3
_AREAS = tuple(Area)
_PART_LEVEL = 2  # headings of this level and above open the parts whose sentences speak for one another


def find_areas(
    made: Sequence[Example],
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    model: Sequence[Mapping[Area, float]],
) -> list[tuple[Area, str]]:
    """The area of each sentence, were it an item, and the witness that spoke loudest for it, in Chinese with what it gave.

    `Area.OTHER` where nothing points anywhere.

    `made` and `model` (probabilities of areas) go with `sentences` one by one.
    """
    own = [word_scores(example.text) for example in made]
    text_at = [at for at, sentence in enumerate(sentences) if not sentence.heading]
    by_section = _means([s.section for s in sentences], own, text_at)
    parts = _parts(sentences, sections)
    by_part = _means(parts, own, text_at)
    title = word_scores(" ".join(s.title for s in sections if s.level == 0))
    report = _report_scores(own, text_at)
    found = []
    for at, (sentence, example) in enumerate(zip(sentences, made, strict=True)):
        heading, above = word_scores(example.heading), word_scores("|".join(example.above))
        section, part = by_section[sentence.section], by_part[parts[at]]
        titled = _HEADING if any(own[at].values()) else _HEADING_ALONE
        words = {
            area: _OWN * own[at][area]
            + titled * heading[area]
            + _SECTION * section[area]
            + _PART * part[area]
            + report[area]
            for area in _AREAS
        }
        chances = model[at]
        if not any(words.values()) and max(chances.values(), default=0.0) < 0.2:
            found.append((Area.OTHER, "没有指向"))
            continue
        if not any((*heading.values(), *above.values(), *title.values())) and not _topical(own[at]):
            words[Area.GOVERNANCE] += _WHOLE
        sums = {
            a: words[a] + _LEANING.get(a, 0.0) + _MODEL * log(max(chances.get(a, 0.0), _LEAST_CHANCE)) for a in _AREAS
        }
        area = max(_AREAS, key=lambda area: sums[area])
        witnesses = {
            "本句用词": _OWN * own[at][area],
            f"标题“{example.heading}”": titled * heading[area],
            "本节各句": _SECTION * section[area],
            "本部分各句": _PART * part[area],
            "全文": report[area],
        }
        loudest = max(witnesses, key=lambda name: witnesses[name])
        spoken = f"{loudest}{witnesses[loudest]:.2f}" if witnesses[loudest] else ""
        found.append((area, f"{spoken}，模型{chances.get(area, 0.0):.2f}".lstrip("，")))
    return found


def word_scores(text: str) -> dict[Area, float]:
    """How much the words of `text` point to each area, from 0 to 2, with its phrases to 2.4; what it only mentions aside.

    >>> max(Area, key=lambda a: word_scores("双师型教师占比提高")[a])
    <Area.FACULTY: 'faculty'>
    """
    scores = dict.fromkeys(_AREAS, 0.0)
    for area, named in named_areas(without_asides(text)).items():
        scores[area] = min(_STRONG * named.strong + _WEAK * named.weak, _MOST)
    for topic in topics():
        if topic.has.search(text):
            scores[topic.area] = min(scores[topic.area] + topic.points, _MOST_TOPIC)
    return scores


def _topical(own: Mapping[Area, float]) -> bool:
    """Whether a text names any topic but the running of the school."""
    return any(score for area, score in own.items() if area is not Area.GOVERNANCE)


def _means(
    keys: Sequence[str | None], scores: Sequence[Mapping[Area, float]], at: Sequence[int]
) -> Mapping[str | None, Mapping[Area, float]]:
    """For each key the mean scores of the sentences `at` that have it."""
    members: dict[str | None, list[Mapping[Area, float]]] = defaultdict(list)
    for index in at:
        members[keys[index]].append(scores[index])
    nothing = dict.fromkeys(_AREAS, 0.0)
    means: dict[str | None, Mapping[Area, float]] = defaultdict(lambda: nothing)
    for key, rows in members.items():
        means[key] = {area: sum(row[area] for row in rows) / len(rows) for area in _AREAS}
    return means


def _parts(sentences: Sequence[Sentence], sections: Sequence[Section]) -> list[str | None]:
    """For each sentence the section of level 2 or above that it stands in."""
    by_id = {s.id: s for s in sections}
    parts = []
    for sentence in sentences:
        section = by_id.get(sentence.section or "")
        while section is not None and section.level > _PART_LEVEL and section.parent is not None:
            section = by_id[section.parent]
        parts.append(section.id if section else None)
    return parts


def _report_scores(own: Sequence[Mapping[Area, float]], at: Sequence[int]) -> dict[Area, float]:
    """What the report as a whole is about: the share of each area in all its words."""
    total = {area: sum(own[index][area] for index in at) for area in _AREAS}
    everything = sum(total.values()) or 1.0
    return {area: _REPORT * total[area] / everything for area in _AREAS}
