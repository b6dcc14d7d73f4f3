"""How large a picture is, from its first bytes; the picture itself is never unpacked here."""

from typing import NamedTuple


class Size(NamedTuple):
    """Pixels; 0 by 0 where the picture does not say."""

    width: int
    height: int


_UNKNOWN = Size(0, 0)
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "png", b"GIF8": "gif", b"\xff\xd8\xff": "jpeg", b"II*\0": "tiff", b"MM\0*": "tiff"}
_LOOKED_AT = 1 << 20
"""A JPEG's size stands behind its colour profile and thumbnail: bytes at the start that are looked through."""


def is_picture(data: bytes) -> bool:
    """Say whether the bytes are a picture of dots, as a camera, a scanner or a mail program makes them."""
    return _kind(data) != ""


def size_of(data: bytes) -> Size:
    """Return a picture's size as its header states it; a hint only, a lie costs nothing here."""
    head = data[:_LOOKED_AT]
    kind = _kind(head)
    if kind == "png" and len(head) >= 24:
        return Size(int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
    if kind == "gif" and len(head) >= 10:
        return Size(int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
    if kind == "bmp" and len(head) >= 26:
        return Size(int.from_bytes(head[18:22], "little"), abs(int.from_bytes(head[22:26], "little", signed=True)))
    return _jpeg(head) if kind == "jpeg" else _UNKNOWN


def _kind(data: bytes) -> str:
    for begins, kind in (
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF8", "gif"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
    ):
        if data.startswith(begins):
            return kind
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return "heif" if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else ""


def _jpeg(head: bytes) -> Size:
    """Walk the segments to the one that starts the frame. Source: ITU-T T.81, B.2.2."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return Size(int.from_bytes(head[at + 7 : at + 9], "big"), int.from_bytes(head[at + 5 : at + 7], "big"))
        at += 1 if marker == 0xFF else 2 + max(int.from_bytes(head[at + 2 : at + 4], "big"), 2)
    return _UNKNOWN
