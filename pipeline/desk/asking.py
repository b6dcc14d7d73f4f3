"""Findings become questions, and the questions go back to the partnership with its own return.

What was asked of a return is not asked again while that return stands: a chair who is written to twice by mistake trusts nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from pipeline.asking.marking import Spot
from pipeline.blanks.compiling import compile_master
from pipeline.blanks.generating import blank_name
from pipeline.blanks.prefilling import prefilled
from pipeline.check.rules import check_record, check_round
from pipeline.desk import sending
from pipeline.desk.answering import standing
from pipeline.desk.giving import Made, Order, from_blank, own_return
from pipeline.errors import UnreadableError
from pipeline.merge.corrections import with_corrections
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import DecisionKind
from pipeline.model.post import MessageKind, Posting
from pipeline.model.queries import Question, where
from pipeline.model.records import Answer, Record, State
from pipeline.model.rounds import Partnership, Round
from pipeline.post.letters import Attachment
from pipeline.store.store import Store

_ASKS = (Severity.ERROR, Severity.QUERY)
_NOT_ASKED = (Posting.FAILED, Posting.WITHDRAWN)
_WHOSE = 16
"""Characters of a return's SHA-256 with which the occasion of a query begins."""
_WORD = "docx"


class Query(NamedTuple):
    """What is to be asked of a partnership."""

    partnership: Partnership
    record: Record
    """Its return, with what was answered since over it."""
    questions: tuple[Question, ...]
    """Those that are new."""
    asked: tuple[Finding, ...]
    """What was asked already and is still open."""

    @property
    def occasion(self) -> str:
        """What the query is about, for the ledger: this return, and these questions."""
        keys = "\n".join(question.finding.key for question in self.questions)
        return f"{self.record.sha256[:_WHOSE]}-{sha256(keys.encode()).hexdigest()[:12]}"


def queries(round_: Round, store: Store, only: Iterable[str] = (), *, again: bool = False) -> Iterator[Query]:
    """Yield what is to be asked of each partnership whose return counts, in the order of the register.

    Args:
        round_: the round.
        store: has the returns, the decisions and what was asked before.
        only: the ids of the partnerships; of all where there are none.
        again: True where what was asked of this return already is asked once more.
    """
    readings = tuple(standing(round_, store))
    wanted = frozenset(only)
    decisions = store.decisions()
    overridden = {decision.about for decision in decisions if decision.kind is DecisionKind.OVERRIDE}
    corrected = {reading.record.partnership: with_corrections(reading.record, decisions) for reading in readings}
    across = check_round(list(corrected.values()), round_)
    for reading in readings:
        record = reading.record
        partnership = round_.by_id[record.partnership or ""]
        if wanted and partnership.id not in wanted:
            continue
        found = [*check_record(corrected[partnership.id], round_), *(one for one in across if one.partnership == partnership.id)]
        open_ = [one for one in found if one.severity in _ASKS and one.key not in overridden]
        before = () if again else asked_about(store, partnership.id, record.sha256)
        new = [one for one in open_ if one.key not in before]
        asked = tuple(Question(number, one, where(round_.form, one.field)) for number, one in enumerate(new, 1))
        if open_:
            yield Query(partnership, record, asked, tuple(one for one in open_ if one.key in before))


def asked_about(store: Store, partnership: str, of: str = "") -> frozenset[str]:
    """Return the keys of the findings that a partnership was asked about.

    Args:
        store: has the messages.
        partnership: its id.
        of: the SHA-256 of the return that was asked about; empty for any.
    """
    return frozenset(
        key
        for posted in store.ledger.posted(partnership)
        if posted.message.kind is MessageKind.QUERY and posted.state not in _NOT_ASKED and posted.message.occasion.startswith(of[:_WHOSE])
        for key in posted.message.about
    )


class Back(NamedTuple):
    """The Word file that goes back to a partnership."""

    name: str
    """In ASCII, with the reference."""
    made: Made
    own: bool
    """True where it is the partnership's own return; False where a blank was filled in with what was read."""


