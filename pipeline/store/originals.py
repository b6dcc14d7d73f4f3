"""The returns as they came: bytes under their SHA-256, written once and never changed.

A document is on the disk for good before its row says so: temporary file → fsync → rename → fsync of the folder. The caller
holds the database's write lock meanwhile, so that no two programs write one file, and a file left half-written by a power cut is
simply written again. Folders are for the owner alone (0700), files too (0600).
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

_UNFINISHED = ".part"


class Originals:
    """The folder of the originals: `ab/abcdef…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Return where a document lies, or would lie."""
        return self.folder / digest[:2] / digest

    def shown(self, digest: str) -> str:
        """Return where a document lies as seen from the round folder, which holds the store."""
        return str(self.path(digest).relative_to(self.folder.parent.parent))

    def holds(self, digest: str, data: bytes) -> bool:
        """Say whether the document is there, byte for byte."""
        try:
            return self.path(digest).read_bytes() == data
        except FileNotFoundError:
            return False

    def write(self, digest: str, data: bytes) -> None:
        """Put a document on the disk so that a power cut cannot take it away again.

        A damaged copy of the same document is replaced by this whole one.

        Raises:
            OSError: it could not be written for good; nothing half-written is left.
        """
        target = self.path(digest)
        if not target.parent.is_dir():
            target.parent.mkdir(mode=0o700)
            settle(self.folder)
        unfinished = target.with_name(digest + _UNFINISHED)
        try:
            _write(unfinished, data)
            unfinished.replace(target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        settle(target.parent)

    def read(self, digest: str) -> bytes | None:
        """Return a document whose bytes still match its name; None where they do not.

        Raises:
            FileNotFoundError: it is not there.
        """
        data = self.path(digest).read_bytes()
        return data if sha256(data).hexdigest() == digest else None

    def whole(self, digest: str) -> bool:
        """Say whether a document is there and unharmed."""
        try:
            return self.read(digest) is not None
        except FileNotFoundError:
            return False

    def __iter__(self) -> Iterator[Path]:
        """Yield every file below the folder, in order: documents, and what does not belong there."""
        return (path for path in sorted(self.folder.rglob("*")) if not path.is_dir())


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
