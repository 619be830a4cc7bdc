"""HTML: block elements as lines, tables as tables with merged cells filled; scripts and form controls left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import DamagedDocument
from huizong.loading.captions import table_caption
from huizong.loading.plain import decode
from huizong.records import Line, Notice, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_SKIPPED = frozenset(
    {
        "script", "style", "head", "noscript", "template", "input", "textarea", "select", "option", "button", "label",
        "iframe", "svg",
    }
)  # fmt: skip
_HEADINGS = {f"h{n}": n - 1 for n in range(1, 7)}
_META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.I)
_MAX_SPAN = 200


def read_html(data: bytes, path: Path) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...]]:
    """Lines (one a block, always ending a paragraph), tables, notices. Raises `DamagedDocument`."""
    from lxml import etree, html

    text, notices = _decode(data, path)
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


def _decode(data: bytes, path: Path) -> tuple[str, tuple[Notice, ...]]:
    """The page's own charset when it fits, else what `plain.decode` finds."""
    if named := _META_CHARSET.search(data[:4096]):
        encoding = named.group(1).decode("ascii").lower()
        try:
            return data.decode("gb18030" if encoding in {"gb2312", "gbk"} else encoding).lstrip("\ufeff"), ()
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, path)


def _walk(element: HtmlElement, lines: list[Line], tables: list[Table]) -> None:
    """Adds the blocks under `element`: text between block elements makes a line of its own."""
    level = _HEADINGS.get(element.tag)
    loose: list[str] = [element.text or ""]

    def flush() -> None:
        for part in "".join(loose).split("\0"):
            text = re.sub(r"[ \t\r\n]+", " ", part).strip()
            if text:
                lines.append(Line(text=text, ends_paragraph=True, heading_level=level))
        loose.clear()

    for item in _flat(element, loose):
        flush()
        if item.tag == "table" and (table := _table(item, lines)) is not None:
            tables.append(table)
        else:
            _walk(item, lines, tables)
        loose.append(item.tail or "")
    flush()


def _flat(element: HtmlElement, loose: list[str]) -> Iterator[HtmlElement]:
    """The nearest block elements below; inline text met on the way is put into `loose`, a line break as NUL."""
    for item in element:
        if not isinstance(item.tag, str) or item.tag in _SKIPPED:
            loose.append(item.tail or "")
        elif item.tag in _BLOCKS:
            yield item
        else:
            loose.append("\0" if item.tag == "br" else item.text or "")
            yield from _flat(item, loose)
            loose.append(item.tail or "")


def _table(element: HtmlElement, lines: list[Line]) -> Table | None:
    """The table with merged cells filled; `None` for one that is only layout (a single column)."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    copies: list[tuple[int, int]] = []
    for tr in element.iter("tr"):
        if next(tr.iterancestors("table")) is not element:
            continue
        row: list[str] = []

        def fill_from_above(row: list[str] = row) -> None:
            while len(row) in hanging:
                text, left = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = text, left - 1
                copies.append((len(rows) - 1, len(row)))
                row.append(text)

        below: dict[int, tuple[str, int]] = {}
        for cell in tr.iterchildren("td", "th"):
            fill_from_above()
            text = _cell_text(cell)
            for repeat in range(_span(cell, "colspan")):
                if (depth := _span(cell, "rowspan")) > 1:
                    below[len(row)] = text, depth - 1
                if repeat:
                    copies.append((len(rows) - 1, len(row)))
                row.append(text)
        fill_from_above()
        hanging.update(below)
        rows.append(row)
    width = max((len(row) for row in rows), default=0)
    if width <= 1:
        return None
    full = [tuple(row + [""] * (width - len(row))) for row in rows]
    caption = element.find("caption")
    title = (
        "".join(caption.itertext()).strip()
        if caption is not None
        else table_caption([line.text for line in lines[-3:]])
    )
    return Table(
        page=1,
        caption=title,
        header=full[0],
        rows=tuple(full[1:]),
        filled=tuple(copies),
        lines_before=len(lines),
    )


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
        if isinstance(item.tag, str) and item.tag not in _SKIPPED:
            yield from _inline(item)
        if item.tag in _BLOCKS or item.tag == "br":
            yield "\n"
        yield item.tail or ""
