"""Learns what numbers count from labels: weights for the features of proposed names, by softmax over the proposals.

Any accepted name is right, the best one more so: the model maximises their chances summed by these weights, or it would learn to
shorten wherever readers accept the bare noun too. How well a rule did on the reports it was
written beside says little of new ones, so there the features that tell of rules are doubled, and what the copies learn is
thrown away (Daumé, Frustratingly Easy Domain Adaptation, 2007). All passages, and the reports that `new_reports.txt` names,
count in full.
"""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from huizong import lexicon
from huizong.classifier import TrainedOn
from huizong.classifier.examples import outline_of
from huizong.classifier.labels import LabelledThing, Labels, fingerprint, label_name, same_object
from huizong.classifier.passages import is_passages, read_labelled
from huizong.errors import OutputError
from huizong.extractors.count_carrying import resolve_objects
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_words import words_of
from huizong.extractors.counts import candidates_of
from huizong.extractors.even_marks import even_marks, opens_item
from huizong.extractors.object_proposals import Facts, Question, Sentence
from huizong.extractors.object_ranker import CARD, FEATURES_VERSION, WEIGHTS, ObjectCard, ObjectModel, is_open
from huizong.extractors.object_scores import Weights
from huizong.tokens import segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_LEAST_COUNTS, _LEAST_REPORTS = 3, 2  # that a feature must occur in
_STRENGTH = 2.0  # the prior variance of a weight
_STEPS = 70
_LEAST_WEIGHT = 0.02  # smaller ones change next to nothing and are left out
_ROUNDS = 5
_OF_RULES = ("N", "Z", "e=", "s=", "e>", "e<", "s>", "s<", "eR")
_COPY = "~"
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


def train_objects(paths: Sequence[Path], out: Path) -> ObjectCard:
    """Trains on the labelled reports and passages `paths` and writes the model's two files into the folder `out`; its card.

    The same files give the same bytes, in whatever order they are named. Reports without counts give a model without weights.

    Raises `LabelError` for labels that do not hold together, `OutputError` where `out` cannot be written.
    """
    files = sorted({path.resolve() for path in paths}, key=lambda path: (label_name(path), str(path)))
    labelled = [read_labelled(path) for path in files]
    are_new = [is_passages(path) or label_name(path) in new_reports() for path in files]
    reports = [report_examples(labels, is_new=new) for labels, new in zip(labelled, are_new, strict=True)]
    card = ObjectCard(
        features_version=FEATURES_VERSION,
        trained_on=tuple(
            TrainedOn(name=label_name(path), sha256=fingerprint(path), sentences=labels.seen)
            for path, labels in zip(files, labelled, strict=True)
        ),
        scores=_scores(reports, are_new),
    )
    _write(out, card, fit(reports))
    return card


