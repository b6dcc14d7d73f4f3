"""START HERE: the journey of a round, one function a step.

    round folder ─► blanks ─► (the partnerships) ─► inbox ─► read ─► align ─► interpret ─► check ─► store ─► merge ─► papers

Every stage knows only the nouns in `pipeline.model`; this page alone knows the order.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.blanks import generating
from pipeline.bounded import Item
from pipeline.check.rules import check_record, check_round
from pipeline.desk import Desk, Said, read_files, read_return
from pipeline.desk.answering import progress_after, with_answers, without_our_comments
from pipeline.desk.answering import standing as with_replies
from pipeline.desk.collecting import Ledger, Sorted, event_of, sort
from pipeline.errors import StoreError, UnreadableError
from pipeline.intake.inbox import ENVELOPE, StillWaitingError, look, receive, waiting
from pipeline.intake.mailbox import Kept, Left, Letterbox, gather
from pipeline.merge.acceptance import accepted
from pipeline.merge.corrections import with_corrections
from pipeline.merge.plan import merge
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, DecisionKind, Progress, Reading, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.plans import Plan
from pipeline.model.post import Incoming
from pipeline.model.records import Record
from pipeline.model.rounds import Partnership, Round

__all__ = ["Desk", "Said", "Taken", "read_return"]

if TYPE_CHECKING:  # loaded where they are used: a command that stores or publishes nothing need not wait for them
    from pipeline.desk.asking import Asked
    from pipeline.desk.board import Seen
    from pipeline.desk.chasing import Case
    from pipeline.desk.comparing import Compared
    from pipeline.desk.delivering import Now
    from pipeline.desk.sending import Prospect
    from pipeline.model.board import Board
    from pipeline.model.post import Posted
    from pipeline.publish.data import Data
    from pipeline.store.store import Store


@dataclass(frozen=True)
class Taken:
    """What became of one file of the inbox."""

    path: Path
    record: Record
    findings: tuple[Finding, ...]
    new: bool
    """False where the same document had been taken in before."""
    incoming: Incoming | None = None
    """Where the file is a mail that was read now, what it is and whose."""


def generate(round_: Round) -> Iterator[tuple[Partnership, Path]]:
    """Write one blank for each partnership into the outbox."""
    return generating.generate(round_)


def desk(round_: Round, store: "Store | None" = None) -> Desk:
    """Return the desk of a round, with what people said of whose return a document is."""
    decisions = store.decisions() if store else ()
    return Desk(round_, {made.about: made.partnership for made in decisions if made.kind is DecisionKind.ASSIGN})


def read_documents(files: Iterable[tuple[str, bytes]], desk: Desk) -> Iterator[tuple[Said, ...]]:
    """Read files, each behind the wall, and store nothing; for an envelope, what each document in it said."""
    return read_files((Item(name, data) for name, data in files), desk)


def explained(said: Iterable[Said], desk: Desk) -> Iterator[str]:
    """Show documents that were read as pages of HTML, every answer marked in place."""
    from pipeline.desk.explaining import explain

    return explain(said, desk)


@dataclass(frozen=True)
class _Received:
    """A file or a mail that is kept and has yet to be read."""

    path: Path
    receipt: Receipt
    data: bytes


def collect(letterbox: Letterbox, round_: Round, store: "Store", now: datetime) -> Iterator[Kept | Left]:
    """Keep every mail of a mailbox that is not kept yet; `read_mails` reads them. Nothing is deleted there."""
    return gather(letterbox, store, store.mails, now, round_.limits)


def ingest(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Take in every file that waits in the inbox: each is kept before anything looks inside, and then read. One never stops the others.

    A document that was read before, by the same program with the same form and register, is not read again; one whose reading broke off
    is. Mails that were collected and not read are read too.
    """
    inbox = (_receive(path, desk, store, now) for path in waiting(desk.round))
    return _take_in(chain(inbox, _unread_mails(desk, store)), desk, store, now, executor)


