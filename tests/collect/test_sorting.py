"""What a mail is and whom it is from, told by our own words in it; never by its sender."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.history import Progress
from pipeline.model.post import Nature
from tests.cli.folders import proforma
from tests.collect import reports
from tests.collect.reports import CHAIR, OURS
from tests.collect.rounds import NAMELESS, SCHOOLS_ID, a_reply, a_return, a_sent_round, incoming, opened, reference, saved, send
from tests.envelopes.mails import mail, png


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_sent_round(tmp_path / "round")


def collected(folder: Path, *mails: bytes) -> list[dict[str, Any]]:
    """Collect saved mails, and return what was said of each."""
    said = proforma(folder, "collect", "--from", str(saved(folder, *mails)), "--json").stdout
    return [json.loads(line) for line in said.splitlines()]


def progress(folder: Path, partnership: str = "roads") -> str:
    with opened(folder) as store:
        return store.progress()[partnership]


# -- whose it is -----------------------------------------------------------------------------------------------------------


def test_a_return_in_a_reply_is_read_and_its_mail_is_known(folder: Path) -> None:
    (said,) = collected(folder, a_reply(folder, in_reply_to=OURS))
    assert (said["nature"], said["partnership"], said["matched_by"], said["answers"]) == ("reply", "roads", "thread", OURS)
    assert progress(folder) == Progress.RETURNED


@pytest.mark.parametrize("fields", [{"in_reply_to": OURS}, {"references": f"<a@example.org> {OURS} <b@example.org>"}])
def test_words_alone_are_matched_by_the_message_that_they_answer(folder: Path, fields: dict[str, str]) -> None:
    (said,) = collected(folder, mail("Thank you, we shall reply next week.", **fields))
    assert (said["nature"], said["partnership"], said["matched_by"]) == ("reply", "roads", "thread")
    assert progress(folder) == Progress.SENT


def test_the_reference_in_the_subject_matches_where_no_thread_does(folder: Path) -> None:
    subject = f"FW: RE: Your proforma [{reference(folder, 'SCH').lower()}]"
    (said,) = collected(folder, mail("When is it due?", subject=subject))
    assert (said["partnership"], said["matched_by"]) == ("schools", "reference")


def test_a_reference_with_a_slip_in_it_matches_nobody(folder: Path) -> None:
    wrong = reference(folder, "SCH")[:-1] + "?"
    (said,) = collected(folder, mail("When is it due?", subject=f"Re: [{wrong}]"))
    assert said["partnership"] == ""


@pytest.mark.parametrize("field", ["to", "cc", "delivered_to"])
def test_the_address_that_only_one_partnership_was_given_matches(tmp_path: Path, field: str) -> None:
    folder = a_sent_round(tmp_path / "round", plus=True)
    (said,) = collected(folder, mail("When is it due?", **{field: "Returns+SCH@example.org"}))
    assert (said["partnership"], said["matched_by"]) == ("schools", "address")


def test_the_document_matches_where_the_mail_does_not(folder: Path) -> None:
    (said,) = collected(folder, a_reply(folder, "SCH"))
    assert (said["partnership"], said["matched_by"]) == ("schools", "document")


def test_the_sender_matches_nobody(folder: Path) -> None:
    """Threats: anybody can write any address."""
    (said,) = collected(folder, mail("Attached.", ("reply.docx", NAMELESS), sender=CHAIR, **{"from": CHAIR}))
    (document,) = said["documents"]
    assert (said["partnership"], document["outcome"]) == ("", "held")


def test_two_of_our_words_that_disagree_hold_the_mail_with_both_named(folder: Path) -> None:
    subject = f"Re: [{reference(folder, 'SCH')}]"
    (said,) = collected(folder, mail("See attached.", ("reply.docx", NAMELESS), subject=subject, in_reply_to=OURS))
    (document,) = said["documents"]
    assert (said["partnership"], document["outcome"]) == ("", "held")
    assert "Roads Partnership" in str(said["said"]) and "Schools Partnership" in str(said["said"])


# -- the thread and the document ---------------------------------------------------------------------------------------


def test_the_thread_says_whose_a_return_is_that_does_not(folder: Path) -> None:
    (said,) = collected(folder, mail("Attached.", ("reply.docx", NAMELESS), in_reply_to=OURS))
    (document,) = said["documents"]
    assert (document["outcome"], document["partnership"]) == ("read", "roads")
    assert {"carrier": "thread", "says": OURS, "believed": True} in document["identity"]
    assert document["findings"] and progress(folder) == Progress.RETURNED


def test_the_document_is_believed_before_the_thread_and_the_officer_told(folder: Path) -> None:
    """A chair of two partnerships answers the wrong mail."""
    (said,) = collected(folder, a_reply(folder, "SCH", in_reply_to=OURS))
    (document,) = said["documents"]
    assert (document["partnership"], said["partnership"], said["matched_by"]) == ("schools", "schools", "document")
    assert "the document is believed" in str(said["said"])
    assert [note["code"] for note in document["notes"] if note["code"] == "answers-another"]
    assert {"carrier": "thread", "says": OURS, "believed": False} in document["identity"]
    assert progress(folder) == Progress.SENT


def test_the_thread_decides_nothing_between_two_returns(folder: Path) -> None:
    both = (("one.docx", NAMELESS), ("schools.docx", a_return(folder, "SCH")))
    (said,) = collected(folder, mail("Both attached.", *both, in_reply_to=OURS))
    assert [one["outcome"] for one in said["documents"]] == ["held", "read"]


def test_a_return_that_was_held_and_comes_again_in_the_thread_is_read(folder: Path) -> None:
    (folder / "inbox" / "reply.docx").write_bytes(NAMELESS)
    proforma(folder, "ingest")
    collected(folder, mail("Attached.", ("reply.docx", NAMELESS), in_reply_to=OURS))
    assert progress(folder) == Progress.RETURNED
    assert "No document waits" in proforma(folder, "assign").stdout


# -- what comes back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [reports.standard(), reports.standard(headers_only=True), reports.qmail(), reports.exim(), reports.exchange()],
    ids=["standard", "headers", "qmail", "exim", "exchange"],
)
def test_a_bounce_is_listed_with_its_reason_and_changes_where_the_partnership_stands(folder: Path, data: bytes) -> None:
    (said,) = collected(folder, data)
    assert (said["nature"], said["partnership"]) == ("bounce", "roads")
    assert CHAIR in str(said["said"]) and "failed, 5." in str(said["said"])
    with opened(folder) as store:
        event = store.history("roads")[-1]
    assert event.progress is Progress.BOUNCED and "failed, 5." in event.cause
    assert progress(folder, "schools") == Progress.SENT


def test_a_delay_is_listed_and_changes_nothing(folder: Path) -> None:
    (said,) = collected(folder, reports.standard(action="delayed", status="4.4.1"))
    assert (said["nature"], said["partnership"], progress(folder)) == ("automatic", "roads", Progress.SENT)
    assert "delayed, 4.4.1" in str(said["said"])


def test_a_bounce_that_brings_our_own_blank_back_is_no_return(folder: Path) -> None:
    """The blank names the partnership: taken for a return, it would stop every reminder."""
    sent = a_reply(folder, "RDS").replace(b"<1@example.org>", OURS.encode())
    (said,) = collected(folder, reports.standard(back=tuple(sent.split(b"\r\n"))))
    assert (said["nature"], progress(folder)) == ("bounce", Progress.BOUNCED)
    assert [one["outcome"] for one in said["documents"]] == ["refused"]
    with opened(folder) as store:
        assert store.current() == {}


def test_a_bounce_that_somebody_forwards_brings_no_return_either(folder: Path) -> None:
    """The officer's own mailbox got it, and she sends it on as an attachment."""
    sent = a_reply(folder, "RDS").replace(b"<1@example.org>", OURS.encode())
    bounce = reports.standard(back=tuple(sent.split(b"\r\n")))
    (said,) = collected(folder, mail("This one came to me.", ("Undeliverable.eml", bounce), message_id="<f@example.org>"))
    assert {one["outcome"] for one in said["documents"]} == {"refused"} and progress(folder) == Progress.SENT


