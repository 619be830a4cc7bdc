"""What the reports of a run have for a form: the rows of each sheet, their counts, and the fields told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huizong.errors import FormError
from huizong.forms.amounts import Figure
from huizong.indicators import match_indicator
from huizong.records import Count
from huizong.report import Report
from huizong.tables import Results
from huizong.tables.cells import Row
from huizong.tables.columns import KEY
from huizong.tables.origin import origin


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A row for a form: column of the sheet → value, and the counts that belong to it."""

    values: Mapping[str, object]
    counts: tuple[Count, ...] = ()


def choose(results: Results, wanted: str | None) -> Results:
    """The reports of the school, or of the file, called `wanted`; all for `None`. Raises `FormError` when there are none."""
    if wanted is None:
        return results
    kept = tuple(r for r in results.reports if wanted in _names(r, results))
    if not kept:
        there = "、".join(
            dict.fromkeys(
                f"{origin(r, results.settings).school or '（未写学校）'}（{r.source.name}）" for r in results.reports
            )
        )
        raise FormError(
            f"结果里没有“{wanted}”的报告。", advice=f"--report 可写学校名或文件名：{there or '（没有报告）'}。"
        )
    return Results(kept, results.settings)


def _names(report: Report, results: Results) -> set[str]:
    name = Path(report.source.name)
    return {report.source.name, name.name, name.stem, origin(report, results.settings).school or name.name}


def form_rows(results: Results, sheet: str) -> tuple[FormRow, ...]:
    """The rows of a sheet for a form, report after report, 序号 counted through.

    问题—计划对照 has one row an issue, its plans in one cell, with cause, area, owner and deadline from the ledgers; plans that
    answer no issue are left to 计划台账.
    """
    rows = [row for report in results.reports for row in _rows(Results((report,), results.settings), report, sheet)]
    return tuple(FormRow(values={**row.values, "序号": n}, counts=row.counts) for n, row in enumerate(rows, start=1))


def _rows(results: Results, report: Report, sheet: str) -> Iterator[FormRow]:
    if sheet == "问题—计划对照":
        yield from _answered(results)
        return
    by_id = {**report.count_by_id, **{count.id: count for count in report.derived}}
    counted: dict[object, tuple[str, ...]] = {name: (name,) for name in by_id} if sheet == "指标台账" else {}
    if sheet == "汇总表":
        counted = {task.id: task.counts for task in report.tasks}
    elif sheet in ("措施台账", "计划台账"):
        counted = {item.id: item.counts for item in report.items}
    for row in results.rows(sheet):
        counts = tuple(by_id[i] for i in counted.get(row.get(KEY), ()))
        if sheet == "指标台账":
            target = row["状态"] == "目标"
            row = {**row, "目标值": row["数值"] if target else None, "数值": None if target else row["数值"]}
            if row["概数"]:
                row = {
                    name: row["原文数"] if name in ("数值", "目标值") and v is not None else v
                    for name, v in row.items()
                }
        yield FormRow(values=row, counts=counts)


def _answered(results: Results) -> Iterator[FormRow]:
    """One row an issue, joined with its plans."""
    plans = {row["编号"]: row for row in results.rows("计划台账")}
    for issue in results.rows("问题台账"):
        answers = [plans[code] for code in str(issue["对应计划"] or "").split("、") if code in plans]
        yield FormRow(
            values={
                **issue,
                "问题编号": issue["编号"],
                "计划": _together(answers, "计划"),
                "责任": _together(answers, "责任"),
                "时限": _together(answers, "时限"),
            }
        )


def _together(rows: Sequence[Row], column: str) -> str | None:
    return "\n".join(dict.fromkeys(str(row[column]) for row in rows if row[column])) or None


def figures(results: Results) -> tuple[Figure, ...]:
    """All counts that the reports state, for the rows of a form that name an indicator."""
    found: list[Figure] = []
    for report in results.reports:
        place = origin(report, results.settings)
        years = sorted(report.meta.years)
        for count in report.counts:
            item = report.item_by_id.get(count.item) if count.item else None
            found.append(
                Figure(
                    count=count,
                    match=match_indicator(count, item.text if item else ""),
                    year=count.year or (years[0] if len(years) == 1 else None),
                    school=place.school,
                )
            )
    return tuple(found)


def single_fields(results: Results) -> dict[str, tuple[str, ...]]:
    """学校 and 年度: the different values of the reports, in their order. Only one of them can stand in a single field."""
    places = [origin(report, results.settings) for report in results.reports]
    return {
        "学校": tuple(dict.fromkeys(p.school for p in places if p.school)),
        "年度": tuple(dict.fromkeys(p.year for p in places if p.year)),
    }


def chapter(results: Results, sheet: str, column: str) -> str:
    """A column of a sheet as lines, one a row, numbered when there are several."""
    lines = [str(row[column]) for row in results.rows(sheet) if row.get(column)]
    return lines[0] if len(lines) == 1 else "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
