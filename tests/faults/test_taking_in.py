"""Whatever stops the taking in, nothing is lost, and the next run ends where an undisturbed one would have."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store.store import Store
from tests.faults.taking_in import take_in
from tests.needs import needs
from tests.store.samples import dump

STRACE = shutil.which("strace")
CALLS = "pwrite64,write,rename,renameat2,fsync,fdatasync,unlink,mkdir"
SAMPLES = int(os.environ.get("KILLS", "8"))
"""How many of the writes are tried; all of them with `KILLS=1000`."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a round with five returns in its inbox, one of them there twice, one superseding another."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, says in (("roads 1", "homes"), ("roads 2", "more homes"), ("schools", "places"), ("health", "beds"), ("health copy", "beds")):
        inbox.joinpath(f"{name}.docx").write_bytes(says.encode())
    return tmp_path


def command(folder: Path, *handicap: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.taking_in", str(folder), *handicap]


def what_is_kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the whole store, which must be in order."""
    with Store.open(folder) as store:
        assert store.check() == ()
        return dump(store)


def strace(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Take in under strace, its log in `calls` beside the inbox."""
    before = [str(STRACE), "-f", "-e", f"trace={CALLS}", "-o", str(folder / "calls"), *options]
    return subprocess.run([*before, *command(folder)], capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})


@needs("strace", "strace")
def test_killed_at_any_write_the_next_run_completes_the_work(folder: Path) -> None:
    """Row K1: kill -9 at writes spread evenly over the run; invariants I1 to I4, I6, I7."""
    take_in(folder)
    expected = what_is_kept(folder)
    shutil.rmtree(folder / "store")
    if strace(folder).returncode:
        pytest.skip("needs strace to be allowed to trace: run with the capability SYS_PTRACE")
    made = re.findall(r"^(?:\d+ +)?([a-z]\w+)\(", (folder / "calls").read_text(encoding="utf-8"), re.MULTILINE)
    for at in range(0, len(made), max(1, len(made) // SAMPLES)):
        shutil.rmtree(folder / "store", ignore_errors=True)
        nth = f"{made[at]}:signal=SIGKILL:when={made[: at + 1].count(made[at])}"
        assert strace(folder, "-e", f"inject={nth}").returncode != 0, f"{nth} was not reached"
        assert len(list((folder / "inbox").iterdir())) == 5
        take_in(folder)
        assert what_is_kept(folder) == expected, f"killed at {nth}"


def test_several_programs_at_once_do_the_work_of_one(folder: Path) -> None:
    """Row C1: the same folder, from a fresh store on."""
    for number in range(15):
        (folder / "inbox" / f"other{number}.docx").write_bytes(b"%d" % number)
    programs = [subprocess.Popen(command(folder), stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for program in programs:
        _, said = program.communicate()
        assert (program.returncode, said) == (0, "")
    several = what_is_kept(folder)
    shutil.rmtree(folder / "store")
    take_in(folder)
    one = what_is_kept(folder)
    assert {name: len(rows) for name, rows in several.items()} == {name: len(rows) for name, rows in one.items()}
    assert several["files"] == one["files"]
    assert [row[1] for row in several["originals"]] == [row[1] for row in one["originals"]]


def test_a_disk_that_takes_no_more_stops_the_run_and_loses_nothing(folder: Path) -> None:
    """Row D1: no file may grow past 120,000 bytes; afterwards the run goes on."""
    (folder / "inbox" / "zoo.docx").write_bytes(b"x" * 200_000)
    stopped = subprocess.run(command(folder, "small-files"), capture_output=True, text=True)
    assert stopped.returncode == 6
    assert "Traceback" not in stopped.stderr
    assert "cannot be used" in stopped.stderr
    take_in(folder)
    assert len(what_is_kept(folder)["originals"]) == 5


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """Return a round folder that anyone may look into and nobody may write."""
    folder = Path(tempfile.mkdtemp())
    (folder / "inbox").mkdir(mode=0o755)
    (folder / "inbox" / "roads.docx").write_bytes(b"homes")
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_refused_at_the_start(unwritable: Path) -> None:
    """Row D2; a superuser may write anywhere, so such a run of the tests gives its rights up."""
    handicap = ["as-nobody"] if os.getuid() == 0 else []
    refused = subprocess.run(command(unwritable, *handicap), capture_output=True, text=True)
    assert refused.returncode == 6
    assert "no permission" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (unwritable / "store").exists()


def test_a_store_that_became_unwritable_is_refused_before_the_first_document(unwritable: Path) -> None:
    """Row D2."""
    unwritable.chmod(0o755)
    Store.open(unwritable).close()
    for path in (unwritable / "store" / "originals", unwritable / "store" / "proforma.db"):
        path.chmod(0o555)
    (unwritable / "store").chmod(0o555)
    handicap = ["as-nobody"] if os.getuid() == 0 else []
    refused = subprocess.run(command(unwritable, *handicap), capture_output=True, text=True)
    assert refused.returncode == 6
    assert "no permission" in refused.stderr
