"""Make the tables of a fresh store, bring an older store up to date, and leave a newer one alone.

A fresh store gets its tables from `tables.py` and the stamp of the newest revision; Alembic is loaded only where an older store
has to be changed, since that import alone takes longer than opening a store.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from pipeline.errors import StoreError
from pipeline.store import tables
from pipeline.store.database import Database
from pipeline.store.originals import settle

SCRIPTS = Path(__file__).parent / "migrations"


def prepare(database: Database, head: str = tables.HEAD, scripts: Path = SCRIPTS) -> None:
    """See to it that the database has the tables of this version.

    Args:
        database: open.
        head: the revision wanted.
        scripts: the folder of the migrations that lead there.

    Raises:
        StoreError: the store was made by a newer version, or the database is no store of ours.
    """
    with database.reading() as connection:
        found = _revision(connection)
    if found == head:
        return
    with database.altering() as connection:
        found = _revision(connection)  # another program may have been quicker
        if found is None:
            tables.metadata.create_all(connection)
            connection.execute(tables.version.insert().values(version_num=head))
        elif found < head:
            _back_up(database, found)
            _upgrade(connection, head, scripts)
        elif found > head:
            raise StoreError(
                f"The store was made by a newer version of proforma (its tables are {found}, this version knows {head}).",
                "Update proforma, then run the command again.",
            )


def _revision(connection: Connection) -> str | None:
    """Return the revision of the tables; None for a database without any."""
    names = inspect(connection).get_table_names()
    if not names:
        return None
    found: str | None = connection.scalar(select(tables.version.c.version_num)) if tables.version.name in names else None
    if found is None or not found.isdecimal():
        raise StoreError("The database holds tables that are not proforma's.", "Name another database, or move this one away.")
    return found


def _upgrade(connection: Connection, head: str, scripts: Path) -> None:
    """Run the migrations in the transaction that is open, so that they happen all or not at all."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, head)


def _back_up(database: Database, revision: str) -> None:
    """Keep a copy of a SQLite database as it is before its tables change: `proforma-0001.db` beside it."""
    if database.file is None:
        return
    kept = database.file.with_stem(f"{database.file.stem}-{revision}")
    unfinished = kept.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with closing(sqlite3.connect(database.file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(kept)
    settle(kept.parent)
