"""The whole line on a report of our own: facts at their place, grounded, the same whatever the line width."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import REPORT
from huizong.analyze import analyze, analyze_text, find_counts
from huizong.records import Kind, Role, Status
from huizong.report import Report
from typesetting import typeset


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze_text(REPORT)


def test_counts_have_value_unit_object_owner(report: Report) -> None:
    found = {c.quote: c for c in report.counts}
    assert [(q, found[q].value, found[q].unit, found[q].object) for q in ("8份", "2个", "3个", "12人次", "2个")] == [
        ("8份", 8, "份", "人才培养方案"),
        ("2个", 2, "个", found["2个"].object),
        ("3个", 3, "个", found["3个"].object),
        ("12人次", 12, "人次", found["12人次"].object),
        ("2个", 2, "个", found["2个"].object),
    ]
    assert found["3个"].object in ("省级现代学徒制专业", "现代学徒制专业")
    assert found["3个"].subject == "白鹿职业技术学院"
    assert found["96.5%"].object == "毕业生就业率"


def test_planned_count_is_a_target(report: Report) -> None:
    planned = [c for c in report.counts if c.status is Status.TARGET]
    assert [(c.quote, c.object) for c in planned] == [("2个", "实训室")]


def test_statements_follow_the_words_and_the_section(report: Report) -> None:
    kinds = {i.text[:6]: i.kind for i in report.items}
    assert kinds["由于经费和体"] is Kind.ISSUE
    assert kinds["学校将定期召"] is Kind.PLAN
    assert kinds["为推动协议落"] is Kind.MEASURE
    assert [s.role for s in report.sections if s.level == 1] == [Role.PROGRESS, Role.ISSUES, Role.PLANS]


def test_names(report: Report) -> None:
    assert [(a.name, a.alias) for a in report.aliases] == [
        ("临江工程职业学院", "临江工程"),
        ("白鹿职业技术学院", "白鹿职院"),
    ]
    assert (report.meta.reporter, report.meta.partners) == ("临江工程职业学院", ("白鹿职业技术学院",))
    assert 2022 in report.meta.years


def test_every_digit_is_explained(report: Report) -> None:
    explained = {at for n in report.numbers for at in range(n.span.start, n.span.end)}
    assert [c for at, c in enumerate(report.text) if c.isdecimal() and at not in explained] == []


def test_json_round_trip(report: Report) -> None:
    data = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
    assert Report.from_dict(data).to_dict() == report.to_dict()
    with pytest.raises(ValueError, match="schema"):
        Report.from_dict(data | {"schema": 99})


def test_a_finding_must_give_back_its_words(report: Report) -> None:
    data = report.to_dict()
    data["counts"][0]["quote"] = "9个"
    with pytest.raises(ValueError, match="is not what stands at"):
        Report.from_dict(data)


def test_every_clean_character_leads_to_its_raw_line(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    report = analyze(path)
    lines = REPORT.split("\n")
    assert report.source_map is not None
    for at, ch in enumerate(report.text):
        place = report.source_map.raw(at)
        assert ch == "\n" if place is None else lines[place.line][place.column] == ch


def _compact(report: Report, offset: int) -> int:
    """The offset in the text without line ends."""
    return offset - report.text.count("\n", 0, offset)


def findings(report: Report) -> object:
    """What a reader would compare. Places count without line ends: where a body paragraph fills its last line exactly and the
    next one is not indented, no reader can tell that they are two, and nothing found depends on it.
    """
    return (
        [(c.quote, c.object, c.subject, c.status, _compact(report, c.span.start)) for c in report.counts],
        [(i.kind, i.area, i.text) for i in report.items],
        [(s.level, s.title, s.role) for s in report.sections],
    )


@settings(max_examples=30, deadline=None)
@given(width=st.integers(15, 60), by_words=st.booleans(), indent=st.sampled_from(["", "　　"]))
@example(width=39, by_words=True, indent="　　")
def test_rewrapping_leaves_the_findings_unchanged(width: int, by_words: bool, indent: str) -> None:
    whole = analyze_text(REPORT)
    again = analyze_text(typeset(REPORT.splitlines(), width, by_words=by_words, indent=indent))
    assert findings(again) == findings(whole)
    if indent:
        assert again.text == whole.text


def test_a_paragraph_inserted_elsewhere_only_shifts_spans(report: Report) -> None:
    more = REPORT.replace("二、存在问题", "学校还组织了一次消防演练。\n二、存在问题")
    changed = analyze_text(more)
    assert [(c.quote, c.object, c.status) for c in changed.counts if c.quote != "一次"] == [
        (c.quote, c.object, c.status) for c in report.counts
    ]


def test_the_same_text_gives_the_same_json() -> None:
    first, second = (json.dumps(analyze_text(REPORT).to_dict(), ensure_ascii=False) for _ in range(2))
    assert first == second


def test_spacy_doc_holds_the_findings(report: Report) -> None:
    doc = report.to_spacy()
    assert doc.text.replace(" ", "") == report.text.replace("\n", "").replace(" ", "") or len(doc) > 0
    assert len(doc.spans["counts"]) == len(report.counts)
    assert {s.label_ for s in doc.spans["items"]} <= set(Kind)
    quotes = [c.quote for c in report.counts]
    assert all(q in span.text for q, span in zip(quotes, doc.spans["counts"], strict=True))


def test_highlighted_text_is_escaped() -> None:
    page = analyze_text("学校开展<b>培训</b>12次，效果良好。").to_html()
    assert "&lt;b&gt;" in page
    assert "12次</b>" in page


@pytest.mark.parametrize(
    "phrase",
    [
        "建设一流学院",
        "落实“1+X”证书制度",
        "推进三全育人",
        "2019-2021年建设规划",
        "见图1和表2",
        "教职成〔2015〕2号",
        "第三批试点",
        "成为首个示范点",
        "进一步加强",
        "坚持一体化推进",
        "双方共同努力",
        "一方面提高质量",
        "做到千方百计",
        "一是加强学习",
        "出台一系列措施",
        "“十四五”时期",
    ],
)
def test_near_misses_are_no_counts(phrase: str) -> None:
    assert find_counts(f"学校认真部署，{phrase}。") == []


def test_the_users_report_in_three_forms(shared: Path) -> None:
    forms = [analyze(shared / "gold" / f"seed.{suffix}") for suffix in ("txt", "docx", "pdf")]
    assert forms[0].text == forms[1].text == forms[2].text
    assert findings(forms[0]) == findings(forms[1]) == findings(forms[2])
    facts = [(c.value, c.unit, c.object, c.subject) for c in forms[2].counts]
    helper, helped = forms[2].meta.reporter, forms[2].meta.partners[0]
    assert [(v, u) for v, u, _, _ in facts] == [
        (1, "项"),
        (1, "项"),
        (1, "项"),
        (12, "个"),
        (42, "个"),
        (10, "所"),
        (3, "个"),
        (6, "个"),
    ]
    assert [s for *_, s in facts[:3]] == [helper] * 3
    assert [facts[n][3] for n in (3, 4, 6, 7)] == [helped] * 4
    about = next(c for c in forms[2].counts if c.approx)
    assert (about.lower, about.upper) == (11, 19)
    assert all(c.page for c in forms[2].counts)


def test_title_of_two_lines_whose_first_is_full(samples: Path) -> None:
    (path,) = samples.glob("*.pdf")
    title = analyze(path).meta.title
    assert title == "汀洲工商职业技术学院结对帮扶青峦职业技术学院2022年度工作总结"
