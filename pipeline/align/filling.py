"""What has been put where so far: words into the slots of items, and what is left over. Does not know why words belong there."""

from pipeline.align.entries import LETTERED, parted
from pipeline.align.items import CONFIDENCE, Item, Slot
from pipeline.align.layout import Layout
from pipeline.align.parts import Part
from pipeline.grammar.texts import fold, strip_marker
from pipeline.model.alignments import Piece
from pipeline.model.forms import FieldType
from pipeline.model.records import Method

TWO_SAY_OTHERWISE = 0.5
"""How sure an answer is where its label stands a second time with other words: either may be meant."""

FLOW, LIST = 0, 1
"""Two views of an item: in running text and label tables, or as the row of a list."""


class Filling:
    """The slots of one return, being filled in reading order."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.root = Item("")
        self.unplaced: list[Piece] = []
        self.boxes: dict[str, Piece] = {}
        """The labels of the boxes that were met."""
        self.reworded: dict[str, Piece] = {}
        """The labels that are not the form's own words, each wording once."""
        self.last: tuple[Slot | None, Piece] | None = None
        """The words put somewhere last, and the slot that took them: None where they are left over."""
        self.entry: Item | None = None
        """The item that the list being read began last."""
        self.region = 0
        self.sure = 1.0
        """How surely the label in force means its field."""
        self._values = 0
        self._again: Slot | None = None
        self._asks_again = False

    def meet(self, label: Part) -> None:
        """Note a label: which box it stands over, and its words where they are not the form's own."""
        self.boxes.update((path, label.piece) for path in label.fields if path in self.layout.boxes)
        self._asks_again, self._again = False, None
        if label.sure < 1:
            self.reworded.setdefault(label.piece.text.strip(), label.piece)

    def ask_again(self, item: Item, path: str) -> None:
        """Let the words after a label that was answered before be a further answer, not more of the first: a block that stands twice."""
        known = item.slots.get(path)
        self._asks_again = known is not None and bool(known.pieces)

    def leave(self, piece: Piece) -> None:
        """Keep words that answer nothing."""
        self.unplaced.append(piece)
        self.last = None, piece

    def say(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        """Add words to a field; to a repeat or a box as a new item, to a group as the words of the whole group."""
        if not self.is_list(path):
            self._value(item, self.layout.names.get(path, path), piece, method, view)
        elif self._runs_on(piece):
            self.go_on(piece)
        else:
            self._entry(item, path, piece, method, view)

    def is_list(self, path: str) -> bool:
        """Say whether each line of words is an entry of its own in a field."""
        form = self.layout.form
        return path in form.repeats or path in self.layout.boxes or form.by_path[path].type is FieldType.LIST

    def go_on(self, piece: Piece) -> None:
        """Add words to the value that took the words before them."""
        assert self.last is not None and self.last[0] is not None
        slot = self.last[0]
        slot.pieces.append((slot.pieces[-1][0], piece))
        self.last = slot, piece

    def fill(self, slot: Slot, number: int, piece: Piece) -> None:
        """Put words into a slot, as a part of the value with a number."""
        slot.pieces.append((number, piece))
        self.last = slot, piece

    def open(self, item: Item, path: str, at: Piece, method: Method, view: int) -> Slot:
        """Give a field a slot: its first, or a further one where words answer it already."""
        slot = Slot(at.place, method, CONFIDENCE[method] * (1.0 if method in ("control", "ocr") else self.sure), view=view)
        known = item.slots.get(path)
        if known is not None and known.pieces:
            item.further.append((path, slot))
        else:
            item.slots[path] = slot
            item.further += [(path, known)] if known is not None else []
        return slot

    def take_back_heading(self) -> Piece | None:
        """Take back the words put last, where they are the heading of what begins now and no answer."""
        if self.last is None:
            return None
        slot, piece = self.last
        if slot is not None and (slot.view == LIST or (slot.pieces and _belongs(piece, slot))):
            return None
        if slot is None:
            if not any(left is piece for left in self.unplaced):
                return None
            self.unplaced = [left for left in self.unplaced if left is not piece]
        else:
            slot.pieces = [(number, known) for number, known in slot.pieces if known is not piece]
        return piece

    def _runs_on(self, piece: Piece) -> bool:
        """Say whether words go on with the entry before them: on its line, or on the next line of one list item."""
        if self.last is None or self.last[0] is None or not self.last[0].pieces:
            return False
        last = self.last[1]
        return last.paragraph is piece.paragraph and (bool(piece.paragraph.bullet) or is_next_to(last, piece))

    def _entry(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        if path in self.layout.boxes:
            self._boxed(item, path, piece, method, view)
            return
        if path in self.layout.form.repeats:
            item, path = item.add(path, region=self.region), self.layout.names[path]
            self.entry = item
        self._value(item, path, piece, method, view)

    def _boxed(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        """Add an entry of a box: an item that has what the box sets, and perhaps a second field after a dash."""
        repeat, box = self.layout.boxes[path]
        self.entry = entry = item.add(repeat, region=self.region)
        for key, says in box.sets.items():
            slot = self.open(entry, f"{repeat}.{key}", self.boxes[path], method, view)
            slot.pieces.append((0, self.boxes[path]))
            slot.says = says
        name, rest = parted(piece) if box.then else (piece, None)
        if rest is not None:
            self._value(entry, f"{repeat}.{box.then}", rest, method, view)
        self._value(entry, self.layout.names[repeat], name, method, view)

    def _value(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> None:
        if self._asks_again:
            slot = self._again = self._again or self._further(item, path, piece, method, view)
        else:
            slot = item.slot_in(path, view) or self.open(item, path, piece, method, view)
        self._values -= 1
        self.fill(slot, self._values, piece)

    def _further(self, item: Item, path: str, piece: Piece, method: Method, view: int) -> Slot:
        """Give a field a further slot; of two answers that differ neither is sure."""
        if fold(item.said(path)) != fold(piece.text):
            item.slots[path].confidence = min(item.slots[path].confidence, TWO_SAY_OTHERWISE)
        return self.open(item, path, piece, method, view)


def _belongs(piece: Piece, slot: Slot) -> bool:
    """Say whether words are of a kind with the words before them in their slot, and so no heading of what comes next."""
    first = slot.pieces[0][1]
    if piece.paragraph.heading or first.place[:4] != piece.place[:4]:
        return False
    return first is piece or not (is_set_off(piece, first) and piece.paragraph is not first.paragraph)


def is_set_off(piece: Piece, before: Piece) -> bool:
    """Say whether words look like a heading among the entries of a list: in bold or with another marker, where those are not."""
    if stands_out(piece) and not stands_out(before):
        return True
    marks, others = _marker(piece), _marker(before)
    return bool(others) and marks != others


def stands_out(piece: Piece) -> bool:
    """Say whether words are a heading, or in bold from end to end."""
    bold = sum(min(mark.end, piece.end) - max(mark.start, piece.start) for mark in piece.paragraph.marks if mark.kind == "bold")
    return piece.paragraph.heading > 0 or bold >= len(piece.text.strip()) > 0


def begins_bold(piece: Piece) -> bool:
    """Say whether words begin in bold."""
    return any(mark.kind == "bold" and mark.start <= piece.start < mark.end for mark in piece.paragraph.marks)


def is_of_a_kind(piece: Piece, entry: Piece) -> bool:
    """Say whether words have the same kind of list marker as an entry."""
    return bool(_marker(entry)) and _marker(piece) == _marker(entry)


def _marker(piece: Piece) -> str:
    """Return the kind of list marker that words have: real or typed, digits and letters alike as 0."""
    if piece.paragraph.bullet:
        return "•"
    if LETTERED.match(piece.text):
        return "0"
    typed = strip_marker(piece.text)[0]
    return "0" if any(character.isalnum() and character != "o" for character in typed) else typed


def is_next_to(last: Piece, piece: Piece) -> bool:
    """Say whether words stand on the same line as the words before them."""
    return last.paragraph is piece.paragraph and "\n" not in piece.paragraph.text[last.end : piece.start]
