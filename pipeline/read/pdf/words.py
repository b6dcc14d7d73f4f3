"""The words of a page's text layer, each with where it stands and how it looks.

PDFium gives the characters of a page in the order in which they are drawn, with spaces and line ends where it sees them. What is drawn
at once looks the same, so the words of one text object stay together: a place is asked once for all of them, not for each character.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from ctypes import c_double, c_ushort
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.read.pdf.calls import Handle, handle, loose_box, room, text_object
from pipeline.read.pdf.looks import PLAIN, Look, Looks

CHARACTERS = 200_000
"""The most characters of a page that are read."""
_STRETCH = re.compile(r"[^ \t\r\n\0](?:[^\r\n\0]*[^ \t\r\n\0])?")
"""A line, from its first word to the end of its last."""
_WORD = re.compile(r"[^ \t\r\n\0]+")
_GAP = re.compile(r"[ \t]")
_SHOWN = {
    0x02: "-",
    0xFFFE: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0x200B: "",
    0x200C: "",
    0x200D: "",
    0x2060: "",
    0xFEFF: "",
}
"""Characters that stand for others: PDFium's sign for a hyphen at a line's end, ligatures, bullets of symbol fonts."""
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _SHOWN)))}\u00ad]")
_HALF = re.compile("[\ud800-\udfff]")
"""PDFium counts a character beyond the first 65,536, such as a picture sign, as two."""
_SPREAD = 0.85
"""Heights: letters further apart than this on average have gaps between words in which a column may begin."""
_INSIDE = 1.5
"""Points by which a ruled line must stand inside words to part them."""
_ABOVE, _BELOW = 0.76, 0.22
"""Of the size of letters: how far they reach above and below the line that they stand on. PDFium's boxes are as high as each letter."""

Wall = tuple[float, float, float]
"""An upright line: where it stands, and from where to where it runs, in the coordinates of the PDF."""


