"""What every training shares: the labelled files in one order, what a card says of them, the files of a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from huizong import lexicon
from huizong.classifier.labels import Labels, fingerprint, label_name
from huizong.classifier.model import TrainedOn
from huizong.classifier.passages import read_labelled
from huizong.errors import OutputError


def labelled(paths: Sequence[Path]) -> list[tuple[Path, Labels]]:
    """Each labelled file once, in the same order however they are named.

    Raises `LabelError` for labels that do not hold together.
    """
    files = sorted({path.resolve() for path in paths}, key=lambda path: (label_name(path), str(path)))
    return [(path, read_labelled(path)) for path in files]


def trained_on(files: Sequence[tuple[Path, Labels]]) -> tuple[TrainedOn, ...]:
    """What the card of a model says of the files it was trained on."""
    return tuple(
        TrainedOn(name=label_name(path), sha256=fingerprint(path), sentences=labels.seen) for path, labels in files
    )


@cache
def new_reports() -> frozenset[str]:
    """The names of the labelled reports that the rules were written without."""
    lines = lexicon.read_text("new_reports.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def write_model(out: Path, files: Mapping[str, bytes]) -> None:
    """Writes `files` (name → content) into the folder `out`. Raises `OutputError` where it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"模型写不进“{out}”：{error.strerror}。", advice="请换一个可写的文件夹。", path=out
        ) from error
