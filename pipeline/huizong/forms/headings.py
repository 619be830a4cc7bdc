"""What the headings of a form's columns mean: synonyms as data, units in brackets, years, headings over two or three rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huizong.lexicon.forms import SourceWords, form_words, plain

_UNIT = re.compile(r"[（(\[【]\s*(?:单位[：:]?)?\s*([^（()）\[\]【】\s\d]{1,5})\s*[)）\]】]")
_YEAR = re.compile(r"(20\d\d)(?:年度?)?(?:数值|数据|数|值|完成值|完成数|实际值)?")
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NO_UNITS = ("可", "须", "请", "必", "选", "填", "限", "盖", "签", "页", "见", "含", "如", "级", "全", "支援", "受援")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What stands under a heading: a column of the sheet that feeds the table, or an amount of money or of `counted`.

    `unit` is that of the heading, `year` a heading such as 2023年.
    """

    column: str
    unit: str = ""
    year: int | None = None
    counted: str = ""


def unit_of(words: str) -> str:
    """The unit in the brackets of a heading, "" when there is none.

    >>> unit_of("金额（万元）"), unit_of("就业率(%)"), unit_of("工作内容（限100字）"), unit_of("经费（单位：元）")
    ('万元', '%', '', '元')
    """
    found = _UNIT.search(words)
    return "" if not found or found[1].startswith(_NO_UNITS) else found[1].replace("％", "%")


def meaning(path: Sequence[str], source: SourceWords) -> Meaning | None:
    """What a heading means for a source; `path` is its words from the top row of the heading down.

    >>> from huizong.lexicon.forms import form_words
    >>> counts = next(source for source in form_words().sources if source.sheet == "指标台账")
    >>> meaning(["完成值（2022年）"], counts) == meaning(["2022年"], counts) == Meaning(column="数值", year=2022)
    True

    The words of all rows together come first, then those of the lowest row. The upper ones alone say too little: what stands
    under 对口部门 / 支援方 is not simply the 对口部门.
    """
    if not path:
        return None
    years = set(map(int, _ANY_YEAR.findall("".join(path))))
    unit = next(filter(None, map(unit_of, reversed(path))), "")
    whole, leaf = plain("".join(path)), plain(path[-1])
    for word in dict.fromkeys((whole, leaf)):
        if word in source.columns:
            year = years.pop() if source.columns[word] in ("数值", "目标值") and len(years) == 1 else None
            return Meaning(column=source.columns[word], unit=unit, year=year)
        yearly = _YEAR.fullmatch(word)
        if yearly and "数值" in source.columns.values():
            return Meaning(column="数值", unit=unit, year=int(yearly[1]))
        if unit and source.sheet in ("汇总表", "计划台账", "措施台账"):
            return Meaning(column="", unit=unit, counted="" if word in form_words().amounts else word)
    return None
