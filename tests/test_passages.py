"""Passages with their labels inside: read as written, learned from, and never scored as reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huizong.classifier.labels import label_name, same_object
from huizong.classifier.passages import labelled_files, read_labelled
from huizong.classifier.train import labelled_rows
from huizong.errors import LabelError
from huizong.evaluate.run import label_files
from huizong.extractors.object_training import report_examples
from huizong.records import Area, Kind, Role

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

_TEXT = """# 甲写的
= 某某职业学院资助中心2022年总结
h1 progress\t一、做了什么

measure talent\t走访{29户|困难家庭/家庭}，送去慰问金{5 800元|慰问金}。
achievement+measure talent\t为{80多名|学生}办理缓缴。
= 某某县2022年工作回顾
background\t冬去春来。
"""


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "zizhu.passages.txt"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def test_read_as_written(passages: Path) -> None:
    labels = read_labelled(passages)
    assert label_name(passages) == "zizhu"
    assert [s.kind for s in labels.sentences] == [
        Kind.HEADING,
        Kind.HEADING,
        Kind.MEASURE,
        Kind.ACHIEVEMENT,
        Kind.HEADING,
        Kind.BACKGROUND,
    ]
    assert [s.level for s in labels.sentences if s.kind is Kind.HEADING] == [0, 1, 0]
    assert labels.sentences[1].role is Role.PROGRESS
    assert labels.sentences[3].also == (Kind.MEASURE,)
    assert labels.sentences[3].area is Area.TALENT
    assert [(t.quote, t.object) for t in labels.things] == [
        ("29户", ("困难家庭", "家庭")),
        ("5800元", ("慰问金",)),
        ("80多名", ("学生",)),
    ]
    assert all(labels.text[t.start : t.end] == t.quote for t in labels.things)


def test_learned_from_and_not_scored(passages: Path, tmp_path: Path) -> None:
    assert labelled_files([tmp_path]) == (passages,)
    assert label_files([tmp_path]) == ()
    labels = read_labelled(passages)
    assert [row.kind for row in labelled_rows(0, labels)] == [Kind.MEASURE, Kind.ACHIEVEMENT, Kind.BACKGROUND]
    assert [example.accepted for example in report_examples(labels)] == [t.object for t in labels.things]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("measure talent 没有制表符。", "看不懂"),
        ("deed talent\t没有这种句类。", "deed"),
        ("measure school\t没有这种领域。", "school"),
        ("h1 middle\t一、没有这种部分", "middle"),
        ("measure\t走访{29户|困难家庭。", "花括号"),
        ("measure\t走访{29户}。", "花括号"),
    ],
)
def test_fault_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "a.passages.txt"
    path.write_text(f"= 某报告\n{line}\n", encoding="utf-8")
    with pytest.raises(LabelError, match=rf"第 2 行.*{re.escape(told)}"):
        read_labelled(path)


def test_other_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.passages.txt"
    path.write_bytes("= 某报告\n".encode("gb18030"))
    with pytest.raises(LabelError, match="UTF-8"):
        read_labelled(path)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("passages/*.passages.txt")), ids=label_name)
def test_corpus_passages_hold_together(path: Path) -> None:
    labels = read_labelled(path)
    assert labels.things
    for thing in labels.things:
        assert labels.text[thing.start : thing.end] == thing.quote
        sentence = labels.sentences[thing.sid]
        assert sentence.start <= thing.start < thing.end <= sentence.end
        assert not same_object(thing.quote, thing.object)
