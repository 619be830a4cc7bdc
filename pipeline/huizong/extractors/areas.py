"""The work area of every sentence, chosen by what speaks for each area (`area_evidence`).

A small network weighs the evidence. Its model is two files beside the sentence model's: `areas.json` (what it is, what it was
trained on) and `areas.npz` (its weights). A model learned from too few reports to weigh anything has none of them: then
the evidence is summed with the weights below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.classifier import Example, TrainedOn, default_model
from huizong.errors import ModelError
from huizong.extractors import area_evidence as told
from huizong.extractors.area_evidence import AREAS, KINDS, evidence
from huizong.extractors.ranking import scores
from huizong.records import Area, Section, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CARD, WEIGHTS = "areas.json", "areas.npz"
EVIDENCE_VERSION = 1  # raised whenever the evidence changes: models of another version are refused
_ARRAYS = ("table", "bias", "out")
_LEAST_SPREAD = 0.2  # chances of the model alone from which on it points somewhere

# Fitted on the labelled corpus (the model not having seen the report) as a conditional logit, and rounded.
_PLAIN = {
    told.LOG_CHANCE: 0.5,
    told.OWN_LOG_CHANCE: 0.2,
    told.WORDS: 0.3,
    told.HEADING: 0.3,
    told.ABOVE: 0.3,
    told.TITLE: 0.3,
    told.SECTION: 0.8,
    told.PART: 1.2,
    told.REPORT: 3.7,
    told.BEFORE: 1.0,
    told.AFTER: 0.8,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCard:
    """What the model is: the labels it was trained on, and the share of sentences given their area in reports left out (`areas`).

    `new_areas` is that share over the reports beside which no rule was written.
    """

    evidence_version: int
    trained_on: tuple[TrainedOn, ...]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaModel:
    """The network in memory: `table` has a row for each feature of `features`, the linear part first; see `ranking`."""

    card: AreaCard
    table: NDArray[np.float32]
    bias: NDArray[np.float32]
    out: NDArray[np.float32]

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sentences × areas, for the evidence `rows`; their softmax is the chance of each area."""
        return scores(features(rows) @ self.table, self.bias, self.out)


def features(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the network sees: the evidence, how much it falls short of what the best area has, and which area it is."""
    import numpy as np

    short = rows.max(axis=1, keepdims=True) - rows
    which = np.broadcast_to(np.eye(len(AREAS)), (len(rows), len(AREAS), len(AREAS)))
    return np.concatenate([rows, short, which], axis=2)


def find_areas(
    made: Sequence[Example],
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    chances: Sequence[Mapping[Area, float]],
    own_chances: Sequence[Mapping[Area, float]],
    weighing: AreaModel | None,
) -> list[tuple[Area, str]]:
    """The area of each sentence, were it an item, and why: what speaks loudest for it, the model's chance and that of all together.

    `Area.OTHER` where nothing points anywhere. `made`, and the probabilities by the model with headings (`chances`) and by words
    alone (`own_chances`), go with `sentences` one by one.
    """
    import numpy as np

    if not made:
        return []
    rows = evidence(made, sentences, sections, chances, own_chances)
    sums = weighing.scores(rows) if weighing is not None else rows @ [_PLAIN.get(kind, 0.0) for kind in KINDS]
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    together = powers / powers.sum(axis=1, keepdims=True)
    return [
        (AREAS[at], _reason(row[at], example.heading, chance[at])) if _points(row) else (Area.OTHER, "没有指向")
        for row, at, chance, example in zip(rows, sums.argmax(axis=1), together, made, strict=True)
    ]


def _points(row: NDArray[np.float64]) -> bool:
    """Whether the evidence `row` of a sentence (areas × kinds) points anywhere at all."""
    words = [KINDS.index(kind) for kind in (told.WORDS, told.HEADING, told.ABOVE, told.TITLE)]
    return bool(row[:, words].any() or row[:, KINDS.index(told.CHANCE)].max() >= _LEAST_SPREAD)


def _reason(row: NDArray[np.float64], heading: str, chance: float) -> str:
    """In Chinese what speaks for an area, by its evidence `row`."""
    said = dict(zip(KINDS, row.tolist(), strict=True))
    witnesses = {
        "本句用词": said[told.WORDS],
        f"标题“{heading}”": said[told.HEADING],
        "本节各句": said[told.SECTION],
        "全文": said[told.REPORT],
    }
    loudest = max(witnesses, key=lambda name: witnesses[name])
    return f"{loudest}{witnesses[loudest]:.2f}，模型{said[told.CHANCE]:.2f}，合计{chance:.2f}"


def load_areas(path: Path | None = None) -> AreaModel | None:
    """The model in folder `path`, or the one that comes with huizong; `None` where the folder has none.

    Raises `ModelError` where its files cannot be read, do not fit together, or are for other evidence.
    """
    import numpy as np

    folder = path or default_model()
    if not (folder / CARD).is_file():
        return None
    try:
        fields = json.loads((folder / CARD).read_bytes())
        card = AreaCard(
            evidence_version=fields["evidence_version"],
            trained_on=tuple(TrainedOn(**row) for row in fields["trained_on"]),
            scores=fields["scores"],
        )
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            table, bias, out = (stored[name] for name in _ARRAYS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"领域模型“{folder}”读不了：{error}。", advice="请检查 --model，或用 huizong train 重新训练。", path=folder
        ) from error
    width = 2 * len(KINDS) + len(AREAS)
    if card.evidence_version != EVIDENCE_VERSION or table.shape != (width, 1 + len(bias)) or bias.shape != out.shape:
        raise ModelError(f"领域模型“{folder}”与这一版程序不符。", advice="请用 huizong train 重新训练。", path=folder)
    return AreaModel(card=card, table=table, bias=bias, out=out)
