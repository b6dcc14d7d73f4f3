"""Outlook messages that a test writes down: a compound file ([MS-CFB]) with the properties of a mail ([MS-OXMSG])."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.envelopes import mapi

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Folder = dict[str, "bytes | Folder"]
Value = str | bytes | int | datetime


class Message(NamedTuple):
    """An Outlook message: its properties by number, and what is attached."""

    values: dict[int, Value]
    attached: tuple["File | Message", ...] = ()


class File(NamedTuple):
    """A file attached to an Outlook message."""

    name: str
    data: bytes
    values: dict[int, Value] = {}  # noqa: RUF012 - a literal that nothing changes


def msg(message: Message) -> bytes:
    """Return an Outlook message as bytes."""
    return compound(_message(message, 32))


def _message(message: Message, header: int) -> Folder:
    counts = struct.pack("<8x4I", 0, len(message.attached), 0, len(message.attached))
    folder = _properties(message.values, counts.ljust(header, b"\0"))
    folder["__nameid_version1.0"] = {}
    for at, one in enumerate(message.attached):
        if isinstance(one, Message):
            inside = _properties({mapi.METHOD: mapi.EMBEDDED, mapi.SHOWN_NAME: str(one.values.get(mapi.SUBJECT, ""))}, b"\0" * 8)
            inside[f"__substg1.0_{mapi.DATA:04X}{mapi.OBJECT:04X}"] = _message(one, 24)
        else:
            inside = _properties({mapi.METHOD: 1, mapi.LONG_NAME: one.name, mapi.DATA: one.data, **one.values}, b"\0" * 8)
        folder[f"__attach_version1.0_#{at:08X}"] = inside
    return folder


def _properties(values: dict[int, Value], header: bytes) -> Folder:
    folder: Folder = {}
    table = bytearray(header)
    for number, value in values.items():
        kind, data = _written(value)
        if kind in (mapi.UNICODE, mapi.BINARY):
            folder[f"__substg1.0_{number:04X}{kind:04X}"] = data
            size = len(data) + (2 if kind == mapi.UNICODE else 0)
            table += struct.pack("<HHIII", kind, number, 6, size, 0)
        else:
            table += struct.pack("<HHI8s", kind, number, 6, data)
    folder["__properties_version1.0"] = bytes(table)
    return folder


def _written(value: Value) -> tuple[int, bytes]:
    if isinstance(value, str):
        return mapi.UNICODE, value.encode("utf-16-le")
    if isinstance(value, bytes):
        return mapi.BINARY, value
    if isinstance(value, datetime):
        return 0x0040, struct.pack("<Q", int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7)
    return 0x0003, struct.pack("<Q", value)


class _Entry(NamedTuple):
    name: str
    kind: int
    data: bytes
    children: list[int]


def compound(root: Folder) -> bytes:
    """Return a compound file of version 3 that holds these streams and storages."""
    entries: list[_Entry] = [_Entry("Root Entry", 5, b"", [])]
    _list(root, 0, entries)
    big, small = bytearray(), bytearray()
    fat: list[int] = []
    small_fat: list[int] = []
    starts: list[int] = []
    for entry in entries:
        into, table, sector = (big, fat, _SECTOR) if len(entry.data) >= _CUTOFF else (small, small_fat, _SMALL)
        starts.append(_put(entry.data, into, table, sector) if entry.kind == 2 else 0)
    starts[0] = _put(bytes(small), big, fat, _SECTOR)
    small_start = _put(b"".join(struct.pack("<I", one) for one in small_fat), big, fat, _SECTOR, b"\xff")
    directory = b"".join(_entry(entries, at, starts, len(small)) for at in range(len(entries)))
    directory_start = _put(directory, big, fat, _SECTOR)
    return _file(big, fat, directory_start, small_start, -(-len(small_fat) * 4 // _SECTOR))


def _list(folder: Folder, parent: int, entries: list[_Entry]) -> None:
    for name in sorted(folder, key=lambda name: (len(name), name.upper())):
        said = folder[name]
        entries[parent].children.append(len(entries))
        entries.append(_Entry(name, 2, said, []) if isinstance(said, bytes) else _Entry(name, 1, b"", []))
        if not isinstance(said, bytes):
            _list(said, len(entries) - 1, entries)


def _put(data: bytes, into: bytearray, table: list[int], sector: int, fill: bytes = b"\0") -> int:
    """Add a stream in sectors that follow one another, and return its first sector."""
    if not data:
        return _END
    start = len(table)
    count = -(-len(data) // sector)
    into += data.ljust(count * sector, fill)
    table += [*range(start + 1, start + count), _END]
    return start


def _entry(entries: list[_Entry], at: int, starts: list[int], small: int) -> bytes:
    entry = entries[at]
    left, right = next((pair for parent in entries if at in parent.children for pair in [_tree(parent.children)[at]]), (_FREE, _FREE))
    child = entry.children[len(entry.children) // 2] if entry.children else _FREE
    name = entry.name.encode("utf-16-le") + b"\0\0"
    size = small if entry.kind == 5 else len(entry.data)
    return struct.pack("<64sHBBIII16xI16xIQ", name, len(name), entry.kind, 1, left, right, child, 0, starts[at], size)


def _tree(children: list[int]) -> dict[int, tuple[int, int]]:
    """Return the left and right neighbour of each child in a balanced tree."""
    return dict(_balanced(children))


def _balanced(children: list[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    if children:
        middle = len(children) // 2
        before, behind = children[:middle], children[middle + 1 :]
        sides = tuple(side[len(side) // 2] if side else _FREE for side in (before, behind))
        yield children[middle], (sides[0], sides[1])
        yield from _balanced(before)
        yield from _balanced(behind)


def _file(big: bytearray, fat: list[int], directory: int, small: int, small_count: int) -> bytes:
    sectors = 0
    while sectors * (_SECTOR // 4) < len(fat) + sectors:
        sectors += 1
    assert sectors <= 109, "a test's message fits into the header's own list of tables"
    first = len(fat)
    table = [*fat, *[_TABLE] * sectors]
    table += [_FREE] * (sectors * (_SECTOR // 4) - len(table))
    places = [*range(first, first + sectors), *[_FREE] * (109 - sectors)]
    ends = (sectors, directory, 0, _CUTOFF, small, small_count, _END, 0)
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6, 0, *ends)
    return header + struct.pack("<109I", *places) + bytes(big) + struct.pack(f"<{len(table)}I", *table)
