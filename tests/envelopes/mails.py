"""Mails that a test writes down as programs write them.

mail("Please find attached.", ("HWB.docx", DOCX))
"""

import struct
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tests.store.samples import MAY_DAY

FROM = "Siobhán O’Dowd <siobhan.odowd@example.org>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Attached = tuple[str, bytes]


def mail(text: str = "", *attached: Attached, html: str = "", **fields: str) -> bytes:
    """Return a mail as bytes.

    Args:
        text: its plain text; none where empty.
        attached: names and bytes.
        html: the same words as a page; they are an alternative where there is a text too.
        fields: of the head, `in_reply_to` for In-Reply-To; an empty one is left out.
    """
    message = EmailMessage(policy=SMTP)
    usual = {
        "from": FROM,
        "to": "returns@example.org",
        "subject": "Pro forma",
        "message_id": "<1@example.org>",
        "date": format_datetime(MAY_DAY),
    }
    for name, value in (usual | fields).items():
        if value:
            message[name.replace("_", "-").title()] = value
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def raw(*lines: str | bytes, end: bytes = b"\r\n") -> bytes:
    """Return a mail written line by line, as no library would write it."""
    return end.join(line if isinstance(line, bytes) else line.encode() for line in lines)


def png(width: int, height: int, size: int = 0) -> bytes:
    """Return a picture of one colour, padded to at least `size` bytes by what its file may hold beside the dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    dots = zlib.compress((b"\0" + b"\xff" * width) * height)
    beside = chunk(b"prVw", b"\0" * size)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + beside + chunk(b"IDAT", dots) + chunk(b"IEND", b"")
