"""Write letters to partnerships and put them into the ledger, whole, before anything of them goes out. `deliver` takes them from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from pipeline.desk.deadlines import deadline, extension
from pipeline.desk.delivering import deliver
from pipeline.errors import MailError, SetupError
from pipeline.model.post import Message, MessageKind
from pipeline.model.rounds import Partnership, Round
from pipeline.post.facts import partnership_facts, round_facts
from pipeline.post.letters import Attachment, Letter, render
from pipeline.post.mails import Sender, address_in, mail
from pipeline.rounds.scaffold import left_over
from pipeline.store.store import Store

__all__ = ["Occasion", "Office", "Prospect", "Recipients", "deliver", "letter", "message", "queue", "recipients"]

_SEPARATORS = str.maketrans(";,\n", "   ")


class Recipients(NamedTuple):
    """Whom a partnership's mail goes to, by the register alone."""

    to: tuple[str, ...]
    copies: tuple[str, ...]
    odd: tuple[str, ...]
    """What of the register is no address, a sentence each."""


class Prospect(NamedTuple):
    """A partnership, and whether a letter to it is due."""

    partnership: Partnership
    recipients: Recipients
    due: bool
    why: str
    """Why it is due, or why not."""


def recipients(round_: Round, partnership: Partnership) -> Recipients:
    """Return whom a partnership's mail goes to: the first column of `post.to` with an address in it, and a copy to those of `post.copy`."""
    odd: list[str] = []
    to = next((found for column in round_.post.to if (found := _addresses(partnership, column, odd))), ())
    known = {one.lower() for one in to}
    copies = [one for column in round_.post.copy for one in _addresses(partnership, column, odd) if one.lower() not in known]
    return Recipients(to, tuple(dict.fromkeys(copies)) if to else (), tuple(dict.fromkeys(odd)))


def _addresses(partnership: Partnership, column: str, odd: list[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in partnership.columns.get(column, "").translate(_SEPARATORS).split():
        if address := address_in(word.strip("<>")):
            found.setdefault(address.lower(), address)
        else:
            odd.append(f"“{word}” in the column {column} is not an e-mail address")
    return tuple(found.values())


class Office(NamedTuple):
    """Where and when letters are written."""

    round: Round
    store: Store
    now: datetime
    """Has a time zone."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a partnership is written to, and with what."""

    kind: MessageKind
    partnership: Partnership
    which: str = ""
    """Tells it from other occasions of its kind; empty where there is only one."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What its text can name beside the facts of the round and of the partnership."""
    attachments: tuple[Attachment, ...] = ()
    about: tuple[str, ...] = ()
    """The keys of the findings that it asks about."""
    spared: frozenset[str] = frozenset()
    """Addresses, in small letters, that get no copy of it."""
    again: bool = False
    """Whether a person wants the partnership written to once more on this occasion."""


def letter(occasion: Occasion, office: Office) -> Letter:
    """Write a letter to a partnership; nothing is kept and nothing goes out.

    Raises:
        MailError: the register has no address for the partnership.
        SetupError: there is a mistake in the kit's text.
    """
    round_, partnership = office.round, occasion.partnership
    found = recipients(round_, partnership)
    if not found.to:
        raise MailError(_no_address(round_, partnership), "Write one into the register, then run the command again.")
    decisions = office.store.decisions(partnership.id)
    day, extended = deadline(round_, partnership.id, decisions), extension(partnership.id, decisions) is not None
    own = partnership_facts(round_, partnership, day, office.now.date(), extended=extended)
    subject, body = render(round_.kit, occasion.kind, {**round_facts(round_), **own, **occasion.facts})
    subject = f"{subject} [{round_.reference_of(partnership)}]"
    copies = tuple(one for one in found.copies if one.lower() not in occasion.spared)
    return Letter(found.to, copies, subject, body, occasion.attachments)


def queue(occasion: Occasion, office: Office) -> bool:
    """Write a letter and put it into the ledger, to be delivered; once for each occasion.

    Returns:
        False where there is one for the occasion already, and nothing was done.

    Raises:
        MailError: the register has no address for the partnership, or round.yaml says not who writes.
        SetupError: there is a mistake in the kit's text, or round.yaml still names whom the kit came with.
        StoreError: it could not be kept.
    """
    made = message(occasion, office)
    return made is not None and office.store.ledger.queue(made, office.now, again=occasion.again)


def message(occasion: Occasion, office: Office) -> Message | None:
    """Write a letter as the message that `queue` would put into the ledger; None where it would put none there."""
    kind, partnership = occasion.kind, occasion.partnership
    posted = office.store.ledger.posted(partnership.id)
    earlier = [one for one in posted if one.message.kind is kind and one.message.occasion == occasion.which]
    if earlier and not occasion.again:
        return None
    _refuse_left_over(office.round)
    written = letter(occasion, office)
    sender = _sender(office.round, partnership)
    message_id = _message_id(office.round, occasion, len(earlier) + 1, sender)
    data = mail(written, sender, message_id, office.now)
    to = (*written.to, *written.copies)
    return Message(message_id, kind, partnership.id, occasion.which, to, written.subject, occasion.about, data)


def _refuse_left_over(round_: Round) -> None:
    """See that no letter goes out under the name of nobody."""
    if lines := left_over(round_):
        raise SetupError("Nothing goes out: round.yaml still names somebody who does not exist.", "Write whom partnerships can ask.", lines)


def _sender(round_: Round, partnership: Partnership) -> Sender:
    post = round_.post
    if not post.address:
        raise MailError("Nobody is named whom the mail comes from.", "Write “post: {name: …, address: …}” into round.yaml.")
    reply_to = post.reply_to
    if post.plus:
        name, _, domain = (reply_to or post.address).rpartition("@")
        reply_to = f"{name}+{partnership.code.lower()}@{domain}"
    return Sender(post.name, post.address, reply_to)


def _message_id(round_: Round, occasion: Occasion, attempt: int, sender: Sender) -> str:
    """Return a Message-ID that says whose it is, and that no other message of the round has."""
    kind, partnership = occasion.kind, occasion.partnership
    said = "\0".join((round_.id, kind, partnership.id, occasion.which, str(attempt)))
    return f"<{kind}.{partnership.code.lower()}.{sha256(said.encode()).hexdigest()[:12]}@{sender.address.rpartition('@')[2].lower()}>"


def _no_address(round_: Round, partnership: Partnership) -> str:
    columns = " or ".join(round_.post.to)
    return f"{partnership.name} has no e-mail address in the register ({columns})."
