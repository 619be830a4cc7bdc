"""The workbook of the sample report against its reading by hand: tasks, every count at its task and owner, issues without a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import huizong
from huizong.records import Rule
from huizong.tables import Results

FIGURES = {  # indicator → words of its task, the number, whose it is
    "DJ-07": ("立项", "1项", "火炬职院"),
    "DJ-08": ("立项", "1项", "火炬职院"),
    "DJ-09": ("立项", "1项", "火炬职院"),
    "DJ-03": ("换届", "12个", "阳江职院"),
    "DJ-04": ("换届", "42个", "阳江职院"),
    "DJ-05": ("换届", "全部＝100%", "阳江职院"),
    "BF-03": ("职称评审联盟", "十余所＝[11,19]", "职称评审联盟"),
    "ZY-04": ("专业群", "首个＝1个", "阳江职院"),
    "ZY-02": ("优化调整专业结构", "3个", "阳江职院"),
    "RC-02": ("学徒制", "6个", "阳江职院"),
}
DONE_BY = {  # words of a task → who did it, for whom
    "领导小组": ("双方", "双方"),
    "框架协议": ("双方", "双方"),
    "实施方案》": ("火炬职院", "阳江职院"),
    "电话、微信": ("双方", "双方"),
    "问题的诊断": ("火炬职院", "阳江职院"),
    "帮扶重点工作": ("双方", "双方"),
    "有关专家": ("火炬职院", "阳江职院"),
    "党政工作要点": ("火炬职院", None),
    "标杆院系": ("火炬职院", None),
    "示范创建": ("双方", "双方"),
    "换届": ("火炬职院", "阳江职院"),
    "职称评审联盟": ("双方", "双方"),
    "教学名师": ("火炬职院", "阳江职院"),
    "点对点": ("火炬职院", "阳江职院"),
    "带队": ("阳江职院", None),
    "学徒制": ("阳江职院", None),
}
MORE = ("高度重视", "制订帮扶计划", "深化实施", "进行了交流", "受援目标", "优化调整")
"""Words of the other rows, which the reading by hand has too, joins with one of the above, or leaves out as mere words."""


@pytest.fixture(scope="module")
def results(shared: Path) -> Results:
    return Results((huizong.read(shared / "gold" / "seed.pdf"),))


def test_every_count_stands_at_its_task_with_its_owner(results: Results) -> None:
    rows = list(results.rows("汇总表"))
    found = {}
    for row in rows:
        for part in str(row["量化成效(指标)"] or "").split("；") if row["量化成效(指标)"] else ():
            if part[:2].isupper():
                found[part[:5]] = (str(row["证据(页·原文)"]), str(row["量化成效(指标)"]))
    assert set(found) == set(FIGURES)
    for indicator, (task, number, owner) in FIGURES.items():
        evidence, figures = found[indicator]
        own = figures[figures.index(indicator) :]
        assert task in evidence
        assert number in own
        assert owner in own.split("）")[0]


def test_who_did_each_task_and_for_whom(results: Results) -> None:
    rows = list(results.rows("汇总表"))
    for words, expected in DONE_BY.items():
        (row,) = [row for row in rows if words in str(row["具体任务"])]
        assert (row["实施主体"], row["受益方"]) == expected, words
    others = [row for row in rows if not any(words in str(row["具体任务"]) for words in DONE_BY)]
    assert [any(words in str(row["具体任务"]) for words in MORE) for row in others] == [True] * len(others)


def test_what_only_came_of_a_task_is_no_row_and_nothing_done_is_left_out(results: Results) -> None:
    rows = list(results.rows("汇总表"))
    assert len(rows) == len(DONE_BY) + 6
    by_words = {words: row for words in DONE_BY for row in rows if words in str(row["具体任务"])}
    assert "交流频繁" in str(by_words["职称评审联盟"]["定性成效"])
    assert "制度化的成果和经验" in str(by_words["电话、微信"]["定性成效"])
    for words, deeds in {
        "有关专家": ("评审专家", "修改完善"),
        "党政工作要点": ("党委会", "全校性的大会"),
        "点对点": ("教学资源库", "在线开放课程"),
    }.items():
        assert all(deed in str(by_words[words]["具体任务"]) for deed in deeds), words


def test_the_two_issues_without_a_plan_are_told_and_no_others(results: Results) -> None:
    rows = list(results.rows("问题—计划对照"))
    alone = [str(row["问题"]) for row in rows if row["情况"] == "无对应计划"]
    assert len(alone) == 3  # the first of the two issues goes over two sentences
    same = [str(row["依据"]) for row in rows if row["情况"] == "无对应计划" and row["依据"]]
    assert same == ["与I04说的是同一问题"]
    assert all(any(words in issue for words in ("没有很好地", "疫情", "资源共享")) for issue in alone)
    checks = [check for check in results.reports[0].checks if check.rule is Rule.ISSUE_WITHOUT_PLAN]
    assert len(checks) == 2
