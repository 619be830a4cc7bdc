"""A folder of results made without worker processes, its workbook, and what people do to a workbook, for the tests of `apply`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl

from conftest import REPORT
from huizong.analyze import analyze_text
from huizong.batch import FileRow, Run
from huizong.export.workbook import FILE_NAME, write_workbook
from huizong.report import Report
from huizong.settings import Settings
from huizong.store import RUN, StoredReports, report_path, to_json, write_text
from huizong.tables import Results
from huizong.tables.columns import COLUMNS, KEY

SECOND = """青石水利职业学院2022年工作总结
一、主要工作
（一）师资队伍建设
学校组织教师参加培训36人次，引进博士3名。制订了《青石水利职业学院教师发展规划》。
（二）专业建设
新增水文监测专业1个，修订人才培养方案12份。建成校内实训室4间。
与三家企业签订合作协议，共建产业学院1个。
二、存在问题
实训设备更新较慢，部分教师实践经验不足。
校企合作深度不够，企业参与教学的积极性不高。
三、下一步计划
2023年6月底前由教务处牵头更新实训设备30台套。
继续深化校企合作，选派教师到企业实践20人次。
"""
EDITED = tuple(sheet for sheet, columns in COLUMNS.items() if KEY in columns)
"""The sheets that people edit."""

MORE = "另外，报告这一版新加了一段话，说明材料由办公室整理，与上面各项没有关系。\n"


def report_named(name: str, text: str) -> Report:
    """The report in `text`, as if it were a file of this name."""
    report = analyze_text(text)
    return replace(report, source=replace(report.source, name=name))


def store(out: Path, reports: Sequence[Report]) -> Path:
    """Writes the reports as `huizong run` does, with their workbook; `out`."""
    rows = []
    taken: dict[str, int] = {}
    for report in reports:
        path = report_path(out, Path(report.source.name).stem, taken)
        write_text(path, to_json(report.to_dict()) + "\n")
        rows.append(
            FileRow(
                path=report.source.name, sha256=report.source.sha256, format="txt", result=str(path.relative_to(out))
            )
        )
    settings: dict[str, Any] = asdict(Settings())
    record = Run(version="0", settings=settings, model="", started="", seconds=0.0, files=tuple(rows))
    write_text(out / RUN, to_json(asdict(record)) + "\n")
    write_workbook(Results(StoredReports(out)), out / FILE_NAME, [])
    return out


def two_reports() -> list[Report]:
    """Two reports of different schools."""
    return [report_named("临江_2022.txt", REPORT), report_named("青石_2022.txt", SECOND)]


def changed_reports() -> list[Report]:
    """The same reports with a paragraph more before all others: every sentence is there, at another place, in another file."""
    made = []
    for report, text in zip(two_reports(), (REPORT, SECOND), strict=True):
        title, rest = text.split("\n", 1)
        made.append(report_named(report.source.name, f"{title}\n{MORE}{rest}"))
    return made


@dataclass
class Sheet:
    """A sheet as a person has it in front of them: headings and rows, to be changed and written again."""

    name: str
    headings: list[str]
    rows: list[dict[str, Any]]
    fields: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def row(self, key: str) -> dict[str, Any]:
        """The row with this key."""
        return next(row for row in self.rows if row[KEY] == key)


def opened(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook by name, 底稿 among them."""
    book = openpyxl.load_workbook(path)
    sheets = {}
    for page in book.worksheets:
        lines = [list(line) for line in page.iter_rows(values_only=True)]
        head = [str(value) for value in lines[0]]
        rows: list[dict[str, Any]] = [dict(zip(head, line, strict=True)) for line in lines[1:]]
        sheets[page.title] = Sheet(page.title, list(head), rows, fields=list(head))
    return sheets


def saved(sheets: Iterable[Sheet], path: Path) -> Path:
    """Writes the sheets as another program would: shared strings, plain cells, headings as they are now."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        lines: list[list[Any]] = [[title] for title in sheet.above]
        lines.append(list(sheet.headings))
        lines += [[row.get(name) for name in sheet.fields] for row in sheet.rows]
        for number, line in enumerate(lines, start=1):
            for at, value in enumerate(line, start=1):
                if value is not None:
                    cell = page.cell(number, at)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
    book.save(path)
    return path


def edit(out: Path, path: Path, change: Callable[[dict[str, Sheet]], None]) -> Path:
    """A copy of the workbook of `out` at `path` after `change`."""
    sheets = opened(out / FILE_NAME)
    change(sheets)
    return saved(sheets.values(), path)


def table(out: Path, name: str) -> dict[str, dict[str, Any]]:
    """The rows of a table of the results, by key."""
    return {str(row[KEY]): row for row in Results(StoredReports(out)).rows(name)}
