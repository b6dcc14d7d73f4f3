"""What the walk has found so far: items of repeats, and the slots of fields in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.align.layout import Layout
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.places import Place
from pipeline.model.records import Method

CONFIDENCE: dict[Method, float] = {"control": 0.99, "cell": 0.95, "ocr": 0.95, "phrase": 0.9}
"""The share of answers found each way that are right; measured, see docs/reading.md."""


@dataclass(slots=True)
class Slot:
    """Where a field's answer stands, and the pieces of it found so far."""

    place: Place
    method: Method
    confidence: float
    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    """Each with a number that is the same for pieces of one value: a control's, or a paragraph's counted from -1 down."""
    view: int = 0
    """In which view of its item the slot stands: two slots of one field in different views say the same thing twice."""
    says: str = ""
    """What its words mean, where the form says so."""
    tag: str = ""
    """Of the box of the printed blank that it is, where the page was laid over that."""
    written: bool = False
    """True where something stands in that box that was written by hand, or that nobody could read."""


@dataclass(slots=True, eq=False)
class Item:
    """An item of a repeat; the record itself is the item of no repeat."""

    repeat: str
    parent: "Item | None" = None
    number: int = 0
    """As a tag or a heading says; 0 where nothing does."""
    region: int = 0
    """The table that lists the item; 0 in running text."""
    heading: list[Piece] = field(default_factory=list)
    """The words of the heading that begins it: its name, where no label gives it one."""
    slots: dict[str, Slot] = field(default_factory=dict)
    further: list[tuple[str, Slot]] = field(default_factory=list)
    """Further slots of fields that have one already."""
    children: dict[str, list["Item"]] = field(default_factory=dict)
    by_number: dict[tuple[str, int], "Item"] = field(default_factory=dict)

    def chain(self) -> Iterator["Item"]:
        """Yield the item and what encloses it, innermost first."""
        at: Item | None = self
        while at is not None:
            yield at
            at = at.parent

    def add(self, repeat: str, *, number: int = 0, region: int = 0) -> "Item":
        """Add an item to one of this item's repeats."""
        item = Item(repeat, self, region=region)
        self.children.setdefault(repeat, []).append(item)
        if number:
            item.be_numbered(number)
        return item

    def be_numbered(self, number: int) -> None:
        """Take a number, unless it has one; the first item of a repeat that takes a number is the one found by it."""
        self.number = self.number or number
        if self.parent is not None:
            self.parent.by_number.setdefault((self.repeat, number), self)

    def numbered(self, repeat: str, number: int) -> "Item | None":
        """Return the item of a repeat that has a number."""
        return self.by_number.get((repeat, number))

    def slot_in(self, path: str, view: int) -> Slot | None:
        """Return the slot of a field that words in a view belong to: the one in that view, or else the one there is."""
        slot = self.slots.get(path)
        if slot is None or not self.further or slot.view == view:
            return slot
        return next((other for own, other in self.further if own == path and other.view == view), slot)

    def said(self, path: str) -> str:
        """Return what was answered for a field, as it stands."""
        slot = self.slots.get(path)
        return " ".join(piece.text for _, piece in slot.pieces) if slot else ""

    def name_by_headings(self, layout: Layout) -> None:
        """Let the heading of every item below name it; beside a labelled name it is a further slot of that."""
        for repeat, items in self.children.items():
            for item in items:
                item.name_by_headings(layout)
                if item.heading:
                    slot = Slot(item.heading[0].place, "phrase", CONFIDENCE["phrase"], list(enumerate(item.heading, -len(item.heading))))
                    named = item.slots.get(layout.names[repeat])
                    if named is None or not named.pieces:
                        item.slots[layout.names[repeat]] = slot
                    else:
                        item.further.append((layout.names[repeat], slot))

    def let_go(self) -> None:
        """Forget, in every item below, what encloses it: such circles keep a return in memory until the garbage collector comes."""
        self.by_number.clear()
        for items in self.children.values():
            for item in items:
                item.parent = None
                item.let_go()

    def without_prompts(self, layout: Layout) -> None:
        """Empty every slot here and below in which a prompt was left standing that the page breaks over lines."""
        for slot in (*self.slots.values(), *(slot for _, slot in self.further)):
            if len(slot.pieces) > 1 and fold(" ".join(piece.text for _, piece in slot.pieces)) in layout.prompts:
                slot.pieces = []
        for items in self.children.values():
            for item in items:
                item.without_prompts(layout)

    def without_blanks(self, layout: Layout, dropped: list[Piece]) -> bool:
        """Drop every item below that nobody filled in, and say whether this one is filled in itself.

        What the blank brings filled in does not count, unless it is the item's name. What stood in the items goes to `dropped`.
        """
        for repeat, items in self.children.items():
            filled = [item for item in items if item.without_blanks(layout, dropped)]
            dropped += [piece for item in items if item not in filled for slot in item.slots.values() for _, piece in slot.pieces]
            self.children[repeat] = filled
        name = layout.names.get(self.repeat, "")
        answered = {path for path, slot in self.slots.items() if slot.pieces or slot.written}
        answered |= {path for path, slot in self.further if slot.written}
        return bool(answered - (layout.prefilled - {name})) or any(self.children.values())
