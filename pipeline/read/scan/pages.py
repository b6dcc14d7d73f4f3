"""From pictures to pages: words and ruled lines, each in points of the straightened sheet, and the way back to the picture.

    picture ─► sheet ─► ruled lines away ─► words ─► a second look ─► handwriting ─► Page

Pages are read side by side: what takes time runs in other processes or without Python's lock.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import cv2
import numpy as np

from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.model.documents import Note
from pipeline.model.pages import Projection, SeenWord
from pipeline.model.places import Box, Place
from pipeline.read.page import Page, Rule, Word
from pipeline.read.scan.handwriting import SURE, handwritten
from pipeline.read.scan.laying import Recognised
from pipeline.read.scan.missing import nothing_installed
from pipeline.read.scan.overlooked import overlooked
from pipeline.read.scan.pictures import Picture
from pipeline.read.scan.recognisers import Recognisers
from pipeline.read.scan.rules import Ruled, ruled
from pipeline.read.scan.settling import settled
from pipeline.read.scan.sheets import POINTS, sheet
from pipeline.read.scan.warps import Warp
from pipeline.read.scan.words import Found, words

_CHECKED, _EMPTY = "☒", "☐"
_NOTED = 20
"""Fields of ink of one page that are noted one by one."""


def recognised(pictures: Iterable[tuple[int, Picture]], recognisers: Recognisers) -> Iterator[Recognised]:
    """Yield the pages of pictures in the order given, a few in memory at a time.

    Args:
        pictures: with the numbers of their pages.
        recognisers: what is there to read with.

    Raises:
        UnreadableError: `timeout` where a page took too long, or as the pictures raise.
    """
    cv2.setNumThreads(1)
    workers = os.cpu_count() or 1
    waiting = iter(pictures)
    with ThreadPoolExecutor(workers) as pool:
        while batch := list(islice(waiting, workers)):
            yield from pool.map(_translated, *zip(*batch, strict=True), [recognisers] * len(batch))


def _translated(number: int, picture: Picture, recognisers: Recognisers) -> Recognised:
    try:
        return _page(number, picture, recognisers)
    except TimeoutError as error:
        raise UnreadableError("timeout", f"Page {number} took too long.", "Ask for a cleaner scan, or for the Word document.") from error
    except ToolMissingError as error:
        raise nothing_installed() from error


def _page(number: int, picture: Picture, recognisers: Recognisers) -> Recognised:
    found = sheet(picture)
    lines = ruled(found.grey, tuple(code.box for code in found.codes))
    read = words(found.grey, lines, recognisers)
    more = overlooked(found.grey, lines.ink, read.words, recognisers)
    said = [*read.words, *more.words]
    unread = _only(read.unread, [*more.ink, *(word.box for word in more.words)])
    pen = handwritten(said, lines.ink, found.colour)
    way = _way(found.warp, picture.scale)
    page = Page(
        number, *found.size_points, settled((*_words(said, pen), *_ticks(lines))), tuple(Rule(_points(line)) for line in lines.lines)
    )
    ink = [*more.ink, *unread]
    notes = (*_handwriting(said, pen, number, way), *_ink(ink, number, way))
    written = tuple(SeenWord(word.text, _points(word.box)) for word, by_pen in zip(said, pen, strict=True) if by_pen)
    return Recognised(page, notes, tuple(code.text for code in found.codes), way, written, tuple(map(_points, ink)))


def _way(warp: Warp, scale: float) -> Projection:
    """Return the way from a straightened sheet back to the picture, both in points."""
    matrix = np.diag([scale, scale, 1.0]) @ np.linalg.inv(warp.matrix) @ np.diag([1 / POINTS, 1 / POINTS, 1.0])
    a, b, c, d, e, f, g, h, i = (float(entry) for entry in (matrix / matrix[2, 2]).ravel())
    return Projection((a, b, c, d, e, f, g, h, i))


def _points(box: Box) -> Box:
    return Box(*(side * POINTS for side in box))


def _words(said: Sequence[Found], pen: Sequence[bool]) -> Iterator[Word]:
    for word, written in zip(said, pen, strict=True):
        yield Word(word.text, _points(word.box), min(word.sure, SURE) if written else _sure(word))


def _sure(word: Found) -> float:
    """Return how sure a printed word is; a dash or a dot by itself changes nothing that is said, whichever it was."""
    return word.sure if any(letter.isalnum() or letter in "£$€%" for letter in word.text) else 1.0


def _ticks(lines: Ruled) -> Iterator[Word]:
    for tick in lines.ticks:
        yield Word(_CHECKED if tick.checked else _EMPTY, _points(tick.box), 0.9)


def _handwriting(said: Sequence[Found], pen: Sequence[bool], number: int, way: Projection) -> Iterator[Note]:
    """Yield a note for each line of handwriting."""
    written = sorted((word for word, by_pen in zip(said, pen, strict=True) if by_pen), key=lambda word: (word.box.top, word.box.left))
    lines: list[list[Found]] = []
    for word in written:
        middle = (word.box.top + word.box.bottom) / 2
        line = next((line for line in lines if line[-1].box.top <= middle <= line[-1].box.bottom), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line in lines:
        ordered = sorted(line, key=lambda word: word.box.left)
        place = Place(page=number, box=way.around(_points(_around([word.box for word in ordered]))))
        quote = " ".join(word.text for word in ordered)
        yield Note("handwriting", f"Page {number} has handwriting. What was read of it must be compared with the page.", place, quote)


def _only(boxes: Sequence[Box], known: Sequence[Box]) -> list[Box]:
    """Return the boxes whose middle stands in none that is known."""
    return [box for box in boxes if not any(_holds(other, (box.left + box.right) / 2, (box.top + box.bottom) / 2) for other in known)]


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _ink(fields: Sequence[Box], number: int, way: Projection) -> Iterator[Note]:
    """Yield a note for each field of ink that says nothing; where there are many, one for them all."""
    if len(fields) > _NOTED:
        fields = [_around(fields)]
    for field in fields:
        place = Place(page=number, box=way.around(_points(field)))
        yield Note("unread-ink", f"Page {number} shows something that was not read: a picture, a signature, a stamp or dirt.", place)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes), max(box.right for box in boxes), max(box.bottom for box in boxes)
    )
