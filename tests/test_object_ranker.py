"""The model of counted things: when it is asked, what it may say, and that the same labels give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from huizong.analyze import analyze_text
from huizong.classifier.labels import fingerprint, label_name, read_labels, same_object
from huizong.classifier.learning import new_reports
from huizong.classifier.passages import labelled_files
from huizong.errors import ModelError
from huizong.extractors.count_candidates import find_candidates
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import Found
from huizong.extractors.count_pieces import Word
from huizong.extractors.count_words import words_of
from huizong.extractors.object_proposals import unit_class
from huizong.extractors.object_ranker import CARD, WEIGHTS, ObjectCard, ObjectModel, is_open, load_objects
from huizong.extractors.object_scores import Network
from huizong.extractors.object_training import report_examples, train_objects
from huizong.extractors.object_words import SentenceWords
from huizong.extractors.ranking import learn
from huizong.records import Count, Span
from huizong.tokens import segment

REPOSITORY = Path(__file__).resolve().parents[1]
_CARD = ObjectCard(features_version=1, trained_on=(), scores={})

# (text, [(quote, value, unit, accepted names)]) of a small report.
_REPORT: list[tuple[str, list[tuple[str, float, str, list[str]]]]] = [
    ("图书馆添置书架40组，旧桌椅又修好18套。", [("40组", 40, "组", ["书架"]), ("18套", 18, "套", ["旧桌椅", "桌椅"])]),
    ("全馆借书9000册，还书8700册。", [("9000册", 9000, "册", ["借书"]), ("8700册", 8700, "册", ["还书"])]),
    (
        "请作家来校座谈3次，到场读者210人。",
        [("3次", 3, "次", ["座谈"]), ("210人", 210, "人", ["到场读者", "读者"])],
    ),
]


def write_labels(path: Path) -> Path:
    sentences, counts, at = [], [], 0
    for sid, (text, wanted) in enumerate(_REPORT):
        sentences.append(
            {"sid": sid, "start": at, "end": at + len(text), "text": text, "kind": "achievement", "area": "support"}
        )
        for quote, value, unit, names in wanted:
            start = at + text.index(quote)
            counts.append(
                {"start": start, "end": start + len(quote), "quote": quote, "sid": sid, "value": value, "high": None}
                | {"unit": unit, "approx": False, "object": names, "status": "actual", "year": None, "change": "level"}
            )
        at += len(text)
    path.write_text(json.dumps({"sentences": sentences, "counts": counts}, ensure_ascii=False), encoding="utf-8")
    return path


def finder_of(text: str) -> ObjectFinder:
    group = find_candidates(text)
    return ObjectFinder(text, words_of(text, 0, len(text), segment(text), group), group)


def linear(weights: dict[str, float]) -> ObjectModel:
    """A model with these weights and a hidden layer that says nothing."""
    table = np.array([[weight, 0.0] for weight in weights.values()], dtype=np.float32).reshape(-1, 2)
    rows = {name: n for n, name in enumerate(weights)}
    zero = np.zeros(1, dtype=np.float32)
    return ObjectModel(card=_CARD, network=Network(rows, table, zero, zero))


def counts_in(body: str) -> tuple[Count, ...]:
    return analyze_text(f"某职业技术学院图书馆2022年工作总结\n一、主要工作\n{body}\n").counts


def test_same_labels_same_bytes_in_any_order(tmp_path: Path) -> None:
    paths = [write_labels(tmp_path / f"{name}.gold.json") for name in "ab"]
    train_objects(paths, tmp_path / "one")
    card = train_objects(paths[::-1], tmp_path / "two")
    for name in (CARD, WEIGHTS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    model = load_objects(tmp_path / "one")
    assert model is not None
    assert model.card == card
    assert [(row.name, row.sentences) for row in card.trained_on] == [("a", 3), ("b", 3)]


def test_stored_model_was_trained_on_the_corpus_as_it_is() -> None:
    model = load_objects()
    assert model is not None
    trained = {row.name: row.sha256 for row in model.card.trained_on}
    labels = [
        path
        for folder in ("reports", "samples", "passages")
        for path in labelled_files([REPOSITORY / "corpus" / folder])
    ]
    assert trained == {label_name(path): fingerprint(path) for path in labels}
    assert new_reports() <= set(trained)
    assert model.card.scores["new_chosen"] > model.card.scores["new_rules"] + 0.005


def test_examples_hold_the_accepted_names(tmp_path: Path) -> None:
    made = report_examples(read_labels(write_labels(tmp_path / "a.gold.json")))
    assert [example.accepted[0] for example in made] == ["书架", "旧桌椅", "借书", "还书", "座谈", "到场读者"]
    asked = [example for example in made if example.right]
    assert asked
    assert all(len(example.proposals) == len(example.right) for example in made)


def test_without_weights_the_rules_decide() -> None:
    text = "图书馆共3层，去年借书九千册，读者里教师占两成。"
    finder, group = finder_of(text), find_candidates(text)
    facts = [(candidate, finder.find(candidate)) for candidate in group]
    assert linear({}).choose(text, finder, facts, []) == [found for _, found in facts]


def test_weights_move_the_choice_to_a_phrase_of_the_text() -> None:
    text = "旧阅览室腾出来以后，同学们一共借走60本。"
    finder, group = finder_of(text), find_candidates(text)
    facts = [(group[0], Found(name="同学们", rule="carried"))]
    model = linear({"Ew:阅览室": 9.0, "Sw:旧": 1.0})
    (chosen,) = model.choose(text, finder, facts, [])
    assert chosen.rule == "ranked"
    assert chosen.span is not None
    assert chosen.span.of(text) == chosen.name == "旧阅览室"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("书架40组。", Found(name="书架", span=Span(0, 2), rule="noun"), True),
        ("书架又添40组。", Found(name="书架", span=Span(0, 2), rule="noun"), True),
        ("添了40组书架。", Found(name="书架", span=Span(5, 7), rule="behind"), True),
        ("铺了40平方米地板。", Found(name="地板", span=Span(7, 9), rule="behind"), False),  # an amount before its thing
        ("书架、桌椅分别40组。", Found(name="书架", rule="dealt"), False),
    ],
)
def test_the_model_is_asked_where_rules_are_unsure(text: str, found: Found, *, expected: bool) -> None:
    assert is_open(find_candidates(text)[0], found) is expected


def test_a_member_of_a_list_is_not_the_whole_of_it() -> None:
    text = "馆藏图书、期刊700册。"
    finder, group = finder_of(text), find_candidates(text)
    facts = [(group[0], Found(name="图书、期刊", span=Span(2, 7), rule="noun"))]
    assert linear({"Ew:图书": 9.0, "Sw:图书": 9.0}).choose(text, finder, facts, [])[0].name == "图书、期刊"


def test_the_network_learns_what_the_linear_part_cannot() -> None:
    # Two features, right when both or neither are there: no sum of two weights tells that.
    rows = np.array([[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 1, 1]] * 4000, dtype=np.float64)
    learned = learn(csr_matrix(rows), [1.0, 0.0] * 8000, [2] * 8000, hidden=16, epochs=6)
    table, bias, out = learned.stored()
    network = Network(
        {name: n for n, name in enumerate("abc")}, *(part.astype(np.float32) for part in (table, bias, out))
    )
    scores = network.scores(network.sums(["abc", "ac", "c", "bc"]))
    assert scores[0] > scores[1]
    assert scores[2] > scores[3]


def test_sums_are_those_of_the_rows() -> None:
    table = np.arange(12, dtype=np.float32).reshape(3, 4)
    network = Network({"a": 0, "b": 1, "c": 2}, table, np.zeros(3, dtype=np.float32), np.ones(3, dtype=np.float32))
    sums = network.sums([["a", "c", "unknown"], [], ["b"]])
    assert sums.tolist() == [(table[0] + table[2]).tolist(), [0.0] * 4, table[1].tolist()]
    assert network.scores(sums).tolist() == [sums[0].sum(), 0.0, sums[2].sum()]


def test_phrases_hold_no_mark_and_no_number() -> None:
    text = "修好桌椅18套，添置书架和灯具。"
    finder = finder_of(text)
    words = finder.words
    shown = [text[words[p.first].start : words[p.last].end] for p in SentenceWords(words, finder.numbers).phrases()]
    assert "桌椅" in shown
    assert "书架和灯具" in shown
    assert not [name for name in shown if "18" in name or "，" in name or name.startswith("和") or name.endswith("和")]


def test_features_of_the_edges_of_a_sentence() -> None:
    view = SentenceWords([Word(0, 2, "书架", "n")], set())
    assert (view.before(0), view.after(0), view.classes(-1), view.classes(1)) == ("^", "$", "", "")
    assert "Sp:^" in view.opening(0)
    assert "Ef:$" in view.closing(0)


def test_units_of_one_kind_share_a_feature() -> None:
    assert unit_class("个百分点") == "点"
    assert unit_class("场") == unit_class("次") == "次"
    assert unit_class("平方米") == "m"


@pytest.mark.parametrize("body", ["全馆无一人请假。", "一是借阅方便了，二是环境好了。", "第三阅览室在二楼。"])
def test_what_is_no_count_gets_no_thing(body: str) -> None:
    assert counts_in(body) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["修桌椅", "读者", "借走", "新书", "听讲座的", "占", "其中", "，", "12册", "30人", "三成", "5次"]
        ),
        min_size=2,
        max_size=12,
    )
)
def test_a_ranked_thing_is_words_of_the_text(pieces: list[str]) -> None:
    body = "".join(pieces) + "。"
    for count in counts_in(body):
        assert count.quote in body
        if count.rule == "count.ranked":
            assert count.object
            assert count.object in body


def test_a_folder_without_the_model_gives_none(tmp_path: Path) -> None:
    assert load_objects(tmp_path) is None


def test_files_that_do_not_fit_are_an_error(tmp_path: Path) -> None:
    train_objects([write_labels(tmp_path / "a.gold.json")], tmp_path)
    fields = json.loads((tmp_path / CARD).read_text(encoding="utf-8"))
    (tmp_path / CARD).write_text(json.dumps({**fields, "features": ["Sw:书"] * 3}), encoding="utf-8")
    with pytest.raises(ModelError, match="不配套"):
        load_objects(tmp_path)
    (tmp_path / CARD).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="读不了"):
        load_objects(tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"), [("“双师” 教师", True), ("双师教师", False), ("", False), (None, False), ("教师的", True)]
)
def test_same_object(name: str | None, *, expected: bool) -> None:
    assert same_object(name, ["“双师”教师", "教师"]) is expected
