"""A blank form in Word: its tables are changed in place, everything else of the package is copied byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import FormError
from huizong.forms.amounts import Value
from huizong.forms.blanks import Blanks, fill_blanks, spread
from huizong.forms.grid import FormCell, FormGrid
from huizong.forms.word_cells import W, cell_text, empty, paragraphs, pieces, replace_piece, set_words
from huizong.loading.archive import Archive
from huizong.loading.docx.package import main_part, relations

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_IDENTITIES = re.compile(r"\{http://schemas\.microsoft\.com/office/word/2010/wordml\}(?:paraId|textId)")


class WordForm:
    """The form in the bytes `data` of a DOCX. Raises `FormError` when it is protected, and what `Archive` raises."""

    lost: tuple[str, ...] = ()

    def __init__(self, data: bytes, path: Path) -> None:
        self._data = data
        with Archive(data, path) as archive:
            self._main = main_part(archive)
            root = archive.xml(self._main)
            if root is None:
                raise archive.damaged("里找不到正文，文件已损坏。")
            self._strict = _STRICT in (archive.read(self._main) or b"")
            named = dict(relations(archive, self._main).values())
            settings = archive.xml(named.get("settings", "word/settings.xml"))
        protection = settings.find(f"{W}documentProtection") if settings is not None else None
        if protection is not None and protection.get(f"{W}enforcement", "0") in ("1", "true", "on"):
            raise FormError(
                f"“{path.name}”设了编辑保护。", advice="请在 Word/WPS 里停止保护，另存一份空白表单再试。", path=path
            )
        self._root = root

    def canvases(self) -> list[WordTable]:
        """The tables in document order, tables within tables too."""
        return [WordTable(table, f"表 {n}") for n, table in enumerate(self._root.iter(f"{W}tbl"), start=1)]

    def fill_text(self, values: Mapping[str, str]) -> Iterator[Blanks]:
        """Fills the blanks in the paragraphs outside of tables, one after another."""
        for paragraph in list(self._root.iter(f"{W}p")):
            if next(paragraph.iterancestors(f"{W}tbl"), None) is None:
                yield _fill_paragraph(paragraph, values)

    def to_bytes(self) -> bytes:
        """The filled document."""
        from lxml import etree

        document = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self._strict:
            document = document.replace(_TRANSITIONAL, _STRICT)
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._data)) as source, zipfile.ZipFile(target, "w") as copy:
            for info in source.infolist():
                name = info.filename.replace("\\", "/").lstrip("/")
                copy.writestr(info, document if name == self._main else source.read(info))
        return target.getvalue()


class WordTable:
    """A w:tbl as a canvas (see `filling.Canvas`)."""

    def __init__(self, table: _Element, name: str) -> None:
        self.name = name
        self._table = table
        self._lines: list[_Element] = []

    def grid(self) -> FormGrid:
        """The cells as they are now; cells merged over rows (w:vMerge) are one."""
        cells: dict[tuple[int, int], FormCell] = {}
        open_at: dict[int, tuple[int, int]] = {}
        for row, line in enumerate(self._rows()):
            for column, width, cell in _cells(line):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                start = open_at.get(column)
                if goes_on and start is not None:
                    above = cells[start]
                    cells[start] = FormCell(
                        row=above.row, column=column, text=above.text, height=row - above.row + 1, width=above.width
                    )
                    continue
                cells[row, column] = FormCell(row=row, column=column, text=cell_text(cell), width=width)
                if merge is not None:
                    open_at[column] = row, column
                else:
                    open_at.pop(column, None)
        return FormGrid(cells.values())

    def repeat(self, template: int, after: int, times: int, first: int) -> None:
        """Copies of a row; where it is the top of merged cells, the copies go on with them, but not with those of the heading."""
        rows, grid = self._rows(), self.grid()
        model = deepcopy(rows[template])
        model.tail = None
        for column, _, cell in _cells(model):
            merge, here = cell.find(f"{W}tcPr/{W}vMerge"), grid.at(template, column)
            if merge is not None and template < first:
                merge.getparent().remove(merge)  # type: ignore[union-attr]
            elif merge is not None and here is not None and here.height > 1:
                merge.set(f"{W}val", "continue")
            for paragraph in paragraphs(cell):
                empty(paragraph)
        for heading in model.findall(f"{W}trPr/{W}tblHeader"):
            heading.getparent().remove(heading)  # type: ignore[union-attr]
        for tag in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
            for mark in list(model.iter(f"{W}{tag}")):
                mark.getparent().remove(mark)  # type: ignore[union-attr]
        for identity in list(model.iter(f"{W}id")):
            if identity.getparent().tag == f"{W}sdtPr":  # type: ignore[union-attr]
                identity.getparent().remove(identity)  # type: ignore[union-attr]
        for element in model.iter():
            for name in [n for n in element.attrib if _IDENTITIES.fullmatch(str(n))]:
                del element.attrib[name]
        place = rows[after]
        while place.getparent() is not self._table:
            place = place.getparent()  # type: ignore[assignment]
        at = self._table.index(place) + 1
        self._table[at:at] = [deepcopy(model) for _ in range(times)]
        self._lines = []

    def write(self, row: int, column: int, value: Value) -> None:
        """Puts a value into a cell, one paragraph a line, in the cell's own font; a row of fixed height may grow."""
        line = self._rows()[row]
        cell = next(cell for at, _, cell in _cells(line) if at == column)
        set_words(cell, str(value).split("\n"))
        height = line.find(f"{W}trPr/{W}trHeight")
        if height is not None and height.get(f"{W}hRule") == "exact":
            height.set(f"{W}hRule", "atLeast")

    def fill_blanks(self, row: int, column: int, values: Mapping[str, str]) -> Blanks:
        """Fills the blanks within the words of a cell, paragraph by paragraph."""
        cell = next(cell for at, _, cell in _cells(self._rows()[row]) if at == column)
        found = [_fill_paragraph(paragraph, values) for paragraph in paragraphs(cell)]
        return Blanks(
            edits=tuple(edit for blanks in found for edit in blanks.edits),
            left=tuple(label for blanks in found for label in blanks.left),
            unanswered=tuple(label for blanks in found for label in blanks.unanswered),
        )

    def _rows(self) -> list[_Element]:
        if not self._lines:
            self._lines = list(_unwrapped(self._table, f"{W}tr"))
        return self._lines


def _unwrapped(parent: _Element, tag: str) -> Iterator[_Element]:
    """The children of this tag, those within content controls and custom XML too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _unwrapped(child, tag)


def _cells(row: _Element) -> Iterator[tuple[int, int, _Element]]:
    """The cells of a row with their first column and their width in columns."""
    column = _number(row, f"{W}trPr/{W}gridBefore", 0)
    for cell in _unwrapped(row, f"{W}tc"):
        width = _number(cell, f"{W}tcPr/{W}gridSpan", 1)
        yield column, width, cell
        column += width


def _number(element: _Element, path: str, default: int) -> int:
    found = element.find(path)
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), 63) if value.isdecimal() else default


def _fill_paragraph(paragraph: _Element, values: Mapping[str, str]) -> Blanks:
    parts = pieces(paragraph)
    words: Sequence[str] = [part.text or "" if part.tag == f"{W}t" else "\t" for part in parts]
    blanks = fill_blanks("".join(words), values)
    for part, old, new in zip(parts, words, spread(words, blanks.edits), strict=True):
        if new != old:
            replace_piece(part, new)
    return blanks
