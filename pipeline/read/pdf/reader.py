"""Open a PDF and put its pages together into one `Document`. START HERE in this folder.

page ─► shapes (ruled lines) ─► words ─► fields and annotations ─► Page ─► lay ─► blocks
"""

from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.model.documents import Aside, Document, Note
from pipeline.model.places import Box, Place
from pipeline.read.page import Page, Rule, Word, lay
from pipeline.read.page.numbers import page_numbers
from pipeline.read.pdf.annotations import Laid, annotations
from pipeline.read.pdf.codes import codes
from pipeline.read.pdf.frame import Frame, frame
from pipeline.read.pdf.looks import Looks
from pipeline.read.pdf.opening import opened, page_of
from pipeline.read.pdf.pictures import picture_pages, recognised_pages
from pipeline.read.pdf.properties import properties
from pipeline.read.pdf.seen import is_picture, quarters, sort
from pipeline.read.pdf.shapes import Shapes, shapes
from pipeline.read.pdf.struck import part
from pipeline.read.pdf.structure import structure
from pipeline.read.pdf.warnings import warnings
from pipeline.read.pdf.words import Run, Wall, said
from pipeline.read.reading import Source
from pipeline.read.scan.laying import NONE, Recognised


class PdfReader:
    """PDF documents with a text layer.

    Reads: words with their places and looks, tables with ruled lines, running headers and footers, form fields, text that was typed
    over the page, comments, links, the structure that a tagged PDF brings. Half-reads: text that another program recognised in the
    picture of a page, and pages that are pictures, as `pipeline.read.scan` reads them. Never runs scripts, never follows links.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a PDF; other programs let up to 1,024 bytes stand before its header.

        Source: ISO 32000-1, annex H, implementation note 13.
        """
        return b"%PDF-" in source.data[:1024]

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the file is broken (`corrupt`), locked (`encrypted`), has more than 200 pages (`too-large`), or all
                its pages are pictures and nothing is installed that reads them (`unsupported`).
        """
        with opened(source) as document:
            reading = _Reading(document)
            pages = reading.pages()
            laid = reading.sheets.put_back(lay(pages))
            return Document(
                reading.format,
                laid.blocks,
                (*laid.asides, *reading.asides),
                (*reading.notes, *warnings(document, source.data, reading.launches)),
                properties(document, source.data),
                reading.codes,
                seen=reading.sheets.seen,
                numbers=page_numbers(pages, (*laid.asides, *reading.asides)),
            )


class Loose(NamedTuple):
    """The pages of a PDF before they are put together."""

    pages: tuple[Page, ...]
    """All of them; those that are pictures as they were recognised."""
    recognised: tuple[Recognised, ...]
    """Those that are pictures."""
    asides: tuple[Aside, ...]
    notes: tuple[Note, ...]
    codes: tuple[str, ...]


def loose(source: Source) -> Loose:
    """Return the pages of a PDF one by one, for who puts them together with others.

    Raises:
        UnreadableError: as `PdfReader.read` does.
    """
    with opened(source) as document:
        reading = _Reading(document)
        found = {number: reading.page(number) for number in range(1, len(document) + 1)}
        alone = not any(page.words for page in found.values())
        recognised, unread = recognised_pages(document, reading.pictured, alone) if reading.pictured else ([], ())
        found |= {one.page.number: one.page for one in recognised}
        notes = (*reading.notes, *unread, *warnings(document, source.data, reading.launches))
        return Loose(tuple(found.values()), tuple(recognised), tuple(reading.asides), notes, reading.codes)


def pages(source: Source) -> tuple[Page, ...]:
    """Return the words and ruled lines of the pages of a PDF, before anybody makes sense of them; errors as `PdfReader.read`."""
    with opened(source) as document:
        return tuple(_Reading(document).pages())


class _Reading:
    """A PDF while it is read."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self.document = document
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        self.form = document.formenv.raw if document.formenv else None
        self.looks = Looks()
        self.asides: list[Aside] = []
        self.notes: list[Note] = []
        self.codes: tuple[str, ...] = ()
        self.fields = 0
        self.launches = False
        self.pictured: list[int] = []
        self.sheets = NONE
        self.format = "pdf"

    def pages(self) -> list[Page]:
        """Return the pages of the document with their words and lines; those that are pictures as they were recognised."""
        found = {number: self.page(number) for number in range(1, len(self.document) + 1)}
        if self.pictured:
            alone = not any(page.words for page in found.values())
            self.sheets, notes = picture_pages(self.document, self.pictured, alone)
            self.notes += notes
            self.asides += self.sheets.asides
            self.codes = self.codes or self.sheets.codes
            read = {page.number: page for page in self.sheets.pages}
            self.format = "scan" if alone else "pdf"
            found = {**read, **{number: page for number, page in found.items() if number not in read}} if alone else found | read
        return list(found.values())

    def page(self, number: int) -> Page:
        """Return a page with its words and lines; one that is a picture without any, and `pictured` has its number."""
        with page_of(self.document, number) as page:
            if page is None:
                self.notes.append(Note("broken-page", f"Page {number} is damaged and was not read.", Place(page=number)))
                return Page(number, 0.0, 0.0, ())
            drawn = shapes(page)
            whole = said(page, self.looks, _walls(drawn))
            upright = frame(page)
            upright = upright._replace(quarters=quarters(whole.runs)) if whole.runs else upright
            over = annotations(page, self.form, self.document, upright.turn(), self.fields)
            words = self._words(number, page, whole.runs, upright, drawn, over)
            self._beside(number, over, whole.cut, drawn)
            if not self.codes:
                self.codes = codes(self.document, page, drawn)
            if not words and is_picture(upright, drawn):
                self.pictured.append(number)
            turn = upright.turn()
            return Page(number, upright.width, upright.height, words, tuple(Rule(turn(*line)) for line in drawn.lines))

    def _words(self, number: int, page: pdfium.FPDF_PAGE, runs: list[Run], upright: Frame, drawn: Shapes, over: Laid) -> tuple[Word, ...]:
        """Return the words of a page, those that were typed over it included; keep what is hidden or struck out beside them."""
        standing, struck = part(runs, (*drawn.lines, *over.struck))
        seen = sort(standing, upright, drawn, structure(page))
        turn = upright.turn()
        self.asides += [Aside("struck", run.text, Place(page=number, box=turn(*run[1:5]))) for run in struck]
        self.asides += [Aside("hidden", text, Place(page=number, box=box)) for text, box in (*seen.hidden, *over.hidden)]
        if seen.recognised:
            message = f"The words of page {number} were recognised in its picture by another program; some may be wrong."
            self.notes.append(Note("recognised-elsewhere", message, Place(page=number)))
        return (*(_linked(word, over.links) for word in seen.words), *over.words) if over.links else (*seen.words, *over.words)

    def _beside(self, number: int, over: Laid, cut: int, drawn: Shapes) -> None:
        """Keep what stands on a page and is not read as its text."""
        place = Place(page=number)
        self.asides += [Aside("comment", text, place._replace(box=box)) for text, box in over.comments]
        self.fields += sum(1 for _ in {word.control.number for word in over.words if word.control is not None})
        self.launches = self.launches or over.launches
        if over.files:
            self.notes.append(Note("embedded-document", f"Page {number} has files pinned to it. They were not read.", place))
        if cut:
            self.notes.append(Note("too-many-words", f"Page {number} has {cut} characters more than are read.", place))
        if drawn.cut or over.cut:
            message = f"Page {number} has more drawings than are looked at; tables on it may be read as plain lines."
            self.notes.append(Note("too-many-shapes", message, place))


def _linked(word: Word, links: list[tuple[str, Box]]) -> Word:
    """Return a word with the link that lies over it."""
    left, top, right, bottom = word.box
    x, y = (left + right) / 2, (top + bottom) / 2
    for target, box in links:
        if box.left <= x <= box.right and box.top <= y <= box.bottom:
            return word._replace(link=target)
    return word


def _walls(drawn: Shapes) -> list[Wall]:
    """Return the upright lines of a page."""
    return [((left + right) / 2, bottom, top) for left, bottom, right, top in drawn.lines if top - bottom > right - left]
