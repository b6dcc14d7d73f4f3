"""Chasing: who is to be reminded of what, and thanked for what; and why not the others.

Nothing here trusts the clock to go forward: what was sent is sent, whatever day it is said to be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from pipeline.desk.proformas import NO_ADDRESS
from pipeline.desk.sending import Occasion, Office, Prospect, Recipients, queue, recipients
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind, Progress, Reading
from pipeline.model.post import MessageKind, Nature, Posted, Posting
from pipeline.model.records import State
from pipeline.model.rounds import Partnership, Round
from pipeline.post.facts import said_day
from pipeline.publish.context import where_said
from pipeline.store.store import Store

_DONE = (Progress.ACCEPTED, Progress.SIGNED_OFF, Progress.NIL_RETURN, Progress.DECLINED)
_ASKS = (Severity.ERROR, Severity.QUERY)
_NOT_OUT = (Posting.FAILED, Posting.WITHDRAWN)
_NOT_CHASED = {
    Progress.NOT_SENT: "not asked yet",
    Progress.DRAFTED: "its draft has not gone out, or nobody has said so (send --sent)",
    Progress.BOUNCED: "its mail came back: put the address right, then send --again",
}
"""Where a partnership stands that has not replied and is not reminded either."""


@dataclass(frozen=True)
class Case:
    """A round as it stands: what came, what is open, what went out."""

    round: Round
    store: Store
    readings: Sequence[Reading]
    """Those that count."""
    findings: Sequence[Finding]
    """All of the round."""

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        """The errors and queries of partnerships that nobody has overridden."""
        overridden = {one.about for one in self.store.decisions() if one.kind is DecisionKind.OVERRIDE}
        return tuple(one for one in self.findings if one.partnership and one.severity in _ASKS and one.key not in overridden)

    @cached_property
    def returned(self) -> dict[str, Reading]:
        """The reading that counts, by its partnership."""
        return {one.record.partnership or "": one for one in self.readings}

    @cached_property
    def settled(self) -> frozenset[str]:
        """The ids of partnerships that need no reminder: a usable return came, a person accepted it, or none will come."""
        wrong = {one.partnership for one in self.open if one.severity is Severity.ERROR}
        accepted = {one.partnership for one in self.store.decisions() if self._accepts(one)}
        done = {name for name, progress in self.progress.items() if progress in _DONE}
        return frozenset((self.returned.keys() - wrong) | accepted | done)

    def _accepts(self, decision: Decision) -> bool:
        """Say whether a person accepted the return that counts, or signed the partnership off."""
        if decision.kind is DecisionKind.SIGN_OFF:
            return True
        reading = self.returned.get(decision.partnership)
        return decision.kind is DecisionKind.ACCEPT and reading is not None and decision.about in ("", reading.record.sha256)

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """Where each partnership stands."""
        return dict(self.store.progress())

    @cached_property
    def posted(self) -> tuple[Posted, ...]:
        """The messages of the round, in order."""
        return self.store.ledger.posted()

    def of(self, kind: MessageKind, partnership: Partnership) -> list[Posted]:
        """Return the messages of a kind to a partnership, in order."""
        return [one for one in self.posted if one.message.kind is kind and one.message.partnership == partnership.id]

    def out(self, kind: MessageKind, partnership: Partnership) -> list[Posted]:
        """Return those of them that have gone out, may have, or will."""
        return [one for one in self.of(kind, partnership) if one.state not in _NOT_OUT]

    def missing(self, partnership: Partnership) -> list[dict[str, str]]:
        """Return what is still open in a partnership's return, as mail texts see it."""
        mine = (one for one in self.open if one.partnership == partnership.id)
        return [{"where": where_said(one.field, self.round.form), "question": one.message} for one in mine]


def to_remind(case: Case, today: date) -> Iterator[Prospect]:
    """Yield each partnership, and whether a reminder to it is due: at most one a day to an address, and so many to a partnership.

    Args:
        case: the round as it stands.
        today: the day. Where the clock was put back behind a reminder, none is due to whom it went.
    """
    told = [one for one in case.posted if one.message.kind is MessageKind.REMINDER and one.message.occasion >= today.isoformat()]
    told = [one for one in told if one.state not in _NOT_OUT]
    had = {address.lower() for one in told for address in one.message.recipients}
    for partnership in case.round.partnerships:
        found = recipients(case.round, partnership)
        why_not = _not_chased(case, partnership) or _written_to(case, partnership, today) or ("" if found.to else NO_ADDRESS)
        if not why_not and any(one.lower() in had for one in found.to):
            why_not = "its address has had a reminder today"
        if why_not:
            yield Prospect(partnership, found, False, why_not)
            continue
        spared = Recipients(found.to, tuple(one for one in found.copies if one.lower() not in had), found.odd)
        had |= {one.lower() for one in (*spared.to, *spared.copies)}
        yield Prospect(partnership, spared, True, "; ".join((_why(case, partnership), *found.odd)))


