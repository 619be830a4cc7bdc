"""The quick engine: pages read with PDFium, lines first, single characters only where they are asked for.

PDFium gives the text of a page in one call; places cost a call each. So a run of characters without white space is placed by
its first and last character, and its type by its first, middle and last. Text that is turned against the rest of the page
(watermarks, stamps) is left out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from types import TracebackType

import pypdfium2
import pypdfium2.raw as pdfium

from huizong.loading.pdf import pdfium_calls as calls
from huizong.loading.pdf.drawings import Drawings, read_drawings
from huizong.loading.pdf.pages import Page, Piece, Place, is_bold_font

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\s\x00]+")

_WIDE_GAP_EM = 1.5
"""White space wider than this ends a piece: the next word may stand in another column."""

_DESCENT_EM = 0.12
"""How far the em box of a Chinese character reaches below the base line; used for every face, so that digits set in another
face stand equally high."""

_LEVEL_PT = 4.0
"""Characters of one word whose base lines differ by more do not stand together; indices and exponents differ by less."""

_SLANT = 0.05
"""Tangent of the angle from which text counts as turned."""

_FIRST_CHINESE = 0x2E80
_CHINESE_FONT = re.compile(rb"song|sun|kai|hei|fang|ming|msung|gb|cjk|[\x80-\xff]", re.I)

_SAMPLES = 40
"""How many characters of a page are asked whether their font says what they are."""

# PDFium writes a hyphen at the end of a line as U+FFFE or U+0002; some fonts call every hyphen a soft one.
_ODD = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}


class Engine:
    """An open document. Use as a context manager; `pages()` yields each page once, in order."""

    def __init__(self, data: bytes, password: str | None) -> None:
        """Raises `pypdfium2.PdfiumError`, with `err_code` `pypdfium2.raw.FPDF_ERR_PASSWORD` where a password is wanting."""
        self._document = pypdfium2.PdfDocument(data, password=password)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def pages(self) -> Iterator[Page]:
        """Each page in turn; its `words` and `characters` work only until the next one is asked for."""
        for index in range(len(self._document)):
            sheet = self._document[index]
            try:
                text = sheet.get_textpage()
                try:
                    yield _Reader(sheet, text).read(index + 1)
                finally:
                    text.close()
            finally:
                sheet.close()

    def sheet(self, number: int) -> pypdfium2.PdfPage:
        """PDFium's page `number` (1-based), to be drawn as a picture; the caller closes it."""
        return self._document[number - 1]


