"""Pictures of pages to a `Document`. START HERE in this folder.

    bytes ─► pictures ─► pages (words, ruled lines, the way back) ─► in order ─► headers and footers apart ─► blocks ─► back to the picture

What recognises words is an optional part of the installation: nothing here imports it before a picture is read.
"""

from collections.abc import Iterator
from itertools import chain

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document, Note
from pipeline.model.places import Place
from pipeline.read.page import lay
from pipeline.read.page.numbers import page_numbers
from pipeline.read.reading import Source
from pipeline.read.scan.laying import Recognised, Sheets, in_order
from pipeline.read.scan.missing import nothing_installed
from pipeline.read.scan.pictures import Picture, is_picture, pictures

_SMALLEST = 300
"""Pixels of the longer side: A4 at 26 dots an inch, where nothing can be read. Some programs add one to a page."""


class ScanReader:
    """Scans and photographs: PNG, JPEG, TIFF with one page or several.

    Reads: printed words, tables with ruled lines, boxes to tick, square codes, whichever way the page lies. Half-reads: handwriting, which
    always goes to a person. Does not read: pictures on the page.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a picture."""
        return is_picture(source.data)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the picture is broken (`corrupt`), too large (`too-large`), takes too long (`timeout`), too small for a page,
                or nothing is installed that reads pictures (`unsupported`).
        """
        pages, notes = recognised_in(source.data)
        sheets = Sheets.of(pages)
        said = sheets.put_back(lay(sheets.pages))
        numbers = page_numbers([page.page for page in in_order(pages)])
        return Document(
            "scan",
            said.blocks,
            (*sheets.asides, *said.asides),
            (*notes, *sheets.notes),
            barcodes=sheets.codes,
            numbers=numbers,
            seen=sheets.seen,
        )


def recognised_in(data: bytes) -> tuple[list[Recognised], tuple[Note, ...]]:
    """Return the pages of a picture as they were received, and a note for each picture in it that is too small for one.

    Raises:
        UnreadableError: as `ScanReader.read` does.
    """
    pages = _Pages(data)
    waiting = iter(pages)
    first = next(waiting, None)
    if first is None:
        raise UnreadableError("unsupported", "The picture is too small to be a page.", "Ask for the Word document, or for a scan.")
    try:
        from pipeline.read.scan.pages import recognised
        from pipeline.read.scan.recognisers import recognisers
    except ImportError as error:
        raise nothing_installed() from error
    found = recognisers()
    if found is None:
        raise nothing_installed()
    return list(recognised(chain([first], waiting), found)), tuple(pages.notes)


class _Pages:
    """The pictures of a file that may be pages, with their numbers; and a note for each that is too small."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.notes: list[Note] = []

    def __iter__(self) -> Iterator[tuple[int, Picture]]:
        for number, picture in enumerate(pictures(self._data), 1):
            if max(picture.image.size) >= _SMALLEST:
                yield number, picture
            else:
                message = f"Picture {number} is too small to be a page. What it shows was not read."
                self.notes.append(Note("unread-ink", message, Place(page=number)))
