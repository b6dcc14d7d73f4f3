"""What came in an envelope: a mail, a zip, and the documents that lie inside.

Knows no format: `envelopes` makes these from bytes, `read.mail` turns a mail's own words into a document.
"""

from datetime import datetime
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.model.documents import Note


class Words(NamedTuple):
    """The same words of a mail in the ways in which it brings them; a reader takes one."""

    text: str = ""
    html: str = ""
    rtf: bytes = b""
    """Rich text as Outlook keeps it, unpacked."""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.html.strip() or self.rtf.strip(b"\0 \r\n"))


class Fate(NamedTuple):
    """What became of a mail of ours on its way to one address, as a mail server says."""

    recipient: str
    """In small letters; empty where it is not said."""
    action: str
    """failed, delayed, delivered, relayed or expanded (RFC 3464, 2.3.3)."""
    status: str = ""
    """Three numbers: 5.1.1 (RFC 3463)."""
    why: str = ""
    """In the words of the server that refused it."""


class Report(NamedTuple):
    """What a mail server reports of a mail of ours."""

    fates: tuple[Fate, ...] = ()
    original_id: str = ""
    """The Message-ID of that mail, where it came back with the report."""


class Mail(NamedTuple):
    """Who wrote a mail and what it says. Every value is a stranger's: a hint, never proof."""

    sender: str = ""
    """The one address in From, in small letters; empty where there is none or more than one."""
    sender_name: str = ""
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    """Message-IDs of the thread, oldest first."""
    sent: datetime | None = None
    """Has a time zone where the mail states one."""
    auto_submitted: str = ""
    """What says that a program sent it ("auto-replied", "bounce", "bulk"); empty for a person's mail."""
    body: tuple[Words, ...] = ()
    """Its own words, one piece after the other."""
    recipients: tuple[str, ...] = ()
    """The addresses in To, Cc and Delivered-To, in small letters."""
    report: Report | None = None
    """Where a mail server wrote it, what it reports."""

    @property
    def speaks(self) -> bool:
        """Say whether the mail has words of its own."""
        return any(self.body)


class Enclosed(NamedTuple):
    """One thing that lies in an envelope and may be a document."""

    name: str
    """As text for people, never a path; made from its type where the envelope gives none."""
    data: bytes
    notes: tuple[Note, ...] = ()
    refusal: UnreadableError | None = None
    """Why it could not be taken out, where it could not."""
    inside: "Opened | None" = None
    """A mail that is kept open inside another one and has no bytes of its own (Outlook)."""


class Opened(NamedTuple):
    """An envelope, opened: one level deep."""

    kind: str
    """mail, outlook, tnef or zip."""
    parts: tuple[Enclosed, ...] = ()
    mail: Mail | None = None
    notes: tuple[Note, ...] = ()
    """What lies in it and is not offered as a document, and what is wrong with it."""


class Leaf(NamedTuple):
    """A document to be read, out of its envelopes."""

    chain: tuple[str, ...]
    """The names of the envelopes from the outermost to the document itself."""
    data: bytes
    """The document; for a mail's own words, the mail."""
    mails: tuple[Mail, ...] = ()
    """The mails that it came in, the outermost first."""
    own_words: bool = False
    """True where the last mail's own words are meant, not something attached to it."""
    notes: tuple[Note, ...] = ()
    refusal: UnreadableError | None = None
    """Why there is nothing to read, where there is not."""

    @property
    def name(self) -> str:
        """The chain of names as a person reads it: mail.eml › Returns x2.zip › HWB.docx."""
        return " › ".join(self.chain)


class Contents(NamedTuple):
    """Everything that a file holds, envelopes within envelopes opened."""

    leaves: tuple[Leaf, ...]
    """In the order in which they lie; at least one."""
    notes: tuple[Note, ...] = ()
    """What is not offered as a document, each with the reason. `place.part` is the chain of names of its envelope."""
    mail: Mail | None = None
    """The mail that the file itself is."""
