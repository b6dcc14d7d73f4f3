"""Returns of the sample round: its own blank, answered, and then damaged as returns are."""

import io
from collections.abc import Callable, Mapping
from functools import cache

from lxml import etree

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.controls import controls, parent, unwrap
from pipeline.flow import Desk, read_return
from pipeline.model.records import Record, State
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import serialise
from tests.builders import a_round
from tests.documents import Piece, docx
from tests.sample.typed import lines
from tests.sample.word import fill

DOCUMENT = "word/document.xml"
Change = Callable[[etree._Element], None]

PLAIN = {
    "chair": "Cllr Jo Penrose",
    "priorities[1].title": "Reduce congestion on the A40",
    "priorities[1].lead_officer": "Aoife Keane",
    "priorities[1].focus": "Economy (skills/educational attainment/NEETS/infrastructure)",
    "priorities[1].context.policies": "The local transport plan.",
    "priorities[1].context.objectives_link": "Goods and people arrive on time.",
    "priorities[1].context.business_plans": "The capital programme.",
    "priorities[1].deliverables[1].what": "Open the new junction",
    "priorities[1].deliverables[1].due": "March 2012",
    "priorities[1].deliverables[1].measure": "Journeys are ten minutes shorter",
    "priorities[1].deliverables[2].what": "Run a bus every ten minutes",
    "priorities[1].deliverables[2].due": "June 2013",
    "priorities[1].deliverables[2].measure": "5,000 more passengers a week",
    "priorities[2].title": "Build affordable homes",
    "priorities[2].lead_officer": "Bram Okafor",
    "priorities[2].context.policies": "The housing strategy.",
    "priorities[2].deliverables[1].what": "Agree a list of sites",
    "priorities[2].deliverables[1].due": "Q1 2012/13",
    "priorities[2].deliverables[1].measure": "400 homes have permission",
    "pledges[1].status": "Already met",
    "pledges[2].relevance": "Still wanted in the villages",
}
"""What a partnership typed, by the tag of the control."""


@cache
def desk() -> Desk:
    """Return the desk of the sample round."""
    return Desk(a_round())


@cache
def issued() -> bytes:
    """Return the blank that was sent."""
    return compile_master(desk().round).stamp(desk().round.partnerships[0])


def answered(answers: Mapping[str, str] = PLAIN, copied: str = "", copies: int = 0) -> bytes:
    """Return the blank with answers typed in; a line is a paragraph."""
    return fill(issued(), {tag: lines(tuple(text.split("\n"))) for tag, text in answers.items()}, "A. Person", copied, copies)


def edited(data: bytes, *changes: Change) -> bytes:
    """Return a document with changes made to its body."""
    package = Package(data)
    root = package.xml(DOCUMENT)
    for change in changes:
        change(root)
    stream = io.BytesIO()
    with Writer(stream) as out:
        for name in package.names:
            out.add(name, serialise(root) if name == DOCUMENT else package.read(name))
    return stream.getvalue()


def record(data: bytes, file: str = "reply.docx") -> Record:
    """Read a return."""
    return read_return(data, file, desk())[0]


def told(*blocks: Piece) -> dict[str, str | None]:
    """Return what a small return says: the value of every field that was answered, by its path."""
    return given(record(docx(*blocks)))


def given(said: Record) -> dict[str, str | None]:
    """Return the values of a record's answers that were given, by path."""
    return {answer.field: answer.value for answer in said.answers if answer.state in (State.GIVEN, State.NOT_APPLICABLE)}


def left(said: Record) -> list[str]:
    """Return the words that answer no field."""
    return [unplaced.quote for unplaced in said.unplaced]


# -- what happens to returns ---------------------------------------------------------------------------------------------


def untagged(root: etree._Element) -> None:
    """Take the names of all controls away, as LibreOffice does."""
    for name in ("w:tag", "w:alias"):
        for element in list(root.iter(q(name))):
            parent(element).remove(element)


def uncontrolled(root: etree._Element) -> None:
    """Take all controls away and leave their words, as Google Docs does."""
    for control in list(controls(root)):
        unwrap(control)


def blocks(root: etree._Element) -> list[etree._Element]:
    """Return the elements of the body."""
    return list(root[0])


def text(element: etree._Element) -> str:
    """Return the words in an element."""
    return "".join(words.text or "" for words in element.iter(q("w:t")))


def heading(root: etree._Element, words: str) -> int:
    """Return the number of the block that says certain words and no others, from 0."""
    return next(at for at, block in enumerate(blocks(root)) if text(block) == words)


def section(root: etree._Element, first: str, after: str) -> list[etree._Element]:
    """Return the blocks from the heading that says `first` to the one before the heading that says `after`."""
    return blocks(root)[heading(root, first) : heading(root, after)]
