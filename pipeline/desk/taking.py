"""Taking in what came: every file and every mail is kept before anything looks inside, read, checked, and kept again with what it said.

One never stops the others. What is done twice has the effect of once.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.bounded import Item
from pipeline.desk.answering import with_answers
from pipeline.desk.collecting import Ledger, Sorted, event_of, sort
from pipeline.desk.desk import Desk, at_desk
from pipeline.desk.gathering import Entry, gathered, has_parts
from pipeline.desk.keeping import Received, Taken, keep, keep_bundle, pages_are_in, put_by, settled, whole_since
from pipeline.desk.wall import executor as threads
from pipeline.desk.wall import read_files
from pipeline.errors import StoreError, UnreadableError
from pipeline.intake.inbox import StillWaitingError, look, receive, waiting
from pipeline.model.history import Decision, Reading, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming
from pipeline.model.records import Record
from pipeline.model.rounds import Round

if TYPE_CHECKING:  # loaded where a store is: a preview has none
    from pipeline.store.store import Store


def ingest(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Take in every file that waits in the inbox: each is kept before anything looks inside, and then read. One never stops the others.

    A document that was read before, by the same program with the same form and register, is not read again; one whose reading broke off
    is. Mails that were collected and not read are read too.
    """
    inbox = (_receive(path, desk, store, now) for path in waiting(desk.round))
    return _once(_take_in(chain(inbox, _unread_mails(desk, store)), desk, store, now, executor))


