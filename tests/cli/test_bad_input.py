"""Bad input ends in one clear sentence with a hint and its exit code: nothing lost, no traceback."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.desk import keeping, taking
from pipeline.store.store import Store
from tests.cli.folders import ROADS, SCHOOLS, a_folder, proforma, put_return, register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a round of two partnerships, its inbox empty."""
    return a_folder(tmp_path / "round")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def originals(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in (folder / "store" / "originals").rglob("*") if path.is_file())


@pytest.mark.parametrize("command", ["generate", "ingest", "check", "status", "publish", "run", "export", "rules", "masters", "demo"])
def test_a_folder_that_is_no_round_is_said_to_be_none(tmp_path: Path, command: str) -> None:
    """Issue 2: no round file."""
    result = proforma(tmp_path, command)
    assert result.exit_code == 3
    assert "round.yaml" in result.stderr
    assert "proforma init" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_round_file_that_is_no_yaml_is_reported_with_its_line(folder: Path) -> None:
    """Issue 2: a broken one."""
    change(folder / "round.yaml", "\nobjectives:", "\nobjectives: [")
    result = proforma(folder, "generate")
    assert result.exit_code == 3
    assert "round.yaml, line " in result.stderr
    assert not (folder / "outbox" / "blanks").exists()


def test_two_partnerships_of_one_name_are_reported_with_their_rows(folder: Path) -> None:
    """Issue 2."""
    register(folder, ROADS, SCHOOLS, ROADS.replace("RDS", "RDX"))
    result = proforma(folder, "generate")
    assert result.exit_code == 3
    assert "partnerships.csv, row 4" in result.stderr
    assert "Roads Partnership" in result.stderr


def test_an_unknown_focus_area_is_reported_with_what_is_known(folder: Path) -> None:
    """Issue 2."""
    register(folder, f"{ROADS},Hovercraft", columns="name,code,annex_name,default_focus")
    result = proforma(folder, "generate")
    assert result.exit_code == 3
    assert "Hovercraft" in result.stderr
    assert "Public health" in result.stderr


def test_a_master_that_disagrees_with_the_form_makes_no_blank(folder: Path) -> None:
    """Issue 2; law 1."""
    change(folder / "templates/priorities/form.yaml", "  chair:", "  treasurer: {label: Treasurer}\n  chair:")
    result = proforma(folder, "generate")
    assert result.exit_code == 3
    assert "treasurer" in result.stderr
    assert not (folder / "outbox" / "blanks").exists()
    assert proforma(folder, "masters").exit_code == 3


def test_an_empty_inbox_is_no_mistake(folder: Path) -> None:
    """Issue 2."""
    result = proforma(folder, "ingest")
    assert result.exit_code == 0
    assert "Nothing waits in" in result.stdout
    assert "inbox" in result.stderr.partition("Next: ")[2]


def test_an_inbox_that_is_not_there_is_an_empty_one(folder: Path) -> None:
    """As empty folders are when a round is copied through git or a zip."""
    (folder / "inbox").rmdir()
    assert proforma(folder, "ingest").exit_code == 0


def test_a_return_from_nobody_we_know_is_held(folder: Path) -> None:
    """Issue 2: the original is kept, and a person is asked."""
    register(folder, ROADS, SCHOOLS, "Canals Partnership,CAN,Canals")
    reply = put_return(folder, "CAN")
    register(folder, ROADS, SCHOOLS)
    result = proforma(folder, "ingest")
    assert result.exit_code == 1
    assert "held" in result.stdout
    assert originals(folder) == [reply.read_bytes()]
    said = proforma(folder, "status").stdout
    assert "1. now: can reply.docx waits" in said
    assert "proforma assign 'can reply.docx' PARTNERSHIP" in said


def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")


def words(path: Path) -> None:
    path.write_text("Dear Sir or Madam", encoding="utf-8")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("make", [a_zip, words, nothing])
def test_a_file_that_is_no_return_is_refused_and_the_others_are_read(folder: Path, make: object) -> None:
    """Issue 2; law 5: one bad return never stops a batch."""
    assert callable(make)
    make(folder / "inbox" / "agenda.docx")
    put_return(folder, "RDS")
    result = proforma(folder, "ingest")
    assert result.exit_code == 1
    assert "1 read, 1 refused" in result.stdout
    assert len(originals(folder)) == 2 + (make is a_zip)  # what lies in it is kept too
    assert proforma(folder, "read", str(folder / "inbox" / "agenda.docx")).exit_code == 4
    assert proforma(folder, "explain", str(folder / "inbox" / "agenda.docx")).exit_code == 4


def test_a_round_is_not_started_over_another(folder: Path) -> None:
    """Law 8: nothing is overwritten."""
    before = (folder / "round.yaml").read_bytes()
    result = proforma(folder, "init", str(folder))
    assert result.exit_code == 3
    assert "nothing is overwritten" in result.stderr
    assert "round.yaml: it is already there" in result.stderr
    assert (folder / "round.yaml").read_bytes() == before


def test_a_file_that_is_not_there_is_a_wrong_call(folder: Path) -> None:
    """Exit code 2 is that of click."""
    result = proforma(folder, "read", "nowhere.docx")
    assert result.exit_code == 2
    assert "nowhere.docx" in result.stderr


def test_a_store_that_is_no_database_is_reported_and_left_alone(folder: Path) -> None:
    """Issue 2, row D4."""
    put_return(folder, "RDS")
    proforma(folder, "ingest")
    database = folder / "store" / "proforma.db"
    for beside in (database.with_name("proforma.db-wal"), database.with_name("proforma.db-shm")):
        beside.unlink(missing_ok=True)
    database.write_bytes(b"not a database" * 1000)
    for command in ("ingest", "check", "status", "publish", "export", "run"):
        result = proforma(folder, command)
        assert result.exit_code == 6, command
        assert "damaged" in result.stderr
        assert "backup" in result.stderr
    assert database.read_bytes() == b"not a database" * 1000


