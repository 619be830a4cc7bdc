"""Counts → catalogue: by unit and whole name or its end; what does not fit stays unmatched."""

from __future__ import annotations

import re

import pytest

from huizong.indicators import catalogue, match_indicator
from huizong.records import Change, Count, Level, Nature, Span, Status


def count(thing: str, unit: str, level: Level | None = None, nature: Nature = Nature.AS_OF) -> Count:
    return Count(
        id="c1", span=Span(0, 2), quote="1" + unit, value=1, high=None, unit=unit, approx=False, lower=1, upper=1, object=thing,
        subject=None, action=None, change=Change.LEVEL, status=Status.ACTUAL, year=None, nature=nature, level=level, listed=(),
        item=None, section=None, page=1, confidence=1, rule="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "unit", "expected"),
    [
        ("党总支", "个", "DJ-01"),
        ("省级“党建工作样板支部”", "项", "DJ-08"),
        ("毕业生就业率", "%", "ZJ-03"),
        ("省级现代学徒制专业", "个", "RC-02"),
        ("专业群", "个", None),
        ("党总支", "次", None),
        ("图书", "册", None),
        ("生师比", "", "ZL-01"),
    ],
)
def test_matching(thing: str, unit: str, expected: str | None) -> None:
    found = match_indicator(count(thing, unit))
    assert (found.indicator.id if found else None) == expected


def test_level_and_nature_choose_the_indicator() -> None:
    provincial = match_indicator(count("高水平专业群", "个", Level.PROVINCE))
    new = match_indicator(count("招生专业", "个", nature=Nature.NEW))
    assert provincial is not None
    assert provincial.indicator.id == "ZY-04"
    assert new is not None
    assert new.indicator.id == "ZY-02"


def test_catalogue_is_sound() -> None:
    ids = [i.id for i in catalogue()]
    assert len(ids) == len(set(ids)) >= 85
    assert all(re.fullmatch(r"[A-Z]{2}-\d\d", i) for i in ids)
    assert len({i.group for i in catalogue()}) == 15


def test_a_word_of_the_sentence_tells_one_indicator_from_another() -> None:
    counted = count("党总支", "个")
    plain = match_indicator(counted, "学校现有12个党总支。")
    renewed = match_indicator(counted, "全校12个党总支如期完成换届。")
    assert plain is not None
    assert renewed is not None
    assert (plain.indicator.id, renewed.indicator.id) == ("DJ-01", "DJ-03")
    assert "换届" in renewed.reason
