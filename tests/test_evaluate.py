"""Scoring agrees with the agreed scorer to the digit, and says what was missed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from huizong.classifier.labels import Labels, read_labels
from huizong.errors import LabelError, MissingFile
from huizong.evaluate import evaluate, find_report, score, score_document
from huizong.records import (
    Alias,
    Area,
    Change,
    Count,
    Item,
    Kind,
    Nature,
    Role,
    Section,
    Span,
    Status,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "eval" / "score.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeReading:
    """What scoring looks at, without a report behind it."""

    text: str
    aliases: Sequence[Alias] = ()
    sections: Sequence[Section] = ()
    items: Sequence[Item] = ()
    counts: Sequence[Count] = ()


def labelled_report(tmp_path: Path) -> Path:
    rows: list[tuple[str, str, dict[str, object]]] = [
        ("一、主要工作", "heading", {"level": 1, "role": "progress"}),
        ("学院成立了工作专班。", "measure", {"area": "governance"}),
        ("新增实训基地3个。", "achievement", {"also": ["measure"], "area": "training"}),
        ("双师教师比例偏低。", "issue", {"area": "faculty"}),
    ]
    sentences, at = [], 0
    for sid, (text, kind, more) in enumerate(rows):
        sentences.append({"sid": sid, "start": at, "end": at + len(text), "text": text, "kind": kind, **more})
        at += len(text)
    start = "".join(r[0] for r in rows).index("3个")
    count = {
        "start": start, "end": start + 2, "quote": "3个", "sid": 2, "value": 3, "high": None, "unit": "个", "approx": False,
        "object": ["实训基地", "基地"], "status": "actual", "year": None, "change": "increase",
    }  # fmt: skip
    labels = {"meta": {"title": None}, "aliases": [], "sentences": sentences, "counts": [count]}
    path = tmp_path / "demo.gold.json"
    path.write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "demo.txt").write_text("\n".join(r[0] for r in rows), encoding="utf-8")
    return path


def perfect_reading(labels: Labels) -> FakeReading:
    """A reading that says just what the labels say, over a text with line ends between the sentences."""
    places: list[Span] = []
    text = ""
    for sentence in labels.sentences:
        places.append(Span(len(text), len(text) + len(sentence.text)))
        text += sentence.text + "\n"
    items = [
        Item(
            id=f"i{s.sid}",
            kind=s.kind,
            area=s.area,
            span=span,
            text=s.text,
            section=None,
            page=1,
            confidence=1.0,
            reason="",
        )
        for s, span in zip(labels.sentences, places, strict=True)
        if s.kind != Kind.HEADING
    ]
    sections = [
        Section(
            id=f"s{s.sid}",
            parent=None,
            level=s.level or 0,
            number="",
            title=s.text,
            role=s.role or Role.OTHER,
            span=span,
            page=1,
        )
        for s, span in zip(labels.sentences, places, strict=True)
        if s.kind == Kind.HEADING
    ]
    counts = [
        Count(
            id=f"c{n}", span=Span(c.start + c.sid, c.end + c.sid), quote=c.quote, value=c.value, high=c.high, unit=c.unit,
            approx=c.approx, lower=None, upper=None, object=c.object[0], subject=None, action=None, change=c.change,
            status=c.status, year=c.year, nature=Nature.PERIOD, level=None, listed=(), item=None, section=None, page=1,
            confidence=1.0, rule="",
        )
        for n, c in enumerate(labels.counts)
    ]  # fmt: skip
    return FakeReading(text=text, aliases=labels.aliases, sections=sections, items=items, counts=counts)


def spoilt_reading(labels: Labels, seed: int) -> FakeReading:
    """A reading with every sort of fault, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311  # faults, not secrets
    reading = perfect_reading(labels)
    items = [replace(i, kind=chance.choice(list(Kind)[1:])) if chance.random() < 0.3 else i for i in reading.items]
    items = [
        replace(i, area=chance.choice(list(Area))) if chance.random() < 0.2 else i
        for i in items
        if chance.random() < 0.95
    ]
    counts = []
    for count in reading.counts:
        fault = chance.random()
        if fault < 0.1:
            continue
        if fault < 0.2:
            count = replace(count, value=count.value + 1)
        elif fault < 0.3:
            count = replace(count, object="别的", status=Status.TARGET, change=Change.DECREASE)
        elif fault < 0.4:
            count = replace(count, approx=not count.approx, year=1999, unit=count.unit + "个")
        elif fault < 0.5:
            count = replace(count, quote="错" + count.quote)
        counts.append(count)
    sections = [replace(s, level=s.level + 1) if chance.random() < 0.2 else s for s in reading.sections]
    sections = [replace(s, role=Role.BACKGROUND) if chance.random() < 0.2 else s for s in sections]
    text = reading.text.replace("。\n", "。\n \n", 3) if seed % 2 else reading.text
    return replace(reading, items=items, counts=counts, sections=sections, text=text)


