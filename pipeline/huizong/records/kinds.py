"""The closed lists of values: kinds, roles, statuses, areas. The values are what JSON holds."""

from __future__ import annotations

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


class ParticularKind(StrEnum):
    """What a detail of a statement tells: by when (时限), by whom (责任), why (原因)."""

    DEADLINE = "deadline"
    OWNER = "owner"
    CAUSE = "cause"


class LinkKind(StrEnum):
    """How two statements belong together."""

    ISSUE_PLAN = "issue_plan"


class TaskState(StrEnum):
    """How far a task is (状态). The values are what the user sees."""

    DONE = "已完成"
    ONGOING = "进行中"
    PLANNED = "拟开展"
    LATE = "滞后/未开展"
    UNKNOWN = "不明"


class Severity(StrEnum):
    """How sure and how grave what a report check found is: hint < warning < error."""

    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"


class Rule(StrEnum):
    """The rules of the report checks (校核规则). The values stand in JSON and in the setting `checks_off`."""

    SUM = "sum"
    RATE = "rate"
    PART_OVER_WHOLE = "part_over_whole"
    LIST_LENGTH = "list_length"
    TEXT_TABLE = "text_table"
    TWO_VALUES = "two_values"
    CONTRADICTION = "contradiction"
    ISSUE_WITHOUT_PLAN = "issue_without_plan"
    PLAN_WITHOUT_DEADLINE = "plan_without_deadline"
    PLAN_WITHOUT_OWNER = "plan_without_owner"
    PLAN_WITHOUT_AMOUNT = "plan_without_amount"
    MISSING_SECTION = "missing_section"
    HEADING_WITHOUT_BODY = "heading_without_body"
    MISSING_OBJECT = "missing_object"
    DATE_ORDER = "date_order"
    TYPO = "typo"
    UNCLEAR_REFERENCE = "unclear_reference"
