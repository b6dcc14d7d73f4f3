"""Mails that lie on this machine: a folder of saved mails, an mbox file, a Maildir. They are only read.

What such a source calls a mail is the SHA-256 of its bytes: a mail that was kept is kept, wherever it lies and whatever it is called.
"""

import hashlib
import mailbox
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import MailError
from pipeline.intake.inbox import files_in
from pipeline.intake.mailbox import GoneError, LeftError, Listed, Looked, too_large
from pipeline.intake.writers import is_being_written
from pipeline.model.names import shown_name
from pipeline.settings import Limits

_LONGEST_LINE = 1 << 20
_PARTS = re.compile(rb"From [^\r\n]*\d\d:\d\d")


class _Lies(NamedTuple):
    """A mail that lies somewhere: its name, its size, and how so many of its bytes are read."""

    file: str
    size: int
    read: Callable[[int], bytes]


class SavedMails:
    """Mails on this machine, in whatever way they lie there.

    Args:
        path: a folder, an mbox file, a Maildir or a single saved mail.
        limits: of which `bytes` bounds a mail.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._lie: dict[str, _Lies] = {}

    @property
    def address(self) -> str:
        """Names it for good."""
        return self._path.resolve().as_uri()

    def look(self) -> Looked:
        """List what lies there; the same mail under two names is one.

        Raises:
            MailError: there is nothing of that name, or it cannot be read.
        """
        found: dict[str, Listed] = {}
        try:
            for one in _all(self._path):
                uid = hashlib.sha256(one.read(one.size)).hexdigest() if one.size <= self._limits.bytes else one.file
                found.setdefault(uid, Listed(uid, one.file, one.size, done=True))
                self._lie.setdefault(uid, one)
        except OSError as error:
            hint = "Name a folder of saved mails, an mbox file or a Maildir: proforma collect --from PATH."
            raise MailError(f"{error.filename or self._path} cannot be read: {error.strerror}.", hint) from error
        return Looked("", tuple(found.values()))

    def fetch(self, mail: Listed) -> bytes:
        """Return a mail."""
        try:
            data = self._lie[mail.uid].read(self._limits.bytes + 1)
        except (OSError, KeyError) as error:
            raise GoneError(f"{mail.file} is no longer there.") from error
        if len(data) > self._limits.bytes:
            raise too_large(mail._replace(size=len(data)), self._limits)
        if hashlib.sha256(data).hexdigest() != mail.uid:
            raise LeftError(f"{mail.file} is still being written.", "It stays where it is; run proforma collect again when it is whole.")
        return data

    def mark(self, uids: Iterable[str]) -> str:
        """Mark nothing: what a person saved is only read."""
        return ""


def _all(path: Path) -> Iterator[_Lies]:
    """Yield the mails that lie somewhere, in the order of their names or as they follow one another."""
    if path.is_dir() and all((path / part).is_dir() for part in ("cur", "new")):
        yield from _in_maildir(path)
    elif path.is_dir():
        yield from (_file(one, str(one.relative_to(path))) for one in files_in(path))
    elif _is_mbox(path):
        yield from _in_mbox(path)
    else:
        yield _file(path, path.name)


def _file(path: Path, name: str) -> _Lies:
    return _Lies(shown_name(name), path.stat().st_size, partial(_read_file, path))


def _read_file(path: Path, most: int) -> bytes:
    """Read a file that nobody is writing.

    Raises:
        OSError: it cannot be read now.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if is_being_written(descriptor):
            raise BlockingIOError(11, "it is still being written", str(path))
        return file.read(most)


def _in_maildir(path: Path) -> Iterator[_Lies]:
    """Yield the mails of a Maildir. Nothing moves from `new` to `cur`: that is for the program that shows them."""
    box = mailbox.Maildir(path, create=False)
    for key in sorted(box.iterkeys()):
        with box.get_file(key) as file:
            file.seek(0, os.SEEK_END)
            size = file.tell()
        yield _Lies(shown_name(f"{path.name} {key}.eml"), size, partial(_read_key, box, key))


def _read_key(box: "mailbox.Maildir", key: str, most: int) -> bytes:
    """Read a mail of a Maildir by its key: it keeps that, though flags change its file's name."""
    with box.get_file(key) as file:
        data: bytes = file.read(most)
        return data


def _in_mbox(path: Path) -> Iterator[_Lies]:
    """Yield the mails of an mbox, without the lines that part them; a line that was quoted because it looks like one stays quoted.

    The library's own reader opens such a file for writing.
    """
    for number, ((_, begins), (ends, _)) in enumerate(pairwise(_partings(path)), 1):
        yield _Lies(shown_name(f"{path.name} {number}.eml"), ends - begins, partial(_read_section, path, begins, ends))


def _partings(path: Path) -> Iterator[tuple[int, int]]:
    """Yield where what parts mails begins and ends, in bytes: an empty line and one that says when a mail came; at last the end.

    Source: RFC 4155, appendix A.
    """
    at, empty = 0, b""
    with path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE):
            if (empty or not at) and _PARTS.match(line):
                yield at - len(empty), at + len(line)
            at += len(line)
            empty = line if line in (b"\n", b"\r\n") else b""
    yield at - len(empty), at


def _read_section(path: Path, begins: int, ends: int, most: int) -> bytes:
    with path.open("rb") as file:
        file.seek(begins)
        return file.read(min(ends - begins, most))


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return _PARTS.match(file.readline(_LONGEST_LINE)) is not None
