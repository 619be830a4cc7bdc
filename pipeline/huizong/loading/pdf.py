"""PDF with a text layer: lines in visual order with boxes, ruled tables apart. Two columns are read across."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from huizong.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from huizong.loading.captions import table_caption
from huizong.records import Box, Line, Notice, Table

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as RuledTable

# 黑体 and 小标宋 are the heading faces of Chinese official style: there, they do the work of bold.
_BOLD = re.compile(r"bold|black|heavy|demi|simhei|sim hei|heiti|fzht|fzxbs|xiaobiaosong|小标宋|黑体", re.I)
_THIN_PT = 2.5
"""A filled rectangle thinner than this is a ruling line; fatter ones are backgrounds and highlights."""

_CELL_PT = 10
"""Side of the squares in which doubled characters are looked for; greater than any shift of a fake bold."""


class _Char(TypedDict):
    """What is used of pdfplumber's dictionary of a character."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    fontname: str


def read_pdf(
    data: bytes, path: Path, password: str | None
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int]:
    """Lines, tables, notices and the number of pages.

    Raises `EncryptedDocument`, `DamagedDocument`, or `EmptyDocument` for a scan (pictures of pages without text).
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    lines: list[Line] = []
    tables: list[Table] = []
    bare: list[int] = []
    with _quiet_pdfminer():
        try:
            with pdfplumber.open(io.BytesIO(data), password=password) as document:
                pages = len(document.pages)
                for page in document.pages:
                    found, ruled = _read_page(page)
                    if not found and not ruled and page.images:
                        bare.append(page.page_number)
                    lines += found
                    tables += ruled
                    page.close()
        except PDFPasswordIncorrect as error:
            raise _encrypted(path) from error
        except PdfminerException as error:
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
                raise _encrypted(path) from error
            raise _damaged(path) from error
        except Exception as error:  # pdfminer raises whatever its parsers stumble over
            raise _damaged(path) from error
    if pages == 0:
        raise _damaged(path)
    if not lines and not tables:
        raise EmptyDocument(
            f"“{path.name}”是扫描件或图片 PDF，{pages} 页都没有文字层。",
            advice="请先用 OCR 软件识别成带文字的 PDF，或提供 Word 原稿。",
            path=path,
        )
    return tuple(lines), tuple(tables), _scan_notices(bare), pages


def _scan_notices(bare: list[int]) -> tuple[Notice, ...]:
    """One notice for each page that is only a picture."""
    return tuple(
        Notice(code="page_without_text", message=f"第 {page} 页只有图片，没有文字层，内容未读入。", page=page)
        for page in bare
    )


def _encrypted(path: Path) -> EncryptedDocument:
    return EncryptedDocument(f"“{path.name}”设有打开密码。", advice="请去掉密码后重新保存，或提供密码。", path=path)


def _damaged(path: Path) -> DamagedDocument:
    return DamagedDocument(
        f"“{path.name}”打不开，PDF 已损坏或不完整。", advice="请重新下载，或用阅读器打开后另存一份。", path=path
    )


@contextmanager
def _quiet_pdfminer() -> Iterator[None]:
    """Font trouble that pdfminer reports on every page says nothing to the user."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _read_page(page: Page) -> tuple[list[Line], list[Table]]:
    """The lines outside ruled tables, and those tables."""
    if not page.chars:
        return [], []
    ruled = _ruled_tables(page)
    boxes = [table.bbox for table in ruled]
    chars = [char for char in cast("list[_Char]", page.chars) if not any(_inside(char, box) for box in boxes)]
    lines = [line for row in _rows(_once(chars)) if (line := _line(row, page)) is not None]
    tables = []
    for table in ruled:
        record = _table(table, page.page_number, lines)
        if record is not None:
            tables.append(record)
    return lines, tables


