"""Reads every labelled report anew and scores the readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from huizong.classifier.labels import label_name, read_labels
from huizong.errors import HuizongError, MissingFile
from huizong.evaluate.figures import Figures, figures
from huizong.evaluate.scoring import Miss, Reading, score_document

Read: TypeAlias = Callable[[Path], Reading]

_SUFFIXES = (".txt", ".docx", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFailure:
    """A labelled report that could not be read, with the message for the user."""

    document: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Figures over all labelled reports, of each report alone, every miss, and what could not be read."""

    figures: Figures
    documents: dict[str, Figures]
    misses: tuple[Miss, ...]
    failures: tuple[DocumentFailure, ...] = ()


def find_report(label_path: Path) -> Path:
    """The report beside NAME.gold.json: NAME.txt, else NAME.docx, else NAME.pdf.

    Raises `MissingFile` where none of them is there.
    """
    name = label_name(label_path)
    for suffix in _SUFFIXES:
        report = label_path.with_name(name + suffix)
        if report.is_file():
            return report
    raise MissingFile(
        f"标注文件“{label_path.name}”旁边没有报告 {name}（{'、'.join(_SUFFIXES)}）。",
        advice="请把报告和标注文件放在同一文件夹。",
        path=label_path,
    )


def label_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The NAME.gold.json files among `paths`, folders searched with all their subfolders; sorted in each folder."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.gold.json")) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def evaluate(label_paths: Sequence[Path], read: Read) -> Evaluation:
    """What `read` (the analysis of one file) makes of the reports beside these label files or folders of them.

    A report that cannot be read or found is a failure of its own and does not stop the others; a label file that does not
    hold together does.

    Raises `LabelError` for a bad label file.
    """
    total: Counter[str] = Counter()
    documents: dict[str, Figures] = {}
    misses: list[Miss] = []
    failures: list[DocumentFailure] = []
    for path in label_files(label_paths):
        labels, name = read_labels(path), label_name(path)
        try:
            reading = read(find_report(path))
        except HuizongError as error:
            failures.append(DocumentFailure(document=name, message=str(error)))
            continue
        tally, missed = score_document(labels, reading, name)
        total.update(tally)
        documents[name] = figures(tally)
        misses += missed
    return Evaluation(figures=figures(total), documents=documents, misses=tuple(misses), failures=tuple(failures))
