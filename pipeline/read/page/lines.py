"""From words to lines: which words stand beside one another, and what a person reads there from left to right.

Knows nothing of tables. Words need not be straight: a scan leans, and letters of one line differ in height.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model.places import Box
from pipeline.read.page.nouns import Word

_RECENT = 6
"""Lines that a word may still belong to, counted upwards; words come from the top."""
_WIDE = 2.4
"""Heights of a line: a gap this wide between two words is a tabulator."""
_TIGHT = 0.05
"""Heights of a line: with a smaller gap before it, a mark belongs to the word that it follows."""
_CLOSING = ",.;:!?)]’”"
_APART = 0.45
"""Heights of a line: a list marker with such a gap after it stands apart."""

BULLETS = "•◦▪▫‣∙·●○■□✓✔➢➔►⁃\uf0b7\uf0a7\uf0d8\uf0fc"
_MARKER = re.compile(
    rf"(?:[{re.escape(BULLETS)}]|[-–—*o§](?=\s|$)|\((?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\)(?=\s|$)|(?:\d{{1,2}}|[A-Za-z]|[ivx]{{1,4}})[.)](?=\s|$))\s*"
)
_STRONG = re.compile(rf"[{re.escape(BULLETS)}]|\(?(?:1|a|i|A)[.)]")


class Line(NamedTuple):
    """Words beside one another, from left to right."""

    words: tuple[Word, ...]
    box: Box
    height: float
    """Of its letters: the font's where it is known, otherwise what they cover."""
    marker: str = ""
    """The list marker that it begins with: "•", "2.", "(a)"."""
    apart: bool = False
    """True where the marker stands apart from the words after it, as a program sets it."""
    indent: float = 0.0
    """Where the words after the marker begin; the left edge where there is none."""

    @property
    def strong(self) -> bool:
        """Say whether its marker begins an item whatever stands above it."""
        return self.apart or bool(_STRONG.match(self.marker))


def lines(words: Sequence[Word]) -> list[Line]:
    """Return the lines that words stand in, from the top."""
    if len(words) < 2:
        return [_line(list(words))] if words else []
    gathered: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        box = word.box
        best, most = None, 0.5
        for line in gathered[-_RECENT:] if len(gathered) > 1 else gathered:
            shared = _shared(line[0].box if len(line) == 1 else _nearest(line, word).box, box)
            if shared > most:
                best, most = line, shared
        if best is None:
            best = []
            gathered.append(best)
        best.append(word)
    return [_line(line if len(line) == 1 else sorted(line, key=_left)) for line in gathered]


def _middle(word: Word) -> float:
    box = word.box
    return box.top + box.bottom


def _left(word: Word) -> float:
    return word.box.left


def _nearest(line: list[Word], word: Word) -> Word:
    """Return the word of a line that stands next to another, so that a line may lean."""
    left = word.box.left
    return min(line, key=lambda other: abs(other.box.left - left))


def _shared(one: Box, other: Box) -> float:
    """Return how much of the lower of two boxes stands at the height of the other, from 0 to 1."""
    _, top, _, bottom = one
    _, other_top, _, other_bottom = other
    shared = (bottom if bottom < other_bottom else other_bottom) - (top if top > other_top else other_top)
    if shared <= 0:
        return 0.0
    one_high, other_high = bottom - top, other_bottom - other_top
    return shared / ((one_high if one_high < other_high else other_high) or 1.0)


def _line(words: list[Word]) -> Line:
    first = words[0]
    if len(words) == 1:
        box, size = first.box, first.size
    else:
        boxes = [word.box for word in words]
        tops, rights, bottoms = [box.top for box in boxes], [box.right for box in boxes], [box.bottom for box in boxes]
        box, size = Box(boxes[0].left, min(tops), max(rights), max(bottoms)), max([word.size for word in words])
    height = size or box.bottom - box.top
    text = first.text
    match = _MARKER.match(text)
    end = match.end() if match is not None else 0
    if match is None or (len(words) == 1 and end >= len(text)):
        return Line(tuple(words), box, height, "", False, box.left)
    marker = match[0].strip()
    if len(text) > len(marker):
        return Line(tuple(words), box, height, marker, False, _inside(first, end))
    follows = words[1].box.left
    return Line(tuple(words), box, height, marker, follows - first.box.right > _APART * height, follows)


def _inside(word: Word, at: int) -> float:
    """Return where about a character of a word stands."""
    return word.box.left + (word.box.right - word.box.left) * at / len(word.text)


def between(one: Word, other: Word, height: float) -> str:
    """Return what stands between two words of a line: nothing, a space or a tabulator."""
    gap = other.box.left - one.box.right
    if other.joined or (gap < _TIGHT * height and other.text[:1] in _CLOSING):
        return ""
    return "\t" if gap > _WIDE * height else " "
