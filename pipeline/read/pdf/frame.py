"""From the coordinates of a PDF to those of the page as it is shown: points from its top left corner.

A page may be cropped and turned, and what it shows may have been drawn sideways.

Source: ISO 32000-1, 14.11.2 (page boundaries), table 30 (Rotate).
"""

from collections.abc import Callable
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.model.places import Box

_LARGEST = 14_400.0
"""Points: the largest page that there is (ISO 32000-1, annex C.2); a larger one is read as this large."""

Turned = Callable[[float, float, float, float], Box]
"""Takes left, bottom, right and top in the PDF's coordinates."""


class Frame(NamedTuple):
    """What of a page is shown, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0
    """Quarter turns clockwise."""

    @property
    def width(self) -> float:
        """Return the width of the page as it is shown."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height of the page as it is shown."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def turn(self) -> Turned:
        """Return what turns a rectangle of the PDF into a box of the page."""
        left, bottom, right, top, quarters = self
        turns: tuple[Turned, ...] = (
            lambda x0, y0, x1, y1: Box(x0 - left, top - y1, x1 - left, top - y0),
            lambda x0, y0, x1, y1: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            lambda x0, y0, x1, y1: Box(right - x1, y0 - bottom, right - x0, y1 - bottom),
            lambda x0, y0, x1, y1: Box(top - y1, right - x1, top - y0, right - x0),
        )
        return turns[quarters % 4]


def frame(page: pdfium.FPDF_PAGE) -> Frame:
    """Return the frame of a page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    width, height = min(box.right - box.left, _LARGEST), min(box.top - box.bottom, _LARGEST)
    return Frame(box.left, box.top - height, box.left + width, box.top, pdfium.FPDFPage_GetRotation(page) % 4)
