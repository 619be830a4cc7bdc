"""What the surroundings of a count say about it: change, status, level, nature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import Found
from huizong.lexicon.units import counting_words
from huizong.records import Change, Kind, Label, Level, Nature, Role, Sentence, Status

_TO_WORD = re.compile(r"(?:到|至|达|为)$")
_RISING = re.compile(r"(?:增速|增幅|涨幅|增长率|增量|增收|增资|新增[^，]{0,6})$")
_FALLING = re.compile(r"(?:降幅|下降率|减幅)$")
_MORE = re.compile(r"(?:比|较)[^，。；]{1,16}?(?:多|增加|高|增|快|提高|扩大)(?:了|出)?$")
_HIGHER = re.compile(r"(?:高于|快于|多于|优于)[^，。；、]{1,10}$")
_LOWER = re.compile(r"(?:低于|慢于|少于)[^，。；、]{1,10}$")
_LESS = re.compile(r"(?:比|较)[^，。；]{1,16}?(?:少|减少|低|减|慢|下降|降低)(?:了)?$")
_MOVED = re.compile(
    r"^[^，。；、]{0,4}?(?:大幅|稳步|逐年|进一步|快速|迅速|再|逐步)?(?:增|升|提|降|减|扩|发展|上涨|跃|调|压|缩|拓|攀|上升|下|到|至|变|优化|改|拉|延|攒|长|壮大|涨|跌|回落)[^，。；、\d]{0,6}(?:20\d\d年的?)?$"
)
_FROM = re.compile(r"(?:从|由|自)(?!事|来|筹|建|评|查|主|身)[^，。；]{0,24}$")
_CHAIN = re.compile(r"、(?:20\d\d年)?的?$")
_COMPARED = re.compile(
    r"(?:(?:比|较)(?:20\d\d年|上年度?|去年|上学年|原来|上一年)(?:同期)?的|(?:较|比|的)?(?:上年|去年)?基数(?:的|为)?|(?:去年|上年度?|上学年|此前|原来|两年前)[^，。；、\d]{0,8}?(?:是|为|只有|仅|仅为))$"
)
_PLANNED = re.compile(
    r"(?:目标值?|年度任务|规定的?|规划确定的|计划(?:招收|投资|完成|引进|招录|选派)|原定|原计划|应完成[^，。；]{0,6}|应到位[^，。；]{0,4}|任务(?:书)?(?:设定|规定|明确)?(?:是|为|的)?(?:本年度)?(?:培训|建设任务|招生)?|预算(?:总)?(?:投入|安排|资金)?|目标值分别为|提出[^，。；]{0,14}|要求[^，。；]{0,6})(?:是|为|开|数)?$"
)
_AS_GOAL = re.compile(r"的?[^，。；、]{0,3}(?:目标|任务要求|规划目标)")
_PAST = re.compile(r"(?:已经?|(?<!项)目前|现有|截至|去年|上年|实际|剩余|顺延|其余)")

_LEVELS = (
    (Level.NATIONAL, re.compile(r"国家级|国家|全国|国际|部级|教育部|中央|国赛|国务院")),
    (Level.PROVINCE, re.compile(r"省部?级|全?省(?!会|内|外)|自治区|省教育厅|厅级|直辖")),
    (Level.CITY, re.compile(r"[市州地盟]厅?级|市(?!场|民|外|内|政)|区级|县级")),
    (Level.SCHOOL, re.compile(r"校级|院级|校本|校内")),
)
_CUMULATIVE = re.compile(r"累计|总计|历年|总共|合计达")
_AS_OF = re.compile(r"截至|截止|现有|目前|共有|拥有|建有|设有|保有|总数|总量|存量|在校生|在编")
_NEW = re.compile(r"新增|净增|增设|新建|新开|新设|新立项|新引进|新招|新聘|获批|立项|新入选|新认定|新培育|入选|增加")
_PERIOD = re.compile(r"全年|本年|今年|年内|当年|本学年|20\d\d年|一年来|年度|完成|实现|举办|开展|发放|投入")


def change_of(text: str, candidate: Candidate, found: Found, shared_verb: str) -> Change:
    """Whether the number is a level or a growth; `shared_verb` is the verb that a list before it opened with."""
    lexicon = counting_words()
    relation = found.relation
    nearest = next(
        (word for word in relation if word not in {"了", "约", "近", "超", "共", "左右", "各", "分别", "均"}), ""
    )
    governs = found.rule == "behind"  # 提升四大都市区: the verb takes the thing, the number does not say by how much
    if nearest in lexicon.increase and (not governs or nearest in lexicon.new):
        return Change.INCREASE
    if nearest in lexicon.decrease:
        return Change.DECREASE
    before = text[max(0, candidate.start - 24) : candidate.start]
    if _MORE.search(before) or (found.follows and _HIGHER.search(before)):
        return Change.INCREASE
    if _LESS.search(before) or (found.follows and _LOWER.search(before)):
        return Change.DECREASE
    name = found.name or ""
    if _RISING.search(name):
        return Change.INCREASE
    if _FALLING.search(name):
        return Change.DECREASE
    to = any(_TO_WORD.search(word) for word in relation)
    verb = found.verb or shared_verb
    if not to and (verb in lexicon.new or any(word in lexicon.new for word in relation)):
        return Change.INCREASE
    if (not to and verb in {"压减", "减少", "削减", "缩减", "减"}) or (
        any(w in lexicon.decrease for w in relation) and not to
    ):
        return Change.DECREASE
    return Change.LEVEL


def is_baseline(text: str, candidate: Candidate, following: Sequence[Candidate]) -> bool:
    """Whether the count is a former value: 由3个增至5个, 比上年的3个."""
    before = text[max(0, candidate.start - 20) : candidate.start]
    if _COMPARED.search(before):
        return True
    if not _FROM.search(before):
        return False
    end = candidate.end
    for other in following:
        between = text[end : other.start]
        if other.unit != candidate.unit or len(between) > 14:
            return False
        if _MOVED.match(between):
            return True
        if _CHAIN.match(between) is None:
            return False
        end = other.end
    return False


def status_of(text: str, sentence: Sentence, label: Label, candidate: Candidate, *, baseline: bool) -> Status:
    """Actual, target or baseline, from the sentence's kind, its section and the words of the clause."""
    if baseline:
        return Status.BASELINE
    before = text[max(sentence.span.start, candidate.start - 20) : candidate.start]
    if _PLANNED.search(before) or _AS_GOAL.match(text, candidate.end, sentence.span.end):
        return Status.TARGET
    clause = _clause(text, sentence, candidate)
    lexicon = counting_words()
    if label.kind is Kind.PLAN:
        return Status.ACTUAL if _PAST.search(clause) and not lexicon.target.search(clause) else Status.TARGET
    if label.kind in {Kind.BACKGROUND, Kind.OTHER, Kind.HEADING} and sentence.role is Role.PLANS:
        return Status.ACTUAL if _PAST.search(clause) else Status.TARGET
    if label.kind in {Kind.MEASURE, Kind.ACHIEVEMENT}:
        return Status.ACTUAL
    if re.search(r"(?:力争|预期|预计|拟|目标[是为:：]|的目标|计划(?:投资|投入|建设|新增|招))", clause):
        return Status.TARGET
    return Status.ACTUAL


