"""How a board is said in words: the same on the screen, on the printed page and in the progress report."""

import datetime as dt
from collections import Counter

from pipeline.model.board import Board, Distance, Line, Stage
from pipeline.model.forms import Form
from pipeline.model.history import Progress
from pipeline.publish.context import where_said
from pipeline.publish.views import day


def away(distance: Distance) -> str:
    """Say how far a day is away: "in 15 days (7 working days)"."""
    if distance.days == 0:
        return "today"
    days, working = abs(distance.days), abs(distance.working_days)
    said = f"{days} day{'' if days == 1 else 's'} ({working} working)"
    return f"in {said}" if distance.days > 0 else f"{said} ago"


def short(date: dt.date | None) -> str:
    """Return a day for a narrow column: 6 May 11; a dash where there is none."""
    return f"{date.day} {day(date).split()[1][:3]} {date:%y}" if date else "–"


def stage(line: Stage) -> str:
    """Say when a line of the timetable is: "in 15 days (7 working)", "6 days (3 working) ago", "now, until 30 April 2011"."""
    if line.away is None:
        return "no date"
    return f"now, until {day(line.away.day)}" if line.state == "now" and line.away.days else away(line.away)


def state(line: Line) -> str:
    """Say where a partnership stands, in words: no colour is needed."""
    said = str(line.progress)
    if line.late:
        said += f", {line.late} working day{'' if line.late == 1 else 's'} late"
    if line.extended and line.deadline and line.progress not in (Progress.NIL_RETURN, Progress.DECLINED) and line.returned is None:
        said += f", has until {day(line.deadline)}"
    return f"{said}, changed since signed off" if line.changes else said


def open_questions(line: Line) -> str:
    """Say what is open: "2 asked, 1 to ask"; empty where nothing is."""
    parts = ((len(line.asked), "asked"), (len(line.to_ask), "to ask"))
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def missing(line: Line, form: Form) -> str:
    """Say what is missing from a return, by the labels of the form: "Lead officer (2), By when"."""
    labels = Counter(where_said(found.field, form).rpartition(", ")[2].rstrip(" 0123456789") or "The whole return" for found in line.open)
    return ", ".join(f"{label} ({count})" if count > 1 else label for label, count in labels.items())


def replied(board: Board) -> str:
    """Say how many replied."""
    return f"{len(board.replies.replied)} of {len(board.replies.asked)} partnerships have replied."


def heading(board: Board) -> tuple[str, ...]:
    """Return the sentences over the board: the next line of the timetable, the deadline, the last day to publish."""
    said = []
    if board.next:
        said.append(f"Next in the timetable: {board.next.step.what} ({board.next.step.written}), {stage(board.next)}.")
    if board.due:
        said.append(f"Returns are due on {day(board.due.day)}: {away(board.due)}.")
    if board.publish_by:
        said.append(f"The papers must be out by {day(board.publish_by.day)}: {away(board.publish_by)}.")
    return tuple(said)
