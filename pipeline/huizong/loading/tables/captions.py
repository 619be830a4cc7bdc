"""The line that names a table: the last one before it that starts with 表 and a number, or the nearest short line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CAPTION = re.compile(r"\s*(?:附?表)\s*[\d一二三四五六七八九十]+(?:[-.－—]\d+)*[^。；]*")


def table_caption(before: Sequence[str]) -> str:
    """The caption among the last three lines before a table, blanks at its ends removed; "" when there is none.

    >>> table_caption(["建设情况如下。", "表 2 实训基地一览"])
    '表 2 实训基地一览'
    """
    for text in reversed([line for line in before if line.strip()][-3:]):
        if _CAPTION.fullmatch(text):
            return text.strip()
    return ""
