"""Whose a count is: the nearest name or self-name before it, as a full name where one is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.records import Alias, Meta, Sentence

_SELF = ("我校", "本校", "我院", "本院", "学校", "我省", "我市", "我区", "我县", "我处", "我部", "我们")
_BOTH = ("两校", "双方", "校际", "我校与")
# A name behind these is a place, a partner or a means, not the owner (依托某校资源, 赴某校跟岗).
_ASIDE = re.compile(r"(?:依托|借助|与|和|同|及|向|赴|在|到|从|对|给|联合|会同)$")
_COUPLED = re.compile(r"(?:[与和及、]|以及)")


class Owners:
    """Names of the bodies of one report."""

    def __init__(self, aliases: Sequence[Alias], meta: Meta) -> None:
        self._reporter = meta.reporter
        names: dict[str, str] = {}
        for body in (meta.reporter, *meta.partners):
            if body:
                names[body] = body
        for alias in aliases:
            names[alias.alias] = alias.name
            names[alias.name] = alias.name
        both = "、".join([meta.reporter or "", *meta.partners]).strip("、")
        for word in _BOTH:
            if meta.reporter and meta.partners:
                names.setdefault(word, both)
        for word in _SELF:
            if meta.reporter:
                names.setdefault(word, meta.reporter)
        self._names = names
        ordered = sorted(names, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(re.escape(name) for name in ordered)) if ordered else None

    def owner(self, text: str, sentence: Sentence, candidate: Candidate, object_start: int) -> tuple[str | None, str]:
        """The full name of the body that the count belongs to, the reporter when the sentence names none; and why, in Chinese."""
        return self._told(text, sentence.span.start, max(candidate.start, object_start))

    def before(self, text: str, start: int, end: int) -> str | None:
        """The full name of the body that is named last in `start`..`end`; the reporter when none is."""
        return self._told(text, start, end)[0]

    def _told(self, text: str, start: int, end: int) -> tuple[str | None, str]:
        reporter = self._reporter, "报告单位" if self._reporter else "不知报告单位"
        if self._pattern is None:
            return reporter
        for found in reversed(list(self._pattern.finditer(text, start, end))):
            aside = _ASIDE.search(text, max(start, found.start() - 2), found.start())
            if aside is None and not _COUPLED.match(text, found.end()):
                return self._names[found.group()], f"句中的“{found.group()}”"
        return reporter
