"""Give the words of a scan the boxes of the printed blank that they stand in, as a Word document's words have their controls.

Where a page was laid over the blank, geometry says of a paragraph which field it answers, whatever became of its label. A box in which
nothing was read is known too: as one that was left blank, or as one in which somebody wrote by hand.

Knows where words and boxes stand, nothing of what fields mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.align.parts import AREA, WRITTEN
from pipeline.align.registering import Registered
from pipeline.grammar.texts import fold
from pipeline.model.documents import Block, Cell, Control, Document, Note, Paragraph
from pipeline.model.forms import Form
from pipeline.model.pages import Area, SeenPage
from pipeline.model.places import Box, Place

_INSIDE = 0.7
"""Of a paragraph: so much of it must stand in a box to answer its field alone."""
_TO_THE_LETTER, _MISREAD, _WRITTEN_OVER = 97.0, 90.0, 60.0
"""From 0 to 100: as alike what was recognised in a box and its own prompt are where that was read, where a letter or two were misread, and
where somebody wrote over it, so that neither can be read."""
_ALIKE = 70.0
"""The same of one word."""
_INK = ("unread-ink", "handwriting")


class Content(NamedTuple):
    """What stands in a box of the blank on a page of a scan."""

    prompt: bool
    """True where nothing but its prompt was read in it."""
    written: bool
    """True where somebody wrote by hand in it, or over its prompt, or left ink that says nothing."""
    pen: str = ""
    """What was recognised of the handwriting."""


def contents(page: Registered, seen: SeenPage, form: Form) -> dict[Area, Content]:
    """Return what stands in the boxes of a page, where anything does.

    Args:
        page: a page of a scan that is one of the blank.
        seen: what was seen on it.
        form: knows the prompts.
    """
    words = _by_area(page, seen, ((word.text, word.box) for word in seen.words))
    pen = _by_area(page, seen, ((word.text, word.box) for word in seen.pen))
    ink = _by_area(page, seen, (("", box) for box in seen.ink))
    return {area: _content(area, words[area], pen[area], ink[area], form) for area in page.areas if area in words or area in ink}


def _by_area(page: Registered, seen: SeenPage, said: Iterable[tuple[str, Box]]) -> dict[Area, list[str]]:
    found: dict[Area, list[str]] = defaultdict(list)
    for text, box in said:
        area = _at(page.off.around(seen.way.around(box)), page.areas)
        if area is not None:
            found[area].append(text)
    return found


def _content(area: Area, words: list[str], pen: list[str], ink: list[str], form: Form) -> Content:
    """Return what stands in a box. A prompt that was read to the letter is no handwriting, though its letters may look like it."""
    prompt = fold(form.field(area.tag).prompt)
    alike = fuzz.ratio(fold(" ".join(words)), prompt)
    further = _further(words, prompt)
    by_hand = pen if alike < _TO_THE_LETTER else [word for word in pen if further.intersection(fold(word).split())]
    written = bool(by_hand or ink) or _WRITTEN_OVER <= alike < _MISREAD
    return Content(alike >= _MISREAD and not further, written, " ".join(by_hand))


def _further(words: list[str], prompt: str) -> frozenset[str]:
    """Return the folded words that stand in a box beside its prompt: a long one is as good as whole, whatever little was added to it."""
    printed = prompt.split()
    said = [part for word in words for part in fold(word).split()]
    further = frozenset(word for word in said if not any(fuzz.ratio(word, own) >= _ALIKE for own in printed))
    return further if len(said) > len(printed) and len("".join(further)) > 1 else frozenset()


def in_boxes(document: Document, pages: Sequence[Registered], form: Form) -> Document:
    """Return a scan with a control over each paragraph that stands in a box of the blank, and an empty one for each other box.

    Args:
        document: the scan, as read.
        pages: those of it that are pages of the blank.
        form: knows the prompts.
    """
    seen = {page.number: page for page in document.seen}
    boxed = _Boxed(pages, {page.page: contents(page, seen[page.page], form) for page in pages})
    blocks = tuple(boxed.blocks(document.blocks))
    return replace(document, blocks=(*blocks, *boxed.empty()))


_NOTHING = Content(prompt=False, written=False)


class _Boxed:
    """The boxes of the pages of one scan."""

    def __init__(self, pages: Sequence[Registered], contents: Mapping[int, Mapping[Area, Content]]) -> None:
        self._pages = {page.page: page for page in pages}
        self._contents = contents
        self._numbers: dict[tuple[int, Area], int] = {}
        self._counted = count(1)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield blocks with their controls; tables are no deeper in one another than the ruled lines of a page."""
        for block in blocks:
            if isinstance(block, Paragraph):
                yield self._paragraph(block)
            else:
                rows = tuple(row._replace(cells=tuple(self._cell(cell) for cell in row.cells)) for row in block.rows)
                yield block._replace(rows=rows)

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(blocks=tuple(self.blocks(cell.blocks)))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        page = self._pages.get(paragraph.place.page or 0)
        if page is None or paragraph.place.box is None or paragraph.controls:
            return paragraph
        area = _around(page.off.around(paragraph.place.box), page.areas)
        return paragraph if area is None else paragraph._replace(controls=(self._control(page, area, len(paragraph.text)),))

    def _control(self, page: Registered, area: Area, end: int) -> Control:
        number = self._numbers.setdefault((page.page, area), next(self._counted))
        content = self._contents[page.page].get(area, _NOTHING)
        return Control(0, end, number, area.tag, kind=WRITTEN if content.written else AREA, placeholder=content.prompt)

    def empty(self) -> Iterator[Paragraph]:
        """Yield an empty paragraph for each box that no paragraph stands in, so that each field has its place."""
        for page in self._pages.values():
            for area in page.areas:
                if (page.page, area) not in self._numbers:
                    place = Place(page=page.page, box=page.onto.around(area.box))
                    yield Paragraph("", place, (self._control(page, area, 0),))


