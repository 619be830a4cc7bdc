"""The words of a cell of Word: read, emptied, and written with the font that the form has there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OBJECTS = tuple(f"{W}{tag}" for tag in ("drawing", "pict", "object", "tbl"))
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_text(cell: _Element) -> str:
    """The words of a cell, one line a paragraph. Prompts of content controls are none; a picture or a table is U+FFFC.

    A cell of one paragraph that Word numbers by itself reads "1.": there is nothing to be written into it.
    """
    lines = ["".join(p.text or "" if p.tag == f"{W}t" else "\t" for p in pieces(q)) for q in paragraphs(cell)]
    if lines == [""] and cell.find(f".//{W}pPr/{W}numPr") is not None:
        lines = ["1."]
    objects = "\ufffc" if any(next(cell.iter(tag), None) is not None for tag in _OBJECTS) else ""
    return "\n".join(lines) + objects


def paragraphs(cell: _Element) -> list[_Element]:
    """The paragraphs of a cell itself, not those of tables and text boxes within it."""
    return [p for p in cell.iter(f"{W}p") if next(p.iterancestors(f"{W}tc", f"{W}txbxContent"), None) is cell]


def pieces(paragraph: _Element) -> list[_Element]:
    """The w:t and w:tab elements that make the words of a paragraph, prompts of content controls left out."""
    return [
        element
        for element in paragraph.iter(f"{W}t", f"{W}tab")
        if element.getparent().tag == f"{W}r"  # type: ignore[union-attr]
        and next(element.iterancestors(f"{W}p"), None) is paragraph
        and not any(sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for sdt in element.iterancestors(f"{W}sdt"))
    ]


def replace_piece(piece: _Element, words: str) -> None:
    """Other words in the place of a w:t or w:tab; without words the element goes."""
    from lxml import etree

    run = piece.getparent()
    if run is None:
        return
    if not words:
        run.remove(piece)
        return
    if piece.tag != f"{W}t":
        other = etree.Element(f"{W}t")
        run.replace(piece, other)
        piece = other
    piece.text = _FORBIDDEN.sub("", words)
    piece.set(_SPACE, "preserve")


def empty(paragraph: _Element) -> None:
    """Takes the runs out of a paragraph, pictures too; its own format stays, and so does that of its first run."""
    runs = [r for r in paragraph.iter(f"{W}r") if next(r.iterancestors(f"{W}p"), None) is paragraph]
    for run in runs[1:]:
        run.getparent().remove(run)  # type: ignore[union-attr]
    for child in [c for c in runs[0] if c.tag != f"{W}rPr"] if runs else ():
        runs[0].remove(child)


def set_words(cell: _Element, lines: Sequence[str]) -> None:
    """Writes lines into a blank cell, each into a paragraph of its own: those that are there, then copies of the first."""
    there = paragraphs(cell)
    first = there[0]
    model = deepcopy(first)
    last = first
    for number, line in enumerate(lines):
        if number < len(there):
            paragraph = there[number]
        else:
            paragraph = deepcopy(model)
            paragraph.tail = None
            last.addnext(paragraph)
        _write(paragraph, line)
        last = paragraph


def _write(paragraph: _Element, words: str) -> None:
    from lxml import etree

    prompted = False
    for control in (*paragraph.iterancestors(f"{W}sdt"), *paragraph.iter(f"{W}sdt")):
        for prompt in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            prompt.getparent().remove(prompt)  # type: ignore[union-attr]
            prompted = True
    empty(paragraph)
    run = next(paragraph.iter(f"{W}r"), None)
    if run is None:
        run = etree.SubElement(paragraph, f"{W}r")
        look = paragraph.find(f"{W}pPr/{W}rPr")
        if look is not None:
            copied = deepcopy(look)
            for mark in [
                m for m in copied if m.tag in (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")
            ]:
                copied.remove(mark)
            run.append(copied)
    elif prompted:
        for grey in run.findall(f"{W}rPr/{W}rStyle"):
            grey.getparent().remove(grey)  # type: ignore[union-attr]
    text = etree.SubElement(run, f"{W}t")
    text.text = _FORBIDDEN.sub("", words)
    text.set(_SPACE, "preserve")
