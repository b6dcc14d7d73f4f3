"""The calls to PDFium that are made for every word: the same functions, without what `pypdfium2.raw` puts around them.

There, each handle that comes back is wrapped in an object of its own and each argument is checked and converted, which takes longer than
most of the calls do. Here a handle is made ready once and then passed as it is, and the calls, all shorter than a microsecond, keep
Python's lock. What is passed where a `Handle` is asked for must be one: nothing checks it but the types below.
"""

from collections.abc import Callable
from ctypes import PYFUNCTYPE, addressof, c_double, c_int, c_ulong, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium


class Handle(c_void_p):
    """Where something of PDFium's lies in memory, or something of ours that it writes to; false for nothing."""


Number = int | None
"""Where something of PDFium's lies, as a plain number to compare or to make a handle of; 0 or None for nothing."""


def handle(wrapped: Any) -> Handle:
    """Return the handle in one of `pypdfium2.raw`."""
    return Handle(addressof(wrapped.contents))


def room(value: Any) -> Handle:
    """Return where a value of ctypes lies, for PDFium to write to; it must be kept for as long."""
    return Handle(addressof(value))


def _plain(name: str, result: Any) -> Any:
    """Return a function of PDFium that takes handles and numbers as they are; what it gives is of the type `result`."""
    return PYFUNCTYPE(result)(cast(getattr(pdfium, name), c_void_p).value or 0)


# -- text pages: the number of a character comes second ------------------------------------------------------------------

text_object: Callable[[Handle, int], Number] = _plain("FPDFText_GetTextObject", c_void_p)
loose_box: Callable[[Handle, int, Handle], int] = _plain("FPDFText_GetLooseCharBox", c_int)
"""Writes to a FS_RECTF."""
fill_of: Callable[[Handle, int, Handle, Handle, Handle, Handle], int] = _plain("FPDFText_GetFillColor", c_int)
"""Writes red, green, blue and alpha, each to an unsigned int."""
size_of: Callable[[Handle, int], float] = _plain("FPDFText_GetFontSize", c_double)
matrix_of: Callable[[Handle, int, Handle], int] = _plain("FPDFText_GetMatrix", c_int)
"""Writes to a FS_MATRIX."""

# -- what is drawn -------------------------------------------------------------------------------------------------------

object_at: Callable[[Handle, int], Handle] = _plain("FPDFPage_GetObject", Handle)
type_of: Callable[[Handle], int] = _plain("FPDFPageObj_GetType", c_int)
bounds_of: Callable[[Handle, Handle, Handle, Handle, Handle], int] = _plain("FPDFPageObj_GetBounds", c_int)
"""Writes left, bottom, right and top, each to a float."""
mark_of: Callable[[Handle], int] = _plain("FPDFPageObj_GetMarkedContentID", c_int)
mode_of: Callable[[Handle], int] = _plain("FPDFTextObj_GetTextRenderMode", c_int)
font_of: Callable[[Handle], Number] = _plain("FPDFTextObj_GetFont", c_void_p)

# -- the structure tree --------------------------------------------------------------------------------------------------

children: Callable[[Handle], int] = _plain("FPDF_StructElement_CountChildren", c_int)
child_at: Callable[[Handle, int], Handle] = _plain("FPDF_StructElement_GetChildAtIndex", Handle)
content_at: Callable[[Handle, int], int] = _plain("FPDF_StructElement_GetChildMarkedContentID", c_int)
kind_of: Callable[[Handle, Handle, c_ulong], int] = _plain("FPDF_StructElement_GetType", c_ulong)
"""Writes a name of UTF-16 to a buffer of so many bytes, and returns how many it has."""
