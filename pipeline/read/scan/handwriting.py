"""Tell what a pen wrote from what a printer printed. What a recogniser says of handwriting means nothing, so a person must look at it.

A printer sets letters on one line, at few heights, one beside the other; a pen joins them, and rises and falls. On a page in colour, ink of
a colour that the print does not have is a pen's. No single sign decides, for a worn print is irregular too; and what stands beside
handwriting on a line is handwriting as well where it shows any sign of it.

The bounds were set by hand, on printed pages that were degraded and on drawn ones that imitate writing: real handwriting was not at hand.
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.places import Box
from pipeline.read.scan.warps import Pixels
from pipeline.read.scan.words import Found

SURE = 0.5
"""The most that a handwritten word is sure, whatever was recognised: it always goes to a person."""
_OFF = 1.6
"""Pixels by which the foot of a letter stands off the line."""
_ASTRAY = 0.15
"""Of the letters of a word: so many off the line are irregular."""
_HEIGHTS = 5
"""Different heights at which the tops of a word's letters stand."""
_JOINED = 2.2
"""Width to height of letters that hang together, where they are fewer than half as many as the text has."""
_COLOURFUL = 45
"""Difference of the strongest and weakest of red, green and blue, of ink that has a colour."""
_HUES = 16
_STEPS = (np.arange(256) * _HUES // 180).astype(np.uint8)
"""The step of each hue, of which OpenCV counts 180."""
_SHARED = 0.02
"""Of the sure words' ink: a hue with more of it is the print's."""
_ENOUGH = 3
"""Points that make a word handwritten."""
_NEAR = 2.5
"""Heights of a word: how far to its side its neighbour may stand."""


class _Letters(NamedTuple):
    """The connected pieces of ink of a sheet: four columns and their middles."""

    left: npt.NDArray[np.int64]
    top: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    bottom: npt.NDArray[np.int64]

    def inside(self, box: Box) -> "_Letters":
        """Return the pieces whose middle stands in a box."""
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        here = (x >= box.left - 2) & (x <= box.right + 2) & (y >= box.top - 2) & (y <= box.bottom + 2)
        return _Letters(*(column[here] for column in self))


def handwritten(words: list[Found], ink: Pixels, colour: Pixels | None) -> list[bool]:
    """Say of each word whether a pen wrote it.

    Args:
        words: of a sheet.
        ink: the sheet without its lines, 255 where there is ink.
        colour: the sheet in colour; None where it has none.
    """
    if not words:
        return []
    letters = _pieces(ink)
    irregular = [_irregular(word, letters.inside(word.box)) for word in words]
    coloured = _coloured(words, ink, colour)
    points = [
        signs + 2 * tinted + (not word.agreed) + (word.sure < 0.75) + (word.sure < 0.5) - 2 * (word.agreed and word.sure > 0.95)
        for word, signs, tinted in zip(words, irregular, coloured, strict=True)
    ]
    pen = [point >= _ENOUGH and bool(signs or tinted) for point, signs, tinted in zip(points, irregular, coloured, strict=True)]
    return _spread(
        words, pen, [bool(signs or tinted or not word.agreed) for word, signs, tinted in zip(words, irregular, coloured, strict=True)]
    )


def _pieces(ink: Pixels) -> _Letters:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, width, height, area = (column.astype(np.int64) for column in stats[1:].T)
    kept = (area >= 6) & (height >= 4)
    return _Letters(left[kept], top[kept], (left + width)[kept], (top + height)[kept])


def _irregular(word: Found, letters: _Letters) -> int:
    """Return how many signs of a pen the shapes of a word show, from 0 to 3."""
    height = word.box.bottom - word.box.top
    tall = letters.bottom - letters.top >= 0.3 * height
    left, top, right, bottom = (column[tall] for column in letters)
    if not len(left):
        return 0
    foot = float(np.median(bottom))
    standing = bottom - foot < 0.15 * height
    astray = float((np.abs(bottom[standing] - foot) > _OFF).mean()) if len(left) > 2 else 0.0
    tops = 1 + int((np.diff(np.sort(top)).astype(np.float64) > _OFF).sum())
    widest = float(((right - left) / (bottom - top)).max())
    said = len(word.text.replace(" ", ""))
    return (astray >= _ASTRAY) + (tops >= _HEIGHTS) + (widest >= _JOINED and 2 * len(left) < said)


def _coloured(words: list[Found], ink: Pixels, colour: Pixels | None) -> list[bool]:
    """Say of each word whether its ink has a colour that the sure words of the page do not have."""
    if colour is None:
        return [False] * len(words)
    hues = _hues(colour, ink)
    counts = [np.bincount(_field(hues, word.box).ravel(), minlength=_HUES + 2)[1:] for word in words]
    sure = np.sum([count for word, count in zip(words, counts, strict=True) if word.sure > 0.95] or [np.zeros(_HUES + 1, np.int64)], axis=0)
    print_ = np.asarray(sure, dtype=np.int64) > int(_SHARED * int(sure.sum()))
    return [bool(int(count[1:][~print_[1:]].sum()) > 0.4 * max(int(count.sum()), 1)) for count in counts]


def _hues(colour: Pixels, ink: Pixels) -> Pixels:
    """Return for each pixel 0 where there is no ink, 1 for ink without a colour, and from 2 on its hue in steps."""
    spread = colour.max(axis=2) - colour.min(axis=2)
    hues: Pixels = 2 + _STEPS[cv2.cvtColor(colour, cv2.COLOR_BGR2HSV)[:, :, 0]]
    hues[spread <= _COLOURFUL] = 1
    hues[ink == 0] = 0
    return hues


def _field(values: Pixels, box: Box) -> Pixels:
    return values[max(int(box.top), 0) : int(box.bottom) + 1, max(int(box.left), 0) : int(box.right) + 1]


def _spread(words: list[Found], pen: list[bool], signs: list[bool]) -> list[bool]:
    """Take in what stands beside handwriting on its line and shows some sign of it."""
    found = list(pen)
    waiting = [at for at, written in enumerate(pen) if written]
    while waiting:
        word = words[waiting.pop()]
        for at, other in enumerate(words):
            if not found[at] and signs[at] and _beside(word.box, other.box):
                found[at] = True
                waiting.append(at)
    return found


def _beside(one: Box, other: Box) -> bool:
    height = max(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return shared > 0.3 * height and gap < _NEAR * height
