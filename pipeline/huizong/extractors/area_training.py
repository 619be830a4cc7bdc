"""Learns from labels how to weigh what speaks for an area: the network of `ranking` over `areas.features`.

The sentence model tells more of reports that it has learned from than of others: what it says here of a report was learned
without it.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.classifier import Example, bare, examples
from huizong.classifier import features as sentence_features
from huizong.classifier.examples import outline_of
from huizong.classifier.labels import Labels, label_name
from huizong.classifier.learning import labelled, new_reports, trained_on, write_model
from huizong.classifier.passages import is_passages
from huizong.classifier.train import Row, area_chances, fit_areas, rows_of, vocabulary
from huizong.errors import OutputError
from huizong.extractors.area_evidence import AREAS, KINDS, evidence
from huizong.extractors.areas import CARD, EVIDENCE_VERSION, WEIGHTS, AreaCard, AreaModel, features
from huizong.extractors.ranking import learn
from huizong.records import Section, Sentence
from huizong.tokens import segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDS = 10  # of leaving files out, neighbours in the alphabet together: they are often of one author
_LEAST_FILES = 20  # fewer do not tell how to weigh evidence
_HIDDEN, _EPOCHS = 24, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A labelled file as it is read: its sentences, and what the sentence model learns from them."""

    labels: Labels
    sentences: Sequence[Sentence]
    sections: Sequence[Section]
    made: Sequence[Example]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The sentences of one file that have an area: their evidence (sentences × areas × kinds) and the places of their areas."""

    rows: NDArray[np.float64]
    areas: Sequence[int]


def train_areas(paths: Sequence[Path], out: Path) -> AreaCard | None:
    """Trains on the labelled reports and passages `paths`, writes the model's two files into the folder `out`; its card.

    The same files give the same bytes, in whatever order they are named. With too few of them `None`, and no files in `out`.

    Raises `LabelError` for labels that do not hold together, `OutputError` where `out` cannot be written.
    """
    files = labelled(paths)
    if len(files) < _LEAST_FILES:
        _remove(out)
        return None
    reports = [_report(n, labels, dense=is_passages(path)) for n, (path, labels) in enumerate(files)]
    told = _told(reports)
    card = AreaCard(
        evidence_version=EVIDENCE_VERSION,
        trained_on=trained_on(files),
        scores=_scores(told, [path for path, _ in files]),
    )
    _write(out, card, _fit(told, card))
    return card


def _report(number: int, labels: Labels, *, dense: bool) -> _Report:
    text, sentences, sections = outline_of(labels)
    made = examples(text, sentences, sections, segment(text))
    return _Report(
        labels=labels,
        sentences=sentences,
        sections=sections,
        made=made,
        rows=rows_of(number, labels, sentences, made, dense=dense),
    )


def _part(number: int, files: int) -> int:
    """The round in which file `number` is left out."""
    return number * _ROUNDS // files


def _told(reports: Sequence[_Report]) -> list[_Told]:
    """The evidence in each report, by models that have not learned from it."""
    columns = {name: n for n, name in enumerate(vocabulary([row for report in reports for row in report.rows]))}
    told = []
    for part in range(_ROUNDS):
        parted = [_part(n, len(reports)) == part for n in range(len(reports))]
        rows = [row for report, out in zip(reports, parted, strict=True) if not out for row in report.rows]
        head = fit_areas(rows, columns)
        for report in (report for report, out in zip(reports, parted, strict=True) if out):
            chances, own = (
                area_chances(head, columns, [sentence_features(example) for example in seen])
                for seen in (report.made, [bare(example) for example in report.made])
            )
            found = evidence(report.made, report.sentences, report.sections, chances, own)
            at = [n for n, s in enumerate(report.labels.sentences) if s.area is not None and s.seen]
            told.append(_Told(rows=found[at], areas=[AREAS.index(report.labels.sentences[n].area) for n in at]))
    return told


def _fit(told: Sequence[_Told], card: AreaCard) -> AreaModel:
    """The network learned from `told`, for evidence as it is: the scales it was learned in are part of its weights."""
    import numpy as np
    from scipy.sparse import csr_matrix

    seen = features(np.concatenate([report.rows for report in told]))
    rows = seen.reshape(-1, seen.shape[2])
    measured = 2 * len(KINDS)  # behind them stands which area it is
    mean, scale = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
    mean[:measured] = rows[:, :measured].mean(axis=0)
    scale[:measured] = rows[:, :measured].std(axis=0) + 1e-9
    right = np.zeros(seen.shape[:2])
    right[np.arange(len(seen)), [area for report in told for area in report.areas]] = 1.0
    learned = learn(
        csr_matrix((rows - mean) / scale),
        right.ravel().tolist(),
        [len(AREAS)] * len(seen),
        hidden=_HIDDEN,
        epochs=_EPOCHS,
    )
    table = learned.table / scale[:, None]
    bias = learned.bias - mean @ table[:, 1:]  # what the means add to the linear part is the same for every area
    return AreaModel(
        card=card, table=table.astype("float32"), bias=bias.astype("float32"), out=learned.out.astype("float32")
    )


def _scores(told: Sequence[_Told], files: Sequence[Path]) -> dict[str, float]:
    """The shares of right areas in reports that neither model has learned from."""
    empty = AreaCard(evidence_version=EVIDENCE_VERSION, trained_on=(), scores={})
    tally: Counter[str] = Counter()
    for part in range(_ROUNDS):
        parted = [_part(n, len(told)) == part for n in range(len(told))]
        model = _fit([report for report, out in zip(told, parted, strict=True) if not out], empty)
        for report, path, out in zip(told, files, parted, strict=True):
            if not out or is_passages(path) or not report.areas:
                continue
            right = int((model.scores(report.rows).argmax(axis=1) == report.areas).sum())
            for kind in ("", "new_") if label_name(path) in new_reports() else ("",):
                tally.update({f"{kind}sentences": len(report.areas), f"{kind}areas": right})
    return {
        f"{kind}areas": round(tally[f"{kind}areas"] / tally[f"{kind}sentences"], 4)
        for kind in ("", "new_")
        if tally[f"{kind}sentences"]
    }


def _write(out: Path, card: AreaCard, model: AreaModel) -> None:
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(buffer, table=model.table, bias=model.bias, out=model.out)
    content = json.dumps(asdict(card), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    write_model(out, {CARD: content, WEIGHTS: buffer.getvalue()})


def _remove(out: Path) -> None:
    """Removes the files of an earlier training from `out`, which would not fit the others."""
    try:
        for name in (CARD, WEIGHTS):
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"旧的领域模型删不掉：{error.strerror}。", advice="请换一个可写的文件夹。", path=out
        ) from error
