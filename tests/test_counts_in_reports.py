"""Counts on sentences of our own: value, unit, object, status, change, owner, bounds; and what is no count."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizong.analyze import analyze_text
from huizong.records import Change, Count, Level, Nature, Status


def counts(text: str) -> list[Count]:
    return list(analyze_text(f"一、主要工作\n{text}").counts)


def facts(text: str) -> list[tuple[str, float, str, str | None]]:
    return [(c.quote, c.value, c.unit, c.object) for c in counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全校设有15个党支部、3个党总支。", [("15个", 15, "个", "党支部"), ("3个", 3, "个", "党总支")]),
        ("建成省级精品课程4门。", [("4门", 4, "门", "省级精品课程")]),
        ("毕业生就业率达到97.2%。", [("97.2%", 97.2, "%", "毕业生就业率")]),
        (
            "获得“双带头人”工作室1项、“样板支部”2项。",
            [("1项", 1, "项", "“双带头人”工作室"), ("2项", 2, "项", "“样板支部”")],
        ),
        ("科研到账经费达860万元。", [("860万元", 860, "万元", "科研到账经费")]),
        ("开展技术培训3200人次。", [("3200人次", 3200, "人次", "技术培训")]),
        ("学校新建三间实训室。", [("三间", 3, "间", "实训室")]),
    ],
)
def test_number_before_and_behind_its_thing(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert facts(text) == expected


def test_from_to_gives_a_baseline_and_an_actual() -> None:
    found = counts("招生专业由18个增加到21个。")
    assert [(c.value, c.status) for c in found] == [(18, Status.BASELINE), (21, Status.ACTUAL)]
    assert all(c.object == "招生专业" for c in found)


def test_numbers_are_dealt_out_in_order() -> None:
    found = counts("就业率、专升本率分别为96.1%、12.4%。")
    assert [(c.value, c.object) for c in found] == [(96.1, "就业率"), (12.4, "专升本率")]


def test_growth_belongs_to_what_grew() -> None:
    level, growth = counts("社会培训收入完成430万元，同比增长8.5%。")
    assert (level.object, level.change) == ("社会培训收入", Change.LEVEL)
    assert (growth.object, growth.change, growth.unit) == ("社会培训收入", Change.INCREASE, "%")
    (fall,) = counts("事故起数下降15.2%。")
    assert (fall.object, fall.change) == ("事故起数", Change.DECREASE)


def test_plans_give_targets() -> None:
    report = analyze_text("一、工作\n学校开展培训12次。\n二、下一步计划\n力争建成实训基地5个。")
    assert [(c.value, c.status) for c in report.counts] == [(12, Status.ACTUAL), (5, Status.TARGET)]


@pytest.mark.parametrize(
    ("text", "quote", "lower", "upper"),
    [
        ("联合十余所中学开展活动。", "十余所", 11, 19),
        ("吸引近百人参加。", "近百人", None, 100),
        ("培训超过300人次。", "超过300人次", 300, None),
        ("走访企业300余家。", "300余家", 300, 400),
        ("投入约50万元。", "约50万元", None, None),
    ],
)
def test_approximate_words_keep_their_bounds(text: str, quote: str, lower: float | None, upper: float | None) -> None:
    (found,) = counts(text)
    assert (found.quote, found.approx) == (quote, True)
    if lower is not None:
        assert found.lower is not None
        assert found.lower >= lower
    if upper is not None:
        assert found.upper is not None
        assert found.upper <= upper


def test_list_before_the_number_is_kept() -> None:
    (found,) = counts("新增无人机应用技术、现代物流管理、智慧养老等3个专业。")
    assert found.listed == ("无人机应用技术", "现代物流管理", "智慧养老")


def test_shared_modifier_gives_the_level_to_the_whole_list() -> None:
    found = counts("立项省级“精品课程”2项、“教学团队”1项。")
    assert [c.level for c in found] == [Level.PROVINCE] * 2


def test_new_is_not_cumulative() -> None:
    new, total = counts("新增专利12件，累计授权专利85件。")
    assert (new.nature, total.nature) == (Nature.NEW, Nature.CUMULATIVE)


@pytest.mark.parametrize(
    "text",
    [
        "学校建设一流专业，推进三全育人。",
        "落实“四个意识”，坚持一体两翼。",
        "2021年3月至2022年6月，学校推进整改。",
        "印发《关于加强2020年工作的通知》（院发〔2020〕15号）。",
        "如图3、表2所示，成效明显。",
        "二级学院和两校双方进一步合作。",
        "第三批试点通过验收，成为首个示范点。",
        "出台一系列制度，形成一种氛围。",
        "联系电话0662-3316789。",
        "“十四五”期间实施三年行动计划。",
    ],
)
def test_near_misses(text: str) -> None:
    assert facts(text) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "学校",
                "共有",
                "新增",
                "12",
                "三",
                "个",
                "专业",
                "%",
                "万元",
                "，",
                "、",
                "。",
                "约",
                "分别为",
                "由",
                "增至",
                "《",
                "》",
            ]
        ),
        max_size=25,
    )
)
def test_any_sentence_is_survived_and_counts_are_grounded(words: list[str]) -> None:
    report = analyze_text("学校概况。" + "".join(words))
    for count in report.counts:
        assert report.text[count.span.start : count.span.end] == count.quote
    spans = [c.span for c in report.counts]
    assert all(not a.overlaps(b) for a, b in itertools.pairwise(spans))
