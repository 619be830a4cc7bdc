"""A run of numbers dealt out to the things that a list names for them: 甲、乙分别增长8%、9%, 占比依次为8%、1%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_lists import dealt_before, members_of, told_in_turn
from huizong.extractors.count_phrases import Found
from huizong.lexicon.units import counting_words

BARE_SHARES = frozenset({"比例", "占比", "比重", "比率"})
_TIMED = re.compile(
    r"(?P<thing>\D*?)(?:(?:20\d\d|[今去前当上])年[度底末初]?|\d{1,2}月(?:\d{1,2}日|[份底末初])?|(?:20\d\d年)?(?:[上下]半年|第?[一二三四]季度)|(?:20)?\d\d[级届])(?P<behind>\D*)"
)
_SECTOR = re.compile("^(?=[一二三]产业)")  # 一、二、三产业增加值


def dealt_names(
    text: str, floor: int, run: list[Candidate], first: Found, facts: Sequence[tuple[Candidate, Found]]
) -> list[str] | None:
    """The names of the things of a run of numbers, whose first was found to count `first`; `None` where no list has as many members.

    `floor` is where the text before the run begins that no other number has.
    """
    names = members_of(text, floor, run, first)
    if run[0].unit in {"金", "银", "铜"}:
        names = [run[0].unit + "牌"] * len(run)
    if names is None and (first.name is None or first.follows):
        names = told_in_turn(text, run, facts)
    elif names is None and first.name and (first.name in BARE_SHARES or _takes_share(text, first)):
        # 升学42人，参军6人，占比依次为8%、1%
        names = [told + first.name for told in told_in_turn(text, run, facts) or ()] or None
    elif names is None and first.rule == "verb":  # 培训班2期、研修班3期，分别培训153人和46人
        names = told_in_turn(text, run, facts)
    names = _whatever_year(names, facts) if names else dealt_before(text, run, facts)
    return names and [_SECTOR.sub("第", name) for name in names]


def _whatever_year(names: list[str], facts: Sequence[tuple[Candidate, Found]]) -> list[str] | None:
    """One thing for all where the members are but times: 立项2022年、2023年|分别为3项和5项; 2022年、2023年|分别招生90人和80人.

    `None` where only a verb is told (2022年、2023年分别|安排90万元和80万元) and no other number tells of what.
    """
    timed = [_TIMED.fullmatch(name) for name in names]
    things = {m["thing"] or m["behind"] for m in timed if m is not None} - {"", None}
    if None in timed or len(things) > 1:
        return names
    thing = things.pop() if things else ""
    if thing and thing not in counting_words().strong:
        return [thing] * len(names)
    before = facts[-1][1].name if facts else None
    return [before] * len(names) if before and before != thing else None


def _takes_share(text: str, found: Found) -> bool:
    """Whether the clause opens with what a share is of: …增加值增长8%、9%，占规上工业比重分别为…"""
    opens = found.span is not None and text[found.span.start - 1 : found.span.start] in {"，", "；"}
    return opens and (found.name or "").startswith("占")
