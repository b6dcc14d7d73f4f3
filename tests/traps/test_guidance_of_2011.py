"""Oddities of the guidance and pro forma of 2011 (source document 002) that a whole return shows."""

from pipeline.check import check_record
from pipeline.flow import Desk, read_return
from pipeline.model.findings import Severity
from pipeline.model.outcomes import Outcome
from tests.align.returns import given, left, record, told
from tests.builders import PLEDGES, a_round
from tests.documents import docx, para, row, table

HEAD = table(
    row("Name of thematic partnership: SPIP\nChairman: Jo Penrose"),
    row("OCC Cabinet Member:\nAl Ash", "Contact officer details:\nMorgan Lee, 01632 960123, morgan.lee@example.org"),
)
LIST = table(
    row("Key Priorities for medium term 2011 -14    (preferably kept to a maximum of 4)", "Lead Officer"), row("1. Rivers", "Zoe Hart")
)
FOUR = (
    "1. Rivers",
    "Context: The river plan. It moves the climate objective. The business plan of 2011 pays for it.",
    table(row("Deliverables", "Clean the Cherwell by June 2012"), row("Measures of success", "Otters are back")),
)
"""What the guidance's list of four asks for: nothing of pledges."""


def test_a_return_that_answers_the_list_of_four_and_no_more_is_read_and_asked_for_each_pledge() -> None:
    """A002-T7: the guidance asks for a review of pledges, its list of what to supply does not."""
    said, findings = read_return(docx(HEAD, LIST, *FOUR), "x.docx", Desk(a_round()))
    assert (said.outcome, given(said)["priorities[1].title"]) == (Outcome.READ, "Rivers")
    asked = [finding.message for finding in findings if finding.code == "pledge-open"]
    assert len(asked) == len(PLEDGES) and all(any(pledge in message for message in asked) for pledge in PLEDGES)
    assert Severity.ERROR not in {finding.severity for finding in check_record(said, a_round())}


def test_name_and_chair_on_one_line_of_one_cell_are_two_answers() -> None:
    """A002-T1: "Name of thematic partnership: Chairman:" stands on one line of the source."""
    said = told(table(row("Name of thematic partnership: SPIP Chairman: Jo Penrose"), row("OCC Cabinet Member: Al Ash")), LIST, *FOUR)
    assert (said["partnership"], said["chair"]) == ("SPIP", "Jo Penrose")


def test_labels_with_colons_asterisks_and_doubled_spaces_are_the_same_labels() -> None:
    """A002-T2."""
    said = told(
        "Name  of thematic partnership : SPIP",
        "Chairman*: Jo Penrose",
        table(row("OCC  Cabinet   Member*", "Al Ash"), row("Contact officer details :", "Morgan Lee")),
    )
    assert (said["partnership"], said["chair"], said["cabinet_member"]) == ("SPIP", "Jo Penrose", "Al Ash")
    assert said["contact_officer.name"] == "Morgan Lee"


def test_placeholders_of_both_pages_left_in_are_unanswered() -> None:
    """A002-T8."""
    rows = (row("1. Rivers", "Zoe Hart"), *(row(f"{at}. priority", "") for at in (2, 3, 4)))
    said = record(
        docx(HEAD, table(row("Key Priorities for medium term 2011-14", "Lead Officer"), *rows), *FOUR, "2. [Priority]", "Context:")
    )
    assert [path for path in given(said) if path.endswith(".title")] == ["priorities[1].title"]
    assert not any("riority" in words for words in left(said))


def test_the_context_may_be_one_blob_or_three_labelled_parts() -> None:
    """A002-T9."""
    parts = (row("Policies and strategies", "The river plan."), row("Link to 2030 objectives", "Climate."), row("Business plans", "Ours."))
    blob = told(HEAD, LIST, *FOUR)
    three = told(HEAD, LIST, "1. Rivers", "Context", table(*parts), FOUR[2])
    assert blob["priorities[1].context.text"] == FOUR[1].removeprefix("Context: ")
    assert [three[f"priorities[1].context.{part}"] for part in ("policies", "objectives_link", "business_plans")] == [
        "The river plan.",
        "Climate.",
        "Ours.",
    ]


def test_a_fifth_block_and_a_pasted_table_are_read() -> None:
    """A002-T10."""
    blocks = [
        block
        for at, name in enumerate(("Rivers", "Roads", "Schools", "Homes", "Jobs"), 1)
        for block in (para(f"{at}. [Priority] {name}"), "Context:", f"Why {name}.", "Deliverables:", f"A plan for {name} by May 2012")
    ]
    pasted = table(row("Deliverable", "By when"), row("Bring in buses", "June 2012"), row("Count bicycles", "July 2013"))
    said = told(HEAD, *blocks, pasted)
    assert [said[f"priorities[{at}].title"] for at in range(1, 6)] == ["Rivers", "Roads", "Schools", "Homes", "Jobs"]
    assert [said[f"priorities[5].deliverables[{at}].what"] for at in (1, 2, 3)] == [
        "A plan for Jobs by May 2012",
        "Bring in buses",
        "Count bicycles",
    ]
