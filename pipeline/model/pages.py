"""Pages as a printer prints them and as a scanner shows them: which words stand where, and which box is which field's.

Knows nothing of files. All measures are points from the top left corner of a page.
"""

from typing import NamedTuple

from pipeline.model.places import Box

_VANISHING = 1e-9
"""In place of nothing, where a point lies on the horizon of a picture that is no page's."""

Nine = tuple[float, float, float, float, float, float, float, float, float]


class Projection(NamedTuple):
    """How one flat page shows on another, as a camera or a scanner sees it: where each point of the one stands on the other.

    Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., 2.3.
    """

    matrix: Nine
    """3 × 3, row by row, for points as columns (x, y, 1)."""

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands on the other page."""
        a, b, c, d, e, f, g, h, i = self.matrix
        depth = g * x + h * y + i or _VANISHING
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def around(self, box: Box) -> Box:
        """Return the box around a box on the other page."""
        left, top, right, bottom = box
        there = [self.point(x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
        xs, ys = [x for x, _ in there], [y for _, y in there]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


class SeenWord(NamedTuple):
    """A word that was recognised in a picture."""

    text: str
    box: Box
    """On the straightened sheet."""


class SeenPage(NamedTuple):
    """A page that was recognised in a picture: what a form that was printed can be laid over."""

    number: int
    """Of the picture in its file, from 1: as in the places of what was read there."""
    words: tuple[SeenWord, ...]
    """All of them, headers and footers too: line after line, each from left to right."""
    way: Projection
    """From the straightened sheet to the picture as received."""
    pen: tuple[SeenWord, ...] = ()
    """Those that were written by hand, whatever was recognised of them."""
    ink: tuple[Box, ...] = ()
    """On the straightened sheet: what says nothing that could be read."""
    rules: tuple[Box, ...] = ()
    """On the straightened sheet: its ruled lines, boxes that are thin in one direction."""


class Phrase(NamedTuple):
    """Words that stand together on a line of a printed page and look the same."""

    text: str
    box: Box
    fixed: bool = True
    """False for what is printed in an answer box: a prompt, or what the register says. It may have been written over."""


class RuledCell(NamedTuple):
    """What ruled lines enclose on a printed page."""

    box: Box
    table: int
    """Counts the tables of the page from 1."""


class Area(NamedTuple):
    """The box of an answer on a printed page."""

    tag: str
    """Of the control whose answer stands there: the instance path of its field in the blank."""
    box: Box
    cell: RuledCell | None = None
    """The cell that it is, or is a part of."""


class PrintedPage(NamedTuple):
    """A page of a blank, printed."""

    number: int
    """From 1."""
    phrases: tuple[Phrase, ...]
    areas: tuple[Area, ...] = ()
    cells: tuple[RuledCell, ...] = ()
    """What its ruled lines enclose; not needed any more where the areas are known."""


class PrintedBlank(NamedTuple):
    """A blank as its pages show it when they are printed."""

    pages: tuple[PrintedPage, ...]