def read_mails(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Read every mail that was collected and not read yet."""
    return _take_in(_unread_mails(desk, store), desk, store, now, executor)


def _take_in(
    entries: Iterable[tuple[Taken, ...] | _Received], desk: Desk, store: "Store", now: datetime, executor: Executor | None
) -> Iterator[Taken]:
    """Read what is kept and not read, and pass on the rest, in order."""
    passed: deque[tuple[Taken, ...] | _Received] = deque()
    sent = {posted.message.message_id: posted for posted in store.ledger.posted()}

    def unread() -> Iterator[Item]:
        for entry in entries:
            passed.append(entry)
            if isinstance(entry, _Received):
                yield Item(entry.receipt.file, entry.data)

    for said in read_files(unread(), desk, executor):
        while not isinstance(entry := passed.popleft(), _Received):
            yield from entry
        found = with_answers(sort(said, entry.receipt, desk, sent, now), desk, store, sent)
        yield from _keep(entry, found, desk, store, sent, now)
    for entry in passed:
        assert not isinstance(entry, _Received)
        yield from entry


def _left(path: Path, error: UnreadableError | StillWaitingError, desk: Desk) -> Taken:
    """Say why a file is left in the inbox."""
    reason = Reason(error.reason) if isinstance(error, UnreadableError) else None
    return Taken(path, Record(path.name, "", "", Outcome.REFUSED, reason, f"{error} {error.hint}".strip(), round=desk.round.id), (), True)


def _unread_mails(desk: Desk, store: "Store") -> Iterator[tuple[Taken, ...] | _Received]:
    """Yield the collected mails that are to be read: the new ones, and those with a document of which a person said since whose it is."""
    read = (store.reading(document, desk.reader) for document in desk.assigned)
    otherwise = frozenset(one.record.sha256 for one in read if one and not _settled(one.record, desk))
    for receipt in store.mails.unread(desk.reader, otherwise):
        try:
            yield _Received(Path(receipt.file), receipt, store.original(receipt.sha256))
        except StoreError as error:
            record = Record(receipt.file, receipt.sha256, "", Outcome.REFUSED, None, f"{error} {error.hint}", round=desk.round.id)
            yield (Taken(Path(receipt.file), record, (), True),)


def _receive(path: Path, desk: Desk, store: "Store", now: datetime) -> tuple[Taken, ...] | _Received:
    """Keep a file of the inbox, and return it where it is to be read."""
    try:
        receipt, data = receive(path, store, now, below=desk.round.inbox, limits=desk.round.limits)
    except (UnreadableError, StillWaitingError) as error:
        return (_left(path, error, desk),)
    known = store.known(receipt.sha256, desk.reader)
    if not known or not all(_settled(one.record, desk) for one in known):
        return _Received(path, receipt, data)
    return tuple(Taken(path, one.record, one.findings, new=False) for one in known)


_BY_CHANCE = (Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED)
"""What may be the fault of the computer and not of the document: it was busy, or somebody ended the reading."""


def _settled(record: Record, desk: Desk) -> bool:
    """Say whether a document need not be read again: nothing broke off, and it is of whom a person said, if anybody did.

    It is not where `assign` was stopped before it read the document again.
    """
    if record.outcome is Outcome.REFUSED:
        return record.reason not in _BY_CHANCE
    return desk.assigned.get(record.sha256, record.partnership) == record.partnership


def _keep(entry: _Received, found: Sorted, desk: Desk, store: "Store", sent: Ledger, now: datetime) -> Iterator[Taken]:
    """Keep what the documents of a file said, and the documents that lay in it: each is one return, in however many mails it comes."""
    said, incoming = found.said, found.incoming
    receipts = tuple(store.keep_original(one.data, one.record.file, ENVELOPE, now) if one.enclosed else entry.receipt for one in said)
    if any(one.enclosed for one in said):  # before any reading: whatever stops this here, the next run sees what is still to be read
        store.enclose(entry.receipt, receipts, desk.reader)
    if incoming:
        store.mails.sort(incoming, found.event)
    for receipt, one in zip(receipts, said, strict=True):
        known = store.reading(receipt.sha256, desk.reader)
        if known and _settled(known.record, desk) and not _tells_more(one.record, known.record):
            yield Taken(entry.path, known.record, known.findings, False, incoming)
        else:
            answers = found.answers if receipt is entry.receipt else ""
            before = store.progress().get(one.record.partnership or "", Progress.NOT_SENT)
            record = without_our_comments(one.record, store)
            new = store.keep(receipt, record, one.findings, desk.reader, now, answers=answers)
            if event := progress_after(record, answers, before, sent, now):
                store.record_event(event)
            yield Taken(entry.path, record, one.findings, new, incoming)


def _tells_more(record: Record, known: Record) -> bool:
    """Say whether a document that was held came again in a mail that says whose it is."""
    return (known.outcome, record.outcome) == (Outcome.HELD, Outcome.READ)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    entries: deque[Path | Taken] = deque()

    def unread() -> Iterator[tuple[str, bytes]]:
        for path in waiting(desk.round):
            try:
                file = look(path, below=desk.round.inbox, limits=desk.round.limits)
            except (UnreadableError, StillWaitingError) as error:
                entries.append(_left(path, error, desk))
            else:
                entries.append(path)
                yield file

    for said in read_documents(unread(), desk):
        while isinstance(entry := entries.popleft(), Taken):
            yield entry
        yield from (Taken(entry, one.record, one.findings, True) for one in said)
    yield from (entry for entry in entries if isinstance(entry, Taken))


def assign(decision: Decision, round_: Round, store: "Store") -> Taken:
    """Read a document that was held or refused again, now that a person said whose it is."""
    data = store.original(decision.about)
    store.decide(decision)
    held = next((one.record.file for one in store.readings() if one.record.sha256 == decision.about), "")
    at_desk = desk(round_, store)
    receipt = Receipt(decision.about, held, len(data), "", seen_before=True)
    (said,) = read_documents([(held, data)], at_desk)
    one = next(one for one in said if one.record.sha256 == decision.about)
    store.keep(receipt, one.record, one.findings, at_desk.reader, decision.at)
    for mail in store.mails.holding(decision.about):
        if not mail.partnership:
            store.mails.sort(mail._replace(partnership=decision.partnership, matched_by="document"))
    return Taken(Path(held), one.record, one.findings, True)


def assign_mail(decision: Decision, incoming: Incoming, file: str, store: "Store") -> Incoming:
    """Keep whose a mail is that nobody could be matched with, now that a person said so, and what it means for that partnership."""
    store.decide(decision)
    theirs = incoming._replace(partnership=decision.partnership, matched_by="person")
    store.mails.sort(theirs, event_of(theirs, file, {}, decision.at))
    return theirs


def checked(round_: Round, readings: Iterable[Reading], decisions: Iterable[Decision] = ()) -> tuple[Finding, ...]:
    """Return every finding of the round as it stands: in each return that counts, corrections made, and across them."""
    records = [with_corrections(reading.record, decisions) for reading in readings]
    return (*(finding for said in records for finding in check_record(said, round_)), *check_round(records, round_))


def standing(round_: Round, store: "Store") -> tuple[Reading, ...]:
    """Return the reading that counts of each partnership that has replied, what answered queries over it, in the order of the register."""
    return with_replies(round_, store)


def query(
    round_: Round, store: "Store", only: Iterable[str], now: datetime, *, again: bool = False, queue: bool = False
) -> Iterator["Asked"]:
    """Make what is to be asked of each partnership, with its own return as a Word file; queue it where told."""
    from pipeline.desk import asking

    return asking.ask(round_, store, only, now, again=again, queueing=queue)


def differences(round_: Round, store: "Store", partnership: Partnership) -> "Compared":
    """Compare the last two returns of a partnership, or its return before and after what answered queries."""
    from pipeline.desk.comparing import compare

    return compare(round_, store, partnership)


def plan(round_: Round, store: "Store") -> Plan:
    """Merge the returns that are accepted into one plan; of a partnership that is signed off, the version that was."""
    from pipeline.desk.signing import in_force, signed

    decisions, progress = in_force(store.decisions()), store.progress()
    readings = signed(round_, standing(round_, store), decisions, store)
    findings = checked(round_, readings, decisions)
    records = accepted(round_, [reading.record for reading in readings], findings, decisions, progress)
    return merge(round_, records, decisions, findings, progress)


def publish_papers(round_: Round, store: "Store", *, public: bool = False) -> tuple[Path, ...]:
    """Write the delivery plan, the annex and the committee paper into the outbox; where LibreOffice is, also for those without Word.

    With `public`, without personal details.
    """
    from pipeline.publish.papers import publish
    from pipeline.publish.portable import portable
    from pipeline.publish.publication import publication

    merged = plan(round_, store)
    papers = publish(publication(merged), round_.outbox / "publication") if public else publish(merged, round_.outbox / "plan")
    return (*papers, *portable(paper for paper in papers if paper.suffix == ".docx"))


def data(round_: Round, store: "Store") -> "Data":
    """Gather the answers of the returns that count, for export. A return that is no longer whole in the store stops it."""
    from pipeline.publish.data import Data

    readings = standing(round_, store)
    for reading in readings:
        store.original(reading.record.sha256)
    return Data(round_, tuple(reading.record for reading in readings), checked(round_, readings))


def case(round_: Round, store: "Store") -> "Case":
    """Return the round as it stands: what came, what is open in it, and what went out."""
    from pipeline.desk.chasing import Case

    readings = standing(round_, store)
    return Case(round_, store, readings, checked(round_, readings, store.decisions()))


def ask(round_: Round, store: "Store", now: datetime, again: frozenset[str] = frozenset()) -> "tuple[Prospect, ...]":
    """Queue the proforma for each partnership that is to have it, and return them all, each with why or why not."""
    from pipeline.desk import proformas

    prospects = tuple(proformas.to_ask(round_, store, again))
    proformas.ask(round_, store, now, prospects, again)
    return prospects


def chase(round_: Round, store: "Store", now: datetime) -> "tuple[Prospect, ...]":
    """Queue a reminder for each partnership that is late, and return them all, each with why or why not."""
    from pipeline.desk import chasing

    at_hand = case(round_, store)
    prospects = tuple(chasing.to_remind(at_hand, now.date()))
    chasing.remind(at_hand, prospects, now)
    return prospects


def acknowledge(round_: Round, store: "Store", now: datetime) -> "tuple[Prospect, ...]":
    """Queue an acknowledgement for each return that has none, and return their partnerships, each with why or why not."""
    from pipeline.desk import chasing

    at_hand = case(round_, store)
    prospects = tuple(chasing.to_acknowledge(at_hand))
    chasing.acknowledge(at_hand, prospects, now)
    return prospects


def send(round_: Round, store: "Store", now: "Now") -> Iterator["Posted"]:
    """Deliver every message that is queued: over the wire, or as drafts. Reminders that a return has overtaken are withdrawn."""
    from pipeline.desk.delivering import deliver

    return deliver(round_, store, now, settled=case(round_, store).settled)


def seen(round_: Round, store: "Store", on: date) -> "Seen":
    """Return what the store holds of a round, as of the end of a day."""
    from pipeline.desk.board import Seen

    return Seen(round_, store, on, standing(round_, store), lambda readings, decisions: checked(round_, readings, decisions))


def board(round_: Round, store: "Store", on: date) -> "Board":
    """Say where each partnership stands on a day, what is due, and what the officer does next."""
    from pipeline.desk.board import put_together
    from pipeline.desk.todo import with_todo

    then = seen(round_, store, on)
    return with_todo(then, put_together(then))


def report_progress(round_: Round, store: "Store", on: date) -> Path:
    """Write the progress report: what the returns that had come by a day say so far, accepted or not, and where the round stood."""
    from pipeline.desk.board import put_together
    from pipeline.publish.interim import publish_interim

    then = seen(round_, store, on)
    readings = tuple(then.readings.values())
    findings = checked(round_, readings, then.decisions)
    so_far = merge(round_, [reading.record for reading in readings], then.decisions, findings, then.progress)
    return publish_interim(so_far, put_together(then), round_.outbox / "plan")
