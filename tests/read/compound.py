"""Compound files that a test writes down: streams and storages by name. Only as much as readers of Office files ask for.

    compound({"WordDocument": fib(encrypted=True), "Macros/VBA/dir": b""})

Source: [MS-CFB] 2.2 (header), 2.3 (FAT), 2.6 (directory).
"""

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_LEAST = 4096
"""Streams shorter than this would have to lie in the small streams' own stream; here they are filled up."""


def compound(streams: Mapping[str, bytes], class_id: bytes = b"\0" * 16) -> bytes:
    """Return a compound file.

    Args:
        streams: by path, `/` between a storage and what lies in it. A short one is filled up with zeros.
        class_id: of its root.
    """
    paths = sorted({"/".join(path.split("/")[: depth + 1]) for path in streams for depth in range(path.count("/") + 1)})
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = []
    for path in paths:
        start, size = _END, 0
        if path in streams:
            data = streams[path].ljust(_LEAST, b"\0")
            start, size = _append(data, sectors, chain), len(data)
        entries.append((path, start, size))
    directory = b"".join(_entries(paths, entries, class_id)).ljust(_SECTOR, b"\0")
    begins = _append(directory, sectors, chain)
    table = len(chain)
    chain.append(_FAT)
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    assert len(fat) == _SECTOR, "more streams than one sector of the FAT tells of"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, begins, 0, _LEAST, _END, 0, _END, 0, table)
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors) + fat


def _append(data: bytes, sectors: list[bytes], chain: list[int]) -> int:
    """Put a stream into sectors of its own, and return the first."""
    start = len(sectors)
    pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
    sectors += pieces
    chain += [*range(start + 1, start + len(pieces)), _END]
    return start


def _entries(paths: list[str], entries: list[tuple[str, int, int]], class_id: bytes) -> list[bytes]:
    """Return the entries of the directory, the root first. What lies in one storage is a list: each points to the next."""
    made = [_entry("Root Entry", _ROOT, _below("", paths), _NONE, _END, 0, class_id)]
    for path, start, size in entries:
        kind = _STREAM if start != _END else _STORAGE
        made.append(_entry(path.rpartition("/")[2], kind, _below(path, paths), _beside(path, paths), start, size))
    return made


def _below(path: str, paths: list[str]) -> int:
    inside = [at for at, other in enumerate(paths, 1) if other.rpartition("/")[0] == path]
    return inside[0] if inside else _NONE


def _beside(path: str, paths: list[str]) -> int:
    later = [at for at, other in enumerate(paths, 1) if other.rpartition("/")[0] == path.rpartition("/")[0] and other > path]
    return later[0] if later else _NONE


def _entry(name: str, kind: int, child: int, after: int, start: int, size: int, class_id: bytes = b"\0" * 16) -> bytes:
    said = name.encode("utf-16-le") + b"\0\0"
    return said.ljust(64, b"\0") + struct.pack("<HBBIII16s20xIQ", len(said), kind, 1, _NONE, after, child, class_id, start, size)


def fib(magic: int = 0xA5EC, *, encrypted: bool = False) -> bytes:
    """Return the beginning of a Word 97 document ([MS-DOC] 2.5.2)."""
    return struct.pack("<HHHHHH", magic, 193, 0, 0, 0, 0x0100 if encrypted else 0)
