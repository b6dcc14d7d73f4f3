"""The ledger of what goes out: one row a message, written before the wire, and every state that it came to.

It decides who may be written to again. It knows no protocol.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from pipeline.errors import StoreError
from pipeline.model.history import Event, Progress
from pipeline.model.post import Message, MessageKind, Posted, Posting
from pipeline.store import history
from pipeline.store.access import Access
from pipeline.store.tables import messages, postings

_MAY_FOLLOW: Mapping[Posting, tuple[Posting, ...]] = {
    Posting.QUEUED: (Posting.SENDING, Posting.DRAFTED, Posting.WITHDRAWN),
    Posting.SENDING: (Posting.SENT, Posting.FAILED, Posting.UNKNOWN, Posting.QUEUED),
    Posting.UNKNOWN: (Posting.SENT, Posting.FAILED),
    Posting.DRAFTED: (Posting.SENT, Posting.WITHDRAWN),
}
"""From `sending` back to `queued` only while nothing can have gone out; from `unknown` only by a person."""

_ON_ITS_WAY = (Posting.QUEUED, Posting.SENDING)

_LEADS_TO = {
    (MessageKind.PROFORMA, Posting.DRAFTED): Progress.DRAFTED,
    (MessageKind.PROFORMA, Posting.SENT): Progress.SENT,
    (MessageKind.QUERY, Posting.DRAFTED): Progress.QUERIED,
    (MessageKind.QUERY, Posting.SENT): Progress.QUERIED,
}
"""What a message's coming to stand somewhere means for its partnership."""


