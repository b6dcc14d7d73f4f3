"""What the officer does next, the most urgent first, each with the command that does it.

What may be lost comes first: mails of which nobody knows whether they went, mails that came back, returns that nobody has looked at. Then
what is late, then what can be done, then what the timetable asks for next.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from shlex import quote

from pipeline.desk.board import Seen
from pipeline.grammar.working_days import CLEAR_DAYS, working_day_before, working_days
from pipeline.intake.inbox import VIA, waiting
from pipeline.model.board import Board, Line, Todo, Urgency
from pipeline.model.history import Progress
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import LogKind, MessageKind, Nature, Posted, Posting
from pipeline.publish.views import day, joined

_SOON = 5
"""Working days before which a line of the timetable is announced."""
_SHOWN = 3
"""Partnerships named in one command."""
_TRY_AGAIN = "could not be read. {why} It is tried again:"
_ASK_AGAIN = "could not be read. {why} Ask for it again; when it has come:"
_REFUSED: dict[Reason | None, str] = {
    Reason.NOT_A_RETURN: "is no return. {why} Look at it; where somebody answered the form in another way, ask for the form, and then:",
    **dict.fromkeys((Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED), _TRY_AGAIN),
}
"""What to do about a document that was refused, by the reason; its command takes in what comes."""
_COMMAND = {"review": "proforma report interim", "due": "proforma chase", "agreed": "proforma publish", "circulated": "proforma send"}
_STOPS = (Progress.NIL_RETURN, Progress.DECLINED)


def with_todo(seen: Seen, board: Board) -> Board:
    """Return the board with what the officer does next."""
    found = [todo for what in _EVERY for todo in what(seen, board)]
    return replace(board, todo=tuple(sorted(found, key=lambda one: (one.urgency, one.by or dt.date.max))))


def _named(partnership: str, board: Board) -> str:
    body = board.round.by_id.get(partnership)
    return body.name if body else partnership


def _newest(posted: Iterable[Posted]) -> list[Posted]:
    """Return the last message of each occasion: an earlier one was sent again."""
    return list({(one.message.kind, one.message.partnership, one.message.occasion): one for one in posted}.values())


def _uncertain(seen: Seen, board: Board) -> Iterator[Todo]:
    for one in seen.posted:
        if one.state is Posting.UNKNOWN:
            who = one.message.partnership
            what = f"Nobody knows whether the {one.message.kind} to {_named(who, board)} went out. Look among the sent mails, or ask; "
            yield Todo(Urgency.NOW, f"{what}then say so, or that it did not (--not-sent).", f"proforma send --sent {who}", who)


def _failed(seen: Seen, board: Board) -> Iterator[Todo]:
    for one in _newest(seen.posted):
        if one.state is Posting.FAILED:
            who = one.message.partnership
            what = f"The {one.message.kind} to {_named(who, board)} was refused: {one.said or 'no reason given'}"
            yield Todo(Urgency.NOW, f"{what.rstrip('.')}. Put the address right in the register.", _again(who), who)


def _again(partnership: str) -> str:
    return f"proforma send --again {partnership} --yes"


def _bounced(seen: Seen, board: Board) -> Iterator[Todo]:
    stands = {one.message.message_id for one in _newest(seen.posted)}
    for line in board.lines:
        who = line.partnership.id
        back = [one for one in seen.incoming if one.partnership == who and one.nature is Nature.BOUNCE]
        if line.progress is Progress.BOUNCED or any(one.answers in stands for one in back):
            said = f": {back[-1].said.rstrip('.')}" if back and back[-1].said else ""
            what = f"Mail to {line.partnership.name} came back{said}. Put the address right in the register."
            yield Todo(Urgency.NOW, what, _again(who), who)


def _held(seen: Seen, board: Board) -> Iterator[Todo]:
    old = []
    for one in seen.held:
        file, why = one.record.file, one.record.message or ""
        if one.record.outcome is Outcome.HELD:
            what = f"{file} waits: nobody knows whose return it is. {why}".rstrip()
            yield Todo(Urgency.NOW, what, f"proforma assign {quote(file)} PARTNERSHIP")
        elif working_days(one.arrived.date(), board.on) <= _SOON:
            yield Todo(Urgency.TODAY, f"{file} {_REFUSED.get(one.record.reason, _ASK_AGAIN).format(why=why)}", "proforma ingest")
        else:
            old.append(file)
    if old:
        what = f"{_count(len(old), 'document')} that came some time ago could not be read: {joined(old, '; ', '; ')}."
        yield Todo(Urgency.SOON, f"{what} Has what was in them come another way?", "proforma status")


def _unmatched(seen: Seen, board: Board) -> Iterator[Todo]:
    known = {one.record.sha256 for one in seen.held}
    mails = [one for one in seen.incoming if not one.partnership and one.nature is not Nature.AUTOMATIC and one.sha256 not in known]
    if mails:
        some = joined([one.subject or "no subject" for one in mails[:_SHOWN]], "; ", "; ")
        yield Todo(Urgency.TODAY, f"{_count(len(mails), 'mail')} from nobody that is known: {some}.", "proforma assign")


def _inbox(seen: Seen, board: Board) -> Iterator[Todo]:
    taken = {one.file for one in seen.store.sightings() if one.via == VIA}
    new = [path for path in waiting(board.round) if str(path.relative_to(board.round.inbox)) not in taken]
    if new:
        yield Todo(Urgency.NOW, f"{_count(len(new), 'new file')} in the inbox, not read yet.", "proforma ingest")


def _late(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield who is late: all that a reminder may help in one line, and each that a call would help more."""
    remind = []
    for line in board.late:
        if line.progress in (Progress.DRAFTED, Progress.BOUNCED) or (line.progress is Progress.NOT_SENT and seen.posted):
            continue  # it has not been asked, and that is said elsewhere
        by_hand = line.progress is Progress.NOT_SENT
        if line.reminders < board.round.post.reminders and not by_hand:
            remind.append(line)
            continue
        why = "Its proforma did not go out from here" if by_hand else f"{_count(line.reminders, 'reminder')} did not help"
        what = f"{line.partnership.name} is {_count(line.late, 'working day')} late. {why}: call, and log it."
        yield Todo(Urgency.TODAY, what, f"proforma log {line.partnership.id} phone WORDS", line.partnership.id, line.deadline)
    if remind:
        said = joined([f"{one.partnership.name} ({_count(one.late, 'working day')})" for one in remind])
        yield Todo(Urgency.TODAY, f"Late: {said}.", "proforma chase --yes", _only(remind), min(one.deadline or board.on for one in remind))


