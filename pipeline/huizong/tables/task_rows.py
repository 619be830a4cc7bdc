"""The rows of 汇总表: a row a task, or a row a project with its tasks numbered in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from huizong.records import Area, Count, Kind, Section, Task
from huizong.report import Report
from huizong.settings import Settings
from huizong.tables.cells import Row, figures, fitting, head, heading, indicator_figure, item_codes, on_page, review
from huizong.tables.columns import AREA_NAMES, KEY

_CHAPTER_PARTS = 2  # the level of （一） below 一、: what a report gives a heading of its own
_LONGEST_EVIDENCE = 12_000
"""Characters of evidence in one cell; a cell of a spreadsheet takes 32,767, and nobody reads half as many."""

_ACROSS = 11  # characters in a line of issues or plans, as wide as their columns usually are


def task_rows(report: Report, settings: Settings, group: str = "none") -> Iterator[Row]:
    """A row a task: in the order of the report, or those of one area or heading together, by its first task."""
    table = _Table(report, settings)
    for number, task in enumerate(_ordered(report, group), start=1):
        yield table.row(number, (task,), _area_name(task))


def project_rows(report: Report, settings: Settings, group: str = "none") -> Iterator[Row]:
    """A row a project: all tasks of one area, or under one heading when `group` is `heading`, by its first task.

    Such a row tells no single finding: it has no key, and what people change in it cannot come home.
    """
    table = _Table(report, settings, projects=True)
    for number, (name, tasks) in enumerate(_projects(report, group).items(), start=1):
        yield table.row(number, tasks, name)


def _ordered(report: Report, group: str) -> Iterable[Task]:
    if group == "none":
        return report.tasks
    return [task for tasks in _projects(report, group).values() for task in tasks]


def _projects(report: Report, group: str) -> dict[str | None, list[Task]]:
    """Name of a project → its tasks, projects and tasks in the order of the report."""
    found: dict[str | None, list[Task]] = {}
    for task in report.tasks:
        name = _part_of_chapter(report, task.section) if group == "heading" else _area_name(task)
        found.setdefault(name, []).append(task)
    return found


def _part_of_chapter(report: Report, section: str | None) -> str | None:
    """The heading of the （一） that a section stands in; its own where it stands higher."""
    found: Section | None = report.section_by_id.get(section) if section else None
    while found is not None and found.level > _CHAPTER_PARTS and found.parent is not None:
        found = report.section_by_id.get(found.parent)
    return heading(report, found.id) if found else None


def _area_name(task: Task) -> str | None:
    return AREA_NAMES[task.area] if task.area else None


class _Table:
    """The rows of one report; it remembers of which areas the issues and plans have been told."""

    def __init__(self, report: Report, settings: Settings, *, projects: bool = False) -> None:
        self._report, self._settings, self._projects = report, settings, projects
        self._first, self._codes = head(report, settings), item_codes(report)
        self._told: set[Area] = set()

    def row(self, number: int, tasks: Sequence[Task], project: str | None) -> Row:
        """The row of some tasks."""
        report = self._report
        new = [a for a in dict.fromkeys(t.area for t in tasks) if a is not None and a not in self._told]
        self._told.update(new)
        confidence = min(t.confidence for t in tasks)
        told = self._of_task(tasks[0]) if len(tasks) == 1 else self._of_tasks(tasks)
        return {
            **self._first,
            "序号": number,
            "帮扶项目(领域)": project,
            **told,
            "存在问题": _of_areas(report, new, Kind.ISSUE) if new else None,
            "下一步计划": _of_areas(report, new, Kind.PLAN) if new else None,
            "页": on_page(report, *(t.page for t in tasks)),
            "可信度": round(confidence, 2),
            "需核": review(confidence, self._settings),
            "人工修改": None,
            KEY: tasks[0].id if len(tasks) == 1 and not self._projects else None,
        }

    def _of_task(self, task: Task) -> Row:
        """The cells that tell of one task."""
        report = self._report
        words = task.span.of(report.text)
        return {
            "具体任务": task.brief,
            "实施主体": task.actor,
            "受益方": task.beneficiary,
            "对口部门": "、".join(task.departments) or None,
            "时间": task.time,
            "状态": str(task.state),
            "量化成效": figures(report, task.counts),
            "量化成效(指标)": self._indicators(task),
            "定性成效": task.effect,
            "证据(页·原文)": f"{self._place(task)}：{words}",
            "原文": words,
            "所在标题": heading(report, task.section),
            "措施编号": self._codes.get(task.item),
        }

    def _of_tasks(self, tasks: Sequence[Task]) -> Row:
        """The same for several tasks in one row: what each tells under its number, names joined."""
        own = [self._of_task(task) for task in tasks]
        lists = ("具体任务", "量化成效", "量化成效(指标)", "定性成效", "证据(页·原文)", "原文")
        unions = ("实施主体", "受益方", "时间", "所在标题", "措施编号")
        return {
            **{field: _list([row[field] for row in own]) for field in lists},
            **{field: _union(row[field] for row in own) for field in unions},
            "对口部门": _union(department for task in tasks for department in task.departments),
            "状态": _states(tasks),
            "证据(页·原文)": _shortened(_list([row["证据(页·原文)"] for row in own]), len(tasks)),
        }

    def _place(self, task: Task) -> str:
        return f"第{task.page}页" if self._report.source.pages is not None else "原文"

    def _indicators(self, task: Task) -> str | None:
        implied: list[Count] = [c for c in self._report.derived if c.item == task.item and task.span.contains(c.span)]
        if not task.counts and not implied:
            return None
        counts = [*(self._report.count_by_id[i] for i in task.counts), *implied]
        return "；".join(indicator_figure(self._report, count) for count in counts)


def _list(words: Sequence[object]) -> str | None:
    """What each task has to say, a line each under the number of the task."""
    return "\n".join(f"{n}. {part}" for n, part in enumerate(words, start=1) if part) or None


def _union(words: Iterable[object]) -> str | None:
    return "、".join(dict.fromkeys(str(word) for word in words if word)) or None


def _states(tasks: Sequence[Task]) -> str:
    """The state that all tasks share, else how many are in each."""
    states = [str(task.state) for task in tasks]
    if len(set(states)) == 1:
        return states[0]
    return "、".join(f"{state}{states.count(state)}项" for state in dict.fromkeys(states))


def _shortened(evidence: str | None, tasks: int) -> str | None:
    """Evidence as it is; of a very long list the first entries, and how many are left out."""
    if evidence is None or len(evidence) <= _LONGEST_EVIDENCE:
        return evidence
    kept = evidence[:_LONGEST_EVIDENCE].rpartition("\n")[0] or evidence[:_LONGEST_EVIDENCE]
    return f"{kept}\n……其余 {tasks - kept.count(chr(10)) - 1} 项的原文见措施台账"


def _of_areas(report: Report, areas: Sequence[Area], kind: Kind) -> str | None:
    """Issues or plans of these areas. 组织领导 and 其他 hold too much of everything to link by area alone."""
    kept = [a for a in areas if a not in (Area.GOVERNANCE, Area.OTHER)]
    if not kept:
        return None
    ledger = "问题台账" if kind is Kind.ISSUE else "计划台账"
    return fitting([i.text for i in report.of_kind(kind) if i.area in kept], _ACROSS, f"其余 {{}} 条见{ledger}")
