"""Learns the sentence model from labels: two linear heads over the same features, kinds from reports, areas from passages as well."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.classifier.examples import Example, bare, examples, outline_of
from huizong.classifier.features import FEATURES_VERSION, features
from huizong.classifier.labels import Labels
from huizong.classifier.learning import labelled, trained_on, write_model
from huizong.classifier.model import CARD, FEATURES, WEIGHTS, Card
from huizong.classifier.passages import is_passages
from huizong.errors import LabelError
from huizong.records import Area, Kind, Role, Sentence
from huizong.tokens import segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

MOST_FEATURES = 20_000
_LEAST_SENTENCES = 3
_STRENGTH_KINDS, _STRENGTH_AREAS = 3.0, 6.0
_CUES = "k:"  # features of cues and of the place, which tell kinds, not areas
_EXACT, _ROUGH = 1e-6, 1e-3  # tolerance of the model itself and of the checks, which only count right answers
ROLES = (Role.PROGRESS, Role.ISSUES, Role.PLANS)
_ROUNDS = 20  # of leaving reports out
_ALSO_WEIGHT = 0.35  # of a label that a careful reader would accept besides the best one


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled sentence as the learner sees it: with its headings and without them (`bare`).

    One of a passage (`dense`) only tells areas: kinds learned from passages, full of numbers as they are, did worse on reports.
    """

    document: int
    features: Mapping[str, float]
    bare: Mapping[str, float]
    role: Role
    kind: Kind
    also: tuple[Kind, ...]
    area: Area | None
    dense: bool = False


