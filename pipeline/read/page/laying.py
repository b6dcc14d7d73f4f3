"""Lay words and ruled lines of pages out as blocks in reading order. START HERE in this folder.

    rules ─► grids ─► cells ◄─ words ─► lines ─► paragraphs ─► (joined over page breaks) ─► blocks with places

Knows nothing of files.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model.documents import Aside, Block
from pipeline.model.places import Box, Place
from pipeline.read.page.breaks import join
from pipeline.read.page.drafts import Field, Numbering, Sheet, Text
from pipeline.read.page.footnotes import part
from pipeline.read.page.grids import Grid, grids
from pipeline.read.page.headings import head
from pipeline.read.page.lines import Line, lines
from pipeline.read.page.margins import running, said
from pipeline.read.page.nouns import Page, Word
from pipeline.read.page.paragraphs import paragraphs

_FRAME = 0.8
"""Of the width and height of a page: a single cell that covers more is a frame around the page."""
_DEEPEST = 5
"""Tables in tables."""
_PADDING = 8.0
"""Points: the most that a cell is taken to leave free at its right."""


class Laid(NamedTuple):
    """What pages say."""

    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...]
    """Running headers and footers, footnotes, and the rows of a table that its next page repeats."""


class _Sorted(NamedTuple):
    """The words of a page, by where they stand."""

    page: Page
    grids: tuple[Grid, ...]
    held: dict[tuple[int, int], list[Word]]
    """By grid and cell."""
    lines: list[Line]
    """Outside all grids."""


def lay(pages: Sequence[Page]) -> Laid:
    """Return the blocks of pages in reading order, and what stands beside them."""
    noted = [part(page) for page in pages]
    found = [_sorted(page) for page, _ in noted]
    margins = running([page.lines for page in found], [page.page.height for page in found])
    bodies = [page.lines[header : len(page.lines) - footer] for page, (header, footer) in zip(found, margins, strict=True)]
    right = _right(found, bodies)
    asides: list[Aside] = []
    items: list[list[Text | Sheet]] = []
    for page, body, (header, footer) in zip(found, bodies, margins, strict=True):
        asides += _aside("header", page.lines[:header], page.page.number)
        asides += _aside("footer", page.lines[len(page.lines) - footer :], page.page.number)
        items.append(_items(page, body, right))
    whole, repeated = join(items)
    head(whole)
    return Laid(Numbering().blocks(whole), (*asides, *repeated, *(note for _, notes in noted for note in notes)))


def _right(found: Sequence[_Sorted], bodies: Sequence[Sequence[Line]]) -> float:
    """Return how far lines outside tables reach, on all pages."""
    free = [line for body in bodies for line in body]
    edges = [grid.box.right - _PADDING / 2 for page in found for grid in page.grids]
    return max([line.box.right for line in free] + edges, default=0.0)


def _aside(kind: str, found: Sequence[Line], page: int) -> list[Aside]:
    if not found:
        return []
    left, right = min(line.box.left for line in found), max(line.box.right for line in found)
    box = Box(left, found[0].box.top, right, found[-1].box.bottom)
    return [Aside(kind, "\n".join(said(line) for line in found), Place(page=page, box=box))]


def _sorted(page: Page) -> _Sorted:
    """Put each word of a page into the innermost cell that it stands in."""
    found = tuple(grid for grid in grids(page.rules) if not _is_frame(grid, page))
    held: dict[tuple[int, int], list[Word]] = {}
    free: list[Word] = []
    boxes = [(number, grid.box, grid) for number, grid in reversed(list(enumerate(found)))]
    for word in page.words:
        left, top, right, bottom = word.box
        x, y = (left + right) / 2, (top + bottom) / 2
        for number, box, grid in boxes:
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                held.setdefault((number, grid.at(x, y)), []).append(word)
                break
        else:
            free.append(word)
    return _Sorted(page, found, held, lines(free))


def _is_frame(grid: Grid, page: Page) -> bool:
    box = grid.box
    return len(grid.fields) == 1 and box.right - box.left > _FRAME * page.width and box.bottom - box.top > _FRAME * page.height


def _items(page: _Sorted, free: Sequence[Line], right: float) -> list[Text | Sheet]:
    """Return the paragraphs and tables of a page, from the top; lines outside tables reach as far as `right`."""
    outer, inside = _nested(page.grids)
    sheets = [_sheet(page, number, inside) for number in outer]
    return _in_order(free, sheets, page.page.number, right)


def _in_order(free: Sequence[Line], sheets: list[Sheet], page: int, limit: float) -> list[Text | Sheet]:
    """Return paragraphs and tables from the top: lines that stand between two tables are laid out together."""
    if not sheets:
        return [*paragraphs(free, page, limit)]
    items: list[Text | Sheet] = []
    waiting = sorted(sheets, key=lambda sheet: (round(sheet.box.top / 5), sheet.box.left))
    run: list[Line] = []
    for line in free:
        middle = (line.box.top + line.box.bottom) / 2
        while waiting and waiting[0].box.top < middle:
            items += paragraphs(run, page, limit)
            run = []
            items.append(waiting.pop(0))
        run.append(line)
    return [*items, *paragraphs(run, page, limit), *waiting]


_Inside = dict[tuple[int, int], list[int]]
"""By grid and cell, the grids that stand inside it."""


def _nested(found: tuple[Grid, ...]) -> tuple[list[int], _Inside]:
    """Return the grids that stand in no cell of another, and for each cell those that stand in it; only so deep as tables are nested."""
    outer: list[int] = []
    inside: _Inside = {}
    depths: list[int] = []
    for number, grid in enumerate(found):
        x, y = (grid.box.left + grid.box.right) / 2, (grid.box.top + grid.box.bottom) / 2
        around = (other for other in range(number - 1, -1, -1) if depths[other] < _DEEPEST and _holds(found[other].box, grid.box))
        other = next(around, None)
        if other is None:
            outer.append(number)
        else:
            inside.setdefault((other, found[other].at(x, y)), []).append(number)
        depths.append(0 if other is None else depths[other] + 1)
    return outer, inside


def _holds(box: Box, other: Box) -> bool:
    return box.left <= other.left and other.right <= box.right and box.top <= other.top and other.bottom <= box.bottom


def _sheet(page: _Sorted, number: int, inside: "_Inside") -> Sheet:
    """Return a table with what stands in its cells, tables in tables included."""
    grid = page.grids[number]
    held = [lines(page.held.get((number, at), ())) for at in range(len(grid.fields))]
    limits = _limits(grid, held)
    rows: list[list[Field]] = [[] for _ in grid.ys[1:]]
    for at, field in enumerate(grid.fields):
        nested = [_sheet(page, other, inside) for other in inside.get((number, at), ())]
        items = _in_order(held[at], nested, page.page.number, limits[field.column + field.columns])
        if not any(isinstance(item, Text) for item in items):
            items.append(Text("", page.page.number, grid.area(field), 0.0))
        rows[field.row].append(Field(items, field.column + 1, field.columns, field.rows))
    return Sheet(page.page.number, grid.box, grid.xs, rows, grid.ys[-1], grid.ys[1] - grid.ys[0])


def _limits(grid: Grid, held: Sequence[Sequence[Line]]) -> list[float]:
    """Return how far the lines of cells reach, by the number of the edge on their right: a cell leaves free what it leaves on its left."""
    padding = _PADDING
    for field, found in zip(grid.fields, held, strict=True):
        if found:
            padding = min(padding, max(min(line.box.left for line in found) - grid.xs[field.column], 1.0))
    return [edge - padding for edge in grid.xs]