def test_what_a_mail_server_writes_in_unknown_words_is_for_a_person_to_read(folder: Path) -> None:
    box = saved(folder, mail("Votre message n’a pas pu être remis.", return_path="<>", **{"from": "MAILER-DAEMON@example.org"}))
    result = proforma(folder, "collect", "--from", str(box))
    assert result.exit_code == 1 and "it may have come back" in result.stdout and progress(folder) == Progress.SENT


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Auto-Submitted": "auto-generated", "Subject": "Automatic reply: Your proforma", "X-Auto-Response-Suppress": "All"},
        {"Auto-Submitted": "", "X-Autoreply": "yes"},
        {"Auto-Submitted": "", "Precedence": "auto_reply"},
        {"Auto-Submitted": "", "Return-Path": "<>", "Subject": "Out of the office"},
    ],
    ids=["RFC 3834", "Exchange", "X-Autoreply", "Precedence", "by its subject"],
)
def test_somebody_who_is_away_is_noted(folder: Path, fields: dict[str, str]) -> None:
    (said,) = collected(folder, reports.away(**fields))
    assert (said["nature"], said["partnership"], progress(folder)) == ("out of office", "roads", Progress.OUT_OF_OFFICE)


def test_of_a_note_that_somebody_is_away_the_sender_tells_whose_it_is(folder: Path) -> None:
    (said,) = collected(folder, reports.away(**{"In-Reply-To": ""}))
    assert (said["partnership"], said["matched_by"]) == ("roads", "sender")