class Ledger:
    """What goes out.

    Args:
        access: to the database.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def queue(self, message: Message, at: datetime, *, again: bool = False) -> bool:
        """Write a message down, to be sent.

        Args:
            message: fixed to the last byte.
            at: when; it has a time zone.
            again: a person wants the partnership written to once more on this occasion.

        Returns:
            False where there was one for the occasion already – with `again`, where one is still on its way – and nothing was written.

        Raises:
            StoreError: it could not be kept.
        """
        return bool(self.queue_all((message,), at, again=again))

    def queue_all(self, several: Sequence[Message], at: datetime, *, again: bool = False) -> int:
        """Write messages down, to be sent, in one transaction; return how many were, as `queue` does.

        Raises:
            StoreError: they could not be kept; none was.
        """
        with self._access.changing() as connection:
            return sum(_queue(connection, message, at, again=again) for message in several)

    def move(self, message_id: str, state: Posting, at: datetime, said: str = "") -> None:
        """Note that a message came to stand somewhere else, and what that means for its partnership, in one transaction.

        Args:
            message_id: of the message.
            state: where it stands now.
            at: when; it has a time zone.
            said: what the server said, or why.

        Raises:
            StoreError: it could not be kept; there is no such message; or it cannot come to stand there from where it stands, as when
                another program moved it meanwhile.
        """
        self.move_all(((message_id, state, at, said),))

    def move_all(self, moves: Iterable[tuple[str, Posting, datetime, str]]) -> None:
        """Note of messages that they came to stand somewhere else, one after the other in one transaction: all of them or none.

        Args:
            moves: for each the Message-ID, the state, when, and what was said; as for `move`.

        Raises:
            StoreError: as for `move`; then none of them is noted.
        """
        steps = tuple(moves)
        with self._access.changing() as connection:
            found = {row.message_id: row for row in connection.execute(_OF_MESSAGES, {"several": [step[0] for step in steps]})}
            stands = {message_id: Posting(row.state) for message_id, row in found.items()}
            for message_id, state, _, _ in steps:
                _check(message_id, stands.get(message_id), state)
                stands[message_id] = state
            rows = [{"message": found[step[0]].id, "state": step[1].value, "at": step[2], "said": step[3]} for step in steps]
            connection.execute(postings.insert(), rows)
            for message_id, state, at, _ in steps:
                _tell(connection, found[message_id], state, at)

    def posted(self, partnership: str = "") -> tuple[Posted, ...]:
        """Return the messages and where each stands, in the order in which they were queued."""
        query = _query().where(messages.c.partnership == partnership) if partnership else _query()
        with self._access.looking() as connection:
            return tuple(_posted(row) for row in connection.execute(query.order_by(messages.c.id)))

    def mail(self, message_id: str) -> bytes:
        """Return a message as it goes over the wire.

        Raises:
            StoreError: there is no such message.
        """
        with self._access.looking() as connection:
            found: bytes | None = connection.scalar(_MAIL, {"message_id": message_id})
        if found is None:
            raise StoreError(f"No message {message_id} is in the ledger.", "List them: proforma status --post.")
        return found

    def abandon(self, at: datetime) -> tuple[Posted, ...]:
        """Note of every message whose sender ended meanwhile that nobody knows whether it went. No other sender may be at work.

        Returns:
            Those messages.
        """
        said = "The program ended while it was being sent. It may have gone out."
        with self._access.changing() as connection:
            left = connection.execute(_query().where(postings.c.state == Posting.SENDING.value)).all()
            for row in left:
                connection.execute(postings.insert().values(message=row.id, state=Posting.UNKNOWN.value, at=at, said=said))
        return tuple(_posted(row)._replace(state=Posting.UNKNOWN, at=at, said=said) for row in left)


_SHOWN = tuple(column for column in messages.c if column.name != "mail")


def _query() -> Select[Any]:
    """Select messages with where they stand."""
    newest = select(func.max(postings.c.id)).group_by(postings.c.message)
    return select(*_SHOWN, postings.c.state, postings.c.at, postings.c.said).join(postings).where(postings.c.id.in_(newest))


_MAIL = select(messages.c.mail).where(messages.c.message_id == bindparam("message_id"))
_STANDS: Select[Any] = select(*_SHOWN, postings.c.state, postings.c.at, postings.c.said).join(postings)
_ANY = postings.alias()
_NEWEST = select(func.max(_ANY.c.id)).where(_ANY.c.message == messages.c.id).correlate(messages).scalar_subquery()
_OF_MESSAGES = _STANDS.where(messages.c.message_id.in_(bindparam("several", expanding=True)), postings.c.id == _NEWEST)
"""Selects some messages with where each stands, without looking at the others."""
_LAST_OF = (
    _STANDS.where(*(messages.c[name] == bindparam(name) for name in ("kind", "partnership", "occasion")))
    .order_by(messages.c.attempt.desc(), postings.c.id.desc())
    .limit(1)
)
"""Selects the last message for an occasion."""


def _queue(connection: Connection, message: Message, at: datetime, *, again: bool) -> bool:
    occasion = {"kind": message.kind.value, "partnership": message.partnership, "occasion": message.occasion}
    found = connection.execute(_LAST_OF, occasion).first()
    last = _posted(found) if found else None
    if last and (not again or last.state in _ON_ITS_WAY):
        return False
    row = message._asdict() | {"recipients": "\n".join(message.recipients), "about": "\n".join(message.about)}
    row |= {"kind": message.kind.value, "queued": at, "attempt": last.attempt + 1 if last else 1}
    (number,) = connection.execute(messages.insert(), row).inserted_primary_key or (None,)
    connection.execute(postings.insert(), {"message": number, "state": Posting.QUEUED.value, "at": at, "said": ""})
    return True


def _check(message_id: str, stands: Posting | None, state: Posting) -> None:
    """See that a message can come to stand somewhere from where it stands."""
    if stands is None:
        raise StoreError(f"No message {message_id} is in the ledger.", "List them: proforma status --post.")
    if state not in _MAY_FOLLOW.get(stands, ()):
        raise StoreError(f"The message {message_id} is {stands}; it cannot become {state}.", "Look again: another program moved it.")


def _posted(row: Row[Any]) -> Posted:
    lines = (tuple(text.split("\n")) if text else () for text in (row.recipients, row.about))
    recipients, about = lines
    message = Message(row.message_id, MessageKind(row.kind), row.partnership, row.occasion, recipients, row.subject, about, b"")
    return Posted(message, Posting(row.state), row.queued, row.at, row.said, row.attempt)


def _tell(connection: Connection, row: Row[Any], state: Posting, at: datetime) -> None:
    """Add what a message's coming to stand somewhere means to its partnership's history. A proforma sent once more undoes no reply."""
    progress = _LEADS_TO.get((MessageKind(row.kind), state))
    if progress is None:
        return
    if row.kind != MessageKind.PROFORMA or history.stands(connection, row.partnership) in history.BEFORE_A_REPLY:
        history.add_event(connection, Event(row.partnership, progress, at, f"the {row.kind} {row.message_id}"))
