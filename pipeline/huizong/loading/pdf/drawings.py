"""Ruling lines of a PDFium page: what is drawn as a line, a frame or a thin filled rectangle. Pictures are only noted."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from huizong.loading.pdf import pdfium_calls as calls
from huizong.loading.pdf.pages import THIN_PT, Place, Ruling

_LEAST_PT = 1.0
"""Shorter lines rule nothing."""

_SLOPE_PT = 0.5
"""A line that rises more is no ruling."""

_BOX_SEGMENTS = 6
"""A filled shape of no more segments is a box (or as good as one), not many thin ones drawn together."""

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
    """What is drawn on a page: its rulings, and whether there are pictures, shapes and text."""

    rulings: tuple[Ruling, ...]
    has_picture: bool
    has_shape: bool
    has_text: bool


def read_drawings(sheet: pypdfium2.PdfPage, place: Place) -> Drawings:
    """The rulings of the page in its order of drawing, each place once, and whether there is a picture or a shape on it."""
    walker = _Walker(place)
    walker.walk(calls.address(sheet.raw), calls.count_objects, calls.get_object, _IDENTITY)
    return Drawings(
        rulings=tuple(walker.rulings),
        has_picture=walker.has_picture,
        has_shape=walker.has_shape,
        has_text=walker.has_text,
    )


class _Walker:
    """Walks over page objects and collects. Its ctypes records are filled anew by every call."""

    def __init__(self, place: Place) -> None:
        self.rulings: dict[Ruling, None] = {}
        self.has_picture = self.has_text = False
        self.has_shape = False
        self._place = place
        self._matrix = pdfium.FS_MATRIX()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._edge_places = [ctypes.addressof(edge) for edge in self._edges]

    def walk(
        self, holder: int, count: Callable[..., int], get: Callable[..., int], matrix: _Matrix, depth: int = 0
    ) -> None:
        """Takes in what is under `holder`, forms opened; `matrix` leads from there to the page."""
        kind_of = calls.get_type
        path, image, form = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
        text = pdfium.FPDF_PAGEOBJ_TEXT
        for index in range(count(holder)):
            item = get(holder, index)
            kind = kind_of(item)
            if kind == path:
                self._take(item, matrix)
            elif kind == text:
                self.has_text = True
            elif kind == image:
                self.has_picture = True
            elif kind == form and depth < _MAX_DEPTH:
                inner = self._own(item).within(matrix)
                self.walk(item, calls.count_form_objects, calls.get_form_object, inner, depth + 1)

    def _take(self, item: int, matrix: _Matrix) -> None:
        """The rulings of one path. A thin one is told by its bounds alone, in one call: most of a table's are."""
        left, bottom, right, top = self._edges
        if not calls.get_bounds(item, *self._edge_places):
            return
        a = self._to_page(matrix, left.value, bottom.value)
        b = self._to_page(matrix, right.value, top.value)
        width, height = abs(b[0] - a[0]), abs(b[1] - a[1])
        if width < _LEAST_PT and height < _LEAST_PT:
            return
        if min(width, height) < THIN_PT:
            x0, y0 = min(a[0], b[0]), min(a[1], b[1])
            if height < width:
                self._add(x0, y0 + height / 2, x0 + width, y0 + height / 2)
            else:
                self._add(x0 + width / 2, y0, x0 + width / 2, y0 + height)
            return
        self.has_shape = True
        calls.get_draw_mode(item, ctypes.addressof(self._fill), ctypes.addressof(self._stroke))
        filled, stroked = self._fill.value != pdfium.FPDF_FILLMODE_NONE, bool(self._stroke.value)
        if stroked or (filled and calls.count_segments(item) > _BOX_SEGMENTS):
            own = self._own(item).within(matrix)
            for points in self._subpaths(item):
                self._straight([self._to_page(own, x, y) for x, y in points], stroked=stroked)

    def _own(self, item: int) -> _Matrix:
        if not calls.get_object_matrix(item, ctypes.addressof(self._matrix)):
            return _IDENTITY
        m = self._matrix
        return _Matrix(m.a, m.b, m.c, m.d, m.e, m.f)

    def _to_page(self, m: _Matrix, x: float, y: float) -> tuple[float, float]:
        if m is not _IDENTITY:
            x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
        return self._place.point(x, y)

    def _add(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.rulings[Ruling(round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))] = None

    def _subpaths(self, item: int) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of the path that is drawn with straight lines only; a closed part ends where it began."""
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(calls.count_segments(item)):
            segment = calls.get_segment(item, index)
            kind = calls.get_segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not curved:
                    yield points
                points, curved = [], False
            elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                curved = True
            calls.get_segment_point(segment, ctypes.addressof(self._x), ctypes.addressof(self._y))
            points.append((self._x.value, self._y.value))
            if calls.is_segment_closing(segment) and len(points) > 2 and points[-1] != points[0]:
                points.append(points[0])
        if len(points) > 1 and not curved:
            yield points

    def _straight(self, corners: list[tuple[float, float]], *, stroked: bool) -> None:
        """A line is one ruling, a frame four; a filled rectangle only when it is thin. Other shapes are ornaments."""
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        x0, x1, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
        if len(corners) == 2:
            if min(x1 - x0, bottom - top) < _SLOPE_PT:
                self._add(x0, top, x1, bottom)
        elif len(corners) == 5 and corners[0] == corners[4] and _rectangular(corners):
            if stroked:
                for side in (
                    (x0, top, x1, top),
                    (x0, bottom, x1, bottom),
                    (x0, top, x0, bottom),
                    (x1, top, x1, bottom),
                ):
                    self._add(*side)
            elif min(x1 - x0, bottom - top) < THIN_PT:
                self._add(x0, top, x1, bottom)


def _rectangular(corners: list[tuple[float, float]]) -> bool:
    return all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(corners))
