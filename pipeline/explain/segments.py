"""Cut a paragraph where marks, emphasis and links begin and end, so that overlaps become elements side by side."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.explain.entries import Entry, Marked
from pipeline.model.documents import Mark, Paragraph

_LOOKS = ("bold", "italic", "underline", "strike", "link")


class Ending(NamedTuple):
    """The number of an entry, after the last of its words."""

    entry: Entry
    name: str = ""
    """Of the element, to be linked to; only where the entry's words end for the first time."""


class Segment(NamedTuple):
    """Characters of a paragraph of which the same is said throughout."""

    text: str
    entries: tuple[Entry, ...]
    """Those that speak of the words, the ones that begin first first."""
    ending: tuple[Ending, ...]
    """The numbers that follow, of those whose words end here."""
    looks: tuple[str, ...]
    """bold, italic, underline, strike and link, as far as they apply."""
    target: str
    """Where a link points whose text ends here; it is shown and never followed."""

    @property
    def kind(self) -> str:
        """How the words are marked: unsure, answer, note or unplaced; as the form's own where nothing is said of them."""
        if any(entry.unsure for entry in self.entries):
            return "unsure"
        kinds = {entry.kind for entry in self.entries}
        return next((kind for kind in ("answer", "note", "unplaced") if kind in kinds), "form")


class _Over(NamedTuple):
    """What is said of characters `start` to `end`."""

    start: int
    end: int
    what: Entry | Mark


def segments(paragraph: Paragraph, marked: Sequence[Marked]) -> Iterator[Segment]:
    """Yield the segments of a paragraph, from left to right; together they are its text.

    Args:
        paragraph: of the return.
        marked: which of its characters an entry speaks of, in the order in which they begin.
    """
    length = len(paragraph.text)
    said = [_Over(*one.span, one.entry) for one in marked]
    said += [_Over(max(mark.start, 0), min(mark.end, length), mark) for mark in paragraph.marks]
    begin: dict[int, list[_Over]] = {}
    for one in said:
        if one.start < one.end:
            begin.setdefault(one.start, []).append(one)
    cuts = sorted({0, length} | {cut for over in begin.values() for one in over for cut in one[:2]})
    active: list[_Over] = []
    for start, end in pairwise(cuts):
        active = [one for one in active if one.end > start] + begin.get(start, [])
        yield _segment(paragraph.text[start:end], active, [one.what for one in active if one.end == end])


def _segment(text: str, active: Sequence[_Over], ending: Sequence[Entry | Mark]) -> Segment:
    looks = {one.what.kind for one in active if isinstance(one.what, Mark)}
    return Segment(
        text,
        tuple(one.what for one in active if isinstance(one.what, Entry)),
        tuple(Ending(what) for what in ending if isinstance(what, Entry)),
        tuple(look for look in _LOOKS if look in looks),
        next((what.target for what in ending if isinstance(what, Mark) and what.kind == "link"), ""),
    )
