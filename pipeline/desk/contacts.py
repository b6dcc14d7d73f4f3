"""Lines of the contact log: what happened between the officer and a partnership outside this program (A002-P3, A002-P7)."""

import datetime as dt

from pipeline.desk.deciding import Who, a_day
from pipeline.errors import PipelineError
from pipeline.model.post import LogEntry, LogKind
from pipeline.model.rounds import Partnership, Round
from pipeline.store.store import Store

_NOON = dt.time(12, tzinfo=dt.UTC)
"""Of a day that is named without an hour."""


def note(partnership: Partnership, kind: LogKind, words: str, on: str, who: Who, round_: Round, store: Store) -> tuple[LogEntry, bool]:
    """Add a line, unless the same words of the same kind stand there for that day already.

    Args:
        partnership: with whom.
        kind: what it was.
        words: what was said.
        on: the day, as people write it; now where empty.
        who: notes it.
        round_: gives a day its year.
        store: keeps it.

    Returns:
        The line that stands, and whether it is new.

    Raises:
        PipelineError: there are no words, or the day is none.
    """
    said = " ".join(words.split())
    if not said:
        raise PipelineError("The log needs words: what was said or agreed.")
    at = dt.datetime.combine(a_day(on, round_), _NOON) if on else who.at
    entry = LogEntry(partnership.id, kind, at, who.by, said)
    for other in store.contact_log(partnership.id):
        if (other.kind, other.words, other.at.date()) == (kind, said, at.date()):
            return other, False
    store.log(entry)
    return entry, True
