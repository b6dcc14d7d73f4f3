"""What the officer does next, the most urgent first, each with the command that does it.

What may be lost comes first: mails of which nobody knows whether they went, mails that came back, returns that nobody has looked at. Then
what is late, then what can be done, then what the timetable asks for next.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.desk.board import Seen
from pipeline.desk.todo_lost import MAY_BE_LOST, SHOWN, SOON, count
from pipeline.grammar.working_days import CLEAR_DAYS, working_day_before, working_days
from pipeline.model.board import Board, Line, Todo, Urgency
from pipeline.model.history import Progress
from pipeline.model.post import LogKind, MessageKind, Posting
from pipeline.publish.views import day, joined
from pipeline.rounds.scaffold import left_over

_COMMAND = {"review": "proforma report interim", "due": "proforma chase", "agreed": "proforma publish", "circulated": "proforma send"}
_STOPS = (Progress.NIL_RETURN, Progress.DECLINED)


def with_todo(seen: Seen, board: Board) -> Board:
    """Return the board with what the officer does next."""
    found = [todo for what in _EVERY for todo in what(seen, board)]
    return replace(board, todo=tuple(sorted(found, key=lambda one: (one.urgency, one.by or dt.date.max))))


def _late(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield who is late: all that a reminder may help in one line, and each that a call would help more."""
    remind = []
    if _nothing_went_out(seen, board):
        return  # nobody was asked, and `_unsent` says what to do
    for line in board.late:
        if line.progress in (Progress.DRAFTED, Progress.BOUNCED) or (line.progress is Progress.NOT_SENT and seen.posted):
            continue  # it has not been asked, and that is said elsewhere
        by_hand = line.progress is Progress.NOT_SENT
        if line.reminders < board.round.post.reminders and not by_hand:
            remind.append(line)
            continue
        why = "Its proforma did not go out from here" if by_hand else f"{count(line.reminders, 'reminder')} did not help"
        what = f"{line.partnership.name} is {count(line.late, 'working day')} late. {why}: call, and log it."
        yield Todo(Urgency.TODAY, what, f"proforma log {line.partnership.id} phone WORDS", line.partnership.id, line.deadline)
    if remind:
        said = joined([f"{one.partnership.name} ({count(one.late, 'working day')})" for one in remind])
        yield Todo(Urgency.TODAY, f"Late: {said}.", "proforma chase --yes", _only(remind), min(one.deadline or board.on for one in remind))


def _only(lines: Sequence[Line]) -> str:
    """Return the id of the one partnership that lines are about; nothing where there are several."""
    return lines[0].partnership.id if len(lines) == 1 else ""


def _unanswered(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield who has not answered what it was asked for some days."""
    for line in board.lines:
        keys = {one.key for one in line.asked}
        asked = [one.at.date() for one in seen.to(line.partnership.id) if one.state is Posting.SENT and keys & set(one.message.about)]
        if asked and working_days(max(asked), board.on) > SOON and line.progress not in _STOPS:
            what = f"{line.partnership.name} has not answered {count(len(keys), 'question')}, asked on {day(max(asked))}."
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
    if names and _nothing_went_out(seen, board):
        yield Todo(Urgency.TODAY, _too_late(board), "proforma send", by=board.due.day if board.due else None)
        return
    if names and (seen.posted or not past):
        who = names[0] if len(names) == 1 else f"{len(names)} partnerships"
        urgency = Urgency.TODAY if past else Urgency.WHEN_DUE
        yield Todo(urgency, f"The proforma has not been sent to {who}.", "proforma send --yes", by=circulated)


def _nothing_went_out(seen: Seen, board: Board) -> bool:
    """Say whether returns are overdue and nobody was asked, as far as can be told: nothing was sent, nothing came, nothing was noted."""
    quiet = not seen.posted and not seen.incoming and not any(seen.events.values()) and not seen.log and not seen.decisions
    return quiet and board.due is not None and board.due.days < 0


def _too_late(board: Board) -> str:
    due = day(board.due.day) if board.due else ""
    return (
        f"No proforma has gone out, and the returns were due on {due}. Put a later day into the timetable of round.yaml, then "
        "proforma generate and proforma send; or, where the forms went out another way, log it (proforma log)."
    )


def _left_over(seen: Seen, board: Board) -> Iterator[Todo]:
    """Yield what has to be written into round.yaml before anything goes out."""
    for said in left_over(board.round):
        yield Todo(Urgency.NOW, f"{said}, before anything goes out.", "proforma status")


def _to_go(seen: Seen, board: Board) -> Iterator[Todo]:
    drafts = [one for one in seen.posted if one.state is Posting.DRAFTED]
    for kind in dict.fromkeys(one.message.kind for one in drafts):
        some = [one.message.partnership for one in drafts if one.message.kind is kind]
        what = f"{count(len(some), 'draft')} of a {kind} in outbox/mail: send with your mail program, then say so"
        rest = f" ({len(some) - SHOWN} more likewise)" if len(some) > SHOWN else ""
        yield Todo(Urgency.TODAY, f"{what}{rest}.", f"proforma send {' '.join(f'--sent {one}' for one in some[:SHOWN])}")
    queued = sum(one.state in (Posting.QUEUED, Posting.SENDING) for one in seen.posted)
    if queued:
        yield Todo(Urgency.TODAY, f"{count(queued, 'message')} still to go out.", "proforma send --yes")


def _to_ask(seen: Seen, board: Board) -> Iterator[Todo]:
    lines = [one for one in board.lines if one.to_ask and one.returned and one.progress not in _STOPS and one.signed_off is None]
    if lines:
        said = joined([f"{one.partnership.name} ({count(len(one.to_ask), 'question')})" for one in lines])
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
        if stage.away is None or stage.state == "past" or stage.away.working_days > SOON:
            continue
        command = _COMMAND.get(stage.step.kind)
        if command:
            urgency = Urgency.TODAY if stage.away.working_days <= 1 else Urgency.WHEN_DUE
            yield Todo(urgency, f"{stage.step.what}.", command, by=stage.away.day)
    last = board.publish_by
    if last and last.days >= 0 and last.working_days <= SOON:
        urgency = Urgency.TODAY if working_day_before(last.day) <= board.on else Urgency.WHEN_DUE
        what = f"The papers must be out by {day(last.day)}: {CLEAR_DAYS} clear days before the meeting."
        yield Todo(urgency, what, "proforma publish", by=last.day)
    elif last and last.days < 0 and board.round.meeting.date and board.on <= board.round.meeting.date:
        what = f"The last day to publish the papers was {day(last.day)}. Have them out now, and tell the committee’s clerk."
        yield Todo(Urgency.NOW, what, "proforma publish", by=last.day)


_EVERY = (
    *MAY_BE_LOST,
    _left_over,
    *(_late, _unanswered, _unsent, _to_go),
    *(_nobody_there, _to_ask, _accept, _changed, _support, _steps),
)
"""In the order in which things of the same urgency stand: what may be lost, what is late, what can be done."""
