"""What mail servers report is read from the standard parts and from the letters that some write instead."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.facts import mail_as_json, mail_from_json
from pipeline.envelopes import contents, mapi
from pipeline.model.envelopes import Fate, Mail, Report
from tests.collect import reports
from tests.collect.reports import CHAIR, OURS
from tests.envelopes.mails import mail
from tests.envelopes.outlook import Message, msg


def head(data: bytes) -> Mail:
    """Return what a mail says of itself."""
    found = contents(data, "mail.eml").mail
    assert found is not None
    return found


def report(data: bytes) -> Report:
    found = head(data).report
    assert found is not None
    return found


def test_a_standard_report_says_who_why_and_which_mail() -> None:
    """RFC 3464."""
    why = "550 5.1.1 <chair@example.org>: Recipient address rejected: User unknown"
    assert report(reports.standard()) == Report((Fate(CHAIR, "failed", "5.1.1", why),), OURS)


def test_the_head_of_the_mail_alone_is_enough() -> None:
    assert report(reports.standard(headers_only=True)).original_id == OURS


def test_a_delay_is_no_failure() -> None:
    (fate,) = report(reports.standard(action="delayed", status="4.4.1", why="smtp; 451 try later")).fates
    assert (fate.action, fate.status) == ("delayed", "4.4.1")


@pytest.mark.parametrize(
    ("data", "status"),
    [(reports.qmail(), "5.1.1"), (reports.exim(), "5.2.2"), (reports.exchange(), "5.1.10")],
    ids=["qmail", "exim", "exchange"],
)
def test_a_letter_of_a_server_is_a_report_too(data: bytes, status: str) -> None:
    (fate,) = report(data).fates
    assert (fate.recipient, fate.action, fate.status) == (CHAIR, "failed", status)
    assert fate.why


@pytest.mark.parametrize("data", [reports.qmail(), reports.exim()], ids=["qmail", "exim"])
def test_the_mail_behind_the_letter_tells_which_it_was(data: bytes) -> None:
    assert report(data).original_id == OURS


def test_a_mail_that_came_back_beyond_all_measure_is_still_known() -> None:
    back = (f"Message-ID: {OURS}", "Subject: Your proforma", "", *["x" * 1000] * 200)
    assert report(reports.standard(back=back)).original_id == OURS


@pytest.mark.parametrize(
    "data",
    [
        mail("Our return could not be delivered to your old address, so here it is again."),
        mail("Attached.", subject="Re: Undeliverable: Your proforma"),
        mail("5.1.1 is the paragraph that I mean.", sender="chair@example.org"),
        reports.away(),
        reports.away(**{"Return-Path": "<>", "Auto-Submitted": ""}),
    ],
)
def test_what_a_person_or_a_vacation_program_writes_is_no_report(data: bytes) -> None:
    assert head(data).report is None


def test_a_report_with_more_recipients_than_any_real_one_is_bounded() -> None:
    group = f"\r\n\r\nFinal-Recipient: rfc822; {CHAIR}\r\nAction: failed".encode()
    data = reports.standard().replace(b"Final-Recipient", group * 5000 + b"\r\n\r\nFinal-Recipient", 1)
    assert len(report(data).fates) <= 100


def test_whom_a_mail_is_for_is_read_from_every_field_that_says_it() -> None:
    data = mail("Hello", to='"Returns, please" <Returns+RDS@example.org>, b@example.org', cc="c@example.org", delivered_to="d@example.org")
    assert head(data).recipients == ("d@example.org", "returns+rds@example.org", "b@example.org", "c@example.org")


def test_a_report_that_was_saved_from_outlook_is_one() -> None:
    """[MS-OXOMSG] 2.2.2: its class says what it is; Outlook shows its words and keeps no standard part."""
    words = "Your message did not reach some or all of the intended recipients.\n\nchair@example.org\n  550 5.1.10 Recipient not found"
    properties = {mapi.CLASS: "REPORT.IPM.Note.NDR", mapi.SUBJECT: "Undeliverable: Your proforma", mapi.BODY: words}
    (fate,) = report(msg(Message(dict(properties)))).fates
    assert (fate.recipient, fate.action, fate.status) == (CHAIR, "failed", "5.1.10")


def test_a_receipt_that_was_saved_from_outlook_is_none() -> None:
    said = {mapi.CLASS: "REPORT.IPM.Note.DR", mapi.SUBJECT: "Delivered: Your proforma", mapi.BODY: "Your message has been delivered."}
    assert head(msg(Message(dict(said)))).report is None


@given(st.binary(max_size=400), st.sampled_from(["Action", "Status", "Diagnostic-Code", "Final-Recipient", "Message-ID"]))
def test_whatever_stands_in_a_report_is_read_or_passed_over(said: bytes, field: str) -> None:
    """Strangers' files are hostile: nothing is raised, and everything that crosses the wall is bounded text on one line."""
    data = reports.standard().replace(field.encode() + b": ", field.encode() + b": " + said)
    found = mail_from_json(json.loads(json.dumps(mail_as_json(contents(data, "mail.eml").mail))))
    if found and found.report:
        texts = [text for fate in found.report.fates for text in fate] + [found.report.original_id, found.message_id]
        assert all(text.isprintable() and len(text) <= 1000 for text in texts)


def test_a_mail_crosses_the_wall_unchanged_but_for_its_words() -> None:
    said = head(reports.standard())
    assert mail_from_json(json.loads(json.dumps(mail_as_json(said)))) == said._replace(body=())
    assert mail_from_json(mail_as_json(None)) is None


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"sender": 1},
        {"references": 7},
        {"report": {"fates": [["a"]], "original_id": ""}},
        {"report": {"fates": [[1, 2, 3, 4]], "original_id": ""}},
        {"sent": "tomorrow"},
    ],
)
def test_what_makes_no_sense_on_this_side_of_the_wall_is_refused(broken: dict[str, object]) -> None:
    whole = mail_as_json(head(reports.standard())) or {}
    with pytest.raises((TypeError, ValueError, KeyError)):
        mail_from_json({**whole, **broken} if broken else {})


def test_a_time_that_no_calendar_holds_is_none() -> None:
    whole = mail_as_json(head(reports.standard())) or {}
    assert (mail_from_json({**whole, "sent": "0001-01-01T00:00:00+14:00"}) or Mail()).sent is None


def test_a_mail_inside_a_mail_does_not_speak_for_it() -> None:
    outer = mail("See below.", ("fwd.eml", reports.standard()))
    assert head(outer).report is None and head(outer).message_id == "<1@example.org>"
