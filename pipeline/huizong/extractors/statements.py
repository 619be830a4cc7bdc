"""What every sentence says: the model's probabilities and rules of official Chinese, weighed together.

A rule (`lexicon/rules.toml`) speaks for or against a kind with a weight in log-odds; the model's log-probabilities are added,
the highest sum wins. So a section's role leans a sentence one way without deciding it, as the labelling rules ask
(GUIDELINES §1): a result told inside 存在问题 stays a result, an excuse there is part of the issue, restated importance inside
the plans is background.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log

from huizong.classifier import Example, Model, examples
from huizong.classifier.labels import compact
from huizong.extractors.areas import AreaModel, find_areas
from huizong.extractors.government import of_government
from huizong.lexicon.cues import found_cues
from huizong.lexicon.rules import Rule, rules_for
from huizong.outline import opens_chapter, plans_ahead
from huizong.records import Kind, Label, Role, Section, Sentence, Token

ITEM_KINDS = (Kind.MEASURE, Kind.ACHIEVEMENT, Kind.ISSUE, Kind.PLAN)
_KINDS = (Kind.BACKGROUND, *ITEM_KINDS, Kind.OTHER)
_LEAST_CHANCE = 1e-4  # a model that has seen little must not rule a kind out
# Of the model beside the rules: alone it is too modest (fitted with a few reports left out at a time).
_SHARPNESS = 1.5
_LOUD = 2.0  # from this weight on a rule is the reason, below it the model is
_EDGE_FIRST, _EDGE_LAST = 1, 3

_YEAR = re.compile(r"(20\d\d)[ ]?年")
_HEAD = 200  # characters in which the day of the report stands
_REVIEW = re.compile(r"回顾|成就|成绩|成效|过去")
_AIMS = re.compile(
    r"(?:今年|20\d\d年)[^。]{0,16}(?:总体要求|总的要求|工作思路)[^。]{0,4}[：是，]|主要(?:预期)?目标(?:是|为|：)"
)
_ADMITS = re.compile(
    r"(?:清醒|深刻|充分|客观)(?:地)?(?:看到|认识到?|意识到)[^。]{0,60}(?:困难|问题|挑战|不足|差距|短板)"
    r"|(?:看到|面临|存在(?!的))(?:着)?[^。，；]{0,24}(?:困难|问题|挑战|不足|差距)(?:[：:。，]|和)"
)
_RESPONDS = re.compile(
    r"^(?:对此|对于?这些|对于?上述|针对这些|针对上述|针对以上|面对这些|这些问题，我们)"
    r"|^我们[^。]{0,6}(?:一定|必须|要|将)[^。]{0,40}|决不辜负|不辜负|^各位代表|感谢|^(?:今年|20\d\d年)是"
)


def label_sentences(
    text: str,
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    tokens: Sequence[Token],
    model: Model,
    weighing: AreaModel | None = None,
) -> tuple[Label, ...]:
    """One label for each sentence, in order; headings are `Kind.HEADING`. `weighing` chooses areas (`find_areas`).

    `confidence` is the share of the chosen kind among all kinds, close to the chance that a careful reader accepts it,
    `reason` the rule that spoke loudest for it or the model's
    score. Items (measure, achievement, issue, plan) always have an area, others have none.
    """
    government = of_government(text)
    if government:
        sentences = _with_plans(text, sentences, sections)
    made = examples(text, sentences, sections, tokens)
    if not any(
        section.level > 0 for section in sections
    ):  # a speech, a piece of news: no heading says what a passage is for
        planned = any(plans_ahead(section.title) for section in sections)
        made = tuple(replace(example, role=Role.PLANS if planned else None) for example in made)
        sentences = tuple(replace(s, role=Role.PLANS if planned else Role.PROGRESS) for s in sentences)
    chances, area_chances = model.judge(made)
    areas = find_areas(made, sentences, sections, area_chances, model.own_areas(made), weighing)
    labels: list[Label] = []
    admitting = False
    for at, (sentence, example) in enumerate(zip(sentences, made, strict=True)):
        if sentence.heading:
            admitting = False
            labels.append(Label(kind=Kind.HEADING, area=None, confidence=1.0, reason="标题"))
            continue
        admitting = _admits(example, admitting)
        edge = at < _EDGE_FIRST or at >= len(sentences) - _EDGE_LAST
        cues = found_cues(example.text)
        follows = labels[-1].kind if at and _goes_on(example, sentences[at - 1], sentence) else None
        spoken = [
            rule
            for rule in rules_for(sentence.role, government=government)
            if rule.holds(example.text, cues, edge=edge, admits=admitting, follows=follows)
        ]
        kind, confidence, reason = _choose(chances[at], spoken)
        area, told = areas[at] if kind in ITEM_KINDS else (None, "")
        labels.append(Label(kind=kind, area=area, confidence=confidence, reason=reason, area_reason=told))
    return tuple(labels)


def _with_plans(text: str, sentences: Sequence[Sentence], sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of a government report, where whatever follows the review of the past is a plan.

    Its later parts often have titles that name no plan (切实加强政府自身建设), or no numbers that part them from the review:
    then the plans begin after the passage that admits troubles, or where the year's aims are named. A part that names
    a year before the latest one named looks back, too (2021年主要工作, where 2022年重点工作 follows).
    """
    by_id = {s.id: s for s in sections}
    chapters = [s.title for s in sections if s.level == 1]
    latest = max(map(int, _YEAR.findall("\n".join([text[:_HEAD], *chapters]))), default=0)
    reviewed = planning = admitting = False
    settled = []
    for sentence in sentences:
        words = compact(sentence.span.of(text))
        section = by_id.get(sentence.section or "")
        if sentence.heading and section is not None and section.level == 1:
            named = [int(year) for year in _YEAR.findall(section.title)]
            review = bool(_REVIEW.search(section.title)) or (named != [] and max(named) < latest)
            chapter = bool(section.number) or opens_chapter(section.title)
            planning = not review and (planning or (reviewed and chapter))
            reviewed = reviewed or (review and chapter)
        elif not sentence.heading and section is not None and section.level > 0:
            admitted = admitting
            admitting = bool(_ADMITS.search(words)) or (admitting and not _RESPONDS.search(words))
            planning = planning or (admitted and not admitting) or bool(_AIMS.search(words))
        if planning and sentence.role in (Role.PROGRESS, Role.BACKGROUND) and not _RESPONDS.search(words):
            sentence = replace(sentence, role=Role.PLANS)
        settled.append(sentence)
    return tuple(settled)


