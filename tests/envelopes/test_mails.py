"""Mails as they travel: who wrote them, what they say and what is attached."""

import base64

import pytest

from pipeline.envelopes import opened
from pipeline.model.envelopes import Mail
from tests.documents import docx
from tests.envelopes.looking import codes, documents, held, refusals
from tests.envelopes.mails import mail, png, raw

DOCX = docx("Chair: Jo")


def the_mail(data: bytes) -> Mail:
    """Return what is known of a mail."""
    envelope = opened(data)
    assert envelope and envelope.mail
    return envelope.mail


def test_a_mail_gives_its_own_words_and_then_what_is_attached() -> None:
    leaves = held(mail("Please find attached.", ("HWB.docx", DOCX)), "reply.eml").leaves
    assert [(leaf.name, leaf.own_words) for leaf in leaves] == [("reply.eml", True), ("reply.eml › HWB.docx", False)]
    assert leaves[1].data == DOCX
    assert leaves[1].mails[0].sender == "siobhan.odowd@example.org"


def test_the_head_says_who_wrote_what_when_and_in_answer_to_what() -> None:
    fields = {"subject": "RE: Pro forma – Ökologie", "in_reply_to": "<0@example.org>", "references": "<00@example.org> <0@example.org>"}
    found = the_mail(mail("Yes", **fields))
    assert (found.sender, found.sender_name) == ("siobhan.odowd@example.org", "Siobhán O’Dowd")
    assert (found.subject, found.message_id, found.in_reply_to) == ("RE: Pro forma – Ökologie", "<1@example.org>", "<0@example.org>")
    assert found.references == ("<00@example.org>", "<0@example.org>")
    assert found.sent and found.sent.isoformat() == "2011-05-01T09:30:00+00:00"


def test_a_file_that_is_no_envelope_is_the_one_document_itself() -> None:
    assert [(leaf.chain, leaf.data) for leaf in held(DOCX, "a.docx").leaves] == [(("a.docx",), DOCX)]
    assert opened(DOCX) is None


@pytest.mark.parametrize(
    "data",
    [b"Chairman: Jo\nContact: Al\n", b"Dear all\n\nFrom: x\nTo: y\n", b"%PDF-1.4", b"", b"From us: yes\nTo: you", b"From: Jo\nTo: Al\n\nx"],
)
def test_text_that_merely_holds_colons_is_no_mail(data: bytes) -> None:
    assert opened(data) is None


@pytest.mark.parametrize(
    "before", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"From siobhan@example.org Fri May  6 14:12:00 2011\r\n", b">From x\r\n"]
)
def test_what_may_stand_before_the_head_does_no_harm(before: bytes) -> None:
    assert documents(before + mail("x", ("a.docx", DOCX))) == {"a.docx": DOCX}


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_every_kind_of_line_break_is_read(end: bytes) -> None:
    head = ["From: jo@example.org", "Subject: x", 'Content-Type: multipart/mixed; boundary="b"', "", "--b", "", "Hello", "--b"]
    attached = [
        'Content-Disposition: attachment; filename="a.bin"',
        "Content-Transfer-Encoding: base64",
        "",
        "YWJj",
        "--b--",
    ]
    data = raw(*head, *attached, end=end)
    assert the_mail(data).body[0].text == "Hello"
    assert documents(data) == {"a.bin": b"abc"}


# -- names ---------------------------------------------------------------------------------------------------------------


def attached(*fields: str, name: str = "") -> bytes:
    """Return a mail with one attachment, the fields of its head written out."""
    head = ("From: jo@example.org", "Subject: x", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b")
    return raw(*head, *fields, "Content-Transfer-Encoding: base64", "", base64.b64encode(DOCX), "--b--", "")


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ('Content-Disposition: attachment; filename="HWB return.docx"', "HWB return.docx"),
        ("Content-Disposition: attachment; filename=HWB.docx", "HWB.docx"),
        ("Content-Disposition: attachment; filename*=UTF-8''Siobh%C3%A1n%20%E2%80%93%201.docx", "Siobhán – 1.docx"),
        (
            "Content-Disposition: attachment; filename*0*=iso-8859-1''Siobh%E1n; filename*1=\" of HWB\"; filename*2=.docx",
            "Siobhán of HWB.docx",
        ),
        ('Content-Disposition: attachment; filename="=?utf-8?B?U2lvYmjDoW4uZG9jeA==?="', "Siobhán.docx"),
        ('Content-Disposition: attachment; filename="=?iso-8859-1?Q?Siobh=E1n?=\r\n =?iso-8859-1?Q?=2Edocx?="', "Siobhán.docx"),
        ('Content-Type: application/msword; name="old.doc"', "old.doc"),
        ('Content-Disposition: attachment; filename="a;b.docx"', "a;b.docx"),
        (r'Content-Disposition: attachment; filename="say \"yes\".docx"', 'say "yes".docx'),
        ("Content-Disposition: attachment; filename*=x-none''a%20b.docx", "a b.docx"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "../../etc/passwd"),
        ("Content-Disposition: attachment; filename*=utf-8''annex%E2%80%AExcod.exe", r"annex\u202excod.exe"),
        ("Content-Type: application/pdf", "attachment.pdf"),
        ("Content-Disposition: attachment", "attachment"),
    ],
)
def test_a_name_is_read_in_every_way_in_which_programs_write_it(field: str, name: str) -> None:
    assert documents(attached(field)) == {name: DOCX}


