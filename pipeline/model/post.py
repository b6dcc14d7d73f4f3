"""What goes out and what comes in by mail: messages with their fate, mails with whom they answer, and the log of other contacts.

Knows no protocol: `post` makes and sends messages, `intake` collects mails, the store keeps both.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class MessageKind(StrEnum):
    """What a message of ours is for. The kit has a text for each."""

    PROFORMA = "proforma"
    REMINDER = "reminder"
    QUERY = "query"
    ACKNOWLEDGEMENT = "acknowledgement"


class Posting(StrEnum):
    """Where a message stands on its way. SMTP cannot promise exactly once: what may have gone out is `unknown` and a person decides."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DRAFTED = "drafted"
    """A file that a person sends with a mail program."""
    WITHDRAWN = "withdrawn"
    """Overtaken before it went: a reminder whose return arrived meanwhile."""


class Message(NamedTuple):
    """A message of ours, fixed before anything of it goes out."""

    message_id: str
    """With its angle brackets. It stays the same however often the message is tried."""
    kind: MessageKind
    partnership: str
    """The partnership's id."""
    occasion: str
    """What of its kind it is; a partnership gets one message an occasion. Empty where there is only one, as for the proforma."""
    recipients: tuple[str, ...]
    """Addresses that it goes to, from the register; the chair first."""
    subject: str
    about: tuple[str, ...]
    """The keys of the findings that it asks about; of a query only."""
    mail: bytes
    """As it goes over the wire."""


class Posted(NamedTuple):
    """A message of ours and where it stands."""

    message: Message
    """Without its bytes; `Ledger.mail` has them."""
    state: Posting
    queued: datetime
    at: datetime
    """When it came to stand there, UTC."""
    said: str
    """What the server said, or why it stands there."""
    attempt: int
    """Counts from 1: how often a message was made for the occasion."""


class Nature(StrEnum):
    """What kind of mail came in."""

    REPLY = "reply"
    BOUNCE = "bounce"
    OUT_OF_OFFICE = "out of office"
    AUTOMATIC = "automatic"


class Incoming(NamedTuple):
    """A mail that came in: what it is and whom it is from, as far as that is known. All but `partnership` are a stranger's words."""

    sha256: str
    """Of the mail, which is kept as an original."""
    nature: Nature
    message_id: str
    answers: str
    """The Message-ID of the message of ours that it answers; empty where none is known."""
    partnership: str
    """The partnership's id; empty where nobody knows yet."""
    matched_by: str
    """What told whose it is: thread, reference, address, document, sender or person; empty where nothing did."""
    sender: str
    subject: str
    sent: datetime | None
    """UTC; None where the mail does not say."""
    said: str = ""
    """For a bounce, why it came back; otherwise what its signs disagree about, if they do."""


class LogKind(StrEnum):
    """Ways of being in touch with a partnership outside this program."""

    PHONE = "phone"
    MEETING = "meeting"
    MAIL = "mail"
    SUPPORT = "support"
    """Help was asked for or offered, as that an officer attends the next meeting."""
    NOTE = "note"


class LogEntry(NamedTuple):
    """A line of the contact log."""

    partnership: str
    kind: LogKind
    at: datetime
    """When it happened; has a time zone."""
    by: str
    """Who noted it."""
    words: str
