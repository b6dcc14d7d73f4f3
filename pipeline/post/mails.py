"""A letter as the bytes of a mail, the same bytes for the same letter; and as a draft for a mail program.

No header can be made by what a letter says: every value is one line of visible characters, addresses are checked, and the library
that writes headers refuses line ends.
"""

import datetime as dt
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from pipeline.post.bodies import page, plain_text
from pipeline.post.letters import Letter, one_line

WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_POLICY = SMTP.clone(cte_type="7bit")
_NOT_IN_A_DRAFT = ("from", "date", "message-id", "auto-submitted")
"""What the mail program that sends a draft writes itself, or what only holds where a program sends."""


class Sender(NamedTuple):
    """Who writes."""

    name: str
    address: str
    reply_to: str
    """Where replies go; empty where that is the address."""


def address_in(text: str) -> str:
    """Return an address as it goes into an envelope, or the empty text where the text is not one that every server takes.

    An address with other than ASCII letters before the @ needs an extension that few servers have; it is none here.
    """
    try:
        return validate_email(text.strip(), check_deliverability=False).ascii_email or ""
    except EmailNotValidError:
        return ""


def mail(letter: Letter, sender: Sender, message_id: str, at: dt.datetime) -> bytes:
    """Return a letter as it goes over the wire: ASCII, each line ended by CR LF.

    Args:
        letter: the letter.
        sender: who writes.
        message_id: with its angle brackets.
        at: when it was written; has a time zone.

    Source: RFC 5322; RFC 3834, 5 (Auto-Submitted); RFC 2046, 5.1.4.
    """
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(_header_words(sender.name), addr_spec=sender.address)
    made["To"] = [Address(addr_spec=one) for one in letter.to]
    if letter.copies:
        made["Cc"] = [Address(addr_spec=one) for one in letter.copies]
    if sender.reply_to:
        made["Reply-To"] = Address(addr_spec=sender.reply_to)
    made["Subject"] = _header_words(letter.subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(plain_text(letter.body), cte="quoted-printable")
    made.add_alternative(page(one_line(letter.subject), letter.body), subtype="html", cte="quoted-printable")
    for one in letter.attachments:
        made.add_attachment(one.data, *WORD, filename=_file_name(one.name))
    _fix_boundaries(made, message_id)
    return made.as_bytes()


def _header_words(text: str) -> str:
    """Return words for a header: one line, and nothing that the library would decode and so make into another header.

    It decodes what looks like an encoded word when a header is set, and does not look at what comes out before it writes the mail.
    """
    return one_line(text).replace("=?", "= ?")


def _file_name(name: str) -> str:
    """Return a file name that every mail program shows as it is: ASCII, and nothing in it that ends a name or a folder."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(one if one.isalnum() or one in " ._-()" else "_" for one in plain)


def draft(data: bytes) -> bytes:
    """Return a mail as a draft that a mail program opens ready to send.

    Args:
        data: what `mail` made.

    Source: Microsoft, MS-OXCMAIL does not name it; Outlook opens a message with `X-Unsent: 1` for editing.
    """
    head, _, body = data.partition(b"\r\n\r\n")
    fields: list[bytes] = []
    for line in head.split(b"\r\n"):
        if line[:1] in b" \t":
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    kept = [field for field in fields if field.partition(b":")[0].lower().decode("ascii") not in _NOT_IN_A_DRAFT]
    return b"\r\n".join((b"X-Unsent: 1", *kept)) + b"\r\n\r\n" + body


def _fix_boundaries(made: EmailMessage, message_id: str) -> None:
    """Give each part of several parts a boundary that is always the same, and that no part holds: “=_” stands in no encoded text."""
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        digest = sha256(f"{message_id} {number}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:32]}")
