"""Lists around counts: 增长13.6%、9.8% dealt out to the members before, and the members named before 等3个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_heads import LEAD, shared_head
from huizong.extractors.count_phrases import Found
from huizong.lexicon.units import counting_words, units
from huizong.records import Sentence, Span

_LIST_BREAK = re.compile(r"[、与]|(?<=”)(?=“)|和(?!谐|美)|(?<!普)及(?![时格])")
_DEALT = re.compile(r"分别[^，。；：\d]{1,8}$")
_DONE_BY = re.compile("分别[被由]")
_DEALT_OUT = re.compile("(.+?)(?:分别|依次)(.+)")
_IN_TURN = re.compile("分别")
_CLAUSE_END = re.compile("[。；\n]|，(?!较|比)")
_CHANGES = re.compile("增|减|升|降|提高|高|低|多|少|涨|跌|回落|压")
_GRADED = re.compile("((?:[特一二三四]、)+[一二三四])(等(?:奖学金|助学金|奖)|年级)")  # 一、二、三等奖
_YEARLY = re.compile("第((?:[一二三四]、)+[一二三四])学?年([一-龥]{2,8})$")
_WON_GRADED = re.compile("^[^、]*(?:获得?|荣获|评出|评选)(?=[特一二三四]、[一二三四])")  # …大赛获|一、二、三等奖
_LISTED_TO = re.compile(
    "[^，。；：\\d]{2,12}、[^，。；：、\\d]{2,12}(?:增加|提高|上升|提升|降低|下降|达)?[到至增降升]{1,2}$"
)
_COMMAS = re.compile("、")
_PREDICATE_TAIL = re.compile(
    r"(?:(?:再次|进一步|不断|持续|稳步|均|都|分别|全面)?(?:提高|增长|下降|提升|增加(?!值)|上升|改善|达到|保持在|稳定在|完成|为|达|突破|减少|实现|快于|高于|低于|慢于|[纳计列]入)[^，]*|分别)$"
)
_OUTCOME = re.compile(r"(?:不予|予以|未|无法|不|已|作|转|因|待|正在|推进|部分|暂缓|终止)[^，、]{1,7}$")
_SAID_OF = re.compile(  # …学院毕业生|较多, …学院|表现突出，落实率分别达到
    "(?:的)?(?:相对)?(?:较[多少高低好差快慢大小]|最[多少高低好差快慢大小]|偏[高低多少]|[居靠]前|居首|从无到有|不断壮大|持续壮大|加快发展|表现(?:突出|较好|优异)|评价[不较]高|领先|突出|为主|稍弱)$"
)
_INTRODUCED = re.compile(
    "^(?:从[^，、]{1,8}看|[^，、]{2,16}?(?:依次|分别)(?:是|为)|[^，、]{0,8}以(?=[^，、]+$)|对(?=[^，、]{2,}))"
)
_RATE_OF = re.compile("(?:[率比度]|占比|比例|比重)$")
_REACHING = frozenset({"惠及", "覆盖", "资助", "奖励", "涉及"})
_BOTH_SIDES = re.compile("(.*)存贷款余额$")
_GROWN = re.compile(
    "[，、](?:(?:同比|实际|名义|分别|依次|比上年|较上年|比去年)*)(?:增长|提高|增加|上升|下降|减少|降低)了?"
)


def runs_of(text: str, group: list[Candidate]) -> list[list[int]]:
    """For every candidate the run of numbers it stands in (提高221元、90元和300元), empty when it stands alone."""
    runs: list[list[int]] = [[] for _ in group]
    at = 0
    while at < len(group):
        end = at + 1
        while (
            end < len(group)
            and re.fullmatch(r"[ ]?[、和与及,][ ]?", text[group[end - 1].end : group[end].start])
            and (
                _alike(group[end].unit, group[at].unit)
                or _DEALT.search(text, max(0, group[at].start - 12), group[at].start) is not None
                or _LISTED_TO.search(text, max(0, group[at].start - 40), group[at].start) is not None
            )
        ):
            end += 1
        if end - at > 1:
            for k in range(at, end):
                runs[k] = list(range(at, end))
        at = end
    return runs


def _alike(unit: str, first: str) -> bool:
    """Whether two numbers of a list have one unit, be it that the first leaves 元 to the last (1.3万亿、6200亿元)."""
    return unit == first or (first.strip("万亿") == "" and first != "" and units().is_money(unit))


def outcomes_of(text: str, start: int, group: list[Candidate]) -> dict[int, Span]:
    """Where a list of three or more tells what became of things (已办结30件、未受理2件、不予公开1件): the words before each number.

    By the place in `group`; `start` is where the sentence begins. Empty where no member tells what was done or left undone.
    """
    found: dict[int, Span] = {}
    at = 0
    while at < len(group):
        end = at + 1
        while (
            end < len(group)
            and group[end].unit == group[at].unit
            and _follows(text, group[end - 1].end, group[end].start)
        ):
            end += 1
        if end - at >= 3:
            opens = max(text.rfind(mark, start, group[at].start) for mark in "，；：。\n")
            edges = [max(opens + 1, start), *(candidate.end + 1 for candidate in group[at : end - 1])]
            spans = [
                _words_before(text, edge, candidate.start) for edge, candidate in zip(edges, group[at:end], strict=True)
            ]
            if sum(_OUTCOME.match(span.of(text)) is not None for span in spans) >= 2:
                found |= {at + n: span for n, span in enumerate(spans) if _OUTCOME.match(span.of(text))}
        at = end
    return found


def turns_of(text: str, start: int, group: list[Candidate]) -> dict[int, int]:
    """Which earlier numbers the changes behind a 分别 belong to, in turn: 升学638人，录取率32.7%，分别比上年增加112人、提高3.1个百分点.

    Places in `group`. Only where each change has the unit of its number, or is one of points where that is a share.
    """
    turns: dict[int, int] = {}
    for match in _IN_TURN.finditer(text, start, group[-1].start if group else start):
        stop = _CLAUSE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        later = [i for i, c in enumerate(group) if match.end() <= c.start < end]
        first = later[0] if later else 0
        moved = [_CHANGES.search(text[match.end() if i == first else group[i - 1].end : group[i].start]) for i in later]
        if len(later) < 2 or first < len(later) or not all(moved):
            continue
        earlier = range(first - len(later), first)
        if all(_measures(group[a].unit, group[b].unit) for a, b in zip(earlier, later, strict=True)):
            turns |= dict(zip(later, earlier, strict=True))
    return turns


def _measures(unit: str, change: str) -> bool:
    """Whether a value in `unit` can have changed by so many `change`."""
    return unit == change or (change in {"个百分点", "百分点"} and unit == "%")


def _follows(text: str, end: int, start: int) -> bool:
    return text.startswith("、", end) and 2 <= start - end <= 26 and not re.search("[，。；：]", text[end:start])


def _words_before(text: str, start: int, end: int) -> Span:
    bracket = re.search(r"[（(][^（）()]*[）)]$", text[start:end])
    return Span(start, start + bracket.start() if bracket else end)


def members_of(text: str, floor: int, run: list[Candidate], first: Found) -> list[str] | None:
    """The names of as many list members as there are numbers, nearest clause first; `None` when no list fits."""
    known = first.span is not None and first.span.end <= run[0].start and first.rule != "carried"
    end = first.span.end if known and first.span is not None else run[0].start
    clauses = list(re.finditer(r"[^，。；：:;]+", text[floor:end]))
    for clause in clauses[::-1]:
        own = known and clause is clauses[-1]
        if clause is clauses[-1] and _DONE_BY.search(clause.group()):  # 信息分别被省、市|采用4篇、9篇
            return None
        dealt = _DEALT_OUT.match(clause.group()) if own else None
        if dealt is not None and first.name and dealt[2].endswith(first.name):  # 甲院、乙院|分别实现|培训收入
            parts = [LEAD.sub("", part) or part for part in _LIST_BREAK.split(dealt[1]) if part]
            verb = first.rule == "verb" and first.name in counting_words().strong
            thing = "" if verb or first.name in _REACHING else first.name  # 甲、乙分别惠及21人、48人
            return [part + thing for part in parts] if len(parts) == len(run) else None
        words = (clause.group().split("分别")[0] or clause.group()) if own else _PREDICATE_TAIL.sub("", clause.group())
        said = _SAID_OF.search(words)
        words = words[: said.start()] if said else words
        words = _WON_GRADED.sub("", words)
        yearly = _YEARLY.search(words)
        if yearly is not None and yearly[1].count("、") + 1 == len(run):  # 学徒第一、二、三年|月均补贴
            return [yearly[2]] * len(run)
        words = _GRADED.sub(lambda ranks: "、".join(rank + ranks[2] for rank in ranks[1].split("、")), words)
        if own and len(run) == 2 and first.name and first.name.startswith("城乡") and "、" not in words:
            return [first.name] * 2  # 城乡低保标准|分别提高6.2%和8.1%
        sides = _BOTH_SIDES.match(words.split("分别")[0]) if own and len(run) == 2 else None
        if sides is not None:  # 人民币存贷款余额|分别增长6.9%、6.6%
            return [f"{sides[1]}存款余额", f"{sides[1]}贷款余额"]
        for joint in (_LIST_BREAK, _COMMAS):  # 甲、乙和丙 are three, unless two numbers make 乙和丙 one
            parts = [part for part in joint.split(words) if part]
            if len(parts) != len(run):
                continue
            parts[0] = _INTRODUCED.sub("", parts[0]) if said or not own else parts[0]
            rate = first.name if known and not own and _RATE_OF.search(first.name or "") else ""
            shared = shared_head(parts)
            return None if shared is None else [part + (rate or "") for part in shared]
    return None


def listed_before(text: str, sentence: Sentence, candidate: Candidate) -> tuple[str, ...]:
    """The members named before 等N个; empty when none are."""
    before = text[sentence.span.start : candidate.start]
    if not before.endswith("等"):
        return ()
    head = re.split(r"[，。；：:;]", before[:-1])[-1]
    parts: list[str] = []
    for joint in ("、", "、|以及|和(?!谐)|及", "、|以及|和(?!谐)|及|与"):  # 与 may stand inside a name
        parts = [part for part in re.split(joint, head) if part]
        if len(parts) >= candidate.value:
            break
    if len(parts) < 2:
        return ()
    return (
        re.sub(r"^.*(?:新增|实施了?|建成|包括|涵盖|开设|获批|完成|举办|开展|设立|现设|依托|推进|建设)", "", parts[0]),
        *parts[1:],
    )


def dealt_before(text: str, run: list[Candidate], facts: Sequence[tuple[Candidate, Found]]) -> list[str] | None:
    """The members that the run before was dealt to, where this one says by how much each grew: 达到41180元和20360元，增长|4.7%和6.2%.

    So are two amounts told clause by clause: 城镇居民收入41180元，农村居民收入20360元，增长|4.7%和6.2%.
    """
    last = facts[-len(run) :]
    if len(last) < len(run) or any(not found.name for _, found in last):
        return None
    amounts = {candidate.unit for candidate, _ in last}
    apart = len(amounts) == 1 and not units().is_rate(*amounts) and len({found.name for _, found in last}) == len(last)
    if any(found.rule != "dealt" for _, found in last) and not apart:
        return None
    grown = _GROWN.fullmatch(text, last[-1][0].end, run[0].start) is not None
    return [found.name or "" for _, found in last] if grown else None


def told_in_turn(text: str, run: list[Candidate], facts: Sequence[tuple[Candidate, Found]]) -> list[str] | None:
    """The things of as many counts before as the run has numbers (论文9篇，专利3件，分别比上年增加2和1): one for each, in order."""
    clause = re.split("[，。；：]", text[max(0, run[0].start - 30) : run[0].start])[-1]
    told = [found.name for _, found in facts[-len(run) :] if found.name]
    if not ("分别" in clause or "依次" in clause) or len(told) < len(run) or len(set(told)) < len(run):
        return None
    return told
