"""What people decided about findings, and how a decision finds its finding again when the report or the program has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

_STRICT = {"extra": "forbid"}  # a field that is misspelt must not be lost in silence

Value: TypeAlias = str | int | float | None
"""What a cell holds; `None` for an empty one."""


class Act(StrEnum):
    """What a person did: changed a cell, took 需核 away as right, deleted a row, added one."""

    CHANGE = "change"
    CONFIRM = "confirm"
    DELETE = "delete"
    ADD = "add"


class AnchorKind(StrEnum):
    """What a decision is about. `words` stand in the text, `row` is a row that people added without words of the report."""

    ITEM = "item"
    TASK = "task"
    COUNT = "count"
    PAIR = "pair"
    CHECK = "check"
    WORDS = "words"
    ROW = "row"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a finding was when a person decided about it, and its words: enough to find it again in a changed report.

    `start`, `end` are offsets into the cleaned text of the report with this `sha256`, for a count of a table (`cell`: table,
    row, column) into its cell. `within` is what stands around `quote`: the sentence of a task or count, the row of a table; `at`
    the place of the quote in it. `parts` are the statements of a pair (the missing side without words) and the words of a
    check, whose `quote` is its rule.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: AnchorKind
    id: str
    report: str
    sha256: str
    start: int | None = None
    end: int | None = None
    quote: str = ""
    within: str = ""
    at: int | None = None
    heading: str = ""
    page: int | None = None
    cell: tuple[int, int, int] | None = None
    parts: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, as it is kept. `number` counts from 1 in the order of the decisions of a folder; `when` is ISO 8601.

    `column` is the column (by its name in `tables.columns`), `before` and `after` what stood and stands in the cell; of a row
    added, `cells` holds all of them. `target` names what is set in the report and `meaning` its value; an empty target says
    that only the cell is set. `refs` are the findings that the value names (对应计划).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    number: int
    act: Act
    table: str
    anchor: Anchor
    column: str = ""
    before: Value = None
    after: Value = None
    cells: Mapping[str, Value] = field(default_factory=dict)
    target: str = ""
    meaning: Any = None
    refs: tuple[Anchor, ...] = ()
    by: str = ""
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """That the decision with this number no longer holds."""

    number: int
    by: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A decision that could not be followed, and why, in Chinese. It is kept.

    `offered` is the same decision about what has nearly the words that are gone; a person says whether it is meant.
    """

    decision: Decision
    reason: str
    offered: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRow:
    """A row that people added without words of the report: its table, its key and its cells by column."""

    table: str
    key: str
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What decisions did to a report beyond its findings, for the tables.

    `cells` are values of single cells, by key of the row and column; those of the type tuple are ids of statements, shown by
    their numbers. `remarks` says, by key, who decided what; a key with a remark is a person's. `hidden` are keys of rows not
    shown, `judged` keys of findings whose row a person changed (beyond a note, school or year), confirmed or added.
    `carried` were found at another place than they were made, `unsettled` could not be followed.
    """

    cells: Mapping[tuple[str, str], Value | tuple[str, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    added: tuple[AddedRow, ...] = ()
    followed: tuple[Decision, ...] = ()
    carried: tuple[Decision, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
