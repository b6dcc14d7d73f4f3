"""The calls to PDFium that are made for every word: the same functions, with handles as plain numbers.

`pypdfium2.raw` wraps each handle in an object of its own, which takes longer than many of the calls do.
"""

from collections.abc import Callable
from ctypes import CFUNCTYPE, addressof, c_int, c_ulong, c_void_p, cast
from typing import Any
from typing import cast as typed

import pypdfium2.raw as pdfium

Handle = int
"""Where something of PDFium's lies in memory; 0 or None for nothing."""


def _plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of PDFium that takes and gives plain numbers."""
    place = cast(getattr(pdfium, name), c_void_p).value or 0
    return typed(Callable[..., Any], CFUNCTYPE(result, *arguments)(place))


def handle(wrapped: Any) -> Handle:
    """Return the plain number of a handle of `pypdfium2.raw`."""
    return addressof(wrapped.contents)


text_object = _plain("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
"""Takes a text page and the number of a character."""
loose_box = _plain("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
"""Takes a text page, the number of a character and where a FS_RECTF lies."""
child_at = _plain("FPDF_StructElement_GetChildAtIndex", c_void_p, c_void_p, c_int)
children = _plain("FPDF_StructElement_CountChildren", c_int, c_void_p)
content_at = _plain("FPDF_StructElement_GetChildMarkedContentID", c_int, c_void_p, c_int)
kind_of = _plain("FPDF_StructElement_GetType", c_ulong, c_void_p, c_void_p, c_ulong)
"""Takes a structure element, a buffer and its size in bytes."""
