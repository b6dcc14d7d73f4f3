"""A blank that was issued before the round's deadline or contact changed: its own sentences are nobody's words."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.blanks.compiling import compile_master
from pipeline.desk.desk import Desk
from pipeline.flow import read_return
from pipeline.model.records import Record
from pipeline.model.rounds import Contact, Round
from tests.align.test_labels import NAMED
from tests.builders import a_round
from tests.documents import docx

NOW = Contact("Ann Early", "Policy Officer", "ann.early@example.org", "01632 960001")


def changed(round_: Round) -> Round:
    """Return a round with another deadline and another contact."""
    steps = (one._replace(written="20th May", end=dt.date(2011, 5, 20)) if one.kind == "due" else one for one in round_.timetable)
    return replace(round_, contacts=(NOW,), timetable=tuple(steps))


def left(record: Record) -> list[str]:
    return [one.quote for one in record.unplaced]


def test_the_sentences_of_a_blank_that_was_issued_with_other_facts_are_not_words_of_the_return() -> None:
    issued = a_round()
    blank = compile_master(issued).stamp(issued.partnerships[0])
    record, *_ = read_return(blank, "return.docx", Desk(changed(issued)))
    assert left(record) == []
    notes = [note for note in record.notes if note.code == "issued-before"]
    assert any(note.quote.startswith("Please send the form to ") for note in notes)  # nothing vanishes: it is said, with its place
    assert all(note.place.paragraph for note in notes)


def test_a_blank_of_the_round_as_it_is_has_no_such_note() -> None:
    round_ = a_round()
    record, *_ = read_return(compile_master(round_).stamp(round_.partnerships[0]), "return.docx", Desk(round_))
    assert (left(record), [note for note in record.notes if note.code == "issued-before"]) == ([], [])


@pytest.mark.parametrize(
    "words",
    [
        "Please send the form to Jo Penrose by 6 May 2011. A draft sent early is welcome; a later one takes its place. We need longer.",
        "Please send the form to",
        "We asked Jo Penrose by 6 May 2011.",
    ],
)
def test_words_that_somebody_wrote_beside_it_stay_words_of_the_return(words: str) -> None:
    record, *_ = read_return(docx(words, *NAMED, "Telephone: 01632 960100"), "return.docx", Desk(changed(a_round())))
    said = " ".join([*left(record), *(answer.quote for answer in record.answers)])
    assert words in said
