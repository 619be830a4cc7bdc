"""The sentence model: the same bytes from the same labels, and the same probabilities as scikit-learn without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from huizong.classifier import Example, bare, default_model, examples, features, load_model, train
from huizong.classifier.examples import outline_of
from huizong.classifier.features import FEATURES_VERSION
from huizong.classifier.labels import Labels, label_name, read_labels
from huizong.classifier.passages import labelled_files
from huizong.classifier.train import fit, labelled_rows
from huizong.errors import LabelError, ModelError
from huizong.records import Kind, Role
from huizong.tokens import segment

REPOSITORY = Path(__file__).resolve().parents[1]

# (text, kind, more) of two small reports on different subjects.
_FIRST: list[tuple[str, str, dict[str, object]]] = [
    ("一、主要工作", "heading", {"level": 1, "role": "progress"}),
    ("学院成立了专班。", "measure", {"area": "governance"}),
    ("学院修订了管理办法。", "measure", {"area": "governance"}),
    ("新增实训基地3个。", "achievement", {"area": "training", "also": ["measure"]}),
    ("建成实训室8间。", "achievement", {"area": "training"}),
    ("二、存在问题", "heading", {"level": 1, "role": "issues"}),
    ("双师教师比例偏低。", "issue", {"area": "faculty"}),
    ("三、下一步计划", "heading", {"level": 1, "role": "plans"}),
    ("要加强教师培训。", "plan", {"area": "faculty"}),
]
_SECOND: list[tuple[str, str, dict[str, object]]] = [
    ("一、工作进展", "heading", {"level": 1, "role": "progress"}),
    ("学院成立了党建专班。", "measure", {"area": "governance"}),
    ("新增实训室2间。", "achievement", {"area": "training"}),
    ("二、不足", "heading", {"level": 1, "role": "issues"}),
    ("骨干教师比例偏低。", "issue", {"area": "faculty"}),
    ("三、计划", "heading", {"level": 1, "role": "plans"}),
    ("要加强教师引进。", "plan", {"area": "faculty"}),
]


def write_labels(path: Path, rows: list[tuple[str, str, dict[str, object]]]) -> Path:
    sentences, at = [], 0
    for sid, (text, kind, more) in enumerate(rows):
        sentences.append({"sid": sid, "start": at, "end": at + len(text), "text": text, "kind": kind, **more})
        at += len(text)
    path.write_text(json.dumps({"sentences": sentences}, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def label_paths(tmp_path: Path) -> list[Path]:
    return [write_labels(tmp_path / "a.gold.json", _FIRST), write_labels(tmp_path / "b.gold.json", _SECOND)]


def test_same_labels_same_bytes_in_any_order(label_paths: list[Path], tmp_path: Path) -> None:
    train(label_paths, tmp_path / "one")
    train(label_paths[::-1], tmp_path / "two")
    for name in ("card.json", "features.json", "weights.npz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_card_says_what_was_learned_from(label_paths: list[Path], tmp_path: Path) -> None:
    card = train(label_paths, tmp_path / "model")
    assert [(row.name, row.sentences) for row in card.trained_on] == [("a", 9), ("b", 7)]
    assert set(card.scores) == {"strict", "accepted", "areas"}
    assert load_model(tmp_path / "model").card == card


def test_probabilities_are_those_of_scikit_learn(label_paths: list[Path], tmp_path: Path) -> None:
    rows = [row for n, path in enumerate(label_paths) for row in labelled_rows(n, read_labels(path))]
    heads = fit(rows)
    train(label_paths, tmp_path / "model")
    model = load_model(tmp_path / "model")
    named = [row.features for row in rows]
    matrix = heads.matrix(named)
    kinds = [list(row.values()) for row in model.kinds(named)]
    areas = [list(row.values()) for row in model.areas(named)]
    np.testing.assert_allclose(kinds, heads.kind_head.predict_proba(matrix), atol=1e-6)
    np.testing.assert_allclose(areas, heads.area_head.predict_proba(matrix), atol=1e-6)


def test_two_classes_are_applied_as_scikit_learn_does(tmp_path: Path) -> None:
    rows: list[tuple[str, str, dict[str, object]]] = [
        (f"学院{verb}第{n}项。", kind, {"area": area})
        for n in range(1, 5)
        for verb, kind, area in (("开展了", "measure", "party"), ("要推进", "plan", "faculty"))
    ]
    path = write_labels(tmp_path / "two.gold.json", rows)
    labelled = labelled_rows(0, read_labels(path))
    heads = fit(labelled)
    train([path], tmp_path / "model")
    got = load_model(tmp_path / "model").kinds([row.features for row in labelled])
    wanted = heads.kind_head.predict_proba(heads.matrix([row.features for row in labelled]))
    np.testing.assert_allclose([list(row.values()) for row in got], wanted, atol=1e-6)


def test_applying_a_model_needs_no_scikit_learn() -> None:
    program = (
        "import sys; from huizong.classifier import load_model; m = load_model(); m.kinds([{'c:了': 1.0}]); "
        "assert not {'sklearn', 'scipy', 'pydantic'} & set(sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "pipeline")}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


def test_sentences_are_judged_as_their_named_features_are(label_paths: list[Path]) -> None:
    model = load_model()
    made = [e for path in label_paths for e in _examples(read_labels(path))]
    made += [bare(example) for example in made]
    for _ in range(2):  # the second time from what was kept
        kinds, areas = model.judge(made)
        named = [features(example) for example in made]
        assert kinds == [pytest.approx(row) for row in model.kinds(named)]
        assert areas == [pytest.approx(row) for row in model.areas(named)]
    assert model.judge([]) == ([], [])
    assert model.own_areas([]) == []


def test_areas_by_a_sentence_alone_are_those_without_headings(label_paths: list[Path]) -> None:
    model = load_model()
    cues = [column for name, column in model.columns.items() if name.startswith("k:")]
    assert cues
    assert not model.area_weights[:, cues].any()
    made = [e for path in label_paths for e in _examples(read_labels(path))]
    alone = model.judge([bare(example) for example in made])[1]
    assert model.own_areas(made) == [pytest.approx(row) for row in alone]


def _examples(labels: Labels) -> tuple[Example, ...]:
    text, sentences, sections = outline_of(labels)
    return examples(text, sentences, sections, segment(text))


def test_unknown_features_are_ignored() -> None:
    chances = load_model().kinds([{"no such feature": 1.0}, {}])
    assert chances[0] == chances[1]
    assert sum(chances[0].values()) == pytest.approx(1.0)


def test_shipped_model_is_small_and_learned_from_the_corpus_only() -> None:
    folder = default_model()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4_800_000
    corpus = {label_name(path) for path in labelled_files([REPOSITORY / "corpus"])}
    assert {row.name for row in load_model().card.trained_on} <= corpus


def test_bare_features_say_nothing_of_headings(label_paths: list[Path]) -> None:
    text, sentences, sections = outline_of(read_labels(label_paths[0]))
    for example in examples(text, sentences, sections, segment(text)):
        names = features(bare(example))
        assert not [name for name in names if name.startswith(("h:", "p:", "ah:", "ap:"))]
        assert not [name for name in names if any(f"role={role}" in name for role in Role)]
        assert {name for name in features(example) if name.startswith(("c:", "w:", "a:"))} <= names.keys()


def test_what_sentences_say_is_known_without_their_headings(label_paths: list[Path], tmp_path: Path) -> None:
    train(label_paths, tmp_path / "model")
    text, sentences, sections = outline_of(read_labels(label_paths[0]))
    made = examples(text, sentences, sections, segment(text))
    chances = load_model(tmp_path / "model").kinds([features(bare(example)) for example in made])
    found = {example.text: max(row, key=lambda k: row[k]) for example, row in zip(made, chances, strict=True)}
    assert found["双师教师比例偏低。"] is Kind.ISSUE
    assert found["要加强教师培训。"] is Kind.PLAN


def test_shares_of_kinds_in_sections_of_each_role() -> None:
    model = load_model()
    np.testing.assert_allclose(model.role_kinds.sum(axis=1), 1.0, atol=1e-5)
    assert (model.role_kinds > 0).all()
    row = dict(zip(model.card.kinds, model.role_kinds[model.card.roles.index(Role.ISSUES)], strict=True))
    assert max(row, key=lambda kind: row[kind]) is Kind.ISSUE


def test_too_few_labels(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "few.gold.json", [("学院成立了专班。", "measure", {"area": "governance"})])
    with pytest.raises(LabelError, match="标注太少"):
        train([path], tmp_path / "model")


def test_no_model_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="读不了"):
        load_model(tmp_path)


def test_a_model_of_other_features_is_refused(label_paths: list[Path], tmp_path: Path) -> None:
    train(label_paths, tmp_path / "model")
    card = tmp_path / "model" / "card.json"
    card.write_text(
        card.read_text("utf-8").replace(f'"features_version": {FEATURES_VERSION}', '"features_version": 0'), "utf-8"
    )
    with pytest.raises(ModelError, match="另一版特征"):
        load_model(tmp_path / "model")


def test_arrays_that_do_not_fit_the_names_are_refused(label_paths: list[Path], tmp_path: Path) -> None:
    train(label_paths, tmp_path / "model")
    names = tmp_path / "model" / "features.json"
    names.write_text(json.dumps(json.loads(names.read_text("utf-8"))[1:]), "utf-8")
    with pytest.raises(ModelError, match="不符"):
        load_model(tmp_path / "model")


def test_examples_know_their_headings_and_neighbours(label_paths: list[Path]) -> None:
    text, sentences, sections = outline_of(read_labels(label_paths[0]))
    made = examples(text, sentences, sections, segment(text))
    assert [e.heading for e in made[1:4]] == ["主要工作"] * 3
    assert (made[2].before, made[2].after) == ("学院成立了专班。", "新增实训基地3个。")
    assert (made[1].before, made[1].first, made[4].last) == ("", True, True)
    assert "".join(made[1].words) == made[1].text


def test_numbers_do_not_matter_but_as_numbers(label_paths: list[Path]) -> None:
    text, sentences, sections = outline_of(read_labels(label_paths[0]))
    other = text.replace("新增实训基地3个", "新增实训基地7个")
    one = features(examples(text, sentences, sections, segment(text))[3])
    two = features(examples(other, sentences, sections, segment(other))[3])
    assert one == two
