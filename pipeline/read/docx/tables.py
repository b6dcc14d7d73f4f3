"""Tables: rows, cells, what covers more than one row or column, and rows that tracked changes deleted.

Source: ECMA-376-1 17.4; 17.13.5.12 (deleted rows are not read).
"""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Block, Cell, Document, Row, Table
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import End, Start
from pipeline.read.counts import count
from pipeline.read.docx.frames import Frame, State

VAL = q("w:val")
_OFF = ("0", "false", "off")
_COLUMNS = 63
"""The most columns that Word gives a table; a larger span is a lie."""


@dataclass(slots=True)
class Open:
    """A table in the making."""

    number: int
    rows: list[Row] = field(default_factory=list)
    above: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By column, the cell that a merge from above would continue: its row and its index there, counted from 0."""
    cells: list[Cell] = field(default_factory=list)
    column: int = 1
    heading: bool = False
    deleted: bool = False
    span: int = 1
    merge: str = ""


class Tables:
    """Follows tables. `starts` and `ends` say which elements it wants to hear of."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.open: list[Open] = []
        self.count = 0

    def starts(self) -> dict[str, Start]:
        """Return what to call where an element begins, by its name."""
        return {
            q("w:tbl"): self._begin,
            q("w:tr"): self._begin_row,
            q("w:tblHeader"): self._heading,
            q("w:gridBefore"): self._before,
            q("w:tc"): self._begin_cell,
            q("w:gridSpan"): self._span,
            q("w:vMerge"): self._merge,
        }

    def ends(self) -> dict[str, End]:
        """Return what to call where an element ends, by its name."""
        return {
            q("w:tbl"): self._finish,
            q("w:tr"): self._finish_row,
            q("w:tc"): self._finish_cell,
        }

    def row_was_deleted(self) -> None:
        """A row's properties say that it was deleted."""
        if self.open:
            self.open[-1].deleted = True

    def _table(self) -> Open:
        """Return the table that a row or cell belongs to."""
        if not self.open:
            raise UnreadableError("corrupt", "The file is damaged: a table row stands outside any table.", "Ask for it again.")
        return self.open[-1]

    def _begin(self, element: Element) -> None:
        self.count += 1
        self.open.append(Open(self.count))

    def _finish(self) -> None:
        if self.open[-1].cells:
            self._finish_row()
        done = self.open.pop()
        self.state.frame.out.append(Table(tuple(done.rows), Place(self.state.part, done.number)))

    def _begin_row(self, element: Element) -> None:
        table = self._table()
        if table.cells:
            self._finish_row()
        table.column, table.heading, table.deleted = 1, False, False

    def _heading(self, element: Element) -> None:
        if self.open:
            self.open[-1].heading = element.get(VAL, "1") not in _OFF

    def _before(self, element: Element) -> None:
        if self.open:
            self.open[-1].column += count(element.get(VAL), _COLUMNS)

    def _begin_cell(self, element: Element) -> None:
        table = self._table()
        table.span, table.merge = 1, ""
        self.state.push(Frame(table.number, len(table.rows) + 1, table.column))

    def _span(self, element: Element) -> None:
        if self.open:
            self.open[-1].span = count(element.get(VAL), _COLUMNS, 1)

    def _merge(self, element: Element) -> None:
        if self.open:
            self.open[-1].merge = element.get(VAL, "continue")

    def _finish_cell(self) -> None:
        table, blocks = self.open[-1], tuple(self.state.pop().out)
        if table.merge == "continue" and table.column in table.above:
            self._continue(table, blocks)
        else:
            table.cells.append(Cell(blocks, table.column, table.span))
            if table.merge and not table.deleted:
                table.above[table.column] = len(table.rows), len(table.cells) - 1
            else:
                table.above.pop(table.column, None)
        table.column += table.span

    def _continue(self, table: Open, blocks: tuple[Block, ...]) -> None:
        """Let the cell above cover this row too; words under it, which Word does not show, are kept beside the text."""
        at, index = table.above[table.column]
        whole = table.rows[at].cells
        covering = whole[index]._replace(rows=len(table.rows) + 1 - at)
        table.rows[at] = table.rows[at]._replace(cells=(*whole[:index], covering, *whole[index + 1 :]))
        self._set_aside("hidden", blocks, table)

    def _finish_row(self) -> None:
        table = self.open[-1]
        if table.deleted:
            for cell in table.cells:
                self._set_aside("deleted", cell.blocks, table)
        else:
            table.rows.append(Row(tuple(table.cells), table.heading))
        table.cells = []

    def _set_aside(self, kind: str, blocks: tuple[Block, ...], table: Open) -> None:
        words = "\n".join(paragraph.text for paragraph in Document("docx", blocks).paragraphs() if paragraph.text)
        if words:
            self.state.asides.append(Aside(kind, words, Place(self.state.part, table.number, len(table.rows) + 1, table.column)))
