"""What waits in the inbox, and how one file of it is taken in.

Does not open envelopes: what a mail or a zip holds is for their readers to say.
"""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.errors import PipelineError, SetupError, UnreadableError
from pipeline.intake.writers import is_being_written
from pipeline.model.history import Receipt
from pipeline.model.names import shown_name
from pipeline.model.outcomes import Reason
from pipeline.model.rounds import Round
from pipeline.settings import Limits

VIA = "inbox"
ENVELOPE = "envelope"
"""The way of a document that lay in a mail or a zip."""
BUNDLE = "bundle"
"""The way of a document that was put together from pages that came as files of their own."""

_LIMITS = Limits()

_NO_RETURNS = re.compile(r"\.|~\$|(readme(\.\w+)?|thumbs\.db|desktop\.ini)$", re.IGNORECASE)
"""Hidden files, the owner files that Word leaves while a document is open, and what folders come with."""

_NUMBER = re.compile(r"(\d+)")


class StillWaitingError(PipelineError):
    """A file of the inbox cannot be taken in now: it is left where it is, for the next run."""


class Keeper(Protocol):
    """What intake needs of the store."""

    def keep_original(self, data: bytes, file: str, via: str, at: datetime) -> Receipt:
        """Keep a document for good before returning; the same bytes again have the effect of once."""


def waiting(round_: Round) -> tuple[Path, ...]:
    """Return the files of the inbox, those in its folders included, in the order of their names.

    Raises:
        SetupError: a folder of the inbox cannot be looked into. An inbox that is not there is an empty one.
    """
    return files_in(round_.inbox) if round_.inbox.exists() else ()


def files_in(top: Path) -> tuple[Path, ...]:
    """Return the files of a folder and of those in it, in the order of their names.

    Links are not followed, neither to files nor to folders. Numbers in names count as numbers and endings come last, so that
    `reply.docx` stands before `reply (2).docx` and that before `reply (10).docx`: a newer copy is taken in later.

    Raises:
        SetupError: a folder cannot be looked into.
    """
    found: list[Path] = []
    for folder, folders, files in os.walk(top, onerror=_refuse, followlinks=False):
        folders[:] = [name for name in folders if not _NO_RETURNS.match(name)]
        found.extend(Path(folder, name) for name in files if not _NO_RETURNS.match(name))
    documents = [path for path in found if path.is_file() and not path.is_symlink()]
    return tuple(sorted(documents, key=lambda path: _order(path.relative_to(top))))


def receive(path: Path, store: Keeper, at: datetime, *, below: Path | None = None, limits: Limits = _LIMITS) -> tuple[Receipt, bytes]:
    """Take one file in: keep it as it came, and return its receipt and its bytes.

    Args:
        path: a file, as `waiting` gives it.
        store: where originals are kept.
        at: now; it has a time zone.
        below: the folder that the kept name starts below.
        limits: of which `bytes` bounds the file.

    Raises:
        StillWaitingError, UnreadableError: as `look` raises them. Nothing was kept.
        StoreError: it could not be kept.
    """
    name, data = look(path, below=below, limits=limits)
    return store.keep_original(data, name, VIA, at), data


def look(path: Path, *, below: Path | None = None, limits: Limits = _LIMITS) -> tuple[str, bytes]:
    """Return the name of a file, as text for people, and its bytes. It is opened once and only read, whatever happens to it meanwhile.

    Args:
        path: a file, as `waiting` gives it.
        below: the folder that the name starts below, so that `roads/reply.docx` is told from `schools/reply.docx`; where None, only the
            last part of the path is the name.
        limits: of which `bytes` bounds the file.

    Raises:
        StillWaitingError: another program is writing it, it is no longer there, or it cannot be opened.
        UnreadableError: `too-large`.
    """
    name = shown_name(str(path.relative_to(below)) if below else path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            busy = is_being_written(descriptor)
            data = file.read(limits.bytes + 1)
            after = os.fstat(descriptor)
    except OSError as error:
        raise StillWaitingError(f"{name} cannot be read: {error.strerror}.", "It stays in the inbox; see that it can be opened.") from error
    if busy or _state(before) != _state(after):
        raise StillWaitingError(f"{name} is still being written.", "It stays in the inbox; run proforma ingest again when it is whole.")
    if len(data) > limits.bytes:
        size = f"{after.st_size / 2**20:,.0f} MB, and the most is {limits.bytes / 2**20:,.0f} MB"
        raise UnreadableError(Reason.TOO_LARGE, f"{name} is too large: it has {size}.", "Ask for it without its pictures, or in parts.")
    return name, data


def _refuse(error: OSError) -> None:
    raise SetupError(f"{error.filename} cannot be looked into: {error.strerror}.", "See that the folder can be opened.") from error


def _order(path: Path) -> tuple[tuple[tuple[tuple[int, int, str], ...], str], ...]:
    return tuple((_natural(Path(part).stem), part) for part in path.parts)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    pieces = _NUMBER.split(text.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def _state(of: os.stat_result) -> tuple[int, int]:
    return of.st_size, of.st_mtime_ns