def _inside(char: _Char, box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of the character lies in the box (x0, top, x1, bottom)."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _once(chars: list[_Char]) -> list[_Char]:
    """Without the second copy of characters printed twice with a tiny shift (a poor man's bold)."""
    kept: list[_Char] = []
    seen: dict[tuple[str, int, int], list[_Char]] = {}
    for char in chars:
        column, row = int(char["x0"] / _CELL_PT), int(char["top"] / _CELL_PT)
        shift = 0.15 * char["size"]
        twins = (
            twin
            for near_column in (column - 1, column, column + 1)
            for near_row in (row - 1, row, row + 1)
            for twin in seen.get((char["text"], near_column, near_row), ())
        )
        if any(abs(char["x0"] - twin["x0"]) < shift and abs(char["top"] - twin["top"]) < shift for twin in twins):
            continue
        seen.setdefault((char["text"], column, row), []).append(char)
        kept.append(char)
    return kept


def _rows(chars: list[_Char]) -> list[list[_Char]]:
    """The characters grouped into printed lines, top to bottom, each left to right.

    A character belongs to the line whose middle lies within half its height: digits set in another face are higher or
    lower than the Chinese around them, but never by that much.
    """
    rows: list[tuple[float, list[_Char]]] = []
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and middle - rows[-1][0] < 0.5 * max(char["size"], rows[-1][1][0]["size"]):
            rows[-1][1].append(char)
        else:
            rows.append((middle, [char]))
    return [sorted(row, key=lambda c: c["x0"]) for _, row in rows]


def _line(row: list[_Char], page: Page) -> Line | None:
    """The row as a line; `None` when it is blank. Gaps wider than a quarter of the type become one blank."""
    while row and not row[0]["text"].strip():
        row = row[1:]
    while row and not row[-1]["text"].strip():
        row = row[:-1]
    if not row:
        return None
    pieces: list[str] = []
    previous: _Char | None = None
    for char in row:
        gap = char["x0"] - previous["x1"] if previous else 0.0
        if previous and gap > 0.25 * char["size"] and not previous["text"].isspace() and not char["text"].isspace():
            pieces.append(" ")
        pieces.append(char["text"])
        previous = char
    inked = [char for char in row if not char["text"].isspace()]
    size = Counter(round(char["size"], 1) for char in inked).most_common(1)[0][0]
    return Line(
        text="".join(pieces),
        page=page.page_number,
        box=Box(
            x0_pt=round(min(c["x0"] for c in inked), 2),
            top_pt=round(min(c["top"] for c in inked), 2),
            x1_pt=round(max(c["x1"] for c in inked), 2),
            bottom_pt=round(max(c["bottom"] for c in inked), 2),
        ),
        page_width_pt=float(page.width),
        page_height_pt=float(page.height),
        size_pt=size,
        bold=all(_BOLD.search(c["fontname"]) for c in inked),
    )


def _ruled_tables(page: Page) -> list[RuledTable]:
    """The tables drawn with lines: at least two rows and two columns, inside the page."""
    if not (page.lines or page.rects or page.curves):
        return []
    rulings = page.filter(_is_ruling_or_char)
    if len(rulings.lines) + len(rulings.rects) < 4:
        return []
    tables = []
    for table in rulings.find_tables():
        columns = max(len(row.cells) for row in table.rows)
        inside = table.bbox[1] >= -1 and table.bbox[3] <= float(page.height) + 1
        if len(table.rows) >= 2 and columns >= 2 and inside:
            tables.append(table)
    return tables


def _is_ruling_or_char(item: dict[str, object]) -> bool:
    """Keeps characters, lines, drawn frames and thin fills; drops backgrounds, highlights and pictures."""
    if item["object_type"] == "rect":
        thin = min(cast(float, item["width"]), cast(float, item["height"])) < _THIN_PT
        return thin or bool(item.get("stroke"))
    return item["object_type"] in {"char", "line"}


def _table(ruled: RuledTable, page: int, lines: list[Line]) -> Table | None:
    """The record of a ruled table, merged cells filled from the left and from above; `None` when it is almost empty."""
    rows: list[list[str]] = []
    merged_above: list[str] = []
    for cells in ruled.extract():
        row: list[str] = []
        for column, cell in enumerate(cells):
            if cell is not None:
                row.append(re.sub(r"\s*\n\s*", "", cell).strip())
            elif row:
                row.append(row[-1])
            else:
                row.append(merged_above[column] if column < len(merged_above) else "")
        rows.append(row)
        merged_above = row
    if sum(bool(cell) for row in rows for cell in row) < 2:
        return None
    x0, top, x1, bottom = (round(float(edge), 2) for edge in ruled.bbox)
    return Table(
        page=page,
        caption=table_caption([line.text for line in lines if line.box and line.box.bottom_pt <= top + 2]),
        header=tuple(rows[0]),
        rows=tuple(tuple(row) for row in rows[1:]),
        box=Box(x0_pt=x0, top_pt=top, x1_pt=x1, bottom_pt=bottom),
    )
