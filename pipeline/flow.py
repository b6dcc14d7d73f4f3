"""START HERE: the journey of a round, one function a step.

    round folder ─► blanks ─► (the partnerships) ─► inbox ─► read ─► align ─► interpret ─► check ─► store ─► merge ─► papers

Every stage knows only the nouns in `pipeline.model`; this page alone knows the order.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.blanks import generating
from pipeline.bounded import Item
from pipeline.check.rules import check_record, check_round
from pipeline.desk import Desk, Said, read_files, read_return
from pipeline.errors import UnreadableError
from pipeline.intake.inbox import ENVELOPE, StillWaitingError, receive, waiting
from pipeline.merge.acceptance import accepted
from pipeline.merge.corrections import with_corrections
from pipeline.merge.plan import merge
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, DecisionKind, Reading, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.plans import Plan
from pipeline.model.records import Record
from pipeline.model.rounds import Partnership, Round

__all__ = ["Desk", "Said", "Taken", "read_return"]

if TYPE_CHECKING:  # loaded where they are used: a command that stores or publishes nothing need not wait for them
    from pipeline.desk.board import Seen
    from pipeline.model.board import Board
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
    """A file of the inbox that is kept and has yet to be read."""

    path: Path
    receipt: Receipt
    data: bytes


def ingest(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Take in every file that waits in the inbox: each is kept before anything looks inside, and then read. One never stops the others.

    A document that was read before, by the same program with the same form and register, is not read again.
    """
    entries: deque[tuple[Taken, ...] | _Received] = deque()

    def unread() -> Iterator[Item]:
        for path in waiting(desk.round):
            entry = _receive(path, desk, store, now)
            entries.append(entry)
            if isinstance(entry, _Received):
                yield Item(entry.receipt.file, entry.data)

    for said in read_files(unread(), desk, executor):
        while not isinstance(entry := entries.popleft(), _Received):
            yield from entry
        yield from _keep(entry, said, desk, store, now)
    for entry in entries:
        assert not isinstance(entry, _Received)
        yield from entry


def _receive(path: Path, desk: Desk, store: "Store", now: datetime) -> tuple[Taken, ...] | _Received:
    """Keep a file of the inbox, and return it where it is to be read."""
    try:
        receipt, data = receive(path, store, now, below=desk.round.inbox, limits=desk.round.limits)
    except (UnreadableError, StillWaitingError) as error:
        reason = Reason(error.reason) if isinstance(error, UnreadableError) else None
        message = f"{error} {error.hint}".strip()
        return (Taken(path, Record(path.name, "", "", Outcome.REFUSED, reason, message, round=desk.round.id), (), True),)
    known = store.known(receipt.sha256, desk.reader)
    if not known or not all(_as_assigned(one.record, desk) for one in known):
        return _Received(path, receipt, data)
    return tuple(Taken(path, one.record, one.findings, new=False) for one in known)


def _as_assigned(record: Record, desk: Desk) -> bool:
    """Say whether a reading is of the partnership that a person named; not where `assign` was stopped before it read the document again."""
    return desk.assigned.get(record.sha256, record.partnership) == record.partnership


def _keep(entry: _Received, said: tuple[Said, ...], desk: Desk, store: "Store", now: datetime) -> Iterator[Taken]:
    """Keep what the documents of a file said, and the documents that lay in it: each is one return, in however many mails it comes."""
    receipts = tuple(store.keep_original(one.data, one.record.file, ENVELOPE, now) if one.enclosed else entry.receipt for one in said)
    if any(one.enclosed for one in said):  # before any reading: whatever stops this here, the next run sees what is still to be read
        store.enclose(entry.receipt, receipts, desk.reader)
    for receipt, one in zip(receipts, said, strict=True):
        known = store.reading(receipt.sha256, desk.reader)
        if known and _as_assigned(known.record, desk):
            yield Taken(entry.path, known.record, known.findings, new=False)
        else:
            store.keep(receipt, one.record, one.findings, desk.reader, now)
            yield Taken(entry.path, one.record, one.findings, new=True)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    paths = waiting(desk.round)
    files = ((str(path.relative_to(desk.round.inbox)), path.read_bytes()) for path in paths)
    for path, said in zip(paths, read_documents(files, desk), strict=True):
        yield from (Taken(path, one.record, one.findings, True) for one in said)


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
    return Taken(Path(held), one.record, one.findings, True)


def checked(round_: Round, readings: Iterable[Reading], decisions: Iterable[Decision] = ()) -> tuple[Finding, ...]:
    """Return every finding of the round as it stands: in each return that counts, corrections made, and across them."""
    records = [with_corrections(reading.record, decisions) for reading in readings]
    return (*(finding for said in records for finding in check_record(said, round_)), *check_round(records, round_))


def standing(round_: Round, store: "Store") -> tuple[Reading, ...]:
    """Return the reading that counts of each partnership that has replied, in the order of the register."""
    current = store.current()
    return tuple(current[partnership.id] for partnership in round_.partnerships if partnership.id in current)


def plan(round_: Round, store: "Store") -> Plan:
    """Merge the returns that are accepted into one plan; of a partnership that is signed off, the version that was."""
    from pipeline.desk.signing import in_force, signed

    decisions, progress = in_force(store.decisions()), store.progress()
    readings = signed(round_, standing(round_, store), decisions, store)
    findings = checked(round_, readings, decisions)
    records = accepted(round_, [reading.record for reading in readings], findings, decisions, progress)
    return merge(round_, records, decisions, findings, progress)


def publish_papers(round_: Round, store: "Store") -> tuple[Path, ...]:
    """Write the delivery plan, the annex and the committee paper into the outbox."""
    from pipeline.publish.papers import publish

    return publish(plan(round_, store), round_.outbox / "plan")


def data(round_: Round, store: "Store") -> "Data":
    """Gather the answers of the returns that count, for export. A return that is no longer whole in the store stops it."""
    from pipeline.publish.data import Data

    readings = standing(round_, store)
    for reading in readings:
        store.original(reading.record.sha256)
    return Data(round_, tuple(reading.record for reading in readings), checked(round_, readings))


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
