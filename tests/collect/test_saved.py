"""Mails that lie on this machine: saved ones, an mbox, a Maildir. They are kept, and not one byte beside them changes."""

import mailbox
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import MailError
from pipeline.intake.mailbox import Kept, Left, gather, unfetched
from pipeline.intake.mailbox_saved import SavedMails
from pipeline.settings import Limits
from pipeline.store.store import Store
from tests.envelopes.mails import mail
from tests.store.samples import MAY_DAY, dump

LIMITS = Limits(bytes=100_000)
MAILS = tuple(mail(f"Reply {number}.\nFrom here on it is well.\n", message_id=f"<{number}@example.org>") for number in (1, 2, 3))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "round").mkdir()
    with Store.open(tmp_path / "round") as opened:
        yield opened


def collected(path: Path, store: Store) -> list[Kept | Left]:
    return list(gather(SavedMails(path, LIMITS), store, store.mails, MAY_DAY, LIMITS))


def kept(store: Store) -> list[bytes]:
    return [store.original(str(row[1])) for row in dump(store)["originals"]]


def everything(top: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder with its bytes and when it was changed."""
    return {str(path.relative_to(top)): (path.read_bytes(), path.stat().st_mtime_ns) for path in top.rglob("*") if path.is_file()}


def a_folder(top: Path) -> Path:
    """Save mails as a person does, some in a folder of their own."""
    (top / "May").mkdir(parents=True)
    for name, data in zip(("reply.eml", "May/reply.eml", "May/reply (2)"), MAILS, strict=True):
        (top / name).write_bytes(data)
    (top / ".hidden").write_bytes(b"")
    return top


def an_mbox(top: Path) -> Path:
    """Write an mbox as the standard library does."""
    top.mkdir()
    box = mailbox.mbox(top / "Inbox")
    for data in MAILS:
        box.add(data.replace(b"\r\n", b"\n"))
    box.close()
    return top / "Inbox"


def a_maildir(top: Path) -> Path:
    """Write a Maildir as the standard library does; one mail was seen."""
    top.mkdir()
    box = mailbox.Maildir(top / "Maildir", create=True)
    for data in MAILS:
        box.add(data)
    box.close()
    first = min((top / "Maildir" / "new").iterdir())
    first.rename(top / "Maildir" / "cur" / f"{first.name}:2,S")
    return top / "Maildir"


@pytest.mark.parametrize("made", [a_folder, an_mbox, a_maildir])
def test_every_mail_is_kept_once_and_nothing_changes(made: object, tmp_path: Path, store: Store) -> None:
    path = made(tmp_path / "saved")  # type: ignore[operator]
    before = everything(tmp_path / "saved")
    assert len([one for one in collected(path, store) if isinstance(one, Kept)]) == 3
    assert sorted(one.replace(b"\r\n", b"\n") for one in kept(store)) == sorted(one.replace(b"\r\n", b"\n") for one in wanted(made))
    assert collected(path, store) == []
    assert everything(tmp_path / "saved") == before


def wanted(made: object) -> list[bytes]:
    """Return the mails as they lie there: an mbox quotes the lines that look like its own."""
    return [data.replace(b"\nFrom here", b"\n>From here") if made is an_mbox else data for data in MAILS]


def test_names_tell_where_a_mail_lay(tmp_path: Path, store: Store) -> None:
    assert [one.file for one in unfetched(SavedMails(a_folder(tmp_path / "saved"), LIMITS), store.mails)] == [
        "May/reply.eml",
        "May/reply (2)",
        "reply.eml",
    ]
    assert [one.file for one in unfetched(SavedMails(an_mbox(tmp_path / "box"), LIMITS), store.mails)] == [
        "Inbox 1.eml",
        "Inbox 2.eml",
        "Inbox 3.eml",
    ]


def test_a_single_saved_mail_can_be_named(tmp_path: Path, store: Store) -> None:
    (tmp_path / "reply.eml").write_bytes(MAILS[0])
    collected(tmp_path / "reply.eml", store)
    assert kept(store) == [MAILS[0]]


def test_the_same_mail_saved_under_another_name_is_known(tmp_path: Path, store: Store) -> None:
    """Row A2."""
    folder = a_folder(tmp_path / "saved")
    collected(folder, store)
    (folder / "copy.eml").write_bytes(MAILS[0])
    assert collected(folder, store) == [] and len(kept(store)) == 3


def test_a_mail_that_is_saved_anew_under_a_known_name_is_new(tmp_path: Path, store: Store) -> None:
    folder = a_folder(tmp_path / "saved")
    collected(folder, store)
    (folder / "reply.eml").write_bytes(mail("Corrected."))
    assert len(collected(folder, store)) == 1 and len(kept(store)) == 4


def test_a_mail_that_is_too_large_is_told_and_not_kept(tmp_path: Path, store: Store) -> None:
    folder = a_folder(tmp_path / "saved")
    (folder / "large.eml").write_bytes(mail("x" * 150_000))
    left = [one for one in collected(folder, store) if isinstance(one, Left)]
    assert [one.file for one in left] == ["large.eml"] and "too large" in left[0].why
    assert len(kept(store)) == 3


def test_a_mail_that_is_gone_or_grows_meanwhile_is_told(tmp_path: Path, store: Store) -> None:
    folder = a_folder(tmp_path / "saved")
    going = gather(SavedMails(folder, LIMITS), store, store.mails, MAY_DAY, LIMITS)
    assert isinstance(next(going), Kept)
    (folder / "May" / "reply (2)").unlink()
    (folder / "reply.eml").write_bytes(MAILS[0] + b"and more")
    gone, grown = going
    assert isinstance(gone, Left) and "no longer there" in gone.why
    assert isinstance(grown, Left) and "still being written" in grown.why
    assert [one.mail.file for one in collected(folder, store) if isinstance(one, Kept)] == ["reply.eml"]


def test_flags_that_change_the_name_in_a_maildir_meanwhile_change_nothing(tmp_path: Path, store: Store) -> None:
    path = a_maildir(tmp_path / "saved")
    going = gather(SavedMails(path, LIMITS), store, store.mails, MAY_DAY, LIMITS)
    next(going)
    for file in (path / "new").iterdir():
        file.rename(path / "cur" / f"{file.name}:2,S")
    assert all(isinstance(one, Kept) for one in going)


def test_a_line_that_begins_with_from_parts_no_mails_of_its_own(tmp_path: Path, store: Store) -> None:
    """Thunderbird quotes nothing: only a line behind an empty one that says when a mail came parts two."""
    box = tmp_path / "Inbox"
    first = b"Subject: One\n\nHello.\n\nFrom the chair: all is well.\n"
    box.write_bytes(b"From - Sun May 01 10:00:00 2011\n" + first + b"\nFrom - Sun May 01 11:00:00 2011\nSubject: Two\n\nBye.\n\n")
    collected(box, store)
    assert kept(store) == [first, b"Subject: Two\n\nBye.\n"]


@pytest.mark.parametrize("name", ["no such", "locked"])
def test_what_cannot_be_read_is_named(name: str, tmp_path: Path, store: Store) -> None:
    if name == "locked":
        os.mkfifo(tmp_path / "saved.fifo")
        (tmp_path / name).symlink_to(tmp_path / "missing")
    with pytest.raises(MailError, match="cannot be read"):
        collected(tmp_path / name, store)