def test_raw_bytes_in_a_name_are_read_as_what_they_most_likely_are() -> None:
    data = attached("X: y").replace(b"X: y", b'Content-Disposition: attachment; filename="Siobh\xc3\xa1n.docx"')
    assert list(documents(data)) == ["Siobhán.docx"]
    data = attached("X: y").replace(b"X: y", b'Content-Disposition: attachment; filename="Siobh\xe1n.docx"')
    assert list(documents(data)) == ["Siobhán.docx"]


def test_attachments_of_one_name_are_told_apart() -> None:
    data = mail("x", ("reply.docx", DOCX), ("reply.docx", docx("b")), ("reply (2).docx", docx("c")))
    assert documents(data) == {"reply.docx": DOCX, "reply (3).docx": docx("b"), "reply (2).docx": docx("c")}


def test_a_scanner_that_sends_nothing_but_its_scan_is_understood() -> None:
    head = ("From: scanner@example.org", "Subject: Scan", "MIME-Version: 1.0", 'Content-Type: application/pdf; name="SCAN_0001.pdf"')
    data = raw(*head, "Content-Transfer-Encoding: base64", "", base64.b64encode(b"%PDF-1.4"))
    assert documents(data) == {"SCAN_0001.pdf": b"%PDF-1.4"}


# -- heads that lie ------------------------------------------------------------------------------------------------------


def test_a_subject_cannot_smuggle_in_another_field() -> None:
    smuggling = base64.b64encode(b"Re: x\r\nBcc: all@example.org").decode()
    found = the_mail(raw("From: jo@example.org", f"Subject: =?utf-8?B?{smuggling}?=", "", "Hello"))
    assert found.subject == "Re: x Bcc: all@example.org"


def test_of_two_senders_none_is_believed() -> None:
    data = raw("From: jo@example.org", "From: al@example.org", "Subject: x", "", "Hello")
    assert the_mail(data).sender == ""
    assert codes(data) == ["two-senders"]
    assert the_mail(raw("From: jo@example.org, al@example.org", "Subject: x", "", "Hello")).sender == ""


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ('"chair@example.org" <mallory@example.org>', "mallory@example.org"),
        ("Jo (chair@example.org) <Jo@Example.org>", "jo@example.org"),
        ("jo@example.org", "jo@example.org"),
        ("=?utf-8?q?Si=C3=A1n?= <sian@example.org>", "sian@example.org"),
        ("<a@example.org> <b@example.org>", ""),
        ("Jo Smith", ""),
    ],
)
def test_only_the_address_itself_is_the_sender(written: str, sender: str) -> None:
    assert the_mail(raw(f"From: {written}", "Message-ID: <1@example.org>", "", "Hello")).sender == sender


@pytest.mark.parametrize("said", ["nonsense", "Mon, 99 May 2011 99:99:99 +9999", "1601", "Fri, 06 May 99999 14:12:00 +0000", "\x00", ""])
def test_a_date_that_is_none_is_unknown(said: str) -> None:
    assert the_mail(raw("From: jo@example.org", "Subject: x", f"Date: {said}", "", "Hello")).sent is None


@pytest.mark.parametrize(
    ("field", "who"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "auto-replied (vacation)"),
        ("Auto-Submitted: no", ""),
        ("Precedence: bulk", "bulk"),
        ("X-Autoreply: yes", "auto-replied"),
        ("Return-Path: <>", "bounce"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "bounce"),
        ("X-Mailer: Outlook", ""),
    ],
)
def test_a_mail_that_a_program_sent_is_known_as_such(field: str, who: str) -> None:
    assert the_mail(raw("From: jo@example.org", "Subject: x", field, "", "Hello")).auto_submitted == who


# -- words ---------------------------------------------------------------------------------------------------------------


