"""Square codes on pages, as a blank has one in the header of each: pictures that are as wide as they are high."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

from pipeline.read.pdf.shapes import Shapes

_SMALLEST, _LARGEST = 20.0, 250.0
"""Points: how wide a code is."""
_SQUARE = 0.15
"""By how much of its width a code may be higher or lower than wide."""
_TRIES = 4
"""Pictures of a page that are tried."""
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PIXELS = 4_000_000


def codes(document: pypdfium2.PdfDocument, page: pdfium.FPDF_PAGE, shapes: Shapes) -> tuple[str, ...]:
    """Return what the square codes on a page say."""
    found: list[str] = []
    for picture in _square(shapes):
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, page, picture)
        if bitmap:
            try:
                found += [code.text for code in _read(bitmap) if code.text and code.text not in found]
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
    return tuple(found)


def _square(shapes: Shapes) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """Yield the pictures that may be codes and are not too large to look at."""
    tries = 0
    size = ctypes.c_uint(), ctypes.c_uint()
    for (left, bottom, right, top), picture in shapes.pictures:
        width, height = right - left, top - bottom
        if not _SMALLEST <= width <= _LARGEST or abs(width - height) > _SQUARE * width:
            continue
        tries += 1
        if tries > _TRIES:
            return
        if pdfium.FPDFImageObj_GetImagePixelSize(picture, *size) and size[0].value * size[1].value <= _PIXELS:
            yield picture


def _read(bitmap: pdfium.FPDF_BITMAP) -> list[zxingcpp.Barcode]:
    width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    depth = {pdfium.FPDFBitmap_Gray: 1, pdfium.FPDFBitmap_BGR: 3}.get(pdfium.FPDFBitmap_GetFormat(bitmap), 4)
    if not 0 < width * height <= _PIXELS:
        return []
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    grey = b"".join(pixels[row * stride + min(1, depth - 1) : row * stride + width * depth : depth] for row in range(height))
    return list(zxingcpp.read_barcodes(memoryview(grey).cast("B", (height, width)), formats=_FORMATS))
