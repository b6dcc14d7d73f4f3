"""A fresh store, an older one, a newer one, and a database that is none."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from pipeline.errors import ExitCode, StoreError
from pipeline.store import schema, tables
from pipeline.store.database import Database
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, dump, take

NEXT = '''
"""A column more, and a limit that SQLite can only change by making the table anew."""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("originals", recreate="always") as table:
        table.add_column(sa.Column("language", sa.Text))
'''


@pytest.fixture
def newer_scripts(tmp_path: Path) -> Path:
    """Return the migrations of a version of the program that is one ahead."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v0004_next.py").write_text(NEXT, encoding="utf-8")
    return folder


def tables_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what SQLite knows of the columns, keys and indexes of every table."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        told = {
            f"{name} {pragma}": database.execute(f"PRAGMA {pragma}({name})").fetchall()
            for name in names
            for pragma in ("table_xinfo", "foreign_key_list")
        }
        told["constraints"] = [
            (name, *sorted(line.strip().rstrip(",") for line in sql.splitlines() if "CONSTRAINT" in line))
            for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        told["indexes"] = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
        return told


def test_the_migrations_and_the_tables_agree(tmp_path: Path) -> None:
    with Store.open(tmp_path):
        pass
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    with migrated.altering() as connection:
        schema._upgrade(connection, tables.HEAD, schema.SCRIPTS)
    migrated.close()
    assert tables_of(tmp_path / "store" / "proforma.db") == tables_of(tmp_path / "migrated.db")


def test_the_tables_are_those_of_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.HEAD]


def test_an_older_store_is_backed_up_and_brought_up_to_date(tmp_path: Path, newer_scripts: Path) -> None:
    """Row U1: backup first, one transaction, every row kept."""
    with Store.open(tmp_path) as store:
        take(store, b"homes")
        before = dump(store)
        schema.prepare(store._database, "0004", newer_scripts)
        after = dump(store)
    assert after.pop("alembic_version") == [("0004",)]
    assert before.pop("alembic_version") == [("0003",)]
    assert after == before
    backup = tmp_path / "store" / "proforma-0003.db"
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
        assert len(database.execute("SELECT * FROM readings").fetchall()) == 1
    with closing(sqlite3.connect(tmp_path / "store" / "proforma.db")) as database:
        assert "language" in [row[1] for row in database.execute("PRAGMA table_info(originals)")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, newer_scripts: Path) -> None:
    script = newer_scripts / "versions" / "v0004_next.py"
    script.write_text(NEXT + '    op.execute("INSERT INTO nowhere VALUES (1)")\n', encoding="utf-8")
    with Store.open(tmp_path) as store:
        take(store, b"homes")
        before = dump(store)
        with pytest.raises(Exception, match="nowhere"):
            schema.prepare(store._database, "0004", newer_scripts)
        assert dump(store) == before
    with Store.open(tmp_path) as store:
        assert store.check() == ()


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Row U1."""
    with Store.open(tmp_path) as store, store._database.writing() as connection:
        connection.execute(tables.version.update().values(version_num="0099"))
    with pytest.raises(StoreError, match="newer version of proforma") as caught:
        Store.open(tmp_path)
    assert caught.value.exit_code == ExitCode.STORE
    assert "Update proforma" in caught.value.hint


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as database:
        database.execute("CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(StoreError, match="not proforma's"):
        Store.open(tmp_path, f"sqlite:///{tmp_path / 'other.db'}")


def test_the_database_can_lie_elsewhere(tmp_path: Path) -> None:
    with Store.open(tmp_path, f"sqlite:///{tmp_path / 'elsewhere.db'}") as store:
        store.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "store" / "proforma.db").exists()


def test_a_round_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Round? 100% #1 & Größe"
    folder.mkdir()
    with Store.open(folder) as store:
        take(store, b"homes")
        assert store.check() == ()
    assert (folder / "store" / "proforma.db").stat().st_size > 0


@pytest.mark.parametrize("url", ["not a database", "oracle-of-delphi://here"])
def test_an_address_that_is_none_is_said_to_be_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match="address"):
        Store.open(tmp_path, url)


def test_a_database_whose_driver_is_missing_names_the_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="psycopg") as caught:
        Store.open(tmp_path, "postgresql+psycopg://officer:secret@127.0.0.1/proforma")
    assert "pip install psycopg" in caught.value.hint
    assert "secret" not in str(caught.value)


def test_opening_a_store_does_not_load_alembic(tmp_path: Path) -> None:
    """That import alone takes longer than everything else that opening does."""
    program = (
        "import pathlib, sys; from pipeline.store.store import Store\n"
        f"for _ in range(2): Store.open(pathlib.Path({str(tmp_path)!r})).close()\n"
        "print(sorted(name for name in sys.modules if name.startswith('alembic')))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
