"""A name for the state of the store: another as soon as a row is added that a paper could show.

Rows are only ever added, so what a row holds need not be looked at; what tells it from the row that another copy of the store might have
got in its place does: its document, its maker and its moment.
"""

from hashlib import sha256

from sqlalchemy import Connection, select

from pipeline.store.tables import contact_log, decisions, enclosures, events, originals, readings, sightings

_SHOWN = (originals, sightings, enclosures, readings, events, decisions, contact_log)
_LARGE = "reading"
"""The column that is as long as a return."""


def state(connection: Connection) -> str:
    """Return the name of the state: the same rows have the same, in any copy of the store."""
    whole = sha256()
    for table in _SHOWN:
        columns = (column for column in table.columns if column.name != _LARGE)
        for row in connection.execute(select(*columns).order_by(table.c.id)):
            whole.update(repr(tuple(row)).encode("utf-8", "replace"))
    return whole.hexdigest()
