"""File → `RawDocument`: the kind decided by the content, the words verbatim, trouble told in Chinese.

`load` never guesses silently: what cannot be read raises one of the `InputError`s with what to do next; what was read
with a reservation leaves a `Notice`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from huizong.errors import EmptyDocument, InputError, MissingFile, UnknownFormat
from huizong.loading.sniff import CONVERTED, Format, sniff
from huizong.loading.tables.joining import join_tables
from huizong.records import Line, Notice, RawDocument, Source, Table

SUPPORTED_SUFFIXES = frozenset(
    {
        ".pdf", ".docx", ".docm", ".dotx", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".txt", ".text", ".md", ".markdown",
        ".html", ".htm", ".mht", ".mhtml", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
    }
)  # fmt: skip
"""Suffixes (lower case) that a walk over a folder picks up; `load` itself goes by the content."""


def load(
    path: Path,
    *,
    max_bytes: int = 200_000_000,
    password: str | None = None,
    engine: str = "pdfium",
    ocr: str = "auto",
    edges: bool = False,
) -> RawDocument:
    """The lines and tables of the file at `path`, in reading order.

    `Source.format` is a value of `Format` and tells what the file is, not what it was converted to (doc, wps, rtf and odt
    go through LibreOffice); `Source.pages` is `None` unless the file has pages.
    Raises `MissingFile`, `EmptyDocument`, `UnknownFormat`, `EncryptedDocument`, `DamagedDocument`, `MissingOcr` or plain
    `InputError` (a folder, too large, no permission), each with advice. `password` opens an encrypted PDF; `engine` reads
    PDFs: pdfium or pdfplumber; `ocr` (auto, always, never) says when pages are read from their pictures. With `edges`, the
    lines of a PDF or OFD know where each of their characters stands.
    """
    path = Path(path)
    data = _read(path, max_bytes)
    kind = sniff(data, path)
    source = Source(name=path.name, sha256=hashlib.sha256(data).hexdigest(), format=kind.value)
    pages: int | None = None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    notices: tuple[Notice, ...]
    pictures: tuple[int, ...] | None = None
    if kind is Format.PDF:
        from huizong.loading.pdf import read_pdf

        lines, tables, notices, pages, pictures = read_pdf(data, path, password, engine=engine, ocr=ocr, edges=edges)
    elif kind is Format.DOCX:
        from huizong.loading.docx import read_docx

        lines, tables, notices, pages, pictures = read_docx(data, path)
    elif kind in CONVERTED:
        from huizong.loading.docx import read_docx
        from huizong.loading.office import convert_to_docx

        lines, tables, notices, pages, pictures = read_docx(convert_to_docx(data, path, kind.value), path)
    elif kind is Format.OFD:
        from huizong.loading.ofd import read_ofd

        lines, tables, notices, pages = read_ofd(data, path, edges=edges)
    elif kind is Format.MHTML:
        from huizong.loading.text.mhtml import read_mhtml

        lines, tables, notices = read_mhtml(data, path)
    elif kind is Format.IMAGE:
        from huizong.loading.scan import read_picture

        tables = ()
        lines, notices, pages = read_picture(data, path, ocr=ocr)
    elif kind is Format.HTML:
        from huizong.loading.text.html import read_html

        lines, tables, notices = read_html(data, path)
    else:
        from huizong.loading.text.plain import read_plain

        lines, tables, notices, pages = read_plain(data, path, markdown=kind is Format.MD)
    if not any(line.text.strip() for line in lines) and not tables:
        raise EmptyDocument(f"“{path.name}”里没有文字。", advice="请检查文件内容是否完整，或换用原稿。", path=path)
    source = Source(name=source.name, sha256=source.sha256, format=source.format, pages=pages)
    return RawDocument(
        source=source, lines=lines, tables=join_tables(tables, lines), notices=notices, pictures=pictures
    )


def from_text(text: str, name: str = "") -> RawDocument:
    """The lines of a text at hand (standard input, a notebook); form feeds break pages. Empty gives no lines."""
    from huizong.loading.text.plain import plain_lines

    lines, pages = plain_lines(text)
    source = Source(
        name=name, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), format="txt", pages=pages
    )
    return RawDocument(source=source, lines=lines)


def _read(path: Path, max_bytes: int) -> bytes:
    """The bytes of the file. Raises the `InputError`s that need no look at the content."""
    try:
        if path.is_dir():
            raise InputError(f"“{path}”是文件夹，不是文件。", advice="请用 huizong run 处理整个文件夹。", path=path)
        if not path.exists():
            raise MissingFile(f"找不到文件“{path}”。", advice="请检查路径和文件名是否写对。", path=path)
        size = path.stat().st_size
        if size == 0:
            raise EmptyDocument(f"“{path.name}”是空文件（0 字节）。", advice="请重新下载或向报送单位索取。", path=path)
        if size > max_bytes:
            raise InputError(
                f"“{path.name}”有 {size / 1e6:.0f} MB，超过上限 {max_bytes / 1e6:.0f} MB。",
                advice="请拆分文件、压缩其中的图片，或调高上限。",
                path=path,
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"读不了“{path}”：{reason}。", advice="请检查权限，或文件是否被其他程序占用。", path=path
        ) from error


__all__ = ["SUPPORTED_SUFFIXES", "Format", "UnknownFormat", "from_text", "load", "sniff"]
