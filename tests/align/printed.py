"""A small form as it is printed, and pages on which it comes back: words and lines where a test puts them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.model.documents import Block, Document, Paragraph
from pipeline.model.forms import Form
from pipeline.model.pages import Area, Phrase, PrintedBlank, PrintedPage, Projection, RuledCell, SeenPage, SeenWord
from pipeline.model.places import Box, Place

AS_IT_LIES = Projection((1, 0, 0, 0, 1, 0, 0, 0, 1))
LETTER, LINE = 6.0, 12.0
"""Points."""
QUESTIONS = ("Name of the club", "Name of its leader", "Number of members", "Meeting place", "Aims of the club", "Money that it has")
KEYS = ("name", "leader", "members", "place", "aims", "money")
TOP, HIGH = 100.0, 40.0


def form() -> Form:
    """Return the form of the pages."""
    fields = {key: {"label": label, "prompt": f"Say here: {key}"} for key, label in zip(KEYS, QUESTIONS, strict=True)}
    annex, plan = {"title": "", "of": "name", "columns": []}, {"of": "name", "title": "", "chapters": ""}
    return Form.model_validate(
        {"form": "club", "title": "A club", "version": 1, "fields": fields, "identified_by": "name", "annex": annex, "plan": plan}
    )


def at(text: str, left: float, top: float) -> Box:
    """Return the box of words that begin at a point."""
    return Box(left, top, left + LETTER * len(text), top + LINE)


def blank(pages: int = 1) -> PrintedBlank:
    """Return the form as it is printed: a table with a question and its box in each row; a line of its own on each page tells the pages."""
    return PrintedBlank(tuple(_page(number, pages) for number in range(1, pages + 1)))


def _page(number: int, of: int) -> PrintedPage:
    phrases = [Phrase("Clubs of the county", at("Clubs of the county", 60, 50))]
    phrases += [Phrase(label, at(label, 60, TOP + HIGH * row + 8)) for row, label in enumerate(QUESTIONS)]
    foot = f"Sheet {number} of {of}"
    phrases += [Phrase(foot, at(foot, 480, 800)), Phrase("Please return it", at("Please return it", 60, 800))]
    phrases += [Phrase(f"Say here: {key}", at(f"Say here: {key}", 225, TOP + HIGH * row + 8), False) for row, key in enumerate(KEYS)]
    return PrintedPage(number, tuple(phrases), tuple(Area(key, box, RuledCell(box, 1)) for key, box in boxes().items()))


def boxes() -> dict[str, Box]:
    """Return the box of each field."""
    return {key: Box(220, TOP + HIGH * row, 540, TOP + HIGH * (row + 1)) for row, key in enumerate(KEYS)}


def rules(heights: Sequence[float] | None = None) -> list[Box]:
    """Return the level lines of the table."""
    return [Box(50, y - 0.5, 540, y + 0.5) for y in heights or [TOP + HIGH * row for row in range(len(KEYS) + 1)]]


class Scan(NamedTuple):
    """A page that comes back."""

    said: tuple[tuple[str, Box], ...]
    """The phrases that stand on it."""
    ruled: tuple[Box, ...]
    pen: tuple[tuple[str, Box], ...] = ()
    ink: tuple[Box, ...] = ()


def scan(
    answers: Mapping[str, str] | None = None,
    *,
    page: int = 1,
    of: int = 1,
    unread: Iterable[str] = (),
    misread: Mapping[str, str] | None = None,
    down: Callable[[float], float] = lambda y: 0.0,
) -> Scan:
    """Return a page of the form that comes back.

    Args:
        answers: what stands in boxes in place of the prompts, by the field.
        page, of: which page it is, of how many.
        unread: phrases in which nothing was recognised.
        misread: what was recognised in place of phrases.
        down: by how many points what was printed at a height stands lower.
    """
    said: list[tuple[str, Box]] = []
    typed = {f"Say here: {key}": text for key, text in (answers or {}).items()}
    for text, box, _ in blank(of).pages[page - 1].phrases:
        if text not in tuple(unread):
            text = typed.get(text, (misread or {}).get(text, text))
            lower = down(box.top)
            said.append((text, at(text, box.left, box.top + lower)))
    ruled = [line._replace(top=line.top + down(line.top), bottom=line.bottom + down(line.top)) for line in rules()]
    return Scan(tuple(said), tuple(ruled))


def seen(scan: Scan, number: int = 1, way: Callable[[Box], Box] = lambda box: box, back: Projection = AS_IT_LIES) -> SeenPage:
    """Return a page as it is recognised.

    Args:
        scan: the page.
        number: of the picture.
        way: from the page as it was printed to the straightened sheet.
        back: from the straightened sheet to the picture.
    """
    words = [SeenWord(word, way(box)) for text, whole in _lines(scan) for word, box in _words(text, whole)]
    pen = tuple(SeenWord(text, way(box)) for text, box in scan.pen)
    return SeenPage(number, tuple(words), back, pen, tuple(map(way, scan.ink)), tuple(map(way, scan.ruled)))


def _lines(scan: Scan) -> list[tuple[str, Box]]:
    return sorted([*scan.said, *scan.pen], key=lambda one: (one[1].top, one[1].left))


def _words(text: str, box: Box) -> Iterable[tuple[str, Box]]:
    where = 0
    for word in text.split():
        where = text.index(word, where)
        yield word, at(word, box.left + LETTER * where, box.top)
        where += len(word)


def document(*scans: Scan, way: Callable[[Box], Box] = lambda box: box, back: Projection = AS_IT_LIES) -> Document:
    """Return a scan as it is read: a paragraph for each phrase."""
    blocks: list[Block] = []
    for number, one in enumerate(scans, 1):
        for text, box in _lines(one):
            place = Place(paragraph=len(blocks) + 1, page=number, box=back.around(way(box)))
            blocks.append(Paragraph(text, place, sure=0.95))
    return Document("scan", tuple(blocks), seen=tuple(seen(one, number, way, back) for number, one in enumerate(scans, 1)))
