"""What was cut or damaged on the way is never passed as whole (threats, A1)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import docx
from tests.envelopes.looking import codes, documents, held, refusals
from tests.envelopes.mails import mail, raw

DOCX = docx("Chair: Jo", "y" * 400)
WHOLE = mail("Please find attached.\n" * 20, ("HWB.docx", DOCX), ("b.docx", docx("b")), html="<p>Please find attached.</p>" * 20)
ATTACHED = documents(WHOLE)


@pytest.mark.parametrize("permille", range(10, 1000, 5))
def test_a_mail_that_was_cut_says_so(permille: int) -> None:
    data = WHOLE[: len(WHOLE) * permille // 1000]
    assert "damaged" in codes(data) or refusals(data) or not data.startswith(b"From:") or b"Subject" not in data


@pytest.mark.parametrize("permille", range(300, 1000, 5))
def test_an_attachment_that_was_cut_says_so_itself(permille: int) -> None:
    data = WHOLE[: len(WHOLE) * permille // 1000]
    for leaf in held(data).leaves:
        if not leaf.own_words and leaf.data != ATTACHED.get(leaf.chain[-1]):
            assert leaf.notes and leaf.notes[0].code == "damaged" and "ends in the middle of" in leaf.notes[0].message


def test_the_officer_is_told_which_document_was_cut() -> None:
    leaf = held(WHOLE[: WHOLE.find(b"HWB.docx") + 400]).leaves[-1]
    assert leaf.notes[0].message == "The mail ends in the middle of HWB.docx; the rest of it is missing. Ask for it again."


@pytest.mark.parametrize(
    ("encoding", "body", "data", "damage"),
    [
        ("base64", "YWJj", b"abc", ""),
        ("base64", "YW Jj\r\nZA==", b"abcd", ""),
        ("base64", "YWJjZA", b"abcd", "break off"),
        ("base64", "YWJjZ", b"abc", "break off"),
        ("base64", "YW!Jj", b"abc", "do not belong"),
        ("base64", "YWJjZA==YWJj", b"abcd", "stand behind"),
        ("quoted-printable", "a=\r\nb=3D", b"ab=", ""),
        ("quoted-printable", "a=ZZ", b"a=ZZ", "broken"),
        ("quoted-printable", "abc=", b"abc", "break off"),
        ("quoted-printable", "abc=E", b"abc", "break off"),
        ("x-uuencode", "begin 644 a\r\n#86)C\r\n`\r\nend", b"abc", ""),
        ("x-uuencode", "begin 644 a\r\n#86)C\r\n", b"abc", "break off"),
        ("8bit", "abc", b"abc", ""),
        ("x-unheard-of", "abc", b"abc", "not known"),
    ],
)
def test_what_can_be_decoded_is_taken_with_a_note_of_what_cannot(encoding: str, body: str, data: bytes, damage: str) -> None:
    lines = ("From: jo@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: x/y; name=a")
    (leaf,) = held(raw(*lines, f"Content-Transfer-Encoding: {encoding}", "", body, "--b--")).leaves
    assert leaf.data == data
    assert [damage in note.message for note in leaf.notes] == ([True] if damage else [])


def test_a_boundary_that_never_comes_leaves_the_text_with_a_note() -> None:
    data = raw("From: jo@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "Chair: Jo")
    (leaf,) = held(data).leaves
    assert leaf.own_words and leaf.mails[0].body[0].text == "Chair: Jo"
    assert "damaged" in codes(data)


def test_a_multipart_without_a_boundary_is_its_text() -> None:
    (leaf,) = held(raw("From: jo@example.org", "Subject: x", "Content-Type: multipart/mixed", "", "Chair: Jo")).leaves
    assert leaf.mails[0].body[0].text == "Chair: Jo"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20))
def test_bytes_changed_anywhere_in_a_mail_are_read_or_refused(changes: list[tuple[float, int]]) -> None:
    data = bytearray(WHOLE)
    for share, byte in changes:
        data[int(share * len(data))] = byte
    assert held(bytes(data)).leaves


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_behind_the_beginning_of_a_mail_are_read_or_refused(data: bytes) -> None:
    assert held(b"From: jo@example.org\r\nSubject: x\r\n" + data).leaves
    assert held(b"From: jo@example.org\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + data).leaves
    assert held(b"\x78\x9f\x3e\x22\0\0" + data).leaves
    assert held(b"PK\x03\x04" + data).leaves
