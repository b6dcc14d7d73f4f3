"""Take what is queued over the wire, or into drafts.

A message is `sending` from before its first byte until the server has answered or the line is lost; whatever ends the program meanwhile,
the next one finds it so and asks a person.
"""

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import MailError
from pipeline.model.post import MessageKind, Posted, Posting
from pipeline.model.rounds import Round
from pipeline.post.mails import draft
from pipeline.post.wire import Fate, LineError, Wire
from pipeline.store.store import Store
from pipeline.tools.secrets import secret_of

PASSWORD = "PROFORMA_SMTP_PASSWORD"  # noqa: S105 - the name of the variable that holds it
BACK_OFF_S = (5.0, 30.0, 120.0)
"""Pauses before what could not be sent is tried again, within one run."""
_LINES_LOST = 3
"""So many mails on which the line was lost, one after the other, are reason to pause."""

Now = Callable[[], datetime]
"""Says what time it is, with its time zone."""
Sleep = Callable[[float], None]
"""Waits for so many seconds."""


@contextmanager
def sole_sender(store: Store) -> Iterator[None]:
    """See to it that no other program sends for this round. The system lets go of the lock however the program ends.

    Raises:
        MailError: another one does.
    """
    lock = FileLock(store.folder / "sending.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise MailError(
            "Another program is sending mail for this round.", "Wait until it has ended, then run the command again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def deliver(
    round_: Round,
    store: Store,
    now: Now,
    *,
    settled: frozenset[str] = frozenset(),
    wire: Wire | None = None,
    sleep: Sleep = time.sleep,
) -> Iterator[Posted]:
    """Take every message that is queued over the wire, or into drafts where the round has no server.

    Args:
        round_: the round.
        store: its ledger says what is queued.
        now: says what time it is, with its time zone.
        settled: the ids of partnerships that need no reminder any more: theirs are withdrawn.
        wire: the line to the server; the one that the round names where None.
        sleep: waits for so many seconds.

    Yields:
        Each message that came to stand somewhere else, first those that an earlier program left half-way; last those that stay queued,
        with what the server said.

    Raises:
        MailError: another program is sending, or the server cannot be used until somebody changes something.
        StoreError: what happened could not be kept; the message that it happened to is `unknown` to the next run.
    """
    with sole_sender(store):
        yield from store.ledger.abandon(now())
        waiting = [one for one in store.ledger.posted() if one.state is Posting.QUEUED]
        overtaken = [one for one in waiting if one.message.kind is MessageKind.REMINDER and one.message.partnership in settled]
        for one in overtaken:
            yield _moved(store, one, Fate(Posting.WITHDRAWN, "The return came before it went."), now())
        waiting = [one for one in waiting if one not in overtaken]
        if not waiting:
            return
        if wire is None and (wire := wire_of(round_)) is None:
            yield from _into_drafts(waiting, round_, store, now)
            return
        with wire:
            yield from _over(wire, waiting, round_.post.a_minute, store, now, sleep)


def wire_of(round_: Round) -> Wire | None:
    """Return the line to the server that the round names; None where it names none and drafts are written."""
    server = round_.post.smtp
    return Wire(server, round_.post.address, lambda: secret_of(server, PASSWORD)) if server else None


def _moved(store: Store, posted: Posted, fate: Fate, at: datetime) -> Posted:
    store.ledger.move(posted.message.message_id, fate.state, at, fate.said)
    return posted._replace(state=fate.state, at=at, said=fate.said)


class _Book:
    """What is written into the ledger while messages go out.

    That a message was sent and that the next one is being sent are one transaction where nothing lies between the two: each costs a wait
    for the disk.
    """

    def __init__(self, store: Store, now: Now) -> None:
        self._ledger = store.ledger
        self._now = now
        self._known: Posted | None = None
        self.moved: list[Posted] = []
        """What was written down and not told yet."""

    def sending(self, one: Posted) -> None:
        """Write down that a message is being sent; it may go out once this returns."""
        self._write((one._replace(state=Posting.SENDING, at=self._now(), said=""),))

    def became(self, one: Posted, fate: Fate) -> Posted:
        """Know what became of a message; it is written down before anything else happens that takes time."""
        self._known = one._replace(state=fate.state, at=self._now(), said=fate.said)
        return self._known

    def write(self) -> None:
        """Write down what is known."""
        if self._known:
            self._write(())

    def _write(self, further: tuple[Posted, ...]) -> None:
        known = (self._known,) if self._known else ()
        self._ledger.move_all((one.message.message_id, one.state, one.at, one.said) for one in (*known, *further))
        self.moved += (one for one in known if one.state is not Posting.QUEUED)
        self._known = None

    def tell(self) -> Iterator[Posted]:
        """Yield what was written down and not told yet."""
        while self.moved:
            yield self.moved.pop(0)


