"""Counts for the cells of a form: the one value that fits, in the unit that the form wants. Two that differ are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huizong.indicators import Match
from huizong.lexicon.forms import form_words, plain
from huizong.records import Change, Count, Level, Status

Value = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count of a report with the indicator that it was found to be, the year it stands for and whose report it is in."""

    count: Count
    match: Match | None
    year: int | None
    school: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The value for a cell and its unit, or `None` and why there is none (Chinese, "" when the report just does not say it)."""

    value: Value | None
    unit: str = ""
    reason: str = ""


def in_unit(count: Count, unit: str) -> Value | None:
    """The number of a count in `unit`, `None` where they do not fit. An approximate one keeps its words (十余).

    Units that differ by a factor (元, 万元) are converted; `unit` "" takes the words with the unit of the report.
    """
    if not unit:
        return count.said or count.quote
    if count.unit == unit:
        words = (count.said or count.quote).removesuffix(unit).strip()
        return words if count.approx or count.lower != count.upper else tidy(count.value)
    scale = next((s for s in form_words().scales if unit in s and count.unit in s), None)
    if scale is None or count.approx or count.value is None or count.lower != count.upper:
        return None
    return tidy(count.value * scale[count.unit] / scale[unit])


def tidy(value: float | None) -> Value | None:
    """Whole numbers without a point, others without the dust of binary fractions.

    >>> tidy(3.0), tidy(0.1 + 0.2)
    (3, 0.3)
    """
    if value is None:
        return None
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def amount(counts: Sequence[Count], unit: str, counted: str) -> Answer:
    """The one amount in `unit` among the counts of a row; with `counted`, of just this."""
    fitting = [c for c in counts if not counted or plain(c.object or "") == counted]
    values = dict.fromkeys(v for c in fitting if (v := in_unit(c, unit)) is not None)
    if len(values) > 1:
        return Answer(value=None, reason=f"一行里有 {len(values)} 个以“{unit}”计的数")
    return Answer(value=next(iter(values), None))


def look_up(
    figures: Sequence[Figure], name: str, unit: str | None, year: int | None, *, target: bool = False
) -> Answer:
    """The value of the indicator that a form calls `name`, in `unit` (`None`: the unit is asked for as well, "": it goes with the words).

    A count fits when it counts just this, or is the indicator of this name in the catalogue; of rates (%) another name of the
    same indicator will do as well. What belongs to another body than the reporting school, or is only that of one level (省级)
    where the form names none, does not fit. Values that differ give none.
    """
    wanted = Status.TARGET if target else Status.ACTUAL
    bare = plain(name).removesuffix("数量").removesuffix("数")
    named = [
        f for f in figures
        if f.count.status is wanted and f.count.change is Change.LEVEL and (year is None or f.year == year) and _named(f, bare)
    ]  # fmt: skip
    own = [f for f in named if _own(f)]
    fitting = [f for f in own if _of_level(f, bare)]
    if not fitting:
        if own:
            return Answer(value=None, reason=f"报告里只有{own[0].count.level}级的")
        return Answer(value=None, reason=f"报告里的数属于“{named[0].count.subject}”" if named else "")
    values = [
        (f, (v, f.count.unit)) for f in fitting if (v := _value(f, f.count.unit if unit is None else unit)) is not None
    ]
    if not values:
        return Answer(value=None, reason=f"报告里的单位是“{fitting[0].count.unit}”，与表中“{unit}”不同")
    exact = [value for figure, value in values if _counts(figure, bare)]
    different = dict.fromkeys(exact or [value for _, value in values])
    if len(different) > 1:
        return Answer(
            value=None, reason=f"报告里有 {len(different)} 个值：{'、'.join(f'{v}{u}' for v, u in different)}"
        )
    value, own_unit = next(iter(different))
    return Answer(value=value, unit=own_unit if unit is None else unit)


def _value(figure: Figure, unit: str) -> Value | None:
    value = in_unit(figure.count, unit)
    if value is None and figure.match is not None and unit in figure.match.indicator.units:
        return in_unit(figure.count, figure.count.unit)  # 个 and 项 of the same indicator
    return value


def _counts(figure: Figure, name: str) -> bool:
    counted, level = plain(figure.count.object or ""), figure.count.level
    return bool(counted) and (counted == name or (level is not None and f"{level}级{counted}" == name))


def _named(figure: Figure, name: str) -> bool:
    if _counts(figure, name):
        return True
    if figure.match is None or figure.match.score < 1:
        return False  # 康养专业专任教师 are some of the 专任教师, not all
    indicator = figure.match.indicator
    return plain(indicator.name) == name or (indicator.unit == "%" and name in map(plain, indicator.names))


def _own(figure: Figure) -> bool:
    return figure.count.subject is None or figure.school is None or figure.count.subject == figure.school


def _of_level(figure: Figure, name: str) -> bool:
    level = figure.count.level
    return level is None or level is Level.SCHOOL or f"{level}级" in name
