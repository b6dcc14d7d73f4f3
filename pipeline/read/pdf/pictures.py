"""Pages that are pictures: their words must be recognised, which this part of the program does not do itself."""

from collections.abc import Mapping
from typing import NamedTuple

import pypdfium2

from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.places import Place
from pipeline.read.page import Page
from pipeline.read.pdf.frame import Frame


class Recognised(NamedTuple):
    """What was recognised in the pictures of pages."""

    pages: Mapping[int, Page]
    """By number, from 1; a page that could not be recognised is left out."""
    notes: tuple[Note, ...]


def picture_pages(document: pypdfium2.PdfDocument, frames: Mapping[int, Frame], alone: bool) -> Recognised:
    """Recognise the words of pages that are pictures.

    Args:
        document: as opened.
        frames: the pages that are pictures, by number from 1, and how each is shown.
        alone: True where no page of the document has a text layer.

    Raises:
        UnreadableError: no page has a text layer (`unsupported`).
    """
    if alone:
        raise UnreadableError(
            "unsupported", "The PDF is a picture of a form, without words.", "Ask for the Word document, or for a PDF saved from it."
        )
    notes = (Note("picture-page", f"Page {number} is a picture. What it says was not read.", Place(page=number)) for number in frames)
    return Recognised({}, tuple(notes))
