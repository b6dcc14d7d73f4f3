"""What a mail server reports of a mail that it could not deliver: to whom, why, and which mail that was.

Reads the reports that the standard describes, whoever sends them, and those of servers that only write a letter (qmail, Exim, Exchange and
Gmail where the standard part is missing). Nothing of it is proof: anybody can write such a report.

Source: RFC 3464 (the parts of a report), RFC 3463 (status codes), RFC 6522 (multipart/report), RFC 6533 (the same in UTF-8).
"""

import re
from collections.abc import Iterator

from pipeline.envelopes.headers import Head, addresses_of, head_of, ids_of, media_type, parameter, text_of
from pipeline.envelopes.mime import Part, Parts
from pipeline.envelopes.transfer import unpacked
from pipeline.model.envelopes import Fate, Mail, Report

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_PARTS = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
_MOST = 100
"""Recipients that are listed."""
_LOOKED_AT = 64 * 1024
"""Bytes of a part, and characters of a letter, that are looked through."""
_LONGEST_REASON = 500

_GROUPS = re.compile(rb"(?:\r\n[ \t]*){2,}|(?:\n[ \t]*){2,}|(?:\r[ \t]*){2,}")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_BY_A_SERVER = re.compile(r"(mailer-daemon|postmaster|mail-daemon|microsoftexchange[0-9a-f]*)@|^mailer-daemon$")
_UNDELIVERED = re.compile(
    r"undeliver|delivery (has )?(status notification|failed|failure)|failure notice|returned mail|mail delivery (failed|system)"
    r"|could ?n[o’']t be delivered|not be delivered|delivery incomplete",
    re.IGNORECASE,
)
_LATER = re.compile(r"delay(ed)?\b|still trying|will be retried|will keep trying|delivery incomplete", re.IGNORECASE)
_ID_IN_TEXT = re.compile(r"^[ \t>]*Message-I[dD]:[ \t]*(<[^<>\s]{1,990}>)", re.MULTILINE | re.IGNORECASE)
_ADDRESS_IN_TEXT = re.compile(r"[A-Za-z0-9._%+'-]{1,100}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,30}")
_REFUSAL = re.compile(r"^.*\b(?:[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}\b).*$", re.MULTILINE)
_COPY = re.compile(
    r"^-{2,}.{0,20}(below this line|original message|this is a copy|returned message|transcript).*$", re.IGNORECASE | re.MULTILINE
)


def report_of(parts: Parts, mail: Mail) -> Report | None:
    """Return what a mail reports; None where no mail server wrote it.

    Args:
        parts: of the mail.
        mail: its head and words.
    """
    fates = tuple(_standard(parts))
    if not fates and not _says_so(parts.head, mail):
        return None
    text = _letter(mail)
    fates = fates or tuple(_in_a_letter(parts.head, mail, text))
    return Report(fates, _original_id(parts, text))


def _standard(parts: Parts) -> Iterator[Fate]:
    """Yield what the standard part says of each recipient. The first group of its lines is of the mail as a whole."""
    for part in parts.parts:
        if part.type in _STATUS_PARTS and "report" in part.within:
            groups = [head_of(group) for group in _GROUPS.split(_bytes(part).strip())[: _MOST + 1]]
            for group in groups:
                if action := text_of(group.first("action")).lower():
                    yield _fate(group, action)


def _fate(group: Head, action: str) -> Fate:
    named = [_typed(group.first(name)) for name in ("original-recipient", "final-recipient")]
    recipient = next((address for said in named for address in addresses_of([said])), "")
    status = _STATUS.search(text_of(group.first("status")))
    why = " ".join(_typed(group.first("diagnostic-code")).split())[:_LONGEST_REASON]
    action = next((known for known in _ACTIONS if action.startswith(known)), "failed" if status and status[1][0] == "5" else "delayed")
    return Fate(recipient, action, status[1] if status else "", why)


def _typed(value: str) -> str:
    """Return a value without the word that says of which kind it is: `rfc822; jo@example.org`."""
    kind, semicolon, said = text_of(value).partition(";")
    return said.strip() if semicolon else kind.strip()


def _says_so(head: Head, mail: Mail) -> bool:
    """Say whether a mail server wrote a letter instead. Two things must say so: its sender or head, and its subject or words."""
    if head.first("x-failed-recipients"):
        return True
    if media_type(head.first("content-type")) == "multipart/report":
        return parameter(head.first("content-type"), "report-type").lower() not in ("disposition-notification", "feedback-report")
    by_a_server = bool(_BY_A_SERVER.search(mail.sender)) or head.first("return-path").strip() == "<>" or mail.auto_submitted == "bounce"
    return by_a_server and bool(_UNDELIVERED.search(mail.subject) or _UNDELIVERED.search(_letter(mail)[:2000]))


def _in_a_letter(head: Head, mail: Mail, text: str) -> Iterator[Fate]:
    """Yield whom a letter names before the mail that it sends back, with the first line that refuses something."""
    own = _COPY.split(text)[0]
    action = "delayed" if _LATER.search(mail.subject) or (_LATER.search(own) and not re.search(r"\b5\.\d|\b55\d\b", own)) else "failed"
    refusal = _REFUSAL.search(own)
    why = " ".join(refusal[0].split())[:_LONGEST_REASON] if refusal else ""
    status = _STATUS.search(own)
    named = addresses_of(head.all("x-failed-recipients")) or _addresses(own, (*mail.recipients, mail.sender))
    for address in named or ("",):
        yield Fate(address, action, status[1] if status else "", why)


def _addresses(text: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses in a text, but for those that the letter is from and to."""
    found = (address.lower().rstrip(".") for address in _ADDRESS_IN_TEXT.findall(text))
    return tuple(address for address in dict.fromkeys(found) if address not in beside and not _BY_A_SERVER.search(address))[:_MOST]


def _original_id(parts: Parts, text: str) -> str:
    """Return the Message-ID of the mail that came back: from the part that holds it, or from the words behind the letter."""
    for part in parts.parts:
        if part.type in _RETURNED_PARTS:
            head = _bytes(part)[:_LOOKED_AT]
            found = ids_of(head_of(_GROUPS.split(head.lstrip())[0]).first("message-id"))
            if found:
                return found[0]
    match = _ID_IN_TEXT.search(text)
    return match[1] if match else ""


def _bytes(part: Part) -> bytes:
    return unpacked(part.body[:_LOOKED_AT], part.head.first("content-transfer-encoding"))[0]


def _letter(mail: Mail) -> str:
    return "\n".join(words.text or re.sub(r"<[^>]{0,500}>", " ", words.html[:_LOOKED_AT]) for words in mail.body)[:_LOOKED_AT]
