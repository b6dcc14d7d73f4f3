"""Decisions: what a person may decide, what is the same, and what signing off freezes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.desk import deciding
from pipeline.desk.contacts import note
from pipeline.desk.deciding import Decided, Who
from pipeline.errors import PipelineError, StoreError
from pipeline.flow import checked, plan, standing
from pipeline.model.history import DecisionKind, Progress
from pipeline.model.post import LogKind
from pipeline.model.rounds import Round
from pipeline.store.store import Store
from tests.desk.rounds import ROADS, SAFER, a_round_of_three, complete, on, reading, seen_on, take_in
from tests.store.samples import dump

LEAD = "priorities[1].lead_officer"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store in which one of three partnerships has replied."""
    store = Store.open(tmp_path)
    take_in(store, ROADS, complete(), on(2, 5))
    return store


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """Return the round."""
    return a_round_of_three(tmp_path)


def sam(day: int, reason: str = "") -> Who:
    return Who("Sam", on(day, 6), reason)


def test_a_decision_made_twice_is_kept_once_whoever_says_it_again(round_: Round, store: Store) -> None:
    """Law 7."""
    roads = round_.by_id[ROADS]
    (finding, *_) = checked(round_, standing(round_, store))
    made: list[Callable[[Who], Decided]] = [
        lambda who: deciding.accept(roads, reading(store, ROADS), who, store),
        lambda who: deciding.correct(roads, reading(store, ROADS), LEAD, "Sam Hill", who, round_, store),
        lambda who: deciding.override(finding.key, [finding], who, store),
        lambda who: deciding.extend(round_.by_id[SAFER], "13 May", who, round_, store),
        lambda who: deciding.without_return(DecisionKind.DECLINE, round_.by_id[SAFER], who, store),
        lambda who: deciding.sign_off(roads, reading(store, ROADS), who, store),
    ]
    for decide in made:
        assert decide(sam(1, "Agreed")).new
        before = dump(store)
        again = decide(Who("Alex", on(2, 6), "Agreed"))
        assert (again.new, again.decision.by) == (False, "Sam")
        assert dump(store) == before


def test_another_reason_or_value_is_another_decision(round_: Round, store: Store) -> None:
    safer = round_.by_id[SAFER]
    assert deciding.extend(safer, "13 May", sam(1, "Board meets"), round_, store).new
    assert deciding.extend(safer, "13 May", sam(2, "Chair is ill"), round_, store).new
    assert deciding.extend(safer, "20 May", sam(3, "Chair is ill"), round_, store).new
    assert [one.value for one in store.decisions(SAFER)] == ["2011-05-13", "2011-05-13", "2011-05-20"]


def test_a_newer_return_is_accepted_anew(round_: Round, store: Store) -> None:
    roads = round_.by_id[ROADS]
    assert deciding.accept(roads, reading(store, ROADS), sam(1), store).new
    take_in(store, ROADS, complete("Other streets"), on(3, 6), "reply (2).docx")
    assert store.progress()[ROADS] is Progress.RETURNED
    assert deciding.accept(roads, reading(store, ROADS), sam(4), store).new


def test_a_person_accepts_the_return_at_hand_and_no_later_one(round_: Round, store: Store) -> None:
    careful = a_round_of_three(round_.folder, options={"accept": "by-person"})
    assert plan(careful, store).entries == ()
    deciding.accept(careful.by_id[ROADS], reading(store, ROADS), sam(1), store)
    assert len(plan(careful, store).entries) == 1
    take_in(store, ROADS, complete("Other streets"), on(3, 6), "reply (2).docx")
    assert plan(careful, store).entries == ()
    assert [body.id for body in plan(careful, store).replies.waiting] == [ROADS]


