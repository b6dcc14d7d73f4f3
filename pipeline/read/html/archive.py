"""Single-file web pages (.mht): the page and what belongs to it, in one mail that nobody sent.

Reads the first level of parts, which is all that Word and browsers write, and never asks the standard library to read it as a mail.

Source: RFC 2557 (MHTML), RFC 2045 6 (transfer encodings), RFC 2046 5.1 (boundaries).
"""

import base64
import binascii
import quopri
import re
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

_HEADERS = re.compile(rb"\A(?:[!-9;-~]{1,76}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){1,60}\r?\n")
_MOST = 2_000
"""The most parts of a page."""
_SAVED = "saved by"
"""Browsers write who saved a page where a mail says who sent it."""


class Page(NamedTuple):
    """A page of the archive."""

    data: bytes
    charset: str
    location: str


def headers(data: bytes) -> Message | None:
    """Return the headers of a single-file page; None where the bytes are none, a mail among them."""
    block = _HEADERS.match(data[:65_536].lstrip())
    if block is None:
        return None
    said = BytesHeaderParser().parsebytes(block[0])
    sender = str(said.get("From", ""))
    archived = said.get("MIME-Version") is not None and said.get_content_type() in ("multipart/related", "text/html")
    sent = any(said.get(name) is not None for name in ("To", "Received", "Message-ID")) or (sender and _SAVED not in sender.lower())
    return said if archived and not sent else None


def pages(data: bytes) -> list[Page]:
    """Return the pages of the archive, the one to be shown first."""
    data = data.lstrip()
    block = _HEADERS.match(data[:65_536])
    said = headers(data)
    if block is None or said is None:
        return []
    rest = data[block.end() :]
    if said.get_content_type() == "text/html":
        return [_page(said, rest)]
    boundary = str(said.get_param("boundary", ""))
    parts = re.split(
        rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("latin-1", "replace")) + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", rest, maxsplit=_MOST
    )
    found = []
    for part in parts[1:] if boundary else ():
        own = _HEADERS.match(part[:65_536])
        if own is not None:
            about = BytesHeaderParser().parsebytes(own[0])
            if about.get_content_type() in ("text/html", "application/xhtml+xml"):
                found.append(_page(about, part[own.end() :]))
    return found


def _page(about: Message, body: bytes) -> Page:
    encoding = str(about.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        try:
            body = base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", body) + b"===")
        except binascii.Error:
            body = b""
    elif encoding == "quoted-printable":
        body = quopri.decodestring(body)
    return Page(body, str(about.get_param("charset", "") or ""), str(about.get("Content-Location", "")))
