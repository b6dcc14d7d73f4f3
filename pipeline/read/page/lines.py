"""From words to lines: which words stand beside one another, and what a person reads there from left to right.

Knows nothing of tables. Words need not be straight: a scan leans, and letters of one line differ in height.
"""

import re
from collections.abc import Iterable
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
    rf"(?:[{re.escape(BULLETS)}]|[-–—*o§](?=\s)|\((?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\)(?=\s)|(?:\d{{1,2}}|[A-Za-z]|[ivx]{{1,4}})[.)](?=\s))\s*"
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


def lines(words: Iterable[Word]) -> list[Line]:
    """Return the lines that words stand in, from the top."""
    gathered: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        best, most = None, 0.5
        for line in gathered[-_RECENT:]:
            shared = _shared(_nearest(line, word).box, word.box)
            if shared > most:
                best, most = line, shared
        if best is None:
            gathered.append([word])
        else:
            best.append(word)
    return [_line(sorted(line, key=_left)) for line in gathered]


def _middle(word: Word) -> float:
    return word.box.top + word.box.bottom


def _left(word: Word) -> float:
    return word.box.left


def _nearest(line: list[Word], word: Word) -> Word:
    """Return the word of a line that stands next to another, so that a line may lean."""
    if len(line) == 1:
        return line[0]
    left = word.box.left
    return min(line, key=lambda other: abs(other.box.left - left))


def _shared(one: Box, other: Box) -> float:
    """Return how much of the lower of two boxes stands at the height of the other, from 0 to 1."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / (min(one.bottom - one.top, other.bottom - other.top) or 1.0)


def _line(words: list[Word]) -> Line:
    left, right = words[0].box.left, max(word.box.right for word in words)
    box = Box(left, min(word.box.top for word in words), right, max(word.box.bottom for word in words))
    height = max(word.size for word in words) or box.bottom - box.top
    match = _MARKER.match(words[0].text + " ")
    if match is None or (len(words) == 1 and match.end() > len(words[0].text)):
        return Line(tuple(words), box, height, indent=left)
    marker = match[0].strip()
    if len(words[0].text) > len(marker):
        return Line(tuple(words), box, height, marker, indent=_inside(words[0], match.end()))
    follows = words[1].box.left
    return Line(tuple(words), box, height, marker, follows - words[0].box.right > _APART * height, follows)


def _inside(word: Word, at: int) -> float:
    """Return where about a character of a word stands."""
    return word.box.left + (word.box.right - word.box.left) * at / len(word.text)


def between(one: Word, other: Word, height: float) -> str:
    """Return what stands between two words of a line: nothing, a space or a tabulator."""
    gap = other.box.left - one.box.right
    if other.joined or (gap < _TIGHT * height and other.text[:1] in _CLOSING):
        return ""
    return "\t" if gap > _WIDE * height else " "


def pieces(line: Line) -> list[Line]:
    """Cut a line at its tabulators."""
    cut: list[list[Word]] = [[line.words[0]]]
    for one, other in zip(line.words, line.words[1:], strict=False):
        if between(one, other, line.height) == "\t":
            cut.append([])
        cut[-1].append(other)
    return [line] if len(cut) == 1 else [_line(words) for words in cut]
