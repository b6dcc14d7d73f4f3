"""A letter as a mail: whatever it says, it makes no header, and both its bodies say the same."""

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.post.bodies import page, plain_text
from pipeline.post.letters import Attachment, Letter, one_line
from pipeline.post.mails import Sender, address_in, draft, mail
from tests.post.rounds import AT

SENDER = Sender("Claire Moore", "partnerships@example.org", "")
NUMBER = "<proforma.spi.0123456789ab@example.org>"
LETTER = Letter(
    ("chair@example.org",),
    ("officer@example.org",),
    "Your proforma – 2011-14 [OX2030-11-SPI-K]",
    "**What is asked**\n\nDear Siobhán,\n\n- one\n  - further in\n- two\n\n1. first\n2. *second* & last\n",
    (Attachment("OX2030-11-SPI-K spatial.docx", bytes(range(256)) * 9),),
)
HEADERS = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]


def parsed(data: bytes) -> EmailMessage:
    made = email.message_from_bytes(data, policy=default)
    assert isinstance(made, EmailMessage)
    assert not made.defects
    return made


def test_a_mail_has_both_bodies_and_the_document() -> None:
    made = parsed(mail(LETTER, SENDER, NUMBER, AT))
    assert [part.get_content_type() for part in made.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    (attached,) = made.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == LETTER.attachments[0]
    assert made["Auto-Submitted"] == "auto-generated"
    assert (made["From"], made["To"], made["Cc"]) == ("Claire Moore <partnerships@example.org>", *LETTER.to, *LETTER.copies)
    assert (made["Message-ID"], made["Subject"]) == (NUMBER, LETTER.subject)


def test_the_same_letter_is_the_same_mail_to_the_byte() -> None:
    assert mail(LETTER, SENDER, NUMBER, AT) == mail(LETTER, SENDER, NUMBER, AT)


def test_a_mail_is_ascii_in_short_lines_that_end_as_the_wire_wants() -> None:
    data = mail(LETTER, SENDER, NUMBER, AT)
    assert data.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    assert max(map(len, data.split(b"\r\n"))) <= 998, "RFC 5322, 2.1.1"


def test_the_page_can_be_read_aloud() -> None:
    """WCAG 2.2: language, title, headings, lists that are lists; no pictures, nothing laid out with tables."""
    made = page("Your proforma", LETTER.body)
    assert '<html lang="en-GB">' in made
    assert "<title>Your proforma</title>" in made
    assert "<h2>What is asked</h2>" in made
    assert "<ul><li>one<ul><li>further in</li></ul></li><li>two</li></ul>" in made
    assert '<ol><li value="1">first</li><li value="2"><em>second</em> &amp; last</li></ol>' in made
    assert not re.search("<(table|img|script)", made)


def test_plain_text_and_page_say_the_same() -> None:
    shown = re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", page("", LETTER.body)).replace("&amp;", "&")
    words = [word for word in plain_text(LETTER.body).split() if word not in ("-", "1.", "2.")]
    assert shown.split() == words


def test_a_document_has_a_name_that_every_program_shows() -> None:
    letter = LETTER._replace(attachments=(Attachment('../Réponse "2"\r\n.docx', b"x"),))
    (attached,) = parsed(mail(letter, SENDER, NUMBER, AT)).iter_attachments()
    assert attached.get_filename() == ".._Reponse _2___.docx"


def test_a_draft_opens_ready_to_send() -> None:
    data = mail(LETTER, SENDER._replace(reply_to="replies@example.org"), NUMBER, AT)
    made = parsed(draft(data))
    assert made.keys() == ["X-Unsent", "To", "Cc", "Reply-To", "Subject", "MIME-Version", "Content-Type"]
    assert (made["X-Unsent"], made["Subject"], made["To"]) == ("1", LETTER.subject, "chair@example.org")
    assert draft(data).partition(b"\r\n\r\n")[2] == data.partition(b"\r\n\r\n")[2]


def test_replies_go_where_the_round_says() -> None:
    made = parsed(mail(LETTER, SENDER._replace(reply_to="replies+spi@example.org"), NUMBER, AT))
    assert made["Reply-To"] == "replies+spi@example.org"


HOSTILE = st.text(max_size=200) | st.sampled_from(
    (
        "x\r\nBcc: thief@example.org",
        "x\n\nA body of my own",
        "x\r\n\r\n.\r\nMAIL FROM:<>",
        "=?utf-8?q?x=0D=0ABcc:_thief@example.org?=",
        "x\u2028Bcc: thief@example.org",
        "x\x0bBcc: y\x00\x85z",
        '"; boundary="=_',
        "a" * 2000,
        "é" * 400,
    )
)


@given(subject=HOSTILE, name=HOSTILE, body=HOSTILE)
@example(subject="=?utf-8?q?=0ABcc:_x?=", name='a" <thief@example.org>, "b', body="--=_\r\n.\r\n")
def test_no_words_make_a_header(subject: str, name: str, body: str) -> None:
    """Issue 4: header injection is impossible. Python's own library makes a header of the example with an encoded line end."""
    letter = LETTER._replace(subject=f"Reply {subject} [OX]", body=body)
    made = email.message_from_bytes(mail(letter, SENDER._replace(name=name), NUMBER, AT), policy=default)
    assert made.keys() == HEADERS
    assert [address.addr_spec for address in made["From"].addresses] == [SENDER.address]
    assert [address.addr_spec for address in made["To"].addresses] == list(LETTER.to)
    assert made["Message-ID"] == NUMBER
    assert [part.get_content_type() for part in made.walk()][:4] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert sum(1 for _ in made.walk()) == 5
    assert made["Subject"].startswith("Reply")


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), max_size=300))
def test_a_subject_arrives_as_it_was_written(words: str) -> None:
    subject = one_line(f"Re {words} [OX2030-11-SPI-K]")
    made = parsed(mail(LETTER._replace(subject=subject), SENDER, NUMBER, AT))
    assert " ".join(str(made["Subject"]).split()) == " ".join(subject.replace("=?", "= ?").split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "a@b@c",
        "chair@example.org\r\nBcc: thief@example.org",
        "chair@example.org>, <thief@example.org",
        "a b@example.org",
        "jürgen@example.org",
        "chair@[127.0.0.1]",
        '"x\ny"@example.org',
    ],
)
def test_what_is_no_address_that_every_server_takes_is_none(text: str) -> None:
    assert address_in(text) == ""


def test_a_domain_in_other_letters_goes_over_the_wire_as_ascii() -> None:
    assert address_in(" chair@bücher.example.org ") == "chair@xn--bcher-kva.example.org"


@given(HOSTILE)
def test_an_address_is_ascii_without_blanks_whatever_stands_in_the_register(text: str) -> None:
    found = address_in(text)
    assert found.isascii()
    assert not re.search(r"[\s<>,;\r\n]", found)
