"""What partnerships send back in layouts of their own: reworded and misspelt labels, lists in every shape, blocks under their titles."""

import pytest

from tests.align.returns import given, left, record, told
from tests.documents import Piece, bold, cell, docx, para, row, table

NAMED = ("Name of partnership: Spatial Planning & Infrastructure Partnership", "Chair: Jo Penrose", "Cabinet member: Al Ash")
"""Enough of the form's words for a return."""
TWO = ("Key priorities", "1. Clean rivers", "2. Safer roads")
"""A list of priorities in running text."""


def title(said: dict[str, str | None]) -> list[str | None]:
    """Return the titles of the priorities, in order."""
    return [said.get(f"priorities[{at}].title") for at in range(1, 8) if f"priorities[{at}].title" in said]


def deliverables(said: dict[str, str | None], priority: int = 1) -> list[str | None]:
    """Return what will be delivered for a priority, in order."""
    paths = (f"priorities[{priority}].deliverables[{at}].what" for at in range(1, 9))
    return [said[path] for path in paths if path in said]


def measures(said: dict[str, str | None], priority: int = 1) -> list[str | None]:
    """Return the measures of a priority, in order."""
    paths = (f"priorities[{priority}].measures[{at}]" for at in range(1, 9))
    return [said[path] for path in paths if path in said]


# -- labels in other words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    ["Chairmain:", "Charman:", "CHAIRMAN :", "1. Chairman:", "Chair of the partnership:", "Chairman:-", "Chairman –", "Name of Chairman:"],
)
def test_a_misspelt_or_reworded_label_is_known(label: str) -> None:
    said = told(NAMED[0], f"{label} Jo Penrose", "Cabinet member: Al Ash", "Telephone: 01632 960100")
    assert said["chair"] == "Jo Penrose"


@pytest.mark.parametrize("label", ["Policy context:", "Contex:", "Context and policies:"])
@pytest.mark.parametrize(
    "outcome", ["Measures of sucess:", "Success measures:", "How will we know we have succeeded?", "Measure of success:"]
)
def test_the_labels_of_a_block_may_be_reworded(label: str, outcome: str) -> None:
    said = told(
        *NAMED, "Priority 1: Rivers", label, "The river plan.", "Deliverabels and timescales:", "Clean the Cherwell", outcome, "Otters"
    )
    assert said["priorities[1].context.text"] == "The river plan."
    assert deliverables(said) == ["Clean the Cherwell"] and measures(said) == ["Otters"]


def test_a_block_that_stands_twice_is_one_answer() -> None:
    """A004-T1: the same words in another place are no longer answer."""
    said = record(docx(*NAMED, *TWO, *NAMED))
    assert {answer.field: answer.value for answer in said.answers if answer.field in ("partnership", "chair", "cabinet_member")} == {
        "partnership": "Spatial Planning & Infrastructure Partnership",
        "chair": "Jo Penrose",
        "cabinet_member": "Al Ash",
    }
    assert said.notes == ()


def test_a_label_that_stands_again_with_other_words_is_noted_and_neither_answer_is_sure() -> None:
    said = record(docx(*NAMED, *TWO, "Chair: Bill Bradshaw"))
    (chair,) = [answer for answer in said.answers if answer.field == "chair"]
    assert (chair.value, chair.confidence <= 0.5) == ("Jo Penrose", True)
    assert [(note.code, note.field, note.quote.strip()) for note in said.notes] == [("said-twice", "chair", "Bill Bradshaw")]


def test_words_within_a_reworded_label_are_noted() -> None:
    """Design, law 4: "Deliverables and timescales" says more than the form does."""
    said = record(docx(*NAMED, "Priority 1: Rivers", "Deliverables and zebras:", "Clean the Cherwell", "Context (zebra3):", "The plan."))
    assert [note.quote for note in said.notes if note.code == "reworded"] == ["Deliverables and zebras:", "Context (zebra3):"]


