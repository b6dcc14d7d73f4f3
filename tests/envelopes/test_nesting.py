"""Envelopes within envelopes: how deep and how many are opened, and that the rest is listed by name."""

import pytest

from pipeline.model.documents import Note
from pipeline.settings import Limits
from tests.documents import docx
from tests.envelopes.looking import documents, held, refusals
from tests.envelopes.mails import mail, raw
from tests.envelopes.zips import zipped

DOCX = docx("Chair: Jo")


def named(notes: tuple[Note, ...], code: str) -> list[str]:
    """Return the names in the notes of a code."""
    return [name for note in notes if note.code == code for name in note.quote.split("\n")]


def test_a_document_three_envelopes_deep_is_read_with_the_chain_of_names() -> None:
    inner = mail("x", ("HWB.docx", DOCX))
    data = mail("Two returns", ("Returns.zip", zipped(("al.eml", inner))))
    assert [leaf.name for leaf in held(data, "mail.eml").leaves][-1] == "mail.eml › Returns.zip › al.eml › HWB.docx"


@pytest.mark.parametrize("depth", [4, 40])
def test_a_zip_that_lies_deeper_is_listed_and_not_opened(depth: int) -> None:
    data = zipped(("lost.docx", DOCX))
    for number in range(depth - 1, 0, -1):
        data = zipped((f"{number}.zip", data))
    found = held(data, "0.zip")
    assert named(found.notes, "not-opened") == ["3.zip"]
    assert "0.zip › 1.zip › 2.zip" in found.notes[0].message
    assert refusals(data) == {"mail.eml": "empty"}


def test_eight_zips_in_each_of_eight_zips_six_levels_deep_end_soon() -> None:
    data = DOCX
    for level in range(6, 0, -1):
        ending = "zip" if level < 6 else "docx"
        data = zipped(*((f"{number}.{ending}", data) for number in range(8)))
    found = held(data)
    assert len(named(found.notes, "not-opened")) == 8**3


def test_five_hundred_documents_are_read_and_the_others_are_named() -> None:
    data = zipped(*((f"{number}.doc", b"%d" % number) for number in range(510)))
    found = held(data)
    assert len(found.leaves) == 500
    assert named(found.notes, "not-read") == [f"{number}.doc" for number in range(500, 510)]


def test_a_mail_with_five_hundred_attachments_is_read() -> None:
    data = mail("", *((f"{number}.doc", b"%d" % number) for number in range(500)))
    assert len(documents(data)) == 500


def test_very_many_envelopes_are_listed() -> None:
    empty = zipped()
    found = held(zipped(*((f"{number}.zip", empty) for number in range(700))))
    assert len(named(found.notes, "not-opened")) == 201


def test_the_bytes_of_all_envelopes_count_together() -> None:
    inner = [zipped(("a.doc", bytes([number + 1]) * 10_000)) for number in range(4)]
    data = zipped(*((f"{number}.zip", one) for number, one in enumerate(inner)))
    leaves = held(data, "x", Limits(unpacked_bytes=25_000)).leaves
    assert [(leaf.chain[1], leaf.refusal and leaf.refusal.reason) for leaf in leaves] == [
        *(("0.zip", None), ("1.zip", None)),
        *(("2.zip", "bomb"), ("3.zip", "bomb")),
    ]


# -- mails made to break their readers -----------------------------------------------------------------------------------


def test_three_thousand_multiparts_inside_one_another_end_soon() -> None:
    lines = ["From: jo@example.org", "Subject: deep"]
    for number in range(3000):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    found = held(raw(*lines, "Content-Type: text/plain", "", "lost"))
    assert "not-opened" in [note.code for note in found.notes]


def test_eight_hundred_mails_inside_one_another_end_soon() -> None:
    lines = ["From: jo@example.org", "Subject: 0", "Content-Type: message/rfc822", ""]
    for number in range(1, 800):
        lines += [f"From: {number}@example.org", f"Subject: {number}", "Content-Type: message/rfc822", ""]
    found = held(raw(*lines, "From: x@example.org", "Subject: end", "", "Hello"))
    assert named(found.notes, "not-opened") == ["3.eml"]


def test_a_mail_of_a_hundred_thousand_parts_ends_soon() -> None:
    head = raw("From: jo@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "")
    found = held(head + b"--b\r\n\r\nx\r\n" * 100_000)
    assert {note.code for note in found.notes} >= {"not-opened"}


@pytest.mark.parametrize(
    "field",
    [
        b"X: " + b"a" * 5_000_000,
        b"Content-Type: multipart/mixed" + b';"' * 1_000_000,
        b"Content-Type: text/plain" + b"; a*0*=x" * 100_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000,
        b"Subject: " + b"=?" * 500_000,
        b"From: " + b"<" * 500_000,
        b"From: " + b"(" * 500_000,
        b'From: "' + b"\\" * 500_001,
        b"Date: " + b"1 " * 500_000,
        b"References: " + b"<a" * 500_000,
        b"\r\n".join(b"X-%d: y" % number for number in range(200_000)),
        b" " * 5_000_000,
    ],
    ids=lambda field: field[:20].decode(),
)
def test_a_head_made_to_be_slow_is_read_soon(field: bytes) -> None:
    assert held(b"From: jo@example.org\r\nSubject: x\r\n" + field + b"\r\n\r\nHello").leaves


@pytest.mark.parametrize(
    "body", [b"\r\n" * 2_000_000, b"> " * 2_000_000, b"=" * 4_000_000, b"begin 644 x\r\n" * 100_000], ids=lambda body: body[:3]
)
@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64", "x-uuencode"])
def test_a_body_made_to_be_slow_is_read_soon(body: bytes, encoding: str) -> None:
    head = f"From: jo@example.org\r\nSubject: x\r\nContent-Type: text/plain; format=flowed\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    assert held(head.encode() + body).leaves
