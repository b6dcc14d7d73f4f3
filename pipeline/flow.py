"""START HERE: the journey of a round, one function a step.

    round folder ─► blanks ─► post ─► (the partnerships) ─► intake ─► read ─► align ─► interpret ─► check ─► store ─► merge ─► papers
                                ▲                                                                      │
                                └────────────────────────────── queries ◄──────────────────────────────┘

Every stage knows only the nouns in `pipeline.model`. This page knows the order; `pipeline.desk` does the work that takes several of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.blanks import generating
from pipeline.bounded import Item
from pipeline.check.rules import check_record, check_round
from pipeline.desk import Desk, Said, read_return, taking
from pipeline.desk.answering import standing as with_replies
from pipeline.desk.desk import at_desk
from pipeline.desk.gathering import read_together
from pipeline.desk.keeping import Taken
from pipeline.intake.mailbox import Kept, Left, Letterbox, gather
from pipeline.merge.acceptance import accepted
from pipeline.merge.corrections import by_partnership, with_corrections
from pipeline.merge.plan import merge
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, Reading
from pipeline.model.packed import Each, packed
from pipeline.model.plans import Plan
from pipeline.model.post import Incoming
from pipeline.model.rounds import Partnership, Round

__all__ = ["Desk", "Said", "Taken", "read_return"]

AT_HAND = 200
"""Readings of a round that are held as they are; more of them are packed."""

if TYPE_CHECKING:  # loaded where they are used: a command that stores or publishes nothing need not wait for them
    from pipeline.desk.asking import Asked
    from pipeline.desk.board import Seen
    from pipeline.desk.chasing import Case
    from pipeline.desk.comparing import Compared
    from pipeline.desk.delivering import Now
    from pipeline.desk.proofreading import Proofread
    from pipeline.desk.sending import Prospect
    from pipeline.model.board import Board
    from pipeline.model.post import Posted
    from pipeline.publish.data import Data
    from pipeline.store.store import Store


# -- out: blanks and letters -------------------------------------------------------------------------------------------


def generate(round_: Round) -> Iterator[tuple[Partnership, Path]]:
    """Write one blank for each partnership into the outbox."""
    return generating.generate(round_)


def publish_form(round_: Round) -> tuple[Path, ...]:
    """Write the form and the guidance letter for the public, without the details of any partnership or officer, into the outbox."""
    from pipeline.desk.public import public_copies

    return public_copies(round_)


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


# -- in: what comes back -----------------------------------------------------------------------------------------------


def desk(round_: Round, store: "Store | None" = None) -> Desk:
    """Return the desk of a round, with what people said of whose return a document is."""
    return at_desk(round_, store.decisions() if store else ())


def collect(letterbox: Letterbox, round_: Round, store: "Store", now: datetime) -> Iterator[Kept | Left]:
    """Keep every mail of a mailbox that is not kept yet; `read_mails` reads them. Nothing is deleted there."""
    return gather(letterbox, store, store.mails, now, round_.limits)


def ingest(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Take in every file that waits in the inbox, and every mail that was collected and not read. One never stops the others."""
    return taking.ingest(desk, store, now, executor)


def read_mails(desk: Desk, store: "Store", now: datetime, executor: Executor | None = None) -> Iterator[Taken]:
    """Read every mail that was collected and not read yet."""
    return taking.read_mails(desk, store, now, executor)


def preview(desk: Desk) -> Iterator[Taken]:
    """Read what waits in the inbox without storing anything."""
    return taking.preview(desk)


def read_documents(files: Iterable[tuple[str, bytes]], desk: Desk) -> Iterator[tuple[Said, ...]]:
    """Read files, each behind the wall, and store nothing; for an envelope, what each document in it said. Pages of one form are one."""
    return read_together((Item(name, data) for name, data in files), desk)


def explained(said: Iterable[Said], desk: Desk) -> Iterator[str]:
    """Show documents that were read as pages of HTML, every answer marked in place."""
    from pipeline.desk.explaining import explain

    return explain(said, desk)


def assign(decision: Decision, round_: Round, store: "Store") -> Taken:
    """Read a document that was held or refused again, now that a person said whose it is."""
    return taking.assign(decision, round_, store)


def assign_mail(decision: Decision, incoming: Incoming, file: str, store: "Store") -> Incoming:
    """Keep whose a mail is that nobody could be matched with, now that a person said so, and what it means for that partnership."""
    return taking.assign_mail(decision, incoming, file, store)


# -- what it says, and what is asked back ------------------------------------------------------------------------------


def standing(round_: Round, store: "Store") -> Sequence[Reading]:
    """Return the reading that counts of each partnership that has replied, what answered queries over it, in the order of the register."""
    return packed(with_replies(round_, store), AT_HAND)


