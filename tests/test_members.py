"""Whose the members of an alliance are: the alliance's, where the same clause forms it."""

from __future__ import annotations

import pytest

import huizong
from huizong.records import Count

OPENING = (
    "青石水利职业学院2022年工作总结\n青石水利职业学院（以下简称“青石水院”）现将2022年工作总结如下。\n一、主要工作\n"
)


def counts(sentence: str) -> list[Count]:
    return list(huizong.analyze_text(OPENING + sentence).counts)


@pytest.mark.parametrize(
    ("sentence", "quote", "body"),
    [
        ("青石水院与市内其他十余所院校共同组成教师发展联盟，共享课程。", "十余所", "教师发展联盟"),
        ("青石水院牵头联合28家企业成立了水利产教融合共同体。", "28家", "水利产教融合共同体"),
    ],
)
def test_members_belong_to_the_body_that_they_form(sentence: str, quote: str, body: str) -> None:
    (count,) = [count for count in counts(sentence) if count.quote == quote]
    assert count.subject == body
    assert count.reason.endswith(f"归属：合起来的“{body}”")


@pytest.mark.parametrize(
    "sentence",
    [
        "青石水院与12所院校签订合作协议，成立了教师发展联盟。",  # another clause
        "青石水院选派15名教师共同组成教研联盟。",  # people, no bodies
        "青石水院在3个校区成立了社团联盟。",  # places
    ],
)
def test_other_counts_stay_the_school_s(sentence: str) -> None:
    found = counts(sentence)
    assert found
    assert [count.subject for count in found] == ["青石水利职业学院"] * len(found)