@cache
def new_reports() -> frozenset[str]:
    """The names of the labelled reports that the rules were written without."""
    lines = lexicon.read_text("new_reports.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def report_examples(labels: Labels, *, is_new: bool) -> list[Example]:
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
            labelled = next(
                (c for c in wanted.get(sid, ()) if c.start + sid < candidate.end and candidate.start < c.end + sid),
                None,
            )
            if labelled is not None:
                view = Sentence(text, finder, facts, context)
                open_ = is_open(candidate, found)
                features, right = _proposed(Question(view, at), labelled.object, is_new=is_new) if open_ else ((), ())
                made.append(
                    Example(
                        proposals=features,
                        right=right,
                        accepted=labelled.object,
                        by_rules=same_object(found.name, labelled.object),
                        text=text,
                        finder=finder,
                        facts=facts,
                        previous=context,
                        at=at,
                    )
                )
        previous = facts
    return made


def _proposed(
    question: Question, accepted: Sequence[str], *, is_new: bool
) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
    """The features of every proposal, and how right each is."""
    named, view = question.named(), question.view
    phrases = question.phrases()
    proposals = [
        (
            name,
            [
                *phrase.features,
                *view.opening(phrase.first),
                *view.closing(phrase.last),
                *question.opening(phrase.first),
                *question.closing(phrase.last),
                *named.get(name, ()),
            ],
        )
        for name, phrase in phrases
    ]
    met = {name for name, _ in phrases}
    proposals += [(name, [*features, *question.elsewhere(name)]) for name, features in named.items() if name not in met]
    if not is_new:
        proposals = [(name, [*row, *(_COPY + f for f in row if f.startswith(_OF_RULES))]) for name, row in proposals]
    return tuple(tuple(row) for _, row in proposals), tuple(_rightness(name, accepted) for name, _ in proposals)


def _rightness(name: str, accepted: Sequence[str]) -> float:
    if same_object(name, accepted[:1]):
        return 1.0
    return _ALSO_ACCEPTED if same_object(name, accepted) else 0.0


def fit(reports: Sequence[Sequence[Example]]) -> dict[str, float]:
    """The weights learned from `reports`, by the features' names in order; rounded to 32 bits, the smallest left out."""
    import numpy as np
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    names = _vocabulary(reports)
    kept = [example for report in reports for example in report if any(example.right)]
    if not names or not kept:
        return {}
    matrix = _matrix(kept, {name: n for n, name in enumerate(names)})
    turned = matrix.T.tocsr()
    right = np.array([mark for example in kept for mark in example.right], dtype=np.float64)
    sizes = np.array([len(example.right) for example in kept])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        hits = powers * right
        whole, part = np.add.reduceat(powers, starts), np.add.reduceat(hits, starts) + 1e-300
        missed = float((np.log(whole) - np.log(part)).sum() + 0.5 / _STRENGTH * (weights @ weights))
        return missed, turned @ (powers / whole[owner] - hits / part[owner]) + weights / _STRENGTH

    with threadpool_limits(1):  # sums in the same order on any number of cores
        found = minimize(
            loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 10}
        )
    weights = found.x.astype(np.float32).tolist()
    return {
        name: weight
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) > _LEAST_WEIGHT and not name.startswith(_COPY)
    }


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


def _scores(reports: Sequence[Sequence[Example]], are_new: Sequence[bool]) -> dict[str, float]:
    """The shares of right objects by the rules and by the model, in reports that the model was not trained on."""
    if len(reports) < 2:
        return {}
    tally: Counter[str] = Counter()
    for left_out in range(min(_ROUNDS, len(reports))):
        rest = [report for n, report in enumerate(reports) if n % _ROUNDS != left_out]
        empty = ObjectCard(features_version=FEATURES_VERSION, trained_on=(), scores={})
        model = ObjectModel(card=empty, weights=Weights(fit(rest)))
        for n in range(left_out, len(reports), _ROUNDS):
            for example in reports[n]:
                marks = {"counts": 1, "rules": example.by_rules, "chosen": example.is_chosen_right(model)}
                tally.update({key: int(mark) for key, mark in marks.items()})
                if are_new[n]:
                    tally.update({f"new_{key}": int(mark) for key, mark in marks.items()})
    return {
        f"{kind}{key}": round(tally[kind + key] / tally[f"{kind}counts"], 4)
        for kind in ("", "new_")
        for key in ("rules", "chosen")
        if tally[f"{kind}counts"]
    }


def _write(out: Path, card: ObjectCard, weights: Mapping[str, float]) -> None:
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(buffer, weights=np.array(list(weights.values()), dtype=np.float32))
    fields = {**asdict(card), "features": list(weights)}
    content = json.dumps(fields, ensure_ascii=False, indent=0, sort_keys=True).encode() + b"\n"
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / CARD).write_bytes(content)
        (out / WEIGHTS).write_bytes(buffer.getvalue())
    except OSError as error:
        raise OutputError(
            f"模型写不进“{out}”：{error.strerror}。", advice="请换一个可写的文件夹。", path=out
        ) from error