def test_an_answer_that_resembles_no_label_stays_an_answer() -> None:
    said = told(
        *NAMED, "Priority 1: Rivers", "Context", "Target date for the contract: see the plan.", "Deliverables", "Contents of the ponds"
    )
    assert said["priorities[1].context.text"] == "Target date for the contract: see the plan."
    assert deliverables(said) == ["Contents of the ponds"]


def test_an_answer_may_begin_with_a_label_of_its_own() -> None:
    """A003-T3: what was typed into the answer stays there."""
    said = told(
        table(
            row("Name of partnership:", "SPIP"),
            row("Chairman:", "Co-Chairmen: Jo Penrose and Al Ash"),
            row("Cabinet member", "Al Ash"),
            row("Telephone", "01632 960100"),
        )
    )
    assert said["chair"] == "Co-Chairmen: Jo Penrose and Al Ash"


@pytest.mark.parametrize(
    "shown",
    [
        "Name of partnership: SPIP\tChairman: Jo Penrose",
        "Name of partnership: SPIP Chairman: Jo Penrose",
        table(
            row("Name of partnership:", "SPIP", "Chairman:", "Jo Penrose"), row("Cabinet member:", "Al Ash", "Telephone:", "01632 960100")
        ),
        table(row("Name of partnership", "Chairman", "Cabinet member"), row("SPIP", "Jo Penrose", "Al Ash")),
    ],
)
def test_several_labels_may_share_a_line_or_a_row(shown: Piece) -> None:
    """A002-T1."""
    said = told(shown, "Cabinet member: Al Ash", "Telephone: 01632 960100")
    assert (said["partnership"], said["chair"]) == ("SPIP", "Jo Penrose")


# -- the list of priorities ----------------------------------------------------------------------------------------------

LEADS = ["Zoe Hart", "Bram Okafor"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("Key priorities", "1. Clean rivers", "Lead Officer: Zoe Hart", "2. Safer roads", "Lead Officer: Bram Okafor"),
        ("Key priorities", "1. Clean rivers – Lead Officer: Zoe Hart", "2. Safer roads – Lead Officer: Bram Okafor"),
        ("Key priorities", "1. Clean rivers (Lead Officer: Zoe Hart)", "2. Safer roads (Lead Officer: Bram Okafor)"),
        ("Key priorities\tLead Officer", "1. Clean rivers\tZoe Hart", "2. Safer roads\tBram Okafor"),
        ("Key priorities", "1. Clean rivers", "2. Safer roads", "Lead officers", "1. Zoe Hart", "2. Bram Okafor"),
        (table(row(cell("Key priorities", "1. Clean rivers", "2. Safer roads"), cell("Lead Officer", "Zoe Hart", "Bram Okafor"))),),
        (
            table(
                row("Medium term priorities", "Lead officer(s)"), row("1. Clean rivers", "Zoe Hart"), row("2. Safer roads", "Bram Okafor")
            ),
        ),
    ],
    ids=["below", "beside", "brackets", "tabs", "two lists", "one box", "rows"],
)
def test_a_list_of_priorities_may_have_any_shape(blocks: tuple[Piece, ...]) -> None:
    said = told(*NAMED, *blocks)
    assert title(said) == ["Clean rivers", "Safer roads"]
    assert [said[f"priorities[{at}].lead_officer"] for at in (1, 2)] == LEADS


def test_a_list_goes_on_where_an_entry_leaves_its_label_blank() -> None:
    said = told(*NAMED, "Key priorities", "1. Clean rivers", "Lead Officer:", "2. Safer roads", "Lead Officer: Bram Okafor")
    assert title(said) == ["Clean rivers", "Safer roads"] and "priorities[1].lead_officer" not in said


