"""Undo the transfer encodings of a mail, as far as they can be undone, and say what was damaged."""

import binascii
import quopri
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_SPACE = re.compile(rb"\s+")
_CUT_QUOTED = re.compile(rb"=[0-9A-Fa-f]?$")
_WRONG_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*(?:\r|\n|$))")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def unpacked(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Return what a transfer encoding carries.

    Args:
        data: as the mail holds it.
        encoding: what the mail says it is; unknown ones carry the bytes themselves (RFC 2045, 6.4).

    Returns:
        The bytes, and what is damaged about them in a few words; empty where nothing is.
    """
    name = encoding.strip().lower()
    if name == "base64":
        return _base64(data)
    if name == "quoted-printable":
        return _quoted(data)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uu(data)
    known = name in ("", "7bit", "8bit", "binary")
    return data, "" if known else "its transfer encoding is not known"


def _base64(data: bytes) -> tuple[bytes, str]:
    body = _SPACE.sub(b"", data)
    strange = bool(_NOT_BASE64.search(body))
    body = _NOT_BASE64.sub(b"", body)
    packed, padding, behind = body.partition(b"=")
    short = -len(packed) % 4
    damage = ""
    if short == 3:
        packed = packed[:-1]
    if short == 3 or short > len(padding + behind[: max(short - 1, 0)]):
        damage = "its encoded bytes break off"
    elif strange:
        damage = "there are characters in it that do not belong there"
    elif behind.strip(b"="):
        damage = "bytes stand behind its end"
    try:
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4)), damage
    except binascii.Error:
        return b"", "its encoding is broken"


def _quoted(data: bytes) -> tuple[bytes, str]:
    if _CUT_QUOTED.search(data.rstrip(b"\r\n \t")) and not data.rstrip(b" \t").endswith(b"\n"):
        return quopri.decodestring(_CUT_QUOTED.sub(b"", data.rstrip())), "its encoded bytes break off"
    return quopri.decodestring(data), "its encoding is broken in places" if _WRONG_QUOTED.search(data) else ""


def _uu(data: bytes) -> tuple[bytes, str]:
    begin = _UU_BEGIN.search(data)
    if not begin:
        return data, "its encoding has no beginning"
    out = bytearray()
    for line in data[begin.end() :].splitlines():
        if line.strip() == b"end":
            return bytes(out), ""
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            return bytes(out), "its encoding is broken"
    return bytes(out), "its encoded bytes break off"
