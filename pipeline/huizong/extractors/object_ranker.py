"""Chooses what a number counts among the names proposed for it, by a linear model over the rules' guesses and the words.

The rules stay in force where the model is not asked (`is_open`). A model is two files beside the sentence model's:
`objects.json` (what it is, what it was trained on, the names of its features) and `objects.npz` (a weight each, 32-bit).
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
from huizong.extractors.count_before import STANDARD
from huizong.extractors.count_behind import STANDING
from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_names import NO_THING
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import AVERAGES, Found
from huizong.extractors.count_relations import BODY, PEOPLE, PERSON
from huizong.extractors.count_words import STOPS
from huizong.extractors.object_proposals import Facts, Question, Sentence
from huizong.extractors.object_scores import Weights, WordScores
from huizong.extractors.object_words import Phrase
from huizong.lexicon.units import counting_words, units
from huizong.numerals import Form
from huizong.records import Span

CARD, WEIGHTS = "objects.json", "objects.npz"
FEATURES_VERSION = 2
_MARGIN = 0.8  # by how much another name must be more likely (as a logarithm) than that of the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectCard:
    """What the model is: the reports it was trained on, and the shares of right objects in reports left out.

    `scores`: `rules` alone, and with the model (`chosen`), over all reports and (`new_…`) over those that the rules were
    written without, in five rounds of leaving a fifth of the reports out. Empty when there was but one report.
    """

    features_version: int
    trained_on: tuple[TrainedOn, ...]
    scores: Mapping[str, float]


_MOVING = ("到", "至", "为", "达", "于", "共有", "现有", "已有")
_ADVERB = re.compile("(?:[仅已共才只又再还也均]|.{2,8}累计)(?=[一-龥]{2})")
_COHORT = re.compile("[级届]")  # 2021|级新生
_PLACES = ("国家", "省", "市", "县", "区", "乡", "镇", "村")
_PER_HEAD = tuple(sorted(AVERAGES))  # 校级领导|人均25节
_THINGS = ("事项", "政策", "办法", "功能")
_GRANTING = frozenset({"授权", "获批", "获评", "荣获", "获得"})
_RANKS = ("国家级", "省级", "市级", "县级", "区级", "校级", "院级")
_MEASURED = frozenset({"水质", "空气", "环境"})  # 国控断面|水质优良比例: what is measured there
_PUT_TOGETHER = frozenset({"dealt", "level", "inherited", "outcome", "won"})
_TAKEN_OVER = frozenset({"carried", "tail"})  # a name from an earlier clause


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ObjectModel:
    """The model in memory: a weight for each feature it knows."""

    card: ObjectCard
    weights: Weights

    def choose(
        self, text: str, finder: ObjectFinder, facts: Facts, previous: Facts, *, government: bool = False
    ) -> list[Found]:
        """What each count of a sentence counts; `facts` are the rules' findings, `previous` those of the sentence before.

        In a `government` report the rules are better at what a number takes over from an earlier clause. A name that the rules did
        not give has the rule `ranked`; its words stand at its `span`.
        """
        chosen = [found for _, found in facts]
        closed = _TAKEN_OVER if government else frozenset()
        asked = [
            at for at, (candidate, found) in enumerate(facts) if is_open(candidate, found) and found.rule not in closed
        ]
        if asked:
            sentence = Sentence(text, finder, facts, previous)
            scores = WordScores(self.weights, sentence)
            for at in asked:
                chosen[at] = _best(Question(sentence, at), scores)
        for at in range(1, len(facts)):  # what took over a name takes over the better one, too
            (last, before), (candidate, found) = facts[at - 1], facts[at]
            same = candidate.unit == last.unit or "占" in found.relation
            if same and chosen[at] is found and found.rule in _TAKEN_OVER and found.name == before.name:
                chosen[at] = replace(found, name=chosen[at - 1].name)
        return chosen


def is_open(candidate: Candidate, found: Found) -> bool:
    """Whether the model is asked about a count that the rules gave `found`.

    Not when its name was put together (分别, 国家级3个), which no phrase is; nor for amounts before their thing (6万平方米职工住宅): the
    labels have too few of them to learn from; nor where a rule of its own knows better.
    """
    if found.rule == "carried" and "占" in found.relation and units().is_rate(candidate.unit):  # 学生120人，占总数的18%
        return False
    if found.rule == "behind" and (found.name or "").startswith("“"):  # 10个“村主播”
        return False
    if (found.name or "").startswith(tuple(counting_words().undergone)):  # 解除|隔离93人: without the verb the contrary
        return False
    if candidate.unit in {"金", "银", "铜", "大"}:  # 8金9银, 五大提升行动
        return False
    if candidate.numeral.form is Form.RATIO and (found.name or "").endswith("比"):  # 纵横向经费比为4:6
        return False
    return found.rule not in _PUT_TOGETHER and (found.rule != "behind" or units().is_thing(candidate.unit))


def _best(question: Question, scores: WordScores) -> Found:
    found = question.found
    named = {name: scores.total(features) for name, features in question.named().items()}
    best, high, rival = "", -inf, -inf
    where: Phrase | None = None
    met: set[str] = set()
    for name, phrase, score in scores.of(question):
        if name in named:
            met.add(name)
            score += named[name]
        if score > high:
            best, where, high = name, phrase, score
        if name == found.name and score > rival:
            rival = score
    for name, score in named.items():
        if name not in met:
            score += scores.total(question.elsewhere(name))
            if score > high:
                best, where, high = name, None, score
            if name == found.name:
                rival = score
    if (
        not best
        or high - rival <= _MARGIN
        or _names_nothing(question, best)
        or _only_deed(question, where)
        or _only_shortens(question, best, where)
        or _leaves_noun(question, where)
        or _cuts_name(question, best, where)
    ):
        return found
    span = question.span(where) if where is not None else None
    opening = _ADVERB.match(best)
    if opening is not None and span is not None:  # 仅|报名
        best, span = best[opening.end() :], Span(span.start + opening.end(), span.end)
    if span is not None and _COHORT.match(best) and question.sentence.text[span.start - 1 : span.start].isdigit():
        best, span = best[1:], Span(span.start + 1, span.end)
    reason = f"模型改选，比规则的“{found.name}”高{high - rival:.2f}" if found.name else "模型选出，规则没有找到"
    return replace(found, name=best, span=span, rule="ranked", reason=reason)


def _names_nothing(question: Question, best: str) -> bool:
    """Whether `best` names no thing by itself: a predicate, an average, a stretch of time, a bare standard or total, a place."""
    found, name = question.found, question.found.name or ""
    return (
        best.endswith(_MOVING)
        or best.endswith(tuple(counting_words().level.intersection(found.relation)))
        or best in AVERAGES
        or best.endswith(_RANKS)
        or (found.verb in _GRANTING and best == found.verb + name)  # 授权|专利
        or (PERSON.search(best) is not None and question.sentence.text.endswith(_PER_HEAD, 0, question.candidate.start))
        or NO_THING.fullmatch(best) is not None
        or (STANDARD.fullmatch(best) is not None and question.sentence.text.endswith("的", 0, question.candidate.start))
        or (name in _PLACES and best.startswith(name))
        or (name.endswith(best) and (best in counting_words().bare or name[:1].isdigit()))  # 55岁以上|教师
    )


def _only_deed(question: Question, where: Phrase | None) -> bool:
    """Whether the word `where` is but the result of what the clause before names: 受理行政复议申请38件，审结|35件."""
    if question.found.rule not in _TAKEN_OVER or where is None or where.first != where.last:
        return False
    word, lexicon = question.words[where.first].text, counting_words()
    return word in lexicon.results and word not in lexicon.nominal and word not in lexicon.deeds


def _only_shortens(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` is the rules' name with fewer modifiers (年旅客|吞吐量), or a verb with more words before it.

    That is no other thing: which modifiers belong is told by the rules. But what they left of a verb before it does not (更换|灯管).
    """
    found, words = question.found, question.words
    name, own = found.name or "", found.span
    if found.rule in {"verb", "part"} and best.endswith(name):
        return True
    if where is None or own is None or words[where.last].end != own.end:
        return name.endswith(best) or (found.rule in _TAKEN_OVER and best in name)
    left_out = [word for word in words[: where.first] if word.start >= own.start]
    if left_out and found.rule == "behind" and len(left_out) > 2:
        return True
    if left_out and left_out[-1].text[:1] == best[:1]:  # 来信|来访人次
        return True
    return bool(left_out) and (
        left_out[-1].text == "的"
        or not any(
            word.tag != "vn" and word.tag[:1] in ("", "v", "d", "p") and word.text not in STOPS | {"、"}
            for word in left_out
        )
    )


