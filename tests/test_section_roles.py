"""Sections whose titles do not tell what they are for: their sentences do."""

from __future__ import annotations

import pytest

from huizong.analyze import analyze_text
from huizong.classifier import load_model
from huizong.extractors.section_roles import settle_roles
from huizong.outline import build_outline, title_role
from huizong.records import CleanDocument, Kind, Paragraph, Role, Source, SourceMap, Span
from huizong.tokens import segment

DONE = "全年共举办技能培训12期，参训教师430人次。学校新签合作企业9家，新增实训工位120个。三门课程获评省级精品课程。"
WRONG = "实训设备老化严重，一半的机床已经开不动。双师型教师占比偏低，招来的人留不住。两个校区之间的班车时常晚点，师生怨言不少。"
AHEAD = "争取再引进博士5名。年底前要建成虚拟仿真中心1个。拟与3家企业共建产业学院，力争招收订单班学生80人。"


def roles_of(text: str) -> dict[str, Role]:
    return {section.title: section.role for section in analyze_text(text).sections}


def report(*parts: str) -> str:
    return "\n".join(("云岭职业技术学院2022年工作总结", *parts))


def test_odd_titles_take_the_role_of_what_is_told_under_them() -> None:
    found = roles_of(report("一、一年走过的路", DONE, "二、心里的几块石头", WRONG, "三、往前看", AHEAD))
    assert found["一年走过的路"] is Role.PROGRESS
    assert found["心里的几块石头"] is Role.ISSUES
    assert found["往前看"] is Role.PLANS


def test_the_role_reaches_the_sections_and_sentences_below() -> None:
    text = report("一、一年走过的路", DONE, "二、心里的几块石头", "（一）设备", WRONG, "（二）人", WRONG)
    found = roles_of(text)
    assert found["设备"] is found["人"] is Role.ISSUES
    items = [i for i in analyze_text(text).items if "怨言不少" in i.text]
    assert [i.kind for i in items] == [Kind.ISSUE, Kind.ISSUE]


def test_a_title_that_names_the_role_is_never_overruled() -> None:
    found = roles_of(report("一、主要工作", DONE, "二、存在的不足", DONE, "三、下一步打算", WRONG))
    assert found["存在的不足"] is Role.ISSUES
    assert found["下一步打算"] is Role.PLANS


def test_a_section_with_a_trouble_or_two_stays_progress() -> None:
    assert roles_of(report("一、教学工作", DONE + DONE + "实训设备仍显老化。"))["教学工作"] is Role.PROGRESS


def test_nothing_open_nothing_changed() -> None:
    text = report("一、存在的不足", WRONG)
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(span=Span(at, at + len(line))))
        at += len(line) + 1
    source = Source(name="report.txt", sha256="0", format="txt")
    document = CleanDocument(source=source, text=text, paragraphs=tuple(paragraphs), source_map=SourceMap(()))
    outline = build_outline(document)
    assert settle_roles(text, outline, segment(text), load_model()) is outline


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("短板在哪里", Role.ISSUES),
        ("不顺当的几点", Role.ISSUES),
        ("心里的几块石头", None),
        ("不够的方面", Role.ISSUES),
        ("还有哪些欠账", Role.ISSUES),
        ("实训条件补上欠账", None),
        ("下半年重点任务", Role.PLANS),
        ("2024年怎么干", Role.PLANS),
        ("明年要办的几件事", Role.PLANS),
        ("反思与展望", Role.PLANS),
        ("解决了哪些难题", None),
        ("深化产教融合", None),
    ],
)
def test_what_a_title_says(title: str, role: Role | None) -> None:
    assert title_role(title) is role


def test_the_parts_of_a_review_look_back_whatever_they_say() -> None:
    found = roles_of(report("一、2022年工作回顾", DONE, "（一）服务大局", AHEAD, "二、2023年工作安排", AHEAD))
    assert found["服务大局"] is Role.PROGRESS
    assert found["2023年工作安排"] is Role.PLANS
