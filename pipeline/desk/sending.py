"""Write letters to partnerships and put them into the ledger, whole, before anything of them goes out. `deliver` takes them from there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from pipeline.desk.deadlines import deadline, extension
from pipeline.desk.delivering import deliver
from pipeline.errors import MailError
from pipeline.model.post import Message, MessageKind
from pipeline.model.rounds import Partnership, Round
from pipeline.post.facts import partnership_facts, round_facts
from pipeline.post.letters import Attachment, Letter, render
from pipeline.post.mails import Sender, address_in, mail
from pipeline.store.store import Store

__all__ = ["Prospect", "Recipients", "deliver", "letter", "message", "queue", "recipients"]

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


def letter(
    kind: MessageKind,
    partnership: Partnership,
    facts: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    *,
    round_: Round,
    store: Store,
    now: datetime,
    spared: frozenset[str] = frozenset(),
) -> Letter:
    """Write a letter to a partnership; nothing is kept and nothing goes out.

    Args:
        kind: what it is for.
        partnership: whom it goes to.
        facts: what its text can name beside the facts of the round and of the partnership.
        attachments: what goes with it.
        round_: the round.
        store: the round's store.
        now: has a time zone.
        spared: addresses, in small letters, that get no copy of it.

    Raises:
        MailError: the register has no address for the partnership.
        SetupError: there is a mistake in the kit's text.
    """
    found = recipients(round_, partnership)
    if not found.to:
        raise MailError(_no_address(round_, partnership), "Write one into the register, then run the command again.")
    decisions = store.decisions(partnership.id)
    day, extended = deadline(round_, partnership.id, decisions), extension(partnership.id, decisions) is not None
    known = {**round_facts(round_), **partnership_facts(round_, partnership, day, now.date(), extended=extended), **facts}
    subject, body = render(round_.kit, kind, known)
    subject = f"{subject} [{round_.reference_of(partnership)}]"
    copies = tuple(one for one in found.copies if one.lower() not in spared)
    return Letter(found.to, copies, subject, body, tuple(attachments))


def queue(
    kind: MessageKind,
    partnership: Partnership,
    occasion: str,
    facts: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    about: tuple[str, ...] = (),
    *,
    round_: Round,
    store: Store,
    now: datetime,
    again: bool = False,
    spared: frozenset[str] = frozenset(),
) -> bool:
    """Write a letter and put it into the ledger, to be delivered; once for each occasion.

    Args:
        kind: what it is for.
        partnership: whom it goes to.
        occasion: what of its kind it is; empty where there is only one.
        facts: what its text can name beside the facts of the round and of the partnership.
        attachments: what goes with it.
        about: the keys of the findings that it asks about.
        round_: the round.
        store: keeps it.
        now: has a time zone.
        again: a person wants the partnership written to once more on this occasion.
        spared: addresses, in small letters, that get no copy of it.

    Returns:
        False where there is one for the occasion already, and nothing was done.

    Raises:
        MailError: the register has no address for the partnership, or round.yaml says not who writes.
        SetupError: there is a mistake in the kit's text.
        StoreError: it could not be kept.
    """
    made = message(kind, partnership, occasion, facts, attachments, about, round_=round_, store=store, now=now, again=again, spared=spared)
    return made is not None and store.ledger.queue(made, now, again=again)


def message(
    kind: MessageKind,
    partnership: Partnership,
    occasion: str,
    facts: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    about: tuple[str, ...] = (),
    *,
    round_: Round,
    store: Store,
    now: datetime,
    again: bool = False,
    spared: frozenset[str] = frozenset(),
) -> Message | None:
    """Write a letter as the message that `queue` would put into the ledger; None where it would put none there."""
    earlier = [one for one in store.ledger.posted(partnership.id) if one.message.kind is kind and one.message.occasion == occasion]
    if earlier and not again:
        return None
    written = letter(kind, partnership, facts, attachments, round_=round_, store=store, now=now, spared=spared)
    sender = _sender(round_, partnership)
    message_id = _message_id(round_, kind, partnership, occasion, len(earlier) + 1, sender)
    data = mail(written, sender, message_id, now)
    return Message(message_id, kind, partnership.id, occasion, (*written.to, *written.copies), written.subject, about, data)


def _sender(round_: Round, partnership: Partnership) -> Sender:
    post = round_.post
    if not post.address:
        raise MailError("Nobody is named whom the mail comes from.", "Write “post: {name: …, address: …}” into round.yaml.")
    reply_to = post.reply_to
    if post.plus:
        name, _, domain = (reply_to or post.address).rpartition("@")
        reply_to = f"{name}+{partnership.code.lower()}@{domain}"
    return Sender(post.name, post.address, reply_to)


def _message_id(round_: Round, kind: MessageKind, partnership: Partnership, occasion: str, attempt: int, sender: Sender) -> str:
    """Return a Message-ID that says whose it is, and that no other message of the round has."""
    said = "\0".join((round_.id, kind, partnership.id, occasion, str(attempt)))
    return f"<{kind}.{partnership.code.lower()}.{sha256(said.encode()).hexdigest()[:12]}@{sender.address.rpartition('@')[2].lower()}>"


def _no_address(round_: Round, partnership: Partnership) -> str:
    columns = " or ".join(round_.post.to)
    return f"{partnership.name} has no e-mail address in the register ({columns})."
