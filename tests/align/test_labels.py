"""Answers found by the form's words alone: beside a label, below it, after it, in the columns of a list, in the layout of 2011."""

import pytest

from pipeline.align.alignment import align
from pipeline.model.documents import Document, Paragraph
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from tests.align.returns import desk, given, left, record, told
from tests.builders import sample_form
from tests.documents import Piece, cell, control, docx, para, row, table

NAMED = ("Name of partnership: Spatial Planning & Infrastructure Partnership", "Chair: Jo Penrose", "Cabinet member: Al Ash")
"""Enough of the form's words for a return."""


# -- where an answer may stand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        "Chair: Jo Penrose",
        "Chair - Jo Penrose",
        "Chair\tJo Penrose",
        "CHAIR:  Jo Penrose",
        "Chairman: Jo Penrose",
        "*Chair*: Jo Penrose",
        para("Chair:", " Jo Penrose"),
        table(row("Chair", "Jo Penrose")),
        table(row("Chair:", "", "Jo Penrose")),
        table(row("Chair: Jo Penrose")),
        table(row(cell("Chair", "Jo Penrose"))),
        table(row("Chair\nJo Penrose")),
        table(row("Chair"), row("Jo Penrose")),
        table(row("Name", "Someone"), row("Chair", control("", "Jo Penrose"))),
        control("", para("Chair: Jo Penrose")),
    ],
    ids=repr,
)
def test_an_answer_is_found_beside_below_or_after_its_label(shown: Piece) -> None:
    """A002-T1, A002-T2."""
    assert told(*NAMED[:1], NAMED[2], "Telephone: 01632 960100", shown)["chair"] == "Jo Penrose"


def test_the_answer_below_a_label_may_be_several_paragraphs() -> None:
    said = told(*NAMED, "Priority 1: Rivers", "Context", "First.", "Second.", "Deliverables", "Clean up")
    assert said["priorities[1].context.text"] == "First.\nSecond."


def test_two_labels_in_one_cell_have_an_answer_each() -> None:
    """A002-T1."""
    said = told(
        table(row("Name of partnership: SPIP\nChairman: Jo Penrose", "OCC Cabinet Member: Al Ash"), row("Telephone", "01632 960100"))
    )
    assert (said["partnership"], said["chair"], said["cabinet_member"]) == ("SPIP", "Jo Penrose", "Al Ash")


def test_a_label_without_an_answer_leaves_its_field_blank() -> None:
    said = record(docx(*NAMED, "E-mail:", "Telephone: 01632 960100"))
    assert "contact_officer.email" not in given(said)
    assert [answer.state.value for answer in said.answers if answer.field == "contact_officer.email"] == ["blank"]


def test_contact_details_in_one_box_are_told_apart() -> None:
    said = told(*NAMED, table(row("Contact officer details", "Morgan Lee\n01632 960123\nmorgan.lee@example.org")))
    assert {path: value for path, value in said.items() if path.startswith("contact")} == {
        "contact_officer.name": "Morgan Lee",
        "contact_officer.phone": "01632 960123",
        "contact_officer.email": "morgan.lee@example.org",
    }


# -- lists ---------------------------------------------------------------------------------------------------------------


def test_a_header_row_says_what_the_columns_below_it_mean() -> None:
    said = told(*NAMED, table(row("No.", "Priority", "Lead officer"), row("1", "Rivers", "Zoe Hart"), row("2", "Roads", "Bram Okafor")))
    assert [said[f"priorities[{at}].{key}"] for at in (1, 2) for key in ("title", "lead_officer")] == [
        "Rivers",
        "Zoe Hart",
        "Roads",
        "Bram Okafor",
    ]


def test_the_columns_of_a_list_may_be_in_another_order() -> None:
    said = told(*NAMED, table(row("Lead", "Key priority"), row("Zoe Hart", "Rivers")))
    assert (said["priorities[1].title"], said["priorities[1].lead_officer"]) == ("Rivers", "Zoe Hart")


def test_a_column_that_nobody_asked_for_is_left_over() -> None:
    said = record(docx(*NAMED, table(row("Priority", "Lead officer", "Budget"), row("Rivers", "Zoe Hart", "£4m"))))
    assert "£4m" in left(said) and "£4m" not in given(said).values()


def test_an_empty_row_of_a_list_is_no_item() -> None:
    said = told(*NAMED, table(row("Priority", "Lead officer"), row("", ""), row("Rivers", "Zoe Hart"), row("", "")))
    assert said["priorities[1].title"] == "Rivers" and "priorities[2].title" not in said


# -- the layout of 2011 --------------------------------------------------------------------------------------------------

OF_2011 = (
    table(
        row("Name of thematic partnership:\nSPIP", "Chairman:\nJo Penrose"),
        row("OCC Cabinet Member:\nAl Ash", "Contact officer details:\nMorgan Lee, 01632 960123, morgan.lee@example.org"),
    ),
    table(
        row("Key Priorities for medium term 2011-14", "Lead Officer"),
        row("1. Look after the rivers", "Zoe Hart"),
        row("2. priority", ""),
    ),
    "1. [Priority]",
    table(
        row("Context", "The river plan. It moves the climate objective."),
        row("Deliverables", cell("Clean the Cherwell by June 2012", "Plant trees")),
        row("Measures of success", cell("Otters are back", "400 trees")),
    ),
)


