"""Ink of a sheet in which nobody saw a word: looked at once more, and noted where it still says nothing.

What a person could see must not vanish. Dirt is no word: pieces smaller than a full stop, and thin streaks, are left out.
"""

from typing import NamedTuple

import cv2
import numpy as np

from pipeline.model.places import Box
from pipeline.read.scan.recognisers import Recognisers
from pipeline.read.scan.sheets import DPI
from pipeline.read.scan.warps import Pixels
from pipeline.read.scan.words import Found, cut, readable

_LOWEST, _HIGHEST = DPI // 18, DPI // 2
"""Pixels: what is lower is dirt, and what is higher is a picture, not a line of words."""
_NARROWEST = DPI // 50
_INK = 0.06
"""Of the box: with less ink it is dust."""
_FIELDS = 60
"""Looked at on one page; the rest is noted as one."""
_SURE = 0.5
_BELIEVED = 0.6
"""A score of the models with which what was overlooked is a word."""


class Overlooked(NamedTuple):
    """What was found at a second look."""

    words: tuple[Found, ...]
    ink: tuple[Box, ...]
    """Fields of ink, in pixels, that say nothing."""


def overlooked(grey: Pixels, ink: Pixels, words: list[Found], recognisers: Recognisers) -> Overlooked:
    """Look at ink that no word covers.

    Args:
        grey: the sheet with its lines.
        ink: the sheet without them, 255 where there is ink.
        words: what was recognised.
        recognisers: what is there to read with.
    """
    fields = _fields(_uncovered(ink, words))
    lines = [field for field in fields if field.bottom - field.top <= _HIGHEST][:_FIELDS]
    said = recognisers.words.reread([cut(grey, field) for field in lines]) if recognisers.words else [("", 0.0)] * len(lines)
    found = {field: readable(text) for field, (text, score) in zip(lines, said, strict=True) if score >= _BELIEVED}
    read = tuple(Found(text, field, _SURE, False) for field, text in found.items() if any(map(str.isalnum, text)))
    taken = {word.box for word in read}
    return Overlooked(read, tuple(field for field in fields if field not in taken))


def _uncovered(ink: Pixels, words: list[Found]) -> Pixels:
    """Return the ink that no word covers; what sticks out of a word is part of it."""
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    covered = np.zeros(ink.shape, np.uint8)
    for word in words:
        left, top, right, bottom = (int(side) for side in word.box)
        covered[max(top - 3, 0) : bottom + 4, max(left - 3, 0) : right + 4] = 1
    rows = centres[:, 1].round().astype(int).clip(0, ink.shape[0] - 1)
    columns = centres[:, 0].round().astype(int).clip(0, ink.shape[1] - 1)
    free = (covered[rows, columns] == 0) & (stats[:, cv2.CC_STAT_AREA] >= 12) & (stats[:, cv2.CC_STAT_HEIGHT] >= 5)
    free[0] = False
    return np.asarray(free[labels] * np.uint8(255), dtype=np.uint8)


def _fields(ink: Pixels) -> list[Box]:
    """Return the boxes around ink that stands together, as the words of a line do."""
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, DPI // 10), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    found = []
    for left, top, width, height, _ in stats[1:].tolist():
        share = (ink[top : top + height, left : left + width] > 0).mean()
        if height >= _LOWEST and width >= _NARROWEST and share >= _INK:
            found.append(Box(float(left), float(top), float(left + width), float(top + height)))
    return sorted(found, key=lambda box: (box.top, box.left))