def _over(wire: Wire, waiting: list[Posted], a_minute: int, store: Store, now: Now, sleep: Sleep) -> Iterator[Posted]:
    """Send messages, and those that the server did not take for now again after a pause."""
    pace, book = _Pace(a_minute, sleep), _Book(store, now)
    try:
        for pause in (0.0, *BACK_OFF_S):
            if pause and waiting:
                sleep(pause)
            waiting = yield from _once(wire, waiting, pace, book, store)
            book.write()
            yield from book.tell()
    finally:
        book.write()
    yield from waiting


def _once(wire: Wire, waiting: list[Posted], pace: "_Pace", book: _Book, store: Store) -> Generator[Posted, None, list[Posted]]:
    """Try each message once; return those that stay queued."""
    left: list[Posted] = []
    lost = 0
    for position, one in enumerate(waiting):
        if pace.early or not wire.is_open:
            book.write()
        try:
            wire.open()
        except LineError as error:
            return [*left, *(other._replace(said=str(error)) for other in waiting[position:])]
        pace.wait()
        became = _send(wire, one, book, store)
        lost = lost + 1 if became.state is Posting.QUEUED and not wire.is_open else 0
        if became.state is Posting.QUEUED:
            left.append(became)
        if lost == _LINES_LOST:
            return [*left, *(other._replace(said=became.said) for other in waiting[position + 1 :])]
        yield from book.tell()
    return left


def _send(wire: Wire, posted: Posted, book: _Book, store: Store) -> Posted:
    """Send one message. Whatever stops the program here, the ledger says no more than what is known."""
    data = store.ledger.mail(posted.message.message_id)
    book.sending(posted)
    try:
        return book.became(posted, wire.send(data, posted.message.recipients))
    except BaseException:
        stopped = "The program was stopped while it was being sent."
        known = Fate(Posting.UNKNOWN, f"{stopped} It may have gone out.") if wire.handed_over else Fate(Posting.QUEUED, stopped)
        book.became(posted, known)
        book.write()
        raise


class _Pace:
    """So many messages a minute, by a clock that nobody sets."""

    def __init__(self, a_minute: int, sleep: Sleep) -> None:
        self._every = 60 / a_minute
        self._sleep = sleep
        self._next = time.monotonic()

    @property
    def early(self) -> bool:
        """Whether the next message has to wait."""
        return self._next > time.monotonic()

    def wait(self) -> None:
        """Wait until the next message may go."""
        early = self._next - time.monotonic()
        if early > 0:
            self._sleep(early)
        self._next = max(self._next, time.monotonic()) + self._every


def _into_drafts(waiting: list[Posted], round_: Round, store: Store, now: Now) -> Iterator[Posted]:
    """Write messages as files that a mail program opens ready to send. A program that is stopped in between leaves it to the next."""
    for one in waiting:
        path = draft_path(round_, one)
        _write(path, draft(store.ledger.mail(one.message.message_id)))
        yield _moved(store, one, Fate(Posting.DRAFTED, str(path.relative_to(round_.folder))), now())


def draft_path(round_: Round, posted: Posted) -> Path:
    """Return where the draft of a message lies: `outbox/mail/OX2030-11-SPI-K proforma.eml`."""
    message = posted.message
    words = [round_.reference_of(round_.by_id[message.partnership]), message.kind.value]
    if message.occasion or posted.attempt > 1:
        words += [posted.queued.date().isoformat(), message.message_id.rpartition("@")[0].rpartition(".")[2][:6]]
    return round_.outbox / "mail" / f"{' '.join(words)}.eml"


def _write(path: Path, data: bytes) -> None:
    """Write a file whole and for good before it is reported."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def resolve(store: Store, posted: Posted, now: datetime, by: str, *, sent: bool) -> Posted:
    """Note what a person knows of a message of which the program does not: whether a draft or an uncertain mail has gone out.

    Args:
        store: the round's store.
        posted: a message that is `unknown` or `drafted`.
        now: has a time zone.
        by: who says so.
        sent: whether it has.

    Raises:
        StoreError: it is neither, or that could not be kept.
    """
    not_sent = Posting.WITHDRAWN if posted.state is Posting.DRAFTED else Posting.FAILED
    return _moved(store, posted, Fate(Posting.SENT if sent else not_sent, f"{by} says that it was {'' if sent else 'not '}sent."), now)
