"""What a number and the unit behind or before it make: halves, signs of money, times, ages, names."""

from __future__ import annotations

import pytest

from huizong.analyze import find_counts
from huizong.extractors.count_candidates import find_candidates


def read(text: str) -> list[tuple[str, float, str]]:
    """Quote, value and unit of each count."""
    return [(text[c.start : c.end], c.value, c.unit) for c in find_candidates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收集废纸两吨半。", ("两吨半", 2.5, "吨")),
        ("新修步道3公里半，", ("3公里半", 3.5, "公里")),
        ("每期培训两个半小时。", ("两个半小时", 2.5, "个小时")),
        ("顶岗实习三个半月，", ("三个半月", 3.5, "个月")),
        ("比原计划晚了一个多月。", ("一个多月", 1, "个月")),
        ("捐款￥3500，", ("￥3500", 3500, "元")),
        ("采购合同￥120万元，", ("￥120万元", 120, "万元")),
        ("会费US$300，", ("US$300", 300, "美元")),
        ("到账1亿2000万元", ("1亿2000万元", 12000, "万元")),
        ("引进5亿台币", ("5亿台币", 5, "亿台币")),
        ("屋顶光伏装机一百千瓦。", ("一百千瓦", 100, "千瓦")),
        ("惠及40万“新市民”群体", ("40万", 40, "万")),
        ("同比变化达到-3.5%", ("-3.5%", -3.5, "%")),
        ("录取比例为百分之三十到四十。", ("百分之三十到四十", 30, "%")),
        ("专任教师平均年龄降至39周岁", ("39周岁", 39, "周岁")),
        ("每系至少有2名教师", ("至少有2名", 2, "名")),
        ("选派7名优秀干部", ("7名", 7, "名")),
        ("扩建3个体育场", ("3个", 3, "个")),
        ("续约5家长期客户", ("5家", 5, "家")),
        ("验收12家乡镇卫生院", ("12家", 12, "家")),
        ("遴选6所示范校", ("6所", 6, "所")),
        ("改出10间接待室", ("10间", 10, "间")),
        ("邀请8位居民代表", ("8位", 8, "位")),
        ("抽调25人工作组", ("25人", 25, "人")),
        ("编印12本校本教材", ("12本", 12, "本")),
        ("梳理5种业务", ("5种", 5, "种")),
        ("推出4兆瓦时储能柜", ("4兆瓦时", 4, "兆瓦时")),
    ],
)
def test_numbers_with_their_units(text: str, expected: tuple[str, float, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "上午8点十五分集合",
        "于9时30分20秒点火",
        "活动2小时后结束",
        "名单5天前公布",
        "六十周岁以上老人",
        "70周岁以上教工",
        "为全市0—6岁儿童筛查",
        "实施5微克攻坚行动",
        "参观五角大楼模型",
        "前往大陆家长学校",
        "捐款HK$300",
    ],
)
def test_numbers_that_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_half_a_month_ahead_is_a_deadline() -> None:
    assert read("一个半月内完成整改") == []


def test_bounds_of_what_is_at_least_there() -> None:
    (count,) = find_counts("每个系至少有2名专任教师挂职。")
    assert (count.lower, count.upper, count.approx) == (2, None, True)
