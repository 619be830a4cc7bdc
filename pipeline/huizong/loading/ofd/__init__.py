"""OFD, the fixed-layout format of Chinese e-government (GB/T 33190—2016): lines with boxes and ruled tables, as from a PDF.

Pages in order, each with the template it stands on, read by the logic of PDF pages. Not read: annotations, seals,
attachments, text set at an angle (watermarks).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import EmptyDocument, EncryptedDocument
from huizong.loading.archive import Archive
from huizong.loading.ofd.pages import make_page
from huizong.loading.ofd.paths import is_element
from huizong.loading.pdf import read_page
from huizong.loading.pdf.pages import Page
from huizong.records import Line, Notice, Table
from huizong.workload import announce

if TYPE_CHECKING:
    from lxml.etree import _Element

_A4_MM = (0.0, 0.0, 210.0, 297.0)
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd¤]")
_GARBLED = 0.2
"""Share of characters without a meaning from which on a page is reported."""


def read_ofd(
    data: bytes, path: Path, *, edges: bool = False
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int]:
    """Lines (with `edges`: each with the places of its characters), tables, notices and the number of pages.

    Raises `DamagedDocument`, `EncryptedDocument`, or `EmptyDocument` when the pages hold only pictures.
    """
    with Archive(data, path) as archive:
        entry = next((name for name in archive.names() if name.upper() == "OFD.XML"), "OFD.xml")
        root = archive.xml(entry)
        if root is None:
            raise archive.damaged("里找不到正文，文件已损坏。")
        if any(name.rsplit("/", 1)[-1].lower() == "encryptions.xml" for name in archive.names()):
            raise EncryptedDocument(
                f"“{path.name}”是加密的 OFD。", advice="请用原来的阅读器解密后另存，或导出为 PDF。", path=path
            )
        lines: list[Line] = []
        tables: list[Table] = []
        notices: list[Notice] = []
        pages = 0
        for body in _each(root, "DocBody"):
            document = _Document(archive, _located(_text(body, "DocRoot"), entry))
            for content in document.pages():
                pages += 1
                announce(pages=1)
                page = document.page(content, pages)
                if page is None:
                    message = f"第 {pages} 页的内容在文件里找不到，未读入。"
                    notices.append(Notice(code="page_missing", message=message, page=pages))
                    continue
                found, ruled = read_page(page, edges=edges)
                lines += found
                tables += ruled
                notices += _page_notices(page)
        if pages == 0:
            raise archive.damaged("里一页也没有，文件已损坏。")
    if not lines and not tables:
        raise EmptyDocument(
            f"“{path.name}”的 {pages} 页都没有文字，只有图片。",
            advice="请先用 OCR 软件识别，或提供 Word 原稿。",
            path=path,
        )
    return tuple(lines), tuple(tables), tuple(notices), pages


@dataclass
class _Document:
    """One document of the file; `name` is that of its Document.xml."""

    archive: Archive
    name: str
    fonts: dict[str, tuple[str, bool]] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root = self.archive.xml(self.name)
        if root is None:
            raise self.archive.damaged("里找不到正文，文件已损坏。")
        self.root = root
        common = next(_each(root, "CommonData"), None)
        self.area = _box(common, _A4_MM)
        for resource in [] if common is None else [*_each(common, "PublicRes"), *_each(common, "DocumentRes")]:
            self._add_fonts(_located(resource.text, self.name))
        for template in [] if common is None else _each(common, "TemplatePage"):
            self.templates[template.get("ID", "")] = _located(template.get("BaseLoc"), self.name)

    def _add_fonts(self, name: str) -> None:
        """Registers id → (name, whether bold) for the fonts of a resource file."""
        root = self.archive.xml(name)
        for fonts in [] if root is None else _each(root, "Fonts"):
            for font in _each(fonts, "Font"):
                names = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
                self.fonts[font.get("ID", "")] = names, font.get("Bold", "").lower() == "true"

    def pages(self) -> Iterator[str]:
        """The names of the pages' Content.xml, in order."""
        for pages in _each(self.root, "Pages"):
            for page in _each(pages, "Page"):
                yield _located(page.get("BaseLoc"), self.name)

    def page(self, content: str, number: int) -> Page | None:
        """The page whose Content.xml is `content`; `None` when it is missing."""
        own = self.archive.xml(content)
        if own is None:
            return None
        templates = [self.templates.get(used.get("TemplateID", ""), "") for used in _each(own, "Template")]
        under = [root for name in templates if (root := self.archive.xml(name)) is not None]
        return make_page([*under, own], self.fonts, number=number, box_mm=_box(own, self.area))


def _page_notices(page: Page) -> Iterator[Notice]:
    """Tells of a page that is only a picture, or whose text has no meaning."""
    text = "".join(piece.text for piece in page.pieces)
    if not text and page.has_picture:
        message = f"第 {page.number} 页只有图片，没有文字，内容未读入。"
        yield Notice(code="page_without_text", message=message, page=page.number)
    if len(_STRANGE.findall(text)) > _GARBLED * len(text):
        message = f"第 {page.number} 页的文字是乱码（字体没有对应的文字编码），请核对原件。"
        yield Notice(code="page_garbled", message=message, page=page.number)


def _each(parent: _Element, name: str) -> Iterator[_Element]:
    """The children of that name."""
    return (item for item in parent if is_element(item, name))


def _text(parent: _Element, name: str) -> str:
    found = next(_each(parent, name), None)
    return "" if found is None else found.text or ""


def _located(location: str | None, within: str) -> str:
    """The name in the archive of what `within` refers to by a relative or absolute location."""
    location = (location or "").strip().replace("\\", "/")
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(within), location))


def _box(parent: _Element | None, default: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """x, y, width, height in mm of the physical page that a PageArea or Area says."""
    for area in [] if parent is None else [*_each(parent, "PageArea"), *_each(parent, "Area")]:
        try:
            x, y, width, height = map(float, _text(area, "PhysicalBox").split())
        except ValueError:
            continue
        if 10 < width < 5000 and 10 < height < 5000:
            return x, y, width, height
    return default