def read_mails(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Read every mail that was collected and not read yet."""
    return _once(_take_in(_unread_mails(desk, store), desk, store, now, executor))


def _once(taken: Iterable[Taken]) -> Iterator[Taken]:
    """Yield each bundle once, however many of the files hold its pages."""
    told: set[str] = set()
    for one in taken:
        if one.record.sha256 not in told:
            yield one
        if one.record.files:
            told.add(one.record.sha256)


def _take_in(
    entries: Iterable[tuple[Taken, ...] | Received], desk: Desk, store: "Store", now: datetime, executor: Executor | None
) -> Iterator[Taken]:
    """Read what is kept and not read, and pass on the rest, in order."""
    passed: deque[tuple[Taken, ...] | Received] = deque()
    sent = {posted.message.message_id: posted for posted in store.ledger.posted()}

    def unread() -> Iterator[Item]:
        for entry in entries:
            passed.append(entry)
            if isinstance(entry, Received):
                yield Item(entry.receipt.file, entry.data)

    waiting: list[tuple[Received, Sorted]] = []
    for said in read_files(unread(), desk, executor):
        while not isinstance(entry := passed.popleft(), Received):
            yield from entry
        found = with_answers(sort(said, entry.receipt, desk, sent, now), desk, store, sent)
        if has_parts(found.said, desk):
            waiting.append(put_by(entry, found, store, now))
        else:
            yield from keep(entry, found, desk, store, sent, now)
    for entry in passed:
        assert not isinstance(entry, Received)
        yield from entry
    yield from _keep_parts(waiting, desk, store, sent, now, executor)


def _keep_parts(
    waiting: list[tuple[Received, Sorted]], desk: Desk, store: "Store", sent: Ledger, now: datetime, executor: Executor | None
) -> Iterator[Taken]:
    """Keep files that hold parts of a form, once all have been read."""
    if not waiting:
        return
    entries = [Entry(entry.receipt.file, entry.receipt.sha256, found.said) for entry, found in waiting]
    with nullcontext(executor) if executor else threads() as running:
        together = gathered(entries, desk, store, running)
    files = zip(waiting, together, strict=True)
    whole = whole_since([(entry.receipt.sha256, one) for (entry, _), said in files for one in said if one.pages], store)
    for (entry, found), said in zip(waiting, together, strict=True):
        yield from keep(entry, found._replace(said=said), desk, store, sent, now, whole)


def _left(path: Path, error: UnreadableError | StillWaitingError, desk: Desk) -> Taken:
    """Say why a file is left in the inbox."""
    reason = Reason(error.reason) if isinstance(error, UnreadableError) else None
    return Taken(path, Record(path.name, "", "", Outcome.REFUSED, reason, f"{error} {error.hint}".strip(), round=desk.round.id), (), True)


def _unread_mails(desk: Desk, store: "Store") -> Iterator[tuple[Taken, ...] | Received]:
    """Yield the collected mails that are to be read: the new ones, and those with a document of which a person said since whose it is."""
    read = (store.reading(document, desk.reader) for document in desk.assigned)
    otherwise = frozenset(one.record.sha256 for one in read if one and not settled(one.record, desk))
    for receipt in store.mails.unread(desk.reader, otherwise):
        try:
            yield Received(Path(receipt.file), receipt, store.original(receipt.sha256))
        except StoreError as error:
            record = Record(receipt.file, receipt.sha256, "", Outcome.REFUSED, None, f"{error} {error.hint}", round=desk.round.id)
            yield (Taken(Path(receipt.file), record, (), True),)


def _receive(path: Path, desk: Desk, store: "Store", now: datetime) -> tuple[Taken, ...] | Received:
    """Keep a file of the inbox, and return it where it is to be read."""
    try:
        receipt, data = receive(path, store, now, below=desk.round.inbox, limits=desk.round.limits)
    except (UnreadableError, StillWaitingError) as error:
        return (_left(path, error, desk),)
    known = _newest(store.known(receipt.sha256, desk.reader), desk, store)
    if not known or not all(settled(one.record, desk) for one in known):
        return Received(path, receipt, data)
    return tuple(Taken(path, one.record, one.findings, new=False) for one in known)


def _newest(known: tuple[Reading, ...], desk: Desk, store: "Store") -> tuple[Reading, ...]:
    """Return readings with each bundle that has grown since in place of what it was."""
    found: list[Reading] = []
    for one in known:
        while one.record.files and (grown := store.known(one.record.sha256, desk.reader)) and grown[0].record.sha256 != one.record.sha256:
            (one, *_) = grown
        found.append(one)
    return tuple(found)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    entries: deque[Path | Taken] = deque()
    parts: list[tuple[Path, Entry]] = []

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
        if has_parts(said, desk):
            parts.append((entry, Entry(str(entry.relative_to(desk.round.inbox)), str(entry), said)))
        else:
            yield from (Taken(entry, one.record, one.findings, True) for one in said)
    yield from (entry for entry in entries if isinstance(entry, Taken))
    yield from _once(_parts_previewed(parts, desk))


def _parts_previewed(parts: list[tuple[Path, Entry]], desk: Desk) -> Iterator[Taken]:
    """Put together what came in the same run, without looking at what is stored."""
    if not parts:
        return
    with threads() as running:
        together = gathered([entry for _, entry in parts], desk, None, running)
    for (path, _), said in zip(parts, together, strict=True):
        yield from (Taken(path, one.record, one.findings, True) for one in said)


def assign(decision: Decision, round_: Round, store: "Store") -> Taken:
    """Read a document that was held or refused again, now that a person said whose it is."""
    data = store.original(decision.about)
    store.decide(decision)
    held = next((one.record.file for one in store.readings() if one.record.sha256 == decision.about), "")
    desk = at_desk(round_, store.decisions())
    receipt = Receipt(decision.about, held, len(data), "", seen_before=True)
    (said,) = read_files([Item(held, data)], desk)
    one = next(one for one in said if one.record.sha256 == decision.about)
    if has_parts([one], desk):
        with threads() as running:
            ((one,),) = gathered([Entry(held, decision.about, (one,))], desk, store, running)
    if one.pages:
        receipt = keep_bundle(one, store, decision.at)
    store.keep(receipt, one.record, one.findings, desk.reader, decision.at)
    pages_are_in(receipt, one, desk, store)
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
