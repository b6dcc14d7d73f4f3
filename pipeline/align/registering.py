"""Lay the pages of a scan over the pages of the blank as it was printed: which page each is, and where each field's box lies on it.

The words that the form itself prints are looked for among the words that were recognised. Where enough of them stand as they were printed,
the page is the blank's, and each field has its box on it. Where somebody typed into the form and rows grew, what stands below them has
moved: the boxes there are not used, and labels are all that is left to go by.

Knows where words and boxes stand, nothing of what fields mean. Needs numpy, which comes with what recognises words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align.fitting import Fit, Matrix, fit, moved
from pipeline.align.windows import Window, Windows, key
from pipeline.model.pages import Area, Phrase, PrintedBlank, PrintedPage, Projection, SeenPage
from pipeline.model.places import Box

RESIDUAL = 3.5
"""Points: where words stand further off than this in the mean, the page is none that was printed from the blank."""
_FOUND = 0.5
"""Of the phrases that the form prints on a page: so many must stand in their places."""
_FEWEST = 5
_ASIDE = 8.0
"""Points to the side by which a phrase may stand off that has only moved up or down."""
_TELLING = 8
"""Letters of a phrase that is not found elsewhere by chance."""
_LINE = 4.0
"""Points by which a ruled line may stand off."""
_ROW = 16.0
"""Points: an edge that is missing and has a line so near has moved there."""
_NEAREST = 4
"""Phrases around a box of which half must stand in their places."""


class Registered(NamedTuple):
    """A page of a scan that is a page of the blank."""

    page: int
    """The number of the picture in its file."""
    printed: int
    """The number of the blank's page."""
    onto: Projection
    """From the printed page to the picture."""
    off: Projection
    """From the picture to the printed page."""
    areas: tuple[Area, ...]
    """The boxes that can be relied on, as they were printed."""
    phrases: int
    """How many of the form's phrases stand in their places."""
    residual: float
    """Points of the printed page: how far off they stand, in the mean."""


class _Laid(NamedTuple):
    """A page of a scan laid over a page of the blank."""

    page: PrintedPage
    fit: Fit
    windows: list[Window]
    of: list[int]
    """For each pair of points that was tried, the phrase that it is a guess for."""


def register(seen: Sequence[SeenPage], blank: PrintedBlank) -> tuple[Registered, ...]:
    """Return the pages of a scan that are pages of the blank.

    Args:
        seen: the pages with their words, straightened.
        blank: the blank that was issued, as it is printed.
    """
    found = (_registered(page, blank) for page in seen)
    return tuple(page for page in found if page is not None)


def _registered(seen: SeenPage, blank: PrintedBlank) -> Registered | None:
    """Return the page of the blank that a page is; None where it is none, or two are as likely."""
    best = _best(Windows(seen.words), blank)
    if best is None:
        return None
    back = np.linalg.inv(best.fit.matrix)
    onto = np.array(seen.way.matrix).reshape(3, 3) @ back
    fixed = sum(best.page.phrases[at].fixed for at in best.fit.agreeing)
    areas = tuple(_in_place(best, seen.rules))
    off = np.linalg.inv(onto)
    return Registered(seen.number, best.page.number, _projection(onto), _projection(off), areas, fixed, round(best.fit.residual, 2))


def _best(windows: Windows, blank: PrintedBlank) -> _Laid | None:
    """Return the page of the blank whose phrases stand in their places; None where it is none, or two are as likely."""
    likely = [(sum(bool(windows.of(phrase.text)) for phrase in page.phrases), page) for page in blank.pages]
    best, twice = None, False
    for most, page in sorted(likely, key=lambda one: -one[0]):
        if best is not None and most < len(best.fit.agreeing):
            break
        laid = _lay(windows, page)
        if laid is not None and best is not None and len(laid.fit.agreeing) == len(best.fit.agreeing):
            twice = True
        elif laid is not None and (best is None or len(laid.fit.agreeing) > len(best.fit.agreeing)):
            best, twice = laid, False
    return None if twice else best


def _projection(matrix: Matrix) -> Projection:
    a, b, c, d, e, f, g, h, i = (float(entry) for entry in (matrix / matrix[2, 2]).ravel())
    return Projection((a, b, c, d, e, f, g, h, i))


# -- one page over another -------------------------------------------------------------------------------------------------


