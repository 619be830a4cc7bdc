"""汇总.xlsx: the sheets of the layout, styled so that a researcher can hand it on.

XlsxWriter makes the workbook without rows; the rows, written report by report with flat memory (`sheet_rows`), are then put in.
Text from a report is always written as text: nothing that begins with `=` can become a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from huizong.corrections.anchors import Anchors
from huizong.export import looks
from huizong.export.original import NOTE, OriginalSheet, OriginalWriter
from huizong.export.sheet_rows import MOST_LINKS, MOST_ROWS, Column, Linked, SheetRows
from huizong.export.stamp import EMPTY, PART, PROPERTY, sheets_of, stamp
from huizong.store import replacing
from huizong.tables.columns import KEY
from huizong.tables.fields import fields
from huizong.tables.layouts import MAIN, NOTES, ORIGINAL, Layout, LayoutSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from huizong.records import Notice
    from huizong.report import Report
    from huizong.tables import ReportTables, Results
    from huizong.tables.cells import Row

FILE_NAME = "汇总.xlsx"
_PART = "xl/worksheets/sheet{}.xml"  # 1-based
_RELATIONS = "xl/worksheets/_rels/sheet{}.xml.rels"
_STYLE = re.compile(rb' s="(\d+)"')
_BEHIND_LINKS = re.compile(rb"<(?:printOptions|pageMargins)\b")
"""What comes next behind the links of a sheet (ECMA-376 part 1, 18.3.1.99: the order is fixed)."""
_LARGE = 1 << 30  # bytes; parts of 2 GB need the large form of a zip
_COMPRESSION = 3  # 6 takes half as long again for files an eighth smaller
_LINKED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "汇总表": (("页", "页"), ("序号", "页"), ("证据(页·原文)", "页")),
    "问题—计划对照": (("问题编号", "问题页"), ("计划编号", "计划页")),
    "数字核对": (("页", "页"), ("序号", "页")),
}
_LINKED_USUALLY = (("页", "页"), ("编号", "页"))
"""Table → the fields that lead to the evidence, each with the field that has the page.

Of those with one page, the first that the layout shows and that is not empty for want of pages. They are short cells: LibreOffice
does not wrap the words of a link.
"""
_NOT_IN_TARGETS = re.compile(r'[\x00-\x20%#?"<>\\^`{|}\x7f\udc80-\udcff]')
"""What is written as %XX, stray bytes of names included.

Chinese stays as it is, as Excel has it: not every program reads its bytes back as UTF-8.
"""
_NOTICES_OF_A_FILE = 20
_PAGE = re.compile(r"\d+")


class TableRows(Protocol):
    """What takes the rows of tables as they are made."""

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Takes the rows of one table of one report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNotice:
    """A notice and the name of the report that it is about."""

    file: str
    notice: Notice

    @property
    def place(self) -> str:
        """The page, in Chinese; empty where there is none."""
        return f"第 {self.notice.page} 页" if self.notice.page else ""


class _Links:
    """The files that cells lead to; their places in the list are the numbers of their relationships, from 1 on."""

    def __init__(self) -> None:
        self._targets: list[str] = []

    def relation(self, file: str | None) -> int | None:
        """The number of the relationship to a file, `None` for none."""
        if file is None:
            return None
        self._targets.append(_NOT_IN_TARGETS.sub(_escaped, file))
        return len(self._targets)

    def part(self) -> str:
        """The relationships of a sheet: every sheet may lead to every file."""
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        entries = (
            f'<Relationship Id="rId{n}" Type="{kind}" Target={quoteattr(target)} TargetMode="External"/>'
            for n, target in enumerate(self._targets, start=1)
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{space}">{"".join(entries)}</Relationships>'


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode(errors="surrogateescape"))


def write_workbook(
    results: Results,
    path: Path,
    notes: Sequence[tuple[str, str]],
    *,
    also: Sequence[TableRows] = (),
) -> tuple[FileNotice, ...]:
    """What is to be told of the reports, when it has written the workbook.

    It has every sheet of the layout in order, then 说明 with `notes` (what, value), what is to be told of the reports and the
    columns' meanings. The reports are gone through once, one at a time; `also` are handed the rows of each table of each report, for
    those who would otherwise have to read all reports again. Raises `OutputError` when the file cannot be written
    (open in Excel, no permission), and what reading the reports raises.
    """
    layout = results.layout
    links, told = _Links(), list[FileNotice]()
    with ExitStack() as stack:
        beside = stack.enter_context(replacing(path, "Excel 或 WPS"))  # first, as what it tells of is any write below
        styles = _styles(_frame(results, [1] * len(layout.sheets), ()))
        bodies = [stack.enter_context(SheetRows(_columns(sheet, styles, layout.widened))) for sheet in layout.sheets]
        original = stack.enter_context(OriginalWriter(_edited(layout)))
        for report in results.by_report():
            told += (FileNotice(file=report.report.source.name, notice=notice) for notice in report.notices)
            rows = {table: list(found) for table, found in report.tables.items()}
            _note(report, layout, rows, original)
            _add(report, rows, layout, bodies, links)
            for taker in also:
                for table, made in rows.items():
                    taker.add(table, made)
        original.finish()
        lines = [*((what, "", value) for what, value in notes), *_lines(layout, bodies, told)]
        _fill(_frame(results, [body.count for body in bodies], lines), bodies, links, original, beside)
    return tuple(told)


def _edited(layout: Layout) -> list[OriginalSheet]:
    """The sheets in which people's changes are told: those whose rows have keys."""
    keyed = [s for s in layout.sheets if KEY in s.fields and not (s.table == MAIN and layout.rows == "project")]
    return [OriginalSheet(s.table, s.name, tuple((c.field, c.name) for c in s.columns)) for s in keyed]


