"""Reads labelled reports: the NAME.gold.json files that the model learns from and that results are scored against.

Offsets of labels count in the *compact* text: the report's words without any white space. The sentences of a labelled
report follow each other without gaps, so that joining their words gives the compact text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from huizong.errors import LabelError
from huizong.records import Alias, Area, Change, Kind, Meta, Role, Status

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_STRICT = {"extra": "forbid"}  # a field that is misspelt must not be lost in silence
_QUOTES = "“”\"'‘’《》「」的"
_SPACE = re.compile(r"[\s\u200b\ufeff\u3000\x0c]+")


def compact(text: str) -> str:
    r"""`text` without any white space.

    >>> compact("12 个\n党总支")
    '12个党总支'
    """
    return _SPACE.sub("", text)


def same_object(name: str | None, accepted: Iterable[str]) -> bool:
    """Whether `name` is one of the accepted names of a thing, white space and marks around it aside.

    >>> same_object("“双师型” 教师", ["“双师型”教师", "教师"])
    True
    """
    words = compact(name or "").strip(_QUOTES)
    return bool(words) and any(words == compact(a).strip(_QUOTES) for a in accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSentence:
    """A sentence and what a reader called it: `kind` is the best label, `also` the others a careful reader would accept.

    `level` and `role` are known for headings only, `area` for the items of school reports only. A sentence that is not `seen`
    is the context of others: nobody looked at it, its kind is no truth.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    sid: int
    start: int
    end: int
    text: str
    kind: Kind
    also: tuple[Kind, ...] = ()
    level: int | None = None
    role: Role | None = None
    area: Area | None = None
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledThing:
    """A count of which a reader only told what is counted; `object` lists the accepted names, the best one first."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    start: int
    end: int
    quote: str
    sid: int
    object: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCount(LabelledThing):
    """A count and all that a reader found it to mean."""

    value: float
    high: float | None
    unit: str
    approx: bool
    status: Status
    year: int | None
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One labelled report. In a `partial` one only some sentences and counts were looked at: what is not there may be right too."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    sentences: tuple[LabelledSentence, ...]
    meta: Meta = field(default_factory=Meta)
    aliases: tuple[Alias, ...] = ()
    counts: tuple[LabelledCount, ...] = ()
    things: tuple[LabelledThing, ...] = ()
    partial: bool = False

    @property
    def seen(self) -> int:
        """How many sentences somebody has looked at."""
        return sum(sentence.seen for sentence in self.sentences)

    @property
    def text(self) -> str:
        """The compact text that all offsets count in."""
        return "".join(s.text for s in self.sentences)


def label_name(path: Path) -> str:
    """NAME of NAME.gold.json or NAME.passages.txt."""
    return path.stem.removesuffix(".gold").removesuffix(".passages")


def fingerprint(path: Path) -> str:
    """The sha256 of the file, as hex.

    Raises `LabelError` where it cannot be read.
    """
    return hashlib.sha256(read_bytes(path)).hexdigest()


def read_labels(path: Path) -> Labels:
    """The labelled report in `path`.

    Raises `LabelError` where the file cannot be read, is no label file (an unknown field is an error), or its
    sentences leave gaps.
    """
    from pydantic import ValidationError

    try:
        labels = _adapter().validate_json(read_bytes(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "文件"
        raise LabelError(
            f"标注文件“{path.name}”的 {where} 不合格式：{first['msg']}。",
            advice="请用标注工具重新生成该文件。",
            path=path,
        ) from error
    at = 0
    for sentence in labels.sentences:
        if sentence.start != at or sentence.end != at + len(sentence.text):
            raise LabelError(
                f"标注文件“{path.name}”第 {sentence.sid} 句的位置 {sentence.start}–{sentence.end} 与文字不符（应从 {at} 起）。",
                advice="请用标注工具重新生成该文件。",
                path=path,
            )
        at = sentence.end
    return labels


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises `LabelError` where it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise LabelError(f"标注文件“{path}”读不了：{error.strerror}。", advice="请检查路径。", path=path) from error


@cache
def _adapter() -> TypeAdapter[Labels]:
    from pydantic import TypeAdapter

    return TypeAdapter(Labels)
