"""An Outlook message (.msg): a compound file with the properties of a mail ([MS-OXMSG]).

Reads: sender, subject, text, attachments, messages kept open inside it. Does not read: meetings, tasks and contacts as such.
"""

import io
import struct
from collections import defaultdict
from typing import NamedTuple

import olefile

from pipeline.envelopes import mapi
from pipeline.envelopes.mapi import Properties, mail_from
from pipeline.envelopes.offering import Shown, numbered, offered
from pipeline.envelopes.tnef import attachment_name, kept_elsewhere, shown_of
from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.envelopes import Enclosed, Opened
from pipeline.settings import Limits

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_ATTACHED = "__attach_version1.0_#"
_INSIDE = f"{_STREAM}{mapi.DATA:04X}{mapi.OBJECT:04X}"

_TOP, _WITHIN, _BESIDE = 32, 24, 8
"""Bytes before the first property: of a message, of one inside another, of an attachment ([MS-OXMSG] 2.4.1)."""
_DEEPEST = 4
"""Messages inside one another that are looked into; `contents` opens fewer."""

_BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError, OverflowError, MemoryError)
"""What olefile lets through on broken files (seen on files with changed bytes)."""
_ADVICE = "Ask for the documents themselves, or open the message in Outlook and save what is attached."


class _Folder(NamedTuple):
    """A storage of the compound file."""

    path: tuple[str, ...]
    streams: tuple[str, ...]
    folders: tuple[str, ...]


class _Message(NamedTuple):
    """A compound file being read: what it holds, and what may still be read of it."""

    ole: "olefile.OleFileIO"
    folders: dict[tuple[str, ...], _Folder]
    left: list[int]
    """One number: the bytes that may still be read."""

    def stream(self, *path: str) -> tuple[bytes, bool]:
        """Return a stream, and whether it is as long as the file says.

        Raises:
            UnreadableError: `bomb` past the bound.
        """
        size = self.ole.get_size(list(path))
        self.left[0] -= size
        if self.left[0] < 0:
            raise UnreadableError("bomb", "The message holds far more than a form needs.", "Ask for the form alone.")
        data: bytes = self.ole.openstream(list(path)).read()
        return data, len(data) == size


def is_outlook(data: bytes) -> bool:
    """Say whether the bytes are an Outlook message: a compound file with a list of properties, and no Word document."""
    if not data.startswith(_COMPOUND) or _PROPERTIES.encode("utf-16-le") not in data:
        return False
    return "WordDocument".encode("utf-16-le") not in data or _has_properties(data)


