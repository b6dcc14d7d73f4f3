"""The board: everything that the store and the timetable say of a round on a day, put together.

As of a day in the past, what happened later is left out; of a message, only where it stands now is known, so one that went out later
shows as waiting then.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.desk.deadlines import deadline, due, extension
from pipeline.desk.pen import set_aside
from pipeline.desk.signing import changes, in_force, sign_offs, signed
from pipeline.grammar.working_days import last_to_publish, working_days
from pipeline.merge.acceptance import accepted
from pipeline.merge.replies import replies
from pipeline.model.board import Board, Distance, Line, Stage
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind, Event, Progress, Reading
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming, LogEntry, MessageKind, Nature, Posted, Posting
from pipeline.model.rounds import Partnership, Round, Step
from pipeline.store.store import Store

Check = Callable[[Iterable[Reading], Sequence[Decision]], tuple[Finding, ...]]
"""Returns every finding of readings, decisions regarded."""

_TO_ANSWER = (Severity.ERROR, Severity.QUERY)
_WENT_OUT = (Posting.SENT, Posting.DRAFTED, Posting.UNKNOWN)
_NOT_OUT = (Posting.FAILED, Posting.WITHDRAWN)
_NO_REPLY = (Progress.NOT_SENT, Progress.DRAFTED, Progress.SENT, Progress.BOUNCED, Progress.OUT_OF_OFFICE)


@dataclass(frozen=True)
class Seen:
    """What the store holds of a round, as of the end of a day."""

    round: Round
    store: Store
    on: dt.date
    current: Sequence[Reading]
    """The reading that counts now of each partnership."""
    check: Check

    def _by_then(self, moment: dt.datetime) -> bool:
        return moment.date() <= self.on

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What had been decided."""
        return tuple(one for one in self.store.decisions() if self._by_then(one.at))

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """What had happened to each partnership, by its id."""
        return {body.id: [one for one in self.store.history(body.id) if self._by_then(one.at)] for body in self.round.partnerships}

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """Where each partnership stood; one to which nothing had happened is left out."""
        return {name: events[-1].progress for name, events in self.events.items() if events}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The reading that counted of each partnership, by its id."""
        if all(self._by_then(one.arrived) for one in self.current):
            return {one.record.partnership or "": one for one in self.current}
        then = (one for one in self.store.readings() if self._by_then(one.arrived) and self._by_then(one.at))
        documents = {one.record.sha256: one for one in then}
        return {
            one.record.partnership: one
            for one in documents.values()
            if one.record.outcome is Outcome.READ and one.record.partnership and not one.answers
        }

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules notice, without what a person overrode."""
        overridden = {one.about for one in self.decisions if one.kind is DecisionKind.OVERRIDE}
        ordered = [self.readings[body.id] for body in self.round.partnerships if body.id in self.readings]
        return tuple(one for one in self.check(ordered, self.decisions) if one.key not in overridden)

    @cached_property
    def posted(self) -> tuple[Posted, ...]:
        """The messages that had been queued, each with where it stood."""
        had = (one for one in self.store.ledger.posted() if self._by_then(one.queued))
        return tuple(one if self._by_then(one.at) else one._replace(state=Posting.QUEUED, at=one.queued, said="") for one in had)

    @cached_property
    def _by_partnership(self) -> dict[str, list[Posted]]:
        sorted_: dict[str, list[Posted]] = {}
        for one in self.posted:
            sorted_.setdefault(one.message.partnership, []).append(one)
        return sorted_

    def to(self, partnership: str) -> list[Posted]:
        """Return the messages to a partnership, in order."""
        return self._by_partnership.get(partnership, [])

    @cached_property
    def incoming(self) -> tuple[Incoming, ...]:
        """The mails that had come and were not set aside; one that does not say when it was sent counts."""
        aside = set_aside(self.decisions)
        came = (one for one in self.store.mails.incoming() if one.sha256 not in aside)
        return tuple(one for one in came if one.sent is None or self._by_then(one.sent))

    @cached_property
    def log(self) -> tuple[LogEntry, ...]:
        """The contact log."""
        return tuple(one for one in self.store.contact_log() if self._by_then(one.at))

    @cached_property
    def held(self) -> tuple[Reading, ...]:
        """Documents that were held or refused, without those set aside; what a machine wrote in a mail is none."""
        mails = {mail.sha256 for mail in self.store.mails.incoming() if mail.nature is not Nature.REPLY}
        aside = set_aside(self.decisions)
        waiting = (one for one in self.store.held() if self._by_then(one.arrived) and one.record.sha256 not in aside)
        return tuple(one for one in waiting if not (one.record.reason is Reason.NOT_A_RETURN and one.record.sha256 in mails))

    @cached_property
    def accepted(self) -> frozenset[str]:
        """The ids of the partnerships whose returns are in the plan."""
        readings = signed(self.round, self.readings.values(), self.decisions, self.store)
        records = [one.record for one in readings]
        found = accepted(self.round, records, self.findings, in_force(self.decisions), self.progress)
        return frozenset(one.partnership or "" for one in found)