def _around(box: Box, areas: Iterable[Area]) -> Area | None:
    """Return the box of the blank that most of a paragraph stands in."""
    size = (box.right - box.left) * (box.bottom - box.top)
    return max((area for area in areas if _common(area.box, box) > _INSIDE * size), key=lambda area: _common(area.box, box), default=None)


def _common(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(across, 0.0) * max(down, 0.0)


def _at(box: Box, areas: Iterable[Area]) -> Area | None:
    """Return the box of the blank in which the middle of something stands."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    inside = (area for area in areas if area.box.left <= x <= area.box.right and area.box.top <= y <= area.box.bottom)
    return next(inside, None)


def noted(document: Document, pages: Sequence[Registered], form: Form, paths: dict[str, str]) -> Iterator[Note]:
    """Yield the notes of a scan, what they say of ink put down to the fields in whose boxes it stands.

    Args:
        document: the scan, as read.
        pages: those of it that are pages of the blank.
        form: knows what fields are called.
        paths: for the tag of a box, the path of the field in this return.
    """
    known = {page.page: page for page in pages}
    for note in document.notes:
        page = known.get(note.place.page or 0)
        if page is None or note.code not in _INK or note.place.box is None:
            yield note
    for seen in document.seen:
        if seen.number in known:
            yield from _of_page(known[seen.number], seen, document, form, paths)


def _of_page(page: Registered, seen: SeenPage, document: Document, form: Form, paths: dict[str, str]) -> Iterator[Note]:
    for area, content in contents(page, seen, form).items():
        if content.written:
            what = "is written by hand" if content.pen else "stands that was not read"
            message = f"Something {what} in “{form.field(area.tag).label}” on page {page.page}. Compare the answer with the page."
            code = "handwriting" if content.pen else "unread-ink"
            yield Note(code, message, Place(page=page.page, box=page.onto.around(area.box)), content.pen, paths.get(area.tag, area.tag))
    outside = [
        box for box in (*(word.box for word in seen.pen), *seen.ink) if _at(page.off.around(seen.way.around(box)), page.areas) is None
    ]
    there = [seen.way.around(box) for box in outside]
    for note in document.notes:
        own = note.code in _INK and note.place.page == page.page
        if own and note.place.box is not None and any(_common(note.place.box, box) > 0 for box in there):
            yield note
