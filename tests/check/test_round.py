"""Rules across the records of a round."""

from collections.abc import Mapping

from pipeline.check import check_round
from pipeline.model.findings import Finding
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Record
from pipeline.model.rounds import Round
from tests.builders import a_partnership, a_round
from tests.check.returns import a_record

SAFER = a_partnership(id="safer-communities", code="SCP", name="Safer Communities Partnership")


def two_partnerships() -> Round:
    return a_round(partnerships=(a_partnership(), SAFER))


def found(code: str, *records: Record) -> list[Finding]:
    return [finding for finding in check_round(records, two_partnerships()) if finding.code == code]


def a_second_record(changes: Mapping[str, str | None]) -> Record:
    titles: dict[str, str | None] = {
        f"priorities[{number}].title": f"{word} crime" for number, word in enumerate(("Night", "Farm", "Hate"), start=1)
    }
    return a_record({**titles, **changes}, partnership=SAFER.id)


def test_a_focus_area_that_nobody_addresses_is_found() -> None:
    findings = found("focus-uncovered", a_record(), a_second_record({"priorities[1].focus": "Community Safety"}))
    missing = ["Breaking the Cycle of deprivation", "Economy (skills/educational attainment/NEETS/infrastructure)", "Big Society"]
    assert [finding.field for finding in findings] == [f"priorities.focus[{name}]" for name in missing]
    assert findings[2].message == "Nobody addresses the area of focus “Big Society” (2 of 2 partnerships have replied)."
    assert findings[2].partnership == ""
    assert len({finding.key for finding in findings}) == len(findings)


def test_an_objective_that_no_partnership_supports_is_found() -> None:
    """A001-T3."""
    findings = found("objective-unsupported", a_record({"priorities[1].objectives[1]": "Climate Change & Environment"}))
    assert "Climate Change & Environment" not in " ".join(finding.message for finding in findings)
    assert len(findings) == 2


def test_near_equal_priorities_of_two_partnerships_are_found_once() -> None:
    findings = found("priorities-alike", a_record(), a_second_record({"priorities[2].title": "Congestion on A40, the"}))
    assert len(findings) == 1
    assert "Congestion on A40" in findings[0].message and "Congestion on the A40" in findings[0].message


def test_near_equal_priorities_of_one_partnership_are_not_its_neighbours_business() -> None:
    assert not found("priorities-alike", a_record({"priorities[3].title": "Affordable home"}), a_second_record({}))


def test_a_person_who_leads_on_too_much_is_found_over_all_partnerships() -> None:
    leads: dict[str, str | None] = {f"priorities[{number}].lead_officer": "Zoë Hargreaves" for number in (1, 2, 3)}
    titled = dict.fromkeys(leads, "Ms Zoe Hargreaves, Head of Partnerships")
    [finding] = found("officer-overloaded", a_record(leads), a_second_record({**titled}))
    assert (
        "leads on 6 priorities (Safer Communities Partnership; Spatial Planning & Infrastructure Partnership), more than 5"
        in finding.message
    )


def test_documents_that_were_held_or_refused_are_not_compared() -> None:
    held = a_second_record({"priorities[1].title": "Affordable homes"})
    assert not found("priorities-alike", a_record(), a_record({}, outcome=Outcome.HELD, partnership=None))
    assert found("priorities-alike", a_record(), held)


def test_the_order_of_the_records_makes_no_difference() -> None:
    records = (a_record(), a_second_record({"priorities[2].title": "Affordable homes"}))
    assert check_round(records, two_partnerships()) == check_round(records[::-1], two_partnerships())


def test_a_round_without_records_has_nothing_to_compare() -> None:
    assert check_round((), two_partnerships()) == ()
