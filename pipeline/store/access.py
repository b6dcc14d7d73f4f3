"""The way in which every part of the store looks at the database and changes it: whatever goes wrong is told in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from pipeline.store.database import Database
from pipeline.store.trouble import explained


class Access:
    """Access to the database of a store.

    Args:
        folder: of the store; for messages.
        database: open.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self._where = f"The store in {folder}"
        self._database = database

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Look at the database; everything seen is of one moment.

        Raises:
            StoreError: it cannot be read.
        """
        with explained(self._where), self._database.reading() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Change the database: all of it or, where the block raises, nothing.

        Raises:
            StoreError: it cannot be changed.
        """
        with explained(self._where), self._database.writing() as connection:
            yield connection
