"""What the surroundings of a numeral say that it is, when it is no quantity: year, date, document number, figure, ordinal."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from huizong.lexicon.units import units
from huizong.numerals import Form, Numeral
from huizong.records import NumberRole

_YEAR_AFTER = re.compile(
    r"[ ]?(?:学?年(?!级)|[-—–~～至、/][ ]?(?:20|19)?\d\d[ ]?年|级(?=学生|新生|毕业|本科|各|的|级)|届)"
)
_NUMBERED = "楼栋宿公学教实车线门厅路机仓库校院馆场桥井泵窗"  # 3号楼, 5号学生公寓: neither days nor quantities
_DAY_AFTER = re.compile(
    rf"[ ]?(?:月(?![市饼季刊嫂])|日(?!均|产|处理)|号(?![{_NUMBERED}])|时(?!间|代|期|长)|点(?!位|对)|分(?=许|至)"
    r"|周年|季度|天内|月份)|[-—–~～至][ ]?\d{1,2}[ ]?[月日]"
)
_NUMBERED_AFTER = re.compile(rf"[ ]?号[{_NUMBERED}]")
_PHASE_AFTER = re.compile(r"期(?:工程|项目|建设|建成|扩建|改造|开工|竣工|投[用产运入]|主体|通水|通车)")  # 二期工程
_MONTH_BEFORE = re.compile(r"[年月][ ]?$|月(?:\d{1,2}日)?[-—–~～至][ ]?$")
_FIGURE_BEFORE = re.compile(
    r"(?:(?<![版企意力地贪试构宏蓝])图|(?<![发代报列仪手外年月日])表|附件|附录|附图|附表|(?<![一-龥])式|公式)[ ]?(?:\d{1,2}[-－.、和—])?$"
)
_COUNTED = re.compile(r"[ ]?(?:[个张份条幅套册项人名块]|只(?!有)|台(?!账))")
_DOCUMENT_BEFORE = re.compile(r"[〔\[［【（(](?:19|20)?$|[〕\]］】][ ]?第?$|〔\d{4}〕[第 ]?$")
_DOCUMENT_AFTER = re.compile(r"\d*[〕\]］][ ]?第?\d|[ ]?号(?!召)")
_ORDINAL_BEFORE = re.compile(
    r"(?:第|其|(?<![年月期当学])初|No\.?|N[oº]|编号|序号|居全国前|列全国前|位居前|位列前|排名前|居前|列前|[省市国区系州球界]前"
    r"|进入前|进前|跻身前|末位|倒数|(?<![提目此之日年课会赛岗底月末])前)[ ]?$"
)
_ORDINAL_MARK = re.compile(r"[ ]?(?:、(?!第)|[．.](?!\d)|[）)]|是(?=[^否])|要|：|[是则]?，)")
_ORDINAL_LIST = re.compile(r"第[一二三四五六七八九十\d]+[、和至—-]+$")
_BRACKET_BEFORE = re.compile(r"[（(]$")
_CLAUSE_START = re.compile(r"(?:^|[\n。；！？：:;，、])[ \u3000]*[（(]?$")
_IN_LIST = re.compile(r"\d、$")  # 分别提高20.9、|36.2、54个百分点
_LETTER_BEFORE = re.compile(r"[A-Za-z][-+#/_]?$|[+#/_]$")
_ACRONYM = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}$")
_PHONE = re.compile(r"(?:电话|热线|传真|邮编|QQ|手机|微信)[:：为是]?[ ]?$")
_PIECES = re.compile(r"[余多来]?[部台个只通条次人户张]")
# What so many are behind an acronym: SCI3篇, MOOC12门; not the 级 of CET4级, the 区 of SCI2区, the 班 of MBA2班.
_OF_THEM = frozenset("篇门套项件册盏枚辆幅块个部台本张条人名") | {"节课", "课时", "学时", "人次"}


def role_of(text: str, numeral: Numeral) -> NumberRole | None:
    """The role that the words around a numeral give it; `None` when nothing keeps it from being a quantity.

    Looks only at the neighbouring characters; whether a unit follows is for the caller to see.
    """
    if numeral.form is Form.DOTTED:
        return NumberRole.ORDINAL
    before = text[max(0, numeral.core - 12) : numeral.core]
    if _DOCUMENT_BEFORE.search(before) and _DOCUMENT_AFTER.match(text, numeral.end):
        return NumberRole.DOCUMENT
    if _DOCUMENT_BEFORE.search(before) and before[-1] in "〕］】":
        return NumberRole.DOCUMENT
    if _FIGURE_BEFORE.search(before) and not _COUNTED.match(text, numeral.end):
        return NumberRole.FIGURE
    if _ORDINAL_BEFORE.search(before) or _ORDINAL_LIST.search(before):
        return NumberRole.ORDINAL
    acronym = not numeral.chinese and _ACRONYM.search(before) is not None
    unit = units().match(text, numeral.end, chinese=False) if acronym else None
    counted = unit is not None and unit["unit"] in _OF_THEM
    if before[-1:].isascii() and before[-1:].isalpha() and not counted:
        return NumberRole.FIXED
    if _is_year(text, numeral, before):
        return NumberRole.YEAR
    if _is_day(text, numeral, before):
        return NumberRole.DATE
    if _is_numbering(text, numeral, before) or _NUMBERED_AFTER.match(text, numeral.end):
        return NumberRole.ORDINAL
    if numeral.chinese and numeral.value <= 10 and not numeral.inside and _PHASE_AFTER.match(text, numeral.end):
        return NumberRole.ORDINAL
    if (_LETTER_BEFORE.search(before) and not counted) or (
        _PHONE.search(before) and _PIECES.match(text, numeral.end) is None
    ):
        return NumberRole.FIXED
    return None


def _is_year(text: str, numeral: Numeral, before: str) -> bool:
    terms = numeral.chinese and text.startswith("届", numeral.end)  # 三届 are so many terms, 2021届 is a year's
    if _YEAR_AFTER.match(text, numeral.end) and not terms:
        return True
    if numeral.scale or numeral.chinese or not 1900 <= numeral.value <= 2100 or "," in text[numeral.core : numeral.end]:
        return False
    after = text[numeral.end : numeral.end + 1]
    return after in "-—–~～至/）)”》.、" and bool(before) and before[-1] in "（(“《〔-—–/至~～、"


def _is_day(text: str, numeral: Numeral, before: str) -> bool:
    if not _DAY_AFTER.match(text, numeral.end):
        return False
    return (numeral.value <= 31 and not numeral.scale) or bool(_MONTH_BEFORE.search(before))


def _is_numbering(text: str, numeral: Numeral, before: str) -> bool:
    """Whether the numeral opens a clause as 一、 （一） 1. 一是."""
    if numeral.value > 40 or numeral.scale or not _CLAUSE_START.search(before) or _IN_LIST.search(before):
        return False
    mark = _ORDINAL_MARK.match(text, numeral.end)
    if mark is None:
        return False
    if mark.group().strip() in {"）", ")"}:
        return bool(_BRACKET_BEFORE.search(before))
    return True


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Spans of words whose numeral is no quantity (一流, 双高, 三全育人), in order."""
    return [match.span() for match in units().fixed.finditer(text)]


