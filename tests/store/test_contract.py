"""The public JSON of a reading: readable, stable, and undone without loss."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.contract import reading_as_json, reading_from_json
from pipeline.model.documents import Mark, Note, PageFile, PageNumber
from pipeline.model.findings import Finding, Severity
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Box, Place
from pipeline.model.records import Answer, Claim, Passage, Record, State, Unplaced, Value

TEXT = st.text(max_size=12)
NUMBERS = st.integers(0, 99)
SOME = st.none() | NUMBERS
SHARES = st.floats(0, 1)
BOXES = st.builds(Box, *(st.floats(0, 2000) for _ in range(4)))
PLACES = st.builds(Place, TEXT, SOME, SOME, SOME, SOME, SOME, st.none() | BOXES)
MARKS = st.builds(Mark, NUMBERS, NUMBERS, st.sampled_from(("bold", "link")), TEXT)
PASSAGES = st.builds(Passage, TEXT, PLACES, st.lists(MARKS, max_size=2).map(tuple), TEXT, st.integers(0, 3))
ANSWERS = st.builds(
    Answer,
    TEXT,
    st.none() | TEXT,
    st.sampled_from(State),
    st.lists(PASSAGES, max_size=3).map(tuple),
    st.sampled_from(("control", "cell", "phrase")),
    SHARES,
    st.sampled_from(("", "day", "quarter")),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
RECORDS = st.builds(
    Record,
    file=TEXT,
    sha256=TEXT,
    format=TEXT,
    outcome=st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(Reason),
    message=st.none() | TEXT,
    round=st.none() | TEXT,
    form=st.none() | TEXT,
    partnership=st.none() | TEXT,
    identity=st.lists(st.builds(Claim, st.sampled_from(("control", "sender")), TEXT, st.booleans()), max_size=2).map(tuple),
    answers=st.lists(ANSWERS, max_size=3).map(tuple),
    values=st.dictionaries(TEXT, VALUES, max_size=3),
    unplaced=st.lists(st.builds(Unplaced, TEXT, PLACES), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, TEXT, TEXT, PLACES, TEXT), max_size=2).map(tuple),
    tracked_changes=st.booleans(),
    damage=st.lists(TEXT, max_size=2).map(tuple),
    pages=st.lists(st.builds(PageNumber, PLACES, NUMBERS, NUMBERS), max_size=2).map(tuple),
    files=st.lists(st.builds(PageFile, TEXT, TEXT), max_size=2).map(tuple),
)
FINDINGS = st.lists(st.builds(Finding, TEXT, st.sampled_from(Severity), TEXT, TEXT, TEXT), max_size=3).map(tuple)


@given(RECORDS, FINDINGS)
@settings(deadline=None)
def test_a_reading_comes_back_from_its_json_without_loss(record: Record, findings: tuple[Finding, ...]) -> None:
    said = json.loads(json.dumps(reading_as_json(record, findings)))
    assert reading_from_json(said) == (record, findings)


@given(RECORDS, FINDINGS)
@settings(deadline=None, max_examples=30)
def test_the_object_holds_nothing_that_json_does_not_know(record: Record, findings: tuple[Finding, ...]) -> None:
    said = reading_as_json(record, findings)
    assert json.loads(json.dumps(said)) == said


def an_answer(*passages: Passage) -> Answer:
    return Answer("things[1].due", "2012-03-31", State.GIVEN, passages, "control", 0.98, "month")


def a_reading(answer: Answer, *findings: Finding) -> dict[str, object]:
    record = Record("reply.docx", "ab", "docx", Outcome.READ, partnership="roads", answers=(answer,))
    return reading_as_json(record, findings)


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    place = Place("word/document.xml", table=4, row=2, column=2, paragraph=1)
    said = a_reading(an_answer(Passage("by end March 2012", place)))
    assert list(said) == [
        *("schema", "file", "sha256", "format", "outcome", "reason", "message", "round", "form", "partnership", "identity"),
        *("values", "answers", "unplaced", "notes", "findings", "tracked_changes", "damage"),
    ]
    assert said["schema"] == 1
    assert said["answers"] == [
        {
            "field": "things[1].due",
            "value": "2012-03-31",
            "state": "given",
            "quote": "by end March 2012",
            "place": {"part": "word/document.xml", "table": 4, "row": 2, "column": 2, "paragraph": 1},
            "method": "control",
            "confidence": 0.98,
            "precision": "month",
        }
    ]


def test_passages_are_written_only_where_they_say_more_than_quote_and_place() -> None:
    listed = Passage("by end", Place("p"), (Mark(0, 2, "bold"),), "•", 1)
    said = a_reading(an_answer(listed, Passage("March 2012", Place("q"))))
    answers = said["answers"]
    assert isinstance(answers, list)
    assert answers[0]["quote"] == "by end\nMarch 2012"
    assert answers[0]["passages"] == [
        {"quote": "by end", "place": {"part": "p"}, "marks": [{"start": 0, "end": 2, "kind": "bold"}], "bullet": "•", "level": 1},
        {"quote": "March 2012", "place": {"part": "q"}},
    ]


def test_a_finding_names_its_partnership_only_where_it_is_not_the_records() -> None:
    own = Finding("late", Severity.WARNING, "", "It is late.", "roads")
    said = a_reading(an_answer(), own, own._replace(partnership="schools"))
    assert said["findings"] == [
        {"code": "late", "severity": "warning", "field": "", "message": "It is late."},
        {"code": "late", "severity": "warning", "field": "", "message": "It is late.", "partnership": "schools"},
    ]
