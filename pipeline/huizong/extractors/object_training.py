"""Learns what numbers count from labels: the network of `ranking` over the features of proposals.

Any accepted name is right, the best one more so: the model maximises their chances summed by these weights, or it would learn to
shorten wherever readers accept the bare noun too.
"""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.classifier.examples import outline_of
from huizong.classifier.labels import LabelledThing, Labels, label_name, same_object
from huizong.classifier.learning import labelled, new_reports, trained_on, write_model
from huizong.classifier.passages import is_passages
from huizong.extractors.count_carrying import resolve_objects
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_words import words_of
from huizong.extractors.counts import candidates_of
from huizong.extractors.even_marks import even_marks, opens_item
from huizong.extractors.object_proposals import Facts, Question, Sentence
from huizong.extractors.object_ranker import CARD, FEATURES_VERSION, WEIGHTS, ObjectCard, ObjectModel, is_open
from huizong.extractors.object_scores import Network
from huizong.extractors.ranking import Learned, learn, nothing
from huizong.tokens import segment

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_LEAST_COUNTS, _LEAST_REPORTS = 16, 2  # that a feature must occur in
_HIDDEN, _EPOCHS = 16, 6
_ROUNDS = 5
_ALSO_ACCEPTED = (
    0.3  # how much a name counts beside the best one (left out by reports: as many right, one more in 140 the best)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled count: the features of each name proposed, how right it is (1 the best, 0 wrong), and the rules' answer.

    `choose` finds what a model makes of it: `at` is its place in the facts of its sentence.
    """

    proposals: tuple[tuple[str, ...], ...]
    right: tuple[float, ...]
    accepted: tuple[str, ...]
    by_rules: bool
    text: str
    finder: ObjectFinder
    facts: Facts
    previous: Facts
    at: int

    def is_chosen_right(self, model: ObjectModel) -> bool:
        """Whether `model` gives this count an accepted name."""
        found = model.choose(self.text, self.finder, self.facts, self.previous)[self.at]
        return same_object(found.name, self.accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The names of the features learned, and the weights in their order."""

    names: tuple[str, ...]
    learned: Learned

    def model(self, card: ObjectCard) -> ObjectModel:
        """The model as it is once stored and loaded."""
        rows = {name: n for n, name in enumerate(self.names)}
        return ObjectModel(
            card=card, network=Network(rows, *(part.astype("float32") for part in self.learned.stored()))
        )


def train_objects(paths: Sequence[Path], out: Path) -> ObjectCard:
    """Trains on the labelled reports and passages `paths` and writes the model's two files into the folder `out`; its card.

    The same files give the same bytes, in whatever order they are named. Reports without counts give a model without weights.

    Raises `LabelError` for labels that do not hold together, `OutputError` where `out` cannot be written.
    """
    files = labelled(paths)
    kinds = [
        ("passages_",) if is_passages(path) else ("", "new_") if label_name(path) in new_reports() else ("",)
        for path, _ in files
    ]
    reports = [report_examples(labels) for _, labels in files]
    card = ObjectCard(
        features_version=FEATURES_VERSION,
        trained_on=trained_on(files),
        scores=_scores(reports, kinds),
    )
    _write(out, card, fit(reports))
    return card


def report_examples(labels: Labels) -> list[Example]:
    """The labelled counts of one report that the rules find as well, in reading order."""
    text, sentences, _ = outline_of(labels)
    tokens, text = segment(text), even_marks(text)
    wanted: dict[int, list[LabelledThing]] = defaultdict(list)
    for thing in (*labels.counts, *labels.things):
        wanted[thing.sid].append(thing)
    made: list[Example] = []
    previous: Facts = []
    groups = candidates_of(text, sentences, tokens)
    for sid, group in groups.items():
        sentence = sentences[sid]
        finder = ObjectFinder(text, words_of(text, sentence.span.start, sentence.span.end, tokens, group), group)
        goes_on = (sid - 1 in groups or sid - 2 in groups) and not opens_item(text, sentence.span.start)
        context = previous if goes_on else []
        facts = resolve_objects(text, sentence, group, finder, list(context))
        for at, (candidate, found) in enumerate(facts):
            # A line break stands behind every sentence: compact offsets are `sid` characters short.
            known = next(
                (c for c in wanted.get(sid, ()) if c.start + sid < candidate.end and candidate.start < c.end + sid),
                None,
            )
            if known is not None:
                view = Sentence(text, finder, facts, context)
                open_ = is_open(candidate, found)
                features, right = _proposed(Question(view, at), known.object) if open_ else ((), ())
                made.append(
                    Example(
                        proposals=features,
                        right=right,
                        accepted=known.object,
                        by_rules=same_object(found.name, known.object),
                        text=text,
                        finder=finder,
                        facts=facts,
                        previous=context,
                        at=at,
                    )
                )
        previous = facts
    return made


def _proposed(question: Question, accepted: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
    """The features of every proposal, and how right each is."""
    view = question.view
    proposals, told = question.proposals()
    rows = []
    for name, phrase in proposals:
        row = list(told.get(name, ()))
        if phrase is not None:
            beside = (*question.opening(phrase.first), *question.closing(phrase.last))
            row += [*phrase.features, *view.opening(phrase.first), *view.closing(phrase.last), *beside]
        rows.append(tuple(row))
    return tuple(rows), tuple(_rightness(name, accepted) for name, _ in proposals)


def _rightness(name: str, accepted: Sequence[str]) -> float:
    if same_object(name, accepted[:1]):
        return 1.0
    return _ALSO_ACCEPTED if same_object(name, accepted) else 0.0


def fit(reports: Sequence[Sequence[Example]]) -> Fitted:
    """What is learned from `reports`."""
    names = _vocabulary(reports)
    kept = [example for report in reports for example in report if any(example.right)]
    if not names or not kept:
        return Fitted(names=(), learned=nothing(_HIDDEN))
    matrix = _matrix(kept, {name: n for n, name in enumerate(names)})
    right = [mark for example in kept for mark in example.right]
    sizes = [len(example.right) for example in kept]
    return Fitted(names=tuple(names), learned=learn(matrix, right, sizes, hidden=_HIDDEN, epochs=_EPOCHS))


def _vocabulary(reports: Sequence[Sequence[Example]]) -> list[str]:
    """The features worth a weight, sorted: those of several counts and, where there are several reports, of more than one."""
    often: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for report in reports:
        here: set[str] = set()
        for example in report:
            own = {name for row in example.proposals for name in row}
            often.update(own)
            here |= own
        spread.update(here)
    least = min(_LEAST_REPORTS, len(reports))
    return sorted(name for name, n in often.items() if n >= _LEAST_COUNTS and spread[name] >= least)


def _matrix(examples: Sequence[Example], columns: Mapping[str, int]) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    ends = [0]
    for example in examples:
        for row in example.proposals:
            indices += sorted(columns[name] for name in row if name in columns)
            ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(ends) - 1, len(columns)))


