"""What a rendered paper says: the nouns between its Word file and any other way of writing it.

A paper's text and look live in its Word master, so the Word file that a master makes is the one source, and what other writers write is
read from it: headings, paragraphs with their numbers, tables, pictures, charts and page set-up, in reading order. Lengths are in points.
Knows nothing of PDF.
"""

from typing import NamedTuple

from pipeline.publish.setting.looks import Properties


class Run(NamedTuple):
    """Words that look alike."""

    text: str
    """May hold tabs, and line feeds for breaks within the paragraph."""
    look: Properties
    """In what they differ from their paragraph."""
    link: str = ""
    """Where they lead: an address, or `#` and the name of an anchor; empty for nowhere."""
    counts: str = ""
    """What stands here that only whoever sets the pages knows: `page`, `pages`, or `page of ` and the name of an anchor."""


class Picture(NamedTuple):
    """A picture that stands in a line."""

    data: bytes
    kind: str
    """`png`, `jpg`, `gif`, `svg` or `webp`; empty for what no writer draws."""
    alt: str
    """Empty for one that only decorates."""
    width: float
    height: float


class Footnote(NamedTuple):
    """A note at the foot of the page."""

    blocks: tuple["Block", ...]


Inline = Run | Picture | Footnote


class Paragraph(NamedTuple):
    """A paragraph or a heading."""

    inlines: tuple[Inline, ...]
    look: Properties
    style: str
    """The name of its style in lower case."""
    level: int = 0
    """Of a heading, from 1; 0 for what is none."""
    label: str = ""
    """The number or bullet that Word puts before it."""
    depth: int = 0
    """The level in its list, from 0."""
    anchors: tuple[str, ...] = ()
    """The bookmarks in it."""

    @property
    def text(self) -> str:
        """The words as Word shows them, without label."""
        return "".join(inline.text for inline in self.inlines if isinstance(inline, Run))


class Cell(NamedTuple):
    """A cell, with those that are merged into it."""

    blocks: tuple["Block", ...]
    columns: int
    """How many it spans."""
    rows: int
    shade: str
    """`#rrggbb`; empty for none."""


class Row(NamedTuple):
    """A row of a table; what a cell from above covers is not in it."""

    cells: tuple[Cell, ...]
    whole: bool
    """It may not be torn by the end of a page."""


class Table(NamedTuple):
    """A table."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    headings: int
    """How many rows at the top are headings, and stand on every page."""
    heading_column: bool
    """The first cell of each row is its heading."""
    caption: str
    """What a screen reader says of it."""
    edges: dict[str, tuple[float, str, float]]
    """Lines by side: `top`, `left`, `bottom`, `right`, `insideH`, `insideV`."""
    room: dict[str, float]
    """Between the edge of a cell and its text, by side."""


class Series(NamedTuple):
    """One row of figures of a chart."""

    name: str
    values: tuple[float, ...]
    """By category; 0 where there is none."""
    colour: str


class Chart(NamedTuple):
    """A chart, as the figures that it is drawn from."""

    kind: str
    """`column`, `bar`, `line` or `pie`."""
    stacked: bool
    title: str
    across: str
    """The title of the axis with the categories; empty for none."""
    along: str
    """The title of the axis with the values."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    width: float
    height: float


class Contents(NamedTuple):
    """A table of contents: the headings that follow, with their pages."""

    levels: int
    """Down to which level of heading."""
    looks: tuple[Properties, ...] = ()
    """Of a line, by level."""


class PageBreak(NamedTuple):
    """What follows begins a page."""


Block = Paragraph | Table | Chart | Contents | PageBreak


class Section(NamedTuple):
    """Pages of one format."""

    blocks: tuple[Block, ...]
    width: float
    height: float
    margins: dict[str, float]
    """By side; `header` and `footer` from the edge of the page."""
    header: tuple[Paragraph, ...]
    footer: tuple[Paragraph, ...]
    first: tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]] | None
    """Header and footer of the first page where they are others."""
    counts_from: int | None
    """What its first page is numbered; None where it counts on."""


class Content(NamedTuple):
    """All that a paper says."""

    title: str
    author: str
    language: str
    """`en-GB`."""
    sections: tuple[Section, ...]