def word_file(query: Query, round_: Round, store: Store, now: datetime) -> Back:
    """Return the Word file that goes with a query: the partnership's own return, or a blank with what was read in it.

    Args:
        query: what is asked.
        round_: the round.
        store: has the return as it came.
        now: the time of the comments; has a time zone.

    Raises:
        StoreError: the return is damaged in the store.
    """
    name = f"{blank_name(round_, query.partnership).removesuffix('.docx')} questions.docx"
    author = round_.contacts[0].name if round_.contacts else round_.post.name or round_.name
    returned = store.current()[query.partnership.id].record
    if returned.format == _WORD:
        spots = tuple(_spot(question, returned) for question in query.questions)
        order = Order(compile_master(round_).stamp(query.partnership), spots, author, now, round_.limits)
        try:
            return Back(name, own_return(store.original(returned.sha256), returned.file, order), own=True)
        except UnreadableError:
            pass  # what made it took too much: the blank says the same
    blank = prefilled(round_, query.partnership, query.record)
    spots = tuple(_tagged(question, query.record) for question in query.questions)
    return Back(name, from_blank(blank, Order(b"", spots, author, now, round_.limits)), own=False)


def _spot(question: Question, record: Record) -> Spot:
    """Say where in a return a question is put: at the words, or the empty slots, of the answers that it is about."""
    places = [
        (passage.place, passage.text)
        for answer in _concerned(question.finding.field, record)
        for passage in answer.passages
        if passage.place.part or passage.place.paragraph
    ]
    return Spot(question, tuple(place for place, _ in places), tuple(quote for _, quote in places))


def _tagged(question: Question, record: Record) -> Spot:
    """Say which controls of a blank a question is about."""
    fields = [answer.field for answer in _concerned(question.finding.field, record)] or [question.finding.field]
    several = [other for field in fields for other in (field.rpartition("[")[0] if field.endswith("]") else f"{field}[1]",)]
    return Spot(question, tags=tuple(dict.fromkeys((*fields, *several))))


def _concerned(path: str, record: Record) -> Sequence[Answer]:
    """Return the answers that a finding is about; of a whole item those that are empty, and where none has a slot, what names the item."""
    placed = [answer for answer in record.answers if answer.place.part or answer.place.paragraph]
    while path:
        own = [answer for answer in placed if answer.field == path or answer.field.startswith((f"{path}[", f"{path}."))]
        exact = [answer for answer in own if answer.field == path]
        empty = [answer for answer in own if answer.state is not State.GIVEN]
        if exact or empty or own:
            return exact or empty or own[:1]
        path = path.rpartition(".")[0] if "." in path.rpartition("]")[2] else path.rpartition("[")[0]
    return ()


def queue(query: Query, back: Back, round_: Round, store: Store, now: datetime, *, again: bool = False) -> bool:
    """Put a query into the ledger, to be sent with the letters. The same again does nothing.

    Raises:
        MailError: the register has no address for the partnership.
        SetupError: there is a mistake in the kit's text.
        StoreError: it could not be kept.
    """
    facts = {
        "queries": [{"number": one.number, "where": one.where, "question": one.finding.message} for one in query.questions],
        "returned": back.own,
    }
    about = tuple(question.finding.key for question in query.questions)
    files = (Attachment(back.name, back.made.data),)
    occasion = sending.Occasion(MessageKind.QUERY, query.partnership, query.occasion, facts, files, about, again=again)
    return sending.queue(occasion, sending.Office(round_, store, now))


class Asked(NamedTuple):
    """What became of a query."""

    query: Query
    back: Back | None
    """None where nothing new is asked."""
    queued: bool


def ask(round_: Round, store: Store, only: Iterable[str], now: datetime, *, again: bool = False, queueing: bool = False) -> Iterator[Asked]:
    """Make the queries of a round, and queue them where told; errors as `word_file` and `queue`."""
    for query in queries(round_, store, only, again=again):
        back = word_file(query, round_, store, now) if query.questions else None
        yield Asked(query, back, bool(queueing and back and queue(query, back, round_, store, now, again=again)))


__all__ = ["Asked", "Back", "Query", "ask", "asked_about", "queries", "queue", "word_file"]
