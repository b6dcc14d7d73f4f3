"""A reply to a query: what its text answers stands over the return that was asked about; a return that comes again answers by itself.

Text is read as answers only where the mail answers a query of ours, by the thread; and not where it brings the return itself, for then
"Q1: see attached" is a covering word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP

from pipeline.check.rules import check_record
from pipeline.desk.collecting import Ledger, Sorted
from pipeline.desk.desk import Desk
from pipeline.desk.said import Said
from pipeline.grammar.replies import numbered
from pipeline.interpret.amended import amended
from pipeline.interpret.replying import replied
from pipeline.model.history import Event, Progress, Reading
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.post import Message, MessageKind
from pipeline.model.queries import field_of
from pipeline.model.records import Passage, Record
from pipeline.model.rounds import Round
from pipeline.store.store import Store

_ASKED = re.compile(r"\W*Q(\d{1,3})\W+(.+)", re.DOTALL)


def standing(round_: Round, store: Store) -> Iterator[Reading]:
    """Yield the reading that counts of each partnership that has replied, with what answered queries since over it.

    The partnerships are in the order of the register. The findings of one with answers over it are those of the whole.
    """
    replies = store.amendments()
    for reading in store.standing(partnership.id for partnership in round_.partnerships):
        yield _over(reading, [reply.record for reply in replies.get(reading.record.partnership or "", ())], round_)


def _over(reading: Reading, replies: list[Record], round_: Round) -> Reading:
    if not replies:
        return reading
    record = amended(reading.record, replies, round_)
    return reading._replace(record=record, findings=check_record(record, round_))


def with_answers(found: Sorted, desk: Desk, store: Store, sent: Ledger) -> Sorted:
    """Take what a mail's text answers for the record of the mail, where it answers a query of ours and brings no return.

    Args:
        found: a file, once it is known what it is.
        desk: whose round it is.
        store: has the return that was asked about, and the query.
        sent: the messages of ours.
    """
    incoming = found.incoming
    posted = sent.get(incoming.answers) if incoming else None
    if incoming is None or posted is None or posted.message.kind is not MessageKind.QUERY or not found.said:
        return found
    if incoming.partnership != posted.message.partnership or any(_is_return(one) for one in found.said):
        return found
    base = next((reading.record for reading in standing(desk.round, store) if reading.record.partnership == incoming.partnership), None)
    if base is None:
        return found
    file = next((one.record.file for one in found.said if not one.enclosed), incoming.subject)
    query = posted.message._replace(mail=store.ledger.mail(posted.message.message_id))
    record = amended_by(found.said[0].texts, base, query, desk.round, file, incoming.sha256)
    if record is None:
        return found
    own = Said(record, (), b"", mail=found.said[0].mail)
    return found._replace(said=(*(one for one in found.said if one.enclosed), own), answers=incoming.answers)


def _is_return(one: Said) -> bool:
    """Say whether a document that came in the mail is a return; the mail's own text is none where it answers by numbers."""
    return one.enclosed and one.record.outcome is Outcome.READ


def amended_by(texts: Iterable[tuple[str, ...]], base: Record, query: Message, round_: Round, file: str, sha256: str) -> Record | None:
    """Return what a mail's text answers; None where nothing in it answers a question by its number.

    Args:
        texts: the mail's own words, a paragraph each, and then the same with the older mails that it quotes: the first with answers counts.
        base: the return that was asked about, with what was answered since.
        query: the message of ours that it answers, with its bytes.
        round_: the round.
        file: the name of the mail.
        sha256: of the mail.
    """
    letter = _letter(query.mail)
    asked = dict(enumerate(query.about, 1))
    questions = dict.fromkeys(asked, "") | {number: words for number, words in _questions(letter) if number in asked}
    for lines in texts:
        said = numbered(lines, questions, letter)
        if said.told:
            beside = [Passage(text, Place("mail", paragraph=at + 1)) for text, at in said.beside]
            record, _ = replied(said.told, beside, asked, base, round_, file, sha256)
            return record
    return None


def _letter(mail: bytes) -> str:
    """Return the plain text of a mail of ours."""
    body = message_from_bytes(mail, policy=SMTP).get_body(("plain",))
    return "" if body is None else str(body.get_content())


def _questions(letter: str) -> Iterable[tuple[int, str]]:
    for paragraph in re.split(r"\n\s*\n", letter.replace("\r\n", "\n")):
        found = _ASKED.match(paragraph)
        if found:
            yield int(found[1]), " ".join(found[2].split())


def without_our_comments(record: Record, store: Store) -> Record:
    """Return the record of a return that came back without the notes of the comments that we had put into it; theirs stay."""
    if not any(note.code == "comment" and _ASKED.match(note.quote) for note in record.notes):
        return record
    posted = [one.message for one in store.ledger.posted(record.partnership or "") if one.message.kind is MessageKind.QUERY]
    letters = [f" {' '.join(_letter(store.ledger.mail(message.message_id)).split())} " for message in posted]
    return replace(record, notes=tuple(note for note in record.notes if not (note.code == "comment" and _is_ours(note.quote, letters))))


def _is_ours(comment: str, letters: Iterable[str]) -> bool:
    found = _ASKED.match(comment)
    asked = " ".join(found[2].split()) if found else ""
    return bool(asked) and any(asked in letter for letter in letters)


# -- what follows for the partnership --------------------------------------------------------------------------------------


def progress_after(record: Record, answers: str, before: Progress, sent: Ledger, at: datetime) -> Event | None:
    """Return what a document means for a partnership that was asked something: answered, or still asked.

    Args:
        record: of the document, as it was kept.
        answers: the Message-ID of the query that it answers by its text; empty for a return.
        before: where the partnership stood before.
        sent: the messages of ours.
        at: when it became known.
    """
    partnership = record.partnership or ""
    if record.outcome is not Outcome.READ or before not in (Progress.QUERIED, Progress.ANSWERED):
        return None
    if not answers:
        return Event(partnership, Progress.ANSWERED, at, f"the return came again: {record.file}", record.sha256)
    left = _unanswered(record, sent[answers].message)
    if left:
        return Event(partnership, Progress.QUERIED, at, f"{record.file} leaves open: {', '.join(left)}", record.sha256)
    return Event(partnership, Progress.ANSWERED, at, f"{record.file} answers every question", record.sha256)


def _unanswered(record: Record, query: Message) -> list[str]:
    """Return the questions that a mail gave no answer to: Q1, Q3."""
    said = [answer.field for answer in record.answers]
    return [f"Q{number}" for number, key in enumerate(query.about, 1) if not any(_concerns(one, field_of(key)) for one in said)]


def _concerns(answer: str, path: str) -> bool:
    return answer == path or answer.startswith((f"{path}.", f"{path}["))
