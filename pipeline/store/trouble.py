"""What can go wrong on a disk or in a database, in one sentence an officer can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pipeline.errors import StoreError


class _Trouble(NamedTuple):
    says: str
    hint: str


_FULL = _Trouble("the disk is full", "Make room on the disk, then run the command again; nothing that was taken in is lost.")
_DENIED = _Trouble("there is no permission to write there", "Ask its owner for the right to read and write it, then run the command again.")
_LOCKED = _Trouble("another program is using it", "Wait until the other command has ended, then run this one again.")
_DAMAGED = _Trouble(
    "the database is damaged",
    "Put back the last backup of the store folder; the originals beside it, and the files in the inbox, can all be read again.",
)
_FAILING = _Trouble("the disk reports an error", "Copy the round folder to another disk now, and have this one looked at.")
_MISSING = _Trouble("a file of it cannot be opened", "See that the round folder is there and that its store can be read and written.")

_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.EIO: _FAILING,
    errno.ENOENT: _MISSING,
}

_BY_SQLITE = {
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # the index of the write-ahead log could not grow
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _DENIED,
    sqlite3.SQLITE_PERM: _DENIED,
    sqlite3.SQLITE_AUTH: _DENIED,
    sqlite3.SQLITE_CANTOPEN: _MISSING,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _FAILING,
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the disk or the database raises into a `StoreError`.

    Args:
        where: what was being used, as the officer knows it: "the store of the round in /rounds/2011".

    Raises:
        StoreError: with what is wrong and what to do.
    """
    try:
        yield
    except OSError as error:
        trouble = _BY_ERRNO.get(error.errno or 0, _Trouble(error.strerror or str(error), ""))
        raise _story(where, trouble) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _story(where, _of_database(error)) from error


def _story(where: str, trouble: _Trouble) -> StoreError:
    return StoreError(f"{where} cannot be used: {trouble.says}.", trouble.hint)


def _of_database(error: SQLAlchemyError | sqlite3.Error) -> _Trouble:
    """Find out what a database error is about.

    Source: sqlite.org/rescode.html: the low byte of an extended result code is the primary one.
    """
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    code = getattr(cause, "sqlite_errorcode", None)
    for known in (code, code & 0xFF) if code is not None else ():
        if known in _BY_SQLITE:
            return _BY_SQLITE[known]
    return _Trouble(" ".join(str(cause).split()).rstrip("."), "See that the database can be reached and that its address is right.")
