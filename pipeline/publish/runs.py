"""Words become WordprocessingML: runs with their emphasis, paragraphs with their style and bullets.

The only place that writes text into a report. Everything is escaped; what XML cannot hold becomes a sign that something stood there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Self
from unicodedata import bidirectional

from pipeline.model.documents import Mark
from pipeline.model.records import Passage

_BREAKS = re.compile(r"\r\n?|[\n\v\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PROPERTIES = {"bold": "<w:b/>", "italic": "<w:i/>", "underline": '<w:u w:val="single"/>'}
_TEXT, _TEXT_END = '<w:t xml:space="preserve">', "</w:t>"
_PIECES = 256
"""Of a template, put together at a time."""
_DOTS = frozenset("•‣◦▪●○■□▫–—-*·o§\uf0b7\uf0a7\uf02d")
"""Markers that say "an item" and nothing else. Others ("1.", "(a)") are words of the return and are printed."""
_LEFTWARD = ("R", "AL")
"""Kinds of letters that are written from right to left. Source: Unicode Standard Annex 9, table 4."""


def legal(text: str) -> str:
    """Return the text with U+FFFD for every character that XML cannot hold.

    Source: XML 1.0 5th ed., 2.2 (Char).
    """
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def inline(text: str) -> str:
    """Return a text as the content of a `w:t`: line breaks and tabs become the elements for them."""
    if text.isprintable():
        return _escaped(text) if "&" in text or "<" in text or ">" in text else text
    lines = _BREAKS.split(_ILLEGAL.sub("\ufffd", text).replace("\f", "\n"))
    broken = f"{_TEXT_END}<w:br/>{_TEXT}".join(map(_escaped, lines))
    return broken.replace("\t", f"{_TEXT_END}<w:tab/>{_TEXT}")


def _escaped(text: str) -> str:
    """Escape the content of an element; three times as fast as a general escape, on the hottest path of publishing."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Styles:
    """The paragraph styles of a master.

    Args:
        ids: the id of each style by its name in lower case, as Word shows it to the officer.
    """

    def __init__(self, ids: dict[str, str]) -> None:
        self._names = {id_: name for name, id_ in ids.items()}
        self._ids = ids
        self._bullets: dict[tuple[str, int], str] = {}

    def id(self, name: str) -> str:
        """Return the id of a style; empty where the master has none of that name."""
        return self._ids.get(name, "")

    def name(self, id_: str) -> str:
        """Return the name of a style in lower case; empty where the master has no such style."""
        return self._names.get(id_, "")

    def bullet(self, style: str, level: int) -> str:
        """Return the id of the style for an item of a list that stands among paragraphs of a style.

        `List Bullet`, `List Bullet 2` … in running text, `Table Bullet` in tables; the paragraphs' own where the master has none of them.
        """
        key = (style, level)
        if key not in self._bullets:
            stem = "table" if self._names.get(style, "").startswith("table") else "list"
            wanted = [f"{stem} bullet {number}" for number in range(min(level, 8) + 1, 1, -1)] + [f"{stem} bullet"]
            self._bullets[key] = next((self._ids[name] for name in wanted if name in self._ids), style)
        return self._bullets[key]

    def marked(self, style: str, level: int) -> str:
        """Return the id of the style for an item with a marker of its own: `List Marker`, `List Marker 2` or `Table Marker`."""
        stem = "table" if self._names.get(style, "").startswith("table") else "list"
        wanted = [f"{stem} marker {level + 1}", f"{stem} marker"]
        return next((self._ids[name] for name in wanted if name in self._ids), style)


def is_leftward(text: str) -> bool:
    """Say whether a text is read from right to left, as Arabic is: whether its first letter is."""
    if text.isascii():
        return False
    return next((kind in _LEFTWARD for kind in map(bidirectional, text) if kind in ("L", *_LEFTWARD)), False)


def paragraph(style: str, content: str, *, keep: bool = False, leftward: bool = False) -> str:
    """Return a paragraph of runs; `keep` holds it on the page of the next one, `leftward` lets it begin at the right."""
    looks = f"{'<w:keepNext/>' if keep else ''}{'<w:bidi/>' if leftward else ''}"
    if style:
        looks = f'<w:pStyle w:val="{style}"/>{looks}'
    return f"<w:p>{looks and f'<w:pPr>{looks}</w:pPr>'}{content}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of one text."""
    if is_leftward(text):
        for sign in ("b", "i"):  # letters of these scripts have an emphasis of their own
            properties = properties.replace(f"<w:{sign}/>", f"<w:{sign}/><w:{sign}Cs/>")
        properties += "<w:rtl/>"
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}{_TEXT}{inline(text)}{_TEXT_END}</w:r>"


def runs(text: str, marks: Sequence[Mark]) -> str:
    """Return the runs of a paragraph with its emphasis. Links are text: nothing that a return brought is live in a report."""
    edges = sorted({0, len(text), *(min(max(edge, 0), len(text)) for mark in marks for edge in (mark.start, mark.end))})
    made = []
    for start, end in pairwise(edges):
        kinds = {mark.kind for mark in marks if mark.start <= start and end <= mark.end}
        made.append(run(text[start:end], "".join(xml for kind, xml in _PROPERTIES.items() if kind in kinds)))
    return "".join(made)


class Block:
    """Paragraphs or a table, made by this program from escaped text: what takes the place of a paragraph of the master."""

    __slots__ = ("xml",)

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml


class Flow(str):
    """A block that is made piece by piece while it is written, since it may be as long as the plan. As a text it is empty."""

    pieces: Callable[[], Iterator[str]]
    """Makes the XML, anew each time."""

    @classmethod
    def of(cls, pieces: Callable[[], Iterator[str]]) -> Self:
        """Return the block that some pieces are."""
        made = cls()
        made.pieces = pieces
        return made

    def __html__(self) -> str:
        return "".join(self.pieces())


def gathered(pieces: Iterator[str]) -> Iterator[str]:
    """Yield what a template prints in fewer and larger pieces, with what flows in its place."""
    while some := tuple(islice(pieces, _PIECES)):
        if Flow not in set(map(type, some)):
            yield "".join(some)
            continue
        for piece in some:
            if isinstance(piece, Flow):
                yield from piece.pieces()
            else:
                yield piece


def paragraphs(passages: Sequence[Passage], style: str, styles: Styles) -> str:
    """Return a paragraph for each passage, in a style of the master, lists in the styles that belong to it.

    A paragraph over a list stays on the page of the list's first item.
    """
    if len(passages) == 1:  # nearly all are
        text, _, marks, bullet, _ = passages[0]
        if not marks and not bullet and text.isascii():
            properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
            return f"<w:p>{properties}<w:r>{_TEXT}{inline(text)}{_TEXT_END}</w:r></w:p>"
    made = []
    for number, (text, _, marks, bullet, level) in enumerate(passages, 1):
        content, leftward = runs(text, marks) if marks else run(text), is_leftward(text)
        if not bullet:
            keep = number < len(passages) and bool(passages[number].bullet)
            made.append(paragraph(style, content, keep=keep, leftward=leftward))
        elif bullet in _DOTS:
            made.append(paragraph(styles.bullet(style, level), content, leftward=leftward))
        else:
            made.append(paragraph(styles.marked(style, level), f"{run(bullet)}<w:r><w:tab/></w:r>{content}", leftward=leftward))
    return "".join(made)
