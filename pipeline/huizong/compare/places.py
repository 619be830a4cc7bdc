"""Where clauses end and times are told in a report's text, found once and looked up for each of its counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_END = re.compile(r"[，。；：！？\n]|[,;](?!\d)")
_YEARS_TOGETHER = (
    r"年均|[五四三两]年(?:来|间|累计|共|时间|期间)|(?:过去|今后|未来)(?:的)?[五四三]年|(?<![\d第〇零一二三四五六七八九十])[五四三]年(?:新[增建]|建成|完成|投入)|[五四三]年(?:规划|奋斗|建成|建设)"
    r"|[五四三]年[^，。；]{0,2}(?=城镇)|近[几三五两]年|“?十[一二三四五]五”?(?:期间|时期|以来|末|累计)"
    r"|(?<!\d)20\d\d年以来|20\d\d[-—~～至]20\d\d年|协议期"
)
TIMES = re.compile(
    rf"(?P<years>{_YEARS_TOGETHER})|(?P<school>学年)|(?P<part>上半年|下半年|[一二三四]季度|\d{{1,2}}[-—~～至]\d{{1,2}}月)"
    r"|(?P<year>(?<![比较从由到])(?:去年|上年|今年|全年|一年来|过去一年|过去的一年|本年|当年|20\d\d年(?!以来|来|前|底前)))"
)
"""Words for a time, by what they cover: several years, a school year, a part of a year, a year."""


class Places:
    """The ends of the clauses and the words for times of one text."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        ends = [found.span() for found in _END.finditer(text)]
        self._starts_of_ends = [start for start, _ in ends]
        self._ends = ends
        self._times = list(TIMES.finditer(text))
        self._ends_of_times = [found.end() for found in self._times]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the clause around start..end, without the marks at its ends."""
        before = bisect_left(self._starts_of_ends, start)
        behind = bisect_left(self._starts_of_ends, end)
        return (
            self._ends[before - 1][1] if before else 0,
            self._starts_of_ends[behind] if behind < len(self._ends) else self._length,
        )

    def last_time(self, start: int, end: int) -> re.Match[str] | None:
        """The last words for a time that stand wholly within start..end."""
        at = bisect_right(self._ends_of_times, end) - 1
        found = self._times[at] if at >= 0 else None
        return found if found is not None and found.start() >= start else None
