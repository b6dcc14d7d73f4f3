"""A PDF that a word processor made of a form of ours: what it says, and where its words and boxes stand on its pages.

Only for documents of our own; a stranger's are read by `PdfReader`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.model.documents import Document
from pipeline.model.pages import Phrase, PrintedPage, RuledCell
from pipeline.model.places import Box
from pipeline.read.page import Page, Word, lay
from pipeline.read.page.grids import grids
from pipeline.read.page.lines import lines
from pipeline.read.pdf.reader import pages
from pipeline.read.reading import Source

_APART = 0.6
"""Heights of a line: words with a wider gap between them are two phrases."""


class Printed(NamedTuple):
    """A printed form."""

    document: Document
    pages: tuple[PrintedPage, ...]
    """With every phrase and every cell; whose boxes these are is not known here."""


def printed(source: Source) -> Printed:
    """Return what a printed form says, and where.

    Args:
        source: a PDF with its words.

    Raises:
        UnreadableError: it cannot be read.
    """
    found = pages(source)
    laid = lay(found)
    whole = tuple(PrintedPage(page.number, tuple(_phrases(page)), cells=tuple(_cells(page))) for page in found)
    return Printed(Document("pdf", laid.blocks, laid.asides), whole)


def _phrases(page: Page) -> Iterator[Phrase]:
    """Yield the words that stand together, line after line, headers and footers too: "Page" and "2" are one phrase."""
    for line in lines(page.words):
        standing = [line.words[0]]
        for word in line.words[1:]:
            if word.box.left - standing[-1].box.right > _APART * line.height:
                yield _phrase(standing)
                standing = []
            standing.append(word)
        yield _phrase(standing)


def _phrase(words: Sequence[Word]) -> Phrase:
    tops, bottoms = [word.box.top for word in words], [word.box.bottom for word in words]
    return Phrase(" ".join(word.text for word in words), Box(words[0].box.left, min(tops), words[-1].box.right, max(bottoms)))


def _cells(page: Page) -> Iterator[RuledCell]:
    for table, grid in enumerate(grids(page.rules), 1):
        yield from (RuledCell(grid.area(field), table) for field in grid.fields)
