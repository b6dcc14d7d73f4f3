"""Questions go back to a partnership once, and what it answers by mail stands over the return that was asked about."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.flow import Desk, ingest, query, standing
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.post import Posting
from pipeline.model.records import Answer
from pipeline.model.rounds import Round
from pipeline.ooxml.package import Package
from pipeline.rounds.loading import load_round
from pipeline.store.store import Store
from tests.cli.folders import a_folder, proforma, put_return, register
from tests.documents import read

NOW = dt.datetime(2028, 5, 1, 9, tzinfo=dt.UTC)


def a_round(folder: Path) -> Round:
    """Start a round in which the roads partnership has replied."""
    a_folder(folder)
    register(folder, "Roads Partnership,RDS,Roads,jo@example.org,", columns="name,code,annex_name,contact_email,chair")
    put_return(folder, "RDS")
    round_ = load_round(folder)
    return replace(round_, post=round_.post._replace(name="Alex Byrne", address="round@example.org"))


@contextmanager
def asked(folder: Path) -> Iterator[tuple[Round, Store]]:
    """Take the return in, ask everything about it, and send that."""
    round_ = a_round(folder)
    with Store.open(folder) as store:
        list(ingest(Desk(round_), store, NOW))
        assert [one.queued for one in query(round_, store, (), NOW, queue=True)] == [True]
        (posted,) = store.ledger.posted()
        store.ledger.move(posted.message.message_id, Posting.SENDING, NOW)
        store.ledger.move(posted.message.message_id, Posting.SENT, NOW)
        yield round_, store


def reply(
    round_: Round, store: Store, text: str, name: str = "reply.eml", *, thread: bool = True, documents: tuple[bytes, ...] = ()
) -> None:
    """Put an answer to the query into the inbox, and take it in."""
    (posted,) = store.ledger.posted()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "jo@example.org", "round@example.org", f"<{name}@example.org>"
    mail["Subject"] = f"Re: {posted.message.subject}" if thread else "Hello"
    if thread:
        mail["In-Reply-To"] = posted.message.message_id
    mail.set_content(text)
    for data in documents:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="reply.docx")
    (round_.inbox / name).write_bytes(mail.as_bytes(policy=SMTP))
    list(ingest(Desk(round_), store, NOW + dt.timedelta(days=1)))


def answers(round_: Round, store: Store) -> dict[str, Answer]:
    (reading,) = standing(round_, store)
    return {answer.field: answer for answer in reading.record.answers}


def about(store: Store) -> list[str]:
    """Return the fields that were asked about, in the order of the questions."""
    (posted,) = store.ledger.posted()
    return [key.split("/", 2)[2] for key in posted.message.about]


def changed(before: dict[str, Answer], after: dict[str, Answer]) -> dict[str, str | None]:
    return {field: after[field].value for field in after if after[field] != before.get(field)}


def test_the_query_brings_the_partnerships_own_return_with_its_questions(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        (posted,) = store.ledger.posted()
        mail = message_from_bytes(store.ledger.mail(posted.message.message_id), policy=SMTP)
        (attachment,) = mail.iter_attachments()
        assert attachment.get_filename() == f"{round_.reference_of(round_.partnerships[0])} roads-partnership questions.docx"
        document = read(attachment.get_content())
        comments = [aside.text for aside in document.asides if aside.kind == "comment"]
        assert [text.partition(":")[0] for text in comments] == [f"Q{number}" for number in range(1, len(about(store)) + 1)]
        assert "Mend the bridges" in [paragraph.text for paragraph in document.paragraphs()]
        assert store.progress()["roads"] is Progress.QUERIED
        assert "\nQ1 " in str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_what_was_asked_is_not_asked_again(tmp_path: Path) -> None:
    """Issue 4: a second query right after the first does nothing."""
    with asked(tmp_path / "round") as (round_, store):
        (again,) = query(round_, store, (), NOW, queue=True)
        assert (again.queued, again.query.questions) == (False, ())
        assert len(again.query.asked) == len(about(store))
        assert len(store.ledger.posted()) == 1


def test_a_dry_run_queues_nothing(tmp_path: Path) -> None:
    round_ = a_round(tmp_path / "round")
    with Store.open(round_.folder) as store:
        list(ingest(Desk(round_), store, NOW))
        (one,) = query(round_, store, (), NOW)
        assert one.query.questions
        assert store.ledger.posted() == ()


def test_an_overridden_finding_is_not_asked(tmp_path: Path) -> None:
    round_ = a_round(tmp_path / "round")
    with Store.open(round_.folder) as store:
        list(ingest(Desk(round_), store, NOW))
        (one,) = query(round_, store, (), NOW)
        first = one.query.questions[0].finding
        store.decide(Decision(DecisionKind.OVERRIDE, "roads", first.key, None, "Alex", NOW, "agreed by phone"))
        (other,) = query(round_, store, (), NOW)
        assert first not in [question.finding for question in other.query.questions]


def test_what_a_person_corrected_is_not_asked(tmp_path: Path) -> None:
    round_ = a_round(tmp_path / "round")
    with Store.open(round_.folder) as store:
        list(ingest(Desk(round_), store, NOW))
        store.decide(Decision(DecisionKind.CORRECT, "roads", "chair", "Aoife Keane", "Alex", NOW, "said by phone"))
        (one,) = query(round_, store, (), NOW)
        assert "chair" not in [question.finding.field for question in one.query.questions]


def test_three_answers_by_mail_change_three_fields(tmp_path: Path) -> None:
    """Issue 4: a three-answer reply updates three fields and leaves the rest."""
    with asked(tmp_path / "round") as (round_, store):
        before, fields = answers(round_, store), about(store)
        numbers = [fields.index(field) + 1 for field in PLAIN]
        text = "Hello Alex\n\n" + "\n".join(f"Q{number}: {words}" for number, words in zip(numbers, PLAIN.values(), strict=True))
        reply(round_, store, text)
        after = answers(round_, store)
        gathered = {"priorities[1].measures[1]": "No bridge is closed"}  # the list that is made of the measures follows them
        assert changed(before, after) == PLAIN | gathered
        assert {after[field].file for field in PLAIN} == {"reply.eml"}
        assert "RETURNED" not in [event.progress.name for event in store.history("roads")[1:]]
        assert store.progress()["roads"] is Progress.QUERIED  # the other questions are open
        (left,) = query(round_, store, (), NOW)
        assert not {finding.field for finding in left.query.asked} & set(PLAIN)


PLAIN = {"chair": "Aoife Keane", "contact_officer.name": "Siân Prosser", "priorities[1].deliverables[1].measure": "No bridge is closed"}


def test_when_every_question_is_answered_the_partnership_has_answered(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        texts = []
        for number, field in enumerate(about(store), 1):
            kind = round_.form.by_path.get(field.replace("[1]", ""))
            choice = round_.vocabularies.get(kind.choices, ()) if kind else ()
            texts.append(f"Q{number}: {choice[0].name if choice else 'Siân Prosser'}")
        reply(round_, store, "\n".join(texts))
        assert store.progress()["roads"] is Progress.ANSWERED


def test_answers_under_quoted_questions_count(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        before, number = answers(round_, store), about(store).index("chair") + 1
        (posted,) = store.ledger.posted()
        letter = message_from_bytes(store.ledger.mail(posted.message.message_id), policy=SMTP)
        lines = str(letter.get_body(("plain",)).get_content()).splitlines()  # type: ignore[union-attr]
        quoted, inside = [], False
        for line in lines:
            quoted.append(f"> {line}")
            inside = inside or line.startswith(f"Q{number} ")
            if inside and not line:
                quoted.append("Aoife Keane")
                inside = False
        assert "Aoife Keane" in quoted
        reply(round_, store, "See my answers below.\n\nOn 1 May 2028 Alex Byrne wrote:\n" + "\n".join(quoted))
        assert changed(before, answers(round_, store)) == {"chair": "Aoife Keane"}


def test_an_answer_that_cannot_stand_in_the_form_is_kept_for_a_person(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        before, number = answers(round_, store), about(store).index("priorities[1].objectives") + 1
        reply(round_, store, f"Q{number}: whatever you think best")
        assert changed(before, answers(round_, store)) == {}
        (reading,) = standing(round_, store)
        assert ("answer-not-placed", "whatever you think best") in [(note.code, note.quote) for note in reading.record.notes]
        mail = store.amendments()["roads"][0].record
        assert [left.quote for left in mail.unplaced] == ["whatever you think best"]


@pytest.mark.parametrize("words", ["yes", "No, that is right.", "see attached"])
def test_words_about_an_answer_are_none(words: str, tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        before, number = answers(round_, store), about(store).index("chair") + 1
        reply(round_, store, f"Q{number}: {words}")
        assert changed(before, answers(round_, store)) == {}


def test_the_text_of_a_mail_that_answers_no_query_is_no_answer(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        before = answers(round_, store)
        reply(round_, store, "Q1: Aoife Keane\nQ2: Aoife Keane", thread=False)
        assert changed(before, answers(round_, store)) == {}
        assert store.amendments() == {}


def test_a_whole_return_supersedes_the_answers_before_it(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        number = about(store).index("chair") + 1
        reply(round_, store, f"Q{number}: Aoife Keane")
        assert answers(round_, store)["chair"].value == "Aoife Keane"
        put_return(round_.folder, "RDS", "Mend more bridges")
        list(ingest(Desk(round_), store, NOW + dt.timedelta(days=2)))
        assert answers(round_, store)["chair"].value is None
        assert store.amendments() == {}
        assert store.progress()["roads"] is Progress.ANSWERED
        assert all(reading.superseded for reading in store.readings() if reading.answers)


def test_a_return_that_comes_back_in_the_mail_is_read_and_its_covering_words_are_not(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        number = about(store).index("chair") + 1
        path = put_return(round_.folder, "RDS", "Mend more bridges")
        data = path.read_bytes()
        path.unlink()
        reply(round_, store, f"Q{number}: it is in the form", documents=(data,))
        after = answers(round_, store)
        assert after["priorities[1].title"].value == "Mend more bridges"
        assert after["chair"].value is None
        assert store.progress()["roads"] is Progress.ANSWERED


def test_our_own_comments_are_noted_by_nobody_when_the_file_comes_back(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        before = {field: answer.value for field, answer in answers(round_, store).items()}
        (posted,) = store.ledger.posted()
        letter = message_from_bytes(store.ledger.mail(posted.message.message_id), policy=SMTP)
        (attachment,) = letter.iter_attachments()
        assert any(aside.kind == "comment" for aside in read(attachment.get_content()).asides)
        reply(round_, store, "Please find it attached.", documents=(attachment.get_content(),))
        (reading,) = standing(round_, store)
        assert reading.record.file == "reply.eml › reply.docx"
        assert [note.quote for note in reading.record.notes if note.code == "comment"] == []
        assert {answer.field: answer.value for answer in reading.record.answers} == before


def test_the_same_reply_twice_is_one(tmp_path: Path) -> None:
    with asked(tmp_path / "round") as (round_, store):
        number = about(store).index("chair") + 1
        reply(round_, store, f"Q{number}: Aoife Keane")
        history = store.history("roads")
        list(ingest(Desk(round_), store, NOW + dt.timedelta(days=3)))
        assert store.history("roads") == history
        assert len(store.amendments()["roads"]) == 1


def test_the_commands_show_what_is_asked_and_what_changed(tmp_path: Path) -> None:
    folder = tmp_path / "round"
    with asked(folder) as (round_, store):
        number = about(store).index("chair") + 1
        reply(round_, store, f"Q{number}: Aoife Keane")
    shown = json.loads(proforma(folder, "query", "RDS", "--again", "--file", str(tmp_path / "files"), "--json").stdout)
    assert (shown["partnership"], shown["queued"]) == ("roads", False)
    assert Path(shown["file"]).read_bytes()[:2] == b"PK"
    compared = json.loads(proforma(folder, "diff", "RDS", "--word", str(tmp_path / "changes.docx"), "--json").stdout)
    assert [(one["field"], one["from"], one["to"], one["file"]) for one in compared["changes"]] == [
        ("chair", None, "Aoife Keane", "reply.eml")
    ]
    assert b'w:author="reply.eml"' in Package((tmp_path / "changes.docx").read_bytes()).read("word/document.xml")
    assert "1 field" in proforma(folder, "diff", "RDS").output
    assert proforma(folder, "diff", "Nobody").exit_code == 2


def test_a_return_that_is_no_word_file_goes_back_as_a_blank_with_what_was_read(tmp_path: Path) -> None:
    round_ = a_round(tmp_path / "round")
    with Store.open(round_.folder) as store:
        list(ingest(Desk(round_), store, NOW))
        (reading,) = standing(round_, store)
        receipt = store.keep_original(b"%PDF- no document", "scan.pdf", "inbox", NOW + dt.timedelta(days=1))
        scanned = replace(reading.record, format="scan", sha256=receipt.sha256, file="scan.pdf")
        store.keep(receipt, scanned, (), "1", NOW + dt.timedelta(days=1))
        (one,) = query(round_, store, (), NOW)
        assert one.back is not None
        assert (one.back.own, [one.query.questions[number - 1].finding.field for number in one.back.made.lost]) == (False, [])
        document = read(one.back.made.data)
        assert "Mend the bridges" in [paragraph.text for paragraph in document.paragraphs()]
        assert io.BytesIO(one.back.made.data).read(2) == b"PK"
