"""The rules of the 2011 form, each with a return that passes and one that fails."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.check import check_record
from pipeline.model.documents import Note
from pipeline.model.findings import Finding, Severity
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Record, State, Unplaced
from tests.builders import PLEDGES, a_round
from tests.check.returns import a_record, answer


def found(record: Record, *codes: str) -> list[Finding]:
    """Return the findings with one of the codes."""
    return [finding for finding in check_record(record, a_round()) if finding.code in codes]


def fields(record: Record, code: str) -> list[str]:
    return [finding.field for finding in found(record, code)]


def test_no_rule_objects_to_a_complete_return() -> None:
    assert check_record(a_record(), a_round()) == ()


def test_a_refused_document_has_no_findings() -> None:
    assert check_record(a_record(outcome=Outcome.REFUSED, reason=Reason.EMPTY), a_round()) == ()


def test_no_priority_at_all_is_an_error() -> None:
    """A002-16."""
    [finding] = found(a_record(without="priorities"), "no-priorities")
    assert finding.severity is Severity.ERROR
    assert not found(a_record(without="priorities"), "few-priorities")


def test_unused_blocks_do_not_count_as_priorities() -> None:
    """A002-T8, A002-T10."""
    prefilled = {
        "priorities[4].title": None,
        "priorities[4].focus": "Housing and Infrastructure",
        "priorities[4].objectives[1]": "World Class Economy",
    }
    assert check_record(a_record(prefilled), a_round()) == ()


def test_more_than_four_priorities_make_a_warning() -> None:
    """A002-16."""
    fourth = {f"priorities[{number}].title": f"Title {number}" for number in (4, 5)}
    [finding] = found(a_record(fourth), "too-many-priorities")
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("There are 5 priorities; the form asks for preferably no more than 4.")
    assert not found(a_record({"priorities[4].title": "Title 4"}), "too-many-priorities")


def test_fewer_than_three_priorities_are_mentioned() -> None:
    """A001-4."""
    [finding] = found(a_record(without="priorities[3]"), "few-priorities")
    assert finding.severity is Severity.INFO and "names 2 of the three to four" in finding.message


MISSING: dict[str, tuple[str, str]] = {
    "no-title": ("priorities[2].title", "A002-17"),
    "no-objective": ("priorities[2].objectives[1]", "A002-15"),
    "no-focus": ("priorities[2].focus", "A002-15"),
    "no-lead-officer": ("priorities[2].lead_officer", "A002-20"),
    "no-business-plan": ("priorities[2].context.business_plans", "A002-21"),
    "no-date": ("priorities[2].deliverables[1].due", "A002-18"),
    "no-chair": ("chair", "A002-4"),
    "no-cabinet-member": ("cabinet_member", "A002-5"),
    "no-contact": ("contact_officer.name", "A002-6"),
}


@pytest.mark.parametrize(("code", "path"), [(code, path) for code, (path, _) in MISSING.items()])
def test_what_was_left_blank_or_removed_is_asked_for(code: str, path: str) -> None:
    """A002-15, A002-17, A002-18, A002-20, A002-21."""
    asked = path.removesuffix("[1]") if path.endswith("[1]") else path
    assert fields(a_record({path: None}), code) == [asked]
    assert fields(a_record({path: answer(path, None, state=State.REMOVED)}), code) == [asked]
    assert fields(a_record({path: answer(path, "N/A", state=State.NOT_APPLICABLE)}), code) == []


def test_questions_name_the_item_they_are_about() -> None:
    [finding] = found(a_record({"priorities[2].deliverables[1].due": None}), "no-date")
    assert (
        finding.message == "By when will “Deliver the first part of it by March 2012 (2)” be delivered (priority “Congestion on the A40”)?"
    )
    assert finding.partnership == "spatial-planning-infrastructure"


def test_an_objective_or_a_business_plan_named_in_the_context_is_enough() -> None:
    """A002-T9, A002-15, A002-21."""
    blob = {
        "priorities[1].objectives[1]": None,
        "priorities[1].context.business_plans": None,
        "priorities[1].context.text": "Supports ‘Healthy and Thriving Communities’. Pooled budgets carry it.",
    }
    assert not found(a_record(blob), "no-objective", "no-business-plan")


def test_a_title_without_a_block_is_asked_about() -> None:
    """A002-17."""
    assert fields(a_record({"priorities[4].title": "Tourism"}), "no-block") == ["priorities[4]"]


def test_two_names_for_one_priority_are_asked_about() -> None:
    """A002-17."""
    path = "priorities[1].title"
    other, same = (Note("said-twice", "…", Place(), quote, path) for quote in ("Cleaner rivers", "Affordable  Homes:"))
    [finding] = found(a_record(notes=(other, same)), "titles-disagree")
    assert finding.field == path and "“Affordable homes” and “Cleaner rivers”" in finding.message


def test_a_block_that_was_copied_and_left_as_it_was_is_noticed() -> None:
    """A002-12."""
    assert fields(a_record({"priorities[3].title": "Affordable Homes."}), "title-twice") == ["priorities[3].title"]


@pytest.mark.parametrize(
    ("code", "path", "value"),
    [
        ("unknown-objective", "priorities[1].objectives[1]", "World Class Economics"),
        ("unknown-focus", "priorities[1].focus", "Culture"),
        ("unknown-status", "pledges[1].status", "Purple"),
    ],
)
def test_a_choice_outside_the_vocabulary_is_asked_about(code: str, path: str, value: str) -> None:
    [finding] = found(a_record({path: value}), code)
    assert finding.field == path and f"“{value}”" in finding.message


def test_the_nearest_term_is_suggested() -> None:
    [finding] = found(a_record({"priorities[1].objectives[1]": "World Class Economics"}), "unknown-objective")
    assert "Is “World Class Economy” meant?" in finding.message


def test_a_priority_without_deliverables_is_asked_about() -> None:
    assert fields(a_record(without="priorities[2].deliverables"), "no-deliverables") == ["priorities[2].deliverables"]


DUE = "priorities[1].deliverables[1].due"


@pytest.mark.parametrize(
    ("value", "quote", "precision", "code"),
    [
        (None, "31 February 2012", "", "date-unclear"),
        (None, "by May", "month", "date-unclear"),
        (None, "ongoing", "open", "date-open"),
        ("2014-04-01", "1 April 2014", "day", "due-after-period"),
        ("2011-03-31", "31/3/11", "day", "due-before-period"),
        ("2014-03-31", "March 2014", "month", ""),
    ],
)
def test_a_date_is_a_day_within_the_period(value: str | None, quote: str, precision: str, code: str) -> None:
    """A002-18, A000-11."""
    record = a_record({DUE: answer(DUE, value, quote, precision)})
    dated = found(record, "no-date", "date-unclear", "date-open", "due-after-period", "due-before-period")
    assert [(finding.code, finding.field) for finding in dated] == ([(code, DUE)] if code else [])


def test_a_deliverable_without_a_measure_and_a_measure_without_a_deliverable_are_asked_about() -> None:
    """A002-19."""
    lonely = {
        "priorities[1].deliverables[2].what": "Open a hub by May 2013",
        "priorities[1].deliverables[2].due": "2013-05-31",
        "priorities[2].deliverables[2].measure": "50 users",
        "priorities[2].measures[2]": "50 users",
        "priorities[3].measures[2]": "Nobody waits",
    }
    findings = found(a_record(lonely), "unpaired")
    assert [(finding.field, finding.message) for finding in findings] == [
        ("priorities[1].deliverables[2].measure", "“Open a hub by May 2013” stands alone; please add: measure of success."),
        ("priorities[2].deliverables[2].what", "“50 users” stands alone; please add: what will be delivered."),
        ("priorities[3].measures[2]", "“Nobody waits” stands alone; please add: what will be delivered."),
    ]


def test_parallel_lists_of_unequal_length_make_one_question() -> None:
    """A002-19."""
    lists = {"priorities[1].deliverables[1].measure": None, "priorities[1].measures[2]": "200 more"}
    record = a_record(lists)
    assert fields(record, "measures-uneven") == ["priorities[1].measures"]
    assert not found(record, "unpaired")


@pytest.mark.parametrize(
    ("measure", "measurable"),
    [("Fewer than 75 people delayed each week", True), ("Strategy adopted", True), ("A good quality of life", False), (None, False)],
)
def test_a_priority_whose_success_cannot_be_told_is_asked_about(measure: str | None, measurable: bool) -> None:
    """A000-8."""
    record = a_record({"priorities[1].deliverables[1].measure": measure, "priorities[1].measures[1]": measure})
    assert fields(record, "not-measurable") == ([] if measurable else ["priorities[1]"])


def test_every_pledge_is_met_or_given_its_relevance() -> None:
    """A002-22."""
    changes = {
        "pledges[1].status": "remaining",
        "pledges[2].status": None,
        "pledges[2].relevance": "Still relevant",
        "pledges[3].status": None,
    }
    findings = found(a_record(changes), "pledge-open")
    assert [finding.field for finding in findings] == ["pledges[1].status", "pledges[3].status"]


def test_a_pledge_of_the_register_that_is_not_mentioned_is_asked_about() -> None:
    """A002-22."""
    [finding] = found(a_record(without="pledges[2]"), "pledge-open")
    assert finding.field == f"pledges[{PLEDGES[1]}]" and PLEDGES[1] in finding.message


def test_a_pledge_that_is_mentioned_in_prose_is_dealt_with() -> None:
    """A002-22."""
    prose = {"pledges_text": f"We have met these. {PLEDGES[1].upper()} - still relevant."}
    assert not found(a_record(prose, without="pledges[2]"), "pledge-open")


def test_contact_details_that_reach_nobody_are_asked_about() -> None:
    """A004-T4."""
    record = a_record({"contact_officer.email": "morgan.lee@example", "contact_officer.phone": "01632 9601233"})
    assert [finding.code for finding in found(record, "email-malformed", "phone-malformed")] == ["email-malformed", "phone-malformed"]


def test_people_who_differ_from_the_register_are_mentioned() -> None:
    assert not found(a_record({"chair": "Councillor Jo Penrose (Oxford City Council)"}), "chair-changed")
    [finding] = found(a_record({"chair": "Dr Ada Quill"}), "chair-changed")
    assert finding.message == "The return names “Dr Ada Quill” as chair, our register “Cllr Jo Penrose”. Has the chair changed?"


def test_words_that_were_read_with_doubt_keep_a_return_out_of_the_plan_until_a_person_has_looked() -> None:
    record = a_record({"chair": "Cllr Jo Penrose"})
    written = replace(record, answers=tuple(one._replace(confidence=0.475 if one.field == "chair" else 1) for one in record.answers))
    [finding] = found(written, "unsure")
    assert (finding.field, finding.severity) == ("chair", Severity.ERROR)
    assert "we read “Cllr Jo Penrose” (48% sure)" in finding.message
    assert found(record, "unsure") == []


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("tracked-changes", lambda: a_record(tracked_changes=True)),
        ("struck-out", lambda: a_record(notes=(Note("struck", "Words are struck out here.", Place(), "Cllr Jo Penrose"),))),
        ("comments", lambda: a_record(notes=(Note("comment", "This stands beside the text.", Place(), "Jo to confirm the date"),) * 2)),
        ("not-read", lambda: a_record(notes=(Note("picture", "A picture is here; what it shows was not read."),) * 2)),
        ("left-over", lambda: a_record(unplaced=(Unplaced("p. 3", Place()), Unplaced("We should also like to say this.", Place())))),
    ],
)
def test_what_concerns_the_whole_return_is_mentioned_once(code: str, make: Callable[[], Record]) -> None:
    [finding] = found(make(), code)
    assert finding.field == ""
