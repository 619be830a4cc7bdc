"""What is found in a report: sections, sentences, labels, counts, items, numbers, tasks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from huizong.records.documents import Span
from huizong.records.kinds import (
    Area,
    Change,
    Kind,
    Level,
    LinkKind,
    Nature,
    NumberRole,
    ParticularKind,
    Role,
    Rule,
    Severity,
    Status,
    TaskState,
)

NOT_STORED = {"stored": False}
"""Marks fields that people's decisions set: no part of the JSON of a report, which says what was extracted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it. `span` covers the heading's words: `number + title == text[span]`.

    `level` 0 is the title; `parent` is the id of the enclosing section. `reason` says in Chinese what told level and role.
    """

    id: str
    parent: str | None
    level: int
    number: str
    title: str
    role: Role
    span: Span
    page: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the cleaned text, cut at 。；！？ and paragraph ends; the sentences cover all words of the text in order.

    `section` is the id of the section it stands in (its own for a heading), `role` that section's role,
    `paragraph` the index of its paragraph, `lead` the run-in marker it opens with (一是, 首先, （1） …) or "".
    """

    span: Span
    paragraph: int
    heading: bool
    section: str | None
    role: Role
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The heading tree and the sentences between the headings, both in reading order."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


class Token(NamedTuple):
    """A word of the segmentation and jieba's part-of-speech tag ("" when the dictionary has none).

    A tuple, since a report has tens of thousands of them and a frozen dataclass takes several times as long to make.
    """

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A “以下简称” pair."""

    name: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Who reports, about whom, for which years. `None` and empty where the report does not say."""

    title: str | None = None
    reporter: str | None = None
    partners: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The kind and area given to one sentence, with the reasons (rule name, words or model score) and a confidence in 0..1."""

    kind: Kind
    area: Area | None
    confidence: float
    reason: str
    area_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many or how much of something (GUIDELINES §4).

    `value`/`high` are as printed (unit not multiplied out, percentages as printed); `lower`/`upper` are the bounds that the
    words allow (十余 = 11..19, `None` = open). `object` is what is counted, `subject` whose it is (full name when known),
    `action` the verb. What 首个 and 全部 imply (1 and 100 %) has the nature 推算 and stands apart
    in `Report.derived`: no counts of the contract, but rows of 指标台账.

    A count of a table has the 0-based `table`, `row` (into `rows` of the table; header rows give no counts) and `column`, and
    `span` are offsets into the words of that cell: `quote == tables[table].rows[row][column][start:end]`; it has no `item`.
    `rule` is how the object was found, `reason` says in Chinese what told the rest, a part each (状态：…；年份：…).
    """

    id: str
    span: Span
    quote: str
    value: float
    high: float | None
    unit: str
    approx: bool
    lower: float | None
    upper: float | None
    object: str | None
    subject: str | None
    action: str | None
    change: Change
    status: Status
    year: int | None
    nature: Nature
    level: Level | None
    listed: tuple[str, ...]
    item: str | None
    section: str | None
    page: int
    confidence: float
    rule: str
    table: int | None = None
    row: int | None = None
    column: int | None = None
    reason: str = ""
    indicator: str | None = field(default=None, metadata=NOT_STORED)
    """The id in the catalogue that a person chose, "" for none of it; `None` where nobody did."""
    said: str | None = field(default=None, metadata=NOT_STORED)
    """Number and unit as a person corrected them; `None` where nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement: a sentence that is no heading, with its kind and area. `text == report.text[span]`.

    `reason` is the rule or the model's score for the kind, `area_reason` what spoke loudest for the area.
    """

    id: str
    kind: Kind
    area: Area | None
    span: Span
    text: str
    section: str | None
    page: int
    confidence: float
    reason: str
    counts: tuple[str, ...] = ()
    area_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A numeral of the text and its role; `count` is the id of the count it belongs to."""

    span: Span
    quote: str
    role: NumberRole
    page: int
    count: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Particular:
    """A detail of a statement in its own words: the deadline or owner of a plan, the cause of an issue. `item` is its id."""

    item: str
    kind: ParticularKind
    span: Span
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two statements that belong together: for `issue_plan`, `source` is the issue's id and `target` that of the plan.

    `score` is in 0..1; `reason` says in Chinese what ties them.
    """

    kind: LinkKind
    source: str
    target: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of 汇总表: a 具体任务, cut from one statement. `span` is its evidence, `brief` its short wording.

    All words are the report's own; `None` and empty where it does not say. `effect` is the qualitative result (定性成效),
    `counts` the ids of the counts that belong to it, `item` the statement it was cut from.
    """

    id: str
    item: str
    section: str | None
    area: Area | None
    span: Span
    brief: str
    actor: str | None
    beneficiary: str | None
    departments: tuple[str, ...]
    time: str | None
    state: TaskState
    effect: str | None
    counts: tuple[str, ...]
    page: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of the text that a check speaks of, and the 1-based page on which they start."""

    span: Span
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What quality control would query in a report. `message` is a Chinese sentence: what is wrong, and where.

    `evidence` is in reading order; empty where something is missing altogether.
    """

    rule: Rule
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...]


def finding_id(sha256: str, kind: str, span: Span, cell: tuple[int, int, int] | None = None) -> str:
    """A short stable id of a finding: the same file, kind and place give the same id on every run.

    `cell` (table, row, column) is the place of a finding whose `span` is counted in a cell.
    """
    place = "" if cell is None else ":{}:{}:{}".format(*cell)
    return _short_id(kind, f"{sha256}:{kind}:{span.start}:{span.end}{place}")


def joint_id(kind: str, *parts: str) -> str:
    """A short stable id of what is told by several things together: a pair by its two findings, a check by rule and words."""
    return _short_id(kind, ":".join((kind, *parts)))


def _short_id(kind: str, key: str) -> str:
    return f"{kind[0]}{hashlib.sha256(key.encode()).hexdigest()[:11]}"
