"""What may be lost, as things to do: mails of which nobody knows whether they went, mails that came back, returns that nobody looked at."""

from collections.abc import Iterable, Iterator
from shlex import quote

from pipeline.desk.board import Seen
from pipeline.desk.pen import still_refused
from pipeline.grammar.working_days import working_days
from pipeline.intake.inbox import VIA, waiting
from pipeline.model.board import Board, Todo, Urgency
from pipeline.model.history import Progress
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Nature, Posted, Posting
from pipeline.publish.views import joined

SOON = 5
"""Working days after which nobody looks for what was in a document, and before which a line of the timetable is announced."""
SHOWN = 3
"""Partnerships or mails named at once."""
_TRY_AGAIN = "could not be read. {why} It is tried again:"
_ASK_AGAIN = "could not be read. {why} Ask for it again; when it has come:"
_REFUSED: dict[Reason | None, str] = {
    Reason.NOT_A_RETURN: "is no return. {why} Look at it; where somebody answered the form in another way, ask for the form, and then:",
    **dict.fromkeys((Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED), _TRY_AGAIN),
}
"""What to do about a document that was refused, by the reason; its command takes in what comes."""


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
    for one in still_refused(seen.held, board.round, seen.store, seen.readings):
        file, why = one.record.file, one.record.message or ""
        if one.record.outcome is Outcome.HELD:
            what = f"{file} waits: nobody knows whose return it is. {why}".rstrip()
            yield Todo(Urgency.NOW, what, f"proforma assign {quote(file)} PARTNERSHIP")
        elif working_days(one.arrived.date(), board.on) <= SOON:
            yield Todo(Urgency.TODAY, f"{file} {_REFUSED.get(one.record.reason, _ASK_AGAIN).format(why=why)}", "proforma ingest")
        else:
            old.append(file)
    if old:
        what = f"{count(len(old), 'document')} that came some time ago could not be read: {joined(old, '; ', '; ')}."
        ask = "Has what was in it come another way? Then take it out of the inbox, or set it aside:"
        yield Todo(Urgency.SOON, f"{what} {ask}", f"proforma assign {quote(old[0])} --nobody")


def _unmatched(seen: Seen, board: Board) -> Iterator[Todo]:
    known = {one.record.sha256 for one in seen.held}
    mails = [one for one in seen.incoming if not one.partnership and one.nature is not Nature.AUTOMATIC and one.sha256 not in known]
    if mails:
        some = joined([one.subject or "no subject" for one in mails[:SHOWN]], "; ", "; ")
        yield Todo(Urgency.TODAY, f"{count(len(mails), 'mail')} from nobody that is known: {some}.", "proforma assign")


def _inbox(seen: Seen, board: Board) -> Iterator[Todo]:
    taken = {one.file for one in seen.store.sightings() if one.via == VIA}
    new = [path for path in waiting(board.round) if str(path.relative_to(board.round.inbox)) not in taken]
    if new:
        yield Todo(Urgency.NOW, f"{count(len(new), 'new file')} in the inbox, not read yet.", "proforma ingest")


def count(number: int, what: str) -> str:
    """Say how many there are of something."""
    return f"{number} {what}{'' if number == 1 else 's'}"


MAY_BE_LOST = (_uncertain, _failed, _bounced, _held, _unmatched, _inbox)
"""In the order in which things of the same urgency stand."""
