"""What a reply says takes the place of what the return said; nothing else changes."""

import pytest

from pipeline.interpret.amended import amended
from pipeline.model.documents import Note
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State
from tests.asking.returns import TYPED, a_return, read
from tests.journey.rounds import a_desk


def said(field: str, value: str, file: str = "reply.eml") -> Record:
    """Return the record of a mail that answers one question."""
    answer = Answer(field, value, State.GIVEN, (Passage(value, Place("mail", paragraph=2)),), "phrase", 0.9)
    notes = (Note("covering-words", "It says this.", quote="Hello"),)
    return Record(file, f"sha of {file}", "mail", Outcome.READ, answers=(answer,), notes=notes)


def base(**typed: str) -> Record:
    return read(a_return({**TYPED, **{key.replace("__", "."): text for key, text in typed.items()}}))


def test_three_answers_change_three_fields_and_leave_the_rest() -> None:
    """Issue 4: a three-answer reply updates three fields and leaves the rest."""
    before = base()
    new = {"chair": "Jo Ash", "priorities[1].deliverables[1].due": "2013-03-31", "priorities[1].lead_officer": "Al Kay"}
    after = amended(before, [said(field, value) for field, value in new.items()], a_desk().round)
    old, now = ({answer.field: answer for answer in record.answers} for record in (before, after))
    assert {field: now[field].value for field in now if now[field] != old[field]} == new
    assert list(now) == list(old)
    assert (after.file, after.sha256, after.identity, after.unplaced) == (before.file, before.sha256, before.identity, before.unplaced)


def test_an_answer_names_the_document_that_says_it() -> None:
    after = amended(base(), [said("chair", "Jo Ash")], a_desk().round)
    by = {answer.field: (answer.file, answer.sha256) for answer in after.answers}
    assert by["chair"] == ("reply.eml", "sha of reply.eml")
    assert set(by.values()) == {("reply.eml", "sha of reply.eml"), ("", "")}


def test_nothing_over_a_return_is_the_return() -> None:
    before = base()
    assert amended(before, [], a_desk().round) == before


def test_the_later_of_two_replies_stands() -> None:
    after = amended(base(), [said("chair", "Jo Ash"), said("chair", "Al Kay", "second.eml")], a_desk().round)
    assert after.values["chair"] == "Al Kay"


def test_the_notes_of_a_reply_are_kept() -> None:
    assert "Hello" in [note.quote for note in amended(base(), [said("chair", "Jo Ash")], a_desk().round).notes]


@pytest.mark.parametrize("policies", ["", "The corporate plan"])
def test_a_whole_that_was_gathered_from_its_parts_is_gathered_anew(policies: str) -> None:
    typed = {"priorities[1].context.policies": policies} if policies else {}
    before = read(a_return({**TYPED, **typed}))
    after = amended(before, [said("priorities[1].context.business_plans", "Pooled budgets")], a_desk().round)
    whole = next(answer.value for answer in after.answers if answer.field == "priorities[1].context.text")
    assert whole == "\n".join(filter(None, (policies, "Pooled budgets")))


def test_a_new_item_stands_after_the_others() -> None:
    after = amended(base(), [said("priorities[1].deliverables[9].what", "A bridge")], a_desk().round)
    items = after.values["priorities"]
    assert isinstance(items, list)
    first = items[0]
    assert isinstance(first, dict)
    deliverables = first["deliverables"]
    assert isinstance(deliverables, list)
    assert isinstance(deliverables[-1], dict)
    assert deliverables[-1]["what"] == "A bridge"
