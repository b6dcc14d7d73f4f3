"""Show a board, the history of a partnership and the ledger, on the terminal and as JSON."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.show import next_step, plain, table
from pipeline.model.board import Board, Distance, Line, Urgency
from pipeline.model.findings import Finding
from pipeline.model.post import Posted
from pipeline.model.rounds import Round
from pipeline.publish.board_words import heading, open_questions, replied, short, state
from pipeline.publish.views import day

if TYPE_CHECKING:
    from pipeline.desk.past import Happened

_COLOURS = {Urgency.NOW: "red", Urgency.TODAY: "yellow"}
_ALWAYS = 2
"""The first columns, which are always shown."""
_HEADINGS = ("Partnership", "State", "Sent", "Returned", "Open", "Reminders", "Last contact", "Signed off")


def show_board(board: Board) -> None:
    """Show the board and what to do next."""
    click.secho(plain(f"{board.round.name} on {day(board.on)}"), bold=True)
    for sentence in heading(board):
        click.echo(plain(sentence))
    table(*_that_say_something(_HEADINGS, [_row(line) for line in board.lines]))
    click.echo(replied(board))
    show_todo(board)
    next_step(board.todo[0].command if board.todo else "proforma publish")


def _that_say_something(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Leave out the columns in which no row says anything: on a narrow terminal the others need the room."""
    told = [number for number in range(len(headings)) if number < _ALWAYS or any(row[number] != "–" for row in rows)]
    return [headings[number] for number in told], [[row[number] for number in told] for row in rows]


def _row(line: Line) -> tuple[str, ...]:
    signed = short(line.signed_off.at.date()) if line.signed_off else "–"
    return (
        line.partnership.name,
        state(line),
        short(line.sent),
        short(line.returned),
        open_questions(line) or "–",
        str(line.reminders or "–"),
        short(line.last_contact),
        signed,
    )


def show_todo(board: Board) -> None:
    """Show what to do next, the most urgent first, each with its command on a line of its own."""
    if not board.todo:
        click.echo("\nNothing to do now.")
        return
    click.secho("\nWhat to do next", bold=True)
    for number, one in enumerate(board.todo, 1):
        by = f" (by {day(one.by)})" if one.by and one.by >= board.on else ""
        click.secho(f"{number:3}. {one.urgency.said}: ", fg=_COLOURS.get(one.urgency), nl=False)
        click.echo(f"{plain(one.what)}{by}\n       {plain(one.command)}")


def show_history(board: Board, line: Line, happened: "Iterable[Happened]") -> None:
    """Show where a partnership stands and everything that led there, in the order of time."""
    click.secho(plain(line.partnership.name), bold=True)
    click.echo(plain(f"It stands at: {state(line)}."))
    if line.deadline:
        click.echo(f"Its return is due on {day(line.deadline)}.")
    table(
        ("When", "What", "", "Who"),
        [(f"{short(one.at.date())} {one.at:%H:%M}", one.kind, one.what, one.by) for one in happened],
    )
    for one in line.open:
        click.echo(plain(f"Open: {one.message}  [{one.short}]"))
    for sentence in line.changes:
        click.echo(plain(f"Since it was signed off: {sentence}"))
    mine = [todo.command for todo in board.todo if todo.partnership == line.partnership.id]
    next_step(mine[0] if mine else "proforma status")


def show_post(round_: Round, posted: Sequence[Posted]) -> None:
    """Show the ledger: every message and where it stands."""
    names = {body.id: body.name for body in round_.partnerships}
    rows = [
        (
            names.get(one.message.partnership, one.message.partnership),
            f"{one.message.kind}{f', {one.message.occasion}' if one.message.occasion else ''}",
            one.state,
            f"{short(one.at.date())} {one.at:%H:%M}",
            one.said,
            one.message.message_id,
        )
        for one in posted
    ]
    table(("Partnership", "Message", "State", "Since", "Said", "Message-ID"), rows)
    click.echo(f"{len(rows)} message{'' if len(rows) == 1 else 's'}.")
    next_step("proforma status")


def posted_object(one: Posted) -> dict[str, Any]:
    """Return a message and where it stands as JSON shows it."""
    said = {**one.message._asdict(), "state": one.state, "queued": _moment(one.queued), "at": _moment(one.at)}
    del said["mail"]
    return said | {"said": one.said, "attempt": one.attempt}


def as_object(board: Board) -> dict[str, Any]:
    """Return a board as JSON shows it (docs/json.md)."""
    replies = {name: [body.id for body in bodies] for name, bodies in board.replies._asdict().items()}
    return {
        "schema": 1,
        "round": board.round.id,
        "on": board.on.isoformat(),
        "due": _distance(board.due),
        "publish_by": _distance(board.publish_by),
        "timetable": [
            {"what": one.step.what, "written": one.step.written, "kind": one.step.kind, "state": one.state, "away": _distance(one.away)}
            for one in board.stages
        ],
        "replies": replies,
        "partnerships": [_line(line) for line in board.lines],
        "todo": [
            {"urgency": one.urgency.said, "what": one.what, "command": one.command, "partnership": one.partnership, "by": _date(one.by)}
            for one in board.todo
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "partnership": line.partnership.id,
        "name": line.partnership.name,
        "state": line.progress,
        "sent": _date(line.sent),
        "returned": _date(line.returned),
        "file": line.file or None,
        "deadline": _date(line.deadline),
        "extended": line.extended is not None,
        "late": line.late,
        "asked": _findings(line.asked),
        "to_ask": _findings(line.to_ask),
        "reminders": line.reminders,
        "last_contact": _date(line.last_contact),
        "accepted": line.accepted,
        "signed_off": line.signed_off.at.isoformat() if line.signed_off else None,
        "changes": list(line.changes),
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"key": one.key, "short": one.short, "field": one.field, "message": one.message} for one in findings]


def _distance(distance: Distance | None) -> dict[str, Any] | None:
    return {"day": distance.day.isoformat(), "days": distance.days, "working_days": distance.working_days} if distance else None


def _date(day_: dt.date | None) -> str | None:
    return day_.isoformat() if day_ else None


def _moment(at: dt.datetime) -> str:
    return at.isoformat()