# -- blocks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [("Clean rivers", "Safer roads"), ("A. Clean rivers", "B. Safer roads"), ("1. [Priority] Clean rivers", "1. [Priority] Safer roads")],
)
def test_a_block_begins_at_the_name_of_a_priority_that_was_listed(headings: tuple[str, str]) -> None:
    """Whether or not its number was brought up to date."""
    said = told(*NAMED, *TWO, headings[0], "Context", "Otters.", headings[1], "Context", "Cyclists.")
    assert title(said) == ["Clean rivers", "Safer roads"]
    assert [said[f"priorities[{at}].context.text"] for at in (1, 2)] == ["Otters.", "Cyclists."]


def test_a_title_shortened_over_its_block_is_still_that_priority() -> None:
    said = told(
        *NAMED,
        *("Key priorities", "1. Look after the rivers and their banks", "2. Make the roads of the county safer"),
        *(para(bold("1. Rivers")), "Context", "Otters.", "Measures of success", "- Fish", para(bold("2. Roads")), "Context", "Cyclists."),
    )
    assert title(said) == ["Look after the rivers and their banks", "Make the roads of the county safer"]
    assert [said[f"priorities[{at}].context.text"] for at in (1, 2)] == ["Otters.", "Cyclists."]
    assert measures(said) == ["Fish"]


def test_guidance_that_names_the_labels_answers_nothing() -> None:
    """The form of 2011 explains its labels before the blocks."""
    guidance = (
        "For each of the key priorities please provide*",
        "Context – for each priority",
        "Deliverables – List of what will be delivered and by when?",
        "Measures of success – success measures corresponding to each of the deliverables",
    )
    said = told(*NAMED, *TWO, *guidance, "Clean rivers", "Context", "Otters.", "Safer roads", "Context", "Cyclists.")
    assert title(said) == ["Clean rivers", "Safer roads"] and said["priorities[2].context.text"] == "Cyclists."


def test_a_table_may_describe_a_priority_a_row() -> None:
    head = row("Priority", "Lead officer", "Context", "Deliverables", "Measures of success")
    said = told(*NAMED, table(head, row("Clean rivers", "Zoe Hart", "Otters.", cell("- Ponds", "- Weirs"), cell("- Fish", "- Frogs"))))
    assert (
        deliverables(said) == ["Ponds", "Weirs"] and measures(said) == ["Fish", "Frogs"] and said["priorities[1].context.text"] == "Otters."
    )


def test_a_table_may_describe_a_deliverable_a_row() -> None:
    head = row("Priority", "Lead officer", "What", "By when", "Measure of success")
    rows = (row("Clean rivers", "Zoe Hart", "Ponds", "May 2012", "Fish"), row("", "", "Weirs", "June 2012", "Frogs"))
    said = told(*NAMED, table(head, *rows))
    assert title(said) == ["Clean rivers"] and deliverables(said) == ["Ponds", "Weirs"]
    assert [said[f"priorities[1].deliverables[{at}].due"] for at in (1, 2)] == ["2012-05-31", "2012-06-30"]


def test_a_section_that_nobody_asked_for_is_left_over() -> None:
    said = record(docx(*NAMED, "Priority 1: Rivers", "Measures of success", "- Fish", "- Frogs", para(bold("Risks")), "The grant may end."))
    assert measures(given(said)) == ["Fish", "Frogs"] and left(said) == ["Risks", "The grant may end."]


# -- lists ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("Open the ponds; mend the weirs; and plant the banks",),
        ("Open the ponds by May 2012, Mend the weirs by June 2012 and Plant the banks by May 2013",),
        ("D1 Open the ponds", "D2 mend the weirs", "D3 1,000 trees"),
        ("- Open the ponds;", "- mend the weirs; and", "- plant the banks."),
        ("Open the ponds (two; or three); mend the weirs; plant the banks",),
        ("Open the ponds\nmend the weirs\nplant the banks",),
    ],
    ids=["semicolons", "a sentence", "letters", "punctuation", "brackets", "breaks"],
)
def test_a_list_may_be_written_in_any_way(lines: tuple[str, ...]) -> None:
    said = told(*NAMED, "Priority 1: Rivers", "Deliverables", *lines)
    assert len(deliverables(said)) == 3
    assert not any(str(item).startswith(("-", "D", "and ")) or str(item).endswith((";", "and")) for item in deliverables(said))


