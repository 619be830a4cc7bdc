"""What a column of a layout may be fed from: the closed list of fields of every sheet.

The fields of a sheet are its default columns (`COLUMNS`) and some more that the default layout does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from huizong.records import Level, Nature, NumberRole, TaskState
from huizong.tables.columns import AREA_NAMES, CHANGE_NAMES, COLUMNS, KEY, KIND_NAMES, SEVERITY_NAMES, STATUS_NAMES

HIDDEN = KEY
"""The column that every layout has, last and hidden, where the sheet has it: by it a row is known again."""

_FILE = "报告文件名"
_MORE: dict[str, dict[str, str]] = {
    "汇总表": {
        "量化成效(指标)": "属于该任务的数量：对得上指标目录的写指标号和指标名，其余照原文",
        "页": "原文所在页",
        "原文": "任务的原文，不带页码",
        "所在标题": "上级标题",
        "措施编号": "所在句在措施台账的编号",
    },
    "问题—计划对照": {"问题页": "问题原文所在页", "计划页": "计划原文所在页"},
}
_AREAS, _KINDS = tuple(AREA_NAMES.values()), tuple(KIND_NAMES.values())
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "汇总表": {"帮扶项目(领域)": _AREAS, "状态": tuple(TaskState)},
    "措施台账": {"领域": _AREAS, "类别": _KINDS},
    "指标台账": {
        "级别": tuple(Level),
        "性质": tuple(Nature),
        "增减": tuple(CHANGE_NAMES.values()),
        "状态": tuple(STATUS_NAMES.values()),
        "概数": ("是",),
    },
    "问题台账": {"领域": _AREAS, "类别": _KINDS},
    "计划台账": {"领域": _AREAS, "类别": _KINDS},
    "问题—计划对照": {"情况": ("有对应计划", "无对应计划", "未对应问题")},
    "校核提示": {"程度": tuple(SEVERITY_NAMES.values())},
    "数字核对": {"角色": tuple(NumberRole)},
}
"""Sheet → field → the values of its closed list, which a spreadsheet offers. A sentence may turn out to be of any kind."""

NUMBERS: Mapping[str, type] = {
    "序号": int, "数值": float, "下限": float, "上限": float, "可信度": float, "把握": float,
}  # fmt: skip
"""Fields that hold a number in every sheet; all others are text, with pages as text too (“1、5”)."""


@cache
def fields(sheet: str) -> dict[str, str]:
    """Field → what it means, the default columns first.

    >>> "量化成效(指标)" in fields("汇总表"), "人工修改" in fields("数字核对")
    (True, False)
    """
    return {name: meaning for name, (_, meaning) in COLUMNS[sheet].items()} | _MORE.get(sheet, {}) | {"文件": _FILE}
