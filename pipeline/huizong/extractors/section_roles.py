"""Roles of sections whose titles do not tell them: what their sentences say, by the sentence model, decides.

The outline takes “心里的几块石头” or “踔厉奋发开新局” for progress, because no word of theirs says otherwise. Here the
section's sentences are read without their headings (`classifier.bare`), and the role under which the kinds found are most
likely wins, each sentence speaking with half its weight (neighbours repeat one another).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from huizong.classifier import Model, bare, examples
from huizong.outline import own_role, plans_throughout, role_reason, title_role
from huizong.records import Kind, Outline, Role, Section, Token

_LEAST_WHOLE = 2  # sentences that a section needs to speak for itself
_WHOLE = re.compile("[，。；！？]")
_TEMPER = 0.5  # of what one sentence says
_UNUSUAL = -2.0  # log-odds of issues and plans against progress before a word is read
_INHERITED = 4.0  # log-odds that a section under another has its role


def settle_roles(text: str, outline: Outline, tokens: Sequence[Token], model: Model) -> Outline:
    """`outline` with the roles of sections settled that their titles leave open; everything else is kept.

    A title that names a role, and an enclosing section of issues or plans, are never overruled.
    """
    by_id = {s.id: s for s in outline.sections}
    if plans_throughout([s.title for s in outline.sections if s.level == 0]):  # the title says what all of it is
        return outline
    asked: set[str] = set()  # sections whose sentences are read: those left open, and all below them
    for section in outline.sections:  # a parent comes before its children
        if section.parent in asked or not _settled(section, by_id, by_id):
            asked.add(section.id)
    if not asked:
        return outline
    made = examples(text, outline.sentences, outline.sections, tokens)
    spoken = [
        at
        for at, s in enumerate(outline.sentences)
        if s.section in asked and not s.heading and s.role is by_id[s.section].role
    ]
    chances, _ = model.judge([bare(made[at]) for at in spoken])
    under: dict[str, list[Mapping[Kind, float]]] = defaultdict(list)
    whole: Counter[str] = Counter()  # sentences that are no mere labels, as the cells of a table are
    for at, found in zip(spoken, chances, strict=True):
        above = outline.sentences[at].section
        is_whole = _WHOLE.search(outline.sentences[at].span.of(text)) is not None
        while above is not None:
            under[above].append(found)
            whole[above] += is_whole
            above = by_id[above].parent
    sections: dict[str, Section] = {}
    for section_ in outline.sections:
        role, reason = section_.role, section_.reason
        parent = sections.get(section_.parent or "")
        within = parent.role if parent is not None and parent.level > 0 else None
        if within in (Role.ISSUES, Role.PLANS):
            role = own_role(section_.title) or within
            reason = _retold(reason, role_reason(section_.title, within))
        elif not _settled(section_, by_id, sections):
            told = under[section_.id] if whole[section_.id] >= _LEAST_WHOLE else ()
            role = _likeliest(told, within, model)
            reason = _retold(reason, "模型读标题下面的句子")
        sections[section_.id] = replace(section_, role=role, reason=reason)
    sentences = tuple(
        replace(s, role=sections[s.section].role)
        if s.section in sections
        and s.role is by_id[s.section].role  # else a word that opens its paragraph told the role
        else s
        for s in outline.sentences
    )
    return Outline(sections=tuple(sections.values()), sentences=sentences)


def _retold(reason: str, told: str) -> str:
    """The section's reason with `told` for its role."""
    return f"{reason.partition('；角色：')[0]}；角色：{told}"


def _settled(section: Section, before: Mapping[str, Section], after: Mapping[str, Section]) -> bool:
    """Whether its title names the role, or had it overrule that of the enclosing section (of `before`, now of `after`)."""
    if section.level == 0:
        return True
    old = before.get(section.parent or "")
    if old is None or old.level == 0:
        return title_role(section.title) is not None
    if (
        title_role(old.title) is Role.PROGRESS
    ):  # 2024年工作回顾 is looking back throughout, whatever its parts are called
        return True
    return section.role != old.role or after[old.id].role in (Role.ISSUES, Role.PLANS)


def _likeliest(spoken: Sequence[Mapping[Kind, float]], within: Role | None, model: Model) -> Role:
    shares = {
        role: dict(zip(model.card.kinds, map(float, row), strict=True))
        for role, row in zip(model.card.roles, model.role_kinds, strict=True)
    }
    mean = {kind: sum(share[kind] for share in shares.values()) / len(shares) for kind in model.card.kinds}
    fallback = within if within is not None else Role.PROGRESS
    sums = {}
    for role, share in shares.items():
        total = 0.0 if role is Role.PROGRESS else _UNUSUAL
        total += _INHERITED if within is not None and role is Role.PROGRESS else 0.0
        for chances in spoken:
            total += _TEMPER * log(sum(share[kind] / mean[kind] * chance for kind, chance in chances.items()))
        sums[role] = total
    best = max(sums, key=lambda role: sums[role])
    return fallback if best is Role.PROGRESS else best
