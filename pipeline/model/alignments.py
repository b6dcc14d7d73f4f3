"""Which words of a return answer which field: what `align` finds and `interpret` turns into values."""

from typing import NamedTuple

from pipeline.model.documents import Aside, Note, Paragraph
from pipeline.model.places import Place
from pipeline.model.records import Method


class Piece(NamedTuple):
    """Characters `start` to `end` of a paragraph of the return. The pieces of a paragraph cover it and do not overlap."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.paragraph.text[self.start : self.end]

    @property
    def place(self) -> Place:
        """Where they stand."""
        return self.paragraph.place


class Match(NamedTuple):
    """A field's slot in the return, and the words found in it: none where it was left blank."""

    path: str
    """The instance path of the field."""
    pieces: tuple[Piece, ...]
    method: Method
    confidence: float
    place: Place
    """Where the slot is, also when it is empty."""
    says: str = ""
    """What the words mean where the form says so, as the label of a box does for what is listed in it."""

    @property
    def sure(self) -> float:
        """How sure the answer is, from 0 to 1: that these words are meant, and that they are the words that stand there."""
        return self.confidence * min((piece.paragraph.sure for piece in self.pieces), default=1.0)


class Alignment(NamedTuple):
    """A return laid against the blank that was issued."""

    matches: tuple[Match, ...]
    """In the order of the form; items of repeats in reading order."""
    unplaced: tuple[Piece, ...]
    """Words that are neither the blank's own nor the answer of a field, in reading order."""
    beside: tuple[Aside, ...]
    """What stands beside the text and is not the blank's own header or footer."""
    anchors: int
    """How many of the form's labels and controls were found: a document with next to none is not a return."""
    damage: tuple[str, ...]
    """What differs from the blank that was issued, in words."""
    repeated: tuple[tuple[str, Piece], ...] = ()
    """Further slots of a field that say something else than its answer: the field's path and the words."""
    notes: tuple[Note, ...] = ()
    """What the reader noted of the return and not of the blank."""