def test_of_alternatives_the_words_are_taken_once() -> None:
    body = the_mail(mail("Chair: Jo", html="<p>Chair: Jo</p>")).body
    assert [(words.text.strip(), words.html.strip()) for words in body] == [("Chair: Jo", "<p>Chair: Jo</p>")]


def test_words_before_and_behind_an_attachment_both_count() -> None:
    """Apple Mail puts an attachment where it was dropped into the text."""
    lines = ("From: jo@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "Before", "--b")
    between = ('Content-Disposition: inline; filename="a.docx"', "", "bytes", "--b", "Content-Type: text/plain", "", "Behind", "--b--")
    data = raw(*lines, *between)
    assert [words.text for words in the_mail(data).body] == ["Before", "Behind"]
    assert documents(data) == {"a.docx": b"bytes"}


def test_a_page_in_pieces_beside_one_plain_text_is_one_body() -> None:
    """Apple Mail: alternative(plain, mixed(html, attachment, html))."""
    data = raw(
        *("From: jo@example.org", "Subject: x", "Content-Type: multipart/alternative; boundary=a", "", "--a", "", "All", "--a"),
        *("Content-Type: multipart/mixed; boundary=m", "", "--m", "Content-Type: text/html", "", "<p>One</p>", "--m"),
        *('Content-Type: application/pdf; name="a.pdf"', "", "%PDF", "--m", "Content-Type: text/html", "", "<p>Two</p>", "--m--", "--a--"),
    )
    (words,) = the_mail(data).body
    assert (words.text, words.html) == ("All", "<p>One</p>\n<p>Two</p>")
    assert documents(data) == {"a.pdf": b"%PDF"}


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "£ – é".encode(), "£ – é"),
        ("windows-1252", "£ – é".encode("cp1252"), "£ – é"),
        ("iso-2022-jp", "日本".encode("iso-2022-jp"), "日本"),
        ("us-ascii", "£5".encode(), "£5"),
        ("unknown-8bit", "£5".encode("cp1252"), "£5"),
        ("zip", b"plain", "plain"),
        ("unicode_escape", rb"\u0041", r"\u0041"),
        ("punycode", b"abc-", "abc-"),
    ],
)
def test_text_is_read_in_its_character_set_or_the_likely_one(charset: str, data: bytes, text: str) -> None:
    head = ("From: jo@example.org", "Subject: x", f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: 8bit", "")
    assert the_mail(raw(*head, data)).body[0].text == text


def test_a_page_without_a_character_set_is_asked_for_its_own() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Łukasz'.encode("iso-8859-2")
    head = ("From: jo@example.org", "Subject: x", "Content-Type: text/html", "Content-Transfer-Encoding: 8bit", "")
    assert "Łukasz" in the_mail(raw(*head, page)).body[0].html


def flowed(*lines: str, delsp: str = "no") -> str:
    """Return the text of a mail whose lines flow."""
    head = ("From: jo@example.org", "Subject: x", f"Content-Type: text/plain; format=flowed; delsp={delsp}", "")
    return the_mail(raw(*head, *lines)).body[0].text


def test_lines_that_flow_are_one_line_again() -> None:
    assert flowed("Improve ", "the buses ", "by May", "", "Next") == "Improve the buses by May\n\nNext"
    assert flowed("Improve ", "buses", delsp="yes") == "Improvebuses"


def test_lines_that_flow_stay_at_the_depth_they_are_quoted_at() -> None:
    assert flowed("> What will ", "> be done? ", "Buses", ">> old ", ">> mail") == "> What will be done? \nBuses\n>> old mail"
    assert flowed("Yours ", "-- ", "Jo") == "Yours \n-- \nJo"
    assert flowed(" From here", " > no quote") == "From here\n> no quote"


# -- what is in a mail and no document -----------------------------------------------------------------------------------


def test_mails_within_mails_are_opened() -> None:
    inner = mail("Inner", ("HWB.docx", DOCX), subject="Our return")
    data = raw(
        *("From: al@example.org", "Subject: FW", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "See below", "--b"),
        *("Content-Type: message/rfc822", "", inner, "--b--"),
    )
    leaves = held(data).leaves
    assert [leaf.name for leaf in leaves] == ["mail.eml", "mail.eml › Our return.eml", "mail.eml › Our return.eml › HWB.docx"]
    assert [found.sender for found in leaves[2].mails] == ["al@example.org", "siobhan.odowd@example.org"]
    assert leaves[2].data == DOCX


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("Content-Type: text/vcard; name=jo.vcf", b"BEGIN:VCARD"),
        ("Content-Type: application/octet-stream; name=jo.vcf", b"BEGIN:VCARD\r\nFN:Jo\r\nEND:VCARD"),
        ("Content-Type: text/calendar; name=a.ics", b"BEGIN:VCALENDAR"),
        ("Content-Type: application/pkcs7-signature; name=smime.p7s", b"\x30\x80"),
        ("Content-Type: application/pgp-signature; name=signature.asc", b"-----BEGIN PGP SIGNATURE-----"),
        ("Content-Type: text/plain; name=ATT00001.txt", b"The council is not bound by this."),
        ("Content-Type: text/html; name=ATT00002.htm", b"<p>Regards</p>"),
        ("Content-Type: application/msword; name=empty.doc", b""),
    ],
)
def test_what_only_travels_with_a_mail_is_listed_and_not_offered(field: str, data: bytes) -> None:
    whole = attached("X: y").replace(b"X: y", field.encode()).replace(base64.b64encode(DOCX), base64.b64encode(data))
    assert documents(whole) == {}
    (note,) = held(whole).notes
    assert note.code == "not-offered"
    assert not data.startswith(b"The") or note.quote == data.decode()


