"""Down through envelopes within envelopes to the documents, one after the other and within bounds.

Whatever lies beyond a bound is listed with its name, never dropped.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.envelopes.opening import is_envelope, opened
from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.envelopes import Contents, Leaf, Mail, Opened, Words
from pipeline.model.names import shown_name
from pipeline.model.places import Place
from pipeline.settings import Limits

DEEPEST = 3
"""Envelopes within envelopes that are opened: a mail, a zip in it, a mail in that."""
MOST_DOCUMENTS = 500
MOST_ENVELOPES = 500

_LIMITS = Limits()


class _Waiting(NamedTuple):
    """Something that may be an envelope, with where it came from."""

    chain: tuple[str, ...]
    data: bytes
    mails: tuple[Mail, ...] = ()
    notes: tuple[Note, ...] = ()
    refusal: UnreadableError | None = None
    inside: Opened | None = None
    in_mail: bool = False
    """True where it is attached to the last of the mails itself."""


@dataclass
class _Found:
    """What was found so far, and what it cost."""

    leaves: list[Leaf] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    beyond: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """What was not looked at: code, sentence and envelope, and the names."""
    envelopes: int = 0
    unpacked: int = 0
    mail: Mail | None = None
    """The mail that the file itself is."""

    def list_beyond(self, code: str, sentence: str, chain: tuple[str, ...]) -> None:
        """List something that lies beyond a bound, with its envelope."""
        self.beyond[code, sentence, _shown(chain[:-1])].append(chain[-1])

    def contents(self) -> Contents:
        """Return it all; what lies beyond a bound as one note an envelope."""
        listed = [
            Note(code, f"{_things(len(names))} in {within or 'it'}: {sentence}", Place(within), "\n".join(names))
            for (code, sentence, within), names in self.beyond.items()
        ]
        return Contents(tuple(self.leaves), (*self.notes, *listed), self.mail)


def contents(data: bytes, name: str, limits: Limits = _LIMITS) -> Contents:
    """Return every document that a file holds; a file that is no envelope is the one document itself.

    A document that cannot be taken out is a leaf too, with its refusal: one bad return never stops the others, and nothing is raised.

    Args:
        data: the file as received.
        name: what it was called: for people, never believed.
        limits: what it may cost; `unpacked_bytes` bounds all its envelopes together.
    """
    found = _Found()
    waiting = [_Waiting((shown_name(name),), data)]
    while waiting:
        waiting += reversed(_look(waiting.pop(), found, limits))
    if not found.leaves:
        nothing = UnreadableError("empty", "There is nothing in it that could be a return.", "See what came with it, and ask for the form.")
        found.leaves.append(Leaf((shown_name(name),), data, refusal=nothing))
    return found.contents()


def _look(one: _Waiting, found: _Found, limits: Limits) -> list[_Waiting]:
    """Keep what is a document, and return what lies in what is an envelope."""
    if len(one.chain) > DEEPEST and (one.inside or is_envelope(one.data)):
        found.list_beyond("not-opened", f"it lies inside more than {DEEPEST} others and was not opened. Ask for it alone.", one.chain)
        return []
    if found.envelopes >= MOST_ENVELOPES and (one.inside or is_envelope(one.data)):
        found.list_beyond("not-opened", f"only the first {MOST_ENVELOPES} envelopes were opened.", one.chain)
        return []
    try:
        envelope = one.inside or (None if one.refusal else _opened(one, found, limits))
    except UnreadableError as error:
        one, envelope = one._replace(refusal=error), None
    if envelope is None:
        _keep(Leaf(one.chain, one.data, one.mails, notes=one.notes, refusal=one.refusal), found)
        return []
    found.envelopes += 1
    return _within(one, envelope, found)


def _opened(one: _Waiting, found: _Found, limits: Limits) -> Opened | None:
    """Open an envelope with what is left of the bound."""
    left = max(limits.unpacked_bytes - found.unpacked, 0)
    envelope = opened(one.data, replace(limits, unpacked_bytes=left))
    if envelope:
        found.unpacked += sum(len(part.data) for part in envelope.parts)
    return envelope


def _within(one: _Waiting, envelope: Opened, found: _Found) -> list[_Waiting]:
    """Note what an envelope says of itself, keep a mail's own words, and return what lies in it."""
    place = Place(_shown(one.chain))
    found.notes += [note._replace(place=place) for note in (*one.notes, *envelope.notes)]
    mails = one.mails
    if envelope.mail:
        found.mail = found.mail or (envelope.mail if len(one.chain) == 1 else None)
        mails = _with_mail(one, envelope, envelope.mail)
        if mails[-1].speaks and mails != one.mails:
            _keep(Leaf(one.chain, one.data or _as_bytes(mails[-1]), mails, own_words=True), found)
    return [
        _Waiting((*one.chain, part.name), part.data, mails, part.notes, part.refusal, part.inside, envelope.mail is not None)
        for part in envelope.parts
    ]


def _with_mail(one: _Waiting, envelope: Opened, mail: Mail) -> tuple[Mail, ...]:
    """Return the mails down to this one. A winmail.dat is the mail it is attached to, once more: its words count where that has none."""
    if envelope.kind != "tnef" or not one.in_mail:
        return (*one.mails, mail)
    outer = one.mails[-1]
    if outer.speaks or not mail.speaks:
        return one.mails
    return (*one.mails[:-1], outer._replace(body=mail.body, subject=outer.subject or mail.subject))


def _keep(leaf: Leaf, found: _Found) -> None:
    if len(found.leaves) < MOST_DOCUMENTS:
        found.leaves.append(leaf)
    else:
        sentence = f"only the first {MOST_DOCUMENTS} documents of a file are read. Take the others in by themselves."
        found.list_beyond("not-read", sentence, leaf.chain)


def _as_bytes(mail: Mail) -> bytes:
    """Return the words of a mail that has no bytes of its own, so that the same words are the same document."""
    said = [f"From: {mail.sender_name} <{mail.sender}>\nSubject: {mail.subject}\nMessage-ID: {mail.message_id}\n\n".encode()]
    for words in mail.body:
        said.append(_any(words))
    return b"".join(said)


def _any(words: Words) -> bytes:
    return (words.text or words.html).encode("utf-8", "surrogatepass") or words.rtf


def _things(number: int) -> str:
    return f"{number:,} {'thing' if number == 1 else 'things'}"


def _shown(chain: tuple[str, ...]) -> str:
    return " › ".join(chain)
