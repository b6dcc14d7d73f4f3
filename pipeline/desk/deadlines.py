"""The day on which returns are due: that of the timetable, and for each partnership as it was extended."""

import datetime as dt
from collections.abc import Iterable

from pipeline.model.history import Decision, DecisionKind
from pipeline.model.rounds import Round


def due(round_: Round) -> dt.date | None:
    """Return the last day of the timetable's step of kind `due`; of several the last. None where it has none."""
    return max((step.end for step in round_.timetable if step.kind == "due" and step.end), default=None)


def extension(partnership: str, decisions: Iterable[Decision]) -> Decision | None:
    """Return the newest extension of a partnership's deadline.

    Args:
        partnership: its id.
        decisions: in the order in which they were made.
    """
    return next((one for one in reversed(tuple(decisions)) if one.kind is DecisionKind.EXTEND and one.partnership == partnership), None)


def deadline(round_: Round, partnership: str, decisions: Iterable[Decision]) -> dt.date | None:
    """Return the day on which a partnership's return is due; None where nobody said one."""
    extended = extension(partnership, decisions)
    return dt.date.fromisoformat(extended.value) if extended and extended.value else due(round_)