class _Reader:
    """Reads one page. The ctypes records are made once and filled anew by every call."""

    def __init__(self, sheet: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._sheet = sheet
        self._raw = calls.address(text.raw)
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._rect_at, self._matrix_at = ctypes.addressof(self._rect), ctypes.addressof(self._matrix)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._point_at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._edges_at = [ctypes.addressof(edge) for edge in self._edges]
        self._name, self._flags = ctypes.create_string_buffer(256), ctypes.c_int()
        self._name_at = ctypes.addressof(self._name), len(self._name), ctypes.addressof(self._flags)
        self._bold: dict[bytes, bool] = {}
        self._borrowed = False
        self._asked: set[bytes] = set()
        left, bottom, right, top = sheet.get_mediabox()
        self._place = Place(
            left=min(left, right),
            bottom=min(bottom, top),
            width=abs(right - left),
            height=abs(top - bottom),
            turn=sheet.get_rotation(),
        )

    def read(self, number: int) -> Page:
        """The page with its pieces and rulings."""
        text = self._text()
        lines = [[m.span() for m in _WORD.finditer(text, *line.span())] for line in _LINE.finditer(text)]
        turns = self._turns(lines)
        self._place = self._place.turned(turns)
        pieces = [piece for words in lines for piece in self._pieces(text, words)]
        drawings: Drawings = read_drawings(self._sheet, self._place)
        width, height = self._place.size
        return Page(
            number=number,
            width_pt=width,
            height_pt=height,
            pieces=tuple(pieces),
            rulings=drawings.rulings,
            has_picture=drawings.has_picture,
            has_drawing=drawings.has_shape,
            words=self._words,
            characters=self._characters,
            unmapped=self._unmapped(text),
            borrowed=(self._borrowed and self._place.turn == 0) or (drawings.has_text and not pieces),
        )

    def _text(self) -> str:
        """The text of the page, one code point a character of PDFium, so that indices agree."""
        total = calls.count_chars(self._raw)
        if total <= 0:
            return ""
        buffer = (ctypes.c_ushort * (total + 1))()
        written = calls.get_text(self._raw, 0, total, ctypes.addressof(buffer))
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
        if len(text) != total:
            codes = (calls.get_unicode(self._raw, index) for index in range(total))
            text = "".join(chr(code) if 0 < code <= 0x10FFFF else "\x00" for code in codes)
        return text.translate(_ODD)

    def _turns(self, lines: list[list[tuple[int, int]]]) -> Counter[int]:
        """How many characters run in each direction: by how far the page must be turned clockwise to read them."""
        turns: Counter[int] = Counter()
        for words in lines:
            if words:
                turns[self._turn_at(words[0][0])] += words[-1][1] - words[0][0]
        return turns

    def _turn_at(self, index: int) -> int:
        """0, 90, 180 or 270 by the direction in which the character runs; -1 for any other."""
        calls.get_matrix(self._raw, index, self._matrix_at)
        along, up = self._matrix.a, self._matrix.b
        if abs(up) <= _SLANT * abs(along):
            return 0 if along > 0 else 180
        if abs(along) <= _SLANT * abs(up):
            return 90 if up > 0 else 270
        return -1

    def _pieces(self, text: str, words: list[tuple[int, int]]) -> Iterator[Piece]:
        """The words of one line of PDFium, joined with their blanks where the gap is narrow."""
        last: Piece | None = None
        for first, end in (run for word in words for run in self._runs(*word)):
            piece = self._piece(text[first:end], first)
            if piece is None:
                continue
            if last is not None and self._goes_on(last, piece):
                last = last._replace(text=text[last.first : end], x1=piece.x1, bold=last.bold and piece.bold, end=end)
                continue
            if last is not None:
                yield last
            last = piece
        if last is not None:
            yield last

    @staticmethod
    def _goes_on(last: Piece, piece: Piece) -> bool:
        """Whether the next piece stands just behind the last one on the same line."""
        gap = piece.x0 - last.x1
        level = abs(last.bottom - piece.bottom) < 0.3 * piece.size
        return level and -0.5 * piece.size < gap < _WIDE_GAP_EM * piece.size

    def _runs(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """A word cut where its characters do not run on from left to right.

        Within one text object they always do; PDFium also puts together what was drawn in another order on one line.
        """
        if self._in_one_object(first, end) or self._place.turn:
            yield first, end
            return
        begin, before = first, self._origin(first)
        for index in range(first + 1, end):
            here = self._origin(index)
            if here[0] < before[0] or abs(here[1] - before[1]) > _LEVEL_PT:
                yield begin, index
                begin = index
            before = here
        yield begin, end

    def _in_one_object(self, first: int, end: int) -> bool:
        """Whether the characters were drawn together: one font, one size, left to right."""
        if end - first == 1:
            return True
        return bool(calls.get_text_object(self._raw, first) == calls.get_text_object(self._raw, end - 1))

    def _origin(self, index: int) -> tuple[float, float]:
        calls.get_origin(self._raw, index, *self._point_at)
        return self._x.value, self._y.value

    def _piece(self, text: str, first: int) -> Piece | None:
        """The characters from `first` on as one piece; `None` when they are turned against the page."""
        end = first + len(text)
        if self._turn_at(first) != self._place.turn:
            return None
        size = calls.get_font_size(self._raw, first) * math.hypot(self._matrix.c, self._matrix.d)
        if size <= 0:
            return None
        x, y = self._origin(first)
        if self._place.turn == 0 and abs(y - self._matrix.f) > size:
            y = self._matrix.f  # a stray character, see _stray
        base = self._place.point(x, y)[1]
        x0, right = self._span(first, y, size)
        x1 = right if end - first == 1 else self._span(end - 1, y, size)[1]
        bold = self._is_bold(first)
        if bold and not self._in_one_object(first, end):
            bold = self._is_bold(end - 1) and self._is_bold((first + end) // 2)
        return Piece(
            text=text,
            x0=x0,
            top=base - (1 - _DESCENT_EM) * size,
            x1=x1,
            bottom=base + _DESCENT_EM * size,
            size=round(size, 1),
            bold=bold,
            first=first,
            end=end,
        )

    def _span(self, index: int, base: float, size: float) -> tuple[float, float]:
        """Left and right of a character, by its advance width where the page is upright. `base` is its base line in the PDF."""
        if self._place.turn == 0:
            calls.get_loose_box(self._raw, index, self._rect_at)
            x0, x1 = self._rect.left, self._rect.right
            if abs(self._rect.bottom - base) > 1.2 * size:
                x0, x1 = self._stray(index, x0), self._stray(index, x1)
            return x0 - self._place.left, x1 - self._place.left
        left, right, bottom, top = self._edges
        calls.get_ink_box(self._raw, index, *self._edges_at)
        a = self._place.point(left.value, bottom.value)[0]
        b = self._place.point(right.value, top.value)[0]
        return min(a, b), max(a, b)

    def _stray(self, index: int, x: float) -> float:
        """Where `x` of a character belongs that PDFium places without the matrix of the form around it.

        It does so with characters that it replaces by others (radicals by the characters they look like). The missing matrix
        is the difference between the text object's own and its effective one.
        """
        own = pdfium.FS_MATRIX()
        calls.get_matrix(self._raw, index, self._matrix_at)
        item = calls.get_text_object(self._raw, index)
        if not item or not calls.get_object_matrix(item, ctypes.addressof(own)) or not own.a:
            return x
        moved: float = self._matrix.e + (x - own.e) * self._matrix.a / own.a
        return moved

    def _is_bold(self, index: int) -> bool:
        """Whether the font of the character does the work of bold."""
        calls.get_font_name(self._raw, index, *self._name_at)
        name = self._name.value
        if name not in self._asked:
            self._ask(index, name)
        known = self._bold.get(name)
        if known is None:
            known = self._bold[name] = is_bold_font(name.decode("utf-8", "replace"))
        return known

    def _ask(self, index: int, name: bytes) -> None:
        """Notes whether a font in which Chinese is set is only named by the file; asked once a font."""
        if calls.get_unicode(self._raw, index) < _FIRST_CHINESE and not _CHINESE_FONT.search(name):
            return
        self._asked.add(name)
        item = calls.get_text_object(self._raw, index)
        font = calls.get_font(item) if item else None
        self._borrowed = self._borrowed or (bool(font) and calls.is_embedded(font) == 0)

    def _words(self, piece: Piece) -> list[Piece]:
        """The piece cut at its blanks."""
        words = ((match.group(), piece.first + match.start()) for match in _WORD.finditer(piece.text))
        return [word for text, first in words if (word := self._piece(text, first)) is not None]

    def _characters(self, piece: Piece) -> list[Piece]:
        """The piece character by character, blanks left out."""
        return [
            self._character(piece, text, piece.first + at) for at, text in enumerate(piece.text) if not text.isspace()
        ]

    def _character(self, piece: Piece, text: str, index: int) -> Piece:
        base = self._place.bottom + self._place.height - piece.bottom + _DESCENT_EM * piece.size
        x0, x1 = self._span(index, base, piece.size)
        return Piece(text, x0, piece.top, x1, piece.bottom, piece.size, piece.bold, index, index + 1)

    def _unmapped(self, text: str) -> float:
        """The share of some evenly spread characters of which the font does not say what they are."""
        if not text:
            return 0.0
        sample = range(0, len(text), max(1, len(text) // _SAMPLES))
        unknown: list[bool] = [calls.has_no_unicode(self._raw, index) == 1 for index in sample]
        return sum(unknown) / len(sample)
