"""Unpack rich text as Outlook packs it ([MS-OXRTFCP])."""

import struct

from pipeline.errors import UnreadableError
from pipeline.settings import Limits

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window holds before the first byte ([MS-OXRTFCP] 2.1.2.1)."""
_WINDOW = 4096
_MOST = 16 * 2**20
"""Bytes of rich text that are unpacked. A mail's pictures are attachments; its words alone stay far below."""
_ADVICE = "Ask for the mail’s text again, or copy it out of Outlook."


def expanded(data: bytes, limits: Limits) -> bytes:
    """Return rich text unpacked; what was cut short gives what there is of it.

    Raises:
        UnreadableError: `corrupt` where it is not packed in this way, `bomb` past the bound of a part.
    """
    if len(data) < 16:
        raise UnreadableError("corrupt", "The mail’s rich text is broken.", _ADVICE)
    _, raw_size, kind, _ = struct.unpack("<II4sI", data[:16])
    if raw_size > min(limits.part_bytes, _MOST):
        raise UnreadableError("bomb", "The mail’s rich text is far longer than any form.", _ADVICE)
    if kind == b"MELA":
        return data[16 : 16 + raw_size]
    if kind != b"LZFu":
        raise UnreadableError("corrupt", "The mail’s rich text is packed in an unknown way.", _ADVICE)
    return _unpacked(data, raw_size)


def _unpacked(data: bytes, raw_size: int) -> bytes:
    """Source: [MS-OXRTFCP] 2.2.3.1: a control byte, then eight bytes or references of offset (12 bits) and length - 2 (4 bits)."""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 16
    while at < len(data) and len(out) < raw_size:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            else:
                pair, at = int.from_bytes(data[at : at + 2], "big"), at + 2
                offset = pair >> 4
                if offset == write or at > len(data):
                    return bytes(out[:raw_size])
                piece = _copied(window, offset, (pair & 15) + 2, write)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += piece
            if at > len(data):
                break
    return bytes(out[:raw_size])


def _copied(window: bytearray, offset: int, length: int, write: int) -> bytes:
    """Return a run of the window; one that reaches what is being written repeats itself."""
    ahead = (write - offset) % _WINDOW or _WINDOW
    run = bytes(window[(offset + step) % _WINDOW] for step in range(min(length, ahead)))
    return (run * (length // len(run) + 1))[:length]
