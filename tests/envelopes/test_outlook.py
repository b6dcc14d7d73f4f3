"""Outlook messages (.msg) and winmail.dat: the same properties in two files."""

import struct
from pathlib import Path

import pytest

from pipeline.envelopes import mapi, opened
from pipeline.envelopes.lzfu import _DICTIONARY, expanded
from pipeline.errors import UnreadableError
from pipeline.model.envelopes import Mail
from pipeline.settings import Limits
from tests.documents import docx
from tests.envelopes.looking import codes, documents, held, refusals, said
from tests.envelopes.mails import mail, png
from tests.envelopes.outlook import File, Folder, Message, Value, compound, msg
from tests.envelopes.winmail import winmail
from tests.store.samples import MAY_DAY

DOCX = docx("Chair: Jo", "y" * 5000)
VALUES: dict[int, Value] = {
    mapi.SUBJECT: "RE: Pro forma – Ö",
    mapi.BODY: "Dear Claire\r\n\r\nAttached.\r\n",
    mapi.SENDER_NAME: "Siobhán O’Dowd",
    mapi.SENDER_ADDRESS: "/O=COUNCIL/CN=SODOWD",
    mapi.SENDER_SMTP: "Siobhan.ODowd@example.org",
    mapi.MESSAGE_ID: "<1@example.org>",
    mapi.IN_REPLY_TO: "<0@example.org>",
    mapi.CLASS: "IPM.Note",
}


def the_mail(data: bytes) -> Mail:
    """Return what is known of a mail."""
    envelope = opened(data)
    assert envelope and envelope.mail
    return envelope.mail


def test_an_outlook_message_says_who_wrote_what() -> None:
    found = the_mail(msg(Message({**VALUES, mapi.SENT: MAY_DAY}, (File("HWB – x.docx", DOCX),))))
    assert (found.sender, found.sender_name, found.subject) == ("siobhan.odowd@example.org", "Siobhán O’Dowd", "RE: Pro forma – Ö")
    assert (found.message_id, found.in_reply_to, found.sent) == ("<1@example.org>", "<0@example.org>", MAY_DAY)
    assert found.body[0].text == "Dear Claire\n\nAttached.\n"


@pytest.mark.parametrize("data", [b"", b"small", DOCX, b"x" * 70_000], ids=len)
def test_what_is_attached_comes_out_as_it_went_in(data: bytes) -> None:
    expected = {"a – b.bin": data} if data else {}
    assert documents(msg(Message(VALUES, (File("a – b.bin", data),)))) == expected
    assert documents(winmail({}, {mapi.LONG_NAME: "a – b.bin", mapi.SHORT_NAME: "A_B~1.BIN", mapi.DATA: data})) == expected


def test_messages_inside_messages_are_opened() -> None:
    inner = Message({mapi.SUBJECT: "Our return", mapi.BODY: "Chair: Jo", mapi.SENDER_SMTP: "jo@example.org"}, (File("HWB.docx", DOCX),))
    leaves = held(msg(Message(VALUES, (inner,))), "m.msg").leaves
    assert [leaf.name for leaf in leaves] == ["m.msg", "m.msg › Our return", "m.msg › Our return › HWB.docx"]
    assert [found.sender for found in leaves[2].mails] == ["siobhan.odowd@example.org", "jo@example.org"]
    assert b"Chair: Jo" in leaves[1].data


def test_messages_inside_more_messages_than_are_opened_are_listed() -> None:
    message = Message({mapi.SUBJECT: "deepest", mapi.BODY: "x"}, (File("lost.docx", DOCX),))
    for number in range(6):
        message = Message({mapi.SUBJECT: str(number), mapi.BODY: "x"}, (message,))
    found = held(msg(message))
    assert len(found.leaves) == 3
    assert [note.code for note in found.notes] == ["not-opened"]