def _scores(reports: Sequence[Sequence[Example]], kinds: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """The shares of right objects by the rules and by the model, in files that the model was not trained on.

    `kinds[i]` says under which names report i is reckoned: all reports, new ones, passages.
    """
    if len(reports) < 2:
        return {}
    tally: Counter[str] = Counter()
    for left_out in range(min(_ROUNDS, len(reports))):
        rest = [report for n, report in enumerate(reports) if n % _ROUNDS != left_out]
        model = fit(rest).model(ObjectCard(features_version=FEATURES_VERSION, trained_on=(), scores={}))
        for n in range(left_out, len(reports), _ROUNDS):
            for example in reports[n]:
                marks = {"counts": 1, "rules": example.by_rules, "chosen": example.is_chosen_right(model)}
                for kind in kinds[n]:
                    tally.update({f"{kind}{key}": int(mark) for key, mark in marks.items()})
    return {
        f"{kind}{key}": round(tally[kind + key] / tally[f"{kind}counts"], 4)
        for kind in ("", "new_", "passages_")
        for key in ("rules", "chosen")
        if tally[f"{kind}counts"]
    }


def _write(out: Path, card: ObjectCard, fitted: Fitted) -> None:
    import numpy as np

    buffer = io.BytesIO()
    table, bias, out_weights = fitted.learned.stored()
    np.savez_compressed(buffer, table=table, bias=bias, out=out_weights)
    fields = {**asdict(card), "features": list(fitted.names)}
    content = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"
    write_model(out, {CARD: content, WEIGHTS: buffer.getvalue()})
