"""Every step of the dialogue with a mail server × every way to fail at it: where the messages stand, and what the server has.

    python -m tests.post.matrix

prints the table of docs/reliability.md anew. Each cell sends three messages and fails at the second one (or, lasting, one message at every
try), then sends what is left once more to the same server, which now does what it should.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.desk.delivering import deliver
from pipeline.errors import MailError
from pipeline.model.post import Posting
from pipeline.post.wire import Patience
from pipeline.store.store import Store
from tests.post.rounds import a_post_round, a_wire, no_sleep, now, queue_three, states
from tests.post.servers import BREAKS, NOISES, REFUSALS, STEPS, Fault, a_server

OPENING = ("banner", "ehlo", "auth")
_BIG = 6 * 2**20
"""Bytes of a mail that no buffer on the way holds: a server that stops reading is noticed before the dot."""
_SHORT = 0.75
"""Seconds that a server is waited for which says nothing."""
_SECOND = {"rcpt": 4}
"""Which time the step comes for the second message; each has two recipients. All else comes once a message, or once a line."""


class Cell(NamedTuple):
    """A step, a way to fail at it, and whether it lasts."""

    step: str
    how: str
    lasting: bool

    def __str__(self) -> str:
        return f"{self.step}-{self.how}{'-lasting' if self.lasting else ''}"


class Came(NamedTuple):
    """What a cell came to."""

    before: tuple[Posting, ...]
    """Where each message stood after the first run."""
    after: tuple[Posting, ...]
    """After the second one, to a server that does what it should."""
    taken: tuple[str, ...]
    """The Message-IDs that the server may deliver, in order."""
    told: str
    """What the second message, or the only one, says of itself after the first run."""
    stopped: str
    """What stopped the first run; empty where nothing did."""


def cells() -> Iterator[Cell]:
    """Yield the cells: all steps × all ways, where a step can fail in that way."""
    for step in STEPS:
        for how in (*BREAKS, *REFUSALS, *NOISES):
            if step in ("body", "sent") and how not in (*BREAKS, "421"):
                continue  # nothing is answered there
            yield Cell(step, how, lasting=False)
            if how != "slow":
                yield Cell(step, how, lasting=True)


def came_to(cell: Cell, folder: Path) -> Came:
    """Send through a cell.

    Args:
        cell: the cell.
        folder: empty; for the store.
    """
    names = ("roads",) if cell.lasting else ("roads", "schools", "health")
    at = 0 if cell.lasting else 1 if cell.step in OPENING else _SECOND.get(cell.step, 2)
    waits = _SHORT if cell.how in ("stall", "slow") else 60.0
    round_ = a_post_round(folder, names)
    with Store.open(folder) as store, a_server(Fault(cell.step, cell.how, at)) as server:
        queue_three(store, names, _BIG if cell.step == "body" else 100)
        stopped = ""
        try:
            list(deliver(round_, store, now, wire=a_wire(server.port, Patience(waits, waits, waits)), sleep=no_sleep))
        except MailError as error:
            stopped = str(error)
        posted = store.ledger.posted()
        before = tuple(states(store).values())
        server.fault = Fault()
        list(deliver(round_, store, now, wire=a_wire(server.port), sleep=no_sleep))
        return Came(before, tuple(states(store).values()), tuple(server.taken), posted[min(1, len(names) - 1)].said, stopped)


def expected(cell: Cell) -> Posting:
    """Return where the message that the fault met stands after the first run."""
    if cell.step == "sent":
        return Posting.SENT
    if cell.step == "dot" and cell.how in (*BREAKS, *NOISES):
        return Posting.UNKNOWN
    if cell.how == "5xx":
        if cell.step in OPENING:
            return Posting.QUEUED
        return Posting.SENT if cell.step == "rcpt" and not cell.lasting else Posting.FAILED
    return Posting.QUEUED if cell.lasting else Posting.SENT


def main() -> None:
    """Print the table and the sums."""
    counts: Counter[str] = Counter()
    ways = (*BREAKS, *REFUSALS, *NOISES)
    print(f"| at | {' | '.join(ways)} |\n| --- |{' --- |' * len(ways)}")
    for step in STEPS:
        row = []
        for how in ways:
            said = []
            for cell in (one for one in cells() if (one.step, one.how) == (step, how)):
                with tempfile.TemporaryDirectory() as folder:
                    came = came_to(cell, Path(folder))
                said.append(str(came.before[min(1, len(came.before) - 1)]))
                counts["cells"] += 1
                counts["messages"] += len(came.after)
                counts["taken twice"] += len(came.taken) - len(set(came.taken))
                counts.update(f"in the end {state}" for state in came.after)
            row.append(", ".join(dict.fromkeys(said)) or "–")
        print(f"| {step} | {' | '.join(row)} |")
    print(", ".join(f"{what}: {count}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
