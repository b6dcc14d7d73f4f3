"""Ruled lines and boxes to tick of a sheet: found by their shape, and taken away so that they do not disturb the words.

Knows nothing of words. All measures are pixels of the sheet.

Source: Serra, Image Analysis and Mathematical Morphology, 1982 (an opening keeps what a line of its length fits into).
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.places import Box
from pipeline.read.scan.sheets import DPI
from pipeline.read.scan.warps import Pixels

_LONG = DPI // 2
"""A line as long as this is ruled."""
_SHORT = round(DPI * 0.14)
"""A line as long as this is ruled where it runs from one line to another: the side of a table of one row."""
_SMOOTH = 15
"""Pixels along an upright line over which noise is averaged; twice as many along a level one."""
_DARKER = 9
"""Grey levels by which a line is darker than what is beside it, after that."""
_BESIDE = 8
_THIN = 4
"""Pixels from the middle of a line: what is further away is not part of it."""
_CROWDED = 0.45
"""Of a line: so much of it may have other ink close by."""
_GAP = DPI // 10
"""Between two pieces of one line."""
_WHOLE = (0.88, 0.75)
"""Of an upright and of a level line: its ink without the gaps. A stem of a letter with what stands above and below it has more gaps."""
_THICK = 13
_TOUCH = 3
_OVERHANG = DPI // 6
"""Pixels: what of a line reaches beyond the last line across it and is shorter than a row is the stem of a letter."""
_FREE = DPI
"""Pixels: a level line that meets no upright one is as long as this, or it may be the feet of bold letters."""
_THROUGH = 7
"""Pixels: a stroke that stands on both sides of a line no further apart goes through it."""
_RULES = 4000
"""Lines of one page; more are a pattern."""
_SPECK, _LONELY = 6, DPI // 14
"""Pixels: a speck is no larger, and has no other ink so near."""
_SMALLEST_TICK, _LARGEST_TICK = DPI // 10, DPI // 3
_TICKS = 400
_DRAWN = 0.05
"""Of the inside of a box to tick: with less ink it is empty."""
_STRAIGHT = 0.88
"""Of a side: ink in one straight row. Letters that look square are rounder."""
_SOLID = 0.85
"""Of the inside: with more ink it is a square bullet."""


class Tick(NamedTuple):
    """A box to tick."""

    box: Box
    checked: bool


class Ruled(NamedTuple):
    """What is ruled on a sheet, and the sheet without it."""

    lines: tuple[Box, ...]
    ticks: tuple[Tick, ...]
    clean: Pixels
    """The grey sheet without lines, boxes to tick and square codes."""
    ink: Pixels
    """255 where `clean` has ink, otherwise 0."""


def ruled(grey: Pixels, blank: tuple[Box, ...] = ()) -> Ruled:
    """Find what is ruled on a sheet, and take it away.

    Args:
        grey: the sheet, its ground even and white.
        blank: what is taken away as well: square codes.
    """
    ink = inked(grey)
    clean = grey.copy()
    for box in blank:
        _whiten(clean, box, 4)
        _whiten(ink, box, 4, 0)
    lines, mask = _lines(clean, ink)
    clean[mask > 0] = 255
    ink = inked(clean)
    dust = _dust(ink)
    clean[dust], ink[dust] = 255, 0
    ticks = _ticks(ink)
    for tick in ticks:
        _whiten(clean, tick.box, 2)
        _whiten(ink, tick.box, 2, 0)
    return Ruled(lines, ticks, clean, ink)


def inked(grey: Pixels) -> Pixels:
    """Return 255 where a sheet has ink, otherwise 0."""
    local = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    dark = cv2.threshold(grey, 215, 255, cv2.THRESH_BINARY_INV)[1]
    return np.asarray(cv2.bitwise_and(local, dark), dtype=np.uint8)


def _dust(ink: Pixels) -> npt.NDArray[np.bool_]:
    """Return where specks are: smaller than a bullet, and with no other ink near enough for a full stop or the dot of an i."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    near = cv2.boxFilter((ink > 0).astype(np.float32), -1, (2 * _LONELY + 1, 2 * _LONELY + 1), normalize=False)
    left, top, width, height, area = stats.T
    middle = near[np.minimum(top + height // 2, ink.shape[0] - 1), np.minimum(left + width // 2, ink.shape[1] - 1)]
    lonely = (np.maximum(width, height) <= _SPECK) & (middle <= area + 0.5)
    lonely[0] = False
    return np.asarray(cv2.dilate(lonely[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0, dtype=np.bool_)


def _whiten(pixels: Pixels, box: Box, margin: int, value: int = 255) -> None:
    top, left = max(int(box.top) - margin, 0), max(int(box.left) - margin, 0)
    pixels[top : int(box.bottom) + margin + 1, left : int(box.right) + margin + 1] = value


def _kernel(length: int, level: bool) -> Pixels:
    return np.ones((1, length) if level else (length, 1), np.uint8)


class _Stroke(NamedTuple):
    """A straight stroke: what it covers, and its number among the labelled pixels."""

    left: int
    top: int
    right: int
    bottom: int
    label: int


def _strokes(grey: Pixels, ink: Pixels, level: bool) -> tuple[list[_Stroke], npt.NDArray[np.int32]]:
    """Return straight strokes of one direction that are long, thin and alone, and the labels of their pixels.

    Smoothing along a line takes noise away and leaves the line; a row of letters is as dark, but ink stands above and below it.
    """
    along = cv2.blur(grey, (2 * _SMOOTH, 1) if level else (1, _SMOOTH))
    around = cv2.morphologyEx(along, cv2.MORPH_CLOSE, _kernel(_THICK, not level))
    ridge = cv2.threshold(cv2.subtract(around, along), _DARKER, 255, cv2.THRESH_BINARY)[1]
    runs = cv2.morphologyEx(ridge, cv2.MORPH_OPEN, _kernel(_SHORT, level))
    joined = cv2.morphologyEx(cv2.dilate(runs, _kernel(3, not level)), cv2.MORPH_CLOSE, _kernel(_GAP if level else _GAP // 3, level))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for label, (left, top, width, height, area) in enumerate(stats.tolist()):
        long, thin = (width, height) if level else (height, width)
        if label and long >= _SHORT and area / long <= _THICK:
            stroke = _Stroke(left, top, left + width, top + height, label)
            if thin > max(_THICK, long // 25):
                stroke = _without_spurs(stroke, labels, level)
            found += _alone(stroke, ink, labels, level)
    return found, np.asarray(labels, dtype=np.int32)


def _without_spurs(stroke: _Stroke, labels: npt.NDArray[np.generic], level: bool) -> _Stroke:
    """Return the band of a stroke that holds most of it, where a letter hangs on; what is outside loses its label."""
    left, top, right, bottom, label = stroke
    field = labels[top:bottom, left:right] if level else labels[top:bottom, left:right].T
    thickness = np.convolve((field == label).sum(axis=1), np.ones(_THICK), "same")
    middle = int(thickness.argmax())
    first, last = max(middle - _THICK // 2, 0), middle + _THICK // 2 + 1
    for spur in (field[:first], field[last:]):
        spur[spur == label] = 0
    return (
        _Stroke(left, top + first, right, min(top + last, bottom), label)
        if level
        else _Stroke(left + first, top, min(left + last, right), bottom, label)
    )


def _alone(stroke: _Stroke, ink: Pixels, labels: npt.NDArray[np.generic], level: bool) -> list[_Stroke]:
    """Return a stroke as far as its ink reaches; nothing where it is broken, or where ink stands beside most of it."""
    left, top, right, bottom, label = stroke
    up, down = max(top - _BESIDE, 0), bottom + _BESIDE
    before, after = max(left - _BESIDE, 0), right + _BESIDE
    field = ink[up:down, left:right] if level else ink[top:bottom, before:after].T
    own = labels[up:down, left:right] == label if level else (labels[top:bottom, before:after] == label).T
    there = (own & (field > 0)).any(axis=0)
    middle = np.where(own.any(axis=0), own.argmax(axis=0) + own.sum(axis=0) // 2, field.shape[0] // 2)
    apart = np.abs(np.arange(field.shape[0])[:, None] - middle[None, :])
    crowded = ((field > 0) & (apart > _THIN) & (apart <= _THIN + 3)).any(axis=0)
    found = []
    for first, last in _runs(there, _GAP if level else _GAP // 3):
        if last - first >= _SHORT and there[first:last].mean() >= _WHOLE[level] and crowded[first:last].mean() <= _CROWDED:
            found.append(
                _Stroke(left + first, top, left + last, bottom, label) if level else _Stroke(left, top + first, right, top + last, label)
            )
    return found


def _runs(there: npt.NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Return where ink begins and ends along a stroke; small gaps do not end it."""
    places = np.flatnonzero(there)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = [int(places[0]), *(int(places[at + 1]) for at in breaks)]
    ends = [*(int(places[at]) + 1 for at in breaks), int(places[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _lines(grey: Pixels, ink: Pixels) -> tuple[tuple[Box, ...], Pixels]:
    """Return the ruled lines, and a mask of the pixels that they cover. A short one counts where both its ends meet a line across it."""
    level, level_labels = _strokes(grey, ink, level=True)
    upright, upright_labels = _strokes(grey, ink, level=False)
    across = _drawn([stroke for stroke in level if stroke.right - stroke.left >= _LONG], level_labels)
    sides = [stroke for stroke in upright if stroke.bottom - stroke.top >= _LONG or all(_meets(across, stroke, level=False))]
    down = _drawn(sides, upright_labels)
    rows = [stroke for stroke in level if _is_row(stroke, _meets(down, stroke, level=True))]
    sides = _without_overhang(sides, rows, level=False)
    rows = _without_overhang(rows, sides, level=True)
    across, down = _drawn(rows, level_labels), _drawn(sides, upright_labels)
    mask = cv2.bitwise_or(_own(_whole(across, level=True), ink, level=True), _own(_whole(down, level=False), ink, level=False))
    boxes = tuple(Box(*map(float, stroke[:4])) for stroke in (*rows, *sides)[:_RULES])
    return boxes, np.asarray(mask, dtype=np.uint8)


def _is_row(stroke: _Stroke, meets: tuple[bool, bool]) -> bool:
    long = stroke.right - stroke.left
    return all(meets) or long >= _FREE or (long >= _LONG and any(meets))


def _without_overhang(strokes: list[_Stroke], across: list[_Stroke], level: bool) -> list[_Stroke]:
    """Return strokes that end at a line across them, where one is so near to their end that nothing but a letter can stand beyond it."""
    return [_cut_back(stroke, [other for other in across if _touches(stroke, other)], level) for stroke in strokes]


def _touches(one: _Stroke, other: _Stroke) -> bool:
    return (
        one.left - _TOUCH <= other.right
        and other.left - _TOUCH <= one.right
        and one.top - _TOUCH <= other.bottom
        and other.top - _TOUCH <= one.bottom
    )


def _cut_back(stroke: _Stroke, across: list[_Stroke], level: bool) -> _Stroke:
    if not across:
        return stroke
    left, top, right, bottom, label = stroke
    if level:
        left, right = _ends(left, right, [(other.left, other.right) for other in across])
    else:
        top, bottom = _ends(top, bottom, [(other.top, other.bottom) for other in across])
    return _Stroke(left, top, right, bottom, label)


def _ends(first: int, last: int, across: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where a line begins and ends, given where the lines across it do."""
    start, end = min(start for start, _ in across), max(end for _, end in across)
    return start if 0 < start - first <= _OVERHANG else first, end if 0 < last - end <= _OVERHANG else last


def _whole(mask: Pixels, level: bool) -> Pixels:
    """Return a mask of lines without gaps, a pixel wider for the grey at their edges."""
    whole = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _kernel(_GAP + 5, level))
    return np.asarray(cv2.dilate(whole, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _own(mask: Pixels, ink: Pixels, level: bool) -> Pixels:
    """Return what of a mask of lines is theirs alone: not where the stroke of a letter goes through."""
    outside = cv2.bitwise_and(ink, cv2.bitwise_not(mask))
    reach = np.ones((_THROUGH, 1) if level else (1, _THROUGH), np.uint8)
    first, last = ((0, _THROUGH - 1), (0, 0)) if level else ((_THROUGH - 1, 0), (0, 0))
    through = cv2.bitwise_and(cv2.dilate(outside, reach, anchor=first), cv2.dilate(outside, reach, anchor=last))
    return np.asarray(cv2.bitwise_and(mask, cv2.bitwise_not(through)), dtype=np.uint8)


def _drawn(strokes: list[_Stroke], labels: npt.NDArray[np.int32]) -> Pixels:
    """Return a mask of the pixels of some strokes."""
    mask = np.zeros(labels.shape, np.uint8)
    for left, top, right, bottom, label in strokes:
        mask[top:bottom, left:right][labels[top:bottom, left:right] == label] = 255
    return mask


def _meets(mask: Pixels, stroke: _Stroke, level: bool) -> tuple[bool, bool]:
    """Say of each end of a stroke whether it meets the lines of a mask."""
    left, top, right, bottom, _ = stroke
    if level:
        first, last = mask[top:bottom, max(left - _TOUCH, 0) : left + _TOUCH], mask[top:bottom, max(right - _TOUCH, 0) : right + _TOUCH]
    else:
        first, last = mask[max(top - _TOUCH, 0) : top + _TOUCH, left:right], mask[max(bottom - _TOUCH, 0) : bottom + _TOUCH, left:right]
    return bool(first.any()), bool(last.any())


# -- boxes to tick ---------------------------------------------------------------------------------------------------------


def _ticks(ink: Pixels) -> tuple[Tick, ...]:
    """Find small squares, whatever is drawn into them."""
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if min(width, height) >= _SMALLEST_TICK and max(width, height) <= 1.6 * _LARGEST_TICK:
            tick = _tick(
                np.asarray(outline, dtype=np.int32) - np.array((left, top), dtype=np.int32), ink[top : top + height, left : left + width]
            )
            if tick is not None:
                box = tick.box
                found.append(Tick(Box(left + box.left, top + box.top, left + box.right, top + box.bottom), tick.checked))
    return tuple(found[:_TICKS])


def _tick(outline: npt.NDArray[np.int32], ink: Pixels) -> Tick | None:
    """Return the box to tick that an outline is; what sticks out of it is a pen's."""
    filled = np.zeros(ink.shape, np.uint8)
    cv2.drawContours(filled, [outline], -1, 255, cv2.FILLED)
    body = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    left, top, width, height = cv2.boundingRect(body)
    square = width and height and 0.85 < width / height < 1.18 and _SMALLEST_TICK <= min(width, height) <= _LARGEST_TICK
    if not square or (body[top : top + height, left : left + width] > 0).mean() < 0.9:
        return None
    field = ink[top : top + height, left : left + width] > 0
    edge = max(2, min(width, height) // 8)
    bands = (field[:edge], field[-edge:], field[:, :edge].T, field[:, -edge:].T)
    if min(float(band.mean(axis=1).max()) for band in bands) < _STRAIGHT:
        return None
    inside = field[2 * edge : -2 * edge, 2 * edge : -2 * edge]
    share = float(inside.mean()) if inside.size else 1.0
    return None if share > _SOLID else Tick(Box(left, top, left + width, top + height), share > _DRAWN)
