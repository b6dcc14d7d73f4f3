"""Returns of the small round's partnership, typed into its blank, and what is asked about them."""

import datetime as dt

from pipeline.asking.marking import Spot
from pipeline.blanks.compiling import compile_master
from pipeline.flow import read_return
from pipeline.model.findings import Finding, Severity
from pipeline.model.queries import Question
from pipeline.model.records import Record
from tests.journey.rounds import a_desk
from tests.journey.test_round_trip import the_blank
from tests.sample.typed import lines
from tests.sample.word import fill

NOW = dt.datetime(2011, 5, 9, 12, tzinfo=dt.UTC)
TYPED = {
    "priorities[1].title": "More homes",
    "priorities[1].lead_officer": "Jane Smith",
    "priorities[1].deliverables[1].what": "New homes",
    "priorities[1].deliverables[1].due": "31 March 2016",
    "priorities[1].deliverables[2].what": "A cycle path along the canal",
}


def a_return(typed: dict[str, str] = TYPED) -> bytes:
    """Return what a partnership typed into its blank."""
    return fill(the_blank(), {tag: lines((text,)) for tag, text in typed.items()}, "Jo Penrose")


def read(document: bytes, file: str = "reply.docx") -> Record:
    """Return the record of a return."""
    return read_return(document, file, a_desk())[0]


def question(field: str, number: int = 1, says: str = "Which date is right?") -> Question:
    """Return a question about a field."""
    return Question(number, Finding("doubtful", Severity.QUERY, field, says, "spatial-planning-infrastructure"), "")


def a_spot(field: str, record: Record, number: int = 1) -> Spot:
    """Return where a question about an answer is put."""
    answer = next(one for one in record.answers if one.field == field)
    return Spot(question(field, number), tuple(one.place for one in answer.passages), tuple(one.text for one in answer.passages))


def blank() -> bytes:
    """Return the partnership's blank."""
    round_ = a_desk().round
    return compile_master(round_).stamp(round_.partnerships[0])