def test_an_address_of_two_partnerships_tells_nothing(folder: Path) -> None:
    (said,) = collected(folder, reports.away(**{"In-Reply-To": "", "From": "jo@example.org"}))
    assert said["partnership"] == ""


@pytest.mark.parametrize("automatic", [reports.standard(), reports.away()], ids=["bounce", "away"])
def test_nothing_automatic_undoes_a_return(folder: Path, automatic: bytes) -> None:
    collected(folder, a_reply(folder, in_reply_to=OURS))
    (said,) = collected(folder, automatic)
    assert said["partnership"] == "roads" and progress(folder) == Progress.RETURNED


def test_that_somebody_is_away_does_not_hide_a_bounce(folder: Path) -> None:
    collected(folder, reports.standard())
    collected(folder, reports.away())
    assert progress(folder) == Progress.BOUNCED


def test_an_old_bounce_says_nothing_of_what_was_sent_again_since(folder: Path) -> None:
    send(folder, "<proforma.RDS.again@example.org>", "roads", again=True)
    (said,) = collected(folder, reports.standard())
    assert (said["nature"], progress(folder)) == ("bounce", Progress.SENT)


def test_a_bounce_that_is_read_again_by_a_newer_program_is_no_second_bounce(folder: Path) -> None:
    collected(folder, reports.standard())
    send(folder, "<proforma.RDS.again@example.org>", "roads", again=True)
    (folder / "partnerships.csv").write_text(
        (folder / "partnerships.csv").read_text(encoding="utf-8").replace("Roads Partnership", "Roads and Bridges Partnership"),
        encoding="utf-8",
    )
    proforma(folder, "ingest")
    with opened(folder) as store:
        bounces = [event for name in store.progress() for event in store.history(name) if event.progress is Progress.BOUNCED]
    assert len(bounces) == 1


@pytest.mark.parametrize("fields", [{"auto_submitted": "auto-generated"}, {"precedence": "bulk"}])
def test_a_return_that_a_program_sent_on_is_a_return(folder: Path, fields: dict[str, Any]) -> None:
    """A scanner or a rule that forwards marks its mails so."""
    (said,) = collected(folder, a_reply(folder, **fields))
    assert (said["nature"], progress(folder)) == ("reply", Progress.RETURNED)


def test_a_newsletter_waits_for_nobody(folder: Path) -> None:
    (said,) = collected(folder, mail("Our offers of this week.", precedence="bulk"))
    assert said["nature"] == "automatic"
    assert "No document waits" in proforma(folder, "assign").stdout


def test_a_reply_through_a_mailing_list_is_a_reply(folder: Path) -> None:
    (said,) = collected(folder, mail("When is it due?", precedence="list"))
    assert said["nature"] == "reply"


# -- real mails ------------------------------------------------------------------------------------------------------------


def test_a_return_that_was_forwarded_whole_is_read(folder: Path) -> None:
    forwarded = mail("Please see below.", ("Our return.eml", a_reply(folder)), subject="FW: Pro forma", message_id="<f@example.org>")
    (said,) = collected(folder, forwarded)
    assert (said["partnership"], said["matched_by"], progress(folder)) == ("roads", "document", Progress.RETURNED)