def _note(report: ReportTables, layout: Layout, rows: Mapping[str, Sequence[Row]], original: OriginalWriter) -> None:
    """Keeps what the rows of one report are written with."""
    anchors = Anchors(report.report)
    original.report(report.report.source.name, report.report.source.sha256)
    for at, sheet in enumerate(_edited(layout)):
        fields = [field for field, _ in sheet.columns]
        for row in rows[sheet.table]:
            anchor = anchors.of(str(row[KEY])) if row.get(KEY) else None
            if anchor is not None:
                original.add(at, anchor.id, [row.get(field) for field in fields], anchor)


def _add(
    report: ReportTables,
    rows: Mapping[str, Sequence[Row]],
    layout: Layout,
    bodies: Sequence[SheetRows],
    links: _Links,
) -> None:
    """Writes the rows of one report into all sheets, their evidence linked to its file."""
    relation = links.relation(report.file)
    paged = report.report.source.format == "pdf"  # other programs know no pages in links
    for sheet, body in zip(layout.sheets, bodies, strict=True):
        names = sheet.fields
        lines = [list(map(row.get, names)) for row in rows[sheet.table]]
        linked = [] if relation is None else _linked(sheet, report.report)
        for at, place in linked:
            for line, row in zip(lines, rows[sheet.table], strict=True):
                if line[at] is not None:
                    line[at] = Linked(line[at], relation or 0, _first_page(row.get(place)) if paged else None)
        body.add(lines, [at for at, _ in linked])


def _linked(sheet: LayoutSheet, report: Report) -> list[tuple[int, str]]:
    """The columns of a sheet that lead to the evidence, each with the field of its page."""
    found: dict[str, int] = {}
    for name, place in _LINKED.get(sheet.table, _LINKED_USUALLY):
        if name in sheet.fields and not (name == "页" and report.source.pages is None):
            found.setdefault(place, sheet.fields.index(name))
    return [(at, place) for place, at in found.items()]


def _first_page(pages: object) -> int | None:
    """The first page of 3 or “3、5”."""
    if type(pages) is int:
        return pages
    found = _PAGE.match(str(pages))
    return int(found.group()) if found else None


def _lines(layout: Layout, bodies: Sequence[SheetRows], told: Sequence[FileNotice]) -> Iterator[tuple[str, str, str]]:
    """What 说明 says of sheets that are full and of the reports: item, place, words."""
    if any(body.links for body in bodies):
        yield (
            "链接",
            "",
            "蓝色带下划线的页码、序号、编号可以点：打开那份报告，PDF 并翻到那一页（看阅读软件）。报告移走了，字仍在，只是打不开。",
        )
    for sheet, body in zip(layout.sheets, bodies, strict=True):
        if body.left_out:
            words = f"一张表最多 {MOST_ROWS} 行，还有 {body.left_out} 行没有写进来；请把报告分成几批再运行。"
            yield f"未写：{sheet.name}", "", words
        if body.links == MOST_LINKS:
            yield f"链接：{sheet.name}", "", f"一张表最多 {MOST_LINKS} 个链接，后面的行没有链接，页码照写。"
    of_file: dict[str, int] = {}
    for notice in told:
        of_file[notice.file] = seen = of_file.get(notice.file, 0) + 1
        if seen <= _NOTICES_OF_A_FILE:
            yield f"提示：{notice.file}", notice.place, notice.notice.message
        elif seen == _NOTICES_OF_A_FILE + 1:
            yield f"提示：{notice.file}", "", "其余提示见 reports 文件夹里这份报告的 JSON（notices）。"


