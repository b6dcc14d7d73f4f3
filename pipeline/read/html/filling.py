"""What is being filled while a page is read: the page, a cell; the paragraph that is open in it; its lists and tables.

White space is as a browser shows it: a run of it is one space, none begins or ends a line.

Source: CSS Text 3, 4.1.1 (white space); WHATWG HTML 4.9.12 (tables: where cells lie).
"""

import re
from dataclasses import dataclass, field

from pipeline.model.documents import Aside, Block, Cell, Note, Paragraph, Row, Table
from pipeline.model.places import Place
from pipeline.read.html.looks import PLAIN, Look
from pipeline.read.line import Line

_SPACE = " \t\r\n\f"
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class ListOpen:
    """A list whose items are being read."""

    form: str = ""
    """Empty for bullets, otherwise the form of its numbers: 1, a, A, i or I."""
    next: int = 1
    shown: bool = True


@dataclass(slots=True)
class TableOpen:
    """A table in the making."""

    number: int
    since: int
    """How much stood beside the text when it began."""
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] | None = None
    """Of the open row; None between rows."""
    covered: dict[int, int] = field(default_factory=dict)
    """How many more rows the cells above cover, by column."""
    column: int = 1
    heads: bool = True
    """True while every cell of the open row is a heading."""
    layout: bool = True
    """True while it has one cell a row and may be there for the looks alone."""
    holds: bool = False
    """True where another table stands in it."""

    def free_column(self) -> int:
        """Return the next column of the open row that no cell above covers."""
        while self.covered.get(self.column, 0):
            self.column += 1
        return self.column

    def begin_row(self) -> list[Cell]:
        """Begin a row, and return its cells to be."""
        self.cells, self.column, self.heads = [], 1, True
        return self.cells

    def finish_row(self, in_head: bool) -> None:
        """The open row is full."""
        if self.cells is None:
            return
        if self.cells:
            self.rows.append(Row(tuple(self.cells), in_head or self.heads))
            self.layout = self.layout and len(self.cells) == 1
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}
        self.covered.update(self._begun)
        self.cells, self._begun = None, {}

    _begun: dict[int, int] = field(default_factory=dict)

    def add(self, cell: Cell, heads: bool) -> None:
        """Add a cell to the open row."""
        cells = self.begin_row() if self.cells is None else self.cells
        cells.append(cell)
        self.heads = self.heads and heads
        for column in range(cell.column, cell.column + cell.columns):
            if cell.rows > 1:
                self._begun[column] = cell.rows - 1
        self.column = cell.column + cell.columns

    def table(self, part: str) -> Table:
        """Return the finished table; no cell covers more rows than there are."""
        most = len(self.rows)
        rows = (
            row._replace(cells=tuple(cell._replace(rows=min(cell.rows, most - at)) for cell in row.cells))
            for at, row in enumerate(self.rows)
        )
        return Table(tuple(rows), Place(part, self.number))


