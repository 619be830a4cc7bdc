"""Which parts make a DOCX: found by their relationships, wherever the writing program put them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.loading.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parsed parts of a DOCX; `chunks` are the embedded documents (w:altChunk): relationship id → (name, bytes)."""

    document: _Element
    styles: _Element | None
    numbering: _Element | None
    footnotes: _Element | None
    endnotes: _Element | None
    chunks: dict[str, tuple[str, bytes]]


def read_parts(data: bytes, path: Path) -> Parts:
    """The parts of the DOCX. Raises `DamagedDocument` or `EncryptedDocument`."""
    with Archive(data, path) as archive:
        main = main_part(archive)
        document = archive.xml(main)
        if document is None:
            raise archive.damaged("里找不到正文，文件已损坏。")
        related = relations(archive, main)
        by_kind = dict(related.values())

        def part(kind: str) -> _Element | None:
            return archive.xml(by_kind.get(kind, f"word/{kind}.xml"))

        chunks: dict[str, tuple[str, bytes]] = {}
        for identity, (kind, target) in related.items():
            content = archive.read(target) if kind.lower() == "afchunk" else None
            if content is not None:
                chunks[identity] = target, content
        return Parts(
            document=document,
            styles=part("styles"),
            numbering=part("numbering"),
            footnotes=part("footnotes"),
            endnotes=part("endnotes"),
            chunks=chunks,
        )


def relation_id(element: _Element) -> str:
    """The attribute r:id, "" when it is missing."""
    return str(element.get(_REL_ID) or element.get(_STRICT_REL_ID) or "")


def main_part(archive: Archive) -> str:
    """The name of the main part: what the package says, else the usual one."""
    related = relations(archive, "").values()
    named = next((target for kind, target in related if kind == "officeDocument" and target in archive), None)
    return named or "word/document.xml"


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Id → (last word of the type, name of the target) for a part, "" being the package; external targets left out."""
    folder, name = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for relation in [] if root is None else root:
        target = str(relation.get("Target", "")).replace("\\", "/")
        if relation.get("TargetMode") == "External" or not target:
            continue
        absolute = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(relation.get("Id", ""))] = str(relation.get("Type", "")).rsplit("/", 1)[-1], absolute
    return found
