"""START HERE: the journey of a round, one function a step.

    round folder ─► blanks ─► (the partnerships) ─► inbox ─► read ─► align ─► interpret ─► check ─► store ─► merge ─► papers

Every stage knows only the nouns in `pipeline.model`; this page alone knows the order.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, read
from pipeline.align import Layout, align, layout
from pipeline.blanks import generating
from pipeline.blanks.compiling import compile_master
from pipeline.bounded import Item, Work, read_all
from pipeline.check.rules import check_record, check_round
from pipeline.errors import UnreadableError
from pipeline.intake.inbox import StillWaitingError, receive, waiting
from pipeline.interpret.record import record
from pipeline.merge.acceptance import accepted
from pipeline.merge.plan import merge
from pipeline.model.contract import reading_as_json, reading_from_json
from pipeline.model.findings import Finding
from pipeline.model.history import Reading, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.plans import Plan
from pipeline.model.records import Record
from pipeline.model.rounds import Partnership, Round

if TYPE_CHECKING:  # loaded where they are used: a command that stores or publishes nothing need not wait for them
    from pipeline.publish.data import Data
    from pipeline.store.store import Store


@dataclass(frozen=True)
class Desk:
    """A round on the officer's desk: what reading its returns needs, compiled once."""

    round: Round

    @cached_property
    def layout(self) -> Layout:
        """The blank that was issued, as a reader sees it."""
        return layout(self.round.form, read.document(read.Source(self.blank)), self._brought())

    @cached_property
    def blank(self) -> bytes:
        """The blank of the first partnership: what the master makes of the round."""
        return compile_master(self.round).stamp(self.round.partnerships[0])

    def _brought(self) -> Iterator[str]:
        """Yield everything that a blank of the round may be prefilled with."""
        for partnership in self.round.partnerships:
            yield from partnership.columns.values()
            yield from (line for lines in partnership.lists.values() for line in lines)
        yield from (term.shown for terms in self.round.vocabularies.values() for term in terms)

    @cached_property
    def reader(self) -> str:
        """Names everything that a reading depends on, so that a return is read again when any of it changes."""
        round_ = self.round
        depends = (round_.form.model_dump_json(), repr((round_.partnerships, round_.vocabularies, round_.period, round_.horizon)))
        return f"{__version__}+{hashlib.sha256(''.join(depends).encode() + self.blank).hexdigest()[:12]}"


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


def read_return(data: bytes, file: str, desk: Desk) -> tuple[Record, tuple[Finding, ...]]:
    """Read one returned document in this process; store nothing. One that cannot be read is a record too, with its reason.

    The program itself reads behind the wall: `read_returns`.
    """
    try:
        document = read.document(read.Source(data, file, desk.round.limits))
    except UnreadableError as error:
        return _refused(data, file, desk, error), ()
    said = record(document, align(document, desk.layout), desk.round, file, hashlib.sha256(data).hexdigest())
    return said, check_record(said, desk.round) if said.outcome is Outcome.READ else ()


def set_up(round_: Round) -> Desk:
    """Return the desk of a round, for the process that reads. Its blank is read once: what the first reading makes, each later one has."""
    desk = Desk(round_)
    read_return(desk.blank, "", desk)
    return desk


def say(desk: Desk, data: bytes, file: str) -> bytes:
    """Read one returned document, and say it in the words that pass the wall: the JSON of docs/json.md."""
    return json.dumps(reading_as_json(*read_return(data, file, desk))).encode()


def read_returns(items: Iterable[Item], desk: Desk, executor: Executor | None = None) -> Iterator[tuple[Record, tuple[Finding, ...]]]:
    """Read returned documents behind the wall, several at a time; store nothing.

    Args:
        items: the documents; asked for as they are read.
        desk: whose round it is.
        executor: what runs the readings; a thread for each processor where None, each with a process that reads.

    Yields:
        The record and the findings of each, in the order given. One that hung, broke off or took too much is a record with that reason.
    """
    work = Work("pipeline.flow:set_up", "pipeline.flow:say", desk.round)
    asked: deque[Item] = deque()

    def asking() -> Iterator[Item]:
        for item in items:
            asked.append(item)
            yield item

    with nullcontext(executor) if executor else ThreadPoolExecutor(os.cpu_count()) as running:
        for answer in read_all(asking(), work, running):
            yield _reading(asked.popleft(), answer, desk)


