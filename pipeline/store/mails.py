"""The mails that came in: which of a mailbox are kept, what each is, and which documents of them are still to be read."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from pipeline.model.history import Event, Progress, Receipt
from pipeline.model.post import Incoming, Nature
from pipeline.store import documents, history, readings
from pipeline.store.access import Access
from pipeline.store.originals import Originals
from pipeline.store.tables import enclosures, fetched, mails, originals, sightings

MAIL = "mail"
"""The way by which a document came that was collected from a mailbox."""


class Mails:
    """The mails that came in.

    Args:
        access: to the database.
        kept: the originals.
    """

    def __init__(self, access: Access, kept: Originals) -> None:
        self._access = access
        self._originals = kept

    def fetched(self, mailbox: str, validity: str) -> frozenset[str]:
        """Return the numbers of the mails of a mailbox that are kept here, as the server numbers them.

        Args:
            mailbox: its address, as `imap://user@host/INBOX`.
            validity: what the server says its numbers are good for (UIDVALIDITY).
        """
        with self._access.looking() as connection:
            query = select(fetched.c.uid).where(fetched.c.mailbox == mailbox, fetched.c.validity == validity)
            return frozenset(connection.scalars(query))

    def note_fetched(self, mailbox: str, validity: str, uid: str, sha256: str, at: datetime) -> None:
        """Note that a mail of a mailbox is kept. The same again changes nothing.

        Raises:
            StoreError: it could not be noted, or the mail is not in the store.
        """
        with self._access.changing() as connection:
            row = {"mailbox": mailbox, "validity": validity, "uid": uid}
            if connection.execute(select(fetched.c.id).filter_by(**row)).first() is None:
                connection.execute(fetched.insert().values(**row, original=documents.get(connection, sha256), at=at))

    def sort(self, incoming: Incoming, event: Event | None = None) -> None:
        """Keep what a mail is. What is said last counts; the same again changes nothing.

        Args:
            incoming: what it is, and whose.
            event: what that means for a partnership that has not replied; of one that has, it changes nothing. That somebody is away
                does not undo that a message came back.

        Raises:
            StoreError: it could not be kept, or the mail is not in the store.
        """
        row = incoming._asdict() | {"nature": incoming.nature.value}
        del row["sha256"]
        with self._access.changing() as connection:
            original = documents.get(connection, incoming.sha256)
            query = select(mails).where(mails.c.original == original).order_by(mails.c.id.desc()).limit(1)
            last = connection.execute(query).mappings().first()
            if last is None or any(last[name] != value for name, value in row.items()):
                connection.execute(mails.insert().values(**row, original=original))
            if event and (last is None or any(last[name] != row[name] for name in ("nature", "partnership"))):
                stands = history.stands(connection, event.partnership)
                bounced = (stands, event.progress) == (Progress.BOUNCED, Progress.OUT_OF_OFFICE)
                if stands in history.BEFORE_A_REPLY and not bounced:
                    history.add_event(connection, event)

    def incoming(self, partnership: str | None = None) -> tuple[Incoming, ...]:
        """Return the mails that came in, in the order of arrival.

        Args:
            partnership: only those of this one; the empty text for those of nobody yet; None for all.
        """
        query = _sorted()
        if partnership is not None:
            query = query.where(mails.c.partnership == partnership)
        with self._access.looking() as connection:
            return tuple(_incoming(row) for row in connection.execute(query))

    def holding(self, document: str) -> tuple[Incoming, ...]:
        """Return the mails in which a document lies.

        Args:
            document: its SHA-256.
        """
        inside = select(enclosures.c.envelope).join(originals, enclosures.c.original == originals.c.id)
        with self._access.looking() as connection:
            query = _sorted().where(mails.c.original.in_(inside.where(originals.c.sha256 == document)))
            return tuple(_incoming(row) for row in connection.execute(query))

    def unread(self, reader: str, but: frozenset[str] = frozenset()) -> tuple[Receipt, ...]:
        """Return the collected mails that this reader has not read, in the order of arrival.

        Args:
            reader: the version of the reader, and of whatever else a reading depends on.
            but: the SHA-256 of documents whose reading no longer counts.
        """
        columns = (originals.c.id, originals.c.sha256, originals.c.size, sightings.c.file)
        query = select(*columns).join(sightings).where(sightings.c.via == MAIL).order_by(originals.c.id, sightings.c.id)
        with self._access.looking() as connection:
            found = {row.id: row for row in connection.execute(query)}
            rows = [
                row
                for number, row in found.items()
                if not all(
                    one not in but and readings.made_by(connection, one, reader) is not None
                    for one in documents.enclosed(connection, number, reader) or (row.sha256,)
                )
            ]
        return tuple(Receipt(row.sha256, row.file, row.size, self._originals.shown(row.sha256), seen_before=True) for row in rows)


def _sorted() -> Select[Any]:
    """Select what each mail is, in the order of arrival."""
    newest = select(func.max(mails.c.id)).group_by(mails.c.original)
    return select(mails, originals.c.sha256).join(originals).where(mails.c.id.in_(newest)).order_by(originals.c.id)


def _incoming(row: Row[Any]) -> Incoming:
    said = {name: getattr(row, name) for name in Incoming._fields}
    return Incoming(**said | {"nature": Nature(row.nature)})
