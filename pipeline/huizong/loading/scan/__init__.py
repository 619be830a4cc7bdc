"""Scanned pages and pictures of pages → lines, read with the `ocr` extra.

picture → `image` (specks, seals, upright) → `engine` (find, read) → `lines` (pieces → printed lines). Words, never
tables: the cells of a table stand side by side in their lines.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from huizong.errors import DamagedDocument, EmptyDocument, EncryptedDocument, MissingOcr, UnknownFormat
from huizong.loading.scan.engine import INSTALL, Image, available, recogniser
from huizong.loading.scan.image import cut, ink, level, skew, upright, wipe_seals, wipe_specks
from huizong.loading.scan.lines import Piece, printed_lines
from huizong.records import Line, Notice
from huizong.workload import announce

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from pypdfium2 import PdfPage

_PIXELS_PER_INCH = 200
"""In which pages are drawn; at 9 pt a character still has 25 pixels."""

_LONGEST_SIDE = 3600
"""Pixels: larger pictures are made smaller. A4 at 200 per inch has 2339."""

_LEAST_CONFIDENCE = 0.5
_DOUBTFUL = 0.85
"""A page read with less on the average is named in a notice."""

_A4_HEIGHT_PT = 842.0


def read_scan(page: PdfPage, number: int, *, threads: int = 1) -> tuple[Line, ...]:
    """The lines of a page of a PDF, from its picture; `number` is its 1-based number. Empty for a blank page.

    Raises `MissingOcr` without the extra.
    """
    width_pt, height_pt = page.get_size()
    scale = min(_PIXELS_PER_INCH / 72, _LONGEST_SIDE / max(width_pt, height_pt))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        pixels = np.array(bitmap.to_numpy())
    finally:
        bitmap.close()
    image = np.repeat(pixels[:, :, :1], 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]
    return read_image(image, scale, number, threads=threads)


def read_image(image: Image, pixels_per_pt: float, number: int, *, threads: int = 1) -> tuple[Line, ...]:
    """The lines of the picture (H × W × 3, RGB) of page `number`, top to bottom, boxes in points.

    A page that lies on its side, on its head or up to some degrees askew is read as if it were straight; its boxes and page
    size are then those of the straight page. Raises `MissingOcr` without the extra.
    """
    engine = recogniser(threads)
    image, boxes, _ = upright(wipe_seals(wipe_specks(np.ascontiguousarray(image)), pixels_per_pt), engine)
    crops = [cut(image, box) for box in boxes]
    straight = level(boxes, skew(boxes), image.shape) / pixels_per_pt
    pieces = []
    for box, crop, (text, confidence) in zip(straight, crops, engine.read(crops), strict=True):
        edges = ink(crop)
        if edges is None or confidence < _LEAST_CONFIDENCE:
            continue
        x0, x1 = float(box[:, 0].min()), float(box[:, 0].max())
        top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
        pieces.append(
            Piece(
                text=text.strip(),
                confidence=confidence,
                x0_pt=x0 + edges[0] * (x1 - x0),
                x1_pt=x0 + edges[1] * (x1 - x0),
                middle_pt=(top + bottom) / 2,
                ink_pt=edges[2] * (bottom - top),
            )
        )
    height, width = image.shape[:2]
    return printed_lines(pieces, page=number, width_pt=width / pixels_per_pt, height_pt=height / pixels_per_pt)


def read_scans(data: bytes, numbers: Iterable[int], path: Path, password: str | None = None) -> tuple[Line, ...]:
    """The lines of some pages (1-based, in the order given) of the PDF `data`.

    Raises `MissingOcr` without the extra, `EncryptedDocument` or `DamagedDocument`.
    """
    import pypdfium2

    recogniser()
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedDocument(
                f"“{path.name}”设有打开密码。", advice="请去掉密码后重新保存，或提供密码。", path=path
            ) from error
        raise _damaged(path) from error
    try:
        return tuple(line for number in numbers for line in _announced(document[number - 1], number))
    finally:
        document.close()


def _announced(page: PdfPage, number: int) -> tuple[Line, ...]:
    announce(pictures=1)
    return read_scan(page, number)


def read_picture(data: bytes, path: Path, *, ocr: str = "auto") -> tuple[tuple[Line, ...], tuple[Notice, ...], int]:
    """Lines, notices and the number of pages of a picture file; a TIFF can have several pages.

    Raises `UnknownFormat` when `ocr` is "never", the extra is not installed, or no words are on the picture (a logo, a
    photograph); `DamagedDocument` when it cannot be decoded.
    """
    if ocr == "never":
        raise UnknownFormat(
            f"“{path.name}”是图片，设置 ocr = never 不识别图片。", advice="请把 ocr 改成 auto。", path=path
        )
    if not available():
        raise UnknownFormat(
            f"“{path.name}”是图片，读它要用文字识别（OCR）组件。", advice=f"请运行：{INSTALL}", path=path
        )
    lines: list[Line] = []
    number = 0
    for number, (image, pixels_per_pt) in enumerate(_frames(data, path), 1):
        announce(pages=1, pictures=1)
        lines += read_image(image, pixels_per_pt, number)
    if not lines:
        raise UnknownFormat(
            f"“{path.name}”是图片，上面没有认出文字。", advice="请提供清晰的扫描件或 Word 原稿。", path=path
        )
    return tuple(lines), scan_notices(lines), number


def _frames(data: bytes, path: Path) -> Iterator[tuple[Image, float]]:
    """The pages of a picture file and their pixels per point."""
    from PIL import Image as Pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            with Pictures.open(io.BytesIO(data)) as picture:
                for number in range(getattr(picture, "n_frames", 1)):
                    picture.seek(number)
                    yield _pixels(picture)
    except MemoryError:
        raise
    except (
        Exception
    ) as error:  # a damaged file makes Pillow raise whatever its bytes lead to: TypeError, struct.error …
        raise DamagedDocument(
            f"“{path.name}”这张图片打不开。", advice="文件可能不完整或过大，请重新扫描或另存一份。", path=path
        ) from error


def _pixels(picture: Picture) -> tuple[Image, float]:
    """The picture as its maker meant it to be seen (turned, on white), and its pixels per point.

    Whatever resolution the file claims, a page is taken to be as large as A4: cameras and screens claim 72 per inch.
    """
    from PIL import Image as Pictures
    from PIL import ImageOps

    seen = ImageOps.exif_transpose(picture).convert("RGBA")
    ground = Pictures.new("RGBA", seen.size, "white")
    seen = Pictures.alpha_composite(ground, seen).convert("RGB")
    if max(seen.size) > _LONGEST_SIDE:
        seen.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return np.asarray(seen, np.uint8), max(seen.size) / _A4_HEIGHT_PT


def scan_notices(lines: Sequence[Line]) -> tuple[Notice, ...]:
    """One notice for the pages that were read from pictures, and one for each that was hard to read."""
    marks: dict[int, list[tuple[float, int]]] = {}
    for line in lines:
        if line.confidence is not None:
            marks.setdefault(line.page, []).append((line.confidence, len(line.text)))
    if not marks:
        return ()
    pages = sorted(marks)
    named = "、".join(map(str, pages[:10])) + ("等" if len(pages) > 10 else "")
    notices = [
        Notice(code="page_by_ocr", message=f"第 {named} 页是图片，由 OCR 识别（共 {len(pages)} 页），数字请核对。")
    ]
    for page in pages:
        mean = sum(c * n for c, n in marks[page]) / sum(n for _, n in marks[page])
        if mean < _DOUBTFUL:
            message = f"第 {page} 页识别的把握只有 {mean:.2f}，可能有错字、漏字，请对照原件。"
            notices.append(Notice(code="page_hard_to_read", message=message, page=page))
    return tuple(notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page whose text layer is of no use; `reason` says why (Chinese), empty where there is none."""

    number: int
    reason: str = ""


