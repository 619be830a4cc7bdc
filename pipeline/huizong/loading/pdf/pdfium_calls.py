"""PDFium's functions that are called for every character or drawing, declared with plain addresses.

pypdfium2 declares them with typed pointers, which ctypes checks and wraps at each call: that is up to half of the cost of a
call. Here handles and records go in as integers (`address`), and come out as integers, 0 or `None` for nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_Address, _Int, _Double = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def address(handle: Any) -> int:
    """The address behind a pointer of pypdfium2 (`page.raw`, `textpage.raw`)."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


count_chars = _plain(pdfium.FPDFText_CountChars, _Int, _Address)
get_text = _plain(pdfium.FPDFText_GetText, _Int, _Address, _Int, _Int, _Address)
get_unicode = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _Address, _Int)
has_no_unicode = _plain(pdfium.FPDFText_HasUnicodeMapError, _Int, _Address, _Int)
get_matrix = _plain(pdfium.FPDFText_GetMatrix, _Int, _Address, _Int, _Address)
get_font_size = _plain(pdfium.FPDFText_GetFontSize, _Double, _Address, _Int)
get_origin = _plain(pdfium.FPDFText_GetCharOrigin, _Int, _Address, _Int, _Address, _Address)
get_loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, _Int, _Address, _Int, _Address)
get_ink_box = _plain(pdfium.FPDFText_GetCharBox, _Int, _Address, _Int, *([_Address] * 4))
get_font_name = _plain(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _Address, _Int, _Address, ctypes.c_ulong, _Address)
get_font = _plain(pdfium.FPDFTextObj_GetFont, _Address, _Address)
is_embedded = _plain(pdfium.FPDFFont_GetIsEmbedded, _Int, _Address)
get_text_object = _plain(pdfium.FPDFText_GetTextObject, _Address, _Address, _Int)

count_objects = _plain(pdfium.FPDFPage_CountObjects, _Int, _Address)
get_object = _plain(pdfium.FPDFPage_GetObject, _Address, _Address, _Int)
count_form_objects = _plain(pdfium.FPDFFormObj_CountObjects, _Int, _Address)
get_form_object = _plain(pdfium.FPDFFormObj_GetObject, _Address, _Address, ctypes.c_ulong)
get_type = _plain(pdfium.FPDFPageObj_GetType, _Int, _Address)
get_bounds = _plain(pdfium.FPDFPageObj_GetBounds, _Int, _Address, *([_Address] * 4))
get_object_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, _Int, _Address, _Address)
get_draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, _Int, _Address, _Address, _Address)
count_segments = _plain(pdfium.FPDFPath_CountSegments, _Int, _Address)
get_segment = _plain(pdfium.FPDFPath_GetPathSegment, _Address, _Address, _Int)
get_segment_type = _plain(pdfium.FPDFPathSegment_GetType, _Int, _Address)
get_segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, _Int, _Address, _Address, _Address)
is_segment_closing = _plain(pdfium.FPDFPathSegment_GetClose, _Int, _Address)