def test_a_road_is_no_list_marker() -> None:
    said = told(*NAMED, "Priority 1: Roads", "Deliverables", "A40 widened at Witney", "M40 junction 9 rebuilt")
    assert deliverables(said) == ["A40 widened at Witney", "M40 junction 9 rebuilt"]


def test_a_date_on_the_next_line_of_an_item_is_part_of_it() -> None:
    said = told(
        *NAMED, "Priority 1: Rivers", "Deliverables", para("Open the ponds\nBy when: May 2012", item=(1, 0)), para("Weirs", item=(1, 0))
    )
    assert deliverables(said) == ["Open the ponds By when: May 2012", "Weirs"]
    assert said["priorities[1].deliverables[1].due"] == "2012-05-31"


def test_a_row_added_below_a_written_list_is_one_more_item() -> None:
    """A002-T10: its date is nobody else's."""
    pasted = table(row("Deliverable", "By when"), row("A sixth thing", "June 2012"))
    said = told(*NAMED, "Priority 1: Jobs", "Deliverables:", "A plan for jobs by May 2012", pasted)
    assert deliverables(said) == ["A plan for jobs by May 2012", "A sixth thing"]
    assert [said[f"priorities[1].deliverables[{at}].due"] for at in (1, 2)] == ["2012-05-31", "2012-06-30"]


def test_unequal_lists_are_never_paired() -> None:
    """A002-19."""
    said = told(*NAMED, "Priority 1: Rivers", "Deliverables", "- Ponds", "- Weirs", "Measures of success", "- Fish", "- Frogs", "- Newts")
    assert measures(said) == ["Fish", "Frogs", "Newts"] and "priorities[1].deliverables[1].measure" not in said


# -- pledges -------------------------------------------------------------------------------------------------------------

MET, REMAINING = "Which pledges have already been met?", "What is the current strategic relevance of the remaining pledges?"


@pytest.mark.parametrize(
    "blocks",
    [
        (MET, "- Clear the litter", REMAINING, "- Plant trees – still wanted"),
        (table(row(MET, REMAINING), row("- Clear the litter", "- Plant trees – still wanted")),),
        (table(row(MET, "Clear the litter"), row(REMAINING, "Plant trees – still wanted")),),
        (
            table(
                row("Pledge", "Met?", "Current strategic relevance"),
                row("Clear the litter", "Yes", ""),
                row("Plant trees", "Not yet", "still wanted"),
            ),
        ),
    ],
    ids=["questions", "boxes", "rows", "table"],
)
def test_pledges_may_stand_in_boxes_of_their_own(blocks: tuple[Piece, ...]) -> None:
    """A002-13, A002-14: what the box asks is what its entries say of themselves."""
    said = told(*NAMED, "Telephone: 01632 960100", *blocks)
    assert [(said[f"pledges[{at}].pledge"], said[f"pledges[{at}].status"]) for at in (1, 2)] == [
        ("Clear the litter", "met"),
        ("Plant trees", "remaining"),
    ]
    assert said["pledges[2].relevance"] == "still wanted"


def test_prose_in_place_of_a_list_is_no_entry_of_it() -> None:
    prose = "The litter was cleared in 2010. The trees are still wanted and are part of our first priority."
    said = told(*NAMED, "Telephone: 01632 960100", "Review of your partnership’s pledges in the current 2030 Delivery Plan", prose)
    assert said["pledges_text"] == prose and "pledges[1].pledge" not in said


def test_ticked_choices_are_chosen_and_empty_boxes_are_not() -> None:
    said = told(*NAMED, "Priority 1: Rivers", "Oxfordshire 2030 objectives", "☐ World Class Economy", "☒ Climate Change & Environment")
    assert [value for path, value in said.items() if ".objectives" in path] == ["Climate Change & Environment"]


