"""Footnotes: what stands below a short line at the foot of a page, and the small numbers that point to it.

They are kept beside the text, as those of a Word document are; the numbers that point to them are no part of it either.
"""

import re
from collections.abc import Sequence

from pipeline.model.documents import Aside
from pipeline.model.places import Box, Place
from pipeline.read.page.lines import Line, lines
from pipeline.read.page.margins import said
from pipeline.read.page.nouns import Page, Word

_NUMBER = re.compile(r"\d{1,3}|[*†‡]|[ivx]{1,4}")
_SHORT = 0.5
"""Of the width of the words on a page: the line over footnotes is shorter."""
_SHORTEST = 20.0
"""Points: how long it is at least."""
_LOW = 0.35
"""Of the height of a page: it stands lower."""
_SMALL = 0.8
"""Of the size of other letters: those that point to a footnote are smaller."""
_UNDER = 3.0
"""Points: a line that stands no lower below words is drawn under them."""
_GAP = 2.0
"""Heights of a line: below a wider gap stands the footer."""


def part(page: Page) -> tuple[Page, list[Aside]]:
    """Return a page without its footnotes, and the footnotes."""
    if not page.words:
        return page, []
    left, right = min([word.box.left for word in page.words]), max([word.box.right for word in page.words])
    longest = _SHORT * (right - left)
    separators = [
        rule.box
        for rule in page.rules
        if rule.box.top > _LOW * page.height
        and _SHORTEST < rule.box.right - rule.box.left < longest
        and abs(rule.box.left - left) < _SHORTEST
        and not _is_under(rule.box, page)
    ]
    for box in sorted(separators, key=lambda box: -box.top):
        sizes = sorted(word.size for word in page.words)
        small = _SMALL * sizes[len(sizes) // 2]
        notes = _notes([word for word in page.words if word.box.top > box.top - 1], small)
        if notes:
            return _without(page, notes, small), [_aside(note, page.number) for note in notes]
    return page, []


def _is_under(box: Box, page: Page) -> bool:
    """Say whether a line is drawn under words."""
    return any(
        word.box.left < box.right and box.left < word.box.right and word.box.top < box.top < word.box.bottom + _UNDER for word in page.words
    )


def _notes(words: Sequence[Word], small: float) -> list[list[Line]]:
    """Return the lines of each footnote; nothing where the first line does not begin with a small number."""
    notes: list[list[Line]] = []
    above: Line | None = None
    for line in lines(words):
        if above is not None and line.box.top - above.box.bottom > _GAP * line.height:
            break
        if line.words[0].size < small and _NUMBER.fullmatch(line.words[0].text):
            notes.append([line])
        elif notes:
            notes[-1].append(line)
        else:
            break
        above = line
    return notes


def _without(page: Page, notes: Sequence[Sequence[Line]], small: float) -> Page:
    """Leave out the words of footnotes, and the small numbers that point to them."""
    told = {id(word) for note in notes for line in note for word in line.words}
    numbers = {note[0].words[0].text for note in notes}
    kept: list[Word] = []
    for word in page.words:
        if id(word) in told:
            continue
        if word.text in numbers and word.size < small:
            if kept:
                kept[-1] = kept[-1]._replace(box=kept[-1].box._replace(right=max(kept[-1].box.right, word.box.right)))
        else:
            kept.append(word)
    return page._replace(words=tuple(kept))


def _aside(note: Sequence[Line], page: int) -> Aside:
    box = Box(min(line.box.left for line in note), note[0].box.top, max(line.box.right for line in note), note[-1].box.bottom)
    return Aside("footnote", " ".join(said(line) for line in note), Place(page=page, box=box))
