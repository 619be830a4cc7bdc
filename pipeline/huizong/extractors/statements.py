"""What every sentence says: the model's probabilities and rules of official Chinese, weighed together.

A rule speaks for or against a kind with a weight in log-odds; the model's log-probabilities are added, the highest sum wins.
So a section's role leans a sentence one way without deciding it, as the labelling rules ask (GUIDELINES §1): a result told
inside 存在问题 stays a result, an excuse there is part of the issue, restated importance inside the plans is background.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from huizong.classifier import Example, Model, examples, features
from huizong.extractors.areas import area_of
from huizong.lexicon.cues import found_cues
from huizong.records import Kind, Label, Role, Section, Sentence, Token

ITEM_KINDS = (Kind.MEASURE, Kind.ACHIEVEMENT, Kind.ISSUE, Kind.PLAN)
_KINDS = (Kind.BACKGROUND, *ITEM_KINDS, Kind.OTHER)
_DECIDES = 9.0  # a weight that no model score outweighs

_GOVERNMENT = re.compile(r"政府工作报告|^\s*各位代表[：:]", re.MULTILINE)
_ADDRESS = re.compile(r"^各位(?:代表|委员|领导|同志|来宾)[^。]{0,12}[：:！!，,]?$|^同志们[：:！!]?$")
_THANKS = re.compile(r"(?:表示|致以)[^。]{0,12}(?:感谢|敬意)")
_OPENING = re.compile(r"现将.{2,60}(?:如下|汇报|报告|总结)|我代表.{0,24}(?:作|报告)|(?:汇报|报告|总结|情况)如下[。：:]$|请(?:予)?审议")
_CREDIT = re.compile(r"成(?:绩|就)[^。]{0,30}(?:来之不易|结果|在于|归功|离不开)|(?:领航掌舵|领导的结果)")
_YEAR_IS = re.compile(r"^(?:20\d\d年|今年|过去的?一年|明年)?[，]?[^，。]{0,8}(?:是)[^。]{0,50}(?:之年|的一年|第[一二三四五]年)")
_ADMITS = re.compile(r"(?:清醒|深刻|充分|客观)(?:地)?(?:看到|认识到?|意识到)[^。]{0,60}(?:困难|问题|挑战|不足|差距|短板)|(?:看到|面临)[^。]{0,24}(?:困难|问题|挑战|不足|差距)")
_RESPONDS = re.compile(r"^(?:对此|对于这些|针对这些|针对上述|针对以上|面对这些)|(?:一定|必须|要|将)[^。]{0,16}(?:直面|正视|高度重视|采取)[^。]{0,40}|决不辜负|不辜负")
_FRAME_PLAN = re.compile(r"(?:重点|着重|突出|主要)?(?:做好|抓好|抓|做|从)[^。，]{0,6}(?:以下|[一二三四五六七八九十])[^。，]{0,4}(?:方面|项|个)[^。]{0,8}(?:工作|任务|着手|努力)?[：:。]$")
_TAKEN = re.compile(r"将[^，。；]{2,24}(?:纳入|列入|列为|作为|写入|写进|融入|贯穿|提炼|搬|嫁接|转化为|落到|分解|细化)")
_WILL = re.compile(
    r"(?:^|[，；：、])(?:我们|学校|学院|我校|我院|双方|两校|各[^，]{1,6}|今后|明年|20\d\d年|同时|还|也)?[，]?(?:将|拟|力争|争取|计划在|计划于|打算|下一步|今后|下阶段)"
)
_MUST = re.compile(r"(?:^|[，；：])(?:要|应|应当|需要|必须|务必)(?!求|不|素|有)")
_HOPED = re.compile(r"到20\d\d年(?:底|末)?[，]?[^，。]{0,30}(?:达到|实现|建成|完成)|(?:年底|月底|年内|学期末)前")
_FURNITURE_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What a rule says of a sentence: its name, the kind it speaks for, the weight (negative: against)."""

    name: str
    kind: Kind
    weight: float


def label_sentences(
    text: str, sentences: Sequence[Sentence], sections: Sequence[Section], tokens: Sequence[Token], model: Model
) -> tuple[Label, ...]:
    """One label for each sentence, in order; headings are `Kind.HEADING`.

    `confidence` is the share of the chosen kind among all kinds, `reason` the rule that spoke loudest for it or the model's score.
    Items (measure, achievement, issue, plan) always have an area, others have none.
    """
    made = examples(text, sentences, sections, tokens)
    rows = [features(example) for example in made]
    kinds, areas = model.kinds(rows), model.areas(rows)
    government = bool(_GOVERNMENT.search(text[:1500]))
    labels: list[Label] = []
    admitting = False
    for at, (sentence, example) in enumerate(zip(sentences, made, strict=True)):
        if sentence.heading:
            admitting = False
            labels.append(Label(kind=Kind.HEADING, area=None, confidence=1.0, reason="标题"))
            continue
        admitting = _admits(example, admitting)
        rules = list(_rules(example, government=government, admitting=admitting))
        edge = at == 0 or at >= len(sentences) - 3
        rules += _furniture(example, edge)
        kind, confidence, reason = _choose(kinds[at], rules)
        area = area_of(example, areas[at]) if kind in ITEM_KINDS else None
        labels.append(Label(kind=kind, area=area, confidence=confidence, reason=reason))
    return tuple(labels)


