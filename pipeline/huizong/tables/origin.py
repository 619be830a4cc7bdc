"""Whose report it is and of which year: what it says itself, then its file name 学校名_年份, then what the user said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huizong.records import Item, Notice, Section
from huizong.report import Report
from huizong.settings import Settings

_FILE_NAME = re.compile(r"^(?P<school>.*?[\u4e00-\u9fff].*?)[_\-－—](?P<year>20\d\d)(?:年.*)?$")
_KIND_OF_REPORT = re.compile(
    r"(?:关于|年度|全年|工作|结对|帮扶|实施|质量)*(?:总结|报告|汇报|计划|情况|要点|材料|年报).*$"
)
_LEAST_NAME = 2
_YEARS = re.compile(r"20\d\d")
_ADVICE = "请核对：文件放错或文件名写错的，改好文件名再运行一次；报告写错的，请报送单位更正。"
_ADVICE_GIVEN = "--body、--year 只填报告和文件名都没有写的；确要改，请在表里改。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """School and year of a report as they stand in the tables; `None` where nobody says.

    `notices` tell where the report, its file name and the user disagree, with what to do.
    """

    school: str | None
    year: str | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Who says it, and what."""

    by: str
    value: str | None


def origin(report: Report, settings: Settings | None = None) -> Origin:
    """The school and the year(s) of a report, for the first two columns."""
    settings = settings or Settings()
    school, year = _in_file_name(report.source.name)
    schools = (
        _Told(by="报告里写的", value=report.meta.reporter),
        _Told(by="文件名写的", value=school),
        _Told(by="--body 给的", value=settings.body or None),
    )
    years = (
        _Told(by="报告里写的", value=_span(report.meta.years)),
        _Told(by="文件名写的", value=year),
        _Told(by="--year 给的", value=_span(map(int, _YEARS.findall(settings.year)))),
    )
    full = {a.alias: a.name for a in report.aliases}
    return Origin(
        school=_first(schools),
        year=_first(years),
        notices=(
            *_disagreements(report, "学校", schools, lambda a, b: _one_school(full.get(a, a), full.get(b, b))),
            *_disagreements(report, "年度", years, _one_year),
        ),
    )


def _in_file_name(name: str) -> tuple[str | None, str | None]:
    """School and year in a file name 学校名_年份; a name that only says what kind of report it is names no school.

    >>> _in_file_name("某学院_2023.pdf"), _in_file_name("某学院工作总结_2023年.docx"), _in_file_name("工作总结_2023.txt")
    (('某学院', '2023'), ('某学院', '2023'), (None, '2023'))
    """
    found = _FILE_NAME.match(Path(name).stem)
    if not found:
        return None, None
    school = _KIND_OF_REPORT.sub("", found["school"]).strip(" _-－—")
    return (school if len(school) >= _LEAST_NAME else None), found["year"]


def _span(years: Iterator[int] | Sequence[int]) -> str | None:
    found = sorted(years)
    if not found:
        return None
    return str(found[0]) if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def _first(told: Sequence[_Told]) -> str | None:
    return next((t.value for t in told if t.value), None)


def _disagreements(
    report: Report, what: str, told: Sequence[_Told], same: Callable[[str, str], bool]
) -> Iterator[Notice]:
    """A notice for each later source that says something else than the one that is trusted."""
    said = [(t.by, t.value) for t in told if t.value]
    for by, value in said[1:]:
        first, taken = said[0]
        if not same(taken, value):
            code = "origin_school" if what == "学校" else "origin_year"
            message = f"{what}：{first}是“{taken}”，{by}是“{value}”，表中取“{taken}”。{_ADVICE_GIVEN if by[0] == '-' else _ADVICE}"
            yield Notice(code=code, message=message, page=_page(report, taken.split("–")[0]))


def _one_school(first: str, second: str) -> bool:
    """Whether two names can be those of one body: the shorter is the longer with characters left out.

    >>> _one_school("临江工程职业学院", "临江职院"), _one_school("临江工程职业学院", "白鹿职院")
    (True, False)
    """
    short, long = sorted((first, second), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _one_year(first: str, second: str) -> bool:
    """Whether two spans of years have one in common."""
    a, b = ([int(y) for y in _YEARS.findall(value)] for value in (first, second))
    return a[0] <= b[-1] and b[0] <= a[-1]


def _page(report: Report, words: str) -> int | None:
    """The page on which the words first stand; `None` where they do not (two years put together) or the file has no pages."""
    at = report.text.find(words)
    if at < 0 or report.source.pages is None:
        return None
    found: tuple[Section | Item, ...] = (*report.sections, *report.items)
    places = [(f.span.start, f.page) for f in found if f.span.start <= at]
    return max(places, default=(0, 1))[1]
