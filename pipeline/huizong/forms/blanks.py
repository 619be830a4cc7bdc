"""Blanks within words: “学校名称：____”, “____年度”. Found in the text of a paragraph or a cell, filled where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huizong.lexicon.forms import form_words, plain

_LABEL = re.compile(
    r"([\u4e00-\u9fffA-Za-z（）()\u3000 ]{2,30})[：:](?P<blank>[ \t\u2002\u3000_＿\u00a0]*)(?=$|[^ \t\u2002\u3000_＿\u00a0])"
)
_YEARLY = re.compile(r"(?P<century>20)?(?:(?P<line>[_＿]{2,})|(?<=[（(])(?P<gap>[ \u3000]{2,}))(?=\s*年度)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What stands at `start` to `end` (0-based, half open) of the text gives way to `words`; `label` is the label it belongs to."""

    start: int
    end: int
    words: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """The edits of a text, the labels known to stay blank, and those there is no value for."""

    edits: tuple[Edit, ...]
    left: tuple[str, ...]
    unanswered: tuple[str, ...]


def fill_blanks(text: str, values: Mapping[str, str]) -> Blanks:
    """The blanks of a text filled; `values` has the single fields that are known.

    A value takes the room of its blank, so that what stands behind keeps its place where there is enough.

    >>> found = fill_blanks("学校名称：________  填表日期：____", {"学校": "临江学院"})
    >>> [(e.start, e.end, e.words, e.label) for e in found.edits], found.left
    ([(5, 15, '临江学院  ', '学校名称')], ('填表日期',))
    >>> [e.words for e in fill_blanks("20__年度工作总结（____年__月填）", {"年度": "2022"}).edits]
    ['22']
    """
    words = form_words()
    edits: list[Edit] = []
    left: list[str] = []
    unanswered: list[str] = []
    for found in _LABEL.finditer(text):
        label = re.split(r"[\s\u3000]{2,}", found[1].strip())[-1]
        name = plain(label)
        rest = text[found.end("blank") :]
        if name in words.left_blank:
            left.append(label)
            continue
        if rest and not found["blank"] and rest[0] not in "\n":
            continue
        if rest and rest[0] not in "\n" and not re.match(r"[\u4e00-\u9fff（(]{2,20}[^：:\n]{0,6}[：:]", rest):
            continue  # no other label behind: the blank is followed by words of its own (____年__月)
        if name in words.single and words.single[name] in values:
            value = values[words.single[name]]
            edits.append(
                Edit(
                    start=found.start("blank"),
                    end=found.end("blank"),
                    words=_room(value, found["blank"], rest),
                    label=label,
                )
            )
        elif name in words.single:
            unanswered.append(label)
    for found in _YEARLY.finditer(text):
        if any(edit.start <= found.start() < edit.end for edit in edits):
            continue
        year = values.get("年度", "")
        if not year or (found["century"] and not re.fullmatch(r"20\d\d", year)):
            unanswered.append("年度")
            continue
        start = found.start("line") if found["line"] else found.start("gap")
        edits.append(Edit(start=start, end=found.end(), words=year[2:] if found["century"] else year, label="年度"))
    edits.sort(key=lambda edit: edit.start)
    return Blanks(edits=tuple(edits), left=tuple(left), unanswered=tuple(unanswered))


def _room(value: str, blank: str, rest: str) -> str:
    """The value with as much of the blank behind it as keeps the next words at their place, none at the end of the text."""
    if not rest or rest[0] == "\n":
        return value
    room = sum(map(_width, blank)) - sum(map(_width, value))
    kept = blank[::-1].replace("\t", "    ")
    tail = ""
    for character in kept:
        if sum(map(_width, tail)) + _width(character) > max(room, 2):
            break
        tail = character + tail
    return value + (tail or " ")


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def spread(pieces: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """The pieces (runs) of a text after its edits; an edit's words go into the piece where its blank starts.

    >>> spread(["学校：", "__", "__ 年"], [Edit(start=3, end=7, words="临江", label="学校")])
    ['学校：', '临江', ' 年']
    """
    changed: list[str] = []
    at = 0
    written: set[int] = set()
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        words, end = "", at + len(piece)
        position = at
        for n, edit in enumerate(edits):
            here = edit.start < end or (edit.start == end and number == last)
            if here and n not in written and edit.start >= at:
                words += piece[position - at : edit.start - at] + edit.words
                position = edit.start
                written.add(n)
            if n in written and edit.end > position and edit.start < end:
                position = min(max(edit.end, position), end)
        changed.append(words + piece[position - at :])
        at = end
    return changed
