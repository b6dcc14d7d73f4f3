"""A bundle to one `Document`: its files are read page by page, put in order, and laid out together, as if they had come in one file.

files ─► pages ─► chosen, in order ─► headers and footers apart ─► blocks ─► each place with the file that shows it
"""

import hashlib
from collections.abc import Iterator, Sequence

from pipeline.errors import UnreadableError
from pipeline.model.documents import Block, Cell, Document, Note, PageFile, PageNumber, Paragraph
from pipeline.model.places import Place
from pipeline.read.bundle.chosen import Chosen, chosen
from pipeline.read.bundle.packing import is_bundle, unpacked
from pipeline.read.bundle.pages import Pages, pages_of
from pipeline.read.page import Page, lay
from pipeline.read.page.lines import lines
from pipeline.read.page.margins import said
from pipeline.read.page.numbers import printed_number
from pipeline.read.reading import Source
from pipeline.read.scan.laying import Sheets


class BundleReader:
    """Pages of one form that came as separate files: pictures, and PDFs with words or without.

    Reads: each page as the reader of its file does, all of them together, in the order of their printed numbers. Half-reads: of a page
    that came twice the earlier one, which is quoted in a note. Does not read: files of other kinds (a note each).
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a bundle."""
        return is_bundle(source.data)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in the order of the pages.

        `Place.page` counts the pages of all files in the order in which these came; `Place.part` names the file.

        Raises:
            UnreadableError: the bundle is broken (`corrupt`), or none of its files can be read: then for the reason of the first.
        """
        files = unpacked(source.data, source.limits)
        troubles: list[UnreadableError] = []
        pages = pages_of(files, source.limits, troubles.append)
        if not pages.found:
            raise troubles[0] if troubles else UnreadableError("empty", "The bundle has no pages.", "Ask for the pages again.")
        choice = chosen([printed_number(page) for page in pages.found])
        document = _laid([pages.found[at] for at in choice.order], pages)
        notes = (*document.notes, *_again(choice, pages), *_deduced(choice, pages))
        return Document(
            document.format,
            tuple(_named(document.blocks, pages)),
            tuple(aside._replace(place=pages.named(aside.place)) for aside in document.asides),
            tuple(note._replace(place=pages.named(note.place)) for note in notes),
            barcodes=tuple(dict.fromkeys(pages.codes)),
            numbers=tuple(_numbers(choice, pages)),
            seen=document.seen,
            files=tuple(PageFile(file.name, hashlib.sha256(file.data).hexdigest()) for file in files),
        )


def _laid(order: Sequence[Page], pages: Pages) -> Document:
    """Return pages in the order given, laid out together; those that are pictures without their headers and footers."""
    sheets = Sheets.of([pages.recognised[page.number] for page in order if page.number in pages.recognised])
    bodies = {page.number: page for page in sheets.pages}
    laid = sheets.put_back(lay([bodies.get(page.number, page) for page in order]))
    pictured = all(page.number in pages.recognised for page in order)
    return Document(
        "scan" if pictured else "pdf",
        laid.blocks,
        (*sheets.asides, *laid.asides, *pages.asides),
        (*pages.notes, *sheets.notes),
        seen=sheets.seen,
    )


def _named(blocks: Sequence[Block], pages: Pages) -> Iterator[Block]:
    """Yield blocks whose places name the files; tables are no deeper in one another than the ruled lines of a page."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block._replace(place=pages.named(block.place))
        else:
            rows = tuple(row._replace(cells=tuple(_cell(cell, pages) for cell in row.cells)) for row in block.rows)
            yield block._replace(rows=rows, place=pages.named(block.place))


def _cell(cell: Cell, pages: Pages) -> Cell:
    return cell._replace(blocks=tuple(_named(cell.blocks, pages)))


def _numbers(choice: Chosen, pages: Pages) -> Iterator[PageNumber]:
    for at in choice.order:
        if number := choice.numbers[at]:
            yield PageNumber(pages.named(Place(page=pages.found[at].number)), *number)


def _again(choice: Chosen, pages: Pages) -> Iterator[Note]:
    """Yield a note with every word of each page of which a later one is read."""
    for at, later in choice.again:
        page, number = pages.found[at], choice.numbers[at]
        file, other = pages.files[page.number], pages.files[pages.found[later].number]
        shown = f"page {number.number} of {number.of}" if number else "a page"
        message = f"{file} shows {shown}, and so does {other}, which came later and is read."
        yield Note("page-again", message, Place(page=page.number), "\n".join(said(line) for line in lines(page.words)))


def _deduced(choice: Chosen, pages: Pages) -> Iterator[Note]:
    """Yield a note for each page whose number was not read and follows from the others."""
    for at in choice.order:
        page, number = pages.found[at], choice.numbers[at]
        if number and printed_number(page) is None:
            message = f"{pages.files[page.number]} shows no page number; it was taken for page {number.number} of {number.of}."
            yield Note("page-number", message, Place(page=page.number))
