"""Saved web pages (.mht, .mhtml; also what old Word calls “single file web page”): the HTML inside."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from huizong.errors import DamagedDocument
from huizong.loading.text.html import read_html
from huizong.records import Line, Notice, Table


def read_mhtml(data: bytes, path: Path) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...]]:
    """Lines, tables and notices of the first HTML page in the file. Raises `DamagedDocument` when there is none."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(page, path, charset=part.get_content_charset())
    raise DamagedDocument(f"“{path.name}”里找不到网页正文。", advice="请在浏览器里打开后另存一份。", path=path)