class Run(NamedTuple):
    """Words that are drawn at once, in the coordinates of the PDF."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    look: Look
    joined: bool
    """True where no space stands before them."""
    lead: float
    """How wide the first of them is."""
    course: int
    """Where they run: 0 to the right, 1 upwards, 2 to the left, 3 downwards."""


class Said(NamedTuple):
    """The text layer of a page."""

    runs: list[Run]
    cut: int = 0
    """Characters that were too many to read."""


def said(page: pdfium.FPDF_PAGE, looks: Looks, walls: Sequence[Wall] = ()) -> Said:
    """Return the words of a page's text layer, in the order in which they are drawn.

    Args:
        page: an open page.
        looks: what is known of the document's fonts.
        walls: the upright lines of the page; words on both sides of one are parted.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Said([])
    try:
        return _Layer(text_page, looks, walls).read()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Layer:
    """A text layer while it is read."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, looks: Looks, walls: Sequence[Wall]) -> None:
        self.text_page = text_page
        self.looks = looks
        self.walls = sorted(walls)
        self.seen: dict[int, Look] = {}
        self.handle = handle(text_page)
        self.box = pdfium.FS_RECTF()
        self.place = room(self.box)
        self.x, self.y = c_double(), c_double()

    def read(self) -> Said:
        count = pdfium.FPDFText_CountChars(self.text_page)
        text = _text(self.text_page, min(count, CHARACTERS))
        runs: list[Run] = []
        for stretch in _STRETCH.finditer(text):
            start, end = stretch.span()
            first, last = self._shape(start), self._shape(end - 1)
            if first == last:
                self._whole(text, start, end, first, runs)
            else:
                self._part(text, _words(text, start, end), first, last, runs)
        return Said(runs, max(count - CHARACTERS, 0))

    def _part(self, text: str, words: list[tuple[int, int]], first: int, last: int, runs: list[Run]) -> None:
        """Add the runs of a line that begins with one text object and ends with another: as few as there are in it."""
        at = 0
        while first != last:
            other = self._other(words, at, first)
            start, end = words[other]
            if self._shape(start) == first:
                change = self._change(start, end, first)
                self._whole(text, words[at][0], change, first, runs)
                words[other] = change, end
            else:
                self._whole(text, words[at][0], words[other - 1][1], first, runs)
            at = other
            first = self._shape(words[at][0])
        self._whole(text, words[at][0], words[-1][1], first, runs)

    def _other(self, words: list[tuple[int, int]], at: int, first: int) -> int:
        """Return the number of the first word from `at` on that does not end in a text object; the last one does not."""
        low, high = at, len(words) - 1
        while low < high:
            middle = (low + high) // 2
            if self._shape(words[middle][1] - 1) == first:
                low = middle + 1
            else:
                high = middle
        return low

    def _shape(self, at: int) -> int:
        """Return a number for the text object of a character; 0 where it has none."""
        return text_object(self.handle, at) or 0

    def _change(self, start: int, end: int, first: int) -> int:
        """Return where in a word another text object begins."""
        low, high = start + 1, end - 1
        while low < high:
            middle = (low + high) // 2
            if self._shape(middle) == first:
                low = middle + 1
            else:
                high = middle
        return low

    def _whole(self, text: str, start: int, end: int, shape: int, runs: list[Run]) -> None:
        """Add the words of one text object: as one run, or one by one where a column may begin between them."""
        gap = _GAP.search(text, start, end)
        run = self._run(text, start, end, shape, gap.start() if gap else end)
        if gap and not run.course and (self._is_spread(run) or self._is_crossed(run)):
            runs += [self._run(text, start, end, shape, end) for start, end in _words(text, start, end)]
        elif run.text:
            runs.append(run)

    def _run(self, text: str, start: int, end: int, shape: int, first: int) -> Run:
        """Return the run from a character to before another; `first` is where its first word ends."""
        box, place, layer = self.box, self.place, self.handle
        loose_box(layer, start, place)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        look = self.seen.get(shape) or self._look(shape, start)
        course = 0
        if end - start > 1:
            loose_box(layer, end - 1, place)
            last_left, last_bottom, last_right, last_top = box.left, box.bottom, box.right, box.top
            across, up = last_left + last_right - left - right, last_bottom + last_top - bottom - top
            if across <= abs(up):
                course = 2 if -across > abs(up) else 1 if up > 0 else 3
            left, right = left if left < last_left else last_left, right if right > last_right else last_right
            bottom, top = bottom if bottom < last_bottom else last_bottom, top if top > last_top else last_top
        if not course and look.size:
            base = look.base
            if not bottom - look.size < base < top:
                pdfium.FPDFText_GetCharOrigin(self.text_page, start, self.x, self.y)
                base = self.y.value
            bottom, top = base - _BELOW * look.size, base + _ABOVE * look.size
        if first < end:
            loose_box(layer, first - 1, place)
            lead = box.right - left
        else:
            lead = right - left
        joined = start > 0 and text[start - 1] not in " \t\r\n\0"
        return Run(_shown(text[start:end]), left, bottom, right, top, look, joined, lead, course)

    def _look(self, shape: int, at: int) -> Look:
        """Return how a text object looks, of which a character is known; each is asked once."""
        look = self.seen[shape] = self.looks.of(self.handle, at, Handle(shape)) if shape else PLAIN
        return look

    @staticmethod
    def _is_spread(run: Run) -> bool:
        return run.right - run.left > _SPREAD * (run.top - run.bottom) * len(run.text)

    def _is_crossed(self, run: Run) -> bool:
        walls = self.walls
        middle = (run.bottom + run.top) / 2
        at = bisect_left(walls, (run.left + _INSIDE, 0.0, 0.0))
        while at < len(walls) and walls[at][0] < run.right - _INSIDE:
            if walls[at][1] <= middle <= walls[at][2]:
                return True
            at += 1
        return False


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where each word between two places begins and ends."""
    return [word.span() for word in _WORD.finditer(text, start, end)]


def _text(text_page: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """Return the characters of a page, one for each that PDFium counts."""
    room = (c_ushort * (count + 1))()
    length = pdfium.FPDFText_GetText(text_page, 0, count, room) - 1
    text = bytes(room)[: 2 * max(length, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(text_page, at)) for at in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _shown(text: str) -> str:
    """Return words as a person sees them: ligatures spelt out, and no signs that only say where a word may be broken."""
    if text.isascii() and "  " not in text and text.isprintable():
        return text
    if _HALF.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if _ODD.search(text):
        text = text.translate(_SHOWN)
        text = text[:-1].replace("\u00ad", "") + text[-1:]
    return re.sub(r"[ \t]+", " ", text)
