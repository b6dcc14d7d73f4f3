"""The board: where each partnership stands on a day, and what the officer does next."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.flow import plan
from pipeline.model.board import Board, Line, Urgency
from pipeline.model.history import Decision, DecisionKind, Event, Progress, Receipt
from pipeline.model.outcomes import Reason
from pipeline.model.post import Incoming, LogEntry, LogKind, MessageKind, Nature, Posting
from pipeline.model.rounds import Contact, Round
from pipeline.store.store import Store
from tests.desk.rounds import ROADS, SAFER, SENT, WASTE, a_round_of_three, complete, on, post, seen_on, take_in
from tests.store.samples import a_refusal


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return the store of a fresh round."""
    return Store.open(tmp_path)


def send_all(store: Store) -> None:
    for name in (ROADS, SAFER, WASTE):
        post(store, name, MessageKind.PROFORMA, on(4, 3), *SENT)


def line(board: Board, name: str) -> Line:
    return next(one for one in board.lines if one.partnership.id == name)


def commands(board: Board) -> list[str]:
    return [one.command for one in board.todo]


def test_a_partnership_is_late_by_working_days_from_the_day_after_its_deadline(tmp_path: Path, store: Store) -> None:
    """A000-P6, A002-24: due on Friday 6 May. The weekend makes nobody late."""
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    assert [line(seen_on(round_, store, day, 5), ROADS).late for day in (5, 6, 7, 8, 9, 10)] == [0, 0, 0, 0, 1, 2]


