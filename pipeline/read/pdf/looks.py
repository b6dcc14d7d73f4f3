"""How the words of a text object look: font, size, and whether a person can see them at all.

A text object is a stretch of text that is drawn at once, in one font and size. Each is asked once.
"""

import ctypes
import re
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.read.pdf.calls import Handle, fill_of, font_of, mark_of, matrix_of, mode_of, room, size_of

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_PALE = 0xF0
"""Red, green and blue from here up are as good as white."""


class Font(NamedTuple):
    """What is known of a font."""

    bold: bool
    italic: bool
    name: str


class Look(NamedTuple):
    """How the words of a text object look."""

    font: Font
    invisible: bool
    """Neither filled nor outlined: what a scanner program lays under the picture of a page."""
    white: bool
    """Drawn in white, or see-through."""
    size: float
    """Of its letters, in points, as they are shown."""
    base: float
    """Where about the line runs that its letters stand on, in the coordinates of the PDF."""
    content: int
    """The number of its marked content on the page; -1 where it has none."""


PLAIN = Look(Font(False, False, ""), False, False, 0.0, 0.0, -1)
"""How text looks of which nothing is known."""


class Looks:
    """Asks PDFium how text looks, and remembers."""

    def __init__(self) -> None:
        self.fonts: dict[int, Font] = {}
        self.matrix = pdfium.FS_MATRIX()
        self.place = room(self.matrix)
        self.colour = tuple(ctypes.c_uint() for _ in range(4))
        self.red, self.green, self.blue, self.alpha = map(room, self.colour)

    def of(self, text_page: Handle, at: int, shape: Handle) -> Look:
        """Return how the text object of a character looks."""
        known = fill_of(text_page, at, self.red, self.green, self.blue, self.alpha)
        white = bool(known) and self._is_white()
        size, base, matrix = size_of(text_page, at), 0.0, self.matrix
        if matrix_of(text_page, at, self.place):
            size *= hypot(matrix.c, matrix.d)
            base = matrix.f
        return Look(self._font(shape), mode_of(shape) == _INVISIBLE, white, size, base, mark_of(shape))

    def _is_white(self) -> bool:
        red, green, blue, alpha = self.colour
        return not alpha.value or (red.value >= _PALE and green.value >= _PALE and blue.value >= _PALE)

    def _font(self, shape: Handle) -> Font:
        key = font_of(shape)
        if not key:
            return PLAIN.font
        if key not in self.fonts:
            self.fonts[key] = _known(ctypes.cast(key, pdfium.FPDF_FONT))
        return self.fonts[key]


def _known(font: pdfium.FPDF_FONT) -> Font:
    room = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, room, 256)
    name = room.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
    bold = bool(_BOLD.search(name)) or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return Font(bold, bool(_ITALIC.search(name)), name)
