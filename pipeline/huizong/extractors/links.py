"""Which plan answers which issue: by the words they share, weighed by how rare they are in the report.

Where an issue, with the sentences that go on about it, shares no such words with any plan, it goes to plans that are about the
same two things (认知差异 and 树立观念 are both about 认识). Otherwise nearness in meaning is not
seen: rather no link than a guessed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from huizong.extractors.telling_words import TellingWords
from huizong.records import Item, Kind, Link, LinkKind, Section, Token

_LEAST = 0.14
"""Cosine from which an issue and a plan speak of the same; read off reports of the corpus, precision first."""

_NEAR_BEST = 0.7
"""Further plans of an issue come at least this near to its best one."""

_MOST = 2
_LEAST_TOGETHER = 0.09
"""The same for an issue that has no plan yet, when the words of all its sentences count: read off the same reports."""

_LEAST_THEMES = 2
_THEME_SCORE = 0.25
"""The score of a link by themes alone, below most links by words."""

_LONGEST = 6
"""More sentences together are about too much for themes to tell."""

_GOES_ON = re.compile(
    r"(?:比如|例如|譬如|如[，、]|一句话|也就是说|换句话说|具体来说|具体表现|主要表现|再加上|其结果|这也|究其原因)"
)
_NUMBERED = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑩]|[一二三四五六七八九]是")
_TOPIC = re.compile(rf"(?:{_NUMBERED.pattern})[^，。；]{{2,26}}[。；]?")
"""A numbered line that names the issue of the paragraph below it."""


def link_items(
    text: str, items: Sequence[Item], sections: Sequence[Section], tokens: Sequence[Token]
) -> tuple[Link, ...]:
    """A link from each issue to the one or two plans that take it up, in the order of the issues; none for the others."""
    words = TellingWords(text, items, sections, tokens)
    plans = [(plan, words.of(plan)) for plan in items if plan.kind is Kind.PLAN]
    links: list[Link] = []
    for issue in items:
        if issue.kind is not Kind.ISSUE:
            continue
        own = words.of(issue)
        near = [(plan, theirs, common) for plan, theirs in plans if len(common := own.keys() & theirs.keys()) > 1]
        scored = [(words.cosine(own, theirs), plan, common) for plan, theirs, common in near]
        scored = [s for s in scored if s[0] >= _LEAST]
        scored.sort(key=lambda s: (-s[0], s[1].span.start))
        for score, plan, shared in scored[:_MOST]:
            if score >= _NEAR_BEST * scored[0][0]:
                links.append(_link(issue, plan, round(score, 3), f"共有：{_telling(shared, words)}"))
    told = {link.source for link in links}
    for group in issue_groups(text, items):
        if not any(issue.id in told for issue in group):
            links += _together(group, plans, words) or _by_themes(group, [plan for plan, _ in plans], words)
    place = {item.id: at for at, item in enumerate(items)}
    return tuple(sorted(links, key=lambda link: place[link.source]))


def issue_groups(text: str, items: Sequence[Item]) -> list[list[Item]]:
    """The issues of `items` in reading order, those together that are of one paragraph of a section, or go on
    about the same (比如 …, the paragraph below its numbered topic).
    """
    groups: list[list[Item]] = []
    for issue in items:
        if issue.kind is not Kind.ISSUE:
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and last.section == issue.section:
            between = text[last.span.end : issue.span.start]
            topic = len(groups[-1]) == 1 and _TOPIC.fullmatch(last.text) and not _NUMBERED.match(issue.text)
            if "\n" not in between or (between == "\n" and (topic or _GOES_ON.match(issue.text))):
                groups[-1].append(issue)
                continue
        groups.append([issue])
    return groups


def touched_words(
    text: str,
    items: Sequence[Item],
    sections: Sequence[Section],
    tokens: Sequence[Token],
    groups: Sequence[Sequence[Item]],
) -> list[set[str]]:
    """For each issue (its sentences) the telling words that it shares with any plan: rare ones, which few statements have."""
    words = TellingWords(text, items, sections, tokens)
    plans = set[str]().union(*(words.of(plan).keys() for plan in items if plan.kind is Kind.PLAN))
    own = (set[str]().union(*(words.of(issue).keys() for issue in group)) for group in groups)
    return [{word for word in found & plans if words.rare(word)} for found in own]


def _together(group: Sequence[Item], plans: Sequence[tuple[Item, dict[str, float]]], words: TellingWords) -> list[Link]:
    """The link to the one plan that shares most words with the issue's sentences taken together; none where no two are shared."""
    best: tuple[float, Item, Item, set[str]] | None = None
    own = [(issue, words.of(issue)) for issue in group]
    for plan, theirs in plans:
        score, issue = max(((words.cosine(w, theirs), issue) for issue, w in own), key=lambda found: found[0])
        shared = set[str]().union(*(w.keys() & theirs.keys() for _, w in own))
        if score >= _LEAST_TOGETHER and len(shared) > 1 and (best is None or score > best[0]):
            best = score, issue, plan, shared
    if best is None:
        return []
    score, issue, plan, shared = best
    return [_link(issue, plan, round(score, 3), f"共有：{_telling(shared, words)}")]


def _telling(shared: Iterable[str], words: TellingWords) -> str:
    """The rarest shared words, for the reason of a link."""
    return "、".join(sorted(shared, key=lambda word: (-words.rarity(word), word))[:4])


def _by_themes(group: Sequence[Item], plans: Sequence[Item], words: TellingWords) -> list[Link]:
    """Links from the issue to the plans that are about the same two things or more, the best ones first."""
    if len(group) > _LONGEST:
        return []
    about = set[str]().union(*(words.themes(issue) for issue in group))
    found = [(plan, about & words.themes(plan)) for plan in plans]
    found = [(plan, shared) for plan, shared in found if len(shared) >= _LEAST_THEMES]
    found.sort(key=lambda f: (-len(f[1]), f[0].span.start))
    return [
        _link(
            max(group, key=lambda issue: len(words.themes(issue) & shared)),
            plan,
            _THEME_SCORE,
            f"同类：{'、'.join(sorted(shared))}",
        )
        for plan, shared in found[:_MOST]
    ]


def _link(issue: Item, plan: Item, score: float, reason: str) -> Link:
    return Link(kind=LinkKind.ISSUE_PLAN, source=issue.id, target=plan.id, score=score, reason=reason)
