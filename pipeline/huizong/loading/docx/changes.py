"""A DOCX as its reader sees it: tracked changes accepted, one of several alternatives chosen, placeholders dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huizong.loading.docx.styles import child, switched_on, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTENTS_GALLERY = "table of contents"
_MARKS = frozenset(map(w, ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "moveToRangeStart",
                           "moveToRangeEnd", "moveFromRangeStart", "moveFromRangeEnd")))  # fmt: skip


def settle(root: _Element) -> None:
    """Changes the tree in place, so that what follows sees neither revisions nor alternatives.

    Deleted and moved-away runs, rows and cells go; a paragraph whose mark is deleted is joined to the next one, which
    keeps its own looks, as in Word. Of mc:AlternateContent the choice stays when it holds text, else the fallback.
    Content controls that only show their prompt, and generated tables of contents, are emptied.
    """
    for alternatives in list(root.iter(f"{_MC}AlternateContent")):
        _choose(alternatives)
    for control in list(root.iter(w("sdt"))):
        _empty_control(control)
    for gone in list(root.iter(w("del"), w("moveFrom"))):
        _remove_change(gone)
    for gone in list(root.iter(w("cellDel"))):
        _remove_above(gone, w("tc"))
    for paragraph in list(root.iter(w("p"))):
        _join_over_deleted_mark(paragraph)


def _choose(alternatives: _Element) -> None:
    """Puts the chosen alternative's content in the place of the alternatives."""
    parent = alternatives.getparent()
    if parent is None:
        return
    choices = [item for item in alternatives if item.tag == f"{_MC}Choice"]
    fallback = [item for item in alternatives if item.tag == f"{_MC}Fallback"]
    texts = (w("t"), w("txbxContent"))
    chosen = next((item for item in choices if next(item.iter(*texts), None) is not None), None)
    if chosen is None:
        chosen = next(iter([*fallback, *choices]), None)
    at = parent.index(alternatives)
    parent[at : at + 1] = list(chosen) if chosen is not None else []


def _empty_control(control: _Element) -> None:
    """Takes the words out of a content control that shows only its prompt or holds the table of contents."""
    properties, content = child(control, "sdtPr"), child(control, "sdtContent")
    if properties is None or content is None:
        return
    if switched_on(properties, "showingPlcHdr"):
        for run in list(content.iter(w("r"))):
            _remove(run)
        return
    gallery = properties.find(f"{w('docPartObj')}/{w('docPartGallery')}")
    if gallery is not None and value(gallery).lower() == _CONTENTS_GALLERY:
        _remove(control)


def _remove_change(mark: _Element) -> None:
    """Takes out what a w:del or w:moveFrom marks; marks of paragraph ends are left for the joining."""
    above = mark.getparent()
    if above is None or above.tag in {w("rPr"), w("numPr")}:
        return
    if above.tag == w("trPr"):
        _remove_above(mark, w("tr"))
    else:
        _remove(mark)


def _remove_above(mark: _Element, tag: str) -> None:
    """Takes out the nearest element of that tag around `mark`."""
    for above in mark.iterancestors(tag):
        _remove(above)
        return


def _remove(element: _Element) -> None:
    """Takes the element out, keeping nothing of it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _join_over_deleted_mark(paragraph: _Element) -> None:
    """Moves the words of a paragraph whose mark is deleted to the front of the next one."""
    properties = child(paragraph, "pPr")
    mark = None if properties is None else child(properties, "rPr")
    if mark is None or (child(mark, "del") is None and child(mark, "moveFrom") is None):
        return
    following = paragraph.getnext()
    while following is not None and following.tag in _MARKS:
        following = following.getnext()
    words = [item for item in paragraph if item is not properties]
    if following is None or following.tag != w("p"):
        if next(paragraph.iter(w("t")), None) is None:
            _remove(paragraph)
        return
    at = 1 if child(following, "pPr") is not None else 0
    following[at:at] = words
    _remove(paragraph)
