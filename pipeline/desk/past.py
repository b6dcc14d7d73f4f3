"""The whole history of one partnership: events, messages, mails, decisions and the contact log, in one order of time."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.history import Decision, DecisionKind
from pipeline.model.rounds import Partnership
from pipeline.store.store import Store


class Happened(NamedTuple):
    """One thing that happened."""

    at: dt.datetime
    kind: str
    """state, message, mail, decision, or what the contact log calls it."""
    what: str
    by: str
    """Who; empty where that is the program or the partnership."""


def past(partnership: Partnership, store: Store, on: dt.date) -> tuple[Happened, ...]:
    """Return everything that had happened by the end of a day, in the order of time."""
    every = (*_states(partnership, store), *_messages(partnership, store), *_mails(partnership, store))
    every += (*(_decision(one) for one in store.decisions(partnership.id)), *_log(partnership, store))
    return tuple(sorted((one for one in every if one.at.date() <= on), key=lambda one: one.at))


def _states(partnership: Partnership, store: Store) -> Iterator[Happened]:
    for event in store.history(partnership.id):
        yield Happened(event.at, "state", f"{event.progress}: {event.cause}", "")


def _messages(partnership: Partnership, store: Store) -> Iterator[Happened]:
    for one in store.ledger.posted(partnership.id):
        message = one.message
        to = ", ".join(message.recipients)
        yield Happened(one.queued, "message", f"{message.kind} to {to}: “{message.subject}”", "")
        if one.at != one.queued:
            yield Happened(one.at, "message", f"{message.kind} {one.state}{f': {one.said}' if one.said else ''}", "")


def _mails(partnership: Partnership, store: Store) -> Iterator[Happened]:
    came = {one.sha256: one.at for one in store.sightings()}
    for mail in store.mails.incoming(partnership.id):
        at = mail.sent or came.get(mail.sha256)
        if at is not None:
            said = f" {mail.said}" if mail.said else ""
            yield Happened(at, "mail", f"{mail.nature} from {mail.sender}: “{mail.subject}”{said}", "")


def _decision(one: Decision) -> Happened:
    about = {
        DecisionKind.ASSIGN: f"the document {one.about[:12]} is theirs",
        DecisionKind.ACCEPT: f"accepted the return {one.about[:12]}".rstrip(),
        DecisionKind.SIGN_OFF: f"signed off the version {one.about[:12]}".rstrip(),
        DecisionKind.OVERRIDE: f"accepted as it is: {one.about}",
        DecisionKind.CORRECT: f"corrected {one.about} to “{one.value or ''}”",
        DecisionKind.EXTEND: f"extended the deadline to {one.value}",
        DecisionKind.DECLINE: "they declined",
        DecisionKind.NIL_RETURN: "they have nothing to return",
    }[one.kind]
    return Happened(one.at, "decision", f"{about}{f' – {one.reason}' if one.reason else ''}", one.by)


def _log(partnership: Partnership, store: Store) -> Iterator[Happened]:
    for one in store.contact_log(partnership.id):
        yield Happened(one.at, one.kind, one.words, one.by)