def _reading(item: Item, answer: bytes | UnreadableError, desk: Desk) -> tuple[Record, tuple[Finding, ...]]:
    """Return what came through the wall as a record. Whatever it says of the file itself is not believed."""
    try:
        if isinstance(answer, UnreadableError):
            raise answer
        said = json.loads(answer)
        return reading_from_json({**said, "file": item.name, "sha256": hashlib.sha256(item.data).hexdigest(), "round": desk.round.id})
    except UnreadableError as error:
        return _refused(item.data, item.name, desk, error), ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        nonsense = UnreadableError(Reason.CRASHED, "What reads such files gave an answer that makes no sense.", "Open it by hand.")
        return _refused(item.data, item.name, desk, nonsense), ()


def _refused(data: bytes, file: str, desk: Desk, error: UnreadableError) -> Record:
    message = f"{error} {error.hint}".strip()
    return Record(file, hashlib.sha256(data).hexdigest(), "", Outcome.REFUSED, Reason(error.reason), message, round=desk.round.id)


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
    entries: deque[Taken | _Received] = deque()

    def unread() -> Iterator[Item]:
        for path in waiting(desk.round):
            entry = _receive(path, desk, store, now)
            entries.append(entry)
            if isinstance(entry, _Received):
                yield Item(entry.receipt.file, entry.data)

    for said, findings in read_returns(unread(), desk, executor):
        while isinstance(entry := entries.popleft(), Taken):
            yield entry
        yield _keep(entry, said, findings, desk, store, now)
    for entry in entries:
        assert isinstance(entry, Taken)
        yield entry


def _receive(path: Path, desk: Desk, store: "Store", now: datetime) -> Taken | _Received:
    """Keep a file of the inbox, and return it where it is to be read."""
    try:
        receipt, data = receive(path, store, now, below=desk.round.inbox, limits=desk.round.limits)
    except (UnreadableError, StillWaitingError) as error:
        reason = Reason(error.reason) if isinstance(error, UnreadableError) else None
        message = f"{error} {error.hint}".strip()
        return Taken(path, Record(path.name, "", "", Outcome.REFUSED, reason, message, round=desk.round.id), (), True)
    known = store.reading(receipt.sha256, desk.reader)
    return _Received(path, receipt, data) if known is None else Taken(path, known.record, known.findings, new=False)


def _keep(entry: _Received, said: Record, findings: tuple[Finding, ...], desk: Desk, store: "Store", now: datetime) -> Taken:
    """Keep what a document said. The same document may have been read under another name meanwhile."""
    known = store.reading(entry.receipt.sha256, desk.reader)
    if known is not None:
        return Taken(entry.path, known.record, known.findings, new=False)
    store.keep(entry.receipt, said, findings, desk.reader, now)
    return Taken(entry.path, said, findings, new=True)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    paths = waiting(desk.round)
    items = (Item(str(path.relative_to(desk.round.inbox)), path.read_bytes()) for path in paths)
    for path, (said, findings) in zip(paths, read_returns(items, desk), strict=True):
        yield Taken(path, said, findings, True)


def checked(round_: Round, readings: Iterable[Reading]) -> tuple[Finding, ...]:
    """Return every finding of the round as it stands: in each return that counts, and across them."""
    records = [reading.record for reading in readings]
    return (*(finding for said in records for finding in check_record(said, round_)), *check_round(records, round_))


def standing(round_: Round, store: "Store") -> tuple[Reading, ...]:
    """Return the reading that counts of each partnership that has replied, in the order of the register."""
    current = store.current()
    return tuple(current[partnership.id] for partnership in round_.partnerships if partnership.id in current)


def plan(round_: Round, store: "Store") -> Plan:
    """Merge the returns that are accepted into one plan."""
    readings = standing(round_, store)
    findings, decisions = checked(round_, readings), store.decisions()
    records = accepted(round_, [reading.record for reading in readings], findings, decisions)
    return merge(round_, records, decisions, findings, store.progress())


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
