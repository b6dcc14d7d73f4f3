"""Put recognised pages together: in the order of their page numbers, headers and footers apart, every place back on the picture.

Headers are found here and not by `pipeline.read.page` alone, for on a scan no two of them are quite the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.model.documents import Aside, Block, Cell, Note, Paragraph
from pipeline.model.pages import Projection, SeenPage, SeenWord
from pipeline.model.places import Box, Place
from pipeline.read.page import Laid, Page
from pipeline.read.page.lines import Line, lines
from pipeline.read.page.margins import said
from pipeline.read.page.numbers import NUMBER, completed, printed_number

_MARGIN = 0.14
"""Of the height of a sheet: how far from its edge a header or footer may stand."""
_ALIKE = 72.0
"""From 0 to 100: as alike the same line is on two pages, digits apart."""
_APART = 30.0
"""Points: as much higher or lower the same line may stand, for sheets are laid on the glass by hand."""
_MOST = 0.7
"""Of the other pages: so many must have a line where it is to be a running one."""
_DEEPEST = 4
"""Lines of a header or footer."""


class Recognised(NamedTuple):
    """A page that was recognised."""

    page: Page
    """Straightened."""
    notes: tuple[Note, ...]
    """Their places are those of the picture."""
    codes: tuple[str, ...]
    """What its square codes say."""
    way: Projection
    """From the straightened sheet to the picture, both in points."""
    pen: tuple[SeenWord, ...] = ()
    """The words that were written by hand."""
    ink: tuple[Box, ...] = ()
    """What was not read, on the straightened sheet."""

    @property
    def seen(self) -> SeenPage:
        """The page with every word where it stands."""
        words = (SeenWord(word.text, word.box) for line in lines(self.page.words) for word in line.words)
        return SeenPage(self.page.number, tuple(words), self.way, self.pen, self.ink, tuple(rule.box for rule in self.page.rules))


class Sheets(NamedTuple):
    """Recognised pages in order, ready to be laid out."""

    pages: tuple[Page, ...]
    """Without their running headers and footers."""
    asides: tuple[Aside, ...]
    notes: tuple[Note, ...]
    codes: tuple[str, ...]
    ways: Mapping[int, Projection]
    """By the number of the page."""
    seen: tuple[SeenPage, ...]

    @classmethod
    def of(cls, pages: Sequence[Recognised]) -> "Sheets":
        """Return pages in the order of the numbers printed on them, headers and footers apart.

        Args:
            pages: as they were received.
        """
        ordered = in_order(pages)
        bodies, running = without_margins([page.page for page in ordered])
        ways = {page.page.number: page.way for page in pages}
        asides = tuple(aside._replace(place=back(aside.place, ways)) for aside in running)
        codes = tuple(dict.fromkeys(code for page in ordered for code in page.codes))
        seen = tuple(page.seen for page in ordered)
        return cls(tuple(bodies), asides, tuple(note for page in ordered for note in page.notes), codes, ways, seen)

    def put_back(self, laid: Laid) -> Laid:
        """Return what pages say with its places on the pictures; what stands on other pages stays where it is."""
        if not self.ways:
            return laid
        asides = tuple(aside._replace(place=back(aside.place, self.ways)) for aside in laid.asides)
        return Laid(tuple(put_back(laid.blocks, self.ways)), asides)


NONE = Sheets((), (), (), (), {}, ())


class _Margins(NamedTuple):
    """The lines of a page that may be its header, from the top, and its footer, from the foot, with their distance from that edge."""

    header: list[tuple[Line, float]]
    footer: list[tuple[Line, float]]


def in_order(pages: Sequence[Recognised]) -> list[Recognised]:
    """Return pages in the order of their numbers, where each has one of its own and all agree how many there are.

    A number that cannot be read and follows from the others counts as printed.
    """
    numbers = completed([printed_number(page.page) for page in pages])
    told = [number for number in numbers if number is not None]
    agreed = len(told) == len(pages) and len(set(told)) == len(pages) and len({of for _, of in told}) == 1
    return [pages[at] for at in sorted(range(len(pages)), key=lambda at: told[at])] if agreed else list(pages)


def without_margins(pages: Sequence[Page]) -> tuple[list[Page], list[Aside]]:
    """Return pages without their running headers and footers, and those."""
    margins = [_margins(page) for page in pages]
    bodies, asides = [], []
    for at, page in enumerate(pages):
        header = _running(at, [margin.header for margin in margins])
        footer = _running(at, [margin.footer for margin in margins])
        taken = {id(word) for line in (*header, *footer) for word in line.words}
        bodies.append(page._replace(words=tuple(word for word in page.words if id(word) not in taken)))
        asides += [*_aside("header", header, page.number), *_aside("footer", footer[::-1], page.number)]
    return bodies, asides


def _margins(page: Page) -> _Margins:
    reach = _MARGIN * page.height
    header = lines([word for word in page.words if word.box.bottom < reach])[:_DEEPEST]
    footer = lines([word for word in page.words if word.box.top > page.height - reach])[::-1][:_DEEPEST]
    return _Margins([(line, line.box.top) for line in header], [(line, page.height - line.box.bottom) for line in footer])


def _running(at: int, pages: Sequence[list[tuple[Line, float]]]) -> list[Line]:
    """Return the lines of a page from its edge inwards that most others have too, or that hold the page's number."""
    others = (*pages[:at], *pages[at + 1 :])
    found = []
    for line, distance in pages[at]:
        alike = sum(any(_alike(line, distance, other, there) for other, there in page) for page in others)
        if not NUMBER.search(said(line)) and (not alike or alike < _MOST * len(others)):
            break
        found.append(line)
    return found


def _alike(line: Line, distance: float, other: Line, there: float) -> bool:
    return abs(distance - there) < _APART and fuzz.ratio(_without_digits(line), _without_digits(other)) >= _ALIKE


def _without_digits(line: Line) -> str:
    return re.sub(r"\d+", "#", said(line))


def _aside(kind: str, found: Sequence[Line], page: int) -> Iterator[Aside]:
    if found:
        boxes = [line.box for line in found]
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        box = Box(left, top, max(box.right for box in boxes), max(box.bottom for box in boxes))
        yield Aside(kind, "\n".join(said(line) for line in found), Place(page=page, box=box))


def back(place: Place, ways: Mapping[int, Projection]) -> Place:
    """Return a place on a straightened sheet as a place on the picture; other pages keep theirs."""
    way = ways.get(place.page or 0)
    return place if way is None or place.box is None else place._replace(box=way.around(place.box))


def put_back(blocks: Sequence[Block], ways: Mapping[int, Projection]) -> Iterator[Block]:
    """Yield blocks with their places on the picture; tables are no deeper in one another than the ruled lines of a page."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block._replace(place=back(block.place, ways))
        else:
            rows = tuple(row._replace(cells=tuple(_cell(cell, ways) for cell in row.cells)) for row in block.rows)
            yield block._replace(rows=rows, place=back(block.place, ways))


def _cell(cell: Cell, ways: Mapping[int, Projection]) -> Cell:
    return cell._replace(blocks=tuple(put_back(cell.blocks, ways)))
