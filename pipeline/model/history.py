"""What happened to a partnership's return, and what people decided. Never rewritten."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pipeline.model.findings import Finding
from pipeline.model.records import Record


class Progress(StrEnum):
    """Where a partnership stands in a round. `late` is not a state: it follows from the timetable and today's date."""

    NOT_SENT = "not sent"
    DRAFTED = "draft written"
    SENT = "sent"
    BOUNCED = "bounced"
    OUT_OF_OFFICE = "out of office"
    RETURNED = "returned"
    QUERIED = "queried"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    SIGNED_OFF = "signed off"
    NIL_RETURN = "nil return"
    DECLINED = "declined"


class Event(NamedTuple):
    """A change of a partnership's state: when, and because of what."""

    partnership: str
    progress: Progress
    at: datetime
    """UTC."""
    cause: str
    """Which file, which mail or which person."""
    original: str = ""
    """The SHA-256 of the document that caused it; empty where a mail or a person did."""


class DecisionKind(StrEnum):
    """What a person can choose."""

    ACCEPT = "accept"
    OVERRIDE = "override"
    CORRECT = "correct"
    SIGN_OFF = "sign-off"
    ASSIGN = "assign"
    EXTEND = "extend"
    DECLINE = "decline"
    NIL_RETURN = "nil-return"


class Decision(NamedTuple):
    """What a person chose, with who, when and why."""

    kind: DecisionKind
    partnership: str
    about: str
    """A finding's key for an override, a field's path for a correction, a document's SHA-256 for whose it is or what was accepted, the
    SHA-256 of the version that was signed off; otherwise empty."""
    value: str | None
    """The corrected value, or the day of an extended deadline (ISO 8601); None for other kinds."""
    by: str
    at: datetime
    reason: str


class Receipt(NamedTuple):
    """A document as it came in: what was kept, and under which name it was seen."""

    sha256: str
    file: str
    """The name it came with: text for people, never a path to open."""
    size: int
    """Bytes."""
    path: str
    """Where the original is kept, relative to the round folder."""
    seen_before: bool
    """True where the same bytes had come in before."""


class Sighting(NamedTuple):
    """One of the times that a document came in: under which name, by which way, when."""

    sha256: str
    file: str
    """The name it came with: text for people, never a path to open."""
    via: str
    """inbox or mail."""
    at: datetime
    """UTC."""


class Reading(NamedTuple):
    """One reading of one document, as it was kept."""

    record: Record
    findings: tuple[Finding, ...]
    reader: str
    """The version of the reader, and of what it was given, that made it."""
    at: datetime
    """When it was read, UTC."""
    arrived: datetime
    """When the document first came in, UTC."""
    superseded: bool
    """True where a later reading of the document, or a newer return of its partnership, stands in its place."""
    answers: str = ""
    """The Message-ID of the query that the document answers; empty for a return."""