def recover(
    data: bytes, path: Path, password: str | None, unread: Sequence[Unread], *, ocr: str, alone: bool
) -> tuple[tuple[Line, ...], tuple[Notice, ...]]:
    """The lines of the pages of a PDF that have no text of use, read from their pictures; else a notice for each of them.

    `alone` says that there are no words in the rest of the file. Raises `MissingOcr` or `EmptyDocument` when nothing at all can be
    read from the file, `EncryptedDocument` or `DamagedDocument`.
    """
    if not unread:
        return (), ()
    if ocr != "never" and available():
        lines = read_scans(data, [page.number for page in unread], path, password)
        return lines, (*(_untrusted(page, "已改用 OCR 识别") for page in unread if page.reason), *scan_notices(lines))
    if alone:
        reason = next((f"文字层不可信（{page.reason}）" for page in unread if page.reason), "没有文字层")
        message = f"“{path.name}”是扫描件或图片 PDF，{len(unread)} 页都{reason}。"
        if ocr == "never":
            raise EmptyDocument(message, advice="请把设置 ocr 改成 auto，或提供 Word 原稿。", path=path)
        raise MissingOcr(message, advice=f"请先安装文字识别（OCR）组件：{INSTALL}；或提供 Word 原稿。", path=path)
    way = "设置 ocr 为 never，未识别" if ocr == "never" else f"安装文字识别（OCR）组件后可以识别：{INSTALL}"
    return (), tuple(
        _untrusted(page, f"内容未读入；{way}")
        if page.reason
        else Notice(
            code="page_without_text", message=f"第 {page.number} 页没有文字层，内容未读入；{way}。", page=page.number
        )
        for page in unread
    )


def _untrusted(page: Unread, way: str) -> Notice:
    message = f"第 {page.number} 页的文字层不可信（{page.reason}），{way}。"
    return Notice(code="page_garbled", message=message, page=page.number)


def _damaged(path: Path) -> DamagedDocument:
    return DamagedDocument(
        f"“{path.name}”打不开，PDF 已损坏或不完整。", advice="请重新下载，或用阅读器打开后另存一份。", path=path
    )


__all__ = [
    "INSTALL",
    "Unread",
    "available",
    "read_image",
    "read_picture",
    "read_scan",
    "read_scans",
    "recover",
    "scan_notices",
]
