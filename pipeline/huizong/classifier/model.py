"""The sentence model as it is applied: plain arrays and a card, no scikit-learn, no pickle.

A model is a folder: `card.json` (what it is and what it was trained on), `features.json` (the names, a column each),
`weights.npz` (for each head a matrix classes × features and the intercepts, 32-bit; how often sections of each role hold
sentences of each kind).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from huizong.classifier.examples import Example
from huizong.classifier.features import FEATURES_VERSION, Group, context, own_groups, title_groups
from huizong.errors import ModelError
from huizong.records import Area, Kind, Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]
_Key: TypeAlias = tuple[str, tuple[str, ...]]

CARD, FEATURES, WEIGHTS = "card.json", "features.json", "weights.npz"
_MOST_SENTENCES, _MOST_TITLES = 20_000, 2_000  # whose sums are kept
_AT_ONCE = 200  # sentences whose weights are in memory together: some megabytes
_ARRAYS = ("kinds", "kind_intercepts", "areas", "area_intercepts", "role_kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedOn:
    """A labelled file that the model learned from; `sentences` that somebody has looked at."""

    name: str
    sha256: str
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a model is: classes in column order, what it was trained on, and how it did on reports it had not seen.

    `scores` come from leaving out one report after another: the share of sentences given their first label (`strict`), any
    accepted label (`accepted`), and of items given their area (`areas`). Empty when there was but one report.
    """

    features_version: int
    kinds: tuple[Kind, ...]
    areas: tuple[Area, ...]
    roles: tuple[Role, ...]
    features: int
    trained_on: tuple[TrainedOn, ...]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """A model in memory."""

    card: Card
    columns: Mapping[str, int]
    kind_weights: Matrix
    kind_intercepts: Matrix
    area_weights: Matrix
    area_intercepts: Matrix
    role_kinds: Matrix  # roles × kinds: the share of each kind among the sentences of sections of that role
    _by_prefix: dict[str, dict[str, int]] = field(init=False, repr=False, default_factory=dict)
    _weights: NDArray[np.float64] = field(init=False, repr=False)
    _sums_of: dict[str, dict[_Key, NDArray[np.float64]]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        import numpy as np

        for name, column in self.columns.items():
            prefix, _, rest = name.partition(":")
            self._by_prefix.setdefault(prefix, {})[rest] = column
        # One row a feature, both heads side by side: what a sentence needs lies together, in the numbers it is summed in.
        both = np.concatenate((self.kind_weights, self.area_weights)).astype(np.float64)
        object.__setattr__(self, "_weights", np.ascontiguousarray(both.T))

    def judge(self, sentences: Sequence[Example]) -> tuple[list[dict[Kind, float]], list[dict[Area, float]]]:
        """The probabilities of every kind and of every area the model knows, for each sentence.

        What a sentence says itself, and what a heading says of all sentences below it, is summed up once: a report is read with its
        headings and without.
        """
        import numpy as np

        own = self._kept([(e.text, e.words) for e in sentences], own_groups, _MOST_SENTENCES)
        above = self._kept([(e.heading, e.above) for e in sentences], title_groups, _MOST_TITLES)
        around = self._sums([(context(e),) for e in sentences])
        scores = [a + b + c for a, b, c in zip(own, above, around, strict=True)]
        return self._chances(np.array(scores).reshape(len(scores), self._weights.shape[1]))

    def own_areas(self, sentences: Sequence[Example]) -> list[dict[Area, float]]:
        """The probabilities of every area the model knows by the words of each sentence alone, whatever stands over it."""
        import numpy as np

        own = self._kept([(e.text, e.words) for e in sentences], own_groups, _MOST_SENTENCES)
        return self._chances(np.array(own).reshape(len(own), self._weights.shape[1]))[1]

    def _kept(
        self, keys: Sequence[_Key], groups: Callable[[str, tuple[str, ...]], tuple[Group, ...]], most: int
    ) -> list[NDArray[np.float64]]:
        """The sums of weights for the groups of each key, taken from those kept where they are."""
        kept = self._sums_of.setdefault(groups.__name__, {})
        missing = list(dict.fromkeys(key for key in keys if key not in kept))
        made: dict[_Key, NDArray[np.float64]] = {}
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            made |= zip(some, self._sums([groups(*key) for key in some]), strict=True)
        found = [made[key] if key in made else kept[key] for key in keys]
        if len(kept) + len(made) > most:
            kept.clear()
        kept.update(made)
        return found

    def _sums(self, sentences: Sequence[Sequence[Group]]) -> list[NDArray[np.float64]]:
        """For each sentence the weights of its features, times their values, summed for every class of both heads."""
        import numpy as np

        columns: list[int] = []
        values: list[float] = []
        ends: list[int] = []
        for groups in sentences:
            for group in groups:
                of_prefix = self._by_prefix.get(group.prefix, {})
                found = sorted(map(of_prefix.__getitem__, of_prefix.keys() & group.names))
                if found:
                    columns += found
                    values += [group.value] * len(found)
            ends.append(len(columns))
        weights, scale = self._weights[np.array(columns, dtype=np.intp)], np.array(values, dtype=np.float64)
        return [scale[start:end] @ weights[start:end] for start, end in pairwise([0, *ends])]

    def kinds(self, rows: Sequence[Mapping[str, float]]) -> list[dict[Kind, float]]:
        """The probability of every kind the model knows, for each row of `features.features`."""
        return self._chances(self._known(rows))[0]

    def areas(self, rows: Sequence[Mapping[str, float]]) -> list[dict[Area, float]]:
        """The probability of every area the model knows, for each row of `features.features`."""
        return self._chances(self._known(rows))[1]

    def _known(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """The sums of weights for the named features that the model knows, a row each."""
        import numpy as np

        scores = np.empty((len(rows), self._weights.shape[1]))
        for at, row in enumerate(rows):
            known = [(self.columns[name], value) for name, value in row.items() if name in self.columns]
            columns = np.array([column for column, _ in known], dtype=np.intp)
            scores[at] = np.array([value for _, value in known], dtype=np.float64) @ self._weights[columns]
        return scores

    def _chances(self, scores: NDArray[np.float64]) -> tuple[list[dict[Kind, float]], list[dict[Area, float]]]:
        split = len(self.card.kinds)
        kinds = _softmax(scores[:, :split] + self.kind_intercepts)
        areas = _softmax(scores[:, split:] + self.area_intercepts)
        return (
            [dict(zip(self.card.kinds, row, strict=True)) for row in kinds],
            [dict(zip(self.card.areas, row, strict=True)) for row in areas],
        )


def _softmax(scores: NDArray[np.float64]) -> list[list[float]]:
    """Scores as probabilities that sum to one, row by row."""
    import numpy as np

    if not scores.size:
        return [[] for _ in scores]
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: list[list[float]] = (chances / chances.sum(axis=1, keepdims=True)).tolist()
    return found


def default_model() -> Path:
    """The folder of the model that comes with huizong: beside the package in a wheel, else in the repository.

    Raises `ModelError` where neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    places = [package / "models" / "default", *(parent / "models" / "default" for parent in package.parents[:3])]
    for place in places:
        if (place / CARD).is_file():
            return place
    raise ModelError(
        "找不到随程序提供的句子模型（models/default）。",
        advice="请重新安装 huizong，或用 huizong train 训练后以 --model 指定。",
        path=places[0],
    )


def model_digest(path: Path | None = None) -> str:
    """The hash of all files in the folder of a model, that of counted things among them: what run.json names it by."""
    hashed = hashlib.sha256()
    for file in sorted((path or default_model()).iterdir(), key=lambda file: file.name):
        if file.suffix in {".json", ".npz"}:
            hashed.update(file.name.encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()


def load_model(path: Path | None = None) -> Model:
    """The model in folder `path`, or the one that comes with huizong.

    Raises `ModelError` where the folder holds no model, its files do not fit together, or its features are of another version.
    """
    import numpy as np

    folder = path or default_model()
    try:
        card = _card(json.loads((folder / CARD).read_bytes()))
        names: list[str] = json.loads((folder / FEATURES).read_bytes())
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in _ARRAYS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"模型文件夹“{folder}”读不了：{error}。",
            advice="请检查 --model，或用 huizong train 重新训练。",
            path=folder,
        ) from error
    if card.features_version != FEATURES_VERSION:
        raise ModelError(
            f"模型“{folder}”是为另一版特征训练的（{card.features_version}，现为 {FEATURES_VERSION}）。",
            advice="请用 huizong train 重新训练。",
            path=folder,
        )
    shapes = (arrays["kinds"].shape, arrays["areas"].shape, arrays["role_kinds"].shape)
    kinds, areas = len(card.kinds), len(card.areas)
    if shapes != ((kinds, len(names)), (areas, len(names)), (len(card.roles), kinds)):
        raise ModelError(f"模型“{folder}”的数组大小 {shapes} 与说明不符。", advice="请重新训练。", path=folder)
    return Model(
        card=card,
        columns={name: column for column, name in enumerate(names)},
        kind_weights=arrays["kinds"],
        kind_intercepts=arrays["kind_intercepts"],
        area_weights=arrays["areas"],
        area_intercepts=arrays["area_intercepts"],
        role_kinds=arrays["role_kinds"],
    )


def _card(fields: dict[str, Any]) -> Card:
    return Card(
        features_version=fields["features_version"],
        kinds=tuple(Kind(kind) for kind in fields["kinds"]),
        areas=tuple(Area(area) for area in fields["areas"]),
        roles=tuple(Role(role) for role in fields["roles"]),
        features=fields["features"],
        trained_on=tuple(TrainedOn(**row) for row in fields["trained_on"]),
        scores=fields["scores"],
    )
