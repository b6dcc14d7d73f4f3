"""START HERE: the journey of a round, one function a step.

    round folder ─► blanks ─► (the partnerships) ─► inbox ─► read ─► align ─► interpret ─► check ─► store ─► merge ─► papers

Every stage knows only the nouns in `pipeline.model`; this page alone knows the order.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, read
from pipeline.align import Layout, align, layout
from pipeline.blanks import generating
from pipeline.blanks.compiling import compile_master
from pipeline.check.rules import check_record, check_round
from pipeline.errors import UnreadableError
from pipeline.intake.inbox import StillWaitingError, receive, waiting
from pipeline.interpret.record import record
from pipeline.merge.acceptance import accepted
from pipeline.merge.plan import merge
from pipeline.model.findings import Finding
from pipeline.model.history import Reading
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
    """Read one returned document; store nothing. A document that cannot be read is a record too, with its reason."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read.document(read.Source(data, file, desk.round.limits))
    except UnreadableError as error:
        message = f"{error} {error.hint}".strip()
        return Record(file, sha256, "", Outcome.REFUSED, Reason(error.reason), message, round=desk.round.id), ()
    said = record(document, align(document, desk.layout), desk.round, file, sha256)
    return said, check_record(said, desk.round) if said.outcome is Outcome.READ else ()


def take_in(path: Path, desk: Desk, store: "Store", now: datetime) -> Taken:
    """Bring one returned document from the inbox to the store. The original is kept before anything looks inside.

    A document that was read before, by the same program with the same form and register, is not read again.
    """
    receipt, data = receive(path, store, now, below=desk.round.inbox, limits=desk.round.limits)
    known = store.reading(receipt.sha256, desk.reader)
    if known is not None:
        return Taken(path, known.record, known.findings, new=False)
    said, findings = read_return(data, receipt.file, desk)
    store.keep(receipt, said, findings, desk.reader, now)
    return Taken(path, said, findings, new=True)


def ingest(desk: Desk, store: "Store", now: datetime) -> Iterator[Taken]:
    """Take in every file that waits in the inbox. One bad file never stops the others."""
    for path in waiting(desk.round):
        try:
            yield take_in(path, desk, store, now)
        except (UnreadableError, StillWaitingError) as error:
            reason = Reason(error.reason) if isinstance(error, UnreadableError) else None
            message = f"{error} {error.hint}".strip()
            yield Taken(path, Record(path.name, "", "", Outcome.REFUSED, reason, message, round=desk.round.id), (), True)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    for path in waiting(desk.round):
        said, findings = read_return(path.read_bytes(), str(path.relative_to(desk.round.inbox)), desk)
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