def _frame(results: Results, last: Sequence[int], notes: Sequence[tuple[str, str, str]]) -> bytes:
    """The workbook without its rows: each sheet has its header and, in the place of its `last` row, cells to be replaced.

    Those of the first sheet have all styles, in the order of `looks.cell_formats`.
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with system_errors(), xlsxwriter.Workbook(file, options) as book:
        title, *others = looks.cell_formats(book)
        for at, layout in enumerate(results.layout.sheets):
            sheet = book.add_worksheet(layout.name)
            end = max(last[at], 1)
            looks.page_setup(sheet, layout, results.layout.widened)
            looks.colours(book, sheet, layout, end, results.settings.review_below)
            looks.choices(sheet, layout, end)
            sheet.set_row(0, 30)
            for place, name in enumerate(layout.names):
                sheet.write_string(0, place, name, title)
            for place, style in enumerate(others if at == 0 else ()):
                sheet.write_blank(end, place, None, style)
            sheet.write_blank(end, len(layout.columns) - 1, None, others[0])
            sheet.autofilter(0, 0, end, len(layout.columns) - 1)
        _notes_sheet(book, [*notes, *_meanings(results.layout)], title, others[0])
        book.set_custom_property(PROPERTY, EMPTY, "text")
        hidden = book.add_worksheet(ORIGINAL)
        hidden.very_hidden()
        hidden.write_string(0, 0, NOTE)
    return file.getvalue()


@contextmanager
def system_errors() -> Iterator[None]:
    """Turns what XlsxWriter makes of an `OSError` (a full disk for its temporary files) back into it."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as error:
        (cause,) = error.args
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from error


def _styles(frame: bytes) -> list[int]:
    """The numbers under which XlsxWriter has filed the looks of `looks.cell_formats`, without the header's."""
    with ZipFile(io.BytesIO(frame)) as book:
        _, end = book.read(_PART.format(1)).split(b"</row>", 1)
    return [int(number) for number in _STYLE.findall(end)[:4]]


def _columns(layout: LayoutSheet, styles: Sequence[int], widened: bool) -> list[Column]:
    text, centre, text_link, centre_link = styles
    return [
        Column(
            width=looks.width(column, layout, widened),
            style=centre if looks.is_centred(column.field) else text,
            linked_style=centre_link if looks.is_centred(column.field) else text_link,
        )
        for column in layout.columns
    ]


def _fill(frame: bytes, bodies: Sequence[SheetRows], links: _Links, original: OriginalWriter, path: Path) -> None:
    """Writes the workbook `frame` with its first sheets filled, and the hidden one behind 说明."""
    sheets: dict[str, SheetRows | OriginalWriter] = {_PART.format(n): body for n, body in enumerate(bodies, start=1)}
    sheets[_PART.format(len(bodies) + 2)] = original
    with ZipFile(io.BytesIO(frame)) as source, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as target:
        *entries, properties = sorted(source.infolist(), key=lambda entry: entry.filename == PART)
        for entry in entries:
            words, body = source.read(entry), sheets.get(entry.filename)
            if body is None:
                target.writestr(entry, words)
                continue
            head, rest = words.split(b"</row>", 1)
            end = rest[rest.index(b"</sheetData>") :]
            found = _BEHIND_LINKS.search(end)
            place = found.start() if found else len(end)
            large = len(words) + body.size() > _LARGE
            with target.open(entry.filename, "w", force_zip64=large) as part:
                part.write(head + b"</row>")
                body.copy_to(part)
                part.write(end[:place])
                if isinstance(body, SheetRows):
                    body.copy_links_to(part)
                part.write(end[place:])
        for at, body in enumerate(bodies, start=1):
            if body.links:
                target.writestr(_RELATIONS.format(at), links.part())
        told = source.read(properties).replace(EMPTY.encode(), stamp(sheets_of(target)).encode())
        target.writestr(properties, told)


def _meanings(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """What each column means; of one with another name also the field that feeds it."""
    for sheet in layout.sheets:
        for column in sheet.columns:
            renamed = "" if column.name == column.field else f"（字段“{column.field}”）"
            yield sheet.name, column.name, fields(sheet.table)[column.field] + renamed


def _notes_sheet(book: Workbook, lines: Sequence[tuple[str, str, str]], title: Format, text: Format) -> None:
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 90)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for line, cells in enumerate([("项目", "栏目", "说明"), *lines]):
        for at, words in enumerate(cells):
            sheet.write_string(line, at, words, text if line else title)
