"""Make many packages that differ little, at little more than the cost of copying them.

A part is put together from pieces that are already deflated: each ends on a byte boundary and looks back at nothing before it,
so pieces can follow one another in any order. What differs goes between them as stored blocks, which need no compressing.

Source: RFC 1951 (deflate: stored blocks 3.2.4; zlib's full flush ends a piece on an empty one), PKWARE APPNOTE 6.3.4 (zip).
"""

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_STORED, _DEFLATED = 0, 8
_BLOCK = 0xFFFF
_END = b"\x03\x00"
"""An empty last block with fixed codes."""
_DATE = 1 << 5 | 1
"""1 January 1980, the first day that zip knows: the same content gives the same bytes."""
_UNIX, _MODE = 3 << 8, 0o600 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_TAIL = struct.Struct("<4s4H2IH")


class Piece(NamedTuple):
    """Some bytes of a part, and the same as deflate blocks that stand for themselves."""

    raw: bytes
    packed: bytes


class Part(NamedTuple):
    """A part of a package as it lies in the zip."""

    name: str
    """ASCII."""
    crc: int
    size: int
    """Bytes, unpacked."""
    packed: bytes
    method: int = _DEFLATED


def deflated(raw: bytes) -> Piece:
    """Return bytes packed as well as can be: for what is packed once and used often."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Piece(raw, packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH))


def stored(raw: bytes) -> Piece:
    """Return bytes wrapped as they are: for the few words that differ."""
    if len(raw) <= _BLOCK:
        return Piece(raw, struct.pack("<BHH", 0, len(raw), len(raw) ^ _BLOCK) + raw)
    pieces = [stored(raw[start : start + _BLOCK]) for start in range(0, len(raw), _BLOCK)]
    return Piece(raw, b"".join(piece.packed for piece in pieces))


def join(name: str, pieces: Iterable[Piece]) -> Part:
    """Put a part together from its pieces."""
    crc = size = 0
    packed = []
    for piece in pieces:
        crc = zlib.crc32(piece.raw, crc)
        size += len(piece.raw)
        packed.append(piece.packed)
    packed.append(_END)
    return Part(name, crc, size, b"".join(packed))


def plain(name: str, data: bytes) -> Part:
    """Return a part that lies in the zip as it is, such as a picture that is packed already."""
    return Part(name, zlib.crc32(data), len(data), data, _STORED)


def archive(parts: Iterable[Part]) -> bytes:
    """Return the zip of some parts, in the order given."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, crc, size, packed, method in parts:
        label = name.encode("ascii")
        common = (20, 0, method, 0, _DATE, crc, len(packed), size, len(label), 0)
        local = _LOCAL.pack(b"PK\x03\x04", *common) + label
        directory.append(_CENTRAL.pack(b"PK\x01\x02", _UNIX | 20, *common, 0, 0, 0, _MODE, offset) + label)
        out += (local, packed)
        offset += len(local) + len(packed)
    length = sum(map(len, directory))
    tail = _TAIL.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), length, offset, 0)
    return b"".join((*out, *directory, tail))