def as_contract(reading: FakeReading) -> dict[str, object]:
    """The fields of the reading that the scorer looks at, in its JSON."""
    return {
        "text": reading.text,
        "aliases": [{"name": a.name, "alias": a.alias} for a in reading.aliases],
        "sections": [
            {"number": s.number, "title": s.title, "level": s.level, "role": s.role} for s in reading.sections
        ],
        "items": [{"kind": i.kind, "area": i.area, "start": i.span.start, "end": i.span.end} for i in reading.items],
        "counts": [
            {
                "start": c.span.start, "end": c.span.end, "quote": c.quote, "value": c.value, "high": c.high, "unit": c.unit,
                "approx": c.approx, "object": c.object, "status": c.status, "change": c.change, "year": c.year,
                "table": c.table,
            }
            for c in reading.counts
        ],
    }  # fmt: skip


def test_perfect_reading_scores_one(tmp_path: Path) -> None:
    labels = read_labels(labelled_report(tmp_path))
    tally, misses = score_document(labels, perfect_reading(labels))
    figures = score([(labels, perfect_reading(labels))])
    assert misses == ()
    assert tally["counts.full"] == 1
    assert (
        figures.counts_full.f1
        == figures.headings.f1
        == figures.items_macro
        == figures.items_strict
        == figures.areas
        == 1.0
    )
    assert figures.counts_year is None


def test_empty_reading_scores_nothing_and_names_every_miss(tmp_path: Path) -> None:
    labels = read_labels(labelled_report(tmp_path))
    _, misses = score_document(labels, FakeReading(text=""), "demo")
    assert sorted(m.what for m in misses) == ["句类", "句类", "句类", "数量漏", "标题漏"]
    assert "新增实训基地3个。" in {m.context for m in misses}
    assert score([(labels, FakeReading(text=""))]).items_macro == 0.0


def test_also_is_right_but_not_strictly(tmp_path: Path) -> None:
    labels = read_labels(labelled_report(tmp_path))
    reading = perfect_reading(labels)
    items = [replace(i, kind=Kind.MEASURE) for i in reading.items[:2]] + list(reading.items[2:])
    figures = score([(labels, replace(reading, items=items))])
    assert figures.items_macro == 1.0
    assert figures.items_strict == pytest.approx(2 / 3)


def test_evaluate_reads_the_report_beside_its_labels(tmp_path: Path) -> None:
    path = labelled_report(tmp_path)
    labels = read_labels(path)
    seen: list[Path] = []

    def read(report: Path) -> FakeReading:
        seen.append(report)
        return perfect_reading(labels)

    evaluation = evaluate([tmp_path], read)
    assert seen == [tmp_path / "demo.txt"]
    assert evaluation.figures.items_macro == 1.0
    assert list(evaluation.documents) == ["demo"]
    assert evaluation.figures.lines()[0].startswith("counts.found")


def test_a_label_file_without_report_is_a_failure_with_advice(tmp_path: Path) -> None:
    path = labelled_report(tmp_path)
    (tmp_path / "demo.txt").unlink()
    with pytest.raises(MissingFile, match="旁边没有报告"):
        find_report(path)
    evaluation = evaluate([path], lambda report: FakeReading(text=""))
    assert [f.document for f in evaluation.failures] == ["demo"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"kind": "measure"', '"kind": "done"', "sentences.1.kind"),
        ('"sid": 1,', '"sid": 1, "aslo": [],', "sentences.1.aslo"),
    ],
)
def test_bad_labels_say_where(tmp_path: Path, old: str, new: str, where: str) -> None:
    path = labelled_report(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(LabelError, match=where):
        read_labels(path)


def test_labels_with_a_gap_are_refused(tmp_path: Path) -> None:
    path = labelled_report(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("成立了工作专班", "成立了专班"), encoding="utf-8")
    with pytest.raises(LabelError, match="第 1 句"):
        read_labels(path)


@pytest.mark.skipif(not SCORER.exists(), reason="the agreed scorer lies outside the repository")
def test_figures_agree_with_the_agreed_scorer_to_the_digit(tmp_path: Path) -> None:
    golds = sorted((SHARED / "gold").glob("*.gold.json"))
    pairs, arguments = [], []
    for seed, gold in enumerate(golds):
        labels = read_labels(gold)
        reading = spoilt_reading(labels, seed)
        out = tmp_path / f"{seed}.json"
        out.write_text(json.dumps(as_contract(reading), ensure_ascii=False), encoding="utf-8")
        pairs.append((labels, reading))
        arguments.append(f"{gold}={out}")
    run = subprocess.run([sys.executable, str(SCORER), *arguments], capture_output=True, text=True, check=True)
    assert score(pairs).lines() == run.stdout.splitlines()
