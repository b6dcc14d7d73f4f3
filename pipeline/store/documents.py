"""The rows of the documents: which are kept, and each time that one was seen."""

from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.errors import StoreError
from pipeline.model.history import Sighting
from pipeline.store.tables import enclosures, originals, sightings


def find(connection: Connection, digest: str) -> int | None:
    """Return the row of a document; None where it is not kept."""
    return connection.scalar(select(originals.c.id).where(originals.c.sha256 == digest))


def get(connection: Connection, digest: str) -> int:
    """Return the row of a document.

    Raises:
        StoreError: it is not kept.
    """
    found = find(connection, digest)
    if found is None:
        raise StoreError(f"No document with SHA-256 {digest} is in the store.", "Take it in first: proforma ingest.")
    return found


def add(connection: Connection, digest: str, size: int, at: datetime) -> int:
    """Add the row of a document that is on the disk already, and return it."""
    connection.execute(originals.insert().values(sha256=digest, size=size, arrived=at))
    return get(connection, digest)


def seen(connection: Connection, original: int, file: str, via: str) -> bool:
    """Say whether a document has come in under this name and by this way before."""
    query = select(sightings.c.id).where(sightings.c.original == original, sightings.c.file == file, sightings.c.via == via)
    return connection.scalar(query) is not None


def add_sighting(connection: Connection, original: int, file: str, via: str, at: datetime) -> None:
    """Note that a document came in, once for each name and way."""
    if not seen(connection, original, file, via):
        connection.execute(sightings.insert().values(original=original, file=file, via=via, at=at))


def all_sightings(connection: Connection) -> tuple[Sighting, ...]:
    """Return each time that a document was seen under another name or by another way, in order."""
    query = select(originals.c.sha256, sightings.c.file, sightings.c.via, sightings.c.at).join(originals).order_by(sightings.c.id)
    return tuple(Sighting(*row) for row in connection.execute(query))


def enclose(connection: Connection, envelope: int, found: tuple[int, ...], reader: str) -> None:
    """Note what a reader found in an envelope, in order. The same again changes nothing."""
    if not enclosed(connection, envelope, reader):
        rows = [{"envelope": envelope, "original": original, "position": at, "reader": reader} for at, original in enumerate(found)]
        connection.execute(enclosures.insert(), rows)


def enclosed(connection: Connection, envelope: int, reader: str) -> tuple[str, ...]:
    """Return the SHA-256 of the documents that a reader found in an envelope, in order; none where it found no envelope."""
    query = (
        select(originals.c.sha256)
        .join(enclosures, enclosures.c.original == originals.c.id)
        .where(enclosures.c.envelope == envelope, enclosures.c.reader == reader)
        .order_by(enclosures.c.position)
    )
    return tuple(connection.scalars(query))
