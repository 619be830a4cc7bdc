"""The work area of a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conftest import CORPUS
from huizong.classifier import examples
from huizong.extractors.areas import find_areas, word_scores
from huizong.lexicon.areas import area_words, named_areas
from huizong.records import Area, Role, Section, Sentence, Span

_NO_OPINION = dict.fromkeys(Area, 1 / len(Area))


def areas_of(lines: list[str], opinion: Mapping[Area, float] = _NO_OPINION) -> list[Area]:
    """The areas of a report, a line a sentence; lines that start with # and ## are headings of level 1 and 2.

    `opinion` is that of the model, of every sentence.
    """
    text = ""
    sentences: list[Sentence] = []
    sections: list[Section] = []
    for line in lines:
        words = line.lstrip("#")
        level = len(line) - len(words)
        span = Span(len(text), len(text) + len(words))
        text += words + "\n"
        if level:
            parent = next((s.id for s in reversed(sections) if s.level < level), None)
            sections.append(
                Section(
                    id=f"s{len(sections)}", parent=parent, level=level, number="", title=words, role=Role.PROGRESS,
                    span=span, page=1,
                )
            )  # fmt: skip
        section = sections[-1].id if sections else None
        sentences.append(Sentence(span=span, paragraph=0, heading=bool(level), section=section, role=Role.PROGRESS))
    made = examples(text, sentences, sections, ())
    return [area for area, _ in find_areas(made, sentences, sections, [opinion] * len(sentences))]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("双师型教师占比提高到六成。", Area.FACULTY),
        ("党支部换届全部完成。", Area.PARTY),
        ("新建实训基地两个。", Area.TRAINING),
        ("与三家企业共建产业学院。", Area.INDUSTRY),
        ("毕业生就业率保持稳定。", Area.ENROLMENT),
        ("智慧校园平台上线。", Area.DIGITAL),
        ("留学生规模扩大。", Area.INTERNATIONAL),
        ("横向课题到款增加。", Area.RESEARCH),
        ("出版活页式教材五部。", Area.CURRICULUM),
        ("食堂和宿舍完成改造。", Area.SUPPORT),
        ("图书借阅量比上年翻番。", Area.DIGITAL),
        ("体质健康合格率上升。", Area.TALENT),
        ("第一志愿报考率创新高。", Area.ENROLMENT),
        ("警示教育活动办了六场。", Area.PARTY),
        ("师徒比降到一比五。", Area.FACULTY),
    ],
)
def test_words_name_the_area(text: str, area: Area) -> None:
    assert areas_of([text]) == [area]


def test_heading_decides_where_the_words_do_not() -> None:
    assert areas_of(["#加强师资队伍建设", "一批骨干脱颖而出。"])[1] is Area.FACULTY


def test_enclosing_heading_and_neighbours_speak_too() -> None:
    found = areas_of(["#党建工作", "##夯实基础", "党支部全部达标。", "做法得到推广。"])
    assert found[2:] == [Area.PARTY, Area.PARTY]


def test_own_words_win_over_a_neighbour() -> None:
    assert areas_of(["#主要工作", "党支部全部达标。", "毕业生就业率和招生报到率都有提高。"])[2] is Area.ENROLMENT


def test_nothing_said_is_other() -> None:
    assert areas_of(["大家辛苦了。"]) == [Area.OTHER]


def test_scores_are_capped() -> None:
    assert word_scores("党建、党委、党支部、党员、思政、党课")[Area.PARTY] == 2.0
    assert not any(word_scores("").values())


def test_each_word_is_counted_once_wherever_it_stands() -> None:
    for path in sorted((CORPUS / "reports").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            named = named_areas(line)
            for area, words in area_words().items():
                strong, weak = (sum(word in line for word in listed) for listed in (words.strong, words.weak))
                assert (area in named) == (strong + weak > 0)
                assert area not in named or (named[area].strong, named[area].weak) == (strong, weak)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("全年引进省级人才6人，遴选第三批人选20人。", Area.FACULTY),
        ("获批省社科基金一般项目4项。", Area.RESEARCH),
        ("三十年来向地方输送技能人才两万名。", Area.TALENT),
        ("要以更高标准抓实党的建设工作。", Area.PARTY),
        ("学校在全省高校分类评价中再进一位。", Area.GOVERNANCE),
        ("被评为省级文明单位。", Area.GOVERNANCE),
        ("选课和排课都在教务管理系统里办。", Area.DIGITAL),
        ("职代会收到建议三十条。", Area.GOVERNANCE),
        ("创业孵化园又有九支队伍入驻。", Area.TALENT),
        ("为两家企业开了订单班。", Area.INDUSTRY),
        ("期末测试改为线上线下结合。", Area.CURRICULUM),
    ],
)
def test_phrases_name_the_area_where_single_words_mislead(text: str, area: Area) -> None:
    scores = word_scores(text)
    assert max(Area, key=lambda a: scores[a]) is area


def test_who_leads_is_not_what_it_is_about() -> None:
    scores = word_scores("院党委书记带队，在省教育厅党组领导下，对宿舍开展检查。")
    assert scores[Area.PARTY] == 0 < scores[Area.SUPPORT]


def test_what_names_no_topic_is_about_the_school_as_a_whole() -> None:
    said = "一年来大家齐心协力，迈出了坚实的步子。"
    hunch = {area: 0.25 if area is Area.SUPPORT else 0.75 / (len(Area) - 1) for area in Area}
    assert areas_of(["#工作回顾", said], hunch)[-1] is Area.GOVERNANCE
    assert areas_of(["#招生就业", said], hunch)[-1] is Area.ENROLMENT