def _only(lines: Sequence[Line]) -> str:
    """Return the id of the one partnership that lines are about; nothing where there are several."""
    return lines[0].partnership.id if len(lines) == 1 else ""


def _unanswered(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield who has not answered what it was asked for some days."""
    for line in board.lines:
        keys = {one.key for one in line.asked}
        asked = [one.at.date() for one in seen.to(line.partnership.id) if one.state is Posting.SENT and keys & set(one.message.about)]
        if asked and working_days(max(asked), board.on) > _SOON and line.progress not in _STOPS:
            what = f"{line.partnership.name} has not answered {_count(len(keys), 'question')}, asked on {day(max(asked))}."
            yield Todo(Urgency.TODAY, what, "proforma chase --yes", line.partnership.id)


def _nobody_there(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield where an automatic reply says that nobody reads the mail, until a contact is logged after it."""
    for line in board.lines:
        if line.progress is Progress.OUT_OF_OFFICE:
            who, since = line.partnership, seen.events[line.partnership.id][-1].at
            if not any(one.at > since for one in line.log):
                what = f"{who.name}: an automatic reply of {day(since.date())} says that nobody is there. Reach somebody else, and log it."
                yield Todo(Urgency.SOON, what, f"proforma log {who.id} phone WORDS", who.id)


def _unsent(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield who has not been sent the proforma. Once it was to be out and none went out from here, it went by other ways."""
    circulated = max((one.step.end for one in board.stages if one.step.kind == "circulated" and one.step.end), default=None)
    written = {
        one.message.partnership for one in seen.posted if one.message.kind is MessageKind.PROFORMA and one.state is not Posting.WITHDRAWN
    }
    unasked = (one.partnership for one in board.lines if one.progress is Progress.NOT_SENT)
    names = [body.name for body in unasked if body.id not in written]
    past = circulated is not None and board.on > circulated
    if names and (seen.posted or not past):
        who = names[0] if len(names) == 1 else f"{len(names)} partnerships"
        urgency = Urgency.TODAY if past else Urgency.WHEN_DUE
        yield Todo(urgency, f"The proforma has not been sent to {who}.", "proforma send --yes", by=circulated)


def _to_go(seen: Seen, board: Board) -> Iterator[Todo]:
    drafts = [one for one in seen.posted if one.state is Posting.DRAFTED]
    for kind in dict.fromkeys(one.message.kind for one in drafts):
        some = [one.message.partnership for one in drafts if one.message.kind is kind]
        what = f"{_count(len(some), 'draft')} of a {kind} in outbox/mail: send with your mail program, then say so"
        rest = f" ({len(some) - _SHOWN} more likewise)" if len(some) > _SHOWN else ""
        yield Todo(Urgency.TODAY, f"{what}{rest}.", f"proforma send {' '.join(f'--sent {one}' for one in some[:_SHOWN])}")
    queued = sum(one.state in (Posting.QUEUED, Posting.SENDING) for one in seen.posted)
    if queued:
        yield Todo(Urgency.TODAY, f"{_count(queued, 'message')} still to go out.", "proforma send --yes")


def _to_ask(seen: Seen, board: Board) -> Iterator[Todo]:
    lines = [one for one in board.lines if one.to_ask and one.returned and one.progress not in _STOPS and one.signed_off is None]
    if lines:
        said = joined([f"{one.partnership.name} ({_count(len(one.to_ask), 'question')})" for one in lines])
        yield Todo(Urgency.SOON, f"To be asked about their returns: {said}.", f"proforma query {_only(lines)}".rstrip(), _only(lines))


def _accept(seen: Seen, board: Board) -> Iterator[Todo]:
    for line in board.lines:
        who, name = line.partnership.id, line.partnership.name
        if line.returned is None or line.progress in _STOPS or line.open or line.signed_off:
            continue
        if not line.accepted:
            yield Todo(Urgency.SOON, f"{name}: nothing is open in its return. Accept it for the plan.", f"proforma accept {who}", who)
        elif _agreed(board):
            yield Todo(Urgency.SOON, f"{name}: its final version can be signed off.", f"proforma sign-off {who}", who)


def _agreed(board: Board) -> bool:
    """Say whether the final versions are agreed by now: the step of that kind has begun."""
    return any(one.step.kind == "agreed" and one.state in ("now", "past") for one in board.stages)


def _changed(seen: Seen, board: Board) -> Iterator[Todo]:
    for line in board.lines:
        if line.changes:
            who = line.partnership
            what = f"{who.name} was signed off, and changed since: {' '.join(line.changes)} The papers keep what was signed off, until"
            yield Todo(Urgency.SOON, f"{what} it is signed off again.", f"proforma sign-off {who.id}", who.id)


def _support(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield help that was asked for or offered, until a meeting is logged (A002-P7)."""
    for line in board.lines:
        asked = _last(line, LogKind.SUPPORT)
        met = _last(line, LogKind.MEETING)
        if asked and (met is None or met < asked):
            words = next(one.words for one in reversed(line.log) if one.kind is LogKind.SUPPORT)
            what = f"{line.partnership.name}: support since {day(asked.date())}, “{words}”. Log the meeting when it has been."
            yield Todo(Urgency.SOON, what, f"proforma log {line.partnership.id} meeting WORDS", line.partnership.id)


def _last(line: Line, kind: LogKind) -> dt.datetime | None:
    return max((one.at for one in line.log if one.kind is kind), default=None)


def _steps(seen: Seen, board: Board) -> Iterator[Todo]:
    for stage in board.stages:
        if stage.away is None or stage.state == "past" or stage.away.working_days > _SOON:
            continue
        command = _COMMAND.get(stage.step.kind)
        if command:
            urgency = Urgency.TODAY if stage.away.working_days <= 1 else Urgency.WHEN_DUE
            yield Todo(urgency, f"{stage.step.what}.", command, by=stage.away.day)
    last = board.publish_by
    if last and last.days >= 0 and last.working_days <= _SOON:
        urgency = Urgency.TODAY if working_day_before(last.day) <= board.on else Urgency.WHEN_DUE
        what = f"The papers must be out by {day(last.day)}: {CLEAR_DAYS} clear days before the meeting."
        yield Todo(urgency, what, "proforma publish", by=last.day)
    elif last and last.days < 0 and board.round.meeting.date and board.on <= board.round.meeting.date:
        what = f"The last day to publish the papers was {day(last.day)}. Have them out now, and tell the committee’s clerk."
        yield Todo(Urgency.NOW, what, "proforma publish", by=last.day)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


_EVERY = (
    *(_uncertain, _failed, _bounced, _held, _unmatched, _inbox),
    *(_late, _unanswered, _unsent, _to_go),
    *(_nobody_there, _to_ask, _accept, _changed, _support, _steps),
)
"""In the order in which things of the same urgency stand: what may be lost, what is late, what can be done."""
