"""Recognise the heading of a block by the name of an item that was listed before: "B. Supporting independent living"."""

from collections.abc import Iterator

from pipeline.align.entries import likeness
from pipeline.align.filling import Filling
from pipeline.align.items import Item
from pipeline.model.alignments import Piece

_LONGEST = 250
"""Characters of the longest line that can be the name of an item."""
_SAME = 88.0
"""How alike (0 to 100) a heading must be to a name."""


def named_by(piece: Piece, filling: Filling) -> str:
    """Return the repeat of the item whose name a line is; nothing where it is none, or no such names are looked for."""
    if filling.layout.wordings is None or len(piece.text) > _LONGEST or not _begins_a_line(piece):
        return ""
    alike = [(likeness(piece.text, item.said(filling.layout.names[repeat])), repeat) for repeat, item in _listed(filling)]
    best, repeat = max(alike, default=(0.0, ""))
    return repeat if best >= _SAME else ""


def _listed(filling: Filling) -> Iterator[tuple[str, Item]]:
    for repeat in filling.layout.described:
        for item in filling.root.children.get(repeat, ()):
            if item.region and not item.children:
                yield repeat, item


def _begins_a_line(piece: Piece) -> bool:
    return not piece.paragraph.text[: piece.start].rpartition("\n")[2].strip()
