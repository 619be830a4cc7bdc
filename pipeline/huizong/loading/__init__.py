"""File → `RawDocument`: the kind decided by the content, the words verbatim, trouble told in Chinese.

`load` never guesses silently: what cannot be read raises one of the `InputError`s with what to do next; what was read
with a reservation leaves a `Notice`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from huizong.errors import EmptyDocument, InputError, MissingFile, TooLarge, UnknownFormat, Unreadable, printable
from huizong.loading.sniff import CONVERTED, Format, sniff
from huizong.loading.tables.joining import join_tables
from huizong.records import Line, Notice, RawDocument, Source, Table
from huizong.workload import Workload, heard_by

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
    max_pages: int = 2000,
    max_characters: int = 3_000_000,
    password: str | None = None,
    engine: str = "pdfium",
    ocr: str = "auto",
    edges: bool = False,
) -> RawDocument:
    """The lines and tables of the file at `path`, in reading order.

    `Source.format` is a value of `Format` and tells what the file is, not what it was converted to (doc, wps, rtf and odt
    go through LibreOffice); `Source.pages` is `None` unless the file has pages.
    Raises `MissingFile`, `EmptyDocument`, `UnknownFormat`, `EncryptedDocument`, `DamagedDocument`, `TooLarge`, `Unreadable`,
    `MissingOcr` or plain `InputError` (a folder), each with advice. `password` opens an encrypted PDF; `engine` reads
    PDFs: pdfium or pdfplumber; `ocr` (auto, always, never) says when pages are read from their pictures. With `edges`, the
    lines of a PDF or OFD know where each of their characters stands.
    """
    path = Path(path)
    data = _read(path, max_bytes)
    kind = sniff(data, path)
    with heard_by(_page_limit(path, max_pages)):
        lines, tables, notices, pages, pictures = _parse(
            kind, data, path, password, engine=engine, ocr=ocr, edges=edges
        )
    if not any(line.text.strip() for line in lines) and not tables:
        raise EmptyDocument(f"“{path.name}”里没有文字。", advice="请检查文件内容是否完整，或换用原稿。", path=path)
    characters = sum(len(line.text) for line in lines) + sum(len(c) for t in tables for row in t.rows for c in row)
    if characters > max_characters:
        raise TooLarge(
            f"“{path.name}”有 {characters} 个字，超过上限 {max_characters}。",
            advice="请核对是不是一份报告；确是的，请拆分，或在设置里调高 max_characters。",
            path=path,
        )
    source = Source(name=printable(path.name), sha256=hashlib.sha256(data).hexdigest(), format=kind.value, pages=pages)
    return RawDocument(
        source=source, lines=lines, tables=join_tables(tables, lines), notices=notices, pictures=pictures
    )


_Parsed: TypeAlias = tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int | None, tuple[int, ...] | None]


def _parse(
    kind: Format, data: bytes, path: Path, password: str | None, *, engine: str, ocr: str, edges: bool
) -> _Parsed:
    """Lines, tables, notices, the number of pages and those with pictures, `None` where the format has none."""
    pages: int | None = None
    tables: tuple[Table, ...] = ()
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

        lines, notices, pages = read_picture(data, path, ocr=ocr)
    elif kind is Format.HTML:
        from huizong.loading.text.html import read_html

        lines, tables, notices = read_html(data, path)
    else:
        from huizong.loading.text.plain import read_plain

        lines, tables, notices, pages = read_plain(data, path, markdown=kind is Format.MD)
    return lines, tables, notices, pages, pictures


def _page_limit(path: Path, most: int) -> Callable[[Workload], None]:
    """What counts the pages as they are begun, and raises `TooLarge` behind the last that is allowed."""
    begun = 0

    def count(work: Workload) -> None:
        nonlocal begun
        begun += work.pages
        if begun > most:
            raise TooLarge(
                f"“{path.name}”超过 {most} 页，已停止读取。",
                advice="请核对文件是否正常；确是报告的，请拆分，或在设置里调高 max_pages。",
                path=path,
            )

    return count


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
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            if not os.access(path, os.R_OK | os.X_OK):
                raise Unreadable(
                    f"文件夹“{path}”没有权限进入，里面的文件没有读。", advice="请检查它的权限。", path=path
                )
            raise InputError(f"“{path}”是文件夹，不是文件。", advice="请用 huizong run 处理整个文件夹。", path=path)
        if not stat.S_ISREG(status.st_mode):  # to open a pipe would wait for ever, to read a device never end
            raise Unreadable(
                f"“{path.name}”不是普通文件（管道、设备或套接字）。", advice="请给出报告文件本身。", path=path
            )
        if status.st_size == 0:
            raise EmptyDocument(f"“{path.name}”是空文件（0 字节）。", advice="请重新下载或向报送单位索取。", path=path)
        if status.st_size > max_bytes:
            raise TooLarge(
                f"“{path.name}”有 {status.st_size / 1e6:.0f} MB，超过上限 {max_bytes / 1e6:.0f} MB。",
                advice="请拆分文件、压缩其中的图片，或在设置里调高 max_file_mb。",
                path=path,
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFile(f"找不到文件“{path}”。", advice="请检查路径和文件名是否写对。", path=path) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"读不了“{path}”：{_reason(error)}。", advice="请检查权限，或文件是否被其他程序占用。", path=path
        ) from error


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘或网络读写出错",
}


def _reason(error: OSError | ValueError) -> str:
    """Why the system refuses, in Chinese where the case is known. `ValueError`: a zero byte in the path."""
    known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else "路径里有不能用的字符"
    return known or getattr(error, "strerror", None) or str(error)


__all__ = ["SUPPORTED_SUFFIXES", "Format", "UnknownFormat", "from_text", "load", "sniff"]
