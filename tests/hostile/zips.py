"""Hostile zips: bombs, tricks with names, and zips in zips."""

import io
import struct
import zipfile
import zlib

from tests.documents import docx
from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, LOCKED, OPENED, Hostile, fixed

_ANY = HARMLESS | DAMAGED | BOMB | OPENED
"""A zip of which nothing can be read, and one of which a document can, are both dealt with."""


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a zip of members, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def nested(wide: int, deep: int) -> bytes:
    """Return a zip of zips: `wide` to the power of `deep` documents."""
    data = docx("a")
    for _depth in range(deep):
        data = zipped(*((f"{at}.zip" if _depth else f"{at}.docx", data) for at in range(wide)))
    return data


def symlink() -> zipfile.ZipInfo:
    """Return a member that is a link to another place."""
    info = zipfile.ZipInfo("reply.docx")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def overlapping(entries: int, same_name: bool, size: int = 20_000_000) -> bytes:
    """Return a zip in which many entries of the directory share one packed member: CVE-2024-0450."""
    packer = zlib.compressobj(wbits=-15)
    raw = bytes(size)
    packed = packer.compress(raw) + packer.flush()
    crc, directory = zlib.crc32(raw), b""
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), size, 6, 0) + b"a.docx" + packed
    for at in range(entries):
        name = b"a.docx" if same_name else b"%06d.docx" % at
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, entries, entries, len(directory), len(local), 0)
    return local + directory + end


def locked() -> bytes:
    """Return a zip whose members say that they have a password."""
    data = bytearray(zipped(("reply.docx", docx("a"))))
    for signature, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.find(signature) + flags] |= 1
    return bytes(data)


def lying() -> bytes:
    """Return a document whose directory promises parts of 4 GB."""
    data = bytearray(docx("a"))
    at = 0
    while (at := data.find(b"PK\1\2", at)) >= 0:
        data[at + 20 : at + 28] = b"\xfe\xff\xff\xff" * 2
        at += 4
    return bytes(data)


FILES = (
    Hostile("nested_6x4.zip", "zip", "6^4 documents in zips in zips", fixed(lambda: nested(6, 4)), _ANY),
    Hostile("nested_40_deep.zip", "zip", "a document in forty zips", fixed(lambda: nested(1, 40)), _ANY),
    Hostile("bomb.zip", "zip", "a document that unpacks to 100 MB", fixed(lambda: zipped(("reply.docx", bytes(100_000_000)))), _ANY),
    Hostile("many_entries_40k.zip", "zip", "40,000 files", fixed(lambda: zipped(*((f"{at}.docx", b"") for at in range(40_000)))), _ANY),
    Hostile("overlapping_one_name.zip", "zip", "2,000 entries, one member, one name: 40 GB", fixed(lambda: overlapping(2_000, True)), _ANY),
    Hostile("overlapping.zip", "zip", "2,000 entries, one member: 40 GB", fixed(lambda: overlapping(2_000, False)), _ANY),
    Hostile(
        "traversal.zip",
        "zip",
        "names that lead out",
        fixed(
            lambda: zipped(
                *((name, docx("a")) for name in ("../../escaped.docx", "/tmp/escaped.docx", "C:\\escaped.docx", "..\\..\\escaped.docx"))
            )
        ),
        _ANY,
    ),
    Hostile(
        "traversal.docx", "docx", "a part whose name leads out", fixed(lambda: docx("a", parts={"../../../../tmp/escaped": b"x"})), _ANY
    ),
    Hostile("symlink.zip", "zip", "a link to another place", fixed(lambda: zipped((symlink(), b"/etc/passwd"))), _ANY),
    Hostile(
        "nul_name.zip",
        "zip",
        "a name with a nul in it",
        fixed(lambda: zipped(("aXb.docx", docx("a"))).replace(b"aXb.docx", b"a\0b.docx")),
        _ANY,
    ),
    Hostile(
        "names_odd.zip",
        "zip",
        "names that are long, reversed or devices",
        fixed(
            lambda: zipped(
                *(
                    (name, docx("a"))
                    for name in ("\u202excod.exe", "x" * 5_000 + ".docx", "CON.docx", "a\r\nb.docx", "\x1b[2J.docx", ".", "..")
                )
            )
        ),
        _ANY,
    ),
    Hostile("locked.zip", "zip", "a password", fixed(locked), LOCKED | _ANY),
    Hostile("lying_sizes.docx", "docx", "parts that say they are 4 GB", fixed(lying), _ANY),
    Hostile("no_document.zip", "zip", "nothing to read", fixed(lambda: zipped(("photo.jpg", b"\xff\xd8\xff"))), _ANY),
)