def test_the_layout_of_2011_reads_into_the_same_fields() -> None:
    """A002-3 to A002-11, A002-T9."""
    said = told(*OF_2011)
    assert said["partnership"] == "SPIP" and said["chair"] == "Jo Penrose" and said["contact_officer.phone"] == "01632 960123"
    assert said["priorities[1].title"] == "Look after the rivers" and said["priorities[1].lead_officer"] == "Zoe Hart"
    assert said["priorities[1].context.text"] == "The river plan. It moves the climate objective."
    assert said["priorities[1].deliverables[1].what"] == "Clean the Cherwell by June 2012"
    assert said["priorities[1].deliverables[1].due"] == "2012-06-30"
    assert said["priorities[1].deliverables[2].measure"] == "400 trees"


def test_the_prompts_of_2011_left_in_are_no_answers() -> None:
    """A002-T8."""
    said = record(docx(*OF_2011))
    assert said.values["priorities"] and "priorities[2].title" not in given(said)
    assert not {"priority", "[Priority]", "2. priority", "1. [Priority]"} & {*given(said).values(), *left(said)}


@pytest.mark.parametrize(
    "shown",
    [
        (table(row("Pledge", "Has it been met?"), row("Halve the burglaries", "No")),),
        (table(row("Pledge", "Already met?"), row("Halve the burglaries", "no")),),
        ("Pledge: Halve the burglaries", "Has it been met? No"),
    ],
    ids=repr,
)
def test_a_plain_no_is_an_answer_though_a_column_of_the_form_is_headed_so(shown: tuple[Piece, ...]) -> None:
    said = record(docx(*NAMED, "Pledges", *shown))
    [status] = [answer for answer in said.answers if answer.field == "pledges[1].status"]
    assert (status.value, status.quote.lower()) == ("remaining", "no")


def test_a_prompt_that_the_page_breaks_over_lines_is_no_answer() -> None:
    prompt = sample_form().by_path["priorities.group"].prompt
    assert len(prompt.split()) > 4
    first, rest = prompt.rsplit(" ", 1)
    head = row("No.", "Priority", "Lead officer", "Heading (optional)")
    said = record(docx(*NAMED, table(head, row("1", "Look after the rivers", "Zoe Hart", cell(first, rest)))))
    assert given(said)["priorities[1].title"] == "Look after the rivers"
    assert "priorities[1].group" not in given(said)
    assert not {first, rest} & set(left(said))


# -- what is no return ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blocks", [("Agenda", "1. Apologies", "Contact: Jo"), ("Dear all,", "see you on Monday."), ("",)])
def test_a_document_with_next_to_none_of_the_forms_words_is_no_return(blocks: tuple[str, ...]) -> None:
    said = record(docx(*blocks))
    assert (said.outcome, said.reason) == (Outcome.REFUSED, Reason.NOT_A_RETURN) and said.message


# -- nothing vanishes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blocks",
    [
        ("zebra", *NAMED, "Telephone: 01632 960100"),
        (*NAMED, "Telephone: 01632 960100", "Priority 1: x", "Context", "zebra"),
        (*NAMED, "Telephone: 01632 960100", table(row("zebra", "Chair"))),
        (*NAMED, table(row("Priority", "zebra", "Lead officer"), row("a", "b", "c"))),
        (*NAMED, table(row("Priority", "Lead officer"), row("a", "c", "zebra"))),
        (*NAMED, "Telephone: 01632 960100", table(row("Priority", "Lead officer"), row("", "zebra"))),
        (*NAMED, "Telephone: 01632 960100", table(row("Priority", "Lead officer"), row("a", cell("c", table(row("zebra")))))),
        (*NAMED, "Telephone: 01632 960100", para(control("no_such_field", "zebra"))),
        (*NAMED, "Telephone: 01632 960100", para("x ", control("chair", "zebra"), " y")),
    ],
    ids=range(9),
)
def test_words_anywhere_in_a_return_are_an_answer_or_left_over_or_noted(blocks: tuple[Piece, ...]) -> None:
    """Design, law 4."""
    said = record(docx(*blocks))
    everything = [*(answer.quote for answer in said.answers), *left(said), *(note.quote for note in said.notes)]
    assert any("zebra" in words for words in everything)


def test_a_label_may_be_explained_in_brackets_before_its_colon() -> None:
    explained = "County Council cabinet member (portfolio holder): Cllr Siân Prosser"
    assert told(*NAMED[:2], "Telephone: 01632 960100", explained)["cabinet_member"] == "Cllr Siân Prosser"


# -- what was recognised in a picture ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sure", "kept"),
    [
        ("How to 0 fill it in", 0.6, False),
        ("How to 0 fill it in", 1.0, True),
        ("How to fill in the bus lanes", 0.6, True),
    ],
)
def test_a_line_of_the_blank_in_which_a_letter_was_misread_is_still_the_blanks(words: str, sure: float, kept: bool) -> None:
    place = Place(page=1)
    document = Document("scan", (Paragraph(words, place, sure=sure), Paragraph("Chair: Jo Penrose", place)))
    assert (words in [piece.text for piece in align(document, desk().layout).unplaced]) is kept
