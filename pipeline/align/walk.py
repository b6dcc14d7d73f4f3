"""Go through a return in reading order and put every piece of it where it belongs: a slot, the blank's own text, or nowhere.

A tagged control says itself which slot it is. A label opens the field it names, in the innermost item where that makes sense; a label
that an item has had already begins the next item. What follows a label, beside it or below it, is the answer.
"""

from collections.abc import Iterable, Iterator

from pipeline.align.columns import Columns, Seen, header
from pipeline.align.entries import entries, likeness, parted
from pipeline.align.items import CONFIDENCE, Item, Slot
from pipeline.align.layout import Layout
from pipeline.align.lines import Kind
from pipeline.align.parts import Part, parts
from pipeline.align.tagged import Tagged
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.documents import Block, Cell, Paragraph, Table
from pipeline.model.forms import FieldType, schema_path
from pipeline.model.records import Method

_FLOW, _LIST = 0, 1
"""Two views of an item: in running text and label tables, or as the row of a list."""

_HEADING = ""
"""In place of a field: words that follow here belong to the heading of the item."""


_LONGEST_TITLE = 250
"""Characters of the longest line that can be the name of an item."""
_SAME_TITLE = 88.0
"""How alike (0 to 100) a heading must be to the name of an item to begin its block."""


class Walk:
    """One return being laid against the form. Use once: `blocks`, then read `root`, `unplaced` and `anchors`."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.root = Item("")
        self.unplaced: list[Piece] = []
        self.anchors = 0
        self.tags: set[str] = set()
        self._scope = self.root
        self._pending: tuple[str, ...] = ()
        self._asked: Part | None = None
        """The label that is pending, where there is one."""
        self._explained = False
        """Whether the blank's own explanation follows it: unless words follow too, that is guidance."""
        self._guided: list[tuple[Item, tuple[str, ...], Piece]] = []
        self._boxes: dict[str, Piece] = {}
        """The labels of the boxes that were met."""
        self._target: tuple[Item, str] | None = None
        self._list: tuple[Item, str] | None = None
        self._entry: Item | None = None
        self._last: tuple[Slot | None, Piece] | None = None
        self._tagged = Tagged(self.root, layout)
        self._regions = 0
        self._values = 0

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Go through blocks in reading order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                found = parts(block, self.layout)
                self._settle(found, _FLOW)
                self._flow(found)
            else:
                self._table(block)

    # -- tables --------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        columns: Columns | None = None
        before = self._target
        rows = [[self._see(cell) for cell in row.cells] for row in table.rows]
        for at, cells in enumerate(rows):
            named = header(self.layout, cells, rows[at + 1] if at + 1 < len(rows) else [])
            if named is not None:
                columns = named
                self.anchors += len(named.fields)
                self._pending, self._target = (), None
                self._regions += 1
                self._beside_labels(cells)
            elif columns is not None and not _begins_with_label(cells):
                self._row(cells, columns)
            else:
                columns = None
                for cell in cells:
                    if self._settle(cell.parts, _FLOW):
                        break
                for cell in cells:
                    self._flow_cell(cell)
        self._leave(table, before)

    def _leave(self, table: Table, before: tuple[Item, str] | None) -> None:
        """End what was asked in a table: words below it answer nothing in it, unless it ends on a label alone or begins an item."""
        if self._pending and table.rows and len(table.rows[-1].cells) > 1:
            self._leave_blank(_first_place(table.rows[-1].cells[-1]))
        if self._target is not None and self._target is not before and self._target[1] != _HEADING:
            self._target = None

    def _see(self, cell: Cell) -> Seen:
        found: list[Part] = []
        tables = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                found += parts(block, self.layout)
            else:
                tables.append(block)
        return Seen(cell, found, tuple(tables))

    def _flow_cell(self, cell: Seen) -> None:
        if not cell.tables:
            self._flow(cell.parts)
            return
        for block in cell.cell.blocks:
            if isinstance(block, Paragraph):
                self._flow(parts(block, self.layout))
            else:
                self._table(block)

    def _row(self, cells: list[Seen], columns: Columns) -> None:
        """Read a row below a header row: each cell belongs to the field of its column."""
        tagged = False
        for cell in cells:
            tagged = tagged or self._settle(cell.parts, _LIST)
        outside = self._scope
        if not columns.repeat:
            items = [self.root]
        elif tagged:
            items = [next((item for item in outside.chain() if item.repeat == columns.repeat), outside)]
        else:
            items = self._listed(cells, columns)
        for cell in cells:
            self._row_cell(cell, columns.field_at(cell.cell.column), items)
        for cell in cells:
            for table in cell.tables:
                self._table(table)
        self._scope = next((item for item in outside.chain() if item.repeat != columns.repeat), self.root) if columns.repeat else outside
        self._pending, self._target = (), None

    def _listed(self, cells: list[Seen], columns: Columns) -> list[Item]:
        """Open the items of a row without tags: one, or as many as its naming cell has lines."""
        above = self.layout.owners[columns.repeat]
        parent = next((item for item in self._scope.chain() if item.repeat == above), self.root)
        naming = (cell for cell in cells if columns.field_at(cell.cell.column) == columns.name)
        lines = max((len(_entries(cell.parts)) for cell in naming), default=1)
        return [parent.add(columns.repeat, region=self._regions) for _ in range(max(lines, 1))]

    def _row_cell(self, cell: Seen, field: str, items: list[Item]) -> None:
        tagged = False
        for part in cell.parts:
            if part.kind is Kind.SLOT:
                self._slot(part, _LIST)
                tagged = True
            elif not field:
                self._beside(part, items[0])
        if not field or (tagged and len(cell.parts) == 1):
            return
        for item in items:
            if field not in item.slots and field not in self.layout.boxes and cell.cell.blocks and not tagged:
                self._open(item, field, _first_place(cell.cell), "cell", _LIST)
        for at, entry in enumerate(_entries(cell.parts)):
            item = items[min(at, len(items) - 1)]
            for part in entry:
                self._say_in(item, field, part.piece, "cell", _LIST)

    def _beside_labels(self, header_row: list[Seen]) -> None:
        """Keep what stands in a header row beside its labels."""
        for cell in header_row:
            for part in cell.parts:
                self._boxes.update((path, part.piece) for path in part.fields if path in self.layout.boxes)
                if part.kind is Kind.SLOT:
                    self._slot(part, _LIST)
                elif part.kind is Kind.WORDS:
                    self.unplaced.append(part.piece)
        self._target = None

    def _beside(self, part: Part, item: Item) -> None:
        """Take a bare number in a column that no field owns as the item's number; other words there are unplaced."""
        said = fold(part.piece.text)
        if said.isdigit() and len(said) < 3:
            item.be_numbered(int(said))
        elif part.kind is Kind.WORDS:
            self.unplaced.append(part.piece)

    # -- running text and label tables ---------------------------------------------------------------------------------

    def _flow(self, found: list[Part]) -> None:
        for part in found:
            if part.kind is Kind.SLOT:
                self._slot(part, _FLOW)
            elif part.kind is Kind.LABEL and self._dates_the_entry(part):
                self._go_on(part.piece)
            elif part.kind is Kind.LABEL and self._repeats_the_label(part):
                self._say(part.piece)
            elif part.kind is Kind.LABEL:
                self._pass_over(part.piece)
                self.anchors += 1
                self._ask(part)
            elif part.kind is Kind.OPENER:
                self._pass_over(part.piece)
                self._begin(part)
            elif part.kind is Kind.PROMPT:
                self._leave_blank(part.piece)
            elif part.kind is Kind.KNOWN:
                self._explained = self._explained or (bool(self._pending) and self._is_beside(part.piece))
            elif self._is_title(part.piece):
                self._pass_over(part.piece)
                self._begin_named(part.piece)
            else:
                self._say(part.piece)

    def _repeats_the_label(self, part: Part) -> bool:
        """Say whether an answer begins with a label of its own field: "Chair: | Co-Chairs: Jo Penrose and Al Ash"."""
        return bool(self._pending) and part.fields == self._pending and part.piece.end < len(part.piece.paragraph.text)

    def _ask(self, part: Part) -> None:
        """Keep a label until it is seen what follows it."""
        self._pending, self._asked, self._explained = part.fields, part, False
        self._boxes.update((path, part.piece) for path in part.fields if path in self.layout.boxes)

    def _is_beside(self, piece: Piece) -> bool:
        """Say whether words stand on the line of the label that is pending."""
        return self._asked is not None and self._is_next_to(self._asked.piece, piece)

    def _dates_the_entry(self, part: Part) -> bool:
        """Say whether a label gives the date of the entry in whose paragraph it stands: "Open the junction / By when: May 2012"."""
        if self._pending or not self._last or not self._last[0] or self._last[1].paragraph is not part.piece.paragraph:
            return False
        in_a_list = self._entry is not None or (self._target is not None and self.layout.form.field(self._target[1]).type is FieldType.LIST)
        return in_a_list and all(self.layout.form.by_path[path].type is FieldType.DATE for path in part.fields if path in self.layout.form.by_path)

    def _pass_over(self, at: Piece) -> None:
        """Go on to what begins here. A label with its explanation, and no words after it, may have been mere guidance."""
        if self._pending and self._explained and self._asked is not None:
            self._guided.append((self._scope, self._pending, self._asked.piece))
            self._pending, self._target = (), None
        self._leave_blank(at)

    def ask_again(self) -> None:
        """Give the fields whose labels were explained and not answered an empty slot, in the items that turned out to have none."""
        for scope, fields, at in self._guided:
            for path in fields:
                item = next((item for item in scope.chain() if item.repeat == self.layout.owners[path]), None)
                if item is not None and path not in item.slots and path in self.layout.form.by_path and self.layout.form.by_path[path].is_leaf:
                    self._open(item, path, at, "cell" if at.place.table else "phrase", _FLOW)

    # -- blocks that begin with the name of an item ----------------------------------------------------------------------

    def _is_title(self, piece: Piece) -> bool:
        """Say whether a line is the name of an item that was listed before: then it is the heading of that item's block."""
        if self.layout.wordings is None or len(piece.text) > _LONGEST_TITLE or not self._begins_a_line(piece):
            return False
        names = [item.said(self.layout.names[repeat]) for repeat, item in self._listed_items()]
        return bool(names) and any(likeness(piece.text, name) >= _SAME_TITLE for name in names)

    def _listed_items(self) -> Iterator[tuple[str, Item]]:
        for repeat in self.layout.described:
            for item in self.root.children.get(repeat, ()):
                if item.region and not item.children:
                    yield repeat, item

    @staticmethod
    def _begins_a_line(piece: Piece) -> bool:
        return not piece.paragraph.text[: piece.start].rpartition("\n")[2].strip()

    def _begin_named(self, piece: Piece) -> None:
        """Begin the block of an item that a heading names."""
        repeat = max(self._listed_items(), key=lambda listed: likeness(piece.text, listed[1].said(self.layout.names[listed[0]])))[0]
        self._scope = self.root.add(repeat)
        self._scope.heading.append(piece)
        self._pending, self._target, self._last = (), None, None
        self._list = self._entry = None

    def _say(self, piece: Piece) -> None:
        if self._pending:
            self._turn_to(self._resolve(self._untwinned(self._pending, self._is_beside(piece))))
        elif self._list is not None and self._goes_on(piece):
            self._target = self._list
        if self._target is None:
            self.unplaced.append(piece)
            self._last = None, piece
        else:
            self._say_in(*self._target, piece, "cell" if piece.place.table else "phrase", _FLOW)

    def _turn_to(self, target: tuple[Item, str]) -> None:
        """Let words that follow answer a field. One of a repeat lists its items; a label within an entry leaves the list open."""
        self._pending, self._target = (), target
        if target[1] in self.layout.form.repeats or target[1] in self.layout.boxes:
            self._list, self._entry = target, None
            self._regions += 1
        elif target[0] is not self._entry:
            self._list = self._entry = None

    def _goes_on(self, piece: Piece) -> bool:
        """Say whether a list goes on below an entry's own label: "Lead officer: Jo", and on the next line the next entry."""
        if self._target is None or self._target[0] is not self._entry or self._last is None:
            return False
        slot, last = self._last
        said = slot is not None and slot is self._entry.slots.get(self._target[1]) and bool(slot.pieces)
        return said and not self._is_next_to(last, piece)

    @staticmethod
    def _is_next_to(last: Piece, piece: Piece) -> bool:
        return last.paragraph is piece.paragraph and "\n" not in piece.paragraph.text[last.end : piece.start]

    def _say_in(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        """Add words to a field; to a repeat as a new item of it, to a group as the words of the whole group."""
        if path == _HEADING:
            item.heading.append(piece)
            self._last = None
            return
        listed = path in self.layout.form.repeats or path in self.layout.boxes or self.layout.form.by_path[path].type is FieldType.LIST
        if listed and self._runs_on(piece):
            self._go_on(piece)
        elif listed:
            for entry in entries(piece):
                self._say_entry(item, path, entry, method, view)
        else:
            self._say_value(item, self.layout.names.get(path, path), piece, method, view)

    def _runs_on(self, piece: Piece) -> bool:
        """Say whether words go on with the entry before them: on its line, or on the next line of one list item."""
        if self._last is None or self._last[0] is None or not self._last[0].pieces:
            return False
        last = self._last[1]
        return last.paragraph is piece.paragraph and (bool(piece.paragraph.bullet) or self._is_next_to(last, piece))

    def _go_on(self, piece: Piece) -> None:
        """Add words to the entry before them."""
        assert self._last is not None and self._last[0] is not None
        slot = self._last[0]
        slot.pieces.append((slot.pieces[-1][0], piece))
        self._last = slot, piece

    def _say_entry(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        if path in self.layout.boxes:
            self._say_boxed(item, path, piece, method, view)
            return
        if path in self.layout.form.repeats:
            item, path = item.add(path, region=self._regions), self.layout.names[path]
            self._entry = item
        self._say_value(item, path, piece, method, view)

    def _say_boxed(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        """Add an entry of a box: an item that has what the box sets, and perhaps a second field after a dash."""
        repeat, box = self.layout.boxes[path]
        self._entry = entry = item.add(repeat, region=self._regions)
        for key, says in box.sets.items():
            slot = self._open(entry, f"{repeat}.{key}", self._boxes[path], method, view)
            slot.pieces.append((0, self._boxes[path]))
            slot.says = says
        name, rest = parted(piece) if box.then else (piece, None)
        if rest is not None:
            self._say_value(entry, f"{repeat}.{box.then}", rest, method, view)
        self._say_value(entry, self.layout.names[repeat], name, method, view)

    def _say_value(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        slot = item.slot_in(path, view) or self._open(item, path, piece, method, view)
        self._values -= 1
        slot.pieces.append((self._values, piece))
        self._last = slot, piece

    def _open(self, item: Item, path: str, at: Piece, method: Method, view: int) -> Slot:
        slot = Slot(at.place, method, CONFIDENCE[method], view=view)
        known = item.slots.get(path)
        if known is not None and known.pieces:
            item.further.append((path, slot))
        else:
            item.slots[path] = slot
            item.further += [(path, known)] if known is not None else []
        return slot

    def _leave_blank(self, at: Piece) -> None:
        """Give the field of a label that no words follow an empty slot."""
        if not self._pending:
            return
        item, path = self._resolve(self._untwinned(self._pending, beside=False))
        if path not in self.layout.boxes and self.layout.form.field(path).is_leaf and path not in item.slots:
            self._open(item, path, at, "cell" if at.place.table else "phrase", _FLOW)
        self._turn_to((item, path))

    def _begin(self, part: Part) -> None:
        """Begin the item that a heading such as "Priority 2" announces."""
        self.anchors += 1
        repeat = part.fields[0]
        parent = next((item for item in self._scope.chain() if item.repeat == self.layout.owners[repeat]), self.root)
        known = parent.numbered(repeat, part.number)
        waits = known is not None and (known in self._tagged or not (known.said(self.layout.names[repeat]) or known.heading))
        self._scope = known if known is not None and waits else parent.add(repeat, number=part.number)
        self._pending, self._target = (), (self._scope, _HEADING)
        self._list = self._entry = None

    def _untwinned(self, candidates: tuple[str, ...], beside: bool) -> tuple[str, ...]:
        """Choose between a field of an entry and the list whose label reads alike, for a label such as "Measure of success".

        It asks for the entry's own where the answer stands beside it, or where the entry has other labelled answers already; a label
        over lines of its own asks for the list, once an item.
        """
        twin = next((self.layout.twins[path] for path in candidates if path in self.layout.twins), None)
        if twin is None or beside or (self._entry is not None and len(self._entry.slots) > 1):
            return candidates
        item = next((item for item in self._scope.chain() if item.repeat == self.layout.owners[twin]), None)
        return candidates if item is None or twin in item.slots or item.children.get(twin) else (twin,)

    def _resolve(self, candidates: tuple[str, ...]) -> tuple[Item, str]:
        """Choose the field that a label names here, and the item it belongs to; begin a new item where the label asks for one."""
        if self._list is not None and self._entry is not None:
            for path in candidates:
                if self.layout.owners[path] == self._entry.repeat and path not in self._entry.slots:
                    return self._entry, path
        best: tuple[tuple[int, int, int], Item, str] | None = None
        for path in candidates:
            own = self.layout.owners[path]
            for distance, item in enumerate(self._scope.chain()):
                if item.repeat == own or not item.repeat or own.startswith(f"{item.repeat}."):
                    again = int(item.repeat == own and self._has(item, path))
                    rank = again, own.removeprefix(item.repeat).count(".") + (item.repeat != own), distance
                    if best is None or rank < best[0]:
                        best = rank, item, path
        assert best is not None  # the record itself is in every chain
        (again, _, _), item, path = best
        own = self.layout.owners[path]
        if item.repeat == own and not (again and own):
            return item, path
        return self._next_item(item.parent or self.root if item.repeat == own else item, own), path

    def _next_item(self, item: Item, repeat: str) -> Item:
        """Begin an item of a repeat, and of the repeats on the way down to it."""
        heading = self._heading_before()
        while item.repeat != repeat:
            steps = (other for other in self.layout.form.repeats if self.layout.owners[other] == item.repeat)
            item = item.add(next(step for step in steps if repeat == step or repeat.startswith(f"{step}.")))
        self._scope = item
        if heading is not None:
            item.heading.append(heading)
        return item

    def _has(self, item: Item, path: str) -> bool:
        """Say whether an item has had a label before."""
        path = self.layout.names.get(path, path) if path not in self.layout.form.repeats else path
        return path in item.slots or bool(item.children.get(path))

    def _heading_before(self) -> Piece | None:
        """Take back the line before the label that begins a new item, where it is a heading: it is the item's name."""
        if self._last is None:
            return None
        slot, piece = self._last
        same_cell = slot is not None and slot.pieces and slot.pieces[0][1].place[:4] == piece.place[:4]
        if not piece.paragraph.heading and same_cell:
            return None
        if slot is None:
            self.unplaced.remove(piece)
        else:
            slot.pieces = [(number, known) for number, known in slot.pieces if known is not piece]
        return piece

    # -- tagged controls -----------------------------------------------------------------------------------------------

    def _settle(self, found: list[Part], view: int) -> bool:
        """Go to the item that the first tagged control belongs to, before the labels around it are read; say whether there is one."""
        for part in found:
            if part.kind is Kind.SLOT:
                self._scope = self._tagged.item(part, view)
                return True
        return False

    def _slot(self, part: Part, view: int) -> None:
        item, path = self._tagged.item(part, view), schema_path(part.fields[0])
        slot = item.slots.get(path)
        if slot is None or (slot.view != view and not self.layout.form.by_path[path].many):
            slot = self._open(item, path, part.piece, "control", view)
        if not part.empty:
            slot.pieces.append((part.number, part.piece))
            self._last = slot, part.piece
        self.tags.add(part.fields[0])
        self.anchors += 1
        self._scope, self._target, self._pending = item, (item, path), ()


def _begins_with_label(row: list[Seen]) -> bool:
    """Say whether a row leaves the list above it: its first words are a label or the heading of an item."""
    first = next((cell.parts[0] for cell in row if cell.parts), None)
    return first is not None and first.kind in (Kind.LABEL, Kind.OPENER)


def _entries(found: list[Part]) -> list[list[Part]]:
    """Gather the lines of a cell into entries: one a line, or where lines are numbered, one a number with what follows it."""
    lines = [part for part in found if part.kind not in (Kind.SLOT, Kind.KNOWN, Kind.PROMPT)]
    return [[part] for part in lines]


def _first_place(cell: Cell) -> Piece:
    block = cell.blocks[0]
    while isinstance(block, Table):
        block = block.rows[0].cells[0].blocks[0]
    return Piece(block, 0, 0)
