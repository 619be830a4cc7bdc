"""HTML: block elements as lines, tables as tables with merged cells filled; scripts and form controls left out.

Numbers that the browser prints before the items of ordered lists are written out. Hidden elements are left out, as far as
the element itself says so (no style sheet is read).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import DamagedDocument
from huizong.loading.list_numbers import formatted
from huizong.loading.tables.captions import table_caption
from huizong.loading.text.plain import decode
from huizong.loading.text.prose import is_prose
from huizong.records import Line, Notice, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "details", "table", "caption", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    }
)  # fmt: skip
_SKIPPED = frozenset(
    {
        "script", "style", "head", "noscript", "template", "input", "textarea", "select", "option", "button", "label",
        "iframe", "svg", "nav", "object", "audio", "video", "canvas", "rt", "rp", "math",
    }
)  # fmt: skip
_HEADINGS = {f"h{n}": n - 1 for n in range(1, 7)}
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
_NUMBERS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero", "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting",
}  # fmt: skip
_MAX_SPAN = 200


def read_html(
    data: bytes, path: Path, *, charset: str | None = None
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...]]:
    """Lines (one a block, always ending a paragraph), tables, notices. `charset`: what a mail head says.

    Raises `DamagedDocument`.
    """
    from lxml import etree, html

    text, notices = _decode(data, path, charset)
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument(
            f"“{path.name}”不是完整的网页。", advice="请在浏览器里打开后另存一份。", path=path
        ) from error
    lines: list[Line] = []
    tables: list[Table] = []
    body = root.find("body")
    if body is not None:
        _walk(body, lines, tables)
    return tuple(lines), tuple(tables), notices


def _decode(data: bytes, path: Path, charset: str | None) -> tuple[str, tuple[Notice, ...]]:
    """A byte order mark or flawless UTF-8 first (pages lie about it), then the charset named, else a guess."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            pass
        meta = _META_CHARSET.search(data[:4096])
        named = (charset or (meta.group(1).decode("ascii") if meta else "")).lower()
        if named and not named.startswith("utf"):
            try:
                encoding = "gb18030" if named in {"gb2312", "gbk", "x-gbk", "gb_2312-80"} else named
                return data.decode(encoding), ()
            except (ValueError, LookupError):  # a name of a charset may hold anything
                pass
    return decode(data, path)


def _walk(element: HtmlElement, lines: list[Line], tables: list[Table], label: str = "") -> None:
    """Adds the blocks under `element`: text between block elements makes a line of its own."""
    level = _HEADINGS.get(element.tag)
    loose: list[str] = [element.text or ""]
    preformatted = element.tag == "pre"

    def flush() -> None:
        nonlocal label
        joined = "".join(loose)
        for part in re.split("[\0\n]", joined) if preformatted else joined.split("\0"):
            text = re.sub(r"[ \t\r\n]+", " ", part).strip()
            if text:
                lines.append(Line(text=label + text, ends_paragraph=True, heading_level=level))
                label = ""
        loose.clear()

    labels = _list_labels(element)
    for item in _flat(element, loose):
        flush()
        if item.tag == "table":
            _read_table(item, lines, tables)
        else:
            _walk(item, lines, tables, labels.get(item, ""))
        loose.append(item.tail or "")
    flush()


def _flat(element: HtmlElement, loose: list[str]) -> Iterator[HtmlElement]:
    """The nearest block elements below; inline text met on the way is put into `loose`, a line break as NUL."""
    for item in element:
        if _left_out(item):
            loose.append(item.tail or "")
        elif item.tag in _BLOCKS:
            yield item
        else:
            loose.append("\0" if item.tag == "br" else item.text or "")
            yield from _flat(item, loose)
            loose.append(item.tail or "")


def _left_out(item: HtmlElement) -> bool:
    """Whether the element is no text of the page, or hidden."""
    if not isinstance(item.tag, str) or item.tag in _SKIPPED:
        return True
    return item.get("hidden") is not None or _HIDDEN.search(item.get("style") or "") is not None


def _list_labels(element: HtmlElement) -> dict[HtmlElement, str]:
    """The numbers printed before the items of an ordered list."""
    if element.tag != "ol":
        return {}
    style = _MARKER.search(element.get("style") or "")
    kind = style.group(1).lower() if style else element.get("type") or "1"
    if kind == "none":
        return {}
    labels: dict[HtmlElement, str] = {}
    number = _number(element.get("start"), 1)
    for item in element.iterchildren("li"):
        number = _number(item.get("value"), number)
        form = _NUMBERS.get(kind, "decimal")
        labels[item] = formatted(number, form) + ("、" if form == "chineseCounting" else ". ")
        number += 1
    return labels


def _number(said: str | None, default: int) -> int:
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else default