def _has_properties(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return bool(ole.exists(_PROPERTIES))
    except _BROKEN:
        return False


def open_outlook(data: bytes, limits: Limits) -> Opened:
    """Return what an Outlook message says and what is attached to it.

    Raises:
        UnreadableError: `corrupt` where it cannot be read, `bomb` past a bound.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            message = _Message(ole, _folders(ole, limits), [limits.unpacked_bytes])
            opened = _opened(message, (), limits)
            notes = _cut(ole, len(data))
    except _BROKEN as error:
        raise UnreadableError("corrupt", "The Outlook message is damaged.", _ADVICE) from error
    return opened._replace(notes=(*opened.notes, *notes))


def _folders(ole: "olefile.OleFileIO", limits: Limits) -> dict[tuple[str, ...], _Folder]:
    """Return every storage by its path."""
    streams: dict[tuple[str, ...], list[str]] = defaultdict(list)
    folders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    listed = ole.listdir(streams=True, storages=True)
    if len(listed) > limits.members * 20:
        raise UnreadableError("bomb", "The message is made of more pieces than any mail.", _ADVICE)
    for path in listed:
        into = streams if ole.get_type(path) == olefile.STGTY_STREAM else folders
        into[tuple(path[:-1])].append(path[-1])
    paths = {(), *streams, *folders, *((*path, name) for path, names in folders.items() for name in names)}
    return {path: _Folder(path, tuple(streams[path]), tuple(folders[path])) for path in paths}


def _cut(ole: "olefile.OleFileIO", size: int) -> tuple[Note, ...]:
    """Say whether the file ends before the last sector that its table of sectors gives away ([MS-CFB] 2.3)."""
    last = next((at for at in range(len(ole.fat) - 1, -1, -1) if ole.fat[at] != olefile.FREESECT), -1)
    if (last + 1) * ole.sector_size < size:
        return ()
    return (Note("damaged", "The Outlook message ends before it is finished: something is missing. Ask for it again."),)


def _opened(message: _Message, path: tuple[str, ...], limits: Limits, codepage: str = "cp1252") -> Opened:
    folder = message.folders[path]
    said, damage = _properties(message, folder, _WITHIN if path else _TOP, codepage)
    mail = mail_from(said, limits)
    notes = [Note("damaged", f"The Outlook message is damaged: {one}. Compare it with the original.") for one in (*damage, *said.damage)]
    attached = [(*path, name) for name in sorted(folder.folders) if name.startswith(_ATTACHED)]
    parts = [_enclosed(message, one, said.codepage, limits) for one in attached if one in message.folders]
    names = numbered([part.name for part, _ in parts])
    enclosed = tuple(part._replace(name=name) for (part, _), name in zip(parts, names, strict=True))
    return offered(Opened("outlook", enclosed, mail, tuple(notes)), tuple(shown for _, shown in parts))


def _enclosed(message: _Message, path: tuple[str, ...], codepage: str, limits: Limits) -> tuple[Enclosed, Shown]:
    folder = message.folders[path]
    said, damage = _properties(message, folder, _BESIDE, codepage)
    if _INSIDE in folder.folders and said.number(mapi.METHOD) == mapi.EMBEDDED:
        return _message_inside(message, (*path, _INSIDE), attachment_name(said), limits, codepage), Shown()
    name = attachment_name(said)
    notes = tuple(Note("damaged", f"{name} is damaged: {one}. Ask for it again.", quote=name) for one in damage)
    refusal = kept_elsewhere(said, name)
    if not refusal and _INSIDE in folder.folders:
        refusal = UnreadableError("unsupported", f"{name} is kept inside the mail as a piece of another program.", "Ask for it as a file.")
    return Enclosed(name, said.bytes(mapi.DATA), notes, refusal), shown_of(said)


def _message_inside(message: _Message, path: tuple[str, ...], name: str, limits: Limits, codepage: str) -> Enclosed:
    if sum(step == _INSIDE for step in path) < _DEEPEST:
        return Enclosed(name, b"", inside=_opened(message, path, limits, codepage))
    advice = "Ask for the documents themselves."
    return Enclosed(name, b"", refusal=UnreadableError("unsupported", f"{name} lies too deep inside other messages.", advice))


def _properties(message: _Message, folder: _Folder, header: int, codepage: str) -> tuple[Properties, tuple[str, ...]]:
    """Return the properties of a storage, and what is damaged about them."""
    values: dict[int, tuple[int, bytes]] = {}
    sizes: dict[int, int] = {}
    damage: list[str] = []
    if _PROPERTIES in folder.streams:
        table, whole = message.stream(*folder.path, _PROPERTIES)
        if not whole or (len(table) - header) % 16:
            damage.append("its list of properties breaks off")
        for at in range(header, len(table) - 15, 16):
            kind, number = struct.unpack_from("<HH", table, at)
            values[number] = (kind, table[at + 8 : at + 16])
            sizes[number] = int.from_bytes(table[at + 8 : at + 12], "little")
    else:
        damage.append("its list of properties is missing")
    values = {number: value for number, value in values.items() if value[0] not in (mapi.UNICODE, mapi.STRING8, mapi.BINARY, mapi.OBJECT)}
    for name in folder.streams:
        number, kind = _named(name)
        if number in mapi.MEANT:
            data, whole = message.stream(*folder.path, name)
            values[number] = (kind, data)
            if not whole or (kind == mapi.BINARY and len(data) < sizes.get(number, 0)):
                damage.append("it breaks off")
    return Properties(values, codepage), tuple(dict.fromkeys(damage))


def _named(stream: str) -> tuple[int, int]:
    """Return the number and the type of the property that a stream holds; 0 where it holds none, or one of several values."""
    digits = stream.removeprefix(_STREAM)
    if not stream.startswith(_STREAM) or len(digits) != 8:
        return 0, 0
    try:
        return int(digits[:4], 16), int(digits[4:], 16)
    except ValueError:
        return 0, 0
