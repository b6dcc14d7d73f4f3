"""Lay a return out: its blocks in reading order, and beside each, or below, what is explained of the words in it.

The words themselves are untouched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.explain.entries import Entries, Entry
from pipeline.explain.segments import Ending, Segment, segments
from pipeline.explain.shapes import Across, Box, Card, Grid, Line, Listed, Part, Shape
from pipeline.model.documents import Cell, Document, Paragraph, Row, Table
from pipeline.model.places import Place
from pipeline.model.records import Answer

_OVER = 2
"""The level of the page's own heading over the return."""
_LOWEST = 6
_WIDEST = 1000
"""Columns that a browser lets a cell cover. Source: HTML Standard, 4.9.11."""
_DEEPEST = 8
"""Levels of lists that are told apart."""
_HIGH = 3
"""Lines that a card takes in the margin, about."""
_BESIDE = 8
"""Cards that have room beside a row of a table."""


class _Reach(NamedTuple):
    """The columns of a cell that reaches down over several rows, and the last of them, counted from 0."""

    left: int
    right: int
    last: int


@dataclass
class Laying:
    """One return being laid out, in reading order."""

    entries: Entries
    refers: Mapping[Place, Sequence[str]]
    """By place, the labels of the notes about it."""
    names: dict[Place, str] = field(default_factory=dict)
    """What the paragraph at each place is called on the page."""
    _lines: int = 0
    _explained: set[str] = field(default_factory=set)
    _ended: set[str] = field(default_factory=set)
    _heading: int = _OVER
    _page: int | None = None

    def parts(self, document: Document) -> Iterator[Part]:
        """Yield the whole return. A part is as many paragraphs as its margin is high."""
        shapes: list[Line] = []
        beside: list[Entry] = []
        for block in document.blocks:
            if isinstance(block, Table):
                yield from _part(shapes, beside)
                shapes, beside = [], []
                yield Part((self._grid(block),), ())
                continue
            line = self._line(block)
            begins = self._unexplained(line)
            caught_up = sum(one.height for one in shapes) >= len(beside) * _HIGH
            if shapes and (line.heading or line.page is not None or (begins and caught_up)):
                yield from _part(shapes, beside)
                shapes, beside = [], []
            shapes.append(line)
            beside += begins
        yield from _part(shapes, beside)

    def _line(self, paragraph: Paragraph) -> Line:
        self._lines += 1
        name = f"p{self._lines}"
        self.names.setdefault(paragraph.place, name)
        page = paragraph.place.page if paragraph.place.page != self._page else None
        self._page = paragraph.place.page or self._page
        heading = 0
        if paragraph.heading and paragraph.text.strip():
            heading = self._heading = min(_OVER + paragraph.heading, self._heading + 1, _LOWEST)
        marked = self.entries.marked.get(paragraph.place, ())
        cut = tuple(self._named(segment) for segment in segments(paragraph, marked))
        refers = tuple(self.refers.get(paragraph.place, ()))
        return Line(name, heading, paragraph.bullet, min(paragraph.level, _DEEPEST), cut, refers, page)

    def _named(self, segment: Segment) -> Segment:
        """Name the numbers that stand on the page for the first time."""
        if not segment.ending:
            return segment
        ending = []
        for entry, _ in segment.ending:
            ending.append(Ending(entry, "" if entry.label in self._ended else f"m-{entry.label}"))
            self._ended.add(entry.label)
        return segment._replace(ending=tuple(ending))

    def _unexplained(self, line: Line) -> list[Entry]:
        """Return the entries that are met here for the first time."""
        found = [entry for entry in line.said if entry.label not in self._explained]
        self._explained.update(entry.label for entry in found)
        return found

    def _grid(self, table: Table) -> Grid:
        rows: list[Across] = []
        covered: list[_Reach] = []
        width = min(max((cell.column + cell.columns - 1 for row in table.rows for cell in row.cells), default=1), _WIDEST)
        for at, row in enumerate(table.rows):
            covered = [one for one in covered if one.last >= at]
            beside: list[Entry] = []
            boxes = tuple(self._boxes(row, covered, width, len(table.rows) - at, beside))
            covered += [_Reach(one.column, one.column + one.columns - 1, at + one.rows - 1) for one in row.cells if one.rows > 1]
            cards = _cards(beside)
            below = len(cards) > _BESIDE and all(one.last <= at for one in covered)
            rows.append(Across(boxes, row.heading, () if below else cards, cards if below else ()))
        margin = any(row.beside for row in rows)
        return Grid(tuple(rows), width, margin, margin or any(row.below for row in rows))

    def _boxes(self, row: Row, covered: Iterable[_Reach], width: int, rows_left: int, beside: list[Entry]) -> Iterator[Box]:
        """Yield the cells of a row, and an empty one wherever it has none and none from above reaches down."""
        at = 1
        known = sorted(covered)
        for cell in sorted(row.cells, key=lambda cell: cell.column):
            yield from _gaps(at, min(cell.column, width + 1), known)
            yield Box(min(cell.columns, _WIDEST), min(cell.rows, rows_left), tuple(self._shapes(cell, beside)))
            at = max(at, cell.column + cell.columns)
        yield from _gaps(at, width + 1, known)

    def _shapes(self, cell: Cell, beside: list[Entry]) -> Iterator[Shape]:
        """Yield what a cell holds. What is in a table within it is explained with the row of the outer one."""
        lines: list[Line] = []
        for block in cell.blocks:
            if isinstance(block, Table):
                yield from _listed(lines)
                lines = []
                grid = self._grid(block)
                beside += [entry for row in grid.rows for card in (*row.beside, *row.below) for entry in card]
                yield grid._replace(margin=False, rows=tuple(row._replace(beside=(), below=()) for row in grid.rows))
            else:
                lines.append(self._line(block))
                beside += self._unexplained(lines[-1])
        yield from _listed(lines)


def _cards(entries: Iterable[Entry]) -> tuple[Card, ...]:
    """Put together answers made of the same words that mean the same, such as the measure of an item and one of all measures."""
    cards: dict[object, list[Entry]] = {}
    for entry in entries:
        answer = entry.about
        alike = (answer.value, answer.passages, answer.method, answer.confidence) if isinstance(answer, Answer) else entry.label
        cards.setdefault(alike, []).append(entry)
    return tuple(map(tuple, cards.values()))


def _part(lines: Sequence[Line], beside: Sequence[Entry]) -> Iterator[Part]:
    if lines:
        yield Part(tuple(_listed(lines)), _cards(beside))


def _listed(lines: Iterable[Line]) -> Iterator[Shape]:
    """Yield lines, those that follow one another in a list together."""
    items: list[Line] = []
    for line in lines:
        if line.bullet and not line.heading and line.page is None:
            items.append(line)
            continue
        if items:
            yield Listed(tuple(items))
            items = []
        yield line
    if items:
        yield Listed(tuple(items))


def _gaps(start: int, end: int, covered: Sequence[_Reach]) -> Iterator[Box]:
    """Yield an empty cell for each run of columns from `start` to before `end` that nothing covers."""
    for first, last, _ in covered:
        if first > start and start < end:
            yield Box(min(first, end) - start, 1, ())
        start = max(start, last + 1)
    if start < end:
        yield Box(end - start, 1, ())
