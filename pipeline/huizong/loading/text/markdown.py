"""Markdown: headings with their level, tables apart, the marks of lists and emphasis read and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huizong.loading.tables.captions import table_caption
from huizong.loading.text.plain import LINE_END
from huizong.records import Line, Table

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})\s*")
_ITEM = re.compile(r"\s*[-*+]\s+(?:\[[ xX]\]\s+)?(?=\S)")
_ORDERED = re.compile(r"\s*\d{1,9}[.)]\s")
_RULE_ROW = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
# What of a line is no text of it, in the order of taking away.
_DROPPED = (
    (re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"), ""),
    (re.compile(r"\[\^[^\]\s]+\]:?"), ""),
    (re.compile(r"\[([^\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>"), ""),
    (re.compile(r"(`+)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(\*\*\*|\*\*|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<![*\d])\*(?=[^\s*\d])([^*\n]+?)(?<=\S)\*(?!\*)"), r"\1"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"\s*(?:\*\*|__)(?=\S)(?:(?!\*\*|__).)+(?<=\S)(?:\*\*|__)\s*")
_PRIVATE = 0xE000
"""Escaped marks wait as private characters until the others are taken away."""


def markdown_lines(text: str) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Lines without Markdown's marks; headings carry their level (one # = 0, the title), tables are apart.

    Front matter, comments, pictures and the lines of code fences are dropped, words inside fences are kept as they are.
    Numbers of ordered lists stay, for they are printed.
    """
    raw = LINE_END.split(_COMMENT.sub("", text))
    raw = raw[_front_matter(raw) :]
    lines: list[Line] = []
    tables: list[Table] = []
    at, fence = 0, ""
    while at < len(raw):
        line = raw[at]
        mark = _FENCE.fullmatch(line)
        if fence:
            closes = mark is not None and mark.group(1).startswith(fence) and not mark.group(2).strip()
            fence = "" if closes else fence
            lines.append(Line(text="" if closes else line, ends_paragraph=None if closes or not line.strip() else True))
        elif mark and "`" not in mark.group(2):
            fence = mark.group(1)
            lines.append(Line(text=""))
        elif rows := _table_rows(raw, at):
            tables.append(_table(rows, [line.text for line in lines[-3:]]))
            at += _rows_read(raw, at)
            continue
        elif level := _underlined(raw, at):
            lines.append(Line(text=_unmark(line.strip())[0], heading_level=level - 1, ends_paragraph=True))
            at += 1
        else:
            lines += _lines(line, before_item=at + 1 < len(raw) and _opens_item(raw[at + 1]))
        at += 1
    return tuple(lines), tuple(tables)


def _front_matter(raw: list[str]) -> int:
    """How many lines the YAML or TOML block at the very beginning takes."""
    if raw[0].strip() not in {"---", "+++"}:
        return 0
    closing = {"---": {"---", "..."}, "+++": {"+++"}}[raw[0].strip()]
    for at, line in enumerate(raw[1:60], 1):
        if line.strip() in closing:
            return at + 1
        if line.strip() and not re.match(r"\s|#|[\w.-]+\s*[:=]|-\s", line):
            return 0
    return 0


def _opens_item(line: str) -> bool:
    return _ITEM.match(line) is not None or _ORDERED.match(line) is not None


def _underlined(raw: list[str], at: int) -> int:
    """1 or 2 for a heading underlined with = or -, else 0."""
    mark = _UNDERLINE.fullmatch(raw[at + 1]) if at + 1 < len(raw) else None
    text = raw[at].strip()
    if not mark or not text or len(text) > 60 or _opens_item(raw[at]) or text[0] in "#>|" or _RULE.fullmatch(text):
        return 0
    if at > 0 and raw[at - 1].strip():
        return 0
    return 1 if mark.group(1)[0] == "=" else 2


def _lines(raw: str, *, before_item: bool) -> Iterator[Line]:
    """The lines that one line of the file gives: several when <br> stands in it."""
    if heading := _HEADING.fullmatch(raw):
        text, _ = _unmark(heading.group(2) or "")
        yield Line(text=text, heading_level=len(heading.group(1)) - 1 if text.strip() else None, ends_paragraph=True)
        return
    if _RULE.fullmatch(raw):
        yield Line(text="")
        return
    unquoted = re.sub(r"^\s{0,3}(?:>\s?)+", "", raw)
    # Two blanks or a backslash at the end are Markdown's hard line break.
    hard = unquoted.endswith(("  ", "\\"))
    item = _ITEM.match(unquoted)
    parts = _BREAK_TAG.split(unquoted[item.end() if item else 0 :].rstrip("\\"))
    for place, part in enumerate(parts):
        text, bold = _unmark(part)
        ends = hard or before_item or place + 1 < len(parts)
        indented = "　　" + text if item and place == 0 else text
        yield Line(text=indented, bold=bold, ends_paragraph=True if ends and text.strip() else None)


def _unmark(text: str) -> tuple[str, bool]:
    """The text without marks of emphasis, links, code and escapes, and whether all of it was strong."""
    whole = _STRONG.fullmatch(text) is not None
    text = _ESCAPED.sub(lambda mark: chr(_PRIVATE + ord(mark.group(1))), text)
    for pattern, instead in _DROPPED:
        text = pattern.sub(instead, text)
    return re.sub(
        f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 127)}]", lambda mark: chr(ord(mark.group()) - _PRIVATE), text
    ), whole


def _table_rows(raw: list[str], at: int) -> list[tuple[str, ...]]:
    """The rows of the table that begins here, the rule left out; empty when none does.

    A table has a rule under its first row, or all its rows stand between bars.
    """
    ruled = at + 1 < len(raw) and "|" in raw[at] and "|" in raw[at + 1] and _RULE_ROW.fullmatch(raw[at + 1])
    if not ruled and not _barred(raw[at]):
        return []
    rows = raw[at : at + _rows_read(raw, at)]
    return [_cells(row) for row in rows if not _RULE_ROW.fullmatch(row)]


def _rows_read(raw: list[str], at: int) -> int:
    """How many lines the table takes."""
    barred = _barred(raw[at])
    end = at
    while end < len(raw) and ("|" in raw[end] if not barred else _barred(raw[end]) or _RULE_ROW.fullmatch(raw[end])):
        end += 1
    return end - at


def _barred(row: str) -> bool:
    return len(row.strip()) > 2 and row.strip().startswith("|") and row.strip().endswith("|")


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a row without marks; an escaped bar belongs to the text, <br> is a line end."""
    parts = re.split(r"(?<!\\)\|", re.sub(r"^\||(?<!\\)\|$", "", row.strip()))
    return tuple(_unmark(_BREAK_TAG.sub("\n", part.strip()))[0] for part in parts)


def _table(rows: list[tuple[str, ...]], before: list[str]) -> Table:
    """The rows as a table, the first one its header, all equally long."""
    width = max(len(row) for row in rows)
    full = [row + ("",) * (width - len(row)) for row in rows]
    return Table(page=1, caption=table_caption(before), header=full[0], rows=tuple(full[1:]))
