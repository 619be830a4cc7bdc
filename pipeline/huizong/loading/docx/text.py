"""The words of a paragraph of a DOCX, run by run: fields, symbols, breaks, phonetic guides; what is hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huizong.loading.docx.styles import Look, Styles, value, w
from huizong.loading.docx.symbols import symbol
from huizong.loading.list_numbers import formatted

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGE, BREAK = "\f", "\n"
"""What stands for a page break and for a manual line break in the text of a piece."""

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(map(w, ("pPr", "rPr", "sdtPr", "tblPr", "rt", "tbl", "txbxContent")))
_CONTENTS = re.compile(r"\s*(?:toc|index)\b", re.I)
# Word's enclosed characters and old phonetic guides are fields without a result: EQ \o\ac(○,3).
_OVERLAID = re.compile(r"\s*eq\b.*\\o.*[,;]\s*([^,;()\\]+?)\s*\)\s*", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one run and how it looks."""

    text: str
    look: Look


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    code: str = ""
    shown: bool = False


@dataclass
class Words:
    """Reads paragraphs in document order, for fields may stretch over several.

    `notes` collects the (part, id) of foot- and endnotes met, `contents` tells that a table of contents was passed
    over; the caller takes them away. `believes_fields` is false when fields are not closed as they should be: then a
    table of contents, which could swallow the rest of the document, is not looked for.
    """

    styles: Styles
    remembers_pages: bool
    believes_fields: bool
    notes: list[tuple[str, str]] = field(default_factory=list)
    contents: bool = False
    _fields: list[_Field] = field(default_factory=list)

    def pieces(self, paragraph: _Element) -> list[Piece]:
        """The runs in order; PAGE and BREAK stand for page breaks and manual line breaks."""
        found: list[Piece] = []
        for run in _runs(paragraph):
            text = "".join(self._characters(run))
            if text and not (look := self.styles.of_run(run, paragraph)).hidden:
                found.append(Piece(text, look))
        # An instruction does not go on after its paragraph, but for damaged files, whose text it would swallow.
        self._fields = [open_field for open_field in self._fields if open_field.shown]
        return found

    def text(self, paragraph: _Element) -> str:
        """The words alone, without page breaks."""
        return "".join(piece.text for piece in self.pieces(paragraph)).replace(PAGE, "")

    def _characters(self, run: _Element) -> Iterator[str]:
        if run.tag == f"{_M}oMath":
            yield _formula(run)
            return
        for element in run:
            tag = element.tag
            if tag == w("fldChar"):
                yield self._field_mark(value(element, "fldCharType"))
            elif tag == w("instrText"):
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].code += element.text or ""
            elif self._visible(element):
                yield self._character(element)

    def _character(self, element: _Element) -> str:
        """The text of an element of a run."""
        tag = element.tag
        if tag == w("t"):
            return re.sub(r"[\n\f]", " ", element.text or "")
        if tag in {w("tab"), w("ptab")}:
            return "\t"
        if tag == w("noBreakHyphen"):
            return "-"
        if tag == w("lastRenderedPageBreak"):
            return PAGE
        if tag == w("cr") or (tag == w("br") and value(element, "type") in {"", "textWrapping"}):
            return BREAK
        if tag == w("br") and value(element, "type") == "page":
            return BREAK if self.remembers_pages else PAGE
        if tag == w("sym"):
            return symbol(value(element, "font"), value(element, "char"))
        if tag == w("ruby"):
            return "".join(t.text or "" for base in element.iter(w("rubyBase")) for t in base.iter(w("t")))
        if tag in {w("footnoteReference"), w("endnoteReference")}:
            part = "footnotes" if tag == w("footnoteReference") else "endnotes"
            self.notes.append((part, value(element, "id")))
        return ""

    def _field_mark(self, kind: str) -> str:
        """Opens, turns over or closes a field; the text that a field without a result prints."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            overlaid = None if closed.shown else _OVERLAID.fullmatch(closed.code)
            if overlaid and all(outer.shown for outer in self._fields):
                return _enclosed(overlaid.group(1), closed.code)
        return ""

    def _visible(self, element: _Element) -> bool:
        """Whether what stands here is printed: in results of fields, not in instructions or tables of contents."""
        if element.tag == w("lastRenderedPageBreak"):
            return True
        if not all(open_field.shown for open_field in self._fields):
            return False
        if self.believes_fields and any(_CONTENTS.match(open_field.code) for open_field in self._fields):
            self.contents = self.contents or element.tag == w("t")
            return False
        return True


def balanced_fields(body: _Element) -> bool:
    """Whether every field that is opened in `body` is closed there."""
    kinds = [value(mark, "fldCharType") for mark in body.iter(w("fldChar"))]
    return kinds.count("begin") == kinds.count("end")


def _runs(parent: _Element) -> Iterator[_Element]:
    """The runs and formulas under `parent` in reading order, without those of text boxes."""
    for element in parent:
        if element.tag in {w("r"), f"{_M}oMath"}:
            yield element
        elif element.tag == w("fldSimple") and _CONTENTS.match(value(element, "instr")):
            continue
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from _runs(element)


def _formula(formula: _Element) -> str:
    """A formula on one line: a/b for fractions, the rest as it comes."""
    if formula.tag == f"{_M}t":
        return formula.text or ""
    separator = "/" if formula.tag == f"{_M}f" else ""
    parts = (_formula(part) for part in formula if isinstance(part.tag, str))
    return separator.join(part for part in parts if part)


def _enclosed(inner: str, code: str) -> str:
    """What an overlay prints: a number in a circle as one character, else the character that is enclosed."""
    if re.search("[○◯〇]", code) and inner.isascii() and inner.isdecimal() and 0 < int(inner) <= 50:
        return formatted(int(inner), "decimalEnclosedCircle")
    return inner