def test_the_head_that_a_message_travelled_with_is_believed_first() -> None:
    head = "From: Al <al@example.org>\r\nAuto-Submitted: auto-replied\r\nReferences: <a@x> <b@x>\r\n"
    found = the_mail(msg(Message({**VALUES, mapi.HEADERS: head})))
    assert (found.sender, found.auto_submitted, found.references) == ("al@example.org", "auto-replied", ("<a@x>", "<b@x>"))


@pytest.mark.parametrize(
    ("kind", "who"),
    [("REPORT.IPM.Note.NDR", "bounce"), ("REPORT.IPM.Note.IPNRN", "receipt"), ("IPM.Note.Rules.OofTemplate.Microsoft", "auto-replied")],
)
def test_what_outlook_itself_sent_is_known_as_such(kind: str, who: str) -> None:
    assert the_mail(msg(Message({**VALUES, mapi.CLASS: kind}))).auto_submitted == who


def test_text_that_is_no_unicode_is_read_in_its_codepage() -> None:
    values: dict[int, Value] = {mapi.INTERNET_CODEPAGE: 28592, mapi.MESSAGE_CODEPAGE: 1250, mapi.HTML: "<p>Łukasz</p>".encode("iso8859-2")}
    assert the_mail(msg(Message(values))).body[0].html == "<p>Łukasz</p>"


@pytest.mark.parametrize("in_text", [{mapi.FLAGS: 4}, {mapi.HIDDEN: 1}])
def test_a_logo_in_the_text_of_a_message_is_not_offered(in_text: dict[int, Value]) -> None:
    logo = File("image001.png", png(640, 900, 20_000), {mapi.CONTENT_ID: "image001", **in_text})
    assert documents(msg(Message(VALUES, (logo, File("HWB.docx", DOCX))))) == {"HWB.docx": DOCX}


def test_an_attachment_that_was_not_sent_along_is_refused() -> None:
    assert refusals(msg(Message(VALUES, (File("big.docx", b"", {mapi.METHOD: 2}),)))) == {"big.docx": "unsupported"}


def test_other_compound_files_are_no_envelopes() -> None:
    assert opened(compound({"WordDocument": b"x" * 5000})) is None
    inside: Folder = {"__properties_version1.0": b"\0" * 32, "__substg1.0_0037001F": b"x\0"}
    assert opened(compound({"WordDocument": b"x" * 5000, "ObjectPool": {"_1": inside}})) is None


# -- winmail.dat ---------------------------------------------------------------------------------------------------------


def test_a_winmail_gives_up_what_is_attached() -> None:
    data = mail("Please find attached.", ("winmail.dat", winmail({mapi.SUBJECT: "x"}, {mapi.SHORT_NAME: "HWB.docx", mapi.DATA: DOCX})))
    assert [leaf.name for leaf in held(data).leaves] == ["mail.eml", "mail.eml › winmail.dat › HWB.docx"]
    assert documents(data) == {"HWB.docx": DOCX}


def test_the_words_of_a_winmail_count_where_the_mail_around_it_has_none() -> None:
    wrapped = ("winmail.dat", winmail({}, body="Chair: Jo"))
    assert [words.text for words in said(mail("", wrapped)).mails[-1].body] == ["Chair: Jo\0".rstrip("\0")]
    assert [leaf.own_words for leaf in held(mail("Chair: Al", wrapped)).leaves] == [True]


def test_a_message_inside_a_winmail_is_opened() -> None:
    inner = winmail({mapi.SUBJECT: "Inner"}, {mapi.SHORT_NAME: "HWB.docx", mapi.DATA: DOCX}, body="Hello")
    outer = winmail({}, {mapi.METHOD: mapi.EMBEDDED, mapi.SHOWN_NAME: "Inner", mapi.DATA: b"\x07" * 16 + inner})
    assert documents(outer, "winmail.dat") == {"HWB.docx": DOCX}