def test_the_newest_extension_moves_the_deadline_of_one_partnership(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    for day, at in (("2011-05-10", on(1, 5)), ("2011-05-13", on(2, 5))):
        store.decide(Decision(DecisionKind.EXTEND, ROADS, "", day, "Sam", at, "Their board meets"))
    seen = seen_on(round_, store, 16, 5)
    assert (line(seen, ROADS).late, line(seen, SAFER).late) == (1, 6)
    assert [one.partnership.id for one in seen.late] == [SAFER, WASTE, ROADS]


@pytest.mark.parametrize("kind", [DecisionKind.DECLINE, DecisionKind.NIL_RETURN])
def test_who_has_replied_in_any_way_is_not_late(tmp_path: Path, store: Store, kind: DecisionKind) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    take_in(store, ROADS, complete(), on(6, 5))
    store.decide(Decision(kind, SAFER, "", None, "Sam", on(5, 5), "Nothing is feasible"))
    assert [one.partnership.id for one in seen_on(round_, store, 20, 5).late] == [WASTE]


def test_the_board_and_the_papers_count_the_same_replies(tmp_path: Path, store: Store) -> None:
    """Design: the paper's “8 of 9 partnerships replied” comes from the same history."""
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    take_in(store, ROADS, complete(), on(5, 5))
    store.decide(Decision(DecisionKind.NIL_RETURN, SAFER, "", None, "Sam", on(5, 5), "Nothing is feasible"))
    seen = seen_on(round_, store, 20, 5)
    assert (len(seen.replies.replied), len(seen.replies.asked)) == (2, 3)
    assert seen.replies == plan(round_, store).replies


def test_a_draft_that_nobody_sent_is_no_reply(tmp_path: Path, store: Store) -> None:
    """Source: the words “x of y replied” would otherwise count it."""
    round_ = a_round_of_three(tmp_path)
    post(store, ROADS, MessageKind.PROFORMA, on(4, 3), Posting.DRAFTED)
    replies = plan(round_, store).replies
    assert replies.replied == ()
    assert [one.id for one in replies.asked] == [SAFER, WASTE]


def test_a_query_is_open_while_it_was_asked_and_is_still_found(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    take_in(store, ROADS, complete(lead_officer=None), on(2, 5))
    before = line(seen_on(round_, store, 3, 5), ROADS)
    assert before.to_ask
    keys = tuple(one.key for one in before.to_ask)
    post(store, ROADS, MessageKind.QUERY, on(4, 5), *SENT, about=keys)
    asked = line(seen_on(round_, store, 5, 5), ROADS)
    assert tuple(one.key for one in asked.asked) == keys
    assert asked.to_ask == ()
    take_in(store, ROADS, complete(), on(6, 5), "reply (2).docx")
    answered = line(seen_on(round_, store, 7, 5), ROADS)
    assert not any("lead" in one.field for one in answered.open)


def test_a_correction_answers_the_question_that_it_is_about(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    take_in(store, ROADS, complete(lead_officer=None), on(2, 5))
    field = "priorities[1].lead_officer"
    assert field in {one.field for one in line(seen_on(round_, store, 3, 5), ROADS).open}
    store.decide(Decision(DecisionKind.CORRECT, ROADS, field, "Sam Hill", "Sam", on(4, 5), "By telephone"))
    assert field not in {one.field for one in line(seen_on(round_, store, 5, 5), ROADS).open}


def test_a_board_of_the_past_knows_nothing_of_what_came_later(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    take_in(store, ROADS, complete(), on(2, 5))
    before = seen_on(round_, store, 3, 5)
    take_in(store, ROADS, complete("Other streets"), on(9, 5), "reply (2).docx")
    store.decide(Decision(DecisionKind.ACCEPT, ROADS, "", None, "Sam", on(10, 5), ""))
    store.log(LogEntry(ROADS, LogKind.PHONE, on(11, 5), "Sam", "Rang"))
    assert seen_on(round_, store, 3, 5) == before
    assert line(seen_on(round_, store, 3, 3), ROADS).progress is Progress.NOT_SENT


def test_the_timetable_says_what_is_past_now_and_ahead(tmp_path: Path, store: Store) -> None:
    """A002-24."""
    seen = seen_on(a_round_of_three(tmp_path), store, 21, 4)
    assert [stage.state for stage in seen.stages] == ["past", "now", "ahead", "ahead"]
    assert seen.next and seen.next.step.what == "Progress reviewed"
    assert seen.due and (seen.due.days, seen.due.working_days) == (15, 7)  # Easter, the royal wedding and early May
    assert seen.publish_by and seen.publish_by.day.isoformat() == "2011-07-05"


def test_reminders_and_the_last_contact_are_counted(tmp_path: Path, store: Store) -> None:
    """A002-P3."""
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    post(store, ROADS, MessageKind.REMINDER, on(9, 5), *SENT)
    post(store, ROADS, MessageKind.REMINDER, on(10, 5), Posting.WITHDRAWN)
    store.log(LogEntry(ROADS, LogKind.PHONE, on(12, 5), "Sam", "Promised for Friday"))
    found = line(seen_on(round_, store, 13, 5), ROADS)
    assert (found.reminders, found.last_contact) == (1, on(12, 5).date())
    assert line(seen_on(round_, store, 13, 5), SAFER).last_contact == on(4, 3).date()


def test_what_may_be_lost_stands_first_then_what_is_late_then_what_can_be_done(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    take_in(store, ROADS, complete(lead_officer=None), on(2, 5))
    post(store, SAFER, MessageKind.PROFORMA, on(4, 3), Posting.SENDING, Posting.UNKNOWN)
    post(store, WASTE, MessageKind.PROFORMA, on(4, 3), *SENT)
    (tmp_path / "inbox" / "new.docx").write_bytes(b"x")
    seen = seen_on(round_, store, 10, 5)
    assert commands(seen) == [
        f"proforma send --sent {SAFER}",
        "proforma ingest",
        "proforma chase --yes",
        f"proforma query {ROADS}",
    ]
    assert [one.urgency for one in seen.todo] == [Urgency.NOW, Urgency.NOW, Urgency.TODAY, Urgency.SOON]


def test_mail_that_came_back_is_told_until_it_went_out_again(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    number = post(store, ROADS, MessageKind.PROFORMA, on(4, 3), *SENT, occasion="")
    mail = store.keep_original(b"Mail delivery failed", "bounce.eml", "mail", on(5, 3))
    back = Incoming(mail.sha256, Nature.BOUNCE, "<b@example.org>", number, ROADS, "thread", "", "Failed", on(5, 3), "No such user.")
    store.mails.sort(back)
    store.record_event(Event(ROADS, Progress.BOUNCED, on(5, 3), "a bounce"))
    first = seen_on(round_, store, 6, 3).todo[0]
    assert (first.command, first.urgency) == (f"proforma send --again {ROADS} --yes", Urgency.NOW)
    assert "came back: No such user." in first.what
    post(store, ROADS, MessageKind.PROFORMA, on(7, 3), *SENT, occasion="")
    assert not [one for one in seen_on(round_, store, 8, 3).todo if "came back" in one.what]


def test_a_message_that_was_refused_is_told_with_the_servers_words(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    post(store, ROADS, MessageKind.PROFORMA, on(4, 3), Posting.SENDING, Posting.FAILED, said="550 no such user")
    assert "was refused: 550 no such user" in seen_on(round_, store, 5, 3).todo[0].what


def test_reminders_that_do_not_help_give_way_to_a_call(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    for day in (9, 10, 11):
        post(store, ROADS, MessageKind.REMINDER, on(day, 5), *SENT)
    mine = next(one for one in seen_on(round_, store, 12, 5).todo if one.partnership == ROADS)
    assert mine.command == f"proforma log {ROADS} phone WORDS"
    assert "3 reminders did not help" in mine.what


def test_support_that_was_asked_for_is_told_until_the_meeting_is_logged(tmp_path: Path, store: Store) -> None:
    """A002-P7."""
    round_ = a_round_of_three(tmp_path)
    store.log(LogEntry(ROADS, LogKind.SUPPORT, on(28, 3), "Sam", "Would like an officer at their meeting"))
    assert f"proforma log {ROADS} meeting WORDS" in commands(seen_on(round_, store, 29, 3))
    store.log(LogEntry(ROADS, LogKind.MEETING, on(20, 4), "Sam", "Attended"))
    assert f"proforma log {ROADS} meeting WORDS" not in commands(seen_on(round_, store, 22, 4))


def test_a_round_that_was_sent_by_hand_is_not_told_to_send_again(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    assert "proforma send --yes" in commands(seen_on(round_, store, 4, 3))
    take_in(store, SAFER, complete(), on(2, 4))
    late = seen_on(round_, store, 10, 5)
    assert not any("proforma send" in command for command in commands(late))
    assert f"proforma log {WASTE} phone WORDS" in commands(late)


def test_a_round_past_its_deadline_of_which_nothing_went_out_is_told_to_send_and_not_to_call(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (late,) = [one for one in seen_on(round_, store, 10, 5).todo if "gone out" in one.what]
    assert late.what.startswith("No proforma has gone out, and the returns were due on 6 May 2011. Put a later day into the timetable")
    assert not any("proforma log" in command for command in commands(seen_on(round_, store, 10, 5)))
    store.log(LogEntry(WASTE, LogKind.PHONE, on(9, 5), "Sam", "Has the form on paper"))
    assert f"proforma log {ROADS} phone WORDS" in commands(seen_on(round_, store, 10, 5))


def test_the_day_by_which_papers_must_be_out_is_announced_and_its_passing_too(tmp_path: Path, store: Store) -> None:
    """Local Government Act 1972, section 100B(3): five clear days."""
    round_ = a_round_of_three(tmp_path)

    def papers(day: int) -> list[tuple[Urgency, str]]:
        return [(one.urgency, one.what) for one in seen_on(round_, store, day, 7).todo if "papers" in one.what]

    assert papers(1) == [(Urgency.WHEN_DUE, "The papers must be out by 5 July 2011: 5 clear days before the meeting.")]
    assert papers(4)[0][0] is Urgency.TODAY
    assert papers(6)[0][0] is Urgency.NOW
    assert papers(14) == []


def test_who_is_late_or_to_be_asked_stands_in_one_line_with_one_command(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    (late,) = [one for one in seen_on(round_, store, 10, 5).todo if one.command == "proforma chase --yes"]
    assert late.what == (
        "Late: Spatial Planning & Infrastructure Partnership (2 working days), Safer Communities Partnership (2 working days) "
        "and Waste Partnership (2 working days)."
    )
    for name in (ROADS, SAFER):
        take_in(store, name, complete(lead_officer=None), on(10, 5))
    assert "proforma query" in commands(seen_on(round_, store, 10, 5))


def test_a_question_that_stays_unanswered_for_a_week_is_chased(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path, timetable=())
    take_in(store, ROADS, complete(lead_officer=None), on(2, 5))
    keys = tuple(one.key for one in line(seen_on(round_, store, 3, 5), ROADS).to_ask)
    post(store, ROADS, MessageKind.QUERY, on(4, 5), *SENT, about=keys)
    assert "proforma chase --yes" not in commands(seen_on(round_, store, 11, 5))
    (chased,) = [one for one in seen_on(round_, store, 12, 5).todo if one.command == "proforma chase --yes"]
    assert chased.what.endswith("asked on 4 May 2011.")


def test_an_automatic_reply_asks_for_another_way_until_a_contact_is_logged(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    send_all(store)
    store.record_event(Event(ROADS, Progress.OUT_OF_OFFICE, on(5, 3), "an automatic reply"))
    assert f"proforma log {ROADS} phone WORDS" in commands(seen_on(round_, store, 6, 3))
    store.log(LogEntry(ROADS, LogKind.PHONE, on(7, 3), "Sam", "Reached the deputy"))
    assert f"proforma log {ROADS} phone WORDS" not in commands(seen_on(round_, store, 8, 3))


def test_documents_that_could_not_be_read_are_gathered_after_a_week(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    for name in ("one.docx", "two.docx"):
        (round_.inbox / name).write_bytes(name.encode())
        receipt = store.keep_original(name.encode(), name, "inbox", on(5, 4))
        store.keep(receipt, a_refusal(receipt), (), "1", on(5, 4))
    first = [one for one in seen_on(round_, store, 6, 4).todo if "could not be read" in one.what]
    assert [(one.urgency, one.command) for one in first] == [(Urgency.TODAY, "proforma ingest")] * 2
    (later,) = [one for one in seen_on(round_, store, 20, 4).todo if "could not be read" in one.what]
    assert "one.docx; two.docx" in later.what


@pytest.mark.parametrize(
    ("reason", "says"),
    [(Reason.CORRUPT, "Ask for it again"), (Reason.CRASHED, "It is tried again"), (Reason.NOT_A_RETURN, "is no return. Because.")],
)
def test_what_to_do_about_a_refused_document_depends_on_the_reason(reason: Reason, says: str, tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (round_.inbox / "one.docx").write_bytes(b"x")
    receipt = store.keep_original(b"x", "one.docx", "inbox", on(5, 4))
    store.keep(receipt, replace(a_refusal(receipt), reason=reason, message="Because."), (), "1", on(5, 4))
    [told] = [one.what for one in seen_on(round_, store, 6, 4).todo if "one.docx" in one.what]
    assert says in told


def refused(store: Store, data: bytes, file: str, via: str = "inbox") -> Receipt:
    """Keep a document that could not be read."""
    receipt = store.keep_original(data, file, via, on(5, 4))
    store.keep(receipt, a_refusal(receipt), (), "1", on(5, 4))
    return receipt


def told_of(round_: Round, store: Store, file: str) -> list[str]:
    return [one.what for one in seen_on(round_, store, 6, 4).todo if file in one.what]


def test_a_refused_document_that_was_taken_out_of_the_inbox_is_dealt_with(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (round_.inbox / "one.docx").write_bytes(b"x")
    refused(store, b"x", "one.docx")
    assert told_of(round_, store, "one.docx")
    (round_.inbox / "one.docx").unlink()
    assert not told_of(round_, store, "one.docx")


def test_what_lay_in_a_zip_of_the_inbox_goes_with_it_and_what_came_by_mail_stays(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (round_.inbox / "all.zip").write_bytes(b"zip")
    store.keep_original(b"zip", "all.zip", "inbox", on(5, 4))
    refused(store, b"inside", "all.zip › one.docx", "envelope")
    refused(store, b"mailed", "12.eml › two.docx", "envelope")
    assert told_of(round_, store, "one.docx") and told_of(round_, store, "two.docx")
    (round_.inbox / "all.zip").unlink()
    assert not told_of(round_, store, "one.docx") and told_of(round_, store, "two.docx")


def test_a_document_that_a_person_set_aside_is_asked_about_no_more(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (round_.inbox / "news.pdf").write_bytes(b"news")
    receipt = refused(store, b"news", "news.pdf")
    store.decide(Decision(DecisionKind.ASSIGN, "", receipt.sha256, None, "Sam", on(5, 4), "A newsletter"))
    assert not told_of(round_, store, "news.pdf")


def test_a_refused_document_of_a_partnership_that_declined_is_asked_about_no_more(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path)
    (round_.inbox / "one.docx").write_bytes(b"x")
    receipt = store.keep_original(b"x", "one.docx", "inbox", on(5, 4))
    store.keep(receipt, replace(a_refusal(receipt), partnership=WASTE), (), "1", on(5, 4))
    assert told_of(round_, store, "one.docx")
    store.decide(Decision(DecisionKind.DECLINE, WASTE, "", None, "Sam", on(5, 4), "Wound up"))
    assert not told_of(round_, store, "one.docx")


def test_a_name_that_the_kit_came_with_is_to_be_written_over_before_anything_goes_out(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path, contacts=(Contact("Your name", "Officer", "sam@example.org", ""),))
    (told,) = [one for one in seen_on(round_, store, 4, 3).todo if "Your name" in one.what]
    assert told.what.startswith("round.yaml: contacts – “Your name” is what the kit came with")


def test_nothing_to_do_is_nothing(tmp_path: Path, store: Store) -> None:
    round_ = a_round_of_three(tmp_path, timetable=())
    for name in (ROADS, SAFER, WASTE):
        store.decide(Decision(DecisionKind.DECLINE, name, "", None, "Sam", on(5, 5), "Wound up"))
    assert seen_on(round_, store, 6, 5).todo == ()