def test_nothing_can_be_accepted_signed_off_or_corrected_that_never_came(round_: Round, store: Store) -> None:
    safer = round_.by_id[SAFER]
    with pytest.raises(PipelineError, match="has returned nothing"):
        deciding.accept(safer, None, sam(1), store)
    with pytest.raises(PipelineError, match="has returned nothing"):
        deciding.sign_off(safer, None, sam(1), store)
    with pytest.raises(PipelineError, match="has returned nothing"):
        deciding.correct(safer, None, LEAD, "Sam Hill", sam(1), round_, store)


def test_a_return_leaves_the_plan_when_its_partnership_declines(round_: Round, store: Store) -> None:
    deciding.without_return(DecisionKind.DECLINE, round_.by_id[ROADS], sam(1, "Withdrawn"), store)
    made = plan(round_, store)
    assert made.entries == ()
    assert [body.id for body in made.replies.declined] == [ROADS]


@pytest.mark.parametrize(
    ("path", "value", "says", "hint"),
    [
        ("priorities.title", "x", "does not say which", r"priorities\[1\]"),
        ("prioritys[1].title", "x", "names no field", "Did you mean priorities.title"),
        ("priorities[1]", "x", "holds several answers", "title"),
        ("priorities[1].title[2]", "x", "counts what there is one of", "priorities[1].title"),
        ("priorities[3].title", "x", "has 1 entry", r"priorities\[2\]"),
        ("priorities[1].deliverables[1].due", "soonish", "it is no day with its year", "31 March 2014"),
        ("priorities[1].focus", "Roads", "it is none of the choices", "Community Safety"),
        ("contact_officer.email", "jo at example", "it is no e-mail address", "name@example.org"),
        ("contact_officer.phone", "12", "it is no telephone number", "01632"),
        ("priorities[1]..title", "x", "names no field", ""),
        ("", "x", "names no field", ""),
    ],
)
def test_a_correction_that_the_form_cannot_hold_says_what_to_write(
    path: str, value: str, says: str, hint: str, round_: Round, store: Store
) -> None:
    with pytest.raises(PipelineError) as raised:
        deciding.correct(round_.by_id[ROADS], reading(store, ROADS), path, value, sam(1, "x"), round_, store)
    assert says in str(raised.value)
    assert hint.replace("\\", "") in raised.value.hint
    assert store.decisions() == ()


@pytest.mark.parametrize(
    ("path", "said", "kept"),
    [
        ("priorities[1].deliverables[1].due", "end March 2014", "2014-03-31"),
        ("priorities[1].deliverables[2].due", "1/4/12", "2012-04-01"),
        ("priorities[1].focus", "economy", "Economy (skills/educational attainment/NEETS/infrastructure)"),
        ("priorities[2].title", "  A second   one ", "A second one"),
        (LEAD, "", ""),
    ],
)
def test_a_correction_is_understood_as_a_return_would_be(path: str, said: str, kept: str, round_: Round, store: Store) -> None:
    made = deciding.correct(round_.by_id[ROADS], reading(store, ROADS), path, said, sam(1, "x"), round_, store)
    assert (made.new, made.decision.value) == (True, kept)


def test_what_the_return_says_already_needs_no_correction(round_: Round, store: Store) -> None:
    assert not deciding.correct(round_.by_id[ROADS], reading(store, ROADS), LEAD, "Morgan Lee", sam(1, "x"), round_, store).new
    assert store.decisions() == ()


def test_a_finding_is_named_by_its_key_or_by_the_beginning_of_its_short_name(round_: Round, store: Store) -> None:
    findings = checked(round_, standing(round_, store))
    one = findings[0]
    for said in (one.key, one.short, one.short[:5].upper()):
        assert deciding.override(said, findings, sam(1, "Agreed"), store).decision.about == one.key
    for said in ("", one.short[:3], "zzzzzz"):
        with pytest.raises(PipelineError, match="names no finding"):
            deciding.override(said, findings, sam(1, "Agreed"), store)
    assert len(store.decisions()) == 1