def _leaves_noun(question: Question, where: Phrase | None) -> bool:
    """Whether the noun beside the number (大米|2万斤, 小企业|达到2.8万家, 近8万|市民) would not be what is counted."""
    found, own = question.found, question.found.span
    if found.rule == "behind" and own is not None:
        return _leaves_behind(question, own, where)
    if found.rule != "noun" or own is None or not counting_words().level.issuperset(found.relation):
        return False
    return where is None or question.words[where.last].end != own.end


def _leaves_behind(question: Question, own: Span, where: Phrase | None) -> bool:
    """Whether a name goes before the rules' one behind the number (3个|百亿元|县城), or past a verb (8个|市|下放审批权)."""
    end = question.candidate.end
    beside = own.start - end <= len("的")
    if where is None:
        return beside
    start = question.words[where.first].start
    between = [word for word in question.words[: where.first] if word.start >= own.end]
    verbs = any(word.tag == "v" or word.text in counting_words().verbs for word in between)
    past = verbs and all(word.text != "的" for word in between)
    name, unit = question.found.name or "", question.candidate.unit.lstrip("万")
    whole = (unit in PEOPLE and PERSON.search(name)) or (unit in {"所", "家"} and BODY.search(name))
    goes_on = start == own.start and question.words[where.last].end > own.end
    if whole and goes_on and question.sentence.text[own.end] not in "、和及与或":  # 1000所|学校|周边道路
        return True
    return past or (start < end if beside else end <= start < own.start)


