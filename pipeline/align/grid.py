"""Read a table: rows below a header row cell by cell, each for the field of its column; other rows as running text."""

import re
from collections import deque
from typing import TYPE_CHECKING

from pipeline.align.choosing import enclosing
from pipeline.align.columns import Columns, Seen, headed, header
from pipeline.align.filling import LIST
from pipeline.align.items import Item
from pipeline.align.lines import Kind
from pipeline.align.parts import Part, between, parts
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.documents import Block, Cell, Document, Paragraph, Table
from pipeline.model.places import Place

if TYPE_CHECKING:
    from pipeline.align.walk import Walk

_TABS = re.compile(r"\t+")
_MOST_DIGITS = 2
"""Of the number of an item."""
_SHORTEST = 3
"""Letters of a word of the blank, such as "No.", that in a cell of its own is more likely somebody's answer."""


class Grid:
    """Reads the tables of one return on behalf of the walk through it."""

    def __init__(self, walk: "Walk") -> None:
        self._walk = walk
        self._layout = walk.layout
        self._filling = walk.filling

    def table(self, table: Table) -> None:
        """Read a table, row by row."""
        columns: Columns | None = None
        rows = [[self._see(cell) for cell in row.cells] for row in table.rows]
        for at, cells in enumerate(rows):
            named = header(self._layout, cells, rows[at + 1] if at + 1 < len(rows) else [])
            both = headed(self._layout, cells) if named is None else None
            if named is not None:
                columns = named
                self._header(cells, named)
            elif both is not None:
                columns = None
                self._header([cell._replace(parts=cell.parts[:1]) for cell in cells], both[0])
                self._row(both[1], both[0])
            elif columns is not None and not _begins_with_label(cells):
                self._row(cells, columns)
            else:
                columns = None
                self._running(cells)
        if table.rows and len(table.rows[-1].cells) > 1:
            self._walk.leave_blank(_first_piece(table.rows[-1].cells[-1]))

    def tabbed(self, first: Paragraph, after: "deque[Block]") -> bool:
        """Read a list whose columns are parted by tabs, where a line's columns are all labels, and say whether it was one.

        Args:
            first: the line that may be the header.
            after: what follows it; the lines of the list are taken from it.
        """
        labels = self._cut(first)
        below = self._cut(after[0]) if after and isinstance(after[0], Paragraph) else []
        columns = header(self._layout, labels, below) if len(below) > 1 else None
        if columns is None or not columns.name:
            return False
        self._header(labels, columns)
        while after and isinstance(after[0], Paragraph) and "\t" in after[0].text:
            cells = self._cut(after[0])
            if _begins_with_label(cells) or not columns.field_at(len(cells)):
                break
            after.popleft()
            self._row(cells, columns)
        return True

    def _cut(self, line: Paragraph) -> list[Seen]:
        """Cut a line at its tabs into cells; several tabs together are one."""
        ends = [*(found.start() for found in _TABS.finditer(line.text)), len(line.text)]
        starts = [0, *(found.end() for found in _TABS.finditer(line.text))]
        return [
            Seen(Cell((line,), column), list(between(line, start, end, self._layout)), ())
            for column, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        ]

    def _see(self, cell: Cell) -> Seen:
        found: list[Part] = []
        tables = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                found += parts(block, self._layout)
            else:
                tables.append(block)
        return Seen(cell, found, tuple(tables))

    def _running(self, cells: list[Seen]) -> None:
        """Read a row as running text, cell after cell."""
        for cell in cells:
            if self._walk.settle(cell.parts, 0):
                break
        for cell in cells:
            if not cell.tables:
                self._walk.flow(cell.parts)
                continue
            for block in cell.cell.blocks:
                if isinstance(block, Paragraph):
                    self._walk.flow(parts(block, self._layout))
                else:
                    self._walk.blocks((block,))

    # -- rows below a header row ---------------------------------------------------------------------------------------

    def _header(self, cells: list[Seen], columns: Columns) -> None:
        """Begin a list, and keep what stands in its header row beside the labels."""
        self._walk.anchors += len(columns.fields)
        self._filling.region += 1
        self._filling.sure = 1.0
        for cell in cells:
            for part in cell.parts:
                if part.kind is Kind.LABEL:
                    self._filling.meet(part)
                elif part.kind is Kind.SLOT:
                    self._walk.slot(part, LIST)
                elif part.kind is Kind.WORDS:
                    self._filling.unplaced.append(part.piece)
        self._walk.forget()

    def _row(self, cells: list[Seen], columns: Columns) -> None:
        """Read a row: each cell belongs to the field of its column."""
        tagged = False
        for cell in cells:
            tagged = tagged or self._walk.settle(cell.parts, LIST)
        outside = self._walk.scope
        if not columns.repeat:
            items = [self._filling.root]
        elif tagged:
            items = [enclosing(outside, columns.repeat) or outside]
        else:
            items = self._items(cells, columns)
        inner = [item.add(columns.inner, region=self._filling.region) for item in items[-1:]] if columns.inner else items
        for cell in cells:
            field = columns.field_at(cell.cell.column)
            self._cell(cell, field, inner if columns.inner and self._layout.owners.get(field) == columns.inner else items)
        for cell in cells:
            self._walk.blocks(cell.tables)
        if columns.repeat and columns.name:
            outside = next((item for item in outside.chain() if item.repeat != columns.repeat), self._filling.root)
        self._walk.scope = outside
        self._walk.forget()

    def _items(self, cells: list[Seen], columns: Columns) -> list[Item]:
        """Return the items of a row without tags: as many new ones as its naming cell has lines; without such a cell, the one around it."""
        around = enclosing(self._walk.scope, columns.repeat) if not columns.name else None
        if around is not None:
            return [around]
        naming = [cell for cell in cells if columns.field_at(cell.cell.column) == columns.name]
        above_it = self._last_item(columns)
        if columns.inner and above_it is not None and not any(self._said(cell) for cell in naming):
            return [above_it]
        parent = enclosing(self._walk.scope, self._layout.owners[columns.repeat]) or self._filling.root
        lines = max((len(self._said(cell)) for cell in naming), default=1)
        return [parent.add(columns.repeat, region=self._filling.region) for _ in range(max(lines, 1))]

    def _last_item(self, columns: Columns) -> Item | None:
        """Return the item of the row above, where the list has one already."""
        parent = enclosing(self._walk.scope, self._layout.owners[columns.repeat]) or self._filling.root
        listed = [item for item in parent.children.get(columns.repeat, ()) if item.region == self._filling.region]
        return listed[-1] if listed else None

    def _cell(self, cell: Seen, field: str, items: list[Item]) -> None:
        tagged = False
        for part in cell.parts:
            if part.kind is Kind.SLOT:
                self._walk.slot(part, LIST)
                tagged = True
            elif not field:
                self._beside(part, items[0])
        if not field or (tagged and len(cell.parts) == 1):
            return
        for item in items:
            if field not in item.slots and self._walk.is_leaf(field) and cell.cell.blocks and not tagged:
                self._filling.open(item, field, _first_piece(cell.cell), "cell", LIST)
        lines = self._said(cell) or _a_bare_word(cell)
        twin = self._layout.twins.get(field)
        if twin and len(items) > 1 and len(lines) != len(items):
            field, items = twin, [enclosing(items[0], self._layout.owners[twin]) or self._filling.root]
        for at, part in enumerate(lines):
            self._filling.say(items[min(at, len(items) - 1)], field, part.piece, "cell", LIST)

    def _said(self, cell: Seen) -> list[Part]:
        """Return the lines of a cell that may be somebody's words; a prompt may read like a label: "priority"."""
        words = [part for part in cell.parts if part.kind not in (Kind.SLOT, Kind.KNOWN, Kind.PROMPT)]
        return [part for part in words if part.kind is not Kind.LABEL or fold(part.piece.text) not in self._layout.prompts]

    def _beside(self, part: Part, item: Item) -> None:
        """Take a bare number in a column that no field owns as the item's number; other words there are unplaced."""
        said = fold(part.piece.text)
        if said.isdigit() and len(said) <= _MOST_DIGITS:
            item.be_numbered(int(said))
        elif part.kind is Kind.WORDS:
            self._filling.unplaced.append(part.piece)


def _begins_with_label(row: list[Seen]) -> bool:
    """Say whether a row leaves the list above it: its first words are a label or the heading of an item."""
    first = next((cell.parts[0] for cell in row if cell.parts), None)
    return first is not None and first.kind in (Kind.LABEL, Kind.OPENER)


def _a_bare_word(cell: Seen) -> list[Part]:
    """Return the one short word of a cell that the blank has elsewhere too: "No" answers, though a column is headed "No."."""
    found = [part for part in cell.parts if part.kind is Kind.KNOWN]
    return found if len(found) == len(cell.parts) == 1 and len(fold(found[0].piece.text)) <= _SHORTEST else []


def _first_piece(cell: Cell) -> Piece:
    """Return an empty piece at the first paragraph of a cell, or at the first table where there is none."""
    document = Document("", cell.blocks)
    paragraph = next(document.paragraphs(), None)
    places = (table.place for table in document.tables())
    return Piece(paragraph or Paragraph("", next(places, Place())), 0, 0)
