"""The board of a round: where each partnership stands on a day, what is due, and what the officer does next.

`pipeline.desk.board` makes it; the command line shows it, and `pipeline.publish` prints it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from pipeline.model.findings import Finding
from pipeline.model.history import Decision, Progress
from pipeline.model.plans import Replies
from pipeline.model.post import LogEntry
from pipeline.model.rounds import Partnership, Round, Step


class Distance(NamedTuple):
    """How far away a day is; less than nothing where it is past."""

    day: dt.date
    days: int
    working_days: int


class Stage(NamedTuple):
    """A line of the timetable, seen from a day."""

    step: Step
    state: str
    """past, now, ahead, or undated."""
    away: Distance | None
    """Its last day; of a line that is ahead, its first. None where it has none."""


class Line(NamedTuple):
    """Where one partnership stands."""

    partnership: Partnership
    progress: Progress
    sent: dt.date | None
    """When the proforma first went out."""
    returned: dt.date | None
    """When the return that counts arrived."""
    file: str
    """The name that it came with; empty where there is none."""
    deadline: dt.date | None
    extended: Decision | None
    """The newest extension."""
    late: int
    """Working days since the deadline, of a partnership that has not replied; otherwise 0."""
    asked: tuple[Finding, ...]
    """Open queries: the partnership was asked, and the finding is still there."""
    to_ask: tuple[Finding, ...]
    """Errors and queries that nobody has asked about or overridden."""
    reminders: int
    """How many went out."""
    last_contact: dt.date | None
    """The day of the last message to it, mail from it, or line of the contact log."""
    log: tuple[LogEntry, ...]
    accepted: bool
    """Whether its return is in the plan."""
    signed_off: Decision | None
    """The newest sign-off."""
    changes: tuple[str, ...]
    """What came after the sign-off and is not in the plan: a sentence each."""

    @property
    def open(self) -> tuple[Finding, ...]:
        """All that is still to be answered, asked or not."""
        return (*self.asked, *self.to_ask)


class Urgency(IntEnum):
    """How soon the officer should do something."""

    NOW = 1
    TODAY = 2
    SOON = 3
    WHEN_DUE = 4

    @property
    def said(self) -> str:
        """Say it in a word."""
        return ("now", "today", "soon", "when due")[self - 1]


class Todo(NamedTuple):
    """One thing that the officer does next."""

    urgency: Urgency
    what: str
    """A sentence."""
    command: str
    """The command that does it, or helps; ready to be typed."""
    partnership: str = ""
    """The partnership's id; empty where it is about several or none."""
    by: dt.date | None = None
    """The day by which it should be done; None where there is none."""


@dataclass(frozen=True)
class Board:
    """A round as it stands on a day."""

    round: Round
    on: dt.date
    stages: tuple[Stage, ...]
    """In the order of the timetable."""
    due: Distance | None
    """The day on which returns are due; None where the timetable has none."""
    publish_by: Distance | None
    """The last day on which the papers can be published; None where the meeting has no date."""
    lines: tuple[Line, ...]
    """In the order of the register."""
    replies: Replies
    """Who was asked and who replied: the same as in the papers."""
    todo: tuple[Todo, ...]
    """The most urgent first."""

    @property
    def next(self) -> Stage | None:
        """The next line of the timetable that is not over; of several the one that is first over."""
        ahead = [stage for stage in self.stages if stage.away and stage.state != "past"]
        return min(ahead, key=lambda stage: stage.away.day if stage.away else dt.date.max, default=None)

    @property
    def late(self) -> tuple[Line, ...]:
        """Those that are late, the latest first."""
        return tuple(sorted((line for line in self.lines if line.late), key=lambda line: -line.late))
