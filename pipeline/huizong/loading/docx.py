"""DOCX straight from its XML: paragraphs with rendered list numbers, heading styles, text boxes; tables apart.

Tracked insertions are taken, deletions and hidden text left out; headers, footers, notes, comments and tables of
contents are not read. A paragraph is one line, cut in two only where Word remembered a page break (so that pages stay
right) or where a manual line break closes a sentence.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import DamagedDocument, EncryptedDocument
from huizong.loading.captions import table_caption
from huizong.loading.docx_numbering import Numbering
from huizong.loading.docx_styles import Look, Styles, child, value, w
from huizong.records import Line, Notice, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_PART_BYTES = 64_000_000
_SKIPPED = frozenset(map(w, ("del", "moveFrom", "pPr", "rPr", "tblPr", "rt", "tbl", "txbxContent")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CLOSED = re.compile(r"[。！？；：!?;:][”’」』）)]*\s*$")
_PAGE, _BREAK = "\f", "\n"


def read_docx(data: bytes, path: Path) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int | None]:
    """Lines, tables, notices, and the number of pages (`None` when the file remembers no page breaks).

    Raises `DamagedDocument` or `EncryptedDocument`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: _part(archive, name, path) for name in ("document", "styles", "numbering")}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    document = parts["document"]
    body = None if document is None else child(document, "body")
    if body is None:
        raise _damaged(path)
    reader = _Reader(styles=Styles(parts["styles"]), remembers_pages=_remembers_pages(body))
    reader.numbering = Numbering(parts["numbering"], reader.styles)
    reader.read_blocks(body)
    return tuple(reader.lines), tuple(reader.tables), (), reader.page if reader.remembers_pages else None


