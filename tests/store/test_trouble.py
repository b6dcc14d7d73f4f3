"""A full disk, a folder nobody may write, a lock, a broken file: one clear sentence with a hint, and nothing lost."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from pipeline.errors import ExitCode, StoreError
from pipeline.store import database
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, dump, later, take


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "disk reports an error"), (errno.EROFS, "no permission")]
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_document_that_cannot_be_written_is_not_reported_as_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, call: str, number: int, says: str
) -> None:
    """Rows D1 and D3: nothing half-written is left, and the next time all is well."""
    take(store, b"homes")
    before = dump(store)

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        with pytest.raises(StoreError, match=says) as caught:
            store.keep_original(b"schools", "other.docx", "inbox", later())
    assert caught.value.exit_code == ExitCode.STORE
    assert caught.value.hint
    assert dump(store) == before
    take(store, b"schools", "other.docx", "schools")
    assert store.check() == ()


def test_a_database_that_cannot_grow_keeps_what_it_has(tmp_path: Path) -> None:
    """Row D1, for the database."""
    with Store.open(tmp_path) as store:
        take(store, b"homes")

        @event.listens_for(store._database.engine, "begin")
        def fill(connection: Connection) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")

        with pytest.raises(StoreError, match="disk is full"):
            for number in range(200):
                take(store, b"homes" * 100 + b"%d" % number)
    with Store.open(tmp_path) as store:
        assert store.current()["roads"]
        assert not [problem for problem in store.check() if "damaged" in problem]


def test_another_program_that_holds_on_is_named_as_the_reason(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(database, "PATIENCE_MS", 20)
    with Store.open(tmp_path) as impatient, closing(sqlite3.connect(store.folder / "proforma.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is using it"):
            impatient.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
        assert impatient.check() == ()


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "proforma.db").write_bytes(b"not a database at all" * 400)
    with pytest.raises(StoreError, match="database is damaged") as caught:
        Store.open(tmp_path)
    assert "backup" in caught.value.hint


def test_a_round_folder_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "nowhere")


def test_a_file_in_the_place_of_the_store_is_reported(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path)
