"""The piece of a page that a place names, cut out of the document as received, so that a person sees what was read.

Works for pictures, PDFs and bundles of them, with or without what recognises words.
"""

import io

import pypdfium2
from PIL import Image

from pipeline.errors import UnreadableError
from pipeline.model.places import Box, Place
from pipeline.read.bundle.packing import is_bundle, unpacked
from pipeline.read.bundle.pages import pages_in
from pipeline.read.scan.pictures import Picture, is_picture, one
from pipeline.read.scan.rendering import draw

_AROUND = 4.0
"""Points around what is cut out."""
_LARGEST = 1600
"""Pixels of a side."""


def crop(data: bytes, place: Place) -> bytes:
    """Return what stands at a place of a document, as a PNG.

    Args:
        data: a picture, a PDF or a bundle of them, as received.
        place: with its page, and its box in points; the whole page where it has no box.

    Raises:
        UnreadableError: the document has no pages (`unsupported`), or no such page, or is broken (`corrupt`).
    """
    picture = _page(data, place.page or 1)
    image = picture.image.crop(_pixels(picture, place.box)) if place.box else picture.image
    image.thumbnail((_LARGEST, _LARGEST), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _page(data: bytes, number: int) -> Picture:
    if is_bundle(data):
        return _page_of_bundle(data, number)
    if is_picture(data):
        return one(data, number)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("unsupported", "Only pages of pictures and of PDFs can be shown.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("corrupt", "The PDF cannot be opened.") from error
    try:
        return draw(document, number)
    finally:
        document.close()


def _page_of_bundle(data: bytes, number: int) -> Picture:
    """Return a page of a bundle; they are counted through its files."""
    before = 0
    for file in unpacked(data):
        pages = pages_in(file.data)
        if number <= before + pages:
            return _page(file.data, number - before)
        before += pages
    raise UnreadableError("corrupt", f"The bundle has no page {number}.")


def _pixels(picture: Picture, box: Box) -> tuple[int, int, int, int]:
    """Return a box in points as pixels of the picture, with what is around it, no further than its edges."""
    left, top = int((box.left - _AROUND) / picture.scale), int((box.top - _AROUND) / picture.scale)
    right, bottom = int((box.right + _AROUND) / picture.scale) + 1, int((box.bottom + _AROUND) / picture.scale) + 1
    left, top = min(max(left, 0), picture.image.width - 1), min(max(top, 0), picture.image.height - 1)
    return left, top, max(min(right, picture.image.width), left + 1), max(min(bottom, picture.image.height), top + 1)
