"""What speaks for each area of a sentence: the model, its own words, its headings, the sentences around it, the whole report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from huizong.classifier import Example
from huizong.lexicon.areas import named_areas
from huizong.lexicon.topics import topics, without_asides
from huizong.records import Area, Section, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AREAS = tuple(Area)
# What is told of each area, in the order of the last axis of `evidence`.
CHANCE, LOG_CHANCE = "chance", "log chance"  # of the model, which has read the headings too
OWN_CHANCE, OWN_LOG_CHANCE = "chance by own words", "log chance by own words"
WORDS, HEADING, ABOVE, TITLE, HEADINGS = "words", "heading", "headings above", "title", "all headings"  # word_scores
SECTION, PART, REPORT = "section", "part", "report"  # means of the chances by own words
BEFORE, AFTER, SECOND_BEFORE, SECOND_AFTER = "before", "after", "second before", "second after"  # those of neighbours
KINDS = (
    LOG_CHANCE, CHANCE, OWN_LOG_CHANCE, OWN_CHANCE, WORDS, HEADING, ABOVE, TITLE, HEADINGS,
    SECTION, PART, REPORT, BEFORE, AFTER, SECOND_BEFORE, SECOND_AFTER,
)  # fmt: skip

# Points of a word, and the most that the words of one text give.
_STRONG, _WEAK, _MOST = 1.0, 0.35, 2.0
_MOST_TOPIC = 2.4  # words and phrases of one text together
_LEAST_CHANCE = 1e-3
_PART_LEVEL = 2  # headings of this level and above open the parts whose sentences speak for one another


def evidence(
    made: Sequence[Example],
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    chances: Sequence[Mapping[Area, float]],
    own_chances: Sequence[Mapping[Area, float]],
) -> NDArray[np.float64]:
    """Sentences × areas × kinds of evidence (`AREAS`, `KINDS`).

    `made` and the model's probabilities of areas (`chances`, and `own_chances` by the sentence's own words) go with `sentences` one
    by one. Headings are no neighbours, and say nothing in the means.
    """
    import numpy as np

    full, own = _array(chances), _array(own_chances)
    text_at = [at for at, sentence in enumerate(sentences) if not sentence.heading]
    around = np.zeros((len(sentences) + 4, len(AREAS)))  # two rows of nothing at either end
    around[2:-2][text_at] = own[text_at]
    everywhere = (len(sentences), len(AREAS))
    told = {
        LOG_CHANCE: np.log(full + _LEAST_CHANCE),
        CHANCE: full,
        OWN_LOG_CHANCE: np.log(own + _LEAST_CHANCE),
        OWN_CHANCE: own,
        WORDS: _word_rows([example.text for example in made]),
        HEADING: _word_rows([example.heading for example in made]),
        ABOVE: _word_rows(["|".join(example.above) for example in made]),
        TITLE: np.broadcast_to(_word_rows(["|".join(s.title for s in sections if s.level == 0)])[0], everywhere),
        HEADINGS: np.broadcast_to(_mean(_word_rows([s.title for s in sections if s.level > 0])), everywhere),
        SECTION: _means([s.section for s in sentences], own, text_at),
        PART: _means(_parts(sentences, sections), own, text_at),
        REPORT: np.broadcast_to(_mean(own[text_at]), everywhere),
        BEFORE: around[1:-3],
        AFTER: around[3:-1],
        SECOND_BEFORE: around[:-4],
        SECOND_AFTER: around[4:],
    }
    rows: NDArray[np.float64] = np.stack([told[kind] for kind in KINDS], axis=2)
    return rows


def word_scores(text: str) -> dict[Area, float]:
    """How much the words of `text` point to each area, from 0 to 2, with its phrases to 2.4; what it only mentions aside.

    >>> max(Area, key=lambda a: word_scores("双师型教师占比提高")[a])
    <Area.FACULTY: 'faculty'>
    """
    scores = dict.fromkeys(AREAS, 0.0)
    for area, named in named_areas(without_asides(text)).items():
        scores[area] = min(_STRONG * named.strong + _WEAK * named.weak, _MOST)
    for topic in topics():
        if topic.has.search(text):
            scores[topic.area] = min(scores[topic.area] + topic.points, _MOST_TOPIC)
    return scores


def _word_rows(texts: Sequence[str]) -> NDArray[np.float64]:
    """The `word_scores` of each text, a row each."""
    import numpy as np

    once = {text: list(word_scores(text).values()) for text in set(texts)}
    return np.array([once[text] for text in texts]).reshape(len(texts), len(AREAS))


def _array(chances: Sequence[Mapping[Area, float]]) -> NDArray[np.float64]:
    import numpy as np

    rows = [[row.get(area, 0.0) for area in AREAS] for row in chances]
    return np.array(rows).reshape(len(rows), len(AREAS))


def _mean(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean row, zeros where there is none."""
    mean: NDArray[np.float64] = rows.sum(axis=0) / max(1, len(rows))
    return mean


def _means(keys: Sequence[str | None], rows: NDArray[np.float64], at: Sequence[int]) -> NDArray[np.float64]:
    """For each sentence the mean of the rows `at` that have its key."""
    import numpy as np

    members: dict[str | None, list[int]] = defaultdict(list)
    for index in at:
        members[keys[index]].append(index)
    means = {key: _mean(rows[indices]) for key, indices in members.items()}
    nothing = np.zeros(len(AREAS))
    return np.array([means.get(key, nothing) for key in keys]).reshape(len(keys), len(AREAS))


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
