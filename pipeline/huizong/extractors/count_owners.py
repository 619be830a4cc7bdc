"""Whose a count is: the nearest name or self-name before it, as a full name where one is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.records import Alias, Meta, Sentence

_SELF = ("我校", "本校", "我院", "本院", "学校", "我省", "我市", "我区", "我县", "我处", "我部", "我们")
_BOTH = ("两校", "双方", "校际", "我校与")
_NAME_TAIL = re.compile(r"[与和及同]$")
_RECIPIENT = re.compile(r"(?:向|为|给|帮助|协助|支持|指导|帮扶|赴|到|对|来)$")


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

    def owner(self, text: str, sentence: Sentence, candidate: Candidate, object_start: int) -> str | None:
        """The full name of the body that the count belongs to; the reporter when the sentence names none."""
        if self._pattern is None:
            return self._reporter
        reach = max(candidate.start, object_start)
        found = list(self._pattern.finditer(text, sentence.span.start, reach))
        if not found:
            return self._reporter
        return self._names[found[-1].group()]
