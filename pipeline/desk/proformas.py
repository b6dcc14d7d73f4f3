"""The proforma, sent to each partnership with its own blank: who has it, and who is to get it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.generating import blank_name
from pipeline.blanks.stamping import Master
from pipeline.desk.sending import Occasion, Office, Prospect, letter, message, recipients
from pipeline.model.history import Progress
from pipeline.model.post import MessageKind, Posted, Posting
from pipeline.model.rounds import Partnership, Round
from pipeline.post.facts import said_day
from pipeline.post.letters import Attachment, Letter
from pipeline.store.store import Store

_NOT_REPLIED = (Progress.NOT_SENT, Progress.DRAFTED, Progress.SENT, Progress.BOUNCED, Progress.OUT_OF_OFFICE)
_AT_ONCE = 50
"""Messages that are written down in one transaction: each costs a wait for the disk, and their mails are held in memory till then."""
NO_ADDRESS = "no e-mail address in the register"


def to_ask(round_: Round, store: Store, again: frozenset[str] = frozenset()) -> Iterator[Prospect]:
    """Yield the partnerships, and for each whether its proforma is to be sent.

    Args:
        round_: the round.
        store: the round's store.
        again: the ids of those that a person wants to have it once more; then nobody else is to have it.
    """
    progress = store.progress()
    last = {one.message.partnership: one for one in store.ledger.posted() if one.message.kind is MessageKind.PROFORMA}
    for partnership in round_.partnerships:
        if again and partnership.id not in again:
            continue
        found = recipients(round_, partnership)
        stands = progress.get(partnership.id, Progress.NOT_SENT)
        due, why = _asks(last.get(partnership.id), stands, again=partnership.id in again) if found.to else (False, NO_ADDRESS)
        yield Prospect(partnership, found, due, "; ".join((why, *found.odd)))


def _asks(last: Posted | None, progress: Progress, *, again: bool) -> tuple[bool, str]:
    """Say whether a partnership is to be sent its proforma, and why or why not."""
    if last and last.state in (Posting.QUEUED, Posting.SENDING):
        return False, str(last.state)
    if again:
        return True, "once more"
    if last:
        return False, f"{last.state} on {said_day(last.at.date())}"
    if progress not in _NOT_REPLIED:
        return False, f"not needed: {progress}"
    return True, "new"


def ask(round_: Round, store: Store, now: datetime, prospects: Iterable[Prospect], again: frozenset[str] = frozenset()) -> int:
    """Queue the proforma, with its own blank, for each partnership for which it is due, and return how many were queued.

    Raises:
        SetupError: the kit's mail text or master has a mistake.
        MailError: round.yaml says not who writes.
        StoreError: it could not be kept.
    """
    due = [one.partnership for one in prospects if one.due]
    if not due:
        return 0
    master = compile_master(round_)
    queued = 0
    for start in range(0, len(due), _AT_ONCE):
        some = (_occasion(one, master, round_, again=one.id in again) for one in due[start : start + _AT_ONCE])
        made = [message(one, Office(round_, store, now)) for one in some]
        queued += store.ledger.queue_all([one for one in made if one], now, again=bool(again))
    return queued


def proforma(partnership: Partnership, office: Office) -> Letter:
    """Return the letter with the proforma to a partnership as it would be now, its blank attached; nothing is kept and nothing goes out.

    Raises:
        MailError: the register has no address for the partnership.
        SetupError: the kit's mail text or master has a mistake.
    """
    return letter(_occasion(partnership, compile_master(office.round), office.round), office)


def _occasion(partnership: Partnership, master: Master, round_: Round, *, again: bool = False) -> Occasion:
    blank = Attachment(blank_name(round_, partnership), master.stamp(partnership))
    return Occasion(MessageKind.PROFORMA, partnership, attachments=(blank,), again=again)
