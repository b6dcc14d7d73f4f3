"""From what was found in a return to its record: states, values, quotes, notes and what is left over."""

import pytest

from pipeline.interpret.record import filled, record
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.documents import Aside, Document, Mark, Note, Paragraph
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Method, Passage, Record, State, Unplaced
from tests.builders import a_round

ROUND = a_round()
HERE = Place("word/document.xml", 1, 2, 2, 1)


def match(path: str, text: str = "", method: Method = "cell", *, marks: tuple[Mark, ...] = ()) -> Match:
    """Return a field's slot: with words in it, or empty."""
    pieces = (Piece(Paragraph(text, HERE, marks=marks), 0, len(text)),) if text else ()
    return Match(path, pieces, method, 0.95, HERE)


def found(*matches: Match) -> dict[str, Answer]:
    sheet = filled(Alignment(matches, (), (), 9, ()), ROUND)
    return {answer.field: answer for answer in sheet.answers(ROUND.form.fields)}


def whole(*matches: Match, document: Document | None = None, anchors: int = 9, **more: object) -> Record:
    """Return the record of a return."""
    alignment = Alignment((match("partnership", "SPIP"), *matches), (), (), anchors, ())._replace(**more)  # type: ignore[arg-type]
    return record(document or Document("docx", ()), alignment, ROUND, "reply.docx", "abc")


# -- three ways of not answering -----------------------------------------------------------------------------------------


def test_blank_not_applicable_and_removed_are_three_states() -> None:
    """A003-16."""
    said = found(match("chair"), match("cabinet_member", "N/a"))
    assert [(said[path].state, said[path].value, said[path].quote) for path in ("chair", "cabinet_member", "introduction")] == [
        (State.BLANK, None, ""),
        (State.NOT_APPLICABLE, "N/a", "N/a"),
        (State.REMOVED, None, ""),
    ]


def test_the_three_states_differ_in_the_values_too() -> None:
    """A003-16."""
    values = whole(match("chair"), match("cabinet_member", "N/a")).values
    assert values["chair"] is None and values["cabinet_member"] == "N/a" and "introduction" not in values


def test_a_blank_answer_says_where_it_was_left_blank() -> None:
    assert found(match("chair"))["chair"].place == HERE


def test_white_space_alone_is_blank() -> None:
    assert found(match("chair", " \u00a0 "))["chair"].state is State.BLANK


# -- words and quotes ----------------------------------------------------------------------------------------------------


def test_an_answer_keeps_the_words_as_they_stand_and_their_emphasis() -> None:
    (passage,) = found(match("introduction", "  We  will try ", marks=(Mark(0, 4, "bold"), Mark(6, 10, "italic"))))["introduction"].passages
    assert passage == Passage("We  will try", HERE, (Mark(0, 2, "bold"), Mark(4, 8, "italic")))


@pytest.mark.parametrize(("method", "value"), [("cell", "Rivers"), ("phrase", "Rivers"), ("control", "1. Rivers")])
def test_a_number_typed_before_an_answer_is_left_out_where_no_control_says_that_it_is_part_of_it(method: Method, value: str) -> None:
    said = found(match("priorities[1].title", "1. Rivers", method))["priorities[1].title"]
    assert (said.value, said.quote) == (value, "1. Rivers")


def test_a_doubtful_value_lowers_the_confidence() -> None:
    said = found(match("priorities[1].focus", "Economy"), match("priorities[2].focus", "Culture"))
    assert said["priorities[1].focus"].confidence > said["priorities[2].focus"].confidence


def test_one_box_for_a_contact_becomes_its_parts() -> None:
    """A002-6."""
    said = found(match("contact_officer", "Morgan Lee, 01632 960123"))
    assert [(said[f"contact_officer.{key}"].value, said[f"contact_officer.{key}"].state.value) for key in ("name", "email", "phone")] == [
        ("Morgan Lee", "given"),
        (None, "blank"),
        ("01632 960123", "given"),
    ]


# -- the record ----------------------------------------------------------------------------------------------------------


def test_a_return_of_somebody_is_read() -> None:
    said = whole()
    assert (said.outcome, said.reason, said.round, said.form, said.partnership) == (
        Outcome.READ,
        None,
        "oxfordshire-2030-2011-14",
        "priorities",
        "spatial-planning-infrastructure",
    )


@pytest.mark.parametrize(("anchors", "outcome"), [(0, Outcome.REFUSED), (3, Outcome.REFUSED), (4, Outcome.READ)])
def test_a_document_with_next_to_none_of_the_forms_words_is_no_return(anchors: int, outcome: Outcome) -> None:
    said = whole(anchors=anchors)
    assert said.outcome is outcome and (said.reason is Reason.NOT_A_RETURN) == (outcome is Outcome.REFUSED)


def test_words_that_answer_nothing_are_left_over_with_their_place() -> None:
    """Design, law 4."""
    extra = tuple(Piece(Paragraph(text, HERE), 0, len(text)) for text in ("More to say. ", "  "))
    assert whole(unplaced=extra).unplaced == (Unplaced("More to say.", HERE),)


@pytest.mark.parametrize("kind", ["comment", "footnote", "endnote", "hidden", "deleted", "struck", "header"])
def test_what_stands_beside_the_text_is_noted(kind: str) -> None:
    (note,) = whole(beside=(Aside(kind, "Not so sure.", HERE),)).notes
    assert (note.code, note.quote, note.place) == (kind, "Not so sure.", HERE) and note.message


def test_what_the_reader_noted_is_kept_and_tracked_changes_are_said() -> None:
    said = whole(document=Document("docx", (), tracked_changes=True), notes=(Note("macros", "It carries macros."),))
    assert [note.code for note in said.notes] == ["macros"] and said.tracked_changes


def test_what_was_said_twice_is_noted_with_its_field() -> None:
    second = Piece(Paragraph("Sam Hale", HERE), 0, 8)
    (note,) = whole(match("chair", "Jo Penrose"), repeated=(("chair", second),)).notes
    assert (note.code, note.field, note.quote) == ("said-twice", "chair", "Sam Hale")


# -- how sure ------------------------------------------------------------------------------------------------------------


def test_an_answer_is_no_surer_than_the_words_that_were_recognised() -> None:
    clear, poor = Paragraph("Cllr Jo", HERE), Paragraph("Penrose", HERE, sure=0.5)
    said = found(Match("chair", (Piece(clear, 0, 7), Piece(poor, 0, 7)), "cell", 0.95, HERE), match("cabinet_member", "Al Ash"))
    assert (said["chair"].confidence, said["cabinet_member"].confidence) == (0.475, 0.95)
