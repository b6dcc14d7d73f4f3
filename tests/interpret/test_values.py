"""From the words of one answer to its value, for every type of field."""

import pytest

from pipeline.interpret.values import Reading, interpret
from pipeline.model.forms import Field, FieldType, Term
from pipeline.model.records import State

STATUSES = (Term(name="met", label="Already met", aliases=("done",)), Term(name="remaining", aliases=("none", "not yet")))


def read(type_: FieldType, text: str) -> Reading:
    return interpret(Field.model_validate({"type": type_, "label": "Label"}), text, STATUSES if type_ is FieldType.CHOICE else ())


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (FieldType.TEXT, "  Agree\u00a0the  plan ", "Agree the plan"),
        (FieldType.PASSAGE, "First  paragraph.\nSecond paragraph.", "First paragraph.\nSecond paragraph."),
        (FieldType.PERSON, "Dr Stephen Richards (Oxfordshire PCT)", "Dr Stephen Richards (Oxfordshire PCT)"),
        (FieldType.EMAIL, "E-mail: a.b@example.org", "a.b@example.org"),
        (FieldType.PHONE, "Tel. (01632) 960105", "(01632) 960105"),
        (FieldType.DATE, "by end Q3 2011/12", "2011-12-31"),
        (FieldType.DATE, "March 2012 (subject to funding)", "2012-03-31"),
        (FieldType.CHOICE, "DONE", "met"),
        (FieldType.CHOICE, "None", "remaining"),
        (FieldType.LIST, "M2 All homes built", "All homes built"),
    ],
)
def test_words_become_the_value_of_their_field(type_: FieldType, text: str, value: str) -> None:
    reading = read(type_, text)
    assert (reading.value, reading.state) == (value, State.GIVEN)


@pytest.mark.parametrize("type_", [type_ for type_ in FieldType if type_ not in (FieldType.GROUP, FieldType.REPEAT)])
def test_blank_and_not_applicable_are_two_things(type_: FieldType) -> None:
    """A003-16."""
    assert read(type_, " \n\u200b") == Reading(None, State.BLANK)
    assert read(type_, "n/a") == Reading("n/a", State.NOT_APPLICABLE)


@pytest.mark.parametrize("text", ["31 February 2012", "12/13", "by May", "ongoing", "TBC", "when we can"])
def test_a_date_that_names_no_day_is_given_without_a_value(text: str) -> None:
    reading = read(FieldType.DATE, text)
    assert (reading.value, reading.state) == (None, State.GIVEN)


def test_the_precision_of_a_date_is_kept() -> None:
    assert [read(FieldType.DATE, text).precision for text in ("1/2/12", "Feb 2012", "2011/12", "TBC")] == ["day", "month", "year", "open"]


def test_a_choice_outside_the_vocabulary_stays_as_written_and_is_doubted() -> None:
    reading = read(FieldType.CHOICE, "Purple")
    assert reading.value == "Purple" and reading.sure < 0.9


def test_a_telephone_number_with_a_digit_too_many_stays_as_written_and_is_doubted() -> None:
    """A004-T4."""
    reading = read(FieldType.PHONE, "01632 9601055")
    assert reading.value == "01632 9601055" and reading.sure < 0.9


def test_what_is_surely_said_is_sure() -> None:
    assert all(read(type_, text).sure == 1.0 for type_, text in [(FieldType.DATE, "March 2012"), (FieldType.CHOICE, "already met")])
