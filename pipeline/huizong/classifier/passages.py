"""Reads labelled passages: stretches of reports with their labels inside, NAME.passages.txt, to learn from what numbers count.

The sentence model does not learn from them: they are dense in numbers, which reports are not, and made it worse.

A line is a title (`= 某学院2022年工作总结`), a heading (`h2 progress`, a tab, its words) or one sentence (`measure talent`, a tab, its
words), in which every count stands in braces with the names that a reader accepts, the best first: `{29户|困难家庭/家庭}`.
`achievement+measure` means that a reader also accepts the second kind. Empty lines and those that begin with # mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huizong.classifier.labels import (
    LabelledSentence,
    LabelledThing,
    Labels,
    compact,
    label_name,
    read_bytes,
    read_labels,
)
from huizong.errors import LabelError
from huizong.records import Area, Kind, Role

SUFFIX = ".passages.txt"
_GOLD = ".gold.json"
_HEADING = re.compile(r"h([1-9]) (\w+)")
_SENTENCE = re.compile(r"([a-z+]+)(?: ([a-z]+))?")
_COUNT = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_MARKS = re.compile(r"[{}|]")


def is_passages(path: Path) -> bool:
    """Whether the name says that the file holds passages."""
    return path.name.endswith(SUFFIX)


def labelled_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """All files to learn from among `paths`, labelled reports and passages; folders searched with their subfolders, sorted in each."""
    found: list[Path] = []
    for path in paths:
        inside = [*path.rglob("*" + _GOLD), *path.rglob("*" + SUFFIX)] if path.is_dir() else [path]
        found += sorted(inside)
    return tuple(dict.fromkeys(found))


def read_labelled(path: Path) -> Labels:
    """The labels in `path`, be it a labelled report or a file of passages, which then follow each other as one report.

    Raises `LabelError` where the file cannot be read or does not hold together.
    """
    return _Passages(path).read() if is_passages(path) else read_labels(path)


@dataclass(slots=True)
class _Passages:
    """What has been read of a file so far."""

    path: Path
    sentences: list[LabelledSentence] = field(default_factory=list)
    things: list[LabelledThing] = field(default_factory=list)
    at: int = 0  # compact offset behind the last sentence

    def read(self) -> Labels:
        try:
            lines = read_bytes(self.path).decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise LabelError(
                f"标注文件“{self.path.name}”不是 UTF-8 文本。", advice="请另存为 UTF-8。", path=self.path
            ) from error
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                self._line(number, line)
        return Labels(sentences=tuple(self.sentences), things=tuple(self.things))

    def _line(self, number: int, line: str) -> None:
        if line.startswith("= "):
            self._add(line[2:], kind=Kind.HEADING, level=0)
            return
        label, tab, words = line.partition("\t")
        heading, sentence = _HEADING.fullmatch(label), _SENTENCE.fullmatch(label)
        try:
            if tab and heading:
                self._add(words, kind=Kind.HEADING, level=int(heading[1]), role=Role(heading[2]))
                return
            if tab and sentence:
                kind, *also = (Kind(name) for name in sentence[1].split("+"))
                self.things += self._things(words)
                area = Area(sentence[2]) if sentence[2] else None
                self._add(_COUNT.sub(r"\1", words), kind=kind, also=tuple(also), area=area)
                return
        except ValueError as error:
            raise self._fault(number, label, f"没有这种标注（{error}）") from error
        raise self._fault(number, line[:20], "看不懂这一行")

    def _things(self, words: str) -> Iterator[LabelledThing]:
        """The counts of a sentence that will stand at `at`."""
        if _MARKS.search(_COUNT.sub("", words)):
            raise ValueError("花括号不成对")
        behind = self.at
        last = 0
        for match in _COUNT.finditer(words):
            start = behind + len(compact(words[last : match.start()]))
            behind, last = start + len(compact(match[1])), match.end()
            names = tuple(name.strip() for name in match[2].split("/") if name.strip())
            yield LabelledThing(start=start, end=behind, quote=compact(match[1]), sid=len(self.sentences), object=names)

    def _add(
        self,
        words: str,
        *,
        kind: Kind,
        also: tuple[Kind, ...] = (),
        level: int | None = None,
        role: Role | None = None,
        area: Area | None = None,
    ) -> None:
        text = compact(words)
        end = self.at + len(text)
        self.sentences.append(
            LabelledSentence(
                sid=len(self.sentences),
                start=self.at,
                end=end,
                text=text,
                kind=kind,
                also=also,
                level=level,
                role=role,
                area=area,
            )
        )
        self.at = end

    def _fault(self, number: int, label: str, what: str) -> LabelError:
        return LabelError(
            f"标注文件“{label_name(self.path)}”第 {number} 行“{label}”：{what}。",
            advice="写法见 corpus/README.md“段落”。",
            path=self.path,
        )
