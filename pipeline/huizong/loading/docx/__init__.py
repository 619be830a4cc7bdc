"""DOCX straight from its XML: paragraphs with rendered list numbers, heading styles, text boxes, notes; tables apart.

Tracked changes are taken as accepted, hidden text left out; headers, footers, comments and tables of contents are not
read. A paragraph is one line, cut in two only where Word remembered a page break (so that pages stay right) or where a
manual line break closes a sentence. Foot- and endnotes are lines of their own after the paragraph that refers to them:
there they cut no sentence and keep page and section, while at the end of the file they would seem to belong to the last
section, usually the plans. Notes and text boxes of a table follow it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import DamagedDocument, TooLarge
from huizong.loading.docx.changes import settle
from huizong.loading.docx.chunks import read_chunk
from huizong.loading.docx.numbering import Numbering
from huizong.loading.docx.package import Parts, read_parts, relation_id
from huizong.loading.docx.styles import ParagraphStyle, Styles, child, switched_on, value, w
from huizong.loading.docx.tables import grid, is_grid, row_groups, within
from huizong.loading.docx.text import BREAK, PAGE, Piece, Words, balanced_fields
from huizong.loading.tables.captions import table_caption
from huizong.records import Line, Notice, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLOSED = re.compile(r"[。！？；：!?;:][”’」』）)]*\s*$")
_CONTENTS_TITLE = re.compile(r"\s*(?:目\s*[录錄次]|table of contents|contents)\s*", re.I)
_CONTENTS_STYLES = ("toc", "目录", "wpsoffice手动目录", "table of figures", "图表目录")
"""How the names of the styles begin in which Word and WPS set tables of contents."""
_MOST_PARAGRAPHS = 100_000
"""More are no report, but a file made to keep a program busy."""
_DRAWN = tuple(map(w, ("drawing", "pict", "object")))
_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")))


def read_docx(
    data: bytes, path: Path, *, embedded: bool = False
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int | None, tuple[int, ...]]:
    """Lines, tables, notices, the number of pages (`None` when the file remembers no page breaks), the pages with pictures.

    `embedded` says that the file itself lies in another one: what is embedded in it is no longer followed.
    Raises `DamagedDocument`, `TooLarge` or `EncryptedDocument`.
    """
    parts = read_parts(data, path)
    body = child(parts.document, "body")
    if body is None:
        raise DamagedDocument(
            f"“{path.name}”里找不到正文，文件已损坏。", advice="请用 Word/WPS 打开后另存一份。", path=path
        )
    if next(itertools.islice(body.iter(w("p")), _MOST_PARAGRAPHS, None), None) is not None:
        raise TooLarge(
            f"“{path.name}”超过 {_MOST_PARAGRAPHS} 段，已停止读取。",
            advice="请核对是不是一份报告；确是的，请拆分。",
            path=path,
        )
    for root in (body, parts.footnotes, parts.endnotes):
        if root is not None:
            settle(root)
    reader = _Reader(parts, body, path, embedded=embedded)
    reader.read_blocks(body)
    pages = reader.page if reader.words.remembers_pages else None
    return tuple(reader.lines), tuple(reader.tables), tuple(reader.notices), pages, tuple(sorted(reader.pictures))


class _Reader:
    """Walks the body once; `lines` and `tables` grow in reading order."""

    def __init__(self, parts: Parts, body: _Element, path: Path, *, embedded: bool) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.notices: list[Notice] = []
        self.pictures: set[int] = set()
        self.page = 1
        self._path = path
        self._chunks = {} if embedded else parts.chunks
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        # Whether Word left its page breaks of the last printing; else only breaks set by hand are known.
        remembers = next(body.iter(w("lastRenderedPageBreak")), None) is not None
        self.words = Words(self._styles, remembers_pages=remembers, believes_fields=balanced_fields(body))
        self._notes = {
            (name, value(note, "id")): note
            for name, root in (("footnotes", parts.footnotes), ("endnotes", parts.endnotes))
            for note in ([] if root is None else root)
        }

    def read_blocks(self, parent: _Element) -> None:
        """Paragraphs and tables of the body, of a cell, a text box or a note."""
        for block in _blocks(parent):
            if block.tag == w("p"):
                self._read_paragraph(block)
            elif block.tag == w("tbl"):
                self._read_table(block)
            else:
                self._read_chunk(block)

    def _read_paragraph(self, paragraph: _Element) -> None:
        self._note_pictures(paragraph)
        style = self._styles.of_paragraph(paragraph)
        pieces = self.words.pieces(paragraph)
        listed = style.name.startswith(_CONTENTS_STYLES)
        contents = listed or self.words.contents
        self.words.contents = False
        if contents:
            self._drop_contents_title()
        if style.page_break_before and not self.words.remembers_pages and self.lines:
            self.page += 1
        if not listed:
            self._add_lines(pieces, style, self._label(paragraph, style))
        self._read_notes()
        for box in _text_boxes(paragraph):
            self.read_blocks(box)
        if not self.words.remembers_pages and _ends_page(paragraph):
            self.page += 1

    def _label(self, paragraph: _Element, style: ParagraphStyle) -> str:
        """The list number; a paragraph whose mark is hidden is not counted."""
        properties = child(paragraph, "pPr")
        mark = None if properties is None else child(properties, "rPr")
        return "" if switched_on(mark, "vanish") else self._numbering.label(style)

    def _drop_contents_title(self) -> None:
        """Takes back the line 目录 that stands over a table of contents."""
        if self.lines and _CONTENTS_TITLE.fullmatch(self.lines[-1].text):
            self.lines.pop()

    def _add_lines(self, pieces: Sequence[Piece], style: ParagraphStyle, label: str) -> None:
        """The lines of one paragraph: usually one; page breaks and closed manual breaks cut it."""
        text = "".join(piece.text for piece in pieces)
        inked = [piece for piece in pieces if piece.text.strip()]
        sizes = Counter[float]()
        for piece in inked:
            if piece.look.size_pt:
                sizes[piece.look.size_pt] += len(piece.text.strip())
        segments = re.split(f"([{PAGE}{BREAK}])", text)
        for at in range(0, len(segments), 2):
            separator = segments[at + 1] if at + 1 < len(segments) else ""
            words = segments[at]
            if words.strip():
                self.lines.append(
                    Line(
                        text=label + words,
                        page=self.page,
                        size_pt=sizes.most_common(1)[0][0] if sizes else None,
                        bold=all(piece.look.bold for piece in inked),
                        ends_paragraph=separator == "" or _ends_at(separator, words, segments[at + 2 :: 2]),
                        heading_level=style.heading_level,
                        centred=style.centred,
                    )
                )
                label = ""
            if separator == PAGE:
                self.page += 1

    def _read_notes(self) -> None:
        """The notes referred to since the last time, as paragraphs of their own."""
        references, self.words.notes = self.words.notes, []
        for reference in references:
            note = self._notes.pop(reference, None)
            if note is not None:
                self.read_blocks(note)

    def _read_table(self, table: _Element) -> None:
        """A `Table`; a frame around prose, or the prose in the cells of a form, is read as the paragraphs it holds."""
        self._note_pictures(table)
        for prose, rows in row_groups(table):
            if prose or not is_grid(rows):
                for row in rows:
                    for cell in within(row, "tc"):
                        self.read_blocks(cell)
            else:
                self._read_grid(rows)

    def _read_grid(self, table_rows: Sequence[_Element]) -> None:
        """The rows as a `Table`; tables inside their cells, and notes, follow."""
        start = self.page
        inner: list[_Element] = []
        rows, filled = grid(table_rows, lambda cell: self._cell_text(cell, inner))
        if len(rows) > 1:
            caption = table_caption([line.text for line in self.lines[-3:]])
            self.tables.append(
                Table(
                    page=start,
                    caption=caption,
                    header=rows[0],
                    rows=tuple(rows[1:]),
                    filled=filled,
                    lines_before=len(self.lines),
                )
            )
        for nested in inner:
            self._read_table(nested)
        self._read_notes()
        self.page = start + sum(1 for row in table_rows for _ in row.iter(w("lastRenderedPageBreak")))

    def _cell_text(self, cell: _Element, inner: list[_Element]) -> str:
        """The paragraphs of a cell, a line each, its text boxes too; tables in it are put into `inner`."""
        paragraphs: list[str] = []
        for block in _blocks(cell):
            if block.tag == w("p"):
                label = self._label(block, self._styles.of_paragraph(block))
                text = self.words.text(block).strip()
                paragraphs += [label + text] if text else []
                paragraphs += [self._cell_text(box, inner) for box in _text_boxes(block)]
            elif block.tag == w("tbl"):
                rows = list(within(block, "tr"))
                if is_grid(rows):
                    inner.append(block)
                else:
                    paragraphs += [self._cell_text(part, inner) for row in rows for part in within(row, "tc")]
        return "\n".join(text for text in paragraphs if text)

    def _note_pictures(self, block: _Element) -> None:
        """Notes the page when something is drawn in the block: a picture, a chart, a shape."""
        if next(block.iter(*_DRAWN), None) is not None:
            self.pictures.add(self.page)

    def _read_chunk(self, mark: _Element) -> None:
        """A document embedded whole (w:altChunk), or a notice that it could not be read."""
        name, content = self._chunks.get(relation_id(mark), ("", b""))
        lines, tables, notices = read_chunk(content, name, self._path, page=self.page)
        self.lines += lines
        self.tables += tables
        self.notices += notices


def _blocks(parent: _Element) -> Iterator[_Element]:
    """The paragraphs, tables and embedded documents under `parent`, through content controls and the like."""
    for element in parent:
        if element.tag in {w("p"), w("tbl"), w("altChunk")}:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _blocks(element)


def _ends_at(separator: str, words: str, rest: list[str]) -> bool:
    """Whether a break inside a Word paragraph ends it for us: a manual one that closes a sentence does."""
    if not any(part.strip() for part in rest):
        return True
    return separator == BREAK and _CLOSED.search(words) is not None


def _ends_page(paragraph: _Element) -> bool:
    """Whether a section ends with this paragraph and the next one begins on a new page."""
    properties = child(paragraph, "pPr")
    section = None if properties is None else child(properties, "sectPr")
    kind = None if section is None else child(section, "type")
    return section is not None and (kind is None or value(kind) in {"nextPage", "oddPage", "evenPage"})


def _text_boxes(paragraph: _Element) -> list[_Element]:
    """The contents of the text boxes anchored in this paragraph, without boxes inside boxes."""
    boxes = paragraph.iter(w("txbxContent"))
    return [box for box in boxes if next(box.iterancestors(w("p"))) is paragraph]
