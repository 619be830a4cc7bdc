"""What a person wrote in a cell → what it sets in the report.

A value that the report has a place for is set there, so that comparisons and forms see it; every other one is wording of its
cell alone, kept as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from huizong.indicators import catalogue
from huizong.records import Level, Nature, TaskState, Value
from huizong.tables.columns import AREA_NAMES, CHANGE_NAMES, KIND_NAMES, STATUS_NAMES

_YEAR = re.compile(r"(20\d\d)年?")
_YEARS = re.compile(r"(20\d\d)(?:\s*[-–—~～至]\s*(20\d\d))?年?")
_YES, _NO = frozenset({"是", "√", "有", "对"}), frozenset({"否", "×", "无", "不是"})
_LIST = re.compile(r"[、，,；;\n]+")
_REFERENCES = {"对应计划": "plans", "对应问题": "issues", "所属措施": "item"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """`target` names what is set ("" : only the cell), `value` what to; `note` says in Chinese why it could not be set."""

    target: str = ""
    value: Any = None
    note: str = ""


_CELL_ONLY = Meaning()
_Read = Callable[[Value], Meaning]


def meaning(table: str, column: str, value: Value) -> Meaning:
    """What `value` in a column of a table sets.

    >>> meaning("指标台账", "级别", "省级").value, meaning("指标台账", "数值", "12").value, meaning("汇总表", "状态", "办结").target
    ('省', 12.0, '')
    """
    read = _COLUMNS.get(table, {}).get(column)
    return read(value) if read else _CELL_ONLY


def reference_target(column: str) -> str | None:
    """`plans`, `issues` or `item` for a column that names other rows by their numbers; `None` for all others."""
    return _REFERENCES.get(column)


def years(value: Value) -> tuple[int, ...] | None:
    """The years of “2021” or “2020–2021”; `None` for anything else."""
    found = _YEARS.fullmatch(f"{value:g}" if isinstance(value, float) else str(value))
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(range(first, last + 1)) if first <= last else None


def _words(target: str) -> _Read:
    return lambda value: Meaning(target, None if value is None else _text(value))


def _needed(target: str) -> _Read:
    return lambda value: _CELL_ONLY if value is None else Meaning(target, _text(value))


def _many(target: str) -> _Read:
    return lambda value: Meaning(target, [] if value is None else [w for w in _LIST.split(_text(value)) if w])


def _number(target: str, *, needed: bool = False) -> _Read:
    def read(value: Value) -> Meaning:
        if value is None:
            return _CELL_ONLY if needed else Meaning(target, None)
        if isinstance(value, (int, float)):
            return Meaning(target, float(value))
        words = value.replace(",", "").replace("，", "").removesuffix("%").removesuffix("％").strip()
        try:
            return Meaning(target, float(words))
        except ValueError:
            return Meaning(note=f"“{value}”不是数，只改这一格的文字")

    return read


def _choice(target: str, names: Mapping[str, Any], *, what: str, optional: bool = False) -> _Read:
    def read(value: Value) -> Meaning:
        if value is None:
            return Meaning(target, None) if optional else _CELL_ONLY
        words = _text(value).strip()
        if words in names:
            return Meaning(target, str(names[words]))
        return Meaning(note=f"“{words}”不在{what}里，只改这一格的文字")

    return read


def _yes(target: str) -> _Read:
    def read(value: Value) -> Meaning:
        if value is None or str(value) in _NO:
            return Meaning(target, False)
        return (
            Meaning(target, True) if str(value) in _YES else Meaning(note=f"“{value}”应填“是”或留空，只改这一格的文字")
        )

    return read


def _year(value: Value) -> Meaning:
    if value is None:
        return Meaning("year", None)
    found = _YEAR.fullmatch(_text(value))
    return Meaning("year", int(found[1])) if found else Meaning(note=f"“{value}”不是一个年份，只改这一格的文字")


def _indicator(value: Value) -> Meaning:
    if value is None:
        return Meaning("indicator", "")
    known = {i.id for i in catalogue()}
    words = _text(value).strip().upper()
    return Meaning("indicator", words) if words in known else Meaning(note=f"指标目录里没有“{value}”，只改这一格的文字")


def _indicator_name(value: Value) -> Meaning:
    found = next((i.id for i in catalogue() if i.name == value), None)
    return Meaning("indicator", found) if found else _CELL_ONLY


def _text(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _by_name(names: Mapping[Any, str]) -> dict[str, Any]:
    return {name: member for member, name in names.items()}


def _by_word(members: type[StrEnum]) -> dict[str, Any]:
    return {str(member): member for member in members}


_LEVELS = {**_by_word(Level), **{f"{level}级": level for level in Level}, "国": Level.NATIONAL}
_STATES = {**_by_word(TaskState), "完成": TaskState.DONE, "滞后": TaskState.LATE, "未开展": TaskState.LATE}
_AREA = _choice("area", _by_name(AREA_NAMES), what="十四个领域", optional=True)
_KIND = _choice("kind", _by_name(KIND_NAMES), what="类别（措施、成效、问题、计划、背景、其他）")
_ITEM: dict[str, _Read] = {"领域": _AREA, "类别": _KIND}
_COLUMNS: dict[str, dict[str, _Read]] = {
    "汇总表": {
        "帮扶项目(领域)": _AREA,
        "具体任务": _needed("brief"),
        "实施主体": _words("actor"),
        "受益方": _words("beneficiary"),
        "对口部门": _many("departments"),
        "时间": _words("time"),
        "状态": _choice("state", _STATES, what="状态（已完成、进行中、拟开展、滞后/未开展、不明）"),
        "定性成效": _words("effect"),
    },
    "措施台账": _ITEM,
    "问题台账": _ITEM | {"原因": _words("cause")},
    "计划台账": _ITEM | {"时限": _words("deadline"), "责任": _words("owner")},
    "指标台账": {
        "指标号": _indicator,
        "指标名": _indicator_name,
        "数值": _number("value", needed=True),
        "下限": _number("lower"),
        "上限": _number("upper"),
        "单位": lambda value: Meaning("unit", "" if value is None else _text(value)),
        "概数": _yes("approx"),
        "对象": _words("object"),
        "级别": _choice("level", _LEVELS, what="级别（国家、省、市、校）", optional=True),
        "归属": _words("subject"),
        "性质": _choice("nature", _by_word(Nature), what="性质（当年、新增、累计、截至、目标、基数、占比、推算）"),
        "增减": _choice("change", _by_name(CHANGE_NAMES), what="增减（水平、增加、减少）"),
        "状态": _choice("status", _by_name(STATUS_NAMES), what="状态（实际、目标、基数）"),
        "时间口径": _year,
        "列举项": _many("listed"),
    },
}