def with_picture(picture: bytes, *fields: str, html: str = "<p>Hello</p>") -> bytes:
    """Return a page with one picture beside it, as Outlook writes it."""
    return raw(
        *("From: jo@example.org", "Subject: x", "Content-Type: multipart/related; boundary=b", "", "--b"),
        *("Content-Type: text/html", "", html, "--b", "Content-Type: image/png; name=image001.png", *fields),
        *("Content-Transfer-Encoding: base64", "", base64.b64encode(picture), "--b--"),
    )


SHOWN = ("Content-ID: <image001.png@01CC>", "Content-Disposition: inline; filename=image001.png")


@pytest.mark.parametrize(
    ("picture", "in_text", "offered"),
    [
        (png(1, 1), True, False),
        (png(260, 80), True, False),
        (png(1200, 300, 60_000), True, False),
        (png(640, 900, 20_000), True, False),
        (png(640, 900, 20_000), False, True),
        (png(620, 877, 2_000), False, False),
        (png(1240, 1754, 200_000), True, True),
        (png(1240, 1754, 200_000), False, True),
        (png(400, 300, 200_000), False, False),
        (b"II*\0" + b"fax" * 99, False, True),
        (b"\xff\xd8\xff\xe0 cut before its size", False, True),
    ],
)
def test_a_page_that_was_scanned_is_told_from_a_logo(picture: bytes, in_text: bool, offered: bool) -> None:
    html = '<img src="cid:image001.png@01CC">' if in_text else "<p>Hello</p>"
    data = with_picture(picture, *SHOWN, html=html)
    assert documents(data) == ({"image001.png": picture} if offered else {})
    assert codes(data) == ([] if offered else ["not-offered"])


def test_the_same_picture_twice_is_offered_once() -> None:
    scan = png(1240, 1754, 200_000)
    assert documents(mail("x", ("page.png", scan), ("page again.png", scan))) == {"page.png": scan}


def test_the_size_of_a_photograph_is_read_behind_what_the_camera_says_of_itself() -> None:
    photograph = b"\xff\xd8\xff\xe1\x00\x10Exif" + b"\0" * 10 + b"\xff\xc0\x00\x11\x08\x09\x00\x0c\x00" + b"\0" * 200_000
    assert list(documents(mail("x", ("IMG_1.jpg", photograph)))) == ["IMG_1.jpg"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "encrypted"),
        ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "unsupported"),
    ],
)
def test_a_mail_that_is_sealed_is_refused(kind: str, reason: str) -> None:
    data = raw("From: jo@example.org", "Subject: x", f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", "", "MIAG")
    assert refusals(data) == {"smime.p7m": reason}


def test_a_mail_encrypted_with_pgp_is_refused() -> None:
    lines = ("From: jo@example.org", "Subject: x", "Content-Type: multipart/encrypted; boundary=b", "", "--b")
    data = raw(
        *lines,
        "Content-Type: application/pgp-encrypted",
        "",
        "Version: 1",
        "--b",
        "Content-Type: application/octet-stream",
        "",
        "x",
        "--b--",
    )
    assert set(refusals(data).values()) == {"encrypted"}


def test_a_mail_with_nothing_in_it_is_empty() -> None:
    assert refusals(raw("From: jo@example.org", "Subject: x", "", "")) == {"mail.eml": "empty"}


@pytest.mark.parametrize("sender", ["From: <Saved by Blink>", 'From: "Saved by Internet Explorer"'])
def test_a_web_page_saved_in_one_file_is_no_mail(sender: str) -> None:
    assert (
        opened(
            raw(sender, "Subject: Form", "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b", "", "--b", "", "x", "--b--")
        )
        is None
    )
