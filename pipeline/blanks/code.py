"""The square code that carries a blank's reference, as a picture."""

import struct
import zlib

import segno

_MASK = 3
"""Any mask can be read; trying all eight for the prettiest, as segno does by default, takes six times as long."""
_QUIET = 4
"""Light modules around the code."""
_INK = bytes((0xFF, 0x00)) + bytes(254)
"""A light module is 0 and becomes white; a dark one is 1 and becomes black."""
_PIXELS = 8
"""Pixels a module: one byte of a picture with one bit a pixel, so that a module is a byte."""


def picture(reference: str) -> bytes:
    """Return the QR code of a reference as a PNG with its quiet zone, 8 pixels a module, one bit a pixel.

    Error level M: it can be read with 15 per cent of it gone, as after a stamp or a fold.

    Source: ISO/IEC 18004 (QR code), PNG specification 3rd ed., clauses 5 and 11.
    """
    code = segno.make(reference, error="m", micro=False, boost_error=False, mask=_MASK)
    modules = len(code.matrix) + 2 * _QUIET
    margin = (b"\0" + b"\xff" * modules) * (_QUIET * _PIXELS)
    side = b"\xff" * _QUIET
    lines = [(b"\0" + side + row.translate(_INK) + side) * _PIXELS for row in code.matrix]
    header = struct.pack(">IIBBBBB", modules * _PIXELS, modules * _PIXELS, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join((margin, *lines, margin)), 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
