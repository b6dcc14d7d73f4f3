"""Rows D1 to D4: a disk that is full, cannot be written, fails or forgets. The officer is told; nothing is lost."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.errors import StoreError
from pipeline.store.store import Store
from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import DOCUMENTS, a_return, the_round
from tests.faults.running import Ran, command, run, spread, start_afresh, traced, undisturbed_calls
from tests.faults.taking_in import SMALL, take_in
from tests.needs import needs

STORE_TROUBLE = 6


def told(ran: Ran, what: str) -> None:
    """Make sure that the officer was told what is wrong, and nothing else."""
    assert ran.returncode == STORE_TROUBLE
    assert what in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_that_may_not_grow_stops_the_run_and_loses_nothing(folder: Path) -> None:
    """Row D1, as a quota does it; the nurseries live under it too."""
    (folder / "inbox" / "zoo.docx").write_bytes(b"x" * (SMALL + 1))
    told(run(*command(folder, "small-files")), "cannot be used")
    take_in(folder)
    assert len(what_is_kept(folder)["files"]) == DOCUMENTS + 1  # type: ignore[arg-type]


@needs("strace", "strace")
@pytest.mark.parametrize(
    ("names", "error", "what"), [("pwrite64", "ENOSPC", "the disk is full"), ("fsync,fdatasync", "EIO", "the disk reports an error")]
)
def test_a_disk_that_fails_at_any_write_stops_the_run_and_loses_nothing(
    names: str, error: str, what: str, folder: Path, expected: Kept
) -> None:
    """Rows D1 and D3: from some call on the disk is full or fails. What was reported by then is kept."""
    for nth in spread(undisturbed_calls(folder), only=names):
        start_afresh(folder)
        ran = traced(folder, "-e", f"inject={nth}+:error={error}")
        if ran.returncode == 0:  # the very last writes only tidy up, and SQLite can do without
            assert what_is_kept(folder) == expected
            continue
        told(ran, what)
        with closing(sqlite3.connect(folder / "store" / "proforma.db")) as database:
            rows = database.execute("SELECT name FROM sqlite_master WHERE name = 'readings'").fetchall()
            read = (
                {row[0] for row in database.execute("SELECT sha256 FROM originals JOIN readings ON original = originals.id")}
                if rows
                else set()
            )
        assert set(ran.stdout.split()) <= read, f"reported and not kept, with {nth}"
    take_in(folder)
    assert what_is_kept(folder) == expected


@needs("unshare", "util-linux")
def test_a_small_disk_that_fills_up_is_gone_on_with_when_there_is_room(folder: Path, expected: Kept) -> None:
    """Row D1: a disk of its own for the store, first too small."""
    store, kept = folder / "store", folder / "kept"
    store.mkdir()
    again = " ".join(f"'{word}'" for word in command(folder))
    script = f"""
        mount -t tmpfs -o size=300k none {store} || exit 77
        {again}; test $? = {STORE_TROUBLE} || exit 1
        mount -o remount,size=64m {store}
        {again} || exit 2
        cp -a {store} {kept}
    """
    ran = run("unshare", "--map-root-user", "--mount", "sh", "-c", script)
    assert ran.returncode == 0, ran.stderr
    assert "the disk is full" in ran.stderr
    assert "Traceback" not in ran.stderr
    store.rmdir()
    kept.rename(store)
    assert what_is_kept(folder) == expected


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """Return a round folder that anyone may look into and nobody may write."""
    folder = Path(tempfile.mkdtemp())
    (folder / "inbox").mkdir(mode=0o755)
    (folder / "inbox" / "roads.docx").write_bytes(a_return("roads"))
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_refused_at_the_start(unwritable: Path) -> None:
    """Row D2; a superuser may write anywhere, so such a run of the tests gives its rights up."""
    told(run(*command(unwritable, *(["as-nobody"] if os.getuid() == 0 else []))), "no permission")
    assert not (unwritable / "store").exists()


def test_a_store_that_became_unwritable_is_refused_before_the_first_document(unwritable: Path) -> None:
    """Row D2."""
    unwritable.chmod(0o755)
    Store.open(unwritable).close()
    for path in (unwritable / "store" / "originals", unwritable / "store" / "proforma.db", unwritable / "store"):
        path.chmod(0o555)
    told(run(*command(unwritable, *(["as-nobody"] if os.getuid() == 0 else []))), "no permission")


def test_a_document_from_an_envelope_that_rots_is_named_not_exported_and_mended_by_its_envelope(folder: Path, expected: Kept) -> None:
    """Row D4."""
    take_in(folder)
    with Store.open(folder) as store:
        document = store.current()["health"].record.sha256
        path = folder / "store" / "originals" / document[:2] / document
        path.write_bytes(path.read_bytes()[:-1] + b"\xff")
        (problem,) = store.check()
        assert "4 two.eml › health.docx" in problem and "damaged" in problem
        with pytest.raises(StoreError, match="damaged"):
            flow.data(the_round(folder), store)
    take_in(folder)
    assert what_is_kept(folder) == expected
