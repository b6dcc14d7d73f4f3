"""Set recognised words on their lines: a box that fits the ink says little of the line, for "are" is low and "(gap)" is high.

What letters a word has tells how much of it stands above and below the line, so that the size of its type and the line that it stands on
can be had from its box. Words of one line share both. Knows nothing of tables.

Source: the proportions of Helvetica, Times and Verdana, between which they differ by less than a tenth.
"""

import statistics
from collections.abc import Sequence

from pipeline.model.places import Box
from pipeline.read.page import Word
from pipeline.read.page.lines import lines

_DEEP = frozenset("gjpqyQ,;()[]{}|/@$§")
_TALL = frozenset("bdfhijklt()[]{}|/@$£&%?!'\"‘’“”")
_LOW = frozenset(".,:;-–—~_=+•·*…")
"""Signs that tell nothing of the size: they stand anywhere, and are of any height."""
_ASCENT, _SMALL, _DESCENT = 0.73, 0.54, 0.21
"""Of the size of the type: capitals and tall letters, small letters, and what hangs below the line."""
_DASHES = frozenset("-–—")
_HYPHEN, _EN = 0.42, 0.78
"""Of the size of the type: a dash that is narrower is a hyphen, or an en dash; recognisers do not tell the last two apart."""
_USUAL = 0.16
"""A line whose type differs by less from the page's usual one has that."""


def settled(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return words with the size of their type, and boxes as high as it."""
    known = [word for word in words if _tells(word)]
    if not known:
        return tuple(words)
    usual = statistics.median(_height(word) / sum(_extent(word)) for word in known for _ in word.text)
    letter = statistics.median(_letter([word]) for word in known for _ in word.text)
    found: list[Word] = []
    for line in lines(words):
        telling = [word for word in line.words if _tells(word)]
        size = _size(telling, usual)
        if size > usual and _letter(telling) / letter < (1 + size / usual) / 2:
            size = usual
        feet = [_foot(word, size) for word in line.words if _tells(word)]
        for word in line.words:
            foot = _foot(word, size) if _tells(word) else _nearest(word, feet)
            found.append(_set(word, size, foot))
    return tuple(found)


def _tells(word: Word) -> bool:
    return sum(character not in _LOW for character in word.text) > 1 or word.text.isalnum()


def _extent(word: Word) -> tuple[float, float]:
    """Return how far the ink of a word reaches above and below its line, in sizes of its type."""
    tall = any(character in _TALL or character.isupper() or character.isdigit() for character in word.text)
    return _ASCENT if tall else _SMALL, _DESCENT if any(character in _DEEP for character in word.text) else 0.0


def _height(word: Word) -> float:
    return word.box.bottom - word.box.top


def _letter(words: Sequence[Word]) -> float:
    """Return how wide a letter of some words is: larger type is wider too, and a speck of dirt makes a word only higher."""
    return sum(word.box.right - word.box.left for word in words) / sum(len(word.text) for word in words)


def _size(words: Sequence[Word], usual: float) -> float:
    """Return the size of a line's type. Words of which nothing hangs below the line are surer: a ruled line takes what does away."""
    sure = [word for word in words if not _extent(word)[1]] or words
    size = statistics.median([_height(word) / sum(_reach(word, usual)) for word in sure] or [usual])
    return usual if abs(size / usual - 1) < _USUAL else size


def _reach(word: Word, size: float) -> tuple[float, float]:
    """Return how far the ink of a word of about some size reaches; nothing below the line where it is too low for that."""
    up, down = _extent(word)
    seen = _height(word) / size
    return (up, down) if abs(seen - up - down) <= abs(seen - up) else (up, 0.0)


def _foot(word: Word, size: float) -> float:
    return word.box.bottom - _reach(word, size)[1] * size


def _nearest(word: Word, feet: Sequence[float]) -> float:
    """Return the line nearest to a word that does not tell its own; its own foot where there is none."""
    return min(feet, key=lambda foot: abs(foot - word.box.bottom), default=word.box.bottom)


def _set(word: Word, size: float, foot: float) -> Word:
    """Return a word with a box as high as its type, or as its ink where that reaches further."""
    top, bottom = foot - _ASCENT * size, foot + _DESCENT * size
    left, right = word.box.left, word.box.right
    lead = (right - left) * len(word.text.partition(" ")[0]) / len(word.text)
    text = _dash((right - left) / size) if word.text in _DASHES else word.text
    return word._replace(text=text, box=Box(left, top, right, bottom), size=round(size, 2), lead=round(lead, 2))


def _dash(width: float) -> str:
    """Return the dash that is so wide, in sizes of its type."""
    return "-" if width < _HYPHEN else "–" if width < _EN else "—"