def _cuts_name(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` breaks off before what the rules' name says the things are, and no predicate begins there.

    省级企业|技术中心, 产业链|头部企业实训基地: those are centres and bases; but 集群|晋级全国示范基地.
    """
    name, words, lexicon = question.found.name or "", question.words, counting_words()
    if question.found.rule in _TAKEN_OVER | {"subject"} and name.startswith(best) and name.endswith(lexicon.measure):
        return True  # 护理|专业人数
    own = question.found.span
    if question.found.rule == "behind" and own is not None and where is not None:
        end = words[where.last].end
        if question.candidate.end <= words[where.first].start and end < own.start:
            return True  # 三个|螺旋上升的|发展阶段: what stands between only tells of the things
    if where is None or own is None or where.last + 1 >= len(words):
        return False
    following = words[where.last + 1]
    inside = own.start <= words[where.first].start and following.end <= own.end
    if question.found.rule in {"noun", "won"} and inside:  # 优秀学位|论文12项, but 专业课教师|缺5人
        return (
            following.tag[:1] == "n"
            and following.text not in lexicon.predicates
            and following.text not in lexicon.strong
        )
    if question.found.rule != "behind" or not inside:
        return False
    heads = name.endswith(STANDING + lexicon.quantity + _THINGS)  # 自贸试验区制度|创新成果
    if following.text in _MEASURED or not (heads or following.tag[:1] in ("n", "a", "")):
        return False
    predicate = following.text in lexicon.predicates or following.text in lexicon.strong
    return not predicate or following.text in lexicon.nominal


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
            weights: list[float] = stored["weights"].tolist()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"模型文件夹“{folder}”里的数量对象模型读不了：{error}。",
            advice="请检查 --model，或用 huizong train 重新训练。",
            path=folder,
        ) from error
    if card.features_version != FEATURES_VERSION or len(weights) != len(names):
        raise ModelError(
            f"模型“{folder}”的 {CARD} 与 {WEIGHTS} 不配套，或是为另一版特征训练的（{card.features_version}，现为 {FEATURES_VERSION}）。",
            advice="请用 huizong train 重新训练。",
            path=folder,
        )
    return ObjectModel(card=card, weights=Weights(zip(names, weights, strict=True)))
