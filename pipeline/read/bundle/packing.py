"""A bundle as bytes: the files as they came, unchanged, in a zip behind a few words that say what it is.

Programs that open zips open it too. The same files in the same order are the same bytes.

Source: APPNOTE 6.3.10, 4.1.9 (other data may stand before a zip).
"""

import io
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.ooxml.package import Members, Writer
from pipeline.settings import Limits

BEGINS = b"proforma bundle 1\n\0"
"""The last byte keeps what is left of one that was cut short from being taken for a text."""
_TELLS = """
These are pages of one form that came as separate files, put together so that they are read as one return. What follows is a zip of those
files, each as it came. Programs that open zips open it; where one looks at the name, call a copy of it pages.zip.
"""
_LENGTH = 2_048
"""Bytes before the zip: farther in than a PDF in it could be taken for the whole (ISO 32000-1, annex H: 1,024)."""
_ADVICE = "Ask for the pages again, in one document."
MOST_FILES = 200
"""No form has more pages."""
_LIMITS = Limits()


class File(NamedTuple):
    """A file of a bundle, with the name that it came with."""

    name: str
    data: bytes


def packed(files: Iterable[File]) -> bytes:
    """Return files as one bundle, in the order given."""
    stream = io.BytesIO()
    stream.write((BEGINS + _TELLS.encode()).ljust(_LENGTH - 1) + b"\n")
    with Writer(stream) as out:
        for number, file in enumerate(files, 1):
            out.add(f"{number}/{file.name}", file.data, stored=True)
    return stream.getvalue()


def is_bundle(data: bytes) -> bool:
    """Say whether bytes begin as a bundle does."""
    return data.startswith(BEGINS)


def unpacked(data: bytes, limits: Limits = _LIMITS) -> tuple[File, ...]:
    """Return the files of a bundle.

    Raises:
        UnreadableError: it is broken (`corrupt`), has too many files (`too-large`) or is a bomb.
    """
    members = Members(data, limits, "a whole bundle of pages", _ADVICE)
    if len(members.listed) > MOST_FILES:
        raise UnreadableError("too-large", f"The bundle has more than {MOST_FILES} files.", _ADVICE)
    return tuple(File(info.filename.partition("/")[2] or info.filename, members.unpack(info)) for info in members.listed)
