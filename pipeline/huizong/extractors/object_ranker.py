"""Chooses what a number counts among the names proposed for it, by a small network over the rules' guesses and the words.

The rules stay in force where the model is not asked (`is_open`). A model is two files beside the sentence model's:
`objects.json` (what it is, what it was trained on, the names of its features) and `objects.npz` (their weights, 16-bit).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any

from huizong.classifier import TrainedOn, default_model
from huizong.errors import ModelError
from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import Found
from huizong.extractors.object_proposals import Facts, Question, Sentence
from huizong.extractors.object_scores import Network, Scorer
from huizong.extractors.object_vetoes import is_vetoed, leaves_beside
from huizong.lexicon.units import counting_words, units
from huizong.numerals import Form
from huizong.records import Span

CARD, WEIGHTS = "objects.json", "objects.npz"
FEATURES_VERSION = 3
_MARGIN = 0.5  # by how much another name must be more likely (as a logarithm) than that of the rules
_MARGIN_ELSEWHERE = 1.5  # … where it stands apart from the thing right beside the number


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectCard:
    """What the model is: the reports it was trained on, and the shares of right objects in reports left out.

    `scores`: `rules` alone, and with the model (`chosen`), over all reports, over those that the rules were written without
    (`new_…`) and over passages (`passages_…`), in five rounds of leaving a fifth of the files out. Empty when there was but one.
    """

    features_version: int
    trained_on: tuple[TrainedOn, ...]
    scores: Mapping[str, float]


_ADVERB = re.compile("(?:[仅已共才只又再还也均]|.{2,8}累计)(?=[一-龥]{2})")
_QUANTITY = re.compile("(?:[一-龥]{2}率|年?产值|增加值|收入|满意度|相关度|平均分|得分|[产销总]量|余额|占比)$")
_OPENS = frozenset("，；、。和\n")
_COHORT = re.compile("[级届]")  # 2021|级新生
_SETTLED = frozenset({"dealt", "level", "outcome", "won"})  # lists dealt out, names put together
_MOVED_TO = re.compile(r"[^，。；、\d]{1,8}[到至为成]")
_TAKEN_OVER = frozenset({"carried", "tail"})  # rules that give a name from an earlier clause


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ObjectModel:
    """The model in memory."""

    card: ObjectCard
    network: Network

    def choose(self, text: str, finder: ObjectFinder, facts: Facts, previous: Facts) -> list[Found]:
        """What each count of a sentence counts; `facts` are the rules' findings, `previous` those of the sentence before.

        A name that the rules did not give has the rule `ranked`; its words stand at its `span`.
        """
        chosen = [found for _, found in facts]
        asked = [at for at, (candidate, found) in enumerate(facts) if is_open(candidate, found)]
        if asked:
            sentence = Sentence(text, finder, facts, previous)
            scorer = Scorer(self.network, sentence)
            for at in asked:
                chosen[at] = _best(Question(sentence, at), scorer)
        for at in range(1, len(facts)):  # what took over a name takes over the better one, too
            found = facts[at][1]
            if _takes_over(text, facts[at - 1], facts[at], kept=chosen[at] is found):
                chosen[at] = replace(found, name=chosen[at - 1].name)
        return chosen


def _takes_over(text: str, before: tuple[Candidate, Found], fact: tuple[Candidate, Found], *, kept: bool) -> bool:
    """Whether the rules gave `fact` the name of the fact right before it; `kept` where the model left it that name."""
    (last, first), (candidate, found) = before, fact
    same = candidate.unit == last.unit or "占" in found.relation
    if found.rule == "carried" and same and _MOVED_TO.fullmatch(text, last.end, candidate.start):
        return True  # 由186台增加到|264台
    if found.name != first.name:
        return False
    if found.rule == "inherited":  # 来访团组21批|134人次
        return last.end == candidate.start and units().is_thing(last.unit)
    return kept and same and found.rule in _TAKEN_OVER


def is_open(candidate: Candidate, found: Found) -> bool:
    """Whether the model is asked about a count that the rules gave `found`: not where a rule of its own knows better."""
    name, rule, unit = found.name or "", found.rule, candidate.unit
    if rule == "carried" and "占" in found.relation and units().is_rate(unit):  # 学生120人，占总数的18%
        return False
    if rule == "behind" and name.startswith("“"):  # 10个“村主播”
        return False
    if name.startswith(tuple(counting_words().undergone)):  # 解除|隔离93人: without the verb the contrary
        return False
    if unit in {"金", "银", "铜", "大"}:  # 8金9银, 五大提升行动
        return False
    if candidate.numeral.form is Form.RATIO and name.endswith("比"):  # 纵横向经费比为4:6
        return False
    if rule == "behind" and not units().is_thing(unit):  # 6万平方米职工住宅: too few of them are labelled
        return False
    if rule == "inherited" and name.endswith(counting_words().measure):  # 优良天数比例达到82%、增加9天
        return False
    return rule not in _SETTLED


def _best(question: Question, scorer: Scorer) -> Found:
    found = question.found
    best, where, high, rival = "", None, -inf, -inf
    for name, phrase, score in scorer.scored(question):
        if score > high:
            best, where, high = name, phrase, score
        if name == found.name:
            rival = max(rival, score)
    elsewhere = leaves_beside(question, where)
    margin = _MARGIN_ELSEWHERE if elsewhere else _MARGIN
    if not best or high - rival <= margin or is_vetoed(question, best, where):
        return found
    if elsewhere and _QUANTITY.search(best):
        measured = _measured_alike(question, best)
        if measured == found.name:
            return found
        best, where = (measured, None) if measured else (best, where)
    span = question.span(where) if where is not None else None
    opening = _ADVERB.match(best)
    if opening is not None and span is not None:  # 仅|报名
        best, span = best[opening.end() :], Span(span.start + opening.end(), span.end)
    if span is not None and _COHORT.match(best) and question.sentence.text[span.start - 1 : span.start].isdigit():
        best, span = best[1:], Span(span.start + 1, span.end)
    reason = f"模型改选，比规则的“{found.name}”高{high - rival:.2f}" if found.name else "模型选出，规则没有找到"
    return replace(found, name=best, span=span, rule="ranked", reason=reason)


def _measured_alike(question: Question, best: str) -> str:
    """The quantity of `best` as one of what the number's own clause names: 机电产业年产值4千亿元，食品产业3千亿元 tells the 食品产业年产值.

    The name as it is where it does not open its clause; "" where it is a quantity itself, or does not touch the number.
    """
    found, own, text = question.found, question.found.span, question.sentence.text
    name, quantity = found.name or "", _QUANTITY.search(best)
    beside = own is not None and own.end == question.candidate.start and found.rule == "noun"
    if quantity is None or own is None or not beside or _QUANTITY.search(name) or "相差" in name:
        return ""
    return name + quantity.group() if text[own.start - 1 : own.start] in _OPENS else name


def load_objects(path: Path | None = None) -> ObjectModel | None:
    """The model in folder `path`, or the one that comes with huizong; `None` where the folder has none, so that rules decide alone.

    Raises `ModelError` where its files do not fit together or its features are of another version.
    """
    import numpy as np

    folder = path or default_model()
    if not (folder / CARD).is_file() and not (folder / WEIGHTS).is_file():
        return None
    try:
        fields: dict[str, Any] = json.loads((folder / CARD).read_bytes())
        names: list[str] = fields["features"]
        card = ObjectCard(
            features_version=fields["features_version"],
            trained_on=tuple(TrainedOn(**row) for row in fields["trained_on"]),
            scores=fields["scores"],
        )
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            table, bias, out = (stored[name].astype(np.float32) for name in ("table", "bias", "out"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"模型文件夹“{folder}”里的数量对象模型读不了：{error}。",
            advice="请检查 --model，或用 huizong train 重新训练。",
            path=folder,
        ) from error
    fits = table.shape == (len(names), 1 + len(bias)) and bias.shape == out.shape
    if card.features_version != FEATURES_VERSION or not fits:
        raise ModelError(
            f"模型“{folder}”的 {CARD} 与 {WEIGHTS} 不配套，或是为另一版特征训练的（{card.features_version}，现为 {FEATURES_VERSION}）。",
            advice="请用 huizong train 重新训练。",
            path=folder,
        )
    rows = {name: n for n, name in enumerate(names)}
    return ObjectModel(card=card, network=Network(rows, table, bias, out))
