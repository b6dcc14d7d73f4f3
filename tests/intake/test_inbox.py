"""What waits in the inbox, and what is taken in."""

import datetime as dt
import os
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.errors import SetupError, UnreadableError
from pipeline.intake.inbox import StillWaitingError, receive, waiting
from pipeline.intake.writers import is_being_written
from pipeline.model.history import Receipt
from pipeline.model.rounds import Round
from pipeline.settings import Limits
from tests.builders import a_round

NOW = dt.datetime(2011, 5, 1, tzinfo=dt.UTC)


class Shelf:
    """A store that remembers what it was given."""

    def __init__(self) -> None:
        self.kept: list[tuple[bytes, str, str]] = []

    def keep_original(self, data: bytes, file: str, via: str, at: dt.datetime) -> Receipt:
        self.kept.append((data, file, via))
        return Receipt(sha256(data).hexdigest(), file, len(data), "", False)


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    (tmp_path / "inbox").mkdir()
    return a_round(folder=tmp_path)


def put(round_: Round, *names: str) -> list[Path]:
    """Write a file of each name into the inbox."""
    paths = [round_.inbox / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(path.name))
    return paths


def names(round_: Round) -> list[str]:
    return [str(path.relative_to(round_.inbox)) for path in waiting(round_)]


def test_files_wait_in_the_order_of_their_names_the_newer_copy_last(round_: Round) -> None:
    put(round_, "reply (10).docx", "reply (2).docx", "Reply.docx", "a/z.docx", "b.docx")
    assert names(round_) == ["a/z.docx", "b.docx", "Reply.docx", "reply (2).docx", "reply (10).docx"]


def test_what_is_no_return_is_left_out(round_: Round) -> None:
    put(round_, ".gitkeep", "README.md", "readme", "~$reply.docx", ".~lock.reply.docx#", "Thumbs.db", ".git/config")
    put(round_, "reply.docx", "readme please.docx")
    assert names(round_) == ["readme please.docx", "reply.docx"]


def test_links_are_not_followed_and_pipes_not_read(round_: Round, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "minutes.docx").write_bytes(b"secret")
    (round_.inbox / "link.docx").symlink_to(tmp_path / "secret" / "minutes.docx")
    (round_.inbox / "folder").symlink_to(tmp_path / "secret")
    (round_.inbox / "loop").symlink_to(round_.inbox)
    os.mkfifo(round_.inbox / "pipe.docx")
    put(round_, "reply.docx")
    assert names(round_) == ["reply.docx"]
    with pytest.raises(StillWaitingError, match=r"link\.docx cannot be read"):
        receive(round_.inbox / "link.docx", Shelf(), NOW)


def test_an_inbox_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert waiting(a_round(folder=tmp_path)) == ()


def test_a_folder_that_cannot_be_looked_into_is_said_to_be(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SetupError, match="inbox cannot be looked into"):
        waiting(round_)


def test_a_file_is_kept_as_it_is_and_stays_where_it_is(round_: Round) -> None:
    (path,) = put(round_, "roads/reply.docx")
    before = path.stat()
    shelf = Shelf()
    receipt, data = receive(path, shelf, NOW, below=round_.inbox)
    assert data == b"reply.docx"
    assert receipt.file == "roads/reply.docx"
    assert shelf.kept == [(b"reply.docx", "roads/reply.docx", "inbox")]
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) == (b"reply.docx", before.st_mtime_ns, before.st_mode)


def test_without_a_folder_only_the_name_is_kept_written_out(round_: Round) -> None:
    (path,) = put(round_, "roads/a\u202eb\udce9.docx")
    receipt, _ = receive(path, Shelf(), NOW)
    assert receipt.file == r"a\u202eb\udce9.docx"


def test_an_empty_file_is_kept_too(round_: Round) -> None:
    path = round_.inbox / "empty.docx"
    path.touch()
    assert receive(path, Shelf(), NOW)[0].size == 0


def test_a_file_past_the_bound_is_refused_and_stays(round_: Round) -> None:
    (path,) = put(round_, "reply.docx")
    shelf = Shelf()
    with pytest.raises(UnreadableError, match="too large") as caught:
        receive(path, shelf, NOW, limits=Limits(bytes=9))
    assert caught.value.reason == "too-large"
    assert shelf.kept == []
    assert receive(path, shelf, NOW, limits=Limits(bytes=10))[1] == b"reply.docx"


def test_a_file_that_another_program_has_open_for_writing_waits(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row C3: a slow writer."""
    (path,) = put(round_, "reply.docx")
    shelf = Shelf()
    with path.open("ab") as writer:
        writer.write(b" and more")
        writer.flush()
        if not leases_work(path):
            monkeypatch.setattr("pipeline.intake.inbox.is_being_written", lambda _: True)
        with pytest.raises(StillWaitingError, match="still being written"):
            receive(path, shelf, NOW)
    monkeypatch.undo()
    assert shelf.kept == []
    assert receive(path, shelf, NOW)[1] == b"reply.docx and more"


def leases_work(path: Path) -> bool:
    """Say whether the file system of the tests can tell that a file is open for writing; call with a writer open."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return is_being_written(descriptor)
    finally:
        os.close(descriptor)


def test_a_file_that_changes_while_it_is_read_waits(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row C3: a writer that opens and closes the file for each piece."""
    (path,) = put(round_, "reply.docx")
    look = os.fstat

    def look_just_before_a_piece_is_added(descriptor: int) -> os.stat_result:
        seen = look(descriptor)
        with path.open("ab") as writer:
            writer.write(b" and more")
        return seen

    monkeypatch.setattr(os, "fstat", look_just_before_a_piece_is_added)
    shelf = Shelf()
    with pytest.raises(StillWaitingError, match="still being written"):
        receive(path, shelf, NOW)
    assert shelf.kept == []


def test_a_file_that_was_taken_away_meanwhile_is_said_to_be(round_: Round) -> None:
    (path,) = put(round_, "reply.docx")
    path.unlink()
    with pytest.raises(StillWaitingError, match=r"reply\.docx cannot be read: No such file"):
        receive(path, Shelf(), NOW)