def _lay(windows: Windows, page: PrintedPage) -> _Laid | None:
    """Lay a page of a scan over a page of the blank; None where they are not the same page."""
    guesses = [(at, window) for at, phrase in enumerate(page.phrases) for window in windows.of(phrase.text)]
    fixed = [at for at, phrase in enumerate(page.phrases) if phrase.fixed]
    if not guesses or not page.areas:
        return None
    here = np.array([[window.x, window.y] for _, window in guesses])
    there = np.array([_middle(page.phrases[at]) for at, _ in guesses])
    found = fit(here, there, np.array([at for at, _ in guesses]))
    if found is None or found.residual > RESIDUAL:
        return None
    agreeing = sum(at in found.agreeing for at in fixed)
    if agreeing < max(_FEWEST, _FOUND * len(fixed)):
        return None
    return _Laid(page, found, [window for _, window in guesses], [at for at, _ in guesses])


def _middle(phrase: Phrase) -> tuple[float, float]:
    return (phrase.box.left + phrase.box.right) / 2, (phrase.box.top + phrase.box.bottom) / 2


def _in_place(laid: _Laid, rules: Sequence[Box]) -> Iterator[Area]:
    """Yield the boxes around which the page is as it was printed, above all that has moved."""
    agreeing = laid.fit.agreeing
    level = list(_level(rules, laid.fit))
    wrong = {area.cell.table for area in laid.page.areas if area.cell is not None and _is_elsewhere(area.cell.box, level)}
    tops = [area.box.top for area in laid.page.areas if area.cell is not None and area.cell.table in wrong]
    end = min([laid.page.phrases[at].box.top for at in _moved(laid)] + tops, default=float("inf"))
    fixed = {at: phrase for at, phrase in enumerate(laid.page.phrases) if phrase.fixed}
    for area in laid.page.areas:
        near = sorted(fixed, key=lambda at: _distance(fixed[at].box, area.box))[:_NEAREST]
        believed = 2 * sum(at in agreeing for at in near) >= len(near)
        if believed and area.box.bottom <= end + 1 and (area.cell is None or _is_ruled(area.cell.box, level)):
            yield area


def _level(rules: Sequence[Box], found: Fit) -> Iterator[Box]:
    """Yield the level lines of a scan as the printed page would have them."""
    for left, top, right, bottom in rules:
        if right - left > bottom - top:
            middle = (top + bottom) / 2
            (one, other) = moved(np.array([[left, middle], [right, middle]]), found.matrix).tolist()
            yield Box(one[0], one[1], other[0], other[1])


def _at_height(box: Box, level: Sequence[Box]) -> list[float]:
    """Return the heights of the lines that run below or above the middle of a cell."""
    x = (box.left + box.right) / 2
    return [
        line.top + (line.bottom - line.top) * (x - line.left) / (line.right - line.left) for line in level if line.left < x < line.right
    ]


def _is_elsewhere(cell: Box, level: Sequence[Box]) -> bool:
    """Say whether a line runs across a cell, or near an edge that has none: its row is higher or lower than it was printed."""
    heights = _at_height(cell, level)
    if any(cell.top + _LINE < height < cell.bottom - _LINE for height in heights):
        return True
    off = [min((abs(height - edge) for height in heights), default=float("inf")) for edge in (cell.top, cell.bottom)]
    return any(_LINE < distance < _ROW for distance in off)


def _is_ruled(cell: Box, level: Sequence[Box]) -> bool:
    """Say whether one edge of a cell at least was seen where it was printed."""
    heights = _at_height(cell, level)
    return any(abs(height - edge) <= _LINE for height in heights for edge in (cell.top, cell.bottom))


def _moved(laid: _Laid) -> Iterator[int]:
    """Yield the phrases that were read to the letter, but higher or lower than they were printed, where no other phrase stands."""
    agreeing = laid.fit.agreeing
    taken = {laid.windows[pair] for pair in agreeing.values()}
    for at, window in zip(laid.of, laid.windows, strict=True):
        phrase = laid.page.phrases[at]
        said = key(phrase.text)
        if at in agreeing or not phrase.fixed or len(said) < _TELLING or window.said != said or window in taken:
            continue
        ((x, _),) = moved(np.array([[window.x, window.y]]), laid.fit.matrix).tolist()
        if abs(x - _middle(phrase)[0]) < _ASIDE:
            yield at


def _distance(one: Box, other: Box) -> float:
    """Return how far apart two boxes are: 0 where they touch."""
    across = max(one.left - other.right, other.left - one.right, 0.0)
    down = max(one.top - other.bottom, other.top - one.bottom, 0.0)
    return across + down
