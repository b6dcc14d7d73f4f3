"""From a mailbox to receipts: what every source of mails offers, and how their mails are kept.

A mail is kept for good, and that is noted, before anything is marked where it came from; nothing is ever deleted there. Whatever stops
this, the next run goes on from what is noted. Knows no protocol and nothing of what mails say.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from pipeline.errors import PipelineError, UnreadableError
from pipeline.model.history import Receipt
from pipeline.model.outcomes import Reason
from pipeline.settings import Limits

VIA = "mail"
"""The way of a mail that was collected."""

_LIMITS = Limits()


class GoneError(PipelineError):
    """A mail was listed and is no longer there: somebody moved or deleted it meanwhile."""


class LeftError(PipelineError):
    """A mail cannot be fetched whole. It stays where it is."""


class Listed(NamedTuple):
    """A mail as its mailbox lists it, not fetched yet."""

    uid: str
    """What the mailbox calls it: good for this mail alone, as long as `Looked.validity` is the same."""
    file: str
    """The name that it is kept under: text for people."""
    size: int
    """Bytes, as the mailbox says."""
    done: bool = False
    """True where nothing is left to be marked once it is kept."""


class Looked(NamedTuple):
    """What lies in a mailbox at one moment."""

    validity: str
    """What the numbers are good for: where a server gives new ones, this is another (UIDVALIDITY, RFC 9051, 2.3.1.1)."""
    mails: tuple[Listed, ...]
    """In the order of arrival, as far as the mailbox knows it."""


class Letterbox(Protocol):
    """A source of mails."""

    @property
    def address(self) -> str:
        """Names it for good: `imap://user@host/INBOX`."""

    def look(self) -> Looked:
        """List what lies in it.

        Raises:
            MailError: it cannot be looked into.
        """

    def fetch(self, mail: Listed) -> bytes:
        """Return a mail, byte for byte, and change nothing.

        Raises:
            GoneError: it is no longer there.
            LeftError: it does not come whole.
            UnreadableError: `too-large`; it was not taken into memory.
            MailError: the mailbox can be reached no more.
        """

    def mark(self, uids: Iterable[str]) -> str:
        """Mark mails that are kept, as the mailbox can: nothing is deleted.

        Returns:
            What it refused, in a sentence; nothing where all is well.

        Raises:
            MailError: the mailbox can be reached no more.
        """


class Keeper(Protocol):
    """What collecting needs of the store."""

    def keep_original(self, data: bytes, file: str, via: str, at: datetime) -> Receipt:
        """Keep a document for good before returning; the same bytes again have the effect of once."""


class Noter(Protocol):
    """What collecting notes of a mailbox."""

    def fetched(self, mailbox: str, validity: str) -> frozenset[str]:
        """Return which mails of a mailbox are kept."""

    def note_fetched(self, mailbox: str, validity: str, uid: str, sha256: str, at: datetime) -> None:
        """Note for good that a mail is kept."""


class Kept(NamedTuple):
    """A mail that is kept now."""

    mail: Listed
    receipt: Receipt
    """`seen_before` where the same mail had come in before."""


class Left(NamedTuple):
    """Something that stays as it was, and why."""

    file: str
    why: str
    waits: bool = True
    """False where nobody can do anything about it: the mail is gone, or is kept and cannot be marked."""


def unfetched(letterbox: Letterbox, noted: Noter) -> tuple[Listed, ...]:
    """Return the mails of a mailbox that are not kept here yet."""
    looked = letterbox.look()
    known = noted.fetched(letterbox.address, looked.validity)
    return tuple(mail for mail in looked.mails if mail.uid not in known)


def gather(letterbox: Letterbox, store: Keeper, noted: Noter, at: datetime, limits: Limits = _LIMITS) -> Iterator[Kept | Left]:
    """Keep every mail that is not kept yet, then mark all that are kept.

    Args:
        letterbox: where mails lie.
        store: where they are kept.
        noted: which of them are kept.
        at: now; it has a time zone.
        limits: of which `bytes` bounds a mail.

    Yields:
        What became of each mail that was not kept before.

    Raises:
        MailError: the mailbox cannot be reached. What was kept until then is kept.
        StoreError: a mail could not be kept.
    """
    looked = letterbox.look()
    kept = set(noted.fetched(letterbox.address, looked.validity))
    for mail in looked.mails:
        if mail.uid in kept:
            continue
        became = _keep(mail, letterbox, store, at, limits)
        if isinstance(became, Kept):
            noted.note_fetched(letterbox.address, looked.validity, mail.uid, became.receipt.sha256, at)
            kept.add(mail.uid)
        yield became
    refused = letterbox.mark(mail.uid for mail in looked.mails if mail.uid in kept and not mail.done)
    if refused:
        yield Left(letterbox.address, refused, waits=False)


def _keep(mail: Listed, letterbox: Letterbox, store: Keeper, at: datetime, limits: Limits) -> Kept | Left:
    try:
        if mail.size > limits.bytes:
            raise too_large(mail, limits)
        return Kept(mail, store.keep_original(letterbox.fetch(mail), mail.file, VIA, at))
    except GoneError as error:
        return Left(mail.file, str(error), waits=False)
    except (LeftError, UnreadableError) as error:
        return Left(mail.file, f"{error} {error.hint}".strip())


def too_large(mail: Listed, limits: Limits) -> UnreadableError:
    """Return the refusal of a mail that is larger than any return."""
    size = f"{mail.size / 2**20:,.1f} MB, and the most is {limits.bytes / 2**20:,.1f} MB"
    hint = "It stays where it is: save what is attached into the inbox, or ask for it in parts."
    return UnreadableError(Reason.TOO_LARGE, f"{mail.file} is too large: it has {size}.", hint)
