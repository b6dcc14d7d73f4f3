"""The way to the database: SQLite in the store's folder, or any other by URL.

SQLite: write-ahead log, every commit on the disk before it is reported (synchronous=FULL), foreign keys enforced. A writer takes the
write lock when it begins and waits its turn, so two programs at once never fail half-way through. PostgreSQL: the same by an
advisory lock.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from pipeline.errors import StoreError

PATIENCE_MS = 30_000
"""How long a writer waits for another one before it gives up."""

_PURPOSE = "proforma_purpose"

_TURN = 20301114
"""The number of the lock that writers take on PostgreSQL, where others than us may lock as well."""


class Database:
    """An open database.

    Args:
        url: where it is. A SQLite file is made where there is none, readable by its owner alone.

    Raises:
        StoreError: the URL is none, or its driver is not installed.
        OSError: the file cannot be made.
    """

    def __init__(self, url: str | URL) -> None:
        try:
            self.url = make_url(url)
            self.engine: Engine = create_engine(self.url)
        except (ArgumentError, NoSuchModuleError) as error:
            raise StoreError("The database's address is not one.", "Write it as in postgresql+psycopg://user@host/name.") from error
        except ModuleNotFoundError as error:
            raise StoreError(f"The database needs the Python package {error.name}.", f"Run: pip install {error.name}") from error
        if self.file is not None:
            _make_private(self.file)
            event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for other kinds."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look at the database; everything seen is of one moment."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Change the database: all of it or, where the block raises, nothing."""
        with self.engine.execution_options(**{_PURPOSE: "write"}).begin() as connection:
            yield connection

    @contextmanager
    def altering(self) -> Iterator[Connection]:
        """Change the tables themselves: all of it or nothing.

        SQLite alters a table by making it anew, which foreign keys would forbid: they rest meanwhile.
        Source: sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes".
        """
        self.engine.dispose()
        with self.engine.execution_options(**{_PURPOSE: "alter"}).begin() as connection:
            yield connection
        self.engine.dispose()

    def close(self) -> None:
        """Let go of the database; its write-ahead log is folded in."""
        self.engine.dispose()


def _make_private(file: Path) -> None:
    if not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(connection: DBAPIConnection, record: Any) -> None:
    """Set a new SQLite connection up.

    Python's own transaction control is switched off, as it would begin too late and without the lock.
    Source: docs.sqlalchemy.org, SQLite dialect, "Serializable isolation / Savepoints / Transactional DDL".
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {PATIENCE_MS}", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; a writer waits here for the one before it to end."""
    purpose = connection.get_execution_options().get(_PURPOSE)
    if connection.dialect.name == "postgresql" and purpose:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
    if connection.dialect.name == "sqlite":
        if purpose == "alter":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if purpose else "BEGIN")