def _admits(example: Example, before: bool) -> bool:
    """Whether the sentence belongs to a passage that admits troubles inside another section (government reports)."""
    if example.role is not Role.PROGRESS:
        return False
    return bool(_ADMITS.search(example.text)) or (before and not _RESPONDS.search(example.text))


def _goes_on(example: Example, before: Sentence, sentence: Sentence) -> bool:
    """Whether the sentence is a further member of a list whose members are parted by ；."""
    return example.before.endswith(("；", ";")) and before.paragraph == sentence.paragraph


def _choose(model: Mapping[Kind, float], spoken: Sequence[Rule]) -> tuple[Kind, float, str]:
    sums = {kind: _SHARPNESS * log(max(model.get(kind, 0.0), _LEAST_CHANCE)) for kind in _KINDS}
    for rule in spoken:
        sums[rule.kind] += rule.weight
    kind = max(_KINDS, key=lambda k: sums[k])
    total = sum(exp(value - sums[kind]) for value in sums.values())
    loudest = max((r for r in spoken if r.kind is kind), key=lambda r: r.weight, default=None)
    if loudest is not None and loudest.weight >= _LOUD:
        return kind, round(1 / total, 4), f"规则：{loudest.name}"
    return kind, round(1 / total, 4), f"模型：{model.get(kind, 0.0):.2f}"
