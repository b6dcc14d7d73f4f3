"""Tables of RTF, which has none: only rows whose cells end somewhere. Columns are found from where the cells end.

Source: RTF 1.9.1, "Table Definitions" (`\\trowd`, `\\cellx`, `\\clmgf`, `\\clvmgf`, `\\itap`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.documents import Aside, Block, Cell, Document, Note, Paragraph, Row, Table
from pipeline.model.places import Place

_NEAR_TWIPS = 25
"""Cells that end this near one another end in the same column: programs round."""


Said = Aside | Note
"""What stands beside the text."""


class Edge(NamedTuple):
    """What a row's definition says of one cell."""

    right: int
    """Where it ends, in twips from the margin."""
    across: str = ""
    """first or on, where it is merged with cells beside it."""
    down: str = ""
    """first or on, where it is merged with cells below or above it."""


@dataclass(slots=True)
class Definition:
    """How the cells of the rows that follow lie."""

    left: int = 0
    edges: list[Edge] = field(default_factory=list)
    heading: bool = False
    last: bool = False
    across: str = ""
    down: str = ""

    def end(self, right: int) -> None:
        """A cell ends here."""
        self.edges.append(Edge(right, self.across, self.down))
        self.across = self.down = ""


class Raw(NamedTuple):
    """A cell whose column is not yet known."""

    blocks: tuple[Block, ...]
    number: int
    """Which cell of its row, from 1."""
    left: int
    right: int
    down: str


@dataclass(slots=True)
class Open:
    """A table in the making."""

    number: int
    since: int
    """How many asides and notes there were when it began."""
    rows: list[tuple[list[Raw], bool]] = field(default_factory=list)
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    """The finished cells of the row that is open."""
    blocks: list[Block] = field(default_factory=list)
    """What stands in the cell that is open."""
    paragraphs: int = 0

    def finish_cell(self) -> None:
        """The open cell is full."""
        self.cells.append(tuple(self.blocks))
        self.blocks, self.paragraphs = [], 0

    def finish_row(self, definition: Definition, beside: list[Said], part: str) -> None:
        """The open row is full: lay its cells where its definition says."""
        if self.blocks:
            self.finish_cell()
        row: list[Raw] = []
        left = definition.left
        for number, blocks in enumerate(self.cells, 1):
            edge = definition.edges[number - 1] if number <= len(definition.edges) else Edge(left + 1000)
            right = max(edge.right, left + _NEAR_TWIPS + 1)
            if edge.across == "on" and row:
                row[-1] = row[-1]._replace(right=right)
                _set_aside(blocks, beside, Place(part, self.number, len(self.rows) + 1, number))
            else:
                row.append(Raw(blocks, number, left, right, edge.down))
            left = right
        self.rows.append((row, definition.heading))
        self.cells = []

    def table(self, part: str, beside: list[Said]) -> Table:
        """Return the finished table, and put asides and notes that stand in it into their columns too."""
        columns = _columns([raw for row, _ in self.rows for raw in row])
        rows: list[Row] = []
        above: dict[int, tuple[int, int]] = {}
        at: dict[tuple[int | None, int | None], int] = {}
        for row, heading in self.rows:
            cells: list[Cell] = []
            for raw in row:
                column, end = columns[raw.left], columns[raw.right]
                at[len(rows) + 1, raw.number] = column
                if raw.down == "on" and column in above:
                    _cover(rows, above[column])
                    _set_aside(raw.blocks, beside, Place(part, self.number, len(rows) + 1, raw.number))
                    continue
                above.pop(column, None)
                if raw.down == "first":
                    above[column] = len(rows), len(cells)
                cells.append(Cell(_moved(raw.blocks, column), column, max(end - column, 1)))
            rows.append(Row(tuple(cells), heading))
        _move(beside, self.since, self.number, at)
        return Table(tuple(rows), Place(part, self.number))


def _columns(cells: list[Raw]) -> dict[int, int]:
    """Number the places where cells begin and end as columns, from 1."""
    columns: dict[int, int] = {}
    number, last = 0, None
    for edge in sorted({edge for raw in cells for edge in (raw.left, raw.right)}):
        if last is None or edge - last > _NEAR_TWIPS:
            number, last = number + 1, edge
        columns[edge] = number
    return columns


def _cover(rows: list[Row], where: tuple[int, int]) -> None:
    """Let a cell above cover the row that is being made."""
    row, index = where
    cells = rows[row].cells
    covering = cells[index]._replace(rows=len(rows) + 1 - row)
    rows[row] = rows[row]._replace(cells=(*cells[:index], covering, *cells[index + 1 :]))


def _moved(blocks: tuple[Block, ...], column: int) -> tuple[Block, ...]:
    return tuple(block._replace(place=block.place._replace(column=column)) if isinstance(block, Paragraph) else block for block in blocks)


def _move(said: list[Said], since: int, table: int, at: dict[tuple[int | None, int | None], int]) -> None:
    for index in range(since, len(said)):
        place = said[index].place
        if place.table == table:
            said[index] = said[index]._replace(place=place._replace(column=at.get((place.row, place.column), place.column)))


def _set_aside(blocks: tuple[Block, ...], beside: list[Said], place: Place) -> None:
    """Keep words of a cell that another one covers: Word does not show them."""
    words = "\n".join(paragraph.text for paragraph in Document("rtf", blocks).paragraphs() if paragraph.text)
    if words:
        beside.append(Aside("hidden", words, place))
