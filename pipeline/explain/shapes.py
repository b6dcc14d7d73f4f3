"""A return as it is laid out on the page: lines, lists and tables, with what is explained beside them. Nouns for the template."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.explain.entries import Entry
from pipeline.explain.segments import Segment

_WIDTH = 70
"""Characters of the return in a line of the page, about."""

Card = tuple[Entry, ...]
"""Entries that are explained together: answers made of the same words that mean the same."""


class Line(NamedTuple):
    """A paragraph."""

    name: str
    """Of the element, to be linked to."""
    heading: int
    """Level on the page; 0 for ordinary text."""
    bullet: str
    level: int
    segments: tuple[Segment, ...]
    refers: tuple[str, ...]
    """Notes that are about the paragraph and not about words of it."""
    page: int | None
    """The page of the return that begins here, if one does."""
    kind: str = "line"

    @property
    def said(self) -> Iterator[Entry]:
        """Yield the entries whose words are here, in the order in which they begin."""
        seen = {entry.label: entry for segment in self.segments for entry in segment.entries}
        yield from seen.values()

    @property
    def height(self) -> int:
        """How many lines it takes on the page, about."""
        return 1 + sum(len(segment.text) for segment in self.segments) // _WIDTH


class Listed(NamedTuple):
    """Paragraphs of a list that follow one another."""

    lines: tuple[Line, ...]
    kind: str = "list"


class Box(NamedTuple):
    """A cell of a table; an empty one where the row has none."""

    columns: int
    rows: int
    blocks: tuple["Shape", ...]


class Across(NamedTuple):
    """A row of a table."""

    boxes: tuple[Box, ...]
    heading: bool
    beside: tuple[Card, ...]
    """What is explained beside it."""
    below: tuple[Card, ...]
    """What is explained below it, where it is too much for the margin."""


class Grid(NamedTuple):
    """A table."""

    rows: tuple[Across, ...]
    columns: int
    margin: bool
    """True where something is explained beside its rows."""
    wide: bool
    """True where it takes the whole width: for its margin, or for what is explained below a row."""
    kind: str = "grid"


Shape = Line | Listed | Grid


class Part(NamedTuple):
    """A part of the return, and what is explained beside it. A table has its own beside its rows."""

    shapes: tuple[Shape, ...]
    beside: tuple[Card, ...]
