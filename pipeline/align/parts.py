"""Cut a paragraph of a return into parts: the slots of named controls, and what `lines` makes of the rest."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.align.layout import Layout
from pipeline.align.lines import LONGEST_LABEL, Kind, recognised
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.documents import Control, Paragraph
from pipeline.model.forms import schema_path

AREA, WRITTEN = "area", "written"
"""The kinds of controls that are the boxes of the printed blank; in the second something was written by hand, or could not be read."""
AREAS = (AREA, WRITTEN)


class Part(NamedTuple):
    """A stretch of a paragraph, and what it is."""

    kind: Kind
    piece: Piece
    fields: tuple[str, ...] = ()
    """For a slot, the tag; for a label, the schema paths that it may stand for; for an opener, the repeat's."""
    number: int = 0
    """For a slot, the control's number; for an opener, the item's."""
    empty: bool = False
    """For a slot: True where it shows its prompt or nothing."""
    sure: float = 1.0
    """For a label: how surely its wording means these fields."""
    control: str = ""
    """For a slot: the control's kind."""


def parts(paragraph: Paragraph, layout: Layout) -> list[Part]:
    """Return the parts of a paragraph, left to right. They do not overlap, and what they leave out has no letter or digit."""
    text, controls = paragraph.text, paragraph.controls
    if not controls:
        return list(between(paragraph, 0, len(text), layout)) if text else []
    found: list[Part] = []
    at = 0
    for control in controls:
        if control.start < at:
            continue
        if control.tag in layout.tags or schema_path(control.tag) in layout.form.by_path:
            if at < control.start:
                found += between(paragraph, at, control.start, layout)
            found.append(_slot(paragraph, control, layout))
            at = control.end
        elif control.start < control.end and (control.start or control.end < len(text)):
            found += between(paragraph, at, control.start, layout)
            found += between(paragraph, control.start, control.end, layout)
            at = control.end
    if at < len(text):
        found += between(paragraph, at, len(text), layout)
    return found


def _slot(paragraph: Paragraph, control: Control, layout: Layout) -> Part:
    text = paragraph.text[control.start : control.end]
    empty = not text.strip() or (len(text) <= LONGEST_LABEL and fold(text) in layout.prompts)
    empty = empty or (control.kind in AREAS and control.placeholder)
    return Part(Kind.SLOT, Piece(paragraph, control.start, control.end), (control.tag,), control.number, empty, control=control.kind)


def between(paragraph: Paragraph, start: int, end: int, layout: Layout) -> Iterator[Part]:
    """Yield the parts of a stretch outside named controls, a line at a time."""
    stands_out = layout.wordings is not None and _stands_out(paragraph, start)
    while start < end:
        stop = paragraph.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        for kind, first, last, fields, number, sure in recognised(paragraph.text[start:stop], layout, stands_out=stands_out):
            yield Part(kind, Piece(paragraph, start + first, start + last), fields, number, sure=sure)
        start = stop + 1


def _stands_out(paragraph: Paragraph, start: int) -> bool:
    """Say whether a paragraph looks like a label from `start` on: a heading, or in bold."""
    return paragraph.heading > 0 or any(mark.kind == "bold" and mark.start <= start < mark.end for mark in paragraph.marks)
