"""The rows of 汇总表: 具体任务 cut from the statements that say what was done.

One task = one action with what belongs to it. A statement gives one task; a further one where it starts again: with a
connective (同时, 此外) or with another accomplished action (签订…，…制订了…) that has an object of its own. A statement that only
says what came of it (促进了…) is no task but the 定性成效 of the one before. Nothing is worded anew: `brief` is cut from the clause.
Source of the cut: the worked example in the design notes, and the form families 结对帮扶实施情况汇总表, 任务完成情况表.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from huizong.extractors.clauses import clauses
from huizong.lexicon.tasks import task_words
from huizong.records import Alias, Count, Item, Kind, Meta, Span, Status, Task, TaskState, finding_id

_LONGEST_BRIEF = 60
_LATEST_VERB = 3  # a clause whose verb comes later tells of something, not an action of its own
_PERIOD = re.compile(r"^(?:全年|年内|当年|本年度|一年来|累计|共计|其中)共?")
_DATE = re.compile(
    r"(?:(?<![-—–~至])20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?(?!份)|(?:今年|去年|本学期|上学期|暑期|寒假)|(?:[春秋]季学期)|(?:上|下)半年|[^，。；（）()\d]{2,12}期间)"
)
DEPARTMENT = re.compile(
    r"(?:党政办公室|学校办公室|两校办公室|党委办公室|办公室|组织人事处|组织处|组织部|宣传部|统战部|纪委办|人事处|教务处|学生工作处|学生工作部|学生处|学工处|学工部|科研处|科技处|招生就业处|招就处|招生办|就业办|"
    r"财务处|计财处|资产处|后勤处|总务处|保卫处|团委|工会|图书馆|信息中心|网络中心|实训中心|质管处|质量控制中心|督导室|国际处|继续教育学院|马克思主义学院|各二级学院|各系部|各部门|"
    r"[\u4e00-\u9fff]{2,8}(?:合作中心|研究所|研究中心|管理中心)(?:（[^（）]{2,12}）)?|[\u4e00-\u9fff]{2}系(?=[\u4e00-\u9fff]{4,}专业|教师|学生))"
)
# A numeral that counts something: no year, date or period.
_QUANTITY = re.compile(r"\d(?![\d.]*[-—–年月日])")
# “以点带面发挥带动作用”: how it was done, not what.
_CIRCUMSTANCE = re.compile(r"发挥.*(?:作用|优势)$")
_HELPS = re.compile(r"(?:帮助|协助|指导|支持|支援|帮扶|助推|服务|给|为|向|派到|前往|到|赴)(?:协助|帮助)?$")
_BOTH = ("双方", "两校", "校企双方", "双方学校")
_SELF = ("我校", "学校", "学院", "本校", "我院")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Clauses of one statement that make one task."""

    span: Span
    clauses: tuple[Span, ...]


@cache
def _pattern(name: str, head: bool = False) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in getattr(task_words(), name))
    return re.compile(rf"^(?:{words})" if head else rf"(?:{words})")


def find_tasks(
    text: str,
    items: Sequence[Item],
    counts: Sequence[Count],
    *,
    sha256: str,
    meta: Meta,
    aliases: Sequence[Alias],
) -> tuple[Task, ...]:
    """The tasks of a report in reading order; every count of a task lies in its statement or in a result that follows it."""
    by_item: dict[str | None, list[Count]] = {}
    for count in counts:
        if count.table is None:
            by_item.setdefault(count.item, []).append(count)
    names = _Names(meta, aliases)
    tasks: list[Task] = []
    for item in items:
        if item.kind not in (Kind.MEASURE, Kind.ACHIEVEMENT):
            continue
        own = [c for c in by_item.get(item.id, []) if c.status is not Status.BASELINE]
        if _is_result(text, item) and tasks and tasks[-1].section == item.section:
            tasks[-1] = _with_result(tasks[-1], item, own)
            continue
        for part in _parts(text, item.span, names):
            tasks.append(_task(text, item, part, own, names, sha256))
    return tuple(tasks)


def _is_result(text: str, item: Item) -> bool:
    """Whether an achievement only says what came of the measure before it."""
    if item.kind is not Kind.ACHIEVEMENT:
        return False
    if _pattern("effect", head=True).search(item.text):
        return True
    opened = [c.of(text) for c in clauses(text, item.span)]
    return (
        bool(opened)
        and not any(_pattern("done").search(c) for c in opened)
        and (bool(_pattern("effect").search(item.text)) or item.text.startswith(("通过", "从而", "由此", "有效", "为")))
    )


def _with_result(task: Task, item: Item, counts: Sequence[Count]) -> Task:
    effect = task.effect + "；" + item.text.rstrip("。；") if task.effect else item.text.rstrip("。；")
    return replace(task, effect=effect, counts=task.counts + tuple(c.id for c in counts))


def _parts(text: str, sentence: Span, names: _Names) -> list[_Part]:
    """The statement cut into tasks. Clauses before the first action (purpose, time, circumstances) belong to the first."""
    groups: list[list[Span]] = []
    waiting: list[Span] = []  # circumstances between two actions: they belong to the one that follows
    acted = False  # whether the open group already has an accomplished action with an object
    actor: str | None = None
    for clause in clauses(text, sentence):
        words = clause.of(text)
        subject = names.actor(words)
        action = _acts(words)
        result = _pattern("effect").search(words) and not _QUANTITY.search(words)
        again = acted and not result and (_starts_again(words) or (subject is not None and subject != actor))
        if acted and not again and not action and _only_purpose(words) and not result:
            waiting.append(clause)
            continue
        if not groups or again:
            groups.append([*waiting, clause])
            acted = action
        else:
            groups[-1] += [*waiting, clause]
            acted = acted or action
        waiting = []
        actor = subject or actor
    if waiting:
        groups[-1] += waiting
    return [_Part(span=Span(g[0].start, g[-1].end), clauses=tuple(g)) for g in groups]