def _read_table(element: HtmlElement, lines: list[Line], tables: list[Table]) -> None:
    """A table with what is nested in it behind it; one that only lays out the page is read as the blocks it holds."""
    rows = [tr for tr in _own_rows(element) if not _left_out(tr)]
    if _layout(element, rows):
        for tr in rows:
            for cell in tr.iterchildren("td", "th"):
                if not _left_out(cell):
                    _walk(cell, lines, tables)
        return
    caption = element.find("caption")
    title = "".join(caption.itertext()).strip() if caption is not None else ""
    for prose, group in itertools.groupby(rows, _is_prose_row):
        if prose:
            for tr in group:
                for cell in tr.iterchildren("td", "th"):
                    _walk(cell, lines, tables)
            continue
        full, filled = _grid(list(group))
        if len(full) > 1:
            tables.append(
                Table(
                    page=1,
                    caption=title or table_caption([line.text for line in lines[-3:]]),
                    header=full[0],
                    rows=tuple(full[1:]),
                    filled=filled,
                    lines_before=len(lines),
                )
            )
        else:
            lines += [Line(text=text, ends_paragraph=True) for row in full for text in dict.fromkeys(row) if text]
    for inner in element.iter("table"):
        nested = inner is not element and next(inner.iterancestors("table")) is element and _nested_grid(inner)
        row = next(inner.iterancestors("tr"), None)  # none where the page puts a table between rows
        if nested and (row is None or not _is_prose_row(row)):
            _read_table(inner, lines, tables)


def _is_prose_row(row: HtmlElement) -> bool:
    """Whether the row belongs to a form: a name and a text."""
    cells = list(row.iterchildren("td", "th"))
    return bool(cells) and is_prose(_cell_text(cells[-1]), len(cells) - 1)


def _own_rows(element: HtmlElement) -> list[HtmlElement]:
    return [tr for tr in element.iter("tr") if next(tr.iterancestors("table")) is element]


def _nested_grid(table: HtmlElement) -> bool:
    """Whether a table inside another has rows and columns of its own."""
    return not _layout(table, _own_rows(table))


def _layout(element: HtmlElement, rows: list[HtmlElement]) -> bool:
    """Whether the table is there for the looks: said so, no two rows of two filled cells, or headings inside."""
    if element.get("role") in {"presentation", "none"} or next(element.iter("h1", "h2", "h3"), None) is not None:
        return True
    filled = [sum(1 for cell in tr.iterchildren("td", "th") if _cell_text(cell)) for tr in rows]
    return sum(count > 0 for count in filled) < 2 or max(filled) < 2


def _grid(rows: list[HtmlElement]) -> tuple[list[tuple[str, ...]], tuple[tuple[int, int], ...]]:
    """The rows of cells' texts, equally long, empty rows left out, and the places (row, column) filled from merged cells.

    The first row of the places is −1, for it is the header.
    """
    grid: list[list[str]] = []
    filled: list[tuple[int, int]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for tr in rows:
        row: list[str] = []
        merged: list[int] = []
        below: dict[int, tuple[str, int]] = {}
        for cell in tr.iterchildren("td", "th"):
            if _left_out(cell):
                continue
            merged += _fill_from_above(row, hanging)
            text = _cell_text(cell)
            for repeat in range(_span(cell, "colspan")):
                merged += [len(row)] if repeat else []
                if (depth := _span(cell, "rowspan")) > 1:
                    below[len(row)] = text, depth - 1
                row.append(text)
        merged += _fill_from_above(row, hanging)
        while any(column > len(row) for column in hanging):
            row.append("")
            merged += _fill_from_above(row, hanging)
        hanging.update(below)
        if any(row):
            filled += ((len(grid) - 1, column) for column in merged)
            grid.append(row)
    width = max((len(row) for row in grid), default=0)
    return [tuple(row + [""] * (width - len(row))) for row in grid], tuple(filled)


def _fill_from_above(row: list[str], hanging: dict[int, tuple[str, int]]) -> list[int]:
    """Adds the cells that reach down from earlier rows into the next places, and tells which these are."""
    filled: list[int] = []
    while len(row) in hanging:
        text, left = hanging.pop(len(row))
        if left > 1:
            hanging[len(row)] = text, left - 1
        filled.append(len(row))
        row.append(text)
    return filled


def _span(cell: HtmlElement, name: str) -> int:
    """The colspan or rowspan of a cell, at least 1."""
    said = (cell.get(name) or "1").strip()
    return max(1, min(int(said), _MAX_SPAN)) if said.isdecimal() else 1


def _cell_text(cell: HtmlElement) -> str:
    """The lines of a cell; line ends of the source count, for people type lists into cells that way."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(_inline(cell)).split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(element: HtmlElement) -> Iterator[str]:
    """The text below, a line end after each block."""
    yield element.text or ""
    for item in element:
        nested = item.tag == "table" and _nested_grid(item)
        if not _left_out(item) and not nested:
            yield from _inline(item)
        if item.tag in _BLOCKS or item.tag == "br":
            yield "\n"
        yield item.tail or ""