def checked(round_: Round, readings: Sequence[Reading], decisions: Iterable[Decision] = ()) -> tuple[Finding, ...]:
    """Return every finding of the round as it stands: in each return that counts, corrections made, and across them."""
    about = by_partnership(decisions)
    records = Each(readings, lambda reading: with_corrections(reading.record, about.get(reading.record.partnership or "", ())))
    return (*(finding for said in records for finding in check_record(said, round_)), *check_round(records, round_))


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


# -- where the round stands --------------------------------------------------------------------------------------------


def case(round_: Round, store: "Store") -> "Case":
    """Return the round as it stands: what came, what is open in it, and what went out."""
    from pipeline.desk.chasing import Case

    readings = standing(round_, store)
    return Case(round_, store, readings, checked(round_, readings, store.decisions()))


def seen(round_: Round, store: "Store", on: date) -> "Seen":
    """Return what the store holds of a round, as of the end of a day."""
    from pipeline.desk.board import Seen

    return Seen(round_, store, on, standing(round_, store), lambda readings, decisions: checked(round_, tuple(readings), decisions))


def board(round_: Round, store: "Store", on: date) -> "Board":
    """Say where each partnership stands on a day, what is due, and what the officer does next."""
    from pipeline.desk.board import put_together
    from pipeline.desk.todo import with_todo

    then = seen(round_, store, on)
    return with_todo(then, put_together(then))


# -- papers ------------------------------------------------------------------------------------------------------------


def report_progress(round_: Round, store: "Store", on: date, *, public: bool = False) -> Path:
    """Write the progress report: what the returns that had come by a day say so far, accepted or not, and where the round stood.

    With `public`, without personal details.
    """
    from pipeline.desk.board import put_together
    from pipeline.desk.mastering import naming_tags
    from pipeline.publish.interim import publish_interim
    from pipeline.publish.publication import public_board, publication

    then = seen(round_, store, on)
    readings = tuple(then.readings.values())
    findings = checked(round_, readings, then.decisions)
    so_far = merge(round_, [reading.record for reading in readings], then.decisions, findings, then.progress)
    with naming_tags(round_):
        if public:
            return publish_interim(publication(so_far), public_board(put_together(then)), round_.outbox / "publication")
        return publish_interim(so_far, put_together(then), round_.outbox / "plan")


def copies_without_word(papers: Iterable[Path]) -> tuple[Path, ...]:
    """Write Word papers for those without Word: as PDF/UA, and where LibreOffice is installed as OpenDocument."""
    from pipeline.publish.portable import portable

    return portable(papers)


def plan(round_: Round, store: "Store") -> Plan:
    """Merge the returns that are accepted into one plan; of a partnership that is signed off, the version that was."""
    from pipeline.desk.signing import in_force, signed

    decisions, progress, received = in_force(store.decisions()), store.progress(), dict[str, date]()

    def came() -> Iterator[Reading]:
        for reading in with_replies(round_, store):
            received[reading.record.partnership or ""] = reading.arrived.date()
            yield reading

    readings = packed(signed(round_, came(), decisions, store), AT_HAND)
    findings = checked(round_, readings, decisions)
    records = accepted(round_, (reading.record for reading in readings), findings, decisions, progress)
    return merge(round_, records, decisions, findings, progress, received)


def proofread(round_: Round, store: "Store", on: date | None = None) -> "Proofread":
    """Read the papers before they go out: what is wrong with them, as of a day where one is given."""
    from pipeline.desk import proofreading
    from pipeline.desk.mastering import naming_tags

    state = store.state()  # first: what comes in from now on is to make the papers again
    with naming_tags(round_):
        return proofreading.proofread(plan(round_, store), store.decisions(), on)._replace(state=state)


def publish_papers(round_: Round, store: "Store", *, public: bool = False, read: "Proofread | None" = None) -> tuple[Path, ...]:
    """Write the delivery plan, the annex and the committee paper into the outbox, also for those without Word.

    With `public`, without personal details. With `read`, as they were read; otherwise they are read first.
    """
    from pipeline.desk.mastering import naming_tags
    from pipeline.publish.papers import publish
    from pipeline.publish.portable import portable
    from pipeline.publish.publication import public_flaws, publication

    merged, flaws, state = read or proofread(round_, store)
    folder = round_.outbox / ("publication" if public else "plan")
    with naming_tags(round_):
        if public:
            papers = publish(publication(merged), folder, public_flaws(flaws), state)
        else:
            papers = publish(merged, folder, flaws, state, store.original)
    return (*papers, *portable(paper for paper in papers if paper.suffix == ".docx"))


def data(round_: Round, store: "Store") -> "Data":
    """Gather the answers of the returns that count, for export. A return that is no longer whole in the store stops it."""
    from pipeline.publish.data import Data

    readings = standing(round_, store)
    for reading in readings:
        store.original(reading.record.sha256)
    return Data(round_, tuple(reading.record for reading in readings), checked(round_, readings))