def test_a_damaged_original_is_named_and_its_answers_are_not_exported(folder: Path) -> None:
    """Row D4: `check` names it; export refuses to use it."""
    put_return(folder, "RDS")
    proforma(folder, "ingest")
    (original,) = (path for path in (folder / "store" / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1] + b"x")
    assert proforma(folder, "export").exit_code == 6
    assert not (folder / "outbox" / "data").exists()
    checked = proforma(folder, "check")
    assert checked.exit_code == 6
    assert "rds reply.docx" in checked.stderr


def test_ctrl_c_loses_nothing_and_the_next_run_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue 2: exit code 130."""
    put_return(folder, "RDS")
    put_return(folder, "SCH")
    seen = list[str]()

    def stopped_at_the_second(entry: Any, *about: Any) -> "Iterator[flow.Taken]":
        seen.append(entry.receipt.file)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return keeping.keep(entry, *about)

    with monkeypatch.context() as patched:
        patched.setattr(taking, "keep", stopped_at_the_second)
        result = proforma(folder, "ingest")
    assert result.exit_code == 130
    assert "Nothing was lost" in result.stderr
    assert "2 files, 1 of them new; 2 read" in proforma(folder, "ingest").stdout
    with Store.open(folder) as store:
        assert store.check() == ()


def test_a_fault_of_the_program_is_owned_up_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70; the words of a return stay out of it unless the traceback is asked for."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("words of a return")

    monkeypatch.setattr(flow, "standing", broken)
    monkeypatch.delenv("PROFORMA_DEBUG", raising=False)
    result = proforma(folder, "check")
    assert result.exit_code == 70
    assert "a fault in proforma, not in your files: ZeroDivisionError at check.py, line " in result.stderr
    assert "PROFORMA_DEBUG=1" in result.stderr
    assert "words of a return" not in result.output


def test_the_traceback_of_a_fault_is_shown_where_it_is_asked_for(folder: Path) -> None:
    """PROFORMA_DEBUG=1."""
    broken = "import pipeline.flow; pipeline.flow.standing = None; from pipeline.cli import main; main()"
    environment = {**os.environ, "PROFORMA_DEBUG": "1", "PROFORMA_ROUND": str(folder)}
    result = subprocess.run([sys.executable, "-c", broken, "check"], capture_output=True, text=True, env=environment)
    assert result.returncode == 70
    assert "Traceback" in result.stderr


WARM = """\
import importlib, os, pathlib, resource, sys
from pipeline.cli.group import COMMANDS, main
from pipeline import flow
from pipeline.publish import data, papers, portable
from pipeline.store import store
from pipeline.rounds.loading import load_round
for name in COMMANDS:
    importlib.import_module(f"pipeline.cli.{name.replace('-', '_')}")
flow.Desk(load_round(pathlib.Path(sys.argv[1]))).layout
"""
"""Loads everything while it can still be read: the program itself may lie where nobody may look."""


def child(folder: Path, command: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command as a program of its own, with less than the tests themselves may have."""
    run = f"{WARM}{before}\nmain(['--round', sys.argv[1], sys.argv[2]])"
    return subprocess.run([sys.executable, "-c", run, str(folder), command], capture_output=True, text=True)


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """Return a round with a blank and a return in it that anyone may read and nobody may write."""
    above = Path(tempfile.mkdtemp())
    above.chmod(0o755)
    folder = a_folder(above / "round")
    put_return(folder, "RDS")
    shutil.rmtree(folder / "outbox")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(above)


@pytest.mark.parametrize(("command", "code"), [("generate", 3), ("ingest", 6), ("publish", 6), ("status", 6)])
def test_a_folder_that_may_not_be_written_is_refused_at_the_start(unwritable: Path, command: str, code: int) -> None:
    """Issue 2, row D2. A superuser may write anywhere, so such a run of the tests gives its rights up."""
    before = "os.setuid(65534)" if os.getuid() == 0 else ""
    result = child(unwritable, command, before)
    assert result.returncode == code, result.stderr
    assert "permission" in result.stderr.lower()
    assert "Traceback" not in result.stderr
    assert not (unwritable / "store").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return a round on a disk without room, or, where no disk can be mounted, under a limit to the size of files."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        os.getuid() == 0
        and not subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True).returncode
    )
    folder = a_folder(disk / "round")
    put_return(folder, "RDS")
    if mounted:
        filling = disk / "filling"
        with filling.open("wb") as file:
            room = os.statvfs(disk)
            file.write(b"x" * (room.f_bavail * room.f_frsize - 40_000))
    yield folder, "" if mounted else f"resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, {resource.RLIM_INFINITY}))"
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("command", ["ingest", "run", "demo"])
def test_a_full_disk_stops_the_command_and_loses_nothing(small_disk: tuple[Path, str], command: str) -> None:
    """Issue 2, row D1: afterwards, with room, the same command does its work."""
    folder, before = small_disk
    reply = (folder / "inbox" / "rds reply.docx").read_bytes()
    result = child(folder, command, before)
    assert result.returncode in (3, 6), result.stderr
    assert "disk" in result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "inbox" / "rds reply.docx").read_bytes() == reply
    (folder.parent / "filling").unlink(missing_ok=True)
    assert proforma(folder, "ingest").exit_code == 0
    assert originals(folder) == [reply]
