"""PDF with a text layer: lines in reading order with boxes, ruled tables apart.

Two engines give the same `Page`: PDFium (the default, ten times quicker) and pdfplumber (`engine="pdfplumber"`; also what a
file falls back to that PDFium cannot open). Everything behind them is shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from huizong.errors import DamagedDocument, EncryptedDocument, InputError
from huizong.loading.pdf.garbled import judge
from huizong.loading.pdf.lines import page_lines
from huizong.loading.pdf.pages import Page
from huizong.loading.pdf.tables import divide, make_table, page_grids
from huizong.loading.scan import Unread, recover
from huizong.records import Line, Notice, Table
from huizong.workload import announce


def read_pdf(
    data: bytes,
    path: Path,
    password: str | None,
    *,
    engine: str = "pdfium",
    ocr: str = "auto",
    edges: bool = False,
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int, tuple[int, ...]]:
    """Lines (with `edges`: each with the places of its characters), tables, notices, the number of pages, those with pictures.

    Pages without text of use are read from their pictures where `ocr` (auto, always, never) and the extra allow it, else
    named in a notice. Raises `EncryptedDocument`, `DamagedDocument`, or for a file of such pages only `MissingOcr` or
    `EmptyDocument`.
    """
    lines: list[Line] = []
    tables: list[Table] = []
    unread: list[Unread] = []
    blank: list[Unread] = []
    doubts: list[Notice] = []
    pictures: list[int] = []
    pages = 0
    for page in _pages(data, path, password, engine):
        pages += 1
        announce(pages=1)
        if page.has_picture or page.has_drawing:
            pictures.append(page.number)
        verdict = judge("\n".join(piece.text for piece in page.pieces), unmapped=page.unmapped)
        if ocr == "always" or not verdict.trusted:
            unread.append(Unread(number=page.number, reason="" if verdict.trusted else verdict.reason))
            continue
        if verdict.reason:
            message = f"第 {page.number} 页{verdict.reason}，请对照原件核对。"
            doubts.append(Notice(code="page_partly_garbled", message=message, page=page.number))
        found, ruled = read_page(page, edges=edges, before=_cut_off(lines, tables, page.number))
        if not found and not ruled:
            (unread if page.has_picture else blank).append(Unread(number=page.number))
        lines += found
        tables += ruled
    if pages == 0:
        raise _damaged(path)
    alone = not lines and not tables
    if alone:  # words drawn as curves are no pictures
        unread = sorted([*unread, *blank], key=lambda page: page.number)
    read, notices = recover(data, path, password, unread, ocr=ocr, alone=alone)
    lines = sorted([*lines, *read], key=lambda line: line.page)
    return tuple(lines), tuple(tables), (*notices, *doubts), pages, tuple(pictures)


def _cut_off(lines: list[Line], tables: list[Table], number: int) -> Table | None:
    """The table that ends the page before page `number`, with at most one line (the page's number) below it."""
    last = tables[-1] if tables and tables[-1].page == number - 1 else None
    if last is None or last.box is None:
        return None
    bottom = last.box.bottom_pt
    below = sum(1 for line in lines[-2:] if line.page == number - 1 and line.box and line.box.top_pt >= bottom)
    return last if below <= 1 else None


def read_page(page: Page, *, edges: bool = False, before: Table | None = None) -> tuple[list[Line], list[Table]]:
    """The lines outside ruled tables, and those tables; `before` is the table that may go on at the top of the page."""
    grids = page_grids(page, before) if page.pieces else []
    outside, inside = divide(page, grids)
    lines = page_lines(page, outside, edges=edges)
    tables = [
        table
        for grid, characters in zip(grids, inside, strict=True)
        if (table := make_table(page, grid, characters, lines)) is not None
    ]
    return lines, tables


def _pages(data: bytes, path: Path, password: str | None, engine: str) -> Iterator[Page]:
    """The pages by the engine that was asked for; by pdfplumber where PDFium cannot open the file."""
    if engine == "pdfium":
        import pypdfium2

        from huizong.loading.pdf.pdfium_engine import Engine

        try:
            document = Engine(data, password)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise _encrypted(path, password) from error
        else:
            try:
                with document:
                    yield from _with_own_fonts(document.pages(), data, path, password)
            except pypdfium2.PdfiumError as error:  # a page that the table of pages leads to nowhere
                raise _damaged(path) from error
            return
    yield from _plumbed(data, path, password)


def _with_own_fonts(pages: Iterator[Page], data: bytes, path: Path, password: str | None) -> Iterator[Page]:
    """The pages; those whose Chinese stands in fonts that the file only names are read by pdfplumber.

    PDFium puts a font of the machine in their place, and loses characters on a machine that has none.
    """
    thorough: Iterator[Page] | None = None
    for page in pages:
        if page.borrowed:
            thorough = thorough or _plumbed(data, path, password)
            try:
                other = next((other for other in thorough if other.number == page.number), page)
                if not any("(cid:" in piece.text for piece in other.pieces):
                    page = other
            except InputError:
                thorough = iter(())  # what only PDFium can read is better read by it than not at all
        yield page


def _plumbed(data: bytes, path: Path, password: str | None) -> Iterator[Page]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    from huizong.loading.pdf.plumber_engine import read_pages

    pages = read_pages(data, password)
    while True:
        try:
            page = next(pages, None)
        except PDFPasswordIncorrect as error:
            raise _encrypted(path, password) from error
        except PdfminerException as error:
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
                raise _encrypted(path, password) from error
            raise _damaged(path) from error
        except Exception as error:  # pdfminer raises whatever its parsers stumble over
            raise _damaged(path) from error
        if page is None:
            return
        yield page


def _encrypted(path: Path, password: str | None) -> EncryptedDocument:
    if password:
        advice = "请向报送单位核对密码，或用阅读器去掉密码后重新保存。"
        return EncryptedDocument(f"“{path.name}”设有打开密码，给出的密码打不开它。", advice=advice, path=path)
    advice = "请用 --password 给出密码，或用阅读器去掉密码后重新保存。"
    return EncryptedDocument(f"“{path.name}”设有打开密码。", advice=advice, path=path)


def _damaged(path: Path) -> DamagedDocument:
    return DamagedDocument(
        f"“{path.name}”打不开，PDF 已损坏或不完整。", advice="请重新下载，或用阅读器打开后另存一份。", path=path
    )
