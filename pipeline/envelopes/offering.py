"""Which enclosures may be returns, and which only travel with a mail: logos, cards, signatures, invitations.

What is left out is listed with its reason, never dropped. Where it cannot be told, it is offered: a reader refuses it in the end.
"""

import hashlib
import re
from collections import Counter
from typing import NamedTuple

from pipeline.envelopes.pictures import is_picture, size_of
from pipeline.model.documents import Note
from pipeline.model.envelopes import Enclosed, Opened

_PAGE = (600, 800, 10_000)
"""A picture that is attached is a scan or a photograph of a page from this many dots on its shorter and longer side, and bytes.
A4 at 75 dots an inch is 620 by 877; less cannot be read. A page in black and white takes little more than 10 kB."""
_PAGE_IN_THE_TEXT = (700, 1000, 50_000)
"""The same for one that is shown within the mail's text, where logos and banners stand too."""

_SAID = 4_000
"""Characters of a text that is left out which its note quotes."""

_BEGINNINGS = (
    (b"BEGIN:VCARD", "a contact card"),
    (b"BEGIN:VCALENDAR", "a calendar entry"),
    (b"-----BEGIN PGP SIGNATURE-----", "a digital signature"),
    (b"-----BEGIN PGP PUBLIC KEY BLOCK-----", "a key for signatures"),
)
_TYPES = {
    "text/vcard": "a contact card",
    "text/x-vcard": "a contact card",
    "text/calendar": "a calendar entry",
    "application/ics": "a calendar entry",
    "application/pkcs7-signature": "a digital signature",
    "application/x-pkcs7-signature": "a digital signature",
    "application/pgp-signature": "a digital signature",
    "application/pgp-keys": "a key for signatures",
    "message/delivery-status": "a mail server's report",
    "message/disposition-notification": "a receipt that a mail was read",
    "text/rfc822-headers": "the head of a mail that was sent back",
    "message/external-body": "a pointer to something that was not sent along",
}
_LEFTOVER = re.compile(r"ATT\d{3,}\.(txt|html?|c)$", re.IGNORECASE)
"""What Exchange calls a piece of a mail's text that stood behind an attachment."""


class Shown(NamedTuple):
    """How an envelope shows an enclosure."""

    type: str = ""
    """The media type that the mail gives, in small letters; believed only where it makes the thing less than a return."""
    in_text: bool = False
    """True where the mail's text shows it: it is referred to by its Content-ID."""


def offered(opened: Opened, shown: tuple[Shown, ...] = ()) -> Opened:
    """Return the envelope with what may be a return as its parts; the rest becomes notes.

    Args:
        opened: with everything that lies in it.
        shown: how each part is shown, in the order of the parts; empty for an envelope that shows nothing.
    """
    kept: list[Enclosed] = []
    notes = list(opened.notes)
    pictures: set[bytes] = set()
    for part, how in zip(opened.parts, shown or (Shown(),) * len(opened.parts), strict=True):
        reason = "" if part.refusal or part.inside else _no_return(part, how, pictures)
        if reason:
            notes += [Note("not-offered", f"{part.name} is not taken for a return: {reason}.", quote=_said(part)), *part.notes]
        else:
            kept.append(part)
    return opened._replace(parts=tuple(kept), notes=tuple(notes))


def numbered(names: list[str]) -> list[str]:
    """Return the names with a number behind each that was there before: "reply.docx", "reply (2).docx"."""
    seen: Counter[str] = Counter()
    taken = set(names)
    result: list[str] = []
    for name in names:
        seen[name] += 1
        unique = name
        if seen[name] > 1:
            stem, dot, ending = name.rpartition(".")
            while (unique := f"{stem or ending} ({seen[name]}){dot + ending if stem else ''}") in taken:
                seen[name] += 1
            taken.add(unique)
        result.append(unique)
    return result


def _no_return(part: Enclosed, how: Shown, pictures: set[bytes]) -> str:
    if not part.data.strip(b"\0\t\r\n ") and not part.notes:
        return "it is empty"
    if how.type in _TYPES:
        return f"it is {_TYPES[how.type]}"
    head = part.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    for begins, what in _BEGINNINGS:
        if head.upper().startswith(begins):
            return f"it is {what}"
    if _LEFTOVER.match(part.name) and b"\0" not in part.data:
        return "it is a piece of the mail’s text that a mail server split off"
    return _no_page(part.data, how, pictures) if is_picture(part.data) else ""


def _no_page(data: bytes, how: Shown, pictures: set[bytes]) -> str:
    """Say why a picture is no page; empty where it is one. One whose size is unknown (a fax, a phone's own format) is one."""
    digest = hashlib.sha256(data).digest()
    if digest in pictures:
        return "the same picture came twice"
    pictures.add(digest)
    short, long = sorted(size_of(data))
    if not long:
        return "the text shows it, and it does not say how large it is" if how.in_text else ""
    least_short, least_long, least_bytes = _PAGE_IN_THE_TEXT if how.in_text else _PAGE
    if short >= least_short and long >= least_long and len(data) >= least_bytes:
        return ""
    return f"a picture of {size_of(data).width} by {size_of(data).height} dots is a logo or an ornament"


def _said(part: Enclosed) -> str:
    """Return the words of a part that is left out, where it is text; its name otherwise."""
    if b"\0" in part.data or is_picture(part.data) or not part.data.strip():
        return part.name
    text = part.data.decode("utf-8", "replace")
    return text[:_SAID] if text.isprintable() or "\ufffd" not in text else part.name
