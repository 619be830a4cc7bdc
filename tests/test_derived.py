"""首个 is one and 全部 is 100 %: kept apart from the counts of the text, marked 推算, only where something was done."""

from __future__ import annotations

import pytest

import huizong
from huizong.records import Level, Nature
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables import Results


def read(*sentences: str) -> Report:
    return huizong.analyze_text("澄江职业学院2022年工作总结\n一、主要成效\n" + "\n".join(sentences) + "\n")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("学校建成全省首个智能制造产业学院。", [("首个", 1, "个", "智能制造产业学院", None)]),
        ("获批我校首个省级高水平专业群，实现了突破。", [("首个", 1, "个", "省级高水平专业群", Level.PROVINCE)]),
        ("指导15个党总支、38个党支部全部完成换届。", [("全部", 100, "%", "完成换届", None)]),
        ("学校首次承办技能大赛，获首批试点资格。", []),
        ("工作全部完成，师生满意。", []),
    ],
)
def test_what_is_implied(sentence: str, found: list[tuple[str, int, str, str, Level | None]]) -> None:
    report = read(sentence)
    assert [(c.quote, c.value, c.unit, c.object, c.level) for c in report.derived] == found
    for count in report.derived:
        assert count.nature is Nature.DERIVED
        assert count.span.of(report.text) == count.quote
        assert count not in report.counts


def test_plans_imply_nothing() -> None:
    report = huizong.analyze_text("澄江职业学院2022年工作总结\n一、下一步计划\n力争建成全市首个产教融合园区。\n")
    assert report.derived == ()


def test_ledger_and_json_have_them_marked() -> None:
    report = read("学校建成全省首个智能制造产业学院，新增实训室3间。")
    rows = list(Results((report,), Settings()).rows("指标台账"))
    assert [(row["原文数"], row["性质"]) for row in rows][-1] == ("首个", "推算")
    assert Report.from_dict(report.to_dict()).derived == report.derived
