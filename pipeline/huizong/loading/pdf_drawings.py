"""Ruling lines of a PDFium page: what is drawn as a line, a frame or a thin filled rectangle. Pictures are only noted."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from huizong.loading.pdf_pages import Place, Ruling

_THIN_PT = 2.5
"""A filled rectangle thinner than this is a ruling line; fatter ones are backgrounds and highlights."""

_BOX_SEGMENTS = 6
"""A filled shape of no more segments is a box (or as good as one)."""

_MAX_DEPTH = 4
"""How deep drawings within drawings are followed."""


class _Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def within(self, outer: _Matrix) -> _Matrix:
        """The transformation followed by `outer`."""
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


_IDENTITY = _Matrix(1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """What is drawn on a page besides text."""

    rulings: tuple[Ruling, ...]
    has_picture: bool


def read_drawings(sheet: pypdfium2.PdfPage, place: Place) -> Drawings:
    """The rulings of the page in its order of drawing, and whether there is a picture on it."""
    rulings: list[Ruling] = []
    has_picture = False
    raw = sheet.raw
    walker = _Walker()
    for kind, item, matrix in walker.objects(raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _IDENTITY):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        else:
            rulings += walker.rulings(item, matrix, place)
    return Drawings(rulings=tuple(rulings), has_picture=has_picture)


class _Walker:
    """Walks over page objects; its ctypes records are filled anew by every call."""

    def __init__(self) -> None:
        self._matrix = pdfium.FS_MATRIX()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._edges = [ctypes.c_float() for _ in range(4)]

    def objects(
        self, holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int = 0
    ) -> Iterator[tuple[int, Any, _Matrix]]:
        """Paths and pictures under `holder`, forms opened, each with the transformation to the page."""
        for index in range(count(holder)):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                yield kind, item, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inner = self._own(item).within(matrix)
                yield from self.objects(
                    item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
                )

    def _own(self, item: Any) -> _Matrix:
        if not pdfium.FPDFPageObj_GetMatrix(item, self._matrix):
            return _IDENTITY
        m = self._matrix
        return _Matrix(m.a, m.b, m.c, m.d, m.e, m.f)

    def rulings(self, item: Any, matrix: _Matrix, place: Place) -> Iterator[Ruling]:
        """The rulings that one path draws."""
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        filled, stroked = self._fill.value != pdfium.FPDF_FILLMODE_NONE, bool(self._stroke.value)
        if not filled and not stroked:
            return
        if filled and not stroked and pdfium.FPDFPath_CountSegments(item) <= _BOX_SEGMENTS:
            yield from self._fill_box(item, matrix, place)
            return
        own = self._own(item).within(matrix)
        for points in self._subpaths(item):
            corners = [place.point(own.a * x + own.c * y + own.e, own.b * x + own.d * y + own.f) for x, y in points]
            yield from _straight(corners, stroked=stroked)

    def _fill_box(self, item: Any, matrix: _Matrix, place: Place) -> Iterator[Ruling]:
        """The rulings of a filled shape without an outline, by its bounds: most are backgrounds, and one call tells."""
        left, bottom, right, top = self._edges
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return
        ends = ((left.value, bottom.value), (right.value, top.value))
        a, b = (
            place.point(matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f) for x, y in ends
        )
        x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        if min(x1 - x0, y1 - y0) < _THIN_PT:
            yield from _sides(x0, y0, x1, y1)

    def _subpaths(self, item: Any) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of the path that is drawn with straight lines only; a closed part ends where it began."""
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(pdfium.FPDFPath_CountSegments(item)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not curved:
                    yield points
                points, curved = [], False
            elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                curved = True
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            points.append((self._x.value, self._y.value))
            if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2 and points[-1] != points[0]:
                points.append(points[0])
        if len(points) > 1 and not curved:
            yield points


def _straight(corners: list[tuple[float, float]], *, stroked: bool) -> Iterator[Ruling]:
    """A line is one ruling, a frame four; a filled rectangle only when it is thin. Other shapes are ornaments."""
    if len(corners) == 2:
        yield _ruling(corners[0], corners[1])
        return
    if len(corners) != 5 or corners[0] != corners[4] or not _rectangular(corners):
        return
    xs, ys = sorted({x for x, _ in corners}), sorted({y for _, y in corners})
    x0, x1, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    if stroked or min(x1 - x0, bottom - top) < _THIN_PT:
        yield from _sides(x0, top, x1, bottom)


def _sides(x0: float, top: float, x1: float, bottom: float) -> Iterator[Ruling]:
    yield Ruling(x0, top, x1, top)
    yield Ruling(x0, bottom, x1, bottom)
    yield Ruling(x0, top, x0, bottom)
    yield Ruling(x1, top, x1, bottom)


def _rectangular(corners: list[tuple[float, float]]) -> bool:
    return all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(corners))


def _ruling(a: tuple[float, float], b: tuple[float, float]) -> Ruling:
    return Ruling(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
