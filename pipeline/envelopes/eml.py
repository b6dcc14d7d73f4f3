"""A mail as it travels (.eml): what it says, who wrote it and what is attached.

Reads: nested parts, alternatives once, names in all their encodings, flowed text, mails within mails (as enclosures).
Half-reads: what was cut or damaged on the way, with a note. Does not read: encrypted mails (refused), parts kept elsewhere (a note).
"""

from collections.abc import Iterator

from pipeline.envelopes.bodies import gathered, referred, text_in
from pipeline.envelopes.headers import Head, address_of, addresses_of, date_of, head_of, ids_of, media_type, parameter, text_of
from pipeline.envelopes.mime import Part, Parts, parts_of
from pipeline.envelopes.offering import Shown, numbered, offered
from pipeline.envelopes.reports import report_of
from pipeline.envelopes.transfer import unpacked
from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.envelopes import Enclosed, Mail, Opened, Words
from pipeline.model.names import shown_name
from pipeline.settings import Limits

_ENDINGS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.ms-outlook": ".msg",
    "application/ms-tnef": ".dat",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
"""How an enclosure without a name is called."""

_TO = ("delivered-to", "x-original-to", "to", "cc")
"""Fields that say whom a mail is for; the address that it was delivered to first."""

_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_IN_THE_CLEAR = "Ask for it again without encryption, or open it where the key is and save what is attached."


def open_mail(data: bytes, limits: Limits) -> Opened:
    """Return what a mail says and what is attached to it.

    Raises:
        UnreadableError: `bomb` where what is attached is far more than a form needs.
    """
    parts = parts_of(data)
    texts: list[tuple[Part, str]] = []
    notes = list(_damage(parts))
    enclosed: list[tuple[Part, Enclosed]] = []
    spent = 0
    for part in parts.parts:
        if _is_words(part):
            text, damage = text_in(part)
            texts.append((part, text))
            notes += _noted("the mail’s own text", damage, part.cut)
            continue
        enclosed.append((part, _enclosed(part)))
        spent += len(enclosed[-1][1].data)
        if spent > limits.unpacked_bytes:
            raise UnreadableError("bomb", "The mail holds far more than a form needs.", "Ask for the form alone.")
    words = gathered(texts)
    names = numbered([one.name for _, one in enclosed])
    notes += _senders(parts.head)
    mail = mail_of(parts.head, words)
    opened = Opened(
        "mail",
        tuple(one._replace(name=name) for (_, one), name in zip(enclosed, names, strict=True)),
        mail._replace(report=report_of(parts, mail)),
        tuple(notes),
    )
    shows = referred(words)
    return offered(opened, tuple(_shown(part, shows) for part, _ in enclosed))


def mail_of(head: Head, body: tuple[Words, ...]) -> Mail:
    """Return what the head of a mail says, with its words."""
    senders = head.all("from")
    sender, name = address_of(senders[0]) if len(senders) == 1 else ("", "")
    return Mail(
        sender=sender,
        sender_name=name,
        subject=text_of(head.first("subject")),
        message_id=next(iter(ids_of(head.first("message-id"))), ""),
        in_reply_to=next(iter(ids_of(head.first("in-reply-to"))), ""),
        references=ids_of(head.first("references")),
        sent=date_of(head.first("date")),
        auto_submitted=_by_a_program(head),
        body=body,
        recipients=addresses_of([value for name in _TO for value in head.all(name)]),
    )


def _by_a_program(head: Head) -> str:
    """Say what shows that no person sent a mail. Source: RFC 3834, 2 and 5; RFC 3464; RFC 8098."""
    said = text_of(head.first("auto-submitted")).partition(";")[0].strip().lower()
    if said and said != "no":
        return said
    if media_type(head.first("content-type")) == "multipart/report":
        return "receipt" if parameter(head.first("content-type"), "report-type") == "disposition-notification" else "bounce"
    if any(head.first(name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply")):
        return "auto-replied"
    if head.first("return-path").strip() == "<>":
        return "bounce"
    precedence = text_of(head.first("precedence")).lower()
    return precedence if precedence in ("bulk", "list", "junk", "auto_reply") else ""


def _senders(head: Head) -> Iterator[Note]:
    senders = head.all("from")
    if len(senders) == 1 and senders[0].count("@") and not address_of(senders[0])[0]:
        yield Note("two-senders", "The mail does not say clearly who sent it; its sender is not believed.", quote=text_of(senders[0]))
    if len(senders) > 1:
        named = ", ".join(text_of(said) for said in senders)
        yield Note("two-senders", "The mail names more than one sender; none of them is believed.", quote=named)


def _damage(parts: Parts) -> Iterator[Note]:
    if not parts.whole:
        yield Note("damaged", "The mail ends before it is finished: what followed is missing. Ask for it again.")
    if not parts.head.whole:
        yield Note("damaged", "The head of the mail is longer than any real one; the rest of it was not looked at.")
    for said in parts.beyond:
        yield Note("not-opened", f"The mail is put together in a strange way: {said}.")


def _is_words(part: Part) -> bool:
    if part.type not in ("text/plain", "text/html", "text/enriched") or _file_name(part):
        return part.type.startswith("multipart/")
    return _disposition(part) != "attachment" and "report" not in part.within[1:] and "encrypted" not in part.within


def _disposition(part: Part) -> str:
    return part.head.first("content-disposition").partition(";")[0].strip().lower()


def _file_name(part: Part) -> str:
    return parameter(part.head.first("content-disposition"), "filename") or parameter(part.head.first("content-type"), "name")


def _enclosed(part: Part) -> Enclosed:
    name = shown_name(_file_name(part) or _called(part))
    if part.type in _SEALED or "encrypted" in part.within:
        signed = parameter(part.head.first("content-type"), "smime-type").lower() == "signed-data"
        message = "The mail is sealed in its signature and cannot be opened here." if signed else "The mail is encrypted."
        return Enclosed(name, b"", refusal=UnreadableError("unsupported" if signed else "encrypted", message, _IN_THE_CLEAR))
    data, damage = unpacked(part.body, part.head.first("content-transfer-encoding"))
    return Enclosed(name, data, tuple(_noted(name, damage, part.cut)))


def _called(part: Part) -> str:
    """Return a name for what the mail does not name: a mail's subject, or what it is."""
    if part.type == "message/rfc822":
        subject = text_of(head_of(part.body[:8192].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]).first("subject"))
        return f"{subject or 'mail'}.eml"
    return f"attachment{_ENDINGS.get(media_type(part.head.first('content-type'), ''), '')}"


def _noted(name: str, damage: str, cut: bool) -> Iterator[Note]:
    if cut:
        yield Note("damaged", f"The mail ends in the middle of {name}; the rest of it is missing. Ask for it again.", quote=name)
    elif damage:
        yield Note("damaged", f"There is damage to {name}: {damage}. Ask for it again.", quote=name)


def _shown(part: Part, shows: frozenset[str]) -> Shown:
    names = (part.head.first("content-id").strip().strip("<>"), part.head.first("content-location").strip())
    return Shown(part.type, any(name and name in shows for name in names))