def test_a_deadline_is_extended_and_not_drawn_forward(round_: Round, store: Store) -> None:
    safer = round_.by_id[SAFER]
    with pytest.raises(PipelineError, match="has until 6 May 2011"):
        deciding.extend(safer, "5 May", sam(1), round_, store)
    with pytest.raises(PipelineError, match="is no day"):
        deciding.extend(safer, "some time in May", sam(1), round_, store)
    with pytest.raises(PipelineError, match="is no day"):
        deciding.extend(safer, "May 2011", sam(1), round_, store)


def test_what_was_signed_off_is_what_the_papers_say_until_it_is_signed_off_again(round_: Round, store: Store) -> None:
    """A002-P6: freeze a version, record the sign-off."""
    roads = round_.by_id[ROADS]
    deciding.correct(roads, reading(store, ROADS), LEAD, "Sam Hill", sam(1, "Told us"), round_, store)
    deciding.sign_off(roads, reading(store, ROADS), sam(2, "Agreed"), store)
    signed = plan(round_, store).entries
    deciding.correct(roads, reading(store, ROADS), LEAD, "Kim Day", sam(3, "Told us"), round_, store)
    take_in(store, ROADS, complete("Other streets"), on(4, 6), "reply (2).docx")
    assert plan(round_, store).entries == signed
    (line, *_) = seen_on(round_, store, 5, 6).lines
    assert line.changes == (
        "A newer return came: reply (2).docx.",
        "Key priorities for the medium term 1, Lead officer was corrected to “Kim Day”.",
    )
    assert any(one.command == f"proforma sign-off {ROADS}" for one in seen_on(round_, store, 5, 6).todo)
    assert deciding.sign_off(roads, reading(store, ROADS), sam(6), store).new
    (entry,) = plan(round_, store).entries
    assert entry.file == "reply (2).docx"
    assert seen_on(round_, store, 7, 6).lines[0].changes == ()


def test_a_correction_after_a_sign_off_is_taken_up_by_the_next_one(round_: Round, store: Store) -> None:
    roads = round_.by_id[ROADS]
    assert deciding.sign_off(roads, reading(store, ROADS), sam(1), store).new
    deciding.correct(roads, reading(store, ROADS), LEAD, "Kim Day", sam(2, "Told us"), round_, store)
    assert plan(round_, store).entries[0].corrections == ()
    assert deciding.sign_off(roads, reading(store, ROADS), sam(3), store).new
    assert not deciding.sign_off(roads, reading(store, ROADS), sam(4), store).new
    assert len(plan(round_, store).entries[0].corrections) == 1


def test_a_version_that_is_damaged_stops_the_papers(round_: Round, store: Store) -> None:
    made = deciding.sign_off(round_.by_id[ROADS], reading(store, ROADS), sam(1), store)
    assert store.check() == ()
    kept = next((round_.folder / "store" / "originals").rglob(made.decision.about))
    kept.chmod(0o600)
    kept.write_bytes(b"{}")
    with pytest.raises(StoreError, match="damaged or missing"):
        plan(round_, store)


def test_the_contact_log_keeps_a_line_once_a_day(round_: Round, store: Store) -> None:
    """A002-P3."""
    safer = round_.by_id[SAFER]
    assert note(safer, LogKind.PHONE, "Rang  twice", "31 March", sam(1), round_, store)[1]
    assert not note(safer, LogKind.PHONE, "Rang twice", "31 March 2011", sam(2), round_, store)[1]
    assert note(safer, LogKind.PHONE, "Rang twice", "1 April", sam(2), round_, store)[1]
    assert [(one.at.date().isoformat(), one.words) for one in store.contact_log(SAFER)] == [
        ("2011-03-31", "Rang twice"),
        ("2011-04-01", "Rang twice"),
    ]
    with pytest.raises(PipelineError, match="needs words"):
        note(safer, LogKind.PHONE, "  ", "", sam(2), round_, store)
