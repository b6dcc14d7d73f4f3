"""Row C3, and row D3 for reading: files that change or cannot be read while they are taken in, and no room to read them in.

What is kept is what a file was at one moment, before or after; what cannot be had now waits for the next run.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.bounded import Bounds, Nursery, Work
from pipeline.errors import UnreadableError
from pipeline.intake.writers import is_being_written
from pipeline.model.rounds import Round
from pipeline.read.reading import Source, document
from pipeline.store.store import Store
from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import FILES, a_return
from tests.faults.running import command, run, start_afresh, traced
from tests.faults.taking_in import take_in
from tests.needs import needs
from tests.read.compound import compound, fib

MEDDLED = "1 roads.docx"
OTHER = a_return("roads", "Cllr Ada Swift of Another Place")


def replaced(path: Path) -> None:
    beside = path.with_name(".coming")
    beside.write_bytes(OTHER)
    beside.rename(path)


def removed(path: Path) -> None:
    path.unlink()


def rewritten(path: Path) -> None:
    path.write_bytes(OTHER)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def added_to(path: Path) -> None:
    with path.open("ab") as file:
        file.write(OTHER)


def touched_after_the_first_part(path: Path) -> None:
    """The same length, other bytes: only the time of it tells."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\0" * 100)


MEDDLING = [replaced, removed, rewritten, cut, added_to, touched_after_the_first_part]


@pytest.mark.parametrize("meddle", MEDDLING, ids=lambda one: one.__name__)
def test_a_file_that_changes_while_it_is_read_is_kept_as_it_was_or_waits(
    meddle: Callable[[Path], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is open and has not been read when somebody changes it; the others are taken in whatever happens to it."""
    path = folder / "inbox" / MEDDLED
    before, left = path.read_bytes(), iter([meddle])

    def meanwhile(descriptor: int) -> bool:
        if path.exists() and os.fstat(descriptor).st_ino == path.stat().st_ino:
            next(left, lambda _: None)(path)
        return is_being_written(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.intake.inbox.is_being_written", meanwhile)
        take_in(folder)
    assert not list(left), "nobody meddled"
    after = {sha256(path.read_bytes()).hexdigest()} if path.exists() else set()
    with Store.open(folder) as store:
        seen = {reading.record.sha256 for reading in store.readings() if reading.record.file == MEDDLED}
        assert store.check() == ()
    assert seen <= {sha256(before).hexdigest()} | after, "what was kept never was in the inbox"
    take_in(folder)
    what_is_kept(folder)


@needs("strace", "strace")
def test_a_file_that_the_disk_cannot_give_waits_and_the_others_are_taken_in(folder: Path, expected: Kept) -> None:
    """Row D3, for reading: the first read fails, then one that comes later."""
    path = folder / "inbox" / MEDDLED
    for when in ("1", "2"):
        start_afresh(folder)
        ran = traced(folder, "-e", "trace=read,pread64", "-P", str(path), "-e", f"inject=read,pread64:error=EIO:when={when}+")
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
        with Store.open(folder) as store:
            seen = {reading.record.file for reading in store.readings()}
        assert MEDDLED not in seen
        assert {one.name for one in (folder / "inbox").iterdir()} - {MEDDLED} <= seen | {"4 two.eml", "5 three.zip"}
        assert len(list((folder / "inbox").iterdir())) == FILES
        take_in(folder)
        assert what_is_kept(folder)["files"] == expected["files"]


@needs("unshare", "util-linux")
def test_no_room_for_temporary_files_stops_nothing(folder: Path, expected: Kept) -> None:
    """Row D1, for /tmp: there is room for not one file in any folder that temporary files go to."""
    script = f"""
        mount --bind {folder} /mnt || exit 77
        for place in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o size=4k,nr_inodes=1 none $place || exit 78; done
        exec {" ".join(f"'{word}'" for word in command(Path("/mnt")))}
    """
    ran = run("unshare", "--map-root-user", "--mount", "sh", "-c", script)
    assert ran.returncode == 0, ran.stderr
    assert what_is_kept(folder) == expected


def convert(_: Round, data: bytes, name: str) -> bytes:
    """Read a document that goes through a converter, which needs room on the disk."""
    return document(Source(data, name)).format.encode()


def test_a_child_whose_disk_is_full_says_so() -> None:
    """Row D1, for the disk of the child."""
    large = compound({"WordDocument": fib() + bytes(50_000)})
    with Nursery(Work("builtins:str", f"{__name__}:convert", ""), Bounds(written_bytes=16_384)) as nursery:
        with pytest.raises(UnreadableError) as caught:
            nursery.run(large, "reply.doc")
        assert (caught.value.reason, bool(caught.value.hint)) == ("memory", True)