def _choose(model: dict[Kind, float], rules: Sequence[_Rule]) -> tuple[Kind, float, str]:
    sums = {kind: log(max(model.get(kind, 0.0), 1e-4)) for kind in _KINDS}
    for rule in rules:
        sums[rule.kind] += rule.weight
    kind = max(_KINDS, key=lambda k: sums[k])
    total = sum(exp(value - sums[kind]) for value in sums.values())
    loudest = max((r for r in rules if r.kind is kind and r.weight > 0), key=lambda r: r.weight, default=None)
    reason = f"规则：{loudest.name}" if loudest and loudest.weight >= 2 else f"模型：{model.get(kind, 0.0):.2f}"
    return kind, round(1 / total, 4), reason


def _admits(example: Example, before: bool) -> bool:
    """Whether the sentence belongs to a passage of admitted troubles inside another section (government reports)."""
    if example.role is not Role.PROGRESS or _RESPONDS.search(example.text) or _ADDRESS.search(example.text):
        return False
    return before or bool(_ADMITS.search(example.text))


def _furniture(example: Example, edge: bool) -> Iterator[_Rule]:
    text = example.text
    cues = found_cues(text)
    if "other" in cues and (len(text) < _FURNITURE_LENGTH or _THANKS.search(text)):
        yield _Rule(name="版面文字", kind=Kind.OTHER, weight=_DECIDES)
    if _ADDRESS.search(text):
        yield _Rule(name="称呼", kind=Kind.OTHER, weight=_DECIDES)
    if _THANKS.search(text) and "感谢" in text:
        yield _Rule(name="致谢", kind=Kind.OTHER, weight=_DECIDES)
    if not re.search(r"[\u4e00-\u9fff]", text):
        yield _Rule(name="无文字", kind=Kind.OTHER, weight=_DECIDES)
    if edge and len(text) < _FURNITURE_LENGTH and not re.search(r"[，。；：！？]", text):
        yield _Rule(name="署名", kind=Kind.OTHER, weight=5.0)


def _rules(example: Example, *, government: bool, admitting: bool) -> Iterator[_Rule]:
    text, cues = example.text, found_cues(example.text)
    if _OPENING.search(text):
        yield _Rule(name="开场白", kind=Kind.BACKGROUND, weight=6.0)
    if _CREDIT.search(text):
        yield _Rule(name="归功", kind=Kind.BACKGROUND, weight=6.0)
    if _YEAR_IS.search(text):
        yield _Rule(name="年份背景", kind=Kind.BACKGROUND, weight=3.0)
    if "quoted_plan" in cues:
        yield _Rule(name="引述旧计划", kind=Kind.BACKGROUND, weight=2.5)
    if "solved" in cues:
        yield _Rule(name="问题已解决", kind=Kind.ISSUE, weight=-3.0)
    if _TAKEN.search(text):
        yield _Rule(name="将＝把", kind=Kind.PLAN, weight=-1.5)
    match example.role:
        case Role.PLANS:
            yield from _in_plans(text, cues, government)
        case Role.ISSUES:
            yield from _in_issues(text, cues)
        case _:
            yield from _in_progress(text, cues, government, admitting)


def _in_plans(text: str, cues: frozenset[str], government: bool) -> Iterator[_Rule]:
    yield _Rule(name="计划部分", kind=Kind.PLAN, weight=4.5 if government else 2.0)
    if _WILL.search(text) or _MUST.search(text) or _HOPED.search(text):
        yield _Rule(name="将来词", kind=Kind.PLAN, weight=2.0)
    if "context" in cues and not cues & {"plan"}:
        yield _Rule(name="重申意义", kind=Kind.BACKGROUND, weight=1.0)
    if _FRAME_PLAN.search(text):
        yield _Rule(name="引出要点", kind=Kind.BACKGROUND, weight=2.0)


def _in_issues(text: str, cues: frozenset[str]) -> Iterator[_Rule]:
    yield _Rule(name="问题部分", kind=Kind.ISSUE, weight=1.5)
    if "issue" in cues and "solved" not in cues:
        yield _Rule(name="问题词", kind=Kind.ISSUE, weight=1.0)
    if "cause" in cues:
        yield _Rule(name="原因", kind=Kind.ISSUE, weight=1.0)
    if "solved" in cues:
        yield _Rule(name="问题已解决", kind=Kind.ACHIEVEMENT, weight=1.5)
    if _WILL.search(text):
        yield _Rule(name="将来词", kind=Kind.PLAN, weight=1.5)


def _in_progress(text: str, cues: frozenset[str], government: bool, admitting: bool) -> Iterator[_Rule]:
    if admitting:
        yield _Rule(name="承认问题", kind=Kind.ISSUE, weight=_DECIDES if government else 4.0)
    if government:
        yield _Rule(name="政府报告成绩部分", kind=Kind.ACHIEVEMENT, weight=2.0)
    if _RESPONDS.search(text):
        yield _Rule(name="回应问题", kind=Kind.PLAN, weight=3.0)
    elif _WILL.search(text) and not _TAKEN.search(text):
        yield _Rule(name="将来词", kind=Kind.PLAN, weight=1.0)
    yield _Rule(name="成绩部分", kind=Kind.PLAN, weight=-1.0)
    if "issue" not in cues and not admitting:
        yield _Rule(name="成绩部分", kind=Kind.ISSUE, weight=-1.5)
