"""Pages that are pictures: their words are recognised by `pipeline.read.scan`, where what that needs is installed."""

from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2

from pipeline.model.documents import Note
from pipeline.model.places import Place
from pipeline.read.scan.laying import NONE, Recognised, Sheets
from pipeline.read.scan.missing import nothing_installed


class Pictured(NamedTuple):
    """What was recognised in the pictures of pages."""

    sheets: Sheets
    notes: tuple[Note, ...]


def picture_pages(document: pypdfium2.PdfDocument, numbers: Iterable[int], alone: bool) -> Pictured:
    """Recognise the words of pages that are pictures.

    Args:
        document: as opened.
        numbers: of the pages that are pictures, from 1.
        alone: True where no page of the document has a text layer.

    Raises:
        UnreadableError: no page has a text layer and nothing is installed that reads pictures (`unsupported`), or as `recognised` does.
    """
    pages, notes = recognised_pages(document, numbers, alone)
    sheets = Sheets.of(pages) if pages else NONE
    return Pictured(sheets, (*notes, *sheets.notes))


def recognised_pages(document: pypdfium2.PdfDocument, numbers: Iterable[int], alone: bool) -> tuple[list[Recognised], tuple[Note, ...]]:
    """Return pages that are pictures as they were recognised, in the order given, and a note for each that could not be; else as above."""
    try:
        from pipeline.read.scan.pages import recognised
        from pipeline.read.scan.recognisers import recognisers
        from pipeline.read.scan.rendering import rendered
    except ImportError as error:
        if alone:
            raise nothing_installed() from error
        return [], tuple(_unread(number) for number in numbers)
    found = recognisers()
    if found is None:
        if alone:
            raise nothing_installed()
        return [], tuple(_unread(number) for number in numbers)
    return list(recognised(rendered(document, numbers), found)), ()


def _unread(number: int) -> Note:
    message = f"Page {number} is a picture. What it says was not read. {nothing_installed().hint}"
    return Note("picture-page", message, Place(page=number))
