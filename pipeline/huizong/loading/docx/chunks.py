"""Documents embedded whole in a DOCX (w:altChunk): report generators leave HTML, text or another DOCX there."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from huizong.errors import HuizongError
from huizong.records import Line, Notice, Table


def read_chunk(
    content: bytes, name: str, path: Path, *, page: int
) -> tuple[Sequence[Line], Sequence[Table], Sequence[Notice]]:
    """Lines and tables of the embedded document, all on `page`; a notice instead when it cannot be read.

    `name` is that of the part, whose suffix helps; DOCX inside DOCX is read one level deep.
    """
    from huizong.loading.sniff import Format, sniff
    from huizong.loading.text.html import read_html
    from huizong.loading.text.mhtml import read_mhtml
    from huizong.loading.text.plain import read_plain

    suffix = PurePosixPath(name).suffix
    try:
        kind = sniff(content, Path(f"{path.stem}{suffix}")) if content else None
        lines: Sequence[Line]
        if kind is Format.HTML:
            lines, tables, notices = read_html(content, path)
        elif kind is Format.MHTML:
            lines, tables, notices = read_mhtml(content, path)
        elif kind is Format.TXT:
            lines, tables, notices, _ = read_plain(content, path, markdown=False)
            lines = [dataclasses.replace(line, ends_paragraph=True) for line in lines]
        elif kind is Format.DOCX:
            from huizong.loading.docx import read_docx

            lines, tables, notices, _, _ = read_docx(content, path, embedded=True)
        else:
            return (), (), (_not_read(page),)
    except HuizongError:
        return (), (), (_not_read(page),)
    return (
        [dataclasses.replace(line, page=page) for line in lines],
        [dataclasses.replace(table, page=page) for table in tables],
        notices,
    )


def _not_read(page: int) -> Notice:
    return Notice(
        code="embedded_not_read",
        message="文中嵌入的另一份文件未读入，请用 Word/WPS 打开后另存一份再处理。",
        page=page,
    )