def _clause(text: str, sentence: Sentence, candidate: Candidate) -> str:
    start = max(text.rfind(mark, sentence.span.start, candidate.start) for mark in "，；：") + 1
    end = min(
        (at for at in (text.find(mark, candidate.end, sentence.span.end) for mark in "，；。") if at >= 0),
        default=sentence.span.end,
    )
    return text[max(start, sentence.span.start) : end]


def level_of(name: str | None, before: str) -> Level | None:
    """The administrative level that the object's own words name, else the words right before it."""
    for level, pattern in _LEVELS:
        if name and pattern.search(name):
            return level
    for level, pattern in _LEVELS:
        if re.search(rf"(?:{pattern.pattern})[^，。；]{{0,3}}$", before):
            return level
    return None


def nature_of(clause: str, unit: str, change: Change, status: Status, name: str | None) -> Nature:
    """The kind of the count for comparison over years; see `Nature`."""
    if status is Status.TARGET:
        return Nature.TARGET
    if status is Status.BASELINE:
        return Nature.BASELINE
    if change is not Change.LEVEL or _NEW.search(clause):
        return Nature.NEW
    if unit in {"%", "‰", "成"} or (name or "").endswith(("占比", "比例", "率", "比重")):
        return Nature.SHARE
    if _CUMULATIVE.search(clause):
        return Nature.CUMULATIVE
    if _AS_OF.search(clause):
        return Nature.AS_OF
    return Nature.PERIOD if _PERIOD.search(clause) else Nature.AS_OF