def _not_chased(case: Case, partnership: Partnership) -> str:
    """Say why a partnership is not to be reminded at all; empty where it may be."""
    progress = case.progress.get(partnership.id, Progress.NOT_SENT)
    if partnership.id in case.settled:
        return f"nothing to chase: {progress}"
    return "" if partnership.id in case.returned else _NOT_CHASED.get(progress, "")


def _written_to(case: Case, partnership: Partnership, today: date) -> str:
    """Say why a partnership has been written to enough for now; empty where it has not."""
    latest = max(case.of(MessageKind.REMINDER, partnership), key=lambda one: one.message.occasion, default=None)
    if latest and latest.message.occasion >= today.isoformat():
        how = "reminded" if latest.state not in _NOT_OUT else f"its reminder is {latest.state}:"
        return f"{how} on {said_day(date.fromisoformat(latest.message.occasion))}"
    many = len(case.out(MessageKind.REMINDER, partnership))
    if many >= case.round.post.reminders:
        return f"reminded {many} {'time' if many == 1 else 'times'}: call them"
    written = [*case.out(MessageKind.PROFORMA, partnership), *case.out(MessageKind.QUERY, partnership)]
    if any(one.at.date() >= today for one in written):
        return "written to today"
    return ""


def _why(case: Case, partnership: Partnership) -> str:
    if partnership.id not in case.returned:
        return "no return"
    many = len(case.missing(partnership))
    return f"its return has {many} open {'question' if many == 1 else 'questions'}"


def remind(case: Case, prospects: Sequence[Prospect], now: datetime) -> int:
    """Queue a reminder for each partnership for which one is due, and return how many were queued.

    Raises:
        SetupError: the kit's mail text has a mistake.
        MailError: round.yaml says not who writes.
        StoreError: it could not be kept.
    """
    queued = 0
    for one in prospects:
        if one.due:
            whose, occasion = one.partnership, now.date().isoformat()
            spared = frozenset(copy.lower() for copy in recipients(case.round, whose).copies if copy not in one.recipients.copies)
            due = Occasion(MessageKind.REMINDER, whose, occasion, reminder(case, whose), spared=spared)
            queued += queue(due, Office(case.round, case.store, now))
    return queued


def reminder(case: Case, partnership: Partnership) -> dict[str, object]:
    """Return what a reminder to a partnership can name."""
    asked = case.out(MessageKind.PROFORMA, partnership)
    return {
        "asked": said_day(asked[0].at.date()) if asked else "",
        "returned": _returned(case, partnership),
        "missing": case.missing(partnership),
    }


def to_acknowledge(case: Case) -> Iterator[Prospect]:
    """Yield each partnership whose return counts, and whether its receipt is to be acknowledged: once a return, and never to a machine."""
    automatic = _automatic(case)
    for partnership in case.round.partnerships:
        if (reading := case.returned.get(partnership.id)) is None:
            continue
        found = recipients(case.round, partnership)
        digest = reading.record.sha256
        why_not = "" if found.to else NO_ADDRESS
        if any(one.message.occasion == digest for one in case.of(MessageKind.ACKNOWLEDGEMENT, partnership)):
            why_not = "acknowledged"
        elif digest in automatic:
            why_not = "it came in an automatic mail, which is never answered"
        yield Prospect(partnership, found, not why_not, "; ".join((why_not or f"received: {reading.record.file}", *found.odd)))


def acknowledge(case: Case, prospects: Sequence[Prospect], now: datetime) -> int:
    """Queue an acknowledgement for each return for which one is due, and return how many were queued.

    Raises:
        SetupError: the kit's mail text has a mistake.
        MailError: round.yaml says not who writes.
        StoreError: it could not be kept.
    """
    due = (one.partnership for one in prospects if one.due)
    which = ((whose, case.returned[whose.id].record.sha256) for whose in due)
    thanks = (Occasion(MessageKind.ACKNOWLEDGEMENT, whose, digest, acknowledgement(case, whose)) for whose, digest in which)
    return sum(queue(one, Office(case.round, case.store, now)) for one in thanks)


def acknowledgement(case: Case, partnership: Partnership) -> dict[str, object]:
    """Return what an acknowledgement to a partnership can name."""
    return {"returned": _returned(case, partnership), "missing": case.missing(partnership)}


def _returned(case: Case, partnership: Partnership) -> object:
    """Return what came from a partnership, as mail texts see it; False where nothing did."""
    if (reading := case.returned.get(partnership.id)) is None:
        return False
    answers = sum(one.state is State.GIVEN for one in reading.record.answers)
    return {"file": reading.record.file, "on": said_day(reading.arrived.date()), "answers": answers}


def _automatic(case: Case) -> frozenset[str]:
    """Return the SHA-256 of the documents that came in mails which no person wrote."""
    mails = [one.sha256 for one in case.store.mails.incoming() if one.nature is not Nature.REPLY]
    readers = {one.reader for one in case.readings}
    inside = {one.record.sha256 for mail in mails for reader in readers for one in case.store.known(mail, reader)}
    return frozenset((*mails, *inside))
