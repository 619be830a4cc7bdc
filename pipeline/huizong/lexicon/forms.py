"""How the headings of people's own forms are written, read from `forms.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from huizong import lexicon

_BRACKETS = re.compile(r"[（(\[【［][^（()）\[\]【】［］]*[)）\]】］]")
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.]|[（(]?\d{1,2}(?:[)）、]|[．.](?!\d)))")
_NOISE = re.compile(r"[\s\u3000、，,。；;：:·/／\-—*＊“”\"]")


def plain(words: str) -> str:
    r"""A heading as it is compared: without brackets, a number before it, blanks and punctuation.

    >>> plain("一、 主要工作 及成效（限500字）："), plain("完 成\n时 限"), plain("金额（万元）")
    ('主要工作及成效', '完成时限', '金额')
    """
    return _NOISE.sub("", _NUMBER.sub("", _BRACKETS.sub("", words).strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """One sheet that can feed a form: plain heading → column; the columns of which `needs` must be there."""

    sheet: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What the headings and labels of forms mean; see the comments of `forms.toml`. All words are `plain`."""

    sources: tuple[SourceWords, ...]
    left_blank: frozenset[str]
    single: Mapping[str, str]
    chapters: Mapping[str, tuple[str, str]]
    amounts: frozenset[str]
    totals: frozenset[str]
    scales: tuple[Mapping[str, float], ...]


@cache
def form_words() -> FormWords:
    """The packaged words.

    >>> form_words().single["填报单位"], form_words().chapters["存在问题"]
    ('学校', ('问题台账', '问题'))
    """
    data = tomllib.loads(lexicon.read_text("forms.toml"))
    common = _meanings(data["每张表"].items())
    names = [name for name, part in data.items() if isinstance(part, dict) and "key" in part]
    chapters = _meanings(data["栏目"].items())
    return FormWords(
        sources=tuple(_source(name, data[name], common) for name in names),
        left_blank=frozenset(map(plain, data["留空"]["headings"])),
        single=_meanings(data["单项"].items()),
        chapters={word: (at.split(".")[0], at.split(".")[1]) for word, at in chapters.items() if "." not in word},
        amounts=frozenset(map(plain, data["金额"]["headings"])),
        totals=frozenset(map(plain, data["合计"]["rows"])),
        scales=tuple(data["换算"]),
    )


def _source(name: str, part: Mapping[str, list[str]], common: Mapping[str, str]) -> SourceWords:
    own = _meanings((column, words) for column, words in part.items() if column not in ("key", "needs"))
    needs = part.get("needs", 1)
    return SourceWords(
        sheet=name,
        columns={**common, **own},
        key=tuple(part["key"]),
        needs=needs if isinstance(needs, int) else 1,
    )


def _meanings(entries: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, words in entries:
        for word in (meaning, *words):
            found.setdefault(plain(word) or word, meaning)
    return found
