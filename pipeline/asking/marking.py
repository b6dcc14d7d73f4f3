"""Word comments on the places in question, and those places alone open for editing.

The document is locked for reading only (`documentProtection edit=readOnly`, without a password), and around each place stands a range that
everyone may edit. Forms protection would open every control, and a return that came from LibreOffice or Google Docs has none.

Source: ECMA-376-1 17.13.4 (comments), 17.13.7 (range permissions), 17.15.1.29 (document protection).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from lxml import etree

from pipeline.asking.finding import Places, words
from pipeline.asking.returned import Given
from pipeline.model.places import Place
from pipeline.model.queries import Question
from pipeline.ooxml.names import W, q

_PPR, _VAL, _ID = q("w:pPr"), q("w:val"), q("w:id")
_SHOWN = tuple(q(f"w:{name}") for name in ("t", "sdt", "tab", "sym"))
_BEFORE_PROTECTION = ("evenAndOddHeaders", "defaultTabStop")
"""Settings of ours that stand after the protection: the first of them."""


class Spot(NamedTuple):
    """Where a question is put."""

    question: Question
    places: tuple[Place, ...] = ()
    """Of the words in question, or of the empty slots, in order; the comment begins at the first."""
    quotes: tuple[str, ...] = ()
    """The words at each place, empty for a slot: where something else stands there, the words are looked for."""
    tags: tuple[str, ...] = ()
    """Or, in a blank of ours: of the controls."""


def mark(given: Given, spots: Sequence[Spot], author: str, at: datetime) -> tuple[int, ...]:
    """Put the comments and the ranges into a document, and lock the rest.

    Args:
        given: the document; it is changed.
        spots: the questions with where each is put.
        author: of the comments.
        at: the comments' time; has a time zone.

    Returns:
        The numbers of the questions for which no place was found: they stand at the last paragraph.
    """
    places = Places(given.document)
    comments = given.parts.setdefault("comments", etree.Element(q("w:comments"), nsmap={"w": W}))
    used = [int(one.get(_ID, "0")) for one in comments if one.get(_ID, "").isdecimal() and len(one.get(_ID, "")) < 9]
    first, lost, opened = max(used, default=0) + 1, [], set[int]()
    for number, spot in enumerate(spots, first):
        found = _paragraphs(given.document, places, spot)
        if not found:
            lost.append(spot.question.number)
            found = places.all[-1:]
        comments.append(_comment(number, spot.question.words, author, at))
        for at_end, paragraph in enumerate(found):
            if id(paragraph) not in opened:
                opened.add(id(paragraph))
                _open(paragraph, len(opened))
            if not at_end:
                _annotate(paragraph, number)
    _lock(given.settings)
    return tuple(lost)


def _paragraphs(root: etree._Element, places: Places, spot: Spot) -> list[etree._Element]:
    """Return the paragraphs that a question is about, each once."""
    found: list[etree._Element] = []
    for place, quote in zip(spot.places, spot.quotes, strict=True):
        paragraph = places.at(place)
        if paragraph is None or not _says(paragraph, quote):
            paragraph = next((one for one in places.all if quote and _says(one, quote)), None)
        if paragraph is not None:
            found.append(paragraph)
    wanted = frozenset(spot.tags)
    for control in root.iter(q("w:sdt")) if wanted else ():
        tag = control.find(f"{q('w:sdtPr')}/{q('w:tag')}")
        if tag is not None and tag.get(_VAL) in wanted:
            inner = list(control.iter(q("w:p")))
            found += inner or list(control.iterancestors(q("w:p")))[:1]
    return list({id(one): one for one in found}.values())


def _says(paragraph: etree._Element, quote: str) -> bool:
    return "".join(quote.split()) in "".join(words(paragraph).split())


def _comment(number: int, text: str, author: str, at: datetime) -> etree._Element:
    initials = "".join(word[0] for word in author.split() if word[0].isalpha())[:9].upper()
    said = {"w:id": str(number), "w:author": author, "w:date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "w:initials": initials}
    comment = etree.Element(q("w:comment"), {q(name): value for name, value in said.items()})
    paragraph = etree.SubElement(comment, q("w:p"))
    etree.SubElement(etree.SubElement(paragraph, q("w:r")), q("w:annotationRef"))
    _text(etree.SubElement(paragraph, q("w:r")), text)
    return comment


def _text(run: etree._Element, text: str) -> None:
    written = etree.SubElement(run, q("w:t"), {q("xml:space"): "preserve"})
    written.text = "".join(character for character in text if character.isprintable())


def _open(paragraph: etree._Element, number: int) -> None:
    """Let everyone edit a paragraph. A range of nothing cannot be typed into: an empty paragraph gets a space."""
    if not any(True for _ in paragraph.iter(*_SHOWN)):
        _text(etree.SubElement(paragraph, q("w:r")), " ")
    begin = etree.Element(q("w:permStart"), {_ID: str(number), q("w:edGrp"): "everyone"})
    paragraph.insert(_after_looks(paragraph), begin)
    etree.SubElement(paragraph, q("w:permEnd"), {_ID: str(number)})


def _annotate(paragraph: etree._Element, number: int) -> None:
    """Put a comment over a paragraph; several on one paragraph follow one another."""
    said = {_ID: str(number)}
    paragraph.insert(_after_looks(paragraph), etree.Element(q("w:commentRangeStart"), said))
    etree.SubElement(paragraph, q("w:commentRangeEnd"), said)
    etree.SubElement(etree.SubElement(paragraph, q("w:r")), q("w:commentReference"), said)


def _after_looks(paragraph: etree._Element) -> int:
    return 1 if len(paragraph) and paragraph[0].tag == _PPR else 0


def _lock(settings: etree._Element) -> None:
    for old in settings.findall(q("w:documentProtection")):
        settings.remove(old)
    settings.insert(0, etree.Element(q("w:documentProtection"), {q("w:edit"): "readOnly", q("w:enforcement"): "1"}))
