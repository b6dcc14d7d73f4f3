"""Document properties that may say whose return it is: title, subject, keywords, and those of the user's own.

PDFium gives the value of a property whose name is known. Names are found in the file's own bytes, where the dictionary lies open; it is
not looked for in packed object streams.
"""

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

_USUAL = ("Title", "Subject", "Keywords")
_NOT_IDENTITY = {"Author", "Creator", "Producer", "CreationDate", "ModDate", "Trapped"}
_INFO = re.compile(rb"/Info\s+(\d{1,9})\s+\d{1,5}\s+R")
_KEY = re.compile(rb"/([^\x00-\x20()<>\[\]{}/%]{1,100})\s*[(<]")
_LONGEST = 10_000
"""Bytes of the dictionary, and of one value."""
_MOST = 50


def properties(document: pypdfium2.PdfDocument, data: bytes) -> dict[str, str]:
    """Return the properties of a document that are not empty, by name.

    Source: ISO 32000-1, 14.3.3 (document information dictionary).
    """
    said = {name: _value(document, name) for name in (*_USUAL, *_own(data))}
    return {name: value for name, value in said.items() if value}


def _own(data: bytes) -> list[str]:
    """Return the names of the user's own properties."""
    found = _INFO.findall(data[-_LONGEST:]) or _INFO.findall(data[:_LONGEST])
    if not found:
        return []
    start = _object(data, found[-1])
    whole = data[start : start + _LONGEST].partition(b"endobj")[0] if start else b""
    names = (re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name) for name in _KEY.findall(whole))
    own = dict.fromkeys(name.decode("utf-8", "replace") for name in names)
    return [name for name in own if name not in _NOT_IDENTITY and name not in _USUAL and "\0" not in name][:_MOST]


def _object(data: bytes, number: bytes) -> int:
    """Return where the text of an object begins; 0 where it does not lie open. The last one of a number is the one that counts."""
    wanted = number + b" 0 obj"
    at = data.rfind(wanted)
    while at > 0 and data[at - 1 : at].isdigit():
        at = data.rfind(wanted, 0, at)
    return at + len(wanted) if at > 0 else 0


def _value(document: pypdfium2.PdfDocument, name: str) -> str:
    length = min(pdfium.FPDF_GetMetaText(document, name.encode(), None, 0), 2 * _LONGEST)
    if length <= 2:
        return ""
    room = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, name.encode(), room, length)
    return room.raw[: length - 2].decode("utf-16-le", "replace").strip()
