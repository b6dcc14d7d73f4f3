"""Open a stranger's zip with bounds; write our own so that the same content gives the same bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.ooxml.names import STRICT
from pipeline.ooxml.xml import parse
from pipeline.settings import Limits

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time stamp of every member that we write: the same content gives the same bytes."""

_LIMITS = Limits()
_ADVICE = "Ask the partnership to accept all tracked changes, save it once more and send it again."
_CHUNK = 1 << 16


class Members:
    """A stranger's zip: its members as it lists them, unpacked one by one through a counter.

    Args:
        data: the file as received.
        limits: what it may cost.
        whole: what it should have been, for messages: "a whole Office document".
        advice: what the officer can do where it is not.

    Raises:
        UnreadableError: `corrupt` where it is no zip or is broken, `bomb` where it has too many members.
    """

    def __init__(self, data: bytes, limits: Limits = _LIMITS, whole: str = "a whole Office document", advice: str = _ADVICE) -> None:
        self._limits = limits
        self._advice = advice
        self._spent = 0
        crowded = "The file holds {:,} parts; no form has that many."
        if (listed := _counted(data)) > limits.members:
            raise UnreadableError("bomb", crowded.format(listed), advice)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError) as error:
            raise UnreadableError("corrupt", f"The file is damaged: it is not {whole}.", advice) from error
        self.listed: tuple[zipfile.ZipInfo, ...] = tuple(self._zip.infolist())
        """In the order of the zip; two may have one name."""
        if len(self.listed) > limits.members:
            raise UnreadableError("bomb", crowded.format(len(self.listed)), advice)

    def unpack(self, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member.

        Raises:
            UnreadableError: `bomb` past a bound, `corrupt` where it cannot be unpacked, `encrypted` where it is locked.
        """
        name = info.filename
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", "The file is locked with a password.", "Ask for it without the password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            message = f"The file is damaged: no office program packs as its part {name} is packed."
            raise UnreadableError("corrupt", message, self._advice)
        bound = min(self._limits.part_bytes, self._limits.unpacked_bytes - self._spent)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, MemoryError) as error:
            raise UnreadableError("corrupt", f"The file is damaged: its part {name} cannot be unpacked.", self._advice) from error
        self._spent += len(data)
        over_ratio = len(data) > 2**20 and name.endswith((".xml", ".rels")) and len(data) > self._limits.ratio * max(info.compress_size, 1)
        if len(data) > bound or over_ratio:
            raise UnreadableError("bomb", f"The file unpacks to far more than a form needs (part {name}).", self._advice)
        return data


def _counted(data: bytes) -> int:
    """Return how many members the directory of a zip lists, before a million of them are made into objects.

    Source: APPNOTE 6.3.10, 4.3.12 and 4.3.16 (a member's entry, and the end that states the size of the directory).
    """
    end = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(b"PK\x01\x02", max(0, end - size), max(0, end))


class Package(Members):
    """A zip package of an office program, read part by part.

    Raises:
        UnreadableError: as `Members`, and `corrupt` where two parts have one name.
    """

    def __init__(self, data: bytes, limits: Limits = _LIMITS) -> None:
        super().__init__(data, limits)
        self._infos = {info.filename: info for info in self.listed}
        if len(self._infos) != len(self.listed):
            raise UnreadableError("corrupt", "Two parts of the file have one name, so two programs would see two documents.", _ADVICE)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in the order of the zip."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; errors as `unpack`."""
        return self.unpack(self._infos[name])

    def xml(self, name: str) -> etree._Element:
        """Return the root element of an XML part, strict namespaces turned into the transitional ones.

        Raises:
            UnreadableError: as `read`, and `corrupt` where the XML is broken.
        """
        return parsed(self.transitional(name), name)

    def transitional(self, name: str) -> bytes:
        """Return the bytes of an XML part, strict namespaces turned into the transitional ones; errors as `read`."""
        data = self.read(name)
        if b"purl.oclc.org" in data:
            for strict, transitional in STRICT.items():
                data = data.replace(strict, transitional)
        return data


def parsed(data: bytes, name: str) -> etree._Element:
    """Return the root element of an XML part.

    Args:
        data: the part's bytes, strict namespaces turned into the transitional ones.
        name: the part's, for the message.

    Raises:
        UnreadableError: `corrupt` where the XML is broken.
    """
    try:
        return parse(data)
    except ValueError as error:
        raise UnreadableError("corrupt", f"The file is damaged: in its part {name}, {error}.", _ADVICE) from error


class Writer:
    """Write a package whose bytes depend on its content alone: fixed times, fixed attributes, members in the order given."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Add a part that is at hand."""
        self._zip.writestr(_info(name, stored), data)

    def stream(self, name: str, pieces: Iterator[str]) -> None:
        """Add a part that is made piece by piece; no more than about 64 KiB of it is held at a time."""
        with self._zip.open(_info(name, False), "w", force_zip64=False) as out:
            waiting: list[str] = []
            size = 0
            for piece in pieces:
                waiting.append(piece)
                size += len(piece)
                if size > _CHUNK:
                    out.write("".join(waiting).encode())
                    waiting.clear()
                    size = 0
            out.write("".join(waiting).encode())

    def comment(self, text: bytes) -> None:
        """Give the zip a comment, which no office program shows."""
        self._zip.comment = text

    def close(self) -> None:
        """Write the directory of the zip."""
        self._zip.close()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _info(name: str, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.create_system = 3
    return info
