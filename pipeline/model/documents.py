"""What a person would see in a return: blocks in reading order, each with its place.

Knows nothing of any form. Readers make it, `align` and the report of a reading walk it. These are the nouns of the fastest
part of the program, so they are named tuples: frozen, typed and cheap to make.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.pages import SeenPage
from pipeline.model.places import Place


class Mark(NamedTuple):
    """Emphasis or a link on characters `start` to `end` of a paragraph's text."""

    start: int
    end: int
    kind: str
    """bold, italic, underline, strike or link."""
    target: str = ""
    """Where a link points; it is never followed."""


class Control(NamedTuple):
    """A content control, legacy form field or PDF form field over characters `start` to `end` of a paragraph's text.

    One that spans several paragraphs appears on each of them with the same `number`.
    """

    start: int
    end: int
    number: int
    """Counts the controls of the document from 1, in reading order."""
    tag: str = ""
    alias: str = ""
    kind: str = "text"
    """text, rich, choice, date, checkbox or legacy; area or written: a field's box, where a page was laid over the blank."""
    placeholder: bool = False
    """True where the control says that it shows its prompt, not an answer."""
    checked: bool | None = None
    """A check box's state; None for other kinds."""


class Paragraph(NamedTuple):
    """A line of text as a person sees it, tracked changes accepted."""

    text: str
    place: Place
    controls: tuple[Control, ...] = ()
    marks: tuple[Mark, ...] = ()
    heading: int = 0
    """Level of a heading, from 1; 0 for ordinary text."""
    bullet: str = ""
    """The list marker a person sees ("•", "1.", "(a)"), where the program made it; typed markers are part of the text."""
    level: int = 0
    """Depth in a list, from 0."""
    before: str | None = None
    """The text as if every tracked change were rejected; None where nothing was changed."""
    sure: float = 1.0
    """How sure the reader is of the words, from 0 to 1: less than 1 only where they were recognised in a picture."""


class Cell(NamedTuple):
    """A table cell: its blocks, the grid column it starts in (from 1) and how many columns and rows it covers."""

    blocks: tuple["Paragraph | Table", ...]
    column: int = 1
    columns: int = 1
    rows: int = 1


class Row(NamedTuple):
    """A table row. Cells merged into one above them are left out."""

    cells: tuple[Cell, ...]
    heading: bool = False
    """True where the row repeats at the top of each page."""


class Table(NamedTuple):
    """A table: its rows from top to bottom."""

    rows: tuple[Row, ...]
    place: Place


Block = Paragraph | Table


class Note(NamedTuple):
    """Something the reader could not carry over, or that a person should know of."""

    code: str
    """A word with hyphens, such as `external-relationship`. Documented in docs/reading.md."""
    message: str
    place: Place = Place()
    quote: str = ""
    field: str = ""
    """The path of the answer concerned, as in `Answer.field`; empty where the note is about no single answer."""


class Aside(NamedTuple):
    """Text that stands beside the document: seen, kept apart and never an answer."""

    kind: str
    """header, footer, comment, footnote, endnote, hidden, deleted, struck or alternative; of a mail, quoted or signature."""
    text: str
    place: Place


class PageNumber(NamedTuple):
    """The number that is printed on a page: "Page 2 of 4"."""

    place: Place
    """The page; in a bundle, with the file that shows it."""
    number: int
    of: int


class PageFile(NamedTuple):
    """A file that shows pages of a bundle."""

    file: str
    """Its name, as `Place.part` says it: text for people, never a path."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a person would see in a return, and what travels with it."""

    format: str
    """docx, odt, rtf, doc, pdf, scan, mail, html or text. A bundle is what its pages are."""
    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    notes: tuple[Note, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    """Document properties and the contents of custom XML parts that carry identity, by name."""
    barcodes: tuple[str, ...] = ()
    tracked_changes: bool = False
    numbers: tuple[PageNumber, ...] = ()
    """The numbers printed on its pages, in reading order; those of pages that show none and that follow from the others included."""
    files: tuple[PageFile, ...] = ()
    """Of a bundle, the files that it is made of, in the order in which they came."""
    seen: tuple[SeenPage, ...] = ()
    """The pages that were recognised in pictures, in the order in which they are read."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph in reading order, those in tables included."""
        return _paragraphs(self.blocks)

    def tables(self) -> Iterator[Table]:
        """Yield every table in document order, nested ones after the one that holds them."""
        return _tables(self.blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _tables(cell.blocks)
