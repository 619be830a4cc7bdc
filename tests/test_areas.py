"""The work area of a sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from conftest import CORPUS
from huizong.analyze import analyze_text
from huizong.classifier import Example, default_model, examples
from huizong.classifier.labels import fingerprint, label_name
from huizong.classifier.passages import labelled_files
from huizong.errors import ModelError
from huizong.extractors.area_evidence import AREAS, KINDS, evidence, word_scores
from huizong.extractors.area_training import train_areas
from huizong.extractors.areas import CARD, WEIGHTS, AreaCard, AreaModel, features, find_areas, load_areas
from huizong.lexicon.areas import area_words, named_areas
from huizong.records import Area, Role, Section, Sentence, Span

_CARD = AreaCard(evidence_version=1, trained_on=(), scores={})
_REPORT = """青石职业学院2021年工作总结
一、主要工作
（一）加强党的建设
全年举办党课十二讲，发展党员三十名。
（二）建强师资队伍
选派二十名教师到企业实践。
（三）改善实训条件
新建实训室三间，添置车床十台。
"""
_NO_OPINION = dict.fromkeys(Area, 1 / len(Area))


def report_of(lines: list[str]) -> tuple[tuple[Example, ...], list[Sentence], list[Section]]:
    """A report, a line a sentence; lines that start with # and ## are headings of level 1 and 2."""
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
    return examples(text, sentences, sections, ()), sentences, sections


def areas_of(lines: list[str], weighing: AreaModel | None = None) -> list[Area]:
    """The areas of the sentences of `report_of(lines)`, the sentence model having no opinion."""
    made, sentences, sections = report_of(lines)
    opinions = [_NO_OPINION] * len(made)
    return [area for area, _ in find_areas(made, sentences, sections, opinions, opinions, weighing)]


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


def test_evidence_of_each_sentence() -> None:
    made, sentences, sections = report_of(
        ["#招生就业", "报到率提高。", "#党建工作", "党课十次。", "党员过百。", "支部换届。"]
    )
    sure = {area: 1.0 if area is Area.PARTY else 0.0 for area in Area}
    opinions = [_NO_OPINION] * 3 + [sure] * 3
    rows = evidence(made, sentences, sections, [_NO_OPINION] * 6, opinions)
    assert rows.shape == (6, len(AREAS), len(KINDS))
    of_party = dict(zip(KINDS, rows[4, AREAS.index(Area.PARTY)], strict=True))
    assert of_party["section"] == of_party["part"] == of_party["before"] == of_party["after"] == 1.0
    assert of_party["second before"] == of_party["second after"] == 0.0  # a heading, and nothing
    assert of_party["report"] == pytest.approx((3 + 1 / len(AREAS)) / 4)
    assert of_party["words"] >= 1.0 < of_party["heading"] + 0.5
    assert evidence([], [], [], [], []).shape == (0, len(AREAS), len(KINDS))


def test_the_network_weighs_what_it_was_taught_to_weigh() -> None:
    width = 2 * len(KINDS) + len(AREAS)
    table = np.zeros((width, 2), dtype=np.float32)
    table[KINDS.index("before"), 0] = 1.0  # each sentence is about what the one before it is about
    model = AreaModel(card=_CARD, table=table, bias=np.zeros(1, np.float32), out=np.zeros(1, np.float32))
    made, sentences, sections = report_of(["#工作", "党课十次。", "留学生来校。", "报到率提高。"])
    opinions = [
        {area: float(area is wanted) for area in Area}
        for wanted in (Area.OTHER, Area.PARTY, Area.INTERNATIONAL, Area.ENROLMENT)
    ]
    found = [area for area, _ in find_areas(made, sentences, sections, opinions, opinions, model)]
    assert found[2:] == [Area.PARTY, Area.INTERNATIONAL]


def test_features_tell_how_far_an_area_is_behind() -> None:
    made, sentences, sections = report_of(["双师型教师占比提高到六成。"])
    rows = evidence(made, sentences, sections, [_NO_OPINION], [_NO_OPINION])
    seen = features(rows)
    words = KINDS.index("words")
    assert (seen[0, :, words] + seen[0, :, len(KINDS) + words] == rows[0, :, words].max()).all()
    assert (seen[0, :, 2 * len(KINDS) :] == np.eye(len(AREAS))).all()


def test_reports_tell_areas_with_the_shipped_model() -> None:
    said = {i.text: i.area for i in analyze_text(_REPORT).items}
    assert said["全年举办党课十二讲，发展党员三十名。"] is Area.PARTY
    assert said["选派二十名教师到企业实践。"] is Area.FACULTY
    assert said["新建实训室三间，添置车床十台。"] is Area.TRAINING


def test_stored_model_was_trained_on_the_corpus_as_it_is() -> None:
    model = load_areas()
    assert model is not None
    folders = [CORPUS / folder for folder in ("reports", "samples", "passages")]
    assert {row.name: row.sha256 for row in model.card.trained_on} == {
        label_name(path): fingerprint(path) for path in labelled_files(folders)
    }
    sentence_model = json.loads((default_model() / "card.json").read_bytes())["scores"]["areas"]
    assert model.card.scores["areas"] > sentence_model + 0.02


def small_reports(folder: Path, number: int) -> list[Path]:
    """As many labelled passages of the same few sentences."""
    paths = []
    for n in range(number):
        path = folder / f"r{n}.passages.txt"
        path.write_text(
            f"= 某职业学院第{n}号总结\n\nh1 progress\t一、党建工作\nmeasure party\t举办党课{{{n + 2}讲|党课}}。\n"
            f"achievement party\t发展党员{{{n + 5}名|党员}}。\nh1 progress\t二、师资队伍\n"
            f"measure faculty\t选派{{{n + 3}名|教师}}教师到企业实践。\n",
            encoding="utf-8",
        )
        paths.append(path)
    return paths


def test_same_labels_same_bytes_in_any_order(tmp_path: Path) -> None:
    paths = small_reports(tmp_path, 20)
    card = train_areas(paths, tmp_path / "one")
    train_areas(paths[::-1], tmp_path / "two")
    for name in (CARD, WEIGHTS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    model = load_areas(tmp_path / "one")
    assert model is not None
    assert model.card == card


def test_few_reports_teach_no_weights(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text("{}")
    assert train_areas(small_reports(tmp_path, 3), tmp_path) is None
    assert load_areas(tmp_path) is None


def test_a_model_of_other_evidence_is_refused(tmp_path: Path) -> None:
    for name in (CARD, WEIGHTS):
        shutil.copy(default_model() / name, tmp_path)
    assert load_areas(tmp_path) is not None
    card = (tmp_path / CARD).read_text(encoding="utf-8")
    (tmp_path / CARD).write_text(card.replace('"evidence_version": 1', '"evidence_version": 0'), encoding="utf-8")
    with pytest.raises(ModelError, match="不符"):
        load_areas(tmp_path)
    (tmp_path / CARD).write_text("[]")
    with pytest.raises(ModelError, match="读不了"):
        load_areas(tmp_path)
