"""The nouns of huizong: what a report is read into.

Glossary (Chinese, English name in code): 工作报告 report, 标题 heading/section, 句 sentence, 措施 measure, 成效 achievement,
问题 issue, 计划 plan, 数量 count, 数字 number, 领域 area, 佐证/证据 evidence, 简称 alias, 提示 notice, 汇总表 summary table.

Conventions: every record is frozen and keyword-only. Offsets are 0-based, half-open, in Unicode code points of the *cleaned*
text (`CleanDocument.text`); pages are 1-based; lengths of a page are in PDF points (`_pt`). Nothing below `Line` ever speaks
of raw offsets: `SourceMap` is the only way back.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a sentence says (GUIDELINES §1)."""

    HEADING = "heading"
    BACKGROUND = "background"
    MEASURE = "measure"
    ACHIEVEMENT = "achievement"
    ISSUE = "issue"
    PLAN = "plan"
    OTHER = "other"


class Role(StrEnum):
    """What the section under a heading is for."""

    PROGRESS = "progress"
    ISSUES = "issues"
    PLANS = "plans"
    BACKGROUND = "background"
    OTHER = "other"


class Status(StrEnum):
    """Whether a count holds, is hoped for, or is a former value given for comparison."""

    ACTUAL = "actual"
    TARGET = "target"
    BASELINE = "baseline"


class Change(StrEnum):
    """Whether a count is a level or says by how much something grew or fell."""

    LEVEL = "level"
    INCREASE = "increase"
    DECREASE = "decrease"


class Area(StrEnum):
    """The fourteen work areas of a school report (GUIDELINES §3)."""

    GOVERNANCE = "governance"
    PARTY = "party"
    PROGRAMME = "programme"
    CURRICULUM = "curriculum"
    FACULTY = "faculty"
    TALENT = "talent"
    TRAINING = "training"
    INDUSTRY = "industry"
    RESEARCH = "research"
    ENROLMENT = "enrolment"
    DIGITAL = "digital"
    INTERNATIONAL = "international"
    SUPPORT = "support"
    OTHER = "other"


class NumberRole(StrEnum):
    """What a numeral in the text is (sheet 数字核对). The values are what the user sees."""

    COUNT = "计数"
    YEAR = "年份"
    DATE = "日期"
    DOCUMENT = "文号"
    FIGURE = "图表号"
    ORDINAL = "序号"
    FIXED = "固定词"


class Level(StrEnum):
    """Administrative level of what is counted (级别)."""

    NATIONAL = "国家"
    PROVINCE = "省"
    CITY = "市"
    SCHOOL = "校"


class Nature(StrEnum):
    """Kind of a count for comparison over years (性质). Only equal natures may be subtracted."""

    PERIOD = "当年"
    NEW = "新增"
    CUMULATIVE = "累计"
    AS_OF = "截至"
    TARGET = "目标"
    BASELINE = "基数"
    SHARE = "占比"
    DERIVED = "推算"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the cleaned text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in points, origin top left."""

    x0_pt: float
    top_pt: float
    x1_pt: float
    bottom_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file a report came from; `pages` is `None` where the format has none."""

    name: str
    sha256: str
    format: str
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Trouble met in a document: shown to the user in Chinese, with advice; never a log line."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One raw line as the file gives it. `text` is verbatim, blanks included, without the line end.

    `ends_paragraph` is known for formats with paragraphs (DOCX: always true), `None` where only layout can tell.
    `heading_level` is set when a style of the file says so (0 = title).
    `page_width_pt` is the width of the page the line stands on, to judge centring and right edges; `centred` is set when the
    file itself says so (DOCX).
    """

    text: str
    page: int = 1
    box: Box | None = None
    page_width_pt: float | None = None
    page_height_pt: float | None = None
    size_pt: float | None = None
    bold: bool = False
    ends_paragraph: bool | None = None
    heading_level: int | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found in the report; merged cells are filled, header row apart."""

    page: int
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """What a loader gives: lines in reading order, tables apart from them."""

    source: Source
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPlace:
    """Where a clean character came from: raw line (0-based index), column in its text (0-based), page (1-based)."""

    line: int
    column: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of clean characters that stand one after another in one raw line."""

    start: int
    end: int
    line: int
    column: int
    page: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Ties every clean character to its raw place. Segments are sorted and do not overlap; what lies between is inserted."""

    segments: tuple[Segment, ...]

    def raw(self, offset: int) -> RawPlace | None:
        """The raw place of the clean character at `offset`; `None` for one that cleaning inserted (a paragraph end)."""
        at = bisect_right(self.segments, offset, key=lambda s: s.start) - 1
        if at < 0 or offset >= self.segments[at].end:
            return None
        s = self.segments[at]
        return RawPlace(line=s.line, column=s.column + offset - s.start, page=s.page)

    def page(self, offset: int) -> int:
        """The 1-based page of the clean character at `offset` (of the one before it, when it was inserted)."""
        at = bisect_right(self.segments, offset, key=lambda s: s.start) - 1
        return self.segments[max(at, 0)].page if self.segments else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the cleaned text: its span (without the newline) and what the layout says of it."""

    span: Span
    heading_level: int | None = None
    bold: bool = False
    size_pt: float | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanDocument:
    """The report's text, hard wraps joined, page furniture gone, one paragraph a line."""

    source: Source
    text: str
    paragraphs: tuple[Paragraph, ...]
    source_map: SourceMap
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it. `span` covers the heading's words: `number + title == text[span]`.

    `level` 0 is the title; `parent` is the id of the enclosing section.
    """

    id: str
    parent: str | None
    level: int
    number: str
    title: str
    role: Role
    span: Span
    page: int


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


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the segmentation and jieba's part-of-speech tag ("" when the dictionary has none)."""

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
    """The kind and area given to one sentence, with the reason (rule name or model score) and a confidence in 0..1."""

    kind: Kind
    area: Area | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many or how much of something (GUIDELINES §4).

    `value`/`high` are as printed (unit not multiplied out, percentages as printed); `lower`/`upper` are the bounds that the
    words allow (十余 = 11..19, `None` = open). `object` is what is counted, `subject` whose it is (full name when known),
    `action` the verb. `derived` marks 首个 = 1 and 全部 = 100 %: these are no counts of the contract, but rows of 指标台账.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement: a sentence that is no heading, with its kind and area. `text == report.text[span]`."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A numeral of the text and its role; `count` is the id of the count it belongs to."""

    span: Span
    quote: str
    role: NumberRole
    page: int
    count: str | None = None


class TaskState(StrEnum):
    """How far a task is (状态). The values are what the user sees."""

    DONE = "已完成"
    ONGOING = "进行中"
    PLANNED = "拟开展"
    LATE = "滞后/未开展"
    UNKNOWN = "不明"


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


def finding_id(sha256: str, kind: str, span: Span) -> str:
    """A short stable id of a finding: the same file, kind and place give the same id on every run."""
    key = f"{sha256}:{kind}:{span.start}:{span.end}".encode()
    return f"{kind[0]}{hashlib.sha256(key).hexdigest()[:11]}"