def test_the_pictures_of_a_signature_are_no_returns(folder: Path) -> None:
    data = mail("Attached.", ("roads.docx", a_return(folder, "RDS")), ("image001.png", png(90, 30)), in_reply_to=OURS)
    (said,) = collected(folder, data)
    assert [one["outcome"] for one in said["documents"]] == ["read"]


def test_a_mail_with_two_senders_is_read_and_neither_is_believed(folder: Path) -> None:
    """Threats, two_from."""
    data = a_reply(folder).replace(b"From: ", b"From: head@example.org\r\nFrom: ", 1)
    (said,) = collected(folder, data)
    assert (said["sender"], said["partnership"]) == ("", "roads")


def test_one_message_id_with_two_bodies_is_two_mails(folder: Path) -> None:
    """Threats, same_msgid_other_body."""
    said = collected(folder, mail("First words.", in_reply_to=OURS), mail("Other words.", in_reply_to=OURS))
    assert len({one["sha256"] for one in said}) == 2 and len({one["message_id"] for one in said}) == 1


# -- the holding pen -------------------------------------------------------------------------------------------------------


def test_a_mail_that_nobody_could_be_matched_with_waits_until_a_person_says_whose_it_is(folder: Path) -> None:
    collected(folder, mail("When is it due?", subject="A question"))
    listed = proforma(folder, "assign").stdout
    assert "1.eml" in listed and "A question" in listed and "1 waiting" in listed
    result = proforma(folder, "assign", "1.eml", "RDS", "--reason", "Jo rang")
    assert result.exit_code == 0 and "1.eml is of Roads Partnership" in result.stdout
    (mail_,) = incoming(folder)
    assert (mail_.partnership, mail_.matched_by) == ("roads", "person")
    assert "No document waits" in proforma(folder, "assign").stdout


def test_what_a_person_said_of_a_mail_holds_when_it_is_read_again(folder: Path) -> None:
    collected(folder, mail("When is it due?", subject="A question"))
    proforma(folder, "assign", "1.eml", "RDS")
    (folder / "partnerships.csv").write_text(
        (folder / "partnerships.csv").read_text(encoding="utf-8").replace("Schools Partnership", "Schools Board"), encoding="utf-8"
    )
    proforma(folder, "ingest")
    (mail_,) = incoming(folder)
    assert (mail_.partnership, mail_.matched_by) == ("roads", "person")


def test_a_stray_bounce_that_is_assigned_counts(folder: Path) -> None:
    collected(folder, reports.standard(back=("Subject: Hello", "", "")).replace(CHAIR.encode(), b"old.chair@example.org"))
    assert incoming(folder)[0].partnership == ""
    proforma(folder, "assign", "1.eml", "RDS")
    assert progress(folder) == Progress.BOUNCED


def test_where_its_document_is_assigned_the_mail_is_known_too(folder: Path) -> None:
    collected(folder, mail("Attached.", ("reply.docx", NAMELESS)))
    assert "1 waiting" in proforma(folder, "assign").stdout
    proforma(folder, "assign", "reply.docx", "RDS")
    (mail_,) = incoming(folder)
    assert (mail_.partnership, mail_.matched_by, mail_.nature) == ("roads", "document", Nature.REPLY)


def test_what_was_matched_is_shown_to_a_person(folder: Path) -> None:
    box = saved(folder, a_reply(folder, in_reply_to=OURS), reports.standard(), mail("When is it due?", subject="A question"))
    result = proforma(folder, "collect", "--from", str(box))
    assert result.exit_code == 1
    assert "3 mails read, 1 new return in them" in result.stdout and "bounce" in result.stdout
    assert 'proforma assign "3.eml" PARTNERSHIP' in result.stdout
    assert "Next: proforma assign" in result.stderr
    again = proforma(folder, "collect", "--from", str(box))
    assert again.exit_code == 0 and "No new mail." in again.stdout


def test_the_other_partnership_is_never_touched(folder: Path) -> None:
    collected(folder, a_reply(folder, in_reply_to=OURS), reports.away(**{"In-Reply-To": SCHOOLS_ID}))
    assert (progress(folder), progress(folder, "schools")) == (Progress.RETURNED, Progress.OUT_OF_OFFICE)
