"""Is the store whole? Every document is there and unharmed, every row has its document, the database is sound.

Each problem is a sentence that names the document and says what to do.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from pipeline.store.originals import Originals
from pipeline.store.tables import BUNDLE, enclosures, originals, readings, sightings

_DIGEST = re.compile(r"[0-9a-f]{64}")
SIGN_OFF = "sign-off"
"""The way of a version that was signed off: a document of our own, which nobody reads again."""
_BRING_BACK = "Put the document in the inbox again and run proforma ingest, or bring it back from a backup."


def database_problems(connection: Connection) -> Iterator[str]:
    """Yield what SQLite finds wrong with its own file; other databases look after themselves."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"The database is damaged: {said}. Put back the last backup of the store folder."
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"The database is damaged: row {row} of {table} belongs to a row of {parent} that is not there."


def document_problems(connection: Connection, kept: Originals) -> Iterator[str]:
    """Yield documents that are missing, damaged or not yet read, and files that belong to no row."""
    first = select(sightings.c.original, func.min(sightings.c.id).label("id")).group_by(sightings.c.original).subquery()
    names = select(first.c.original, sightings.c.file, sightings.c.via).join(sightings, sightings.c.id == first.c.id).subquery()
    rows = connection.execute(
        select(originals.c.sha256, names.c.file, names.c.via, func.count(readings.c.id).label("times_read"))
        .join(names, names.c.original == originals.c.id, isouter=True)
        .join(readings, readings.c.original == originals.c.id, isouter=True)
        .group_by(originals.c.id, originals.c.sha256, names.c.file, names.c.via)
        .order_by(originals.c.id)
    ).all()
    envelopes = select(originals.c.sha256).join(enclosures, enclosures.c.envelope == originals.c.id)
    opened = set(connection.scalars(envelopes))
    for row in rows:
        called = f"{row.file or 'A document'} (SHA-256 {row.sha256})"
        yield from _damage(kept, row.sha256, called)
        # an envelope is read where what lies in it is; a bundle that was not read yet is made again, or another of more pages
        to_read = row.sha256 not in opened and row.via not in (SIGN_OFF, BUNDLE)
        if to_read and not row.times_read:
            yield f"{called} has been kept but not read. Run proforma ingest."
    yield from _strays(kept, {row.sha256 for row in rows})


def _damage(kept: Originals, digest: str, called: str) -> Iterator[str]:
    try:
        if kept.read(digest) is None:
            yield f"{called} is damaged: its bytes are no longer those that came in. {_BRING_BACK}"
    except FileNotFoundError:
        yield f"{called} is missing from the store. {_BRING_BACK}"
    except OSError as error:
        yield f"{called} cannot be read ({error.strerror}). {_BRING_BACK}"


def _strays(kept: Originals, known: set[str]) -> Iterator[str]:
    for path in kept:
        if path.name in known and path == kept.path(path.name):
            continue
        if _DIGEST.fullmatch(path.name):
            yield f"{path} is a document that no row names; the program was stopped while taking it in. Copy it to the inbox and ingest it."
        else:
            yield f"{path} does not belong to the store; the program was stopped while writing it. It can be deleted."
