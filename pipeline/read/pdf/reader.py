"""Open a PDF and put its pages together into one `Document`. START HERE in this folder.

page ─► shapes (ruled lines) ─► words ─► fields and annotations ─► Page ─► lay ─► blocks
"""

import pypdfium2

from pipeline.model.documents import Aside, Document, Note
from pipeline.model.places import Place
from pipeline.read.page import Page, Rule, lay
from pipeline.read.pdf.frame import Frame, frame
from pipeline.read.pdf.looks import Looks
from pipeline.read.pdf.opening import opened, page_of
from pipeline.read.pdf.pictures import picture_pages
from pipeline.read.pdf.properties import properties
from pipeline.read.pdf.seen import Seen, is_picture, quarters, sort
from pipeline.read.pdf.shapes import Shapes, shapes
from pipeline.read.pdf.structure import structure
from pipeline.read.pdf.words import Wall, said
from pipeline.read.reading import Source


class PdfReader:
    """PDF documents with a text layer.

    Reads: words with their places and looks, tables with ruled lines, running headers and footers, form fields, text that was typed
    over the page, comments, links, the structure that a tagged PDF brings. Half-reads: text that another program recognised in the
    picture of a page. Does not read: pictures. Never runs scripts, never follows links.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a PDF; other programs let up to 1,024 bytes stand before its header.

        Source: ISO 32000-1, annex H, implementation note 13.
        """
        return b"%PDF-" in source.data[:1024]

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the file is broken (`corrupt`), locked (`encrypted`), has more than 200 pages (`too-large`), or no page of
                it has a text layer (`unsupported`).
        """
        with opened(source) as document:
            reading = _Reading(document, source)
            pages = reading.pages()
            laid = lay(pages)
            return Document("pdf", laid.blocks, (*laid.asides, *reading.asides), tuple(reading.notes), properties(document, source.data))


class _Reading:
    """A PDF while it is read."""

    def __init__(self, document: pypdfium2.PdfDocument, source: Source) -> None:
        self.document = document
        self.source = source
        self.looks = Looks()
        self.asides: list[Aside] = []
        self.notes: list[Note] = []
        self.pictured: dict[int, Frame] = {}

    def pages(self) -> list[Page]:
        """Return the pages of the document with their words and lines; those that are pictures as they were recognised."""
        found = {number: self._page(number) for number in range(1, len(self.document) + 1)}
        if self.pictured:
            alone = not any(page.words for page in found.values())
            recognised = picture_pages(self.document, self.pictured, alone)
            found |= recognised.pages
            self.notes += recognised.notes
        return list(found.values())

    def _page(self, number: int) -> Page:
        with page_of(self.document, number) as page:
            if page is None:
                self.notes.append(Note("broken-page", f"Page {number} is damaged and was not read.", Place(page=number)))
                return Page(number, 0.0, 0.0, ())
            drawn = shapes(page)
            whole = said(page, self.looks, _walls(drawn))
            upright = frame(page)
            upright = upright._replace(quarters=(upright.quarters + (quarters(whole.runs) - upright.quarters) * bool(whole.runs)) % 4)
            tags = structure(page)
            seen = sort(whole.runs, upright, drawn, lambda content: tags.get(content, (0, 0)))
            self._beside(number, seen, whole.cut, drawn)
            if not seen.words and is_picture(upright, drawn):
                self.pictured[number] = upright
            turn = upright.turn()
            rules = tuple(Rule(turn(*line)) for line in drawn.lines)
            return Page(number, upright.width, upright.height, tuple(seen.words), rules)

    def _beside(self, number: int, seen: Seen, cut: int, drawn: Shapes) -> None:
        """Keep what stands on a page and is not read as its text."""
        self.asides += [Aside("hidden", text, Place(page=number, box=box)) for text, box in seen.hidden]
        if seen.recognised:
            message = f"The words of page {number} were recognised in its picture by another program; some may be wrong."
            self.notes.append(Note("recognised-elsewhere", message, Place(page=number)))
        if cut:
            self.notes.append(Note("too-many-words", f"Page {number} has {cut} characters more than are read.", Place(page=number)))
        if drawn.cut:
            message = f"Page {number} has more drawings than are looked at; tables on it may be read as plain lines."
            self.notes.append(Note("too-many-shapes", message, Place(page=number)))


def _walls(drawn: Shapes) -> list[Wall]:
    """Return the upright lines of a page."""
    return [((left + right) / 2, bottom, top) for left, bottom, right, top in drawn.lines if top - bottom > right - left]
