"""Keeping what came: the documents of a file, what each said, and what follows for its partnership.

In such an order that whatever stops it, the next run finds what is still to be done. What is done twice has the effect of once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk.answering import progress_after, without_our_comments
from pipeline.desk.collecting import Ledger, Sorted
from pipeline.desk.desk import Desk
from pipeline.desk.said import Said
from pipeline.intake.inbox import BUNDLE, ENVELOPE
from pipeline.model.findings import Finding
from pipeline.model.history import Progress, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming
from pipeline.model.records import Record

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
class Received:
    """A file or a mail that is kept and has yet to be read."""

    path: Path
    receipt: Receipt
    data: bytes
    kept: bool = False
    """True where what lies in it is kept too."""


_NONE: Mapping[str, datetime] = {}
_BY_CHANCE = (Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED)
"""What may be the fault of the computer and not of the document: it was busy, or somebody ended the reading."""


def settled(record: Record, desk: Desk) -> bool:
    """Say whether a document need not be read again: nothing broke off, and it is of whom a person said, if anybody did.

    It is not where `assign` was stopped before it read the document again.
    """
    if record.outcome is Outcome.REFUSED:
        return record.reason not in _BY_CHANCE
    return desk.assigned.get(record.sha256, record.partnership) == record.partnership


def put_by(entry: Received, found: Sorted, store: "Store", now: datetime) -> tuple[Received, Sorted]:
    """Keep what lay in a file, and let go of the bytes until it is known what each document belongs to."""
    said = tuple(_light(one, store, now) for one in found.said)
    return replace(entry, data=b"", kept=True), found._replace(said=said)


def _light(one: Said, store: "Store", now: datetime) -> Said:
    """Return what a document said without its bytes, which are kept. A bundle may yet grow: it is kept when it is whole."""
    if one.pages:
        return one._replace(pages=tuple(_light(page, store, now) for page in one.pages))
    if one.enclosed:
        store.keep_original(one.data, one.record.file, ENVELOPE, now)
    return one._replace(data=b"")


def keep(
    entry: Received, found: Sorted, desk: Desk, store: "Store", sent: Ledger, now: datetime, whole: Mapping[str, datetime] = _NONE
) -> Iterator[Taken]:
    """Keep what the documents of a file said, and the documents that lay in it: each is one return, in however many mails it comes.

    Args:
        entry: the file.
        found: what it is, and what its documents said.
        desk: whose round it is.
        store: keeps it.
        sent: the messages of ours.
        now: when; it has a time zone.
        whole: when the last page of a bundle came, by the bundle's SHA-256; with this file where it is not there.
    """
    said, incoming = found.said, found.incoming
    receipts = tuple(_kept(one, entry, store, now, whole) for one in said)
    bundles = [_keep_bundle(*of, desk, store, sent, now) for of in zip(receipts, said, strict=True) if of[1].pages]
    if any(one.enclosed for one in said):  # before any other reading: whatever stops this here, the next run sees what is still to be read
        store.enclose(entry.receipt, receipts, desk.reader)
    if incoming:
        store.mails.sort(incoming, found.event)
    yield from (replace(taken, path=entry.path, incoming=incoming) for taken in bundles)
    for receipt, one in zip(receipts, said, strict=True):
        if not one.pages:
            answers = found.answers if receipt is entry.receipt else ""
            yield replace(_keep_one(receipt, one, desk, store, sent, now, answers), path=entry.path, incoming=incoming)


def _kept(one: Said, entry: Received, store: "Store", now: datetime, whole: Mapping[str, datetime]) -> Receipt:
    """Return the receipt of a document; one that lay in an envelope, or was put together, is kept first, and its pages are."""
    if not one.enclosed:
        return entry.receipt
    if entry.kept and not one.pages:
        return _known(one)
    for page in one.pages:
        _kept(page, entry, store, now, whole)
    if one.pages:
        return keep_bundle(one, store, whole.get(one.record.sha256) or whole_since([(entry.receipt.sha256, one)], store)[one.record.sha256])
    return store.keep_original(one.data, one.record.file, ENVELOPE, now)


def keep_bundle(one: Said, store: "Store", at: datetime) -> Receipt:
    """Keep a bundle as a document that came when the last of its pages did."""
    return store.keep_original(one.data, one.record.file, BUNDLE, at)


def whole_since(bundles: Iterable[tuple[str, Said]], store: "Store") -> dict[str, datetime]:
    """Return when the last page of each bundle came, by the bundle's SHA-256.

    Args:
        bundles: each with the SHA-256 of a file that holds pages of it; as often as there are such files.
        store: knows when documents came.
    """
    first: dict[str, datetime] = {}
    for seen in store.sightings():
        first[seen.sha256] = min(seen.at, first.get(seen.sha256, seen.at))
    found: dict[str, datetime] = {}
    for file, one in bundles:  # what lay in a mail came with it, however much later it was opened
        came = [first[sha256] for sha256 in (file, *(page.record.sha256 for page in one.pages if not page.enclosed)) if sha256 in first]
        found[one.record.sha256] = max([*came, *([found[one.record.sha256]] if one.record.sha256 in found else [])])
    return found


def _known(one: Said) -> Receipt:
    """Return the receipt of a document that is kept already."""
    return Receipt(one.record.sha256, one.record.file, len(one.data), "", seen_before=True)


def _keep_bundle(receipt: Receipt, one: Said, desk: Desk, store: "Store", sent: Ledger, now: datetime) -> Taken:
    """Keep what a bundle said, and then that its pages are read where it is.

    In this order: stopped in between, the next run reads the pages again and finds the bundle; the other way round they would wait for
    one that nobody may make again.
    """
    taken = _keep_one(receipt, one, desk, store, sent, now)
    pages_are_in(receipt, one, desk, store)
    return taken


def pages_are_in(receipt: Receipt, one: Said, desk: Desk, store: "Store") -> None:
    """Keep that the pages of a bundle are read where it is; of another document nothing."""
    for page in one.pages:
        if page.record.sha256 != receipt.sha256:  # where a page comes again whose bundle is there, that is among the pages
            store.enclose(_known(page), (receipt,), desk.reader)


def _keep_one(receipt: Receipt, one: Said, desk: Desk, store: "Store", sent: Ledger, now: datetime, answers: str = "") -> Taken:
    """Keep what a document said and what follows for its partnership, unless it is known."""
    known = store.reading(receipt.sha256, desk.reader)
    if known and settled(known.record, desk) and not _tells_more(one.record, known.record):
        return Taken(Path(receipt.file), known.record, known.findings, False)
    before = store.progress().get(one.record.partnership or "", Progress.NOT_SENT)
    record = without_our_comments(one.record, store)
    event = progress_after(record, answers, before, sent, now)
    new = store.keep(receipt, record, one.findings, desk.reader, now, answers=answers, event=event)
    return Taken(Path(receipt.file), record, one.findings, new)


def _tells_more(record: Record, known: Record) -> bool:
    """Say whether a document that was held came again in a mail that says whose it is."""
    return (known.outcome, record.outcome) == (Outcome.HELD, Outcome.READ)
