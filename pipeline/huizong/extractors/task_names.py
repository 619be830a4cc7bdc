"""Who does a task and for whom: the bodies of a report, under all the names that it has for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from huizong.extractors.clauses import clauses
from huizong.lexicon.tasks import task_words
from huizong.records import Alias, Meta, Span

TIME = re.compile(
    r"(?:(?<![-—–~至])20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?(?!份)|(?:今年|去年|本学期|上学期|暑期|寒假)|(?:[春秋]季学期)|(?:上|下)半年|自[^，。；]{2,16}以来|(?<=在)[^，。；]{2,40}?期间|[^，。；（）()\d]{2,12}期间)"
)
"""When something was done, in the report's words."""
_HELP = r"(?:帮助|协助|指导|支持|支援|帮扶|助推)"
_HELPS = re.compile(rf"(?:{_HELP}|服务|给|为|向|派到|前往|参与了?|到|赴)(?:协助|帮助)?$")
_HELPS_IT = re.compile(rf"{_HELP}其(?![他它余中实])")
_TOGETHER = re.compile(r"(?:与|和|同|及|联合|携手|会同|协同)$")
_WITH = re.compile(r"(?:联合|携手|会同|协同)")
_SIGNED = re.compile(r"(?:签订|签署|签约)[^《，。；]{0,8}《([^》]*)》")
_BOTH_NAME = "双方"
_BOTH = (_BOTH_NAME, "两校", "校企双方", "双方学校")
_SELF = ("我校", "学校", "学院", "本校", "我院")


@cache
def pattern(name: str, head: bool = False) -> re.Pattern[str]:
    """Any of the words of one list of tasks.toml; at the beginning only for `head`."""
    words = "|".join(re.escape(w) for w in getattr(task_words(), name))
    return re.compile(rf"^(?:{words})" if head else rf"(?:{words})")


class TaskNames:
    """The bodies of a report and how it calls them."""

    def __init__(self, meta: Meta, aliases: Sequence[Alias]) -> None:
        self._full: dict[str, str] = {a.alias: a.alias for a in aliases}
        bodies = [meta.reporter, *meta.partners]
        short = {a.name: a.alias for a in aliases}
        for body in bodies:
            if body:
                self._full[body] = short.get(body, body)
        own = short.get(meta.reporter, meta.reporter) if meta.reporter else None
        if own:
            self._full |= dict.fromkeys(_SELF, own)
        self._full |= dict.fromkeys(_BOTH, "双方")
        words = sorted(self._full, key=lambda w: (-len(w), w))
        self._any = re.compile("|".join(map(re.escape, words)))
        self._bodies = frozenset(filter(None, [*(short.get(b, b) for b in bodies if b)]))
        self._pair = self._bodies if meta.reporter and len(self._bodies) == 2 else frozenset[str]()

    def actor(self, words: str) -> str | None:
        """Who acts: the first body named at the head of a clause, 双方 for one with the other; `None` when nobody is."""
        return next(filter(None, map(self._head, self._clauses(words))), None)

    def last_actor(self, words: str) -> str | None:
        """The body named last at the head of a clause of `words`: who goes on acting in what follows."""
        return next(filter(None, map(self._head, reversed(self._clauses(words)))), None)

    def _clauses(self, words: str) -> list[str]:
        return [clause.of(words) for clause in clauses(words, Span(0, len(words)))]

    def _head(self, clause: str) -> str | None:
        """The body at the head of one clause."""
        plain = pattern("connectives", head=True).sub("", clause)
        plain = TIME.sub("", plain, count=1) if TIME.match(plain) else plain
        found = self._any.match(plain)
        if found is None:
            alone = _WITH.match(plain)
            other = self._any.match(plain, alone.end()) if alone else None
            return _BOTH_NAME if other and self._full[other.group()] in self._pair else None
        name = self._full[found.group()]
        together = self._any.search(plain, found.end())
        if together is None or not _TOGETHER.fullmatch(plain[found.end() : together.start()]):
            return name
        return _BOTH_NAME if {name, self._full[together.group()]} == self._pair else name

    def beneficiary(self, words: str, actor: str | None) -> str | None:
        """Who profits: the body after 帮助, 协助, 指导 …, or the other one of a pair; 双方 for what both did."""
        if actor == _BOTH_NAME:
            return _BOTH_NAME
        for found in self._any.finditer(words):
            name = self._full[found.group()]
            if name in self._bodies and name != actor and _HELPS.search(words[: found.start()]):
                return name
        return self.other(actor) if _HELPS_IT.search(words) else None

    def other(self, name: str | None) -> str | None:
        """The other one of the two bodies that a report is about; `None` when it is not about two."""
        return next((body for body in self._pair if body != name), None) if name in self._pair else None

    def signers(self, words: str) -> str | None:
        """双方, where a paper is signed that has both bodies in its title."""
        signed = _SIGNED.search(words)
        if signed and self._pair <= {self._full[f.group()] for f in self._any.finditer(signed.group(1))}:
            return _BOTH_NAME if self._pair else None
        return None

    def without_subject(self, words: str) -> str:
        """The clause without the body that opens it as its subject."""
        found = self._any.match(words)
        rest = words[found.end() :] if found else words
        return (
            rest
            if len(rest) >= 4
            and not rest.startswith(("的", "与", "和", "及", "、", "党", "办公", "领导", "主要", "教师", "师生"))
            else words
        )
