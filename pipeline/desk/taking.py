"""Taking in what came: every file and every mail is kept before anything looks inside, read, checked, and kept again with what it said.

One never stops the others. What is done twice has the effect of once.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.bounded import Item
from pipeline.desk.answering import progress_after, with_answers, without_our_comments
from pipeline.desk.collecting import Ledger, Sorted, event_of, sort
from pipeline.desk.desk import Desk, at_desk
from pipeline.desk.wall import read_files
from pipeline.errors import StoreError, UnreadableError
from pipeline.intake.inbox import ENVELOPE, StillWaitingError, look, receive, waiting
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, Progress, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming
from pipeline.model.records import Record
from pipeline.model.rounds import Round

if TYPE_CHECKING:  # loaded where a store is: a preview has none
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


@dataclass(frozen=True)
class _Received:
    """A file or a mail that is kept and has yet to be read."""

    path: Path
    receipt: Receipt
    data: bytes


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
            event = progress_after(record, answers, before, sent, now)
            new = store.keep(receipt, record, one.findings, desk.reader, now, answers=answers, event=event)
            yield Taken(entry.path, record, one.findings, new, incoming)


def _tells_more(record: Record, known: Record) -> bool:
    """Say whether a document that was held came again in a mail that says whose it is."""
    return (known.outcome, record.outcome) == (Outcome.HELD, Outcome.READ)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    entries: deque[Path | Taken] = deque()

    def unread() -> Iterator[Item]:
        for path in waiting(desk.round):
            try:
                file = look(path, below=desk.round.inbox, limits=desk.round.limits)
            except (UnreadableError, StillWaitingError) as error:
                entries.append(_left(path, error, desk))
            else:
                entries.append(path)
                yield Item(*file)

    for said in read_files(unread(), desk):
        while isinstance(entry := entries.popleft(), Taken):
            yield entry
        yield from (Taken(entry, one.record, one.findings, True) for one in said)
    yield from (entry for entry in entries if isinstance(entry, Taken))


def assign(decision: Decision, round_: Round, store: "Store") -> Taken:
    """Read a document that was held or refused again, now that a person said whose it is."""
    data = store.original(decision.about)
    store.decide(decision)
    held = next((one.record.file for one in store.readings() if one.record.sha256 == decision.about), "")
    desk = at_desk(round_, store.decisions())
    receipt = Receipt(decision.about, held, len(data), "", seen_before=True)
    (said,) = read_files([Item(held, data)], desk)
    one = next(one for one in said if one.record.sha256 == decision.about)
    store.keep(receipt, one.record, one.findings, desk.reader, decision.at)
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