def train(paths: Sequence[Path], out: Path) -> Card:
    """Trains on the labelled reports and passages `paths` and writes the model's folder `out`; its card.

    The same files give the same bytes, in whatever order they are named.

    Raises `LabelError` for labels that do not hold together or too few of them, `OutputError` where `out` cannot be written.
    """
    files = labelled(paths)
    rows = [row for n, (path, labels) in enumerate(files) for row in labelled_rows(n, labels, dense=is_passages(path))]
    if len({row.kind for row in rows if not row.dense}) < 2 or len({row.area for row in rows if row.area}) < 2:
        raise LabelError("标注太少：至少要有两种句类和两种领域。", advice="请再标注几份报告。")
    card = Card(
        features_version=FEATURES_VERSION,
        kinds=(),
        areas=(),
        roles=ROLES,
        features=0,
        trained_on=trained_on(files),
        scores=_scores(rows),
    )
    heads = fit(rows)
    card = replace(card, kinds=heads.kinds, areas=heads.areas, features=len(heads.names))
    _write(out, card, heads, role_kinds(rows, heads.kinds))
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The two fitted scikit-learn classifiers and the names of their columns."""

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    areas: tuple[Area, ...]
    kind_head: LogisticRegression
    area_head: LogisticRegression

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> csr_matrix:
        """`rows` as a sparse matrix in the columns of the heads."""
        return _matrix(rows, {name: n for n, name in enumerate(self.names)})


def fit(rows: Sequence[Row], names: Sequence[str] | None = None, tolerance: float = _EXACT) -> Heads:
    """Both heads, learned from `rows`; `names` are the columns, by default those worth one (`vocabulary`).

    They are learned from every sentence twice, with its headings and without: so a head knows what the words alone say,
    and a heading that misleads does not carry the day (GUIDELINES §1: what a section is called does not decide).
    """
    names = tuple(names if names is not None else vocabulary(rows))
    columns = {name: n for n, name in enumerate(names)}
    kinds: list[tuple[Mapping[str, float], str, float]] = []
    for row in rows:
        if row.dense:
            continue
        share = _ALSO_WEIGHT / len(row.also) if row.also else 0.0
        for seen in (row.features, row.bare):
            kinds.append((seen, row.kind, 1.0 - (_ALSO_WEIGHT if row.also else 0.0)))
            kinds += [(seen, kind, share) for kind in row.also]
    kind_head = _fit(kinds, columns, _STRENGTH_KINDS, tolerance)
    area_head = fit_areas(rows, columns, tolerance)
    return Heads(
        names=names,
        kinds=tuple(Kind(name) for name in kind_head.classes_),
        areas=tuple(Area(name) for name in area_head.classes_),
        kind_head=kind_head,
        area_head=area_head,
    )


def fit_areas(rows: Sequence[Row], columns: Mapping[str, int], tolerance: float = _ROUGH) -> LogisticRegression:
    """The head of areas, learned from `rows`; it gives no weight to cues and places."""
    areas = [(_topical(seen), str(row.area), 0.5) for row in rows if row.area for seen in (row.features, row.bare)]
    return _fit(areas, columns, _STRENGTH_AREAS, tolerance)


def area_chances(
    head: LogisticRegression, columns: Mapping[str, int], seen: Sequence[Mapping[str, float]]
) -> list[dict[Area, float]]:
    """The probabilities of areas by the head `fit_areas` learned, for the features of each sentence."""
    areas = [Area(name) for name in head.classes_]
    rows = head.predict_proba(_matrix(seen, columns)).tolist()
    return [dict(zip(areas, row, strict=True)) for row in rows]


def _topical(seen: Mapping[str, float]) -> Mapping[str, float]:
    return {name: value for name, value in seen.items() if not name.startswith(_CUES)}


def role_kinds(rows: Sequence[Row], kinds: Sequence[Kind]) -> NDArray[np.float32]:
    """How the sentences of sections of each role (`ROLES`) divide among `kinds`: shares, a row a role, none quite zero."""
    import numpy as np

    counts = np.full((len(ROLES), len(kinds)), 0.5)
    for row in rows:
        if row.role in ROLES and not row.dense:
            counts[ROLES.index(row.role), kinds.index(row.kind)] += 1
    shares: NDArray[np.float32] = (counts / counts.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def labelled_rows(document: int, labels: Labels, *, dense: bool = False) -> list[Row]:
    """The sentences of one report to learn from, read as `outline_of` gives them (see `rows_of`)."""
    text, sentences, sections = outline_of(labels)
    return rows_of(document, labels, sentences, examples(text, sentences, sections, segment(text)), dense=dense)


def rows_of(
    document: int, labels: Labels, sentences: Sequence[Sentence], made: Sequence[Example], *, dense: bool
) -> list[Row]:
    """The sentences of one report to learn from; a heading only where a reader would also take it for text."""
    rows = []
    for told, sentence, example in zip(labels.sentences, sentences, made, strict=True):
        accepted = tuple(k for k in (told.kind, *told.also) if k is not Kind.HEADING)
        if accepted and told.seen and (told.area or not dense):
            kind, also = accepted[0], tuple(dict.fromkeys(accepted[1:]))
            rows.append(
                Row(
                    document=document,
                    features=features(example),
                    bare=features(bare(example)),
                    role=sentence.role,
                    kind=kind,
                    also=also,
                    area=told.area,
                    dense=dense,
                )
            )
    return rows


def vocabulary(rows: Sequence[Row]) -> tuple[str, ...]:
    """The features worth a column: in several sentences and, where there are several reports, in more than one of them."""
    often: Counter[str] = Counter()
    documents: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for name in row.features.keys() | row.bare.keys():
            often[name] += 1
            documents[name].add(row.document)
    least = min(2, len({row.document for row in rows}))
    kept = [name for name, n in often.items() if n >= _LEAST_SENTENCES and len(documents[name]) >= least]
    kept.sort(key=lambda name: (-len(documents[name]), -often[name], name))
    return tuple(sorted(kept[:MOST_FEATURES]))


def _matrix(rows: Sequence[Mapping[str, float]], columns: Mapping[str, int]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    values: list[float] = []
    indices: list[int] = []
    starts = [0]
    for row in rows:
        known = sorted((columns[name], value) for name, value in row.items() if name in columns)
        indices += [column for column, _ in known]
        values += [value for _, value in known]
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(rows), len(columns)))


def _fit(
    targets: Sequence[tuple[Mapping[str, float], str, float]],
    columns: Mapping[str, int],
    strength: float,
    tolerance: float,
) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    head = LogisticRegression(C=strength, max_iter=2000, tol=tolerance)
    matrix = _matrix([seen for seen, _, _ in targets], columns)
    with threadpool_limits(1):  # sums in the same order on any number of cores
        head.fit(matrix, [label for _, label, _ in targets], sample_weight=[weight for _, _, weight in targets])
    return head


def _scores(rows: Sequence[Row]) -> dict[str, float]:
    """How the model does on reports that it has not learned from, in rounds of leaving a part of them out."""
    documents = sorted({row.document for row in rows if not row.dense})
    if len(documents) < 2:
        return {}
    tally: Counter[str] = Counter()
    names = vocabulary(rows)  # words of the left-out reports alone get no weight from the others
    for left_out in range(min(_ROUNDS, len(documents))):
        part = set(documents[left_out::_ROUNDS])
        heads = fit([row for row in rows if row.document not in part], names, _ROUGH)
        held = [row for row in rows if row.document in part]
        matrix = heads.matrix([row.features for row in held])
        found = zip(held, heads.kind_head.predict(matrix), heads.area_head.predict(matrix), strict=True)
        for row, kind, area in found:
            tally["sentences"] += 1
            tally["strict"] += kind == row.kind
            tally["accepted"] += kind in (row.kind, *row.also)
            if row.area:
                tally["with area"] += 1
                tally["areas"] += area == row.area
    return {
        "strict": round(tally["strict"] / tally["sentences"], 4),
        "accepted": round(tally["accepted"] / tally["sentences"], 4),
        "areas": round(tally["areas"] / max(1, tally["with area"]), 4),
    }


def _write(out: Path, card: Card, heads: Heads, shares: NDArray[np.float32]) -> None:
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        kinds=_full(heads.kind_head, "coef_"),
        kind_intercepts=_full(heads.kind_head, "intercept_"),
        areas=_full(heads.area_head, "coef_"),
        area_intercepts=_full(heads.area_head, "intercept_"),
        role_kinds=shares,
    )
    files = {
        CARD: json.dumps(asdict(card), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n",
        FEATURES: json.dumps(heads.names, ensure_ascii=False, indent=0).encode() + b"\n",
        WEIGHTS: buffer.getvalue(),
    }
    write_model(out, files)


def _full(head: LogisticRegression, name: str) -> NDArray[np.float32]:
    """The parameter with a row a class: with two classes scikit-learn keeps only that of the second, as a log-odds."""
    import numpy as np

    values = np.asarray(getattr(head, name), dtype=np.float64)
    if len(head.classes_) == 2:
        values = np.concatenate([np.zeros_like(values), values])
    return values.astype(np.float32)
