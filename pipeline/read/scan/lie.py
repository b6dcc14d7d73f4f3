"""How a page lies: by which quarter it is turned, and by how many degrees it leans. Looks at rows of ink, recognises nothing.

Level rows of text make a profile of sharp peaks; the angle with the sharpest is how the page leans. Letters of a line differ more at the
top than at the foot, so that a page that stands on its head can be told.

Source: Postl, "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986 (the profile's sharpness);
Bloomberg, Kopec and Dasari, "Measuring document image skew and orientation", SPIE 2422, 1995 (English rises more often than it descends).
"""

from typing import NamedTuple

import cv2
import numpy as np

from pipeline.read.scan.warps import Pixels

LOOK_DPI = 100
"""Dots an inch at which a page is looked at here."""
_MOST = 12.0
"""Degrees."""
_LETTER = (2, 40)
"""Pixels of the longer side of what is taken for a letter."""
_CLEARLY = 1.2
"""Times as much evidence for one way as for the other."""
_ENOUGH = 20
"""Pairs of letters without which nothing can be told."""
_LOW, _HIGH = 10, 60
"""Pixels at 200 dots an inch: how high letters are."""
_SAME, _DIFFERENT = 1, 4
"""Pixels."""


class Lie(NamedTuple):
    """How a page lies."""

    quarters: int
    """Quarter turns clockwise that set it upright."""
    degrees: float
    """By which it is turned counter-clockwise after that."""


def lie(grey: Pixels, quarters: int | None = None) -> Lie:
    """Return how a page lies.

    Args:
        grey: at `LOOK_DPI`, its ground even and white.
        quarters: what is known already from a square code; None where nothing is.
    """
    ink = np.asarray(cv2.threshold(grey, 160, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    letters = _letters(ink)
    if quarters is None:
        quarters = _on_its_side(letters)
    return Lie(quarters, _lean(_turned(letters, quarters)))


def on_its_head(grey: Pixels) -> bool:
    """Say whether a page whose rows are level stands on its head.

    Letters that stand side by side share the line that they stand on; their tops differ. On its head a page has it the other way round.

    Args:
        grey: at about 200 dots an inch, its ground even and white.
    """
    ink = np.asarray(cv2.threshold(grey, 160, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, width, height = (stats[1:, column].astype(np.int64) for column in range(4))
    letters = (height >= _LOW) & (height <= _HIGH) & (width <= 2 * _HIGH)
    left, top, right, bottom = left[letters], top[letters], (left + width)[letters], (top + height)[letters]
    order = np.lexsort((left, (top + bottom) // 2 // _LOW))
    left, top, right, bottom = left[order], top[order], right[order], bottom[order]
    near = (
        (left[1:] - right[:-1] >= -2)
        & (left[1:] - right[:-1] <= _LOW)
        & (np.minimum(bottom[1:], bottom[:-1]) > np.maximum(top[1:], top[:-1]))
    )
    tops, bottoms = np.abs(top[1:] - top[:-1])[near], np.abs(bottom[1:] - bottom[:-1])[near]
    upright = int(((bottoms <= _SAME) & (tops > _DIFFERENT)).sum())
    inverted = int(((tops <= _SAME) & (bottoms > _DIFFERENT)).sum())
    return inverted > _CLEARLY * upright and inverted >= _ENOUGH


def _letters(ink: Pixels) -> Pixels:
    """Return only what may be letters: no lines, pictures or specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longer = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (longer >= _LETTER[0]) & (longer <= _LETTER[1])
    keep[0] = False
    return np.asarray(keep[labels] * np.uint8(255), dtype=np.uint8)


def _turned(ink: Pixels, quarters: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(ink, -quarters))


def _rotated(ink: Pixels, degrees: float) -> Pixels:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR), dtype=np.uint8)


def _sharpness(ink: Pixels, degrees: float) -> float:
    rows = _rotated(ink, degrees).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _lean(ink: Pixels) -> float:
    """Return the angle that makes rows sharpest: in steps of a degree, a fifth, a twentieth."""
    best = 0.0
    for reach, step in ((_MOST, 1.0), (1.0, 0.2), (0.2, 0.05)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))
    return best if abs(best) >= 0.05 else 0.0


def _on_its_side(letters: Pixels) -> int:
    """Return 1 where rows run up and down, otherwise 0."""
    if not letters.any():
        return 0
    sharp = [max(_sharpness(turned, float(angle)) for angle in np.arange(-10, 11, 1.0)) for turned in (letters, _turned(letters, 1))]
    return int(sharp[1] > _CLEARLY * sharp[0])