_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_QUOTED = re.compile(r"“[^“”\n]{1,40}”")


def title_spans(text: str) -> list[tuple[int, int]]:
    """Spans of 《…》: numbers inside belong to a title."""
    return [match.span() for match in _TITLE.finditer(text)]


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans of short “…”: a number that opens one is part of a name or slogan."""
    return [match.span() for match in _QUOTED.finditer(text)]


def span_at(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The one of `spans` (in order, none over another) that the character at offset `at` stands in."""
    before = bisect_right(spans, at, key=itemgetter(0)) - 1
    return spans[before] if before >= 0 and at < spans[before][1] else None


_OUTGROWN = ("方面的", "方面工作", "方面问题")  # the fixed 三方 is only the beginning of 三方面


def is_covered(
    numeral: Numeral,
    fixed: Sequence[tuple[int, int]],
    titles: Sequence[tuple[int, int]],
    quotes: Sequence[tuple[int, int]],
    text: str,
) -> bool:
    """Whether the numeral lies in a fixed word, a 《title》, or opens a “slogan”."""
    start, end = numeral.core, numeral.end
    if span_at(titles, start) is not None:
        return True
    word = span_at(fixed, start) if numeral.chinese else None
    if word is not None and word[1] >= end and word != (start, end):
        return not text.startswith(_OUTGROWN, end)
    quote = span_at(quotes, start)
    if quote is None:
        return False
    short = quote[1] - quote[0] <= 8 or text.startswith("条”", end)  # “民营经济32条”
    return numeral.chinese or start - quote[0] <= 1 or short
