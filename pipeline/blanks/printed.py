"""Where each field of a blank stands on its pages when they are printed.

A blank names its fields by controls, a page does not. But the page is the blank's: paragraph for paragraph both say the same, so that the
paragraph in which a control stands is found on the page, and with it the box around it.

Knows nothing of how pages are made or read.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from pipeline.grammar.texts import fold
from pipeline.model.documents import Document, Paragraph
from pipeline.model.forms import Form, schema_path
from pipeline.model.pages import Area, PrintedBlank, PrintedPage, RuledCell
from pipeline.model.places import Box

_LEAST = 0.9
"""Of the paragraphs with controls: so many must be found on the pages again, or these are not the blank's."""
_AROUND = 3.0
"""Points between a paragraph outside tables and the one below it that belong to neither."""


class _Part(NamedTuple):
    """The part of a paragraph that a control covers: from which character to which."""

    tag: str
    start: int
    end: int


class _Spot(NamedTuple):
    """A paragraph of the blank, and where it is printed."""

    page: int
    box: Box
    length: int
    """Characters."""
    parts: tuple[_Part, ...]


def located(blank: Document, printed: Document, pages: Sequence[PrintedPage], form: Form) -> PrintedBlank | None:
    """Return the pages of a blank with the box of each field on them.

    Args:
        blank: the blank, with its controls.
        printed: what its pages say; paragraphs have their pages and boxes.
        pages: its pages, with their phrases and cells.
        form: which controls are answers.

    Returns:
        The pages; None where they do not say what the blank says.
    """
    spots = list(_spots(blank, printed, form))
    wanted = sum(1 for paragraph in blank.paragraphs() if _parts(paragraph, form))
    if not wanted or sum(1 for spot in spots if spot.parts) < _LEAST * wanted:
        return None
    return PrintedBlank(tuple(_page(page, [spot for spot in spots if spot.page == page.number]) for page in pages))


def _parts(paragraph: Paragraph, form: Form) -> tuple[_Part, ...]:
    found = (control for control in paragraph.controls if schema_path(control.tag) in form.by_path)
    return tuple(_Part(control.tag, control.start, control.end) for control in found)


def _spots(blank: Document, printed: Document, form: Form) -> Iterator[_Spot]:
    """Yield the paragraphs of the blank that stand on its pages in the same words and the same order."""
    own = [paragraph for paragraph in blank.paragraphs() if paragraph.text.strip()]
    there = [paragraph for paragraph in printed.paragraphs() if paragraph.text.strip()]
    said, shown = ([fold(paragraph.text) for paragraph in paragraphs] for paragraphs in (own, there))
    for first, other, count in SequenceMatcher(None, said, shown, autojunk=False).get_matching_blocks():
        for one, two in zip(own[first : first + count], there[other : other + count], strict=True):
            if two.place.page is not None and two.place.box is not None:
                yield _Spot(two.place.page, two.place.box, len(one.text), _parts(one, form))


def _page(page: PrintedPage, spots: Sequence[_Spot]) -> PrintedPage:
    """Return a page with the boxes of its fields; what is printed in one is no fixed phrase of the form."""
    areas = list(chain.from_iterable(_areas(spot, spots, page) for spot in spots))
    boxes = [area.box for area in areas]
    phrases = (phrase._replace(fixed=not any(_holds(box, phrase.box) for box in boxes)) for phrase in page.phrases)
    return PrintedPage(page.number, tuple(phrases), tuple(_together(areas)))


def _areas(spot: _Spot, spots: Sequence[_Spot], page: PrintedPage) -> Iterator[Area]:
    """Yield the box of each control in a paragraph: its cell's, as far as that is not another paragraph's."""
    if not spot.parts:
        return
    cell = _cell(spot.box, page.cells)
    around = cell.box if cell else _open(spot.box, page)
    beside = [other.box for other in spots if other is not spot and _holds(around, other.box)]
    above = [box.bottom for box in beside if box.bottom <= spot.box.top + _AROUND]
    below = [box.top for box in beside if box.top >= spot.box.bottom - _AROUND]
    top = (max(above) + spot.box.top) / 2 if above else around.top
    bottom = (min(below) + spot.box.bottom) / 2 if below else around.bottom
    letter = (spot.box.right - spot.box.left) / max(spot.length, 1)
    for at, part in enumerate(spot.parts):
        left = spot.box.left + letter * part.start if part.start else around.left
        following = spot.parts[at + 1].start if at + 1 < len(spot.parts) else None
        right = around.right if following is None else spot.box.left + letter * following
        yield Area(part.tag, Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)), cell)


def _cell(box: Box, cells: Sequence[RuledCell]) -> RuledCell | None:
    """Return the smallest cell around a box."""
    around = [cell for cell in cells if _holds(cell.box, box)]
    return min(around, key=lambda cell: (cell.box.right - cell.box.left) * (cell.box.bottom - cell.box.top), default=None)


def _open(box: Box, page: PrintedPage) -> Box:
    """Return the room of a paragraph outside tables: to the right edge of what is printed, and down to what comes next."""
    there = [*(phrase.box for phrase in page.phrases), *(cell.box for cell in page.cells)]
    right = max(other.right for other in there)
    below = [other.top for other in there if other.top > box.bottom]
    bottom = min(below, default=box.bottom + _AROUND) - _AROUND
    return Box(box.left, box.top, right, max(bottom, box.bottom))


def _holds(around: Box, box: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return around.left <= x <= around.right and around.top <= y <= around.bottom


def _together(areas: Sequence[Area]) -> Iterator[Area]:
    """Put together the boxes of a control that spans several paragraphs; one that stands on the page twice has a box each time."""
    last: Area | None = None
    for area in areas:
        if last is not None and last.tag == area.tag and area.box.top - last.box.bottom < _AROUND and area.box.left < last.box.right:
            box = Box(min(last.box.left, area.box.left), last.box.top, max(last.box.right, area.box.right), area.box.bottom)
            last = area._replace(box=box)
            continue
        if last is not None:
            yield last
        last = area
    if last is not None:
        yield last
