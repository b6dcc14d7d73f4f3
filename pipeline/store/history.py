"""Each partnership's history, from which its progress follows, and what people decided. Rows are only ever added."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from pipeline.model.history import Decision, DecisionKind, Event, Progress
from pipeline.store.tables import decisions, events, originals

_LEADS_TO = {
    DecisionKind.ACCEPT: Progress.ACCEPTED,
    DecisionKind.SIGN_OFF: Progress.SIGNED_OFF,
    DecisionKind.DECLINE: Progress.DECLINED,
    DecisionKind.NIL_RETURN: Progress.NIL_RETURN,
}
"""The decisions that move a partnership on; an override or a correction does not."""

BEFORE_A_REPLY = (Progress.NOT_SENT, Progress.DRAFTED, Progress.SENT, Progress.BOUNCED, Progress.OUT_OF_OFFICE)
"""Where a partnership stands that has not replied: no mail that goes out or comes back undoes more than these."""

_SAME = select(events.c.id).where(
    *(events.c[name].is_not_distinct_from(bindparam(name)) for name in ("partnership", "progress", "at", "cause", "original"))
)
"""Selects an event that is the same to the last letter."""


def add_event(connection: Connection, event: Event, original: int | None = None) -> None:
    """Add an event; the same one again, to the last letter, changes nothing."""
    row = {"partnership": event.partnership, "progress": event.progress.value, "at": event.at, "cause": event.cause, "original": original}
    if connection.execute(_SAME, row).first() is None:
        connection.execute(events.insert(), row)


_STANDS = (
    select(events.c.progress)
    .where(events.c.partnership == bindparam("partnership"))
    .order_by(events.c.at.desc(), events.c.id.desc())
    .limit(1)
)
"""Made once: it is asked for every message that goes out."""


def stands(connection: Connection, partnership: str) -> Progress:
    """Return where a partnership stands."""
    return Progress(connection.scalar(_STANDS, {"partnership": partnership}) or Progress.NOT_SENT)


def all_events(connection: Connection, partnership: str = "") -> tuple[Event, ...]:
    """Return what happened, in the order of time: to one partnership, or to all where none is named."""
    columns = (events.c.partnership, events.c.progress, events.c.at, events.c.cause, originals.c.sha256)
    query = select(*columns).join(originals, isouter=True).order_by(events.c.at, events.c.id)
    if partnership:
        query = query.where(events.c.partnership == partnership)
    return tuple(Event(row.partnership, Progress(row.progress), row.at, row.cause, row.sha256 or "") for row in connection.execute(query))


def returned(connection: Connection, partnership: str, file: str, original: int, at: datetime) -> None:
    """Note that a partnership's return has come."""
    add_event(connection, Event(partnership, Progress.RETURNED, at, f"the return {file}"), original)


def taken_back(connection: Connection, partnership: str, file: str, original: int, at: datetime) -> None:
    """Note that a document, read again, is not the return of a partnership after all: it stands where it stood before.

    Nothing is rewritten; the mistake and its correction both stay in the history.
    """
    before = Progress.NOT_SENT
    for number, progress in connection.execute(
        select(events.c.original, events.c.progress).where(events.c.partnership == partnership).order_by(events.c.at, events.c.id)
    ):
        if number == original:
            break
        before = Progress(progress)
    add_event(connection, Event(partnership, before, at, f"{file}, read again, is not this partnership's return"), original)


def add_decision(connection: Connection, decision: Decision) -> None:
    """Add a decision, and the event that it leads to; the same one again, to the last letter, changes nothing."""
    row = {**decision._asdict(), "kind": decision.kind.value}
    row["decided_by"] = row.pop("by")
    same = [decisions.c[name] == value for name, value in row.items()]
    if connection.execute(select(decisions.c.id).where(*same)).first() is None:
        connection.execute(decisions.insert().values(**row))
    if decision.kind in _LEADS_TO:
        add_event(connection, Event(decision.partnership, _LEADS_TO[decision.kind], decision.at, f"decided by {decision.by}"))


def all_decisions(connection: Connection, partnership: str = "") -> tuple[Decision, ...]:
    """Return what was decided, in the order in which it was: about one partnership, or about all where none is named."""
    query = select(decisions).order_by(decisions.c.at, decisions.c.id)
    if partnership:
        query = query.where(decisions.c.partnership == partnership)
    return tuple(
        Decision(DecisionKind(row.kind), row.partnership, row.about, row.value, row.decided_by, row.at, row.reason)
        for row in connection.execute(query)
    )
