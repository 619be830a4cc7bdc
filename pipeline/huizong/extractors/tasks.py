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

from huizong.extractors.clauses import clauses
from huizong.extractors.task_names import TIME, TaskNames, pattern
from huizong.records import Alias, Count, Item, Kind, Meta, Span, Status, Task, TaskState, finding_id

_LONGEST_BRIEF = 60
_LONGEST_WITH_DEEDS = (
    120  # a clause that tells another deed or a number is kept up to here: one left out is worse than a long cell
)
_LATEST_VERB = 3  # a clause whose verb comes later tells of something, not an action of its own
_PERIOD = re.compile(r"^(?:全年|年内|当年|本年度|一年来|累计|共计|其中)共?")
DEPARTMENT = re.compile(
    r"(?:党政办公室|学校办公室|两校办公室|党委办公室|办公室|组织人事处|组织处|组织部|宣传部|统战部|纪委办|人事处|教务处|学生工作处|学生工作部|学生处|学工处|学工部|科研处|科技处|招生就业处|招就处|招生办|就业办|"
    r"财务处|计财处|资产处|后勤处|总务处|保卫处|团委|工会|图书馆|信息中心|网络中心|实训中心|质管处|质量控制中心|督导室|国际处|继续教育学院|马克思主义学院|各二级学院|各系部|各部门|"
    r"[\u4e00-\u9fff]{2,8}(?:合作中心|研究所|研究中心|管理中心)(?:（[^（）]{2,12}）)?|[\u4e00-\u9fff]{2}系(?=[\u4e00-\u9fff]{4,}专业|教师|学生))"
)
# A numeral that counts something: no year, date or period.
_QUANTITY = re.compile(r"\d(?![\d.]*[-—–年月日])")
# “并就绩效分配进行了交流”: another deed with circumstances of its own.
_AND_THERE = re.compile(r"并(?:就|对|与|同|向|赴|到|派)(?=[\u4e00-\u9fff]{3})")
# “以及资源库建设中”: goes on with the list of the clause before.
_GOES_ON = re.compile(r"(?:以及|及|和|或)(?!时)")
# “确保定下的目标落到实处”: what for.
_AIM = re.compile(r"(?:保证|确保|保障|以便|力争|力求|使|让)")
# “给予了大力支持”: thanks and praise rather than a deed of its own.
_VAGUE_DEED = re.compile(r"给予了?[^，。；]{0,12}(?:支持|帮助|配合|关心|肯定|好评)")
# “两校交流频繁”: how things stand since.
_CAME_TO = re.compile(r"(?:频繁|密切|紧密|顺畅|持续下去|深入人心)$")
# “以点带面发挥带动作用”: how it was done, not what.
_CIRCUMSTANCE = re.compile(r"发挥.*(?:作用|优势)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Clauses of one statement that make one task; `outcome` are those of them that only tell what the helped body achieved."""

    span: Span
    clauses: tuple[Span, ...]
    outcome: tuple[Span, ...] = ()


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
    names = TaskNames(meta, aliases)
    tasks: list[Task] = []
    for item in items:
        if item.kind not in (Kind.MEASURE, Kind.ACHIEVEMENT):
            continue
        own = [c for c in by_item.get(item.id, []) if c.status is not Status.BASELINE]
        if _is_result(text, item) and tasks and tasks[-1].section == item.section:
            tasks[-1] = _with_result(tasks[-1], item, own)
            continue
        for part in _parts(text, item.span, names):
            task = _task(text, item, part, own, names, sha256)
            if task.actor is None and tasks and tasks[-1].item == item.id:
                task = replace(task, actor=tasks[-1].actor)
            tasks.append(task)
    return tuple(tasks)


def _is_result(text: str, item: Item) -> bool:
    """Whether a statement only says what came of the measure before it."""
    if _came_of_it(text, item):
        return True
    if item.kind is not Kind.ACHIEVEMENT:
        return False
    if pattern("effect", head=True).search(item.text):
        return True
    opened = [c.of(text) for c in clauses(text, item.span)]
    return (
        bool(opened)
        and not any(pattern("done").search(c) for c in opened)
        and (bool(pattern("effect").search(item.text)) or item.text.startswith(("通过", "从而", "由此", "有效", "为")))
    )


def _came_of_it(text: str, item: Item) -> bool:
    """“通过这一平台，两校交流频繁，给予了大力支持”: by the means told before it came to something, and nothing else was done."""
    opened = [c.of(text) for c in clauses(text, item.span)]
    if len(opened) < 2 or not opened[0].startswith(("通过", "由此", "从而")):
        return False
    others = opened[1:]
    if any(_done(_VAGUE_DEED.sub("", words)) for words in others):
        return False
    return any(pattern("effect").search(words) or _CAME_TO.search(words) for words in others)


def _with_result(task: Task, item: Item, counts: Sequence[Count]) -> Task:
    effect = task.effect + "；" + item.text.rstrip("。；") if task.effect else item.text.rstrip("。；")
    return replace(task, effect=effect, counts=task.counts + tuple(c.id for c in counts))


def _parts(text: str, sentence: Span, names: TaskNames) -> list[_Part]:
    """The statement cut into tasks. Clauses before the first action (purpose, time, circumstances) belong to the first."""
    groups: list[list[Span]] = []
    waiting: list[Span] = []  # circumstances between two actions: they belong to the one that follows
    outcome: set[Span] = set()
    acted = False  # whether the open group already has an accomplished action with an object
    actor = helped = None
    for clause in clauses(text, sentence):
        words = clause.of(text)
        subject = names.actor(words)
        action = _acts(words)
        result = pattern("effect").search(words) and not _QUANTITY.search(words)
        if acted and subject is not None and subject == helped and _QUANTITY.search(words):
            outcome.add(clause)  # 指导B调整专业结构，B新增专业3个
            again = False
        else:
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
        helped = names.beneficiary(words, actor)
        actor = subject or actor
    if waiting:
        groups[-1] += waiting
    return [
        _Part(span=Span(g[0].start, g[-1].end), clauses=tuple(g), outcome=tuple(c for c in g if c in outcome))
        for g in groups
    ]


def _acts(words: str) -> bool:
    """Whether a clause tells an accomplished action with an object."""
    return _done(words) is not None and not _only_purpose(words)


def _done(words: str) -> re.Match[str] | None:
    """The first verb of an accomplished action in `words`, names in 《》 and “” left out."""
    masked = re.sub(r"《[^》]*》|“[^”]*”", lambda m: "□" * len(m.group()), words)
    found = pattern("done").search(masked)
    return None if found and masked[found.end() : found.end() + 1] == "率" else found


def _starts_again(words: str) -> bool:
    """Whether a clause starts another task: with a connective and an action, or with an action that has 《…》, 了 or a number."""
    connective = pattern("connectives", head=True).match(words)
    if connective:
        return len(words) - connective.end() >= 4
    if _AND_THERE.match(words) and "了" in words and _done(words):
        return True
    plain = pattern("softeners", head=True).sub("", TIME.sub("", words, count=1) if TIME.match(words) else words)
    plain = _PERIOD.sub("", plain)
    verb = _done(plain)
    if verb is None or verb.start() > _LATEST_VERB or _only_purpose(words):
        return False
    rest = plain[verb.end() :]
    return len(rest) >= 3 and ("《" in rest or _QUANTITY.search(rest) is not None)


def _only_purpose(words: str) -> bool:
    plain = pattern("softeners", head=True).sub("", words)
    if plain.startswith("以") and not re.match(r"以(?:.+为|推进|提升|提高|促进|推动|加强|确保|适应|满足|保证)", plain):
        return False
    return bool(pattern("purpose", head=True).match(plain)) and "了" not in plain


def _task(text: str, item: Item, part: _Part, counts: Sequence[Count], names: TaskNames, sha256: str) -> Task:
    words = part.span.of(text)
    effects = [c.of(text) for c in part.clauses if pattern("effect").search(c.of(text)) and c != part.clauses[0]]
    actor = names.actor(words) or names.last_actor(text[item.span.start : part.span.start]) or names.signers(words)
    beneficiary = names.beneficiary(words, actor)
    if actor is None and _without_subject(text, part):
        actor = names.other(beneficiary)  # of two schools, whoever helps the one is the other
    return Task(
        id=finding_id(sha256, "task", part.span),
        item=item.id,
        section=item.section,
        area=item.area,
        span=part.span,
        brief=_brief(text, part, names),
        actor=actor,
        beneficiary=beneficiary,
        departments=tuple(dict.fromkeys(DEPARTMENT.findall(words))),
        time=_time(words),
        state=_state(words, any(c.status is Status.ACTUAL and part.span.contains(c.span) for c in counts)),
        effect="，".join(effects) or None,
        counts=tuple(c.id for c in counts if part.span.contains(c.span)),
        page=item.page,
        confidence=item.confidence,
    )


def _without_subject(text: str, part: _Part) -> bool:
    """Whether the first clause that tells a deed opens with its verb."""
    for clause in part.clauses:
        words = pattern("softeners", head=True).sub("", clause.of(text))
        if not _only_purpose(words) and not _CIRCUMSTANCE.search(words):
            verb = _done(words)
            return verb is not None and verb.start() == 0
    return False


def _brief(text: str, part: _Part, names: TaskNames) -> str:
    """The short wording: the action clauses without purpose, circumstances, subject and padding, cut from the words.

    >>> text = "为加强合作，积极选派12名教师到校任教"
    >>> cut = _Part(span=Span(0, len(text)), clauses=tuple(clauses(text, Span(0, len(text)))))
    >>> _brief(text, cut, TaskNames(Meta(), ()))
    '选派12名教师到校任教'
    """
    kept: list[str] = []
    last = False  # whether the clause before was kept
    for clause in part.clauses:
        words = clause.of(text).strip()
        if clause in part.outcome or (pattern("effect").search(words) and kept):
            continue
        words = names.without_subject(words)
        if _CIRCUMSTANCE.search(words) or (_only_purpose(words) and not _done_after_purpose(words)):
            continue
        words = TIME.sub("", words, count=1) if TIME.match(words) else words
        words = pattern("connectives", head=True).sub("", words)
        words = pattern("softeners", head=True).sub("", words)
        longest = _LONGEST_BRIEF
        deed = (_done(words) or _QUANTITY.search(words)) and not _AIM.match(words)
        if deed or (_GOES_ON.match(words) and last):
            longest = _LONGEST_WITH_DEEDS
        last = not kept or (bool(words) and sum(map(len, kept)) + len(words) <= longest)
        if last:
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
    found = TIME.search(words)
    return found.group().removeprefix("在") if found else None


def _state(words: str, counted: bool) -> TaskState:
    if pattern("late").search(words):
        return TaskState.LATE
    ongoing = pattern("ongoing").search(words)
    if re.search(r"(?<!为)了(?!解)|完成|已经|已(?=[\u4e00-\u9fff])", words) or counted:
        return TaskState.DONE
    if ongoing:
        return TaskState.ONGOING
    return TaskState.DONE if _done(words) else TaskState.UNKNOWN