def _acts(words: str) -> bool:
    """Whether a clause tells an accomplished action with an object."""
    return _done(words) is not None and not _only_purpose(words)


def _done(words: str) -> re.Match[str] | None:
    """The first verb of an accomplished action in `words`, names in 《》 and “” left out."""
    masked = re.sub(r"《[^》]*》|“[^”]*”", lambda m: "□" * len(m.group()), words)
    found = _pattern("done").search(masked)
    return None if found and masked[found.end() : found.end() + 1] == "率" else found


def _starts_again(words: str) -> bool:
    """Whether a clause starts another task: with a connective and an action, or with an action that has 《…》, 了 or a number."""
    connective = _pattern("connectives", head=True).match(words)
    if connective:
        return len(words) - connective.end() >= 4
    plain = _pattern("softeners", head=True).sub("", _DATE.sub("", words, count=1) if _DATE.match(words) else words)
    plain = _PERIOD.sub("", plain)
    verb = _done(plain)
    if verb is None or verb.start() > _LATEST_VERB or _only_purpose(words):
        return False
    rest = plain[verb.end() :]
    return len(rest) >= 3 and ("《" in rest or _QUANTITY.search(rest) is not None)


def _only_purpose(words: str) -> bool:
    plain = _pattern("softeners", head=True).sub("", words)
    if plain.startswith("以") and not re.match(r"以(?:.+为|推进|提升|提高|促进|推动|加强|确保|适应|满足|保证)", plain):
        return False
    return bool(_pattern("purpose", head=True).match(plain)) and "了" not in plain


def _task(text: str, item: Item, part: _Part, counts: Sequence[Count], names: _Names, sha256: str) -> Task:
    words = part.span.of(text)
    effects = [c.of(text) for c in part.clauses if _pattern("effect").search(c.of(text)) and c != part.clauses[0]]
    actor = names.actor(words) or names.actor(text[item.span.start : part.span.start])
    return Task(
        id=finding_id(sha256, "task", part.span),
        item=item.id,
        section=item.section,
        area=item.area,
        span=part.span,
        brief=_brief(text, part, names),
        actor=actor,
        beneficiary=names.beneficiary(words, actor),
        departments=tuple(dict.fromkeys(DEPARTMENT.findall(words))),
        time=_time(words),
        state=_state(words, any(c.status is Status.ACTUAL and part.span.contains(c.span) for c in counts)),
        effect="，".join(effects) or None,
        counts=tuple(c.id for c in counts if part.span.contains(c.span)),
        page=item.page,
        confidence=item.confidence,
    )


def _brief(text: str, part: _Part, names: _Names) -> str:
    """The short wording: the action clauses without purpose, circumstances, subject and padding, cut from the words.

    >>> text = "为加强合作，积极选派12名教师到校任教"
    >>> cut = _Part(span=Span(0, len(text)), clauses=tuple(clauses(text, Span(0, len(text)))))
    >>> _brief(text, cut, _Names(Meta(), ()))
    '选派12名教师到校任教'
    """
    kept: list[str] = []
    for clause in part.clauses:
        words = clause.of(text).strip()
        if _pattern("effect").search(words) and kept:
            continue
        words = names.without_subject(words)
        if _CIRCUMSTANCE.search(words) or (_only_purpose(words) and not _done_after_purpose(words)):
            continue
        words = _DATE.sub("", words, count=1) if _DATE.match(words) else words
        words = _pattern("connectives", head=True).sub("", words)
        words = _pattern("softeners", head=True).sub("", words)
        if (words and sum(map(len, kept)) + len(words) <= _LONGEST_BRIEF) or not kept:
            kept.append(words)
    return "，".join(k for k in kept if k) or part.span.of(text)


def _done_after_purpose(words: str) -> bool:
    """A clause such as “在全省率先成立…”: opens like a circumstance but tells the action itself."""
    verb = _done(words)
    return (
        verb is not None
        and verb.start() > 2
        and not words.endswith(
            (
                "下",
                "中",
                "后",
                "时",
                "来",
                "上",
                "期间",
                "基础",
                "契机",
                "目标",
                "为重点",
                "为抓手",
                "原则",
                "优势",
                "作用",
            )
        )
    )


def _time(words: str) -> str | None:
    found = _DATE.search(words)
    return found.group() if found else None


def _state(words: str, counted: bool) -> TaskState:
    if _pattern("late").search(words):
        return TaskState.LATE
    ongoing = _pattern("ongoing").search(words)
    if re.search(r"(?<!为)了(?!解)|完成|已经|已(?=[\u4e00-\u9fff])", words) or counted:
        return TaskState.DONE
    if ongoing:
        return TaskState.ONGOING
    return TaskState.DONE if _done(words) else TaskState.UNKNOWN


class _Names:
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

    def actor(self, words: str) -> str | None:
        """Who acts: the first body named at the head of a clause; `None` when nobody is."""
        for clause in clauses(words, Span(0, len(words))):
            plain = _pattern("connectives", head=True).sub("", clause.of(words))
            found = self._any.match(_DATE.sub("", plain, count=1) if _DATE.match(plain) else plain)
            if found:
                return self._full[found.group()]
        return None

    def beneficiary(self, words: str, actor: str | None) -> str | None:
        """Who profits: the body after 帮助, 协助, 指导 …, or the other one of a pair; 双方 for what both did."""
        if actor == "双方":
            return "双方"
        for found in self._any.finditer(words):
            name = self._full[found.group()]
            if name in self._bodies and name != actor and _HELPS.search(words[: found.start()]):
                return name
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
