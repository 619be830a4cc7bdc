"""The nouns of huizong: what a report is read into.

Glossary (Chinese, English name in code): 工作报告 report, 标题 heading/section, 句 sentence, 措施 measure, 成效 achievement,
问题 issue, 计划 plan, 数量 count, 数字 number, 领域 area, 佐证/证据 evidence, 简称 alias, 提示 notice, 汇总表 summary table.

Conventions: every record is frozen and keyword-only. Offsets are 0-based, half-open, in Unicode code points of the *cleaned*
text (`CleanDocument.text`); pages are 1-based; lengths of a page are in PDF points (`_pt`). Nothing below `Line` ever speaks
of raw offsets: `SourceMap` is the only way back.
"""

from __future__ import annotations

from huizong.records.documents import (
    Box,
    CleanDocument,
    Line,
    Notice,
    PageBox,
    Paragraph,
    RawDocument,
    RawPlace,
    Recognised,
    Segment,
    Source,
    SourceMap,
    Span,
    Table,
)
from huizong.records.findings import (
    Alias,
    Count,
    Item,
    Label,
    Link,
    Meta,
    Number,
    Outline,
    Particular,
    Section,
    Sentence,
    Task,
    Token,
    finding_id,
)
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
    Status,
    TaskState,
)

__all__ = [
    "Alias",
    "Area",
    "Box",
    "Change",
    "CleanDocument",
    "Count",
    "Item",
    "Kind",
    "Label",
    "Level",
    "Line",
    "Link",
    "LinkKind",
    "Meta",
    "Nature",
    "Notice",
    "Number",
    "NumberRole",
    "Outline",
    "PageBox",
    "Paragraph",
    "Particular",
    "ParticularKind",
    "RawDocument",
    "RawPlace",
    "Recognised",
    "Role",
    "Section",
    "Segment",
    "Sentence",
    "Source",
    "SourceMap",
    "Span",
    "Status",
    "Table",
    "Task",
    "TaskState",
    "Token",
    "finding_id",
]
