"""Go through a return in reading order and put every piece of it where it belongs: a slot, the blank's own text, or nowhere.

A tagged control says itself which slot it is. A label opens the field it names, in the innermost item where that makes sense; a label
that an item has had already begins the next item. What follows a label, beside it or below it, is the answer.
"""

from collections import deque
from collections.abc import Iterable

from pipeline.align.choosing import choose, enclosing, steps_to, untwinned
from pipeline.align.filling import FLOW, Filling, begins_bold, is_next_to, is_of_a_kind, is_set_off
from pipeline.align.grid import Grid
from pipeline.align.items import Item
from pipeline.align.layout import Layout
from pipeline.align.lines import Kind
from pipeline.align.parts import AREAS, WRITTEN, Part, parts
from pipeline.align.tagged import Tagged
from pipeline.align.titles import named_by
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.documents import Block, Paragraph
from pipeline.model.forms import FieldType, schema_path
from pipeline.model.records import Method

_HEADING = ""
"""In place of a field: words that follow here belong to the heading of the item."""


_FEWEST_ENTRIES = 2


class Walk:
    """One return being laid against the form. Use once: `blocks`, `finish`, then read `filling`, `anchors` and `tags`."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.filling = Filling(layout)
        self.scope = self.filling.root
        """The innermost item that is being described."""
        self.anchors = 0
        self.tags: set[str] = set()
        self._asked: Part | None = None
        """The label that no words have followed yet."""
        self._explained = False
        """Whether the blank's own explanation follows it: unless words follow too, that is guidance."""
        self._guided: list[tuple[Item, Part]] = []
        self._target: tuple[Item, str] | None = None
        """What the words that come next answer."""
        self._list: tuple[Item, str] | None = None
        """The list in running text that is being read."""
        self._column: deque[Item] = deque()
        """The entries of a list that lines of their own, further down, say more about: each line the next of them."""
        self._tagged = Tagged(self.filling.root, layout)
        self._grid = Grid(self)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Go through blocks in reading order."""
        waiting = deque(blocks)
        while waiting:
            block = waiting.popleft()
            if isinstance(block, Paragraph):
                if "\t" in block.text and self._grid.tabbed(block, waiting):
                    continue
                found = parts(block, self.layout)
                self.settle(found, FLOW)
                self.flow(found)
            else:
                before = self._target
                self._grid.table(block)
                self._leave_table(before)

    def finish(self) -> None:
        """Give the fields whose labels were explained and not answered an empty slot, in the items that turned out to have none."""
        for scope, label in self._guided:
            for path in label.fields:
                item = enclosing(scope, self.layout.owners[path])
                if item is not None and path not in item.slots and self.is_leaf(path):
                    self.filling.open(item, path, label.piece, _method(label.piece), FLOW)
        del self._grid  # it refers back to the walk, and would keep it in memory

    # -- running text and label tables ---------------------------------------------------------------------------------

    def flow(self, found: list[Part]) -> None:
        """Read the parts of running text, or of a cell that no header row names."""
        for part in found:
            match part.kind:
                case Kind.SLOT:
                    self.slot(part, FLOW)
                case Kind.LABEL:
                    self._label(part)
                case Kind.OPENER:
                    self._pass_over(part.piece)
                    self._begin_numbered(part)
                case Kind.PROMPT:
                    self.leave_blank(part.piece)
                case Kind.KNOWN if self._answers_a_choice(part):
                    self._words(part.piece)
                case Kind.KNOWN:
                    self._explained = self._explained or (self._asked is not None and is_next_to(self._asked.piece, part.piece))
                case Kind.WORDS:
                    self._words(part.piece)

    def _answers_a_choice(self, part: Part) -> bool:
        """Say whether one word of the blank is somebody's choice: "No" after a label that asks for one, though a column is headed "No."."""
        if self._asked is None or self._explained or " " in fold(part.piece.text):
            return False
        fields = self.layout.form.by_path
        return any(path in fields and fields[path].type is FieldType.CHOICE for path in self._asked.fields)

    def _label(self, part: Part) -> None:
        if self._dates_the_entry(part):
            self.filling.go_on(part.piece)
        elif self._repeats_the_label(part):
            self._say(part.piece)
        else:
            self._pass_over(part.piece)
            self.anchors += 1
            self._asked, self._explained = part, False
            self.filling.meet(part)

    def _dates_the_entry(self, part: Part) -> bool:
        """Say whether a label gives the date of the entry in whose paragraph it stands: "Open the junction / By when: May 2012"."""
        last = self.filling.last
        if self._asked or not last or not last[0] or last[1].paragraph is not part.piece.paragraph or not self._in_a_list():
            return False
        return all(self.layout.form.by_path[path].type is FieldType.DATE for path in part.fields if path in self.layout.form.by_path)

    def _in_a_list(self) -> bool:
        listed = self._target is not None and self._target[1] and self.filling.is_list(self._target[1])
        return bool(listed) or self.filling.entry is not None

    def _repeats_the_label(self, part: Part) -> bool:
        """Say whether an answer begins with a label of its own field: "Chair: | Co-Chairs: Jo Penrose and Al Ash"."""
        if self._asked is None or part.fields != self._asked.fields or part.piece.end >= len(part.piece.paragraph.text):
            return False
        place, before = part.piece.place, self._asked.piece.place
        return place.table is not None and place[:4] != before[:4] and not begins_bold(part.piece)

    def _words(self, piece: Piece) -> None:
        repeat = named_by(piece, self.filling)
        if repeat:
            self._pass_over(piece)
            self._begin_named(repeat, piece)
        else:
            self._say(piece)

    def _say(self, piece: Piece) -> None:
        self._aim(piece)
        if self._target is None:
            self.filling.leave(piece)
        elif self._target[1] == _HEADING:
            self._target[0].heading.append(piece)
            self.filling.last = None
        else:
            self.filling.say(*self._target, piece, _method(piece), FLOW)

    def _aim(self, piece: Piece) -> None:
        """Say what words answer: the label before them, what the words before them answered, or nothing."""
        if self._asked is not None:
            self._aim_by_label(self._asked, piece)
        elif self._column and self._target is not None and not self._is_in_the_paragraph_before(piece):
            self._target = self._column.popleft(), self._target[1]
        elif self._list is not None and self._goes_on(piece):
            self._target = self._list
        elif self._ends_here(piece):
            self._list = self._target = None

    def _aim_by_label(self, label: Part, piece: Piece) -> None:
        beside = is_next_to(label.piece, piece)
        self._column = deque() if beside else self._entries_without(label)
        if self._column:
            self._asked = self._list = None
            self._target = self._column.popleft(), label.fields[0]
        elif self._is_next_entry(piece):
            self.leave_blank(piece)
            self._target = self._list
        else:
            target = self._resolve(label, beside=beside)
            self._describe(*target)
            self._turn_to(target)
            if self._has_one_line(target[1]):
                self.filling.ask_again(*target)

    def _entries_without(self, label: Part) -> "deque[Item]":
        """Return the entries of the list above a label whose field none of them has: the lines below it answer it, one an entry."""
        entry = self.filling.entry
        if entry is None or entry.parent is None or self._list is None or self.layout.owners[label.fields[0]] != entry.repeat:
            return deque()
        listed = [item for item in entry.parent.children[entry.repeat] if item.region == entry.region]
        alone = len(listed) < _FEWEST_ENTRIES or any(label.fields[0] in item.slots for item in listed)
        return deque() if alone or label.fields[0] in self.layout.twins or not self._is_short(label.fields[0]) else deque(listed)

    def _is_in_the_paragraph_before(self, piece: Piece) -> bool:
        return self.filling.last is not None and self.filling.last[1].paragraph is piece.paragraph

    def _is_next_entry(self, piece: Piece) -> bool:
        """Say whether a label of an entry was left blank, and the list goes on: "Lead officer: / 2. Roads"."""
        entry = self.filling.entry
        if entry is None or self._list is None or self._asked is None or is_next_to(self._asked.piece, piece):
            return False
        if not any(self.layout.owners[path] == entry.repeat and path not in self.layout.twins for path in self._asked.fields):
            return False
        name = entry.slots.get(self.layout.names.get(entry.repeat, ""))
        return name is not None and bool(name.pieces) and is_of_a_kind(piece, name.pieces[0][1])

    def _ends_here(self, piece: Piece) -> bool:
        """Say whether an answer ends before words that look like a heading of something else, or unlike the entries of the list so far."""
        if self.layout.wordings is None or self._target is None or not self._target[1] or self.filling.last is None:
            return False
        slot, before = self.filling.last
        if slot is not None and self.filling.is_list(self._target[1]) and before.place.table is None and piece.place.table is not None:
            return True
        if slot is None or before.paragraph is piece.paragraph or before.place[:4] != piece.place[:4]:
            return False
        return piece.paragraph.heading > 0 or (self.filling.is_list(self._target[1]) and is_set_off(piece, before))

    def _goes_on(self, piece: Piece) -> bool:
        """Say whether a list goes on below an entry's own label: "Lead officer: Jo", and on the next line the next entry."""
        entry, last = self.filling.entry, self.filling.last
        if entry is None or last is None or self._target is None or self._target[0] is not entry:
            return False
        slot, before = last
        return slot is not None and slot is entry.slots.get(self._target[1]) and bool(slot.pieces) and not is_next_to(before, piece)

    def _turn_to(self, target: tuple[Item, str]) -> None:
        """Let words that follow answer a field. One of a repeat lists its items; a label within an entry leaves the list open."""
        self._asked, self._target = None, target
        if target[1] in self.layout.form.repeats or target[1] in self.layout.boxes:
            self._list, self.filling.entry = target, None
            self.filling.region += 1
        elif target[0] is not self.filling.entry:
            self._list = self.filling.entry = None

    # -- labels that nothing answered ----------------------------------------------------------------------------------

    def _pass_over(self, at: Piece) -> None:
        """Go on to what begins here. A label with its explanation, and no words after it, may have been mere guidance."""
        if self._asked is not None and self._explained:
            self._guided.append((self.scope, self._asked))
            self._asked = self._target = None
        self.leave_blank(at)

    def leave_blank(self, at: Piece) -> None:
        """Give the field of a label that no words follow an empty slot."""
        self._column.clear()
        if self._asked is None:
            return
        item, path = self._resolve(self._asked, beside=False)
        if self.is_leaf(path) and path not in item.slots:
            self.filling.open(item, path, at, _method(at), FLOW)
        self._turn_to((item, path))

    def is_leaf(self, path: str) -> bool:
        """Say whether a field has a slot of its own."""
        return path not in self.layout.boxes and self.layout.form.by_path[path].is_leaf

    def _leave_table(self, before: tuple[Item, str] | None) -> None:
        """End what was asked in a table: words below it answer nothing in it, unless it begins an item."""
        if self._target is not None and self._target is not before and self._target[1] != _HEADING:
            self._target = None

    def forget(self) -> None:
        """End what was asked."""
        self._asked = self._target = None

    # -- items ---------------------------------------------------------------------------------------------------------

    def _begin_numbered(self, part: Part) -> None:
        """Begin the item that a heading such as "Priority 2" announces."""
        self.anchors += 1
        repeat = part.fields[0]
        parent = enclosing(self.scope, self.layout.owners[repeat]) or self.filling.root
        known = parent.numbered(repeat, part.number)
        waits = known is not None and (known in self._tagged or not (known.said(self.layout.names[repeat]) or known.heading))
        self._begin(known if known is not None and waits else parent.add(repeat, number=part.number))
        self._target = self.scope, _HEADING

    def _begin_named(self, repeat: str, piece: Piece) -> None:
        """Begin the block of an item that a heading names."""
        self._begin(self.filling.root.add(repeat))
        self.scope.heading.append(piece)
        self._target = self.filling.last = None

    def _begin(self, item: Item) -> None:
        self.scope = item
        self._asked = self._list = self.filling.entry = None

    def _resolve(self, label: Part, *, beside: bool) -> tuple[Item, str]:
        """Return the field that a label names here, and its item; begin a new item where the label asks for one."""
        entry = self.filling.entry
        fields = untwinned(self.layout, self.scope, label.fields, entry, beside=beside)
        item, path, begins = choose(self.layout, self.scope, fields, entry if self._list is not None else None)
        self.filling.sure = label.sure
        if not begins:
            return item, path
        heading = self.filling.take_back_heading()
        for step in steps_to(self.layout, item.repeat, self.layout.owners[path]):
            item = item.add(step)
        self.scope = item
        if heading is not None:
            item.heading.append(heading)
        return item, path

    def _describe(self, item: Item, path: str) -> None:
        """Take an entry of a list for the heading of a block where it is described at length: the list has ended before it."""
        if item is self.filling.entry and item.repeat in self.layout.described and not self._is_short(path):
            item.region = 0
            self._begin(item)

    def _is_short(self, path: str) -> bool:
        return self.is_leaf(path) and self.layout.form.by_path[path].type not in (FieldType.PASSAGE, FieldType.LIST)

    def _has_one_line(self, path: str) -> bool:
        """Say whether a field has one answer, and that a short one: what stands under its label twice is no longer answer."""
        return self._is_short(path) and not self.layout.form.by_path[path].many

    # -- tagged controls -----------------------------------------------------------------------------------------------

    def settle(self, found: list[Part], view: int) -> bool:
        """Go to the item that the first tagged control belongs to, before the labels around it are read; say whether there is one."""
        for part in found:
            if part.kind is Kind.SLOT:
                self.scope = self._tagged.item(part, view)
                return True
        return False

    def slot(self, part: Part, view: int) -> None:
        """Read a tagged control."""
        item, path = self._tagged.item(part, view), schema_path(part.fields[0])
        slot = item.slots.get(path)
        area = part.control in AREAS
        if slot is None or (slot.view != view and not self.layout.form.by_path[path].many):
            slot = self.filling.open(item, path, part.piece, "ocr" if area else "control", view)
        if not part.empty:
            self.filling.fill(slot, part.number, part.piece)
        if area:
            slot.tag, slot.written = slot.tag or part.fields[0], slot.written or part.control == WRITTEN
        else:
            self.tags.add(part.fields[0])
        self.anchors += 1
        ends = area and not part.empty  # what does not stand in the box is no more of its answer
        self.scope, self._target, self._asked = item, None if ends else (item, path), None


def _method(piece: Piece) -> Method:
    return "cell" if piece.place.table else "phrase"
