"""Hostile pictures: a few bytes that promise many dots or pages."""

import struct
import zlib

from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, NO_FORMAT, STOPPED, Hostile, fixed

_ANY = HARMLESS | DAMAGED | BOMB | STOPPED | NO_FORMAT


def png(width: int, height: int, rows: int) -> bytes:
    """Return a white picture in one colour per bit, of which only some rows are there."""
    packer = zlib.compressobj(1)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    data = b"".join(packer.compress(row) for _row in range(rows)) + packer.flush()
    chunks = ((b"IHDR", struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said)) for kind, said in chunks
    )


def directory(next_at: int, width: int = 8, height: int = 8) -> bytes:
    """Return a directory of a TIFF: one page of eight dots, and where the next one lies."""
    entries = ((256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, 8), (278, height), (279, 8))
    return (
        struct.pack("<H", len(entries))
        + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        + struct.pack("<I", next_at)
    )


def tiff(pages: int, loop: bool = False, width: int = 8, height: int = 8) -> bytes:
    """Return a TIFF of many pages that share their dots; in a loop the last one leads back to the first."""
    size = len(directory(0))
    places = [16 + at * size for at in range(pages)]
    following = [*places[1:], places[0] if loop else 0]
    return struct.pack("<2sHI", b"II", 42, 16) + bytes(8) + b"".join(directory(at, width, height) for at in following)


def jpeg(width: int, height: int) -> bytes:
    """Return the beginning of a photograph that says how large it is."""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\x00\x0b\x08" + struct.pack(">2H", height, width) + b"\1\1\x11\0\xff\xd9"
    )


FILES = (
    Hostile("bomb_40k.png", "png", "1.6 thousand million dots in under a megabyte", fixed(lambda: png(40_000, 40_000, 40_000)), _ANY),
    Hostile("bomb_hdr.png", "png", "a header of two thousand million by as many", fixed(lambda: png(2**31 - 1, 2**31 - 1, 0)[:200]), _ANY),
    Hostile("short.png", "png", "a tenth of the rows that it says it has", fixed(lambda: png(1_000, 1_000, 100)), _ANY),
    Hostile("ifd_loop.tif", "tiff", "pages that lead back to the first", fixed(lambda: tiff(2, loop=True)), _ANY),
    Hostile("ifd_self.tif", "tiff", "a page that follows itself", fixed(lambda: tiff(1, loop=True)), _ANY),
    Hostile("pages_50k.tif", "tiff", "50,000 pages", fixed(lambda: tiff(50_000)), _ANY),
    Hostile(
        "bomb.tif", "tiff", "a page of two thousand million by as many", fixed(lambda: tiff(1, width=2**31 - 1, height=2**31 - 1)), _ANY
    ),
    Hostile("bomb.jpg", "jpeg", "a photograph of 65,535 by 65,535", fixed(lambda: jpeg(65_535, 65_535)), _ANY),
)
