"""The log of contacts that happened outside this program: calls, meetings, help offered. Lines are only ever added."""

from sqlalchemy import Connection, select

from pipeline.model.post import LogEntry, LogKind
from pipeline.store.tables import contact_log


def add(connection: Connection, entry: LogEntry) -> None:
    """Add a line; the same one again, to the last letter, changes nothing."""
    row = {"partnership": entry.partnership, "kind": entry.kind.value, "at": entry.at, "noted_by": entry.by, "words": entry.words}
    if connection.execute(select(contact_log.c.id).where(*(contact_log.c[name] == value for name, value in row.items()))).first() is None:
        connection.execute(contact_log.insert().values(**row))


def entries(connection: Connection, partnership: str = "") -> tuple[LogEntry, ...]:
    """Return the lines in the order of time: of one partnership, or of all where none is named."""
    query = select(contact_log).order_by(contact_log.c.at, contact_log.c.id)
    if partnership:
        query = query.where(contact_log.c.partnership == partnership)
    return tuple(LogEntry(row.partnership, LogKind(row.kind), row.at, row.noted_by, row.words) for row in connection.execute(query))
