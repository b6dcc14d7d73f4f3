"""`check` names every document that is missing or harmed, and says nothing of a store that is whole."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, take


@pytest.fixture(autouse=True)
def _two_returns(store: Store) -> None:
    """Put two returns into the store."""
    take(store, b"homes")
    take(store, b"schools", "other.docx", "schools")


def where(store: Store, data: bytes) -> Path:
    digest = sha256(data).hexdigest()
    return store.folder / "originals" / digest[:2] / digest


def test_a_whole_store_has_no_problems(store: Store) -> None:
    assert store.check() == ()


def test_a_flipped_bit_is_named_and_the_document_not_given_out(store: Store) -> None:
    """Row D4."""
    where(store, b"homes").write_bytes(b"hom%s")
    (problem,) = store.check()
    assert "reply.docx" in problem
    assert "damaged" in problem
    with pytest.raises(StoreError, match="damaged"):
        store.original(sha256(b"homes").hexdigest())


def test_a_damaged_or_missing_document_is_made_whole_when_it_comes_again(store: Store) -> None:
    where(store, b"homes").write_bytes(b"hom%s")
    where(store, b"schools").unlink()
    assert len(store.check()) == 2
    store.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    store.keep_original(b"schools", "other.docx", "inbox", MAY_DAY)
    assert store.check() == ()


def test_a_missing_document_is_named(store: Store) -> None:
    where(store, b"homes").unlink()
    (problem,) = store.check()
    assert "reply.docx" in problem
    assert "missing" in problem
    with pytest.raises(StoreError, match="missing"):
        store.original(sha256(b"homes").hexdigest())


def test_files_that_no_row_names_are_listed(store: Store) -> None:
    """Invariants I2 and I7."""
    folder = where(store, b"homes").parent
    (folder / ("0" * 64)).write_bytes(b"stray")
    (folder / (sha256(b"x").hexdigest() + ".part")).write_bytes(b"half")
    assert sorted("no row names" in problem or "can be deleted" in problem for problem in store.check()) == [True, True]


def test_a_document_that_was_kept_and_not_read_is_named(store: Store) -> None:
    """Invariant I3: no source without a state."""
    store.keep_original(b"roads", "waiting.docx", "inbox", MAY_DAY)
    (problem,) = store.check()
    assert "waiting.docx" in problem
    assert "not read" in problem


def test_a_row_without_its_parent_is_named(store: Store) -> None:
    """Invariant I4."""
    with closing(sqlite3.connect(store.folder / "proforma.db")) as database:
        database.execute("DELETE FROM originals WHERE id = 1")
        database.commit()
    assert any("readings" in problem and "originals" in problem for problem in store.check())


def test_a_damaged_page_of_the_database_is_reported_not_raised(store: Store, tmp_path: Path) -> None:
    """Row D4, for a page of the database."""
    for number in range(40):
        take(store, b"homes %d" % number)
    store.close()
    database = tmp_path / "store" / "proforma.db"
    content = bytearray(database.read_bytes())
    for page in range(4, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    database.write_bytes(content)
    with Store.open(tmp_path) as store:
        assert any("database is damaged" in problem for problem in store.check())
