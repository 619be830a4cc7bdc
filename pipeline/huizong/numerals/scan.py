"""Finds numerals in running text and reads them: Arabic, full-width, Chinese, mixed, ranges, ratios, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from huizong.numerals.bounds import AFTER, BEFORE, BEFORE_ROUND, Interval, interval, step_of
from huizong.numerals.chinese import plain
from huizong.numerals.patterns import NUMBER, OPENS
from huizong.numerals.reading import Form, Part, join_range, read, scale_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral of the text. Offsets are 0-based and half-open.

    `start..end` is what is printed, approximating words included (约1,200万, 十余, 300以上); `core` is where the numeral
    itself starts. `value` (and `high` of a range) is the number as printed, `scale` the 万/亿 that belongs to the unit, so
    that `amount` is the full quantity. `bare` marks a round word without a digit (百, 万): 百万, 上千.
    """

    start: int
    core: int
    end: int
    value: float
    high: float | None
    scale: str
    step: float
    form: Form
    chinese: bool
    bare: bool
    before: str
    inside: str
    after: str
    guessed: bool = False  # 七八十: a guess between two digits

    @property
    def amount(self) -> float:
        """The value with 万/亿 multiplied out (of a range: of its lower end)."""
        return self.value * scale_factor(self.scale)

    @property
    def amounts(self) -> Interval:
        """The bounds with 万/亿 multiplied out: 二十余万 is 210000..290000."""
        return self.interval.times(scale_factor(self.scale))

    @property
    def interval(self) -> Interval:
        """The bounds in the printed scale: 十余 is 11..19."""
        return self.interval_with(self.after)

    def interval_with(self, after: str) -> Interval:
        """The bounds when `after` (以上, 左右 …) stands behind the unit instead of behind the numeral."""
        return interval(
            self.value,
            self.high,
            step=self.step,
            before=self.before,
            inside=self.inside,
            after=after,
            guessed=self.guessed,
        )


# 人数十, 总数百: the 数 belongs to the word before.
_NOUN_WITH_COUNT = re.compile(r"[总人次件倍基指个位分系参岁户天总函奇偶度]$")
# A minus opens the text or stands behind a word of growth (增长-2.1%); between digits or letters it joins.
_MINUS = re.compile(r"(?<=[长幅速降增为率跌度到了：:（(])[-－−]$|^[-－−]$|(?<![抱担辜肩欺胜背自减])负$")


# What may stand between an approximating word and its number: 超过了, 至少有.
_BARE_WORD = re.compile(r"(?<=.)[了有为是]$(?<!约为)")
# 千 and 百 as parts of units and words: 平方千米, 千瓦, 百分点.
_WORD = re.compile(r"千[瓦克卡赫焦帕伏]|(?<=方)千米|百分[点位之比数制]")


_BROKEN = 100  # 粉丝破千, 收入破3000万元; not fewer


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of `text` that has a value, in order, without overlaps.

    Not told apart here: years, dates, numbering and words such as 一流; that is a matter of context. A run of Chinese
    numeral characters that is no number (二三级 as a list) is left out.

    >>> [(n.value, n.scale, n.before or n.inside) for n in find_numerals("十余所高校，投入约1,200万元")]
    [(10.0, '', '余'), (1200.0, '万', '约')]
    """
    return list(_scan(text))


def parse_numeral(text: str) -> Numeral | None:
    """The numeral that the whole of `text` is, surrounding blanks aside; `None` when it is none.

    >>> parse_numeral("十二万").amount
    120000.0
    """
    found = find_numerals(text.strip())
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(text.strip()):
        return found[0]
    return None


def _scan(text: str) -> Iterator[Numeral]:
    norm = plain(text)
    at = 0
    while (opens := OPENS.search(norm, at)) is not None:
        start = opens.start()
        match = NUMBER.match(norm, start)
        part = read(match, norm) if match else None
        if match is None or part is None:
            at = match.end() if match else start + 1
            continue
        if norm[start] == "数" and _NOUN_WITH_COUNT.search(norm, max(0, start - 1), start):
            at = start + 1
            continue
        if part.bare and _of_word(norm, start, at):
            at = start + 1
            continue
        sign = _MINUS.search(norm, max(0, start - 2), start)
        joined = replace(part, value=-part.value) if sign else join_range(norm, part)
        yield _numeral(norm, start - (1 if sign else 0), joined)
        at = max(joined.end, joined.resume, start + 1)


def _of_word(norm: str, start: int, at: int) -> bool:
    """Whether the round word at `start` is the 千 of 5千瓦 (`at`: where the numeral before ended) or a part of 百分点."""
    return start > 0 and (norm[start - 1].isdigit() or start == at or _WORD.match(norm, start) is not None)


def _numeral(norm: str, start: int, part: Part) -> Numeral:
    before = BEFORE.search(norm[max(0, start - 5) : start])
    if before is None and part.bare:
        before = BEFORE_ROUND.search(norm[max(0, start - 2) : start])
    if before is not None and before.group() == "破" and not part.scale and part.value < _BROKEN:
        before = None  # 盗窃案破28起
    after = AFTER.match(norm, part.end)
    return Numeral(
        start=start - (before.end() - before.start() if before else 0),
        core=start,
        end=after.end() if after else part.end,
        value=float(part.value),
        high=None if part.high is None else float(part.high),
        scale=part.scale,
        step=step_of(part.digits, part.value),
        form=part.form,
        chinese=part.chinese,
        bare=part.bare,
        before=_BARE_WORD.sub("", before.group().strip()) if before else "",
        inside=part.inside,
        guessed=part.guessed,
        after=after.group().strip() if after else "",
    )