def _damaged(path: Path) -> DamagedDocument:
    return DamagedDocument(f"“{path.name}”打不开，文件已损坏。", advice="请用 Word/WPS 打开后另存一份。", path=path)


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> _Element | None:
    """The root of word/NAME.xml or `None`. No entity is expanded, nothing fetched, no bomb unpacked."""
    from lxml import etree

    full_name = f"word/{name}.xml"
    if full_name not in archive.namelist():
        return None
    if archive.getinfo(full_name).flag_bits & 1:
        raise EncryptedDocument(f"“{path.name}”设有密码。", advice="请去掉密码后另存为 .docx。", path=path)
    try:
        with archive.open(full_name) as stream:
            content = stream.read(_MAX_PART_BYTES + 1)
        if len(content) > _MAX_PART_BYTES:
            raise DamagedDocument(
                f"“{path.name}”解压后过大，已停止读取。", advice="请检查文件来源，或删去其中的大图后另存。", path=path
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(path) from error


def _remembers_pages(body: _Element) -> bool:
    """Whether Word left its page breaks of the last printing; else only breaks set by hand are known."""
    return next(body.iter(w("lastRenderedPageBreak")), None) is not None


@dataclass
class _Piece:
    """The text of one run and how it looks."""

    text: str
    look: Look


@dataclass
class _Reader:
    """Walks the body once; `lines` and `tables` grow in reading order."""

    styles: Styles
    remembers_pages: bool
    numbering: Numbering = field(init=False)
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    page: int = 1

    def read_blocks(self, parent: _Element) -> None:
        """Paragraphs and tables of the body, of a text box or of a content control."""
        for element in parent:
            if element.tag == w("p"):
                self._read_paragraph(element)
            elif element.tag == w("tbl"):
                self._read_table(element)
            elif element.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")}:
                self.read_blocks(element)

    def _read_paragraph(self, paragraph: _Element) -> None:
        style = self.styles.of_paragraph(paragraph)
        if not style.name.startswith("toc"):
            self._add_lines(paragraph)
        for box in _text_boxes(paragraph):
            self.read_blocks(box)

    def _add_lines(self, paragraph: _Element) -> None:
        """The lines of one paragraph: usually one; page breaks and closed manual breaks cut it."""
        style = self.styles.of_paragraph(paragraph)
        pieces = list(self._pieces(paragraph))
        text = "".join(piece.text for piece in pieces)
        if style.page_break_before and not self.remembers_pages and self.lines:
            self.page += 1
        label = self.numbering.label(paragraph, style) if text.strip() else ""
        inked = [piece for piece in pieces if piece.text.strip()]
        sizes = Counter[float]()
        for piece in inked:
            if piece.look.size_pt:
                sizes[piece.look.size_pt] += len(piece.text.strip())
        segments = re.split(f"([{_PAGE}{_BREAK}])", label + text)
        for at in range(0, len(segments), 2):
            separator = segments[at + 1] if at + 1 < len(segments) else ""
            words = segments[at]
            if words.strip():
                self.lines.append(
                    Line(
                        text=words,
                        page=self.page,
                        size_pt=sizes.most_common(1)[0][0] if sizes else None,
                        bold=all(piece.look.bold for piece in inked),
                        ends_paragraph=separator == "" or _ends_at(separator, words, segments[at + 2 :: 2]),
                        heading_level=style.heading_level,
                        centred=style.centred,
                    )
                )
            if separator == _PAGE:
                self.page += 1

    def _pieces(self, paragraph: _Element) -> Iterator[_Piece]:
        """The runs in order; _PAGE and _BREAK stand for page breaks and manual line breaks."""
        for run in _runs(paragraph):
            look = self.styles.of_run(run, paragraph)
            if look.hidden:
                continue
            text = "".join(self._characters(run))
            if text:
                yield _Piece(text, look)

    def _characters(self, run: _Element) -> Iterator[str]:
        for element in run:
            tag = element.tag
            if tag == w("t"):
                yield re.sub(r"[\n\f]", " ", element.text or "")
            elif tag in {w("tab"), w("ptab")}:
                yield "\t"
            elif tag in {w("noBreakHyphen"), w("softHyphen")}:
                yield "-" if tag == w("noBreakHyphen") else ""
            elif tag == w("lastRenderedPageBreak"):
                yield _PAGE
            elif tag == w("cr") or (tag == w("br") and value(element, "type") in {"", "textWrapping"}):
                yield _BREAK
            elif tag == w("br") and value(element, "type") == "page":
                yield _BREAK if self.remembers_pages else _PAGE
            elif tag == w("ruby"):
                yield "".join(t.text or "" for base in element.iter(w("rubyBase")) for t in base.iter(w("t")))

    def _read_table(self, table: _Element) -> None:
        """A `Table`; one with a single column is only a frame around prose, and its paragraphs are read as such."""
        start = self.page
        rows, copies = self._grid(table)
        width = max((len(row) for row in rows), default=0)
        if width <= 1 or len(rows) < 2:
            for cell in table.iter(w("tc")):
                self.read_blocks(cell)
            return
        full = [tuple(row + [""] * (width - len(row))) for row in rows]
        caption = table_caption([line.text for line in self.lines[-3:]])
        self.tables.append(
            Table(
                page=start,
                caption=caption,
                header=full[0],
                rows=tuple(full[1:]),
                filled=tuple(copies),
                lines_before=len(self.lines),
            )
        )
        self.page += sum(1 for _ in table.iter(w("lastRenderedPageBreak")))

    def _grid(self, table: _Element) -> tuple[list[list[str]], list[tuple[int, int]]]:
        """The cells' texts, merged cells filled in from the left and from above, and the places filled (first row: −1)."""
        rows: list[list[str]] = []
        copies: list[tuple[int, int]] = []
        for tr in _within(table, "tr"):
            properties = child(tr, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            before = child(properties, "gridBefore") if properties is not None else None
            row = [""] * (int(value(before) or 0) if before is not None else 0)
            merged: list[int] = []
            for tc in _within(tr, "tc"):
                cell = child(tc, "tcPr")
                merge = child(cell, "vMerge") if cell is not None else None
                span = child(cell, "gridSpan") if cell is not None else None
                text = self._cell_text(tc)
                if merge is not None and value(merge) != "restart" and rows and len(row) < len(rows[-1]):
                    text = rows[-1][len(row)]
                    merged.append(len(row))
                width = max(1, min(int(value(span) or 1) if span is not None else 1, 100))
                merged += range(len(row) + 1, len(row) + width)
                row += [text] * width
            if any(row):
                copies += [(len(rows) - 1, column) for column in merged]
                rows.append(row)
        return rows, copies

    def _cell_text(self, cell: _Element) -> str:
        """The paragraphs of a cell, also those of a table inside it, a line each."""
        paragraphs = []
        for paragraph in cell.iter(w("p")):
            text = "".join(piece.text for piece in self._pieces(paragraph)).replace(_PAGE, "").strip()
            if text:
                paragraphs.append(self.numbering.label(paragraph, self.styles.of_paragraph(paragraph)) + text)
        return "\n".join(paragraphs)


def _ends_at(separator: str, words: str, rest: list[str]) -> bool:
    """Whether a break inside a Word paragraph ends it for us: a manual one that closes a sentence does."""
    if not any(part.strip() for part in rest):
        return True
    return separator == _BREAK and _CLOSED.search(words) is not None


def _runs(parent: _Element) -> Iterator[_Element]:
    """The runs under `parent` in reading order, without deleted ones and those of text boxes."""
    for element in parent:
        if element.tag == w("r"):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from _runs(element)


def _text_boxes(paragraph: _Element) -> list[_Element]:
    """The contents of text boxes anchored here; the copy that Word keeps for older programs is left out."""
    return [
        box
        for box in paragraph.iter(w("txbxContent"))
        if not any(above.tag in {_FALLBACK, w("del"), w("txbxContent")} for above in box.iterancestors())
    ]


def _within(parent: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions, not into inner tables."""
    for element in parent:
        if element.tag == w(name):
            yield element
        elif element.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("ins")}:
            yield from _within(element, name)
