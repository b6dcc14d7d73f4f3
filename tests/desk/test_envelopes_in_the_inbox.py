"""Returns that come in mails and zips: each is read, kept and traced; one that names nobody waits until a person says whose it is."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.folders import a_folder, proforma, put_return
from tests.desk.pages import zipped
from tests.documents import docx

NAMELESS = docx("Name of partnership: Ponds and Rivers", "Chair: Jo Penrose", "Cabinet member: Al Ash", "Telephone: 01632 960100")
CONTACTS = "name,code,annex_name,contact_email"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "round")


def mail(
    *enclosed: tuple[str, bytes], text: str = "Please find our return attached. It was agreed on Monday.", sender: str = "jo@example.org"
) -> bytes:
    """Return a mail with documents."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = sender, "round@example.org", "Our return", "<1@example.org>"
    message.set_content(text)
    for name, data in enclosed:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def returned(folder: Path, code: str) -> bytes:
    """Return a partnership's return, and leave none in the inbox."""
    path = put_return(folder, code)
    data = path.read_bytes()
    path.unlink()
    return data


def ingested(folder: Path) -> list[dict[str, object]]:
    """Ingest, and return what was said of each document."""
    return [json.loads(line) for line in proforma(folder, "ingest", "--json").stdout.splitlines()]


def originals(folder: Path) -> int:
    return sum(path.is_file() for path in (folder / "store" / "originals").rglob("*"))


def test_every_return_in_a_mail_is_read_and_kept(folder: Path) -> None:
    inside = zipped(("schools.docx", returned(folder, "SCH")), ("notes.docx", b"no document"))
    (folder / "inbox" / "returns.eml").write_bytes(mail(("roads.docx", returned(folder, "RDS")), ("rest.zip", inside)))
    said = ingested(folder)
    assert [(one["file"], one["outcome"], one["partnership"]) for one in said] == [
        ("returns.eml › roads.docx", "read", "roads"),
        ("returns.eml › rest.zip › schools.docx", "read", "schools"),
        ("returns.eml › rest.zip › notes.docx", "refused", None),
    ]
    assert originals(folder) == 4  # the mail and the three documents; what a zip in it is made of is in the mail


def test_what_the_mail_says_is_noted_with_the_return(folder: Path) -> None:
    """Design, law 4: a covering note is nobody's answer, and is not lost."""
    (folder / "inbox" / "return.eml").write_bytes(mail(("roads.docx", returned(folder, "RDS"))))
    (said,) = ingested(folder)
    notes = said["notes"]
    assert isinstance(notes, list)
    assert [note["quote"] for note in notes if note["code"] == "covering-words"] == [
        "Please find our return attached. It was agreed on Monday."
    ]


def test_the_same_document_in_two_mails_is_one_return_seen_twice(folder: Path) -> None:
    """Threats, A2."""
    document = returned(folder, "RDS")
    (folder / "inbox" / "first.eml").write_bytes(mail(("roads.docx", document)))
    (folder / "inbox" / "second.eml").write_bytes(mail(("our return.docx", document), text="Again, to be sure."))
    (folder / "inbox" / "roads.docx").write_bytes(document)
    result = proforma(folder, "ingest")
    assert "3 files, 1 of them new" in result.stdout and originals(folder) == 3
    assert "1 of 2 partnerships have replied" in proforma(folder, "status").stdout


def test_a_second_run_finds_nothing_new_in_envelopes(folder: Path) -> None:
    """Design, law 7."""
    (folder / "inbox" / "returns.eml").write_bytes(mail(("roads.docx", returned(folder, "RDS")), ("schools.docx", returned(folder, "SCH"))))
    first, again = ingested(folder), ingested(folder)
    assert first == again and len(first) == 2
    assert "0 of them new" in proforma(folder, "ingest").stdout


def test_a_mail_may_hold_the_answers_itself(folder: Path) -> None:
    """A002-T10."""
    text = (
        "Name of partnership: Roads Partnership\nChair: Jo Penrose\nCabinet member: Al Ash\nTelephone: 01632 960100\nPriority 1: Bridges\n"
    )
    (folder / "inbox" / "reply.eml").write_bytes(mail(text=text))
    (said,) = ingested(folder)
    assert (said["format"], said["outcome"], said["partnership"]) == ("mail", "read", "roads")
    values = said["values"]
    assert isinstance(values, dict) and values["chair"] == "Jo Penrose" and values["priorities"][0]["title"] == "Bridges"


def test_a_mail_without_a_return_is_refused(folder: Path) -> None:
    (folder / "inbox" / "thanks.eml").write_bytes(mail(text="Thank you, we shall reply next week."))
    (said,) = ingested(folder)
    assert (said["outcome"], said["reason"]) == ("refused", "not-a-return")


def test_a_broken_envelope_stops_none_of_the_others(folder: Path) -> None:
    """Design, law 5."""
    whole = zipped(("roads.docx", returned(folder, "RDS")))
    (folder / "inbox" / "cut.zip").write_bytes(whole[: len(whole) // 2])
    put_return(folder, "SCH")
    assert sorted(str(one["outcome"]) for one in ingested(folder)) == ["read", "refused"]


# -- the holding pen -----------------------------------------------------------------------------------------------------


def test_a_return_that_names_nobody_waits_and_is_read_on_when_assigned(folder: Path) -> None:
    (folder / "inbox" / "reply.eml").write_bytes(mail(("reply.docx", NAMELESS)))
    assert ingested(folder)[0]["reason"] == "unknown-partnership"
    assert "reply.eml › reply.docx" in proforma(folder, "assign").stdout
    result = proforma(folder, "assign", "reply.docx", "Roads Partnership", "--reason", "Jo rang")
    assert result.exit_code == 0 and "Roads Partnership" in result.stdout
    assert "1 of 2 partnerships have replied" in proforma(folder, "status").stdout
    assert "No document waits" in proforma(folder, "assign").stdout


def test_what_a_person_said_holds_when_the_return_is_read_again(folder: Path) -> None:
    (folder / "inbox" / "reply.docx").write_bytes(NAMELESS)
    ingested(folder)
    proforma(folder, "assign", "reply.docx", "RDS")
    said = json.loads(proforma(folder, "ingest", "--json").stdout)
    assert (said["outcome"], said["partnership"]) == ("read", "roads")
    assert {"carrier": "person", "says": "Roads Partnership", "believed": True} in said["identity"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("other.docx", "RDS"), "No document that waits is called other.docx"),
        (("reply.docx", "Nobody"), "Nobody is no partnership"),
        (("reply.docx",), "Say whose it is"),
    ],
)
def test_a_mistaken_assignment_is_explained(folder: Path, words: tuple[str, ...], problem: str) -> None:
    (folder / "inbox" / "reply.docx").write_bytes(NAMELESS)
    ingested(folder)
    result = proforma(folder, "assign", *words)
    assert result.exit_code == 2 and problem in result.stderr


def test_the_sender_only_suggests_whose_return_it_is(tmp_path: Path) -> None:
    """Anybody can write any address."""
    folder = a_folder(tmp_path / "round")
    (folder / "partnerships.csv").write_text(f"{CONTACTS}\nRoads Partnership,RDS,Roads,jo@example.org\n", encoding="utf-8")
    (folder / "inbox" / "reply.eml").write_bytes(mail(("reply.docx", NAMELESS)))
    (said,) = ingested(folder)
    assert said["outcome"] == "held" and "from the contact of Roads Partnership" in str(said["message"])
    assert {"carrier": "sender", "says": "jo@example.org", "believed": False} in said["identity"]  # type: ignore[operator]