def away(day: dt.date, on: dt.date) -> Distance:
    """Say how far a day is away."""
    return Distance(day, (day - on).days, working_days(on, day))


def put_together(seen: Seen) -> Board:
    """Put the board of a round together, as of a day; what the officer does next is not on it yet."""
    round_, on = seen.round, seen.on
    last = due(round_)
    meeting = round_.meeting.date
    return Board(
        round=round_,
        on=on,
        stages=tuple(_stage(step, on) for step in round_.timetable),
        due=away(last, on) if last else None,
        publish_by=away(last_to_publish(meeting), on) if meeting else None,
        lines=tuple(_line(partnership, seen) for partnership in round_.partnerships),
        replies=replies(round_.partnerships, seen.accepted, seen.progress),
        todo=(),
    )


def _stage(step: Step, on: dt.date) -> Stage:
    start, end = step.start or step.end, step.end or step.start
    if start is None or end is None:
        return Stage(step, "undated", None)
    if end < on:
        return Stage(step, "past", away(end, on))
    return Stage(step, "now", away(end, on)) if start <= on else Stage(step, "ahead", away(start, on))


def _line(partnership: Partnership, seen: Seen) -> Line:
    name = partnership.id
    reading, progress = seen.readings.get(name), seen.progress.get(name, Progress.NOT_SENT)
    decisions = [one for one in seen.decisions if one.partnership == name]
    last = deadline(seen.round, name, decisions)
    replied = reading is not None or progress not in _NO_REPLY
    asked, to_ask = _open(name, seen)
    sign_off = sign_offs(decisions).get(name)
    return Line(
        partnership=partnership,
        progress=progress,
        sent=next((one.at.date() for one in seen.events[name] if one.progress is Progress.SENT), None),
        returned=reading.arrived.date() if reading else None,
        file=reading.record.file if reading else "",
        deadline=last,
        extended=extension(name, decisions),
        late=max(working_days(last, seen.on), 0) if last and not replied else 0,
        asked=asked,
        to_ask=to_ask,
        reminders=sum(one.message.kind is MessageKind.REMINDER and one.state in _WENT_OUT for one in seen.to(name)),
        last_contact=_last_contact(name, seen),
        log=tuple(one for one in seen.log if one.partnership == name),
        accepted=name in seen.accepted,
        signed_off=sign_off,
        changes=tuple(changes(seen.round, reading, sign_off, decisions, seen.store)) if sign_off else (),
    )


def _open(name: str, seen: Seen) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what a partnership was asked and has not answered, and what it is still to be asked."""
    queries = (one for one in seen.to(name) if one.message.kind is MessageKind.QUERY and one.state not in _NOT_OUT)
    about = {key for one in queries for key in one.message.about}
    found = [one for one in seen.findings if one.partnership == name and one.severity in _TO_ANSWER]
    return tuple(one for one in found if one.key in about), tuple(one for one in found if one.key not in about)


def _last_contact(name: str, seen: Seen) -> dt.date | None:
    wrote = [one.at.date() for one in seen.to(name) if one.state is Posting.SENT]
    came = [one.sent.date() for one in seen.incoming if one.partnership == name and one.sent]
    return max((*wrote, *came, *(one.at.date() for one in seen.log if one.partnership == name)), default=None)