# -- oddities ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blocks",
    [
        (table(row("Policy context", ""), row("Deliverables", cell(table(row("What", "Deadline", "Success criteria")), ""))),),
        (table(row("Chair", cell(table(), ""))),),
        ("Key priorities\t\t", "\t1.\t"),
        (table(row("", "")), "Measures of success;;;", ";"),
    ],
)
def test_strange_tables_and_lines_stop_nothing(blocks: tuple[Piece, ...]) -> None:
    """Design, law 5."""
    assert told(*NAMED, "Telephone: 01632 960100", *blocks)["chair"]


# -- what is no label, and no heading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["50 pledges", "1. 50 pledges", "3 key priorities", "£2m of resources", "40% measures"])
def test_a_quantity_of_what_a_label_names_is_no_label(measure: str) -> None:
    said = told(*NAMED, "Priority 1: Rivers", "Deliverabels", "Clean the Cherwell", "Measures of sucess", measure)
    assert len(measures(said)) == 1 and "pledges[1].pledge" not in said


def test_a_long_label_is_known_without_one_of_its_words() -> None:
    """A pledge under it is not met, whatever stood before it."""
    pledges = ("Pledges already met", "Clear the litter", "Current relevance of remaining pledges", "Plant trees – still wanted")
    said = told(*NAMED, "Telephone: 01632 960100", *pledges)
    assert [(said[f"pledges[{at}].pledge"], said[f"pledges[{at}].status"]) for at in (1, 2)] == [
        ("Clear the litter", "met"),
        ("Plant trees", "remaining"),
    ]


def test_the_last_cell_of_a_list_is_no_heading_of_the_block_after_it() -> None:
    columns = row("Deliverables", "Measures of success")
    said = told(
        *NAMED,
        "Priority: Rivers",
        table(columns, row("Clean the Cherwell by 2012", "Otters")),
        "Priority: Roads",
        table(columns, row("Mend the A40 by 2013", "No holes")),
    )
    assert title(said) == ["Rivers", "Roads"]
    assert [said[f"priorities[{at}].deliverables[1].measure"] for at in (1, 2)] == ["Otters", "No holes"]


def test_a_list_ends_where_a_table_of_something_else_begins() -> None:
    data = docx(
        *NAMED, "Priority 1: Rivers", "Deliverables", "Clean the Cherwell", table(row("Costs", "Source"), row("One officer", "Grant"))
    )
    assert deliverables(given(record(data))) == ["Clean the Cherwell"]
    assert left(record(data)) == ["Costs", "Source", "One officer", "Grant"]


@pytest.mark.parametrize("unused", ["priority", "[Priority]"])
def test_a_placeholder_in_the_row_of_a_list_is_no_priority(unused: str) -> None:
    """A002-T8."""
    said = told(*NAMED, table(row("No.", "Priority", "Lead officer"), row("1", "Rivers", "Jo Penrose"), row("2", unused, "")))
    assert title(said) == ["Rivers"]


# -- several on one line, and several in one box -------------------------------------------------------------------------


def test_pledges_in_one_line_of_a_box_are_pledges_of_their_own() -> None:
    boxes = table(
        row("Which pledges have already been met?", "What is the current strategic relevance of the remaining pledges?"),
        row("Clear the litter; and open a park", "Plant trees – still wanted; and Mend the bridge – dropped"),
    )
    said = told(*NAMED, "Telephone: 01632 960100", boxes)
    found = [tuple(said.get(f"pledges[{at}].{key}") for key in ("pledge", "status", "relevance")) for at in range(1, 5)]
    assert found == [
        ("Clear the litter", "met", None),
        ("open a park", "met", None),
        ("Plant trees", "remaining", "still wanted"),
        ("Mend the bridge", "remaining", "dropped"),
    ]


def test_a_semicolon_within_what_is_said_of_one_pledge_parts_nothing() -> None:
    said = told(*NAMED, "Remaining pledges", "Keep every post office – no longer achievable; replaced by the shops project")
    assert said["pledges[1].relevance"] == "no longer achievable; replaced by the shops project"
