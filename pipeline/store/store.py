"""The store of a round, as the rest of the program uses it.

What is done twice has the effect of once. A change is on the disk when the call returns, or the call raises `StoreError`.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import StoreError
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, Event, Progress, Reading, Receipt, Sighting
from pipeline.model.post import LogEntry
from pipeline.model.records import Record
from pipeline.store import contacts, documents, history, inspection, readings, schema, state
from pipeline.store.access import Access
from pipeline.store.database import Database
from pipeline.store.ledger import Ledger
from pipeline.store.mails import Mails
from pipeline.store.originals import Originals
from pipeline.store.trouble import explained


class Store:
    """An open store. Use `Store.open`, and `with`, so that it is closed."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._access = Access(folder, database)
        self._originals = Originals(folder / "originals")
        self.ledger = Ledger(self._access)
        """What goes out by mail."""
        self.mails = Mails(self._access, self._originals)
        """What comes in by mail."""

    @classmethod
    def open(cls, round_folder: Path, database: str = "") -> "Store":
        """Open the store of a round; a fresh one is made where there is none.

        Args:
            round_folder: the folder of the round; the store is `store/` in it.
            database: a database URL, for one round alone; empty for the SQLite file in the store.

        Raises:
            StoreError: it cannot be made, read or written, or a newer version of the program made it.
        """
        folder = round_folder / "store"
        with explained(f"The store in {folder}"):
            for needed in (folder, folder / "originals"):
                needed.mkdir(mode=0o700, exist_ok=True)
            _probe(folder)
            opened = Database(database or URL.create("sqlite", database=str(folder / "proforma.db")))
            try:
                schema.prepare(opened)
            except BaseException:
                opened.close()
                raise
        return cls(folder, opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        with explained(f"The store in {self.folder}"):
            self._database.close()

    # Documents

    def keep_original(self, data: bytes, file: str, via: str, at: datetime) -> Receipt:
        """Keep a document as it came, before anything looks inside.

        Args:
            data: the whole document.
            file: the name it came with, as text for people.
            via: the way it came: inbox or mail.
            at: when it came; it has a time zone.

        Returns:
            The same receipt for the same bytes, with `seen_before` from the second time on.

        Raises:
            StoreError: it could not be kept for good; nothing is reported as kept.
        """
        digest = sha256(data).hexdigest()
        receipt = Receipt(digest, file, len(data), self._originals.shown(digest), seen_before=True)
        with self._access.looking() as connection:
            known = documents.find(connection, digest)
            if known and documents.seen(connection, known, file, via) and self._originals.holds(digest, data):
                return receipt
        with self._access.changing() as connection:
            known = documents.find(connection, digest)
            if known is None or not self._originals.holds(digest, data):
                self._originals.write(digest, data)
            original = known or documents.add(connection, digest, len(data), at)
            documents.add_sighting(connection, original, file, via, at)
        return receipt._replace(seen_before=known is not None)

    def original(self, digest: str) -> bytes:
        """Return a document as it came, after making sure that not one bit of it has changed.

        Args:
            digest: its SHA-256, in lower case.

        Raises:
            StoreError: it is not there, or it is damaged.
        """
        with self._access.looking() as connection:
            documents.get(connection, digest)
            try:
                data = self._originals.read(digest)
            except FileNotFoundError:
                data = None
        if data is None:
            raise StoreError(
                f"The document with SHA-256 {digest} is damaged or missing in the store.",
                "Put the document in the inbox again and run proforma ingest, or bring it back from a backup.",
            )
        return data

    def sightings(self) -> tuple[Sighting, ...]:
        """Return under which names, by which ways and when the documents came in, in order."""
        with self._access.looking() as connection:
            return documents.all_sightings(connection)

    # Readings

    def reading(self, digest: str, reader: str) -> Reading | None:
        """Return the reading of a document that stands, where this reader made it; None where it has still to be read.

        Args:
            digest: its SHA-256.
            reader: the version of the reader, and of whatever else a reading depends on.
        """
        with self._access.looking() as connection:
            made = readings.made_by(connection, digest, reader)
            return None if made is None else next(readings.fetch(connection, (made,)))

    def known(self, digest: str, reader: str) -> tuple[Reading, ...]:
        """Return the readings of a file by this reader: of the document, or of each one in an envelope.

        There are none where it was not read, nor where a document from an envelope is damaged here: opened again, the envelope mends it.

        Args:
            digest: its SHA-256.
            reader: the version of the reader, and of whatever else a reading depends on.
        """
        with self._access.looking() as connection:
            row = documents.find(connection, digest)
            inside = documents.enclosed(connection, row, reader) if row is not None else ()
            made = [readings.made_by(connection, one, reader) for one in inside or (digest,)]
            if None in made or not all(self._originals.whole(one) for one in inside):
                return ()
            by_sha256 = {reading.record.sha256: reading for reading in readings.fetch(connection, [one for one in made if one is not None])}
            return tuple(by_sha256[one] for one in inside or (digest,))

    def enclose(self, envelope: Receipt, found: tuple[Receipt, ...], reader: str) -> None:
        """Keep which documents a reader found in an envelope, in order. The same again changes nothing.

        Raises:
            StoreError: it could not be kept, or one of them is not in the store.
        """
        with self._access.changing() as connection:
            rows = tuple(documents.get(connection, one.sha256) for one in found)
            documents.enclose(connection, documents.get(connection, envelope.sha256), rows, reader)

    def keep(
        self,
        receipt: Receipt,
        record: Record,
        findings: tuple[Finding, ...],
        reader: str,
        at: datetime,
        *,
        answers: str = "",
        event: Event | None = None,
    ) -> bool:
        """Keep what a document said, and note in the history of its partnership that the return has come.

        What answers a query is no return: it takes the place of none, and its answers stand over those of the one that was asked about.

        Args:
            receipt: of the document.
            record: what was read, or why it could not be.
            findings: what the rules noticed in it.
            reader: the version of the reader, and of whatever else the reading depends on.
            at: when it was read; it has a time zone.
            answers: the Message-ID of the query that the document answers; empty for a return.
            event: what else it means for its partnership, in the same transaction.

        Returns:
            True where something new was kept; False where all of it was known.

        Raises:
            StoreError: it could not be kept, or the document is not in the store.
        """
        with self._access.changing() as connection:
            original = documents.get(connection, receipt.sha256)
            new = readings.add(connection, original, record, findings, reader, at, answers)
            if event is not None and new:
                history.add_event(connection, event, original)
        return new

    def current(self) -> Mapping[str, Reading]:
        """Return the reading that stands for each partnership, by its id, in the order of the ids."""
        with self._access.looking() as connection:
            found = readings.fetch(connection, readings.standing(readings.latest(connection)).values())
            by_id = {reading.record.partnership or "": reading for reading in found}
        return dict(sorted(by_id.items()))

    def standing(self, partnerships: Iterable[str]) -> Iterator[Reading]:
        """Yield the reading that stands for each of some partnerships, in the order given; one that has none is left out.

        They are fetched some at a time, so that a round of any size needs the memory of few; what comes in meanwhile is not seen.
        """
        with self._access.looking() as connection:
            stand = readings.standing(readings.latest(connection))
        for some in readings.runs([stand[one] for one in partnerships if one in stand]):
            with self._access.looking() as connection:
                found = tuple(readings.that_stand(connection, some))
            yield from found

    def amendments(self) -> Mapping[str, tuple[Reading, ...]]:
        """Return what answers queries about the returns that stand, by the partnership's id, in order of arrival."""
        with self._access.looking() as connection:
            rows = readings.amending(readings.latest(connection))
            found = readings.fetch(connection, [row for of_one in rows.values() for row in of_one])
            by_id: dict[str, list[Reading]] = {}
            for reading in found:
                by_id.setdefault(reading.record.partnership or "", []).append(reading)
        return {partnership: tuple(those) for partnership, those in sorted(by_id.items())}

    def readings(self) -> tuple[Reading, ...]:
        """Return every reading, in the order in which the documents arrived; what was superseded is among them."""
        with self._access.looking() as connection:
            return tuple(readings.fetch(connection))

    def held(self) -> tuple[Reading, ...]:
        """Return what waits for the officer: documents that were held or refused, each with its reason, in the order of arrival."""
        with self._access.looking() as connection:
            return tuple(readings.fetch(connection, readings.not_read(connection)))

    # History and decisions

    def record_event(self, event: Event) -> None:
        """Add to a partnership's history. The same event again, to the last letter, changes nothing.

        Raises:
            StoreError: it could not be kept, or names a document that is not in the store.
        """
        with self._access.changing() as connection:
            history.add_event(connection, event, documents.get(connection, event.original) if event.original else None)

    def history(self, partnership: str) -> tuple[Event, ...]:
        """Return what happened to a partnership's return, in the order of time."""
        with self._access.looking() as connection:
            return history.all_events(connection, partnership)

    def progress(self) -> Mapping[str, Progress]:
        """Return where each partnership stands, by its id; one to which nothing happened yet is left out."""
        with self._access.looking() as connection:
            last = {event.partnership: event.progress for event in history.all_events(connection)}
        return dict(sorted(last.items()))

    def decide(self, decision: Decision) -> None:
        """Keep what a person chose; acceptance and sign-off move the partnership on. The same again changes nothing."""
        with self._access.changing() as connection:
            history.add_decision(connection, decision)

    def decisions(self, partnership: str = "") -> tuple[Decision, ...]:
        """Return what was decided, in the order of time: about one partnership, or about all where none is named."""
        with self._access.looking() as connection:
            return history.all_decisions(connection, partnership)

    def log(self, entry: LogEntry) -> None:
        """Keep a line of the contact log. The same again changes nothing."""
        with self._access.changing() as connection:
            contacts.add(connection, entry)

    def contact_log(self, partnership: str = "") -> tuple[LogEntry, ...]:
        """Return the contact log in the order of time: of one partnership, or of all where none is named."""
        with self._access.looking() as connection:
            return contacts.entries(connection, partnership)

    def state(self) -> str:
        """Return a name for all that was read, that happened and that was decided: another as soon as there is more of it.

        It is made of the rows without what was read, so that it costs little; a row is never rewritten.
        """
        with self._access.looking() as connection:
            return state.state(connection)

    # Health

    def check(self) -> tuple[str, ...]:
        """Look at every document and every row, and return a sentence for each problem; nothing where all is well."""
        problems: list[str] = []
        try:
            with self._database.reading() as connection:
                problems.extend(inspection.database_problems(connection))
                problems.extend(inspection.document_problems(connection, self._originals))
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error)
            problems.append(f"The database is damaged: {cause}. Put back the last backup of the store folder.")
        return tuple(problems)


def _probe(folder: Path) -> None:
    """Find out at the start, before anything is taken in, that the store can be written.

    Raises:
        PermissionError: it cannot; a file system mounted for reading only counts as well.
    """
    for path in (folder, folder / "originals", folder / "proforma.db"):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