@pytest.mark.parametrize("percent", range(1, 100))
def test_a_winmail_that_was_cut_says_so(percent: int) -> None:
    whole = winmail(
        {mapi.SUBJECT: "x", mapi.BODY: "Hello"}, {mapi.SHORT_NAME: "HWB.docx", mapi.DATA: DOCX}, {mapi.SHORT_NAME: "b", mapi.DATA: b"b"}
    )
    data = whole[: len(whole) * percent // 100]
    missing = documents(whole, "x").items() - documents(data, "x").items()
    assert documents(data).items() <= documents(whole).items() or "damaged" in codes(data)
    assert not missing or "damaged" in codes(data) or refusals(data) or "not-offered" in codes(data)


@pytest.mark.parametrize("at", range(0, 400, 7))
def test_a_winmail_with_wild_lengths_is_read_or_said_to_be_damaged(at: int) -> None:
    data = bytearray(winmail({mapi.SUBJECT: "x", mapi.BODY: "Hello"}, {mapi.LONG_NAME: "HWB.docx", mapi.DATA: b"bytes"}))
    data[6 + at % (len(data) - 10) : 10 + at % (len(data) - 10)] = b"\xff\xff\xff\x7f"
    assert held(bytes(data)).leaves


# -- packed rich text ----------------------------------------------------------------------------------------------------

PACKED = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
REPEATING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_packed_rich_text_is_unpacked_as_its_specification_shows() -> None:
    """Source: [MS-OXRTFCP] 3.1, both examples."""
    assert len(_DICTIONARY) == 207
    assert expanded(PACKED, Limits()) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert expanded(REPEATING, Limits()) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_rich_text_that_is_not_packed_is_taken_as_it_is() -> None:
    assert expanded(struct.pack("<II4sI", 17, 5, b"MELA", 0) + b"{\\rtf1}"[:5], Limits()) == b"{\\rtf"


@pytest.mark.parametrize("data", [b"", b"x" * 16, struct.pack("<II4sI", 1, 2**31, b"LZFu", 0)])
def test_rich_text_that_is_broken_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        expanded(data, Limits())


def test_a_message_with_broken_rich_text_is_read_with_a_note() -> None:
    assert "damaged" in codes(msg(Message({**VALUES, mapi.RTF: b"broken"})))


@pytest.mark.parametrize("length", range(len(PACKED)))
def test_rich_text_that_was_cut_gives_what_there_is_of_it(length: int) -> None:
    try:
        assert b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n".startswith(expanded(PACKED[:length], Limits()))
    except UnreadableError:
        assert length < 16


# -- damage --------------------------------------------------------------------------------------------------------------

WHOLE = msg(Message(VALUES, (File("HWB.docx", DOCX), File("b.bin", b"x" * 9000))))


@pytest.mark.parametrize("percent", range(1, 100))
def test_a_message_that_was_cut_is_refused_or_says_so(percent: int, tmp_path: Path) -> None:
    data = WHOLE[: len(WHOLE) * percent // 100]
    whole = documents(data) == {"HWB.docx": DOCX, "b.bin": b"x" * 9000} and said(data).mails[-1].body[0].text
    assert "damaged" in codes(data) or refusals(data) or opened(data) is None or whole


@pytest.mark.parametrize("at", range(0, 512, 4))
def test_a_message_whose_header_lies_is_read_or_refused(at: int) -> None:
    data = WHOLE[:at] + b"\xff\xff\xff\x7f" + WHOLE[at + 4 :]
    assert held(data).leaves


@pytest.mark.parametrize("share", [number / 60 for number in range(1, 60)])
@pytest.mark.parametrize("byte", [b"\0", b"\xff"])
def test_a_message_with_changed_bytes_is_read_or_refused(share: float, byte: bytes) -> None:
    at = int(len(WHOLE) * share)
    assert held(WHOLE[:at] + byte * 64 + WHOLE[at + 64 :]).leaves


def test_a_message_that_holds_more_than_a_form_needs_is_refused() -> None:
    assert refusals(WHOLE, Limits(unpacked_bytes=5000)) == {"mail.eml": "bomb"}
