"""Cleaning: re-wrapping a report changes nothing, the way back is exact, page furniture goes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huizong.cleaning import clean
from huizong.cleaning.characters import fold
from huizong.loading import from_text, load
from huizong.records import Box, Line, RawDocument, Source
from truth import content as truth
from typesetting import typeset, wrap

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPORT = (
    "滨海工程职业学院2021年对口支援工作总结",
    "一、工作开展情况",
    "（一）健全组织体系、压实各方责任，推动支援工作规范化",
    "学院党委把对口支援列入年度重点任务，成立由书记和院长任双组长的专班，下设教学、实训、就业三个小组。"
    "全年召开专题会议6次，签订合作协议2份，落实支援经费约120万元，各项任务均有专人跟踪。",
    "（二）聚焦专业共建、深化课程改革，提升人才培养质量",
    "两校围绕智能制造专业群开展共建，联合修订人才培养方案4套，开发活页式教材3部，建成在线课程5门。"
    "选派骨干教师12人次到校指导，培训受援学校教师近百人次，参与“1+X”试点的学生达到260人。"
    "通过PLC与Python课程的同步开设，学生技能竞赛成绩明显提高，获省级奖项9项。",
    "（三）共享实训资源、拓宽就业渠道，增强服务发展能力",
    "向受援学校开放实训室8间，捐赠设备35台（套），价值86.5万元。组织联合招聘会2场，提供岗位540个。",
    "二、存在的主要问题",
    "（一）资源共享的信息化程度不高",
    "由于两地网络条件差异较大，在线资源的访问速度不稳定，部分课程的使用率仍然偏低，平台运维人员也不足。",
    "（二）教师交流的长效机制尚未形成",
    "受编制和课时影响，长期驻点的教师偏少，短期交流占到七成以上，成果转化还需要时间。",
    "三、下一步工作打算",
    "2022年，学院将继续扩大共建专业的范围，力争新增共建专业2个、共享课程10门，并建立季度通报制度。",
)  # fmt: skip
BODY_TWICE = (
    *REPORT[:4],
    "同时，学院还组织了两次实地调研，形成调研报告1份，提出改进建议11条，多数已被采纳。",
    *REPORT[4:],
)


def assert_exact_map(raw: RawDocument) -> None:
    """Every mapped character is the raw character up to folding; what is not mapped is a paragraph end or a blank."""
    document = clean(raw)
    for offset, character in enumerate(document.text):
        place = document.source_map.raw(offset)
        if place is None:
            assert character in "\n "
            continue
        there = raw.lines[place.line].text[place.column]
        assert character == fold(there) or (character == " " and there.isspace()) or (character, there) == (".", "．")
        assert raw.lines[place.line].page == place.page == document.source_map.page(offset)
    ends = [(segment.start, segment.end) for segment in document.source_map.segments]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert "\n".join(p.span.of(document.text) for p in document.paragraphs) == document.text


@given(
    width=st.integers(14, 60),
    by_words=st.booleans(),
    indent=st.sampled_from(["", "　　"]),
    blank=st.booleans(),
    paged=st.booleans(),
)
@settings(max_examples=150, deadline=None)
@example(width=26, by_words=True, indent="", blank=True, paged=True)
def test_rewrapping_changes_nothing(width: int, by_words: bool, indent: str, blank: bool, paged: bool) -> None:
    paragraphs = BODY_TWICE if indent else REPORT
    raw = from_text(typeset(paragraphs, width, by_words=by_words, indent=indent, blank=blank, paged=paged))
    assert clean(raw).text == "\n".join(paragraphs)
    assert_exact_map(raw)


@pytest.mark.parametrize("report", truth.REPORTS, ids=lambda report: report.name)
@given(width=st.integers(12, 60), by_words=st.booleans())
@settings(max_examples=60, deadline=None)
@example(width=12, by_words=False)  # a caption that fills its line exactly
@example(width=15, by_words=True)  # blanks between Latin words and Chinese, lost at the line end
@example(width=34, by_words=True)  # Digital Twin would have fitted but for its blank
def test_rewrapping_changes_no_report_with_indents(report: truth.Report, width: int, by_words: bool) -> None:
    paragraphs = [part.text for part in report.parts if isinstance(part, truth.Block)]
    text = clean(from_text(typeset(paragraphs, width, by_words=by_words, indent="　　"))).text
    assert text == "\n".join(map(truth.cleaned, paragraphs))


@given(st.text(alphabet=st.sampled_from("一二三（）1２．. 　\t\n\f。，《》“”—aB％⼯图表\u200b-"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_map_is_exact_for_any_text(text: str) -> None:
    assert_exact_map(from_text(text))


@pytest.mark.parametrize("width", [14, 22, 35, 60])
def test_cleaning_is_idempotent(width: int) -> None:
    text = typeset(REPORT, width, by_words=True, indent="　　", blank=False, paged=True)
    once = clean(from_text(text)).text
    assert clean(from_text(once)).text == once


def test_one_paragraph_a_line_is_left_alone() -> None:
    assert clean(from_text("\n".join(BODY_TWICE))).text == "\n".join(BODY_TWICE)


def test_empty_text_gives_an_empty_document() -> None:
    document = clean(from_text(" \n\n"))
    assert (document.text, document.paragraphs, document.source_map.segments) == ("", (), ())


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("2019 年 7 月 11 日", "2019年7月11日"),
        ("共 12 个、 占 ９８．５％", "共12个、占98.5%"),
        ("采用 deep learning 方法", "采用deep learning方法"),
        ("⼯作⻓期化，⺠生改善", "工作长期化，民生改善"),
        ("\ufeff学\u200b校\u00a0 简介", "学校简介"),
        ("（一）：；全角标点，不动。", "（一）：；全角标点，不动。"),
    ],
)
def test_characters_are_folded_one_to_one(raw: str, cleaned: str) -> None:
    assert clean(from_text(raw)).text == cleaned


def test_blanks_mark_paragraph_ends_where_a_tool_left_them() -> None:
    # PDF-to-text tools drop the indent of first lines and leave a blank after each paragraph, blank lines in between.
    width = 20
    lines: list[str] = []
    for paragraph in REPORT[1:]:
        pieces = wrap(paragraph, width, "　　")
        lines += [piece.strip() for piece in pieces]
        lines[-1] += " "
    assert clean(from_text("\n\n".join(lines))).text == "\n".join(REPORT[1:])


def test_captions_stand_alone() -> None:
    lines = ["本年度两校联合举办技能竞赛两场，参赛学", "生三百余人，评委由企业与学校共同担任，", "效果良好。",
             "图 3 技能竞赛现场", "赛后组织了经验交流会，形成成果汇编一册", "并在全省推广使用，反响热烈。"]  # fmt: skip
    paragraphs = clean(from_text("\n".join(lines))).text.split("\n")
    assert paragraphs[1] == "图3技能竞赛现场"
    assert len(paragraphs) == 3


def page_of_lines(page: int, words: list[str]) -> list[Line]:
    """A PDF page: header, body lines 20 points apart, page number."""

    def line(text: str, x0: float, top: float) -> Line:
        box = Box(x0_pt=x0, top_pt=top, x1_pt=x0 + 16 * len(text), bottom_pt=top + 16)
        return Line(text=text, page=page, box=box, page_width_pt=480, page_height_pt=800, size_pt=16)

    body = [
        line(text.strip(), 80 if not text.startswith("　") else 112, 120 + 24 * at) for at, text in enumerate(words)
    ]
    return [line("滨海工程职业学院年度报告", 150, 40), *body, line(str(page), 230, 760)]


def test_pdf_furniture_goes_and_words_meet_over_the_page_break() -> None:
    first = [
        "　　学院完善工作机制，把支援工作列入年",
        "度重点任务，全年召开专题会议六次，协调解决重点问题，进一步把工"[:20],
    ]
    second = ["作抓实抓细。", "　　下一年度将继续推进。"]
    lines = [*page_of_lines(1, first), *page_of_lines(2, second), *page_of_lines(3, ["　　特此报告。"])]
    raw = RawDocument(source=Source(name="x.pdf", sha256="0", format="pdf", pages=3), lines=tuple(lines))
    text = clean(raw).text
    assert "年度报告" not in text
    assert not any(paragraph.isdecimal() for paragraph in text.split("\n"))
    assert text.split("\n")[0] == "学院完善工作机制，把支援工作列入年" + first[1] + second[0]
    assert_exact_map(raw)


@pytest.mark.parametrize("footer", ["— 3 —", "- 3 -", "第3页 共8页", "第 3 页", "3/8", "·3·"])
def test_page_numbers_go(footer: str) -> None:
    assert clean(from_text(f"全文共三节。\n{footer}\n下一节。")).text == "全文共三节。\n下一节。"


@pytest.mark.parametrize("kept", ["-3项-", "第3页说明", "2020", "——经费投入增加"])
def test_near_misses_of_page_numbers_stay(kept: str) -> None:
    assert kept.replace(" ", "") in clean(from_text(f"全文共三节。\n{kept}\n下一节。")).text


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
def test_the_three_forms_of_the_sample_give_the_same_text() -> None:
    texts = {clean(load(SHARED / "gold" / f"seed.{kind}")).text for kind in ("txt", "docx", "pdf")}
    assert len(texts) == 1
    assert len(texts.pop().split("\n")) == 32