@dataclass(slots=True)
class Frame:
    """A container in the making."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    columns: int = 1
    rows: int = 1
    out: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    line: Line = field(default_factory=Line)
    gap: Look | None = None
    """The look of white space that ends what is in the line so far; None where none does."""
    broke: bool = False
    """True where the line so far ends in a line break."""
    lists: list[ListOpen] = field(default_factory=list)
    bullet: str = ""
    level: int | None = None
    """How deep in a list the open paragraph says that it stands; None where that is to be counted."""


@dataclass(slots=True)
class Filling:
    """Everything that is being filled."""

    part: str
    frame: Frame = field(default_factory=Frame)
    frames: list[Frame] = field(default_factory=list)
    """The frames around the one being filled, outermost first."""
    tables: list[TableOpen] = field(default_factory=list)
    beside: list[Aside | Note] = field(default_factory=list)
    counted: int = 0
    """Tables so far."""
    tracked: bool = False

    @property
    def place(self) -> Place:
        """Where the open paragraph will stand."""
        frame = self.frame
        return Place(self.part, frame.table, frame.row, frame.column, frame.paragraphs + 1)

    # -- words ---------------------------------------------------------------------------------------------------------

    def say(self, text: str, look: Look) -> None:
        """Add words to the open paragraph, or beside it where they were deleted."""
        if look.kept:
            for at, typed in enumerate(text.replace("\r\n", "\n").split("\n")):
                if at:
                    self.break_line(look)
                self._add(typed, look)
            return
        core = text.strip(_SPACE)
        if text[:1] and text[0] in _SPACE:
            self._gap(look)
        if core:
            self._add(_SPACES.sub(" ", core), look)
            if text[-1] in _SPACE:
                self._gap(look)

    def close_gap(self, look: Look = PLAIN) -> None:
        """Put the one space that a browser shows between what is in the line and what follows."""
        gap, self.frame.gap = self.frame.gap, None
        if gap is not None:
            same = look.kinds() == gap.kinds() and look.link == gap.link
            self._put(" ", gap if same else PLAIN._replace(inserted=gap.inserted, deleted=gap.deleted))

    def break_line(self, look: Look) -> None:
        """Break the line; two breaks end the paragraph, unless all is kept as typed."""
        frame = self.frame
        frame.gap = None
        if not frame.line.length and not frame.line.changed:
            return
        if frame.broke and not look.kept:
            self.finish(look)
        else:
            self._put("\n", look._replace(bold=False, italic=False, underline=False, strike=False, link=""))
            frame.broke = True

    def _gap(self, look: Look) -> None:
        frame = self.frame
        if frame.line.length and not frame.broke and frame.gap is None:
            frame.gap = look

    def _add(self, text: str, look: Look) -> None:
        if text:
            self.close_gap(look)
            self._put(text, look)
            self.frame.broke = False

    def _put(self, text: str, look: Look) -> None:
        line = self.frame.line
        if look.inserted or look.deleted:
            self.tracked = True
            line.change()
        if look.deleted:
            self.beside.append(Aside("deleted", text, self.place))
            if not look.inserted:
                line.before.append(text)
            return
        start = line.length
        line.add(text, inserted=look.inserted)
        for kind in look.kinds():
            line.mark(start, kind)
        if look.link:
            line.mark(start, "link", look.link)

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def finish(self, look: Look) -> None:
        """End the open paragraph, where anything is in it."""
        frame = self.frame
        line, frame.gap, frame.broke = frame.line, None, False
        if not (line.controls or line.changed or "".join(line.pieces).strip()):
            frame.line = Line()
            return
        place = self.place
        frame.paragraphs += 1
        level = frame.level if frame.level is not None else max(len(frame.lists) - 1, 0)
        frame.out.append(_without_end(line.paragraph(place, look.heading, frame.bullet, level if frame.bullet else 0)))
        frame.line, frame.bullet, frame.level = Line(), "", None

    # -- cells and tables ----------------------------------------------------------------------------------------------

    def begin_table(self) -> None:
        """Begin a table."""
        self.counted += 1
        for table in self.tables[-1:]:
            table.holds = True
        self.tables.append(TableOpen(self.counted, len(self.beside)))

    def begin_cell(self, columns: int, rows: int) -> None:
        """Begin to fill a cell of the open row."""
        table = self.tables[-1]
        if table.cells is None:
            table.begin_row()
        self.frames.append(self.frame)
        self.frame = Frame(table.number, len(table.rows) + 1, table.free_column(), columns, rows)

    def finish_cell(self, heads: bool, look: Look) -> None:
        """Go back to the container around the open cell, which is full."""
        self.finish(look)
        full, self.frame = self.frame, self.frames.pop()
        if not full.out:
            full.out.append(Paragraph("", Place(self.part, full.table, full.row, full.column, 1)))
        self.tables[-1].add(Cell(tuple(full.out), full.column or 1, full.columns, full.rows), heads)

    def finish_table(self) -> None:
        """The open table is full. One that only holds other tables in place is taken away from around them."""
        table = self.tables.pop()
        table.finish_row(False)
        if table.layout and table.holds:
            self._unwrap(table)
        elif table.rows:
            self.frame.out.append(table.table(self.part))

    def _unwrap(self, table: TableOpen) -> None:
        """Put what stands in a table of one column where the table itself stands."""
        moved: dict[Place, Place] = {}
        for block in (block for row in table.rows for cell in row.cells for block in cell.blocks):
            if isinstance(block, Paragraph):
                if not block.text and not block.controls and block.before is None:
                    continue
                place, was = self.place, block.place
                self.frame.paragraphs += 1
                moved[was] = place
                block = block._replace(place=place)
            self.frame.out.append(block)
        for at in range(table.since, len(self.beside)):
            said = self.beside[at]
            if said.place.table == table.number:
                self.beside[at] = said._replace(place=moved.get(said.place, self.place))


def _without_end(paragraph: Paragraph) -> Paragraph:
    """Take away line breaks that end a paragraph: a browser shows none."""
    text = paragraph.text.rstrip("\n")
    if len(text) == len(paragraph.text):
        return paragraph
    end = len(text)
    controls = tuple(control._replace(start=min(control.start, end), end=min(control.end, end)) for control in paragraph.controls)
    marks = tuple(mark._replace(end=min(mark.end, end)) for mark in paragraph.marks if mark.start < end)
    return paragraph._replace(text=text, controls=controls, marks=marks)
